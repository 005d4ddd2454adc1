//! The first frame, the last frame, and the loop's own bookkeeping.

use super::message::Message;
use super::task_step::waits;
use super::{Narration, tell};
use crate::trace::diagnose::deadlock;
use crate::trace::event::{Budget, Outcome};
use crate::trace::ids::{ResourceId, TaskId};
use crate::trace::state::{State, TaskView};
use crate::trace::trace::Trace;

/// Frame 0: before the first step.
pub(super) fn beginning(trace: &Trace) -> Narration {
    let state = trace.state_at(0);
    let first = state.tasks.iter().find(|task| !task.hidden).map(|task| task.id);
    let headline = first.map_or(Message::Begins {}, |task| Message::BeginsWith { task });
    Narration {
        headline,
        reasons: Vec::new(),
    }
}

/// The last frame: nobody runs any more.
pub(super) fn end(trace: &Trace) -> Narration {
    let state = trace.tip();
    let at = state.clock;
    let ran = Message::RanSteps {
        steps: trace.steps(),
        turns: state.turn,
    };
    let Some(outcome) = trace.outcome() else {
        return Narration {
            headline: Message::Unfinished {},
            reasons: vec![ran],
        };
    };
    match outcome {
        Outcome::Exited { code, error } => {
            let headline = match (error, code) {
                (Some(error), _) => Message::Dies { error: *error, at },
                (None, 0) => Message::Finishes { at },
                (None, code) => Message::FinishesWith {
                    code: i64::from(*code),
                    at,
                },
            };
            let pending = pending(state);
            let left = (!pending.is_empty()).then_some(Message::LeftPending { tasks: pending });
            Narration {
                headline,
                reasons: std::iter::once(ran).chain(left).collect(),
            }
        }
        Outcome::Deadlocked { .. } | Outcome::ThreadsDeadlocked { .. } => deadlocked(state),
        Outcome::OutOfBudget { budget, limit, line } => {
            let (limit, line) = (*limit, *line);
            let headline = match budget {
                Budget::Steps => Message::StopsSteps { limit },
                Budget::Lines => Message::StopsLines { limit, line },
                Budget::Output => Message::StopsOutput { limit },
                Budget::Events => Message::StopsEvents { limit },
                Budget::Memory => Message::StopsMemory { limit },
            };
            Narration {
                headline,
                reasons: vec![ran],
            }
        }
    }
}

/// What a task that is not done waits on, as a sentence.
pub fn waiting(task: &TaskView, state: &State) -> Message {
    let on = task.state.waits_on();
    let act = on.map_or(Message::NeverRan {}, |on| waits(on, state));
    tell(Message::TaskActs { task: task.id }.shared(), act, None, None)
}

fn pending(state: &State) -> Vec<TaskId> {
    state
        .tasks
        .iter()
        .filter(|task| !task.hidden && !task.state.is_done())
        .map(|task| task.id)
        .collect()
}

fn deadlocked(state: &State) -> Narration {
    let report = deadlock(state);
    let waiters: Vec<TaskId> = report.waiters.iter().map(|waiter| waiter.task).collect();
    let count = u32::try_from(waiters.len()).unwrap_or(u32::MAX);
    let headline = match (report.circles.first(), waiters.as_slice()) {
        (Some(circle), _) if circle.len() == waiters.len() => Message::DeadlockRing { count },
        (_, []) => Message::DeadlockBare {},
        (_, [task]) => Message::Deadlock { task: *task },
        _ => Message::Deadlocks { count },
    };
    // Those in the circle first: they are why the others wait.
    let circle = report.circles.first().cloned().unwrap_or_default();
    let order = circle
        .iter()
        .chain(waiters.iter().filter(|task| !circle.contains(task)));
    let reasons = order
        .filter_map(|task| state.task(*task).filter(|view| view.state.waits_on().is_some()))
        .map(|view| waiting(view, state))
        .take(super::REASONS)
        .collect();
    Narration { headline, reasons }
}

/// How many children of a group are done, and how many there are.
pub(super) fn progress(group: ResourceId, state: &State) -> (u32, u32) {
    let Some(view) = state.resource(group) else {
        return (0, 0);
    };
    let is_done = |child: &&TaskId| state.task(**child).is_some_and(|view| view.state.is_done());
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    (
        count(view.children.iter().filter(is_done).count()),
        count(view.children.len()),
    )
}
