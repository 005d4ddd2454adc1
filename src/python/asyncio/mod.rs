//! `asyncio` for the program: Python objects around [`crate::sched`].
//!
//! The native module `_loopscope` holds the classes and functions that run on
//! every step; the package `asyncio` in `pylib/` gives them their public names
//! and adds what only translates. What anything *means* is decided in `sched`.

mod arguments;
mod call;
mod condition;
mod contexts;
mod coroutine;
mod cycles;
mod errors;
mod event_loop;
mod functions;
mod future;
mod future_iterator;
mod future_state;
mod groups;
mod handle;
mod host;
mod introspection;
mod level;
mod library;
mod library_callback;
mod locks;
mod loop_rest;
mod module;
mod names;
mod primitive;
mod queue_items;
mod queues;
mod registry;
mod reports;
mod task;
mod wakeup;

pub(in crate::python) use call::name_of_call;
pub(in crate::python) use contexts::{
    make_type as make_context_type, new as new_context, run_in as run_in_context,
};
pub(in crate::python) use future::serial_of as serial_of_future;
pub(in crate::python) use loop_rest::OutsideLoop;
pub(crate) use module::module_def;
pub(super) use registry::is_task;
pub use registry::{pending_tasks, reset};
pub(in crate::python) use task::number_of as number_of_task;
