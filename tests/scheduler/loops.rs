//! The loop itself: callbacks, futures, limits, stopping and closing.

use std::rc::Rc;

use insta::assert_snapshot;
use loopscope::sched::rust_host::{self, Error, Function, FutureRef, Loop, RustHost, Value};
use loopscope::sched::{DoneCallback, FutureCell, Host, Stop, give_way, wait};
use loopscope::trace::{ClockCause, EventKind, StepEnd, Stream, Time, Trace, Via, WaitReason, validate};

use crate::story::story;
use crate::{trace_in, trace_of};

const FAR: Time = Time(60_000_000_000);

/// Runs what `set_up` has scheduled until a stop, and tells it.
#[track_caller]
fn told(set_up: impl FnOnce(&Loop)) -> String {
    let event_loop = rust_host::new_loop();
    set_up(&event_loop);
    let ended = event_loop.run_forever().map(|()| Value::None);
    story(&sound(rust_host::end(&event_loop, &ended)))
}

#[track_caller]
fn sound(trace: Trace) -> Trace {
    let faults = validate(&trace);
    assert!(faults.is_empty(), "{faults:?} in\n{}", story(&trace));
    trace
}

fn say(event_loop: &Loop, text: &'static str) -> Function {
    let world = Rc::clone(event_loop.world());
    Function::new("say", move || {
        world.record(|recorder| {
            let text = recorder.text(text);
            let stream = Stream::Out;
            recorder.emit(&EventKind::Output {
                stream,
                text,
                complete: true,
                line: 0,
            });
        });
        Ok(())
    })
}

fn stop(event_loop: &Loop) -> Function {
    let event_loop = Rc::clone(event_loop);
    Function::new("stop", move || {
        event_loop.stop();
        Ok(())
    })
}

fn later(event_loop: &Loop, ms: u64, function: Function) -> Rc<loopscope::sched::Handle<RustHost>> {
    let when = Time(ms * 1_000_000).as_secs_f64();
    event_loop.call_at(when, function).expect("the loop is open")
}

fn soon(event_loop: &Loop, function: Function) -> Rc<loopscope::sched::Handle<RustHost>> {
    event_loop.call_soon(function).expect("the loop is open")
}

fn future(event_loop: &Loop, name: &str) -> FutureRef {
    let id = FutureCell::<RustHost>::record_created(event_loop, name);
    RustHost::new_future(event_loop, WaitReason::Future(id))
}

#[test]
fn callbacks_run_in_the_order_of_call_soon() {
    let run = told(|event_loop| {
        for text in ["one", "two", "three"] {
            soon(event_loop, say(event_loop, text));
        }
        soon(event_loop, stop(event_loop));
    });
    assert_snapshot!(run, @r#"
    0 0ms outside: schedule callback say, schedule callback say, schedule callback say, schedule callback stop
    1 0ms callback say: say "one" > done
    1 0ms callback say: say "two" > done
    1 0ms callback say: say "three" > done
    1 0ms callback stop > done
    ends
    "#);
}

#[test]
fn a_callback_added_during_a_turn_waits_for_the_next() {
    let run = told(|event_loop| {
        let inner = Rc::clone(event_loop);
        let add = Function::new("add", move || {
            soon(&inner, say(&inner, "added"));
            soon(&inner, stop(&inner));
            Ok(())
        });
        soon(event_loop, add);
        soon(event_loop, say(event_loop, "first"));
    });
    assert_snapshot!(run, @r#"
    0 0ms outside: schedule callback add, schedule callback say
    1 0ms callback add: schedule callback say, schedule callback stop > done
    1 0ms callback say: say "first" > done
    2 0ms callback say: say "added" > done
    2 0ms callback stop > done
    ends
    "#);
}

#[test]
fn timers_with_one_deadline_fire_in_the_order_of_call_at() {
    let run = told(|event_loop| {
        for text in ["a", "b", "c", "d", "e", "f"] {
            later(event_loop, 10, say(event_loop, text));
        }
        later(event_loop, 5, say(event_loop, "before"));
        later(event_loop, 10, stop(event_loop));
    });
    assert_snapshot!(run, @r#"
    0 5ms outside: set timer callback say, set timer callback say, set timer callback say, set timer callback say, set timer callback say, set timer callback say, set timer callback say, set timer callback stop, Idle clock
    1 5ms callback say: say "before" > done
    1 10ms outside: Idle clock
    2 10ms callback say: say "a" > done
    2 10ms callback say: say "b" > done
    2 10ms callback say: say "c" > done
    2 10ms callback say: say "d" > done
    2 10ms callback say: say "e" > done
    2 10ms callback say: say "f" > done
    2 10ms callback stop > done
    ends
    "#);
}

#[test]
fn cancelled_handles_never_run_wherever_they_are() {
    let run = told(|event_loop| {
        let (ready, timer) = (
            soon(event_loop, say(event_loop, "x")),
            later(event_loop, 10, say(event_loop, "y")),
        );
        let due = later(event_loop, 20, say(event_loop, "z"));
        ready.cancel(event_loop.world());
        timer.cancel(event_loop.world());
        timer.cancel(event_loop.world());
        let world = Rc::clone(event_loop.world());
        // Both are due in one turn: the second is cancelled while it is in the ready queue.
        let spoil = Function::new("spoil", move || {
            due.cancel(&world);
            Ok(())
        });
        event_loop.call_at(0.02 - 1e-7, spoil).expect("the loop is open");
        later(event_loop, 20, stop(event_loop));
    });
    assert_snapshot!(run, @r#"
    0 0ms outside: schedule callback say, set timer callback say, set timer callback say, drop callback say, drop callback say, set timer callback spoil, set timer callback stop
    1 20ms outside: Idle clock
    2 20ms callback say: say "z" > done
    2 20ms callback spoil > done
    2 20ms callback stop > done
    ends
    "#);
}

#[test]
fn a_callback_that_raises_is_reported_and_the_loop_goes_on() {
    let run = told(|event_loop| {
        soon(
            event_loop,
            Function::new("fail", || Err(Error::Raised("ValueError"))),
        );
        soon(event_loop, say(event_loop, "still here"));
        soon(event_loop, stop(event_loop));
    });
    assert_snapshot!(run, @r#"
    0 0ms outside: schedule callback fail, schedule callback say, schedule callback stop
    1 0ms callback fail: report "Exception in callback fail: ValueError()" > raised ValueError()
    1 0ms callback say: say "still here" > done
    1 0ms callback stop > done
    ends
    "#);
}

#[test]
fn a_callback_that_exits_leaves_the_loop_at_once() {
    let run = told(|event_loop| {
        soon(event_loop, Function::new("exit", || Err(Error::Interrupt)));
        soon(event_loop, say(event_loop, "never"));
    });
    assert_snapshot!(run, @r#"
    0 0ms outside: schedule callback exit, schedule callback say
    1 0ms callback exit > raised KeyboardInterrupt()
    ends with KeyboardInterrupt()
    "#);
}

#[test]
fn a_future_tells_its_callbacks_in_order_and_removed_ones_not_at_all() {
    let run = told(|event_loop| {
        let future = future(event_loop, "answer");
        let cell = RustHost::cell(&future);
        let removed = say(event_loop, "never");
        for function in [
            say(event_loop, "one"),
            removed.clone(),
            say(event_loop, "two"),
            removed.clone(),
        ] {
            cell.add_done_callback(&future, DoneCallback::Function(function));
        }
        assert_eq!(cell.remove_done_callback(&removed), 2);
        assert!(cell.set_result(&future, Value::Int(42), Via::Call).is_ok());
        assert!(
            cell.set_result(&future, Value::Int(43), Via::Call).is_err(),
            "it is settled"
        );
        assert!(matches!(cell.cancel(&future, None), Ok(false)), "it is settled");
        cell.add_done_callback(&future, DoneCallback::Function(say(event_loop, "late")));
        soon(event_loop, stop(event_loop));
    });
    assert_snapshot!(run, @r#"
    0 0ms outside: schedule callback say, schedule callback say, schedule callback say, schedule callback stop
    1 0ms callback say: say "one" > done
    1 0ms callback say: say "two" > done
    1 0ms callback say: say "late" > done
    1 0ms callback stop > done
    ends
    "#);
}

#[test]
fn whoever_awaits_a_future_is_woken_by_its_result() {
    let (ended, trace) = rust_host::run(|event_loop| async move {
        let answer = future(&event_loop, "answer");
        let settled = answer.clone();
        let set = Function::new("set", move || {
            RustHost::cell(&settled).set_result(&settled, Value::Int(42), Via::Call)
        });
        later(&event_loop, 10, set);
        wait::<RustHost>(answer).await
    });
    assert!(matches!(ended, Ok(Value::Int(42))));
    assert_snapshot!(story(&sound(trace)), @r#"
    0 0ms outside: spawn main
    1 0ms main: set timer callback set > awaits future 1
    1 10ms outside: Idle clock
    2 10ms callback set: wake main > done
    3 10ms main > returned 42
    ends
    "#);
}

#[test]
fn stop_lets_the_turn_end_and_a_later_run_goes_on() {
    let event_loop = rust_host::new_loop();
    soon(&event_loop, stop(&event_loop));
    soon(&event_loop, say(&event_loop, "same turn"));
    assert!(event_loop.run_forever().is_ok());
    soon(&event_loop, say(&event_loop, "second run"));
    soon(&event_loop, stop(&event_loop));
    let ended = event_loop.run_forever().map(|()| Value::None);
    assert_snapshot!(story(&sound(rust_host::end(&event_loop, &ended))), @r#"
    0 0ms outside: schedule callback stop, schedule callback say
    1 0ms callback stop > done
    1 0ms callback say: say "same turn" > done
    1 0ms outside: schedule callback say, schedule callback stop
    2 0ms callback say: say "second run" > done
    2 0ms callback stop > done
    ends
    "#);
}

#[test]
fn a_stop_before_the_run_makes_one_turn_without_waiting() {
    let run = told(|event_loop| {
        later(event_loop, 10, say(event_loop, "never"));
        event_loop.stop();
    });
    assert_snapshot!(run, @r#"
    0 0ms outside: set timer callback say
    ends
    "#);
}

#[test]
fn a_loop_that_is_stopped_too_early_says_so() {
    let event_loop = rust_host::new_loop();
    let never = RustHost::new_future(&event_loop, WaitReason::Bare);
    soon(&event_loop, stop(&event_loop));
    let ended = event_loop.run_until_complete(&never);
    assert!(matches!(ended, Err(Stop::Raised(Error::Raised("RuntimeError")))));
}

#[test]
fn a_closed_loop_refuses_work_and_forgets_what_it_had() {
    let event_loop = rust_host::new_loop();
    soon(&event_loop, say(&event_loop, "never"));
    later(&event_loop, 10, say(&event_loop, "never"));
    assert!(event_loop.close().is_ok());
    assert!(event_loop.is_closed() && event_loop.is_idle());
    assert!(event_loop.call_soon(stop(&event_loop)).is_err());
    assert!(event_loop.call_at(1.0, stop(&event_loop)).is_err());
    assert!(matches!(
        event_loop.run_forever(),
        Err(Stop::Raised(Error::Raised("RuntimeError")))
    ));
}

#[test]
fn a_running_loop_can_be_neither_run_nor_closed() {
    let (ended, trace) = rust_host::run(|event_loop| async move {
        assert!(event_loop.close().is_err());
        assert!(event_loop.run_forever().is_err());
        let done = RustHost::new_future(&event_loop, WaitReason::Bare);
        RustHost::cell(&done).set_result(&done, Value::None, Via::Call)?;
        // A future that is done must not stop the loop that refused to run it.
        assert!(event_loop.run_until_complete(&done).is_err());
        give_way::<RustHost>().await?;
        give_way::<RustHost>().await?;
        Ok(Value::Int(1))
    });
    assert!(matches!(ended, Ok(Value::Int(1))), "{}", story(&trace));
}

#[test]
fn steps_can_run_out() {
    let run = trace_in(
        "main: spawn a; sleep 0; sleep 0; sleep 0
         a: sleep 0; sleep 0",
        |event_loop| event_loop.world().limit_steps(4),
    );
    assert_snapshot!(run, @r#"
    0 0ms outside: spawn main
    1 0ms main: spawn a > gives way
    2 0ms a > gives way
    2 0ms main > gives way
    3 0ms a > gives way
    more than 4 steps
    "#);
}

#[test]
fn an_interrupt_comes_before_the_timers_of_its_instant() {
    let run = trace_in("main: try { sleep 10 } finally { say never }", |event_loop| {
        event_loop.world().interrupt_at(Time(10_000_000));
    });
    assert_snapshot!(run, @r#"
    0 0ms outside: spawn main
    1 0ms main > sleeps 0.01
    1 10ms outside: Idle clock
    ends with KeyboardInterrupt()
    "#);
}

#[test]
fn an_interrupt_breaks_a_blocking_call() {
    let run = trace_in("main: block 50", |event_loop| {
        event_loop.world().interrupt_at(Time(10_000_000));
    });
    assert_snapshot!(run, @r#"
    0 0ms outside: spawn main
    1 10ms main: Blocking clock > raised KeyboardInterrupt()
    ends with KeyboardInterrupt()
    "#);
}

#[test]
fn an_interrupt_ends_a_wait_for_nothing() {
    let run = trace_in("event E\nmain: wait E", |event_loop| {
        event_loop.world().interrupt_at(Time(10_000_000));
    });
    assert_snapshot!(run, @r#"
    0 0ms outside: spawn main
    1 0ms main > waits for E
    1 10ms outside: Idle clock
    ends with KeyboardInterrupt()
    "#);
}

#[test]
fn a_wait_for_nothing_is_a_deadlock() {
    assert_snapshot!(trace_of("event E\nmain: wait E"), @r#"
    0 0ms outside: spawn main
    1 0ms main > waits for E
    deadlock of main
    "#);
}

/// How often a task that polls until the clock has moved to `until` is resumed, and by what the clock moved.
fn polled(until: Time, with_timer: bool) -> (usize, Vec<(Time, ClockCause)>) {
    let (_, trace) = rust_host::run(|event_loop| async move {
        event_loop.world().limit_steps(5000);
        if with_timer {
            later(&event_loop, 7, say(&event_loop, "due"));
        }
        while event_loop.world().now() < until {
            give_way::<RustHost>().await?;
        }
        Ok(Value::None)
    });
    let trace = sound(trace);
    let yields = trace.events().filter(|event| {
        matches!(
            event.kind,
            EventKind::StepEnded {
                end: StepEnd::Suspended { on: WaitReason::Bare }
            }
        )
    });
    let moves = trace.events().filter_map(|event| match event.kind {
        EventKind::ClockMoved { by, why } => Some((by, why)),
        _ => None,
    });
    (yields.count(), moves.collect())
}

#[test]
fn polling_moves_the_clock_after_a_thousand_turns() {
    let until = Time(7_000_000);
    assert_eq!(polled(until, true), (1000, vec![(until, ClockCause::Polling)]));
}

#[test]
fn polling_for_nothing_ends_with_the_budget() {
    assert_eq!(polled(FAR, false), (5000, vec![]));
}
