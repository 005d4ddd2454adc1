//! What a step can be told by, in words that mean the same in another run.

use super::super::event::{EventKind, Job, StepEnd, WaitReason};
use super::super::ids::{Line, TaskId, TextId};
use super::super::state::State;
use super::super::time::Time;
use super::super::trace::Trace;
use super::lines::Lines;
use super::{Basis, What};

/// A step, and what happened between it and the one before.
pub(super) struct Step<'a> {
    /// Name of the task, or of the callback.
    runner: Option<&'a str>,
    lines: Vec<Line>,
    /// Texts that were printed.
    printed: Vec<&'a str>,
    clock: Time,
    /// How it came to rest, and the name or the time that it waits for.
    rest: Option<(StepEnd, &'a str)>,
    /// Names and values of variables.
    values: Vec<(&'a str, &'a str)>,
}

impl<'a> Step<'a> {
    /// Takes what leads to a frame, and lets `state` follow.
    pub(super) fn take(trace: &'a Trace, frame: u32, state: &mut State, lines: &Lines) -> Self {
        let mut step = Self {
            runner: None,
            lines: Vec::new(),
            printed: Vec::new(),
            clock: Time::ZERO,
            rest: None,
            values: Vec::new(),
        };
        if frame > trace.last_frame() {
            return step;
        }
        for event in trace.events_of_frame(frame) {
            state.apply(&event);
            match event.kind {
                EventKind::LinesRan { lines: ran } => {
                    step.lines.extend(ran.into_iter().map(|line| lines.name(line)));
                }
                EventKind::Output { text, .. } => step.printed.push(trace.text(text)),
                EventKind::LocalChanged { name, value, .. } => {
                    let value = value.map_or("", |value| trace.text(value));
                    step.values.push((trace.text(name), value));
                }
                EventKind::StepEnded { end } => {
                    step.runner = runner(trace, state);
                    let about = about(trace, state, &end);
                    step.rest = Some((end, about));
                }
                _ => {}
            }
        }
        step.clock = state.clock;
        step
    }

    /// What differs from another step.
    pub(super) fn differs(&self, other: &Self, basis: Basis) -> Option<What> {
        // Lines and variables of different programs have nothing to do with each other.
        let own = basis == Basis::Events;
        let rests = |step: &Self| {
            let (end, about) = step.rest.as_ref()?;
            let on = match end {
                StepEnd::Suspended { on } => Some(std::mem::discriminant(on)),
                _ => None,
            };
            Some((std::mem::discriminant(end), on, about.to_owned()))
        };
        let found = [
            (self.runner != other.runner, What::Runner),
            (own && self.lines != other.lines, What::Lines),
            (self.printed != other.printed, What::Output),
            (self.clock != other.clock, What::Clock),
            (rests(self) != rests(other), What::Rest),
            (own && self.values != other.values, What::Values),
        ];
        found
            .into_iter()
            .find(|(differs, _)| *differs)
            .map(|(_, what)| what)
    }
}

fn runner<'a>(trace: &'a Trace, state: &State) -> Option<&'a str> {
    let seat = state.seat.as_ref()?;
    Some(match (seat.task(), seat.handle.job) {
        (Some(task), _) => name(trace, state, task),
        (None, Job::Callback { name } | Job::Library { name }) => trace.text(name),
        (None, _) => "",
    })
}

fn name<'a>(trace: &'a Trace, state: &State, task: TaskId) -> &'a str {
    state.task(task).map_or("", |view| trace.text(view.name))
}

/// The name of what a step waits for, as far as it has one, or the text of its result.
fn about<'a>(trace: &'a Trace, state: &State, end: &StepEnd) -> &'a str {
    let text = match end {
        StepEnd::Suspended { on } => match *on {
            WaitReason::Sleep { delay, .. } => delay,
            WaitReason::Task(task) => return name(trace, state, task),
            WaitReason::QueuePut { item, .. } => item,
            _ => TextId::EMPTY,
        },
        StepEnd::Returned { value: text }
        | StepEnd::Raised { error: text }
        | StepEnd::Cancelled { error: text }
        | StepEnd::CallbackRaised { error: text } => *text,
        StepEnd::CallbackDone | StepEnd::Nothing | StepEnd::Refused => TextId::EMPTY,
    };
    trace.text(text)
}
