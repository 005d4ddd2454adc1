//! What twins await: native iterators, each its own `__await__`.

use std::cell::{Cell, RefCell};

use rustpython_derive::pyclass;
use rustpython_vm::builtins::PyCoroutine;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{FuncArgs, OptionalArg};
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::types::{IterNext, Iterable, SelfIter};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::helpers;
use crate::python::asyncio::{make_context_type, run_in_context};
use crate::trace::Time;

/// Types must exist before they are used.
pub(super) fn make_types() {
    make_context_type();
    let _ = (
        Done::make_static_type(),
        Rest::make_static_type(),
        Steps::make_static_type(),
    );
    let _ = (
        With::make_static_type(),
        Iter::make_static_type(),
        Later::make_static_type(),
    );
}

/// A value that is there already.
#[pyclass(module = "_threads", name = "Done")]
#[derive(Debug, PyPayload)]
pub(super) struct Done(RefCell<Option<PyObjectRef>>);

impl Done {
    pub(super) fn of(value: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
        Self(RefCell::new(Some(value))).into_ref(&vm.ctx).into()
    }
}

#[pyclass(with(Iterable, IterNext))]
impl Done {
    #[pymethod(name = "__await__")]
    fn await_(zelf: PyRef<Self>) -> PyRef<Self> {
        zelf
    }
}

impl SelfIter for Done {}

impl IterNext for Done {
    fn next(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        Ok(PyIterReturn::StopIteration(zelf.0.borrow_mut().take()))
    }
}

/// For how long a thread rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::python) enum Until {
    /// Until it is woken, at most until the deadline.
    Woken(Option<Time>),
    /// Until the others in line have run.
    Others,
}

/// The one leaf: the thread rests here. What is awaited is whether the time was over.
#[pyclass(module = "_threads", name = "Rest")]
#[derive(Debug, PyPayload)]
pub(super) struct Rest {
    pub(super) until: Until,
    /// What the thread waits for, in words.
    pub(super) on: String,
    rested: Cell<bool>,
    /// Whether it was the deadline; filled by the driver.
    pub(super) timed_out: Cell<bool>,
}

impl Rest {
    pub(super) fn new(until: Until, on: String) -> Self {
        Self {
            until,
            on,
            rested: Cell::new(false),
            timed_out: Cell::new(false),
        }
    }
}

#[pyclass(with(Iterable, IterNext))]
impl Rest {
    #[pymethod(name = "__await__")]
    fn await_(zelf: PyRef<Self>) -> PyRef<Self> {
        zelf
    }
}

impl SelfIter for Rest {}

impl IterNext for Rest {
    fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        if zelf.rested.replace(true) {
            let timed_out = vm.ctx.new_bool(zelf.timed_out.get()).into();
            return Ok(PyIterReturn::StopIteration(Some(timed_out)));
        }
        Ok(PyIterReturn::Return(zelf.to_owned().into()))
    }
}

/// Something to be run to its end, in its own way.
#[pyclass(module = "_threads", name = "Steps")]
#[derive(Debug, PyPayload)]
pub(super) struct Steps {
    inner: PyObjectRef,
    /// What it gives, when that is not what the inner one gives.
    result: Option<PyObjectRef>,
    /// The context in which it runs.
    context: Option<PyObjectRef>,
}

impl Steps {
    /// `inner` as something that anybody may await or yield from.
    pub(super) fn plain(inner: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
        Self::create(inner, None, None, vm)
    }

    pub(super) fn create(
        inner: PyObjectRef,
        result: Option<PyObjectRef>,
        context: Option<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyObjectRef {
        Self {
            inner,
            result,
            context,
        }
        .into_ref(&vm.ctx)
        .into()
    }

    fn resume(&self, error: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        let inner = self.inner.clone();
        let resumed = run_in_context(self.context.clone(), vm, move |vm| match error {
            None => send(&inner, vm),
            Some(error) => throw(&inner, error, vm),
        })??;
        Ok(match (resumed, &self.result) {
            (PyIterReturn::StopIteration(_), Some(result)) => {
                PyIterReturn::StopIteration(Some(result.clone()))
            }
            (resumed, _) => resumed,
        })
    }
}

#[pyclass(with(Iterable, IterNext))]
impl Steps {
    #[pymethod(name = "__await__")]
    fn await_(zelf: PyRef<Self>) -> PyRef<Self> {
        zelf
    }

    #[pymethod]
    fn throw(
        zelf: &Py<Self>,
        error: PyObjectRef,
        value: OptionalArg,
        traceback: OptionalArg,
        vm: &VirtualMachine,
    ) -> PyResult<PyIterReturn> {
        let error = vm.normalize_exception(error, value.unwrap_or_none(vm), traceback.unwrap_or_none(vm))?;
        zelf.resume(Some(error.into()), vm)
    }

    #[pymethod]
    fn close(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        if zelf.inner.class().get_attr(vm.ctx.intern_str("close")).is_some() {
            vm.call_method(&zelf.inner, "close", ())?;
        }
        Ok(())
    }
}

impl SelfIter for Steps {}

impl IterNext for Steps {
    fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        zelf.resume(None, vm)
    }
}

/// `send(None)`.
pub(super) fn send(steps: &PyObject, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
    if let Some(coroutine) = steps.downcast_ref::<PyCoroutine>() {
        return coroutine.as_coro().send(steps, vm.ctx.none(), vm);
    }
    rustpython_vm::protocol::PyIter::new(steps).next(vm)
}

/// `throw(error)`; what cannot take it lets it pass.
pub(super) fn throw(steps: &PyObject, error: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
    let none = || vm.ctx.none();
    if let Some(coroutine) = steps.downcast_ref::<PyCoroutine>() {
        return coroutine.as_coro().throw(steps, error, none(), none(), vm);
    }
    if steps.class().get_attr(vm.ctx.intern_str("throw")).is_none() {
        return Err(vm.normalize_exception(error, none(), none())?);
    }
    PyIterReturn::from_pyresult(vm.call_method(steps, "throw", (error,)), vm)
}

/// A call that is made when it is first resumed.
#[pyclass(module = "_threads", name = "Later")]
#[derive(Debug, PyPayload)]
pub(super) struct Later {
    call: RefCell<Option<(PyObjectRef, FuncArgs)>>,
    steps: RefCell<Option<PyObjectRef>>,
}

impl Later {
    pub(super) fn new(function: PyObjectRef, arguments: FuncArgs) -> Self {
        Self {
            call: RefCell::new(Some((function, arguments))),
            steps: RefCell::new(None),
        }
    }

    fn steps(&self, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let call = self.call.borrow_mut().take();
        if let Some((function, arguments)) = call {
            let steps = helpers::awaitable(function, arguments, vm)?;
            self.steps.replace(Some(steps));
        }
        Ok(vm.unwrap_or_none(self.steps.borrow().clone()))
    }
}

#[pyclass(with(Iterable, IterNext))]
impl Later {
    #[pymethod]
    fn throw(zelf: &Py<Self>, error: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        let steps = zelf.steps(vm)?;
        throw(&steps, error, vm)
    }
}

impl SelfIter for Later {}

impl IterNext for Later {
    fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        let steps = zelf.steps(vm)?;
        send(&steps, vm)
    }
}

/// A context manager for `async with`.
#[pyclass(module = "_threads", name = "With")]
#[derive(Debug, PyPayload)]
pub(super) struct With(pub(super) PyObjectRef);

#[pyclass]
impl With {
    #[pymethod(name = "__aenter__")]
    fn enter(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        let manager = &zelf.0;
        helpers::special(manager, "__exit__", vm)?;
        let enter = helpers::special(manager, "__enter__", vm)?;
        helpers::awaitable(enter, vec![manager.clone()].into(), vm)
    }

    #[pymethod(name = "__aexit__")]
    fn exit(
        zelf: &Py<Self>,
        class: PyObjectRef,
        error: PyObjectRef,
        traceback: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult {
        let manager = &zelf.0;
        let exit = helpers::special(manager, "__exit__", vm)?;
        helpers::awaitable(exit, vec![manager.clone(), class, error, traceback].into(), vm)
    }
}

/// An iterator for `async for`.
#[pyclass(module = "_threads", name = "Iter")]
#[derive(Debug, PyPayload)]
pub(super) struct Iter(pub(super) PyObjectRef);

#[pyclass]
impl Iter {
    #[pymethod(name = "__aiter__")]
    fn aiter(zelf: PyRef<Self>) -> PyRef<Self> {
        zelf
    }

    #[pymethod(name = "__anext__")]
    fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        match rustpython_vm::protocol::PyIter::new(zelf.0.as_object()).next(vm)? {
            PyIterReturn::Return(item) => Ok(Done::of(item, vm)),
            PyIterReturn::StopIteration(_) => {
                Err(vm.new_exception(vm.ctx.exceptions.stop_async_iteration.to_owned(), Vec::new()))
            }
        }
    }
}
