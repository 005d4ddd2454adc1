//! A meeting point for a number of tasks. Follows `CPython` `locks.py: Barrier`.
//!
//! Everybody passes through the lock of a condition inside, on the way in and on
//! the way out, so tasks leave a full barrier one by one, in the order in which
//! they came, and whoever comes next waits until the last of them is out.

use std::cell::Cell;
use std::rc::Rc;

use super::condition::Condition;
use crate::sched::event_loop::EventLoop;
use crate::sched::host::{Host, Misuse};
use crate::sched::kept::See;
use crate::sched::resource::{Description, Resource};
use crate::sched::world::World;
use crate::trace::{Change, ResourceId, ResourceKind};

/// What a barrier is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarrierState {
    /// Waiting for more tasks.
    Filling,
    /// Full: the tasks inside leave.
    Draining,
    /// Reset: the tasks inside fail.
    Resetting,
    /// Aborted: everybody fails.
    Broken,
}

impl BarrierState {
    /// The word of `CPython`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Filling => "filling",
            Self::Draining => "draining",
            Self::Resetting => "resetting",
            Self::Broken => "broken",
        }
    }
}

/// `asyncio.Barrier`.
pub struct Barrier<H: Host> {
    resource: Resource,
    parties: u32,
    state: Cell<BarrierState>,
    /// Tasks inside.
    count: Cell<u32>,
    condition: Rc<Condition<H>>,
}

impl<H: Host> std::fmt::Debug for Barrier<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Barrier")
            .field("state", &self.state)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

impl<H: Host> Barrier<H> {
    /// A barrier for `parties` tasks.
    ///
    /// # Panics
    /// When `parties` is 0: the embedder checks that, with the words of `CPython`.
    pub fn new(world: &Rc<World>, name: &str, parties: u32) -> Rc<Self> {
        assert!(parties > 0, "a barrier for nobody");
        let description = Description {
            capacity: parties,
            ..Description::new(ResourceKind::Barrier, name)
        };
        let resource = Resource::create(world, description);
        Rc::new(Self {
            condition: Condition::of_barrier(world, name, resource.id()),
            resource,
            parties,
            state: Cell::new(BarrierState::Filling),
            count: Cell::new(0),
        })
    }

    /// Its id in the trace.
    pub const fn id(&self) -> ResourceId {
        self.resource.id()
    }

    /// `parties`.
    pub const fn parties(&self) -> u32 {
        self.parties
    }

    /// Tasks inside, on their way in or out.
    pub const fn count(&self) -> u32 {
        self.count.get()
    }

    /// Tells what it keeps alive.
    pub fn each_kept(&self, see: &mut See<'_, H>) {
        self.condition.each_kept(see);
        self.condition.lock().each_kept(see);
    }

    /// What it is doing.
    pub const fn state(&self) -> BarrierState {
        self.state.get()
    }

    /// `n_waiting`.
    pub const fn waiting(&self) -> u32 {
        match self.state() {
            BarrierState::Filling => self.count.get(),
            BarrierState::Draining | BarrierState::Resetting | BarrierState::Broken => 0,
        }
    }

    /// `broken`.
    pub fn is_broken(&self) -> bool {
        self.state() == BarrierState::Broken
    }

    /// `wait()`: the place of the calling task among those that met, from 0.
    ///
    /// # Errors
    /// `BrokenBarrierError`, or what is thrown into the waiting task.
    pub async fn wait(self: Rc<Self>, event_loop: Rc<EventLoop<H>>) -> Result<u32, H::Error> {
        let lock = self.condition.lock();
        Rc::clone(lock).acquire(Rc::clone(&event_loop)).await?;
        let passed = self.pass(&event_loop).await;
        lock.release()?;
        passed
    }

    /// `reset()`: tasks inside fail, and the barrier can be used again.
    ///
    /// # Errors
    /// What is thrown into the calling task.
    pub async fn reset(self: Rc<Self>, event_loop: Rc<EventLoop<H>>) -> Result<H::Value, H::Error> {
        let state = || {
            if self.count.get() > 0 {
                BarrierState::Resetting
            } else {
                BarrierState::Filling
            }
        };
        self.turn_to(&event_loop, state).await
    }

    /// `abort()`: the barrier is broken until it is reset.
    ///
    /// # Errors
    /// What is thrown into the calling task.
    pub async fn abort(self: Rc<Self>, event_loop: Rc<EventLoop<H>>) -> Result<H::Value, H::Error> {
        self.turn_to(&event_loop, || BarrierState::Broken).await
    }

    async fn turn_to(
        &self,
        event_loop: &Rc<EventLoop<H>>,
        state: impl FnOnce() -> BarrierState,
    ) -> Result<H::Value, H::Error> {
        let lock = self.condition.lock();
        Rc::clone(lock).acquire(Rc::clone(event_loop)).await?;
        self.state.set(state());
        self.resource.changed(if self.is_broken() {
            Change::Closed
        } else {
            Change::PartiesSet(self.count.get())
        });
        self.condition.notify(usize::MAX)?;
        lock.release()?;
        Ok(H::none())
    }

    /// `wait` under the lock.
    async fn pass(&self, event_loop: &Rc<EventLoop<H>>) -> Result<u32, H::Error> {
        self.wait_until(event_loop, |state| {
            matches!(state, BarrierState::Filling | BarrierState::Broken)
        })
        .await?;
        if self.is_broken() {
            return Err(H::misuse(Misuse::BarrierAborted));
        }
        let index = self.count.get();
        self.set_count(index + 1);
        let met = self.meet(event_loop, index).await;
        self.set_count(self.count.get() - 1);
        self.leave()?;
        met.map(|()| index)
    }

    /// The last to come opens the barrier, the others wait for that.
    async fn meet(&self, event_loop: &Rc<EventLoop<H>>, index: u32) -> Result<(), H::Error> {
        if index + 1 == self.parties {
            self.state.set(BarrierState::Draining);
            return self.condition.notify(usize::MAX);
        }
        self.wait_until(event_loop, |state| state != BarrierState::Filling)
            .await?;
        match self.state() {
            BarrierState::Broken | BarrierState::Resetting => Err(H::misuse(Misuse::BarrierAbortedOrReset)),
            BarrierState::Filling | BarrierState::Draining => Ok(()),
        }
    }

    /// `_exit`: the last to leave lets those in who wait outside.
    fn leave(&self) -> Result<(), H::Error> {
        if self.count.get() > 0 {
            return Ok(());
        }
        if matches!(self.state(), BarrierState::Resetting | BarrierState::Draining) {
            self.state.set(BarrierState::Filling);
        }
        self.condition.notify(usize::MAX)
    }

    async fn wait_until(
        &self,
        event_loop: &Rc<EventLoop<H>>,
        holds: impl Fn(BarrierState) -> bool,
    ) -> Result<(), H::Error> {
        let predicate = || Ok(holds(self.state()).then_some(()));
        Rc::clone(&self.condition)
            .wait_for(Rc::clone(event_loop), predicate)
            .await
    }

    fn set_count(&self, count: u32) {
        self.count.set(count);
        self.resource.changed(Change::PartiesSet(count));
    }
}
