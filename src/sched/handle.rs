//! An entry of the ready queue or of the timer heap.
//!
//! Follows `CPython` `events.py: Handle, TimerHandle`. Cancelling drops the work
//! at once, as `CPython` does, so that what it referred to may die.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::host::Host;
use super::kept::{Kept, See};
use super::world::World;
use crate::trace::{EventKind, HandleId, Time, Via};

/// What a handle does when it runs.
pub(super) enum Work<H: Host> {
    /// `Task.__step(error)`.
    Step(H::Task, Option<H::Error>),
    /// `Task.__wakeup(future)`.
    Wakeup(H::Task, H::Future),
    /// A function of the program; the future when it is a done callback.
    Call(H::Function, Option<H::Future>),
    /// A `gather`, by its outer future, has one more child that is done.
    Gathered(H::Future, H::Future),
    /// A done callback of the library.
    Native(H::Callback, H::Future),
    /// `futures._set_result_unless_cancelled`.
    SetResult(H::Future, H::Value, Via),
    /// Anything else the library wants done once, and what it is a method of.
    Once(Box<dyn FnOnce() -> Result<(), H::Error>>, Option<H::Value>),
}

/// A scheduled call.
pub struct Handle<H: Host> {
    pub(super) id: HandleId,
    /// `None` once it ran or was cancelled.
    pub(super) work: RefCell<Option<Work<H>>>,
    cancelled: Cell<bool>,
    /// Deadline as the program gave it, in seconds.
    when: Option<f64>,
    due: Option<Time>,
}

impl<H: Host> std::fmt::Debug for Handle<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Handle")
            .field("id", &self.id)
            .field("cancelled", &self.cancelled)
            .finish_non_exhaustive()
    }
}

impl<H: Host> Handle<H> {
    pub(super) fn new(id: HandleId, work: Work<H>, when: Option<f64>, due: Option<Time>) -> Rc<Self> {
        Rc::new(Self {
            id,
            work: RefCell::new(Some(work)),
            cancelled: Cell::new(false),
            when,
            due,
        })
    }

    /// Tells what it keeps alive.
    pub(super) fn each_kept(&self, see: &mut See<'_, H>) {
        let Ok(work) = self.work.try_borrow() else { return };
        match &*work {
            Some(Work::Step(task, error)) => {
                see(Kept::Task(task));
                if let Some(error) = error {
                    see(Kept::Error(error));
                }
            }
            Some(Work::Wakeup(task, future)) => {
                see(Kept::Task(task));
                see(Kept::Future(future));
            }
            Some(Work::Call(function, future)) => {
                see(Kept::Function(function));
                if let Some(future) = future {
                    see(Kept::Future(future));
                }
            }
            Some(Work::Gathered(outer, child)) => {
                see(Kept::Future(outer));
                see(Kept::Future(child));
            }
            Some(Work::Native(callback, future)) => {
                see(Kept::Callback(callback));
                see(Kept::Future(future));
            }
            Some(Work::SetResult(future, value, _)) => {
                see(Kept::Future(future));
                see(Kept::Value(value));
            }
            Some(Work::Once(_, Some(owner))) => see(Kept::Value(owner)),
            Some(Work::Once(_, None)) | None => {}
        }
    }

    /// Its id in the trace.
    pub const fn id(&self) -> HandleId {
        self.id
    }

    /// `TimerHandle.when()`: the deadline in seconds, as it was given.
    pub const fn when(&self) -> Option<f64> {
        self.when
    }

    /// The deadline.
    pub const fn due(&self) -> Option<Time> {
        self.due
    }

    /// `Handle.cancelled()`.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.get()
    }

    /// `Handle.cancel()`. Nothing happens when it ran already.
    pub fn cancel(&self, world: &World) {
        if self.cancelled.replace(true) {
            return;
        }
        self.forget(world);
    }

    /// Will not run any more, because its loop is closed; to the program it is not cancelled.
    pub(super) fn forget(&self, world: &World) {
        let work = self.work.borrow_mut().take();
        if work.is_some() {
            world.emit(&EventKind::HandleCancelled { handle: self.id });
        }
    }
}
