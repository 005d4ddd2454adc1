//! `gather`, `wait` and `as_completed`.

use insta::assert_snapshot;

use crate::trace_of;

#[test]
fn gather_gives_results_in_the_order_of_its_arguments() {
    assert_snapshot!(trace_of("
        main: spawn a b; gather a b
        a: sleep 20; return 1
        b: sleep 10; return 2
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, Gather has a, Gather has b > waits for Gather
    2 0ms a > sleeps 0.02
    2 0ms b > sleeps 0.01
    2 10ms outside: Idle clock
    3 10ms sleep over: wake b > done
    4 10ms b: schedule [gather] > returned 2
    5 10ms [gather] > done
    5 20ms outside: Idle clock
    6 20ms sleep over: wake a > done
    7 20ms a: schedule [gather] > returned 1
    8 20ms [gather]: Gather settled, wake main > done
    9 20ms main: say "[1, 2]" > returned None
    ends
    "#);
}

#[test]
fn the_first_error_comes_out_and_the_others_go_on() {
    assert_snapshot!(trace_of("
        main: spawn a b c; try { gather a b c } failed { say failed }; sleep 30
        a: sleep 20; say a
        b: sleep 10; raise ValueError
        c: sleep 20; raise OSError
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, spawn c, Gather has a, Gather has b, Gather has c > waits for Gather
    2 0ms a > sleeps 0.02
    2 0ms b > sleeps 0.01
    2 0ms c > sleeps 0.02
    2 10ms outside: Idle clock
    3 10ms sleep over: wake b > done
    4 10ms b: schedule [gather] > raised ValueError()
    5 10ms [gather]: Gather settled, wake main > done
    6 10ms main: say "failed" > sleeps 0.03
    6 20ms outside: Idle clock
    7 20ms sleep over: wake a > done
    7 20ms sleep over: wake c > done
    8 20ms a: say "a", schedule [gather] > returned None
    8 20ms c: schedule [gather] > raised OSError()
    9 20ms [gather] > done
    9 20ms [gather] > done
    9 40ms outside: Idle clock
    10 40ms sleep over: wake main > done
    11 40ms main > returned None
    ends
    "#);
}

#[test]
fn errors_can_be_results() {
    assert_snapshot!(trace_of("
        main: spawn a b; gather! a b
        a: raise ValueError
        b: sleep 10; return 2
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, Gather has a, Gather has b > waits for Gather
    2 0ms a: schedule [gather] > raised ValueError()
    2 0ms b > sleeps 0.01
    3 0ms [gather] > done
    3 10ms outside: Idle clock
    4 10ms sleep over: wake b > done
    5 10ms b: schedule [gather] > returned 2
    6 10ms [gather]: Gather settled, wake main > done
    7 10ms main: say "[ValueError(), 2]" > returned None
    ends
    "#);
}

#[test]
fn cancelling_who_gathers_cancels_every_child() {
    assert_snapshot!(trace_of("
        main: spawn g a b; sleep 10; cancel g; gather! g
        g: gather a b
        a: sleep 20
        b: try { sleep 20 } finally { sleep 5; say b }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn g, spawn a, spawn b > sleeps 0.01
    2 0ms g: Gather has a, Gather has b > waits for Gather
    2 0ms a > sleeps 0.02
    2 0ms b > sleeps 0.02
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main: wake a, cancel a, wake b, cancel b, cancel g, Gather has g > waits for Gather
    5 10ms a: CancelledError, drop sleep over, schedule [gather] > cancelled CancelledError()
    5 10ms b: CancelledError, drop sleep over > sleeps 0.005
    6 10ms [gather]: Gather settled, wake g > done
    7 10ms g: CancelledError, schedule [gather] > cancelled CancelledError()
    8 10ms [gather]: Gather settled, wake main > done
    9 10ms main: say "[CancelledError('')]" > returned None
    ends
    "#);
}

#[test]
fn cancelling_who_gathers_errors_as_results_still_cancels_it() {
    assert_snapshot!(trace_of("
        main: spawn g a b; sleep 10; cancel g why; gather! g
        g: gather! a b
        a: sleep 20
        b: try { sleep 20 } cancelled { say b }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn g, spawn a, spawn b > sleeps 0.01
    2 0ms g: Gather has a, Gather has b > waits for Gather
    2 0ms a > sleeps 0.02
    2 0ms b > sleeps 0.02
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main: wake a, cancel a, wake b, cancel b, cancel g, Gather has g > waits for Gather
    5 10ms a: CancelledError, drop sleep over, schedule [gather] > cancelled CancelledError('why')
    5 10ms b: CancelledError, drop sleep over, say "b", schedule [gather] > returned None
    6 10ms [gather] > done
    6 10ms [gather]: Gather settled, wake g > done
    7 10ms g: CancelledError, schedule [gather] > cancelled CancelledError()
    8 10ms [gather]: Gather settled, wake main > done
    9 10ms main: say "[CancelledError('')]" > returned None
    ends
    "#);
}

/// A child that is cancelled by somebody else is an error of the gather, not its cancellation.
#[test]
fn a_cancelled_child_fails_the_gather() {
    assert_snapshot!(trace_of("
        main: spawn a b; sleep 0; cancel a; try { gather a b } cancelled { say cancelled }; await b
        a: sleep 10
        b: sleep 10; say b
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > gives way
    2 0ms a > sleeps 0.01
    2 0ms b > sleeps 0.01
    2 0ms main: wake a, cancel a, Gather has a, Gather has b > waits for Gather
    3 0ms a: CancelledError, drop sleep over, schedule [gather] > cancelled CancelledError()
    4 0ms [gather]: Gather settled, wake main > done
    5 0ms main: CancelledError, say "cancelled" > awaits b
    5 10ms outside: Idle clock
    6 10ms sleep over: wake b > done
    7 10ms b: say "b", schedule [gather], wake main > returned None
    8 10ms [gather] > done
    8 10ms main > returned None
    ends
    "#);
}

#[test]
fn a_child_given_twice_counts_once_and_appears_twice() {
    assert_snapshot!(trace_of("
        main: spawn a b; gather a b a
        a: sleep 10; return 1
        b: sleep 20; return 2
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, Gather has a, Gather has b > waits for Gather
    2 0ms a > sleeps 0.01
    2 0ms b > sleeps 0.02
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: schedule [gather] > returned 1
    5 10ms [gather] > done
    5 20ms outside: Idle clock
    6 20ms sleep over: wake b > done
    7 20ms b: schedule [gather] > returned 2
    8 20ms [gather]: Gather settled, wake main > done
    9 20ms main: say "[1, 2, 1]" > returned None
    ends
    "#);
}

#[test]
fn children_that_are_done_already_count_at_once() {
    assert_snapshot!(trace_of("
        main: spawn a b; sleep 10; gather a b
        a: return 1
        b: return 2
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > sleeps 0.01
    2 0ms a > returned 1
    2 0ms b > returned 2
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main: Gather has a, Gather has b, Gather settled, say "[1, 2]" > returned None
    ends
    "#);
}

#[test]
fn wait_for_the_first() {
    assert_snapshot!(trace_of("
        main: spawn a b; any a b; all a b
        a: sleep 10
        b: sleep 20
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, Wait has a, Wait has b > waits for Wait
    2 0ms a > sleeps 0.01
    2 0ms b > sleeps 0.02
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: schedule [wait] > returned None
    5 10ms [wait]: wake main > done
    6 10ms main: Wait settled, say "done: a", Wait has a, Wait has b, schedule [wait] > waits for Wait
    7 10ms [wait] > done
    7 20ms outside: Idle clock
    8 20ms sleep over: wake b > done
    9 20ms b: schedule [wait] > returned None
    10 20ms [wait]: wake main > done
    11 20ms main: Wait settled, say "done: a b" > returned None
    ends
    "#);
}

#[test]
fn wait_for_the_first_error() {
    assert_snapshot!(trace_of("
        main: spawn a b c; error a b c; all a b c
        a: sleep 10
        b: sleep 20; raise ValueError
        c: sleep 30
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, spawn c, Wait has a, Wait has b, Wait has c > waits for Wait
    2 0ms a > sleeps 0.01
    2 0ms b > sleeps 0.02
    2 0ms c > sleeps 0.03
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: schedule [wait] > returned None
    5 10ms [wait] > done
    5 20ms outside: Idle clock
    6 20ms sleep over: wake b > done
    7 20ms b: schedule [wait] > raised ValueError()
    8 20ms [wait]: wake main > done
    9 20ms main: Wait settled, say "done: a b", Wait has a, Wait has b, Wait has c, schedule [wait], schedule [wait] > waits for Wait
    10 20ms [wait] > done
    10 20ms [wait] > done
    10 30ms outside: Idle clock
    11 30ms sleep over: wake c > done
    12 30ms c: schedule [wait] > returned None
    13 30ms [wait]: wake main > done
    14 30ms main: Wait settled, say "done: a b c" > returned None
    ends
    "#);
}

#[test]
fn wait_for_an_error_that_does_not_come_waits_for_all() {
    assert_snapshot!(trace_of("
        main: spawn a b; error a b
        a: sleep 10
        b: sleep 20
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, Wait has a, Wait has b > waits for Wait
    2 0ms a > sleeps 0.01
    2 0ms b > sleeps 0.02
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: schedule [wait] > returned None
    5 10ms [wait] > done
    5 20ms outside: Idle clock
    6 20ms sleep over: wake b > done
    7 20ms b: schedule [wait] > returned None
    8 20ms [wait]: wake main > done
    9 20ms main: Wait settled, say "done: a b" > returned None
    ends
    "#);
}

#[test]
fn wait_gives_up_when_the_time_is_over_and_cancels_nothing() {
    assert_snapshot!(trace_of("
        main: spawn a b; all a b within 15; await b
        a: sleep 10
        b: sleep 20; say b
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, Wait has a, Wait has b, set timer timeout of main > waits for Wait
    2 0ms a > sleeps 0.01
    2 0ms b > sleeps 0.02
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: schedule [wait] > returned None
    5 10ms [wait] > done
    5 15ms outside: Idle clock
    6 15ms timeout of main: wake main > done
    7 15ms main: Wait settled, say "done: a" > awaits b
    7 20ms outside: Idle clock
    8 20ms sleep over: wake b > done
    9 20ms b: say "b", wake main > returned None
    10 20ms main > returned None
    ends
    "#);
}

#[test]
fn cancelling_who_waits_leaves_the_tasks_alone() {
    assert_snapshot!(trace_of("
        main: spawn w a; sleep 5; cancel w; gather! w a
        w: all a within 50
        a: sleep 10; say a
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn w, spawn a > sleeps 0.005
    2 0ms w: Wait has a, set timer timeout of w > waits for Wait
    2 0ms a > sleeps 0.01
    2 5ms outside: Idle clock
    3 5ms sleep over: wake main > done
    4 5ms main: wake w, cancel w, Gather has w, Gather has a > waits for Gather
    5 5ms w: CancelledError, Wait settled, drop timeout of w, schedule [gather] > cancelled CancelledError()
    6 5ms [gather] > done
    6 10ms outside: Idle clock
    7 10ms sleep over: wake a > done
    8 10ms a: say "a", schedule [gather] > returned None
    9 10ms [gather]: Gather settled, wake main > done
    10 10ms main: say "[CancelledError(''), None]" > returned None
    ends
    "#);
}

#[test]
fn each_gives_results_in_the_order_of_completion() {
    assert_snapshot!(trace_of("
        main: spawn a b c; each a b c
        a: sleep 20; return 1
        b: sleep 10; return 2
        c: sleep 10; return 3
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, spawn c, AsCompleted has a, AsCompleted has b, AsCompleted has c > waits for AsCompleted
    2 0ms a > sleeps 0.02
    2 0ms b > sleeps 0.01
    2 0ms c > sleeps 0.01
    2 10ms outside: Idle clock
    3 10ms sleep over: wake b > done
    3 10ms sleep over: wake c > done
    4 10ms b: schedule [as_completed] > returned 2
    4 10ms c: schedule [as_completed] > returned 3
    5 10ms [as_completed]: wake main > done
    5 10ms [as_completed] > done
    6 10ms main: say "2", say "3" > waits for AsCompleted
    6 20ms outside: Idle clock
    7 20ms sleep over: wake a > done
    8 20ms a: schedule [as_completed] > returned 1
    9 20ms [as_completed]: wake main, AsCompleted settled > done
    10 20ms main: say "1" > returned None
    ends
    "#);
}

#[test]
fn each_gives_the_tasks_themselves_when_asked_asynchronously() {
    assert_snapshot!(trace_of("
        main: spawn a b; each! a b; say over
        a: sleep 20
        b: sleep 10
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, AsCompleted has a, AsCompleted has b > waits for AsCompleted
    2 0ms a > sleeps 0.02
    2 0ms b > sleeps 0.01
    2 10ms outside: Idle clock
    3 10ms sleep over: wake b > done
    4 10ms b: schedule [as_completed] > returned None
    5 10ms [as_completed]: wake main > done
    6 10ms main: say "b" > waits for AsCompleted
    6 20ms outside: Idle clock
    7 20ms sleep over: wake a > done
    8 20ms a: schedule [as_completed] > returned None
    9 20ms [as_completed]: wake main, AsCompleted settled > done
    10 20ms main: say "a", say "over" > returned None
    ends
    "#);
}

#[test]
fn each_raises_when_the_time_is_over() {
    assert_snapshot!(trace_of("
        main: spawn a b; try { each a b within 15 } failed { say too late }; await b
        a: sleep 10; return 1
        b: sleep 20; say b
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b, AsCompleted has a, AsCompleted has b, set timer timeout of main > waits for AsCompleted
    2 0ms a > sleeps 0.01
    2 0ms b > sleeps 0.02
    2 10ms outside: Idle clock
    3 10ms sleep over: wake a > done
    4 10ms a: schedule [as_completed] > returned 1
    5 10ms [as_completed]: wake main > done
    6 10ms main: say "1" > waits for AsCompleted
    6 15ms outside: Idle clock
    7 15ms timeout of main: wake main, AsCompleted settled > done
    8 15ms main: say "too late" > awaits b
    8 20ms outside: Idle clock
    9 20ms sleep over: wake b > done
    10 20ms b: say "b", wake main > returned None
    11 20ms main > returned None
    ends
    "#);
}
