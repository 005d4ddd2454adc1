//! The timer heap.
//!
//! Order: by microsecond of the deadline, then by order of scheduling. This
//! departs from `CPython`, whose heap compares deadlines alone and is not stable:
//! a real clock creeps on between two calls and hides that, a virtual one makes
//! ties common. Cancelled timers stay until they reach the head.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

use super::handle::Handle;
use super::host::Host;
use crate::trace::Time;

struct Entry<H: Host> {
    due: Time,
    order: u64,
    handle: Rc<Handle<H>>,
}

impl<H: Host> Entry<H> {
    const fn key(&self) -> (u64, u64) {
        (self.due.micros(), self.order)
    }
}

impl<H: Host> PartialEq for Entry<H> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl<H: Host> Eq for Entry<H> {}

impl<H: Host> PartialOrd for Entry<H> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<H: Host> Ord for Entry<H> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

/// Timers by deadline.
pub(super) struct TimerHeap<H: Host> {
    heap: BinaryHeap<Reverse<Entry<H>>>,
    scheduled: u64,
}

impl<H: Host> TimerHeap<H> {
    pub(super) const fn new() -> Self {
        Self {
            heap: BinaryHeap::new(),
            scheduled: 0,
        }
    }

    pub(super) fn push(&mut self, due: Time, handle: Rc<Handle<H>>) {
        self.scheduled += 1;
        self.heap.push(Reverse(Entry {
            due,
            order: self.scheduled,
            handle,
        }));
    }

    /// The earliest deadline of a timer that is not cancelled.
    pub(super) fn next_deadline(&mut self) -> Option<Time> {
        while let Some(Reverse(entry)) = self.heap.peek() {
            if !entry.handle.is_cancelled() {
                return Some(entry.due);
            }
            self.heap.pop();
        }
        None
    }

    /// Takes the first timer that is due in the microsecond of `now` or before.
    pub(super) fn pop_due(&mut self, now: Time) -> Option<Rc<Handle<H>>> {
        let due = self.next_deadline()?;
        if due.micros() > now.micros() {
            return None;
        }
        self.heap.pop().map(|Reverse(entry)| entry.handle)
    }

    pub(super) fn clear(&mut self) {
        self.heap.clear();
    }
}
