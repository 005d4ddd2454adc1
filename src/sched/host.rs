//! What the scheduler needs to know of whoever embeds it.
//!
//! Futures and tasks are objects of the embedder (Python objects, or plain
//! [`std::rc::Rc`]s in tests) that carry our cells. So there is one object, not
//! two that mirror each other: it dies when its last reference dies, identity
//! means what the program thinks it means, and the scheduler's queues keep
//! alive exactly what `CPython`'s keep alive.

use std::rc::Rc;

use super::combine::Gather;
use super::coroutine::Mailbox;
use super::event_loop::EventLoop;
use super::future::{DoneCallback, FutureCell, NativeCallback};
use super::handle::Handle;
use super::task::TaskCell;
use super::world::World;
use crate::trace::{Job, WaitReason};

/// An embedder of the scheduler.
pub trait Host: Sized + 'static {
    /// A result.
    type Value: Clone + 'static;
    /// An exception.
    type Error: Clone + 'static;
    /// A reference to a future; tasks are futures too.
    type Future: Clone + 'static;
    /// A reference to a task.
    type Task: Clone + 'static;
    /// Where an exception came from when it was set.
    type Traceback: Clone + std::fmt::Debug + 'static;
    /// What the embedder keeps with every loop.
    type Loop: std::fmt::Debug + 'static;
    /// A function of the program with its arguments.
    type Function: Clone + 'static;
    /// A reference to a callback of the library: several futures may share one.
    type Callback: Clone + std::fmt::Debug + 'static;

    /// Makes a callback to be shared.
    fn share(callback: NativeCallback<Self>) -> Self::Callback;
    /// The callback behind a reference.
    fn callback(callback: &Self::Callback) -> &NativeCallback<Self>;

    /// The cell inside a future (of a task: inside its future part).
    fn cell(future: &Self::Future) -> &FutureCell<Self>;
    /// The cell inside a task.
    fn task_cell(task: &Self::Task) -> &TaskCell<Self>;
    /// The task as the future that it is.
    fn as_future(task: &Self::Task) -> Self::Future;
    /// The future as a task, if it is one.
    fn as_task(future: &Self::Future) -> Option<Self::Task>;
    /// The gather that `future` is the outer future of.
    fn gather(future: &Self::Future) -> Option<&Rc<Gather<Self>>>;
    /// A new pending future, made by the library for somebody who waits for `reason`.
    fn new_future(event_loop: &Rc<EventLoop<Self>>, reason: WaitReason) -> Self::Future;
    /// `future.cancel(message)`, which a subclass may have replaced.
    ///
    /// # Errors
    /// What code of the program raises, and `RecursionError` in a circle of tasks.
    fn cancel(future: &Self::Future, message: Option<Self::Value>) -> Result<bool, Self::Error>;
    /// `future.add_done_callback(task.__wakeup)`, which a subclass may have replaced.
    ///
    /// # Errors
    /// What code of the program raises.
    fn add_wakeup(future: &Self::Future, task: &Self::Task) -> Result<(), Self::Error> {
        Self::cell(future).add_done_callback(future, DoneCallback::Wakeup(task.clone()));
        Ok(())
    }
    /// `future.result()` of a future that a task waited for, and that may be of another make.
    ///
    /// # Errors
    /// What the future ended with.
    fn outcome(future: &Self::Future) -> Result<Self::Value, Self::Error> {
        Self::cell(future).result()
    }

    /// Runs the coroutine of `task` until it rests, throwing `error` into it if there is one.
    fn resume(task: &Self::Task, error: Option<Self::Error>) -> Resumed<Self>;
    /// Calls `function`, with `future` as its last argument when it is a done callback.
    ///
    /// # Errors
    /// The exception that the function raised.
    fn call(function: &Self::Function, future: Option<&Self::Future>) -> Result<(), Self::Error>;
    /// Whether two functions are equal, as `remove_done_callback` compares them.
    fn same_function(one: &Self::Function, other: &Self::Function) -> bool;
    /// What the trace calls a step that runs `function`.
    fn job(function: &Self::Function, world: &World) -> Job;
    /// The running code of `task` (or of a callback) comes to rest: time to record what it did.
    fn rests(world: &World, task: Option<&Self::Task>, done: bool);
    /// Ctrl+C arrived.
    ///
    /// # Errors
    /// `KeyboardInterrupt`, when nobody handles it.
    fn interrupt(event_loop: &Rc<EventLoop<Self>>) -> Result<(), Self::Error>;
    /// The loop is about to turn, and there are other threads: those that can run now do so first,
    /// and a loop with nothing to do waits while they run.
    ///
    /// # Errors
    /// What ends the run meanwhile.
    fn let_threads_run(_event_loop: &Rc<EventLoop<Self>>) -> Result<(), Self::Error> {
        Ok(())
    }
    /// `_process_events`: the callbacks of sockets that are ready now join the ready queue.
    ///
    /// # Errors
    /// What ends the run meanwhile.
    fn select(_event_loop: &Rc<EventLoop<Self>>) -> Result<(), Self::Error> {
        Ok(())
    }
    /// Something went wrong where nobody can catch it: `loop.call_exception_handler`.
    ///
    /// # Errors
    /// What the handler raises for a callback and must leave the loop: `KeyboardInterrupt` and `SystemExit`.
    fn report(event_loop: &Rc<EventLoop<Self>>, report: Report<'_, Self>) -> Result<(), Self::Error>;

    /// The exception for a misuse of the library.
    fn misuse(misuse: Misuse<Self>) -> Self::Error;
    /// Runs something while `error` is being handled, as inside an `except`.
    fn handling<R>(error: Option<Self::Error>, run: impl FnOnce() -> R) -> R;
    /// Where `error` came from so far.
    fn traceback(error: &Self::Error) -> Self::Traceback;
    /// `error` to be raised once more, as if it had only come from there.
    fn raise_again(error: Self::Error, traceback: Self::Traceback) -> Self::Error;
    /// A new `CancelledError`.
    fn cancelled_error(message: Option<Self::Value>) -> Self::Error;
    /// `BaseExceptionGroup(message, errors)`, without a cause or context that would be shown.
    fn error_group(message: &str, errors: Vec<Self::Error>) -> Self::Error;
    /// Keeps `error` alive until cycles are collected: in `CPython` it is part of one.
    fn hold(error: &Self::Error) {
        let _ = error;
    }
    /// A `TimeoutError` that `cause` led to (`raise TimeoutError from cause`).
    fn timeout_error(cause: &Self::Error) -> Self::Error;
    /// `Timeout._insert_timeout_error`: tells in the context of `error` (and of the members of a group)
    /// that the `CancelledError` there was a timeout's.
    fn insert_timeout_error(error: &Self::Error);
    /// Whether `error` is a `CancelledError`.
    fn is_cancelled(error: &Self::Error) -> bool;
    /// Whether `error` is `KeyboardInterrupt` or `SystemExit`, which leave the loop.
    fn is_exit(error: &Self::Error) -> bool;

    /// `None`.
    fn none() -> Self::Value;
    /// `True` or `False`.
    fn truth(truth: bool) -> Self::Value;
    /// A list.
    fn list(values: Vec<Self::Value>) -> Self::Value;
    /// The empty string.
    fn empty_text() -> Self::Value;
    /// An exception as an ordinary value.
    fn error_value(error: Self::Error) -> Self::Value;
    /// `a < b`, for priority queues.
    ///
    /// # Errors
    /// The exception that the comparison raised.
    fn less(one: &Self::Value, other: &Self::Value) -> Result<bool, Self::Error>;
    /// Bounded `repr` for the trace. Runs code of the program only where `CPython` would show it.
    fn repr(value: &Self::Value) -> String;
    /// Bounded `repr` of an exception.
    fn repr_error(error: &Self::Error) -> String;
    /// Bounded `repr` of an item that goes through a queue; never runs code of the program.
    fn repr_item(value: &Self::Value) -> String;

    /// Where suspended Rust coroutines leave what they wait for.
    fn with_mailbox<R>(read: impl FnOnce(&Mailbox<Self>) -> R) -> R;
}

/// Something that went wrong where nobody can catch it.
#[derive(Debug)]
pub enum Report<'a, H: Host> {
    /// A callback raised.
    Callback {
        /// Its handle.
        handle: &'a Rc<Handle<H>>,
        /// The function, unless it was the library's.
        function: Option<&'a H::Function>,
        /// What it raised.
        error: &'a H::Error,
    },
    /// A handle could not resume its task.
    Step {
        /// The handle.
        handle: &'a Rc<Handle<H>>,
        /// The task.
        task: &'a H::Task,
        /// Why.
        error: &'a H::Error,
    },
    /// A task of a `TaskGroup` failed after the task that owns the group was done.
    Orphan {
        /// The task that failed.
        child: &'a H::Task,
        /// The owner of the group.
        parent: &'a H::Task,
        /// The failure.
        error: &'a H::Error,
    },
    /// In debug mode: how long a step took.
    Slow {
        /// Its handle.
        handle: &'a Rc<Handle<H>>,
        /// The task, when it was a step of a task.
        task: Option<&'a H::Task>,
        /// The function, when it was a callback of the program.
        function: Option<&'a H::Function>,
        /// The time, in seconds.
        seconds: f64,
    },
}

/// How a coroutine came to rest.
#[derive(Debug)]
pub enum Resumed<H: Host> {
    /// A bare `yield`.
    Bare,
    /// It waits for a future, by `await`.
    On(H::Future),
    /// It waits for a future of another make, which knows whom to wake.
    OnOther(H::Future),
    /// It did not run: its context is entered already.
    Refused(H::Error),
    /// It yielded something that no task can wait for; the error says so.
    Bad(H::Error),
    /// It returned.
    Returned(H::Value),
    /// It raised.
    Raised(H::Error),
}

/// Wrong uses of the library, with the error classes and words of `CPython`.
#[derive(Debug)]
pub enum Misuse<H: Host> {
    /// `InvalidStateError`: a future was settled twice.
    AlreadySettled(H::Future),
    /// `InvalidStateError`: `result()` of a pending future.
    ResultNotSet,
    /// `InvalidStateError`: `exception()` of a pending future.
    ExceptionNotSet,
    /// `RuntimeError`: a coroutine was resumed before its future was done.
    AwaitWasNotUsed,
    /// `RuntimeError`: a task waits for a future of another loop.
    OtherLoop {
        /// The task.
        task: H::Task,
        /// The future.
        future: H::Future,
    },
    /// `RuntimeError`: "{owner} is bound to a different event loop".
    BoundElsewhere {
        /// `repr` of the primitive.
        owner: String,
    },
    /// `RuntimeError`: a task waits for itself.
    AwaitsItself(H::Task),
    /// `RecursionError`: a request to cancel goes round in a circle of waiting tasks.
    AwaitedInCircle,
    /// `InvalidStateError`: a task that is done was to be resumed.
    StepOfDone {
        /// The task.
        task: H::Task,
        /// What it was to be resumed with.
        error: Option<H::Error>,
    },
    /// `RuntimeError`: the loop runs already.
    LoopRunning,
    /// `RuntimeError`: the loop is closed.
    LoopClosed,
    /// `RuntimeError`: the loop was stopped before the future was done.
    StoppedEarly,
    /// `RuntimeError`: release of a lock that is not held.
    LockNotAcquired,
    /// `RuntimeError`: `Condition.wait` without the lock.
    WaitWithoutLock,
    /// `RuntimeError`: `Condition.notify` without the lock.
    NotifyWithoutLock,
    /// `ValueError`: a bounded semaphore was released too often.
    ReleasedTooOften,
    /// `ValueError`: `task_done` was called too often.
    TaskDoneTooOften,
    /// `QueueEmpty`.
    QueueEmpty,
    /// `QueueFull`.
    QueueFull,
    /// `QueueShutDown`.
    QueueShutDown,
    /// `TimeoutError`.
    TimedOut,
    /// `RuntimeError`: "Timeout has already been entered".
    TimeoutEnteredTwice,
    /// `RuntimeError`: "Timeout should be used inside a task".
    TimeoutOutsideTask,
    /// `RuntimeError`: "Timeout has not been entered".
    TimeoutNotEntered,
    /// `RuntimeError`: "Cannot change state of {0} Timeout".
    TimeoutIsOver(&'static str),
    /// `RuntimeError`: "`TaskGroup` {group} {how}".
    GroupMisused {
        /// Its `repr`.
        group: String,
        /// The rest of the sentence.
        how: &'static str,
    },
    /// `BrokenBarrierError`: "Barrier aborted".
    BarrierAborted,
    /// `BrokenBarrierError`: "Abort or reset of barrier".
    BarrierAbortedOrReset,
}
