//! The frozen standard library that `build.rs` compiles.

use rustpython_vm::frozen::{FrozenLib, FrozenModulesIter};

static LIBRARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pylib.bin"));

/// All frozen modules, in the form in which the interpreter takes them.
pub(super) fn modules() -> FrozenModulesIter<'static> {
    let library: &'static FrozenLib<[u8]> = FrozenLib::from_ref(LIBRARY);
    library.into_iter()
}
