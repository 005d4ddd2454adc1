//! `timeout` and `wait_for`: whose cancellation it was.

use insta::assert_snapshot;

use crate::trace_of;

#[test]
fn a_block_that_ends_in_time_drops_the_timer() {
    assert_snapshot!(trace_of("
        main: timeout 20 { sleep 10 }; sleep 20
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: set timer timeout of main > sleeps 0.01
    1 10ms outside: Idle clock
    2 10ms sleep over: wake main > done
    3 10ms main: drop timeout of main > sleeps 0.02
    3 30ms outside: Idle clock
    4 30ms sleep over: wake main > done
    5 30ms main > returned None
    ends
    "#);
}

#[test]
fn a_block_that_is_late_raises_timeout_error() {
    assert_snapshot!(trace_of("
        main: try { timeout 10 { sleep 20 } } failed { say late }; sleep 10
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: set timer timeout of main > sleeps 0.02
    1 10ms outside: Idle clock
    2 10ms timeout of main: wake main, cancel main > done
    3 10ms main: CancelledError, drop sleep over, uncancel to 0, say "late" > sleeps 0.01
    3 20ms outside: Idle clock
    4 20ms sleep over: wake main > done
    5 20ms main > returned None
    ends
    "#);
}

#[test]
fn the_inner_of_two_timeouts_fires_alone() {
    assert_snapshot!(trace_of("
        main: timeout 30 { try { timeout 10 { sleep 20 } } failed { say inner } }; say outer in time
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: set timer timeout of main, set timer timeout of main > sleeps 0.02
    1 10ms outside: Idle clock
    2 10ms timeout of main: wake main, cancel main > done
    3 10ms main: CancelledError, drop sleep over, uncancel to 0, say "inner", drop timeout of main, say "outer in time" > returned None
    ends
    "#);
}

#[test]
fn the_outer_of_two_timeouts_goes_through_the_inner() {
    assert_snapshot!(trace_of("
        main: try { timeout 10 { try { timeout 30 { sleep 20 } } failed { say never } } } failed { say outer }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: set timer timeout of main, set timer timeout of main > sleeps 0.02
    1 10ms outside: Idle clock
    2 10ms timeout of main: wake main, cancel main > done
    3 10ms main: CancelledError, drop sleep over, drop timeout of main, uncancel to 0, say "outer" > returned None
    ends
    "#);
}

/// Both are due at one instant: the timer that was set first cancels first, and the outer one takes both back.
#[test]
fn two_timeouts_of_one_instant() {
    assert_snapshot!(trace_of("
        main: try { timeout 10 { try { timeout 10 { sleep 20 } } failed { say inner } } } failed { say outer }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: set timer timeout of main, set timer timeout of main > sleeps 0.02
    1 10ms outside: Idle clock
    2 10ms timeout of main: wake main, cancel main > done
    2 10ms timeout of main: cancel main > done
    3 10ms main: CancelledError, drop sleep over, uncancel to 1, uncancel to 0, say "outer" > returned None
    ends
    "#);
}

#[test]
fn a_request_from_outside_at_the_same_instant_stands() {
    assert_snapshot!(trace_of("
        main: spawn a c; gather! a c
        a: timeout 10 { sleep 20 }
        c: sleep 10; cancel a
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn c, Gather has a, Gather has c > waits for Gather
    2 0ms a: set timer timeout of a > sleeps 0.02
    2 0ms c > sleeps 0.01
    2 10ms outside: Idle clock
    3 10ms timeout of a: wake a, cancel a > done
    3 10ms sleep over: wake c > done
    4 10ms a: CancelledError, drop sleep over, uncancel to 0, schedule [gather] > raised TimeoutError()
    4 10ms c: schedule [gather] > returned None
    5 10ms [gather] > done
    5 10ms [gather]: Gather settled, wake main > done
    6 10ms main: say "[TimeoutError(), None]" > returned None
    ends
    "#);
}

#[test]
fn a_timeout_without_time_fires_in_the_next_turn() {
    assert_snapshot!(trace_of("
        main: try { timeout 0 { say in; sleep 0; say never } } failed { say late }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: schedule timeout of main, say "in" > gives way
    2 0ms timeout of main: cancel main > done
    2 0ms main: CancelledError, uncancel to 0, say "late" > returned None
    ends
    "#);
}

#[test]
fn a_block_that_never_waits_is_not_stopped() {
    assert_snapshot!(trace_of("
        main: timeout 0 { say in }; say out; sleep 0; say still here
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: schedule timeout of main, say "in", drop timeout of main, say "out" > gives way
    2 0ms main: say "still here" > returned None
    ends
    "#);
}

#[test]
fn a_late_block_that_fails_otherwise_keeps_its_error() {
    assert_snapshot!(trace_of("
        main: timeout 10 { try { sleep 20 } cancelled { raise ValueError } }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: set timer timeout of main > sleeps 0.02
    1 10ms outside: Idle clock
    2 10ms timeout of main: wake main, cancel main > done
    3 10ms main: CancelledError, drop sleep over, uncancel to 0 > raised ValueError()
    ends with ValueError()
    "#);
}

#[test]
fn wait_for_a_coroutine_runs_it_in_the_same_task() {
    assert_snapshot!(trace_of("
        main: within 20 { sleep 10 }; try { within 10 { sleep 20 } } failed { say late }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: set timer timeout of main > sleeps 0.01
    1 10ms outside: Idle clock
    2 10ms sleep over: wake main > done
    3 10ms main: drop timeout of main, set timer timeout of main > sleeps 0.02
    3 20ms outside: Idle clock
    4 20ms timeout of main: wake main, cancel main > done
    5 20ms main: CancelledError, drop sleep over, uncancel to 0, say "late" > returned None
    ends
    "#);
}

#[test]
fn wait_for_a_task_cancels_it_when_it_is_late() {
    assert_snapshot!(trace_of("
        main: spawn a; try { expect a 10 } failed { say late }; gather! a
        a: try { sleep 20 } finally { say a }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, set timer timeout of main > awaits a
    2 0ms a > sleeps 0.02
    2 10ms outside: Idle clock
    3 10ms timeout of main: wake a, cancel a, cancel main > done
    4 10ms a: CancelledError, drop sleep over, say "a", wake main > cancelled CancelledError()
    5 10ms main: CancelledError, uncancel to 0, say "late", Gather has a, Gather settled, say "[CancelledError('')]" > returned None
    ends
    "#);
}

#[test]
fn wait_for_a_task_that_swallows_the_cancellation_gives_its_result() {
    assert_snapshot!(trace_of("
        main: spawn a; expect a 10; say fine
        a: try { sleep 20 } cancelled { return 1 }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, set timer timeout of main > awaits a
    2 0ms a > sleeps 0.02
    2 10ms outside: Idle clock
    3 10ms timeout of main: wake a, cancel a, cancel main > done
    4 10ms a: CancelledError, drop sleep over, wake main > returned 1
    5 10ms main: uncancel to 0, say "fine" > returned None
    ends
    "#);
}

#[test]
fn wait_for_without_time_stops_the_task_before_it_runs() {
    assert_snapshot!(trace_of("
        main: spawn a; try { expect a 0 } failed { say late }
        a: say never
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, Wait has a, cancel a > waits for Wait
    2 0ms a: CancelledError, schedule [wait_for] > cancelled CancelledError()
    3 0ms [wait_for]: wake main > done
    4 0ms main: Wait settled, say "late" > returned None
    ends
    "#);
}

#[test]
fn wait_for_without_time_takes_what_is_done() {
    assert_snapshot!(trace_of("
        main: spawn a; sleep 0; expect a 0; say fine
        a: return 1
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a > gives way
    2 0ms a > returned 1
    2 0ms main: say "fine" > returned None
    ends
    "#);
}

#[test]
fn cancelling_who_waits_for_a_task_cancels_the_task() {
    assert_snapshot!(trace_of("
        main: spawn w a; sleep 5; cancel w; gather! w a
        w: expect a 20
        a: sleep 10
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn w, spawn a > sleeps 0.005
    2 0ms w: set timer timeout of w > awaits a
    2 0ms a > sleeps 0.01
    2 5ms outside: Idle clock
    3 5ms sleep over: wake main > done
    4 5ms main: wake a, cancel a, cancel w, Gather has w, Gather has a > waits for Gather
    5 5ms a: CancelledError, drop sleep over, wake w, schedule [gather] > cancelled CancelledError()
    6 5ms w: CancelledError, drop timeout of w, schedule [gather] > cancelled CancelledError()
    6 5ms [gather] > done
    7 5ms [gather]: Gather settled, wake main > done
    8 5ms main: say "[CancelledError(''), CancelledError('')]" > returned None
    ends
    "#);
}
