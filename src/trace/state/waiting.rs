//! Who waits, by what for, in the order in which they began to.
//!
//! The lines follow the fold, so that a picture of thousands that wait need not
//! look for them among all tasks.

use std::collections::VecDeque;

use crate::trace::event::WaitReason;
use crate::trace::ids::{HandleId, TaskId, TextId};

/// The lines, by key.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Waiting(Vec<(Key, WaitReason, Line)>);

type Key = (u8, u32);
/// Since which event, and who.
type Line = VecDeque<(u32, TaskId)>;

impl Waiting {
    pub(super) fn enter(&mut self, reason: WaitReason, since: u32, task: TaskId) {
        let (key, reason) = alike(reason);
        let place = self.0.partition_point(|(other, ..)| *other < key);
        if self.0.get(place).is_none_or(|(other, ..)| *other != key) {
            self.0.insert(place, (key, reason, VecDeque::new()));
        }
        self.0[place].2.push_back((since, task));
    }

    pub(super) fn leave(&mut self, reason: WaitReason, since: u32, task: TaskId) {
        let (key, _) = alike(reason);
        let Ok(line) = self.0.binary_search_by(|(other, ..)| other.cmp(&key)) else {
            return;
        };
        let tasks = &mut self.0[line].2;
        // Whoever comes stands at the end, so a line is in the order of events.
        let place = tasks.partition_point(|(other, _)| *other < since);
        if tasks.get(place).is_some_and(|(_, other)| *other == task) {
            tasks.remove(place);
        }
        if tasks.is_empty() {
            self.0.remove(line);
        }
    }

    /// The line of those that wait for the same.
    pub(super) fn line(&self, reason: WaitReason) -> impl Iterator<Item = TaskId> {
        let (key, _) = alike(reason);
        let line = self.0.binary_search_by(|(other, ..)| other.cmp(&key));
        line.into_iter()
            .flat_map(|line| self.0[line].2.iter().map(|(_, task)| *task))
    }

    /// The lines in which somebody may wait for what `waits` asks.
    pub(super) fn lines(&self, waits: &dyn Fn(WaitReason) -> bool) -> impl Iterator<Item = &Line> {
        let may = move |reason: &WaitReason| differ(*reason) || waits(*reason);
        let lines = self.0.iter().filter(move |(_, reason, _)| may(reason));
        lines.map(|(.., tasks)| tasks)
    }
}

/// Whether those in one line wait for different things.
const fn differ(reason: WaitReason) -> bool {
    matches!(
        reason,
        WaitReason::Task(_) | WaitReason::Future(_) | WaitReason::Sleep { .. } | WaitReason::QueuePut { .. }
    )
}

/// A key, and the reason that stands for all with that key.
pub(in crate::trace) const fn alike(reason: WaitReason) -> ((u8, u32), WaitReason) {
    let key = match reason {
        WaitReason::Bare => (0, 0),
        WaitReason::Other => (1, 0),
        WaitReason::Task(_) => (2, 0),
        WaitReason::Gather(id) => (3, id.0),
        WaitReason::Executor(id) => (4, id.0),
        WaitReason::Sleep { .. } => (5, 0),
        WaitReason::Lock(id) => (6, id.0),
        WaitReason::Event(id) => (7, id.0),
        WaitReason::Condition(id) => (8, id.0),
        WaitReason::Semaphore(id) => (9, id.0),
        WaitReason::Barrier(id) => (10, id.0),
        WaitReason::QueueGet(id) => (11, id.0),
        WaitReason::QueuePut { queue, .. } => (12, queue.0),
        WaitReason::QueueJoin(id) => (13, id.0),
        WaitReason::Group(id) => (14, id.0),
        WaitReason::Future(_) => (15, 0),
    };
    let reason = match reason {
        WaitReason::Sleep { .. } => WaitReason::Sleep {
            delay: TextId::EMPTY,
            timer: HandleId(0),
        },
        WaitReason::QueuePut { queue, .. } => WaitReason::QueuePut {
            queue,
            item: TextId::EMPTY,
        },
        other => other,
    };
    (key, reason)
}
