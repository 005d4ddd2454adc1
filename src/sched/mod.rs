//! The scheduler: `CPython` 3.13's `asyncio`, function by function, in plain Rust.
//!
//! It knows no Python and no browser. Whoever embeds it says what values,
//! exceptions and tasks are made of ([`Host`]); user code is a coroutine that
//! is resumed and comes to rest. Which `call_soon` happens when can be observed,
//! so it is behaviour: each file names the `CPython` function that it follows and
//! where it departs. Everything that happens is recorded.
//!
//! No borrow is held while code of the embedder runs.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod binding;
pub mod combine;
mod coroutine;
mod debug_mode;
mod event_loop;
mod future;
mod handle;
mod host;
mod kept;
mod resource;
pub mod rust_host;
pub mod sync;
mod task;
pub mod threads;
mod timers;
mod wait_queue;
mod world;

pub use binding::Binding;
pub use coroutine::{Coroutine, GiveWay, Mailbox, Polled, Shown, Wait, give_way, wait, wait_and_keep};
pub use event_loop::{EventLoop, Stop};
pub use future::{DoneCallback, FutureCell, FutureState, Holds, NativeCallback, Tell};
pub use handle::Handle;
pub use host::{Host, Misuse, Report, Resumed};
pub use kept::{Kept, See};
pub use resource::{Description, Resource};
pub use task::{Spawn, TaskCell, cancel, start, start_eagerly};
pub use world::{Blocked, World};
