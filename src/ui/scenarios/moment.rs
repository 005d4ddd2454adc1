//! Finds the moments that a lesson speaks of in a recorded run.

use super::lesson::{Anchor, Deed, Lesson, is_line};
use crate::trace::{EventKind, Line, State, StepEnd, TaskId, Trace};

/// The frame in which it happens; `None` when it never does.
pub fn frame_of(anchor: &Anchor, trace: &Trace) -> Option<u32> {
    if anchor.deed == Deed::TheEnd {
        return Some(trace.last_frame());
    }
    let lines = |code: &str| -> Vec<Line> {
        let source = trace.header().source.lines();
        (1..)
            .zip(source)
            .filter_map(|(number, line)| is_line(line, code).then_some(number))
            .collect()
    };
    let lines = match &anchor.deed {
        Deed::Runs(code) | Deed::Waits(code) => lines(code),
        Deed::Prints(_) | Deed::Starts | Deed::Ends | Deed::TheEnd => Vec::new(),
    };
    let mut left = anchor.time;
    let mut state = State::default();
    let mut begun: Vec<TaskId> = Vec::new();
    for frame in 0..=trace.last_frame() {
        for event in trace.events_of_frame(frame) {
            state.apply(&event);
            let actor = state.seat_task();
            let starts = match (&event.kind, actor) {
                (EventKind::StepBegan { .. }, Some(task)) if !begun.contains(&task) => {
                    begun.push(task);
                    true
                }
                _ => false,
            };
            let happens = match &anchor.deed {
                Deed::Prints(line) => {
                    matches!(event.kind, EventKind::Output { text, .. } if trace.text(text) == line)
                }
                Deed::Starts => starts,
                Deed::Runs(_) => {
                    matches!(&event.kind, EventKind::LinesRan { lines: ran } if lines.iter().any(|line| ran.contains(line)))
                }
                Deed::Waits(_) => {
                    let suspended = matches!(
                        event.kind,
                        EventKind::StepEnded {
                            end: StepEnd::Suspended { .. }
                        }
                    );
                    let line = actor
                        .and_then(|task| state.task(task))
                        .map(|task| task.rest_line());
                    suspended && line.is_some_and(|line| lines.contains(&line))
                }
                Deed::Ends => matches!(
                    event.kind,
                    EventKind::StepEnded {
                        end: StepEnd::Returned { .. } | StepEnd::Raised { .. } | StepEnd::Cancelled { .. }
                    }
                ),
                Deed::TheEnd => false,
            };
            let name = || {
                actor
                    .and_then(|task| state.task(task))
                    .map(|task| trace.text(task.name))
            };
            let meant = anchor.task.is_none() || anchor.task.as_deref() == name();
            if happens && meant {
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
