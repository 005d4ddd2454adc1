//! Parts of an exception group hide the context of the whole, as in `CPython`: there, copying the cause says
//! so, also when there is no cause. The interpreter copies only a cause that there is.

use std::cell::Cell;

use rustpython_vm::builtins::PyBaseException;
use rustpython_vm::function::{ItemDoc, PyMethodFlags};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::lines;

thread_local! {
    /// Types outlive the interpreter, and each thread has its own: once a thread is enough.
    static ADOPTED: Cell<bool> = const { Cell::new(false) };
}

/// Puts methods of our own in front of those that make parts of a group.
pub(super) fn adopt(vm: &VirtualMachine) {
    if ADOPTED.replace(true) {
        return;
    }
    adopt_derive(vm);
    let class = vm.ctx.exceptions.base_exception_group;
    for name in ["split", "subgroup"] {
        let Some(plain) = class.get_attr(vm.ctx.intern_str(name)) else {
            continue;
        };
        let parts_of = move |group: PyObjectRef, matcher_value: PyObjectRef, vm: &VirtualMachine| {
            let parts = plain.call((group.clone(), matcher_value), vm)?;
            match parts.downcast_ref::<rustpython_vm::builtins::PyTuple>() {
                Some(both) => both.iter().for_each(|part| hide_context(part, &group)),
                None => hide_context(&parts, &group),
            }
            PyResult::Ok(parts)
        };
        let shown = ItemDoc::static_text("($self, matcher_value, /)\n--\n\n");
        let definition = vm
            .ctx
            .new_method_def(name, parts_of, PyMethodFlags::METHOD, shown);
        let method = definition.build_method(class, vm);
        class.set_attr(vm.ctx.intern_str(name), method.into());
    }
}

/// What `except*` leaves over is made of parts too, without `split`.
fn adopt_derive(vm: &VirtualMachine) {
    let class = vm.ctx.exceptions.base_exception_group;
    let Some(plain) = class.get_attr(vm.ctx.intern_str("derive")) else {
        return;
    };
    let part_of = move |group: PyObjectRef, parts: PyObjectRef, vm: &VirtualMachine| {
        let part = plain.call((group.clone(), parts), vm)?;
        if lines::running_intrinsic() {
            hide_context(&part, &group);
        }
        PyResult::Ok(part)
    };
    let shown = ItemDoc::static_text("($self, excs, /)\n--\n\n");
    let definition = vm
        .ctx
        .new_method_def("derive", part_of, PyMethodFlags::METHOD, shown);
    let method = definition.build_method(class, vm);
    class.set_attr(vm.ctx.intern_str("derive"), method.into());
}

/// A part that is not the group itself was just made; a cause that it has is set once more.
fn hide_context(part: &PyObject, group: &PyObjectRef) {
    if !part.is(group)
        && let Some(part) = part.downcast_ref::<PyBaseException>()
    {
        part.set_cause(part.__cause__());
    }
}
