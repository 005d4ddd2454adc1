//! A call that the program has asked for, to be made later.

use std::cell::{OnceCell, RefCell};

use rustpython_derive::pyclass;
use rustpython_vm::builtins::{PyCode, PyWeak};
use rustpython_vm::{AsObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::cycles::{Keeps, SeeObject};
use super::{contexts, reports};
use crate::python::lines;
use crate::sched::World;
use crate::trace::Job;

/// A function of the program with its arguments and its context. An object, because handles share it.
#[pyclass(module = "_loopscope", name = "Call", traverse = "manual")]
#[derive(Debug, PyPayload)]
pub(super) struct Call {
    /// The function.
    pub(super) callable: PyObjectRef,
    /// Its arguments.
    pub(super) arguments: Vec<PyObjectRef>,
    context: RefCell<Option<PyObjectRef>>,
    /// Where it was asked for, in debug mode.
    source: OnceCell<PyObjectRef>,
    /// The `Handle` object that the program has, if it has kept it.
    shown: RefCell<Option<PyRef<PyWeak>>>,
}

impl Call {
    pub(super) fn new(
        callable: PyObjectRef,
        arguments: Vec<PyObjectRef>,
        context: Option<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyRef<Self> {
        Self {
            callable,
            arguments,
            context: RefCell::new(context),
            source: OnceCell::new(),
            shown: RefCell::new(None),
        }
        .into_ref(&vm.ctx)
    }

    /// The context it runs in; `None` while no variable can exist.
    pub(super) fn context(&self) -> Option<PyObjectRef> {
        self.context.borrow().clone()
    }

    /// The context it runs in, made if need be.
    ///
    /// # Errors
    /// When there can be no contexts.
    pub(super) fn context_object(&self, vm: &VirtualMachine) -> PyResult {
        let mut slot = self.context.borrow_mut();
        match &*slot {
            Some(context) => Ok(context.clone()),
            None => Ok(slot.insert(contexts::empty(vm)?).clone()),
        }
    }

    /// Remembers which calls led here, but for `hidden` calls of the library; the first time counts.
    ///
    /// # Errors
    /// What looking at the frames raises.
    pub(super) fn remember_source(&self, hidden: usize, vm: &VirtualMachine) -> PyResult<()> {
        if self.source.get().is_none() {
            let source = reports::stack(hidden, vm)?;
            self.source.get_or_init(|| source);
        }
        Ok(())
    }

    /// Where it was asked for, in debug mode.
    pub(super) fn source(&self) -> Option<&PyObjectRef> {
        self.source.get()
    }

    /// The `Handle` object of this call that the program still has.
    pub(super) fn shown(&self) -> Option<PyObjectRef> {
        self.shown.borrow().as_ref().and_then(|weak| weak.upgrade())
    }

    /// Remembers the `Handle` object of this call.
    pub(super) fn show_as(&self, handle: PyRef<PyWeak>) {
        *self.shown.borrow_mut() = Some(handle);
    }

    pub(super) fn run(&self, future: Option<&PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
        let arguments: Vec<_> = self.arguments.iter().chain(future).cloned().collect();
        let context = contexts::ensure(&mut self.context.borrow_mut(), vm);
        let callable = self.callable.clone();
        contexts::run_in(context, vm, move |vm| callable.call(arguments, vm))?.map(drop)
    }

    /// What the trace calls this: code of the program by its qualified name.
    pub(super) fn job(&self, world: &World, vm: &VirtualMachine) -> Job {
        let (function, of_program) = named_function(&self.callable, vm);
        let name = world.text(&qualified_name(&function, vm));
        if of_program {
            Job::Callback { name }
        } else {
            Job::Library { name }
        }
    }
}

#[pyclass]
impl Call {}

impl Keeps for Call {
    fn each_object(&self, see: &mut SeeObject<'_>) {
        see(&self.callable);
        self.arguments.iter().for_each(|argument| see(argument));
        if let Ok(Some(context)) = self.context.try_borrow().as_deref() {
            see(context);
        }
        if let Some(source) = self.source.get() {
            see(source);
        }
    }
}

/// The qualified name of the function behind a callable, as traces show it.
pub(in crate::python) fn name_of_call(callable: &PyObjectRef, vm: &VirtualMachine) -> String {
    // `to_thread` calls a context, which calls the function.
    let in_context = callable.get_attr("func", vm).ok().filter(|run| {
        run.get_attr("__self__", vm)
            .is_ok_and(|context| &*context.class().name() == "Context")
    });
    let arguments = in_context.and_then(|_| callable.get_attr("args", vm).ok());
    let inner = arguments.and_then(|arguments| arguments.get_item(&0, vm).ok());
    let (function, _) = named_function(inner.as_ref().unwrap_or(callable), vm);
    qualified_name(&function, vm)
}

fn qualified_name(function: &PyObjectRef, vm: &VirtualMachine) -> String {
    let name = function
        .get_attr("__qualname__", vm)
        .and_then(|name| name.str(vm));
    name.map_or_else(
        |_| function.class().name().to_string(),
        |name| name.as_wtf8().to_string_lossy().into_owned(),
    )
}

/// Partials and wrappers that are looked through.
const MAX_WRAPPERS: usize = 20;

/// The function behind partials, methods and wrappers, and whether it is code of the program.
fn named_function(callable: &PyObjectRef, vm: &VirtualMachine) -> (PyObjectRef, bool) {
    let mut function = callable.clone();
    for _ in 0..MAX_WRAPPERS {
        let is_partial = &*function.class().name() == "partial";
        match function.get_attr("func", vm) {
            Ok(inner) if is_partial => function = inner,
            _ => break,
        }
    }
    if let Ok(inner) = function.get_attr("__func__", vm) {
        function = inner;
    }
    for _ in 0..MAX_WRAPPERS {
        match function.get_attr("__wrapped__", vm) {
            Ok(inner) if function.get_attr("__code__", vm).is_err() => function = inner,
            _ => break,
        }
    }
    if function.get_attr("__code__", vm).is_err()
        && !function.fast_isinstance(vm.ctx.types.type_type)
        && let Ok(call) = function.class().as_object().get_attr("__call__", vm)
        && call.get_attr("__code__", vm).is_ok()
    {
        function = call;
    }
    let code = function.get_attr("__code__", vm);
    let of_program = code.is_ok_and(|code| {
        code.downcast_ref::<PyCode>()
            .is_some_and(|code| lines::is_program_code(code))
    });
    (function, of_program)
}
