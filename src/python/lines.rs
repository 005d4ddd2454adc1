//! Which lines of the program run, and how many.
//!
//! [`super::monitor`] reports every executed line of the program's own code, and
//! jumps. Both count against the budgets, so that no loop runs for ever: each of
//! them has a line or a jump. The exception that ends such a loop is raised again
//! at every further event, so no `except` holds it up for long.

use std::cell::{Cell, RefCell};

use rustpython_vm::builtins::{PyBaseException, PyBaseExceptionRef, PyCode, PyTypeRef};
use rustpython_vm::bytecode::{Arg, Instruction};
use rustpython_vm::frame::{InterpreterFrame, current_thread_iframe};
use rustpython_vm::{AsObject, Py, PyResult, VirtualMachine};

use super::context::{self, Budgets, Run};
use super::{reraise, signal};
use crate::trace::{Budget, EventKind, Line, Outcome, ThreadId, Time};

/// Events between two looks at everything that is not worth a look every time.
const CHECK_EVERY: u64 = 1 << 14;

thread_local! {
    /// Lines and jumps since the run began.
    static TICKS: Cell<u64> = const { Cell::new(0) };
    /// Where `TICKS` must be looked at more closely.
    static CHECK_AT: Cell<u64> = const { Cell::new(CHECK_EVERY) };
    /// `TICKS` when the step began.
    static STEP_BEGAN: Cell<u64> = const { Cell::new(0) };
    /// Virtual time that a line takes.
    static COST: Cell<Time> = const { Cell::new(Time::ZERO) };
    /// Address of the interned file name of the program.
    static PROGRAM: Cell<usize> = const { Cell::new(0) };
    static RAN: RefCell<Ran> = const { RefCell::new(Ran::new()) };
    /// See [`out_of_budget`].
    static OUT_OF_BUDGET: RefCell<Option<PyTypeRef>> = const { RefCell::new(None) };
}

/// The lines that ran, step by step. Steps nest when a task is started eagerly.
struct Ran {
    lines: Vec<Line>,
    /// For every line, the step in which it ran last.
    stamps: Vec<u32>,
    /// The open steps: their stamp, and where their lines begin. The first is
    /// the code outside of the loop.
    open: Vec<(u32, usize)>,
    last_stamp: u32,
}

impl Ran {
    const fn new() -> Self {
        Self {
            lines: Vec::new(),
            stamps: Vec::new(),
            open: Vec::new(),
            last_stamp: 0,
        }
    }

    fn note(&mut self, line: Line) {
        let index = line as usize;
        if index >= self.stamps.len() {
            self.stamps.resize(index + 1, 0);
        }
        let stamp = self.open.last().map_or(0, |(stamp, _)| *stamp);
        if self.stamps[index] != stamp {
            self.stamps[index] = stamp;
            self.lines.push(line);
        }
    }

    fn open(&mut self) {
        self.last_stamp += 1;
        self.open.push((self.last_stamp, self.lines.len()));
    }

    fn take(&mut self) -> Vec<Line> {
        let Some((_, began)) = self.open.pop() else {
            return Vec::new();
        };
        let lines = self.lines.split_off(began);
        // The inner step has put its stamp on lines that the outer one has already listed.
        if let Some((stamp, began)) = self.open.last() {
            for line in &self.lines[*began..] {
                self.stamps[*line as usize] = *stamp;
            }
        }
        lines
    }
}

/// A step begins: what runs from now on is its own.
pub fn begin_step() {
    STEP_BEGAN.set(TICKS.get());
    RAN.with_borrow_mut(Ran::open);
}

/// The step ends. The lines that ran in it, each once, in the order in which they first ran.
pub fn take_lines() -> Vec<Line> {
    STEP_BEGAN.set(TICKS.get());
    RAN.with_borrow_mut(Ran::take)
}

/// Whether the loop is running a step.
pub(super) fn is_in_step() -> bool {
    RAN.with_borrow(|ran| ran.open.len() > 1)
}

/// Records the lines that ran outside of the loop since the last call.
pub fn record_outside(run: &Run) {
    let lines = RAN.with_borrow_mut(|ran| {
        if ran.open.len() > 1 {
            return Vec::new();
        }
        let lines = ran.take();
        ran.open();
        lines
    });
    if !lines.is_empty() {
        run.world.emit(&EventKind::LinesRan { lines });
    }
}

/// The line of the program that is running, or 0: that of its innermost frame.
pub fn current_line() -> Line {
    let program = PROGRAM.get();
    let mut next = current_thread_iframe();
    while let Some(frame) = live_frame(next) {
        let code = frame.code();
        if is_program(code, program) {
            return line_of(frame, code);
        }
        next = frame.previous();
    }
    0
}

/// Whether the innermost frame belongs to the program, not to a library.
pub(super) fn program_is_calling() -> bool {
    live_frame(current_thread_iframe()).is_some_and(|frame| is_program(frame.code(), PROGRAM.get()))
}

/// Whether the innermost frame is that of a function of this name.
pub(super) fn running_function_is(name: &str) -> bool {
    live_frame(current_thread_iframe()).is_some_and(|frame| frame.code().obj_name.as_str() == name)
}

/// Whether the innermost frame is at the end of an `except*`, or calls another operation of that kind.
pub(super) fn running_intrinsic() -> bool {
    let intrinsic = Instruction::CallIntrinsic2 { func: Arg::marker() };
    live_frame(current_thread_iframe()).is_some_and(|frame| {
        let index = usize::try_from(frame.get_lasti()).unwrap_or_default();
        reraise::operation(frame.code(), index.saturating_sub(1)) == u8::from(intrinsic)
    })
}

/// Whether the program itself called into the module of the innermost frame.
pub(super) fn program_asks_module() -> bool {
    let mut next = current_thread_iframe();
    let Some(asked) = live_frame(next).map(|frame| std::ptr::from_ref(frame.code().source_path())) else {
        return false;
    };
    while let Some(frame) = live_frame(next) {
        let code = frame.code();
        if !std::ptr::eq(code.source_path(), asked) {
            return is_program(code, PROGRAM.get());
        }
        next = frame.previous();
    }
    false
}

/// Whether the import that is going on was asked for by the program itself.
pub(super) fn importer_is_program() -> bool {
    let mut next = current_thread_iframe();
    while let Some(frame) = live_frame(next) {
        let code = frame.code();
        if !code.source_path().as_str().contains("importlib") {
            return is_program(code, PROGRAM.get());
        }
        next = frame.previous();
    }
    false
}

/// Whether this code stands in the program's own file.
pub(super) fn is_program_code(code: &PyCode) -> bool {
    is_program(code, PROGRAM.get())
}

fn is_program(code: &PyCode, program: usize) -> bool {
    std::ptr::from_ref(code.source_path()).addr() == program
}

#[expect(
    unsafe_code,
    reason = "the interpreter's frame chain is a list of raw pointers"
)]
fn live_frame<'a>(frame: *const InterpreterFrame) -> Option<&'a InterpreterFrame> {
    // SAFETY: the chain of this thread holds only frames that are being executed, below us on
    // the stack; it ends with null. No caller keeps the reference beyond its own return.
    unsafe { frame.as_ref() }
}

fn line_of(frame: &InterpreterFrame, code: &PyCode) -> Line {
    match frame.get_lasti().checked_sub(1) {
        Some(instruction) => line_at(code, instruction),
        None => code
            .first_line_number
            .map_or(0, |line| Line::try_from(line.get()).unwrap_or(0)),
    }
}

fn line_at(code: &PyCode, instruction: u32) -> Line {
    let location = code.locations.get(instruction as usize);
    location.map_or(0, |(start, _)| Line::try_from(start.line.get()).unwrap_or(0))
}

/// Starts counting, before the first line of the program whose code this is.
pub(super) fn begin(program: &PyCode, vm: &VirtualMachine) {
    reset();
    PROGRAM.set(std::ptr::from_ref(program.source_path()).addr());
    let cost = context::current().and_then(|run| run.surroundings.line_cost);
    COST.set(cost.unwrap_or(Time::ZERO));
    let base = vm.ctx.exceptions.base_exception_type.to_owned();
    OUT_OF_BUDGET.set(Some(vm.ctx.new_exception_type(
        "loopscope",
        "OutOfBudget",
        Some(vec![base]),
    )));
}

/// A line of the program is about to run.
///
/// # Errors
/// When the program is out of budget.
pub(super) fn ran(line: Line, vm: &VirtualMachine) -> PyResult<()> {
    RAN.with_borrow_mut(|ran| ran.note(line));
    if COST.get() > Time::ZERO {
        charge(vm)?;
    }
    tick(vm, current_line)
}

/// A line that costs time has begun to run. Ctrl+C may arrive meanwhile.
fn charge(vm: &VirtualMachine) -> PyResult<()> {
    let Some(run) = context::current() else {
        return Ok(());
    };
    run.world.work(COST.get());
    if run.world.threads().current() == ThreadId::MAIN && run.world.take_interrupt() {
        signal::raise(signal::SIGINT, vm)?;
    }
    Ok(())
}

/// The program jumped from the instruction at this offset to that one.
///
/// # Errors
/// When the program is out of budget.
pub(super) fn jumped(code: &PyCode, from: u32, to: u32, vm: &VirtualMachine) -> PyResult<()> {
    // A line that goes round runs once more; of others it is told when they begin.
    if COST.get() > Time::ZERO && line_at(code, from / 2) == line_at(code, to / 2) {
        charge(vm)?;
    }
    tick(vm, || {
        // The frame stands at the target already, whose line says nothing about the loop.
        if is_program_code(code) {
            line_at(code, from / 2)
        } else {
            current_line()
        }
    })
}

fn reset() {
    TICKS.set(0);
    CHECK_AT.set(CHECK_EVERY);
    STEP_BEGAN.set(0);
    RAN.with_borrow_mut(|ran| {
        *ran = Ran::new();
        ran.open();
    });
}

/// One line or jump, at a line of the program that is looked up only when it matters.
fn tick(vm: &VirtualMachine, line: impl FnOnce() -> Line) -> PyResult<()> {
    let ticks = TICKS.get() + 1;
    TICKS.set(ticks);
    if ticks < CHECK_AT.get() {
        return Ok(());
    }
    check(ticks, line(), vm)
}

#[cold]
fn check(ticks: u64, line: Line, vm: &VirtualMachine) -> PyResult<()> {
    let Some(run) = context::current() else {
        return Ok(());
    };
    let Budgets {
        lines, lines_in_step, ..
    } = run.budgets;
    let limit = if ticks > lines {
        Some(lines)
    } else {
        (ticks - STEP_BEGAN.get() > lines_in_step).then_some(lines_in_step)
    };
    if let Some(limit) = limit {
        run.stop(Outcome::OutOfBudget {
            budget: Budget::Lines,
            limit,
            line,
        });
    }
    if run.is_stopped() {
        CHECK_AT.set(0);
        return Err(out_of_budget(vm));
    }
    run.flush();
    CHECK_AT.set(ticks + CHECK_EVERY);
    Ok(())
}

/// Makes the next line or jump look whether a budget is used up.
pub(super) fn check_soon() {
    CHECK_AT.set(0);
}

/// The exception that ends a program without budget. Its type derives from
/// `BaseException` and has no name that a program could import.
///
/// # Panics
/// Before the program was started.
pub fn out_of_budget(vm: &VirtualMachine) -> PyBaseExceptionRef {
    let Some(class) = OUT_OF_BUDGET.with_borrow(Clone::clone) else {
        unreachable!("only a program that was started can be out of budget")
    };
    vm.new_exception_msg(class, "out of budget".into())
}

/// Whether this is the exception of [`out_of_budget`]. Whoever handles
/// exceptions of the program lets it pass.
pub fn is_out_of_budget(error: &Py<PyBaseException>) -> bool {
    OUT_OF_BUDGET.with_borrow(|class| class.as_ref().is_some_and(|class| error.class().is(class)))
}

/// Lets go of the interpreter. Called when the run is over.
pub(super) fn end() {
    PROGRAM.set(0);
    COST.set(Time::ZERO);
    OUT_OF_BUDGET.set(None);
}
