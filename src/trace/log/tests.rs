//! Logs of traces written by hand.

use super::*;
use crate::trace::event::{ResourceKind, Via};
use crate::trace::script::{Script, lock_handover, sleepers};

#[test]
fn two_sleepers() {
    insta::assert_snapshot!(write_log(&sleepers()), @r#"
    {"t": 0.0, "ev": "spawn", "task": "main", "by": null}
    {"t": 0.0, "ev": "step", "task": "main"}
    {"t": 0.0, "ev": "spawn", "task": "nap", "by": "main"}
    {"t": 0.0, "ev": "wait", "task": "main", "on": "sleep(1)"}
    {"t": 0.0, "ev": "step", "task": "nap"}
    {"t": 0.0, "ev": "wait", "task": "nap", "on": "sleep(2)"}
    {"t": 1.0, "ev": "step", "task": "main"}
    {"t": 1.0, "ev": "wait", "task": "main", "on": "task nap"}
    {"t": 2.0, "ev": "step", "task": "nap"}
    {"t": 2.0, "ev": "done", "task": "nap", "how": "result", "value": "'slept'"}
    {"t": 2.0, "ev": "step", "task": "main"}
    {"t": 2.0, "ev": "done", "task": "main", "how": "result", "value": "None"}
    {"t": 2.0, "ev": "exit", "code": 0, "error": null}
    "#);
}

#[test]
fn a_lock_changes_hands() {
    insta::assert_snapshot!(write_log(&lock_handover()), @r#"
    {"t": 0.0, "ev": "spawn", "task": "a", "by": null}
    {"t": 0.0, "ev": "spawn", "task": "b", "by": null}
    {"t": 0.0, "ev": "step", "task": "a"}
    {"t": 0.0, "ev": "wait", "task": "a", "on": "bare"}
    {"t": 0.0, "ev": "step", "task": "b"}
    {"t": 0.0, "ev": "wait", "task": "b", "on": "lock"}
    {"t": 0.0, "ev": "step", "task": "a"}
    {"t": 0.0, "ev": "done", "task": "a", "how": "result", "value": "None"}
    {"t": 0.0, "ev": "step", "task": "b"}
    {"t": 0.0, "ev": "done", "task": "b", "how": "result", "value": "None"}
    {"t": 0.0, "ev": "exit", "code": 0, "error": null}
    "#);
}

fn say(script: &mut Script, stream: Stream, text: &str, complete: bool) {
    let text = script.text(text);
    script.emit(&EventKind::Output {
        stream,
        text,
        complete,
        line: 3,
    });
}

#[test]
fn parts_of_lines_are_joined_and_the_last_one_is_flushed() {
    let mut script = Script::new();
    say(&mut script, Stream::Out, "a", false);
    say(&mut script, Stream::Err, "oh", false);
    say(&mut script, Stream::Out, "b", true);
    say(&mut script, Stream::Out, "\"q\" \\ é \u{1}\t", true);
    say(&mut script, Stream::Out, "", true);
    say(&mut script, Stream::Out, "end", false);
    insta::assert_snapshot!(write_log(&script.exits()), @r#"
    {"t": 0.0, "ev": "out", "text": "ab"}
    {"t": 0.0, "ev": "out", "text": "\"q\" \\ é \u0001\t"}
    {"t": 0.0, "ev": "out", "text": ""}
    {"t": 0.0, "ev": "out", "text": "end"}
    {"t": 0.0, "ev": "err", "text": "oh"}
    {"t": 0.0, "ev": "exit", "code": 0, "error": null}
    "#);
}

#[test]
fn names_are_those_of_the_moment() {
    let mut script = Script::new();
    let (main, first) = script.spawn("Task-1", None, 1);
    script.turn();
    script.begin(first);
    let name = script.text("boss");
    script.emit(&EventKind::TaskRenamed { task: main, name });
    script.raises("ValueError('x')");
    insta::assert_snapshot!(write_log(&script.exits()), @r#"
    {"t": 0.0, "ev": "spawn", "task": "Task-1", "by": null}
    {"t": 0.0, "ev": "step", "task": "Task-1"}
    {"t": 0.0, "ev": "done", "task": "boss", "how": "exception", "value": "ValueError('x')"}
    {"t": 0.0, "ev": "exit", "code": 0, "error": null}
    "#);
}

#[test]
fn hidden_tasks_and_library_callbacks_are_not_logged() {
    let mut script = Script::new();
    let (_, first) = script.spawn_hidden("Task-2");
    let (shown, hidden) = (script.text("tick"), script.text("gather"));
    let callback = script.ready(Job::Callback { name: shown }, Via::Call);
    let library = script.ready(Job::Library { name: hidden }, Via::Call);
    script.turn();
    script.begin(first);
    script.returns("None");
    script.begin(callback);
    script.callback_done();
    script.begin(library);
    script.callback_done();
    insta::assert_snapshot!(write_log(&script.exits()), @r#"
    {"t": 0.0, "ev": "cb", "name": "tick"}
    {"t": 0.0, "ev": "exit", "code": 0, "error": null}
    "#);
}

#[test]
fn a_long_value_is_cut_and_a_step_that_ran_nothing_is_not_logged() {
    let mut script = Script::new();
    let (task, first) = script.spawn("t", None, 1);
    script.turn();
    script.begin(first);
    let again = script.ready(Job::Wakeup(task), Via::Call);
    script.returns(&"ä".repeat(100));
    script.turn();
    script.begin(again);
    script.emit(&EventKind::StepEnded {
        end: StepEnd::Nothing,
    });
    let log = write_log(&script.exits());
    let value = format!("\"value\": \"{}\"}}", "ä".repeat(80));
    assert!(log.contains(&value), "{log}");
    assert_eq!(log.matches("\"ev\": \"step\"").count(), 1, "{log}");
}

#[test]
fn a_cancellation_names_who_asked() {
    let mut script = Script::new();
    let (main, first) = script.spawn("main", None, 9);
    let (task, second) = script.spawn("nap", None, 5);
    script.turn();
    script.begin(second);
    script.sleep(task, 1000, 6);
    script.begin(first);
    let woken = script.cancel(task);
    script.suspend(main, 3, WaitReason::Task(task));
    script.turn();
    script.begin(woken);
    script.emit(&EventKind::CancelDelivered { task });
    script.cancelled();
    insta::assert_snapshot!(write_log(&script.exits()), @r#"
    {"t": 0.0, "ev": "spawn", "task": "main", "by": null}
    {"t": 0.0, "ev": "spawn", "task": "nap", "by": null}
    {"t": 0.0, "ev": "step", "task": "nap"}
    {"t": 0.0, "ev": "wait", "task": "nap", "on": "sleep(1)"}
    {"t": 0.0, "ev": "step", "task": "main"}
    {"t": 0.0, "ev": "cancel", "task": "nap", "by": "main"}
    {"t": 0.0, "ev": "wait", "task": "main", "on": "task nap"}
    {"t": 0.0, "ev": "step", "task": "nap"}
    {"t": 0.0, "ev": "done", "task": "nap", "how": "cancelled", "value": "CancelledError()"}
    {"t": 0.0, "ev": "exit", "code": 0, "error": null}
    "#);
}

#[test]
fn a_deadlock_lists_the_last_waits() {
    let mut script = Script::new();
    let queue = script.resource(ResourceKind::Queue, "queue", 0, 0);
    let (a, first) = script.spawn("a", None, 9);
    let (b, _) = script.spawn("b", None, 9);
    script.turn();
    script.begin(first);
    script.suspend(a, 2, WaitReason::QueueGet(queue));
    insta::assert_snapshot!(write_log(&script.finish(Outcome::Deadlocked { tasks: vec![a, b] })), @r#"
    {"t": 0.0, "ev": "spawn", "task": "a", "by": null}
    {"t": 0.0, "ev": "spawn", "task": "b", "by": null}
    {"t": 0.0, "ev": "step", "task": "a"}
    {"t": 0.0, "ev": "wait", "task": "a", "on": "queue.get"}
    {"t": 0.0, "ev": "deadlock", "where": "loop", "tasks": [{"task": "a", "on": "queue.get"}, {"task": "b", "on": null}]}
    "#);
}

#[test]
fn every_reason_to_wait_has_its_word() {
    let mut script = Script::new();
    let group = script.resource(ResourceKind::TaskGroup, "", 0, 0);
    let results = script.resource(ResourceKind::AsCompleted, "", 0, 0);
    let (task, mut handle) = script.spawn("t", None, 1);
    let item = script.text("1");
    let reasons = [
        (WaitReason::Bare, "bare"),
        (WaitReason::Other, "other"),
        (WaitReason::Gather(group), "gather"),
        (WaitReason::Executor(group), "executor"),
        (WaitReason::Event(group), "event"),
        (WaitReason::Condition(group), "condition"),
        (WaitReason::Semaphore(group), "semaphore"),
        (WaitReason::Barrier(group), "barrier"),
        (WaitReason::QueuePut { queue: group, item }, "queue.put"),
        (WaitReason::QueueJoin(group), "queue.join"),
        (WaitReason::Group(group), "future"),
        (WaitReason::Group(results), "queue.get"),
        (WaitReason::Future(crate::trace::FutureId(1)), "future"),
    ];
    for (on, _) in reasons {
        script.turn();
        script.begin(handle);
        script.suspend(task, 2, on);
        handle = script.ready(Job::Wakeup(task), Via::Call);
    }
    let log = write_log(&script.exits());
    let word = |line: &str| {
        Some(
            line.split_once("\"on\": \"")?
                .1
                .trim_end_matches("\"}")
                .to_owned(),
        )
    };
    let words: Vec<String> = log.lines().filter_map(word).collect();
    assert_eq!(words, reasons.map(|(_, word)| word));
}

#[test]
fn a_used_up_budget_is_the_last_record() {
    let mut script = Script::new();
    say(&mut script, Stream::Out, "so far", false);
    let outcome = Outcome::OutOfBudget {
        budget: Budget::Steps,
        limit: 13,
        line: 0,
    };
    insta::assert_snapshot!(write_log(&script.finish(outcome)), @r#"
    {"t": 0.0, "ev": "out", "text": "so far"}
    {"t": 0.0, "ev": "limit", "what": "steps", "limit": 13}
    "#);
}

#[test]
fn moments_are_written_as_python_writes_floats() {
    let cases = [
        (0, "0.0"),
        (499, "0.0"),
        (500, "1e-06"),
        (10_000, "1e-05"),
        (12_000, "1.2e-05"),
        (100_000, "0.0001"),
        (100_000_000, "0.1"),
        (2_250_000_000, "2.25"),
        (60_000_000_000, "60.0"),
        (u64::MAX, "18446744073.709553"),
    ];
    for (nanos, text) in cases {
        assert_eq!(seconds_repr(Time(nanos)), text);
    }
}
