//! Waiting for a notification: woken waiters take the lock again, one after the other.

use insta::assert_snapshot;

use crate::trace_of;

#[test]
fn notify_wakes_as_many_as_asked_and_they_take_the_lock_in_turn() {
    assert_snapshot!(trace_of("
        condition C
        main: spawn a b c; sleep 10; acquire C; notify C 2; release C; sleep 10; acquire C; notify C 2; release C; gather a b c
        a: acquire C; wait C; say a; release C
        b: acquire C; wait C; say b; sleep 5; release C
        c: acquire C; wait C; say c; release C
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, spawn c > sleeps 0.01
    2 0ms a: C acquired, C released > waits for C
    2 0ms b: C acquired, C released > waits for C
    2 0ms c: C acquired, C released > waits for C
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main: C acquired, wake a, wake b, C notifies 2, C released > sleeps 0.01
    5 10ms a: C acquired, say "a", C released > returned None
    5 10ms b: C acquired, say "b" > sleeps 0.005
    5 15ms outside: Idle clock
    6 15ms sleep over: wake b > done
    7 15ms b: C released > returned None
    7 20ms outside: Idle clock
    8 20ms sleep over: wake main > done
    9 20ms main: C acquired, wake c, C notifies 1, C released, Gather has a, Gather has b, Gather has c > waits for Gather
    10 20ms c: C acquired, say "c", C released, schedule [gather] > returned None
    11 20ms [gather]: Gather settled, wake main > done
    12 20ms main: say "[None, None, None]" > returned None
    ends
    "#);
}

#[test]
fn waiting_without_the_lock_fails() {
    assert_snapshot!(trace_of("
        condition C
        main: try { wait C } failed { say refused }; try { notify C 1 } failed { say refused again }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: say "refused", say "refused again" > returned None
    ends
    "#);
}

#[test]
fn a_cancelled_waiter_takes_the_lock_back_before_it_raises() {
    assert_snapshot!(trace_of("
        condition C
        main: spawn a; sleep 5; acquire C; cancel a; sleep 5; release C; gather! a
        a: acquire C; try { wait C } finally { release C }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a > sleeps 0.005
    2 0ms a: C acquired, C released > waits for C
    2 5ms outside: Idle clock
    3 5ms sleep over: wake main > done
    4 5ms main: C acquired, wake a, cancel a > sleeps 0.005
    5 5ms a: CancelledError > waits for C
    5 10ms outside: Idle clock
    6 10ms sleep over: wake main > done
    7 10ms main: C released, wake a, Gather has a > waits for Gather
    8 10ms a: C acquired, C notifies 0, C released, schedule [gather] > cancelled CancelledError()
    9 10ms [gather]: Gather settled, wake main > done
    10 10ms main: say "[CancelledError('')]" > returned None
    ends
    "#);
}

/// a was notified and cancelled in one step: it hands the notification on to b.
#[test]
fn chosen_then_cancelled_notifies_the_next() {
    assert_snapshot!(trace_of("
        condition C
        main: spawn a b; sleep 10; acquire C; notify C 1; cancel a; release C; gather! a b
        a: acquire C; try { wait C } finally { release C }
        b: acquire C; wait C; say b; release C
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > sleeps 0.01
    2 0ms a: C acquired, C released > waits for C
    2 0ms b: C acquired, C released > waits for C
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main: C acquired, wake a, C notifies 1, cancel a, C released, Gather has a, Gather has b > waits for Gather
    5 10ms a: CancelledError, C acquired, wake b, C notifies 1, C released, schedule [gather] > cancelled CancelledError()
    6 10ms b: C acquired, say "b", C released, schedule [gather] > returned None
    6 10ms [gather] > done
    7 10ms [gather]: Gather settled, wake main > done
    8 10ms main: say "[CancelledError(''), None]" > returned None
    ends
    "#);
}

#[test]
fn cancelled_while_taking_the_lock_back_keeps_trying() {
    assert_snapshot!(trace_of("
        condition C
        main: spawn a; sleep 10; acquire C; notify C 1; sleep 5; cancel a; sleep 5; cancel a again; release C; gather! a
        a: acquire C; try { wait C } finally { say has the lock; release C }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a > sleeps 0.01
    2 0ms a: C acquired, C released > waits for C
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main: C acquired, wake a, C notifies 1 > sleeps 0.005
    5 10ms a > waits for C
    5 15ms outside: Idle clock
    6 15ms sleep over: wake main > done
    7 15ms main: wake a, cancel a > sleeps 0.005
    8 15ms a: CancelledError > waits for C
    8 20ms outside: Idle clock
    9 20ms sleep over: wake main > done
    10 20ms main: wake a, cancel a, C released, Gather has a > waits for Gather
    11 20ms a: CancelledError, C acquired, C notifies 0, say "has the lock", C released, schedule [gather] > cancelled CancelledError('again')
    12 20ms [gather]: Gather settled, wake main > done
    13 20ms main: say "[CancelledError('')]" > returned None
    ends
    "#);
}
