//! Permits: promised to a waiter at the release, returned when it is cancelled.

use insta::assert_snapshot;

use crate::trace_of;

#[test]
fn permits_go_to_waiters_in_order() {
    assert_snapshot!(trace_of("
        semaphore S 2
        main: spawn a b c d; gather a b c d
        a: acquire S; sleep 10; release S
        b: acquire S; sleep 10; release S
        c: acquire S; say c; release S
        d: acquire S; say d; release S
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, spawn c, spawn d, Gather has a, Gather has b, Gather has c, Gather has d > waits for Gather
    2 0ms a: S acquired > sleeps 0.01
    2 0ms b: S acquired > sleeps 0.01
    2 0ms c > waits for S
    2 0ms d > waits for S
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    3 10ms sleep over: wake b > done
    4 10ms a: S released, wake c, S reserved, schedule [gather] > returned None
    4 10ms b: S released, wake d, S reserved, schedule [gather] > returned None
    5 10ms c: S unreserved, S acquired, say "c", S released, schedule [gather] > returned None
    5 10ms [gather] > done
    5 10ms d: S unreserved, S acquired, say "d", S released, schedule [gather] > returned None
    5 10ms [gather] > done
    6 10ms [gather] > done
    6 10ms [gather]: Gather settled, wake main > done
    7 10ms main: say "[None, None, None, None]" > returned None
    ends
    "#);
}

/// The permit is promised to b at the release, so a, which comes again at once, queues up.
#[test]
fn a_promised_permit_cannot_be_stolen() {
    assert_snapshot!(trace_of("
        semaphore S 1
        main: spawn a b; gather a b
        a: acquire S; sleep 10; release S; acquire S; say a again; release S
        b: acquire S; say b; release S
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, Gather has a, Gather has b > waits for Gather
    2 0ms a: S acquired > sleeps 0.01
    2 0ms b > waits for S
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: S released, wake b, S reserved > waits for S
    5 10ms b: S unreserved, S acquired, say "b", S released, wake a, S reserved, schedule [gather] > returned None
    6 10ms a: S unreserved, S acquired, say "a again", S released, schedule [gather] > returned None
    6 10ms [gather] > done
    7 10ms [gather]: Gather settled, wake main > done
    8 10ms main: say "[None, None]" > returned None
    ends
    "#);
}

#[test]
fn chosen_then_cancelled_returns_the_permit_to_the_next() {
    assert_snapshot!(trace_of("
        semaphore S 1
        main: spawn a b c; gather! a b c
        a: acquire S; sleep 10; release S; cancel b
        b: acquire S; say never
        c: acquire S; say c
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, spawn c, Gather has a, Gather has b, Gather has c > waits for Gather
    2 0ms a: S acquired > sleeps 0.01
    2 0ms b > waits for S
    2 0ms c > waits for S
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: S released, wake b, S reserved, cancel b, schedule [gather] > returned None
    5 10ms b: CancelledError, S unreserved, wake c, S reserved, schedule [gather] > cancelled CancelledError()
    5 10ms [gather] > done
    6 10ms c: S unreserved, S acquired, say "c", schedule [gather] > returned None
    6 10ms [gather] > done
    7 10ms [gather]: Gather settled, wake main > done
    8 10ms main: say "[None, CancelledError(''), None]" > returned None
    ends
    "#);
}

#[test]
fn a_cancelled_waiter_takes_no_permit() {
    assert_snapshot!(trace_of("
        semaphore S 1
        main: spawn a b c; sleep 5; cancel b; gather! a b c
        a: acquire S; sleep 10; release S
        b: acquire S
        c: acquire S; say c
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, spawn c > sleeps 0.005
    2 0ms a: S acquired > sleeps 0.01
    2 0ms b > waits for S
    2 0ms c > waits for S
    2 5ms outside: Idle clock
    3 5ms sleep over: wake main > done
    4 5ms main: wake b, cancel b, Gather has a, Gather has b, Gather has c > waits for Gather
    5 5ms b: CancelledError, schedule [gather] > cancelled CancelledError()
    6 5ms [gather] > done
    6 10ms outside: Idle clock
    7 10ms sleep over: wake a > done
    8 10ms a: S released, wake c, S reserved, schedule [gather] > returned None
    9 10ms c: S unreserved, S acquired, say "c", schedule [gather] > returned None
    9 10ms [gather] > done
    10 10ms [gather]: Gather settled, wake main > done
    11 10ms main: say "[None, CancelledError(''), None]" > returned None
    ends
    "#);
}

#[test]
fn a_bounded_semaphore_counts_its_releases() {
    assert_snapshot!(trace_of("
        bounded S 1
        main: acquire S; release S; try { release S } failed { say refused }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: S acquired, S released, say "refused" > returned None
    ends
    "#);
}

#[test]
fn an_unbounded_semaphore_grows() {
    assert_snapshot!(trace_of("
        semaphore S 0
        main: release S; release S; acquire S; acquire S; say both
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: S released, S released, S acquired, S acquired, say "both" > returned None
    ends
    "#);
}
