//! The parts of a future that have a leading underscore: its state, as `repr`, tests and the curious see it.

use rustpython_derive::pyclass;
use rustpython_vm::function::PySetterValue;
use rustpython_vm::{PyObjectRef, PyPayload, PyResult, VirtualMachine};

use super::future::{PyFuture, future_border};
use super::wakeup::TaskWakeup;
use crate::sched::{DoneCallback, FutureCell, FutureState};

/// The attributes; a trait, because a class has one plain `impl`.
#[pyclass]
pub(super) trait FutureAttributes: PyPayload {
    #[pygetset]
    fn _loop(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        Ok(vm.unwrap_or_none(future_border(&zelf, vm)?.owner().map(Into::into)))
    }

    #[pygetset]
    fn _state(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult<&'static str> {
        Ok(future_border(&zelf, vm)?.known().map_or("PENDING", |cell| {
            cell.with_state(|state| match state {
                FutureState::Pending => "PENDING",
                FutureState::Result(_) | FutureState::Exception(..) => "FINISHED",
                FutureState::Cancelled => "CANCELLED",
            })
        }))
    }

    #[pygetset]
    fn _result(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let result = future_border(&zelf, vm)?.known().and_then(|cell| {
            cell.with_state(|state| match state {
                FutureState::Result(value) => Some(value.clone()),
                FutureState::Pending | FutureState::Exception(..) | FutureState::Cancelled => None,
            })
        });
        Ok(vm.unwrap_or_none(result))
    }

    #[pygetset]
    fn _exception(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let exception = future_border(&zelf, vm)?.known().and_then(|cell| {
            cell.with_state(|state| match state {
                FutureState::Exception(error, _) => Some(error.clone().into()),
                FutureState::Pending | FutureState::Result(_) | FutureState::Cancelled => None,
            })
        });
        Ok(vm.unwrap_or_none(exception))
    }

    #[pygetset]
    fn _cancel_message(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let message = future_border(&zelf, vm)?
            .known()
            .and_then(FutureCell::cancel_message);
        Ok(vm.unwrap_or_none(message))
    }

    #[pygetset(setter)]
    fn set__cancel_message(zelf: PyObjectRef, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        let message = assigned(value, vm)?;
        let cell = future_border(&zelf, vm)?.checked(vm)?;
        cell.set_cancel_message(Some(message).filter(|message| !vm.is_none(message)));
        Ok(())
    }

    /// Callbacks with their contexts; `None` when there are none.
    #[pygetset]
    fn _callbacks(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let callbacks = future_border(&zelf, vm)?
            .known()
            .map(FutureCell::callbacks)
            .unwrap_or_default();
        let shown: Vec<PyObjectRef> = callbacks
            .into_iter()
            .map(|callback| {
                let (function, context) = match callback {
                    DoneCallback::Wakeup(task) => (TaskWakeup::object(&task, vm), task.context()),
                    DoneCallback::Function(call) => (call.callable.clone(), call.context()),
                    DoneCallback::Gathered(_) => {
                        (library_function("gather.<locals>._done_callback", vm), None)
                    }
                    DoneCallback::Native(native) => (library_function(native.callback.function, vm), None),
                };
                vm.ctx
                    .new_tuple(vec![function, vm.unwrap_or_none(context)])
                    .into()
            })
            .collect();
        Ok(if shown.is_empty() {
            vm.ctx.none()
        } else {
            vm.ctx.new_list(shown).into()
        })
    }

    #[pygetset]
    fn _source_traceback(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        Ok(vm.unwrap_or_none(future_border(&zelf, vm)?.made_at().cloned()))
    }

    #[pygetset]
    fn _asyncio_future_blocking(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(future_border(&zelf, vm)?
            .known()
            .is_some_and(FutureCell::is_blocking))
    }

    #[pygetset(setter)]
    fn set__asyncio_future_blocking(
        zelf: PyObjectRef,
        value: PySetterValue,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let blocking = assigned(value, vm)?.try_to_bool(vm)?;
        future_border(&zelf, vm)?.checked(vm)?.set_blocking(blocking);
        Ok(())
    }

    #[pygetset]
    fn _log_traceback(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(future_border(&zelf, vm)?
            .known()
            .is_some_and(FutureCell::is_unretrieved))
    }

    #[pygetset(setter)]
    fn set__log_traceback(zelf: PyObjectRef, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        if assigned(value, vm)?.try_to_bool(vm)? {
            return Err(vm.new_value_error("_log_traceback can only be set to False"));
        }
        if let Some(cell) = future_border(&zelf, vm)?.known() {
            cell.mark_retrieved();
        }
        Ok(())
    }
}

impl FutureAttributes for PyFuture {}

/// What is assigned; none of these attributes can be deleted.
pub(super) fn assigned(value: PySetterValue, vm: &VirtualMachine) -> PyResult {
    match value {
        PySetterValue::Assign(value) => Ok(value),
        PySetterValue::Delete => Err(vm.new_attribute_error("cannot delete attribute")),
    }
}

/// A callback of the library as an object: it has a name, and only the loop can call it.
fn library_function(name: &'static str, vm: &VirtualMachine) -> PyObjectRef {
    let refuse = move |_: PyObjectRef, vm: &VirtualMachine| -> PyResult<()> {
        Err(vm.new_runtime_error(format!("{name} is called by the event loop, not by programs")))
    };
    vm.new_function(name, refuse).into()
}
