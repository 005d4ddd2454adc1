//! Context variables: every task and callback runs in its own context.
//!
//! As long as nobody has imported `contextvars` there is no variable that a
//! context could hold, so contexts are not even made until then. A task that
//! was created before gets an empty one, which is what it would have copied.
//! A program that names the module may import it, and set a variable, in the
//! middle of a step: it has contexts from the beginning.

use std::cell::Cell;
use std::rc::Rc;

use rustpython_derive::pyclass;
use rustpython_vm::builtins::PyDict;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::types::Callable;
use rustpython_vm::{Py, PyObjectRef, PyPayload, PyResult, VirtualMachine};

use crate::python::context;

thread_local! {
    /// `None` until the first look in a run.
    static IN_USE: Cell<Option<bool>> = const { Cell::new(None) };
}

const MODULE: &str = "contextvars";

/// Forgets what the last interpreter of this thread had imported.
pub(super) fn reset() {
    IN_USE.set(None);
}

fn in_use(vm: &VirtualMachine) -> bool {
    let known = IN_USE
        .get()
        .unwrap_or_else(|| context::current().is_some_and(|run| run.source.contains(MODULE)));
    let in_use = known || is_imported(vm);
    IN_USE.set(Some(in_use));
    in_use
}

/// The native module underneath is always there, because `warnings` imports it.
///
/// Asked at every step, so a module that is not there must not cost an exception.
fn is_imported(vm: &VirtualMachine) -> bool {
    let modules = vm.sys_module.dict().get_item_opt("modules", vm);
    let modules = modules
        .ok()
        .flatten()
        .and_then(|modules| modules.downcast::<PyDict>().ok());
    modules.is_some_and(|modules| matches!(modules.get_item_opt(MODULE, vm), Ok(Some(_))))
}

/// `contextvars.copy_context()`; `None` while no variable can exist.
///
/// # Errors
/// What copying raises.
pub(super) fn copy_current(vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    if !in_use(vm) {
        return Ok(None);
    }
    let module = vm.import("_contextvars", 0)?;
    vm.call_method(&module, "copy_context", ()).map(Some)
}

/// The context kept in `slot`, which is filled when contexts come into use.
pub(super) fn ensure(slot: &mut Option<PyObjectRef>, vm: &VirtualMachine) -> Option<PyObjectRef> {
    if slot.is_none() && in_use(vm) {
        *slot = empty(vm).ok();
    }
    slot.clone()
}

/// A context without variables.
///
/// # Errors
/// When the module of contexts is not as we know it.
pub(super) fn empty(vm: &VirtualMachine) -> PyResult {
    vm.call_method(&*vm.import("_contextvars", 0)?, "Context", ())
}

/// Contexts are used without the rest of the module too; its type must exist before.
pub(in crate::python) fn make_type() {
    let _ = Body::make_static_type();
}

/// An empty context; `None` while no variable can exist.
///
/// # Errors
/// What making it raises.
pub(in crate::python) fn new(vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    if in_use(vm) { empty(vm).map(Some) } else { Ok(None) }
}

/// Runs `code` in `context`, or where we are when there is none.
///
/// # Errors
/// `RuntimeError` when the context is entered already, and `code` has not run.
pub(in crate::python) fn run_in<R: 'static>(
    context: Option<PyObjectRef>,
    vm: &VirtualMachine,
    code: impl FnOnce(&VirtualMachine) -> PyResult<R> + 'static,
) -> PyResult<PyResult<R>> {
    let Some(context) = context else {
        return Ok(code(vm));
    };
    let result = Rc::new(Cell::new(None));
    let answer = Rc::clone(&result);
    let body = Body {
        code: Cell::new(Some(Box::new(move |vm| answer.set(Some(code(vm)))))),
    };
    let entered = vm.call_method(&context, "run", (body.into_ref(&vm.ctx),));
    match (result.take(), entered) {
        (Some(result), _) => Ok(result),
        (None, Err(refused)) => Err(refused),
        (None, Ok(_)) => unreachable!("a context that is entered calls what it was given"),
    }
}

type Code = Box<dyn FnOnce(&VirtualMachine)>;

/// Rust code as something that a context can call, once.
#[pyclass(module = "_loopscope", name = "Body")]
#[derive(PyPayload)]
pub(super) struct Body {
    code: Cell<Option<Code>>,
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Body")
    }
}

#[pyclass(with(Callable))]
impl Body {}

impl Callable for Body {
    type Args = ();

    fn call(zelf: &Py<Self>, (): (), vm: &VirtualMachine) -> PyResult {
        if let Some(code) = zelf.code.take() {
            code(vm);
        }
        Ok(vm.ctx.none())
    }
}
