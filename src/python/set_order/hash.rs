//! `hash(x)` as `CPython` computes it with `PYTHONHASHSEED=0`.
//!
//! The interpreter hashes texts with another function than `CPython`, and finds the keys of its
//! own tables by that; so its hashes stay, and these are computed beside them. The two must never
//! meet: an object whose `__hash__` asks for the hash of a text and that equals this text is to be
//! found under it. While `__hash__` runs for the interpreter, `hash` therefore answers with the
//! interpreter's; while it runs for us (`FOR_ORDER`), with `CPython`'s.

use std::cell::Cell;

use rustpython_common::hash::{FrozenSetHash, fix_sentinel, hash_tuple};
use rustpython_common::wtf8::CodePoint;
use rustpython_vm::builtins::{PyBytes, PyFrozenSet, PyStr, PyTuple};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};
use siphasher::sip::SipHasher13;

use crate::python::{asyncio, identity, lines};

/// `hash(None)`.
const NONE: i64 = 0xFCA8_6420;
/// Hashes of futures are above those of tasks.
const FUTURES: i64 = 1 << 20;
/// Addresses are multiples of this, which `CPython` divides out.
const ALIGNMENT: u64 = 16;
const HASH: &str = "__hash__";

thread_local! {
    static FOR_ORDER: Cell<bool> = const { Cell::new(false) };
}

/// `hash(x)` for the program.
pub(in crate::python) fn builtin(object: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
    // What cannot be hashed says so itself, and the program's own `__hash__` runs as ever.
    if FOR_ORDER.get() {
        return match known(&object, vm)? {
            Some(hash) => Ok(hash),
            None => object.hash(vm),
        };
    }
    let own = object.hash(vm)?;
    if !lines::program_is_calling() || lines::running_function_is(HASH) {
        return Ok(own);
    }
    match known(&object, vm)? {
        Some(hash) => Ok(hash),
        None if is_identity(&object, vm) => {
            let number = identity::number_of(object) / ALIGNMENT;
            Ok(i64::try_from(number).unwrap_or(own))
        }
        None => Ok(own),
    }
}

/// The hash that `CPython` would compute, or nothing when it comes from an address there.
pub(super) fn known(object: &PyObject, vm: &VirtualMachine) -> PyResult<Option<i64>> {
    if vm.is_none(object) {
        return Ok(Some(NONE));
    }
    let types = &vm.ctx.types;
    let method = object.get_class_attr(vm.ctx.intern_str(HASH));
    let is_of = |class: &rustpython_vm::Py<rustpython_vm::builtins::PyType>| {
        object.class().is(class)
            || method.as_ref().is_some_and(|method| {
                object.fast_isinstance(class)
                    && class
                        .get_attr(vm.ctx.intern_str(HASH))
                        .is_some_and(|of_class| of_class.is(method))
            })
    };
    if is_of(types.str_type)
        && let Some(text) = object.downcast_ref::<PyStr>()
    {
        return Ok(Some(of_text(text)));
    }
    if is_of(types.bytes_type)
        && let Some(bytes) = object.downcast_ref::<PyBytes>()
    {
        return Ok(Some(of_bytes(bytes.as_bytes())));
    }
    if is_of(types.int_type) || is_of(types.bool_type) || is_of(types.float_type) || is_of(types.complex_type)
    {
        return object.hash(vm).map(Some);
    }
    if is_of(types.tuple_type)
        && let Some(tuple) = object.downcast_ref::<PyTuple>()
    {
        let parts = tuple
            .iter()
            .map(|part| known(part, vm))
            .collect::<PyResult<Option<Vec<_>>>>()?;
        return parts
            .map(|parts| hash_tuple(parts.into_iter().map(Ok)))
            .transpose();
    }
    if is_of(types.frozenset_type)
        && let Some(set) = object.downcast_ref::<PyFrozenSet>()
    {
        return of_frozenset(&set.elements(), vm);
    }
    if let Some(number) = asyncio::number_of_task(object) {
        return Ok(Some(i64::from(number)));
    }
    if let Some(serial) = asyncio::serial_of_future(object) {
        return Ok(Some(FUTURES + i64::from(serial)));
    }
    if method.is_some_and(|method| method.fast_isinstance(types.function_type)) {
        return by_program(object, vm).map(Some);
    }
    Ok(None)
}

/// Whether an object is hashed by its address.
fn is_identity(object: &PyObject, vm: &VirtualMachine) -> bool {
    let name = vm.ctx.intern_str(HASH);
    let of_object = vm.ctx.types.object_type.get_attr(name);
    matches!((object.get_class_attr(name), of_object), (Some(one), Some(other)) if one.is(&other))
}

/// The answer of a `__hash__` that is written in Python, when the hashes that it asks for are
/// those of `CPython`.
fn by_program(object: &PyObject, vm: &VirtualMachine) -> PyResult<i64> {
    let before = FOR_ORDER.replace(true);
    let hash = object.hash(vm);
    FOR_ORDER.set(before);
    hash
}

fn of_frozenset(elements: &[PyObjectRef], vm: &VirtualMachine) -> PyResult<Option<i64>> {
    let mut hash = FrozenSetHash::new(elements.len());
    for element in elements {
        let Some(element) = known(element, vm)? else {
            return Ok(None);
        };
        hash.add(element);
    }
    Ok(Some(hash.finish()))
}

fn of_bytes(bytes: &[u8]) -> i64 {
    if bytes.is_empty() {
        return 0;
    }
    let hash = SipHasher13::new_with_keys(0, 0).hash(bytes);
    fix_sentinel(hash.cast_signed())
}

/// A text is hashed as it lies in memory: with one, two or four bytes a character.
fn of_text(text: &PyStr) -> i64 {
    let text = text.as_wtf8();
    if text.as_bytes().is_ascii() {
        return of_bytes(text.as_bytes());
    }
    let points: Vec<u32> = text.code_points().map(CodePoint::to_u32).collect();
    let widest = points.iter().copied().max().unwrap_or_default();
    let width = match widest {
        ..=0xFF => 1,
        0x100..=0xFFFF => 2,
        _ => 4,
    };
    let bytes: Vec<u8> = points
        .iter()
        .flat_map(|point| point.to_le_bytes().into_iter().take(width))
        .collect();
    of_bytes(&bytes)
}
