//! What the inspector tells of a task.
#![cfg(all(feature = "engine", feature = "ui", not(target_arch = "wasm32")))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop at the first surprise"
)]

#[path = "common/runs.rs"]
#[allow(dead_code, reason = "shared with tests that look at more of a run")]
mod runs;

use std::rc::Rc;

use loopscope::trace::{ArrowKind, TaskId};
use loopscope::ui::components::inspect::{Inspect, Props};
use loopscope::ui::frame::Frame;
use loopscope::ui::inspect::{Inspected, Link, inspect};
use loopscope::ui::recording::Recording;
use loopscope::ui::state::{Action, Side, State};
use runs::run;
use yew::{Callback, LocalServerRenderer};

const FETCH: &str = "\
import asyncio

async def rest(seconds):
    await asyncio.sleep(seconds)

async def fetch(name):
    pages = 0
    await rest(0.1)
    pages = 1
    await rest(0.2)
    return pages

async def report(job):
    return await job

async def main():
    job = asyncio.create_task(fetch('a'), name='fetch')
    teller = asyncio.create_task(report(job), name='report')
    print(await teller)

asyncio.run(main())
";

fn recording(source: &str) -> Recording {
    Recording::of(run(source).trace)
}

fn task(recording: &Recording, name: &str) -> TaskId {
    let trace = recording.trace();
    let tasks = trace.tip().tasks.iter();
    tasks
        .clone()
        .find(|task| trace.text(task.name) == name)
        .expect("a task of that name")
        .id
}

/// The last frame in which a task is there and at rest in its second sleep.
fn second_sleep(recording: &Recording) -> Frame {
    let fetch = task(recording, "fetch");
    let frames = (0..=recording.last_frame()).map(|number| Frame::new(recording, number));
    let mut found = frames.filter(|frame| {
        let view = frame.state.task(fetch);
        frame.seat_task() == Some(fetch)
            && view.is_some_and(|view| view.stack.first().is_some_and(|own| own.frame.line == 10))
    });
    found.next().expect("the second sleep")
}

fn told(frame: &Frame, found: &Inspected) -> Vec<String> {
    let links = found.chain.iter().map(|link| match link {
        Link::Function { name, line } => format!("{name}:{line}"),
        Link::On(look) => look.label.clone(),
        Link::Task(task) => format!("-> {}", frame.name(*task)),
        Link::Tasks(tasks) => format!("-> {} tasks", tasks.len()),
        Link::Circle(task) => format!("circle at {}", frame.name(*task)),
    });
    links.collect()
}

#[test]
fn an_await_chain_goes_through_functions_and_tasks() {
    let recording = recording(FETCH);
    let frame = second_sleep(&recording);
    let found = inspect(&frame, task(&recording, "Task-1")).expect("main is there");
    assert_eq!(
        told(&frame, &found),
        [
            "main:19",
            "task report",
            "-> report",
            "report:14",
            "task fetch",
            "-> fetch",
            "fetch:10",
            "rest:4",
            "until 0.30"
        ]
    );
}

#[test]
fn it_tells_who_waits_who_woke_it_and_what_changed() {
    let recording = recording(FETCH);
    let frame = second_sleep(&recording);
    let found = inspect(&frame, task(&recording, "fetch")).expect("it is there");
    assert_eq!(found.needed_by, [(task(&recording, "report"), 14)]);
    let woken = found.woken.expect("the clock woke it");
    assert!(matches!((woken.other, woken.kind), (None, ArrowKind::Wake(_))));
    assert_eq!(found.locals, [("seconds".to_owned(), "0.2".to_owned(), true)]);
    let life: Vec<&str> = found
        .history
        .iter()
        .map(|stretch| stretch.look.label.as_str())
        .collect();
    assert_eq!(life, ["running", "until 0.10", "running"]);
    let end = Frame::new(&recording, recording.last_frame());
    let report = inspect(&end, task(&recording, "fetch")).expect("it was there");
    assert!(
        report
            .woke
            .iter()
            .any(|wake| wake.other == Some(task(&recording, "report")))
    );
}

#[test]
fn a_circle_of_waits_is_closed_where_it_closes() {
    let recording = recording(
        "\
import asyncio

async def hold(one, other):
    async with one:
        await asyncio.sleep(0)
        async with other:
            pass

async def main():
    a, b = asyncio.Lock(), asyncio.Lock()
    await asyncio.wait([
        asyncio.create_task(hold(a, b), name='left'),
        asyncio.create_task(hold(b, a), name='right'),
    ])

asyncio.run(main())
",
    );
    let frame = Frame::new(&recording, recording.last_frame());
    let found = inspect(&frame, task(&recording, "left")).expect("it is there");
    assert_eq!(
        told(&frame, &found).last().map(String::as_str),
        Some("circle at left")
    );
}

#[tokio::test]
async fn every_frame_of_every_task_can_be_inspected() {
    let recording = recording(FETCH);
    for number in 0..=recording.last_frame() {
        let frame = Rc::new(Frame::new(&recording, number));
        for selected in [
            None,
            Some(task(&recording, "fetch")),
            Some(task(&recording, "report")),
        ] {
            let props = Props {
                frame: Rc::clone(&frame),
                selected,
                emit: Callback::noop(),
            };
            let html = LocalServerRenderer::<Inspect>::with_props(props)
                .hydratable(false)
                .render()
                .await;
            assert!(html.contains("data-testid=\"inspect\""), "{html}");
        }
    }
}

#[test]
fn whoever_selects_a_task_sees_it_inspected() {
    let state = State::default().apply(Action::Select(Some(TaskId(1))));
    assert_eq!(state.side, Side::Inspect);
    let steps = State::default()
        .apply(Action::Side(Side::Steps))
        .apply(Action::Select(Some(TaskId(1))));
    assert_eq!(
        steps.side,
        Side::Steps,
        "the table of steps stays when it is looked at"
    );
}
