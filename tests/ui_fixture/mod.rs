//! A run for the tests of the page: the default scenario, written for the scheduler in Rust.
//!
//! The page draws nothing but traces, so its tests need no interpreter.

#![allow(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::rc::Rc;

use loopscope::sched::combine::{Delay, sleep};
use loopscope::sched::rust_host::{Error, FutureRef, RustHost, Value, gather, spawn};
use loopscope::sched::sync::{Discipline, Lock, Plain, Queue};
use loopscope::sched::{EventLoop, World, cancel, wait};
use loopscope::trace::{EventKind, Frame, Header, Outcome, Recorder, Stream, TaskId, Trace};
use loopscope::ui::scenarios::lesson::program_of;

type Loop = Rc<EventLoop<RustHost>>;

const FILE: &str = include_str!("../../static/scenarios/producer_consumer.py");

/// Says where a task will rest: what the interpreter says for Python code.
fn rests(event_loop: &Loop, task: u32, line: u32) {
    let world = event_loop.world();
    let function = world.text("coroutine");
    let frames = vec![Frame { function, line }];
    world.emit(&EventKind::StackSeen {
        task: TaskId(task),
        frames,
        fresh_from: 0,
    });
}

fn prints(event_loop: &Loop, text: &str) {
    let world = event_loop.world();
    let text = world.text(text);
    world.emit(&EventKind::Output {
        stream: Stream::Out,
        text,
        complete: true,
        line: 0,
    });
}

async fn naps(event_loop: &Loop, seconds: f64) -> Result<Value, Error> {
    sleep(
        Rc::clone(event_loop),
        Delay {
            seconds,
            text: seconds.to_string(),
        },
        Value::None,
    )
    .await
}

async fn produces(
    event_loop: Loop,
    me: u32,
    queue: Rc<Queue<RustHost>>,
    items: [i64; 3],
) -> Result<Value, Error> {
    for item in items {
        rests(&event_loop, me, 7);
        naps(&event_loop, 0.1).await?;
        rests(&event_loop, me, 8);
        Rc::clone(&queue)
            .put(Rc::clone(&event_loop), Value::Int(item), Plain)
            .await?;
        prints(&event_loop, &format!("made {item}"));
    }
    Ok(Value::None)
}

async fn consumes(
    event_loop: Loop,
    me: u32,
    queue: Rc<Queue<RustHost>>,
    printer: Rc<Lock<RustHost>>,
) -> Result<Value, Error> {
    loop {
        rests(&event_loop, me, 13);
        let item = Rc::clone(&queue).get(Rc::clone(&event_loop), Plain).await?;
        rests(&event_loop, me, 14);
        Rc::clone(&printer).acquire(Rc::clone(&event_loop)).await?;
        rests(&event_loop, me, 15);
        naps(&event_loop, 0.3).await?;
        if let Value::Int(item) = item {
            prints(&event_loop, &format!("printed {item}"));
        }
        printer.release()?;
        queue.task_done()?;
    }
}

async fn works(event_loop: Loop) -> Result<Value, Error> {
    let queue = Queue::new(event_loop.world(), "queue", Discipline::Fifo, 2);
    let printer = Lock::new(event_loop.world(), "printer");
    let start = |name: &str, body| spawn(&event_loop, name, body);
    let makers: Vec<FutureRef> = [("maker-1", 2, [1, 3, 5]), ("maker-2", 3, [2, 4, 6])]
        .into_iter()
        .map(|(name, me, items)| {
            let body: std::pin::Pin<Box<dyn Future<Output = Result<Value, Error>>>> =
                Box::pin(produces(Rc::clone(&event_loop), me, Rc::clone(&queue), items));
            start(name, body)
        })
        .collect();
    let takers: Vec<FutureRef> = [("taker-1", 4), ("taker-2", 5)]
        .into_iter()
        .map(|(name, me)| {
            let body: std::pin::Pin<Box<dyn Future<Output = Result<Value, Error>>>> = Box::pin(consumes(
                Rc::clone(&event_loop),
                me,
                Rc::clone(&queue),
                Rc::clone(&printer),
            ));
            start(name, body)
        })
        .collect();
    rests(&event_loop, 1, 33);
    wait::<RustHost>(gather(&event_loop, makers, false)).await?;
    rests(&event_loop, 1, 34);
    Rc::clone(&queue).join(Rc::clone(&event_loop)).await?;
    for taker in &takers {
        cancel::<RustHost>(taker, None).expect("nobody waits in a circle");
    }
    prints(&event_loop, "nothing left to print");
    Ok(Value::None)
}

/// The trace.
pub(crate) fn bounded_queue() -> Trace {
    let header = Header {
        program: "producer_consumer.py".into(),
        source: program_of(FILE).into(),
        seed: 0,
        ..Header::default()
    };
    let event_loop: Loop = EventLoop::new(World::new(&header, || 0));
    let main = spawn(&event_loop, "main", works(Rc::clone(&event_loop)));
    let ended = event_loop.run_until_complete(&main);
    assert!(ended.is_ok(), "{ended:?}");
    let world = event_loop.world();
    world.emit(&EventKind::RunEnded {
        outcome: Outcome::Exited { code: 0, error: None },
    });
    Trace::read(&world.record(Recorder::take_chunk)).expect("a recorder writes traces")
}
