//! Items from producers to consumers. Follows `CPython` `queues.py: Queue,
//! PriorityQueue, LifoQueue`.
//!
//! Waking is a hint, not a handover: a woken getter or putter looks again when
//! it runs, and waits once more, at the end of the line, if another task was
//! faster.
//!
//! In `CPython` a subclass may keep the items in its own way and replace any
//! method that the others call. So whatever asks or changes the items goes
//! through [`Overrides`].

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::heap;
use super::overrides::{Overrides, Taken};
use crate::sched::binding::Binding;
use crate::sched::coroutine::wait_and_keep;
use crate::sched::event_loop::EventLoop;
use crate::sched::host::{Host, Misuse};
use crate::sched::kept::{Kept, See};
use crate::sched::resource::{Description, Resource};
use crate::sched::wait_queue::WaitQueue;
use crate::sched::world::World;
use crate::trace::{Change, ResourceId, ResourceKind, Via, WaitReason};

/// Which item is next out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discipline {
    /// The oldest.
    Fifo,
    /// The newest.
    Lifo,
    /// The smallest.
    Priority,
}

#[derive(Clone)]
struct Stored<V> {
    value: V,
    /// Counts what was ever put: tells the place among the items in the order of putting.
    serial: u64,
}

/// `asyncio.Queue` and its relatives.
pub struct Queue<H: Host> {
    resource: Resource,
    discipline: Discipline,
    /// 0 or less: unlimited.
    maxsize: i64,
    items: RefCell<VecDeque<Stored<H::Value>>>,
    /// Serials of the items, in the order of putting.
    serials: RefCell<VecDeque<u64>>,
    put: Cell<u64>,
    unfinished: Cell<u64>,
    /// The event `_finished`: whether `join` need not wait.
    finished: Cell<bool>,
    shut_down: Cell<bool>,
    opened: Cell<bool>,
    getters: WaitQueue<H>,
    putters: WaitQueue<H>,
    joiners: WaitQueue<H>,
    binding: Binding<H>,
    /// That of the event `_finished`, which joiners wait for.
    joiners_binding: Binding<H>,
}

impl<H: Host> std::fmt::Debug for Queue<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Queue")
            .field("discipline", &self.discipline)
            .field("size", &self.len())
            .finish_non_exhaustive()
    }
}

impl<H: Host> Queue<H> {
    /// An empty queue.
    pub fn new(world: &Rc<World>, name: &str, discipline: Discipline, maxsize: i64) -> Rc<Self> {
        let kind = match discipline {
            Discipline::Fifo => ResourceKind::Queue,
            Discipline::Lifo => ResourceKind::LifoQueue,
            Discipline::Priority => ResourceKind::PriorityQueue,
        };
        let capacity = u32::try_from(maxsize.max(0)).unwrap_or(u32::MAX);
        let description = Description {
            capacity,
            ..Description::new(kind, name)
        };
        Rc::new(Self {
            resource: Resource::create(world, description),
            discipline,
            maxsize,
            items: RefCell::default(),
            serials: RefCell::default(),
            put: Cell::new(0),
            unfinished: Cell::new(0),
            finished: Cell::new(true),
            shut_down: Cell::new(false),
            opened: Cell::new(false),
            getters: WaitQueue::default(),
            putters: WaitQueue::default(),
            joiners: WaitQueue::default(),
            binding: Binding::new("Queue", ""),
            joiners_binding: Binding::new("Event", "unset"),
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

    /// Tells what it keeps alive.
    pub fn each_kept(&self, see: &mut See<'_, H>) {
        if let Ok(items) = self.items.try_borrow() {
            items.iter().for_each(|stored| see(Kept::Value(&stored.value)));
        }
        for waiters in [&self.getters, &self.putters, &self.joiners] {
            waiters.each_kept(see);
        }
    }

    /// Which item is next out.
    pub const fn discipline(&self) -> Discipline {
        self.discipline
    }

    /// `maxsize`.
    pub const fn maxsize(&self) -> i64 {
        self.maxsize
    }

    /// `qsize()`.
    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    /// `empty()`.
    pub fn is_empty(&self) -> bool {
        self.items.borrow().is_empty()
    }

    /// `full()`.
    pub fn is_full(&self) -> bool {
        let maxsize = self.maxsize();
        maxsize > 0 && i64::try_from(self.len()).is_ok_and(|size| size >= maxsize)
    }

    /// The items as they are stored, for `repr`.
    pub fn items(&self) -> Vec<H::Value> {
        let items = self.items.borrow();
        items.iter().map(|stored| stored.value.clone()).collect()
    }

    /// The program takes care of the items, or changes what else is the queue's own.
    pub fn opened(&self) {
        if !self.opened.replace(true) {
            self.resource.changed(Change::Opened);
        }
    }

    /// Gives all items away, for a program that looks inside: as they are stored, and the places
    /// of these in the order of putting.
    pub fn open(&self) -> (Vec<H::Value>, Vec<usize>) {
        self.opened();
        let stored = self.items.take();
        let mut places: Vec<usize> = (0..stored.len()).collect();
        places.sort_by_key(|place| stored[*place].serial);
        self.serials.borrow_mut().clear();
        (stored.into_iter().map(|stored| stored.value).collect(), places)
    }

    /// The futures of the getters in line.
    pub fn getters(&self) -> Vec<H::Future> {
        self.getters.futures()
    }

    /// The futures of the putters in line.
    pub fn putters(&self) -> Vec<H::Future> {
        self.putters.futures()
    }

    /// Items put that `task_done` was not called for.
    pub fn unfinished(&self) -> u64 {
        self.unfinished.get()
    }

    /// Whether `shutdown` was called.
    pub fn is_shut_down(&self) -> bool {
        self.shut_down.get()
    }

    /// `put(item)`.
    ///
    /// # Errors
    /// `QueueShutDown`, or what is thrown into the waiting task.
    pub async fn put(
        self: Rc<Self>,
        event_loop: Rc<EventLoop<H>>,
        value: H::Value,
        by: impl Overrides<H>,
    ) -> Result<H::Value, H::Error> {
        while by.is_full(&self)? {
            if self.is_shut_down() {
                return Err(H::misuse(Misuse::QueueShutDown));
            }
            self.binding.wait_in(&event_loop)?;
            let item = self.resource.world().text(&H::repr_item(&value));
            let reason = WaitReason::QueuePut {
                queue: self.id(),
                item,
            };
            let has_room = || Ok(!by.is_full(&self)?);
            self.putters
                .wait_turn(&event_loop, reason, has_room, Via::Get(self.id()))
                .await?;
        }
        by.put_nowait(&self, value)?;
        Ok(H::none())
    }

    /// `put_nowait(item)`.
    ///
    /// # Errors
    /// `QueueFull`, `QueueShutDown`, or what comparing items raises.
    pub fn put_nowait(&self, value: H::Value, by: &impl Overrides<H>) -> Result<(), H::Error> {
        if self.is_shut_down() {
            return Err(H::misuse(Misuse::QueueShutDown));
        }
        if by.is_full(self)? {
            return Err(H::misuse(Misuse::QueueFull));
        }
        self.forget_vanished(by);
        let text = H::repr_item(&value);
        if by.store(self, value)? {
            let item = self.resource.world().text(&text);
            self.resource.changed(Change::ItemPut { item });
        }
        self.unfinished.set(self.unfinished() + 1);
        self.finished.set(false);
        self.getters.pop_and_wake(Via::Put(self.id()));
        Ok(())
    }

    /// `get()`.
    ///
    /// # Errors
    /// `QueueShutDown`, or what is thrown into the waiting task.
    pub async fn get(
        self: Rc<Self>,
        event_loop: Rc<EventLoop<H>>,
        by: impl Overrides<H>,
    ) -> Result<H::Value, H::Error> {
        while by.is_empty(&self)? {
            if self.is_shut_down() && by.is_empty(&self)? {
                return Err(H::misuse(Misuse::QueueShutDown));
            }
            self.binding.wait_in(&event_loop)?;
            let reason = WaitReason::QueueGet(self.id());
            let has_items = || Ok(!by.is_empty(&self)?);
            self.getters
                .wait_turn(&event_loop, reason, has_items, Via::Put(self.id()))
                .await?;
        }
        by.get_nowait(&self)
    }

    /// `get_nowait()`.
    ///
    /// # Errors
    /// `QueueEmpty`, `QueueShutDown`, or what comparing items raises.
    pub fn get_nowait(&self, by: &impl Overrides<H>) -> Result<H::Value, H::Error> {
        if by.is_empty(self)? {
            return Err(H::misuse(if self.is_shut_down() {
                Misuse::QueueShutDown
            } else {
                Misuse::QueueEmpty
            }));
        }
        let value = self.take_out(by)?;
        self.putters.pop_and_wake(Via::Get(self.id()));
        Ok(value)
    }

    /// `task_done()`.
    ///
    /// # Errors
    /// `ValueError` when it was called more often than items were put.
    pub fn task_done(&self) -> Result<(), H::Error> {
        if self.unfinished() == 0 {
            return Err(H::misuse(Misuse::TaskDoneTooOften));
        }
        self.set_unfinished(self.unfinished() - 1);
        self.resource.changed(Change::ItemFinished);
        if self.unfinished() == 0 {
            self.finish();
        }
        Ok(())
    }

    /// Changes the number of items that `task_done` was not called for.
    pub fn set_unfinished(&self, unfinished: u64) {
        self.unfinished.set(unfinished);
    }

    /// `_finished.is_set()`.
    pub const fn is_finished(&self) -> bool {
        self.finished.get()
    }

    /// `_finished.set()`: lets everybody go on who waits in `join`.
    pub fn finish(&self) {
        if !self.finished.replace(true) {
            self.joiners
                .wake(usize::MAX, &H::truth(true), Via::AllDone(self.id()));
        }
    }

    /// `_finished.clear()`.
    pub fn unfinish(&self) {
        self.finished.set(false);
    }

    /// `join()`: waits until every item is finished.
    ///
    /// # Errors
    /// What is thrown into the waiting task.
    pub async fn join(self: Rc<Self>, event_loop: Rc<EventLoop<H>>) -> Result<H::Value, H::Error> {
        if self.unfinished() > 0 {
            self.wait_finished(event_loop).await?;
        }
        Ok(H::none())
    }

    /// `_finished.wait()`.
    ///
    /// # Errors
    /// What is thrown into the waiting task.
    pub async fn wait_finished(self: Rc<Self>, event_loop: Rc<EventLoop<H>>) -> Result<H::Value, H::Error> {
        if !self.is_finished() {
            self.joiners_binding.wait_in(&event_loop)?;
            let joiner = self.joiners.park(&event_loop, WaitReason::QueueJoin(self.id()));
            let (joiner, woken) = wait_and_keep::<H>(joiner).await;
            self.joiners.leave(&joiner);
            woken?;
        }
        Ok(H::truth(true))
    }

    /// `shutdown(immediate)`.
    ///
    /// # Errors
    /// What comparing items raises.
    pub fn shutdown(&self, immediate: bool, by: &impl Overrides<H>) -> Result<(), H::Error> {
        self.shut_down.set(true);
        self.resource.changed(Change::Closed);
        if immediate {
            while !by.is_empty(self)? {
                self.take_out(by)?;
                if self.unfinished() > 0 {
                    self.set_unfinished(self.unfinished() - 1);
                    self.resource.changed(Change::ItemFinished);
                }
            }
            if self.unfinished() == 0 {
                self.finish();
            }
        }
        while self.getters.pop_and_wake(Via::Shutdown(self.id())) {}
        while self.putters.pop_and_wake(Via::Shutdown(self.id())) {}
        Ok(())
    }

    /// `_get()`, and tells the trace.
    fn take_out(&self, by: &impl Overrides<H>) -> Result<H::Value, H::Error> {
        self.forget_vanished(by);
        let (value, place) = by.take(self)?;
        if let Some(place) = place {
            self.item_taken(place);
        }
        Ok(value)
    }

    /// Items that the program took out behind our back were the oldest, as far as we know.
    fn forget_vanished(&self, by: &impl Overrides<H>) {
        for _ in 0..by.vanished() {
            self.item_taken(0);
        }
    }

    fn item_taken(&self, place: usize) {
        self.resource.changed(Change::ItemTaken {
            index: u32::try_from(place).unwrap_or(u32::MAX),
        });
    }

    pub(super) fn store(&self, value: H::Value) -> Result<(), H::Error> {
        let serial = self.put.get();
        self.put.set(serial + 1);
        let stored = Stored { value, serial };
        if self.discipline == Discipline::Priority {
            // Comparing runs code of the program: no borrow is held meanwhile.
            let mut heap = Vec::from(self.items.take());
            let pushed = heap::push(&mut heap, stored, &less::<H>);
            *self.items.borrow_mut() = heap.into();
            pushed?;
        } else {
            self.items.borrow_mut().push_back(stored);
        }
        self.serials.borrow_mut().push_back(serial);
        Ok(())
    }

    pub(super) fn take(&self) -> Result<Option<Taken<H::Value>>, H::Error> {
        let taken = match self.discipline {
            Discipline::Fifo => self.items.borrow_mut().pop_front(),
            Discipline::Lifo => self.items.borrow_mut().pop_back(),
            Discipline::Priority => {
                let mut heap = Vec::from(self.items.take());
                let popped = heap::pop(&mut heap, &less::<H>);
                *self.items.borrow_mut() = heap.into();
                popped?
            }
        };
        let Some(stored) = taken else { return Ok(None) };
        let place = self.serials.borrow().binary_search(&stored.serial).ok();
        if let Some(place) = place {
            self.serials.borrow_mut().remove(place);
        }
        Ok(Some((stored.value, place)))
    }
}

fn less<H: Host>(one: &Stored<H::Value>, other: &Stored<H::Value>) -> Result<bool, H::Error> {
    H::less(&one.value, &other.value)
}
