//! Where the interpreter's sets ask for the order: slots of builtin types.
//!
//! Every hook runs the real operation, so that values and errors are the interpreter's, and then
//! brings the table up to date.

use std::cell::Cell;
use std::sync::OnceLock;

use rustpython_vm::builtins::{PySet, PyStr, PyType, PyTypeRef};
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::protocol::{PyNumberBinaryFunc, PyNumberSlots, PySequence};
use rustpython_vm::recursion::ReprGuard;
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::iterator::SetIterator;
use super::kept::{self, Operation, Other};
use super::methods::{altered, hook_methods};
use super::{builtin_hash, in_order, is_set, ordered, stars};

type Init = fn(&PyObject, FuncArgs, &VirtualMachine) -> PyResult<()>;
type New = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;
type Vectorcall = fn(&PyObject, Vec<PyObjectRef>, usize, Option<&[PyObjectRef]>, &VirtualMachine) -> PyResult;
type Length = fn(PySequence<'_>, &VirtualMachine) -> PyResult<usize>;
type Concat = fn(PySequence<'_>, &PyObject, &VirtualMachine) -> PyResult;

/// The operators of sets, by their number in [`binary`].
const OPERATIONS: [Operation; 4] = [
    Operation::Union,
    Operation::Intersection,
    Operation::Difference,
    Operation::SymmetricDifference,
];

/// The attributes for the slots that are hooked.
const WRAPPED: [&str; 16] = [
    "__init__", "__iter__", "__repr__", "__iadd__", "__or__", "__ror__", "__ior__", "__and__", "__rand__",
    "__iand__", "__sub__", "__rsub__", "__isub__", "__xor__", "__rxor__", "__ixor__",
];

/// What stood in the slots.
struct Original {
    set: [Option<PyNumberBinaryFunc>; 4],
    frozenset: [Option<PyNumberBinaryFunc>; 4],
    in_place: [Option<PyNumberBinaryFunc>; 4],
    set_length: Option<Length>,
    frozenset_length: Option<Length>,
    set_init: Option<Init>,
    set_call: Option<Vectorcall>,
    frozenset_new: Option<New>,
    tuple_new: Option<New>,
    list_init: Option<Init>,
    list_call: Option<Vectorcall>,
    list_concat: Option<Concat>,
}

static ORIGINAL: OnceLock<Original> = OnceLock::new();

thread_local! {
    /// The types of a thread outlive its interpreters.
    static IS_INSTALLED: Cell<bool> = const { Cell::new(false) };
}

/// Puts the hooks into the builtin types, and the functions that the hooks need into `builtins`.
pub(in crate::python) fn install(vm: &VirtualMachine) -> PyResult<()> {
    if !IS_INSTALLED.replace(true) {
        ORIGINAL.get_or_init(|| original(vm));
        let _ = SetIterator::make_static_type();
        hook_slots(vm);
        hook_methods(vm);
    }
    let sorted = vm.builtins.get_attr("sorted", vm)?;
    let sorted = vm.new_function("sorted", move |args: FuncArgs, vm: &VirtualMachine| {
        sorted.call(with_ordered_first(args, vm), vm)
    });
    vm.builtins.set_attr("sorted", sorted, vm)?;
    let hash = vm.new_function("hash", builtin_hash);
    vm.builtins.set_attr("hash", hash, vm)?;
    let ordered = vm.new_function(stars::ORDERED, ordered);
    vm.builtins.set_attr(stars::ORDERED, ordered, vm)?;
    let literal = vm.new_function(stars::LITERAL, literal);
    vm.builtins.set_attr(stars::LITERAL, literal, vm)?;
    let constant = vm.new_function(stars::CONSTANT, constant);
    vm.builtins.set_attr(stars::CONSTANT, constant, vm)
}

fn operators(slots: &PyNumberSlots) -> [Option<PyNumberBinaryFunc>; 4] {
    [
        slots.or.load(),
        slots.and.load(),
        slots.subtract.load(),
        slots.xor.load(),
    ]
}

fn original(vm: &VirtualMachine) -> Original {
    let types = &vm.ctx.types;
    let set = types.set_type.slots();
    Original {
        set: operators(&set.as_number),
        frozenset: operators(&types.frozenset_type.slots().as_number),
        in_place: [
            set.as_number.inplace_or.load(),
            set.as_number.inplace_and.load(),
            set.as_number.inplace_subtract.load(),
            set.as_number.inplace_xor.load(),
        ],
        set_length: set.as_sequence.length.load(),
        frozenset_length: types.frozenset_type.slots().as_sequence.length.load(),
        set_init: set.init.load(),
        set_call: set.vectorcall.load(),
        frozenset_new: types.frozenset_type.slots().new.load(),
        tuple_new: types.tuple_type.slots().new.load(),
        list_init: types.list_type.slots().init.load(),
        list_call: types.list_type.slots().vectorcall.load(),
        list_concat: types.list_type.slots().as_sequence.inplace_concat.load(),
    }
}

fn hook_slots(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    for class in [types.set_type, types.frozenset_type] {
        let slots = class.slots();
        slots.iter.store(Some(iterate));
        slots.repr.store(Some(represent));
        let number = &slots.as_number;
        for (slot, right, hook) in [
            (&number.or, &number.right_or, binary::<0> as PyNumberBinaryFunc),
            (&number.and, &number.right_and, binary::<1>),
            (&number.subtract, &number.right_subtract, binary::<2>),
            (&number.xor, &number.right_xor, binary::<3>),
        ] {
            slot.store(Some(hook));
            right.store(Some(hook));
        }
    }
    let set = types.set_type.slots();
    set.as_number.inplace_or.store(Some(in_place::<0>));
    set.as_number.inplace_and.store(Some(in_place::<1>));
    set.as_number.inplace_subtract.store(Some(in_place::<2>));
    set.as_number.inplace_xor.store(Some(in_place::<3>));
    set.init.store(Some(set_init));
    set.vectorcall.store(Some(set_call));
    types.frozenset_type.slots().new.store(Some(frozenset_new));
    types.tuple_type.slots().new.store(Some(tuple_new));
    let list = types.list_type.slots();
    list.init.store(Some(list_init));
    list.vectorcall.store(Some(list_call));
    list.as_sequence.inplace_concat.store(Some(list_concat));
    for class in [types.set_type, types.frozenset_type, types.list_type] {
        renew_wrappers(class, vm);
    }
}

/// The attributes of a type that stand for its slots know what was in them; so do the slots of
/// the classes that the program derives.
fn renew_wrappers(class: &'static Py<PyType>, vm: &VirtualMachine) {
    for name in WRAPPED {
        class.attributes().remove(vm.ctx.intern_str(name));
    }
    rustpython_vm::class::add_operators(class, &vm.ctx, &[]);
    class.modified();
}

/// The real number of elements: a class of the program may say something else.
pub(super) fn length(set: &PyObject, vm: &VirtualMachine) -> usize {
    let length = ORIGINAL.get().and_then(|original| {
        if set.downcast_ref::<PySet>().is_some() {
            original.set_length
        } else {
            original.frozenset_length
        }
    });
    length
        .and_then(|length| length(set.sequence_unchecked(), vm).ok())
        .unwrap_or_default()
}

#[expect(clippy::unnecessary_wraps, reason = "the interpreter's slots have this type")]
fn iterate(set: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    Ok(SetIterator::over(set, vm).into_ref(&vm.ctx).into())
}

fn represent(set: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<PyStr>> {
    let class = set.class().name().to_string();
    let elements = in_order(set, vm);
    if elements.is_empty() {
        return Ok(vm.ctx.new_str(format!("{class}()")));
    }
    let Some(_guard) = ReprGuard::enter(vm, set) else {
        return Ok(vm.ctx.new_str(format!("{class}(...)")));
    };
    let mut text = rustpython_common::wtf8::Wtf8Buf::new();
    let is_plain = class == "set";
    if !is_plain {
        text.push_str(&class);
        text.push_str("(");
    }
    for (index, element) in elements.iter().enumerate() {
        text.push_str(if index == 0 { "{" } else { ", " });
        text.push_wtf8(element.repr(vm)?.as_wtf8());
    }
    text.push_str(if is_plain { "}" } else { "})" });
    Ok(vm.ctx.new_str(text))
}

/// A set of constants. The compiler collects them in a frozenset and makes another one out of that
/// when it looks for equal constants; a third one when texts become known names (`again`). The
/// set is made out of the last.
fn literal(set: PyObjectRef, again: bool, vm: &VirtualMachine) -> PyObjectRef {
    let table = kept::of_constant(&set, again, vm);
    kept::keep(&set, table.map(|table| table.copied()), vm);
    set
}

/// A set of constants that is looped over: the frozenset itself.
fn constant(set: PyObjectRef, again: bool, vm: &VirtualMachine) -> PyObjectRef {
    let table = kept::of_constant(&set, again, vm);
    kept::keep(&set, table, vm);
    ordered(set, vm)
}

/// Whether what is made out of a set takes its order over.
pub(super) fn goes_by_creation(operation: Operation, set: &PyObject) -> bool {
    operation != Operation::SymmetricDifference && kept::is_by_creation(set)
}

fn binary<const OPERATION: usize>(left: &PyObject, right: &PyObject, vm: &VirtualMachine) -> PyResult {
    let is_plain = left.downcast_ref::<PySet>().is_some() || !is_set(left);
    let operator = ORIGINAL.get().and_then(|original| {
        let operators = if is_plain {
            original.set
        } else {
            original.frozenset
        };
        operators[OPERATION]
    });
    let Some(operator) = operator else {
        return Ok(vm.ctx.not_implemented());
    };
    let result = operator(left, right, vm)?;
    let is_union = OPERATIONS[OPERATION] == Operation::Union;
    if goes_by_creation(OPERATIONS[OPERATION], left) || is_union && kept::is_by_creation(right) {
        kept::order_by_creation(&result, vm);
    } else if is_set(&result) && is_set(left) {
        let table = Other::new(right, left, vm)
            .and_then(|right| kept::of_result(OPERATIONS[OPERATION], left, &right, &result, vm));
        kept::keep(&result, table, vm);
    }
    Ok(result)
}

fn in_place<const OPERATION: usize>(set: &PyObject, other: &PyObject, vm: &VirtualMachine) -> PyResult {
    let Some(operator) = ORIGINAL.get().and_then(|original| original.in_place[OPERATION]) else {
        return Ok(vm.ctx.not_implemented());
    };
    if !is_set(other) {
        return operator(set, other, vm);
    }
    let operand = Other::new(other, set, vm);
    altered(OPERATIONS[OPERATION], set, operand, vm, || {
        operator(set, other, vm)
    })
}

fn set_init(set: &PyObject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let source = args.args.first().cloned();
    if let Some(init) = ORIGINAL.get().and_then(|original| original.set_init) {
        init(set, args, vm)?;
    }
    kept::of_new(set, source.as_deref(), vm);
    Ok(())
}

fn set_call(
    class: &PyObject,
    args: Vec<PyObjectRef>,
    count: usize,
    names: Option<&[PyObjectRef]>,
    vm: &VirtualMachine,
) -> PyResult {
    let source = args.first().cloned();
    let Some(call) = ORIGINAL.get().and_then(|original| original.set_call) else {
        return Ok(vm.ctx.not_implemented());
    };
    let set = call(class, args, count, names, vm)?;
    kept::of_new(&set, source.as_deref(), vm);
    Ok(set)
}

fn frozenset_new(class: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let source = args.args.first().cloned();
    let Some(new) = ORIGINAL.get().and_then(|original| original.frozenset_new) else {
        return Ok(vm.ctx.not_implemented());
    };
    let set = new(class, args, vm)?;
    if source.as_ref().is_none_or(|source| !source.is(&set)) {
        kept::of_new(&set, source.as_deref(), vm);
    }
    Ok(set)
}

fn with_ordered_first(mut args: FuncArgs, vm: &VirtualMachine) -> FuncArgs {
    if let Some(first) = args.args.first_mut() {
        *first = ordered(first.clone(), vm);
    }
    args
}

fn tuple_new(class: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    match ORIGINAL.get().and_then(|original| original.tuple_new) {
        Some(new) => new(class, with_ordered_first(args, vm), vm),
        None => Ok(vm.ctx.not_implemented()),
    }
}

fn list_init(list: &PyObject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    match ORIGINAL.get().and_then(|original| original.list_init) {
        Some(init) => init(list, with_ordered_first(args, vm), vm),
        None => Ok(()),
    }
}

fn list_call(
    class: &PyObject,
    mut args: Vec<PyObjectRef>,
    count: usize,
    names: Option<&[PyObjectRef]>,
    vm: &VirtualMachine,
) -> PyResult {
    if count > 0
        && let Some(first) = args.first_mut()
    {
        *first = ordered(first.clone(), vm);
    }
    match ORIGINAL.get().and_then(|original| original.list_call) {
        Some(call) => call(class, args, count, names, vm),
        None => Ok(vm.ctx.not_implemented()),
    }
}

fn list_concat(list: PySequence<'_>, other: &PyObject, vm: &VirtualMachine) -> PyResult {
    let other = ordered(other.to_owned(), vm);
    match ORIGINAL.get().and_then(|original| original.list_concat) {
        Some(concat) => concat(list, &other, vm),
        None => Ok(vm.ctx.not_implemented()),
    }
}
