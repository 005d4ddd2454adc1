//! What the package needs to be the `asyncio` of Python 3.7 when a run asks for that.
//!
//! `pylib/asyncio/_level37.py` lays the older names over the package. Here is
//! what it cannot do in Python: change classes that are native, say which loop
//! a coroutine of the library uses, and reach functions of the scheduler that
//! only that level has.

use std::cell::RefCell;

use rustpython_vm::builtins::{PyModule, PyStrRef, PyTypeRef};
use rustpython_vm::function::OptionalArg;
use rustpython_vm::{Py, PyObjectRef, PyRef, PyResult, VirtualMachine};

use super::coroutine::LibraryCoroutine;
use super::event_loop::{PyEventLoop, seconds};
use super::functions::{ensure_future_in, set_of, tasks_of};
use super::host::{PyHost, with_vm};
use super::registry;
use crate::python::context;
use crate::sched::combine;
use crate::trace::Diagnosis;

thread_local! {
    /// What native classes had before they were changed, in that order. The classes outlive the
    /// run, so the next one on this thread must find them as they were.
    static CHANGED: RefCell<Vec<(PyTypeRef, PyStrRef, Option<PyObjectRef>)>> = const { RefCell::new(Vec::new()) };
}

/// Whether this run has the `asyncio` of Python 3.7.
pub(super) fn is_37() -> bool {
    context::current().is_some_and(|run| run.world.is_37())
}

/// Tells the reader that the running line uses something that is gone.
pub(super) fn tell_gone(name: &str) {
    if let Some(run) = context::current() {
        run.tell(Diagnosis::Gone, name);
    }
}

/// Makes the native classes what they were.
pub(super) fn reset(vm: &VirtualMachine) {
    while let Some((class, name, before)) = CHANGED.with_borrow_mut(Vec::pop) {
        put(&class, &name, before, vm);
    }
}

/// Puts the functions into the native module.
///
/// # Errors
/// When the module takes no attributes.
pub(super) fn define(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
    let functions = [
        ("is_37", vm.new_function("is_37", is_37)),
        ("reshape", vm.new_function("reshape", reshape)),
        ("use_loop", vm.new_function("use_loop", use_loop)),
        ("wait_for_37", vm.new_function("wait_for_37", wait_for)),
        ("known_tasks", vm.new_function("known_tasks", known_tasks)),
        (
            "tell_gone",
            vm.new_function("tell_gone", |name: PyStrRef| {
                tell_gone(&name.as_wtf8().to_string_lossy());
            }),
        ),
    ];
    for (name, function) in functions {
        module.set_attr(vm.ctx.intern_str(name), function, vm)?;
    }
    Ok(())
}

/// Gives a native class an attribute, or takes one away, for this run.
fn reshape(class: PyTypeRef, name: PyStrRef, value: OptionalArg, vm: &VirtualMachine) {
    let before = put(&class, &name, value.into_option(), vm);
    CHANGED.with_borrow_mut(|changed| changed.push((class, name, before)));
}

fn put(
    class: &PyTypeRef,
    name: &PyStrRef,
    value: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> Option<PyObjectRef> {
    class.modified();
    let name = vm.ctx.intern_str(name.as_wtf8());
    match value {
        Some(value) => class.attributes().insert(name, value),
        None => class.attributes().remove(name),
    }
}

/// `coroutine`, which will use `event_loop`, be it the running one or not.
fn use_loop(
    coroutine: PyRef<LibraryCoroutine>,
    event_loop: PyRef<PyEventLoop>,
    _vm: &VirtualMachine,
) -> PyRef<LibraryCoroutine> {
    coroutine.use_loop(event_loop);
    coroutine
}

/// `wait_for` with a timeout.
fn wait_for(awaitable: PyObjectRef, timeout: PyObjectRef, vm: &VirtualMachine) -> PyRef<LibraryCoroutine> {
    LibraryCoroutine::create("wait_for", vm, move |event_loop| async move {
        let timeout = with_vm(|vm| seconds(&timeout, vm))?;
        let object = super::host::living_loop(&event_loop);
        let ensure = move || with_vm(|vm| ensure_future_in(awaitable, object.as_ref(), vm));
        combine::wait_for_37::<PyHost>(event_loop, ensure, timeout).await
    })
}

/// A set of all tasks of a loop that live, be they done or not.
fn known_tasks(event_loop: PyRef<PyEventLoop>, vm: &VirtualMachine) -> PyResult {
    set_of(tasks_of(&event_loop, registry::known_tasks()), vm)
}
