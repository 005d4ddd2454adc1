//! What happened: the contract between all layers.
//!
//! The scheduler tells a [`Recorder`] facts; the recorder packs them; a
//! [`Trace`] reads them back; [`State`] is the world at a cursor. Everything
//! else here (log, spans, narration, validation) is a pure function of a trace.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod compare;
pub mod decimal;
mod diagnose;
mod event;
pub mod hosts;
mod ids;
mod language;
#[cfg(target_arch = "wasm32")]
pub mod learned;
pub mod level;
mod log;
mod names;
mod narrate;
mod packed;
mod recorder;
pub(crate) mod room;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod script;
pub mod sort;
mod spans;
mod state;
pub mod surroundings;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod text;
mod time;
#[expect(
    clippy::module_inception,
    reason = "the type that the layer is named after has its own file"
)]
mod trace;
mod validate;
mod views;

pub use compare::{Basis, Compared, Difference, What, compare, moments};
pub use diagnose::{Deadlock, Waiter, deadlock, deadlock_report};
pub use event::{
    Budget, Change, ClockCause, Diagnosis, Event, EventKind, Frame, Job, Outcome, ResourceKind, Settled,
    StepEnd, Stream, Via, WaitReason,
};
pub use ids::{FutureId, HandleId, JobId, Line, ResourceId, TaskId, TextId, ThreadId};
pub use language::{Language, close_gaps};
pub use level::Level;
pub use log::write_log;
pub use names::{future_name, resource_name, seconds};
pub use narrate::{
    Arg, Doing, MESSAGES, Message, Narration, Part, doing_in, narrate, narrate_after, plain, render,
    render_in, waiting,
};
pub use packed::{Header, ReadError, VERSION};
pub use recorder::Recorder;
pub use spans::{
    AREAS, Arrow, ArrowKind, Cap, Cause, Column, ColumnEnd, Edge, Group, Lane, Lanes, Levels, MANY, Moment,
    Runner, Segment, SegmentKind, Share, Spent, Standing, Totals, Walk, Work, Worker, lanes,
};
pub use state::{
    Family, FrameView, FutureView, HandleView, Item, JobView, LastStep, ResourceView, Shelf, State,
    TaskState, TaskView, ThreadState, ThreadView, Workers,
};
pub use surroundings::Surroundings;
pub use text::text;
pub use time::Time;
pub use trace::{Events, Trace};
pub use validate::{Fault, validate};
pub use views::{
    Asker, Bond, Branch, Cancellation, Cast, Consumers, Node, Phase, Stage, Station, Turn, bonds,
    cancellation, cast, closed_at, consumers, is_standstill, tree, turn,
};
