//! `asyncio.Handle` and `asyncio.TimerHandle` as Python classes.

use std::rc::Rc;

use rustpython_derive::pyclass;
use rustpython_vm::types::Representable;
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::call::Call;
use super::cycles::{Keeps, SeeObject};
use super::future::repr_by_library;
use super::host::PyHost;
use crate::python::context;
use crate::sched::Handle;

/// `asyncio.Handle`.
#[pyclass(module = "asyncio.events", name = "Handle", traverse = "manual")]
#[derive(PyPayload)]
#[repr(C)]
pub(super) struct PyHandle {
    handle: Rc<Handle<PyHost>>,
    call: PyRef<Call>,
}

impl std::fmt::Debug for PyHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.handle.fmt(f)
    }
}

/// `asyncio.TimerHandle`.
#[pyclass(module = "asyncio.events", name = "TimerHandle", base = PyHandle, traverse = "manual")]
#[derive(Debug)]
#[repr(C)]
pub(super) struct PyTimerHandle {
    base: PyHandle,
}

/// The handle inside an object of one of the two classes.
fn handle_part<'a>(object: &'a PyObject, vm: &VirtualMachine) -> PyResult<&'a PyHandle> {
    match object.downcast_ref::<PyTimerHandle>() {
        Some(timer) => Ok(&timer.payload().base),
        None => match object.downcast_ref::<PyHandle>() {
            Some(handle) => Ok(handle.payload()),
            None => Err(vm.new_type_error("a Handle was expected")),
        },
    }
}

impl PyHandle {
    /// The object of a handle that makes `call`.
    pub(super) const fn new(handle: Rc<Handle<PyHost>>, call: PyRef<Call>) -> Self {
        Self { handle, call }
    }
}

/// What the handle inside will do is told by its loop.
impl Keeps for PyHandle {
    fn each_object(&self, see: &mut SeeObject<'_>) {
        see(self.call.as_object());
    }
}

impl Keeps for PyTimerHandle {
    fn each_object(&self, see: &mut SeeObject<'_>) {
        self.base.each_object(see);
    }
}

impl PyTimerHandle {
    /// The object of a timer that makes `call`.
    pub(super) const fn new(handle: Rc<Handle<PyHost>>, call: PyRef<Call>) -> Self {
        Self {
            base: PyHandle::new(handle, call),
        }
    }
}

#[pyclass(flags(HAS_WEAKREF), with(Representable))]
impl PyHandle {
    #[pymethod]
    fn cancel(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let Some(run) = context::current() else {
            return Ok(());
        };
        handle_part(&zelf, vm)?.handle.cancel(&run.world);
        Ok(())
    }

    #[pymethod]
    fn cancelled(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(handle_part(&zelf, vm)?.handle.is_cancelled())
    }

    #[pygetset]
    fn _cancelled(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(handle_part(&zelf, vm)?.handle.is_cancelled())
    }

    #[pygetset]
    fn _callback(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let part = handle_part(&zelf, vm)?;
        Ok(if part.handle.is_cancelled() {
            vm.ctx.none()
        } else {
            part.call.callable.clone()
        })
    }

    #[pygetset]
    fn _args(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let part = handle_part(&zelf, vm)?;
        let arguments = vm.ctx.new_tuple(part.call.arguments.clone());
        Ok(if part.handle.is_cancelled() {
            vm.ctx.none()
        } else {
            arguments.into()
        })
    }
}

impl Representable for PyHandle {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        repr_by_library("_reprs", "_handle_repr", zelf.as_object(), vm)
    }
}

#[pyclass(flags(HAS_WEAKREF), with(Representable))]
impl PyTimerHandle {
    #[pymethod]
    fn when(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        let when = zelf.base.handle.when();
        vm.unwrap_or_none(when.map(|when| vm.ctx.new_float(when).into()))
    }
}

impl Representable for PyTimerHandle {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        repr_by_library("_reprs", "_handle_repr", zelf.as_object(), vm)
    }
}
