//! `Task.task_wakeup` as an object: what a future is asked to call when the future is not ours, or has its
//! own `add_done_callback`.

use rustpython_derive::pyclass;
use rustpython_vm::types::{Callable, Representable};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::cycles::{Keeps, SeeObject};
use super::host::PyHost;
use super::task::PyTask;
use crate::sched::Host;
use crate::trace::Via;

/// Wakes a task.
#[pyclass(module = "_asyncio", name = "TaskWakeup", traverse = "manual")]
#[derive(Debug, PyPayload)]
pub(super) struct TaskWakeup {
    task: PyRef<PyTask>,
}

impl TaskWakeup {
    /// What wakes `task`.
    pub(super) fn object(task: &PyRef<PyTask>, vm: &VirtualMachine) -> PyObjectRef {
        let task = task.clone();
        Self { task }.into_ref(&vm.ctx).into()
    }

    /// The task that `callback` wakes.
    pub(super) fn task_of(callback: &PyObject) -> Option<PyRef<PyTask>> {
        callback
            .downcast_ref::<Self>()
            .map(|wakeup| wakeup.payload().task.clone())
    }
}

impl Keeps for TaskWakeup {
    fn each_object(&self, see: &mut SeeObject<'_>) {
        see(self.task.as_object());
    }
}

#[pyclass(with(Callable, Representable))]
impl TaskWakeup {
    #[pygetset(name = "__name__")]
    fn name(_zelf: &Py<Self>) -> &'static str {
        "task_wakeup"
    }

    #[pygetset(name = "__qualname__")]
    fn qualified_name(_zelf: &Py<Self>) -> &'static str {
        "Task.task_wakeup"
    }

    #[pygetset(name = "__self__")]
    fn task(zelf: &Py<Self>) -> PyRef<PyTask> {
        zelf.task.clone()
    }
}

impl Callable for TaskWakeup {
    type Args = (PyObjectRef,);

    /// The future calls by itself, without the loop: the step happens inside whatever runs.
    fn call(zelf: &Py<Self>, (future,): Self::Args, vm: &VirtualMachine) -> PyResult {
        let sched = zelf.task.future().cell().event_loop();
        let error = PyHost::outcome(&future).err();
        let stepped = sched.run_at_once(&zelf.task, error, Via::Call);
        if let (Err(stop), Some(event_loop)) = (stepped, zelf.task.future().owner()) {
            return Err(event_loop.stopped(stop, vm));
        }
        Ok(vm.ctx.none())
    }
}

impl Representable for TaskWakeup {
    fn repr_str(_zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok("<built-in method task_wakeup of _asyncio.Task object>".to_owned())
    }
}
