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
mod random;
mod story;

mod barriers;
mod cancelling;
mod combinations;
mod conditions;
mod events;
mod groups;
mod locks;
mod loops;
mod properties;
mod queues;
mod semaphores;
mod threads;
mod timeouts;
mod turns;
mod waits;

use loopscope::sched::rust_host::Loop;
use loopscope::trace::{Trace, validate};
use program::Program;

/// The story of `program`, which must be the same every time.
#[track_caller]
fn trace_of(program: &str) -> String {
    trace_in(program, |_| ())
}

/// The same in a world that `set_up` has changed.
#[track_caller]
fn trace_in(program: &str, set_up: impl Fn(&Loop)) -> String {
    story::story(&sound_trace_of(&Program::read(program), set_up))
}

/// The trace of `program`, which is the same every time and keeps the rules of traces.
#[track_caller]
fn sound_trace_of(program: &Program, set_up: impl Fn(&Loop)) -> Trace {
    let (_, trace) = interpret::run(program, &set_up);
    let (_, again) = interpret::run(program, &set_up);
    assert_eq!(
        trace.bytes(),
        again.bytes(),
        "the same program gives the same trace"
    );
    let faults = validate(&trace);
    assert!(
        faults.is_empty(),
        "{faults:?} in\n{program}\n{}",
        story::story(&trace)
    );
    trace
}
