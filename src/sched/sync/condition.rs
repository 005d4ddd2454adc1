//! Waiting for a notification under a lock. Follows `CPython` `locks.py: Condition`.
//!
//! A notified waiter must have the lock again before `wait` returns, so it may
//! wait a second time, now in the line of the lock. However `wait` ends, the
//! lock is held: a cancelled waiter takes it back too, and only then raises.

use std::rc::Rc;

use super::lock::Lock;
use crate::sched::binding::Binding;
use crate::sched::coroutine::wait_and_keep;
use crate::sched::event_loop::EventLoop;
use crate::sched::host::{Host, Misuse};
use crate::sched::kept::See;
use crate::sched::resource::{Description, Resource};
use crate::sched::wait_queue::WaitQueue;
use crate::sched::world::World;
use crate::trace::{Change, ResourceId, ResourceKind, Via, WaitReason};

/// `asyncio.Condition`.
pub struct Condition<H: Host> {
    resource: Resource,
    lock: Rc<Lock<H>>,
    /// What a waiting task waits for: this condition, or the barrier that it is a part of.
    reason: WaitReason,
    /// What wakes it.
    wakes: Via,
    waiters: WaitQueue<H>,
    binding: Binding<H>,
}

impl<H: Host> std::fmt::Debug for Condition<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Condition")
            .field("lock", &self.lock)
            .finish_non_exhaustive()
    }
}

impl<H: Host> Condition<H> {
    /// A condition over `lock`, or over a lock of its own.
    pub fn new(world: &Rc<World>, name: &str, lock: Option<Rc<Lock<H>>>) -> Rc<Self> {
        let resource = Resource::create(world, Description::new(ResourceKind::Condition, name));
        let id = resource.id();
        let lock = lock.unwrap_or_else(|| Lock::of_condition(world, name, id, WaitReason::Lock));
        Rc::new(Self {
            resource,
            lock,
            reason: WaitReason::Condition(id),
            wakes: Via::Notify(id),
            waiters: WaitQueue::default(),
            binding: Binding::new("Condition", "locked"),
        })
    }

    /// The condition inside a barrier: whoever waits for it or its lock waits for the barrier.
    pub(super) fn of_barrier(world: &Rc<World>, name: &str, barrier: ResourceId) -> Rc<Self> {
        let description = Description {
            part_of: Some(barrier),
            ..Description::new(ResourceKind::Condition, name)
        };
        let resource = Resource::create(world, description);
        let reason = WaitReason::Barrier(barrier);
        let lock = Lock::of_condition(world, name, resource.id(), |_| reason);
        Rc::new(Self {
            resource,
            lock,
            reason,
            wakes: Via::Barrier(barrier),
            waiters: WaitQueue::default(),
            binding: Binding::new("Condition", "locked"),
        })
    }

    /// Its id in the trace.
    pub const fn id(&self) -> ResourceId {
        self.resource.id()
    }

    /// The lock: `acquire`, `release` and `locked` are those of the lock.
    pub const fn lock(&self) -> &Rc<Lock<H>> {
        &self.lock
    }

    /// The loop that it belongs to.
    pub const fn binding(&self) -> &Binding<H> {
        &self.binding
    }

    /// The futures of those in line.
    pub fn waiters(&self) -> Vec<H::Future> {
        self.waiters.futures()
    }

    /// Tells what it keeps alive, its lock apart.
    pub fn each_kept(&self, see: &mut See<'_, H>) {
        self.waiters.each_kept(see);
    }

    /// How many wait for a notification.
    pub fn waiting(&self) -> usize {
        self.waiters.len()
    }

    /// `wait()`.
    ///
    /// # Errors
    /// `RuntimeError` without the lock; otherwise what is thrown into the waiting task.
    pub async fn wait(self: Rc<Self>, event_loop: Rc<EventLoop<H>>) -> Result<H::Value, H::Error> {
        if !self.lock.is_locked() {
            return Err(H::misuse(Misuse::WaitWithoutLock));
        }
        self.binding.wait_in(&event_loop)?;
        self.lock.release()?;
        let waiter = self.waiters.park(&event_loop, self.reason);
        let (waiter, woken) = wait_and_keep::<H>(waiter).await;
        self.waiters.leave(&waiter);
        let retaken = self.retake_lock(&event_loop).await;
        let ended = retaken.and(woken);
        if ended.is_err() && !event_loop.world().is_37() {
            // Whoever took the notification and fails must not swallow it; 3.7's `wait` did.
            self.wake(1);
        }
        ended.map(|_| H::truth(true))
    }

    /// `wait_for(predicate)`: waits until `predicate` gives a value.
    ///
    /// # Errors
    /// As [`Self::wait`], and what the predicate raises.
    pub async fn wait_for<V>(
        self: Rc<Self>,
        event_loop: Rc<EventLoop<H>>,
        mut predicate: impl FnMut() -> Result<Option<V>, H::Error>,
    ) -> Result<V, H::Error> {
        loop {
            if let Some(value) = predicate()? {
                return Ok(value);
            }
            Rc::clone(&self).wait(Rc::clone(&event_loop)).await?;
        }
    }

    /// Takes the lock back, whatever is thrown meanwhile; the last `CancelledError` comes after.
    async fn retake_lock(&self, event_loop: &Rc<EventLoop<H>>) -> Result<H::Value, H::Error> {
        let mut cancelled = None;
        loop {
            match Rc::clone(&self.lock).acquire(Rc::clone(event_loop)).await {
                Ok(value) => return cancelled.map_or(Ok(value), Err),
                Err(error) if H::is_cancelled(&error) => cancelled = Some(error),
                Err(error) => return Err(error),
            }
        }
    }

    /// `notify(n)`.
    ///
    /// # Errors
    /// `RuntimeError` without the lock.
    pub fn notify(&self, n: usize) -> Result<(), H::Error> {
        if !self.lock.is_locked() {
            return Err(H::misuse(Misuse::NotifyWithoutLock));
        }
        self.wake(n);
        Ok(())
    }

    fn wake(&self, n: usize) {
        let woken = self.waiters.wake(n, &H::truth(false), self.wakes);
        self.resource.changed(Change::Notified {
            woken: u32::try_from(woken).unwrap_or(u32::MAX),
        });
    }
}
