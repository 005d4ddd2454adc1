//! Python as an embedder of the scheduler.

use std::cell::RefCell;
use std::rc::Rc;

use rustpython_vm::builtins::{PyBaseExceptionRef, PyCoroutine, PyGenerator, PyTraceback, PyWeak};
use rustpython_vm::function::{FuncArgs, KwArgs};
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::types::PyComparisonOp;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::call::Call;
use super::coroutine::LibraryCoroutine;
use super::event_loop::PyEventLoop;
use super::future::{PyFuture, future_part};
use super::library_callback::LibraryCallback;
use super::task::PyTask;
use super::wakeup::TaskWakeup;
use super::{contexts, errors, level, registry};
use crate::python::{capture, context, held, identity, inspect, lines};
use crate::sched::combine::Gather;
use crate::sched::{
    self, DoneCallback, EventLoop, FutureCell, Host, Mailbox, Misuse, NativeCallback, Report, Resumed,
    TaskCell, World,
};
use crate::trace::{EventKind, Job, WaitReason};

/// The embedder.
#[derive(Debug)]
pub(super) struct PyHost;

thread_local! {
    static MAILBOX: Mailbox<PyHost> = Mailbox::default();
}

/// Longest `repr` of a task's result in a trace, in characters.
const VALUE_CHARS: usize = 200;

pub(super) fn with_vm<R>(run: impl FnOnce(&VirtualMachine) -> R) -> R {
    rustpython_vm::vm::thread::with_current_vm(run)
}

/// The Python object of a scheduler's loop, while there is one.
pub(super) fn living_loop(event_loop: &EventLoop<PyHost>) -> Option<PyRef<PyEventLoop>> {
    let weak = event_loop.embedder()?.borrow();
    weak.as_ref()?.upgrade()?.downcast().ok()
}

impl Host for PyHost {
    type Value = PyObjectRef;
    type Error = PyBaseExceptionRef;
    type Future = PyObjectRef;
    type Task = PyRef<PyTask>;
    type Traceback = Option<PyRef<PyTraceback>>;
    type Loop = RefCell<Option<PyRef<PyWeak>>>;
    type Function = PyRef<Call>;
    type Callback = PyRef<LibraryCallback>;

    fn share(callback: NativeCallback<Self>) -> PyRef<LibraryCallback> {
        with_vm(|vm| LibraryCallback { callback }.into_ref(&vm.ctx))
    }

    fn callback(callback: &PyRef<LibraryCallback>) -> &NativeCallback<Self> {
        &callback.payload().callback
    }

    fn cell(future: &PyObjectRef) -> &FutureCell<Self> {
        future_part(future).cell()
    }

    fn task_cell(task: &PyRef<PyTask>) -> &TaskCell<Self> {
        task.cell()
    }

    fn as_future(task: &PyRef<PyTask>) -> PyObjectRef {
        task.as_object().to_owned()
    }

    fn as_task(future: &PyObjectRef) -> Option<PyRef<PyTask>> {
        future.downcast_ref::<PyTask>().map(rustpython_vm::Py::to_owned)
    }

    fn gather(future: &PyObjectRef) -> Option<&Rc<Gather<Self>>> {
        future_part(future).gather()
    }

    fn new_future(event_loop: &Rc<EventLoop<Self>>, reason: WaitReason) -> PyObjectRef {
        with_vm(|vm| PyFuture::create(event_loop, reason, None, vm))
    }

    fn cancel(future: &PyObjectRef, message: Option<PyObjectRef>) -> PyResult<bool> {
        with_vm(|vm| super::future::cancel(future, message, vm))
    }

    fn add_wakeup(future: &PyObjectRef, task: &PyRef<PyTask>) -> PyResult<()> {
        with_vm(|vm| {
            if super::future::is_exact(future, vm)
                || !super::future::replaces(future, "add_done_callback", vm)
            {
                let callback = DoneCallback::Wakeup(task.clone());
                future_part(future).cell().add_done_callback(future, callback);
                return Ok(());
            }
            call_when_done(future, task, vm)
        })
    }

    fn outcome(future: &PyObjectRef) -> PyResult {
        with_vm(|vm| {
            if super::future::is_exact(future, vm) {
                return future_part(future).cell().result();
            }
            vm.call_method(future, "result", ())
        })
    }

    fn resume(task: &PyRef<PyTask>, error: Option<PyBaseExceptionRef>) -> Resumed<Self> {
        let Some(coroutine) = task.coroutine() else {
            unreachable!("a task that is done is not resumed")
        };
        lines::begin_step();
        with_vm(|vm| {
            let rested = task.in_context(vm, move |vm| match error {
                None => send(&coroutine, vm),
                Some(error) => throw(&coroutine, error, vm),
            });
            match rested {
                Ok(Ok(PyIterReturn::Return(value))) => {
                    rested_on(task, value, vm).unwrap_or_else(Resumed::Bad)
                }
                Ok(Ok(PyIterReturn::StopIteration(value))) => Resumed::Returned(vm.unwrap_or_none(value)),
                Ok(Err(error)) => Resumed::Raised(error),
                Err(refused) => Resumed::Refused(refused),
            }
        })
    }

    fn call(function: &PyRef<Call>, future: Option<&PyObjectRef>) -> Result<(), PyBaseExceptionRef> {
        lines::begin_step();
        with_vm(|vm| function.run(future, vm))
    }

    fn same_function(one: &PyRef<Call>, other: &PyRef<Call>) -> bool {
        with_vm(|vm| {
            one.callable
                .rich_compare_bool(&other.callable, PyComparisonOp::Eq, vm)
                .unwrap_or(false)
        })
    }

    fn job(function: &PyRef<Call>, world: &World) -> Job {
        with_vm(|vm| function.job(world, vm))
    }

    fn rests(world: &World, task: Option<&PyRef<PyTask>>, done: bool) {
        let Some(task) = task else {
            return record_lines(world);
        };
        let id = task.cell().id();
        if done {
            registry::task_done(id);
            inspect::gone(id);
        } else if let Some(coroutine) = task.coroutine() {
            with_vm(|vm| inspect::rest(id, &coroutine, vm));
        }
        record_lines(world);
        if let Some(run) = context::current() {
            capture::record_open_lines(&run);
            run.breathe();
        }
    }

    fn interrupt(_: &Rc<EventLoop<Self>>) -> Result<(), PyBaseExceptionRef> {
        with_vm(|vm| {
            let signal = vm.import("signal", 0)?;
            vm.call_method(&signal, "raise_signal", (2,)).map(drop)
        })
    }

    fn let_threads_run(event_loop: &Rc<EventLoop<Self>>) -> Result<(), PyBaseExceptionRef> {
        with_vm(|vm| super::loop_rest::rest_here(event_loop, vm))
    }

    fn select(event_loop: &Rc<EventLoop<Self>>) -> Result<(), PyBaseExceptionRef> {
        let Some(event_loop) = living_loop(event_loop) else {
            return Ok(());
        };
        with_vm(|vm| vm.call_method(event_loop.as_object(), "_select", ()).map(drop))
    }

    fn report(event_loop: &Rc<EventLoop<Self>>, report: Report<'_, Self>) -> Result<(), PyBaseExceptionRef> {
        let Some(event_loop) = living_loop(event_loop) else {
            return Ok(());
        };
        with_vm(|vm| match super::reports::report(&event_loop, &report, vm) {
            Err(error) if Self::is_exit(&error) && matches!(report, Report::Callback { .. }) => Err(error),
            Err(error) => {
                vm.run_unraisable(error, None, event_loop.into());
                Ok(())
            }
            Ok(()) => Ok(()),
        })
    }

    fn handling<R>(error: Option<PyBaseExceptionRef>, run: impl FnOnce() -> R) -> R {
        let Some(error) = error else { return run() };
        let outside = with_vm(|vm| {
            let outside = vm.current_exception();
            vm.set_exception(Some(error));
            outside
        });
        let result = run();
        with_vm(|vm| vm.set_exception(outside));
        result
    }

    fn misuse(misuse: Misuse<Self>) -> PyBaseExceptionRef {
        with_vm(|vm| errors::misuse(misuse, vm))
    }

    fn cancelled_error(message: Option<PyObjectRef>) -> PyBaseExceptionRef {
        with_vm(|vm| errors::cancelled(message, vm))
    }

    fn error_group(message: &str, errors: Vec<PyBaseExceptionRef>) -> PyBaseExceptionRef {
        with_vm(|vm| errors::group(message, errors, vm))
    }

    fn hold(error: &PyBaseExceptionRef) {
        with_vm(|vm| held::hold(error.clone().into(), vm));
    }

    fn timeout_error(cause: &PyBaseExceptionRef) -> PyBaseExceptionRef {
        with_vm(|vm| errors::timed_out(cause, vm))
    }

    fn insert_timeout_error(error: &PyBaseExceptionRef) {
        with_vm(|vm| errors::insert_timeout_error(error, vm));
    }

    fn traceback(error: &PyBaseExceptionRef) -> Option<PyRef<PyTraceback>> {
        error.__traceback__()
    }

    fn raise_again(error: PyBaseExceptionRef, traceback: Option<PyRef<PyTraceback>>) -> PyBaseExceptionRef {
        error.set_traceback(traceback);
        error
    }

    fn is_cancelled(error: &PyBaseExceptionRef) -> bool {
        errors::is_cancelled(error)
    }

    fn is_exit(error: &PyBaseExceptionRef) -> bool {
        with_vm(|vm| {
            // In 3.7 `except Exception` was all that held an error back.
            level::is_37() && !error.fast_isinstance(vm.ctx.exceptions.exception_type)
                || error.fast_isinstance(vm.ctx.exceptions.keyboard_interrupt)
                || error.fast_isinstance(vm.ctx.exceptions.system_exit)
                || lines::is_out_of_budget(error)
        })
    }

    fn none() -> PyObjectRef {
        with_vm(|vm| vm.ctx.none())
    }

    fn truth(truth: bool) -> PyObjectRef {
        with_vm(|vm| vm.ctx.new_bool(truth).into())
    }

    fn list(values: Vec<PyObjectRef>) -> PyObjectRef {
        with_vm(|vm| vm.ctx.new_list(values).into())
    }

    fn empty_text() -> PyObjectRef {
        with_vm(|vm| vm.ctx.empty_str.to_owned().into())
    }

    fn error_value(error: PyBaseExceptionRef) -> PyObjectRef {
        error.into()
    }

    fn less(one: &PyObjectRef, other: &PyObjectRef) -> Result<bool, PyBaseExceptionRef> {
        with_vm(|vm| one.rich_compare_bool(other, PyComparisonOp::Lt, vm))
    }

    fn repr(value: &PyObjectRef) -> String {
        with_vm(|vm| full_repr(value, vm))
    }

    fn repr_error(error: &PyBaseExceptionRef) -> String {
        with_vm(|vm| full_repr(error.as_object(), vm))
    }

    fn repr_item(value: &PyObjectRef) -> String {
        with_vm(|vm| inspect::bounded_repr(value, vm))
    }

    fn with_mailbox<R>(read: impl FnOnce(&Mailbox<Self>) -> R) -> R {
        MAILBOX.with(read)
    }
}

fn record_lines(world: &World) {
    let lines = lines::take_lines();
    if !lines.is_empty() {
        world.emit(&EventKind::LinesRan { lines });
    }
}

/// `repr` as the program defines it, cut to what a trace keeps.
fn full_repr(value: &PyObject, vm: &VirtualMachine) -> String {
    match value.repr(vm) {
        Ok(text) => identity::shown(value, &text.as_wtf8().to_string_lossy(), vm)
            .chars()
            .take(VALUE_CHARS)
            .collect(),
        Err(error) => format!("<repr failed: {}>", error.class().name()),
    }
}

/// `coro.send(None)`.
fn send(coroutine: &PyObjectRef, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
    if let Some(python) = coroutine.downcast_ref::<PyCoroutine>() {
        return python.as_coro().send(coroutine, vm.ctx.none(), vm);
    }
    if let Some(library) = coroutine.downcast_ref::<LibraryCoroutine>() {
        return library.resume(None, vm);
    }
    if let Some(generator) = coroutine.downcast_ref::<PyGenerator>() {
        return generator.as_coro().send(coroutine, vm.ctx.none(), vm);
    }
    PyIterReturn::from_pyresult(vm.call_method(coroutine, "send", (vm.ctx.none(),)), vm)
}

/// `coro.throw(error)`.
fn throw(coroutine: &PyObjectRef, error: PyBaseExceptionRef, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
    let none = || vm.ctx.none();
    if let Some(python) = coroutine.downcast_ref::<PyCoroutine>() {
        return python
            .as_coro()
            .throw(coroutine, error.into(), none(), none(), vm);
    }
    if let Some(library) = coroutine.downcast_ref::<LibraryCoroutine>() {
        return library.resume(Some(error), vm);
    }
    if let Some(generator) = coroutine.downcast_ref::<PyGenerator>() {
        return generator
            .as_coro()
            .throw(coroutine, error.into(), none(), none(), vm);
    }
    PyIterReturn::from_pyresult(vm.call_method(coroutine, "throw", (error,)), vm)
}

/// `future.add_done_callback(task.__wakeup, context=…)`, as a method of the program.
fn call_when_done(future: &PyObjectRef, task: &PyRef<PyTask>, vm: &VirtualMachine) -> PyResult<()> {
    let context = vm.unwrap_or_none(task.context());
    let keywords: KwArgs = [("context", context)].into_iter().collect();
    let arguments = FuncArgs::new(vec![TaskWakeup::object(task, vm)], keywords);
    vm.call_method(future, "add_done_callback", arguments).map(drop)
}

/// What it means that the coroutine of `task` yielded `value`.
///
/// # Errors
/// What the next step of the task begins with.
fn rested_on(task: &PyRef<PyTask>, value: PyObjectRef, vm: &VirtualMachine) -> PyResult<Resumed<PyHost>> {
    if vm.is_none(&value) {
        return Ok(Resumed::Bare);
    }
    let repr = |object: &PyObject| full_repr(object, vm);
    let no_await = || {
        vm.new_runtime_error(format!(
            "yield was used instead of yield from in task {} with {}",
            repr(task.as_object()),
            repr(&value)
        ))
    };
    if let Some(part) = super::future::try_future_part(&value) {
        // The loop is looked at first, as in CPython.
        let here = Rc::ptr_eq(part.cell().event_loop(), task.future().cell().event_loop());
        if here && !part.cell().take_blocking() {
            return Err(no_await());
        }
        return Ok(Resumed::On(value));
    }
    let blocking = vm.ctx.intern_str("_asyncio_future_blocking");
    if let Some(waits) = vm
        .get_attribute_opt(&value, blocking)?
        .filter(|waits| !vm.is_none(waits))
    {
        let event_loop = super::future::loop_of(&value, vm)?;
        let here = task.future().owner();
        if !here.is_some_and(|here| here.as_object().is(&event_loop)) {
            return Err(vm.new_runtime_error(format!(
                "Task {} got Future {} attached to a different loop",
                repr(task.as_object()),
                repr(&value)
            )));
        }
        if !waits.try_to_bool(vm)? {
            return Err(no_await());
        }
        value.set_attr(blocking, vm.ctx.new_bool(false), vm)?;
        call_when_done(&value, task, vm)?;
        return Ok(Resumed::OnOther(value));
    }
    if value.downcast_ref::<PyGenerator>().is_some() {
        return Err(vm.new_runtime_error(format!(
            "yield was used instead of yield from for generator in task {} with {}",
            repr(task.as_object()),
            repr(&value)
        )));
    }
    Err(vm.new_runtime_error(format!("Task got bad yield: {}", repr(&value))))
}

/// Cancels by the scheduler's rule for what `future` is.
///
/// # Errors
/// `RecursionError` in a circle of tasks, and what code of the program raises.
pub(super) fn cancel_by_rule(future: &PyObjectRef, message: Option<PyObjectRef>) -> PyResult<bool> {
    if let Some(task) = PyHost::as_task(future) {
        return sched::cancel::<PyHost>(&task, message);
    }
    let part = future_part(future);
    match part.gather() {
        Some(gather) => gather.cancel(future, message.as_ref()),
        None => part.cell().cancel(future, message),
    }
}

/// A snapshot of the current context for a new callback or task.
pub(super) fn current_context(vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    contexts::copy_current(vm)
}
