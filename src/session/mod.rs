//! Source and options in, trace out.

#[cfg(feature = "engine")]
pub mod limits;
pub mod messages;
#[cfg(feature = "engine")]
pub mod run;
