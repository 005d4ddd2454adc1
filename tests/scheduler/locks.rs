//! Mutual exclusion: fairness, handing over, and waiters that are cancelled.

use insta::assert_snapshot;

use crate::trace_of;

#[test]
fn waiters_get_the_lock_first_come_first_served() {
    assert_snapshot!(trace_of("
        lock L
        main: spawn a b c; gather a b c
        a: acquire L; sleep 10; release L
        b: acquire L; say b; release L
        c: acquire L; say c; release L
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, spawn c, Gather has a, Gather has b, Gather has c > waits for Gather
    2 0ms a: L acquired > sleeps 0.01
    2 0ms b > waits for L
    2 0ms c > waits for L
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: L released, wake b, schedule [gather] > returned None
    5 10ms b: L acquired, say "b", L released, wake c, schedule [gather] > returned None
    5 10ms [gather] > done
    6 10ms c: L acquired, say "c", L released, schedule [gather] > returned None
    6 10ms [gather] > done
    7 10ms [gather]: Gather settled, wake main > done
    8 10ms main: say "[None, None, None]" > returned None
    ends
    "#);
}

/// Between the release and the step of the waiter the lock is free, but nobody may overtake.
#[test]
fn a_newcomer_does_not_overtake_a_waiter_that_is_woken() {
    assert_snapshot!(trace_of("
        lock L
        main: spawn a b; gather a b
        a: acquire L; sleep 10; release L; acquire L; say a again; release L
        b: acquire L; say b; release L
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, Gather has a, Gather has b > waits for Gather
    2 0ms a: L acquired > sleeps 0.01
    2 0ms b > waits for L
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: L released, wake b > waits for L
    5 10ms b: L acquired, say "b", L released, wake a, schedule [gather] > returned None
    6 10ms a: L acquired, say "a again", L released, schedule [gather] > returned None
    6 10ms [gather] > done
    7 10ms [gather]: Gather settled, wake main > done
    8 10ms main: say "[None, None]" > returned None
    ends
    "#);
}

#[test]
fn a_cancelled_waiter_leaves_the_line() {
    assert_snapshot!(trace_of("
        lock L
        main: spawn a b c; sleep 5; cancel b; gather! a b c
        a: acquire L; sleep 10; release L
        b: acquire L
        c: acquire L; say c
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, spawn c > sleeps 0.005
    2 0ms a: L acquired > sleeps 0.01
    2 0ms b > waits for L
    2 0ms c > waits for L
    2 5ms outside: Idle clock
    3 5ms sleep over: wake main > done
    4 5ms main: wake b, cancel b, Gather has a, Gather has b, Gather has c > waits for Gather
    5 5ms b: CancelledError, schedule [gather] > cancelled CancelledError()
    6 5ms [gather] > done
    6 10ms outside: Idle clock
    7 10ms sleep over: wake a > done
    8 10ms a: L released, wake c, schedule [gather] > returned None
    9 10ms c: L acquired, say "c", schedule [gather] > returned None
    9 10ms [gather] > done
    10 10ms [gather]: Gather settled, wake main > done
    11 10ms main: say "[None, CancelledError(''), None]" > returned None
    ends
    "#);
}

/// b is chosen by the release and cancelled in the same step: it passes the lock on to c.
#[test]
fn chosen_then_cancelled_passes_the_lock_on() {
    assert_snapshot!(trace_of("
        lock L
        main: spawn a b c; gather! a b c
        a: acquire L; sleep 10; release L; cancel b
        b: acquire L; say never
        c: acquire L; say c
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, spawn c, Gather has a, Gather has b, Gather has c > waits for Gather
    2 0ms a: L acquired > sleeps 0.01
    2 0ms b > waits for L
    2 0ms c > waits for L
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: L released, wake b, cancel b, schedule [gather] > returned None
    5 10ms b: CancelledError, wake c, schedule [gather] > cancelled CancelledError()
    5 10ms [gather] > done
    6 10ms c: L acquired, say "c", schedule [gather] > returned None
    6 10ms [gather] > done
    7 10ms [gather]: Gather settled, wake main > done
    8 10ms main: say "[None, CancelledError(''), None]" > returned None
    ends
    "#);
}

/// The newcomer finds the lock free and only cancelled waiters before it.
#[test]
fn a_newcomer_may_overtake_waiters_that_were_cancelled() {
    assert_snapshot!(trace_of("
        lock L
        main: acquire L; spawn a; sleep 0; cancel a; release L; acquire L; say mine; gather! a
        a: acquire L
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: L acquired, spawn a > gives way
    2 0ms a > waits for L
    2 0ms main: wake a, cancel a, L released, L acquired, say "mine", Gather has a > waits for Gather
    3 0ms a: CancelledError, schedule [gather] > cancelled CancelledError()
    4 0ms [gather]: Gather settled, wake main > done
    5 0ms main: say "[CancelledError('')]" > returned None
    ends
    "#);
}

#[test]
fn a_swallowed_cancel_leaves_the_lock_free_for_the_next() {
    assert_snapshot!(trace_of("
        lock L
        main: spawn a b; sleep 0; cancel b; gather! a b
        a: acquire L; sleep 10; release L
        b: try { acquire L } cancelled { say gone }; acquire L; say b
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > gives way
    2 0ms a: L acquired > sleeps 0.01
    2 0ms b > waits for L
    2 0ms main: wake b, cancel b, Gather has a, Gather has b > waits for Gather
    3 0ms b: CancelledError, say "gone" > waits for L
    3 10ms outside: Idle clock
    4 10ms sleep over: wake a > done
    5 10ms a: L released, wake b, schedule [gather] > returned None
    6 10ms b: L acquired, say "b", schedule [gather] > returned None
    6 10ms [gather] > done
    7 10ms [gather]: Gather settled, wake main > done
    8 10ms main: say "[None, None]" > returned None
    ends
    "#);
}

#[test]
fn releasing_a_free_lock_fails() {
    assert_snapshot!(trace_of("
        lock L
        main: release L
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main > raised RuntimeError()
    ends with RuntimeError()
    "#);
}

#[test]
fn two_tasks_that_each_hold_what_the_other_wants_are_reported() {
    assert_snapshot!(trace_of("
        lock A
        lock B
        main: spawn one two; gather one two
        one: acquire A; sleep 10; acquire B
        two: acquire B; sleep 10; acquire A
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn one, spawn two, Gather has one, Gather has two > waits for Gather
    2 0ms one: A acquired > sleeps 0.01
    2 0ms two: B acquired > sleeps 0.01
    2 10ms outside: Idle clock
    3 10ms sleep over: wake one > done
    3 10ms sleep over: wake two > done
    4 10ms one > waits for B
    4 10ms two > waits for A
    deadlock of main, one, two
    "#);
}
