//! Waiting for a notification under a lock. Follows `CPython` `locks.py: Condition`.
//!
//! A notified waiter must have the lock again before `wait` returns, so it may
//! wait a second time, now in the line of the lock. However `wait` ends, the
//! lock is held: a cancelled waiter takes it back too, and only then raises.

use std::rc::Rc;

use super::lock::Lock;
use crate::sched::coroutine::wait;
use crate::sched::event_loop::EventLoop;
use crate::sched::host::{Host, Misuse};
use crate::sched::resource::{Description, Resource};
use crate::sched::wait_queue::WaitQueue;
use crate::sched::world::World;
use crate::trace::{Change, ResourceId, ResourceKind, Via, WaitReason};

/// `asyncio.Condition`.
pub struct Condition<H: Host> {
    resource: Resource,
    lock: Rc<Lock<H>>,
    waiters: WaitQueue<H>,
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
        let lock = lock.unwrap_or_else(|| Lock::of_condition(world, name, resource.id()));
        Rc::new(Self {
            resource,
            lock,
            waiters: WaitQueue::default(),
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
        self.lock.release()?;
        let waiter = self.waiters.park(&event_loop, WaitReason::Condition(self.id()));
        let woken = wait::<H>(waiter.clone()).await;
        self.waiters.leave(&waiter);
        let retaken = self.retake_lock(&event_loop).await;
        let ended = retaken.and(woken);
        if ended.is_err() {
            // Whoever took the notification and fails must not swallow it.
            self.wake(1);
        }
        ended.map(|_| H::truth(true))
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
        let woken = self.waiters.wake(n, &H::truth(false), Via::Notify(self.id()));
        self.resource.changed(Change::Notified {
            woken: u32::try_from(woken).unwrap_or(u32::MAX),
        });
    }
}
