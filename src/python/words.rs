//! Words of the interpreter where `CPython` 3.13 has others.
//!
//! A program may print any message, so a message is mended when its exception
//! is raised, before anybody can look at it.

use rustpython_vm::builtins::{PyAsyncGen, PyBaseException, PyStr};
use rustpython_vm::{AsObject, Py, PyObject, PyRef, PyResult, VirtualMachine};

/// Gives builtin types the `repr` they have in `CPython`. Types outlive the interpreter; once is enough.
pub(super) fn adopt(vm: &VirtualMachine) {
    vm.ctx
        .types
        .async_generator
        .slots()
        .repr
        .store(Some(async_generator_repr));
}

#[expect(clippy::unnecessary_wraps, reason = "the interpreter's slots have this type")]
fn async_generator_repr(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<PyStr>> {
    let name = match object.downcast_ref::<PyAsyncGen>() {
        Some(generator) => generator
            .as_coro()
            .qualname()
            .as_wtf8()
            .to_string_lossy()
            .into_owned(),
        None => "?".to_owned(),
    };
    Ok(vm.ctx.new_str(format!(
        "<async_generator object {name} at {:#x}>",
        object.get_id()
    )))
}

/// Mends the message of an exception that is being raised.
pub(super) fn mend(error: &Py<PyBaseException>, vm: &VirtualMachine) {
    let exceptions = &vm.ctx.exceptions;
    let class = error.class();
    if !class.is(exceptions.type_error) && !class.is(exceptions.recursion_error) {
        return;
    }
    let arguments = error.args();
    let Some(message) = arguments.first().and_then(|first| first.downcast_ref::<PyStr>()) else {
        return;
    };
    let Some(mended) = message.to_str().and_then(cpython_words) else {
        return;
    };
    let arguments = vm.ctx.new_tuple(vec![vm.ctx.new_str(mended).into()]);
    // The exception is of a builtin class: setting its arguments runs nobody's code.
    let _ = error.as_object().set_attr("args", arguments, vm);
}

fn cpython_words(message: &str) -> Option<String> {
    if message == "maximum recursion depth exceeded " {
        return Some(message.trim_end().to_owned());
    }
    if message.contains("'asyncio.") && message.contains(" not supported between instances of ") {
        return Some(without_modules(message));
    }
    let class = message
        .strip_prefix('\'')?
        .strip_suffix("' object can't be awaited")?;
    Some(format!("object {class} can't be used in 'await' expression"))
}

/// Classes of `asyncio` are Python classes in `CPython`, which such messages name without their module.
fn without_modules(message: &str) -> String {
    let bare = |quoted: &str| match quoted
        .strip_prefix("asyncio.")
        .and_then(|rest| rest.rsplit_once('.'))
    {
        Some((_, name)) => name.to_owned(),
        None => quoted.to_owned(),
    };
    message.split('\'').map(bare).collect::<Vec<_>>().join("'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn awaiting_what_cannot_be_awaited_reads_as_in_cpython() {
        let mended = cpython_words("'int' object can't be awaited");
        assert_eq!(
            mended.as_deref(),
            Some("object int can't be used in 'await' expression")
        );
        assert_eq!(cpython_words("unsupported operand"), None);
        assert_eq!(
            cpython_words("'<' not supported between instances of 'asyncio.events.Handle' and 'int'")
                .as_deref(),
            Some("'<' not supported between instances of 'Handle' and 'int'")
        );
    }
}
