//! Signals inside the run: handlers, and Ctrl+C at its virtual moment.
//!
//! This is the native half, module `_signal`; the frozen `signal` gives the
//! numbers their names. Nothing reaches the host: a signal that would end the
//! process ends the run, with the exit code that a shell would show.

use std::cell::RefCell;

use rustpython_vm::builtins::{PyInt, PyModule, PyModuleDef};
use rustpython_vm::function::OptionalArg;
use rustpython_vm::{Context, Py, PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::{context, environment, lines};
use crate::trace::Outcome;

/// Ctrl+C.
pub const SIGINT: usize = 2;
const SIGPIPE: usize = 13;
const SIGXFSZ: usize = 25;
const SIG_DFL: i64 = 0;
const SIG_IGN: i64 = 1;
/// One more than the highest signal.
const NSIG: usize = 65;
/// Signals from here on have no names of their own.
const SIGRTMIN: usize = 34;
/// What a shell adds to the number of the signal that ended a process.
const ENDED_BY_SIGNAL: i32 = 128;

/// What happens when nobody handles a signal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Default {
    End,
    Nothing,
    Stop,
}

struct Known {
    name: &'static str,
    number: usize,
    text: &'static str,
    default: Default,
    can_be_caught: bool,
}

const fn known(name: &'static str, number: usize, text: &'static str) -> Known {
    let default = match number {
        17 | 18 | 23 | 28 => Default::Nothing,
        19..=22 => Default::Stop,
        _ => Default::End,
    };
    Known {
        name,
        number,
        text,
        default,
        can_be_caught: number != 9 && number != 19,
    }
}

const KNOWN: [Known; 33] = [
    known("SIGHUP", 1, "Hangup"),
    known("SIGINT", SIGINT, "Interrupt"),
    known("SIGQUIT", 3, "Quit"),
    known("SIGILL", 4, "Illegal instruction"),
    known("SIGTRAP", 5, "Trace/breakpoint trap"),
    known("SIGABRT", 6, "Aborted"),
    known("SIGBUS", 7, "Bus error"),
    known("SIGFPE", 8, "Floating point exception"),
    known("SIGKILL", 9, "Killed"),
    known("SIGUSR1", 10, "User defined signal 1"),
    known("SIGSEGV", 11, "Segmentation fault"),
    known("SIGUSR2", 12, "User defined signal 2"),
    known("SIGPIPE", SIGPIPE, "Broken pipe"),
    known("SIGALRM", 14, "Alarm clock"),
    known("SIGTERM", 15, "Terminated"),
    known("SIGSTKFLT", 16, "Stack fault"),
    known("SIGCHLD", 17, "Child exited"),
    known("SIGCONT", 18, "Continued"),
    known("SIGSTOP", 19, "Stopped (signal)"),
    known("SIGTSTP", 20, "Stopped"),
    known("SIGTTIN", 21, "Stopped (tty input)"),
    known("SIGTTOU", 22, "Stopped (tty output)"),
    known("SIGURG", 23, "Urgent I/O condition"),
    known("SIGXCPU", 24, "CPU time limit exceeded"),
    known("SIGXFSZ", SIGXFSZ, "File size limit exceeded"),
    known("SIGVTALRM", 26, "Virtual timer expired"),
    known("SIGPROF", 27, "Profiling timer expired"),
    known("SIGWINCH", 28, "Window changed"),
    known("SIGIO", 29, "I/O possible"),
    known("SIGPWR", 30, "Power failure"),
    known("SIGSYS", 31, "Bad system call"),
    known("SIGRTMIN", SIGRTMIN, "Real-time signal 0"),
    known("SIGRTMAX", NSIG - 1, "Real-time signal 30"),
];

/// Other names of signals.
const ALIASES: [(&str, usize); 3] = [("SIGIOT", 6), ("SIGCLD", 17), ("SIGPOLL", 29)];

/// Functions that wait for real time or for other threads and processes.
const NOT_SIMULATED: [&str; 12] = [
    "alarm",
    "setitimer",
    "getitimer",
    "pause",
    "sigwait",
    "sigwaitinfo",
    "sigtimedwait",
    "sigpending",
    "pthread_kill",
    "pthread_sigmask",
    "pidfd_send_signal",
    "set_wakeup_fd",
];

thread_local! {
    /// The handlers that the program has set. `None` is the state at the start.
    static HANDLERS: RefCell<Vec<Option<PyObjectRef>>> = const { RefCell::new(Vec::new()) };
}

/// The definition of the module.
pub(super) fn module_def(ctx: &Context) -> &'static PyModuleDef {
    _signal::module_def(ctx)
}

/// `_thread.interrupt_main` sends a signal too.
///
/// # Errors
/// When the interpreter's module is not as we know it.
pub(super) fn install(vm: &VirtualMachine) -> PyResult<()> {
    let interrupt = |number: OptionalArg<usize>, vm: &VirtualMachine| {
        let number = number.unwrap_or(SIGINT);
        if !is_valid(number) {
            return Err(vm.new_value_error("signal number out of range"));
        }
        raise(number, vm)
    };
    let function = vm.new_function("interrupt_main", interrupt);
    vm.import("_thread", 0)?.set_attr("interrupt_main", function, vm)
}

/// Forgets all handlers.
pub(super) fn reset() {
    drop(HANDLERS.take());
}

/// A signal arrives: what its handler does, happens.
///
/// # Errors
/// What the handler raised.
pub fn raise(number: usize, vm: &VirtualMachine) -> PyResult<()> {
    let handler = handler(number, vm)?;
    if is_number(&handler, SIG_IGN) {
        return Ok(());
    }
    if is_number(&handler, SIG_DFL) {
        return default_action(number, vm);
    }
    let frame = vm.current_frame().map_or_else(|| vm.ctx.none(), Into::into);
    handler.call((number, frame), vm).map(drop)
}

/// Nobody handles the signal.
fn default_action(number: usize, vm: &VirtualMachine) -> PyResult<()> {
    let signal = KNOWN.iter().find(|known| known.number == number);
    match signal.map_or(Default::End, |known| known.default) {
        Default::Nothing => Ok(()),
        Default::Stop => Err(not_simulated(
            signal.map_or("a signal", |known| known.name),
            "stopping the process",
            vm,
        )),
        Default::End => {
            if let Some(run) = context::current() {
                let number = i32::try_from(number).unwrap_or(0);
                run.stop(Outcome::Exited {
                    code: ENDED_BY_SIGNAL + number,
                    error: None,
                });
            }
            Err(lines::out_of_budget(vm))
        }
    }
}

/// The error for something of this module that is not simulated.
fn not_simulated(name: &str, what: &str, vm: &VirtualMachine) -> rustpython_vm::builtins::PyBaseExceptionRef {
    let message = format!("signal.{name} is not simulated: there is nothing like {what} here");
    environment::note_unsupported(&message);
    vm.new_not_implemented_error(message)
}

fn handler(number: usize, vm: &VirtualMachine) -> PyResult {
    let set = HANDLERS.with_borrow(|handlers| handlers.get(number).cloned().flatten());
    match set {
        Some(handler) => Ok(handler),
        None if number == SIGINT => vm.import("_signal", 0)?.get_attr("default_int_handler", vm),
        None if number == SIGPIPE || number == SIGXFSZ => Ok(vm.ctx.new_int(SIG_IGN).into()),
        None => Ok(vm.ctx.new_int(SIG_DFL).into()),
    }
}

fn is_number(handler: &PyObject, number: i64) -> bool {
    handler
        .downcast_ref::<PyInt>()
        .is_some_and(|handler| *handler.as_bigint() == number.into())
}

/// Numbers 32 and 33 belong to the C library.
const fn is_valid(number: usize) -> bool {
    number > 0 && number < NSIG && number != 32 && number != 33
}

fn cannot_be_caught(vm: &VirtualMachine) -> PyResult {
    let arguments = vec![
        vm.ctx.new_int(22).into(),
        vm.ctx.new_str("Invalid argument").into(),
    ];
    Err(vm.invoke_exception(vm.ctx.exceptions.os_error, arguments)?)
}

/// Gives the module the numbers, and the names of what is not simulated.
fn fill(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
    let own = KNOWN.iter().map(|known| (known.name, known.number));
    for (name, number) in own.chain(ALIASES) {
        module.set_attr(name, vm.ctx.new_int(number), vm)?;
    }
    for name in NOT_SIMULATED {
        let refuse = move |_: rustpython_vm::function::FuncArgs, vm: &VirtualMachine| -> PyResult {
            Err(not_simulated(
                name,
                "real time, and other threads and processes,",
                vm,
            ))
        };
        module.set_attr(name, vm.new_function(name, refuse), vm)?;
    }
    Ok(())
}

#[allow(
    clippy::unwrap_used,
    reason = "the interpreter's macro writes it for every constant"
)]
#[rustpython_vm::pymodule]
mod _signal {
    use super::{HANDLERS, KNOWN, NSIG as SIGNALS, SIGRTMIN, handler, is_number, is_valid};
    use rustpython_vm::builtins::PyModule;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{Py, PyObjectRef, PyResult, VirtualMachine};

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        super::fill(vm, module)
    }

    #[pyattr]
    const SIG_DFL: i64 = super::SIG_DFL;
    #[pyattr]
    const SIG_IGN: i64 = super::SIG_IGN;
    #[pyattr]
    const SIG_BLOCK: i64 = 0;
    #[pyattr]
    const SIG_UNBLOCK: i64 = 1;
    #[pyattr]
    const SIG_SETMASK: i64 = 2;
    #[pyattr]
    const ITIMER_REAL: i64 = 0;
    #[pyattr]
    const ITIMER_VIRTUAL: i64 = 1;
    #[pyattr]
    const ITIMER_PROF: i64 = 2;
    #[pyattr]
    const NSIG: usize = SIGNALS;

    fn checked(number: i64, vm: &VirtualMachine) -> PyResult<usize> {
        usize::try_from(number)
            .ok()
            .filter(|number| (1..SIGNALS).contains(number))
            .ok_or_else(|| vm.new_value_error("signal number out of range"))
    }

    #[pyfunction]
    fn signal(signalnum: i64, handler: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let number = checked(signalnum, vm)?;
        if !handler.is_callable()
            && !is_number(&handler, super::SIG_DFL)
            && !is_number(&handler, super::SIG_IGN)
        {
            return Err(vm.new_type_error(
                "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object",
            ));
        }
        let fixed = KNOWN
            .iter()
            .any(|known| known.number == number && !known.can_be_caught);
        if fixed || !is_valid(number) {
            return super::cannot_be_caught(vm);
        }
        let old = super::handler(number, vm)?;
        HANDLERS.with_borrow_mut(|handlers| {
            if handlers.len() <= number {
                handlers.resize(number + 1, None);
            }
            handlers[number] = Some(handler);
        });
        Ok(old)
    }

    #[pyfunction]
    fn getsignal(signalnum: i64, vm: &VirtualMachine) -> PyResult {
        handler(checked(signalnum, vm)?, vm)
    }

    #[pyfunction]
    fn raise_signal(signalnum: i64, vm: &VirtualMachine) -> PyResult<()> {
        match usize::try_from(signalnum).ok().filter(|number| *number < SIGNALS) {
            Some(0) => Ok(()),
            Some(number) => super::raise(number, vm),
            None => super::cannot_be_caught(vm).map(drop),
        }
    }

    #[pyfunction]
    fn default_int_handler(
        _signalnum: PyObjectRef,
        _frame: OptionalArg,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        Err(vm.new_exception_empty(vm.ctx.exceptions.keyboard_interrupt.to_owned()))
    }

    /// System calls are never interrupted here.
    #[pyfunction]
    fn siginterrupt(signalnum: i64, _flag: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        checked(signalnum, vm).map(drop)
    }

    #[pyfunction]
    fn strsignal(signalnum: i64, vm: &VirtualMachine) -> PyResult<Option<String>> {
        let number = checked(signalnum, vm)?;
        let known = KNOWN.iter().find(|known| known.number == number);
        Ok(match known {
            Some(known) => Some(known.text.to_owned()),
            None if number >= SIGRTMIN => Some(format!("Real-time signal {}", number - SIGRTMIN)),
            None => None,
        })
    }

    #[pyfunction]
    fn valid_signals(vm: &VirtualMachine) -> PyResult {
        let numbers = (1..SIGNALS)
            .filter(|number| is_valid(*number))
            .map(|number| vm.ctx.new_int(number).into())
            .collect::<Vec<PyObjectRef>>();
        vm.builtins
            .get_attr("set", vm)?
            .call((vm.ctx.new_list(numbers),), vm)
    }
}
