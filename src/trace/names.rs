//! What things are called where people read about them.

use super::event::ResourceKind;
use super::ids::{FutureId, ResourceId};
use super::state::State;
use super::time::Time;
use super::trace::Trace;

/// What a resource is called: its name in the program, or its kind and number.
pub fn resource_name(trace: &Trace, state: &State, id: ResourceId) -> String {
    let Some(view) = state.resource(id) else {
        return id.to_string();
    };
    let name = trace.text(view.name);
    // Only one level deep: what it is part of has a name of its own.
    let whole = view.part_of.and_then(|whole| state.resource(whole));
    if let Some(whole) = whole.filter(|whole| whole.part_of.is_none())
        && (name.is_empty() || name == trace.text(whole.name))
    {
        return format!("{} {}", resource_name(trace, state, whole.id), view.kind.word());
    }
    if !name.is_empty() {
        return name.to_owned();
    }
    let number = state
        .resources
        .iter()
        .filter(|other| other.kind == view.kind && other.id <= id)
        .count();
    format!("{} {number}", view.kind.word())
}

/// What a future is called.
pub fn future_name(trace: &Trace, state: &State, id: FutureId) -> String {
    match state.future(id).map(|view| trace.text(view.name)) {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ => format!("future {}", id.0),
    }
}

impl ResourceKind {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lock => "lock",
            Self::Event => "event",
            Self::Condition => "condition",
            Self::Semaphore => "semaphore",
            Self::BoundedSemaphore => "bounded semaphore",
            Self::Barrier => "barrier",
            Self::Queue => "queue",
            Self::PriorityQueue => "priority queue",
            Self::LifoQueue => "LIFO queue",
            Self::Gather => "gather",
            Self::Wait => "wait",
            Self::AsCompleted => "as_completed",
            Self::TaskGroup => "task group",
            Self::Shield => "shield",
            Self::Executor => "executor",
            Self::Server => "server",
            Self::Connection => "connection",
            Self::Request => "request",
        }
    }
}

/// Two decimals at least, as many as the microsecond needs at most, and the unit.
pub fn seconds(time: Time) -> String {
    let micros = time.micros();
    let (whole, rest) = (micros / 1_000_000, format!("{:06}", micros % 1_000_000));
    let digits = rest.trim_end_matches('0').len().max(2);
    format!("{whole}.{} s", &rest[..digits])
}
