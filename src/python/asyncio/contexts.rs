//! Context variables: every task and callback runs in its own context.
//!
//! As long as nobody has imported `contextvars` there is no variable that a
//! context could hold, so contexts are not even made until then. A task that
//! was created before gets an empty one, which is what it would have copied.

use std::cell::Cell;

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

thread_local! {
    static IN_USE: Cell<bool> = const { Cell::new(false) };
}

/// Forgets what the last interpreter of this thread had imported.
pub(super) fn reset() {
    IN_USE.set(false);
}

fn in_use(vm: &VirtualMachine) -> bool {
    if !IN_USE.get() {
        let modules = vm.sys_module.get_attr("modules", vm);
        let imported = modules.is_ok_and(|modules| modules.get_item("_contextvars", vm).is_ok());
        IN_USE.set(imported);
    }
    IN_USE.get()
}

/// `contextvars.copy_context()`; `None` while no variable can exist.
///
/// # Errors
/// What copying raises.
pub(super) fn copy_current(vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    if !in_use(vm) {
        return Ok(None);
    }
    let module = vm.import("_contextvars", 0)?;
    vm.call_method(&*module, "copy_context", ()).map(Some)
}

/// Runs `code` in the context kept in `slot`, which is filled when it is needed.
pub(super) fn run_in<R>(slot: &mut Option<PyObjectRef>, vm: &VirtualMachine, code: impl FnOnce() -> R) -> R {
    if slot.is_none() && in_use(vm) {
        let empty = vm
            .import("_contextvars", 0)
            .and_then(|module| vm.call_method(&*module, "Context", ()));
        *slot = empty.ok();
    }
    let Some(context) = slot.clone() else {
        return code();
    };
    vm.context_stack.borrow_mut().push(context);
    let result = code();
    vm.context_stack.borrow_mut().pop();
    result
}
