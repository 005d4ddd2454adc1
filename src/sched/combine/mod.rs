//! Waiting for several things, or for time: one file for each function family.

mod gather;
mod sleep;
mod wait;

pub use gather::{Gather, gather};
pub use sleep::{Delay, sleep};
pub use wait::{ReturnWhen, wait_for_futures};
