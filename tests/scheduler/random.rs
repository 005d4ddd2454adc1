//! Random programs: tasks that use everything at once and get in each other's way.
//!
//! Every task awaits only tasks that were created before it, so that nobody waits
//! for somebody who waits for him, and what is taken is mostly given back.

use proptest::prelude::*;

use crate::program::{Kind, Mode, Op, Program};

const TASKS: usize = 5;

fn task_name(number: usize) -> String {
    format!("t{number}")
}

fn name(text: &str) -> String {
    text.to_owned()
}

fn things() -> Vec<(String, Kind)> {
    let things = [
        ("L", Kind::Lock),
        ("S", Kind::Semaphore(2)),
        ("T", Kind::Bounded(1)),
        ("E", Kind::Event),
        ("C", Kind::Condition),
        ("Q", Kind::Queue(2)),
        ("H", Kind::Heap(1)),
        ("B", Kind::Barrier(2)),
    ];
    things.map(|(thing, kind)| (name(thing), kind)).into()
}

fn queue() -> impl Strategy<Value = String> {
    prop_oneof![3 => Just(name("Q")), 1 => Just(name("H"))]
}

fn plain() -> impl Strategy<Value = Op> {
    prop_oneof![
        4 => (0u64..4).prop_map(|tens| Op::Sleep(tens * 10)),
        1 => (1u64..3).prop_map(|tens| Op::Block(tens * 10)),
        1 => "[a-e]".prop_map(Op::Say),
        1 => prop_oneof![Just("ValueError"), Just("OSError")].prop_map(|error| Op::Raise(name(error))),
        1 => (0i64..5).prop_map(Op::Return),
        2 => (0..TASKS, prop::option::of("[xy]")).prop_map(|(task, why)| Op::Cancel(task_name(task), why)),
        1 => Just(Op::Uncancel),
        1 => Just(Op::Release(name("S"))),
        1 => Just(Op::Wait(name("E"))),
        2 => Just(Op::Set(name("E"))),
        1 => Just(Op::Clear(name("E"))),
        4 => (queue(), 0i64..9).prop_map(|(queue, item)| Op::Put(queue, item)),
        3 => queue().prop_map(Op::Get),
        1 => queue().prop_map(Op::Finish),
        1 => queue().prop_map(Op::Join),
        1 => (queue(), any::<bool>()).prop_map(|(queue, now)| Op::Shutdown(queue, now)),
        3 => Just(Op::Meet(name("B"))),
        1 => prop_oneof![Just(Op::Abort(name("B"))), Just(Op::Reset(name("B")))],
    ]
}

/// Operations on tasks that were created before task `number`.
fn on_others(number: usize) -> impl Strategy<Value = Op> {
    let others = prop::collection::vec((0..number.max(1)).prop_map(task_name), 1..4);
    let limit = prop::option::of((0u64..4).prop_map(|tens| tens * 10));
    let mode = prop_oneof![Just(Mode::Any), Just(Mode::All), Just(Mode::Error)];
    (others, limit, mode, 0..9).prop_map(|(others, limit, mode, which)| match which {
        0 => Op::Await(others[0].clone()),
        1 => Op::Shield(others[0].clone()),
        2 => Op::Expect(others[0].clone(), limit.unwrap_or(0)),
        3 => Op::Gather(others, false),
        4 => Op::Gather(others, true),
        5 => Op::Each(others, limit),
        6 => Op::EachTask(others, limit),
        _ => Op::WaitFor(mode, others, limit),
    })
}

/// `acquire`, something, and `release` whatever happens.
fn holding(thing: &str, inside: Vec<Op>) -> Op {
    let held = Op::Finally(inside, vec![Op::Release(name(thing))]);
    Op::Failed(
        vec![Op::Acquire(name(thing)), held],
        vec![Op::Say(name("failed"))],
    )
}

fn op(number: usize) -> BoxedStrategy<Op> {
    let leaf = if number == 0 {
        plain().boxed()
    } else {
        prop_oneof![3 => plain(), 1 => on_others(number)].boxed()
    };
    leaf.prop_recursive(3, 12, 3, |inner| {
        let ops = || prop::collection::vec(inner.clone(), 1..3);
        prop_oneof![
            2 => ops().prop_map(|body| holding("L", body)),
            2 => ops().prop_map(|body| holding("S", body)),
            1 => ops().prop_map(|body| holding("T", body)),
            2 => ops().prop_map(|mut body| {
                body.insert(0, Op::Wait(name("C")));
                holding("C", body)
            }),
            2 => (ops(), 1usize..3).prop_map(|(mut body, n)| {
                body.push(Op::Notify(name("C"), n));
                holding("C", body)
            }),
            1 => (ops(), ops()).prop_map(|(body, then)| Op::Cancelled(body, then)),
            1 => (ops(), ops()).prop_map(|(body, then)| Op::Failed(body, then)),
            1 => (ops(), ops()).prop_map(|(body, then)| Op::Finally(body, then)),
            1 => ((0u64..4), ops()).prop_map(|(tens, body)| Op::Timeout(tens * 10, body)),
            1 => ((1u64..4), ops()).prop_map(|(tens, body)| Op::Within(tens * 10, body)),
            2 => (ops(), 1usize..3).prop_map(|(mut body, children)| {
                for child in 0..children {
                    body.insert(0, Op::Child(format!("c{child}")));
                }
                Op::Group(body)
            }),
        ]
    })
    .boxed()
}

/// A program of five tasks, children that groups create, and a `main` that starts and gathers them.
pub(crate) fn program() -> impl Strategy<Value = Program> {
    let body = |number| prop::collection::vec(op(number), 1..6);
    let tasks = (body(0), body(1), body(2), body(3), body(4));
    let children = [(); 2].map(|()| prop::collection::vec(plain(), 1..4));
    (tasks, children, body(TASKS), any::<bool>()).prop_map(|((a, b, c, d, e), children, mut main, rescue)| {
        let names: Vec<_> = (0..TASKS).map(task_name).collect();
        main.insert(0, Op::Spawn(names.clone()));
        if rescue {
            // Whoever waits in vain by then is told to stop.
            main.push(Op::Sleep(200));
            main.extend(names.iter().map(|name| Op::Cancel(name.clone(), None)));
        }
        main.push(Op::Gather(names.clone(), true));
        let mut tasks = vec![(name("main"), main)];
        tasks.extend(names.into_iter().zip([a, b, c, d, e]));
        tasks.extend((0..).map(|child| format!("c{child}")).zip(children));
        Program {
            things: things(),
            tasks,
        }
    })
}
