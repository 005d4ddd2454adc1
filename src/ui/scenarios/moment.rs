//! Finds the moments that a lesson speaks of in a recorded run.

use super::lesson::{Anchor, Deed, Lesson, is_line};
use crate::trace::{Event, EventKind, Line, State, StepEnd, TaskId, TaskView, Trace};

/// The frame in which it happens; `None` when it never does.
pub fn frame_of(anchor: &Anchor, trace: &Trace) -> Option<u32> {
    if anchor.deed == Deed::TheEnd {
        return Some(trace.last_frame());
    }
    let mut watch = Watch::new(anchor, trace);
    let mut left = anchor.time;
    for frame in 0..=trace.last_frame() {
        for event in trace.events_of_frame(frame) {
            if watch.happens(&event) {
                left -= 1;
                if left == 0 {
                    return Some(frame);
                }
            }
        }
    }
    None
}

/// The frame in which the closing question is asked: the one before its answer.
pub fn question_frame(lesson: &Lesson, trace: &Trace) -> Option<u32> {
    frame_of(&lesson.question.next, trace)?.checked_sub(1)
}

/// Looks at a run event by event.
struct Watch<'a> {
    anchor: &'a Anchor,
    trace: &'a Trace,
    /// The lines of the program that are meant.
    lines: Vec<Line>,
    /// Tasks that have made a step.
    begun: Vec<TaskId>,
    state: State,
}

impl<'a> Watch<'a> {
    fn new(anchor: &'a Anchor, trace: &'a Trace) -> Self {
        let lines = match &anchor.deed {
            Deed::Runs(code) | Deed::Waits(code) => (1..)
                .zip(trace.header().source.lines())
                .filter_map(|(number, line)| is_line(line, code).then_some(number))
                .collect(),
            Deed::Prints(_) | Deed::Starts | Deed::Ends | Deed::TheEnd => Vec::new(),
        };
        Self {
            anchor,
            trace,
            lines,
            begun: Vec::new(),
            state: State::default(),
        }
    }

    fn happens(&mut self, event: &Event) -> bool {
        self.state.apply(event);
        let begins = self.begins(&event.kind);
        let actor = self.state.seat_task().and_then(|task| self.state.task(task));
        let name = actor.map(|task| self.trace.text(task.name));
        let meant = self.anchor.task.is_none() || self.anchor.task.as_deref() == name;
        let done = match (&self.anchor.deed, &event.kind) {
            (Deed::Prints(line), EventKind::Output { text, .. }) => self.trace.text(*text) == line,
            (Deed::Runs(_), EventKind::LinesRan { lines }) => {
                self.lines.iter().any(|line| lines.contains(line))
            }
            (Deed::Starts, _) => begins,
            (Deed::Waits(_), EventKind::StepEnded { end }) => {
                let line = actor.map(TaskView::rest_line);
                matches!(end, StepEnd::Suspended { .. })
                    && line.is_some_and(|line| self.lines.contains(&line))
            }
            (Deed::Ends, EventKind::StepEnded { end }) => matches!(
                end,
                StepEnd::Returned { .. } | StepEnd::Raised { .. } | StepEnd::Cancelled { .. }
            ),
            _ => false,
        };
        done && meant
    }

    /// Whether a task makes its first step.
    fn begins(&mut self, kind: &EventKind) -> bool {
        match (kind, self.state.seat_task()) {
            (EventKind::StepBegan { .. }, Some(task)) if !self.begun.contains(&task) => {
                self.begun.push(task);
                true
            }
            _ => false,
        }
    }
}
