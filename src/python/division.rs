//! Divisions by zero in the words of `CPython` 3.13, which has other words for
//! every operation; the interpreter has the same for all.

use std::sync::OnceLock;

use rustpython_vm::builtins::PyType;
use rustpython_vm::protocol::{PyNumberBinaryFunc, PyNumberSlots};
use rustpython_vm::{AsObject, Py, PyObject, PyResult, VirtualMachine};

/// Puts a function of our own in front of a slot: it says other words about a zero.
macro_rules! slots {
    ($($name:ident: $slot:ident, $right:ident => $words:literal;)*) => {$(
        mod $name {
            use super::*;

            static LEFT: OnceLock<PyNumberBinaryFunc> = OnceLock::new();
            static RIGHT: OnceLock<PyNumberBinaryFunc> = OnceLock::new();

            pub(super) fn adopt(class: &Py<PyType>) {
                let slots: &PyNumberSlots = &class.slots.as_number;
                for (slot, original, ours) in [
                    (&slots.$slot, &LEFT, left as PyNumberBinaryFunc),
                    (&slots.$right, &RIGHT, right as PyNumberBinaryFunc),
                ] {
                    // Types outlive the interpreter, and each thread has its own: what is found
                    // later may be our function, and what is found first never is.
                    if let Some(function) = slot.load() {
                        original.get_or_init(|| function);
                        slot.store(Some(ours));
                    }
                }
            }

            fn left(one: &PyObject, other: &PyObject, vm: &VirtualMachine) -> PyResult {
                divide(&LEFT, $words, one, other, vm)
            }

            fn right(one: &PyObject, other: &PyObject, vm: &VirtualMachine) -> PyResult {
                divide(&RIGHT, $words, one, other, vm)
            }
        }
    )*};
}

slots! {
    int_floor: floor_divide, right_floor_divide => "integer division or modulo by zero";
    int_remainder: remainder, right_remainder => "integer modulo by zero";
    int_divmod: divmod, right_divmod => "integer division or modulo by zero";
    float_true: true_divide, right_true_divide => "float division by zero";
    float_floor: floor_divide, right_floor_divide => "float floor division by zero";
    float_remainder: remainder, right_remainder => "float modulo by zero";
    float_divmod: divmod, right_divmod => "float floor division by zero";
    complex_true: true_divide, right_true_divide => "complex division by zero";
}

fn divide(
    original: &OnceLock<PyNumberBinaryFunc>,
    words: &'static str,
    one: &PyObject,
    other: &PyObject,
    vm: &VirtualMachine,
) -> PyResult {
    let Some(original) = original.get() else {
        return Ok(vm.ctx.not_implemented());
    };
    original(one, other, vm).map_err(|error| {
        if error.class().is(vm.ctx.exceptions.zero_division_error) {
            vm.new_zero_division_error(words)
        } else {
            error
        }
    })
}

/// Gives the numbers their words.
pub(super) fn adopt(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    int_floor::adopt(types.int_type);
    int_remainder::adopt(types.int_type);
    int_divmod::adopt(types.int_type);
    float_true::adopt(types.float_type);
    float_floor::adopt(types.float_type);
    float_remainder::adopt(types.float_type);
    float_divmod::adopt(types.float_type);
    complex_true::adopt(types.complex_type);
}
