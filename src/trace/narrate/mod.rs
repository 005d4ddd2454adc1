//! One sentence for each step: what happened, and why.
//!
//! A headline has one form: *actor, act, so consequence*. At most three reasons
//! follow, each of which names the mechanism. Both are data ([`Message`]); words
//! come from one table of patterns, and names from the state at the frame.
//!
//! What deserves the headline is decided by weight: an act that wakes somebody
//! comes before one that does not, and how the step ends is told as `then`.

mod acts;
mod deeds;
mod ends;
mod loop_step;
mod message;
mod reasons;
mod render;
mod task_step;

use std::mem::discriminant;
use std::rc::Rc;

use super::event::{ClockCause, Event, EventKind, StepEnd};
use super::sort;
use super::state::State;
use super::time::Time;
use super::trace::Trace;
use acts::Acts;

pub use ends::waiting;
pub use message::{Arg, Doing, MESSAGES, Message, doing_in};
pub use render::{Part, plain, render, render_in};

/// Reasons that a narration has at most.
const REASONS: usize = 3;
/// Characters that a headline has at most, unless names alone are longer.
const HEADLINE: usize = 140;

/// What a frame is about.
#[derive(Debug)]
#[cfg_attr(test, derive(PartialEq))]
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
    let before = match frame {
        0 => State::default(),
        _ => trace.state_at(frame - 1),
    };
    narrate_after(trace, frame, &before)
}

/// The same, where the world one frame earlier is known.
pub fn narrate_after(trace: &Trace, frame: u32, before: &State) -> Narration {
    if frame == 0 {
        return ends::beginning(trace);
    }
    if frame >= trace.last_frame() {
        return ends::end(trace);
    }
    let (state, mut acts, before) = happened(trace, frame, before);
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
        Some(task) => task_step::step_of_task(&seat, task, &acts, &state),
        None => loop_step::step_of_loop(&seat, &acts, &before, &state, trace),
    };
    narration
        .reasons
        .extend(reasons::of_step(&seat, &acts, &before, &state));
    // What the task did besides matters least.
    sort::sort_by_key(&mut narration.reasons, |reason| {
        matches!(reason, Message::AlsoDoes { .. })
    });
    let words = |message: &Message| plain(message, trace, &state);
    let Narration { headline, reasons } = &mut narration;
    reasons.retain(|reason| !repeats(headline, reason, &words));
    reasons.truncate(REASONS);
    shorten(&mut narration, trace, &state);
    narration
}

/// The world at a frame, what its step did, and what the loop did before it.
///
/// Eagerly started tasks run inside the step of their creator, which then ends in a later frame than
/// it began. So there is a book of acts for each open step, and the last one that is closed counts.
fn happened(trace: &Trace, frame: u32, earlier: &State) -> (State, Acts, Before) {
    let from = first_frame_of_step(trace, frame);
    let mut state = if from == frame {
        earlier.clone()
    } else {
        trace.state_at(from - 1)
    };
    let mut before = Before::default();
    let (mut open, mut closed): (Vec<Acts>, _) = (Vec::new(), Acts::default());
    // Threads that run: what they do is not the step's doing.
    let mut threads = 0;
    for event in (from..=frame).flat_map(|frame| trace.events_of_frame(frame)) {
        match &event.kind {
            EventKind::ThreadResumed { .. } => threads += 1,
            EventKind::ThreadRested { .. } => threads -= 1,
            _ if threads > 0 => {}
            EventKind::ClockMoved { by, why } if open.is_empty() => {
                if *why != ClockCause::Working {
                    before.jumped = Some((state.clock.plus(*by), *why));
                }
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

/// A further act of the same actor.
fn also(actor: &Rc<Message>, act: &acts::Act, state: &State) -> Message {
    let (actor, predicate) = (Rc::clone(actor), act.predicate(state).shared());
    match act.consequence().filter(|_| !act.woken.is_empty()) {
        Some(so) => Message::AlsoDoesSo {
            actor,
            act: predicate,
            so: so.shared(),
        },
        None => Message::AlsoDoes {
            actor,
            act: predicate,
        },
    }
}

/// A sentence of an actor with one act, what it led to, and what came then.
fn tell(actor: Rc<Message>, act: Message, so: Option<Message>, then: Option<Message>) -> Message {
    let act = act.shared();
    match (so.map(Message::shared), then.map(Message::shared)) {
        (None, None) => Message::Does { actor, act },
        (None, Some(then)) => Message::DoesThen { actor, act, then },
        (Some(so), None) => Message::DoesSo { actor, act, so },
        (Some(so), Some(then)) => Message::DoesSoThen { actor, act, so, then },
    }
}

fn plainly(actor: Rc<Message>, act: Message) -> Narration {
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
    let (short, (actor, then)) = match &narration.headline {
        Message::DoesSoThen { actor, act, so, then } => (
            Message::DoesSo {
                actor: Rc::clone(actor),
                act: Rc::clone(act),
                so: Rc::clone(so),
            },
            (actor, then),
        ),
        Message::DoesThen { actor, act, then } => (
            Message::Does {
                actor: Rc::clone(actor),
                act: Rc::clone(act),
            },
            (actor, then),
        ),
        _ => return,
    };
    let rest = Message::Does {
        actor: Rc::clone(actor),
        act: Rc::clone(then),
    };
    narration.headline = short;
    narration.reasons.insert(0, rest);
    narration.reasons.truncate(REASONS);
}

/// Whether a reason says what the headline says already.
fn repeats(headline: &Message, reason: &Message, words: &dyn Fn(&Message) -> String) -> bool {
    match (headline, reason) {
        (Message::SleepOverAt { .. }, Message::ClockJumps { .. }) => true,
        _ => discriminant(headline) == discriminant(reason) && words(headline) == words(reason),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
