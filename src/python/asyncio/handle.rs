//! `asyncio.Handle` and `asyncio.TimerHandle` as Python classes.
//!
//! A handle that a program makes itself is never scheduled; everything else
//! about it is the same.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rustpython_derive::pyclass;
use rustpython_vm::builtins::PyType;
use rustpython_vm::function::PyComparisonValue;
use rustpython_vm::types::{Comparable, Constructor, Hashable, PyComparisonOp, Representable};
use rustpython_vm::{
    AsObject, FromArgs, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
};

use super::call::Call;
use super::cycles::{Keeps, SeeObject};
use super::host::PyHost;
use super::library::repr_by_library;
use super::reports;
use crate::python::context;
use crate::sched::Handle;

/// `asyncio.Handle`.
#[pyclass(module = "asyncio.events", name = "Handle", traverse = "manual")]
#[derive(PyPayload)]
#[repr(C)]
pub(super) struct PyHandle {
    call: PyRef<Call>,
    /// The loop; nobody checks that it is one of ours.
    owner: PyObjectRef,
    /// `None` when it was never scheduled.
    scheduled: Option<Rc<Handle<PyHost>>>,
    cancelled: Cell<bool>,
    /// What it looked like when it was cancelled, in debug mode.
    kept: RefCell<Option<String>>,
}

impl std::fmt::Debug for PyHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.scheduled.fmt(f)
    }
}

/// `asyncio.TimerHandle`.
#[pyclass(module = "asyncio.events", name = "TimerHandle", base = PyHandle, traverse = "manual")]
#[derive(Debug)]
#[repr(C)]
pub(super) struct PyTimerHandle {
    base: PyHandle,
    /// The deadline as it was given.
    when: PyObjectRef,
}

/// The handle inside an object of one of the two classes.
fn handle_part<'a>(object: &'a PyObject, vm: &VirtualMachine) -> PyResult<&'a PyHandle> {
    match object.downcast_ref::<PyTimerHandle>() {
        Some(timer) => Ok(&timer.payload().base),
        None => match object.downcast_ref::<PyHandle>() {
            Some(handle) => Ok(handle.payload()),
            None => Err(vm.new_type_error("a Handle was expected")),
        },
    }
}

/// The call inside a handle.
///
/// # Errors
/// `TypeError` for anything else.
pub(super) fn call_of(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<Call>> {
    handle_part(object, vm).map(|part| part.call.clone())
}

/// The object for a call that is scheduled: the one that the program has, or a new one.
pub(super) fn shown(
    owner: PyObjectRef,
    call: &PyRef<Call>,
    handle: &Rc<Handle<PyHost>>,
    when: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult {
    if let Some(known) = call.shown() {
        return Ok(known);
    }
    let base = PyHandle::new(call.clone(), owner, Some(Rc::clone(handle)));
    let when = when.or_else(|| handle.when().map(|when| vm.ctx.new_float(when).into()));
    let object: PyObjectRef = match when {
        Some(when) => PyTimerHandle { base, when }.into_ref(&vm.ctx).into(),
        None => base.into_ref(&vm.ctx).into(),
    };
    call.show_as(object.downgrade(None, vm)?);
    Ok(object)
}

/// What the handle inside will do is told by its loop.
impl Keeps for PyHandle {
    fn each_object(&self, see: &mut SeeObject<'_>) {
        see(self.call.as_object());
        see(&self.owner);
    }
}

impl Keeps for PyTimerHandle {
    fn each_object(&self, see: &mut SeeObject<'_>) {
        self.base.each_object(see);
        see(&self.when);
    }
}

#[derive(FromArgs)]
pub(super) struct HandleArgs {
    #[pyarg(any)]
    callback: PyObjectRef,
    #[pyarg(any)]
    args: PyObjectRef,
    #[pyarg(any, name = "loop")]
    event_loop: PyObjectRef,
    #[pyarg(any, default, py_default = "None")]
    context: Option<PyObjectRef>,
}

#[derive(FromArgs)]
pub(super) struct TimerArgs {
    #[pyarg(any)]
    when: PyObjectRef,
    #[pyarg(flatten)]
    handle: HandleArgs,
}

impl PyHandle {
    const fn new(call: PyRef<Call>, owner: PyObjectRef, scheduled: Option<Rc<Handle<PyHost>>>) -> Self {
        Self {
            call,
            owner,
            scheduled,
            cancelled: Cell::new(false),
            kept: RefCell::new(None),
        }
    }

    /// A handle that the program makes itself.
    fn loose(args: HandleArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let context = match args.context.filter(|context| !vm.is_none(context)) {
            Some(context) => Some(context),
            None => super::host::current_context(vm)?,
        };
        let arguments: Vec<PyObjectRef> = args.args.try_to_value(vm)?;
        let call = Call::new(args.callback, arguments, context, vm);
        if reports::is_debug(&args.event_loop, vm)? {
            call.remember_source(0, vm)?;
        }
        Ok(Self::new(call, args.event_loop, None))
    }

    fn is_cancelled(&self) -> bool {
        self.scheduled
            .as_ref()
            .map_or_else(|| self.cancelled.get(), |handle| handle.is_cancelled())
    }

    fn cancel_now(&self) {
        self.cancelled.set(true);
        if let (Some(handle), Some(run)) = (&self.scheduled, context::current()) {
            handle.cancel(&run.world);
        }
    }
}

impl Constructor for PyHandle {
    type Args = HandleArgs;

    fn py_new(_class: &Py<PyType>, args: HandleArgs, vm: &VirtualMachine) -> PyResult<Self> {
        Self::loose(args, vm)
    }
}

#[pyclass(flags(BASETYPE, HAS_WEAKREF), with(Constructor, Representable))]
impl PyHandle {
    #[pymethod]
    fn cancel(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let part = handle_part(&zelf, vm)?;
        if part.is_cancelled() {
            return Ok(());
        }
        let debug = reports::is_debug(&part.owner, vm)?;
        let shown = if debug {
            Some(repr_by_library("_reprs", "_cancelled_handle_repr", &zelf, vm)?)
        } else {
            None
        };
        *part.kept.borrow_mut() = shown;
        part.cancel_now();
        Ok(())
    }

    #[pymethod]
    fn cancelled(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(handle_part(&zelf, vm)?.is_cancelled())
    }

    #[pymethod]
    fn get_context(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        handle_part(&zelf, vm)?.call.context_object(vm)
    }

    /// Makes the call at once; what it raises goes to the exception handler of the loop.
    #[pymethod]
    fn _run(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let part = handle_part(&zelf, vm)?;
        match part.call.run(None, vm) {
            Err(error) if !reports::leaves_the_loop(&error, vm) => {
                let context = reports::callback_context(&part.call, &zelf, &part.owner, &error, vm)?;
                reports::tell_of(&error, &part.owner, context, vm)
            }
            ended => ended,
        }
    }

    #[pygetset]
    fn _cancelled(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(handle_part(&zelf, vm)?.is_cancelled())
    }

    #[pygetset]
    fn _callback(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let part = handle_part(&zelf, vm)?;
        Ok(if part.is_cancelled() {
            vm.ctx.none()
        } else {
            part.call.callable.clone()
        })
    }

    #[pygetset]
    fn _args(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let part = handle_part(&zelf, vm)?;
        Ok(if part.is_cancelled() {
            vm.ctx.none()
        } else {
            vm.ctx.new_tuple(part.call.arguments.clone()).into()
        })
    }

    #[pygetset]
    fn _loop(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        Ok(handle_part(&zelf, vm)?.owner.clone())
    }

    #[pygetset]
    fn _context(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        Self::get_context(zelf, vm)
    }

    #[pygetset]
    fn _source_traceback(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        Ok(vm.unwrap_or_none(handle_part(&zelf, vm)?.call.source().cloned()))
    }
}

fn handle_repr(object: &PyObject, vm: &VirtualMachine) -> PyResult<String> {
    let kept = handle_part(object, vm)?.kept.borrow().clone();
    kept.map_or_else(|| repr_by_library("_reprs", "_handle_repr", object, vm), Ok)
}

impl Representable for PyHandle {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        handle_repr(zelf.as_object(), vm)
    }
}

impl Constructor for PyTimerHandle {
    type Args = TimerArgs;

    fn py_new(_class: &Py<PyType>, args: TimerArgs, vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self {
            base: PyHandle::loose(args.handle, vm)?,
            when: args.when,
        })
    }
}

#[pyclass(
    flags(BASETYPE, HAS_WEAKREF),
    with(Constructor, Representable, Comparable, Hashable)
)]
impl PyTimerHandle {
    #[pymethod]
    fn when(zelf: &Py<Self>) -> PyObjectRef {
        zelf.when.clone()
    }

    #[pygetset]
    fn _when(zelf: &Py<Self>) -> PyObjectRef {
        zelf.when.clone()
    }
}

impl Representable for PyTimerHandle {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        handle_repr(zelf.as_object(), vm)
    }
}

impl Hashable for PyTimerHandle {
    fn hash(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<rustpython_common::hash::PyHash> {
        zelf.when.hash(vm)
    }
}

impl Comparable for PyTimerHandle {
    /// Timers are ordered by their deadlines; equal are those that would also do the same.
    fn cmp(
        zelf: &Py<Self>,
        other: &PyObject,
        op: PyComparisonOp,
        vm: &VirtualMachine,
    ) -> PyResult<PyComparisonValue> {
        let Some(other) = other.downcast_ref::<Self>() else {
            return Ok(PyComparisonValue::NotImplemented);
        };
        let strictly = match op {
            PyComparisonOp::Lt | PyComparisonOp::Le => Some(PyComparisonOp::Lt),
            PyComparisonOp::Gt | PyComparisonOp::Ge => Some(PyComparisonOp::Gt),
            PyComparisonOp::Eq | PyComparisonOp::Ne => None,
        };
        if let Some(strictly) = strictly {
            let comes = zelf.when.rich_compare_bool(&other.when, strictly, vm)?;
            if comes || matches!(op, PyComparisonOp::Lt | PyComparisonOp::Gt) {
                return Ok(PyComparisonValue::Implemented(comes));
            }
        }
        let equal = zelf.is_same(other, vm)?;
        Ok(PyComparisonValue::Implemented(
            equal != (op == PyComparisonOp::Ne),
        ))
    }
}

impl PyTimerHandle {
    fn is_same(&self, other: &Self, vm: &VirtualMachine) -> PyResult<bool> {
        let equal =
            |one: &PyObjectRef, other: &PyObjectRef| one.rich_compare_bool(other, PyComparisonOp::Eq, vm);
        if self.base.is_cancelled() != other.base.is_cancelled() || !equal(&self.when, &other.when)? {
            return Ok(false);
        }
        if self.base.is_cancelled() {
            return Ok(true);
        }
        let (mine, theirs) = (&self.base.call, &other.base.call);
        let arguments = |call: &Call| vm.ctx.new_tuple(call.arguments.clone()).into();
        Ok(equal(&mine.callable, &theirs.callable)? && equal(&arguments(mine), &arguments(theirs))?)
    }
}
