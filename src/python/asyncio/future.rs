//! `asyncio.Future`: a Python object around [`crate::sched::FutureCell`].

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use rustpython_derive::pyclass;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyGenericAlias, PyType, PyTypeRef};
use rustpython_vm::function::{FuncArgs, KwArgs};
use rustpython_vm::types::{Constructor, Destructor, Initializer, Iterable, Representable};
use rustpython_vm::{
    AsObject, FromArgs, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
};

use super::call::Call;
use super::cycles::{Keeps, SeeObject, see_kept};
use super::event_loop::PyEventLoop;
use super::future_iterator::FutureIterator;
use super::future_state::FutureAttributes;
use super::host::{PyHost, cancel_by_rule, current_context, living_loop};
use super::library::{library_call, repr_by_library};
use super::reports::report_unretrieved;
use super::task::PyTask;
use super::wakeup::TaskWakeup;
use super::{errors, names, registry};
use crate::sched::combine::Gather;
use crate::sched::{DoneCallback, EventLoop, FutureCell};
use crate::trace::{Via, WaitReason};

/// A future object; tasks begin with one.
#[pyclass(module = "_asyncio", name = "Future", traverse = "manual")]
#[derive(PyPayload, Default)]
#[repr(C)]
pub(super) struct PyFuture {
    /// Filled by `__init__`.
    cell: OnceCell<FutureCell<PyHost>>,
    gather: Option<Rc<Gather<PyHost>>>,
    /// The loop object, which lives as long as any of its futures.
    owner: OnceCell<PyRef<PyEventLoop>>,
    /// Where it was made, in debug mode: `_source_traceback`.
    made_at: OnceCell<PyObjectRef>,
}

impl std::fmt::Debug for PyFuture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.cell.fmt(f)
    }
}

/// The future inside an object that is known to be one.
pub(super) fn future_part(object: &PyObject) -> &PyFuture {
    match try_future_part(object) {
        Some(part) => part,
        None => unreachable!("the border lets only futures in"),
    }
}

/// The future inside an object, if there is one that was initialised.
pub(super) fn try_future_part(object: &PyObject) -> Option<&PyFuture> {
    // A payload is found by its exact type, so both are tried.
    let part = match object.downcast_ref::<PyTask>() {
        Some(task) => Some(task.payload().future()),
        None => object.downcast_ref::<PyFuture>().map(Py::payload),
    };
    part.filter(|part| part.cell.get().is_some())
}

thread_local! {
    /// See [`define_gathering_class`].
    static GATHERING: RefCell<Option<PyTypeRef>> = const { RefCell::new(None) };
}

fn gathering_class() -> Option<PyTypeRef> {
    GATHERING.with_borrow(Clone::clone)
}

/// Makes `_GatheringFuture`, the class of what `gather` returns: a future by another name.
///
/// # Errors
/// When the class takes no attributes.
pub(super) fn define_gathering_class(vm: &VirtualMachine) -> PyResult<PyTypeRef> {
    let class = PyType::new_simple_heap("_GatheringFuture", PyFuture::class(&vm.ctx), &vm.ctx);
    let class = class.map_err(|error| vm.new_type_error(error))?;
    let module = vm.ctx.new_str("asyncio.tasks");
    class.set_str_attr("__module__", module, &vm.ctx);
    GATHERING.set(Some(class.clone()));
    Ok(class)
}

/// Its place among all futures and tasks, by order of creation over the whole run.
pub(in crate::python) fn serial_of(object: &PyObject) -> Option<u32> {
    try_future_part(object).map(|part| part.cell().serial())
}

/// `future.cancel(msg=message)`; a method of the program is called, ours directly.
///
/// # Errors
/// What code of the program raises, and `RecursionError` in a circle of tasks.
pub(super) fn cancel(
    future: &PyObjectRef,
    message: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<bool> {
    if is_exact(future, vm) {
        return cancel_by_rule(future, message);
    }
    let message = vm.unwrap_or_none(message);
    let arguments = FuncArgs::new(vec![], [("msg", message)].into_iter().collect::<KwArgs>());
    vm.call_method(future, "cancel", arguments)?.try_to_bool(vm)
}

/// Whether the object is one of our futures and tasks, and not of a class that may do things in its own way.
pub(super) fn is_exact(object: &PyObject, vm: &VirtualMachine) -> bool {
    let class = object.class();
    class.is(PyFuture::class(&vm.ctx))
        || class.is(PyTask::class(&vm.ctx))
        || GATHERING.with_borrow(|known| known.as_ref().is_some_and(|known| class.is(known)))
}

/// Whether the class of a future has its own method `name`.
pub(super) fn replaces(future: &PyObject, name: &'static str, vm: &VirtualMachine) -> bool {
    let name = vm.ctx.intern_str(name);
    let own = PyFuture::class(&vm.ctx).get_attr(name);
    match (future.class().get_attr(name), own) {
        (Some(found), Some(own)) => !found.is(&own),
        _ => true,
    }
}

impl PyFuture {
    /// A future of the library.
    pub(super) fn create(
        event_loop: &Rc<EventLoop<PyHost>>,
        reason: WaitReason,
        gather: Option<Rc<Gather<PyHost>>>,
        vm: &VirtualMachine,
    ) -> PyObjectRef {
        let cell = OnceCell::from(FutureCell::new(event_loop, reason));
        let class = gather.as_ref().and_then(|_| gathering_class());
        let future = Self {
            cell,
            gather,
            owner: living_loop(event_loop).map_or_else(OnceCell::new, OnceCell::from),
            made_at: OnceCell::new(),
        };
        match class {
            // The class is a plain one, made from this payload: it takes it.
            Some(class) => match future.into_ref_with_type(vm, class) {
                Ok(future) => future.into(),
                Err(error) => unreachable!("a class of ours refuses its payload: {}", error.class().name()),
            },
            None => future.into_ref(&vm.ctx).into(),
        }
    }

    /// The loop that it belongs to. When they are lost together, weak references lead nowhere any
    /// more, but this one does.
    pub(super) fn owner(&self) -> Option<PyRef<PyEventLoop>> {
        self.owner.get().cloned()
    }

    /// The scheduler's part.
    pub(super) fn cell(&self) -> &FutureCell<PyHost> {
        match self.cell.get() {
            Some(cell) => cell,
            None => unreachable!("the border lets only initialised futures in"),
        }
    }

    /// Fills the scheduler's part; the first one stays.
    ///
    /// # Errors
    /// What looking at the stack raises, in debug mode.
    pub(super) fn initialise(
        &self,
        event_loop: &Rc<EventLoop<PyHost>>,
        reason: WaitReason,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let owner = living_loop(event_loop);
        let debugging = owner.as_ref().is_some_and(|owner| owner.is_debugging());
        if let Some(owner) = owner {
            self.owner.get_or_init(|| owner);
        }
        self.cell.get_or_init(|| FutureCell::new(event_loop, reason));
        if debugging {
            let stack = library_call("format_helpers", "extract_stack", Vec::new(), vm)?;
            self.made_at.get_or_init(|| stack);
        }
        Ok(())
    }

    /// The scheduler's part, when `__init__` has run.
    pub(super) fn known(&self) -> Option<&FutureCell<PyHost>> {
        self.cell.get()
    }

    /// Where it was made, when that is known.
    pub(super) fn made_at(&self) -> Option<&PyObjectRef> {
        self.made_at.get()
    }

    /// The gather that this is the outer future of.
    pub(super) const fn gather(&self) -> Option<&Rc<Gather<PyHost>>> {
        self.gather.as_ref()
    }

    pub(super) fn checked(&self, vm: &VirtualMachine) -> PyResult<&FutureCell<PyHost>> {
        self.cell
            .get()
            .ok_or_else(|| vm.new_runtime_error("Future object is not initialized."))
    }

    fn via(&self) -> Via {
        match self.cell.get().map(FutureCell::reason) {
            Some(WaitReason::Future(future)) => Via::Future(future),
            _ => Via::Call,
        }
    }
}

/// What may be set as an exception, in the words of `CPython`.
fn settable_exception(exception: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyBaseExceptionRef> {
    let is_class = |class: &Py<PyType>| class.fast_issubclass(vm.ctx.exceptions.base_exception_type);
    let exception = if exception.downcast_ref::<PyType>().is_some_and(is_class) {
        exception.call((), vm)?
    } else {
        exception
    };
    let exception: PyBaseExceptionRef = exception
        .downcast()
        .map_err(|_| vm.new_type_error("invalid exception object"))?;
    if !exception.fast_isinstance(vm.ctx.exceptions.stop_iteration) {
        return Ok(exception);
    }
    let error = vm.new_runtime_error(
        "StopIteration interacts badly with generators and cannot be raised into a Future",
    );
    error.set_cause(Some(exception.clone()));
    error.set_context(Some(exception));
    Ok(error)
}

impl Keeps for PyFuture {
    fn each_object(&self, see: &mut SeeObject<'_>) {
        if let Some(cell) = self.cell.get() {
            cell.each_kept(&mut |kept| see_kept(kept, see));
        }
        if let Some(gather) = &self.gather {
            gather.each_kept(&mut |kept| see_kept(kept, see));
        }
        if let Some(owner) = self.owner.get() {
            see(owner.as_object());
        }
        if let Some(stack) = self.made_at.get() {
            see(stack);
        }
    }
}

#[derive(FromArgs)]
pub(super) struct InitArgs {
    #[pyarg(named, name = "loop", default, py_default = "None")]
    event_loop: Option<PyObjectRef>,
}

#[derive(FromArgs)]
pub(super) struct CallbackArgs {
    #[pyarg(positional)]
    function: PyObjectRef,
    #[pyarg(named, default, py_default = "None")]
    context: Option<PyObjectRef>,
}

impl Constructor for PyFuture {
    type Args = FuncArgs;

    fn py_new(_class: &Py<PyType>, _args: FuncArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self::default())
    }
}

impl Initializer for PyFuture {
    type Args = InitArgs;

    fn init(zelf: &Py<Self>, args: InitArgs, vm: &VirtualMachine) -> PyResult<()> {
        let event_loop = loop_or_current(args.event_loop, vm)?;
        let sched = event_loop.sched();
        let id = FutureCell::record_created(sched, &names::bound_by_running_line());
        zelf.initialise(sched, WaitReason::Future(id), vm)
    }
}

/// `futures._get_loop`: the loop of a future of any make.
///
/// # Errors
/// What asking raises.
pub(super) fn loop_of(future: &PyObject, vm: &VirtualMachine) -> PyResult {
    match vm.get_attribute_opt(future, vm.ctx.intern_str("get_loop"))? {
        Some(get_loop) => get_loop.call((), vm),
        None => future.get_attr("_loop", vm),
    }
}

/// The given loop, or what `get_event_loop()` answers.
pub(super) fn loop_or_current(
    given: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<PyRef<PyEventLoop>> {
    let object = match given.filter(|object| !vm.is_none(object)) {
        Some(object) => object,
        None => match registry::running_loop() {
            Some(running) => return Ok(running),
            None => vm.call_method(&*vm.import("asyncio", 0)?, "get_event_loop", ())?,
        },
    };
    object.downcast().map_err(|other| {
        vm.new_type_error(format!(
            "an event loop of this asyncio was expected, got {}",
            other.class().name()
        ))
    })
}

#[pyclass(
    flags(BASETYPE, HAS_DICT, HAS_WEAKREF),
    with(
        FutureAttributes,
        Constructor,
        Initializer,
        Iterable,
        Representable,
        Destructor
    )
)]
impl PyFuture {
    #[pymethod(name = "__await__")]
    fn await_(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult<FutureIterator> {
        future_border(&zelf, vm)?;
        Ok(FutureIterator::new(zelf))
    }

    #[pymethod]
    fn result(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        result_of(&zelf, vm)
    }

    #[pymethod]
    fn exception(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let Some(cell) = future_border(&zelf, vm)?.known() else {
            return Err(errors::invalid_state("Exception is not set.", vm));
        };
        let exception = cell.exception()?;
        Ok(exception.map_or_else(|| vm.ctx.none(), Into::into))
    }

    #[pymethod]
    fn done(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(future_border(&zelf, vm)?.known().is_some_and(FutureCell::is_done))
    }

    #[pymethod]
    fn cancelled(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(future_border(&zelf, vm)?
            .known()
            .is_some_and(FutureCell::is_cancelled))
    }

    #[pymethod]
    fn cancel(zelf: PyObjectRef, message: CancelArgs, vm: &VirtualMachine) -> PyResult<bool> {
        future_border(&zelf, vm)?.checked(vm)?;
        cancel_by_rule(&zelf, message.message(vm))
    }

    #[pymethod]
    fn set_result(zelf: PyObjectRef, result: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let part = future_border(&zelf, vm)?;
        part.checked(vm)?.set_result(&zelf, result, part.via())
    }

    #[pymethod]
    fn set_exception(zelf: PyObjectRef, exception: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let part = future_border(&zelf, vm)?;
        let cell = part.checked(vm)?;
        if cell.is_done() {
            return Err(errors::invalid_state("invalid state", vm));
        }
        let exception = settable_exception(exception, vm)?;
        // Making the exception may have run code of the program.
        if cell.is_done() {
            return Err(errors::invalid_state("invalid state", vm));
        }
        cell.set_exception(&zelf, exception, part.via())
    }

    #[pymethod]
    fn add_done_callback(zelf: PyObjectRef, args: CallbackArgs, vm: &VirtualMachine) -> PyResult<()> {
        let cell = future_border(&zelf, vm)?.checked(vm)?;
        let context = match args.context.filter(|context| !vm.is_none(context)) {
            Some(context) => Some(context),
            None => current_context(vm)?,
        };
        if cell.is_done() {
            cell.event_loop().check_open()?;
        }
        let callback = match TaskWakeup::task_of(&args.function) {
            Some(task) => DoneCallback::Wakeup(task),
            None => DoneCallback::Function(Call::new(args.function, Vec::new(), context, vm)),
        };
        cell.add_done_callback(&zelf, callback);
        Ok(())
    }

    #[pymethod]
    fn remove_done_callback(zelf: PyObjectRef, r#fn: PyObjectRef, vm: &VirtualMachine) -> PyResult<usize> {
        let cell = future_border(&zelf, vm)?.checked(vm)?;
        Ok(cell.remove_done_callback(&Call::new(r#fn, Vec::new(), None, vm)))
    }

    #[pymethod]
    fn get_loop(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let part = future_border(&zelf, vm)?;
        part.checked(vm)?;
        Ok(vm.unwrap_or_none(part.owner().map(Into::into)))
    }

    #[pymethod]
    fn _make_cancelled_error(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyBaseExceptionRef> {
        Ok(future_border(&zelf, vm)?.checked(vm)?.make_cancelled_error())
    }

    #[pyclassmethod(name = "__class_getitem__")]
    fn class_getitem(class: PyTypeRef, item: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyGenericAlias> {
        PyGenericAlias::from_args(class, item, vm)
    }
}

/// The future inside an object that Python handed in.
pub(super) fn future_border<'a>(object: &'a PyObject, vm: &VirtualMachine) -> PyResult<&'a PyFuture> {
    match object.downcast_ref::<PyTask>() {
        Some(task) => Ok(task.payload().future()),
        None => match object.downcast_ref::<PyFuture>() {
            Some(future) => Ok(future.payload()),
            None => Err(vm.new_type_error("a Future was expected")),
        },
    }
}

/// `future.result()`; the exception comes with the traceback it had when it was set, and is raised anew:
/// in the context of whatever is being handled.
pub(super) fn result_of(future: &PyObjectRef, vm: &VirtualMachine) -> PyResult {
    match future_border(future, vm)?.known() {
        Some(cell) => cell
            .result()
            .inspect_err(|error| errors::raised_in_context(error, vm)),
        None => Err(errors::invalid_state("Result is not set.", vm)),
    }
}

#[derive(FromArgs)]
pub(super) struct CancelArgs {
    #[pyarg(any, name = "msg", default, py_default = "None")]
    message: Option<PyObjectRef>,
}

impl CancelArgs {
    /// The message, unless it is `None`.
    pub(super) fn message(self, vm: &VirtualMachine) -> Option<PyObjectRef> {
        self.message.filter(|message| !vm.is_none(message))
    }
}

impl Iterable for PyFuture {
    fn iter(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        Ok(Self::await_(zelf.into(), vm)?.into_ref(&vm.ctx).into())
    }
}

impl Representable for PyFuture {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        repr_by_library("base_futures", "_future_repr", zelf.as_object(), vm)
    }
}

impl Destructor for PyFuture {
    fn del(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        report_unretrieved(zelf.as_object(), vm)
    }
}
