//! `asyncio.Task`: a Python object around [`crate::sched::TaskCell`].

use std::cell::{OnceCell, RefCell};

use rustpython_derive::pyclass;
use rustpython_vm::builtins::{PyCoroutine, PyGenerator, PyType};
use rustpython_vm::function::{FuncArgs, PySetterValue};
use rustpython_vm::types::{Constructor, Destructor, Initializer, Representable};
use rustpython_vm::{
    AsObject, FromArgs, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
};

use super::coroutine::LibraryCoroutine;
use super::cycles::{Keeps, SeeObject, see_kept};
use super::event_loop::PyEventLoop;
use super::future::{CancelArgs, PyFuture, loop_or_current};
use super::future_state::assigned;
use super::host::{PyHost, current_context};
use super::library::{library_call, repr_by_library};
use super::reports::report_unretrieved;
use super::{contexts, level, registry};
use crate::sched::{self, Spawn, TaskCell};
use crate::trace::WaitReason;

/// A task object.
#[pyclass(module = "_asyncio", name = "Task", base = PyFuture, traverse = "manual")]
#[derive(Default)]
#[repr(C)]
pub(super) struct PyTask {
    future: PyFuture,
    /// Filled by `__init__`.
    cell: OnceCell<TaskCell<PyHost>>,
    coroutine: RefCell<Option<PyObjectRef>>,
    context: RefCell<Option<PyObjectRef>>,
    /// See [`number_of`].
    number: std::cell::Cell<u32>,
    /// `_log_destroy_pending` taken back: nobody shall be told when it dies pending.
    quiet: std::cell::Cell<bool>,
}

impl std::fmt::Debug for PyTask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.cell.fmt(f)
    }
}

/// The number of a task, by order of creation over the whole run.
pub(in crate::python) fn number_of(object: &PyObject) -> Option<u32> {
    let task = object.downcast_ref::<PyTask>()?;
    task.cell.get().map(|_| task.number.get())
}

/// What a task is made with.
pub(super) struct NewTask {
    pub(super) coroutine: PyObjectRef,
    pub(super) name: Option<PyObjectRef>,
    pub(super) context: Option<PyObjectRef>,
    /// Part of the loop's own clean-up.
    pub(super) hidden: bool,
    /// Its first step runs at once.
    pub(super) eager: bool,
}

impl PyTask {
    /// A new task, scheduled for its first step.
    pub(super) fn spawn(
        event_loop: &PyEventLoop,
        new: NewTask,
        vm: &VirtualMachine,
    ) -> PyResult<PyRef<Self>> {
        let task = Self::default().into_ref(&vm.ctx);
        Self::initialise(&task, event_loop, new, vm)?;
        Ok(task)
    }

    /// The future that the task begins with.
    pub(super) const fn future(&self) -> &PyFuture {
        &self.future
    }

    /// The scheduler's part.
    pub(super) fn cell(&self) -> &TaskCell<PyHost> {
        match self.cell.get() {
            Some(cell) => cell,
            None => unreachable!("the border lets only initialised tasks in"),
        }
    }

    /// Whether `__init__` has run.
    pub(super) fn is_initialised(&self) -> bool {
        self.cell.get().is_some()
    }

    /// Whether it is initialised and not done.
    pub(super) fn is_pending(&self) -> bool {
        self.is_initialised() && !self.future.cell().is_done()
    }

    /// The coroutine; it stays when the task is done, for `repr`.
    pub(super) fn coroutine(&self) -> Option<PyObjectRef> {
        self.coroutine.borrow().clone()
    }

    /// `get_context()`; `None` while no variable can exist.
    pub(super) fn context(&self) -> Option<PyObjectRef> {
        self.context.borrow().clone()
    }

    /// Runs code of the task in its context.
    ///
    /// # Errors
    /// `RuntimeError` when the context is entered already, and the code has not run.
    pub(super) fn in_context<R: 'static>(
        &self,
        vm: &VirtualMachine,
        code: impl FnOnce(&VirtualMachine) -> PyResult<R> + 'static,
    ) -> PyResult<PyResult<R>> {
        let context = contexts::ensure(&mut self.context.borrow_mut(), vm);
        contexts::run_in(context, vm, code)
    }

    /// Nobody shall be told when it dies pending.
    pub(super) fn be_quiet(&self) {
        self.quiet.set(true);
    }

    fn checked(&self, vm: &VirtualMachine) -> PyResult<&TaskCell<PyHost>> {
        self.cell
            .get()
            .ok_or_else(|| vm.new_runtime_error("Task object is not initialized."))
    }
}

/// Whether a task can run `object`.
pub(super) fn is_coroutine(object: &PyObject, vm: &VirtualMachine) -> bool {
    if object.downcast_ref::<PyCoroutine>().is_some() || object.downcast_ref::<LibraryCoroutine>().is_some() {
        return true;
    }
    if object.downcast_ref::<PyGenerator>().is_some() {
        return level::is_37();
    }
    let known = vm.import("collections.abc", 0).and_then(|module| {
        let class = module.get_attr("abc", vm)?.get_attr("Coroutine", vm)?;
        object.is_instance(&class, vm)
    });
    known.unwrap_or(false)
}

/// The loop's own clean-up, whoever asks for it.
const CLEAN_UP: [&str; 2] = [
    "BaseEventLoop.shutdown_asyncgens",
    "BaseEventLoop.shutdown_default_executor",
];

fn qualified_name(coroutine: &PyObjectRef, vm: &VirtualMachine) -> String {
    if let Some(library) = coroutine.downcast_ref::<LibraryCoroutine>() {
        return library.qualname().to_owned();
    }
    let name = coroutine
        .get_attr("__qualname__", vm)
        .and_then(|name| name.str(vm));
    name.map_or_else(
        |_| coroutine.class().name().to_string(),
        |name| name.as_wtf8().to_string_lossy().into_owned(),
    )
}

impl PyTask {
    fn initialise(
        zelf: &Py<Self>,
        event_loop: &PyEventLoop,
        new: NewTask,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        zelf.number.set(event_loop.sched().world().next_task_number());
        if !is_coroutine(&new.coroutine, vm) {
            zelf.quiet.set(true);
            let repr = new.coroutine.repr(vm)?;
            return Err(vm.new_type_error(format!("a coroutine was expected, got {}", repr.as_wtf8())));
        }
        let name = match new.name.filter(|name| !vm.is_none(name)) {
            Some(name) => Some(name.str(vm)?.as_wtf8().to_string_lossy().into_owned()),
            None => None,
        };
        let context = match new.context.filter(|context| !vm.is_none(context)) {
            Some(context) => Some(context),
            None => current_context(vm)?,
        };
        let coroutine = qualified_name(&new.coroutine, vm);
        let spawn = Spawn {
            name: name.as_deref(),
            coroutine: &coroutine,
            hidden: new.hidden || CLEAN_UP.contains(&coroutine.as_str()),
        };
        let sched = event_loop.sched();
        let cell = zelf.cell.get_or_init(|| TaskCell::new(sched, &spawn));
        zelf.future.initialise(sched, WaitReason::Task(cell.id()), vm)?;
        *zelf.coroutine.borrow_mut() = Some(new.coroutine);
        *zelf.context.borrow_mut() = context;
        let task = zelf.to_owned();
        registry::add_task(&task, vm);
        if !new.eager {
            sched::start::<PyHost>(&task);
            return Ok(());
        }
        let started = sched::start_eagerly::<PyHost>(&task);
        if zelf.future.cell().is_done() {
            zelf.coroutine.borrow_mut().take();
        }
        started.map_err(|stop| event_loop.stopped(stop, vm))
    }
}

impl Keeps for PyTask {
    fn each_object(&self, see: &mut SeeObject<'_>) {
        self.future.each_object(see);
        if let Some(cell) = self.cell.get() {
            cell.each_kept(&mut |kept| see_kept(kept, see));
        }
        for slot in [&self.coroutine, &self.context] {
            if let Ok(Some(object)) = slot.try_borrow().as_deref() {
                see(object);
            }
        }
    }
}

#[derive(FromArgs)]
pub(super) struct InitArgs {
    #[pyarg(any)]
    coro: PyObjectRef,
    #[pyarg(named, name = "loop", default, py_default = "None")]
    event_loop: Option<PyObjectRef>,
    #[pyarg(named, default, py_default = "None")]
    name: Option<PyObjectRef>,
    #[pyarg(named, default, py_default = "None")]
    context: Option<PyObjectRef>,
    #[pyarg(named, default = false)]
    eager_start: bool,
}

#[derive(FromArgs)]
struct StackArgs {
    #[pyarg(named, default, py_default = "None")]
    limit: Option<PyObjectRef>,
}

#[derive(FromArgs)]
struct PrintArgs {
    #[pyarg(named, default, py_default = "None")]
    limit: Option<PyObjectRef>,
    #[pyarg(named, default, py_default = "None")]
    file: Option<PyObjectRef>,
}

impl Constructor for PyTask {
    type Args = FuncArgs;

    fn py_new(_class: &Py<PyType>, _args: FuncArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self::default())
    }
}

impl Initializer for PyTask {
    type Args = InitArgs;

    fn init(zelf: &Py<Self>, args: InitArgs, vm: &VirtualMachine) -> PyResult<()> {
        let event_loop = loop_or_current(args.event_loop, vm)?;
        let new = NewTask {
            coroutine: args.coro,
            name: args.name,
            context: args.context,
            hidden: false,
            eager: args.eager_start,
        };
        Self::initialise(zelf, &event_loop, new, vm)
    }
}

#[pyclass(
    flags(BASETYPE, HAS_DICT, HAS_WEAKREF),
    with(Constructor, Initializer, Representable, Destructor)
)]
impl PyTask {
    #[pymethod]
    fn get_name(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        Ok(zelf.checked(vm)?.name().to_string())
    }

    #[pymethod]
    fn set_name(zelf: &Py<Self>, value: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let name = value.str(vm)?.as_wtf8().to_string_lossy().into_owned();
        zelf.checked(vm)?.set_name(zelf.future.cell().event_loop(), &name);
        Ok(())
    }

    #[pymethod]
    fn get_coro(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.unwrap_or_none(zelf.coroutine())
    }

    #[pymethod]
    fn get_context(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        zelf.checked(vm)?;
        let known = zelf.context.borrow().clone();
        if let Some(context) = known {
            return Ok(context);
        }
        let context = vm.call_method(&*vm.import("contextvars", 0)?, "Context", ())?;
        *zelf.context.borrow_mut() = Some(context.clone());
        Ok(context)
    }

    #[pymethod]
    fn cancel(zelf: &Py<Self>, message: CancelArgs, vm: &VirtualMachine) -> PyResult<bool> {
        zelf.checked(vm)?;
        sched::cancel::<PyHost>(&zelf.to_owned(), message.message(vm))
    }

    #[pymethod]
    fn cancelling(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<u32> {
        Ok(zelf.checked(vm)?.cancelling())
    }

    #[pymethod]
    fn uncancel(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<u32> {
        Ok(zelf.checked(vm)?.uncancel(zelf.future.cell().event_loop()))
    }

    #[pymethod]
    fn set_result(_zelf: &Py<Self>, _result: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        Err(vm.new_runtime_error("Task does not support set_result operation"))
    }

    #[pymethod]
    fn set_exception(_zelf: &Py<Self>, _exception: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        Err(vm.new_runtime_error("Task does not support set_exception operation"))
    }

    #[pymethod]
    fn get_stack(zelf: PyObjectRef, args: StackArgs, vm: &VirtualMachine) -> PyResult {
        let limit = vm.unwrap_or_none(args.limit);
        library_call("base_tasks", "_task_get_stack", vec![zelf, limit], vm)
    }

    #[pymethod]
    fn print_stack(zelf: PyObjectRef, args: PrintArgs, vm: &VirtualMachine) -> PyResult {
        let (limit, file) = (vm.unwrap_or_none(args.limit), vm.unwrap_or_none(args.file));
        library_call("base_tasks", "_task_print_stack", vec![zelf, limit, file], vm)
    }

    #[pygetset]
    fn _coro(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.unwrap_or_none(zelf.coroutine())
    }

    #[pygetset]
    fn _fut_waiter(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.unwrap_or_none(zelf.cell.get().and_then(TaskCell::waiter))
    }

    #[pygetset]
    fn _must_cancel(zelf: &Py<Self>) -> bool {
        zelf.cell.get().is_some_and(TaskCell::must_cancel)
    }

    #[pygetset]
    fn _log_destroy_pending(zelf: &Py<Self>) -> bool {
        !zelf.quiet.get()
    }

    #[pygetset(setter)]
    fn set__log_destroy_pending(zelf: &Py<Self>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        zelf.quiet.set(!assigned(value, vm)?.try_to_bool(vm)?);
        Ok(())
    }
}

impl Representable for PyTask {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        repr_by_library("base_tasks", "_task_repr", zelf.as_object(), vm)
    }
}

impl Destructor for PyTask {
    fn del(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        let Some(cell) = zelf.cell.get() else {
            return Ok(());
        };
        if level::is_37() {
            registry::remove_task(cell.id());
        }
        if !zelf.future.cell().is_done() && !zelf.quiet.get() {
            registry::remove_task(cell.id());
            let context = vm.ctx.new_dict();
            context.set_item("task", zelf.as_object().to_owned(), vm)?;
            let message = vm.ctx.new_str("Task was destroyed but it is pending!");
            context.set_item("message", message.into(), vm)?;
            if let Some(stack) = zelf.future.made_at() {
                context.set_item("source_traceback", stack.clone(), vm)?;
            }
            if let Some(event_loop) = zelf.future.owner() {
                vm.call_method(event_loop.as_object(), "call_exception_handler", (context,))?;
            }
        }
        report_unretrieved(zelf.as_object(), vm)
    }
}
