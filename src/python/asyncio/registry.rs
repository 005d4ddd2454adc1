//! What the thread knows of its `asyncio`: the running loop and the live tasks.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rustpython_vm::builtins::{PyBaseExceptionRef, PyWeak};
use rustpython_vm::{AsObject, PyObjectRef, PyRef, VirtualMachine};

use super::event_loop::PyEventLoop;
use super::task::PyTask;
use super::{contexts, level};
use crate::trace::TaskId;

thread_local! {
    static RUNNING: RefCell<Option<PyRef<PyEventLoop>>> = const { RefCell::new(None) };
    /// Tasks that are not done, oldest first; all that live at level 3.7, where
    /// `Task.all_tasks()` tells of them. Weak: a task that nobody needs may die.
    static TASKS: RefCell<BTreeMap<TaskId, PyRef<PyWeak>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Forgets the last run of this thread.
pub fn reset() {
    RUNNING.set(None);
    drop(TASKS.take());
    contexts::reset();
}

/// `_get_running_loop()`.
pub(super) fn running_loop() -> Option<PyRef<PyEventLoop>> {
    RUNNING.with_borrow(Clone::clone)
}

/// `get_running_loop()`.
///
/// # Errors
/// `RuntimeError` when no loop runs.
pub(super) fn require_running_loop(vm: &VirtualMachine) -> Result<PyRef<PyEventLoop>, PyBaseExceptionRef> {
    running_loop().ok_or_else(|| vm.new_runtime_error("no running event loop"))
}

/// `_set_running_loop`; tells which loop ran.
pub(super) fn set_running_loop(event_loop: Option<PyRef<PyEventLoop>>) -> Option<PyRef<PyEventLoop>> {
    RUNNING.replace(event_loop)
}

/// Enters a new task.
pub(super) fn add_task(task: &PyRef<PyTask>, vm: &VirtualMachine) {
    if let Ok(weak) = task.as_object().downgrade(None, vm) {
        let id = task.cell().id();
        TASKS.with_borrow_mut(|tasks| tasks.insert(id, weak));
    }
}

/// Takes note that a task is done.
pub(super) fn task_done(task: TaskId) {
    if !level::is_37() {
        remove_task(task);
    }
}

/// Takes out a task that is done or dying.
pub(super) fn remove_task(task: TaskId) {
    TASKS.with_borrow_mut(|tasks| tasks.remove(&task));
}

/// All live tasks that are not done, oldest first.
pub(super) fn live_tasks() -> Vec<PyRef<PyTask>> {
    let mut tasks = known_tasks();
    tasks.retain(|task| !task.future().cell().is_done());
    tasks
}

/// All live tasks that are kept, oldest first.
pub(super) fn known_tasks() -> Vec<PyRef<PyTask>> {
    let weak: Vec<_> = TASKS.with_borrow(|tasks| tasks.values().cloned().collect());
    weak.iter()
        .filter_map(|weak| weak.upgrade())
        .filter_map(as_task)
        .collect()
}

/// Whether the object is a task.
pub(in crate::python) fn is_task(object: &PyObjectRef) -> bool {
    object.downcast_ref::<PyTask>().is_some()
}

fn as_task(object: PyObjectRef) -> Option<PyRef<PyTask>> {
    object.downcast::<PyTask>().ok()
}

/// The tasks that are pending and not part of a loop's clean-up, oldest first.
pub fn pending_tasks() -> Vec<TaskId> {
    let tasks = live_tasks().into_iter().filter(|task| !task.cell().is_hidden());
    tasks.map(|task| task.cell().id()).collect()
}
