//! What is said about exceptions that reach nobody: those of finalisers, of
//! callbacks of weak references, of generators that are closed because they are
//! forgotten.

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use super::traceback;

/// Beginnings of what the interpreter says, where `CPython` says only whose exception it was.
const PLACES: [&str; 4] = [
    "Exception ignored while calling deallocator ",
    "Exception ignored while closing generator ",
    "Exception ignored while finalizing coroutine ",
    "weakref callback",
];

/// Makes `sys.unraisablehook` print as `CPython` does.
///
/// # Errors
/// When the interpreter refuses it.
pub(super) fn install(vm: &VirtualMachine) -> PyResult<()> {
    let hook: PyObjectRef = vm
        .new_function(
            "unraisablehook",
            |unraisable: PyObjectRef, vm: &VirtualMachine| {
                let text = describe(&unraisable, vm)?;
                traceback::write(&text, vm)
            },
        )
        .into();
    vm.sys_module.set_attr("__unraisablehook__", hook.clone(), vm)?;
    vm.sys_module.set_attr("unraisablehook", hook, vm)
}

fn describe(unraisable: &PyObjectRef, vm: &VirtualMachine) -> PyResult<String> {
    let attribute = |name: &'static str| unraisable.get_attr(name, vm);
    let mut text = heading(&attribute("err_msg")?, &attribute("object")?, vm)?;
    let entries = attribute("exc_traceback")?;
    if !vm.is_none(&entries) {
        text.push_str("Traceback (most recent call last):\n");
        let lines = vm.call_method(&*vm.import("traceback", 0)?, "format_tb", (entries,))?;
        text.push_str(&traceback::join(&lines, vm)?);
    }
    let class = attribute("exc_type")?;
    if vm.is_none(&class) {
        return Ok(text);
    }
    text.push_str(&class_name(&class, vm));
    let error = attribute("exc_value")?;
    if !vm.is_none(&error) {
        text.push_str(": ");
        match error.str(vm) {
            Ok(words) => text.push_str(&words.as_wtf8().to_string_lossy()),
            Err(_) => text.push_str("<exception str() failed>"),
        }
    }
    text.push('\n');
    Ok(text)
}

fn heading(message: &PyObjectRef, object: &PyObjectRef, vm: &VirtualMachine) -> PyResult<String> {
    let said = if vm.is_none(message) {
        String::new()
    } else {
        message.str(vm)?.as_wtf8().to_string_lossy().into_owned()
    };
    let place = PLACES.iter().find_map(|place| said.strip_prefix(place));
    Ok(match (place, vm.is_none(object)) {
        (Some(name), true) => format!("Exception ignored in: {name}\n"),
        (None, true) if said.is_empty() => String::new(),
        (None, true) => format!("{said}:\n"),
        (Some(_), false) => format!("Exception ignored in: {}\n", name(object, vm)),
        (None, false) if said.is_empty() => format!("Exception ignored in: {}\n", name(object, vm)),
        (None, false) => format!("{said}: {}\n", name(object, vm)),
    })
}

fn name(object: &PyObjectRef, vm: &VirtualMachine) -> String {
    object.repr(vm).map_or_else(
        |_| "<object repr() failed>".to_owned(),
        |text| text.as_wtf8().to_string_lossy().into_owned(),
    )
}

/// `module.Class`, without a module that everybody knows.
fn class_name(class: &PyObjectRef, vm: &VirtualMachine) -> String {
    let text = |name: &'static str| {
        let text = class.get_attr(name, vm).and_then(|text| text.str(vm));
        text.map_or_else(
            |_| "<unknown>".to_owned(),
            |text| text.as_wtf8().to_string_lossy().into_owned(),
        )
    };
    let (module, name) = (text("__module__"), text("__qualname__"));
    match &*module {
        "builtins" | "__main__" => name,
        _ => format!("{module}.{name}"),
    }
}
