//! Source and options in, trace out.

pub mod messages;
