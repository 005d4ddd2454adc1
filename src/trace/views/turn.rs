//! The turn of the loop that a frame is in, phase by phase.
//!
//! The phases are those of `_run_once` in CPython's `asyncio/base_events.py`:
//!
//! 1. how long may the loop sleep? Not at all when something is ready, else until the next timer;
//! 2. the clock moves on meanwhile, and results arrive from outside;
//! 3. timers that are due move to the ready queue;
//! 4. what is ready now is run, one after the other;
//! 5. what became ready meanwhile waits for the next turn.

use crate::trace::event::{EventKind, Via};
use crate::trace::spans::Lanes;
use crate::trace::state::{HandleView, State};
use crate::trace::time::Time;
use crate::trace::trace::Trace;

/// Where in its turn the loop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It asks how long it may sleep: before the first turn, and where nothing can happen any more.
    Asks,
    /// It runs what is ready.
    Runs,
    /// It has stopped.
    Stopped,
}

/// A turn of the loop.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Turn {
    /// Its number; 0 is before the first.
    pub number: u32,
    /// Phase 1: how many handles were ready when it began.
    pub waiting: u32,
    /// Phase 1: the next timer then, when nothing was ready.
    pub sleeps_until: Option<Time>,
    /// Phase 2: from when to when the clock moved.
    pub slept: Option<(Time, Time)>,
    /// Phase 2: what came from outside.
    pub arrived: Vec<HandleView>,
    /// Phase 3: timers that were due.
    pub due: Vec<HandleView>,
    /// Phase 4: what was ready then, in the order in which it runs.
    pub batch: Vec<HandleView>,
    /// Phase 4: how many of these have run, the one of this frame included.
    pub ran: usize,
    /// Phase 5: what became ready since.
    pub later: Vec<HandleView>,
    /// Whether this frame is the first of the turn: then the phases before have just happened.
    pub is_first: bool,
}

impl Turn {
    /// Phase 1 of the turn after a state.
    fn asked(state: &State) -> Self {
        let waiting = u32::try_from(state.ready.len()).unwrap_or(u32::MAX);
        let next = state.timers.front().and_then(|timer| timer.due);
        Self {
            number: state.turn,
            waiting,
            sleeps_until: next.filter(|_| waiting == 0),
            ..Self::default()
        }
    }
}

/// The turn of a frame, whose world is `state`, and where in it the loop is.
pub fn turn(trace: &Trace, lanes: &Lanes, frame: u32, state: &State) -> (Turn, Phase) {
    let Some(number) = lanes.column(frame).map(|column| column.turn) else {
        let stands = super::is_standstill(state) || state.outcome.is_none();
        let phase = if stands { Phase::Asks } else { Phase::Stopped };
        return (Turn::asked(state), phase);
    };
    let before = lanes.columns().partition_point(|column| column.turn < number);
    let last = u32::try_from(before).unwrap_or(u32::MAX);
    let mut world = trace.state_at(last);
    let mut turn = Turn::asked(&world);
    // The first turn has begun where the first step is about to.
    turn.batch = world.ready.iter().copied().collect();
    for event in trace.events_of_frame(last + 1) {
        if matches!(event.kind, EventKind::StepBegan { .. }) {
            break;
        }
        let clock = world.clock;
        world.apply(&event);
        match event.kind {
            EventKind::TurnBegan => turn.batch = world.ready.iter().copied().collect(),
            EventKind::ClockMoved { .. } => {
                let from = turn.slept.map_or(clock, |(from, _)| from);
                turn.slept = Some((from, world.clock));
            }
            EventKind::TimerFired { .. } => turn.due.extend(world.ready.back()),
            // A program that runs a second loop gives it a task before it turns.
            EventKind::HandleScheduled {
                due: None,
                via: Via::Spawn,
                ..
            } => {
                turn.waiting += 1;
                turn.sleeps_until = None;
            }
            EventKind::HandleScheduled { due: None, .. } => turn.arrived.extend(world.ready.back()),
            _ => {}
        }
    }
    turn.number = number;
    turn.is_first = frame == last + 1;
    // A task that starts eagerly runs inside the step of another.
    let seat = state.outer.first().or(state.seat.as_ref());
    let runs = |handle: &HandleView| seat.is_some_and(|seat| seat.handle.id == handle.id);
    turn.ran = turn.batch.iter().position(runs).map_or(0, |place| place + 1);
    let joined = |handle: &&HandleView| handle.turn == number;
    turn.later = state.ready.iter().filter(joined).copied().collect();
    (turn, Phase::Runs)
}
