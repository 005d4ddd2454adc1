//! The methods of a queue that a subclass may replace. In `CPython` the others call them by name,
//! so [`Queue`] asks here wherever it asks or changes the items.

use super::queue::Queue;
use crate::sched::host::{Host, Misuse};

/// An item that was taken out, and its place among all, in the order of putting, if it has one.
pub type Taken<V> = (V, Option<usize>);

/// What a subclass may do in its own way; [`Plain`] does everything as the queue itself does.
pub trait Overrides<H: Host> {
    /// `full()`.
    ///
    /// # Errors
    /// What code of the program raises; so with all others.
    fn is_full(&self, queue: &Queue<H>) -> Result<bool, H::Error> {
        Ok(queue.is_full())
    }

    /// `empty()`.
    ///
    /// # Errors
    /// See [`Self::is_full`].
    fn is_empty(&self, queue: &Queue<H>) -> Result<bool, H::Error> {
        Ok(queue.is_empty())
    }

    /// `put_nowait(item)`, when `put` calls it.
    ///
    /// # Errors
    /// See [`Self::is_full`].
    fn put_nowait(&self, queue: &Queue<H>, value: H::Value) -> Result<(), H::Error>;

    /// `get_nowait()`, when `get` calls it.
    ///
    /// # Errors
    /// See [`Self::is_full`].
    fn get_nowait(&self, queue: &Queue<H>) -> Result<H::Value, H::Error>;

    /// `_put(item)`; tells whether there is one item more.
    ///
    /// # Errors
    /// See [`Self::is_full`].
    fn store(&self, queue: &Queue<H>, value: H::Value) -> Result<bool, H::Error> {
        queue.store(value).map(|()| true)
    }

    /// `_get()`.
    ///
    /// # Errors
    /// See [`Self::is_full`].
    fn take(&self, queue: &Queue<H>) -> Result<Taken<H::Value>, H::Error> {
        queue.take()?.ok_or_else(|| H::misuse(Misuse::QueueEmpty))
    }

    /// How many items have gone, since this was asked last, without the queue being told.
    fn vanished(&self) -> usize {
        0
    }
}

/// Nothing is replaced.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

impl<H: Host> Overrides<H> for Plain {
    fn put_nowait(&self, queue: &Queue<H>, value: H::Value) -> Result<(), H::Error> {
        queue.put_nowait(value, self)
    }

    fn get_nowait(&self, queue: &Queue<H>) -> Result<H::Value, H::Error> {
        queue.get_nowait(self)
    }
}
