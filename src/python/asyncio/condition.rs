//! `asyncio.Condition` as a Python class.

use std::cell::OnceCell;
use std::rc::Rc;

use rustpython_derive::pyclass;
use rustpython_vm::builtins::PyType;
use rustpython_vm::function::{FuncArgs, PosArgs, PySetterValue};
use rustpython_vm::types::{Constructor, Initializer, Representable};
use rustpython_vm::{AsObject, FromArgs, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::arguments::Predicate;
use super::coroutine::{LibraryCoroutine, Of};
use super::cycles::{Keeps, SeeObject, see_kept};
use super::host::{PyHost, with_vm};
use super::locks::PyLock;
use super::names;
use super::primitive::{
    bind, bound_loop, empty_until_initialised, entered, exited, in_line, repr_with, shown, world,
};
use crate::sched::sync::{Condition, Lock};

/// `asyncio.Condition`.
#[pyclass(module = "asyncio.locks", name = "Condition", traverse = "manual")]
#[derive(PyPayload, Default)]
pub(super) struct PyCondition {
    sched: OnceCell<Rc<Condition<PyHost>>>,
    /// The lock object, once there is one: the one that was given, or that somebody asked for.
    lock: OnceCell<PyRef<PyLock>>,
}
empty_until_initialised!(PyCondition, Condition<PyHost>);

impl Keeps for PyCondition {
    fn each_object(&self, see: &mut SeeObject<'_>) {
        if let Some(sched) = self.known() {
            sched.each_kept(&mut |kept| see_kept(kept, see));
            match self.lock.get() {
                Some(lock) => see(lock.as_object()),
                None => sched.lock().each_kept(&mut |kept| see_kept(kept, see)),
            }
        }
    }
}

#[derive(FromArgs)]
pub(super) struct ConditionArgs {
    #[pyarg(any, default, py_default = "None")]
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
                zelf.lock.get_or_init(|| lock.clone());
                Some(lock.sched(vm)?)
            }
        };
        if zelf.sched.get().is_none() {
            let sched = Condition::new(&world(), &names::bound_by_running_line(), lock);
            sched.binding().shown_by(shown(zelf.as_object(), vm)?);
            let _ = zelf.sched.set(sched);
        }
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
        Ok(
            LibraryCoroutine::create_anywhere("Lock.acquire", vm, move |event_loop| {
                sched.acquire(event_loop)
            })
            .of(zelf.as_object()),
        )
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
        Ok(
            LibraryCoroutine::create_anywhere("Condition.wait", vm, move |event_loop| {
                condition.wait(event_loop)
            })
            .of(zelf.as_object()),
        )
    }

    #[pymethod]
    fn wait_for(
        zelf: &Py<Self>,
        Predicate { predicate }: Predicate,
        vm: &VirtualMachine,
    ) -> PyResult<PyRef<LibraryCoroutine>> {
        let condition = zelf.sched(vm)?;
        Ok(
            LibraryCoroutine::create_anywhere("Condition.wait_for", vm, move |event_loop| async move {
                loop {
                    let result = with_vm(|vm| predicate.call((), vm))?;
                    if with_vm(|vm| result.clone().try_to_bool(vm))? {
                        return Ok(result);
                    }
                    Rc::clone(&condition).wait(Rc::clone(&event_loop)).await?;
                }
            })
            .of(zelf.as_object()),
        )
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
        entered!(zelf, zelf.lock(vm)?, "Condition.__aenter__", vm)
    }

    #[pymethod(name = "__aexit__")]
    fn aexit(zelf: &Py<Self>, _error: PosArgs, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        exited!(zelf, zelf.lock(vm)?, "Condition.__aexit__", vm)
    }

    /// The lock as an object.
    #[pygetset]
    fn _lock(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<PyLock>> {
        let sched = zelf.lock(vm)?;
        let made = || PyLock::around(sched).into_ref(&vm.ctx);
        Ok(zelf.lock.get_or_init(made).clone())
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
