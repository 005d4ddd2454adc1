//! Whole stories, frame by frame.

use super::*;
use crate::trace::event::{Budget, Change, Job, Outcome, ResourceKind, Settled, Stream, Via, WaitReason};
use crate::trace::ids::{FutureId, ResourceId};
use crate::trace::script::{Script, lock_handover, sleepers};
use crate::trace::state::Family;

/// The headline of every frame, its reasons indented below.
fn story(trace: &Trace) -> String {
    let mut lines = Vec::new();
    for frame in 0..=trace.last_frame() {
        let (told, state) = (narrate(trace, frame), trace.state_at(frame));
        lines.push(format!("{frame}: {}", plain(&told.headline, trace, &state)));
        lines.extend(
            told.reasons
                .iter()
                .map(|reason| format!("   {}", plain(reason, trace, &state))),
        );
    }
    lines.join("\n")
}

/// The story of one frame.
fn told(trace: &Trace, frame: u32) -> String {
    let (told, state) = (narrate(trace, frame), trace.state_at(frame));
    let sentences = std::iter::once(&told.headline).chain(&told.reasons);
    sentences
        .map(|message| plain(message, trace, &state))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_slot_of_a_pattern_is_filled() {
    let slots_of = |pattern: &str| -> std::collections::BTreeSet<String> {
        let pieces = pattern.split('{').skip(1);
        pieces
            .map(|piece| piece.split('}').next().unwrap().to_owned())
            .collect()
    };
    for (key, [english, chinese], slots) in MESSAGES {
        for slot in slots_of(english) {
            assert!(slots.contains(&slot.as_str()), "{key} has no slot {slot}");
        }
        assert_eq!(
            slots_of(english),
            slots_of(chinese),
            "{key} says less in one language"
        );
        assert!(english.len() <= HEADLINE, "{key} is too long");
        assert!(chinese.chars().count() <= 60, "{key} is too long in Chinese");
        let wide = chinese.chars().any(|letter| letter >= '\u{2e80}');
        assert!(
            wide || english == chinese && !english.contains(' '),
            "{key} is not in Chinese"
        );
    }
}

#[test]
fn sleeping_and_waiting_for_a_task() {
    insta::assert_snapshot!(story(&sleepers()), @r"
    0: main is ready: it runs in the first step.
    1: main creates nap, then sleeps until 1.00 s.
       nap joins the ready queue; it has not run yet.
    2: nap starts, then sleeps until 2.00 s.
       main created nap in step 1.
    3: The clock reaches 1.00 s: the sleep of main is over, so it moves to the ready queue.
    4: main waits for nap to end.
       The sleep of main ended in step 3.
    5: The clock reaches 2.00 s: the sleep of nap is over, so it moves to the ready queue.
    6: nap returns 'slept', so main, which awaited it, moves to the ready queue.
       The end of a task wakes everyone who awaits it.
       The sleep of nap ended in step 5.
    7: main returns None.
       nap, which main awaited, ended in step 6.
    8: The program ends at 2.00 s.
       Steps: 7. Turns: 7.
    ");
}

#[test]
fn a_lock_changes_hands() {
    insta::assert_snapshot!(story(&lock_handover()), @r"
    0: a is ready: it runs in the first step.
    1: a takes disk, then gives way and goes to the back of the ready queue.
    2: b starts, then waits for disk, held by a.
    3: a releases disk, so b moves to the ready queue. Then a returns None.
       release() wakes the task that has waited longest; it takes the lock when it runs.
       a gave way in step 1; everybody who was ready then has run since.
    4: b takes and releases disk, then returns None.
       a released disk in step 3, and b was next in line.
    5: The program ends at 0.00 s.
       Steps: 4. Turns: 3.
    ");
}

/// A queue for one item, a producer with two, and two consumers of which one comes too late.
fn queue() -> Trace {
    let mut script = Script::new();
    let queue = script.resource(ResourceKind::Queue, "queue", 1, 0);
    let (one, two) = (script.text("1"), script.text("2"));
    let (p, first) = script.spawn("p", None, 1);
    let (c, second) = script.spawn("c", None, 1);
    script.turn();
    script.begin(first);
    script.change(queue, Change::ItemPut { item: one });
    script.suspend(p, 3, WaitReason::QueuePut { queue, item: two });
    script.begin(second);
    script.change(queue, Change::ItemTaken { index: 0 });
    let roomy = script.ready(Job::Wakeup(p), Via::Get(queue));
    script.change(queue, Change::ItemPut { item: two });
    let again = script.gives_way(c);
    script.turn();
    script.begin(roomy);
    script.suspend(p, 3, WaitReason::QueuePut { queue, item: two });
    script.begin(again);
    script.suspend(c, 4, WaitReason::QueueJoin(queue));
    script.finish(Outcome::Deadlocked { tasks: vec![p, c] })
}

#[test]
fn a_slot_is_stolen_and_the_run_gets_stuck() {
    insta::assert_snapshot!(story(&queue()), @r"
    0: p is ready: it runs in the first step.
    1: p puts 1 into queue, then waits to put 2: queue is full.
       queue holds 1 of 1.
    2: c takes 1 from queue, so p moves to the ready queue. Then c gives way and goes to the back of the ready queue.
       queue has room now, so the task that has waited longest may put.
       c also puts 2 into queue.
    3: p waits to put 2: queue is full.
       queue is full again: somebody else took the slot first.
       c made room in queue in step 2.
    4: c waits until everything in queue is done.
       c gave way in step 2; everybody who was ready then has run since.
    5: Nothing can happen any more: 2 tasks wait for ever.
       p waits to put 2: queue is full.
       c waits until everything in queue is done.
    ");
}

#[test]
fn an_event_and_a_condition_wake_many() {
    let mut script = Script::new();
    let door = script.resource(ResourceKind::Event, "door", 0, 0);
    let shop = script.resource(ResourceKind::Condition, "shop", 0, 0);
    let (main, first) = script.spawn("main", None, 1);
    script.turn();
    script.begin(first);
    let mut spawned = Vec::new();
    for name in ["a", "b", "c", "d"] {
        spawned.push(script.spawn(name, Some(main), 2));
    }
    let next = script.gives_way(main);
    script.turn();
    for (task, handle) in &spawned {
        script.begin(*handle);
        script.suspend(*task, 3, WaitReason::Event(door));
    }
    script.begin(next);
    script.change(door, Change::FlagSet(true));
    let woken: Vec<_> = spawned
        .iter()
        .map(|(task, _)| script.ready(Job::Wakeup(*task), Via::EventSet(door)))
        .collect();
    let next = script.gives_way(main);
    script.turn();
    for ((task, _), handle) in spawned.iter().zip(woken) {
        script.begin(handle);
        script.suspend(*task, 4, WaitReason::Condition(shop));
    }
    script.begin(next);
    for (task, _) in &spawned[..2] {
        script.ready(Job::Wakeup(*task), Via::Notify(shop));
    }
    script.change(shop, Change::Notified { woken: 2 });
    script.returns("None");
    let trace = script.exits();
    insta::assert_snapshot!(told(&trace, 2), @r"
    a starts, then waits until door is set.
    main created a in step 1.
    ");
    insta::assert_snapshot!(told(&trace, 6), @r"
    main sets door, so 4 tasks move to the ready queue. Then main gives way and goes to the back of the ready queue.
    set() wakes every task that waits at that moment, in the order in which they came.
    main gave way in step 1; everybody who was ready then has run since.
    ");
    insta::assert_snapshot!(told(&trace, 11), @r"
    main notifies shop, so a and b move to the ready queue. Then main returns None.
    A notified task first takes the lock of shop again.
    main gave way in step 6; everybody who was ready then has run since.
    ");
    insta::assert_snapshot!(told(&trace, 12), @r"
    The program ends at 0.00 s.
    Steps: 11. Turns: 3.
    Not done: a, b, c and d.
    ");
}

/// `main` cancels `outer`, which waits for `inner`; `inner` swallows it.
#[test]
fn a_cancellation_goes_inwards_and_is_swallowed() {
    let mut script = Script::new();
    let (main, first) = script.spawn("main", None, 1);
    let (outer, second) = script.spawn("outer", None, 1);
    let (inner, third) = script.spawn("inner", None, 1);
    script.turn();
    script.begin(second);
    script.suspend(outer, 2, WaitReason::Task(inner));
    script.begin(third);
    script.sleep(inner, 5000, 6);
    script.begin(first);
    let woken = script.cancel(inner);
    script.emit(&EventKind::CancelRequested {
        task: outer,
        accepted: true,
        message: None,
        line: 4,
    });
    let last = script.gives_way(main);
    script.turn();
    script.begin(woken);
    script.emit(&EventKind::CancelDelivered { task: inner });
    script.emit(&EventKind::LinesRan { lines: vec![7] });
    script.sleep(inner, 1000, 8);
    script.begin(last);
    script.raises("ValueError('boom')");
    let trace = script.exits();
    insta::assert_snapshot!(told(&trace, 3), @r"
    main asks outer to stop, so inner moves to the ready queue. Then main gives way and goes to the back of the ready queue.
    CancelledError will be raised where inner waits, when it runs.
    outer waits for inner, so the request goes on to inner.
    ");
    insta::assert_snapshot!(told(&trace, 4), @r"
    inner gets CancelledError at line 7, but still sleeps until 1.00 s.
    inner counts as cancelled only when CancelledError ends it.
    main asked inner to stop in step 3.
    ");
    insta::assert_snapshot!(told(&trace, 5), @r"
    main fails with ValueError('boom'); nobody awaits it yet.
    main gave way in step 3; everybody who was ready then has run since.
    ");
}

#[test]
fn gather_counts_its_children() {
    let mut script = Script::new();
    let (main, first) = script.spawn("main", None, 1);
    script.turn();
    script.begin(first);
    let (a, second) = script.spawn("a", Some(main), 2);
    let (b, third) = script.spawn("b", Some(main), 2);
    let gather = script.resource(ResourceKind::Gather, "", 0, 0);
    script.change(gather, Change::ChildAdded { task: a });
    script.change(gather, Change::ChildAdded { task: b });
    script.suspend(main, 3, WaitReason::Gather(gather));
    script.turn();
    let name = script.text("gather");
    let mut notes = Vec::new();
    for (task, handle) in [(a, second), (b, third)] {
        script.begin(handle);
        notes.push(script.ready(Job::Library { name }, Via::TaskDone(task)));
        script.returns("None");
        script.turn();
        script.begin(notes[notes.len() - 1]);
        if task == b {
            script.change(gather, Change::Settled);
            script.ready(Job::Wakeup(main), Via::Group(gather));
        }
        script.callback_done();
    }
    let outcome = Outcome::OutOfBudget {
        budget: Budget::Lines,
        limit: 1_000_000,
        line: 5,
    };
    insta::assert_snapshot!(story(&script.finish(outcome)), @r"
    0: main is ready: it runs in the first step.
    1: main creates a and b, then waits for gather 1: 0 of 2 done.
       a and b join the ready queue in this order; they have not run yet.
    2: a starts, then returns None.
       1 of 2 done in gather 1.
       main created a in step 1.
    3: The loop notes for gather 1 that a has ended.
       1 of 2 done in gather 1.
       main keeps waiting.
       Turn 3 begins: it runs the 2 that are ready now, no others.
    4: b starts, then returns None.
       main created b in step 1.
    5: The loop completes gather 1, so main moves to the ready queue.
    6: The run stops at line 5: one step ran 1,000,000 lines without an await.
       Steps: 5. Turns: 4.
    ");
}

#[test]
fn callbacks_of_the_program_act_under_their_own_name() {
    let mut script = Script::new();
    let (main, first) = script.spawn("main", None, 1);
    let name = script.text("on_tick");
    script.turn();
    script.begin(first);
    script.timer(Job::Callback { name }, 250);
    let future = FutureId(1);
    let reply = script.text("reply");
    script.emit(&EventKind::FutureCreated {
        future,
        name: reply,
        line: 2,
    });
    script.suspend(main, 3, WaitReason::Future(future));
    let timer = script.pass(250)[0];
    script.turn();
    script.begin(timer);
    let value = script.text("42");
    script.emit(&EventKind::FutureSettled {
        future,
        how: Settled::Result,
        value,
    });
    script.ready(Job::Wakeup(main), Via::Future(future));
    script.emit(&EventKind::Output {
        stream: Stream::Out,
        text: value,
        complete: true,
        line: 9,
    });
    script.callback_done();
    insta::assert_snapshot!(story(&script.exits()), @r#"
    0: main is ready: it runs in the first step.
    1: main schedules on_tick for 0.25 s, then waits for reply.
    2: The loop calls on_tick, which settles reply with 42, so main moves to the ready queue.
       Nothing was ready, so the clock jumped to 0.25 s.
       A settled future wakes everyone who awaits it.
       on_tick also prints "42".
    3: The program ends at 0.25 s.
       Steps: 2. Turns: 2.
       Not done: main.
    "#);
}

#[test]
fn an_eager_child_runs_inside_the_step_of_its_creator() {
    let mut script = Script::new();
    let (main, first) = script.spawn("main", None, 9);
    script.turn();
    script.begin(first);
    let (child, second) = script.spawn("child", Some(main), 5);
    script.begin(second);
    let lock = script.resource(ResourceKind::Lock, "lock", 0, 0);
    script.change(lock, Change::Acquired);
    script.gives_way(child);
    script.suspend(main, 6, WaitReason::Lock(lock));
    insta::assert_snapshot!(story(&script.exits()), @r"
    0: main is ready: it runs in the first step.
    1: child takes lock, then gives way and goes to the back of the ready queue.
       main started child at once, inside its own step.
    2: main creates child, then waits for lock, held by child.
       The loop starts tasks at once: child ran inside this step up to the first wait.
    3: The program ends at 0.00 s.
       Steps: 2. Turns: 1.
       Not done: main and child.
    ");
}

#[test]
fn the_last_at_a_barrier_wakes_the_others() {
    let mut script = Script::new();
    let gate = script.resource(ResourceKind::Barrier, "gate", 2, 0);
    let (a, first) = script.spawn("a", None, 1);
    let (_, second) = script.spawn("b", None, 1);
    script.turn();
    script.begin(first);
    script.change(gate, Change::PartiesSet(1));
    script.suspend(a, 3, WaitReason::Barrier(gate));
    script.begin(second);
    script.change(gate, Change::PartiesSet(2));
    let woken = script.ready(Job::Wakeup(a), Via::Barrier(gate));
    script.change(gate, Change::PartiesSet(1));
    script.returns("1");
    script.turn();
    script.begin(woken);
    script.change(gate, Change::PartiesSet(0));
    script.returns("0");
    insta::assert_snapshot!(story(&script.exits()), @r"
    0: a is ready: it runs in the first step.
    1: a is number 1 at gate, then waits at gate for the others.
    2: b is the last that gate waits for, so a moves to the ready queue. Then b returns 1.
       b also leaves gate.
    3: a leaves gate, then returns 0.
       b was the last at gate, in step 2.
    4: The program ends at 0.00 s.
       Steps: 3. Turns: 2.
    ");
}

#[test]
fn a_blocking_call_comes_first() {
    let mut script = Script::new();
    let (main, first) = script.spawn("main", None, 9);
    script.turn();
    script.begin(first);
    for why in [ClockCause::Spinning, ClockCause::Spinning, ClockCause::Blocking] {
        script.emit(&EventKind::ClockMoved {
            by: Time(500_000_000),
            why,
        });
    }
    script.gives_way(main);
    insta::assert_snapshot!(told(&script.exits(), 1), @r"
    main reads the clock over and over, which blocks the whole loop for 1.00 s, then gives way and goes to the back of the ready queue.
    main also blocks the whole loop for 0.50 s.
    ");
}

#[test]
fn long_headlines_leave_the_end_of_the_step_to_the_reasons() {
    let mut script = Script::new();
    let long = "a_task_with_quite_a_long_name_that_fills_the_line";
    let lock = script.resource(ResourceKind::Lock, "the_lock_with_a_long_name_as_well", 0, 0);
    let (task, first) = script.spawn(long, None, 1);
    script.turn();
    script.begin(first);
    script.change(lock, Change::Acquired);
    script.suspend(task, 3, WaitReason::Event(ResourceId(1)));
    let trace = script.exits();
    insta::assert_snapshot!(told(&trace, 1), @r"
    a_task_with_quite_a_long_name_that_fills_the_line takes the_lock_with_a_long_name_as_well.
    a_task_with_quite_a_long_name_that_fills_the_line waits until the_lock_with_a_long_name_as_well is set.
    ");
}

#[test]
fn names_carry_the_family_of_their_state() {
    let trace = sleepers();
    let state = trace.state_at(1);
    let parts = render(&narrate(&trace, 1).headline, &trace, &state);
    let families: Vec<_> = parts
        .iter()
        .filter_map(|part| {
            if let Part::Task { name, family, .. } = part {
                Some((name.as_str(), *family))
            } else {
                None
            }
        })
        .collect();
    let expected = [("main", Family::Running), ("nap", Family::Ready)];
    assert_eq!(families, expected);
}

#[test]
fn things_without_a_name_have_a_number() {
    let mut script = Script::new();
    script.resource(ResourceKind::Queue, "", 0, 0);
    script.resource(ResourceKind::Lock, "", 0, 0);
    let whole = script.resource(ResourceKind::Condition, "shop", 0, 0);
    let second = script.resource(ResourceKind::Lock, "", 0, 0);
    let kind = ResourceKind::Lock;
    let (resource, name) = (ResourceId(5), crate::trace::TextId::EMPTY);
    script.emit(&EventKind::ResourceCreated {
        resource,
        kind,
        name,
        line: 1,
        capacity: 0,
        value: 0,
        part_of: Some(whole),
    });
    let trace = script.exits();
    let name = |id| crate::trace::resource_name(&trace, trace.tip(), id);
    assert_eq!(
        (name(second), name(resource)),
        ("lock 2".to_owned(), "shop lock".to_owned())
    );
}
