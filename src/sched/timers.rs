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
    /// Microsecond of the deadline as the program gave it: it may lie before the run.
    micros: i64,
    order: u64,
    handle: Rc<Handle<H>>,
}

impl<H: Host> Entry<H> {
    const fn key(&self) -> (i64, u64) {
        (self.micros, self.order)
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

    /// Adds a timer for a deadline in seconds.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "too large or too small saturates, as it should"
    )]
    pub(super) fn push(&mut self, when: f64, handle: Rc<Handle<H>>) {
        self.scheduled += 1;
        let (due, order) = (Time::from_secs_f64(when), self.scheduled);
        let micros = if when < 0.0 {
            (when * 1e6).round() as i64
        } else {
            due.micros().cast_signed()
        };
        self.heap.push(Reverse(Entry {
            due,
            micros,
            order,
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

    /// All timers, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Rc<Handle<H>>> {
        self.heap.iter().map(|Reverse(entry)| &entry.handle)
    }

    /// Takes all timers out, first due first.
    pub(super) fn drain(&mut self) -> Vec<Rc<Handle<H>>> {
        std::iter::from_fn(|| self.heap.pop())
            .map(|Reverse(entry)| entry.handle)
            .collect()
    }
}
