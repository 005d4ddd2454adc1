//! What a program says about an exception that nobody caught.
//!
//! The frozen `traceback` module prints as `CPython` does, down to the last
//! caret, when it finds the source in `linecache`.

use rustpython_vm::builtins::{PyBaseException, PyBaseExceptionRef};
use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

use super::context::Run;
use super::identity;

/// Makes the source known to everything that prints lines of the program.
///
/// # Errors
/// When `linecache` cannot be imported.
pub(super) fn know_source(run: &Run, vm: &VirtualMachine) -> PyResult<()> {
    let lines: Vec<PyObjectRef> = run
        .source
        .split_inclusive('\n')
        .map(|line| vm.ctx.new_str(line).into())
        .collect();
    let entry = vm.ctx.new_tuple(vec![
        vm.ctx.new_int(run.source.len()).into(),
        vm.ctx.none(),
        vm.ctx.new_list(lines).into(),
        vm.ctx.new_str(run.program.as_str()).into(),
    ]);
    let cache = vm.import("linecache", 0)?.get_attr("cache", vm)?;
    cache.set_item(run.program.as_str(), entry.into(), vm)
}

/// Prints an uncaught exception to `sys.stderr`, or lets the program's own `sys.excepthook` do it.
pub(super) fn print(error: &PyBaseExceptionRef, vm: &VirtualMachine) {
    normalise(error, vm);
    let Ok(hook) = vm.sys_module.get_attr("excepthook", vm) else {
        let _ = write(
            &format!("sys.excepthook is missing\n{}", in_any_case(error, vm)),
            vm,
        );
        return;
    };
    let (class, value, traceback) = vm.split_exception(error.clone());
    if let Err(failed) = hook.call((class, value, traceback), vm) {
        let (failed, original) = (in_any_case(&failed, vm), in_any_case(error, vm));
        let text = format!("Error in sys.excepthook:\n{failed}\nOriginal exception was:\n{original}");
        let _ = write(&text, vm);
    }
}

/// The whole traceback, or the little that can be said when the program is in the way.
fn in_any_case(error: &PyBaseExceptionRef, vm: &VirtualMachine) -> String {
    format(error, vm).unwrap_or_else(|_| {
        let mut text = String::new();
        // Writing to a string fails only when a user-defined `__str__` does.
        let _ = vm.write_exception(&mut text, error);
        text
    })
}

/// Makes `sys.excepthook` print as `CPython` does.
///
/// # Errors
/// When the interpreter refuses it.
pub(super) fn install(vm: &VirtualMachine) -> PyResult<()> {
    let hook: PyObjectRef = vm
        .new_function(
            "excepthook",
            |_class: PyObjectRef, value: PyBaseExceptionRef, _traceback: PyObjectRef, vm: &VirtualMachine| {
                write(&format(&value, vm)?, vm)
            },
        )
        .into();
    vm.sys_module.set_attr("__excepthook__", hook.clone(), vm)?;
    vm.sys_module.set_attr("excepthook", hook, vm)
}

pub(super) fn write(text: &str, vm: &VirtualMachine) -> PyResult<()> {
    let stderr = vm.sys_module.get_attr("stderr", vm)?;
    vm.call_method(&stderr, "write", (text,))?;
    Ok(())
}

/// The whole traceback, as `CPython` prints it.
///
/// # Errors
/// When the exception cannot be turned into text.
pub fn format(error: &PyBaseExceptionRef, vm: &VirtualMachine) -> PyResult<String> {
    let parts = vm.call_method(&*vm.import("traceback", 0)?, "format_exception", (error.clone(),))?;
    join(&parts, vm)
}

/// `Type: message`, the line by which the exception is known.
pub fn one_line(error: &PyBaseExceptionRef, vm: &VirtualMachine) -> String {
    normalise(error, vm);
    let lines = vm
        .import("traceback", 0)
        .and_then(|traceback| vm.call_method(&traceback, "format_exception_only", (error.clone(),)))
        .and_then(|lines| lines.try_to_value::<Vec<PyObjectRef>>(vm));
    let is_syntax = error.fast_isinstance(vm.ctx.exceptions.syntax_error);
    let line = lines.ok().and_then(|lines| {
        let line = if is_syntax { lines.last() } else { lines.first() };
        line.and_then(|line| line.str(vm).ok())
            .map(|line| line.as_wtf8().to_string_lossy().into_owned())
    });
    let line = line.unwrap_or_else(|| error.class().name().to_string());
    identity::without_addresses(line.trim_end_matches('\n')).into_owned()
}

pub(super) fn join(parts: &PyObjectRef, vm: &VirtualMachine) -> PyResult<String> {
    let mut text = String::new();
    for part in parts.try_to_value::<Vec<PyObjectRef>>(vm)? {
        text.push_str(&part.str(vm)?.as_wtf8().to_string_lossy());
    }
    Ok(text)
}

/// Gives an exception the words of `CPython` where the interpreter has others.
fn normalise(error: &Py<PyBaseException>, vm: &VirtualMachine) {
    if error.class().is(vm.ctx.exceptions.recursion_error) {
        // It has no words, or a blank at their end, when the stack ran out rather than the frames.
        const WORDS: &str = "maximum recursion depth exceeded";
        let text = error
            .as_object()
            .str(vm)
            .map(|text| text.as_wtf8().to_string_lossy().into_owned());
        if text.is_ok_and(|text| text.is_empty() || text.trim_end() == WORDS) {
            let words = vm.ctx.new_tuple(vec![vm.ctx.new_str(WORDS).into()]);
            let _ = error.as_object().set_attr("args", words, vm);
        }
    }
}
