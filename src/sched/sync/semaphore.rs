//! A number of permits. Follows `CPython` `locks.py: Semaphore, BoundedSemaphore`.
//!
//! A permit that is given to a waiter is taken off the count at once, although
//! the waiter runs later: nobody can overtake it. If it is cancelled before it
//! runs, the permit goes back and to the next in line.

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

/// `asyncio.Semaphore` and `asyncio.BoundedSemaphore`.
pub struct Semaphore<H: Host> {
    resource: Resource,
    value: Cell<i64>,
    /// The greatest value of a bounded semaphore.
    bound: Option<i64>,
    waiters: WaitQueue<H>,
    binding: Binding<H>,
}

impl<H: Host> std::fmt::Debug for Semaphore<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Semaphore")
            .field("value", &self.value)
            .field("bound", &self.bound)
            .finish_non_exhaustive()
    }
}

impl<H: Host> Semaphore<H> {
    /// A semaphore with `value` permits.
    ///
    /// # Panics
    /// When `value` is negative: the embedder checks that, with the words of `CPython`.
    pub fn new(world: &Rc<World>, name: &str, value: i64, bounded: bool) -> Rc<Self> {
        assert!(value >= 0, "a semaphore with {value} permits");
        let kind = if bounded {
            ResourceKind::BoundedSemaphore
        } else {
            ResourceKind::Semaphore
        };
        let capacity = u32::try_from(value).unwrap_or(u32::MAX);
        let description = Description {
            capacity,
            value,
            ..Description::new(kind, name)
        };
        Rc::new(Self {
            resource: Resource::create(world, description),
            value: Cell::new(value),
            bound: bounded.then_some(value),
            waiters: WaitQueue::default(),
            binding: Binding::new("Semaphore", "locked"),
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

    /// Permits that nobody has or was promised.
    pub fn value(&self) -> i64 {
        self.value.get()
    }

    /// Tells what it keeps alive.
    pub fn each_kept(&self, see: &mut See<'_, H>) {
        self.waiters.each_kept(see);
    }

    /// How many wait in line.
    pub fn waiting(&self) -> usize {
        self.waiters.len()
    }

    /// `locked()`: whether `acquire` would wait.
    pub fn is_locked(&self) -> bool {
        self.value() == 0 || !self.is_37() && !self.waiters.all_cancelled()
    }

    /// `acquire()`.
    ///
    /// # Errors
    /// What is thrown into the waiting task.
    pub async fn acquire(self: Rc<Self>, event_loop: Rc<EventLoop<H>>) -> Result<H::Value, H::Error> {
        if self.is_37() {
            return self.acquire_37(event_loop).await;
        }
        if !self.is_locked() {
            self.value.set(self.value() - 1);
            self.resource.changed(Change::Acquired);
            return Ok(H::truth(true));
        }
        self.binding.wait_in(&event_loop)?;
        let waiter = self.waiters.park(&event_loop, WaitReason::Semaphore(self.id()));
        let (waiter, woken) = wait_and_keep::<H>(waiter).await;
        self.waiters.leave(&waiter);
        let cell = H::cell(&waiter);
        let cancelled = woken.as_ref().err().is_some_and(H::is_cancelled);
        if cancelled && cell.is_done() && !cell.is_cancelled() {
            self.value.set(self.value() + 1);
            self.resource.changed(Change::Unreserved);
        }
        if woken.is_ok() {
            self.resource.changed(Change::Unreserved);
            self.resource.changed(Change::Acquired);
        }
        while self.value() > 0 && self.wake_next() {}
        woken.map(|_| H::truth(true))
    }

    /// 3.7's `acquire`: a permit is not handed over. Who is woken looks again, and waits once more, at
    /// the end of the line, if another task was faster.
    async fn acquire_37(self: Rc<Self>, event_loop: Rc<EventLoop<H>>) -> Result<H::Value, H::Error> {
        while self.value() <= 0 {
            let waiter = self.waiters.park(&event_loop, WaitReason::Semaphore(self.id()));
            let (waiter, woken) = wait_and_keep::<H>(waiter).await;
            if let Err(error) = woken {
                // It stays in line until somebody comes to it there.
                let cell = H::cell(&waiter);
                cell.cancel(&waiter, None)?;
                if self.value() > 0 && !cell.is_cancelled() {
                    self.waiters.pop_and_wake(Via::Release(self.id()));
                }
                return Err(error);
            }
        }
        self.value.set(self.value() - 1);
        self.resource.changed(Change::Acquired);
        Ok(H::truth(true))
    }

    /// `release()`.
    ///
    /// # Errors
    /// `ValueError` when a bounded semaphore has all its permits already.
    pub fn release(&self) -> Result<(), H::Error> {
        if self.bound.is_some_and(|bound| self.value() >= bound) {
            return Err(H::misuse(Misuse::ReleasedTooOften));
        }
        self.value.set(self.value() + 1);
        self.resource.changed(Change::Released);
        if self.is_37() {
            self.waiters.pop_and_wake(Via::Release(self.id()));
        } else {
            self.wake_next();
        }
        Ok(())
    }

    fn is_37(&self) -> bool {
        self.resource.world().is_37()
    }

    fn wake_next(&self) -> bool {
        let woken = self.waiters.wake_next(&H::truth(true), Via::Release(self.id()));
        if woken {
            self.value.set(self.value() - 1);
            self.resource.changed(Change::Reserved);
        }
        woken
    }
}
