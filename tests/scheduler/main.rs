//! The scheduler, one corner of its life cycle a module, without an interpreter.
//!
//! Most tests run a small program and expect its whole story; both are texts.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a program of a test that makes no sense is a failed test"
)]

mod interpret;
mod program;
mod story;

mod turns;

use loopscope::sched::rust_host::Loop;
use program::Program;

/// The story of `program`, which must be the same every time.
#[track_caller]
fn trace_of(program: &str) -> String {
    trace_in(program, |_| ())
}

/// The same in a world that `set_up` has changed.
#[track_caller]
fn trace_in(program: &str, set_up: impl Fn(&Loop)) -> String {
    let program = Program::read(program);
    let (_, trace) = interpret::run(&program, &set_up);
    let (_, again) = interpret::run(&program, &set_up);
    assert_eq!(
        trace.bytes(),
        again.bytes(),
        "the same program gives the same trace"
    );
    story::story(&trace)
}
