//! Source and options in, trace out.

#[cfg(feature = "engine")]
pub mod limits;
#[cfg(feature = "engine")]
pub mod memory;
pub mod messages;
#[cfg(feature = "engine")]
pub mod run;
pub mod show;
