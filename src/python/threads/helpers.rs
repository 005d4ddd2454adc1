//! What twins call: native functions in the place of the program's calls.

use rustpython_vm::builtins::{PyAsyncGen, PyBoundMethod, PyCode, PyFunction, PyTupleRef, PyType};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine};

use super::awaitables::{Done, Iter, Later, Steps, With};
use super::twins::{self, Kind};
use super::{module, rewrite};
use crate::python::asyncio::new_context;
use crate::python::lines;

/// The native functions by the names that stand for them in rewritten programs.
pub(super) fn constants(vm: &VirtualMachine) -> [(&'static str, PyObjectRef); 5] {
    [
        (rewrite::CALL, vm.new_function("call", call).into()),
        (
            rewrite::CALL_IN_LAMBDA,
            vm.new_function("call_in_lambda", call_in_lambda).into(),
        ),
        (
            rewrite::CALL_TO_ITERATE,
            vm.new_function("call_to_iterate", call_to_iterate).into(),
        ),
        (rewrite::WITH, vm.new_function("with", with).into()),
        (rewrite::ITER, vm.new_function("iter", iter).into()),
    ]
}

/// `function(…)`, to be awaited.
fn call(mut arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let function = arguments.args.remove(0);
    awaitable(function, arguments, vm)
}

/// The same in the twin of a lambda, which can yield only from an iterator.
fn call_in_lambda(arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
    Ok(Steps::plain(call(arguments, vm)?, vm))
}

/// The same where the result is iterated over at once.
fn call_to_iterate(mut arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let function = arguments.args.remove(0);
    let target = Target::of(&function, &mut arguments, vm)?;
    if let Some(iterator) = target.iterator(&arguments, vm)? {
        return Ok(iterator);
    }
    target.awaitable(arguments, vm)
}

fn with(manager: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
    With(manager).into_ref(&vm.ctx).into()
}

fn iter(iterable: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    if iterable.downcast_ref::<PyAsyncGen>().is_some() {
        // Only the twin of a generator gets here: see `call_to_iterate`.
        return Ok(iterable);
    }
    let iterator: PyObjectRef = iterable.get_iter(vm)?.into();
    Ok(Iter(iterator).into_ref(&vm.ctx).into())
}

/// What to await for `function(…)`.
pub(super) fn awaitable(function: PyObjectRef, mut arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
    Target::of(&function, &mut arguments, vm)?.awaitable(arguments, vm)
}

/// A method that the interpreter looks up in the class.
pub(super) fn special(object: &PyObject, name: &'static str, vm: &VirtualMachine) -> PyResult {
    match object.class().get_attr(vm.ctx.intern_str(name)) {
        Some(method) => Ok(method),
        None => Err(vm.new_type_error(format!(
            "'{}' object does not support the context manager protocol (missed {name} method)",
            object.class().name()
        ))),
    }
}

/// What is behind methods, partials and callable objects.
struct Target(PyObjectRef);

/// Partials and methods that are looked through.
const MAX_WRAPPERS: usize = 20;

impl Target {
    /// Finds it, and adds the arguments that the wrappers bring.
    fn of(callable: &PyObjectRef, arguments: &mut FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let mut target = callable.clone();
        for _ in 0..MAX_WRAPPERS {
            if target.downcast_ref::<PyFunction>().is_some() {
                break;
            }
            if target.downcast_ref::<PyBoundMethod>().is_some() {
                arguments.prepend_arg(target.get_attr("__self__", vm)?);
                target = target.get_attr("__func__", vm)?;
                continue;
            }
            if &*target.class().name() == "partial" {
                let given: PyTupleRef = target.get_attr("args", vm)?.try_into_value(vm)?;
                for argument in given.iter().rev() {
                    arguments.prepend_arg(argument.clone());
                }
                let keywords = target.get_attr("keywords", vm)?;
                let keywords: rustpython_vm::builtins::PyDictRef = keywords.try_into_value(vm)?;
                for (name, value) in keywords {
                    let name = name.str(vm)?.as_wtf8().to_owned();
                    // What the call itself gives wins.
                    if !arguments.kwargs.keys().any(|given| *given == name) {
                        arguments.kwargs.insert(name, value);
                    }
                }
                target = target.get_attr("func", vm)?;
                continue;
            }
            let call = target.class().get_attr(vm.ctx.intern_str("__call__"));
            match call.filter(|call| call.downcast_ref::<PyFunction>().is_some()) {
                Some(call) if target.downcast_ref::<PyType>().is_none() => {
                    arguments.prepend_arg(target);
                    target = call;
                }
                _ => break,
            }
        }
        Ok(Self(target))
    }

    fn code(&self, vm: &VirtualMachine) -> Option<rustpython_vm::PyRef<PyCode>> {
        self.0.get_attr("__code__", vm).ok()?.downcast().ok()
    }

    /// What to await for a call of it.
    fn awaitable(self, arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if self.0.downcast_ref::<PyFunction>().is_some()
            && let Some(code) = self.code(vm)
        {
            if !lines::is_program_code(&code) {
                return match attribute(&self.0, "__twin__", vm) {
                    Some(twin) => twin.call(arguments, vm),
                    None => Ok(Done::of(self.0.call(arguments, vm)?, vm)),
                };
            }
            return match twins::twin_of(&code) {
                Some(twin) if twin.kind == Kind::Coroutine => {
                    function(&self.0, twin.code, vm)?.call(arguments, vm)
                }
                Some(twin) if twin.kind == Kind::Generator => {
                    let generator = function(&self.0, twin.code, vm)?.call(arguments, vm)?;
                    Ok(Steps::plain(generator, vm))
                }
                _ => Ok(Done::of(self.0.call(arguments, vm)?, vm)),
            };
        }
        if let Some(class) = self.0.downcast_ref::<PyType>()
            && let Some(steps) = construction(class, &arguments, vm)?
        {
            return Ok(steps);
        }
        if let Some(steps) = module::native_twin(&self.0, &arguments, vm)? {
            return Ok(steps);
        }
        if needs_twin_of_builtin(&arguments, vm) {
            return twin_of_builtin("call", &self.0, &arguments, vm);
        }
        Ok(Done::of(self.0.call(arguments, vm)?, vm))
    }

    /// What to await for an asynchronous iterator over what a call of it gives, if it has one.
    fn iterator(&self, arguments: &FuncArgs, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
        if self.0.downcast_ref::<PyFunction>().is_none() {
            if self.0.downcast_ref::<PyType>().is_none() {
                return Ok(None);
            }
            let iterator = twin_of_builtin("iterate", &self.0, arguments, vm)?;
            return Ok((!vm.is_none(&iterator)).then(|| Done::of(iterator, vm)));
        }
        let Some(code) = self.code(vm) else {
            return Ok(None);
        };
        if !lines::is_program_code(&code) {
            let twin = attribute(&self.0, "__twin_iter__", vm);
            return twin.map(|twin| twin.call(arguments.clone(), vm)).transpose();
        }
        match twins::twin_of(&code) {
            Some(twin) if twin.kind == Kind::Iterator => {
                let iterator = function(&self.0, twin.code, vm)?.call(arguments.clone(), vm)?;
                Ok(Some(Done::of(iterator, vm)))
            }
            _ => Ok(None),
        }
    }
}

/// Whether a builtin with these arguments iterates over a generator's twin, or sorts by a function
/// of the program.
fn needs_twin_of_builtin(arguments: &FuncArgs, vm: &VirtualMachine) -> bool {
    arguments
        .args
        .iter()
        .any(|argument| argument.downcast_ref::<PyAsyncGen>().is_some())
        || arguments
            .kwargs
            .get("key")
            .is_some_and(|key| is_suspendable(key, vm))
}

/// Functions of `pylib/_twins.py` that stand in for builtins.
fn twin_of_builtin(
    name: &'static str,
    function: &PyObjectRef,
    arguments: &FuncArgs,
    vm: &VirtualMachine,
) -> PyResult {
    let given = vm.ctx.new_tuple(arguments.args.clone());
    let keywords = vm.ctx.new_dict();
    for (name, value) in &arguments.kwargs {
        keywords.set_item(&*vm.ctx.new_str(name.clone()), value.clone(), vm)?;
    }
    let twin = vm.import("_twins", 0)?.get_attr(name, vm)?;
    twin.call((function.clone(), given, keywords), vm)
}

/// Whether a call of this can be suspended.
pub(super) fn is_suspendable(callable: &PyObjectRef, vm: &VirtualMachine) -> bool {
    let Ok(target) = Target::of(callable, &mut FuncArgs::default(), vm) else {
        return false;
    };
    let is_function = target.0.downcast_ref::<PyFunction>().is_some();
    let code = target.code(vm).filter(|_| is_function);
    code.is_some_and(|code| twins::twin_of(&code).is_some() || attribute(&target.0, "__twin__", vm).is_some())
        || crate::python::clock::is_sleep(&target.0, vm)
}

fn attribute(object: &PyObject, name: &'static str, vm: &VirtualMachine) -> Option<PyObjectRef> {
    object.dict()?.get_item_opt(name, vm).ok().flatten()
}

/// The function with other code: same names, defaults and cells.
fn function(original: &PyObject, code: rustpython_vm::PyRef<PyCode>, vm: &VirtualMachine) -> PyResult {
    let of = |name: &'static str| original.get_attr(name, vm);
    let arguments: Vec<PyObjectRef> = vec![
        code.into(),
        of("__globals__")?,
        of("__name__")?,
        of("__defaults__")?,
        of("__closure__")?,
        of("__kwdefaults__")?,
    ];
    vm.ctx.types.function_type.as_object().call(arguments, vm)
}

/// `Class(…)` when its `__init__` is Python: the object, then its initialisation.
fn construction(
    class: &Py<PyType>,
    arguments: &FuncArgs,
    vm: &VirtualMachine,
) -> PyResult<Option<PyObjectRef>> {
    let init = class.get_attr(vm.ctx.intern_str("__init__"));
    let Some(init) = init.filter(|init| init.downcast_ref::<PyFunction>().is_some()) else {
        return Ok(None);
    };
    if !class.class().is(vm.ctx.types.type_type) {
        return Ok(None);
    }
    let mut for_new = arguments.clone();
    for_new.prepend_arg(class.to_owned().into());
    let object = class.as_object().get_attr("__new__", vm)?.call(for_new, vm)?;
    if !object.class().fast_issubclass(class) {
        return Ok(Some(Done::of(object, vm)));
    }
    let mut for_init = arguments.clone();
    for_init.prepend_arg(object.clone());
    let steps = awaitable(init, for_init, vm)?;
    Ok(Some(Steps::create(steps, Some(object), None, vm)))
}

/// To be awaited: `function(…)`, looked at when it is first resumed, so that all of it happens in
/// the context around it.
pub(super) fn in_context(function: PyObjectRef, arguments: FuncArgs, vm: &VirtualMachine) -> PyObjectRef {
    Later::new(function, arguments).into_ref(&vm.ctx).into()
}

/// To be awaited: `function(…)` in a context of its own.
pub(super) fn in_new_context(function: PyObjectRef, arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let context = new_context(vm)?;
    let steps = in_context(function, arguments, vm);
    Ok(Steps::create(steps, None, context, vm))
}
