//! Several primitives in each other.

use insta::assert_snapshot;

use crate::trace_of;

#[test]
fn a_timeout_around_a_lock_leaves_the_line() {
    assert_snapshot!(trace_of("
        lock L
        main: spawn a b c; gather! a b c
        a: acquire L; sleep 20; release L
        b: try { timeout 10 { acquire L } } failed { say b gives up }
        c: acquire L; say c; release L
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, spawn c, Gather has a, Gather has b, Gather has c > waits for Gather
    2 0ms a: L acquired > sleeps 0.02
    2 0ms b: set timer timeout of b > waits for L
    2 0ms c > waits for L
    2 10ms outside: Idle clock
    3 10ms timeout of b: wake b, cancel b > done
    4 10ms b: CancelledError, uncancel to 0, say "b gives up", schedule [gather] > returned None
    5 10ms [gather] > done
    5 20ms outside: Idle clock
    6 20ms sleep over: wake a > done
    7 20ms a: L released, wake c, schedule [gather] > returned None
    8 20ms c: L acquired, say "c", L released, schedule [gather] > returned None
    8 20ms [gather] > done
    9 20ms [gather]: Gather settled, wake main > done
    10 20ms main: say "[None, None, None]" > returned None
    ends
    "#);
}

#[test]
fn producer_and_consumer() {
    assert_snapshot!(trace_of("
        queue Q 2
        main: spawn p c; join Q; cancel c; gather! p c
        p: put Q 1; put Q 2; put Q 3; put Q 4
        c: get Q; sleep 10; finish Q; get Q; sleep 10; finish Q; get Q; sleep 10; finish Q; get Q; sleep 10; finish Q; get Q
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn p, spawn c, cancel c, Gather has p, Gather has c > waits for Gather
    2 0ms p: Q takes in 1, Q takes in 2 > waits to put 3 into Q
    2 0ms c: CancelledError, schedule [gather] > cancelled CancelledError()
    3 0ms [gather] > done
    deadlock of main, p
    "#);
}

#[test]
fn a_group_around_workers_of_a_queue() {
    assert_snapshot!(trace_of("
        queue Q 1
        main: group { child p; child c }
        p: put Q 1; put Q 2; shutdown Q
        c: get Q; get Q; get Q
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn p, TaskGroup has p, spawn c, TaskGroup has c > waits for TaskGroup
    2 0ms p: Q takes in 1 > waits to put 2 into Q
    2 0ms c: Q gives out #0, wake p, say "1" > waits for Q
    3 0ms p: Q takes in 2, wake c, Q closed, schedule [TaskGroup] > returned None
    4 0ms c: Q gives out #0, say "2", schedule [TaskGroup] > raised QueueShutDown()
    4 0ms [TaskGroup] > done
    5 0ms [TaskGroup]: wake main, cancel main > done
    6 0ms main: CancelledError, TaskGroup settled, uncancel to 0 > raised ExceptionGroup('unhandled errors in a TaskGroup', [QueueShutDown()])
    ends with ExceptionGroup('unhandled errors in a TaskGroup', [QueueShutDown()])
    "#);
}

#[test]
fn waiting_for_a_task_that_waits_for_nothing_is_a_deadlock_of_all() {
    assert_snapshot!(trace_of("
        event E
        lock L
        main: spawn a b; gather a b
        a: acquire L; wait E
        b: acquire L
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, Gather has a, Gather has b > waits for Gather
    2 0ms a: L acquired > waits for E
    2 0ms b > waits for L
    deadlock of main, a, b
    "#);
}
