//! Kinds of resources, and how they change.

use serde::{Deserialize, Serialize};

use crate::trace::ids::{TaskId, TextId};

/// Kinds of resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ResourceKind {
    /// `asyncio.Lock`.
    Lock,
    /// `asyncio.Event`.
    Event,
    /// `asyncio.Condition`.
    Condition,
    /// `asyncio.Semaphore`.
    Semaphore,
    /// `asyncio.BoundedSemaphore`.
    BoundedSemaphore,
    /// `asyncio.Barrier`.
    Barrier,
    /// `asyncio.Queue`.
    Queue,
    /// `asyncio.PriorityQueue`.
    PriorityQueue,
    /// `asyncio.LifoQueue`.
    LifoQueue,
    /// `asyncio.gather`.
    Gather,
    /// `asyncio.wait`.
    Wait,
    /// `asyncio.as_completed`.
    AsCompleted,
    /// `asyncio.TaskGroup`.
    TaskGroup,
    /// `asyncio.shield`.
    Shield,
    /// A pool of threads or processes.
    Executor,
    /// A socket that listens.
    Server,
    /// A connection, to a host, a database, or between sockets of the program.
    Connection,
    /// A request to a host.
    Request,
}

/// A change of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// The running task took the lock or a permit.
    Acquired,
    /// The lock, or a permit, was given back.
    Released,
    /// The flag of an event (0 or 1).
    FlagSet(bool),
    /// An item joined the queue.
    ItemPut {
        /// Bounded `repr` of the item.
        item: TextId,
    },
    /// An item left the queue.
    ItemTaken {
        /// Its place among the items in the order in which they were put.
        index: u32,
    },
    /// `Queue.task_done`: one item less is unfinished.
    ItemFinished,
    /// `Condition.notify(n)` was called.
    Notified {
        /// How many waiters it woke.
        woken: u32,
    },
    /// A task became a child of the gather, wait or group.
    ChildAdded {
        /// The child.
        task: TaskId,
    },
    /// The group has what it waited for.
    Settled,
    /// `Queue.shutdown`, or a broken barrier: no further use.
    Closed,
    /// One more party waits at a barrier, or parties left: how many are inside.
    PartiesSet(u32),
    /// The program reached into a queue, or a subclass keeps its items: from here on their order
    /// and their number need not be those of the queue.
    Opened,
    /// What a server, a connection or a request is doing now.
    StateSet {
        /// In a word or two.
        state: TextId,
    },
    /// A permit is set aside for the next in line: it is not free, and nobody has it yet.
    Reserved,
    /// A permit is set aside no more: the next event takes it, or it is free, because who it was set
    /// aside for does not come.
    Unreserved,
}
