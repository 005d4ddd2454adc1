//! What the interpreter reports while a program runs, through `sys.monitoring`.
//!
//! Only the program's own code is watched line by line; libraries run at full
//! speed. Jumps are asked for only where lines cannot tell that a loop goes
//! round: in loops on a single line, and everywhere when the program makes code
//! at run time, which cannot be watched line by line.

use std::borrow::Borrow;
use std::cell::RefCell;

use rustpython_vm::builtins::{PyBaseExceptionRef, PyCode};
use rustpython_vm::bytecode::{Instruction, OpArgState};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

use super::reraise::UNIT;
use super::{lines, threads, words};

/// The tool number that we take.
const TOOL: i32 = 4;

thread_local! {
    /// What a callback returns to say that it needs no further calls from this place.
    static DISABLE: RefCell<Option<PyObjectRef>> = const { RefCell::new(None) };
}

/// The numbers of the events that we use.
#[derive(Clone, Copy)]
struct Events {
    line: i32,
    jump: i32,
    start: i32,
    raise: i32,
}

/// Watches a program. Called once in a run, before its first line.
///
/// # Errors
/// When the interpreter does not let itself be watched.
pub(super) fn watch(program: &PyRef<PyCode>, source: &str, vm: &VirtualMachine) -> PyResult<()> {
    lines::begin(program, vm);
    let monitoring = vm.sys_module.get_attr("monitoring", vm)?;
    DISABLE.set(Some(monitoring.get_attr("DISABLE", vm)?));
    let numbers = monitoring.get_attr("events", vm)?;
    let number = |name: &'static str| numbers.get_attr(name, vm)?.try_into_value::<i32>(vm);
    let events = Events {
        line: number("LINE")?,
        jump: number("JUMP")?,
        start: number("PY_START")?,
        raise: number("RAISE")?,
    };
    vm.call_method(&monitoring, "use_tool_id", (TOOL, "loopscope"))?;
    for (event, callback) in callbacks(events, vm) {
        vm.call_method(&monitoring, "register_callback", (TOOL, event, callback))?;
    }
    // Local before global: nothing is instrumented until the program starts, and the set must
    // not change after that, because instrumenting anew would undo the repair.
    watch_code(program, &monitoring, events, vm)?;
    for twin in threads::codes() {
        watch_code(&twin, &monitoring, events, vm)?;
    }
    let everywhere = if makes_code(source) { events.jump } else { 0 };
    vm.call_method(&monitoring, "set_events", (TOOL, events.raise | everywhere))?;
    // A program that could reach this would switch its own budget off.
    vm.sys_module.as_object().del_attr("monitoring", vm)
}

/// Lets go of the interpreter. Called when the run is over.
pub(super) fn unwatch() {
    DISABLE.set(None);
    lines::end();
}

fn callbacks(events: Events, vm: &VirtualMachine) -> [(i32, PyObjectRef); 4] {
    let on_line = vm.new_function(
        "on_line",
        |code: PyRef<PyCode>, line: u32, vm: &VirtualMachine| {
            // Events go by the address of the code, which other code gets once that of the program is gone.
            if lines::is_program_code(&code) {
                lines::ran(line, vm)
            } else {
                Ok(())
            }
        },
    );
    let on_jump = vm.new_function(
        "on_jump",
        |code: PyRef<PyCode>, from: u32, to: u32, vm: &VirtualMachine| lines::jumped(&code, from, to, vm),
    );
    let on_start = vm.new_function(
        "on_start",
        |code: PyRef<PyCode>, _at: PyObjectRef, vm: &VirtualMachine| {
            repair(&code);
            DISABLE.with_borrow(Clone::clone).unwrap_or_else(|| vm.ctx.none())
        },
    );
    let on_raise = vm.new_function(
        "on_raise",
        |code: PyRef<PyCode>, at: usize, error: PyBaseExceptionRef, vm: &VirtualMachine| {
            words::mend(&error, &code, at / UNIT, vm);
        },
    );
    [
        (events.line, on_line.into()),
        (events.jump, on_jump.into()),
        (events.start, on_start.into()),
        (events.raise, on_raise.into()),
    ]
}

/// Whether the program may make code at run time.
fn makes_code(source: &str) -> bool {
    ["exec", "eval", "compile"]
        .iter()
        .any(|name| source.contains(name))
}

/// Asks for the events of `code` and of all code inside it.
fn watch_code(
    code: &PyRef<PyCode>,
    monitoring: &PyObjectRef,
    events: Events,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let jump = if has_loop_on_one_line(code) {
        events.jump
    } else {
        0
    };
    let wanted = events.line | events.start | jump;
    vm.call_method(monitoring, "set_local_events", (TOOL, code.clone(), wanted))?;
    for constant in code.constants.iter() {
        let constant: &PyObject = constant.borrow();
        if let Some(inner) = constant.downcast_ref::<PyCode>() {
            watch_code(&inner.to_owned(), monitoring, events, vm)?;
        }
    }
    Ok(())
}

/// Whether a loop goes round without changing its line, so that no line is reported.
fn has_loop_on_one_line(code: &PyCode) -> bool {
    let mut arguments = OpArgState::default();
    let line = |index: usize| code.locations.get(index).map(|(start, _)| start.line);
    code.instructions
        .iter()
        .copied()
        .enumerate()
        .any(|(index, unit)| {
            let (instruction, argument) = arguments.get(unit);
            if !matches!(instruction, Instruction::JumpBackward { .. }) {
                return false;
            }
            let after = index + 1 + instruction.cache_entries();
            let target = after.saturating_sub(u32::from(argument) as usize);
            (target..index).all(|inside| line(inside) == line(index))
        })
}

/// Puts back the prefixes that the interpreter overwrote.
///
/// rustpython-vm 0.6.0 marks the beginning of a line even where it is the
/// `EXTENDED_ARG` prefix of a jump; executing the mark loses the prefix, and
/// the jump goes astray. Called when the code has just been marked and none of
/// its lines has run.
#[expect(
    unsafe_code,
    reason = "the cure for the interpreter's defect works on its instructions"
)]
fn repair(code: &Py<PyCode>) {
    let marks = code.monitoring_data.lock();
    let Some(marks) = marks.as_ref() else { return };
    let prefix = Instruction::ExtendedArg;
    for (index, original) in marks.line_opcodes.iter().enumerate() {
        if *original == u8::from(prefix) {
            // SAFETY: the index comes from the instruction's own side table, the instruction put
            // there is the one that stood there before, and there is only this thread.
            unsafe { code.code.instructions.replace_op(index, prefix) }
        }
    }
}
