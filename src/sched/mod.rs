//! The scheduler: `CPython` 3.13's `asyncio`, function by function, in plain Rust.
//!
//! It knows no Python and no browser. User code is a coroutine that is resumed
//! and comes to rest; everything it does to the scheduler is recorded.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod world;

pub use world::{Blocked, World};
