//! The native module `_loopscope`.

use rustpython_vm::builtins::PyModule;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::{Py, PyObjectRef, PyResult, VirtualMachine};

pub(crate) use native::module_def;

use super::call::Call;
use super::condition::PyCondition;
use super::contexts::Body;
use super::coroutine::LibraryCoroutine;
use super::event_loop::PyEventLoop;
use super::future::{PyFuture, define_gathering_class};
use super::future_iterator::FutureIterator;
use super::groups::{PyAsCompleted, PyBarrier, PyTaskGroup, PyTimeout};
use super::handle::{PyHandle, PyTimerHandle};
use super::library_callback::LibraryCallback;
use super::locks::{PyEvent, PyLock, PySemaphore};
use super::loop_rest::LoopRun;
use super::queues::PyQueue;
use super::task::PyTask;
use super::wakeup::TaskWakeup;
use super::{errors, functions, introspection, level, registry};

#[rustpython_derive::pymodule(name = "_loopscope")]
mod native {
    use rustpython_vm::builtins::PyModule;
    use rustpython_vm::{Py, PyResult, VirtualMachine};

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        super::fill(vm, module)
    }
}

fn fill(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
    registry::reset();
    introspection::reset();
    level::reset(vm);
    errors::define(vm, module)?;
    let ctx = &vm.ctx;
    let classes: [(&'static str, PyObjectRef); 15] = [
        ("LibraryCoroutine", LibraryCoroutine::make_static_type().into()),
        ("EventLoop", PyEventLoop::make_static_type().into()),
        ("Handle", PyHandle::make_static_type().into()),
        ("TimerHandle", PyTimerHandle::make_static_type().into()),
        ("Future", PyFuture::make_static_type().into()),
        ("Task", PyTask::make_static_type().into()),
        ("Lock", PyLock::make_static_type().into()),
        ("Event", PyEvent::make_static_type().into()),
        ("Condition", PyCondition::make_static_type().into()),
        ("Semaphore", PySemaphore::make_static_type().into()),
        ("Timeout", PyTimeout::make_static_type().into()),
        ("TaskGroup", PyTaskGroup::make_static_type().into()),
        ("Barrier", PyBarrier::make_static_type().into()),
        ("AsCompleted", PyAsCompleted::make_static_type().into()),
        ("Queue", PyQueue::make_static_type().into()),
    ];
    for (name, class) in classes {
        module.set_attr(ctx.intern_str(name), class, vm)?;
    }
    module.set_attr("_GatheringFuture", define_gathering_class(vm)?, vm)?;
    // No names of the module, but classes that must exist before they are used.
    let _ = (
        LoopRun::make_static_type(),
        FutureIterator::make_static_type(),
        LibraryCallback::make_static_type(),
        Body::make_static_type(),
        Call::make_static_type(),
        TaskWakeup::make_static_type(),
    );
    introspection::define(vm, module)?;
    level::define(vm, module)?;
    functions::define(vm, module)
}
