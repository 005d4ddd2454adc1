//! A done callback of the library as an object: several futures share it, and it may be part of a cycle.

use rustpython_derive::pyclass;
use rustpython_vm::PyPayload;

use super::cycles::{Keeps, SeeObject, see_kept};
use super::host::PyHost;
use crate::sched::NativeCallback;

/// A done callback of the library. Programs never see it.
#[pyclass(module = "_loopscope", name = "LibraryCallback", traverse = "manual")]
#[derive(Debug, PyPayload)]
pub(super) struct LibraryCallback {
    pub(super) callback: NativeCallback<PyHost>,
}

#[pyclass]
impl LibraryCallback {}

impl Keeps for LibraryCallback {
    fn each_object(&self, see: &mut SeeObject<'_>) {
        self.callback.holds.each_kept(&mut |kept| see_kept(kept, see));
    }
}
