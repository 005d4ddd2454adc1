//! The methods of sets, each with what it does to the table.

use rustpython_vm::builtins::descriptor::PyMethodDescriptor;
use rustpython_vm::builtins::{PySet, PyTuple, PyType};
use rustpython_vm::function::{FuncArgs, ItemDoc, PyMethodFlags};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::hooks::{goes_by_creation, length};
use super::kept::{self, Operation, Other};
use super::table::Table;
use super::{elements, in_order, is_set, ordered, pick};

pub(super) fn hook_methods(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    hook_method(types.list_type, "extend", vm, |method, args, vm| {
        let mut args = args;
        if let Some(second) = args.args.get_mut(1) {
            *second = ordered(second.clone(), vm);
        }
        method.call(args, vm)
    });
    let operations = [
        ("union", "update", Operation::Union),
        ("intersection", "intersection_update", Operation::Intersection),
        ("difference", "difference_update", Operation::Difference),
        (
            "symmetric_difference",
            "symmetric_difference_update",
            Operation::SymmetricDifference,
        ),
    ];
    for class in [types.set_type, types.frozenset_type] {
        hook_method(class, "__reduce__", vm, reduce);
        hook_method(class, "copy", vm, |method, args, vm| {
            let result = method.call(args.clone(), vm)?;
            if let [set] = args.args.as_slice()
                && !result.is(set)
            {
                if kept::is_by_creation(set) {
                    kept::order_by_creation(&result, vm);
                } else {
                    kept::of_new(&result, Some(set), vm);
                }
            }
            Ok(result)
        });
        for (name, _, operation) in operations {
            hook_method(class, name, vm, move |method, args, vm| {
                make(operation, method, args, vm)
            });
        }
    }
    let set = types.set_type;
    for (_, name, operation) in operations {
        hook_method(set, name, vm, move |method, args, vm| {
            alter(operation, method, args, vm)
        });
    }
    hook_method(set, "add", vm, add);
    hook_method(set, "discard", vm, discard);
    hook_method(set, "remove", vm, discard);
    hook_method(set, "pop", vm, pop);
    hook_method(set, "clear", vm, |method, args, vm| {
        let result = method.call(args.clone(), vm)?;
        if let Some(set) = args.args.first() {
            kept::change(set, |table| *table = table.emptied());
        }
        Ok(result)
    });
}

/// Replaces a method by one of the same name and words that gets the old one.
fn hook_method(
    class: &'static Py<PyType>,
    name: &'static str,
    vm: &VirtualMachine,
    hook: impl Fn(&PyObject, FuncArgs, &VirtualMachine) -> PyResult + 'static,
) {
    let name_object = vm.ctx.intern_str(name);
    let Some(old) = class.get_attr(name_object) else {
        unreachable!("sets have the method {name}")
    };
    let (flags, doc) = match old.downcast_ref::<PyMethodDescriptor>() {
        Some(old) => (old.method.flags, old.method.item_doc()),
        None => (PyMethodFlags::METHOD, ItemDoc::NONE),
    };
    let function = move |args: FuncArgs, vm: &VirtualMachine| hook(&old, args, vm);
    let method = vm.ctx.new_method_def(name, function, flags, doc);
    class.set_attr(name_object, method.build_method(class, vm).into());
}

/// The operand of a method, and what to know of it. What the symmetric difference gets, it makes
/// a set of first.
fn operand(
    operation: Operation,
    set: &PyObject,
    other: &PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<(PyObjectRef, Option<Other>)> {
    if operation == Operation::SymmetricDifference && !is_set(other) {
        let made = vm.ctx.types.set_type.as_object().call((other.clone(),), vm)?;
        let operand = Other::new(&made, set, vm).map(Other::made_for_this);
        return Ok((made, operand));
    }
    Ok((other.clone(), Other::new(other, set, vm)))
}

/// A method that makes a new set, one operand at a time.
fn make(operation: Operation, method: &PyObject, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let Some((set, others)) = args.args.split_first() else {
        return method.call(args, vm);
    };
    if !is_set(set) || !args.kwargs.is_empty() {
        return method.call(args, vm);
    }
    if goes_by_creation(operation, set) {
        let result = method.call(args.clone(), vm)?;
        kept::order_by_creation(&result, vm);
        return Ok(result);
    }
    if operation == Operation::SymmetricDifference && others.len() != 1 || others.is_empty() {
        let result = method.call(args.clone(), vm)?;
        kept::of_new(&result, Some(set), vm);
        return Ok(result);
    }
    let mut result = set.clone();
    for other in others {
        let (other, operand) = operand(operation, &result, other, vm)?;
        let left = result;
        result = method.call((left.clone(), other), vm)?;
        // `CPython` goes on with its new set; only an intersection is a new one every time.
        let goes_on = !left.is(set) && operation != Operation::Intersection;
        let table = operand.and_then(|operand| {
            if goes_on {
                kept::of_changed(operation, kept::table_of(&left, vm)?, &operand, &result, vm)
            } else {
                kept::of_result(operation, &left, &operand, &result, vm)
            }
        });
        kept::keep(&result, table, vm);
    }
    Ok(result)
}

/// A method that changes its set, one operand at a time.
fn alter(operation: Operation, method: &PyObject, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let Some((set, others)) = args.args.split_first() else {
        return method.call(args, vm);
    };
    if !is_set(set) || !args.kwargs.is_empty() || others.is_empty() {
        return method.call(args, vm);
    }
    if operation == Operation::SymmetricDifference && others.len() != 1 {
        return method.call(args, vm);
    }
    for other in others {
        let is_dict = other.class().is(vm.ctx.types.dict_type);
        let (other, operand) = if is_dict {
            (other.clone(), Other::new(other, set, vm))
        } else {
            operand(operation, set, other, vm)?
        };
        altered(operation, set, operand, vm, || {
            method.call((set.clone(), other), vm)
        })?;
    }
    Ok(vm.ctx.none())
}

pub(super) fn altered(
    operation: Operation,
    set: &PyObject,
    operand: Option<Other>,
    vm: &VirtualMachine,
    run: impl FnOnce() -> PyResult,
) -> PyResult {
    if kept::is_by_creation(set) {
        return run();
    }
    let is_growing = operation == Operation::Union && !kept::is_kept(set);
    if is_growing && matches!(operand, Some(Other::Iterable)) {
        return run();
    }
    let before = kept::table_of(set, vm);
    let result = run();
    let table = match (before, operand) {
        (Some(before), Some(operand)) => kept::of_changed(operation, before, &operand, set, vm),
        _ => None,
    };
    kept::keep(set, table, vm);
    result
}

fn add(method: &PyObject, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let [set, element] = args.args.as_slice() else {
        return method.call(args, vm);
    };
    if !kept::is_kept(set) {
        return method.call(args, vm);
    }
    let (set, element) = (set.clone(), element.clone());
    let before = length(&set, vm);
    let result = method.call(args, vm)?;
    if length(&set, vm) > before {
        match kept::hash_of(&element, vm) {
            Some(hash) => {
                kept::change(&set, |table| table.add(hash, element.get_id()));
            }
            None => kept::keep(&set, None, vm),
        }
    }
    Ok(result)
}

/// `discard` and `remove`.
fn discard(method: &PyObject, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let [set, element] = args.args.as_slice() else {
        return method.call(args, vm);
    };
    if !is_set(set) || kept::is_by_creation(set) {
        return method.call(args, vm);
    }
    let (set, element) = (set.clone(), element.clone());
    if !kept::is_kept(&set) {
        let table = kept::table_of(&set, vm);
        kept::keep(&set, table, vm);
    }
    let before = length(&set, vm);
    let result = method.call(args, vm)?;
    if length(&set, vm) < before {
        let hash = kept::hash_of(&element, vm);
        let is_found = hash.is_some_and(|hash| {
            kept::change(&set, |table| table.remove_only(hash, element.get_id())).unwrap_or(false)
        });
        if !is_found {
            let table = kept::table_of(&set, vm);
            kept::keep(&set, table, vm);
        }
    }
    Ok(result)
}

/// The interpreter takes the last element. When it is not the one that `CPython` takes, all are
/// put in again so that this and the following ones find theirs at the end.
fn pop(method: &PyObject, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let [object] = args.args.as_slice() else {
        return method.call(args, vm);
    };
    let Some(set) = object.downcast_ref::<PySet>() else {
        return method.call(args, vm);
    };
    if length(object, vm) == 0 {
        return method.call(args, vm);
    }
    if kept::is_by_creation(object) {
        let first = in_order(object, vm).swap_remove(0);
        set.discard(first.clone(), vm)?;
        return Ok(first);
    }
    if !kept::is_kept(object) {
        let table = kept::table_of(object, vm);
        kept::keep(object, table, vm);
    }
    let Some(key) = kept::change(object, |table| table.clone().pop()).flatten() else {
        return set.pop(vm);
    };
    let last = set.pop(vm)?;
    if last.get_id() == key {
        kept::change(object, Table::pop);
        return Ok(last);
    }
    set.add(last, vm)?;
    let Some(mut table) = kept::table_of(object, vm) else {
        return set.pop(vm);
    };
    kept::keep(object, Some(table.clone()), vm);
    let order = std::iter::from_fn(|| table.pop()).collect();
    let all = elements(object).and_then(|elements| pick(&elements, order));
    if let Some(all) = all {
        set.clear();
        for element in all.into_iter().rev() {
            set.add(element, vm)?;
        }
    }
    kept::change(object, Table::pop);
    set.pop(vm)
}

fn reduce(method: &PyObject, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let set = args.args.first().cloned();
    let reduced = method.call(args, vm)?;
    let (Some(set), Some(parts)) = (set, reduced.downcast_ref::<PyTuple>()) else {
        return Ok(reduced);
    };
    let [class, _, state] = parts.as_slice() else {
        return Ok(reduced);
    };
    let elements = vm.ctx.new_list(in_order(&set, vm)).into();
    let arguments = vm.ctx.new_tuple(vec![elements]).into();
    Ok(vm
        .ctx
        .new_tuple(vec![class.clone(), arguments, state.clone()])
        .into())
}
