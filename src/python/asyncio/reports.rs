//! What nobody can catch, told to the loop's exception handler.

use std::rc::Rc;

use rustpython_vm::{AsObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::event_loop::PyEventLoop;
use super::future::library_call;
use super::handle::PyHandle;
use super::host::PyHost;
use crate::sched::Report;

/// Calls `call_exception_handler` of `event_loop`.
///
/// # Errors
/// What the handler raises.
pub(super) fn report(
    event_loop: &PyRef<PyEventLoop>,
    report: &Report<'_, PyHost>,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let context = vm.ctx.new_dict();
    let set = |key: &'static str, value: PyObjectRef| context.set_item(key, value, vm);
    match report {
        Report::Callback {
            handle,
            function,
            error,
        } => {
            let callback = match function {
                Some(call) => {
                    let arguments = vm.ctx.new_tuple(call.arguments.clone());
                    let source = vec![call.callable.clone(), arguments.into()];
                    let source = library_call("format_helpers", "_format_callback_source", source, vm)?;
                    source.str(vm)?.as_wtf8().to_string_lossy().into_owned()
                }
                None => "of the event loop".to_owned(),
            };
            set(
                "message",
                vm.ctx.new_str(format!("Exception in callback {callback}")).into(),
            )?;
            set("exception", (*error).clone().into())?;
            if let Some(call) = function {
                set(
                    "handle",
                    PyHandle::new(Rc::clone(handle), (*call).clone())
                        .into_ref(&vm.ctx)
                        .into(),
                )?;
            }
        }
        Report::Orphan { child, parent, error } => {
            let (child, parent) = (child.as_object(), parent.as_object());
            let message = format!(
                "Task {} has errored out but its parent task {} is already completed",
                child.repr(vm)?.as_wtf8(),
                parent.repr(vm)?.as_wtf8()
            );
            set("message", vm.ctx.new_str(message).into())?;
            set("exception", (*error).clone().into())?;
            set("task", child.to_owned())?;
        }
    }
    vm.call_method(event_loop.as_object(), "call_exception_handler", (context,))
        .map(drop)
}
