//! The order of a set's elements, as in `CPython` with `PYTHONHASHSEED=0`.
//!
//! Programs print sets, loop over them and gather tasks out of them, so their order is part of
//! what a program does. The interpreter keeps the order of insertion; `CPython`'s comes from its
//! hash table. The interpreter's sets stay as they are: beside them we work out `CPython`'s table
//! ([`table`]) from `CPython`'s hashes ([`hash`]), and hand the elements out in its order.
//!
//! A set that only ever grew needs no memory: its table follows from the order of insertion. Only
//! for sets that were made out of others or that lost elements is a table kept ([`kept`]). The
//! hooks ([`hooks`], [`methods`]) stand in the slots and methods of the builtin types; the few instructions of
//! the interpreter that look into a set themselves are gone round in the program ([`stars`]).
//!
//! Sets that `asyncio` itself has made hold tasks in the order of their creation, and so do those
//! that are made out of them. When the hash of an element comes from its address in `CPython`, no order is the right one:
//! such a set keeps the order of insertion.

mod hash;
mod hooks;
mod iterator;
mod kept;
mod methods;
mod stars;
mod table;

use hash::builtin as builtin_hash;
use rustc_hash::FxHashMap;
use rustpython_vm::builtins::{PyFrozenSet, PySet};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, VirtualMachine};
use table::Key;

use crate::python::asyncio;

pub(super) use hooks::install;
pub(super) use kept::{order_by_creation, reset};
pub(super) use stars::{compile, put_calls_around};

/// The elements of a set or frozenset in the order of insertion.
fn elements(object: &PyObject) -> Option<Vec<PyObjectRef>> {
    match object.downcast_ref::<PySet>() {
        Some(set) => Some(set.elements()),
        None => object.downcast_ref::<PyFrozenSet>().map(|set| set.elements()),
    }
}

/// Whether an object is a set or frozenset.
fn is_set(object: &PyObject) -> bool {
    object.downcast_ref::<PySet>().is_some() || object.downcast_ref::<PyFrozenSet>().is_some()
}

/// The elements of a set in `CPython`'s order.
fn in_order(set: &PyObject, vm: &VirtualMachine) -> Vec<PyObjectRef> {
    let elements = elements(set).unwrap_or_default();
    if elements.len() < 2 {
        return elements;
    }
    if kept::is_by_creation(set) {
        return by_creation(elements);
    }
    // A kept table that names the same elements need not be brought up to date.
    let kept = kept::change(set, |table| table.keys().collect());
    if let Some(picked) = kept.and_then(|keys| pick(&elements, keys)) {
        return picked;
    }
    let keys = kept::table_of(set, vm).map(|table| table.keys().collect());
    keys.and_then(|keys| pick(&elements, keys)).unwrap_or(elements)
}

/// Futures in the order of their creation; a set of anything else keeps the order of insertion.
fn by_creation(elements: Vec<PyObjectRef>) -> Vec<PyObjectRef> {
    let numbers: Option<Vec<_>> = elements
        .iter()
        .map(|element| asyncio::serial_of_future(element))
        .collect();
    let Some(numbers) = numbers else { return elements };
    let mut numbered: Vec<_> = numbers.into_iter().zip(elements).collect();
    numbered.sort_by_key(|(number, _)| *number);
    numbered.into_iter().map(|(_, element)| element).collect()
}

/// The elements by these keys, if the keys name all of them.
fn pick(elements: &[PyObjectRef], keys: Vec<Key>) -> Option<Vec<PyObjectRef>> {
    if keys.len() != elements.len() {
        return None;
    }
    let by_address: FxHashMap<Key, &PyObjectRef> = elements
        .iter()
        .map(|element| (element.get_id(), element))
        .collect();
    keys.iter()
        .map(|key| by_address.get(key).map(|element| (*element).clone()))
        .collect()
}

/// What to take the elements from when nobody asks the object for an iterator: a set's own, in
/// order; anything else itself.
fn ordered(object: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
    let types = &vm.ctx.types;
    if object.class().is(types.set_type) || object.class().is(types.frozenset_type) {
        return vm.ctx.new_tuple(in_order(&object, vm)).into();
    }
    object
}
