//! Calls into the part of the library that is written in Python: texts and lists whose making is all
//! there is to them.

use super::registry;
use crate::python::context::Run;
use crate::trace::{Diagnosis, Outcome};
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

/// Calls a function in the Python part of the library.
pub(super) fn library_call(
    module: &'static str,
    function: &'static str,
    arguments: Vec<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult {
    let name = vm.ctx.intern_str(format!("asyncio.{module}"));
    let module = vm.import(name, 0)?.get_attr(module, vm)?;
    vm.call_method(&module, function, arguments)
}

/// `repr` as the Python part of the library writes it.
pub(super) fn repr_by_library(
    module: &'static str,
    function: &'static str,
    object: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<String> {
    let text = library_call(module, function, vec![object.to_owned()], vm)?;
    Ok(text.str(vm)?.as_wtf8().to_string_lossy().into_owned())
}

/// The end of a run in which nothing can happen any more. Tells why when servers wait for clients.
pub(super) fn deadlocked(run: &Run, vm: &VirtualMachine) -> Outcome {
    let serves = || -> PyResult<bool> {
        let modules = vm.sys_module.get_attr("modules", vm)?;
        let socket = modules.get_item("socket", vm)?;
        vm.call_method(&socket, "_are_servers", ())?.try_to_bool(vm)
    };
    if serves().unwrap_or(false) {
        run.tell(
            Diagnosis::Deadlock,
            "the server waits for clients, and there is no network beyond this program: one of its own tasks must connect",
        );
    }
    Outcome::Deadlocked {
        tasks: registry::pending_tasks(),
    }
}
