//! Turns, timers, and how the clock moves.

use insta::assert_snapshot;

use crate::trace_of;

#[test]
fn a_turn_runs_only_what_was_ready_when_it_began() {
    assert_snapshot!(trace_of("
        main: spawn a; sleep 0; say again; sleep 0
        a: spawn b; say first
        b: say second
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a > gives way
    2 0ms a: spawn b, say "first" > returned None
    2 0ms main: say "again" > gives way
    3 0ms b: say "second" > returned None
    3 0ms main > returned None
    ends
    "#);
}

#[test]
fn sleepers_wake_in_deadline_order() {
    assert_snapshot!(trace_of("
        main: spawn slow fast; gather slow fast
        slow: sleep 20
        fast: sleep 10
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn slow, spawn fast, Gather has slow, Gather has fast > waits for Gather
    2 0ms slow > sleeps 0.02
    2 0ms fast > sleeps 0.01
    2 10ms outside: Idle clock
    3 10ms sleep over: wake fast > done
    4 10ms fast: schedule [gather] > returned None
    5 10ms [gather] > done
    5 20ms outside: Idle clock
    6 20ms sleep over: wake slow > done
    7 20ms slow: schedule [gather] > returned None
    8 20ms [gather]: Gather settled, wake main > done
    9 20ms main: say "[None, None]" > returned None
    ends
    "#);
}

#[test]
fn timers_of_one_instant_fire_in_the_order_in_which_they_were_set() {
    assert_snapshot!(trace_of("
        main: spawn a b c; gather a b c
        a: sleep 10; sleep 20
        b: sleep 30
        c: sleep 20; sleep 10
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, spawn c, Gather has a, Gather has b, Gather has c > waits for Gather
    2 0ms a > sleeps 0.01
    2 0ms b > sleeps 0.03
    2 0ms c > sleeps 0.02
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a > sleeps 0.02
    4 20ms outside: Idle clock
    5 20ms sleep over: wake c > done
    6 20ms c > sleeps 0.01
    6 30ms outside: Idle clock
    7 30ms sleep over: wake b > done
    7 30ms sleep over: wake a > done
    7 30ms sleep over: wake c > done
    8 30ms b: schedule [gather] > returned None
    8 30ms a: schedule [gather] > returned None
    8 30ms c: schedule [gather] > returned None
    9 30ms [gather] > done
    9 30ms [gather] > done
    9 30ms [gather]: Gather settled, wake main > done
    10 30ms main: say "[None, None, None]" > returned None
    ends
    "#);
}

/// `CPython` runs what was ready before first: a due timer joins the end of the queue.
#[test]
fn a_timer_that_is_due_queues_up_behind_what_is_ready() {
    assert_snapshot!(trace_of("
        main: spawn a b; gather a b
        a: sleep 10; say a
        b: block 10; sleep 0; say b
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, Gather has a, Gather has b > waits for Gather
    2 0ms a > sleeps 0.01
    2 10ms b: Blocking clock > gives way
    3 10ms b: say "b", schedule [gather] > returned None
    3 10ms sleep over: wake a > done
    4 10ms [gather] > done
    4 10ms a: say "a", schedule [gather] > returned None
    5 10ms [gather]: Gather settled, wake main > done
    6 10ms main: say "[None, None]" > returned None
    ends
    "#);
}

#[test]
fn sleeping_for_nothing_gives_way_without_a_timer() {
    assert_snapshot!(trace_of("
        main: spawn a; sleep 0; say main
        a: say a
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a > gives way
    2 0ms a: say "a" > returned None
    2 0ms main: say "main" > returned None
    ends
    "#);
}

#[test]
fn a_sleep_that_is_cancelled_drops_its_timer() {
    assert_snapshot!(trace_of("
        main: spawn a; sleep 5; cancel a; sleep 30
        a: sleep 10
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a > sleeps 0.005
    2 0ms a > sleeps 0.01
    2 5ms outside: Idle clock
    3 5ms sleep over: wake main > done
    4 5ms main: wake a, cancel a > sleeps 0.03
    5 5ms a: CancelledError, drop sleep over > cancelled CancelledError()
    5 35ms outside: Idle clock
    6 35ms sleep over: wake main > done
    7 35ms main > returned None
    ends
    "#);
}

#[test]
fn blocking_holds_up_everybody() {
    assert_snapshot!(trace_of("
        main: spawn a; sleep 10; say late
        a: block 50
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a > sleeps 0.01
    2 50ms a: Blocking clock > returned None
    3 50ms sleep over: wake main > done
    4 50ms main: say "late" > returned None
    ends
    "#);
}

#[test]
fn overdue_timers_fire_by_deadline_in_one_turn() {
    assert_snapshot!(trace_of("
        main: spawn a b c; gather a b c
        a: sleep 20; say a
        b: sleep 10; say b
        c: block 30; say c
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, spawn c, Gather has a, Gather has b, Gather has c > waits for Gather
    2 0ms a > sleeps 0.02
    2 0ms b > sleeps 0.01
    2 30ms c: Blocking clock, say "c", schedule [gather] > returned None
    3 30ms [gather] > done
    3 30ms sleep over: wake b > done
    3 30ms sleep over: wake a > done
    4 30ms b: say "b", schedule [gather] > returned None
    4 30ms a: say "a", schedule [gather] > returned None
    5 30ms [gather] > done
    5 30ms [gather]: Gather settled, wake main > done
    6 30ms main: say "[None, None, None]" > returned None
    ends
    "#);
}
