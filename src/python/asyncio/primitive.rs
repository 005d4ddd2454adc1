//! What the classes around the primitives of the scheduler have in common.

use std::rc::Rc;

use rustpython_vm::function::PySetterValue;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

use super::event_loop::PyEventLoop;
use super::host::{PyHost, living_loop, with_vm};
use crate::python::context;
use crate::sched::{Binding, World};

/// The world of the run.
pub(super) fn world() -> Rc<World> {
    match context::current() {
        Some(run) => Rc::clone(&run.world),
        None => unreachable!("programs run inside a run"),
    }
}

/// What shows an object in an error, without keeping it.
pub(super) fn shown(object: &PyObject, vm: &VirtualMachine) -> PyResult<Box<dyn Fn() -> Option<String>>> {
    let weak = object.downgrade(None, vm)?;
    Ok(Box::new(move || {
        let object = weak.upgrade()?;
        with_vm(|vm| Some(object.repr(vm).ok()?.as_wtf8().to_string_lossy().into_owned()))
    }))
}

/// `_loop`: the loop that a primitive belongs to.
pub(super) fn bound_loop(binding: &Binding<PyHost>, vm: &VirtualMachine) -> PyObjectRef {
    let event_loop = binding.event_loop();
    vm.unwrap_or_none(
        event_loop
            .and_then(|event_loop| living_loop(&event_loop))
            .map(Into::into),
    )
}

/// Sets `_loop`.
pub(super) fn bind(
    binding: &Binding<PyHost>,
    event_loop: PySetterValue,
    vm: &VirtualMachine,
) -> PyResult<()> {
    match event_loop {
        PySetterValue::Assign(event_loop) if !vm.is_none(&event_loop) => {
            let event_loop: PyRef<PyEventLoop> = event_loop.try_into_value(vm)?;
            binding.bind(Some(event_loop.sched()));
        }
        PySetterValue::Assign(_) | PySetterValue::Delete => binding.bind(None),
    }
    Ok(())
}

/// The futures of waiting tasks, for programs that look inside. They cannot be changed there.
pub(super) fn in_line(futures: Vec<PyObjectRef>, vm: &VirtualMachine) -> PyObjectRef {
    vm.ctx.new_tuple(futures).into()
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

/// `__aenter__` of everything that is acquired: waits, then gives `None`.
macro_rules! entered {
    ($zelf:ident, $sched:expr, $name:literal, $vm:ident) => {{
        let sched = $sched;
        Ok(
            LibraryCoroutine::create_anywhere($name, $vm, move |event_loop| async move {
                sched.acquire(event_loop).await?;
                Ok(crate::python::asyncio::host::with_vm(|vm| vm.ctx.none()))
            })
            .of($zelf.as_object()),
        )
    }};
}

/// `__aexit__` of everything that is acquired: releases when it is awaited.
macro_rules! exited {
    ($zelf:ident, $sched:expr, $name:literal, $vm:ident) => {{
        let sched = $sched;
        Ok(
            LibraryCoroutine::create_anywhere($name, $vm, move |_| async move {
                sched.release()?;
                Ok(crate::python::asyncio::host::with_vm(|vm| vm.ctx.none()))
            })
            .of($zelf.as_object()),
        )
    }};
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
            /// The scheduler's part, when `__init__` has run.
            pub(super) fn known(&self) -> Option<&Rc<$sched>> {
                self.sched.get()
            }

            /// The scheduler's part.
            pub(super) fn sched(&self, vm: &VirtualMachine) -> PyResult<Rc<$sched>> {
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
pub(super) use {empty_until_initialised, entered, exited};
