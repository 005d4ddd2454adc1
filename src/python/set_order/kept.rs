//! The tables of sets that do not follow from the order of insertion.
//!
//! A table is worked out from what went into an operation and from what came out of the real one:
//! an element of the result is known by its address, so nothing is compared twice.

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};
use rustpython_vm::builtins::{PyDict, PyWeak};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyRef, VirtualMachine};

use super::table::{Key, Table};
use super::{elements, hash, is_set};

/// Tables below this number are not worth a look for dead sets.
const FEW: usize = 64;

#[derive(Default)]
struct Tables {
    /// By the address of the set; nothing for one of `asyncio`'s own, whose order is that of creation.
    /// The weak reference tells another set at the same address.
    of_set: FxHashMap<usize, (PyRef<PyWeak>, Option<Table>)>,
    sweep_at: usize,
}

thread_local! {
    static TABLES: RefCell<Tables> = RefCell::default();
}

/// Forgets all tables.
pub(in crate::python) fn reset() {
    drop(TABLES.take());
}

/// What an operation does with two sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Union,
    Intersection,
    Difference,
    SymmetricDifference,
}

/// What is known of a set: nothing, its table, or that its order is that of creation.
fn with_known<R>(set: &PyObject, look: impl FnOnce(Option<&mut Option<Table>>) -> R) -> R {
    TABLES.with_borrow_mut(|tables| {
        let known = tables.of_set.get_mut(&set.get_id());
        let known = known.filter(|(weak, _)| weak.upgrade().is_some_and(|object| object.is(set)));
        look(known.map(|(_, table)| table))
    })
}

/// Whether a table is kept for this set.
pub(super) fn is_kept(set: &PyObject) -> bool {
    with_known(set, |known| matches!(known, Some(Some(_))))
}

/// Whether `asyncio` has made this set: its tasks stand in the order of their creation.
pub(super) fn is_by_creation(set: &PyObject) -> bool {
    with_known(set, |known| matches!(known, Some(None)))
}

/// Changes the table that is kept for this set, if there is one.
pub(super) fn change<R>(set: &PyObject, change: impl FnOnce(&mut Table) -> R) -> Option<R> {
    with_known(set, |known| known.and_then(Option::as_mut).map(change))
}

/// Keeps a table, or forgets the one that there was.
pub(super) fn keep(set: &PyObject, table: Option<Table>, vm: &VirtualMachine) {
    match table {
        Some(table) => know(set, Some(table), vm),
        None => drop(TABLES.with_borrow_mut(|tables| tables.of_set.remove(&set.get_id()))),
    }
}

/// Makes creation the order of a set.
pub(in crate::python) fn order_by_creation(set: &PyObject, vm: &VirtualMachine) {
    know(set, None, vm);
}

fn know(set: &PyObject, table: Option<Table>, vm: &VirtualMachine) {
    let Ok(weak) = set.downgrade(None, vm) else { return };
    let replaced = TABLES.with_borrow_mut(|tables| {
        if tables.of_set.len() >= tables.sweep_at.max(FEW) {
            tables.of_set.retain(|_, (weak, _)| weak.upgrade().is_some());
            tables.sweep_at = tables.of_set.len() * 2;
        }
        tables.of_set.insert(set.get_id(), (weak, table))
    });
    drop(replaced);
}

/// The table of a set: the one that is kept, or the one that follows from the order of insertion.
/// Nothing when `CPython`'s order would come from addresses.
pub(super) fn table_of(set: &PyObject, vm: &VirtualMachine) -> Option<Table> {
    let elements = elements(set)?;
    let mut table = change(set, |table| table.clone()).unwrap_or_else(Table::new);
    catch_up(&mut table, &elements, vm)?;
    Some(table)
}

/// Makes a table agree with the elements that its set has: what is gone leaves a dummy, what is
/// new was added in this order.
pub(super) fn catch_up(table: &mut Table, elements: &[PyObjectRef], vm: &VirtualMachine) -> Option<()> {
    let mut known: FxHashSet<Key> = table.keys().collect();
    if !known.is_empty() {
        let present = addresses(elements);
        table.retain(|key| present.contains(&key));
        known.retain(|key| present.contains(key));
    }
    if known.len() < elements.len() {
        for element in elements
            .iter()
            .filter(|element| !known.contains(&element.get_id()))
        {
            table.add(hash_of(element, vm)?, element.get_id());
        }
    }
    Some(())
}

/// The table of a new set that an operation has made: `set_or` and its kin.
pub(super) fn of_result(
    operation: Operation,
    left: &PyObject,
    right: &Other,
    result: &PyObject,
    vm: &VirtualMachine,
) -> Option<Table> {
    let table = table_of(left, vm)?;
    combine(operation, &table, right, &elements(result)?, vm)
}

/// The table of a set that an operation has changed, from the table it had before: `set_ior` and
/// its kin.
pub(super) fn of_changed(
    operation: Operation,
    before: Table,
    other: &Other,
    set: &PyObject,
    vm: &VirtualMachine,
) -> Option<Table> {
    let elements = elements(set)?;
    let present = addresses(&elements);
    let is_present = |key| present.contains(&key);
    let mut table = before;
    match (operation, other) {
        (Operation::Union, _) => absorb(&mut table, other, &elements, vm)?,
        (Operation::Intersection, _) => {
            let contents = combine(operation, &table, other, &elements, vm)?;
            table = table.with_contents(contents);
        }
        (_, Other::Same) => table = table.emptied(),
        (Operation::Difference, _) => {
            table.retain(is_present);
            table.sweep();
        }
        (Operation::SymmetricDifference, Other::Set(_) | Other::Made(_) | Other::Dict(_)) => {
            let known: FxHashSet<Key> = table.keys().collect();
            for (hash, key) in other.entries(vm)? {
                if known.contains(&key) || !is_present(key) {
                    table.remove(hash, |key| !is_present(key));
                } else {
                    table.add(hash, key);
                }
            }
        }
        (Operation::SymmetricDifference, _) => catch_up(&mut table, &elements, vm)?,
    }
    Some(table)
}

fn combine(
    operation: Operation,
    table: &Table,
    right: &Other,
    elements: &[PyObjectRef],
    vm: &VirtualMachine,
) -> Option<Table> {
    let present = addresses(elements);
    let is_present = |key| present.contains(&key);
    let mut result = Table::new();
    let mut add_present = |from: &Table| {
        for (hash, key) in from.entries().filter(|(_, key)| is_present(*key)) {
            result.add(hash, key);
        }
    };
    match (operation, right) {
        (Operation::Union | Operation::Intersection, Other::Same) => return Some(table.copied()),
        (Operation::Union, _) => {
            let mut result = table.copied();
            absorb(&mut result, right, elements, vm)?;
            return Some(result);
        }
        (Operation::Intersection, Other::Set(other)) => {
            add_present(if other.len() > table.len() { table } else { other });
        }
        (Operation::Difference, _) => {
            if right.len().is_none_or(|len| table.len() >> 2 > len) {
                let mut result = table.copied();
                result.retain(is_present);
                result.sweep();
                return Some(result);
            }
            add_present(table);
        }
        (Operation::SymmetricDifference, Other::Set(other) | Other::Made(other)) => {
            result = match right {
                Other::Made(_) => other.clone(),
                _ => other.copied(),
            };
            for (hash, key) in table.entries() {
                if is_present(key) {
                    result.add(hash, key);
                } else {
                    result.remove(hash, |key| !is_present(key));
                }
            }
        }
        (Operation::SymmetricDifference, Other::Same) => {
            result = table.copied();
            result.retain(is_present);
        }
        (Operation::Intersection | Operation::SymmetricDifference, _) => {
            catch_up(&mut result, elements, vm)?;
        }
    }
    Some(result)
}

/// `set_update_internal`, after the elements have been added to the real set.
pub(super) fn absorb(
    table: &mut Table,
    other: &Other,
    elements: &[PyObjectRef],
    vm: &VirtualMachine,
) -> Option<()> {
    match other {
        Other::Same => return Some(()),
        Other::Set(other) | Other::Made(other) => {
            let present = addresses(elements);
            let known: FxHashSet<Key> = table.keys().collect();
            table.merge(other, |key| present.contains(&key) && !known.contains(&key));
        }
        Other::Dict(keys) => table.reserve(keys.len()),
        Other::Iterable => {}
    }
    catch_up(table, elements, vm)
}

/// The other operand, as it was before the operation.
pub(super) enum Other {
    Same,
    Set(Table),
    /// A set that was made for the operation and becomes its result.
    Made(Table),
    /// The keys of a dict.
    Dict(Vec<PyObjectRef>),
    Iterable,
}

impl Other {
    pub(super) fn new(other: &PyObject, set: &PyObject, vm: &VirtualMachine) -> Option<Self> {
        Some(if other.is(set) {
            Self::Same
        } else if is_set(other) {
            Self::Set(table_of(other, vm)?)
        } else if let Some(dict) = other.downcast_ref_if_exact::<PyDict>(vm) {
            Self::Dict(dict.keys_vec())
        } else {
            Self::Iterable
        })
    }

    pub(super) fn made_for_this(self) -> Self {
        match self {
            Self::Set(table) => Self::Made(table),
            other => other,
        }
    }

    /// Its elements in its own order.
    fn entries(&self, vm: &VirtualMachine) -> Option<Vec<(i64, Key)>> {
        match self {
            Self::Set(table) | Self::Made(table) => Some(table.entries().collect()),
            Self::Dict(keys) => keys
                .iter()
                .map(|key| Some((hash_of(key, vm)?, key.get_id())))
                .collect(),
            Self::Same | Self::Iterable => None,
        }
    }

    /// Its size, when it is a collection whose size counts.
    fn len(&self) -> Option<usize> {
        match self {
            Self::Same => Some(usize::MAX),
            Self::Set(table) | Self::Made(table) => Some(table.len()),
            Self::Dict(keys) => Some(keys.len()),
            Self::Iterable => None,
        }
    }
}

fn addresses(elements: &[PyObjectRef]) -> FxHashSet<Key> {
    elements.iter().map(AsObject::get_id).collect()
}

/// The hash of an element, if it does not come from its address. An error of a `__hash__` of the
/// program's is told where the program itself asks for the hash.
pub(super) fn hash_of(element: &PyObject, vm: &VirtualMachine) -> Option<i64> {
    hash::known(element, vm).ok().flatten()
}

/// Keeps the table of a set that was just made out of something: `make_new_set`.
pub(super) fn of_new(set: &PyObject, source: Option<&PyObject>, vm: &VirtualMachine) {
    let table =
        source
            .filter(|source| !source.is(set))
            .and_then(|source| match Other::new(source, set, vm)? {
                Other::Iterable => None,
                source => {
                    let mut table = Table::new();
                    absorb(&mut table, &source, &elements(set)?, vm)?;
                    Some(table)
                }
            });
    keep(set, table, vm);
}

/// The table of the frozenset that a set of constants is made of. The set has got them in the
/// order of the first one.
pub(super) fn of_constant(set: &PyObject, again: bool, vm: &VirtualMachine) -> Option<Table> {
    let second = table_of(set, vm)?;
    if !again {
        return Some(second);
    }
    let mut third = Table::new();
    for (hash, key) in second.entries() {
        third.add(hash, key);
    }
    Some(third)
}
