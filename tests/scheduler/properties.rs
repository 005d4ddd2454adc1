//! What holds for every program.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use loopscope::sched::Stop;
use loopscope::sched::rust_host::{self, Error, Function, Value};
use loopscope::trace::{Change, EventKind, Outcome, ResourceKind, StepEnd, Time, Trace, WaitReason};
use proptest::prelude::*;

use crate::program::Program;
use crate::sound_trace_of;

/// The microseconds in which timers with these deadlines fire, each with its place in `deadlines`.
fn firings(deadlines: &[Time]) -> Vec<(u64, usize)> {
    let event_loop = rust_host::new_loop();
    let fired = Rc::new(RefCell::new(Vec::new()));
    for (place, due) in deadlines.iter().enumerate() {
        let (fired, world) = (Rc::clone(&fired), Rc::clone(event_loop.world()));
        let note = Function::new("note", move || {
            fired.borrow_mut().push((world.now().micros(), place));
            Ok(())
        });
        assert!(event_loop.call_at(due.as_secs_f64(), note).is_ok());
    }
    assert!(
        matches!(event_loop.run_forever(), Err(Stop::Deadlock)),
        "nothing stops it"
    );
    fired.take()
}

proptest! {
    #[test]
    fn timers_fire_like_a_stable_sort_by_microsecond(nanos in prop::collection::vec(0u64..20_000, 0..50)) {
        let deadlines: Vec<_> = nanos.into_iter().map(Time).collect();
        let mut model: Vec<_> = deadlines.iter().map(|due| due.micros()).zip(0..).collect();
        model.sort_by_key(|(due, _)| *due);
        prop_assert_eq!(firings(&deadlines), model);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_program_reads_as_it_is_written(program in crate::random::program()) {
        prop_assert_eq!(Program::read(&program.to_string()), program);
    }

    #[test]
    fn whatever_tasks_do_the_rules_hold(program in crate::random::program()) {
        let trace = sound_trace_of(&program, |event_loop| event_loop.world().limit_steps(2000));
        let told = || format!("{program}\n{}", crate::story::story(&trace));
        prop_assert!(primitives_are_sound(&trace).is_ok(), "{:?}\n{}", primitives_are_sound(&trace), told());
        prop_assert!(nobody_is_forgotten(&trace), "{}", told());
    }
}

/// No two hold a lock, no semaphore gives more than it has, no queue holds more than it may, and a queue
/// gives out the items in the order in which it took them in.
fn primitives_are_sound(trace: &Trace) -> Result<(), String> {
    struct Model {
        kind: ResourceKind,
        capacity: usize,
        free: i64,
        items: VecDeque<String>,
    }
    let mut models: Vec<Model> = Vec::new();
    for event in trace.events() {
        match event.kind {
            EventKind::ResourceCreated {
                kind,
                capacity,
                value,
                ..
            } => models.push(Model {
                kind,
                capacity: capacity as usize,
                free: if kind == ResourceKind::Lock { 1 } else { value },
                items: VecDeque::new(),
            }),
            EventKind::ResourceChanged { resource, change, .. } => {
                let model = &mut models[resource.index()];
                let fault = |what: &str| Err(format!("event {}: {what}", event.seq));
                match change {
                    Change::Acquired => model.free -= 1,
                    Change::Released => model.free += 1,
                    Change::ItemPut { item } => model.items.push_back(trace.text(item).to_owned()),
                    Change::ItemTaken { index } => {
                        let index = index as usize;
                        if model.kind == ResourceKind::Queue && index != 0 {
                            return fault("an item overtook another");
                        }
                        let taken = model.items.remove(index);
                        let smallest = model.items.iter().min();
                        if model.kind == ResourceKind::PriorityQueue
                            && smallest < taken.as_ref()
                            && smallest.is_some()
                        {
                            return fault("a smaller item was left behind");
                        }
                    }
                    _ => {}
                }
                if model.free < 0 {
                    return fault("taken more often than there is");
                }
                if model.kind == ResourceKind::Lock && model.free > 1 {
                    return fault("a lock was given back twice");
                }
                if model.capacity > 0 && model.items.len() > model.capacity {
                    return fault("too many items");
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// When the run is over, whoever still waits is told of as deadlocked, or there is still something to come.
fn nobody_is_forgotten(trace: &Trace) -> bool {
    let waiting: Vec<_> = trace
        .tip()
        .tasks
        .iter()
        .filter(|task| !task.state.is_done())
        .map(|task| task.id)
        .collect();
    match trace.outcome() {
        Some(Outcome::Deadlocked { tasks }) => {
            let idle = trace.tip().ready.is_empty() && trace.tip().timers.is_empty();
            idle && !waiting.is_empty() && *tasks == waiting
        }
        // `main` has ended, and the loop with it.
        Some(Outcome::Exited { .. }) => trace.tip().tasks[0].state.is_done(),
        Some(Outcome::OutOfBudget { .. }) => !trace.tip().ready.is_empty() || !trace.tip().timers.is_empty(),
        // There is only one thread.
        Some(Outcome::ThreadsDeadlocked { .. }) | None => false,
    }
}

/// Ways to leave a wait, counted: a generator of programs that never gets far would test nothing.
#[test]
fn random_programs_reach_every_corner() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let (mut waits, mut ends) = ([0; 10], [0; 3]);
    for _ in 0..200 {
        let tree = crate::random::program()
            .new_tree(&mut runner)
            .expect("nothing is rejected");
        let trace = sound_trace_of(&tree.current(), |event_loop| event_loop.world().limit_steps(2000));
        for event in trace.events() {
            match event.kind {
                EventKind::StepEnded {
                    end: StepEnd::Suspended { on },
                } => {
                    if let Some(place) = corner(on) {
                        waits[place] += 1;
                    }
                }
                EventKind::StepEnded {
                    end: StepEnd::Returned { .. },
                } => ends[0] += 1,
                EventKind::StepEnded {
                    end: StepEnd::Raised { .. },
                } => ends[1] += 1,
                EventKind::StepEnded {
                    end: StepEnd::Cancelled { .. },
                } => ends[2] += 1,
                _ => {}
            }
        }
    }
    assert!(
        waits.iter().chain(&ends).all(|count| *count >= 20),
        "waits {waits:?}, ends {ends:?}"
    );
}

const fn corner(on: WaitReason) -> Option<usize> {
    Some(match on {
        WaitReason::Task(_) => 0,
        WaitReason::Gather(_) => 1,
        WaitReason::Lock(_) => 2,
        WaitReason::Event(_) => 3,
        WaitReason::Condition(_) => 4,
        WaitReason::Semaphore(_) => 5,
        WaitReason::Barrier(_) => 6,
        WaitReason::QueueGet(_) => 7,
        WaitReason::QueuePut { .. } => 8,
        WaitReason::Group(_) => 9,
        _ => return None,
    })
}

/// A value that no program makes, so that a run that loses its result is seen.
#[test]
fn a_run_hands_out_the_result_of_main() {
    let (ended, _) = rust_host::run(|_| async { Ok::<_, Error>(Value::Int(42)) });
    assert!(matches!(ended, Ok(Value::Int(42))));
}
