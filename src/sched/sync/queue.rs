//! Items from producers to consumers. Follows `CPython` `queues.py: Queue,
//! PriorityQueue, LifoQueue`.
//!
//! Waking is a hint, not a handover: a woken getter or putter looks again when
//! it runs, and waits once more, at the end of the line, if another task was
//! faster.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::heap;
use crate::sched::coroutine::wait;
use crate::sched::event_loop::EventLoop;
use crate::sched::host::{Host, Misuse};
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
    shut_down: Cell<bool>,
    getters: WaitQueue<H>,
    putters: WaitQueue<H>,
    joiners: WaitQueue<H>,
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
            shut_down: Cell::new(false),
            getters: WaitQueue::default(),
            putters: WaitQueue::default(),
            joiners: WaitQueue::default(),
        })
    }

    /// Its id in the trace.
    pub const fn id(&self) -> ResourceId {
        self.resource.id()
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
        self.maxsize > 0 && i64::try_from(self.len()).is_ok_and(|size| size >= self.maxsize)
    }

    /// The items as they are stored, for `repr`.
    pub fn items(&self) -> Vec<H::Value> {
        self.items
            .borrow()
            .iter()
            .map(|stored| stored.value.clone())
            .collect()
    }

    /// Getters and putters in line, for `repr`.
    pub fn waiting(&self) -> (usize, usize) {
        (self.getters.len(), self.putters.len())
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
    ) -> Result<H::Value, H::Error> {
        while self.is_full() {
            if self.is_shut_down() {
                return Err(H::misuse(Misuse::QueueShutDown));
            }
            let item = self.resource.world().text(&H::repr_item(&value));
            let reason = WaitReason::QueuePut {
                queue: self.id(),
                item,
            };
            let has_room = || !self.is_full();
            self.putters
                .wait_turn(&event_loop, reason, has_room, Via::Get(self.id()))
                .await?;
        }
        self.put_nowait(value)?;
        Ok(H::none())
    }

    /// `put_nowait(item)`.
    ///
    /// # Errors
    /// `QueueFull`, `QueueShutDown`, or what comparing items raises.
    pub fn put_nowait(&self, value: H::Value) -> Result<(), H::Error> {
        if self.is_shut_down() {
            return Err(H::misuse(Misuse::QueueShutDown));
        }
        if self.is_full() {
            return Err(H::misuse(Misuse::QueueFull));
        }
        let text = H::repr_item(&value);
        self.store(value)?;
        let item = self.resource.world().text(&text);
        self.resource.changed(Change::ItemPut { item });
        self.unfinished.set(self.unfinished() + 1);
        self.getters.pop_and_wake(Via::Put(self.id()));
        Ok(())
    }

    /// `get()`.
    ///
    /// # Errors
    /// `QueueShutDown`, or what is thrown into the waiting task.
    pub async fn get(self: Rc<Self>, event_loop: Rc<EventLoop<H>>) -> Result<H::Value, H::Error> {
        while self.is_empty() {
            if self.is_shut_down() {
                return Err(H::misuse(Misuse::QueueShutDown));
            }
            let reason = WaitReason::QueueGet(self.id());
            let has_items = || !self.is_empty();
            self.getters
                .wait_turn(&event_loop, reason, has_items, Via::Put(self.id()))
                .await?;
        }
        self.get_nowait()
    }

    /// `get_nowait()`.
    ///
    /// # Errors
    /// `QueueEmpty`, `QueueShutDown`, or what comparing items raises.
    pub fn get_nowait(&self) -> Result<H::Value, H::Error> {
        let Some(value) = self.take()? else {
            let misuse = if self.is_shut_down() {
                Misuse::QueueShutDown
            } else {
                Misuse::QueueEmpty
            };
            return Err(H::misuse(misuse));
        };
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
        self.finish_one();
        Ok(())
    }

    /// `join()`: waits until every item is finished.
    ///
    /// # Errors
    /// What is thrown into the waiting task.
    pub async fn join(self: Rc<Self>, event_loop: Rc<EventLoop<H>>) -> Result<H::Value, H::Error> {
        if self.unfinished() > 0 {
            let joiner = self.joiners.park(&event_loop, WaitReason::QueueJoin(self.id()));
            let woken = wait::<H>(joiner.clone()).await;
            self.joiners.leave(&joiner);
            woken?;
        }
        Ok(H::none())
    }

    /// `shutdown(immediate)`.
    ///
    /// # Errors
    /// What comparing items raises.
    pub fn shutdown(&self, immediate: bool) -> Result<(), H::Error> {
        self.shut_down.set(true);
        self.resource.changed(Change::Closed);
        if immediate {
            while self.take()?.is_some() {
                if self.unfinished() > 0 {
                    self.finish_one();
                }
            }
        }
        while self.getters.pop_and_wake(Via::Shutdown(self.id())) {}
        while self.putters.pop_and_wake(Via::Shutdown(self.id())) {}
        Ok(())
    }

    fn finish_one(&self) {
        self.unfinished.set(self.unfinished() - 1);
        self.resource.changed(Change::ItemFinished);
        if self.unfinished() == 0 {
            self.joiners
                .wake(usize::MAX, &H::truth(true), Via::AllDone(self.id()));
        }
    }

    fn store(&self, value: H::Value) -> Result<(), H::Error> {
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

    fn take(&self) -> Result<Option<H::Value>, H::Error> {
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
        let place = self.serials.borrow().binary_search(&stored.serial);
        if let Ok(place) = place {
            self.serials.borrow_mut().remove(place);
            self.resource.changed(Change::ItemTaken {
                index: u32::try_from(place).unwrap_or(u32::MAX),
            });
        }
        Ok(Some(stored.value))
    }
}

fn less<H: Host>(one: &Stored<H::Value>, other: &Stored<H::Value>) -> Result<bool, H::Error> {
    H::less(&one.value, &other.value)
}
