//! Calls into the part of the library that is written in Python: texts and lists whose making is all
//! there is to them.

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
