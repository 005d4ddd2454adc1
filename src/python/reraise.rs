//! Traceback entries that `CPython` would not have made.
//!
//! The interpreter adds an entry whenever an exception goes on, also when a
//! `finally` or an `except` that does not match passes it through the same
//! frame once more. `CPython` adds one only where something is raised: where
//! the exception first came through the frame, or at a `raise` that names it.

use rustpython_vm::builtins::{PyCode, PyTraceback};
use rustpython_vm::bytecode::Instruction;
use rustpython_vm::{AsObject, Py};

/// Bytes of an instruction with its argument.
const UNIT: usize = 2;

/// Whether this entry only repeats the next one, which is of the same frame.
pub(super) fn is_repetition(entry: &Py<PyTraceback>) -> bool {
    let next = entry.next.lock();
    let Some(next) = next.as_ref() else { return false };
    if !next.frame.is(&entry.frame) {
        return false;
    }
    let Ok(offset) = usize::try_from(entry.lasti) else {
        return false;
    };
    !raises_by_name(entry.frame.iframe().code(), offset / UNIT)
}

/// Whether the instruction is a `raise` with an exception, not one that lets it go on.
fn raises_by_name(code: &PyCode, index: usize) -> bool {
    let instructions = &code.code.instructions;
    let mut is_raise = matches!(instructions.read_op(index), Instruction::RaiseVarargs { .. });
    if !is_raise && let Some(marks) = code.monitoring_data.lock().as_ref() {
        // The beginning of a line may be marked: the instruction itself is beside the code.
        let raise = Instruction::RaiseVarargs {
            argc: rustpython_vm::bytecode::Arg::marker(),
        };
        is_raise = marks
            .line_opcodes
            .get(index)
            .is_some_and(|original| *original == u8::from(raise));
    }
    is_raise && u8::from(instructions.read_arg(index)) > 0
}
