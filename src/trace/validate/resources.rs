//! What resources can do: nobody takes from an empty queue or frees a free lock.

use super::Validator;
use crate::trace::event::{Change, ResourceKind};
use crate::trace::ids::ResourceId;

#[derive(Clone, Debug)]
pub(super) struct Resource {
    kind: ResourceKind,
    capacity: u32,
    /// Permits at the beginning.
    permits: i64,
    /// Permits that are free, or unfinished items of a queue.
    value: i64,
    /// Permits that are set aside.
    reserved: u32,
    held: bool,
    items: u32,
    closed: bool,
    /// The program may do with the items of a queue what it likes.
    opened: bool,
}

impl Resource {
    pub(super) const fn new(kind: ResourceKind, capacity: u32, value: i64) -> Self {
        Self {
            kind,
            capacity,
            permits: value,
            value,
            reserved: 0,
            held: false,
            items: 0,
            closed: false,
            opened: false,
        }
    }

    /// Makes the change, or tells why it cannot be.
    fn change(&mut self, change: Change) -> Result<(), &'static str> {
        use ResourceKind::{
            AsCompleted, Barrier, BoundedSemaphore, Condition, Connection, Event, Executor, Gather,
            LifoQueue, Lock, PriorityQueue, Queue, Request, Semaphore, Server, Shield, TaskGroup, Wait,
        };
        match self.kind {
            Lock => self.change_lock(change),
            Semaphore | BoundedSemaphore => self.change_semaphore(change),
            Queue | PriorityQueue | LifoQueue => self.change_queue(change),
            Event => holds(
                matches!(change, Change::FlagSet(_)),
                "an event is only set and cleared",
            ),
            Condition => holds(
                matches!(change, Change::Notified { .. }),
                "a condition only notifies: its lock is apart",
            ),
            Barrier => match change {
                Change::PartiesSet(inside) => {
                    holds(inside <= self.capacity, "more parties are inside than there are")
                }
                Change::Closed => Ok(()),
                _ => Err("a barrier only counts parties and breaks"),
            },
            Gather | Wait | AsCompleted | TaskGroup | Shield | Executor => self.change_group(change),
            Server | Connection | Request => match change {
                Change::StateSet { .. } => holds(!self.closed, "a connection that is closed does something"),
                Change::Closed => holds(
                    !std::mem::replace(&mut self.closed, true),
                    "a connection is closed twice",
                ),
                _ => Err("a connection only does one thing after another, and is closed"),
            },
        }
    }

    fn change_lock(&mut self, change: Change) -> Result<(), &'static str> {
        let held = match change {
            Change::Acquired => true,
            Change::Released => false,
            _ => return Err("a lock is only acquired and released"),
        };
        let before = std::mem::replace(&mut self.held, held);
        holds(
            before != held,
            if held {
                "a lock that is held is taken"
            } else {
                "a lock that is free is released"
            },
        )
    }

    fn change_semaphore(&mut self, change: Change) -> Result<(), &'static str> {
        let by = match change {
            Change::Acquired => -1,
            Change::Released => 1,
            Change::Reserved => {
                self.reserved = self.reserved.saturating_add(1);
                -1
            }
            Change::Unreserved => {
                holds(self.reserved > 0, "a permit is set aside no more that never was")?;
                self.reserved -= 1;
                1
            }
            _ => return Err("a semaphore is only acquired and released"),
        };
        self.value = self.value.saturating_add(by);
        holds(self.value >= 0, "a permit is taken that does not exist")?;
        // A permit that is set aside no more may be taken at once although as many as there were are free.
        let bounded = self.kind == ResourceKind::BoundedSemaphore && change == Change::Released;
        holds(
            !bounded || self.value <= self.permits,
            "a bounded semaphore gets more permits than it had",
        )
    }

    fn change_queue(&mut self, change: Change) -> Result<(), &'static str> {
        match change {
            Change::ItemPut { .. } => {
                self.items = self.items.saturating_add(1);
                self.value = self.value.saturating_add(1);
                holds(
                    self.opened || self.capacity == 0 || self.items <= self.capacity,
                    "an item is put into a full queue",
                )?;
                holds(!self.closed, "an item is put into a queue that was shut down")
            }
            Change::ItemTaken { index } => {
                let count = self.items;
                self.items = count.saturating_sub(1);
                holds(index < count, "an item is taken that is not there")?;
                let next = match self.kind {
                    _ if self.opened => true,
                    ResourceKind::Queue => index == 0,
                    ResourceKind::LifoQueue => index + 1 == count,
                    _ => true,
                };
                holds(next, "an item is taken before its turn")
            }
            Change::ItemFinished => {
                self.value = self.value.saturating_sub(1);
                holds(
                    self.opened || self.value >= 0,
                    "more items are finished than were put",
                )
            }
            Change::Closed => {
                self.closed = true;
                Ok(())
            }
            Change::Opened => {
                self.opened = true;
                Ok(())
            }
            _ => Err("a queue only takes and gives items"),
        }
    }

    fn change_group(&mut self, change: Change) -> Result<(), &'static str> {
        match change {
            Change::ChildAdded { .. } | Change::Closed => Ok(()),
            Change::Settled => holds(
                !std::mem::replace(&mut self.closed, true),
                "a group has what it waited for twice",
            ),
            _ => Err("a group only gets children and is settled"),
        }
    }
}

const fn holds(holds: bool, otherwise: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(otherwise) }
}

impl Validator {
    pub(super) fn resource_changed(&mut self, id: ResourceId, change: Change) {
        if let Change::ChildAdded { task } = change {
            self.known_task(task);
        }
        match self.resources.get_mut(id.index()).filter(|_| id.0 > 0) {
            None => self.fault(format!("{id} does not exist")),
            Some(resource) => {
                let kind = resource.kind;
                if let Err(why) = resource.change(change) {
                    self.fault(format!("{} {id}: {why}", kind.word()));
                }
            }
        }
    }
}
