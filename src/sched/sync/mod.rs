//! Primitives with waiters: one file each, each after its `CPython` model.

mod barrier;
mod condition;
mod event;
mod heap;
mod lock;
mod overrides;
mod queue;
mod semaphore;

pub use barrier::{Barrier, BarrierState};
pub use condition::Condition;
pub use event::Event;
pub use lock::Lock;
pub use overrides::{Overrides, Plain, Taken};
pub use queue::{Discipline, Queue};
pub use semaphore::Semaphore;
