//! The built page in a real browser: `trunk build --release`, then `cargo test --test e2e`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop at the first surprise"
)]

mod browser;
mod page;
mod server;

mod axe;
mod compare;
mod editing;
mod embed;
mod fit;
mod flights;
mod groups;
mod keyboard;
mod languages;
mod loading;
mod looks;
mod motion;
mod panels;
mod runs;
mod safety;
mod slides;
mod stage;
mod stepping;
mod timeline;
mod touch;
mod tour;
mod truth;
mod views;
mod world;
