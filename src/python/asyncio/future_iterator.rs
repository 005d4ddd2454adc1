//! What `await future` iterates over.

use std::cell::{Cell, RefCell};

use rustpython_derive::pyclass;
use rustpython_vm::builtins::PyTraceback;
use rustpython_vm::function::OptionalArg;
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::types::{IterNext, Iterable, SelfIter};
use rustpython_vm::{Py, PyObjectRef, PyPayload, PyResult, VirtualMachine};

use super::cycles::{Keeps, SeeObject};
use super::future::{future_part, result_of};

/// What `await future` iterates over: the future itself, once.
#[pyclass(module = "_asyncio", name = "FutureIter", traverse = "manual")]
#[derive(Debug, PyPayload)]
pub(super) struct FutureIterator {
    future: RefCell<Option<PyObjectRef>>,
    yielded: Cell<bool>,
}

impl FutureIterator {
    /// An iterator over a future that is initialised.
    pub(super) const fn new(future: PyObjectRef) -> Self {
        Self {
            future: RefCell::new(Some(future)),
            yielded: Cell::new(false),
        }
    }
}

#[pyclass(with(Iterable, IterNext))]
impl FutureIterator {
    #[pymethod]
    fn send(zelf: &Py<Self>, _value: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        Self::next(zelf, vm)
    }

    #[pymethod]
    fn throw(
        zelf: &Py<Self>,
        error: PyObjectRef,
        value: OptionalArg,
        traceback: OptionalArg,
        vm: &VirtualMachine,
    ) -> PyResult<PyIterReturn> {
        if matches!(value, OptionalArg::Present(_)) {
            rustpython_vm::warn::warn(
                vm.ctx
                    .new_str("the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.")
                    .into(),
                Some(vm.ctx.exceptions.deprecation_warning.to_owned()),
                1,
                None,
                vm,
            )?;
        }
        if let OptionalArg::Present(traceback) = &traceback
            && !vm.is_none(traceback)
            && traceback.downcast_ref::<PyTraceback>().is_none()
        {
            return Err(vm.new_type_error("throw() third argument must be a traceback"));
        }
        zelf.future.take();
        Err(vm.normalize_exception(error, value.unwrap_or_none(vm), traceback.unwrap_or_none(vm))?)
    }

    #[pymethod]
    fn close(zelf: &Py<Self>) {
        zelf.future.take();
    }
}

impl Keeps for FutureIterator {
    fn each_object(&self, see: &mut SeeObject<'_>) {
        if let Ok(Some(future)) = self.future.try_borrow().as_deref() {
            see(future);
        }
    }
}

impl SelfIter for FutureIterator {}

impl IterNext for FutureIterator {
    fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        let Some(future) = zelf.future.borrow().clone() else {
            return Ok(PyIterReturn::StopIteration(None));
        };
        let cell = future_part(&future).cell();
        if !cell.is_done() && !zelf.yielded.replace(true) {
            cell.set_blocking(true);
            return Ok(PyIterReturn::Return(future));
        }
        if !cell.is_done() {
            return Err(vm.new_runtime_error("await wasn't used with future"));
        }
        zelf.future.take();
        let value = result_of(&future, vm)?;
        Ok(PyIterReturn::StopIteration(
            (!vm.is_none(&value)).then_some(value),
        ))
    }
}
