//! One sentence for each step: what happened, and why.
//!
//! A headline has one form: *actor, act, so consequence*. At most three reasons
//! follow, each of which names the mechanism. Both are data ([`Message`]); words
//! come from one table of patterns, and names from the state at the frame.
//!
//! What deserves the headline is decided by weight: an act that wakes somebody
//! comes before one that does not, and how the step ends is told as `then`.

mod acts;
mod ends;
mod message;
mod reasons;
mod render;

use super::event::{ClockCause, Event, EventKind, Job, StepEnd, Via, WaitReason};
use super::ids::{TaskId, TextId};
use super::state::{LastStep, State};
use super::time::Time;
use super::trace::Trace;
use acts::{Acts, Deed};

pub use message::{Arg, MESSAGES, Message};
pub use render::{Part, plain, render};

/// Reasons that a narration has at most.
const REASONS: usize = 3;
/// Characters that a headline has at most, unless names alone are longer.
const HEADLINE: usize = 140;

/// What a frame is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Narration {
    /// Actor, act, so consequence.
    pub headline: Message,
    /// Why; at most three.
    pub reasons: Vec<Message>,
}

/// What the loop did between the step before and this one.
#[derive(Debug, Default)]
struct Before {
    jumped: Option<(Time, ClockCause)>,
    turn: Option<(u32, u32)>,
}

/// The sentence of a frame. Frame 0 is the beginning, the last frame the end of the run.
pub fn narrate(trace: &Trace, frame: u32) -> Narration {
    if frame == 0 {
        return ends::beginning(trace);
    }
    if frame >= trace.last_frame() {
        return ends::end(trace);
    }
    let (state, mut acts, before) = happened(trace, frame);
    let Some(seat) = state.seat.clone() else {
        return Narration {
            headline: Message::Unfinished {},
            reasons: Vec::new(),
        };
    };
    let rests_on = match seat.end {
        Some(StepEnd::Suspended { on }) => Some(on),
        _ => None,
    };
    acts.settle(rests_on, &state);
    let mut narration = match seat.task() {
        Some(task) => step_of_task(&seat, task, &acts, &state),
        None => step_of_loop(&seat, &acts, &before, &state, trace),
    };
    narration
        .reasons
        .extend(reasons::of_step(&seat, &acts, &before, &state));
    // What the task did besides matters least.
    narration
        .reasons
        .sort_by_key(|reason| matches!(reason, Message::AlsoDoes { .. }));
    let told = |reason: &Message| !repeats(&narration.headline, reason);
    narration.reasons = narration
        .reasons
        .iter()
        .filter(|reason| told(reason))
        .take(REASONS)
        .cloned()
        .collect();
    shorten(&mut narration, trace, &state);
    narration
}

/// The world at a frame, what its step did, and what the loop did before it.
///
/// Eagerly started tasks run inside the step of their creator, which then ends in a later frame than
/// it began. So there is a book of acts for each open step, and the last one that is closed counts.
fn happened(trace: &Trace, frame: u32) -> (State, Acts, Before) {
    let from = first_frame_of_step(trace, frame);
    let mut state = trace.state_at(from - 1);
    let mut before = Before::default();
    let (mut open, mut closed): (Vec<Acts>, _) = (Vec::new(), Acts::default());
    for event in (from..=frame).flat_map(|frame| trace.events_of_frame(frame)) {
        match &event.kind {
            EventKind::ClockMoved { by, why } if open.is_empty() => {
                before.jumped = Some((state.clock.plus(*by), *why));
            }
            EventKind::StepBegan { handle } => {
                let started = state
                    .ready
                    .iter()
                    .find(|ready| ready.id == *handle)
                    .and_then(|ready| ready.job.task());
                if let Some(outer) = open.last_mut() {
                    outer.eager.extend(started);
                }
                open.push(Acts::default());
            }
            EventKind::StepEnded { .. } => closed = open.pop().unwrap_or_default(),
            kind => {
                if let Some(acts) = open.last_mut() {
                    acts.take(kind, &state);
                }
            }
        }
        state.apply(&event);
        if matches!(event.kind, EventKind::TurnBegan) {
            before.turn = Some((state.turn, u32::try_from(state.ready.len()).unwrap_or(u32::MAX)));
        }
    }
    (state, closed, before)
}

/// The frame in whose events the step began that ends with `frame`.
fn first_frame_of_step(trace: &Trace, frame: u32) -> u32 {
    let mut missing = 1;
    for earlier in (1..=frame).rev() {
        let begins = |event: &Event| matches!(event.kind, EventKind::StepBegan { .. });
        missing -= trace.events_of_frame(earlier).filter(begins).count().min(missing);
        if missing == 0 {
            return earlier;
        }
        missing += 1;
    }
    1
}

/// A step of a task.
fn step_of_task(seat: &LastStep, task: TaskId, acts: &Acts, state: &State) -> Narration {
    let actor = Message::TaskActs { task };
    let hidden = state.task(task).is_some_and(|view| view.hidden);
    if hidden {
        return plainly(Message::LoopActs {}, Message::CleansUp {});
    }
    if matches!(seat.end, Some(StepEnd::Nothing)) {
        return plainly(Message::LoopActs {}, Message::FindsDone { task });
    }
    let end = ending(seat, acts, state);
    let opening = opening(seat, task, acts, state);
    let ranked = acts.by_weight();
    let Some(first) = ranked.first() else {
        return by_end(actor, opening, end, acts.woken_by_end());
    };
    let also = |act: &&acts::Act| also(&actor, act, state);
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
            Message::DoesThen {
                actor: actor.clone().boxed(),
                act: opening.boxed(),
                then: end.boxed(),
            }
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
    let quiet = |act: &&&acts::Act| act.woken.is_empty() && act.deed != Deed::Prints;
    reasons.extend(ranked.iter().skip(1).filter(quiet).map(also).take(1));
    Narration { headline, reasons }
}

/// A step that only began and came to rest.
fn by_end(actor: Message, opening: Option<Message>, end: Message, woken: &[TaskId]) -> Narration {
    let so = match woken {
        [] => None,
        [_] => Some(Message::AwaiterReady {
            tasks: woken.to_vec(),
        }),
        [_, _] | [_, _, _] => Some(Message::AwaitersReady {
            tasks: woken.to_vec(),
        }),
        _ => acts::becoming_ready(woken),
    };
    let headline = match (opening, so) {
        (Some(opening), None) => Message::DoesThen {
            actor: actor.boxed(),
            act: opening.boxed(),
            then: end.boxed(),
        },
        (_, so) => tell(actor, end, so, None),
    };
    Narration {
        headline,
        reasons: Vec::new(),
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
        StepEnd::Suspended { on } if acts.cancel_delivered => {
            let waits = waits(*on, state);
            Message::CatchesThen { then: waits.boxed() }
        }
        StepEnd::Suspended { on } => waits(*on, state),
        StepEnd::Returned { value } if acts.cancel_delivered => Message::ReturnsUncancelled { value: *value },
        StepEnd::Returned { value } => Message::Returns { value: *value },
        StepEnd::Raised { error } if !acts.end_was_seen => Message::FailsUnseen { error: *error },
        StepEnd::Raised { error } | StepEnd::CallbackRaised { error } => Message::Fails { error: *error },
        StepEnd::Cancelled { .. } => Message::EndsCancelled {},
        StepEnd::CallbackDone | StepEnd::Nothing => Message::Ends {},
    }
}

/// What a suspended task waits on, as a predicate.
pub(super) fn waits(on: WaitReason, state: &State) -> Message {
    match on {
        WaitReason::Bare => Message::GivesWay {},
        WaitReason::Other => Message::YieldsWrongly {},
        WaitReason::Task(task) => Message::AwaitsTask { task },
        WaitReason::Gather(gather) => {
            let (done, all) = ends::progress(gather, state);
            Message::AwaitsGather { gather, done, all }
        }
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
        WaitReason::Lock(lock) => match state.resource(lock).and_then(|view| view.holders.first()) {
            Some(holder) => Message::AwaitsHeldLock {
                lock,
                holder: *holder,
            },
            None => Message::AwaitsLock { lock },
        },
        WaitReason::Event(event) => Message::AwaitsEvent { event },
        WaitReason::Condition(condition) => Message::AwaitsNotify { condition },
        WaitReason::Semaphore(semaphore) => Message::AwaitsPermit { semaphore },
        WaitReason::Barrier(barrier) => Message::AwaitsBarrier { barrier },
        WaitReason::QueueGet(queue) => Message::AwaitsItem { queue },
        WaitReason::QueuePut { queue, item } => Message::AwaitsRoom { queue, item },
        WaitReason::QueueJoin(queue) => Message::AwaitsJoin { queue },
        WaitReason::Group(group) => Message::AwaitsGroup { group },
        WaitReason::Future(future) => Message::AwaitsFuture { future },
    }
}

/// A callback of the program or of the library.
fn step_of_loop(seat: &LastStep, acts: &Acts, before: &Before, state: &State, trace: &Trace) -> Narration {
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
        Job::Library { name } => ends::library_step(seat, trace.text(name), &ranked, &woken, state),
        Job::Callback { name } => step_of_callback(seat, name, &ranked, state),
        Job::Step(_) | Job::Wakeup(_) => plainly(Message::LoopActs {}, Message::GoesOn {}),
    }
}

/// A function of the program that the loop calls.
fn step_of_callback(seat: &LastStep, name: TextId, acts: &[&acts::Act], state: &State) -> Narration {
    let actor = Message::CallbackActs { name };
    let headline = match acts.first() {
        None => tell(Message::LoopActs {}, Message::Calls { name }, None, None),
        Some(act) => {
            let which = Message::CallsWhich {
                name,
                act: act.predicate(state).boxed(),
            };
            tell(Message::LoopActs {}, which, act.consequence(), None)
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

/// A further act of the same actor.
fn also(actor: &Message, act: &acts::Act, state: &State) -> Message {
    let (actor, predicate) = (actor.clone().boxed(), act.predicate(state).boxed());
    match act.consequence().filter(|_| !act.woken.is_empty()) {
        Some(so) => Message::AlsoDoesSo {
            actor,
            act: predicate,
            so: so.boxed(),
        },
        None => Message::AlsoDoes {
            actor,
            act: predicate,
        },
    }
}

/// A sentence of an actor with one act, what it led to, and what came then.
fn tell(actor: Message, act: Message, so: Option<Message>, then: Option<Message>) -> Message {
    let (actor, act) = (actor.boxed(), act.boxed());
    match (so.map(Message::boxed), then.map(Message::boxed)) {
        (None, None) => Message::Does { actor, act },
        (None, Some(then)) => Message::DoesThen { actor, act, then },
        (Some(so), None) => Message::DoesSo { actor, act, so },
        (Some(so), Some(then)) => Message::DoesSoThen { actor, act, so, then },
    }
}

fn plainly(actor: Message, act: Message) -> Narration {
    Narration {
        headline: tell(actor, act, None, None),
        reasons: Vec::new(),
    }
}

/// A headline that is too long leaves how the step ended to the reasons.
fn shorten(narration: &mut Narration, trace: &Trace, state: &State) {
    if plain(&narration.headline, trace, state).chars().count() <= HEADLINE {
        return;
    }
    let (short, rest) = match narration.headline.clone() {
        Message::DoesSoThen { actor, act, so, then } => (
            Message::DoesSo {
                actor: actor.clone(),
                act,
                so,
            },
            Message::Does { actor, act: then },
        ),
        Message::DoesThen { actor, act, then } => (
            Message::Does {
                actor: actor.clone(),
                act,
            },
            Message::Does { actor, act: then },
        ),
        _ => return,
    };
    narration.headline = short;
    narration.reasons.insert(0, rest);
    narration.reasons.truncate(REASONS);
}

/// Whether a reason says what the headline says already.
fn repeats(headline: &Message, reason: &Message) -> bool {
    match (headline, reason) {
        (Message::SleepOverAt { .. }, Message::ClockJumps { .. }) => true,
        _ => headline == reason,
    }
}

#[cfg(test)]
mod tests;
