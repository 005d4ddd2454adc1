//! The first frame, the last frame, and the loop's own bookkeeping.

use super::acts::Act;
use super::message::Message;
use super::{Narration, acts, tell, waits};
use crate::trace::diagnose::deadlock;
use crate::trace::event::{Budget, Job, Outcome, Via, WaitReason};
use crate::trace::ids::{ResourceId, TaskId, TextId};
use crate::trace::state::{LastStep, State};
use crate::trace::trace::Trace;

/// What the scheduler calls the callback that stops the loop when the main task is done.
const RUN_UNTIL_COMPLETE: &str = "run_until_complete";

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
        Outcome::Deadlocked { .. } => deadlocked(state),
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
        .filter_map(|task| {
            let on = state.task(*task)?.state.waits_on()?;
            Some(tell(
                Message::TaskActs { task: *task },
                waits(on, state),
                None,
                None,
            ))
        })
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

/// A step of library code: the bookkeeping of `gather`, `wait` and the like.
pub(super) fn library_step(
    seat: &LastStep,
    name: &str,
    acts: &[&Act],
    woken: &[TaskId],
    state: &State,
) -> Narration {
    let actor = Message::LoopActs {};
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
            .waiters(|on| matches!(on, WaitReason::Gather(id) | WaitReason::Group(id) if id == group.id));
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
    let (act, reasons) = child.unwrap_or_else(|| (Message::RunsLibrary { name: job_name(seat) }, Vec::new()));
    Narration {
        headline: tell(actor, act, acts::becoming_ready(woken), None),
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
