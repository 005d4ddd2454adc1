//! The event loop object.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use rustpython_derive::pyclass;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyType};
use rustpython_vm::function::{ArgIntoFloat, FuncArgs, KwArgs, PosArgs};
use rustpython_vm::types::{Constructor, Initializer};
use rustpython_vm::{AsObject, FromArgs, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::arguments::Factory;
use super::call::Call;
use super::cycles::{Keeps, SeeObject, see_kept};
use super::future::try_future_part;
use super::handle;
use super::host::{PyHost, current_context};
use super::library::{deadlocked, library_call};
use super::loop_rest::LoopRun;
use super::registry;
use super::task::{NewTask, PyTask};
use super::wakeup::TaskWakeup;
use crate::python::{context, lines};
use crate::sched::{EventLoop, Stop};
use crate::trace::Budget;

/// The event loop object. The public class derives from it in Python.
#[pyclass(module = "_loopscope", name = "EventLoop", traverse = "manual")]
#[derive(PyPayload, Default)]
pub(super) struct PyEventLoop {
    /// Filled by `__init__`.
    sched: OnceCell<Rc<EventLoop<PyHost>>>,
    task_factory: RefCell<Option<PyObjectRef>>,
    /// What `set_debug` was given.
    debug: RefCell<Option<PyObjectRef>>,
}

impl std::fmt::Debug for PyEventLoop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.sched.fmt(f)
    }
}

#[derive(FromArgs)]
struct SoonArgs {
    #[pyarg(any)]
    callback: PyObjectRef,
}

#[derive(FromArgs)]
struct LaterArgs {
    #[pyarg(any)]
    delay: PyObjectRef,
    #[pyarg(any)]
    callback: PyObjectRef,
}

#[derive(FromArgs)]
struct AtArgs {
    #[pyarg(any)]
    when: PyObjectRef,
    #[pyarg(any)]
    callback: PyObjectRef,
}

/// Arguments of `create_task`.
#[derive(FromArgs)]
pub(super) struct TaskArgs {
    #[pyarg(any)]
    pub(super) coro: PyObjectRef,
    #[pyarg(named, default, py_default = "None")]
    pub(super) name: Option<PyObjectRef>,
    #[pyarg(named, default, py_default = "None")]
    pub(super) context: Option<PyObjectRef>,
}

#[derive(FromArgs)]
struct ContextArg {
    #[pyarg(named, default, py_default = "None")]
    context: Option<PyObjectRef>,
}

impl Constructor for PyEventLoop {
    type Args = FuncArgs;

    fn py_new(_class: &Py<PyType>, _args: FuncArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self::default())
    }
}

impl Initializer for PyEventLoop {
    type Args = FuncArgs;

    fn init(zelf: &Py<Self>, _args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
        let Some(run) = context::current() else {
            unreachable!("programs run inside a run")
        };
        let sched = zelf.sched.get_or_init(|| EventLoop::new(Rc::clone(&run.world)));
        let weak = zelf.as_object().downgrade(None, vm)?;
        sched.set_embedder(RefCell::new(Some(weak)));
        Ok(())
    }
}

impl PyEventLoop {
    /// The scheduler's loop.
    pub(super) fn sched(&self) -> &Rc<EventLoop<PyHost>> {
        match self.sched.get() {
            Some(sched) => sched,
            None => unreachable!("a loop is initialised before it is used"),
        }
    }

    /// `get_debug()`.
    pub(super) fn is_debugging(&self) -> bool {
        self.sched.get().is_some_and(|sched| sched.is_debug())
    }

    /// What the scheduler's end of a run means for the program.
    pub(super) fn stopped(&self, stop: Stop<PyBaseExceptionRef>, vm: &VirtualMachine) -> PyBaseExceptionRef {
        let Some(run) = context::current() else {
            unreachable!("programs run inside a run")
        };
        match stop {
            Stop::Raised(error) => return error,
            Stop::Deadlock => run.stop(deadlocked(&run, vm)),
            Stop::OutOfSteps => run.exhaust(Budget::Steps, u64::from(self.sched().world().max_steps())),
        }
        lines::check_soon();
        lines::out_of_budget(vm)
    }

    /// Whether it may run, in this thread and now.
    pub(super) fn check_may_run(&self, vm: &VirtualMachine) -> PyResult<()> {
        self.sched().check_open()?;
        if self.sched().is_running() {
            return Err(vm.new_runtime_error("This event loop is already running"));
        }
        if registry::running_loop().is_some() {
            return Err(vm.new_runtime_error("Cannot run the event loop while another loop is running"));
        }
        Ok(())
    }

    fn as_running<R>(
        zelf: &PyRef<Self>,
        vm: &VirtualMachine,
        run: impl FnOnce(&Rc<EventLoop<PyHost>>) -> Result<R, Stop<PyBaseExceptionRef>>,
    ) -> PyResult<R> {
        zelf.check_may_run(vm)?;
        if let Some(run) = context::current() {
            lines::record_outside(&run);
        }
        let outside = registry::set_running_loop(Some(zelf.clone()));
        let ended = run(zelf.sched());
        registry::set_running_loop(outside);
        ended.map_err(|stop| zelf.stopped(stop, vm))
    }

    /// A new task, as the loop's own `create_task` makes it.
    pub(super) fn new_task(
        zelf: &PyRef<Self>,
        coroutine: PyObjectRef,
        name: Option<PyObjectRef>,
        context: Option<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let keywords = [("name", name), ("context", context)];
        let given = keywords
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?)));
        let arguments = FuncArgs::new(vec![coroutine], given.collect::<KwArgs>());
        let task = vm.call_method(zelf.as_object(), "create_task", arguments)?;
        if zelf.is_debugging() {
            library_call("format_helpers", "_made_by_library", vec![task.clone()], vm)?;
        }
        Ok(task)
    }
}

impl Keeps for PyEventLoop {
    fn each_object(&self, see: &mut SeeObject<'_>) {
        if let Some(sched) = self.sched.get() {
            sched.each_kept(&mut |kept| see_kept(kept, see));
        }
        if let Ok(Some(factory)) = self.task_factory.try_borrow().as_deref() {
            see(factory);
        }
        if let Ok(Some(debug)) = self.debug.try_borrow().as_deref() {
            see(debug);
        }
    }
}

/// Calls inside the library of `CPython` between `call_soon` or `call_at` and the place where the
/// stack is kept; one more for `call_later`.
const FRAMES_OF_CALL: usize = 2;

/// Callbacks are looked at in debug mode; otherwise calling them tells what is wrong.
fn check_in_debug(
    event_loop: &Py<PyEventLoop>,
    callback: &PyObjectRef,
    method: &str,
    vm: &VirtualMachine,
) -> PyResult<()> {
    if !event_loop.is_debugging() {
        return Ok(());
    }
    vm.call_method(event_loop.as_object(), "_check_thread", ())?;
    vm.call_method(
        event_loop.as_object(),
        "_check_callback",
        (callback.clone(), method),
    )
    .map(drop)
}

fn call_of(
    event_loop: &Py<PyEventLoop>,
    callback: PyObjectRef,
    (arguments, context): (PosArgs, ContextArg),
    hidden: usize,
    vm: &VirtualMachine,
) -> PyResult<PyRef<Call>> {
    let context = match context.context.filter(|context| !vm.is_none(context)) {
        Some(context) => Some(context),
        None => current_context(vm)?,
    };
    let call = Call::new(callback, arguments.into_vec(), context, vm);
    if event_loop.is_debugging() {
        call.remember_source(hidden, vm)?;
    }
    Ok(call)
}

fn soon_of(event_loop: &Py<PyEventLoop>, call: PyRef<Call>, vm: &VirtualMachine) -> PyResult {
    let handle = event_loop.sched().call_soon(call.clone())?;
    handle::shown(event_loop.as_object().to_owned(), &call, &handle, None, vm)
}

fn at_of(
    event_loop: &Py<PyEventLoop>,
    when: PyObjectRef,
    callback: PyObjectRef,
    given: (PosArgs, ContextArg),
    hidden: usize,
    vm: &VirtualMachine,
) -> PyResult {
    event_loop.sched().check_open()?;
    check_in_debug(event_loop, &callback, "call_at", vm)?;
    let moment = seconds(&when, vm)?;
    let call = call_of(event_loop, callback, given, hidden, vm)?;
    let handle = event_loop.sched().call_at(moment, call.clone())?;
    handle::shown(event_loop.as_object().to_owned(), &call, &handle, Some(when), vm)
}

#[pyclass(flags(BASETYPE, HAS_DICT, HAS_WEAKREF), with(Constructor, Initializer))]
impl PyEventLoop {
    #[pymethod]
    fn time(zelf: &Py<Self>) -> f64 {
        let world = zelf.sched().world();
        let now = if lines::program_is_calling() {
            world.program_read()
        } else {
            world.now()
        };
        now.as_secs_f64()
    }

    #[pymethod]
    fn call_soon(
        zelf: &Py<Self>,
        soon: SoonArgs,
        args: PosArgs,
        context: ContextArg,
        vm: &VirtualMachine,
    ) -> PyResult {
        zelf.sched().check_open()?;
        check_in_debug(zelf, &soon.callback, "call_soon", vm)?;
        if let Some(task) = TaskWakeup::task_of(&soon.callback)
            && let [future] = args.as_ref()
        {
            let handle = zelf.sched().wake_soon(task, future.clone());
            let call = call_of(zelf, soon.callback, (args, context), FRAMES_OF_CALL, vm)?;
            return handle::shown(zelf.as_object().to_owned(), &call, &handle, None, vm);
        }
        soon_of(
            zelf,
            call_of(zelf, soon.callback, (args, context), FRAMES_OF_CALL, vm)?,
            vm,
        )
    }

    #[pymethod]
    fn call_soon_threadsafe(
        zelf: &Py<Self>,
        soon: SoonArgs,
        args: PosArgs,
        context: ContextArg,
        vm: &VirtualMachine,
    ) -> PyResult {
        zelf.sched().check_open()?;
        if zelf.is_debugging() {
            vm.call_method(
                zelf.as_object(),
                "_check_callback",
                (soon.callback.clone(), "call_soon_threadsafe"),
            )?;
        }
        let call = call_of(zelf, soon.callback, (args, context), FRAMES_OF_CALL, vm)?;
        let handle = soon_of(zelf, call, vm)?;
        zelf.sched().wake_up();
        Ok(handle)
    }

    /// Schedules a handle once more, as for a signal.
    #[pymethod]
    fn _add_callback_signalsafe(zelf: &Py<Self>, handle: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        soon_of(zelf, handle::call_of(&handle, vm)?, vm)?;
        zelf.sched().wake_up();
        Ok(())
    }

    #[pymethod]
    fn call_later(
        zelf: &Py<Self>,
        later: LaterArgs,
        args: PosArgs,
        context: ContextArg,
        vm: &VirtualMachine,
    ) -> PyResult {
        if vm.is_none(&later.delay) {
            return Err(vm.new_type_error("delay must not be None"));
        }
        let now = vm.ctx.new_float(zelf.sched().time());
        let when = vm._add(now.as_object(), &later.delay)?;
        at_of(
            zelf,
            when,
            later.callback,
            (args, context),
            FRAMES_OF_CALL + 1,
            vm,
        )
    }

    #[pymethod]
    fn call_at(
        zelf: &Py<Self>,
        later: AtArgs,
        args: PosArgs,
        context: ContextArg,
        vm: &VirtualMachine,
    ) -> PyResult {
        if vm.is_none(&later.when) {
            return Err(vm.new_type_error("when cannot be None"));
        }
        at_of(
            zelf,
            later.when,
            later.callback,
            (args, context),
            FRAMES_OF_CALL,
            vm,
        )
    }

    #[pymethod]
    fn set_task_factory(zelf: &Py<Self>, given: Factory, vm: &VirtualMachine) -> PyResult<()> {
        let factory = given.factory;
        if !vm.is_none(&factory) && !factory.is_callable() {
            return Err(vm.new_type_error("task factory must be a callable or None"));
        }
        *zelf.task_factory.borrow_mut() = Some(factory).filter(|factory| !vm.is_none(factory));
        Ok(())
    }

    #[pymethod]
    fn get_task_factory(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.unwrap_or_none(zelf.task_factory.borrow().clone())
    }

    /// `run_forever` without what the Python part does around it.
    #[pymethod]
    fn _run_forever(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<()> {
        Self::as_running(&zelf, vm, EventLoop::run_forever)
    }

    #[pymethod]
    fn _run_once(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched().run_once().map_err(|stop| zelf.stopped(stop, vm))
    }

    /// `run_until_complete` of a future of ours, without what the Python part does around it; `is_new`
    /// tells that the library made it.
    #[pymethod]
    fn _run_until_complete(
        zelf: PyRef<Self>,
        future: PyObjectRef,
        is_new: bool,
        vm: &VirtualMachine,
    ) -> PyResult {
        let ended = Self::as_running(&zelf, vm, |sched| sched.run_until_complete(&future));
        if ended.is_err()
            && is_new
            && let Some(part) = try_future_part(&future)
        {
            part.cell().mark_retrieved();
        }
        ended
    }

    /// To be awaited by a thread: `run_forever`, with the hooks for asynchronous generators.
    #[pymethod]
    fn _loop_run(zelf: PyRef<Self>, first_iterated: PyObjectRef, finalized: PyObjectRef) -> LoopRun {
        LoopRun::new(zelf, first_iterated, finalized)
    }

    #[pymethod]
    fn stop(zelf: &Py<Self>) {
        zelf.sched().stop();
    }

    #[pymethod]
    fn _close(zelf: &Py<Self>) -> PyResult<()> {
        zelf.sched().close()
    }

    #[pymethod]
    fn is_running(zelf: &Py<Self>) -> bool {
        zelf.sched().is_running()
    }

    #[pymethod]
    fn is_closed(zelf: &Py<Self>) -> bool {
        zelf.sched().is_closed()
    }

    #[pymethod]
    fn _check_closed(zelf: &Py<Self>) -> PyResult<()> {
        zelf.sched().check_open()
    }

    #[pymethod]
    fn get_debug(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        let given = zelf.debug.borrow().clone();
        given.unwrap_or_else(|| vm.ctx.new_bool(false).into())
    }

    /// `set_debug` without what the Python part does beside it.
    #[pymethod]
    fn _set_debug(zelf: &Py<Self>, enabled: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched().set_debug(enabled.clone().try_to_bool(vm)?);
        *zelf.debug.borrow_mut() = Some(enabled);
        Ok(())
    }

    /// In debug mode: the handle of the callback that runs.
    #[pygetset]
    fn _current_handle(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        match zelf.sched().current_call() {
            Some((handle, call)) => handle::shown(zelf.as_object().to_owned(), &call, &handle, None, vm),
            None => Ok(vm.ctx.none()),
        }
    }

    /// Whether nothing is ready or due now.
    #[pymethod]
    fn _is_idle(zelf: &Py<Self>) -> bool {
        zelf.sched().is_idle()
    }

    /// A task of the loop's own clean-up.
    #[pymethod]
    fn _create_hidden_task(zelf: PyRef<Self>, coroutine: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let new = NewTask {
            coroutine,
            name: None,
            context: None,
            hidden: true,
            eager: false,
        };
        Ok(PyTask::spawn(&zelf, new, vm)?.into())
    }

    /// Uses up the number of a task that need not be made.
    #[pymethod]
    fn _skip_task_number(zelf: &Py<Self>) {
        zelf.sched().world().next_task_name();
    }
}

/// A number of seconds.
pub(super) fn seconds(object: &PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
    let number: ArgIntoFloat = object.clone().try_into_value(vm)?;
    Ok(number.into_float())
}
