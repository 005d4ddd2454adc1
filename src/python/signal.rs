//! Signals inside the run: handlers, and Ctrl+C at its virtual moment.
//!
//! This is the native half, module `_signal`; the frozen `signal` gives the
//! numbers their names. Nothing reaches the host.

use std::cell::RefCell;

use rustpython_vm::builtins::{PyInt, PyModuleDef};
use rustpython_vm::{AsObject, Context, PyObject, PyObjectRef, PyResult, VirtualMachine};

/// Ctrl+C.
pub const SIGINT: usize = 2;
const SIG_DFL: i64 = 0;
const SIG_IGN: i64 = 1;
/// One more than the highest signal.
const NSIG: usize = 65;

thread_local! {
    /// The handlers that the program has set. `None` is the state at the start.
    static HANDLERS: RefCell<Vec<Option<PyObjectRef>>> = const { RefCell::new(Vec::new()) };
}

/// The definition of the module.
pub(super) fn module_def(ctx: &Context) -> &'static PyModuleDef {
    _signal::module_def(ctx)
}

/// Forgets all handlers.
pub(super) fn reset() {
    drop(HANDLERS.take());
}

/// Whether Ctrl+C raises `KeyboardInterrupt`, because the program has not asked for anything else.
pub fn interrupt_is_default(vm: &VirtualMachine) -> bool {
    handler(SIGINT, vm).is_ok_and(|handler| default_int_handler(vm).is_ok_and(|default| handler.is(&default)))
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
        let text = format!("signal {number} would end the process, which is not simulated");
        return Err(vm.new_runtime_error(text));
    }
    let frame = vm.current_frame().map_or_else(|| vm.ctx.none(), Into::into);
    handler.call((number, frame), vm).map(drop)
}

fn handler(number: usize, vm: &VirtualMachine) -> PyResult {
    let set = HANDLERS.with_borrow(|handlers| handlers.get(number).cloned().flatten());
    match set {
        Some(handler) => Ok(handler),
        None if number == SIGINT => default_int_handler(vm),
        None => Ok(vm.ctx.new_int(SIG_DFL).into()),
    }
}

fn default_int_handler(vm: &VirtualMachine) -> PyResult {
    vm.import("_signal", 0)?.get_attr("default_int_handler", vm)
}

fn is_number(handler: &PyObject, number: i64) -> bool {
    handler
        .downcast_ref::<PyInt>()
        .is_some_and(|handler| *handler.as_bigint() == number.into())
}

#[allow(
    clippy::unwrap_used,
    reason = "the interpreter's macro writes it for every constant"
)]
#[rustpython_vm::pymodule]
mod _signal {
    use super::{HANDLERS, NSIG as SIGNALS, handler, is_number};
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    #[pyattr]
    const SIG_DFL: i64 = super::SIG_DFL;
    #[pyattr]
    const SIG_IGN: i64 = super::SIG_IGN;
    #[pyattr]
    const NSIG: usize = SIGNALS;
    #[pyattr]
    const SIGHUP: usize = 1;
    #[pyattr]
    const SIGINT: usize = super::SIGINT;
    #[pyattr]
    const SIGQUIT: usize = 3;
    #[pyattr]
    const SIGABRT: usize = 6;
    #[pyattr]
    const SIGKILL: usize = 9;
    #[pyattr]
    const SIGUSR1: usize = 10;
    #[pyattr]
    const SIGUSR2: usize = 12;
    #[pyattr]
    const SIGPIPE: usize = 13;
    #[pyattr]
    const SIGALRM: usize = 14;
    #[pyattr]
    const SIGTERM: usize = 15;
    #[pyattr]
    const SIGCHLD: usize = 17;

    fn checked(number: i64, vm: &VirtualMachine) -> PyResult<usize> {
        usize::try_from(number)
            .ok()
            .filter(|number| (1..SIGNALS).contains(number))
            .ok_or_else(|| vm.new_value_error("signal number out of range"))
    }

    #[pyfunction]
    fn signal(number: i64, new: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let number = checked(number, vm)?;
        if !new.is_callable() && !is_number(&new, super::SIG_DFL) && !is_number(&new, super::SIG_IGN) {
            return Err(vm.new_type_error(
                "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object",
            ));
        }
        let old = handler(number, vm)?;
        HANDLERS.with_borrow_mut(|handlers| {
            if handlers.len() <= number {
                handlers.resize(number + 1, None);
            }
            handlers[number] = Some(new);
        });
        Ok(old)
    }

    #[pyfunction]
    fn getsignal(number: i64, vm: &VirtualMachine) -> PyResult {
        handler(checked(number, vm)?, vm)
    }

    #[pyfunction]
    fn raise_signal(number: i64, vm: &VirtualMachine) -> PyResult<()> {
        super::raise(checked(number, vm)?, vm)
    }

    #[pyfunction]
    fn default_int_handler(_number: PyObjectRef, _frame: OptionalArg, vm: &VirtualMachine) -> PyResult<()> {
        Err(vm.new_exception_empty(vm.ctx.exceptions.keyboard_interrupt.to_owned()))
    }

    #[pyfunction]
    fn strsignal(number: i64, vm: &VirtualMachine) -> PyResult<Option<&'static str>> {
        Ok(match checked(number, vm)? {
            SIGHUP => Some("Hangup"),
            SIGINT => Some("Interrupt"),
            SIGABRT => Some("Aborted"),
            SIGKILL => Some("Killed"),
            SIGALRM => Some("Alarm clock"),
            SIGTERM => Some("Terminated"),
            _ => None,
        })
    }

    #[pyfunction]
    fn valid_signals(vm: &VirtualMachine) -> PyResult {
        let numbers = (1..SIGNALS)
            .map(|number| vm.ctx.new_int(number).into())
            .collect::<Vec<PyObjectRef>>();
        vm.builtins
            .get_attr("set", vm)?
            .call((vm.ctx.new_list(numbers),), vm)
    }
}
