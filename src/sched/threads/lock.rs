//! The lock that everything between threads is made of.
//!
//! Follows `threading.Lock` with one promise more: waiters are woken first come
//! first served. Whoever releases it goes on running and may take it again
//! before the woken thread does; that one then waits on at the head of the line.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use super::{Threads, Woken};
use crate::trace::ThreadId;

/// What became of an attempt to take a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The current thread has it.
    Yes,
    /// The time is over.
    TooLate,
    /// Not yet: rest once more.
    NotYet,
}

/// A lock with its waiters.
#[derive(Debug, Default)]
pub struct LockState {
    held: Cell<bool>,
    waiters: RefCell<VecDeque<ThreadId>>,
}

impl LockState {
    /// Whether somebody has it.
    pub fn is_held(&self) -> bool {
        self.held.get()
    }

    /// Takes the lock if it is free.
    pub fn take(&self) -> bool {
        !self.held.replace(true)
    }

    /// The current thread stands in line; to be followed by a rest.
    pub fn stand_in_line(&self, threads: &Threads) {
        self.waiters.borrow_mut().push_back(threads.current());
    }

    /// The current thread stood in line and runs again.
    pub fn after_rest(&self, threads: &Threads) -> Taken {
        let me = threads.current();
        let mut waiters = self.waiters.borrow_mut();
        if self.take() {
            waiters.retain(|waiter| *waiter != me);
            return Taken::Yes;
        }
        if threads.woken() == Woken::TimedOut {
            waiters.retain(|waiter| *waiter != me);
            return Taken::TooLate;
        }
        if !waiters.contains(&me) {
            waiters.push_front(me);
        }
        Taken::NotYet
    }

    /// The current thread leaves the line because of an exception. If the lock was meant for it,
    /// the next one gets it.
    pub fn abandon(&self, threads: &Threads) {
        let me = threads.current();
        let mut waiters = self.waiters.borrow_mut();
        let stood = waiters.len();
        waiters.retain(|waiter| *waiter != me);
        if waiters.len() == stood
            && !self.is_held()
            && let Some(next) = waiters.pop_front()
        {
            threads.wake(next, Woken::Called);
        }
    }

    /// Gives the lock back; `false` when nobody had it.
    pub fn release(&self, threads: &Threads) -> bool {
        if !self.held.replace(false) {
            return false;
        }
        if let Some(next) = self.waiters.borrow_mut().pop_front() {
            threads.wake(next, Woken::Called);
        }
        true
    }

    /// Gives the lock back, whoever has it, and forgets the waiters.
    pub fn reset(&self) {
        self.held.set(false);
        self.waiters.borrow_mut().clear();
    }
}
