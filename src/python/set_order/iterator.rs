//! `set_iterator`.

use std::cell::{Cell, RefCell};

use rustpython_derive::pyclass;
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::types::{IterNext, Iterable, SelfIter};
use rustpython_vm::{Py, PyObjectRef, PyPayload, PyResult, VirtualMachine};

use super::hooks::length;
use super::in_order;

/// Walks over the elements that a set had when the walk began; ends with an error when their
/// number has changed.
#[pyclass(module = false, name = "set_iterator")]
#[derive(Debug, PyPayload)]
pub(super) struct SetIterator {
    /// Nothing after the end.
    set: RefCell<Option<PyObjectRef>>,
    /// What comes, last first.
    rest: RefCell<Vec<PyObjectRef>>,
    size: usize,
    changed: Cell<bool>,
}

impl SetIterator {
    pub(super) fn over(set: PyObjectRef, vm: &VirtualMachine) -> Self {
        let mut rest = in_order(&set, vm);
        rest.reverse();
        Self {
            size: rest.len(),
            rest: RefCell::new(rest),
            set: RefCell::new(Some(set)),
            changed: Cell::new(false),
        }
    }

    fn is_unchanged(&self, vm: &VirtualMachine) -> bool {
        let set = self.set.borrow();
        !self.changed.get() && set.as_ref().is_none_or(|set| length(set, vm) == self.size)
    }

    /// Lets go of the set and of what was left, without a borrow while they may die.
    fn finish(&self) {
        drop(self.set.take());
        drop(self.rest.take());
    }
}

#[pyclass(flags(DISALLOW_INSTANTIATION), with(IterNext, Iterable))]
impl SetIterator {
    #[pymethod]
    fn __length_hint__(zelf: &Py<Self>, vm: &VirtualMachine) -> usize {
        if zelf.is_unchanged(vm) {
            zelf.rest.borrow().len()
        } else {
            0
        }
    }

    #[pymethod]
    fn __reduce__(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<(PyObjectRef, (PyObjectRef,))> {
        let rest = zelf.rest.borrow().iter().rev().cloned().collect();
        let iter = vm.builtins.get_attr("iter", vm)?;
        Ok((iter, (vm.ctx.new_list(rest).into(),)))
    }
}

impl SelfIter for SetIterator {}

impl IterNext for SetIterator {
    fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        if zelf.set.borrow().is_none() {
            return Ok(PyIterReturn::StopIteration(None));
        }
        if !zelf.is_unchanged(vm) {
            zelf.changed.set(true);
            return Err(vm.new_runtime_error("Set changed size during iteration"));
        }
        let next = zelf.rest.borrow_mut().pop();
        if next.is_none() {
            zelf.finish();
        }
        Ok(next.map_or(PyIterReturn::StopIteration(None), PyIterReturn::Return))
    }
}
