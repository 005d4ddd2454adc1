//! A flag: everybody who waits is woken at once, in the order in which they came.

use insta::assert_snapshot;

use crate::trace_of;

#[test]
fn set_wakes_everybody_in_order() {
    assert_snapshot!(trace_of("
        event E
        main: spawn a b; sleep 10; set E; gather a b
        a: wait E; say a
        b: wait E; say b
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > sleeps 0.01
    2 0ms a > waits for E
    2 0ms b > waits for E
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main: E set, wake a, wake b, Gather has a, Gather has b > waits for Gather
    5 10ms a: say "a", schedule [gather] > returned None
    5 10ms b: say "b", schedule [gather] > returned None
    6 10ms [gather] > done
    6 10ms [gather]: Gather settled, wake main > done
    7 10ms main: say "[None, None]" > returned None
    ends
    "#);
}

#[test]
fn waiting_for_a_flag_that_is_set_does_not_suspend() {
    assert_snapshot!(trace_of("
        event E
        main: set E; wait E; say through
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: E set, say "through" > returned None
    ends
    "#);
}

/// The waiters were chosen by the set: clearing it again does not hold them back.
#[test]
fn set_and_clear_in_one_step_still_wakes() {
    assert_snapshot!(trace_of("
        event E
        main: spawn a; sleep 10; set E; clear E; await a
        a: wait E; say a
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a > sleeps 0.01
    2 0ms a > waits for E
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main: E set, wake a, E cleared > awaits a
    5 10ms a: say "a", wake main > returned None
    6 10ms main > returned None
    ends
    "#);
}

#[test]
fn chosen_then_cancelled_is_cancelled() {
    assert_snapshot!(trace_of("
        event E
        main: spawn a b; sleep 10; set E; cancel a; gather! a b
        a: wait E; say never
        b: wait E; say b
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > sleeps 0.01
    2 0ms a > waits for E
    2 0ms b > waits for E
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main: E set, wake a, wake b, cancel a, Gather has a, Gather has b > waits for Gather
    5 10ms a: CancelledError, schedule [gather] > cancelled CancelledError()
    5 10ms b: say "b", schedule [gather] > returned None
    6 10ms [gather] > done
    6 10ms [gather]: Gather settled, wake main > done
    7 10ms main: say "[CancelledError(''), None]" > returned None
    ends
    "#);
}

#[test]
fn an_event_that_nobody_sets_is_a_deadlock() {
    assert_snapshot!(trace_of("
        event E
        main: spawn a; sleep 10; await a
        a: wait E
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a > sleeps 0.01
    2 0ms a > waits for E
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main > awaits a
    deadlock of main, a
    "#);
}
