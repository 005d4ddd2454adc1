//! A flag that tasks wait for. Follows `CPython` `locks.py: Event`.
//!
//! `set` wakes everybody in line at once, in the order in which they came.

use std::cell::Cell;
use std::rc::Rc;

use crate::sched::binding::Binding;
use crate::sched::coroutine::wait_and_keep;
use crate::sched::event_loop::EventLoop;
use crate::sched::host::Host;
use crate::sched::kept::See;
use crate::sched::resource::{Description, Resource};
use crate::sched::wait_queue::WaitQueue;
use crate::sched::world::World;
use crate::trace::{Change, ResourceId, ResourceKind, Via, WaitReason};

/// `asyncio.Event`.
pub struct Event<H: Host> {
    resource: Resource,
    flag: Cell<bool>,
    waiters: WaitQueue<H>,
    binding: Binding<H>,
}

impl<H: Host> std::fmt::Debug for Event<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Event")
            .field("resource", &self.resource.id())
            .field("flag", &self.flag)
            .finish_non_exhaustive()
    }
}

impl<H: Host> Event<H> {
    /// An event that is not set.
    pub fn new(world: &Rc<World>, name: &str) -> Rc<Self> {
        Rc::new(Self {
            resource: Resource::create(world, Description::new(ResourceKind::Event, name)),
            flag: Cell::new(false),
            waiters: WaitQueue::default(),
            binding: Binding::new("Event", "unset"),
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

    /// `is_set()`.
    pub fn is_set(&self) -> bool {
        self.flag.get()
    }

    /// Tells what it keeps alive.
    pub fn each_kept(&self, see: &mut See<'_, H>) {
        self.waiters.each_kept(see);
    }

    /// How many wait in line.
    pub fn waiting(&self) -> usize {
        self.waiters.len()
    }

    /// `set()`.
    pub fn set(&self) {
        if !self.flag.replace(true) {
            self.resource.changed(Change::FlagSet(true));
            self.waiters
                .wake(usize::MAX, &H::truth(true), Via::EventSet(self.id()));
        }
    }

    /// `clear()`.
    pub fn clear(&self) {
        if self.flag.replace(false) {
            self.resource.changed(Change::FlagSet(false));
        }
    }

    /// `wait()`.
    ///
    /// # Errors
    /// What is thrown into the waiting task.
    pub async fn wait(self: Rc<Self>, event_loop: Rc<EventLoop<H>>) -> Result<H::Value, H::Error> {
        if self.is_set() {
            return Ok(H::truth(true));
        }
        self.binding.wait_in(&event_loop)?;
        let waiter = self.waiters.park(&event_loop, WaitReason::Event(self.id()));
        let (waiter, woken) = wait_and_keep::<H>(waiter).await;
        self.waiters.leave(&waiter);
        woken.map(|_| H::truth(true))
    }
}
