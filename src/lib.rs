//! Loopscope: see Python asyncio.
//!
//! A *run* is one execution of one program with fixed options; it yields one
//! *trace*. The scheduler makes *turns* of its event loop; every turn runs the
//! *handles* that were ready when it began, one *step* each. Everything that
//! happens is an event of the trace, and everything on screen is derived from
//! the trace, so going back is as easy as going forward.
//!
//! Layers, each of which may name only those above it in this list:
//!
//! | module    | what it holds |
//! |-----------|---------------|
//! | [`trace`] | what happened: events, the world at a cursor, the packed form, words |
//! | [`sched`] | the scheduler: loop, timers, futures, tasks, primitives |
//! | `python`  | the interpreter at the border: a native `asyncio` over `sched` |
//! | `session` | source and options in, trace out; messages between page and worker |
//! | `ui`      | the page, which draws nothing but traces |
//!
//! `docs/architecture.md` tells the whole story.

pub mod sched;
pub mod trace;

#[cfg(feature = "engine")]
pub mod python;
pub mod session;
#[cfg(feature = "ui")]
pub mod ui;
