//! Futures. Follows `CPython` `futures.py: Future`.
//!
//! A future says for itself what whoever waits for it waits for: the primitive
//! that made it wrote that down. Settling it names a cause ([`Via`]), which the
//! handles of its callbacks carry on into the trace.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::event_loop::EventLoop;
use super::handle::Work;
use super::host::{Host, Misuse};
use super::kept::{Kept, See};
use crate::trace::{EventKind, FutureId, Job, Settled, TextId, Via, WaitReason};

/// The state of a future: `_state`, `_result`, `_exception`.
#[derive(Debug)]
pub enum FutureState<H: Host> {
    /// `PENDING`.
    Pending,
    /// `FINISHED` with a result.
    Result(H::Value),
    /// `FINISHED` with an exception.
    Exception(H::Error, H::Traceback),
    /// `CANCELLED`.
    Cancelled,
}

/// What the library does with a future that is done, given what its callback holds.
pub type Tell<H> = Box<dyn Fn(&Holds<H>, &<H as Host>::Future)>;

/// What a callback of the library keeps alive. Its function keeps nothing by itself, so that who looks for
/// cycles sees everything.
#[derive(Debug)]
pub struct Holds<H: Host> {
    /// Futures.
    pub futures: Vec<H::Future>,
    /// What the callback is a method of.
    pub owner: Option<H::Value>,
    /// Another callback.
    pub other: Option<H::Callback>,
}

impl<H: Host> Holds<H> {
    /// Nothing.
    pub const fn nothing() -> Self {
        Self {
            futures: Vec::new(),
            owner: None,
            other: None,
        }
    }

    /// One future.
    pub fn one(future: &H::Future) -> Self {
        Self {
            futures: vec![future.clone()],
            ..Self::nothing()
        }
    }

    /// What the callback is a method of.
    pub const fn owner(owner: Option<H::Value>) -> Self {
        Self {
            futures: Vec::new(),
            owner,
            other: None,
        }
    }

    /// Tells it all.
    pub fn each_kept(&self, see: &mut See<'_, H>) {
        self.futures.iter().for_each(|future| see(Kept::Future(future)));
        if let Some(owner) = &self.owner {
            see(Kept::Value(owner));
        }
        if let Some(other) = &self.other {
            see(Kept::Callback(other));
        }
    }
}

/// A done callback of the library. It is removed by identity.
pub struct NativeCallback<H: Host> {
    /// What the step that runs it is called, and what it is part of.
    pub name: &'static str,
    /// The function of `asyncio` that it stands for, as `repr` shows it.
    pub function: &'static str,
    /// What to do with the future that is done.
    pub run: Tell<H>,
    /// What it keeps alive.
    pub holds: Holds<H>,
}

impl<H: Host> std::fmt::Debug for NativeCallback<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Who is told that a future is done.
#[derive(Debug)]
pub enum DoneCallback<H: Host> {
    /// A task that waits for it.
    Wakeup(H::Task),
    /// A function of the program.
    Function(H::Function),
    /// The `gather` whose outer future this is: it waits for the future among others.
    Gathered(H::Future),
    /// A function of the library.
    Native(H::Callback),
}

impl<H: Host> Clone for DoneCallback<H> {
    fn clone(&self) -> Self {
        match self {
            Self::Wakeup(task) => Self::Wakeup(task.clone()),
            Self::Function(function) => Self::Function(function.clone()),
            Self::Gathered(outer) => Self::Gathered(outer.clone()),
            Self::Native(callback) => Self::Native(callback.clone()),
        }
    }
}

/// The scheduler's part of a future.
pub struct FutureCell<H: Host> {
    event_loop: Rc<EventLoop<H>>,
    serial: u32,
    state: RefCell<FutureState<H>>,
    callbacks: RefCell<Vec<DoneCallback<H>>>,
    reason: Cell<WaitReason>,
    /// `_asyncio_future_blocking`: set by `await`, taken by the task's step.
    blocking: Cell<bool>,
    cancel_message: RefCell<Option<H::Value>>,
    cancelled_error: RefCell<Option<H::Error>>,
    /// `__log_traceback`: an exception that nobody has looked at yet.
    unretrieved: Cell<bool>,
}

impl<H: Host> std::fmt::Debug for FutureCell<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FutureCell")
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

impl<H: Host> FutureCell<H> {
    /// A pending future.
    pub fn new(event_loop: &Rc<EventLoop<H>>, reason: WaitReason) -> Self {
        Self {
            event_loop: Rc::clone(event_loop),
            serial: event_loop.world().next_serial(),
            state: RefCell::new(FutureState::Pending),
            callbacks: RefCell::default(),
            reason: Cell::new(reason),
            blocking: Cell::new(false),
            cancel_message: RefCell::new(None),
            cancelled_error: RefCell::new(None),
            unretrieved: Cell::new(false),
        }
    }

    /// Records a future that the program itself makes, and gives it an id.
    pub fn record_created(event_loop: &EventLoop<H>, name: &str) -> FutureId {
        let world = event_loop.world();
        let line = world.line();
        world.record(|recorder| {
            let (future, name) = (recorder.next_future(), recorder.text(name));
            recorder.emit(&EventKind::FutureCreated { future, name, line });
            future
        })
    }

    /// The loop it belongs to.
    pub const fn event_loop(&self) -> &Rc<EventLoop<H>> {
        &self.event_loop
    }

    /// Its place among all futures, tasks included, in the order of creation: the order in
    /// which sets of futures are gone through, which `CPython` leaves open.
    pub const fn serial(&self) -> u32 {
        self.serial
    }

    /// What whoever waits for it waits for.
    pub fn reason(&self) -> WaitReason {
        self.reason.get()
    }

    /// Writes down what whoever waits for it waits for.
    pub fn set_reason(&self, reason: WaitReason) {
        self.reason.set(reason);
    }

    /// Whether `await` yielded it.
    pub fn take_blocking(&self) -> bool {
        self.blocking.replace(false)
    }

    /// `_asyncio_future_blocking`.
    pub fn is_blocking(&self) -> bool {
        self.blocking.get()
    }

    /// Marks it as yielded by `await`.
    pub fn set_blocking(&self, blocking: bool) {
        self.blocking.set(blocking);
    }

    /// Reads the state.
    pub fn with_state<R>(&self, read: impl FnOnce(&FutureState<H>) -> R) -> R {
        read(&self.state.borrow())
    }

    /// `done()`.
    pub fn is_done(&self) -> bool {
        !matches!(*self.state.borrow(), FutureState::Pending)
    }

    /// `cancelled()`.
    pub fn is_cancelled(&self) -> bool {
        matches!(*self.state.borrow(), FutureState::Cancelled)
    }

    /// Tells what it keeps alive.
    pub fn each_kept(&self, see: &mut See<'_, H>) {
        match self.state.try_borrow().as_deref() {
            Ok(FutureState::Result(value)) => see(Kept::Value(value)),
            Ok(FutureState::Exception(error, traceback)) => {
                see(Kept::Error(error));
                see(Kept::Traceback(traceback));
            }
            Ok(FutureState::Pending | FutureState::Cancelled) | Err(_) => {}
        }
        if let Ok(callbacks) = self.callbacks.try_borrow() {
            callbacks.iter().for_each(|callback| match callback {
                DoneCallback::Wakeup(task) => see(Kept::Task(task)),
                DoneCallback::Function(function) => see(Kept::Function(function)),
                DoneCallback::Gathered(outer) => see(Kept::Future(outer)),
                DoneCallback::Native(callback) => see(Kept::Callback(callback)),
            });
        }
        if let Ok(Some(message)) = self.cancel_message.try_borrow().as_deref() {
            see(Kept::Value(message));
        }
        if let Ok(Some(error)) = self.cancelled_error.try_borrow().as_deref() {
            see(Kept::Error(error));
        }
    }

    /// The callbacks, for `repr`.
    pub fn callbacks(&self) -> Vec<DoneCallback<H>> {
        self.callbacks.borrow().clone()
    }

    /// `_cancel_message`.
    pub fn cancel_message(&self) -> Option<H::Value> {
        self.cancel_message.borrow().clone()
    }

    /// Sets `_cancel_message`.
    pub fn set_cancel_message(&self, message: Option<H::Value>) {
        *self.cancel_message.borrow_mut() = message;
    }

    pub(super) fn set_cancelled_error(&self, error: H::Error) {
        *self.cancelled_error.borrow_mut() = Some(error);
    }

    /// `_make_cancelled_error`: the error that ended it, once; then new ones.
    pub fn make_cancelled_error(&self) -> H::Error {
        let kept = self.cancelled_error.borrow_mut().take();
        kept.unwrap_or_else(|| H::cancelled_error(self.cancel_message()))
    }

    /// Whether it has an exception that nobody has looked at.
    pub fn is_unretrieved(&self) -> bool {
        self.unretrieved.get()
    }

    /// Takes note that somebody looked at the exception.
    pub fn mark_retrieved(&self) {
        self.unretrieved.set(false);
    }

    /// `result()`.
    ///
    /// # Errors
    /// The exception of the future, `CancelledError`, or `InvalidStateError` while it is pending.
    pub fn result(&self) -> Result<H::Value, H::Error> {
        let outcome = match &*self.state.borrow() {
            FutureState::Pending => return Err(H::misuse(Misuse::ResultNotSet)),
            FutureState::Result(value) => Some(Ok(value.clone())),
            FutureState::Exception(error, traceback) => {
                Some(Err(H::raise_again(error.clone(), traceback.clone())))
            }
            FutureState::Cancelled => None,
        };
        self.mark_retrieved();
        outcome.unwrap_or_else(|| Err(self.make_cancelled_error()))
    }

    /// `exception()`: `None` after a result.
    ///
    /// # Errors
    /// `CancelledError`, or `InvalidStateError` while it is pending.
    pub fn exception(&self) -> Result<Option<H::Error>, H::Error> {
        let exception = match &*self.state.borrow() {
            FutureState::Pending => return Err(H::misuse(Misuse::ExceptionNotSet)),
            FutureState::Result(_) => Some(None),
            FutureState::Exception(error, _) => Some(Some(error.clone())),
            FutureState::Cancelled => None,
        };
        self.mark_retrieved();
        exception.ok_or_else(|| self.make_cancelled_error())
    }

    /// `exception()`, and `result()` when there is none. Unlike `result()` alone it leaves the exception the
    /// traceback that it has by now.
    ///
    /// # Errors
    /// Those of `result()`.
    pub fn peek(&self) -> Result<H::Value, H::Error> {
        match self.exception()? {
            Some(error) => Err(error),
            None => self.result(),
        }
    }

    /// `add_done_callback`. A future that is done already schedules it at once.
    pub fn add_done_callback(&self, this: &H::Future, callback: DoneCallback<H>) {
        if self.is_done() {
            self.schedule(this, callback, Via::Call);
        } else {
            self.callbacks.borrow_mut().push(callback);
        }
    }

    /// Removes callbacks of the program that equal `function`; tells how many.
    pub fn remove_done_callback(&self, function: &H::Function) -> usize {
        // Comparing may run code of the program: no borrow is held meanwhile.
        let callbacks = self.callbacks.take();
        let before = callbacks.len();
        let kept: Vec<_> = callbacks
            .into_iter()
            .filter(|callback| match callback {
                DoneCallback::Function(other) => !H::same_function(function, other),
                DoneCallback::Wakeup(_) | DoneCallback::Gathered(_) | DoneCallback::Native(_) => true,
            })
            .collect();
        let removed = before - kept.len();
        self.callbacks.borrow_mut().splice(0..0, kept);
        removed
    }

    /// Removes a callback of the library.
    pub fn remove_native_callback(&self, callback: &H::Callback) {
        self.callbacks.borrow_mut().retain(|other| match other {
            DoneCallback::Native(other) => !std::ptr::eq(H::callback(other), H::callback(callback)),
            DoneCallback::Wakeup(_) | DoneCallback::Gathered(_) | DoneCallback::Function(_) => true,
        });
    }

    /// `set_result`.
    ///
    /// # Errors
    /// `InvalidStateError` when it is settled already.
    pub fn set_result(&self, this: &H::Future, value: H::Value, via: Via) -> Result<(), H::Error> {
        self.settle(this, FutureState::Result(value), via)
    }

    /// `set_exception`. The embedder has checked that `error` may be raised in a future.
    ///
    /// # Errors
    /// `InvalidStateError` when it is settled already.
    pub fn set_exception(&self, this: &H::Future, error: H::Error, via: Via) -> Result<(), H::Error> {
        let traceback = H::traceback(&error);
        self.settle(this, FutureState::Exception(error, traceback), via)?;
        self.unretrieved.set(true);
        Ok(())
    }

    /// Sets a result unless the future is settled already.
    pub fn set_result_if_pending(&self, this: &H::Future, value: H::Value, via: Via) -> bool {
        !self.is_done() && self.set_result(this, value, via).is_ok()
    }

    /// `cancel` of a plain future; tells whether it was still pending.
    ///
    /// # Errors
    /// `RuntimeError` when somebody must be told and the loop is closed.
    pub fn cancel(&self, this: &H::Future, message: Option<H::Value>) -> Result<bool, H::Error> {
        self.cancel_via(this, message, Via::Cancel)
    }

    pub(super) fn cancel_via(
        &self,
        this: &H::Future,
        message: Option<H::Value>,
        via: Via,
    ) -> Result<bool, H::Error> {
        self.mark_retrieved();
        if self.is_done() {
            return Ok(false);
        }
        self.set_cancel_message(message);
        self.settle(this, FutureState::Cancelled, via)?;
        Ok(true)
    }

    fn settle(&self, this: &H::Future, state: FutureState<H>, via: Via) -> Result<(), H::Error> {
        if self.is_done() {
            return Err(H::misuse(Misuse::AlreadySettled(this.clone())));
        }
        if let WaitReason::Future(future) = self.reason() {
            let (how, text) = match &state {
                FutureState::Pending => unreachable!("a future is not settled to pending"),
                FutureState::Result(value) => (Settled::Result, H::repr_item(value)),
                FutureState::Exception(error, _) => (Settled::Exception, H::repr_error(error)),
                FutureState::Cancelled => (Settled::Cancelled, String::new()),
            };
            self.event_loop.world().record(|recorder| {
                let value = if text.is_empty() {
                    TextId::EMPTY
                } else {
                    recorder.text(&text)
                };
                recorder.emit(&EventKind::FutureSettled { future, how, value });
            });
        }
        *self.state.borrow_mut() = state;
        let callbacks = self.callbacks.take();
        if !callbacks.is_empty() {
            // `call_soon` of a closed loop; the state stays.
            self.event_loop.check_open()?;
        }
        for callback in callbacks {
            self.schedule(this, callback, via);
        }
        Ok(())
    }

    fn schedule(&self, this: &H::Future, callback: DoneCallback<H>, via: Via) {
        let event_loop = &self.event_loop;
        match callback {
            DoneCallback::Wakeup(task) => {
                let job = Job::Wakeup(H::task_cell(&task).id());
                event_loop.push(job, via, Work::Wakeup(task, this.clone()));
            }
            DoneCallback::Function(function) => {
                let job = H::job(&function, event_loop.world());
                event_loop.push(job, via, Work::Call(function, Some(this.clone())));
            }
            DoneCallback::Gathered(outer) => {
                let job = Job::Library {
                    name: event_loop.world().text("gather"),
                };
                event_loop.push(job, via, Work::Gathered(outer, this.clone()));
            }
            DoneCallback::Native(callback) => {
                let job = Job::Library {
                    name: event_loop.world().text(H::callback(&callback).name),
                };
                event_loop.push(job, via, Work::Native(callback, this.clone()));
            }
        }
    }
}
