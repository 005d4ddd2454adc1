//! Locks, queues, groups and futures: what tasks wait on.

use std::collections::VecDeque;

use crate::trace::event::{Change, Event, EventKind, ResourceKind, Settled};
use crate::trace::ids::{FutureId, Line, ResourceId, TaskId, TextId};

/// An item of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Bounded `repr`.
    pub text: TextId,
    /// Step in which it was put.
    pub step: u32,
}

/// One resource.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceView {
    /// Its id.
    pub id: ResourceId,
    /// What it is.
    pub kind: ResourceKind,
    /// The name it was first bound to, or empty.
    pub name: TextId,
    /// Line that created it.
    pub line: Line,
    /// Greatest number of items or parties; 0 when unlimited.
    pub capacity: u32,
    /// Permits left (semaphore), flag (event), unfinished items (queue), parties inside (barrier).
    pub value: i64,
    /// Permits that are set aside for tasks in line, which are about to take them.
    pub reserved: u32,
    /// The resource it is part of.
    pub part_of: Option<ResourceId>,
    /// Tasks that hold it. Exact for a lock. For a semaphore: who acquired and has not released,
    /// where a release by somebody else is booked on the longest holder.
    pub holders: Vec<TaskId>,
    /// Items of a queue in the order in which they were put.
    pub items: VecDeque<Item>,
    /// Items taken in the current step.
    pub taken: Vec<Item>,
    /// Children of a gather, wait or group.
    pub children: Vec<TaskId>,
    /// Whether a group has what it waited for, or a queue, a barrier or a connection was closed.
    pub closed: bool,
    /// What a server, a connection or a request is doing, or empty.
    pub state: TextId,
    /// Step of the last change.
    pub changed_in: u32,
}

/// A future that the program can see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FutureView {
    /// Its id.
    pub id: FutureId,
    /// The name it was first bound to, or empty.
    pub name: TextId,
    /// Line that created it.
    pub line: Line,
    /// How it was settled, if it was.
    pub settled: Option<Settled>,
    /// Bounded `repr` of its result or exception.
    pub value: TextId,
}

impl FutureView {
    /// The future that a `FutureCreated` tells of.
    pub(super) fn created(event: &Event) -> Option<Self> {
        let EventKind::FutureCreated { future, name, line } = &event.kind else {
            return None;
        };
        Some(Self {
            id: *future,
            name: *name,
            line: *line,
            settled: None,
            value: TextId::EMPTY,
        })
    }
}

impl ResourceView {
    /// The resource that a `ResourceCreated` tells of.
    pub(super) fn created(event: &Event, step: u32) -> Option<Self> {
        let EventKind::ResourceCreated {
            resource,
            kind,
            name,
            line,
            capacity,
            value,
            part_of,
        } = &event.kind
        else {
            return None;
        };
        Some(Self {
            id: *resource,
            kind: *kind,
            name: *name,
            line: *line,
            capacity: *capacity,
            value: *value,
            reserved: 0,
            part_of: *part_of,
            holders: Vec::new(),
            items: VecDeque::new(),
            taken: Vec::new(),
            children: Vec::new(),
            closed: false,
            state: TextId::EMPTY,
            changed_in: step,
        })
    }

    /// Whether it counts permits.
    pub const fn is_semaphore(&self) -> bool {
        matches!(
            self.kind,
            ResourceKind::Semaphore | ResourceKind::BoundedSemaphore
        )
    }

    /// Whether it holds items.
    pub const fn is_queue(&self) -> bool {
        matches!(
            self.kind,
            ResourceKind::Queue | ResourceKind::PriorityQueue | ResourceKind::LifoQueue
        )
    }

    pub(super) fn change(&mut self, change: Change, by: Option<TaskId>, step: u32) {
        self.changed_in = step;
        match change {
            Change::Acquired => {
                self.holders.extend(by);
                if self.is_semaphore() {
                    self.value = self.value.saturating_sub(1);
                }
            }
            Change::Released => {
                let place = self
                    .holders
                    .iter()
                    .position(|holder| Some(*holder) == by)
                    .unwrap_or(0);
                if place < self.holders.len() {
                    self.holders.remove(place);
                }
                if self.is_semaphore() {
                    self.value = self.value.saturating_add(1);
                }
            }
            Change::FlagSet(flag) => self.value = i64::from(flag),
            Change::ItemPut { item } => {
                self.items.push_back(Item { text: item, step });
                self.value = self.value.saturating_add(1);
            }
            Change::ItemTaken { index } => self.taken.extend(self.items.remove(index as usize)),
            Change::ItemFinished => self.value = self.value.saturating_sub(1),
            Change::Notified { .. } | Change::Opened => {}
            Change::ChildAdded { task } => self.children.push(task),
            Change::Settled | Change::Closed => self.closed = true,
            Change::PartiesSet(parties) => self.value = i64::from(parties),
            Change::StateSet { state } => self.state = state,
            Change::Reserved => {
                self.reserved = self.reserved.saturating_add(1);
                self.value = self.value.saturating_sub(1);
            }
            Change::Unreserved => {
                self.reserved = self.reserved.saturating_sub(1);
                self.value = self.value.saturating_add(1);
            }
        }
    }
}
