//! Cancelling a task: where the request goes and what the task makes of it.

use insta::assert_snapshot;

use crate::trace_of;

#[test]
fn cancelled_before_its_first_step_a_task_runs_nothing() {
    assert_snapshot!(trace_of("
        main: spawn a; cancel a; gather! a
        a: say never
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, cancel a, Gather has a > waits for Gather
    2 0ms a: CancelledError, schedule [gather] > cancelled CancelledError()
    3 0ms [gather]: Gather settled, wake main > done
    4 0ms main: say "[CancelledError('')]" > returned None
    ends
    "#);
}

#[test]
fn cancelled_while_it_waits_for_a_task_it_passes_the_request_on() {
    assert_snapshot!(trace_of("
        main: spawn a b; sleep 5; cancel b; gather! a b
        a: try { sleep 10 } finally { say a }
        b: try { await a } finally { say b }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > sleeps 0.005
    2 0ms a > sleeps 0.01
    2 0ms b > awaits a
    2 5ms outside: Idle clock
    3 5ms sleep over: wake main > done
    4 5ms main: wake a, cancel a, cancel b, Gather has a, Gather has b > waits for Gather
    5 5ms a: CancelledError, drop sleep over, say "a", wake b, schedule [gather] > cancelled CancelledError()
    6 5ms b: CancelledError, say "b", schedule [gather] > cancelled CancelledError()
    6 5ms [gather] > done
    7 5ms [gather]: Gather settled, wake main > done
    8 5ms main: say "[CancelledError(''), CancelledError('')]" > returned None
    ends
    "#);
}

/// The request finds nothing to cancel, so it is delivered by the next step instead.
#[test]
fn cancelled_while_it_is_ready_the_next_step_delivers_it() {
    assert_snapshot!(trace_of("
        main: spawn a; sleep 0; cancel a; gather! a
        a: sleep 0; say never
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a > gives way
    2 0ms a > gives way
    2 0ms main: cancel a, Gather has a > waits for Gather
    3 0ms a: CancelledError, schedule [gather] > cancelled CancelledError()
    4 0ms [gather]: Gather settled, wake main > done
    5 0ms main: say "[CancelledError('')]" > returned None
    ends
    "#);
}

#[test]
fn chosen_then_cancelled_while_it_sleeps() {
    assert_snapshot!(trace_of("
        main: spawn a b; gather! a b
        a: sleep 10; cancel b
        b: sleep 10; say never
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, Gather has a, Gather has b > waits for Gather
    2 0ms a > sleeps 0.01
    2 0ms b > sleeps 0.01
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    3 10ms sleep over: wake b > done
    4 10ms a: cancel b, schedule [gather] > returned None
    4 10ms b: CancelledError, schedule [gather] > cancelled CancelledError()
    5 10ms [gather] > done
    5 10ms [gather]: Gather settled, wake main > done
    6 10ms main: say "[None, CancelledError('')]" > returned None
    ends
    "#);
}

/// a ended in the step that cancels b: what b waited for is done, so the request is delivered by its next step.
#[test]
fn chosen_then_cancelled_while_it_awaits_a_task() {
    assert_snapshot!(trace_of("
        main: spawn a b c; gather! a b c
        a: sleep 10
        b: await a; say never
        c: sleep 10; cancel b
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, spawn c, Gather has a, Gather has b, Gather has c > waits for Gather
    2 0ms a > sleeps 0.01
    2 0ms b > awaits a
    2 0ms c > sleeps 0.01
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    3 10ms sleep over: wake c > done
    4 10ms a: schedule [gather], wake b > returned None
    4 10ms c: cancel b, schedule [gather] > returned None
    5 10ms [gather] > done
    5 10ms b: CancelledError, schedule [gather] > cancelled CancelledError()
    5 10ms [gather] > done
    6 10ms [gather]: Gather settled, wake main > done
    7 10ms main: say "[None, CancelledError(''), None]" > returned None
    ends
    "#);
}

#[test]
fn a_task_may_swallow_its_cancellation() {
    assert_snapshot!(trace_of("
        main: spawn a; sleep 0; cancel a; gather! a
        a: try { sleep 10 } cancelled { say no }; sleep 10; return 1
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a > gives way
    2 0ms a > sleeps 0.01
    2 0ms main: wake a, cancel a, Gather has a > waits for Gather
    3 0ms a: CancelledError, drop sleep over, say "no" > sleeps 0.01
    3 10ms outside: Idle clock
    4 10ms sleep over: wake a > done
    5 10ms a: schedule [gather] > returned 1
    6 10ms [gather]: Gather settled, wake main > done
    7 10ms main: say "[1]" > returned None
    ends
    "#);
}

#[test]
fn a_second_request_interrupts_the_cleaning_up() {
    assert_snapshot!(trace_of("
        main: spawn a; sleep 0; cancel a; sleep 0; cancel a; gather! a
        a: try { sleep 10 } finally { sleep 10; say never }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a > gives way
    2 0ms a > sleeps 0.01
    2 0ms main: wake a, cancel a > gives way
    3 0ms a: CancelledError, drop sleep over > sleeps 0.01
    3 0ms main: wake a, cancel a, Gather has a > waits for Gather
    4 0ms a: CancelledError, drop sleep over, schedule [gather] > cancelled CancelledError()
    5 0ms [gather]: Gather settled, wake main > done
    6 0ms main: say "[CancelledError('')]" > returned None
    ends
    "#);
}

#[test]
fn a_task_that_cancels_itself_is_told_at_its_next_wait() {
    assert_snapshot!(trace_of("
        main: cancel main; say still here; sleep 10; say never
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: cancel main, say "still here", wake main > sleeps 0.01
    2 0ms main: CancelledError, drop sleep over > cancelled CancelledError()
    ends with CancelledError()
    "#);
}

#[test]
fn a_task_that_cancels_itself_and_returns_is_cancelled() {
    assert_snapshot!(trace_of("
        main: spawn a; gather! a
        a: cancel a; return 1
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, Gather has a > waits for Gather
    2 0ms a: cancel a, schedule [gather] > cancelled CancelledError()
    3 0ms [gather]: Gather settled, wake main > done
    4 0ms main: say "[CancelledError('')]" > returned None
    ends
    "#);
}

#[test]
fn uncancel_takes_the_request_back() {
    assert_snapshot!(trace_of("
        main: spawn a; gather! a
        a: cancel a; uncancel; sleep 10; return 1
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, Gather has a > waits for Gather
    2 0ms a: cancel a, uncancel to 0 > sleeps 0.01
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: schedule [gather] > returned 1
    5 10ms [gather]: Gather settled, wake main > done
    6 10ms main: say "[1]" > returned None
    ends
    "#);
}

#[test]
fn one_of_two_requests_taken_back_leaves_one() {
    assert_snapshot!(trace_of("
        main: spawn a; gather! a
        a: cancel a; cancel a; uncancel; sleep 10; return 1
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, Gather has a > waits for Gather
    2 0ms a: cancel a, cancel a, uncancel to 1, wake a > sleeps 0.01
    3 0ms a: CancelledError, drop sleep over, schedule [gather] > cancelled CancelledError()
    4 0ms [gather]: Gather settled, wake main > done
    5 0ms main: say "[CancelledError('')]" > returned None
    ends
    "#);
}

#[test]
fn the_message_travels_with_the_request() {
    assert_snapshot!(trace_of("
        main: spawn a b; sleep 0; cancel b bye; gather! a b
        a: sleep 10
        b: await a
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > gives way
    2 0ms a > sleeps 0.01
    2 0ms b > awaits a
    2 0ms main: wake a, cancel a, cancel b, Gather has a, Gather has b > waits for Gather
    3 0ms a: CancelledError, drop sleep over, wake b, schedule [gather] > cancelled CancelledError('bye')
    4 0ms b: CancelledError, schedule [gather] > cancelled CancelledError('bye')
    4 0ms [gather] > done
    5 0ms [gather]: Gather settled, wake main > done
    6 0ms main: say "[CancelledError(''), CancelledError('')]" > returned None
    ends
    "#);
}

#[test]
fn cancelling_a_task_that_is_done_does_nothing() {
    assert_snapshot!(trace_of("
        main: spawn a; sleep 0; cancel a; await a; say fine
        a: say a
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a > gives way
    2 0ms a: say "a" > returned None
    2 0ms main: say "fine" > returned None
    ends
    "#);
}

#[test]
fn awaiting_oneself_fails() {
    assert_snapshot!(trace_of("
        main: spawn a; gather! a
        a: try { await a } failed { say refused }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, Gather has a > waits for Gather
    2 0ms a > fails to wait
    3 0ms a: say "refused", schedule [gather] > returned None
    4 0ms [gather]: Gather settled, wake main > done
    5 0ms main: say "[None]" > returned None
    ends
    "#);
}

#[test]
fn a_shield_keeps_the_request_off() {
    assert_snapshot!(trace_of("
        main: spawn a b; sleep 5; cancel b; gather! a b
        a: sleep 10; say a
        b: try { shield a } cancelled { say b }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > sleeps 0.005
    2 0ms a > sleeps 0.01
    2 0ms b: Shield has a > waits for Shield
    2 5ms outside: Idle clock
    3 5ms sleep over: wake main > done
    4 5ms main: schedule [shield], wake b, cancel b, Gather has a, Gather has b > waits for Gather
    5 5ms [shield] > done
    5 5ms b: CancelledError, say "b", schedule [gather] > returned None
    6 5ms [gather] > done
    6 10ms outside: Idle clock
    7 10ms sleep over: wake a > done
    8 10ms a: say "a", schedule [gather] > returned None
    9 10ms [gather]: Gather settled, wake main > done
    10 10ms main: say "[None, None]" > returned None
    ends
    "#);
}

#[test]
fn a_shielded_task_that_is_cancelled_cancels_who_waits() {
    assert_snapshot!(trace_of("
        main: spawn a b; sleep 5; cancel a; gather! a b
        a: sleep 10
        b: shield a
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > sleeps 0.005
    2 0ms a > sleeps 0.01
    2 0ms b: Shield has a > waits for Shield
    2 5ms outside: Idle clock
    3 5ms sleep over: wake main > done
    4 5ms main: wake a, cancel a, Gather has a, Gather has b > waits for Gather
    5 5ms a: CancelledError, drop sleep over, schedule [shield], schedule [gather] > cancelled CancelledError()
    6 5ms [shield]: Shield settled, schedule [shield], wake b > done
    6 5ms [gather] > done
    7 5ms [shield] > done
    7 5ms b: CancelledError, schedule [gather] > cancelled CancelledError()
    8 5ms [gather]: Gather settled, wake main > done
    9 5ms main: say "[CancelledError(''), CancelledError('')]" > returned None
    ends
    "#);
}

#[test]
fn a_shield_passes_results_and_errors_on() {
    assert_snapshot!(trace_of("
        main: spawn a b; shield a; try { shield b } failed { say failed }; shield a
        a: sleep 10; return 1
        b: sleep 20; raise ValueError
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, Shield has a > waits for Shield
    2 0ms a > sleeps 0.01
    2 0ms b > sleeps 0.02
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: schedule [shield] > returned 1
    5 10ms [shield]: Shield settled, schedule [shield], wake main > done
    6 10ms [shield] > done
    6 10ms main: say "1", Shield has b > waits for Shield
    6 20ms outside: Idle clock
    7 20ms sleep over: wake b > done
    8 20ms b: schedule [shield] > raised ValueError()
    9 20ms [shield]: Shield settled, schedule [shield], wake main > done
    10 20ms [shield] > done
    10 20ms main: say "failed", say "1" > returned None
    ends
    "#);
}

/// Each asks whom it awaits, round and round; `CPython` recurses until it may not.
#[test]
fn a_request_that_runs_in_a_circle_is_an_error() {
    assert_snapshot!(trace_of("
        main: spawn a b; sleep 10; cancel a; await a
        a: await b
        b: await a
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > sleeps 0.01
    2 0ms a > awaits b
    2 0ms b > awaits a
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main > raised RecursionError()
    ends with RecursionError()
    "#);
}
