//! Turns, timers and `call_soon`.

use insta::assert_snapshot;

use crate::trace_of;

#[test]
fn a_turn_runs_only_what_was_ready_when_it_began() {
    assert_snapshot!(trace_of("
        main: spawn a; sleep 0; say again; sleep 0
        a: spawn b; say first
        b: say second
    "), @"");
}
