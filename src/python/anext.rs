//! `anext(iterator, default)`: what it gives is a class of our own (`pylib/_boot.py`).
//!
//! The interpreter's passes an exception on in three parts, which warns of a
//! signature that the program has not used.

use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyResult, VirtualMachine};

const DEFAULT: usize = 1;

/// Lets the program's `anext` be this one.
pub(super) fn install(vm: &VirtualMachine) -> PyResult<()> {
    let plain = vm.builtins.get_attr("anext", vm)?;
    let awaitable = vm.import("_boot", 0)?.get_attr("anext_awaitable", vm)?;
    let anext = vm.new_function(
        "anext",
        move |mut args: FuncArgs, vm: &VirtualMachine| -> PyResult {
            if args.args.len() != DEFAULT + 1 || !args.kwargs.is_empty() {
                return plain.call(args, vm);
            }
            let default = args.args.remove(DEFAULT);
            let wrapped = plain.call(args, vm)?;
            awaitable.call((wrapped, default), vm)
        },
    );
    vm.builtins.set_attr("anext", anext, vm)
}
