//! What the end-to-end tests stand on: the built page behind a web server, and a browser to open it.

pub(crate) mod browser;
pub(crate) mod server;
