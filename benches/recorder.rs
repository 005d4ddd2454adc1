//! What recording costs a step, and what reading it back costs.

#![expect(
    missing_docs,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and may stop"
)]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use loopscope::trace::{
    EventKind, Frame, HandleId, Header, Job, Recorder, StepEnd, TaskId, Time, Trace, Via, WaitReason, lanes,
    narrate, write_log,
};

const STEPS: u32 = 10_000;
const TASKS: u32 = 100;

/// What a task that sleeps in a loop makes the scheduler say: five events a step.
fn record_sleepers() -> Recorder {
    let header = Header {
        program: "main.py".into(),
        source: String::new(),
        seed: 0,
        ..Header::default()
    };
    let mut recorder = Recorder::new(&header);
    let mut handles = Vec::new();
    for number in 0..TASKS {
        let name = recorder.text(&format!("Task-{number}"));
        let task = recorder.next_task();
        let spawned = EventKind::TaskSpawned {
            task,
            name,
            coroutine: name,
            line: 3,
            parent: None,
            hidden: false,
        };
        recorder.emit(&spawned);
        handles.push((task, recorder.schedule(Job::Step(task), None, Via::Spawn, 3)));
    }
    let (function, local) = (recorder.text("worker"), recorder.text("count"));
    for step in 0..STEPS {
        if step % TASKS == 0 {
            recorder.emit(&EventKind::TurnBegan);
        }
        let (task, handle) = handles[(step % TASKS) as usize];
        recorder.emit(&EventKind::StepBegan { handle });
        let value = recorder.text(["1", "2", "3", "4"][(step % 4) as usize]);
        recorder.emit(&EventKind::StackSeen {
            task,
            frames: vec![Frame { function, line: 7 }],
            fresh_from: 0,
        });
        recorder.emit(&EventKind::LocalChanged {
            task,
            frame: 0,
            name: local,
            value: Some(value),
        });
        let next = recorder.schedule(Job::Step(task), None, Via::Yield, 7);
        recorder.emit(&EventKind::StepEnded {
            end: StepEnd::Suspended { on: WaitReason::Bare },
        });
        handles[(step % TASKS) as usize] = (task, next);
    }
    recorder
}

fn recording(c: &mut Criterion) {
    let mut group = c.benchmark_group("record");
    group.throughput(Throughput::Elements(u64::from(record_sleepers().events())));
    group.bench_function("sleepers, per event", |bench| {
        bench.iter(|| black_box(record_sleepers()).len_bytes());
    });
    let header = Header {
        program: String::new(),
        source: String::new(),
        seed: 0,
        ..Header::default()
    };
    group.throughput(Throughput::Elements(1000));
    group.bench_function("timer scheduled, per event", |bench| {
        bench.iter_batched_ref(
            || Recorder::new(&header),
            |recorder| {
                for number in 0..1000 {
                    let due = Some(Time(1_000_000_000 + number));
                    black_box(recorder.schedule(Job::Wakeup(TaskId(7)), due, Via::SleepOver, 12));
                }
            },
            BatchSize::SmallInput,
        );
    });
    group.bench_function("step began, per event", |bench| {
        bench.iter_batched_ref(
            || Recorder::new(&header),
            |recorder| {
                for number in 0..1000 {
                    recorder.emit(&EventKind::StepBegan {
                        handle: HandleId(number),
                    });
                }
            },
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

fn reading(c: &mut Criterion) {
    let bytes = record_sleepers().into_bytes();
    let trace = Trace::read(&bytes).expect("the recorder writes traces");
    println!(
        "{} bytes, {} steps: {} bytes a step",
        bytes.len(),
        trace.steps(),
        bytes.len() / trace.steps() as usize
    );
    let mut group = c.benchmark_group("read");
    group.throughput(Throughput::Elements(u64::from(trace.len())));
    group.bench_function("whole trace, per event", |bench| {
        bench.iter(|| Trace::read(black_box(&bytes)));
    });
    group.bench_function("lanes, per event", |bench| {
        bench.iter(|| lanes(black_box(&trace)));
    });
    group.bench_function("log, per event", |bench| {
        bench.iter(|| write_log(black_box(&trace)));
    });
    group.finish();
    let mut group = c.benchmark_group("look");
    group.bench_function("sentence of any frame", |bench| {
        let mut frame = 0;
        bench.iter(|| {
            frame = (frame + 7919) % trace.last_frame();
            narrate(&trace, frame)
        });
    });
    group.bench_function("state at any frame", |bench| {
        let mut frame = 0;
        bench.iter(|| {
            frame = (frame + 7919) % trace.last_frame();
            trace.state_at(frame)
        });
    });
    group.finish();
}

criterion_group!(benches, recording, reading);
criterion_main!(benches);
