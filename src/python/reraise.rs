//! Traceback entries that `CPython` would not have made.
//!
//! The interpreter adds an entry whenever an exception goes on, also when a
//! `finally` or an `except` that does not match passes it through the same
//! frame once more. `CPython` adds one only where something is raised: where
//! the exception first came through the frame, or at a `raise` that names it.

use rustpython_vm::builtins::{PyCode, PyTraceback};
use rustpython_vm::bytecode::{Arg, Instruction};
use rustpython_vm::{AsObject, Py};

/// Bytes of an instruction with its argument.
pub(super) const UNIT: usize = 2;

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
    lets_pass(entry.frame.iframe().code(), offset / UNIT)
}

/// The instruction at an index, also where the beginning of a line is marked: then the
/// instruction itself is beside the code.
pub(super) fn operation(code: &PyCode, index: usize) -> u8 {
    let operation = u8::from(code.code.instructions.read_op(index));
    let marks = code.monitoring_data.lock();
    let original = marks.as_ref().and_then(|marks| marks.line_opcodes.get(index));
    let operation = original
        .copied()
        .filter(|original| *original != 0)
        .unwrap_or(operation);
    let watched = Instruction::try_from(operation).ok();
    watched.and_then(Instruction::to_base).map_or(operation, u8::from)
}

/// Whether the instruction only lets an exception go on that has come through the frame before.
fn lets_pass(code: &PyCode, index: usize) -> bool {
    let operation = operation(code, index);
    let raise = Instruction::RaiseVarargs { argc: Arg::marker() };
    let again = [
        Instruction::Reraise { depth: Arg::marker() },
        Instruction::CleanupThrow,
        Instruction::EndAsyncFor,
    ];
    if operation == u8::from(raise) {
        // `raise` without an exception.
        return u8::from(code.code.instructions.read_arg(index)) == 0;
    }
    again.iter().any(|pass| u8::from(*pass) == operation)
}
