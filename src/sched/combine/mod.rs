//! Waiting for several things, or for time: one file for each function family.

mod as_completed;
mod gather;
mod shield;
mod sleep;
mod task_group;
mod timeout;
mod wait;
mod wait_for;

pub use as_completed::AsCompleted;
pub use gather::{Gather, gather};
pub use shield::shield;
pub use sleep::{Delay, sleep};
pub use task_group::TaskGroup;
pub use timeout::{Timeout, TimeoutState};
pub use wait::{ReturnWhen, wait_for_futures};
pub use wait_for::{wait_for, wait_for_37, wait_for_no_time};
