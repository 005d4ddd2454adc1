//! Functions of the library that run often, or that need the scheduler.

use std::collections::BTreeMap;
use std::rc::Rc;

use rustpython_vm::builtins::{PyFloat, PyGenerator, PyInt, PyModule, PySet};
use rustpython_vm::function::PosArgs;
use rustpython_vm::types::PyComparisonOp;
use rustpython_vm::{AsObject, FromArgs, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::arguments::{Arg, Obj, function};
use super::coroutine::LibraryCoroutine;
use super::event_loop::{PyEventLoop, seconds};
use super::future::{PyFuture, future_part, is_exact, loop_of, loop_or_current, replaces, try_future_part};
use super::host::{PyHost, with_vm};
use super::library::library_call;
use super::task::{PyTask, is_coroutine};
use super::{level, registry};
use crate::python::set_order;
use crate::sched::combine::{self, Delay, ReturnWhen};
use crate::sched::{Description, Resource};
use crate::trace::level::{GENERATORS, WAIT_ON_COROUTINES};
use crate::trace::{ResourceId, ResourceKind, Via, WaitReason};

/// Puts the functions into the native module.
///
/// # Errors
/// When the module takes no attributes.
pub(super) fn define(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
    let functions = [
        function!(vm, "asyncio.tasks", "sleep", "(delay, result=None)", sleep),
        function!(
            vm,
            "asyncio.tasks",
            "gather",
            "(*coros_or_futures, return_exceptions=False)",
            gather
        ),
        function!(
            vm,
            "asyncio.tasks",
            "wait",
            "(fs, *, timeout=None, return_when='ALL_COMPLETED')",
            wait
        ),
        function!(vm, "asyncio.tasks", "shield", "(arg)", shield),
        function!(vm, "asyncio.tasks", "wait_for_no_time", "(fut)", wait_for_no_time),
        function!(
            vm,
            "asyncio.tasks",
            "ensure_future",
            "(coro_or_future, *, loop=None)",
            ensure_future
        ),
        function!(vm, "_loopscope", "look_at_sockets", "(obj)", look_at_sockets),
        function!(vm, "asyncio.base_futures", "isfuture", "(obj)", isfuture),
        function!(vm, "asyncio.coroutines", "iscoroutine", "(obj)", iscoroutine),
        function!(vm, "_asyncio", "get_running_loop", "()", get_running_loop),
        function!(vm, "_asyncio", "get_event_loop", "()", get_event_loop),
        function!(vm, "_asyncio", "_get_running_loop", "()", running_loop_or_none),
        function!(vm, "_asyncio", "_set_running_loop", "(loop, /)", set_running_loop),
        function!(
            vm,
            "_loopscope",
            "_settles_natively",
            "(future, /)",
            settles_natively
        ),
        function!(
            vm,
            "_loopscope",
            "_executor_future",
            "(loop, pool, /)",
            executor_future
        ),
    ];
    for (name, function) in functions {
        module.set_attr(vm.ctx.intern_str(name), function, vm)?;
    }
    Ok(())
}

/// Whether a future is ours and has no methods of its own that would have to be called.
fn settles_natively(future: PyObjectRef, vm: &VirtualMachine) -> bool {
    const CALLED: [&str; 6] = [
        "add_done_callback",
        "remove_done_callback",
        "done",
        "cancelled",
        "exception",
        "result",
    ];
    is_exact(&future, vm)
        || try_future_part(&future).is_some() && !CALLED.iter().any(|name| replaces(&future, name, vm))
}

/// A future for a job of a pool; without one, for something that another thread settles.
fn executor_future(event_loop: PyRef<PyEventLoop>, pool: u32, vm: &VirtualMachine) -> PyObjectRef {
    let sched = event_loop.sched();
    let pool = if pool == 0 {
        let description = Description::new(ResourceKind::Executor, "");
        Resource::create(sched.world(), description).id()
    } else {
        ResourceId(pool)
    };
    PyFuture::create(sched, WaitReason::Executor(pool), None, vm)
}

#[derive(FromArgs)]
struct SleepArgs {
    #[pyarg(any)]
    delay: PyObjectRef,
    #[pyarg(any, default, py_default = "None")]
    result: Option<PyObjectRef>,
}

fn sleep(args: SleepArgs, vm: &VirtualMachine) -> PyRef<LibraryCoroutine> {
    LibraryCoroutine::create_anywhere("sleep", vm, move |event_loop| async move {
        let (delay, result) = with_vm(|vm| delay_of(args, vm))?;
        if delay.seconds > 0.0 && event_loop.embedder().is_none() {
            with_vm(registry::require_running_loop)?;
        }
        combine::sleep::<PyHost>(event_loop, delay, result).await
    })
}

fn delay_of(args: SleepArgs, vm: &VirtualMachine) -> PyResult<(Delay, PyObjectRef)> {
    let result = vm.unwrap_or_none(args.result);
    if is_over(&args.delay, vm)? {
        let (seconds, text) = (0.0, String::new());
        return Ok((Delay { seconds, text }, result));
    }
    let text = args.delay.repr(vm)?.as_wtf8().to_string_lossy().into_owned();
    let seconds = seconds(&args.delay, vm)?;
    if seconds.is_nan() {
        return Err(vm.new_value_error("Invalid delay: NaN (not a number)"));
    }
    Ok((Delay { seconds, text }, result))
}

/// `delay <= 0`. Most delays are plain numbers, which need not be asked as objects.
fn is_over(delay: &PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
    if let Some(number) = delay.downcast_ref_if_exact::<PyInt>(vm) {
        return Ok(number.as_bigint() <= vm.ctx.new_int(0).as_bigint());
    }
    if let Some(number) = delay.downcast_ref_if_exact::<PyFloat>(vm) {
        return Ok(number.to_f64() <= 0.0);
    }
    // The comparison raises what CPython raises for things that are no numbers.
    let zero = vm.ctx.new_int(0);
    delay.rich_compare_bool(zero.as_object(), PyComparisonOp::Le, vm)
}

#[derive(FromArgs)]
struct GatherArgs {
    #[pyarg(named, default = false)]
    return_exceptions: bool,
}

fn gather(awaitables: PosArgs, args: GatherArgs, vm: &VirtualMachine) -> PyResult {
    let mut event_loop: Option<PyRef<PyEventLoop>> = None;
    let mut known: BTreeMap<usize, PyObjectRef> = BTreeMap::new();
    let mut children = Vec::new();
    for awaitable in awaitables.into_vec() {
        let identity = awaitable.get_id();
        let child = if let Some(child) = known.get(&identity) {
            child.clone()
        } else {
            let child = ensure_own_future(awaitable.clone(), event_loop.as_ref(), vm)?;
            if !child.is(&awaitable)
                && let Some(task) = child.downcast_ref::<PyTask>()
            {
                task.be_quiet();
            }
            known.insert(identity, child.clone());
            child
        };
        if event_loop.is_none() {
            event_loop = future_part(&child).owner();
        }
        children.push(child);
    }
    let Some(event_loop) = event_loop else {
        let event_loop = loop_or_current(None, vm)?;
        let outer = PyFuture::create(event_loop.sched(), WaitReason::Bare, None, vm);
        future_part(&outer)
            .cell()
            .set_result(&outer, vm.ctx.new_list(Vec::new()).into(), Via::Call)?;
        return Ok(outer);
    };
    let sched = event_loop.sched();
    Ok(combine::gather::<PyHost>(
        sched,
        children,
        args.return_exceptions,
        |gather, reason| PyFuture::create(sched, reason, Some(gather), vm),
    ))
}

#[derive(FromArgs)]
struct WaitArgs {
    #[pyarg(any)]
    fs: PyObjectRef,
    #[pyarg(named, default, py_default = "None")]
    timeout: Option<PyObjectRef>,
    #[pyarg(named, default, py_default = "None")]
    return_when: Option<PyObjectRef>,
}

fn wait(args: WaitArgs, vm: &VirtualMachine) -> PyRef<LibraryCoroutine> {
    LibraryCoroutine::create("wait", vm, move |event_loop| async move {
        let (futures, timeout, when) = with_vm(|vm| wait_arguments(args, vm))?;
        let futures = combine::wait_for_futures::<PyHost>(event_loop, futures, timeout, when).await?;
        with_vm(|vm| {
            let (done, pending): (Vec<_>, Vec<_>) = futures
                .into_iter()
                .partition(|future| future_part(future).cell().is_done());
            Ok(vm
                .ctx
                .new_tuple(vec![set_of(done, vm)?, set_of(pending, vm)?])
                .into())
        })
    })
}

fn wait_arguments(
    args: WaitArgs,
    vm: &VirtualMachine,
) -> PyResult<(Vec<PyObjectRef>, Option<f64>, ReturnWhen)> {
    if try_future_part(&args.fs).is_some() || is_coroutine(&args.fs, vm) {
        let class = args.fs.class().name().to_string();
        return Err(vm.new_type_error(format!("expect a list of futures, not {class}")));
    }
    if !args.fs.clone().try_to_bool(vm)? {
        return Err(vm.new_value_error("Set of Tasks/Futures is empty."));
    }
    let when = match args.return_when {
        None => ReturnWhen::AllCompleted,
        Some(when) => match when.str(vm)?.as_wtf8().to_string_lossy().as_ref() {
            "ALL_COMPLETED" => ReturnWhen::AllCompleted,
            "FIRST_COMPLETED" => ReturnWhen::FirstCompleted,
            "FIRST_EXCEPTION" => ReturnWhen::FirstException,
            other => return Err(vm.new_value_error(format!("Invalid return_when value: {other}"))),
        },
    };
    let given: Vec<PyObjectRef> = args.fs.try_to_value(vm)?;
    if given.iter().any(|future| is_coroutine(future, vm)) {
        level::tell_gone(WAIT_ON_COROUTINES);
        return Err(vm.new_type_error("Passing coroutines is forbidden, use tasks explicitly."));
    }
    let timeout = match args.timeout.filter(|timeout| !vm.is_none(timeout)) {
        Some(timeout) => Some(seconds(&timeout, vm)?),
        None => None,
    };
    Ok((in_creation_order(given, vm)?, timeout, when))
}

/// What iterating over a set of these futures gives: each once, oldest first.
pub(super) fn in_creation_order(
    futures: Vec<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<Vec<PyObjectRef>> {
    let mut ordered = BTreeMap::new();
    for future in futures {
        let Some(part) = try_future_part(&future) else {
            let class = future.class().name().to_string();
            return Err(vm.new_type_error(format!("a Future of this asyncio was expected, got {class}")));
        };
        ordered.insert(part.cell().serial(), future);
    }
    Ok(ordered.into_values().collect())
}

/// A set that iterates in the order in which its futures were created.
pub(super) fn set_of(objects: Vec<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
    let set = PySet::default().into_ref(&vm.ctx);
    for object in objects {
        set.add(object, vm)?;
    }
    set_order::order_by_creation(set.as_object(), vm);
    Ok(set.into())
}

fn shield(awaitable: Arg, vm: &VirtualMachine) -> PyResult {
    let inner = ensure_own_future(awaitable.arg, None, vm)?;
    let event_loop = Rc::clone(future_part(&inner).cell().event_loop());
    Ok(combine::shield::<PyHost>(&event_loop, &inner))
}

/// `wait_for` with a timeout of 0 or less.
fn wait_for_no_time(future: PyObjectRef, vm: &VirtualMachine) -> PyRef<LibraryCoroutine> {
    LibraryCoroutine::create("wait_for", vm, move |event_loop| {
        combine::wait_for_no_time::<PyHost>(event_loop, future)
    })
}

#[derive(FromArgs)]
struct EnsureArgs {
    #[pyarg(positional)]
    coro_or_future: PyObjectRef,
    #[pyarg(named, name = "loop", default, py_default = "None")]
    event_loop: Option<PyObjectRef>,
}

fn ensure_future(args: EnsureArgs, vm: &VirtualMachine) -> PyResult {
    let given = match args.event_loop.filter(|event_loop| !vm.is_none(event_loop)) {
        Some(event_loop) => Some(loop_or_current(Some(event_loop), vm)?),
        None => None,
    };
    ensure_future_in(args.coro_or_future, given.as_ref(), vm)
}

/// [`ensure_future_in`] for those who need a future of ours: a task waits for one of another make.
///
/// # Errors
/// As there.
pub(super) fn ensure_own_future(
    awaitable: PyObjectRef,
    event_loop: Option<&PyRef<PyEventLoop>>,
    vm: &VirtualMachine,
) -> PyResult {
    let future = ensure_future_in(awaitable, event_loop, vm)?;
    if try_future_part(&future).is_some() {
        return Ok(future);
    }
    let coroutine = library_call("tasks", "_wrap_awaitable", vec![future], vm)?;
    ensure_future_in(coroutine, event_loop, vm)
}

/// `ensure_future(awaitable, loop=event_loop)`.
///
/// # Errors
/// `TypeError` for what cannot be awaited, `ValueError` for a future of another loop.
pub(super) fn ensure_future_in(
    awaitable: PyObjectRef,
    event_loop: Option<&PyRef<PyEventLoop>>,
    vm: &VirtualMachine,
) -> PyResult {
    if let Some(part) = try_future_part(&awaitable) {
        if event_loop.is_some_and(|event_loop| !Rc::ptr_eq(event_loop.sched(), part.cell().event_loop())) {
            return Err(vm.new_value_error(
                "The future belongs to a different loop than the one specified as the loop argument",
            ));
        }
        return Ok(awaitable);
    }
    if is_future(&awaitable, vm)? {
        if let Some(event_loop) = event_loop
            && !event_loop.as_object().is(&loop_of(&awaitable, vm)?)
        {
            return Err(vm.new_value_error(
                "The future belongs to a different loop than the one specified as the loop argument",
            ));
        }
        return Ok(awaitable);
    }
    let coroutine = if is_coroutine(&awaitable, vm) {
        awaitable
    } else if vm
        .get_attribute_opt(&awaitable, vm.ctx.intern_str("__await__"))?
        .is_some()
    {
        library_call("tasks", "_wrap_awaitable", vec![awaitable], vm)?
    } else {
        if awaitable.downcast_ref::<PyGenerator>().is_some() {
            level::tell_gone(GENERATORS);
        }
        return Err(vm.new_type_error("An asyncio.Future, a coroutine or an awaitable is required"));
    };
    let event_loop = match event_loop {
        Some(event_loop) => event_loop.clone(),
        None => loop_or_current(None, vm)?,
    };
    PyEventLoop::new_task(&event_loop, coroutine, None, None, vm)
}

/// Those of `tasks` that belong to a loop.
pub(super) fn tasks_of(event_loop: &PyEventLoop, mut tasks: Vec<PyRef<PyTask>>) -> Vec<PyObjectRef> {
    tasks.retain(|task| Rc::ptr_eq(task.future().cell().event_loop(), event_loop.sched()));
    tasks.into_iter().map(Into::into).collect()
}

/// A socket that this loop watches may have become ready.
fn look_at_sockets(Obj { obj: event_loop }: Obj, _vm: &VirtualMachine) {
    if let Some(event_loop) = event_loop.downcast_ref::<PyEventLoop>() {
        event_loop.sched().look_at_sockets();
    }
}

fn isfuture(Obj { obj: object }: Obj, vm: &VirtualMachine) -> PyResult<bool> {
    is_future(&object, vm)
}

/// Whether it is a future of ours, or of any class that says so by having `_asyncio_future_blocking`.
fn is_future(object: &PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
    if object.downcast_ref::<PyTask>().is_some() || object.downcast_ref::<PyFuture>().is_some() {
        return Ok(true);
    }
    let blocking = vm.ctx.intern_str("_asyncio_future_blocking");
    let class = object.get_attr("__class__", vm)?;
    if vm.get_attribute_opt(&class, blocking)?.is_none() {
        return Ok(false);
    }
    let blocking = object.get_attr(blocking, vm)?;
    Ok(!vm.is_none(&blocking))
}

fn iscoroutine(object: Obj, vm: &VirtualMachine) -> bool {
    is_coroutine(&object.obj, vm)
}

fn get_running_loop(vm: &VirtualMachine) -> PyResult<PyRef<PyEventLoop>> {
    registry::require_running_loop(vm)
}

/// The loop that runs, or the one that the policy means.
fn get_event_loop(vm: &VirtualMachine) -> PyResult {
    if let Some(running) = registry::running_loop() {
        return Ok(running.into());
    }
    let events = vm.import("asyncio.events", 0)?.get_attr("events", vm)?;
    let policy = vm.call_method(&events, "get_event_loop_policy", ())?;
    vm.call_method(&policy, "get_event_loop", ())
}

fn running_loop_or_none(vm: &VirtualMachine) -> PyObjectRef {
    vm.unwrap_or_none(registry::running_loop().map(Into::into))
}

fn set_running_loop(event_loop: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    let event_loop = if vm.is_none(&event_loop) {
        None
    } else {
        Some(loop_or_current(Some(event_loop), vm)?)
    };
    registry::set_running_loop(event_loop);
    Ok(())
}
