//! What nobody can catch, and what debug mode has to say, told to the loop.

use rustpython_vm::builtins::{PyBaseExceptionRef, PyDictRef, PyTraceback};
use rustpython_vm::function::{FuncArgs, KwArgs};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

use super::call::Call;
use super::event_loop::PyEventLoop;
use super::future::{PyFuture, try_future_part};
use super::handle;
use super::host::PyHost;
use super::library::library_call;
use crate::python::lines;
use crate::sched::Report;

/// Calls `call_exception_handler` of `event_loop`, or tells of a slow step.
///
/// # Errors
/// What the handler raises.
pub(super) fn report(
    event_loop: &PyRef<PyEventLoop>,
    report: &Report<'_, PyHost>,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let owner = event_loop.as_object();
    let context = match report {
        Report::Callback {
            handle,
            function: Some(call),
            error,
        } => {
            let shown = handle::shown(owner.to_owned(), call, handle, None, vm)?;
            let context = callback_context(call, &shown, owner, error, vm)?;
            return tell_of(error, owner, context, vm);
        }
        Report::Callback { error, .. } => {
            let context = vm.ctx.new_dict();
            let message = vm.ctx.new_str("Exception in callback of the event loop");
            context.set_item("message", message.into(), vm)?;
            context.set_item("exception", (*error).clone().into(), vm)?;
            context
        }
        Report::Step { handle, task, error } => {
            let step = vm.new_function("Task.__step", |_: FuncArgs, vm: &VirtualMachine| vm.ctx.none());
            let call = Call::new(step.into(), Vec::new(), task.context(), vm);
            let shown = handle::shown(owner.to_owned(), &call, handle, None, vm)?;
            let context = callback_context(&call, &shown, owner, error, vm)?;
            return tell_of(error, owner, context, vm);
        }
        Report::Orphan { child, parent, error } => {
            let (child, parent) = (child.as_object(), parent.as_object());
            let context = vm.ctx.new_dict();
            let message = format!(
                "Task {} has errored out but its parent task {} is already completed",
                child.repr(vm)?.as_wtf8(),
                parent.repr(vm)?.as_wtf8()
            );
            context.set_item("message", vm.ctx.new_str(message).into(), vm)?;
            context.set_item("exception", (*error).clone().into(), vm)?;
            context.set_item("task", child.to_owned(), vm)?;
            context
        }
        Report::Slow {
            handle,
            task,
            function,
            seconds,
        } => {
            let shown = match (task, function) {
                (Some(task), _) => task.as_object().to_owned(),
                (None, Some(call)) => handle::shown(owner.to_owned(), call, handle, None, vm)?,
                (None, None) => return Ok(()),
            };
            return vm.call_method(owner, "_was_slow", (shown, *seconds)).map(drop);
        }
    };
    vm.call_method(owner, "call_exception_handler", (context,))
        .map(drop)
}

/// Calls the exception handler while `error` is being handled.
///
/// # Errors
/// What the handler raises.
pub(super) fn tell_of(
    error: &PyBaseExceptionRef,
    owner: &PyObject,
    context: PyDictRef,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let before = vm.current_exception();
    vm.set_exception(Some(error.clone()));
    let told = vm.call_method(owner, "call_exception_handler", (context,));
    vm.set_exception(before);
    told.map(drop)
}

/// What the exception handler is told when `call`, made by the handle `shown`, has raised `error`.
///
/// # Errors
/// What a `repr` raises.
pub(super) fn callback_context(
    call: &PyRef<Call>,
    shown: &PyObjectRef,
    owner: &PyObject,
    error: &PyBaseExceptionRef,
    vm: &VirtualMachine,
) -> PyResult<PyDictRef> {
    if error.__traceback__().is_none() {
        error.set_traceback(library_traceback(vm)?);
    }
    let arguments = vm.ctx.new_tuple(call.arguments.clone());
    let debug: PyObjectRef = vm.ctx.new_bool(is_debug(owner, vm)?).into();
    let arguments = FuncArgs::new(
        vec![call.callable.clone(), arguments.into()],
        [("debug", debug)].into_iter().collect::<KwArgs>(),
    );
    let format = vm
        .import("asyncio.format_helpers", 0)?
        .get_attr("format_helpers", vm)?;
    let source = vm.call_method(&format, "_format_callback_source", arguments)?;
    let message = format!("Exception in callback {}", source.str(vm)?.as_wtf8());
    let context = vm.ctx.new_dict();
    context.set_item("message", vm.ctx.new_str(message).into(), vm)?;
    context.set_item("exception", error.clone().into(), vm)?;
    context.set_item("handle", shown.clone(), vm)?;
    if let Some(source) = call.source() {
        context.set_item("source_traceback", source.clone(), vm)?;
    }
    Ok(context)
}

/// The traceback of an error that came from the call itself: it has seen the library alone.
fn library_traceback(vm: &VirtualMachine) -> PyResult<Option<PyRef<PyTraceback>>> {
    let Some(frame) = vm.current_frame() else {
        return Ok(None);
    };
    let line = frame.as_object().get_attr("f_lineno", vm)?;
    let class = vm.ctx.types.traceback_type.as_object();
    let entry = class.call((vm.ctx.none(), frame, 0, line), vm)?;
    Ok(entry.downcast().ok())
}

/// Whether `error` goes through the loop instead of to its exception handler.
pub(super) fn leaves_the_loop(error: &PyBaseExceptionRef, vm: &VirtualMachine) -> bool {
    error.fast_isinstance(vm.ctx.exceptions.keyboard_interrupt)
        || error.fast_isinstance(vm.ctx.exceptions.system_exit)
        || lines::is_out_of_budget(error)
}

/// `owner.get_debug()`, which need not be a loop of ours.
///
/// # Errors
/// What the method raises.
pub(super) fn is_debug(owner: &PyObject, vm: &VirtualMachine) -> PyResult<bool> {
    match owner.downcast_ref::<PyEventLoop>() {
        Some(event_loop) => Ok(event_loop.is_debugging()),
        None => vm.call_method(owner, "get_debug", ())?.try_to_bool(vm),
    }
}

/// Debug mode keeps so many of the innermost calls.
const STACK_DEPTH: usize = 10;

/// The calls that led here, as debug mode keeps them. `hidden` is the number of calls inside the
/// library that `CPython` would count.
///
/// # Errors
/// What looking at the frames raises.
pub(super) fn stack(hidden: usize, vm: &VirtualMachine) -> PyResult {
    let depth = vm.ctx.new_int(STACK_DEPTH - hidden).into();
    library_call("format_helpers", "extract_stack", vec![vm.ctx.none(), depth], vm)
}

/// An exception that nobody has looked at dies with its future: that is reported.
pub(super) fn report_unretrieved(object: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    let Some(cell) = try_future_part(object).and_then(PyFuture::known) else {
        return Ok(());
    };
    if !cell.is_unretrieved() {
        return Ok(());
    }
    cell.mark_retrieved();
    let Some(error) = cell.exception()? else {
        return Ok(());
    };
    let message = format!("{} exception was never retrieved", object.class().name());
    let Some(event_loop) = try_future_part(object).and_then(PyFuture::owner) else {
        return Ok(());
    };
    let context: PyDictRef = vm.ctx.new_dict();
    context.set_item("message", vm.ctx.new_str(message).into(), vm)?;
    context.set_item("exception", error.into(), vm)?;
    context.set_item("future", object.to_owned(), vm)?;
    if let Some(stack) = try_future_part(object).and_then(PyFuture::made_at) {
        context.set_item("source_traceback", stack.clone(), vm)?;
    }
    vm.call_method(event_loop.as_object(), "call_exception_handler", (context,))
        .map(drop)
}
