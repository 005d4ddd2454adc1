//! Why nothing can happen any more: who waits on what, and who waits in a circle.

use super::event::{Outcome, WaitReason};
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
    let mut found = vec![Search::Unseen; waiters.len()];
    for start in 0..waiters.len() {
        // The way from the start, each with how many of its needs were followed.
        let mut way: Vec<(usize, usize)> = Vec::new();
        if found[start] == Search::Unseen {
            found[start] = Search::OnWay;
            way.push((start, 0));
        }
        while let Some((place, followed)) = way.last_mut() {
            let Some(need) = waiters[*place].needs.get(*followed) else {
                found[*place] = Search::Left;
                way.pop();
                continue;
            };
            *followed += 1;
            let Some(next) = place_of(*need) else { continue };
            match found[next] {
                Search::Unseen => {
                    found[next] = Search::OnWay;
                    way.push((next, 0));
                }
                Search::OnWay => {
                    let from = way
                        .iter()
                        .position(|(place, _)| *place == next)
                        .unwrap_or(way.len());
                    let circle: Vec<usize> = way.drain(from..).map(|(place, _)| place).collect();
                    for place in &circle {
                        found[*place] = Search::Left;
                    }
                    circles.push(circle.into_iter().map(|place| waiters[place].task).collect());
                }
                Search::Left => {}
            }
        }
    }
    circles
}

/// How far the search for circles has got with a waiter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Search {
    Unseen,
    OnWay,
    Left,
}

/// The report that a reader of a terminal gets; empty when the run did not end in a deadlock.
pub fn deadlock_report(trace: &Trace) -> String {
    let state = trace.tip();
    let stuck = matches!(
        trace.outcome(),
        Some(Outcome::Deadlocked { .. } | Outcome::ThreadsDeadlocked { .. })
    );
    if !stuck {
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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::trace::event::{Change, Outcome, ResourceKind};
    use crate::trace::script::Script;

    /// Philosophers, each of whom holds the fork on the left and waits for the one on the right,
    /// and a guest who waits for the first of them.
    fn philosophers(count: u32) -> Trace {
        let mut script = Script::new();
        let forks: Vec<ResourceId> = (0..count)
            .map(|number| script.resource(ResourceKind::Lock, &format!("fork[{number}]"), 0, 0))
            .collect();
        let seats: Vec<_> = (0..count)
            .map(|number| script.spawn(&format!("p{number}"), None, 9))
            .collect();
        let (guest, last) = script.spawn("guest", None, 12);
        script.turn();
        let mut pending = Vec::new();
        for (number, (task, handle)) in seats.iter().enumerate() {
            script.begin(*handle);
            script.change(forks[number], Change::Acquired);
            pending.push((*task, script.gives_way(*task), forks[(number + 1) % forks.len()]));
        }
        script.begin(last);
        script.suspend(guest, 13, WaitReason::Task(seats[0].0));
        script.turn();
        for (task, handle, fork) in pending {
            script.begin(handle);
            script.suspend(task, 7, WaitReason::Lock(fork));
        }
        let tasks = seats.iter().map(|(task, _)| *task).chain([guest]).collect();
        script.finish(Outcome::Deadlocked { tasks })
    }

    #[test]
    fn a_ring_is_found_and_the_guest_stays_outside() {
        let trace = philosophers(3);
        let found = deadlock(trace.tip());
        assert_eq!(found.circles, [[TaskId(1), TaskId(2), TaskId(3)]]);
        assert_eq!(found.waiters[3].needs, [TaskId(1)]);
        insta::assert_snapshot!(deadlock_report(&trace), @r#"
        deadlock at 0.00 s: 4 tasks wait for ever
          p0 waits for lock "fork[1]", held by p1  (main.py:7)
          p1 waits for lock "fork[2]", held by p2  (main.py:7)
          p2 waits for lock "fork[0]", held by p0  (main.py:7)
          guest waits for task p0                  (main.py:13)
          in a circle: p0, p1, p2
        "#);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let found = deadlock(philosophers(20_000).tip());
        assert_eq!(found.circles.iter().map(Vec::len).collect::<Vec<_>>(), [20_000]);
    }

    #[test]
    fn waiting_for_nobody_is_no_circle() {
        let mut script = Script::new();
        let queue = script.resource(ResourceKind::Queue, "", 0, 0);
        let gather = script.resource(ResourceKind::Gather, "", 0, 0);
        let (main, first) = script.spawn("main", None, 9);
        let (getter, second) = script.spawn("getter", None, 5);
        script.turn();
        script.begin(first);
        script.change(gather, Change::ChildAdded { task: getter });
        script.suspend(main, 10, WaitReason::Gather(gather));
        script.begin(second);
        script.suspend(getter, 6, WaitReason::QueueGet(queue));
        let trace = script.finish(Outcome::Deadlocked {
            tasks: vec![main, getter],
        });
        assert_eq!(deadlock(trace.tip()).circles, Vec::<Vec<TaskId>>::new());
        insta::assert_snapshot!(deadlock_report(&trace), @r"
        deadlock at 0.00 s: 2 tasks wait for ever
          main waits for gather 1, which needs getter  (main.py:10)
          getter waits for an item in queue 1          (main.py:6)
        ");
    }

    #[test]
    fn two_of_two_wait_for_each_other() {
        let trace = philosophers(2);
        assert!(
            deadlock_report(&trace).contains("p0 waits for lock \"fork[1]\", held by p1"),
            "{trace:?}"
        );
        assert_eq!(deadlock_report(&crate::trace::script::sleepers()), "");
    }
}
