//! What the scheduler costs with everything recorded, and what seeking in its traces costs.
#![allow(missing_docs, reason = "the macros of criterion document nothing")]
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench prints its figures or fails"
)]

use std::hint::black_box;
use std::rc::Rc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use loopscope::sched::rust_host::{self, FutureRef, Loop, RustHost, Value};
use loopscope::sched::sync::{Discipline, Plain, Queue};
use loopscope::sched::{give_way, wait};
use loopscope::trace::Trace;

const TASKS: u64 = 1000;
const ROUNDS: u64 = 10;
const ITEMS: u64 = 10_000;

/// Many tasks that give way again and again, gathered by `main`.
fn take_turns(tasks: u64, rounds: u64) -> Trace {
    let (ended, trace) = rust_host::run(move |event_loop| async move {
        let task = |number| turns_of_one(&event_loop, number, rounds);
        let all = rust_host::gather(&event_loop, (0..tasks).map(task).collect(), false);
        wait::<RustHost>(all).await
    });
    assert!(ended.is_ok());
    trace
}

fn turns_of_one(event_loop: &Loop, number: u64, rounds: u64) -> FutureRef {
    rust_host::spawn(event_loop, &format!("Task-{number}"), async move {
        for _ in 0..rounds {
            give_way::<RustHost>().await?;
        }
        Ok(Value::None)
    })
}

/// A producer and a consumer that hold each other up at a small queue.
fn pass_items(items: u64) -> Trace {
    let (ended, trace) = rust_host::run(move |event_loop| async move {
        let queue = Queue::<RustHost>::new(event_loop.world(), "queue", Discipline::Fifo, 10);
        let (to, its_loop) = (Rc::clone(&queue), Rc::clone(&event_loop));
        let producer = rust_host::spawn(&event_loop, "producer", async move {
            for item in 0..items {
                let item = Value::Int(i64::try_from(item).unwrap_or(0));
                Rc::clone(&to).put(Rc::clone(&its_loop), item, Plain).await?;
            }
            Ok(Value::None)
        });
        for _ in 0..items {
            Rc::clone(&queue).get(Rc::clone(&event_loop), Plain).await?;
        }
        wait::<RustHost>(producer).await
    });
    assert!(ended.is_ok());
    trace
}

fn running(c: &mut Criterion) {
    let mut group = c.benchmark_group("run");
    group.sample_size(20);
    let trace = take_turns(TASKS, ROUNDS);
    tell("1,000 tasks, 10 turns each", &trace);
    group.throughput(Throughput::Elements(u64::from(trace.steps())));
    group.bench_function("1,000 tasks, 10 turns each, per step", |bench| {
        bench.iter(|| black_box(take_turns(TASKS, ROUNDS)).len());
    });
    tell("10,000 items through a queue", &pass_items(ITEMS));
    group.throughput(Throughput::Elements(ITEMS));
    group.bench_function("10,000 items through a queue, per item", |bench| {
        bench.iter(|| black_box(pass_items(ITEMS)).len());
    });
    group.finish();
}

fn tell(what: &str, trace: &Trace) {
    let (bytes, steps) = (trace.bytes().len(), trace.steps() as usize);
    println!(
        "{what}: {steps} steps, {bytes} bytes, {:.1} bytes a step",
        ratio(bytes, steps)
    );
}

#[expect(clippy::cast_precision_loss, reason = "a figure to read")]
fn ratio(bytes: usize, steps: usize) -> f64 {
    bytes as f64 / steps as f64
}

fn seeking(c: &mut Criterion) {
    let mut group = c.benchmark_group("seek in 100,000 steps");
    for tasks in [10, 1000] {
        let trace = take_turns(tasks, 100_000 / tasks);
        tell(&format!("{tasks} tasks"), &trace);
        group.bench_function(format!("state at any frame, {tasks} tasks"), |bench| {
            let mut frame = 0;
            bench.iter(|| {
                frame = (frame + 7919) % trace.last_frame();
                trace.state_at(frame)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, running, seeking);
criterion_main!(benches);
