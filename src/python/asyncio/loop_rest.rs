//! An event loop among threads: how it lets others run, and what a thread finds outside of it.

use std::cell::Cell;
use std::rc::Rc;

use rustpython_derive::pyclass;
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::types::{IterNext, Iterable, SelfIter};
use rustpython_vm::{Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::event_loop::PyEventLoop;
use super::host::PyHost;
use super::registry;
use crate::python::threads::{Until, driver};
use crate::sched::threads::Woken;
use crate::sched::{EventLoop, Stop};

/// What a loop waits for before its next turn, when there are other threads. Follows `select`:
/// those in line go first; when there is nothing to do, everybody does until there is.
#[derive(Clone, Copy, Debug, Default)]
enum BeforeTurn {
    #[default]
    Begin,
    /// The turns at this instant were counted.
    Counted,
    /// The others in line have run.
    GaveWay,
    /// The loop had nothing to do.
    Slept,
}

impl BeforeTurn {
    /// The next rest; `None` when the loop may turn.
    fn next(&mut self, event_loop: &EventLoop<PyHost>) -> Option<Until> {
        let world = event_loop.world();
        let threads = world.threads();
        if matches!(self, Self::Slept) {
            event_loop.set_sleeper(None);
            if event_loop.is_busy() || threads.woken() == Woken::TimedOut {
                return None;
            }
            *self = Self::Begin;
        }
        if matches!(self, Self::Begin) {
            if !event_loop.is_busy() {
                *self = Self::Slept;
                event_loop.set_sleeper(Some(threads.current()));
                return Some(Until::Woken(event_loop.next_deadline()));
            }
            *self = Self::Counted;
            if let Some(due) = event_loop.polled_too_long(threads.next_deadline()) {
                return Some(Until::Woken(Some(due)));
            }
        }
        if matches!(self, Self::Counted) && threads.are_others_in_line(world) {
            *self = Self::GaveWay;
            return Some(Until::Others);
        }
        None
    }
}

/// Rests in a loop that has native frames on the stack.
pub(super) fn rest_here(event_loop: &Rc<EventLoop<PyHost>>, vm: &VirtualMachine) -> PyResult<()> {
    let mut before = BeforeTurn::default();
    while let Some(until) = before.next(event_loop) {
        if let Err(error) = driver::rest_in_loop(until, vm) {
            event_loop.set_sleeper(None);
            return Err(error);
        }
    }
    Ok(())
}

/// To be awaited by a thread: a loop that runs until it is stopped.
#[pyclass(module = "_loopscope", name = "LoopRun")]
#[derive(Debug, PyPayload)]
pub(super) struct LoopRun {
    event_loop: PyRef<PyEventLoop>,
    first_iterated: PyObjectRef,
    finalized: PyObjectRef,
    begun: Cell<bool>,
    before: Cell<BeforeTurn>,
}

impl LoopRun {
    pub(super) fn new(
        event_loop: PyRef<PyEventLoop>,
        first_iterated: PyObjectRef,
        finalized: PyObjectRef,
    ) -> Self {
        Self {
            event_loop,
            first_iterated,
            finalized,
            begun: Cell::new(false),
            before: Cell::default(),
        }
    }

    /// Turns until the thread must rest; `None` when the loop was stopped.
    fn turns(&self) -> Result<Option<Until>, Stop<PyBaseExceptionRef>> {
        let sched = self.event_loop.sched();
        loop {
            let mut before = self.before.take();
            if let Some(until) = before.next(sched) {
                self.before.set(before);
                return Ok(Some(until));
            }
            if !sched.rested_turn()? {
                return Ok(None);
            }
        }
    }
}

#[pyclass(with(Iterable, IterNext))]
impl LoopRun {
    #[pymethod(name = "__await__")]
    fn await_(zelf: PyRef<Self>) -> PyRef<Self> {
        zelf
    }
}

impl SelfIter for LoopRun {}

impl IterNext for LoopRun {
    fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        let sched = zelf.event_loop.sched();
        if !zelf.begun.get() {
            zelf.event_loop.check_may_run(vm)?;
            sched.begin()?;
            zelf.begun.set(true);
        }
        let outside = OutsideLoop::enter(vm);
        registry::set_running_loop(Some(zelf.event_loop.clone()));
        *vm.async_gen_firstiter.borrow_mut() = Some(zelf.first_iterated.clone());
        *vm.async_gen_finalizer.borrow_mut() = Some(zelf.finalized.clone());
        let turned = zelf.turns();
        outside.leave(vm);
        match turned {
            Ok(Some(until)) => Ok(PyIterReturn::Return(driver::loop_rest(until, vm))),
            Ok(None) => {
                sched.end();
                Ok(PyIterReturn::StopIteration(None))
            }
            Err(stop) => {
                sched.end();
                Err(zelf.event_loop.stopped(stop, vm))
            }
        }
    }
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
