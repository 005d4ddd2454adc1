//! A step of the loop itself: timers, callbacks of the program, and the library's bookkeeping.

use super::acts::{Act, Acts};
use super::deeds::becoming_ready;
use super::ends::progress;
use super::message::Message;
use super::{Before, Narration, also, plainly, tell};
use crate::trace::event::{Job, Settled, StepEnd, Via, WaitReason};
use crate::trace::ids::{TaskId, TextId};
use crate::trace::state::{LastStep, State};
use crate::trace::trace::Trace;

/// What the scheduler calls the callback that stops the loop when the main task is done.
const RUN_UNTIL_COMPLETE: &str = "run_until_complete";

/// A callback of the program or of the library.
pub(super) fn step_of_loop(
    seat: &LastStep,
    acts: &Acts,
    before: &Before,
    state: &State,
    trace: &Trace,
) -> Narration {
    let ranked = acts.by_weight();
    let woken: Vec<TaskId> = ranked.iter().flat_map(|act| act.woken.iter().copied()).collect();
    match seat.handle.job {
        Job::SleepOver => {
            let headline = match (woken.first(), before.jumped) {
                (None, _) => Message::SleepOverForNobody {},
                (Some(task), Some((at, _))) => Message::SleepOverAt { at, task: *task },
                (Some(task), None) => Message::SleepOver { task: *task },
            };
            Narration {
                headline,
                reasons: Vec::new(),
            }
        }
        Job::TimeoutOver(task) => Narration {
            headline: Message::TimeIsUp { task },
            reasons: Vec::new(),
        },
        Job::Library { .. } if seat.handle.by_job.is_some() => job_over(seat, &woken, state),
        Job::Library { name } => library_step(seat, trace.text(name), &ranked, &woken, state),
        Job::Callback { name } => step_of_callback(seat, name, &ranked, state),
        Job::Step(_) | Job::Wakeup(_) => plainly(Message::LoopActs {}.shared(), Message::GoesOn {}),
    }
}

/// A worker is through with a job, and the loop takes its end.
fn job_over(seat: &LastStep, woken: &[TaskId], state: &State) -> Narration {
    let workers = &state.workers;
    let Some(view) = seat.handle.by_job.and_then(|job| workers.job(job)) else {
        return plainly(Message::LoopActs {}.shared(), Message::GoesOn {});
    };
    let job = view.function;
    let headline = match becoming_ready(woken).map(Message::shared) {
        None => Message::JobForNobody { job },
        Some(so) if view.ended == Some(Settled::Exception) => Message::JobFailed { job, so },
        Some(so) => Message::JobDelivers { job, so },
    };
    let worker = view.worker.and_then(|thread| workers.thread(thread));
    let reason = worker.map(|worker| Message::WorkedOn {
        worker: worker.name,
        job,
    });
    Narration {
        headline,
        reasons: reason.into_iter().collect(),
    }
}

/// A function of the program that the loop calls.
fn step_of_callback(seat: &LastStep, name: TextId, acts: &[&Act], state: &State) -> Narration {
    let actor = Message::CallbackActs { name }.shared();
    let headline = match acts.first() {
        None => tell(Message::LoopActs {}.shared(), Message::Calls { name }, None, None),
        Some(act) => {
            let which = Message::CallsWhich {
                name,
                act: act.predicate(state).shared(),
            };
            tell(Message::LoopActs {}.shared(), which, act.consequence(), None)
        }
    };
    let mut reasons: Vec<Message> = acts
        .iter()
        .skip(1)
        .map(|act| also(&actor, act, state))
        .take(2)
        .collect();
    if let Some(StepEnd::CallbackRaised { error }) = &seat.end {
        reasons.insert(0, Message::CallbackFails { name, error: *error });
    }
    Narration { headline, reasons }
}

/// A step of library code: the bookkeeping of `gather`, `wait` and the like.
fn library_step(seat: &LastStep, name: &str, acts: &[&Act], woken: &[TaskId], state: &State) -> Narration {
    let actor = Message::LoopActs {}.shared();
    if let Some(act) = acts.first() {
        let headline = tell(actor, act.predicate(state), act.consequence(), None);
        return Narration {
            headline,
            reasons: Vec::new(),
        };
    }
    if name == RUN_UNTIL_COMPLETE {
        return Narration {
            headline: tell(actor, Message::Stops {}, None, None),
            reasons: Vec::new(),
        };
    }
    let noted = |child: TaskId| {
        let group = state
            .resources
            .iter()
            .rev()
            .find(|view| view.children.contains(&child))?;
        let waiter = state
            .waiters(&|on| matches!(on, WaitReason::Gather(id) | WaitReason::Group(id) if id == group.id));
        let (done, all) = progress(group.id, state);
        let counts = (done < all).then_some(Message::GroupCounts {
            group: group.id,
            done,
            all,
        });
        let keeps = waiter.first().map(|task| Message::KeepsWaiting { task: task.id });
        Some((
            Message::NotesEnd {
                group: group.id,
                child,
            },
            counts.into_iter().chain(keeps).collect(),
        ))
    };
    let child = if let Via::TaskDone(child) = seat.handle.via {
        noted(child)
    } else {
        None
    };
    let name = job_name(seat);
    let other = match seat.handle.via {
        // A function of the library that the program itself has scheduled.
        Via::Call => Message::Calls { name },
        _ => Message::RunsLibrary { name },
    };
    let (act, reasons) = child.unwrap_or((other, Vec::new()));
    Narration {
        headline: tell(actor, act, becoming_ready(woken), None),
        reasons,
    }
}

fn job_name(seat: &LastStep) -> TextId {
    if let Job::Library { name } = seat.handle.job {
        name
    } else {
        TextId::EMPTY
    }
}
