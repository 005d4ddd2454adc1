//! Who waits for whom: tasks, the things they wait on, and who could end the wait.
//!
//! A thing is between the waiter and the one who can wake it, as in the classic
//! graph of resources and holders: `task ─waits→ thing ─held by→ task`. What only
//! the clock or the outside world can end leads to those.

use crate::trace::diagnose::Deadlock;
use crate::trace::event::WaitReason;
use crate::trace::ids::{FutureId, ResourceId, TaskId};
use crate::trace::sort::sort_by_key;
use crate::trace::spans::{Edge, Lanes, SegmentKind};
use crate::trace::state::State;

/// Something that takes part in waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// A task.
    Task(TaskId),
    /// A lock, a queue, a gather, a pool of workers and so on.
    Resource(ResourceId),
    /// A future of the program.
    Future(FutureId),
    /// The clock, which ends sleeps.
    Clock,
}

/// That one waits on another, or that a thing depends on a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bond {
    /// The waiter, or the thing.
    pub from: Node,
    /// What it waits on, or who could end the wait.
    pub to: Node,
    /// Whether it is part of a circle.
    pub in_circle: bool,
}

impl Bond {
    /// Whether it leads from a waiter, and not from a thing to the task that has it.
    pub const fn is_wait(&self) -> bool {
        matches!(self.from, Node::Task(_))
    }
}

impl WaitReason {
    /// What the wait is on; nothing when the task is ready all the same.
    pub const fn node(self) -> Option<Node> {
        match self {
            Self::Bare | Self::Other => None,
            Self::Task(task) => Some(Node::Task(task)),
            Self::Future(future) => Some(Node::Future(future)),
            Self::Sleep { .. } => Some(Node::Clock),
            Self::Gather(id)
            | Self::Executor(id)
            | Self::Lock(id)
            | Self::Event(id)
            | Self::Condition(id)
            | Self::Semaphore(id)
            | Self::Barrier(id)
            | Self::QueueGet(id)
            | Self::QueuePut { queue: id, .. }
            | Self::QueueJoin(id)
            | Self::Group(id) => Some(Node::Resource(id)),
        }
    }
}

/// Everything that waits at this moment, and what could end it. Waiters come first, oldest first,
/// then things with whoever has them.
pub fn bonds(state: &State, found: &Deadlock) -> Vec<Bond> {
    let mut bonds: Vec<Bond> = Vec::new();
    let mut held: Vec<(Node, TaskId, bool)> = Vec::new();
    for (waiter, next) in found.waiters.iter().zip(nexts(found)) {
        let Some(to) = waiter.on.and_then(WaitReason::node) else {
            continue;
        };
        let in_circle = next.is_some();
        bonds.push(Bond {
            from: Node::Task(waiter.task),
            to,
            in_circle,
        });
        if !matches!(to, Node::Task(_)) {
            held.extend(waiter.needs.iter().map(|task| (to, *task, next == Some(*task))));
        }
    }
    // What nobody waits for may be held as well: that is how circles begin.
    for resource in &state.resources {
        let of = |task: &TaskId| (Node::Resource(resource.id), *task, false);
        held.extend(resource.holders.iter().map(of));
    }
    // Of equal bonds, the one in a circle comes first.
    sort_by_key(&mut held, |(thing, task, in_circle)| (*thing, *task, !in_circle));
    held.dedup_by_key(|(thing, task, _)| (*thing, *task));
    bonds.extend(held.into_iter().map(|(from, task, in_circle)| Bond {
        from,
        to: Node::Task(task),
        in_circle,
    }));
    bonds
}

/// For whom each waiter waits in the circle that it is part of.
fn nexts(found: &Deadlock) -> Vec<Option<TaskId>> {
    let mut nexts = vec![None; found.waiters.len()];
    for circle in &found.circles {
        for (task, next) in circle.iter().zip(circle.iter().cycle().skip(1)) {
            if let Ok(place) = found.waiters.binary_search_by_key(task, |waiter| waiter.task) {
                nexts[place] = Some(*next);
            }
        }
    }
    nexts
}

/// All tasks of a run, and all things that they ever wait on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast {
    /// The tasks, in the order of creation.
    pub tasks: Vec<TaskId>,
    /// The things: resources and futures in the order of creation, the clock last.
    pub things: Vec<Node>,
}

/// Who takes part in waiting over the whole run: each can have a place of its own, which it keeps.
pub fn cast(lanes: &Lanes) -> Cast {
    let mut cast = Cast::default();
    for lane in lanes.lanes() {
        cast.tasks.push(lane.task);
        for segment in &lane.segments {
            let SegmentKind::Waiting(on) = segment.kind else {
                continue;
            };
            let Some(thing) = on.node().filter(|node| !matches!(node, Node::Task(_))) else {
                continue;
            };
            if let Err(place) = cast.things.binary_search(&thing) {
                cast.things.insert(place, thing);
            }
        }
    }
    cast
}

/// The frame from which all these tasks wait as they do at a frame: where a circle of them closed.
pub fn closed_at(lanes: &Lanes, tasks: &[TaskId], frame: u32) -> Edge {
    let since = |task: &TaskId| {
        let segments = &lanes.lane(*task)?.segments;
        let after = segments.partition_point(|segment| segment.from <= frame);
        Some(segments.get(after.checked_sub(1)?)?.from)
    };
    tasks.iter().filter_map(since).max().unwrap_or(0)
}

/// Whether nothing can happen any more: somebody waits, nothing is ready, no timer is set, and no
/// job runs outside the loop.
pub fn is_standstill(state: &State) -> bool {
    let pending = |task: &&crate::trace::TaskView| !task.hidden && !task.state.is_done();
    let mut tasks = state.tasks.iter().filter(pending).peekable();
    tasks.peek().is_some()
        && tasks.all(|task| task.state.waits_on().is_some())
        && state.ready.is_empty()
        && state.timers.is_empty()
        && state.workers.jobs.iter().all(|job| job.ended.is_some())
}
