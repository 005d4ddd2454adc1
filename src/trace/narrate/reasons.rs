//! Why a step happened and what stands behind its acts.

use super::acts::{Acts, Deed};
use super::message::Message;
use super::{Before, ends};
use crate::trace::event::{ClockCause, Job, StepEnd, Via, WaitReason};
use crate::trace::ids::TaskId;
use crate::trace::state::{HandleView, LastStep, State};

/// The reasons of a step, most telling first.
pub(super) fn of_step(seat: &LastStep, acts: &Acts, before: &Before, state: &State) -> Vec<Message> {
    let mut reasons = Vec::new();
    if let Some((to, why)) = before.jumped {
        reasons.push(match why {
            ClockCause::Polling => Message::ClockPolled { to },
            ClockCause::Idle | ClockCause::Blocking | ClockCause::Spinning | ClockCause::Working => {
                Message::ClockJumps { to }
            }
        });
    }
    let first = acts.by_weight().first().copied();
    if first.is_some_and(|act| act.deed == Deed::Creates) && !acts.eager.is_empty() {
        reasons.push(Message::RanAtOnce {
            tasks: acts.eager.clone(),
        });
    } else {
        reasons.extend(first.and_then(|act| act.mechanism(state)));
    }
    if !acts.woken_by_end().is_empty() && acts.by_weight().is_empty() {
        reasons.push(Message::EndWakes {});
    }
    if let Some((outer, inner)) = acts.passed_on {
        reasons.push(Message::CancelGoesOn { outer, inner });
    }
    if let Some(task) = seat.task() {
        reasons.extend(cancelled_or_not(seat, task, acts, state));
        reasons.extend(tried_again(seat, acts, state));
        reasons.extend(child_ended(seat, task, state));
        reasons.extend(why_now(&seat.handle, task, state));
    }
    if let Some((turn, ready)) = before.turn
        && ready > 1
        && reasons.is_empty()
    {
        reasons.push(Message::TurnBegins { turn, ready });
    }
    if let Some(StepEnd::CallbackRaised { error }) = &seat.end
        && let Job::Library { name } = seat.handle.job
    {
        reasons.push(Message::CallbackFails { name, error: *error });
    }
    reasons
}

/// What became of a request to stop.
fn cancelled_or_not(seat: &LastStep, task: TaskId, acts: &Acts, state: &State) -> Option<Message> {
    let asked = state.task(task).is_some_and(|view| view.cancel_requests > 0);
    match seat.end {
        Some(StepEnd::Suspended { .. }) if acts.cancel_delivered => Some(Message::CancelMayWait { task }),
        Some(StepEnd::Returned { .. }) if asked && !acts.cancel_delivered => {
            Some(Message::CancelSwallowed { task })
        }
        _ => None,
    }
}

/// What a suspended task found: above all that a slot or an item it was woken for is gone.
fn tried_again(seat: &LastStep, acts: &Acts, state: &State) -> Option<Message> {
    let Some(StepEnd::Suspended { on }) = seat.end else {
        return None;
    };
    match (seat.handle.via, on) {
        (Via::Get(woken), WaitReason::QueuePut { queue, .. })
            if woken == queue && !acts.did(Deed::Puts(queue)) =>
        {
            Some(Message::FullAgain { queue })
        }
        (Via::Put(woken), WaitReason::QueueGet(queue)) if woken == queue && !acts.did(Deed::Gets(queue)) => {
            Some(Message::EmptyAgain { queue })
        }
        (_, WaitReason::QueuePut { queue, .. }) => state.resource(queue).map(|view| Message::Items {
            queue,
            count: u32::try_from(view.items.len()).unwrap_or(u32::MAX),
            capacity: view.capacity,
        }),
        (_, WaitReason::Condition(condition)) => Some(Message::WaitFreesLock { condition }),
        _ => None,
    }
}

/// A child ended that somebody waits for together with others.
fn child_ended(seat: &LastStep, task: TaskId, state: &State) -> Option<Message> {
    if !state.task(task)?.state.is_done() || seat.end.is_none() {
        return None;
    }
    let group = state
        .resources
        .iter()
        .rev()
        .find(|view| !view.closed && view.children.contains(&task))?;
    let (done, all) = ends::progress(group.id, state);
    (done < all).then_some(Message::GroupCounts {
        group: group.id,
        done,
        all,
    })
}

/// Why this task ran now: what made its handle be scheduled.
fn why_now(handle: &HandleView, actor: TaskId, state: &State) -> Option<Message> {
    let step = handle.by_step;
    let by = handle
        .by_task
        .filter(|by| state.task(*by).is_some_and(|view| !view.hidden));
    if let Some(by) = state.outer.last().and_then(LastStep::task) {
        return Some(Message::StartedBy { actor, by });
    }
    if step == 0 {
        return None;
    }
    Some(match (handle.via, by) {
        (Via::Spawn, Some(by)) => Message::CreatedBy { actor, by, step },
        (Via::Yield, _) => Message::GaveWayIn { actor, step },
        (Via::SleepOver, _) => Message::SleptUntil { actor, step },
        (Via::Release(resource), Some(by)) => Message::ReleasedBy {
            actor,
            by,
            resource,
            step,
        },
        (Via::EventSet(event), Some(by)) => Message::SetBy { by, event, step },
        (Via::Notify(condition), Some(by)) => Message::NotifiedBy { by, condition, step },
        (Via::Put(queue), Some(by)) => Message::PutBy { by, queue, step },
        (Via::Get(queue), Some(by)) => Message::RoomMadeBy { by, queue, step },
        (Via::Barrier(barrier), Some(by)) => Message::FilledBy { by, barrier, step },
        (Via::Shutdown(queue), Some(by)) => Message::ShutDownBy { by, queue, step },
        (Via::AllDone(queue), _) => Message::AllDoneIn { queue, step },
        (Via::Group(group), _) => Message::GroupDoneIn { group, step },
        (Via::TaskDone(task), _) => Message::AwaitedEnded { actor, task, step },
        (Via::Future(future), _) => Message::FutureSettledIn { future, step },
        (Via::Cancel, Some(by)) => Message::CancelledBy { actor, by, step },
        (Via::Cancel | Via::Timeout, _) => Message::CancelledIn { actor, step },
        _ => Message::WokenIn { actor, step },
    })
}
