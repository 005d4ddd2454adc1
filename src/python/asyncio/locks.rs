//! `asyncio.Lock`, `Event`, `Condition` and `Semaphore` as Python classes.

use std::cell::OnceCell;
use std::rc::Rc;

use rustpython_derive::pyclass;
use rustpython_vm::builtins::PyType;
use rustpython_vm::function::{FuncArgs, PosArgs};
use rustpython_vm::types::{Constructor, Initializer, Representable};
use rustpython_vm::{AsObject, FromArgs, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::coroutine::LibraryCoroutine;
use super::host::{PyHost, with_vm};
use super::names;
use super::primitive::{empty_until_initialised, repr_with, world};

use crate::sched::sync::{Condition, Event, Lock, Semaphore};

/// `__aenter__` of everything that is acquired: waits, then gives `None`.
macro_rules! entered {
    ($sched:expr, $name:literal, $vm:ident) => {{
        let sched = $sched;
        Ok(LibraryCoroutine::create(
            $name,
            $vm,
            move |event_loop| async move {
                sched.acquire(event_loop).await?;
                Ok(with_vm(|vm| vm.ctx.none()))
            },
        ))
    }};
}

/// `__aexit__` of everything that is acquired: releases when it is awaited.
macro_rules! exited {
    ($sched:expr, $name:literal, $vm:ident) => {{
        let sched = $sched;
        Ok(LibraryCoroutine::create($name, $vm, move |_| async move {
            sched.release()?;
            Ok(with_vm(|vm| vm.ctx.none()))
        }))
    }};
}

/// `asyncio.Lock`.
#[pyclass(module = "asyncio.locks", name = "Lock")]
#[derive(PyPayload, Default)]
pub(super) struct PyLock {
    sched: OnceCell<Rc<Lock<PyHost>>>,
}
empty_until_initialised!(PyLock, Lock<PyHost>);

impl Initializer for PyLock {
    type Args = ();

    fn init(zelf: &Py<Self>, (): (), _vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched
            .get_or_init(|| Lock::new(&world(), &names::bound_by_running_line()));
        Ok(())
    }
}

#[pyclass(
    flags(BASETYPE, HAS_DICT, HAS_WEAKREF),
    with(Constructor, Initializer, Representable)
)]
impl PyLock {
    #[pymethod]
    fn acquire(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(LibraryCoroutine::create("Lock.acquire", vm, move |event_loop| {
            sched.acquire(event_loop)
        }))
    }

    #[pymethod]
    fn release(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched(vm)?.release()
    }

    #[pymethod]
    fn locked(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(zelf.sched(vm)?.is_locked())
    }

    #[pymethod(name = "__aenter__")]
    fn aenter(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        entered!(zelf.sched(vm)?, "Lock.__aenter__", vm)
    }

    #[pymethod(name = "__aexit__")]
    fn aexit(zelf: &Py<Self>, _error: PosArgs, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        exited!(zelf.sched(vm)?, "Lock.__aexit__", vm)
    }
}

impl Representable for PyLock {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        let sched = zelf.sched(vm)?;
        let extra = if sched.is_locked() { "locked" } else { "unlocked" };
        repr_with(zelf.as_object(), extra, sched.waiting(), vm)
    }
}

/// `asyncio.Event`.
#[pyclass(module = "asyncio.locks", name = "Event")]
#[derive(PyPayload, Default)]
pub(super) struct PyEvent {
    sched: OnceCell<Rc<Event<PyHost>>>,
}
empty_until_initialised!(PyEvent, Event<PyHost>);

impl Initializer for PyEvent {
    type Args = ();

    fn init(zelf: &Py<Self>, (): (), _vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched
            .get_or_init(|| Event::new(&world(), &names::bound_by_running_line()));
        Ok(())
    }
}

#[pyclass(
    flags(BASETYPE, HAS_DICT, HAS_WEAKREF),
    with(Constructor, Initializer, Representable)
)]
impl PyEvent {
    #[pymethod]
    fn is_set(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(zelf.sched(vm)?.is_set())
    }

    #[pymethod]
    fn set(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched(vm)?.set();
        Ok(())
    }

    #[pymethod]
    fn clear(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched(vm)?.clear();
        Ok(())
    }

    #[pymethod]
    fn wait(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(LibraryCoroutine::create("Event.wait", vm, move |event_loop| {
            sched.wait(event_loop)
        }))
    }
}

impl Representable for PyEvent {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        let sched = zelf.sched(vm)?;
        let extra = if sched.is_set() { "set" } else { "unset" };
        repr_with(zelf.as_object(), extra, sched.waiting(), vm)
    }
}

/// `asyncio.Condition`.
#[pyclass(module = "asyncio.locks", name = "Condition")]
#[derive(PyPayload, Default)]
pub(super) struct PyCondition {
    sched: OnceCell<Rc<Condition<PyHost>>>,
    /// The lock object that was given, if one was.
    given: OnceCell<PyRef<PyLock>>,
}
empty_until_initialised!(PyCondition, Condition<PyHost>);

#[derive(FromArgs)]
pub(super) struct ConditionArgs {
    #[pyarg(any, default)]
    lock: Option<PyObjectRef>,
}

impl Initializer for PyCondition {
    type Args = ConditionArgs;

    fn init(zelf: &Py<Self>, args: ConditionArgs, vm: &VirtualMachine) -> PyResult<()> {
        let lock = match args.lock.filter(|lock| !vm.is_none(lock)) {
            None => None,
            Some(lock) => {
                let lock: PyRef<PyLock> = lock.downcast().map_err(|other| {
                    vm.new_type_error(format!(
                        "an asyncio.Lock was expected, got {}",
                        other.class().name()
                    ))
                })?;
                zelf.given.get_or_init(|| lock.clone());
                Some(lock.sched(vm)?)
            }
        };
        zelf.sched
            .get_or_init(|| Condition::new(&world(), &names::bound_by_running_line(), lock));
        Ok(())
    }
}

impl PyCondition {
    /// What a condition acquires and releases.
    fn lock(&self, vm: &VirtualMachine) -> PyResult<Rc<Lock<PyHost>>> {
        Ok(Rc::clone(self.sched(vm)?.lock()))
    }
}

#[pyclass(
    flags(BASETYPE, HAS_DICT, HAS_WEAKREF),
    with(Constructor, Initializer, Representable)
)]
impl PyCondition {
    #[pymethod]
    fn acquire(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.lock(vm)?;
        Ok(LibraryCoroutine::create("Lock.acquire", vm, move |event_loop| {
            sched.acquire(event_loop)
        }))
    }

    #[pymethod]
    fn release(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        zelf.lock(vm)?.release()
    }

    #[pymethod]
    fn locked(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(zelf.lock(vm)?.is_locked())
    }

    #[pymethod]
    fn wait(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let condition = zelf.sched(vm)?;
        Ok(LibraryCoroutine::create(
            "Condition.wait",
            vm,
            move |event_loop| condition.wait(event_loop),
        ))
    }

    #[pymethod]
    fn wait_for(
        zelf: &Py<Self>,
        predicate: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<PyRef<LibraryCoroutine>> {
        let condition = zelf.sched(vm)?;
        Ok(LibraryCoroutine::create(
            "Condition.wait_for",
            vm,
            move |event_loop| async move {
                loop {
                    let result = with_vm(|vm| predicate.call((), vm))?;
                    if with_vm(|vm| result.clone().try_to_bool(vm))? {
                        return Ok(result);
                    }
                    Rc::clone(&condition).wait(Rc::clone(&event_loop)).await?;
                }
            },
        ))
    }

    #[pymethod]
    fn notify(zelf: &Py<Self>, args: NotifyArgs, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched(vm)?.notify(usize::try_from(args.n).unwrap_or(0))
    }

    #[pymethod]
    fn notify_all(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        let condition = zelf.sched(vm)?;
        condition.notify(condition.waiting())
    }

    #[pymethod(name = "__aenter__")]
    fn aenter(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        entered!(zelf.lock(vm)?, "Condition.__aenter__", vm)
    }

    #[pymethod(name = "__aexit__")]
    fn aexit(zelf: &Py<Self>, _error: PosArgs, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        exited!(zelf.lock(vm)?, "Condition.__aexit__", vm)
    }
}

#[derive(FromArgs)]
struct NotifyArgs {
    #[pyarg(any, default = 1)]
    n: i64,
}

impl Representable for PyCondition {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        let condition = zelf.sched(vm)?;
        let extra = if condition.lock().is_locked() {
            "locked"
        } else {
            "unlocked"
        };
        repr_with(zelf.as_object(), extra, condition.waiting(), vm)
    }
}

/// `asyncio.Semaphore`; the bounded one derives from it in Python.
#[pyclass(module = "asyncio.locks", name = "Semaphore")]
#[derive(PyPayload, Default)]
pub(super) struct PySemaphore {
    sched: OnceCell<Rc<Semaphore<PyHost>>>,
}
empty_until_initialised!(PySemaphore, Semaphore<PyHost>);

#[derive(FromArgs)]
pub(super) struct SemaphoreArgs {
    #[pyarg(any, default = 1)]
    value: i64,
    #[pyarg(named, name = "_bounded", default = false)]
    bounded: bool,
}

impl Initializer for PySemaphore {
    type Args = SemaphoreArgs;

    fn init(zelf: &Py<Self>, args: SemaphoreArgs, vm: &VirtualMachine) -> PyResult<()> {
        if args.value < 0 {
            return Err(vm.new_value_error("Semaphore initial value must be >= 0"));
        }
        let name = names::bound_by_running_line();
        zelf.sched
            .get_or_init(|| Semaphore::new(&world(), &name, args.value, args.bounded));
        Ok(())
    }
}

#[pyclass(
    flags(BASETYPE, HAS_DICT, HAS_WEAKREF),
    with(Constructor, Initializer, Representable)
)]
impl PySemaphore {
    #[pymethod]
    fn acquire(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(LibraryCoroutine::create(
            "Semaphore.acquire",
            vm,
            move |event_loop| sched.acquire(event_loop),
        ))
    }

    #[pymethod]
    fn release(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched(vm)?.release()
    }

    #[pymethod]
    fn locked(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(zelf.sched(vm)?.is_locked())
    }

    #[pygetset]
    fn _value(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(zelf.sched(vm)?.value())
    }

    #[pymethod(name = "__aenter__")]
    fn aenter(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        entered!(zelf.sched(vm)?, "Semaphore.__aenter__", vm)
    }

    #[pymethod(name = "__aexit__")]
    fn aexit(zelf: &Py<Self>, _error: PosArgs, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        exited!(zelf.sched(vm)?, "Semaphore.__aexit__", vm)
    }
}

impl Representable for PySemaphore {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        let sched = zelf.sched(vm)?;
        let extra = if sched.is_locked() {
            "locked".to_owned()
        } else {
            format!("unlocked, value:{}", sched.value())
        };
        repr_with(zelf.as_object(), &extra, sched.waiting(), vm)
    }
}
