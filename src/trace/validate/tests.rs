//! Every rule, broken once.

use super::*;
use crate::trace::event::{Change, ResourceKind, StepEnd};
use crate::trace::script::{Script, lock_handover, sleepers};

/// The faults of a trace, one a line.
fn faults(trace: &Trace) -> String {
    validate(trace)
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A task that runs in turn 1.
fn running() -> (Script, TaskId) {
    let mut script = Script::new();
    let (task, first) = script.spawn("t", None, 1);
    script.turn();
    script.begin(first);
    (script, task)
}

#[test]
fn sensible_traces_have_no_faults() {
    assert_eq!(validate(&sleepers()), []);
    assert_eq!(validate(&lock_handover()), []);
}

#[test]
fn a_run_must_end_once_and_last() {
    assert_eq!(faults(&Script::new().unfinished()), "event 0: the run has no end");
    let mut script = Script::new();
    script.emit(&EventKind::RunEnded {
        outcome: Outcome::Exited { code: 0, error: None },
    });
    assert_eq!(
        faults(&script.exits()),
        "event 1: something happens after the end of the run"
    );
}

#[test]
fn steps_are_paired() {
    let (script, _) = running();
    assert_eq!(faults(&script.exits()), "event 4: the run ends inside a step");
    let mut script = Script::new();
    script.callback_done();
    assert_eq!(faults(&script.exits()), "event 0: a step ends and none has begun");
}

#[test]
fn a_turn_runs_only_what_was_ready_when_it_began() {
    let mut script = Script::new();
    script.turn();
    let (_, first) = script.spawn("late", None, 1);
    script.begin(first);
    script.returns("None");
    let expected = "event 3: h1 became ready in turn 1 and runs in turn 1, which did not begin with it";
    assert_eq!(faults(&script.exits()), expected);
}

#[test]
fn a_handle_runs_once() {
    let mut script = Script::new();
    let (_, first) = script.spawn("t", None, 1);
    script.turn();
    script.begin(first);
    script.returns("None");
    script.begin(first);
    assert!(faults(&script.exits()).contains("event 5: h1 runs and is not in the ready queue"));
}

#[test]
fn a_task_is_woken_once() {
    let (mut script, task) = running();
    script.suspend(task, 1, WaitReason::Other);
    let woken = script.ready(Job::Wakeup(task), Via::Call);
    script.ready(Job::Wakeup(task), Via::Call);
    script.turn();
    script.begin(woken);
    script.returns("None");
    insta::assert_snapshot!(faults(&script.exits()), @r"
    event 5: t1 gave way and is not in the ready queue
    event 7: t1 is woken twice
    ");
}

#[test]
fn a_done_task_stays_done() {
    let (mut script, task) = running();
    script.returns("None");
    script.ready(Job::Wakeup(task), Via::Call);
    assert_eq!(faults(&script.exits()), "event 5: t1 is Done and is woken");
}

#[test]
fn callbacks_and_tasks_end_in_their_own_ways() {
    let (mut script, _) = running();
    script.callback_done();
    let name = script.text("tick");
    let callback = script.ready(Job::Callback { name }, Via::Call);
    script.turn();
    script.begin(callback);
    script.emit(&EventKind::StepEnded {
        end: StepEnd::Nothing,
    });
    insta::assert_snapshot!(faults(&script.exits()), @r"
    event 4: t1 ends as a callback: CallbackDone
    event 8: the callback h2 ends as a task: Nothing
    ");
}

#[test]
fn timers_fire_in_order_and_not_before_their_time() {
    let mut script = Script::new();
    let late = script.timer(Job::SleepOver, 20);
    let soon = script.timer(Job::SleepOver, 10);
    script.emit(&EventKind::ClockMoved {
        by: Time(10_000_000),
        why: ClockCause::Idle,
    });
    script.emit(&EventKind::TimerFired { handle: late });
    script.emit(&EventKind::TimerFired { handle: soon });
    script.emit(&EventKind::TimerFired { handle: soon });
    insta::assert_snapshot!(faults(&script.exits()), @r"
    event 3: h1 fires before its time
    event 3: h1 fires, but another timer is first
    event 5: h2 fires and is no pending timer
    ");
}

#[test]
fn an_idle_loop_has_nothing_ready() {
    let mut script = Script::new();
    script.spawn("t", None, 1);
    script.emit(&EventKind::ClockMoved {
        by: Time(1),
        why: ClockCause::Idle,
    });
    assert_eq!(
        faults(&script.exits()),
        "event 2: the loop is idle with 1 handles ready and 0 running"
    );
}

#[test]
fn ids_are_dense_and_known() {
    let mut script = Script::new();
    let name = script.text("x");
    script.emit(&EventKind::FutureCreated {
        future: FutureId(2),
        name,
        line: 1,
    });
    script.emit(&EventKind::TaskRenamed {
        task: TaskId(1),
        name,
    });
    script.emit(&EventKind::ResourceChanged {
        resource: ResourceId(0),
        change: Change::Acquired,
        line: 0,
    });
    script.emit(&EventKind::HandleCancelled { handle: HandleId(9) });
    insta::assert_snapshot!(faults(&script.exits()), @r"
    event 0: f2 is out of order
    event 1: t1 does not exist
    event 2: r0 does not exist
    event 3: h9 does not exist
    ");
}

#[test]
fn cancellation_is_asked_of_the_living_and_reaches_the_running() {
    let (mut script, task) = running();
    script.emit(&EventKind::Uncancelled { task, remaining: 0 });
    script.returns("None");
    script.emit(&EventKind::CancelRequested {
        task,
        accepted: true,
        message: None,
        line: 0,
    });
    script.emit(&EventKind::CancelDelivered { task });
    insta::assert_snapshot!(faults(&script.exits()), @r"
    event 4: uncancel() of t1 leaves 0 of Some(0) requests
    event 6: cancel() of t1 cannot have returned true
    event 7: t1 is cancelled and does not run
    ");
}

/// What is wrong with these changes of a new resource.
#[track_caller]
fn broken(kind: ResourceKind, capacity: u32, value: i64, changes: &[Change], expected: &str) {
    let mut script = Script::new();
    let resource = script.resource(kind, "r", capacity, value);
    for change in changes {
        script.change(resource, *change);
    }
    let expected = format!("event {}: {} r1: {expected}", changes.len(), kind.word());
    assert_eq!(faults(&script.exits()), expected);
}

#[test]
fn locks_semaphores_and_events_do_only_what_they_can() {
    use Change::{Acquired, Released, Reserved, Unreserved};
    broken(
        ResourceKind::Lock,
        0,
        0,
        &[Acquired, Acquired],
        "a lock that is held is taken",
    );
    broken(
        ResourceKind::Lock,
        0,
        0,
        &[Released],
        "a lock that is free is released",
    );
    broken(
        ResourceKind::Semaphore,
        0,
        0,
        &[Acquired],
        "a permit is taken that does not exist",
    );
    broken(
        ResourceKind::Semaphore,
        0,
        1,
        &[Unreserved],
        "a permit is set aside no more that never was",
    );
    broken(
        ResourceKind::Semaphore,
        0,
        1,
        &[Reserved, Acquired],
        "a permit is taken that does not exist",
    );
    let too_many = "a bounded semaphore gets more permits than it had";
    broken(ResourceKind::BoundedSemaphore, 0, 1, &[Released], too_many);
    broken(
        ResourceKind::Event,
        0,
        0,
        &[Acquired],
        "an event is only set and cleared",
    );
    broken(
        ResourceKind::Condition,
        0,
        0,
        &[Acquired],
        "a condition only notifies: its lock is apart",
    );
    let parties = Change::PartiesSet(3);
    broken(
        ResourceKind::Barrier,
        2,
        0,
        &[parties],
        "more parties are inside than there are",
    );
}

#[test]
fn a_permit_that_is_set_aside_is_not_free() {
    use Change::{Acquired, Released, Reserved, Unreserved};
    let mut script = Script::new();
    let semaphore = script.resource(ResourceKind::BoundedSemaphore, "s", 1, 1);
    // Whoever has it gives it back twice while two wait: both get one.
    for change in [
        Acquired, Released, Reserved, Released, Reserved, Unreserved, Acquired,
    ] {
        script.change(semaphore, change);
    }
    let trace = script.exits();
    assert_eq!(faults(&trace), "");
    let state = trace.state_at(trace.last_frame());
    let view = state.resource(semaphore).unwrap();
    assert_eq!((view.value, view.reserved), (0, 1));
}

#[test]
fn queues_and_groups_do_only_what_they_can() {
    let put = Change::ItemPut {
        item: crate::trace::TextId::EMPTY,
    };
    let take = Change::ItemTaken { index: 0 };
    broken(
        ResourceKind::Queue,
        0,
        0,
        &[take],
        "an item is taken that is not there",
    );
    broken(
        ResourceKind::Queue,
        1,
        0,
        &[put, put],
        "an item is put into a full queue",
    );
    broken(
        ResourceKind::Queue,
        0,
        0,
        &[Change::Closed, put],
        "an item is put into a queue that was shut down",
    );
    broken(
        ResourceKind::LifoQueue,
        0,
        0,
        &[put, put, take],
        "an item is taken before its turn",
    );
    broken(
        ResourceKind::Queue,
        0,
        0,
        &[Change::ItemFinished],
        "more items are finished than were put",
    );
    let twice = [Change::Settled, Change::Settled];
    broken(
        ResourceKind::Gather,
        0,
        0,
        &twice,
        "a group has what it waited for twice",
    );
}

#[test]
fn a_deadlock_names_the_pending_tasks_and_nothing_can_happen() {
    let mut script = Script::new();
    script.spawn("t", None, 1);
    script.timer(Job::SleepOver, 10);
    insta::assert_snapshot!(faults(&script.finish(Outcome::Deadlocked { tasks: Vec::new() })), @r"
    event 3: a deadlock with 1 handles ready and 1 timers pending
    event 3: a deadlock of [], but [TaskId(1)] are pending
    ");
}
