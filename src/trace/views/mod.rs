//! A moment seen from one side: who waits for whom, who created whom, how a cancellation travels,
//! and where in its turn the loop is.
//!
//! Each is a pure function of the world at a frame, or of the trace around it; nothing is kept.

mod cancellation;
mod consumers;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod tree;
mod turn;
mod waits;

pub use cancellation::{Asker, Cancellation, Stage, Station, cancellation};
pub use consumers::{Consumers, consumers};
pub use tree::{Branch, tree};
pub use turn::{Phase, Turn, turn};
pub use waits::{Bond, Cast, Node, bonds, cast, closed_at, is_standstill};
