//! Mutual exclusion. Follows `CPython` `locks.py: Lock`.
//!
//! Fairness: first come, first served; a newcomer overtakes only waiters that
//! were cancelled. Cancellation: a waiter that was chosen and then cancelled
//! passes the lock on.

use std::cell::Cell;
use std::rc::Rc;

use crate::sched::binding::Binding;
use crate::sched::coroutine::wait_and_keep;
use crate::sched::event_loop::EventLoop;
use crate::sched::host::{Host, Misuse};
use crate::sched::kept::See;
use crate::sched::resource::{Description, Resource};
use crate::sched::wait_queue::WaitQueue;
use crate::sched::world::World;
use crate::trace::{Change, ResourceId, ResourceKind, Via, WaitReason};

/// `asyncio.Lock`.
pub struct Lock<H: Host> {
    resource: Resource,
    /// What a task in line waits for: this lock, or the barrier that it is a part of.
    reason: WaitReason,
    locked: Cell<bool>,
    waiters: WaitQueue<H>,
    binding: Binding<H>,
}

impl<H: Host> std::fmt::Debug for Lock<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lock")
            .field("resource", &self.resource.id())
            .field("locked", &self.locked)
            .finish_non_exhaustive()
    }
}

impl<H: Host> Lock<H> {
    /// A free lock, bound to `name` in the program.
    pub fn new(world: &Rc<World>, name: &str) -> Rc<Self> {
        Self::with(
            world,
            Description::new(ResourceKind::Lock, name),
            WaitReason::Lock,
        )
    }

    /// The lock that a condition makes for itself.
    pub(super) fn of_condition(
        world: &Rc<World>,
        name: &str,
        condition: ResourceId,
        reason: impl FnOnce(ResourceId) -> WaitReason,
    ) -> Rc<Self> {
        let description = Description {
            part_of: Some(condition),
            ..Description::new(ResourceKind::Lock, name)
        };
        Self::with(world, description, reason)
    }

    fn with(
        world: &Rc<World>,
        description: Description<'_>,
        reason: impl FnOnce(ResourceId) -> WaitReason,
    ) -> Rc<Self> {
        let resource = Resource::create(world, description);
        Rc::new(Self {
            reason: reason(resource.id()),
            resource,
            locked: Cell::new(false),
            waiters: WaitQueue::default(),
            binding: Binding::new("Lock", "locked"),
        })
    }

    /// Its id in the trace.
    pub const fn id(&self) -> ResourceId {
        self.resource.id()
    }

    /// The loop that it belongs to.
    pub const fn binding(&self) -> &Binding<H> {
        &self.binding
    }

    /// The futures of those in line.
    pub fn waiters(&self) -> Vec<H::Future> {
        self.waiters.futures()
    }

    /// `locked()`.
    pub fn is_locked(&self) -> bool {
        self.locked.get()
    }

    /// Tells what it keeps alive.
    pub fn each_kept(&self, see: &mut See<'_, H>) {
        self.waiters.each_kept(see);
    }

    /// How many wait in line.
    pub fn waiting(&self) -> usize {
        self.waiters.len()
    }

    /// `acquire()`.
    ///
    /// # Errors
    /// What is thrown into the waiting task.
    pub async fn acquire(self: Rc<Self>, event_loop: Rc<EventLoop<H>>) -> Result<H::Value, H::Error> {
        if !self.is_locked() && self.waiters.all_cancelled() {
            self.take();
            return Ok(H::truth(true));
        }
        self.binding.wait_in(&event_loop)?;
        let waiter = self.waiters.park(&event_loop, self.reason);
        let (waiter, woken) = wait_and_keep::<H>(waiter).await;
        self.waiters.leave(&waiter);
        if let Err(error) = woken {
            if H::is_cancelled(&error) && !self.is_locked() {
                self.wake_first();
            }
            return Err(error);
        }
        self.take();
        Ok(H::truth(true))
    }

    /// `release()`.
    ///
    /// # Errors
    /// `RuntimeError` when the lock is free.
    pub fn release(&self) -> Result<(), H::Error> {
        if !self.locked.replace(false) {
            return Err(H::misuse(Misuse::LockNotAcquired));
        }
        self.resource.changed(Change::Released);
        self.wake_first();
        Ok(())
    }

    fn take(&self) {
        self.locked.set(true);
        self.resource.changed(Change::Acquired);
    }

    /// Wakes the first in line, unless it is woken already.
    fn wake_first(&self) {
        if let Some(first) = self.waiters.first() {
            H::cell(&first).set_result_if_pending(&first, H::truth(true), Via::Release(self.id()));
        }
    }
}
