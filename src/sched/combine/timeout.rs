//! `asyncio.timeout`. Follows `CPython` `timeouts.py: Timeout`.
//!
//! ```text
//! created ──enter──► active ──time is up──► expiring ──exit──► expired
//!                      └───────exit───────► finished
//! ```
//!
//! When the time is up the task is cancelled like by anybody else. At the exit
//! the `CancelledError` becomes a `TimeoutError`, unless somebody else has asked
//! the task to stop as well: then their request stands.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::wait::timeout_job;
use crate::sched::event_loop::EventLoop;
use crate::sched::handle::{Handle, Work};
use crate::sched::host::{Host, Misuse};
use crate::sched::kept::{Kept, See};
use crate::trace::Via;

/// Where a timeout is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeoutState {
    /// Not entered yet.
    Created,
    /// The block runs.
    Active,
    /// The time was up inside the block, and the task was cancelled.
    Expiring,
    /// The block was left after that.
    Expired,
    /// The block was left in time.
    Finished,
}

impl TimeoutState {
    /// The word of `CPython`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Active => "active",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::Finished => "finished",
        }
    }
}

/// `asyncio.Timeout`.
pub struct Timeout<H: Host> {
    state: Cell<TimeoutState>,
    /// Deadline in seconds.
    when: Cell<Option<f64>>,
    /// The task that entered, and how many requests to cancel it had then.
    entered: RefCell<Option<(H::Task, u32)>>,
    timer: RefCell<Option<Rc<Handle<H>>>>,
}

impl<H: Host> std::fmt::Debug for Timeout<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Timeout")
            .field("state", &self.state)
            .field("when", &self.when)
            .finish_non_exhaustive()
    }
}

impl<H: Host> Timeout<H> {
    /// A timeout with a deadline in seconds of the loop's time, or without one.
    pub fn new(when: Option<f64>) -> Rc<Self> {
        Rc::new(Self {
            state: Cell::new(TimeoutState::Created),
            when: Cell::new(when),
            entered: RefCell::new(None),
            timer: RefCell::new(None),
        })
    }

    /// Where it is in its life.
    pub const fn state(&self) -> TimeoutState {
        self.state.get()
    }

    /// Tells what it keeps alive.
    pub fn each_kept(&self, see: &mut See<'_, H>) {
        if let Ok(Some((task, _))) = self.entered.try_borrow().as_deref() {
            see(Kept::Task(task));
        }
    }

    /// `when()`.
    pub const fn when(&self) -> Option<f64> {
        self.when.get()
    }

    /// `expired()`.
    pub const fn is_expired(&self) -> bool {
        matches!(self.state(), TimeoutState::Expiring | TimeoutState::Expired)
    }

    /// `__aenter__`.
    ///
    /// # Errors
    /// `RuntimeError` the second time, and outside a task.
    pub fn enter(self: &Rc<Self>, event_loop: &Rc<EventLoop<H>>) -> Result<(), H::Error> {
        if self.state() != TimeoutState::Created {
            return Err(H::misuse(Misuse::TimeoutEnteredTwice));
        }
        let Some(task) = event_loop.current() else {
            return Err(H::misuse(Misuse::TimeoutOutsideTask));
        };
        self.state.set(TimeoutState::Active);
        let cancelling = H::task_cell(&task).cancelling();
        *self.entered.borrow_mut() = Some((task, cancelling));
        self.reschedule(event_loop, self.when())
    }

    /// `reschedule(when)`.
    ///
    /// # Errors
    /// `RuntimeError` unless it is active.
    pub fn reschedule(
        self: &Rc<Self>,
        event_loop: &Rc<EventLoop<H>>,
        when: Option<f64>,
    ) -> Result<(), H::Error> {
        match self.state() {
            TimeoutState::Active => {}
            TimeoutState::Created => return Err(H::misuse(Misuse::TimeoutNotEntered)),
            over => return Err(H::misuse(Misuse::TimeoutIsOver(over.name()))),
        }
        self.when.set(when);
        self.drop_timer();
        let Some(when) = when else { return Ok(()) };
        event_loop.check_open()?;
        let (event, job) = (Rc::clone(self), timeout_job(event_loop, "timeout"));
        let work = Work::Once(Box::new(move || event.time_is_up()), None);
        let timer = if when <= event_loop.time() {
            event_loop.push(job, Via::Call, work)
        } else {
            event_loop.push_at(when, job, work)
        };
        *self.timer.borrow_mut() = Some(timer);
        Ok(())
    }

    /// `__aexit__` after a block that ended with `error`. It never swallows the error.
    ///
    /// # Errors
    /// `TimeoutError` in place of the `CancelledError` that the timeout itself caused.
    pub fn exit(&self, error: Option<&H::Error>) -> Result<(), H::Error> {
        self.drop_timer();
        if self.state() == TimeoutState::Active {
            self.state.set(TimeoutState::Finished);
        }
        if self.state() != TimeoutState::Expiring {
            return Ok(());
        }
        self.state.set(TimeoutState::Expired);
        let Some((task, cancelling)) = self.entered.borrow().clone() else {
            return Ok(());
        };
        let future = H::as_future(&task);
        let remaining = H::task_cell(&task).uncancel(H::cell(&future).event_loop());
        match error.filter(|_| remaining <= cancelling) {
            Some(error) if H::is_cancelled(error) => return Err(H::timeout_error(error)),
            Some(error) => H::insert_timeout_error(error),
            None => {}
        }
        Ok(())
    }

    fn time_is_up(&self) -> Result<(), H::Error> {
        assert_eq!(self.state(), TimeoutState::Active, "the exit cancels the timer");
        let task = self.entered.borrow().as_ref().map(|(task, _)| H::as_future(task));
        if let Some(task) = task {
            H::cancel(&task, None)?;
        }
        self.state.set(TimeoutState::Expiring);
        self.timer.borrow_mut().take();
        Ok(())
    }

    fn drop_timer(&self) {
        let timer = self.timer.borrow_mut().take();
        let entered = self.entered.borrow().as_ref().map(|(task, _)| H::as_future(task));
        if let (Some(timer), Some(task)) = (timer, entered) {
            timer.cancel(H::cell(&task).event_loop().world());
        }
    }
}
