//! What the browser keeps from one visit to the next.
//!
//! Storage is a convenience: where the browser refuses it, in private windows and in many frames, the
//! page forgets, and works all the same.

use web_sys::Storage;

/// What was kept under a name.
pub fn kept(name: &str) -> Option<String> {
    storage()?.get_item(&full(name)).ok().flatten()
}

/// Keeps a value under a name, if it may.
pub fn keep(name: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or a forbidden storage keeps nothing: see above.
        let _ = storage.set_item(&full(name), value);
    }
}

/// Other pages of the same origin share the storage.
fn full(name: &str) -> String {
    format!("loopscope.{name}")
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
