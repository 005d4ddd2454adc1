//! `asyncio.Timeout`, `TaskGroup`, `Barrier` and the heart of `as_completed` as Python classes.

use std::cell::OnceCell;
use std::rc::Rc;

use rustpython_derive::pyclass;
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::builtins::PyType;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::{Constructor, Initializer, Representable};
use rustpython_vm::{AsObject, FromArgs, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::arguments::When;
use super::coroutine::{LibraryCoroutine, Of};
use super::event_loop::{PyEventLoop, TaskArgs, seconds};
use super::functions::{in_creation_order, set_of};
use super::host::{PyHost, with_vm};
use super::names;
use super::primitive::{empty_until_initialised, repr_with, world};
use super::registry;
use super::task::PyTask;
use crate::sched::combine::{AsCompleted, TaskGroup, Timeout, TimeoutState};
use crate::sched::sync::{Barrier, BarrierState};

/// The exception that a block ended with: the second argument of `__aexit__`.
#[derive(FromArgs)]
struct ExitArgs {
    #[pyarg(positional)]
    _class: PyObjectRef,
    #[pyarg(positional)]
    error: PyObjectRef,
    #[pyarg(positional)]
    _traceback: PyObjectRef,
}

impl ExitArgs {
    fn error(self) -> Option<PyBaseExceptionRef> {
        self.error.downcast().ok()
    }
}

fn moment(when: PyObjectRef, vm: &VirtualMachine) -> PyResult<Option<f64>> {
    if vm.is_none(&when) {
        Ok(None)
    } else {
        seconds(&when, vm).map(Some)
    }
}

/// `asyncio.Timeout`.
#[pyclass(module = "asyncio.timeouts", name = "Timeout", traverse = "manual")]
#[derive(PyPayload, Default)]
pub(super) struct PyTimeout {
    sched: OnceCell<Rc<Timeout<PyHost>>>,
}
empty_until_initialised!(PyTimeout, Timeout<PyHost>);

impl Initializer for PyTimeout {
    type Args = When;

    fn init(zelf: &Py<Self>, When { when }: When, vm: &VirtualMachine) -> PyResult<()> {
        let when = moment(when, vm)?;
        zelf.sched.get_or_init(|| Timeout::new(when));
        Ok(())
    }
}

#[pyclass(
    flags(BASETYPE, HAS_DICT, HAS_WEAKREF),
    with(Constructor, Initializer, Representable)
)]
impl PyTimeout {
    #[pymethod]
    fn when(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        let when = zelf.sched(vm)?.when();
        Ok(vm.unwrap_or_none(when.map(|when| vm.ctx.new_float(when).into())))
    }

    #[pymethod]
    fn reschedule(zelf: &Py<Self>, When { when }: When, vm: &VirtualMachine) -> PyResult<()> {
        let (sched, when) = (zelf.sched(vm)?, moment(when, vm)?);
        sched.reschedule(registry::require_running_loop(vm)?.sched(), when)
    }

    #[pymethod]
    fn expired(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(zelf.sched(vm)?.is_expired())
    }

    #[pymethod(name = "__aenter__")]
    fn aenter(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(LibraryCoroutine::create(
            "Timeout.__aenter__",
            vm,
            move |event_loop| async move {
                sched.enter(&event_loop)?;
                Ok(zelf.into())
            },
        ))
    }

    #[pymethod(name = "__aexit__")]
    fn aexit(zelf: &Py<Self>, args: ExitArgs, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(
            LibraryCoroutine::create_anywhere("Timeout.__aexit__", vm, move |_| async move {
                sched.exit(args.error().as_ref())?;
                Ok(with_vm(|vm| vm.ctx.none()))
            })
            .of(zelf.as_object()),
        )
    }
}

impl Representable for PyTimeout {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        let sched = zelf.sched(vm)?;
        let state = sched.state();
        let when = match (state, sched.when()) {
            (TimeoutState::Active, Some(when)) => {
                // Rounded as CPython rounds it, to milliseconds.
                let when = vm.ctx.new_float((when * 1000.0).round_ties_even() / 1000.0);
                format!(" when={}", when.as_object().repr(vm)?.as_wtf8())
            }
            (TimeoutState::Active, None) => " when=None".to_owned(),
            _ => String::new(),
        };
        Ok(format!("<Timeout [{}]{when}>", state.name()))
    }
}

/// `asyncio.TaskGroup`.
#[pyclass(module = "asyncio.taskgroups", name = "TaskGroup", traverse = "manual")]
#[derive(PyPayload, Default)]
pub(super) struct PyTaskGroup {
    sched: OnceCell<Rc<TaskGroup<PyHost>>>,
}
empty_until_initialised!(PyTaskGroup, TaskGroup<PyHost>);

impl Initializer for PyTaskGroup {
    type Args = ();

    fn init(zelf: &Py<Self>, (): (), _vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched
            .get_or_init(|| TaskGroup::new(&world(), &names::bound_by_running_line()));
        Ok(())
    }
}

#[pyclass(
    flags(BASETYPE, HAS_DICT, HAS_WEAKREF),
    with(Constructor, Initializer, Representable)
)]
impl PyTaskGroup {
    #[pymethod(name = "__aenter__")]
    fn aenter(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(LibraryCoroutine::create(
            "TaskGroup.__aenter__",
            vm,
            move |event_loop| async move {
                sched.enter(&event_loop)?;
                Ok(zelf.into())
            },
        ))
    }

    #[pymethod(name = "__aexit__")]
    fn aexit(zelf: &Py<Self>, args: ExitArgs, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(
            LibraryCoroutine::create_anywhere("TaskGroup.__aexit__", vm, move |event_loop| async move {
                sched.exit(event_loop, args.error()).await?;
                Ok(with_vm(|vm| vm.ctx.none()))
            })
            .of(zelf.as_object()),
        )
    }

    #[pymethod]
    fn create_task(zelf: &Py<Self>, args: TaskArgs, vm: &VirtualMachine) -> PyResult {
        let sched = zelf.sched(vm)?;
        if let Err(error) = sched.check_open() {
            // The coroutine will never run: closing it keeps the warning about that away.
            vm.call_method(&args.coro, "close", ())?;
            return Err(error);
        }
        let event_loop = registry::require_running_loop(vm)?;
        let context = args.context.filter(|context| !vm.is_none(context));
        let task = PyEventLoop::new_task(&event_loop, args.coro, args.name, context, vm)?;
        match task.clone().downcast::<PyTask>() {
            Ok(child) => sched.add(&child, Some(zelf.as_object().to_owned())),
            Err(other) => {
                let class = other.class().name().to_string();
                return Err(vm.new_type_error(format!("a Task of this asyncio was expected, got {class}")));
            }
        }
        Ok(task)
    }

    /// The children that have not ended.
    #[pygetset]
    fn _tasks(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        let children = zelf.sched(vm)?.children();
        set_of(children.into_iter().map(Into::into).collect(), vm)
    }
}

impl Representable for PyTaskGroup {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        Ok(zelf.sched(vm)?.label())
    }
}

/// `asyncio.Barrier`.
#[pyclass(module = "asyncio.locks", name = "Barrier", traverse = "manual")]
#[derive(PyPayload, Default)]
pub(super) struct PyBarrier {
    sched: OnceCell<Rc<Barrier<PyHost>>>,
}
empty_until_initialised!(PyBarrier, Barrier<PyHost>);

#[derive(FromArgs)]
pub(super) struct BarrierArgs {
    #[pyarg(any)]
    parties: i64,
}

impl Initializer for PyBarrier {
    type Args = BarrierArgs;

    fn init(zelf: &Py<Self>, args: BarrierArgs, vm: &VirtualMachine) -> PyResult<()> {
        if args.parties < 1 {
            return Err(vm.new_value_error("parties must be > 0"));
        }
        let parties = u32::try_from(args.parties).unwrap_or(u32::MAX);
        zelf.sched
            .get_or_init(|| Barrier::new(&world(), &names::bound_by_running_line(), parties));
        Ok(())
    }
}

impl PyBarrier {
    fn waits(zelf: &Py<Self>, name: &'static str, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(
            LibraryCoroutine::create_anywhere(name, vm, move |event_loop| async move {
                let index = sched.wait(event_loop).await?;
                Ok(with_vm(|vm| vm.ctx.new_int(index).into()))
            })
            .of(zelf.as_object()),
        )
    }
}

#[pyclass(
    flags(BASETYPE, HAS_DICT, HAS_WEAKREF),
    with(Constructor, Initializer, Representable)
)]
impl PyBarrier {
    #[pymethod]
    fn wait(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        Self::waits(zelf, "Barrier.wait", vm)
    }

    #[pymethod]
    fn reset(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(
            LibraryCoroutine::create_anywhere("Barrier.reset", vm, move |event_loop| sched.reset(event_loop))
                .of(zelf.as_object()),
        )
    }

    #[pymethod]
    fn abort(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(
            LibraryCoroutine::create_anywhere("Barrier.abort", vm, move |event_loop| sched.abort(event_loop))
                .of(zelf.as_object()),
        )
    }

    #[pygetset]
    fn parties(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<u32> {
        Ok(zelf.sched(vm)?.parties())
    }

    #[pygetset]
    fn n_waiting(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<u32> {
        Ok(zelf.sched(vm)?.waiting())
    }

    #[pygetset]
    fn _count(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<u32> {
        Ok(zelf.sched(vm)?.count())
    }

    #[pygetset]
    fn broken(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(zelf.sched(vm)?.is_broken())
    }

    #[pymethod(name = "__aenter__")]
    fn aenter(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        Self::waits(zelf, "Barrier.__aenter__", vm)
    }

    #[pymethod(name = "__aexit__")]
    fn aexit(_zelf: &Py<Self>, _args: ExitArgs, vm: &VirtualMachine) -> PyRef<LibraryCoroutine> {
        LibraryCoroutine::create_anywhere("Barrier.__aexit__", vm, |_| async {
            Ok(with_vm(|vm| vm.ctx.none()))
        })
    }
}

impl Representable for PyBarrier {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        let sched = zelf.sched(vm)?;
        let state = match sched.state() {
            BarrierState::Filling => "filling",
            BarrierState::Draining => "draining",
            BarrierState::Resetting => "resetting",
            BarrierState::Broken => "broken",
        };
        let waiters = if sched.is_broken() {
            String::new()
        } else {
            format!(", waiters:{}/{}", sched.waiting(), sched.parties())
        };
        repr_with(zelf.as_object(), &format!("{state}{waiters}"), 0, vm)
    }
}

/// What the iterator of `as_completed` is around.
#[pyclass(module = "_loopscope", name = "AsCompleted", traverse = "manual")]
#[derive(PyPayload, Default)]
pub(super) struct PyAsCompleted {
    sched: OnceCell<Rc<AsCompleted<PyHost>>>,
}
empty_until_initialised!(PyAsCompleted, AsCompleted<PyHost>);

impl Initializer for PyAsCompleted {
    type Args = (PyRef<PyEventLoop>, PyObjectRef, PyObjectRef);

    fn init(zelf: &Py<Self>, args: Self::Args, vm: &VirtualMachine) -> PyResult<()> {
        let (event_loop, futures, timeout) = args;
        let futures = in_creation_order(futures.try_to_value(vm)?, vm)?;
        let timeout = moment(timeout, vm)?;
        zelf.sched.get_or_init(|| {
            let owner = Some(zelf.as_object().to_owned());
            AsCompleted::new(event_loop.sched(), &futures, timeout, owner)
        });
        Ok(())
    }
}

/// As `CPython` names the coroutine behind both ways to iterate.
const WAIT_FOR_ONE: &str = "_AsCompletedIterator._wait_for_one";

#[pyclass(with(Constructor, Initializer))]
impl PyAsCompleted {
    /// Counts one more that is asked for; false when there are no more.
    #[pymethod]
    fn ask(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(zelf.sched(vm)?.ask())
    }

    #[pymethod]
    fn next_done(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(
            LibraryCoroutine::create_anywhere(WAIT_FOR_ONE, vm, move |_| sched.next_done())
                .of(zelf.as_object()),
        )
    }

    #[pymethod]
    fn next_result(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(
            LibraryCoroutine::create_anywhere(WAIT_FOR_ONE, vm, move |_| sched.next_result())
                .of(zelf.as_object()),
        )
    }
}
