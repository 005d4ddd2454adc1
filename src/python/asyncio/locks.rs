//! `asyncio.Lock`, `Event` and `Semaphore` as Python classes.

use std::cell::OnceCell;
use std::rc::Rc;

use rustpython_derive::pyclass;
use rustpython_vm::builtins::PyType;
use rustpython_vm::function::{FuncArgs, PosArgs, PySetterValue};
use rustpython_vm::types::{Constructor, Initializer, Representable};
use rustpython_vm::{AsObject, FromArgs, Py, PyPayload, PyRef, PyResult, VirtualMachine};

use super::coroutine::{LibraryCoroutine, Of};
use super::host::PyHost;
use super::names;
use super::primitive::{
    bind, bound_loop, empty_until_initialised, entered, exited, in_line, repr_with, shown, world,
};

use crate::sched::sync::{Event, Lock, Semaphore};

/// `asyncio.Lock`.
#[pyclass(module = "asyncio.locks", name = "Lock", traverse = "manual")]
#[derive(PyPayload, Default)]
pub(super) struct PyLock {
    sched: OnceCell<Rc<Lock<PyHost>>>,
}
empty_until_initialised!(PyLock, Lock<PyHost>);

impl PyLock {
    /// An object around a lock that exists.
    pub(super) fn around(sched: Rc<Lock<PyHost>>) -> Self {
        Self {
            sched: OnceCell::from(sched),
        }
    }
}

impl Initializer for PyLock {
    type Args = ();

    fn init(zelf: &Py<Self>, (): (), vm: &VirtualMachine) -> PyResult<()> {
        if zelf.sched.get().is_none() {
            let sched = Lock::new(&world(), &names::bound_by_running_line());
            sched.binding().shown_by(shown(zelf.as_object(), vm)?);
            let _ = zelf.sched.set(sched);
        }
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
        Ok(
            LibraryCoroutine::create_anywhere("Lock.acquire", vm, move |event_loop| {
                sched.acquire(event_loop)
            })
            .of(zelf.as_object()),
        )
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
        entered!(zelf, zelf.sched(vm)?, "Lock.__aenter__", vm)
    }

    #[pymethod(name = "__aexit__")]
    fn aexit(zelf: &Py<Self>, _error: PosArgs, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        exited!(zelf, zelf.sched(vm)?, "Lock.__aexit__", vm)
    }

    /// The futures of those in line.
    #[pygetset]
    fn _waiters(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        Ok(in_line(zelf.sched(vm)?.waiters(), vm))
    }

    #[pygetset]
    fn _loop(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        Ok(bound_loop(zelf.sched(vm)?.binding(), vm))
    }

    #[pygetset(setter)]
    fn set__loop(zelf: &Py<Self>, event_loop: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        bind(zelf.sched(vm)?.binding(), event_loop, vm)
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
#[pyclass(module = "asyncio.locks", name = "Event", traverse = "manual")]
#[derive(PyPayload, Default)]
pub(super) struct PyEvent {
    sched: OnceCell<Rc<Event<PyHost>>>,
}
empty_until_initialised!(PyEvent, Event<PyHost>);

impl Initializer for PyEvent {
    type Args = ();

    fn init(zelf: &Py<Self>, (): (), vm: &VirtualMachine) -> PyResult<()> {
        if zelf.sched.get().is_none() {
            let sched = Event::new(&world(), &names::bound_by_running_line());
            sched.binding().shown_by(shown(zelf.as_object(), vm)?);
            let _ = zelf.sched.set(sched);
        }
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
        Ok(
            LibraryCoroutine::create_anywhere("Event.wait", vm, move |event_loop| sched.wait(event_loop))
                .of(zelf.as_object()),
        )
    }

    /// The futures of those in line.
    #[pygetset]
    fn _waiters(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        Ok(in_line(zelf.sched(vm)?.waiters(), vm))
    }

    #[pygetset]
    fn _loop(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        Ok(bound_loop(zelf.sched(vm)?.binding(), vm))
    }

    #[pygetset(setter)]
    fn set__loop(zelf: &Py<Self>, event_loop: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        bind(zelf.sched(vm)?.binding(), event_loop, vm)
    }
}

impl Representable for PyEvent {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        let sched = zelf.sched(vm)?;
        let extra = if sched.is_set() { "set" } else { "unset" };
        repr_with(zelf.as_object(), extra, sched.waiting(), vm)
    }
}

/// `asyncio.Semaphore`; the bounded one derives from it in Python.
#[pyclass(module = "asyncio.locks", name = "Semaphore", traverse = "manual")]
#[derive(PyPayload, Default)]
pub(super) struct PySemaphore {
    sched: OnceCell<Rc<Semaphore<PyHost>>>,
}
empty_until_initialised!(PySemaphore, Semaphore<PyHost>);

#[derive(FromArgs)]
pub(super) struct SemaphoreArgs {
    #[pyarg(any, default = 1)]
    value: i64,
    #[pyarg(any, default = false)]
    bounded: bool,
}

impl Initializer for PySemaphore {
    type Args = SemaphoreArgs;

    fn init(zelf: &Py<Self>, args: SemaphoreArgs, vm: &VirtualMachine) -> PyResult<()> {
        if args.value < 0 {
            return Err(vm.new_value_error("Semaphore initial value must be >= 0"));
        }
        if zelf.sched.get().is_none() {
            let sched = Semaphore::new(
                &world(),
                &names::bound_by_running_line(),
                args.value,
                args.bounded,
            );
            sched.binding().shown_by(shown(zelf.as_object(), vm)?);
            let _ = zelf.sched.set(sched);
        }
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
        Ok(
            LibraryCoroutine::create_anywhere("Semaphore.acquire", vm, move |event_loop| {
                sched.acquire(event_loop)
            })
            .of(zelf.as_object()),
        )
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
        entered!(zelf, zelf.sched(vm)?, "Semaphore.__aenter__", vm)
    }

    #[pymethod(name = "__aexit__")]
    fn aexit(zelf: &Py<Self>, _error: PosArgs, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        exited!(zelf, zelf.sched(vm)?, "Semaphore.__aexit__", vm)
    }

    /// The futures of those in line.
    #[pygetset]
    fn _waiters(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        Ok(in_line(zelf.sched(vm)?.waiters(), vm))
    }

    #[pygetset]
    fn _loop(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        Ok(bound_loop(zelf.sched(vm)?.binding(), vm))
    }

    #[pygetset(setter)]
    fn set__loop(zelf: &Py<Self>, event_loop: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        bind(zelf.sched(vm)?.binding(), event_loop, vm)
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
