//! An event loop among threads: how it lets others run, and what a thread finds outside of it.

use std::rc::Rc;

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::{PyObjectRef, PyRef, PyResult, VirtualMachine};

use super::event_loop::PyEventLoop;
use super::host::PyHost;
use super::registry;
use crate::python::threads::driver;
use crate::sched::EventLoop;
use crate::sched::threads::Woken;

/// Follows `select` in the loop of a thread that has its frames on the stack: those in line go
/// first; when there is nothing to do, everybody does until there is.
pub(super) fn rest_here(event_loop: &Rc<EventLoop<PyHost>>, vm: &VirtualMachine) -> PyResult<()> {
    let world = event_loop.world();
    let threads = world.threads();
    if event_loop.is_busy() {
        if let Some(due) = event_loop.polled_too_long(threads.next_deadline()) {
            threads.rest(Some(due));
            driver::block(driver::LOOP, vm)?;
        }
        if threads.are_others_in_line(world) {
            threads.give_way();
            driver::block(driver::LOOP, vm)?;
        }
        return Ok(());
    }
    while !event_loop.is_busy() {
        event_loop.set_sleeper(Some(threads.current()));
        threads.rest(event_loop.next_deadline());
        let rested = driver::block(driver::LOOP, vm);
        event_loop.set_sleeper(None);
        rested?;
        if threads.woken() == Woken::TimedOut {
            break;
        }
    }
    Ok(())
}

/// What belongs to the thread below, put away while another one runs on top of it.
#[must_use = "the thread below wants it back"]
pub(in crate::python) struct OutsideLoop {
    running: Option<PyRef<PyEventLoop>>,
    first_iterated: Option<PyObjectRef>,
    finalized: Option<PyObjectRef>,
    handled: Option<PyBaseExceptionRef>,
}

impl OutsideLoop {
    /// Puts it away.
    pub(in crate::python) fn enter(vm: &VirtualMachine) -> Self {
        let handled = vm.current_exception();
        vm.set_exception(None);
        Self {
            running: registry::set_running_loop(None),
            first_iterated: vm.async_gen_firstiter.take(),
            finalized: vm.async_gen_finalizer.take(),
            handled,
        }
    }

    /// Gives it back.
    pub(in crate::python) fn leave(self, vm: &VirtualMachine) {
        registry::set_running_loop(self.running);
        *vm.async_gen_firstiter.borrow_mut() = self.first_iterated;
        *vm.async_gen_finalizer.borrow_mut() = self.finalized;
        vm.set_exception(self.handled);
    }
}
