//! Which tasks there are and which of them runs. Follows `CPython` `tasks.py: current_task, all_tasks`
//! and the functions for whoever drives tasks by hand: `_enter_task`, `_register_task` and their kin.
//!
//! Tasks and loops of this library are known to the scheduler. Anything else may be registered too, as
//! in `CPython`; it is kept here.

use std::cell::RefCell;

use rustpython_vm::builtins::{PyModule, PyWeak};
use rustpython_vm::{AsObject, Py, PyObjectRef, PyRef, PyResult, VirtualMachine};

use super::arguments::{LoopArg, function};
use super::event_loop::PyEventLoop;
use super::functions::{set_of, tasks_of};
use super::future::loop_of;
use super::registry;
use super::task::PyTask;

thread_local! {
    /// What runs where, as far as the loop or the task is not ours.
    static CURRENT: RefCell<Vec<(PyObjectRef, PyObjectRef)>> = const { RefCell::new(Vec::new()) };
    /// Registered tasks of other makes, oldest first.
    static TASKS: RefCell<Vec<PyRef<PyWeak>>> = const { RefCell::new(Vec::new()) };
}

/// Forgets the last run of this thread.
pub(super) fn reset() {
    drop(CURRENT.take());
    drop(TASKS.take());
}

/// Puts the functions into the native module.
///
/// # Errors
/// When the module takes no attributes.
pub(super) fn define(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
    let functions = [
        function!(vm, "_asyncio", "current_task", "(loop=None)", current_task),
        function!(vm, "asyncio.tasks", "all_tasks", "(loop=None)", all_tasks),
        function!(vm, "_asyncio", "_enter_task", "(loop, task, /)", enter_task),
        function!(vm, "_asyncio", "_leave_task", "(loop, task, /)", leave_task),
        function!(
            vm,
            "_asyncio",
            "_swap_current_task",
            "(loop, task, /)",
            swap_current_task
        ),
        function!(vm, "_asyncio", "_register_task", "(task, /)", register_task),
        function!(vm, "_asyncio", "_unregister_task", "(task, /)", unregister_task),
        function!(vm, "_asyncio", "_register_eager_task", "(task, /)", register_task),
        function!(
            vm,
            "_asyncio",
            "_unregister_eager_task",
            "(task, /)",
            unregister_eager_task
        ),
    ];
    for (name, function) in functions {
        module.set_attr(vm.ctx.intern_str(name), function, vm)?;
    }
    Ok(())
}

fn loop_argument(given: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
    match given.filter(|event_loop| !vm.is_none(event_loop)) {
        Some(event_loop) => Ok(event_loop),
        None => Ok(registry::require_running_loop(vm)?.into()),
    }
}

fn ours(event_loop: &PyObjectRef) -> Option<&Py<PyEventLoop>> {
    event_loop.downcast_ref::<PyEventLoop>()
}

fn current_in(event_loop: &PyObjectRef) -> Option<PyObjectRef> {
    let known = ours(event_loop).and_then(|event_loop| event_loop.sched().current());
    known.map(Into::into).or_else(|| {
        CURRENT.with_borrow(|current| {
            let mut entries = current.iter();
            let entry = entries.find(|(other, _)| other.is(event_loop));
            entry.map(|(_, task)| task.clone())
        })
    })
}

/// The only place where programs change what runs; the scheduler has its own.
fn set_current(event_loop: &PyObjectRef, task: Option<PyObjectRef>) {
    let (own_task, other_task) = match (ours(event_loop), task) {
        (Some(_), Some(task)) => match task.downcast::<PyTask>() {
            Ok(task) => (Some(task), None),
            Err(task) => (None, Some(task)),
        },
        (_, task) => (None, task),
    };
    if let Some(event_loop) = ours(event_loop) {
        drop(event_loop.sched().enter_task(own_task));
    }
    let mut before = CURRENT.take();
    before.retain(|(other, _)| !other.is(event_loop));
    before.extend(other_task.map(|task| (event_loop.clone(), task)));
    CURRENT.set(before);
}

fn current_task(LoopArg { event_loop }: LoopArg, vm: &VirtualMachine) -> PyResult {
    let event_loop = loop_argument(event_loop, vm)?;
    Ok(vm.unwrap_or_none(current_in(&event_loop)))
}

fn all_tasks(LoopArg { event_loop }: LoopArg, vm: &VirtualMachine) -> PyResult {
    let event_loop = loop_argument(event_loop, vm)?;
    let mut found: Vec<PyObjectRef> = Vec::new();
    if let Some(event_loop) = ours(&event_loop) {
        found = tasks_of(event_loop, registry::live_tasks());
    }
    let others =
        TASKS.with_borrow(|tasks| tasks.iter().filter_map(|weak| weak.upgrade()).collect::<Vec<_>>());
    for task in others {
        if loop_of(&task, vm)?.is(&event_loop) && !vm.call_method(&task, "done", ())?.try_to_bool(vm)? {
            found.push(task);
        }
    }
    set_of(found, vm)
}

fn enter_task(event_loop: PyObjectRef, task: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    if let Some(current) = current_in(&event_loop) {
        let (task, current) = (task.repr(vm)?, current.repr(vm)?);
        return Err(vm.new_runtime_error(format!(
            "Cannot enter into task {} while another task {} is being executed.",
            task.as_wtf8(),
            current.as_wtf8()
        )));
    }
    set_current(&event_loop, Some(task));
    Ok(())
}

fn leave_task(event_loop: PyObjectRef, task: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    let current = current_in(&event_loop);
    if !current.as_ref().is_some_and(|current| current.is(&task)) {
        let (task, current) = (task.repr(vm)?, vm.unwrap_or_none(current).repr(vm)?);
        return Err(vm.new_runtime_error(format!(
            "Leaving task {} does not match the current task {}.",
            task.as_wtf8(),
            current.as_wtf8()
        )));
    }
    set_current(&event_loop, None);
    Ok(())
}

fn swap_current_task(event_loop: PyObjectRef, task: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
    let before = current_in(&event_loop);
    set_current(&event_loop, Some(task).filter(|task| !vm.is_none(task)));
    vm.unwrap_or_none(before)
}

fn register_task(task: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    if let Some(task) = task.downcast_ref::<PyTask>() {
        if task.is_pending() {
            registry::add_task(&task.to_owned(), vm);
        }
        return Ok(());
    }
    let weak = task.downgrade(None, vm)?;
    unregister_other(&task);
    TASKS.with_borrow_mut(|tasks| tasks.push(weak));
    Ok(())
}

fn unregister_task(task: PyObjectRef) {
    match task.downcast_ref::<PyTask>() {
        Some(own) if own.is_initialised() => registry::remove_task(own.cell().id()),
        _ => unregister_other(&task),
    }
}

/// One that is not done stays known, as a task that the loop will go on with.
fn unregister_eager_task(task: PyObjectRef) {
    if task.downcast_ref::<PyTask>().is_none() {
        unregister_other(&task);
    }
}

fn unregister_other(task: &PyObjectRef) {
    let mut tasks = TASKS.take();
    tasks.retain(|weak| weak.upgrade().is_some_and(|other| !other.is(task)));
    TASKS.set(tasks);
}
