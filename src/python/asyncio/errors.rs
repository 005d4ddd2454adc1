//! Exceptions of `asyncio`, and the words of its misuses.

use std::cell::RefCell;

use rustpython_vm::builtins::{PyBaseException, PyBaseExceptionRef, PyModule, PyTypeRef};
use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

use super::host::PyHost;
use super::level;
use crate::sched::Misuse;

#[derive(Clone)]
struct Classes {
    cancelled: PyTypeRef,
    invalid_state: PyTypeRef,
    queue_empty: PyTypeRef,
    queue_full: PyTypeRef,
    queue_shut_down: PyTypeRef,
    broken_barrier: PyTypeRef,
    timeout: PyTypeRef,
}

/// The module that futures of threads come from; their errors were asyncio's too.
const FUTURES: &str = "concurrent.futures._base";

thread_local! {
    /// The classes of the interpreter that runs on this thread.
    static CLASSES: RefCell<Option<Classes>> = const { RefCell::new(None) };
}

/// Creates the classes and puts them into the native module.
///
/// # Errors
/// When the module takes no attributes.
pub(super) fn define(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
    let (base, plain) = (
        vm.ctx.exceptions.base_exception_type,
        vm.ctx.exceptions.exception_type,
    );
    let new = |module: &str, name: &str, base: &'static Py<rustpython_vm::builtins::PyType>| {
        vm.ctx
            .new_exception_type(module, name, Some(vec![base.to_owned()]))
    };
    let (cancelled, invalid_state, timeout) = if level::is_37() {
        // The three had a common base, which is an ordinary exception.
        let under = |module: &str, name: &str, base: &PyTypeRef| {
            vm.ctx.new_exception_type(module, name, Some(vec![base.clone()]))
        };
        let error = new(FUTURES, "Error", plain);
        (
            under(FUTURES, "CancelledError", &error),
            under("asyncio.base_futures", "InvalidStateError", &error),
            under(FUTURES, "TimeoutError", &error),
        )
    } else {
        (
            new("asyncio.exceptions", "CancelledError", base),
            new("asyncio.exceptions", "InvalidStateError", plain),
            vm.ctx.exceptions.timeout_error.to_owned(),
        )
    };
    let classes = Classes {
        cancelled,
        invalid_state,
        timeout,
        queue_empty: new("asyncio.queues", "QueueEmpty", plain),
        queue_full: new("asyncio.queues", "QueueFull", plain),
        queue_shut_down: new("asyncio.queues", "QueueShutDown", plain),
        broken_barrier: new(
            "asyncio.exceptions",
            "BrokenBarrierError",
            vm.ctx.exceptions.runtime_error,
        ),
    };
    let named: [(&'static str, &PyTypeRef); 7] = [
        ("TimeoutError", &classes.timeout),
        ("CancelledError", &classes.cancelled),
        ("InvalidStateError", &classes.invalid_state),
        ("QueueEmpty", &classes.queue_empty),
        ("QueueFull", &classes.queue_full),
        ("QueueShutDown", &classes.queue_shut_down),
        ("BrokenBarrierError", &classes.broken_barrier),
    ];
    for (name, class) in named {
        module.set_attr(vm.ctx.intern_str(name), class.clone(), vm)?;
    }
    CLASSES.set(Some(classes));
    Ok(())
}

fn class(choose: impl FnOnce(&Classes) -> &PyTypeRef) -> PyTypeRef {
    CLASSES.with_borrow(|classes| match classes {
        Some(classes) => choose(classes).clone(),
        None => unreachable!("asyncio is used before it is imported"),
    })
}

/// A new `CancelledError`.
pub(super) fn cancelled(message: Option<PyObjectRef>, vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_exception(class(|classes| &classes.cancelled), message.into_iter().collect())
}

/// Whether `error` is a `CancelledError`.
pub(super) fn is_cancelled(error: &PyBaseExceptionRef) -> bool {
    error.fast_isinstance(&class(|classes| &classes.cancelled))
}

/// A new `InvalidStateError`.
pub(super) fn invalid_state(message: &str, vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_exception_msg(class(|classes| &classes.invalid_state), message.into())
}

fn broken_barrier(message: &str, vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_exception_msg(class(|classes| &classes.broken_barrier), message.into())
}

/// What the interpreter does when an exception is raised: it happened while another one was handled.
pub(super) fn raised_in_context(error: &PyBaseExceptionRef, vm: &VirtualMachine) {
    let handled = vm
        .sys_module
        .get_attr("exception", vm)
        .and_then(|exception| exception.call((), vm));
    let Ok(Ok(handled)) = handled.map(PyObjectRef::downcast::<PyBaseException>) else {
        return;
    };
    if handled.is(error) {
        return;
    }
    // The exception may be in the context of the other one already: no circles.
    let mut seen = vec![handled.clone()];
    let mut next = handled.clone();
    while let Some(context) = next.__context__() {
        if context.is(error) {
            next.set_context(None);
            break;
        }
        if seen.iter().any(|seen| seen.is(&context)) {
            break;
        }
        seen.push(context.clone());
        next = context;
    }
    error.set_context(Some(handled));
}

fn repr(object: &PyObjectRef, vm: &VirtualMachine) -> String {
    object.repr(vm).map_or_else(
        |_| "?".to_owned(),
        |text| text.as_wtf8().to_string_lossy().into_owned(),
    )
}

/// `BaseExceptionGroup(message, errors)`: an `ExceptionGroup` when all of them are `Exception`s.
pub(super) fn group(
    message: &str,
    errors: Vec<PyBaseExceptionRef>,
    vm: &VirtualMachine,
) -> PyBaseExceptionRef {
    let errors = vm.ctx.new_list(errors.into_iter().map(Into::into).collect());
    let class = vm.builtins.get_attr("BaseExceptionGroup", vm);
    let made = class.and_then(|class| class.call((vm.ctx.new_str(message), errors), vm));
    match made.map(PyObjectRef::downcast::<PyBaseException>) {
        Ok(Ok(group)) => {
            // `raise … from None`
            group.set_cause(None);
            group
        }
        Ok(Err(_)) => unreachable!("an exception group is an exception"),
        Err(error) => error,
    }
}

/// A `TimeoutError` raised from `cause`.
pub(super) fn timed_out(cause: &PyBaseExceptionRef, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let error = vm.new_exception(class(|classes| &classes.timeout), Vec::new());
    error.set_cause(Some(cause.clone()));
    error.set_context(Some(cause.clone()));
    error
}

/// `Timeout._insert_timeout_error`: explains a `CancelledError` in the context of `error`.
pub(super) fn insert_timeout_error(error: &PyBaseExceptionRef, vm: &VirtualMachine) {
    let mut next = error.clone();
    while let Some(context) = next.__context__() {
        if is_cancelled(&context) {
            let explained = timed_out(&context, vm);
            next.set_context(Some(explained));
            break;
        }
        next = context;
    }
    let members = error.as_object().get_attr("exceptions", vm);
    let members: Vec<PyObjectRef> = members
        .and_then(|members| members.try_to_value(vm))
        .unwrap_or_default();
    for member in members {
        if let Ok(member) = member.downcast() {
            insert_timeout_error(&member, vm);
        }
    }
}

/// The exception for a misuse, in the words of `CPython`.
pub(super) fn misuse(misuse: Misuse<PyHost>, vm: &VirtualMachine) -> PyBaseExceptionRef {
    match misuse {
        Misuse::AlreadySettled(_) => invalid_state("invalid state", vm),
        Misuse::ResultNotSet => invalid_state("Result is not set.", vm),
        Misuse::ExceptionNotSet => invalid_state("Exception is not set.", vm),
        Misuse::AwaitWasNotUsed => vm.new_runtime_error("await wasn't used with future"),
        Misuse::OtherLoop { task, future } => vm.new_runtime_error(format!(
            "Task {} got Future {} attached to a different loop",
            repr(&task.into(), vm),
            repr(&future, vm)
        )),
        Misuse::BoundElsewhere { owner } => {
            vm.new_runtime_error(format!("{owner} is bound to a different event loop"))
        }
        Misuse::AwaitsItself(task) => {
            vm.new_runtime_error(format!("Task cannot await on itself: {}", repr(&task.into(), vm)))
        }
        Misuse::AwaitedInCircle => vm.new_recursion_error("maximum recursion depth exceeded".to_owned()),
        Misuse::StepOfDone { task, error } => {
            let (task, error) = (task.into(), vm.unwrap_or_none(error.map(Into::into)));
            let text = format!("__step(): already done: {} {}", repr(&task, vm), repr(&error, vm));
            invalid_state(&text, vm)
        }
        Misuse::LoopRunning => vm.new_runtime_error("This event loop is already running"),
        Misuse::LoopClosed => vm.new_runtime_error("Event loop is closed"),
        Misuse::StoppedEarly => vm.new_runtime_error("Event loop stopped before Future completed."),
        Misuse::LockNotAcquired => vm.new_runtime_error("Lock is not acquired."),
        Misuse::WaitWithoutLock => vm.new_runtime_error("cannot wait on un-acquired lock"),
        Misuse::NotifyWithoutLock => vm.new_runtime_error("cannot notify on un-acquired lock"),
        Misuse::ReleasedTooOften => vm.new_value_error("BoundedSemaphore released too many times"),
        Misuse::TaskDoneTooOften => vm.new_value_error("task_done() called too many times"),
        Misuse::QueueEmpty => vm.new_exception(class(|classes| &classes.queue_empty), Vec::new()),
        Misuse::QueueFull => vm.new_exception(class(|classes| &classes.queue_full), Vec::new()),
        Misuse::QueueShutDown => vm.new_exception(class(|classes| &classes.queue_shut_down), Vec::new()),
        Misuse::TimedOut => vm.new_exception(class(|classes| &classes.timeout), Vec::new()),
        Misuse::TimeoutEnteredTwice => vm.new_runtime_error("Timeout has already been entered"),
        Misuse::TimeoutOutsideTask => vm.new_runtime_error("Timeout should be used inside a task"),
        Misuse::TimeoutNotEntered => vm.new_runtime_error("Timeout has not been entered"),
        Misuse::TimeoutIsOver(state) => {
            vm.new_runtime_error(format!("Cannot change state of {state} Timeout"))
        }
        Misuse::GroupMisused { group, how } => vm.new_runtime_error(format!("TaskGroup {group} {how}")),
        Misuse::BarrierAborted => broken_barrier("Barrier aborted", vm),
        Misuse::BarrierAbortedOrReset => broken_barrier("Abort or reset of barrier", vm),
    }
}
