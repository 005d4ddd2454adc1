//! Threads in virtual time: who runs next.
//!
//! Exactly one thread runs, until it blocks; there is no preemption. The rules:
//!
//! 1. A new thread stands first in line.
//! 2. A thread that is woken joins the end of the line.
//! 3. A thread whose deadline has come joins it too: by microsecond of the
//!    deadline, then by order of blocking, the main thread after all others.
//! 4. At one instant every other thread in line runs before the main thread.
//! 5. When nobody is in line, the clock jumps to the next deadline.
//!
//! Only the order is kept here. How a thread is made to run and to rest is the
//! business of whoever embeds this.

mod lock;

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::world::World;
use crate::trace::{ClockCause, ThreadId, Time};

pub use lock::{LockState, Taken};

/// Why a thread runs again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Woken {
    /// Somebody woke it.
    Called,
    /// Its deadline has come.
    TimedOut,
    /// Ctrl+C arrived; only the main thread gets it.
    Interrupted,
}

/// Who runs next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// This thread.
    Thread(ThreadId),
    /// Nobody ever again: all wait for each other.
    Nobody,
}

#[derive(Debug)]
struct Thread {
    blocked: bool,
    ended: bool,
    /// Counts rests, so that the deadline of an earlier one is told from that of the last.
    rests: u32,
    woken: Woken,
    /// Who waits for its end, in the order of `join`.
    joiners: Vec<ThreadId>,
}

impl Thread {
    const fn new() -> Self {
        Self {
            blocked: false,
            ended: false,
            rests: 0,
            woken: Woken::Called,
            joiners: Vec::new(),
        }
    }
}

/// A deadline: microsecond, whether it is the main thread's, order of blocking; then whose it is.
type Deadline = (u64, bool, u64, ThreadId, u32, Time);

/// The threads of a run.
#[derive(Debug)]
pub struct Threads {
    all: RefCell<Vec<Thread>>,
    current: Cell<ThreadId>,
    line: RefCell<VecDeque<ThreadId>>,
    deadlines: RefCell<BinaryHeap<Reverse<Deadline>>>,
    blocked: Cell<u64>,
    living: Cell<u32>,
}

impl Default for Threads {
    fn default() -> Self {
        Self {
            all: RefCell::new(vec![Thread::new()]),
            current: Cell::new(ThreadId::MAIN),
            line: RefCell::default(),
            deadlines: RefCell::default(),
            blocked: Cell::new(0),
            living: Cell::new(1),
        }
    }
}

impl Threads {
    /// The thread that runs.
    pub fn current(&self) -> ThreadId {
        self.current.get()
    }

    /// Whether the main thread is the only one.
    pub fn is_alone(&self) -> bool {
        self.living.get() == 1
    }

    /// Whether there was ever another thread.
    pub fn have_begun(&self) -> bool {
        self.all.borrow().len() > 1
    }

    /// Whether this thread has ended.
    pub fn has_ended(&self, thread: ThreadId) -> bool {
        self.with(thread, |thread| thread.ended)
    }

    /// A new thread, first in line.
    pub fn spawn(&self) -> ThreadId {
        let thread = {
            let mut threads = self.all.borrow_mut();
            threads.push(Thread::new());
            ThreadId(u32::try_from(threads.len()).unwrap_or(u32::MAX))
        };
        self.living.set(self.living.get() + 1);
        self.line.borrow_mut().push_front(thread);
        thread
    }

    /// The current thread rests until it is woken, or until its deadline.
    pub fn rest(&self, deadline: Option<Time>) {
        let me = self.current();
        let rests = self.with(me, |thread| {
            thread.blocked = true;
            thread.rests += 1;
            thread.rests
        });
        if let Some(at) = deadline {
            self.blocked.set(self.blocked.get() + 1);
            let key = (at.micros(), me == ThreadId::MAIN, self.blocked.get());
            self.deadlines
                .borrow_mut()
                .push(Reverse((key.0, key.1, key.2, me, rests, at)));
        }
    }

    /// Puts a resting thread into the line.
    pub fn wake(&self, thread: ThreadId, why: Woken) {
        let rested = self.with(thread, |thread| {
            let rested = std::mem::take(&mut thread.blocked);
            if rested {
                thread.rests += 1;
                thread.woken = why;
            }
            rested
        });
        if rested {
            self.line.borrow_mut().push_back(thread);
        }
    }

    /// Why the current thread runs again.
    pub fn woken(&self) -> Woken {
        self.with(self.current(), |thread| thread.woken)
    }

    /// Whether somebody could run now if the current thread rested.
    pub fn are_others_in_line(&self, world: &World) -> bool {
        self.collect_due(world);
        !self.line.borrow().is_empty()
    }

    /// The current thread goes to the end of the line.
    pub fn give_way(&self) {
        self.rest(None);
        self.wake(self.current(), Woken::Called);
    }

    /// The current thread waits for the end of `other`; to be followed by a rest.
    pub fn join(&self, other: ThreadId) {
        let me = self.current();
        self.with(other, |thread| thread.joiners.push(me));
    }

    /// The current thread waits no longer for the end of `other`.
    pub fn leave(&self, other: ThreadId) {
        let me = self.current();
        self.with(other, |thread| thread.joiners.retain(|joiner| *joiner != me));
    }

    /// The current thread has come to its end.
    pub fn end(&self) {
        let joiners = self.with(self.current(), |thread| {
            thread.ended = true;
            std::mem::take(&mut thread.joiners)
        });
        self.living.set(self.living.get() - 1);
        for joiner in joiners {
            self.wake(joiner, Woken::Called);
        }
    }

    /// Decides who runs next, moves the clock if nobody can run now, and makes it the current one.
    /// `why` says what a jump of the clock means.
    pub fn next(&self, world: &World, why: ClockCause) -> Next {
        loop {
            self.collect_due(world);
            let chosen = {
                let mut line = self.line.borrow_mut();
                let worker = line.iter().position(|thread| *thread != ThreadId::MAIN);
                line.remove(worker.unwrap_or(0))
            };
            if let Some(thread) = chosen {
                self.current.set(thread);
                return Next::Thread(thread);
            }
            let interrupt = world.next_interrupt().filter(|_| self.is_blocked(ThreadId::MAIN));
            let Some(at) = self.next_deadline().into_iter().chain(interrupt).min() else {
                return Next::Nobody;
            };
            world.move_to(at, why);
        }
    }

    /// Makes `thread` the current one again, which ran before others did above it.
    pub fn resume(&self, thread: ThreadId) {
        self.current.set(thread);
    }

    /// `chosen` cannot run now and stays first in line; `thread`, which rests, goes on at once.
    pub fn refuse(&self, chosen: ThreadId, thread: ThreadId) {
        self.line.borrow_mut().push_front(chosen);
        self.with(thread, |thread| {
            thread.blocked = false;
            thread.rests += 1;
            thread.woken = Woken::Called;
        });
        self.line.borrow_mut().retain(|waiting| *waiting != thread);
        self.current.set(thread);
    }

    /// The earliest deadline of a resting thread.
    pub fn next_deadline(&self) -> Option<Time> {
        let mut deadlines = self.deadlines.borrow_mut();
        loop {
            let Reverse((.., thread, rests, at)) = deadlines.peek()?;
            if self.rests_since(*thread, *rests) {
                return Some(*at);
            }
            deadlines.pop();
        }
    }

    /// Puts everybody into the line whose time has come.
    fn collect_due(&self, world: &World) {
        if self.is_blocked(ThreadId::MAIN) && world.take_interrupt() {
            self.wake(ThreadId::MAIN, Woken::Interrupted);
        }
        let now = world.now().micros();
        while self.next_deadline().is_some_and(|at| at.micros() <= now) {
            let due = self.deadlines.borrow_mut().pop();
            if let Some(Reverse((.., thread, _, _))) = due {
                self.wake(thread, Woken::TimedOut);
            }
        }
    }

    fn is_blocked(&self, thread: ThreadId) -> bool {
        self.with(thread, |thread| thread.blocked)
    }

    fn rests_since(&self, thread: ThreadId, rests: u32) -> bool {
        self.with(thread, |thread| thread.blocked && thread.rests == rests)
    }

    fn with<R>(&self, thread: ThreadId, read: impl FnOnce(&mut Thread) -> R) -> R {
        let mut threads = self.all.borrow_mut();
        let count = threads.len();
        let Some(known) = threads.get_mut(thread.index()) else {
            unreachable!("{thread} is none of {count} threads")
        };
        read(known)
    }
}
