//! Words of the interpreter where `CPython` 3.13 has others.
//!
//! A program may print any message, so a message is mended when its exception
//! is raised, before anybody can look at it. What the message alone cannot tell
//! is told by the instruction that raised it, or by the operation itself, which
//! gets a slot of our own.

use rustpython_vm::builtins::{PyAsyncGen, PyBaseException, PyCode, PyStr};
use rustpython_vm::bytecode::{Arg, Instruction};
use rustpython_vm::types::PyTypeFlags;
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

use super::{lines, reraise, syntax};

/// Messages of the interpreter, and what `CPython` says; `{}` stands for the same text in both.
const MESSAGES: [(&str, &str); 22] = [
    (
        "'{}' object can't be awaited",
        "object {} can't be used in 'await' expression",
    ),
    (
        "exceptions must be classes or instances deriving from BaseException, not {}",
        "exceptions must derive from BaseException",
    ),
    (
        "argument of type '{}' is not a container or iterable",
        "argument of type '{}' is not iterable",
    ),
    (
        "'{}' object does not support the {} (missed __exit__ method){}",
        "'{}' object does not support the {}",
    ),
    (
        "'{}' object does not support the {} (missed __aexit__ method){}",
        "'{}' object does not support the {}",
    ),
    (
        "class {} without an implementation for abstract method{}",
        "Can't instantiate abstract class {} without an implementation for abstract method{}",
    ),
    (
        "cannot use '{}' as a set element (unhashable type: '{}')",
        "unhashable type: '{}'",
    ),
    (
        "cannot use '{}' as a dict key (unhashable type: '{}')",
        "unhashable type: '{}'",
    ),
    (
        "Cannot add list and {}",
        "can only concatenate list (not \"{}\") to list",
    ),
    (
        "can only concatenate tuple (not '{}') to tuple",
        "can only concatenate tuple (not \"{}\") to tuple",
    ),
    (
        "multiple bases have instance layout conflict",
        "multiple bases have instance lay-out conflict",
    ),
    (
        "enumerate() missing required argument 'iterable' (pos 1)",
        "enumerate() missing required argument 'iterable'",
    ),
    (
        "local variable '{}' referenced before assignment",
        "cannot access local variable '{}' where it is not associated with a value",
    ),
    (
        "too many values to unpack (expected {}, got {})",
        "too many values to unpack (expected {})",
    ),
    (
        "zero to a negative power",
        "0.0 cannot be raised to a negative power",
    ),
    (
        "maximum recursion depth exceeded ",
        "maximum recursion depth exceeded",
    ),
    (
        "argument 1 must be str, not {}",
        "BaseExceptionGroup.__new__() argument 1 must be str, not {}",
    ),
    ("I/O operation on closed file", "I/O operation on closed file."),
    // Functions of asyncio, which are Python there.
    (
        "sleep() missing required argument 'delay' (pos 1)",
        "sleep() missing 1 required positional argument: 'delay'",
    ),
    (
        "wait_for() missing required argument 'timeout' (pos 2)",
        "wait_for() missing 1 required positional argument: 'timeout'",
    ),
    (
        "{}() missing required argument 'fs' (pos 1)",
        "{}() missing 1 required positional argument: 'fs'",
    ),
    (
        "call_soon() missing required argument 'callback' (pos 1)",
        "BaseEventLoop.call_soon() missing 1 required positional argument: 'callback'",
    ),
];

/// Builtin functions of one argument, which `CPython` counts in other words.
const OF_ONE_ARGUMENT: [&str; 13] = [
    "len", "abs", "ord", "chr", "hash", "id", "repr", "callable", "ascii", "bin", "hex", "any", "all",
];

/// Gives builtin types the `repr` they have in `CPython`. Types outlive the interpreter; once is enough.
pub(super) fn adopt(vm: &VirtualMachine) {
    vm.ctx
        .types
        .async_generator
        .slots()
        .repr
        .store(Some(async_generator_repr));
    for class in [
        vm.ctx.types.builtin_function_or_method_type,
        vm.ctx.types.builtin_method_type,
    ] {
        class.slots().repr.store(Some(builtin_function_repr));
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the interpreter's slots have this type")]
/// The class of a bound method's object goes by its module too, where that is one of native code.
fn builtin_function_repr(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<PyStr>> {
    let text = |object: PyResult| {
        Some(
            object
                .ok()?
                .str(vm)
                .ok()?
                .as_wtf8()
                .to_string_lossy()
                .into_owned(),
        )
    };
    let name = text(object.get_attr("__name__", vm)).unwrap_or_else(|| "?".to_owned());
    let bound = object.get_attr("__self__", vm).ok();
    let Some(bound) = bound.filter(|bound| !bound.class().is(vm.ctx.types.module_type) && !vm.is_none(bound))
    else {
        return Ok(vm.ctx.new_str(format!("<built-in function {name}>")));
    };
    let class = bound.class();
    let module = text(class.as_object().get_attr("__module__", vm));
    let qualified = match module
        .filter(|module| module != "builtins" && !class.slots().flags.has_feature(PyTypeFlags::HEAPTYPE))
    {
        Some(module) => format!("{module}.{}", class.name()),
        None => class.name().to_string(),
    };
    Ok(vm.ctx.new_str(format!(
        "<built-in method {name} of {qualified} object at {:#x}>",
        bound.get_id()
    )))
}

#[expect(clippy::unnecessary_wraps, reason = "the interpreter's slots have this type")]
fn async_generator_repr(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<PyStr>> {
    let name = match object.downcast_ref::<PyAsyncGen>() {
        Some(generator) => generator
            .as_coro()
            .qualname()
            .as_wtf8()
            .to_string_lossy()
            .into_owned(),
        None => "?".to_owned(),
    };
    Ok(vm.ctx.new_str(format!(
        "<async_generator object {name} at {:#x}>",
        object.get_id()
    )))
}

/// Mends the message of an exception that is being raised at an offset of `code`.
pub(super) fn mend(error: &Py<PyBaseException>, code: &PyCode, offset: usize, vm: &VirtualMachine) {
    if error.__traceback__().is_some() {
        // It has been here already, in an inner frame.
        return;
    }
    let exceptions = &vm.ctx.exceptions;
    let class = error.class();
    if class.fast_issubclass(exceptions.syntax_error) {
        syntax::mend(error, None, vm);
        return;
    }
    let known = [
        exceptions.type_error,
        exceptions.value_error,
        exceptions.recursion_error,
        exceptions.unbound_local_error,
        exceptions.zero_division_error,
        exceptions.overflow_error,
        exceptions.system_exit,
    ];
    if !known.iter().any(|known| class.is(*known)) {
        return;
    }
    let operation = reraise::operation(code, offset);
    let by_hand = operation == u8::from(Instruction::RaiseVarargs { argc: Arg::marker() });
    if by_hand && lines::is_program_code(code) {
        // The program's own words, but for what it raises that cannot be raised.
        let arguments = error.args();
        let first = arguments.first().and_then(|first| first.downcast_ref::<PyStr>());
        if !first.is_some_and(|first| {
            first
                .as_wtf8()
                .to_string_lossy()
                .starts_with("exceptions must be")
        }) {
            return;
        }
    }
    let arguments = error.args();
    let Some(mended) = mended_arguments(arguments.as_slice(), code, operation, vm) else {
        return;
    };
    // The exception is of a builtin class: setting its arguments runs nobody's code.
    let _ = error.as_object().set_attr("args", vm.ctx.new_tuple(mended), vm);
}

fn mended_arguments(
    arguments: &[PyObjectRef],
    code: &PyCode,
    operation: u8,
    vm: &VirtualMachine,
) -> Option<Vec<PyObjectRef>> {
    let [argument] = arguments else { return None };
    if vm.is_none(argument) {
        // `sys.exit()` without a code.
        return Some(Vec::new());
    }
    let message = argument.downcast_ref::<PyStr>()?.to_str()?;
    let is = |instruction: Instruction| operation == u8::from(instruction);
    if message == "math range error" && is(Instruction::BinaryOp { op: Arg::marker() }) {
        const ERANGE: i32 = 34;
        let words = vm.ctx.new_str("Numerical result out of range");
        return Some(vec![vm.ctx.new_int(ERANGE).into(), words.into()]);
    }
    if let Some(class) = message.strip_prefix("a bytes-like object is required, not ")
        && is(Instruction::BinaryOp { op: Arg::marker() })
    {
        let words = format!("can't concat {} to bytes", class.trim_matches('\''));
        return Some(vec![vm.ctx.new_str(words).into()]);
    }
    if message.ends_with("' is not in list") {
        // `index` says it in other words.
        let names = |name: &str| code.names.iter().any(|other| other.as_str() == name);
        return (names("remove") && !names("index"))
            .then(|| vec![vm.ctx.new_str("list.remove(x): x not in list").into()]);
    }
    let catches = is(Instruction::CheckExcMatch) || is(Instruction::CheckEgMatch);
    let words = if catches && message == "issubclass() arg 1 must be a class" {
        "catching classes that do not inherit from BaseException is not allowed".to_owned()
    } else {
        cpython_words(message)?
    };
    Some(vec![vm.ctx.new_str(words).into()])
}

fn cpython_words(message: &str) -> Option<String> {
    if let Some(parts) = parts("{} expected 1 argument, got {}", message)
        && let [name, count] = parts[..]
        && OF_ONE_ARGUMENT.contains(&name)
    {
        return Some(format!("{name}() takes exactly one argument ({count} given)"));
    }
    if message.contains("'asyncio.") && message.contains(" not supported between instances of ") {
        return Some(without_modules(message));
    }
    MESSAGES.iter().find_map(|(ours, theirs)| {
        let parts = parts(ours, message)?;
        let mut words = String::new();
        let mut parts = parts.iter();
        for (index, literal) in theirs.split("{}").enumerate() {
            if index > 0 {
                words.push_str(parts.next()?);
            }
            words.push_str(literal);
        }
        Some(words)
    })
}

/// What stands at the holes of a pattern, when the text fits it.
fn parts<'a>(pattern: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let mut literals = pattern.split("{}");
    let mut rest = text.strip_prefix(literals.next()?)?;
    let mut found = Vec::new();
    let mut literals = literals.peekable();
    while let Some(literal) = literals.next() {
        let end = if literals.peek().is_none() {
            rest.len().checked_sub(literal.len())?
        } else {
            rest.find(literal)?
        };
        let (part, after) = rest.split_at_checked(end)?;
        found.push(part);
        rest = after.strip_prefix(literal)?;
    }
    rest.is_empty().then_some(found)
}

/// Classes of `asyncio` are Python classes in `CPython`, which such messages name without their module.
fn without_modules(message: &str) -> String {
    let bare = |quoted: &str| match quoted
        .strip_prefix("asyncio.")
        .and_then(|rest| rest.rsplit_once('.'))
    {
        Some((_, name)) => name.to_owned(),
        None => quoted.to_owned(),
    };
    message.split('\'').map(bare).collect::<Vec<_>>().join("'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn awaiting_what_cannot_be_awaited_reads_as_in_cpython() {
        let mended = cpython_words("'int' object can't be awaited");
        assert_eq!(
            mended.as_deref(),
            Some("object int can't be used in 'await' expression")
        );
        assert_eq!(cpython_words("unsupported operand"), None);
        assert_eq!(
            cpython_words("'<' not supported between instances of 'asyncio.events.Handle' and 'int'")
                .as_deref(),
            Some("'<' not supported between instances of 'Handle' and 'int'")
        );
    }

    #[test]
    fn a_pattern_gives_what_stands_at_its_holes() {
        assert_eq!(parts("a {} b {}", "a 1 b 2"), Some(vec!["1", "2"]));
        assert_eq!(parts("a {} b", "a 1 c"), None);
        assert_eq!(parts("all", "all of it"), None);
    }
}
