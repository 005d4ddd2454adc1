//! Items: backpressure, stolen places, joining, shutting down.

use insta::assert_snapshot;

use crate::trace_of;

#[test]
fn a_full_queue_holds_its_producer_back() {
    assert_snapshot!(trace_of("
        queue Q 1
        main: spawn p c; gather p c
        p: put Q 1; put Q 2; put Q 3; say put all
        c: sleep 10; get Q; get Q; get Q
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn p, spawn c, Gather has p, Gather has c > waits for Gather
    2 0ms p: Q takes in 1 > waits to put 2 into Q
    2 0ms c > sleeps 0.01
    2 10ms outside: Idle clock
    3 10ms sleep over: wake c > done
    4 10ms c: Q gives out #0, wake p, say "1" > waits for Q
    5 10ms p: Q takes in 2, wake c > waits to put 3 into Q
    6 10ms c: Q gives out #0, wake p, say "2" > waits for Q
    7 10ms p: Q takes in 3, wake c, say "put all", schedule [gather] > returned None
    8 10ms c: Q gives out #0, say "3", schedule [gather] > returned None
    8 10ms [gather] > done
    9 10ms [gather]: Gather settled, wake main > done
    10 10ms main: say "[None, None]" > returned None
    ends
    "#);
}

/// c is woken for the item, but d runs before it and takes it: c waits again, at the end of the line.
#[test]
fn a_woken_getter_may_find_its_item_stolen() {
    assert_snapshot!(trace_of("
        queue Q 0
        main: spawn c; sleep 0; put Q 1; get Q; sleep 10; put Q 2; await c
        c: get Q
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn c > gives way
    2 0ms c > waits for Q
    2 0ms main: Q takes in 1, wake c, Q gives out #0, say "1" > sleeps 0.01
    3 0ms c > waits for Q
    3 10ms outside: Idle clock
    4 10ms sleep over: wake main > done
    5 10ms main: Q takes in 2, wake c > awaits c
    6 10ms c: Q gives out #0, say "2", wake main > returned None
    7 10ms main > returned None
    ends
    "#);
}

/// p is woken for the room, but main fills it first.
#[test]
fn a_woken_putter_may_find_its_place_taken() {
    assert_snapshot!(trace_of("
        queue Q 1
        main: put Q 1; spawn p; sleep 0; get Q; put Q 9; sleep 10; get Q; get Q; await p
        p: put Q 2
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: Q takes in 1, spawn p > gives way
    2 0ms p > waits to put 2 into Q
    2 0ms main: Q gives out #0, wake p, say "1", Q takes in 9 > sleeps 0.01
    3 0ms p > waits to put 2 into Q
    3 10ms outside: Idle clock
    4 10ms sleep over: wake main > done
    5 10ms main: Q gives out #0, wake p, say "9" > waits for Q
    6 10ms p: Q takes in 2, wake main > returned None
    7 10ms main: Q gives out #0, say "2" > returned None
    ends
    "#);
}

#[test]
fn getters_are_served_first_come_first_served() {
    assert_snapshot!(trace_of("
        queue Q 0
        main: spawn a b; sleep 10; put Q 1; put Q 2; gather a b
        a: get Q
        b: get Q
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > sleeps 0.01
    2 0ms a > waits for Q
    2 0ms b > waits for Q
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main: Q takes in 1, wake a, Q takes in 2, wake b, Gather has a, Gather has b > waits for Gather
    5 10ms a: Q gives out #0, say "1", schedule [gather] > returned None
    5 10ms b: Q gives out #0, say "2", schedule [gather] > returned None
    6 10ms [gather] > done
    6 10ms [gather]: Gather settled, wake main > done
    7 10ms main: say "[None, None]" > returned None
    ends
    "#);
}

#[test]
fn chosen_getter_then_cancelled_wakes_the_next() {
    assert_snapshot!(trace_of("
        queue Q 0
        main: spawn a b; sleep 10; put Q 1; cancel a; gather! a b
        a: get Q
        b: get Q
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > sleeps 0.01
    2 0ms a > waits for Q
    2 0ms b > waits for Q
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main: Q takes in 1, wake a, cancel a, Gather has a, Gather has b > waits for Gather
    5 10ms a: CancelledError, wake b, schedule [gather] > cancelled CancelledError()
    6 10ms b: Q gives out #0, say "1", schedule [gather] > returned None
    6 10ms [gather] > done
    7 10ms [gather]: Gather settled, wake main > done
    8 10ms main: say "[CancelledError(''), None]" > returned None
    ends
    "#);
}

#[test]
fn chosen_putter_then_cancelled_wakes_the_next() {
    assert_snapshot!(trace_of("
        queue Q 1
        main: put Q 0; spawn a b; sleep 10; get Q; cancel a; gather! a b
        a: put Q 1
        b: put Q 2; say b
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: Q takes in 0, spawn a, spawn b > sleeps 0.01
    2 0ms a > waits to put 1 into Q
    2 0ms b > waits to put 2 into Q
    2 10ms outside: Idle clock
    3 10ms sleep over: wake main > done
    4 10ms main: Q gives out #0, wake a, say "0", cancel a, Gather has a, Gather has b > waits for Gather
    5 10ms a: CancelledError, wake b, schedule [gather] > cancelled CancelledError()
    6 10ms b: Q takes in 2, say "b", schedule [gather] > returned None
    6 10ms [gather] > done
    7 10ms [gather]: Gather settled, wake main > done
    8 10ms main: say "[CancelledError(''), None]" > returned None
    ends
    "#);
}

#[test]
fn join_waits_until_every_item_is_finished() {
    assert_snapshot!(trace_of("
        queue Q 0
        main: put Q 1; put Q 2; spawn c; join Q; say joined; await c
        c: get Q; sleep 10; finish Q; get Q; finish Q; say finished
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: Q takes in 1, Q takes in 2, spawn c > joins Q
    2 0ms c: Q gives out #0, say "1" > sleeps 0.01
    2 10ms outside: Idle clock
    3 10ms sleep over: wake c > done
    4 10ms c: Q item finished, Q gives out #0, say "2", Q item finished, wake main, say "finished" > returned None
    5 10ms main: say "joined" > returned None
    ends
    "#);
}

#[test]
fn finishing_too_often_fails() {
    assert_snapshot!(trace_of("
        queue Q 0
        main: put Q 1; get Q; finish Q; try { finish Q } failed { say refused }
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: Q takes in 1, Q gives out #0, say "1", Q item finished, say "refused" > returned None
    ends
    "#);
}

#[test]
fn shutdown_lets_getters_empty_the_queue_and_stops_putters() {
    assert_snapshot!(trace_of("
        queue Q 1
        main: put Q 1; spawn p; sleep 0; shutdown Q; get Q; try { get Q } failed { say empty }; gather! p
        p: put Q 2
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: Q takes in 1, spawn p > gives way
    2 0ms p > waits to put 2 into Q
    2 0ms main: Q closed, wake p, Q gives out #0, say "1", say "empty", Gather has p > waits for Gather
    3 0ms p: schedule [gather] > raised QueueShutDown()
    4 0ms [gather]: Gather settled, wake main > done
    5 0ms main: say "[QueueShutDown()]" > returned None
    ends
    "#);
}

#[test]
fn shutdown_now_throws_items_away_and_wakes_everybody() {
    assert_snapshot!(trace_of("
        queue Q 0
        main: spawn j; put Q 1; put Q 2; sleep 0; shutdown Q now; gather! j; try { put Q 3 } failed { say refused }
        j: join Q; say joined
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn j, Q takes in 1, Q takes in 2 > gives way
    2 0ms j > joins Q
    2 0ms main: Q closed, Q gives out #0, Q item finished, Q gives out #0, Q item finished, wake j, Gather has j > waits for Gather
    3 0ms j: say "joined", schedule [gather] > returned None
    4 0ms [gather]: Gather settled, wake main > done
    5 0ms main: say "[None]", say "refused" > returned None
    ends
    "#);
}

#[test]
fn shutdown_wakes_waiting_getters() {
    assert_snapshot!(trace_of("
        queue Q 0
        main: spawn a b; sleep 0; shutdown Q; gather! a b
        a: get Q
        b: get Q
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a, spawn b > gives way
    2 0ms a > waits for Q
    2 0ms b > waits for Q
    2 0ms main: Q closed, wake a, wake b, Gather has a, Gather has b > waits for Gather
    3 0ms a: schedule [gather] > raised QueueShutDown()
    3 0ms b: schedule [gather] > raised QueueShutDown()
    4 0ms [gather] > done
    4 0ms [gather]: Gather settled, wake main > done
    5 0ms main: say "[QueueShutDown(), QueueShutDown()]" > returned None
    ends
    "#);
}

#[test]
fn a_heap_gives_out_the_smallest_and_a_stack_the_newest() {
    assert_snapshot!(trace_of("
        heap H 0
        stack S 0
        main: put H 3; put H 1; put H 2; get H; get H; get H; put S 1; put S 2; get S; get S
    "), @r#"
    0 0ms outside: spawn main
    1 0ms main: H takes in 3, H takes in 1, H takes in 2, H gives out #1, say "1", H gives out #1, say "2", H gives out #0, say "3", S takes in 1, S takes in 2, S gives out #1, say "2", S gives out #0, say "1" > returned None
    ends
    "#);
}
