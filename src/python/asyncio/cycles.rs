//! Our classes for the cycle collector: what their objects keep alive.
//!
//! A task, what it waits for and the callbacks of that hold each other, so most
//! tasks that are forgotten while they wait are cycles. A reference that is not
//! told here only delays an end; one that is told twice would bring one about.

use rustpython_vm::object::{Traverse, TraverseFn};
use rustpython_vm::{AsObject, PyObject};

use super::call::Call;
use super::condition::PyCondition;
use super::coroutine::LibraryCoroutine;
use super::event_loop::PyEventLoop;
use super::future::PyFuture;
use super::future_iterator::FutureIterator;
use super::groups::{PyAsCompleted, PyBarrier, PyTaskGroup, PyTimeout};
use super::handle::{PyHandle, PyTimerHandle};
use super::host::PyHost;
use super::library_callback::LibraryCallback;
use super::locks::{PyEvent, PyLock, PySemaphore};
use super::queues::PyQueue;
use super::task::PyTask;
use super::wakeup::TaskWakeup;
use crate::sched::Kept;

/// Takes the objects that something keeps alive, one by one.
pub(super) type SeeObject<'a> = dyn FnMut(&PyObject) + 'a;

/// Something that keeps objects alive.
pub(super) trait Keeps {
    /// Tells them all, each reference once. Nothing of the program runs meanwhile.
    fn each_object(&self, see: &mut SeeObject<'_>);
}

/// The object behind a reference of the scheduler.
pub(super) fn see_kept(kept: Kept<'_, PyHost>, see: &mut SeeObject<'_>) {
    match kept {
        Kept::Value(object) | Kept::Future(object) => see(object),
        Kept::Error(error) => see(error.as_object()),
        Kept::Traceback(Some(traceback)) => see(traceback.as_object()),
        Kept::Traceback(None) => {}
        Kept::Task(task) => see(task.as_object()),
        Kept::Function(call) => see(call.as_object()),
        Kept::Callback(callback) => see(callback.as_object()),
    }
}

macro_rules! collectable {
    ($($class:ident),+) => {$(
        #[expect(unsafe_code, reason = "the collector believes what it is told")]
        // SAFETY: every reference is owned by the object that tells it, and told once.
        unsafe impl Traverse for $class {
            fn traverse(&self, traverse_fn: &mut TraverseFn<'_>) {
                self.each_object(&mut |object| traverse_fn(object));
            }
        }
    )+};
}

collectable!(
    Call,
    FutureIterator,
    LibraryCallback,
    LibraryCoroutine,
    PyAsCompleted,
    PyBarrier,
    PyCondition,
    PyEvent,
    PyEventLoop,
    PyFuture,
    PyHandle,
    PyLock,
    PyQueue,
    PySemaphore,
    PyTask,
    PyTaskGroup,
    PyTimeout,
    PyTimerHandle,
    TaskWakeup
);

macro_rules! keeps_what_sched_keeps {
    ($($class:ident),+) => {$(
        impl Keeps for $class {
            fn each_object(&self, see: &mut SeeObject<'_>) {
                if let Some(sched) = self.known() {
                    sched.each_kept(&mut |kept| see_kept(kept, see));
                }
            }
        }
    )+};
}

keeps_what_sched_keeps!(
    PyAsCompleted,
    PyBarrier,
    PyEvent,
    PyLock,
    PySemaphore,
    PyTaskGroup
);

macro_rules! keeps_when_alone {
    ($($class:ident),+) => {$(
        /// Callbacks and timers may share what is inside; as long as they do, nothing is told.
        impl Keeps for $class {
            fn each_object(&self, see: &mut SeeObject<'_>) {
                if let Some(sched) = self.known().filter(|sched| std::rc::Rc::strong_count(sched) == 1) {
                    sched.each_kept(&mut |kept| see_kept(kept, see));
                }
            }
        }
    )+};
}

keeps_when_alone!(PyTimeout);
