//! Threads in virtual time: who runs next.

use std::rc::Rc;

use loopscope::sched::World;
use loopscope::sched::threads::{LockState, Next, Taken, Threads, Woken};
use loopscope::trace::{ClockCause, Header, Level, ThreadId, Time};

const MAIN: ThreadId = ThreadId::MAIN;
const MILLI: u64 = 1_000_000;

fn world() -> Rc<World> {
    let header = Header {
        program: "threads.py".to_owned(),
        source: String::new(),
        seed: 0,
        level: Level::default(),
    };
    World::new(&header, || 0)
}

/// Who runs next, the main thread being blocked outside of the loop.
fn next(threads: &Threads, world: &World) -> Next {
    threads.next(world, ClockCause::Blocking)
}

/// The current thread rests for ever, or for so many milliseconds.
fn rest(threads: &Threads, world: &World, millis: Option<u64>) {
    threads.rest(millis.map(|millis| world.now().plus(Time(millis * MILLI))));
}

#[test]
fn a_new_thread_runs_as_soon_as_its_starter_rests() {
    let world = world();
    let threads = world.threads();
    let (one, two) = (threads.spawn(), threads.spawn());
    assert!(!threads.is_alone());
    rest(threads, &world, None);
    assert_eq!(
        next(threads, &world),
        Next::Thread(two),
        "the newest is first in line"
    );
    rest(threads, &world, None);
    assert_eq!(next(threads, &world), Next::Thread(one));
    assert_eq!(threads.current(), one);
}

#[test]
fn threads_that_are_woken_run_in_the_order_in_which_they_were_woken() {
    let world = world();
    let threads = world.threads();
    let started: Vec<ThreadId> = (0..3).map(|_| threads.spawn()).collect();
    rest(threads, &world, None);
    for _ in &started {
        next(threads, &world);
        rest(threads, &world, None);
    }
    for thread in [started[1], started[2], started[0]] {
        threads.wake(thread, Woken::Called);
    }
    let mut order = Vec::new();
    for _ in &started {
        let Next::Thread(thread) = next(threads, &world) else {
            panic!("somebody is in line")
        };
        order.push(thread);
        rest(threads, &world, None);
    }
    assert_eq!(order, [started[1], started[2], started[0]]);
    assert_eq!(next(threads, &world), Next::Nobody, "all wait for each other");
}

#[test]
fn at_one_instant_the_main_thread_comes_last() {
    let world = world();
    let threads = world.threads();
    let worker = threads.spawn();
    rest(threads, &world, Some(10));
    assert_eq!(next(threads, &world), Next::Thread(worker));
    rest(threads, &world, Some(10));
    assert_eq!(next(threads, &world), Next::Thread(worker), "both are due");
    assert_eq!(threads.woken(), Woken::TimedOut);
    assert_eq!(world.now(), Time(10 * MILLI));
    threads.end();
    assert_eq!(next(threads, &world), Next::Thread(MAIN));
    assert!(threads.is_alone() && threads.has_ended(worker));
}

#[test]
fn deadlines_of_one_microsecond_come_in_the_order_of_blocking() {
    let world = world();
    let threads = world.threads();
    let (one, two) = (threads.spawn(), threads.spawn());
    rest(threads, &world, None);
    next(threads, &world);
    threads.rest(Some(Time(1_000_400)));
    next(threads, &world);
    threads.rest(Some(Time(1_000_300)));
    assert_eq!(next(threads, &world), Next::Thread(two), "it blocked first");
    rest(threads, &world, None);
    assert_eq!(next(threads, &world), Next::Thread(one));
}

#[test]
fn a_deadline_of_an_earlier_rest_wakes_nobody() {
    let world = world();
    let threads = world.threads();
    let worker = threads.spawn();
    rest(threads, &world, None);
    next(threads, &world);
    rest(threads, &world, Some(10));
    threads.wake(worker, Woken::Called);
    assert_eq!(next(threads, &world), Next::Thread(worker));
    assert_eq!(threads.woken(), Woken::Called);
    rest(threads, &world, Some(50));
    assert_eq!(next(threads, &world), Next::Thread(worker));
    assert_eq!(world.now(), Time(50 * MILLI));
}

#[test]
fn whoever_joins_runs_when_the_thread_has_ended() {
    let world = world();
    let threads = world.threads();
    let worker = threads.spawn();
    threads.join(worker);
    rest(threads, &world, None);
    next(threads, &world);
    threads.end();
    assert_eq!(next(threads, &world), Next::Thread(MAIN));
    assert_eq!(threads.woken(), Woken::Called);
}

#[test]
fn ctrl_c_wakes_the_main_thread_before_anything_that_is_due_then() {
    let world = world();
    world.interrupt_at(Time(10 * MILLI));
    let threads = world.threads();
    let worker = threads.spawn();
    rest(threads, &world, None);
    next(threads, &world);
    rest(threads, &world, Some(20));
    assert_eq!(next(threads, &world), Next::Thread(MAIN));
    assert_eq!(threads.woken(), Woken::Interrupted);
    assert_eq!(world.now(), Time(10 * MILLI));
    rest(threads, &world, None);
    assert_eq!(next(threads, &world), Next::Thread(worker));
}

#[test]
fn a_thread_that_cannot_run_now_stays_first_in_line() {
    let world = world();
    let threads = world.threads();
    let (one, two) = (threads.spawn(), threads.spawn());
    rest(threads, &world, None);
    assert_eq!(next(threads, &world), Next::Thread(two));
    rest(threads, &world, None);
    assert_eq!(next(threads, &world), Next::Thread(one));
    threads.refuse(one, two);
    assert_eq!(threads.current(), two);
    rest(threads, &world, None);
    assert_eq!(next(threads, &world), Next::Thread(one));
}

#[test]
fn a_lock_goes_to_the_one_that_waits_longest_unless_it_is_taken_again_before() {
    let world = world();
    let threads = world.threads();
    let lock = LockState::default();
    assert!(lock.take());
    let (one, two) = (threads.spawn(), threads.spawn());
    rest(threads, &world, None);
    // Both wait for it, the second one first.
    for waiting in [two, one] {
        assert_eq!(next(threads, &world), Next::Thread(waiting));
        assert!(!lock.take());
        lock.stand_in_line(threads);
        rest(threads, &world, None);
    }
    threads.wake(MAIN, Woken::Called);
    assert_eq!(next(threads, &world), Next::Thread(MAIN));
    assert!(lock.release(threads));
    assert!(lock.take(), "whoever released it may take it again");
    rest(threads, &world, None);
    assert_eq!(next(threads, &world), Next::Thread(two));
    assert_eq!(lock.after_rest(threads), Taken::NotYet);
    rest(threads, &world, None);
    threads.wake(MAIN, Woken::Called);
    assert_eq!(next(threads, &world), Next::Thread(MAIN));
    assert!(lock.release(threads));
    rest(threads, &world, None);
    assert_eq!(
        next(threads, &world),
        Next::Thread(two),
        "it did not lose its place"
    );
    assert_eq!(lock.after_rest(threads), Taken::Yes);
    assert!(lock.release(threads));
    rest(threads, &world, None);
    assert_eq!(next(threads, &world), Next::Thread(one));
    assert_eq!(lock.after_rest(threads), Taken::Yes);
}

#[test]
fn a_lock_that_comes_too_late_is_left_to_the_next() {
    let world = world();
    let threads = world.threads();
    let lock = LockState::default();
    assert!(lock.take());
    let worker = threads.spawn();
    rest(threads, &world, None);
    next(threads, &world);
    lock.stand_in_line(threads);
    rest(threads, &world, Some(10));
    assert_eq!(next(threads, &world), Next::Thread(worker));
    assert_eq!(lock.after_rest(threads), Taken::TooLate);
    assert!(lock.release(threads) && !lock.is_held());
    assert!(!lock.release(threads), "nobody has it");
}

#[test]
fn whoever_leaves_the_line_for_a_lock_that_was_meant_for_it_passes_it_on() {
    let world = world();
    let threads = world.threads();
    let lock = LockState::default();
    assert!(lock.take());
    let (one, two) = (threads.spawn(), threads.spawn());
    rest(threads, &world, None);
    for _ in 0..2 {
        next(threads, &world);
        lock.stand_in_line(threads);
        rest(threads, &world, None);
    }
    threads.wake(MAIN, Woken::Called);
    next(threads, &world);
    lock.release(threads);
    rest(threads, &world, None);
    assert_eq!(next(threads, &world), Next::Thread(two));
    lock.abandon(threads);
    rest(threads, &world, None);
    assert_eq!(next(threads, &world), Next::Thread(one));
    assert_eq!(lock.after_rest(threads), Taken::Yes);
}
