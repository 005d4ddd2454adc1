//! `TaskGroup`: children end before their parent goes on.

use insta::assert_snapshot;

use crate::trace_of;

#[test]
fn the_block_is_left_when_all_children_have_ended() {
    assert_snapshot!(trace_of("
        main: group { child a; child b; say in }; say out
        a: sleep 10
        b: sleep 20
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, TaskGroup has a, spawn b, TaskGroup has b, say "in" > waits for TaskGroup
    2 0ms a > sleeps 0.01
    2 0ms b > sleeps 0.02
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: schedule [TaskGroup] > returned None
    5 10ms [TaskGroup] > done
    5 20ms outside: Idle clock
    6 20ms sleep over: wake b > done
    7 20ms b: schedule [TaskGroup] > returned None
    8 20ms [TaskGroup]: wake main > done
    9 20ms main: TaskGroup settled, say "out" > returned None
    ends
    "#);
}

#[test]
fn a_group_without_children_does_not_wait() {
    assert_snapshot!(trace_of("
        main: group { say in }; say out
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: say "in", TaskGroup settled, say "out" > returned None
    ends
    "#);
}

#[test]
fn the_first_child_that_fails_stops_the_others() {
    assert_snapshot!(trace_of("
        main: try { group { child a; child b } } failed { say failed }; sleep 10; say fine
        a: sleep 10; raise ValueError
        b: try { sleep 20 } finally { say b }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, TaskGroup has a, spawn b, TaskGroup has b > waits for TaskGroup
    2 0ms a > sleeps 0.01
    2 0ms b > sleeps 0.02
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: schedule [TaskGroup] > raised ValueError()
    5 10ms [TaskGroup]: wake b, cancel b, wake main, cancel main > done
    6 10ms b: CancelledError, drop sleep over, say "b", schedule [TaskGroup] > cancelled CancelledError()
    6 10ms main: CancelledError > waits for TaskGroup
    7 10ms [TaskGroup]: wake main > done
    8 10ms main: TaskGroup settled, uncancel to 0, say "failed" > sleeps 0.01
    8 20ms outside: Idle clock
    9 20ms sleep over: wake main > done
    10 20ms main: say "fine" > returned None
    ends
    "#);
}

/// The parent is stopped inside the block; the request is taken back at the exit.
#[test]
fn a_child_that_fails_stops_the_block_too() {
    assert_snapshot!(trace_of("
        main: try { group { child a; sleep 50; say never } } failed { say failed }; sleep 10; say fine
        a: sleep 10; raise ValueError
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, TaskGroup has a > sleeps 0.05
    2 0ms a > sleeps 0.01
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: schedule [TaskGroup] > raised ValueError()
    5 10ms [TaskGroup]: wake main, cancel main > done
    6 10ms main: CancelledError, drop sleep over, TaskGroup settled, uncancel to 0, say "failed" > sleeps 0.01
    6 20ms outside: Idle clock
    7 20ms sleep over: wake main > done
    8 20ms main: say "fine" > returned None
    ends
    "#);
}

#[test]
fn a_block_that_fails_stops_the_children_and_its_error_joins_the_group() {
    assert_snapshot!(trace_of("
        main: group { child a; sleep 5; raise ValueError }
        a: try { sleep 20 } cancelled { raise OSError }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, TaskGroup has a > sleeps 0.005
    2 0ms a > sleeps 0.02
    2 5ms outside: Idle clock
    3 5ms sleep over: wake main > done
    4 5ms main: wake a, cancel a > waits for TaskGroup
    5 5ms a: CancelledError, drop sleep over, schedule [TaskGroup] > raised OSError()
    6 5ms [TaskGroup]: wake main > done
    7 5ms main: TaskGroup settled > raised ExceptionGroup('unhandled errors in a TaskGroup', [OSError(), ValueError()])
    ends with ExceptionGroup('unhandled errors in a TaskGroup', [OSError(), ValueError()])
    "#);
}

#[test]
fn cancelling_the_parent_in_the_block_cancels_the_children() {
    assert_snapshot!(trace_of("
        main: spawn p; sleep 5; cancel p; gather! p
        p: group { child a; sleep 50 }
        a: try { sleep 20 } finally { say a }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn p > sleeps 0.005
    2 0ms p: spawn a, TaskGroup has a > sleeps 0.05
    3 0ms a > sleeps 0.02
    3 5ms outside: Idle clock
    4 5ms sleep over: wake main > done
    5 5ms main: wake p, cancel p, Gather has p > waits for Gather
    6 5ms p: CancelledError, drop sleep over, wake a, cancel a > waits for TaskGroup
    7 5ms a: CancelledError, drop sleep over, say "a", schedule [TaskGroup] > cancelled CancelledError()
    8 5ms [TaskGroup]: wake p > done
    9 5ms p: TaskGroup settled, schedule [gather] > cancelled CancelledError()
    10 5ms [gather]: Gather settled, wake main > done
    11 5ms main: say "[CancelledError('')]" > returned None
    ends
    "#);
}

#[test]
fn cancelling_the_parent_at_the_exit_cancels_the_children() {
    assert_snapshot!(trace_of("
        main: spawn p; sleep 5; cancel p; gather! p
        p: group { child a }
        a: try { sleep 20 } finally { sleep 10; say a }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn p > sleeps 0.005
    2 0ms p: spawn a, TaskGroup has a > waits for TaskGroup
    3 0ms a > sleeps 0.02
    3 5ms outside: Idle clock
    4 5ms sleep over: wake main > done
    5 5ms main: wake p, cancel p, Gather has p > waits for Gather
    6 5ms p: CancelledError, wake a, cancel a > waits for TaskGroup
    7 5ms a: CancelledError, drop sleep over > sleeps 0.01
    7 15ms outside: Idle clock
    8 15ms sleep over: wake a > done
    9 15ms a: say "a", schedule [TaskGroup] > cancelled CancelledError()
    10 15ms [TaskGroup]: wake p > done
    11 15ms p: TaskGroup settled, schedule [gather] > cancelled CancelledError()
    12 15ms [gather]: Gather settled, wake main > done
    13 15ms main: say "[CancelledError('')]" > returned None
    ends
    "#);
}

/// Cancelled from outside while a child fails: the errors come out, and the request is made again.
#[test]
fn a_request_from_outside_outlives_the_errors() {
    assert_snapshot!(trace_of("
        main: spawn p; sleep 10; cancel p; gather! p
        p: try { group { child a } } failed { say failed }; sleep 10; say never
        a: try { sleep 20 } cancelled { raise ValueError }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn p > sleeps 0.01
    2 0ms p: spawn a, TaskGroup has a > waits for TaskGroup
    3 0ms a > sleeps 0.02
    3 10ms outside: Idle clock
    4 10ms sleep over: wake main > done
    5 10ms main: wake p, cancel p, Gather has p > waits for Gather
    6 10ms p: CancelledError, wake a, cancel a > waits for TaskGroup
    7 10ms a: CancelledError, drop sleep over, schedule [TaskGroup] > raised ValueError()
    8 10ms [TaskGroup]: wake p > done
    9 10ms p: TaskGroup settled, uncancel to 0, cancel p, say "failed", wake p > sleeps 0.01
    10 10ms p: CancelledError, drop sleep over, schedule [gather] > cancelled CancelledError()
    11 10ms [gather]: Gather settled, wake main > done
    12 10ms main: say "[CancelledError('')]" > returned None
    ends
    "#);
}

#[test]
fn a_cancelled_child_is_no_error() {
    assert_snapshot!(trace_of("
        main: group { child a; sleep 5; cancel a }; say fine
        a: sleep 10
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, TaskGroup has a > sleeps 0.005
    2 0ms a > sleeps 0.01
    2 5ms outside: Idle clock
    3 5ms sleep over: wake main > done
    4 5ms main: wake a, cancel a > waits for TaskGroup
    5 5ms a: CancelledError, drop sleep over, schedule [TaskGroup] > cancelled CancelledError()
    6 5ms [TaskGroup]: wake main > done
    7 5ms main: TaskGroup settled, say "fine" > returned None
    ends
    "#);
}

#[test]
fn no_child_after_the_group_began_to_shut_down() {
    assert_snapshot!(trace_of("
        main: try { group { child a; try { sleep 20 } cancelled { child b } } } failed { say failed }
        a: raise ValueError
        b: say never
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, TaskGroup has a > sleeps 0.02
    2 0ms a: schedule [TaskGroup] > raised ValueError()
    3 0ms [TaskGroup]: wake main, cancel main > done
    4 0ms main: CancelledError, drop sleep over, TaskGroup settled, uncancel to 0, say "failed" > returned None
    ends
    "#);
}

#[test]
fn errors_of_several_children_come_out_together() {
    assert_snapshot!(trace_of("
        main: spawn p; gather! p
        p: group { child a; child b }
        a: sleep 10; raise ValueError
        b: sleep 10; raise OSError
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn p, Gather has p > waits for Gather
    2 0ms p: spawn a, TaskGroup has a, spawn b, TaskGroup has b > waits for TaskGroup
    3 0ms a > sleeps 0.01
    3 0ms b > sleeps 0.01
    3 10ms outside: Idle clock
    4 10ms sleep over: wake a > done
    4 10ms sleep over: wake b > done
    5 10ms a: schedule [TaskGroup] > raised ValueError()
    5 10ms b: schedule [TaskGroup] > raised OSError()
    6 10ms [TaskGroup]: wake p, cancel p > done
    6 10ms [TaskGroup] > done
    7 10ms p: CancelledError, TaskGroup settled, uncancel to 0, schedule [gather] > raised ExceptionGroup('unhandled errors in a TaskGroup', [ValueError(), OSError()])
    8 10ms [gather]: Gather settled, wake main > done
    9 10ms main: say "[ExceptionGroup('unhandled errors in a TaskGroup', [ValueError(), OSError()])]" > returned None
    ends
    "#);
}

#[test]
fn nested_groups_stop_from_the_inside_out() {
    assert_snapshot!(trace_of("
        main: spawn p; gather! p
        p: group { child a; group { child b; sleep 50 } }
        a: sleep 20; say never
        b: sleep 10; raise ValueError
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn p, Gather has p > waits for Gather
    2 0ms p: spawn a, TaskGroup has a, spawn b, TaskGroup has b > sleeps 0.05
    3 0ms a > sleeps 0.02
    3 0ms b > sleeps 0.01
    3 10ms outside: Idle clock
    4 10ms sleep over: wake b > done
    5 10ms b: schedule [TaskGroup] > raised ValueError()
    6 10ms [TaskGroup]: wake p, cancel p > done
    7 10ms p: CancelledError, drop sleep over, TaskGroup settled, uncancel to 0, wake a, cancel a > waits for TaskGroup
    8 10ms a: CancelledError, drop sleep over, schedule [TaskGroup] > cancelled CancelledError()
    9 10ms [TaskGroup]: wake p > done
    10 10ms p: TaskGroup settled, schedule [gather] > raised ExceptionGroup('unhandled errors in a TaskGroup', [ExceptionGroup('unhandled errors in a TaskGroup', [ValueError()])])
    11 10ms [gather]: Gather settled, wake main > done
    12 10ms main: say "[ExceptionGroup('unhandled errors in a TaskGroup', [ExceptionGroup('unhandled errors in a TaskGroup', [ValueError()])])]" > returned None
    ends
    "#);
}
