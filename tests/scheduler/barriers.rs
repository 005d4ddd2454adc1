//! Meeting: tasks leave a full barrier one by one, through its lock.

use insta::assert_snapshot;

use crate::trace_of;

#[test]
fn the_last_to_come_opens_the_barrier() {
    assert_snapshot!(trace_of("
        barrier B 2
        main: spawn a b; gather a b
        a: meet B; say a
        b: sleep 10; meet B; say b
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, Gather has a, Gather has b > waits for Gather
    2 0ms a: B acquired, B holds 1, B released > waits for B
    2 0ms b > sleeps 0.01
    2 10ms outside: Idle clock
    3 10ms sleep over: wake b > done
    4 10ms b: B acquired, B holds 2, wake a, B notifies 1, B holds 1, B released, say "1", say "b", schedule [gather] > returned None
    5 10ms a: B acquired, B holds 0, B notifies 0, B released, say "0", say "a", schedule [gather] > returned None
    5 10ms [gather] > done
    6 10ms [gather]: Gather settled, wake main > done
    7 10ms main: say "[None, None]" > returned None
    ends
    "#);
}

/// c comes while the others leave, and waits outside.
#[test]
fn whoever_comes_while_the_barrier_drains_waits_for_the_next_round() {
    assert_snapshot!(trace_of("
        barrier B 2
        main: spawn a b c; gather a b c
        a: meet B
        b: meet B
        c: meet B; say never
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, spawn c, Gather has a, Gather has b, Gather has c > waits for Gather
    2 0ms a: B acquired, B holds 1, B released > waits for B
    2 0ms b: B acquired, B holds 2, wake a, B notifies 1, B holds 1, B released, say "1", schedule [gather] > returned None
    2 0ms c: B acquired, B released > waits for B
    3 0ms a: B acquired, B holds 0, wake c, B notifies 1, B released, say "0", schedule [gather] > returned None
    3 0ms [gather] > done
    4 0ms c: B acquired, B holds 1, B released > waits for B
    4 0ms [gather] > done
    deadlock of main, c
    "#);
}

#[test]
fn abort_breaks_the_barrier_until_it_is_reset() {
    assert_snapshot!(trace_of("
        barrier B 3
        main: spawn a b; sleep 10; abort B; gather! a b; try { meet B } failed { say broken }; reset B; try { timeout 5 { meet B } } failed { say late }
        a: meet B
        b: meet B
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > sleeps 0.01
    2 0ms a: B acquired, B holds 1, B released > waits for B
    2 0ms b: B acquired, B holds 2, B released > waits for B
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main: B acquired, B closed, wake a, wake b, B notifies 2, B released, Gather has a, Gather has b > waits for Gather
    5 10ms a: B acquired, B holds 1, B released, schedule [gather] > raised BrokenBarrierError()
    5 10ms b: B acquired, B holds 0, B notifies 0, B released, schedule [gather] > raised BrokenBarrierError()
    6 10ms [gather] > done
    6 10ms [gather]: Gather settled, wake main > done
    7 10ms main: say "[BrokenBarrierError(), BrokenBarrierError()]", B acquired, B released, say "broken", B acquired, B holds 0, B notifies 0, B released, set timer timeout of main, B acquired, B holds 1, B released > waits for B
    7 15ms outside: Idle clock
    8 15ms timeout of main: wake main, cancel main > done
    9 15ms main: CancelledError, B acquired, B notifies 0, B holds 0, B notifies 0, B released, uncancel to 0, say "late" > returned None
    ends
    "#);
}

#[test]
fn reset_fails_those_inside() {
    assert_snapshot!(trace_of("
        barrier B 2
        main: spawn a; sleep 10; reset B; gather! a
        a: meet B
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a > sleeps 0.01
    2 0ms a: B acquired, B holds 1, B released > waits for B
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main: B acquired, B holds 1, wake a, B notifies 1, B released, Gather has a > waits for Gather
    5 10ms a: B acquired, B holds 0, B notifies 0, B released, schedule [gather] > raised BrokenBarrierError()
    6 10ms [gather]: Gather settled, wake main > done
    7 10ms main: say "[BrokenBarrierError()]" > returned None
    ends
    "#);
}

#[test]
fn a_cancelled_party_no_longer_counts() {
    assert_snapshot!(trace_of("
        barrier B 2
        main: spawn a b; sleep 10; cancel a; sleep 10; spawn c; gather! a b c
        a: meet B
        b: sleep 15; meet B
        c: meet B
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > sleeps 0.01
    2 0ms a: B acquired, B holds 1, B released > waits for B
    2 0ms b > sleeps 0.015
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main: wake a, cancel a > sleeps 0.01
    5 10ms a: CancelledError, B acquired, B notifies 0, B holds 0, B notifies 0, B released > cancelled CancelledError()
    5 15ms outside: Idle clock
    6 15ms sleep over: wake b > done
    7 15ms b: B acquired, B holds 1, B released > waits for B
    7 20ms outside: Idle clock
    8 20ms sleep over: wake main > done
    9 20ms main: spawn c, Gather has a, Gather has b, Gather has c > waits for Gather
    10 20ms c: B acquired, B holds 2, wake b, B notifies 1, B holds 1, B released, say "1", schedule [gather] > returned None
    11 20ms b: B acquired, B holds 0, B notifies 0, B released, say "0", schedule [gather] > returned None
    11 20ms [gather] > done
    12 20ms [gather]: Gather settled, wake main > done
    13 20ms main: say "[CancelledError(''), None, None]" > returned None
    ends
    "#);
}
