//! What the classes around the primitives of the scheduler have in common.

use std::rc::Rc;

use rustpython_vm::{AsObject, PyObject, PyResult, VirtualMachine};

use crate::python::context;
use crate::sched::World;

/// The world of the run.
pub(super) fn world() -> Rc<World> {
    match context::current() {
        Some(run) => Rc::clone(&run.world),
        None => unreachable!("programs run inside a run"),
    }
}

/// `<module.Class object at 0x… [extra]>`, as the primitives show themselves.
pub(super) fn repr_with(
    object: &PyObject,
    extra: &str,
    waiting: usize,
    vm: &VirtualMachine,
) -> PyResult<String> {
    let class = object.class().as_object();
    let (module, name) = (
        class.get_attr("__module__", vm)?.str(vm)?,
        class.get_attr("__qualname__", vm)?.str(vm)?,
    );
    let waiters = if waiting > 0 {
        format!(", waiters:{waiting}")
    } else {
        String::new()
    };
    Ok(format!(
        "<{}.{} object at {:#x} [{extra}{waiters}]>",
        module.as_wtf8(),
        name.as_wtf8(),
        object.get_id()
    ))
}

/// A class whose `sched` is empty until `__init__` fills it: a subclass may take other arguments.
macro_rules! empty_until_initialised {
    ($class:ident, $sched:ty) => {
        impl Constructor for $class {
            type Args = FuncArgs;

            fn py_new(_class: &Py<PyType>, _args: FuncArgs, _vm: &VirtualMachine) -> PyResult<Self> {
                Ok(Self::default())
            }
        }

        impl std::fmt::Debug for $class {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.sched.fmt(f)
            }
        }

        impl $class {
            /// The scheduler's part.
            fn sched(&self, vm: &VirtualMachine) -> PyResult<Rc<$sched>> {
                let uninitialised = || {
                    vm.new_runtime_error(format!(
                        "{} object is not initialized.",
                        <Self as rustpython_vm::class::PyClassDef>::NAME
                    ))
                };
                self.sched.get().cloned().ok_or_else(uninitialised)
            }
        }
    };
}
pub(super) use empty_until_initialised;
