//! Source and options in, trace out.

#[cfg(all(feature = "engine", not(target_arch = "wasm32")))]
pub mod cpython_tests;
#[cfg(feature = "engine")]
pub mod limits;
#[cfg(feature = "engine")]
pub mod memory;
pub mod messages;
#[cfg(feature = "engine")]
pub mod run;
pub mod show;
