//! Why nothing can happen any more: who waits on what, and who waits in a circle.

use super::event::WaitReason;
use super::ids::{Line, ResourceId, TaskId};
use super::names::{resource_name, seconds};
use super::state::{State, TaskView};
use super::trace::Trace;

/// A task that waits for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// The task.
    pub task: TaskId,
    /// What it waits on; `None` when it never ran.
    pub on: Option<WaitReason>,
    /// Line where it waits.
    pub line: Line,
    /// Tasks that could end the wait: who holds the lock or the permits, or the awaited task.
    pub needs: Vec<TaskId>,
}

/// What a deadlock consists of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deadlock {
    /// The pending tasks, oldest first.
    pub waiters: Vec<Waiter>,
    /// Rings of tasks, each of which waits for the next and the last for the first.
    pub circles: Vec<Vec<TaskId>>,
}

/// Looks at the end of a run in which nothing can happen any more.
pub fn deadlock(state: &State) -> Deadlock {
    let pending = |task: &&TaskView| !task.hidden && !task.state.is_done();
    let waiters: Vec<Waiter> = state
        .tasks
        .iter()
        .filter(pending)
        .map(|task| waiter(task, state))
        .collect();
    let circles = circles(&waiters);
    Deadlock { waiters, circles }
}

fn waiter(task: &TaskView, state: &State) -> Waiter {
    let holders = |id: ResourceId| state.resource(id).map_or(Vec::new(), |view| view.holders.clone());
    let children = |id: ResourceId| {
        let is_pending = |child: &TaskId| state.task(*child).is_some_and(|view| !view.state.is_done());
        let children = state.resource(id).map_or(&[][..], |view| &view.children);
        children.iter().copied().filter(is_pending).collect()
    };
    let on = task.state.waits_on();
    let needs = match on {
        Some(WaitReason::Task(other)) => vec![other],
        Some(WaitReason::Lock(id) | WaitReason::Semaphore(id)) => holders(id),
        Some(WaitReason::Gather(id) | WaitReason::Group(id)) => children(id),
        _ => Vec::new(),
    };
    Waiter {
        task: task.id,
        on,
        line: task.rest_line(),
        needs,
    }
}

/// Follows the needs of every waiter. A task belongs to one circle at most.
fn circles(waiters: &[Waiter]) -> Vec<Vec<TaskId>> {
    let place_of = |task: TaskId| waiters.binary_search_by_key(&task, |waiter| waiter.task).ok();
    let mut circles = Vec::new();
    let mut seen = vec![false; waiters.len()];
    for start in 0..waiters.len() {
        // The way from the start, each with how many of its needs were followed.
        let mut way: Vec<(usize, usize)> = Vec::new();
        if !std::mem::replace(&mut seen[start], true) {
            way.push((start, 0));
        }
        while let Some((place, followed)) = way.last_mut() {
            let Some(need) = waiters[*place].needs.get(*followed) else {
                way.pop();
                continue;
            };
            *followed += 1;
            let Some(next) = place_of(*need) else { continue };
            if let Some(from) = way.iter().position(|(place, _)| *place == next) {
                circles.push(way.drain(from..).map(|(place, _)| waiters[place].task).collect());
            } else if !std::mem::replace(&mut seen[next], true) {
                way.push((next, 0));
            }
        }
    }
    circles
}

/// The report that a reader of a terminal gets; empty when the run did not end in a deadlock.
pub fn deadlock_report(trace: &Trace) -> String {
    let state = trace.tip();
    if !matches!(trace.outcome(), Some(super::event::Outcome::Deadlocked { .. })) {
        return String::new();
    }
    let found = deadlock(state);
    let count = found.waiters.len();
    let what = match (found.circles.first(), count) {
        (_, 0) => "nothing can ever happen again".to_owned(),
        (Some(circle), _) if circle.len() == count => format!("{count} tasks wait for each other"),
        (_, 1) => "1 task waits for ever".to_owned(),
        _ => format!("{count} tasks wait for ever"),
    };
    let rows: Vec<(String, Line)> = found
        .waiters
        .iter()
        .map(|waiter| (sentence(waiter, trace, state), waiter.line))
        .collect();
    let width = rows
        .iter()
        .map(|(text, _)| text.chars().count())
        .max()
        .unwrap_or(0);
    let mut report = format!("deadlock at {}: {what}\n", seconds(state.clock));
    for (text, line) in rows {
        let place = if line == 0 {
            String::new()
        } else {
            format!("({}:{line})", trace.header().program)
        };
        report.push_str(format!("  {text:width$}  {place}").trim_end());
        report.push('\n');
    }
    for circle in found.circles.iter().filter(|circle| circle.len() < count) {
        let names: Vec<&str> = circle.iter().map(|task| task_name(*task, trace, state)).collect();
        report.extend(["  in a circle: ", &names.join(", "), "\n"]);
    }
    report
}

fn task_name<'a>(task: TaskId, trace: &'a Trace, state: &State) -> &'a str {
    state.task(task).map_or("", |view| trace.text(view.name))
}

fn sentence(waiter: &Waiter, trace: &Trace, state: &State) -> String {
    let name = task_name(waiter.task, trace, state);
    let thing = |id: ResourceId| match state.resource(id) {
        Some(view) if !trace.text(view.name).is_empty() => {
            format!("{} \"{}\"", view.kind.word(), trace.text(view.name))
        }
        _ => resource_name(trace, state, id),
    };
    let needs: Vec<&str> = waiter
        .needs
        .iter()
        .map(|task| task_name(*task, trace, state))
        .collect();
    let held = if needs.is_empty() {
        String::new()
    } else {
        format!(", held by {}", needs.join(", "))
    };
    let what = match waiter.on {
        None => return format!("{name} never got to run"),
        Some(WaitReason::Bare | WaitReason::Other) => "its next step".to_owned(),
        Some(WaitReason::Task(other)) => format!("task {}", task_name(other, trace, state)),
        Some(WaitReason::Sleep { .. }) => "a sleep whose timer is gone".to_owned(),
        Some(WaitReason::Lock(id) | WaitReason::Semaphore(id)) => format!("{}{held}", thing(id)),
        Some(WaitReason::Gather(id) | WaitReason::Group(id)) if !needs.is_empty() => {
            format!("{}, which needs {}", thing(id), needs.join(", "))
        }
        Some(WaitReason::Condition(id)) => format!("a notify of {}", thing(id)),
        Some(WaitReason::QueueGet(id)) => format!("an item in {}", thing(id)),
        Some(WaitReason::QueuePut { queue, .. }) => format!("room in {}", thing(queue)),
        Some(WaitReason::QueueJoin(id)) => format!("all items of {} to be done", thing(id)),
        Some(
            WaitReason::Gather(id)
            | WaitReason::Group(id)
            | WaitReason::Executor(id)
            | WaitReason::Event(id)
            | WaitReason::Barrier(id),
        ) => thing(id),
        Some(WaitReason::Future(id)) => super::names::future_name(trace, state, id),
    };
    format!("{name} waits for {what}")
}
