//! The interpreter at the border: `RustPython`, and everything it needs to be
//! part of a run that can be repeated.
//!
//! This is the only layer that names the interpreter. It only translates: what
//! `asyncio` means is decided by [`crate::sched`].
//!
//! One thread runs one program at a time. What the interpreter's hooks need to
//! know about that run is kept in [`context`].
#![allow(
    clippy::needless_pass_by_value,
    reason = "the interpreter hands arguments over; what takes a reference cannot be called by it"
)]

mod anext;
pub mod asyncio;
pub mod capture;
mod clock;
mod collector;
pub mod context;
#[cfg(not(target_arch = "wasm32"))]
pub mod cpython_tests;
mod division;
mod environment;
mod exception_groups;
mod findings;
mod frozen;
mod held;
pub mod identity;
pub mod inspect;
pub mod interpreter;
pub mod lines;
mod monitor;
pub mod program;
pub mod repr;
mod reraise;
mod set_order;
pub mod signal;
mod syntax;
mod threads;
pub mod traceback;
mod unraisable;
mod words;
