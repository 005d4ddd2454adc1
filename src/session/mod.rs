//! Source and options in, trace out.
