//! Virtual workers: threads of the program, one at a time, on the virtual clock.
//!
//! There is one real thread, in the page as on the command line, and the
//! interpreter's stack cannot be taken apart from outside. What it can suspend
//! is a coroutine. So a thread runs *twins* of the program's functions:
//!
//! * [`rewrite`] turns a copy of the program's syntax tree into coroutines: a
//!   call becomes an await of [`helpers`], at the same place in the source;
//! * [`twins`] compiles the copy and finds the twin of a function by its code.
//!   Only programs that speak of threads get twins, and only threads run them;
//! * [`helpers`] look at what is called: a function of the program runs as its
//!   twin, what blocks rests, anything else is called as it is;
//! * [`driver`] lets threads run in the order that `sched::threads` decides.
//!   A thread is a coroutine that it resumes, until that rests or ends.
//!
//! The main thread runs the program itself. When it blocks, the driver runs the
//! others on top of it until it may go on. The same is done for a thread that
//! blocks where no coroutine can be suspended: below a native function such as
//! `sorted`, in a generator, in `__del__`. That works unless somebody further
//! down the stack would have to run first; then the program gets an error that
//! names the place, never another order.
//!
//! What blocks is written in `pylib/threading.py`, `queue.py` and
//! `concurrent/futures` as coroutines over one lock; each has its twin beside it
//! in `__twin__`.

mod awaitables;
pub(super) mod driver;
mod helpers;
mod jobs;
mod module;
mod rewrite;
mod shapes;
mod twins;

use rustpython_vm::{PyResult, VirtualMachine};

pub(super) use awaitables::Until;
pub(super) use module::{module_def, sleep_here};
pub(super) use twins::{codes, prepare};

/// The program has come to its last line: threads that are no daemons are waited for.
///
/// # Errors
/// What ends the run meanwhile.
pub(super) fn end_all(vm: &VirtualMachine) -> PyResult<()> {
    let modules = vm.sys_module.get_attr("modules", vm)?;
    if let Ok(threading) = modules.get_item("threading", vm) {
        vm.call_method(&threading, "_shutdown", ())?;
    }
    Ok(())
}

/// Forgets the threads of the run that is over.
pub(super) fn reset() {
    driver::reset();
    twins::reset();
}
