//! A step of a task: how it began, what it did, how it came to rest.

use std::rc::Rc;

use super::acts::{Act, Acts, Deed};
use super::deeds::becoming_ready;
use super::message::Message;
use super::{Narration, also, ends, plainly, tell};
use crate::trace::event::{StepEnd, Via, WaitReason};
use crate::trace::ids::TaskId;
use crate::trace::state::{LastStep, State, TaskView};

/// A step of a task.
pub(super) fn step_of_task(seat: &LastStep, task: TaskId, acts: &Acts, state: &State) -> Narration {
    let actor = Message::TaskActs { task }.shared();
    let hidden = state.task(task).is_some_and(|view| view.hidden);
    if hidden {
        return plainly(Message::LoopActs {}.shared(), Message::CleansUp {});
    }
    if matches!(seat.end, Some(StepEnd::Nothing)) {
        return plainly(Message::LoopActs {}.shared(), Message::FindsDone { task });
    }
    if matches!(seat.end, Some(StepEnd::Refused)) {
        return plainly(Message::LoopActs {}.shared(), Message::CannotEnter { task });
    }
    let end = ending(seat, acts, state);
    let opening = opening(seat, task, acts, state);
    let ranked = acts.by_weight();
    let Some(first) = ranked.first() else {
        return by_end(actor, opening, end, seat, acts);
    };
    let also = |act: &&Act| also(&actor, act, state);
    let mut reasons: Vec<Message> = ranked
        .iter()
        .skip(1)
        .filter(|act| !act.woken.is_empty())
        .map(also)
        .collect();
    let headline = match opening.filter(|_| acts.cancel_delivered) {
        // That CancelledError reached it matters more than what its `finally` does.
        Some(opening) => {
            reasons.insert(0, also(first));
            opened(actor.clone(), opening, end, seat, acts)
        }
        None => tell(
            actor.clone(),
            first.predicate(state),
            first.consequence(),
            Some(end),
        ),
    };
    if let Some(so) = awaiters_ready(acts.woken_by_end()) {
        reasons.insert(0, so);
    }
    let quiet = |act: &&&Act| act.woken.is_empty() && act.deed != Deed::Prints;
    reasons.extend(ranked.iter().skip(1).filter(quiet).map(also).take(1));
    Narration { headline, reasons }
}

/// A step that only began and came to rest.
fn by_end(
    actor: Rc<Message>,
    opening: Option<Message>,
    end: Message,
    seat: &LastStep,
    acts: &Acts,
) -> Narration {
    let woken = acts.woken_by_end();
    let so = match woken {
        [] => None,
        [_] => Some(Message::AwaiterReady {
            tasks: woken.to_vec(),
        }),
        [_, _] | [_, _, _] => Some(Message::AwaitersReady {
            tasks: woken.to_vec(),
        }),
        _ => becoming_ready(woken),
    };
    let headline = match (opening, so) {
        (Some(opening), None) => opened(actor, opening, end, seat, acts),
        (_, so) => tell(actor, end, so, None),
    };
    Narration {
        headline,
        reasons: Vec::new(),
    }
}

/// A sentence that tells how the step began. A task may well go on after `CancelledError` was raised in it.
fn opened(actor: Rc<Message>, opening: Message, end: Message, seat: &LastStep, acts: &Acts) -> Message {
    let (act, then) = (opening.shared(), end.shared());
    if acts.cancel_delivered && matches!(seat.end, Some(StepEnd::Suspended { .. })) {
        Message::DoesBut { actor, act, then }
    } else {
        Message::DoesThen { actor, act, then }
    }
}

fn awaiters_ready(woken: &[TaskId]) -> Option<Message> {
    match woken {
        [] => None,
        [_] => Some(Message::AwaiterAlsoReady {
            tasks: woken.to_vec(),
        }),
        _ => Some(Message::AwaitersAlsoReady {
            tasks: woken.to_vec(),
        }),
    }
}

/// How the step of a task began, when that is worth a word.
fn opening(seat: &LastStep, task: TaskId, acts: &Acts, state: &State) -> Option<Message> {
    let fresh = seat.handle.via == Via::Spawn;
    let line = seat.lines.first().copied().unwrap_or(0);
    if acts.cancel_delivered {
        return Some(match (fresh, line) {
            (true, _) => Message::IsCancelledUnstarted {},
            (false, 0) => Message::IsCancelled {},
            (false, line) => Message::IsCancelledAt { line },
        });
    }
    let ended = state.task(task).is_some_and(|view| view.state.is_done());
    match (fresh, line) {
        (true, 0) => Some(Message::Starts {}),
        (true, line) => Some(Message::StartsAt { line }),
        (false, _) if ended => None,
        (false, 0) => None,
        (false, line) => Some(Message::GoesOnAt { line }),
    }
}

/// How the step of a task came to rest.
fn ending(seat: &LastStep, acts: &Acts, state: &State) -> Message {
    let Some(end) = &seat.end else {
        return Message::GoesOn {};
    };
    match end {
        StepEnd::Suspended { on } => waits(*on, state),
        StepEnd::Returned { value } if acts.cancel_delivered => Message::ReturnsUncancelled { value: *value },
        StepEnd::Returned { value } => Message::Returns { value: *value },
        StepEnd::Raised { error } if !acts.end_was_seen => Message::FailsUnseen { error: *error },
        StepEnd::Raised { error } | StepEnd::CallbackRaised { error } => Message::Fails { error: *error },
        StepEnd::Cancelled { .. } => Message::EndsCancelled {},
        StepEnd::CallbackDone | StepEnd::Nothing | StepEnd::Refused => Message::Ends {},
    }
}

/// What a suspended task waits on, as a predicate.
pub(super) fn waits(on: WaitReason, state: &State) -> Message {
    match on {
        WaitReason::Bare => Message::GivesWay {},
        WaitReason::Other => Message::YieldsWrongly {},
        WaitReason::Task(task) => Message::AwaitsTask { task },
        WaitReason::Gather(gather) => match ends::progress(gather, state) {
            // Futures that are no tasks are not counted.
            (_, 0) => Message::AwaitsAll { gather },
            (done, all) => Message::AwaitsGather { gather, done, all },
        },
        WaitReason::Executor(executor) => Message::AwaitsJob { executor },
        WaitReason::Sleep { timer, .. } => {
            let due = state
                .timers
                .iter()
                .chain(&state.ready)
                .find(|handle| handle.id == timer);
            match due.and_then(|handle| handle.due) {
                Some(until) => Message::Sleeps { until },
                None => Message::SleepsNoMore {},
            }
        }
        WaitReason::Lock(lock) => {
            let holder = state.resource(lock).and_then(|view| view.holders.first());
            let promised = |task: &&TaskView| task.in_line && task.woken == Via::Release(lock);
            match (holder, state.tasks.iter().find(promised)) {
                (Some(holder), _) => Message::AwaitsHeldLock {
                    lock,
                    holder: *holder,
                },
                (None, Some(next)) => Message::AwaitsPromisedLock { lock, next: next.id },
                (None, None) => Message::AwaitsLock { lock },
            }
        }
        WaitReason::Event(event) => Message::AwaitsEvent { event },
        WaitReason::Condition(condition) => Message::AwaitsNotify { condition },
        WaitReason::Semaphore(semaphore) => Message::AwaitsPermit { semaphore },
        WaitReason::Barrier(barrier) => Message::AwaitsBarrier { barrier },
        WaitReason::QueueGet(queue) => Message::AwaitsItem { queue },
        WaitReason::QueuePut { queue, item } => Message::AwaitsRoom { queue, item },
        WaitReason::QueueJoin(queue) => Message::AwaitsJoin { queue },
        WaitReason::Group(group) => match ends::progress(group, state) {
            (_, 0) => Message::AwaitsGroup { group },
            (done, all) => Message::AwaitsChildren { group, done, all },
        },
        WaitReason::Future(future) => Message::AwaitsFuture { future },
    }
}
