//! Threads and pools as the page shows them: rows below the tasks, a card, and sentences.
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

use loopscope::trace::{Lanes, Trace, lanes, narrate, plain, seconds};
use loopscope::ui::components::board::{Board, Props as BoardProps};
use loopscope::ui::frame::Frame;
use loopscope::ui::recording::Recording;
use loopscope::ui::scale::Axis;
use loopscope::ui::state::{Action, Move, State};
use loopscope::ui::timeline::Props as TimelineProps;
use loopscope::ui::timeline::geometry::Geometry;
use loopscope::ui::timeline::marks::Mark;
use runs::run;
use yew::{Callback, LocalServerRenderer};

/// Two workers, three jobs of three tasks; the third job waits until the second is over.
const POOL: &str = "\
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

def resize(n):
    time.sleep(0.3 if n == 1 else 0.1)
    if n == 3:
        raise ValueError(n)
    return n

async def load(pool, n):
    loop = asyncio.get_running_loop()
    try:
        await loop.run_in_executor(pool, resize, n)
    except ValueError:
        pass

async def main():
    with ThreadPoolExecutor(max_workers=2) as pool:
        tasks = [asyncio.create_task(load(pool, n), name=f'load-{n}') for n in (1, 2, 3)]
        await asyncio.wait(tasks)

asyncio.run(main())
";

fn pool() -> Trace {
    let ran = run(POOL);
    assert_eq!(ran.error(), None);
    ran.trace
}

/// `load-1 0.00 to 0.30 s`, one line a job, worker by worker.
fn jobs(trace: &Trace, lanes: &Lanes) -> Vec<Vec<String>> {
    let tip = trace.tip();
    let rows = lanes.workers().iter().map(|worker| {
        assert!(worker.ended.is_some(), "a pool that is left ends its workers");
        let job = |work: &loopscope::trace::Work| {
            let task = work.task.and_then(|task| tip.task(task)).expect("a task gave it");
            let to = work.to.expect("an end").time;
            let name = trace.text(task.name);
            format!(
                "{name} {} to {} {:?}",
                seconds(work.from.time),
                seconds(to),
                work.how.expect("an end")
            )
        };
        worker.stretches.iter().map(job).collect()
    });
    rows.collect()
}

#[test]
fn workers_have_rows_with_the_jobs_they_took() {
    let trace = pool();
    assert_eq!(
        jobs(&trace, &lanes(&trace)),
        [
            vec!["load-1 0.00 s to 0.30 s Result"],
            vec![
                "load-2 0.00 s to 0.10 s Result",
                "load-3 0.10 s to 0.20 s Exception"
            ]
        ]
    );
}

#[test]
fn a_job_that_goes_on_is_open_while_the_run_grows() {
    let trace = pool();
    let mut sofar = Lanes::default();
    sofar.update(&trace);
    let worker = &sofar.workers()[0];
    let end = worker.stretches[0].to.expect("an end").edge;
    assert!(worker.at(end).is_some(), "it is over only after the step before");
    assert!(worker.at(end + 1).is_none());
}

#[test]
fn sentences_tell_who_gave_a_job_and_that_it_is_over() {
    let trace = pool();
    let told: Vec<String> = (0..=trace.last_frame())
        .map(|frame| plain(&narrate(&trace, frame).headline, &trace, &trace.state_at(frame)))
        .collect();
    let told = told.join("\n");
    for part in [
        "load-1 hands resize to ThreadPoolExecutor-0, then waits for a job of ThreadPoolExecutor-0; the loop goes on.",
        "The job resize is over, so load-2 moves to the ready queue.",
        "The job resize has failed, so load-3 moves to the ready queue.",
    ] {
        assert!(told.contains(part), "no {part:?} in\n{told}");
    }
}

#[test]
fn many_jobs_of_one_function_are_counted() {
    let ran = run("\
import asyncio
from concurrent.futures import ThreadPoolExecutor

def work(n):
    return n

async def main():
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(2) as pool:
        await asyncio.gather(*(loop.run_in_executor(pool, work, n) for n in range(5)))

asyncio.run(main())
");
    let trace = ran.trace;
    let told = plain(&narrate(&trace, 1).headline, &trace, &trace.state_at(1));
    assert_eq!(
        told,
        "Task-1 hands work to ThreadPoolExecutor-0 5 times, then waits for gather 1."
    );
}

#[tokio::test]
async fn the_card_of_a_pool_counts_workers_and_jobs() {
    let recording = Recording::of(pool());
    let at = |number| Rc::new(Frame::new(&recording, number));
    let given = (1..recording.last_frame())
        .find(|number| at(*number).state.workers.jobs.len() == 3)
        .expect("three jobs are given");
    let html = LocalServerRenderer::<Board>::with_props(BoardProps::of(
        &State::default(),
        &at(given),
        Callback::noop(),
    ))
    .hydratable(false);
    let html = html.render().await;
    assert!(html.contains("2 of 2 workers"), "{html}");
    assert!(html.contains("jobs wait"), "{html}");
}

/// On the clock's axis a job is as long as it took, wherever steps lie.
#[test]
fn a_bar_is_as_long_as_its_job_took() {
    let recording = Recording::of(pool());
    let last = recording.last_frame();
    let mut state = State::default()
        .apply(Action::Loaded(recording.clone()))
        .apply(Action::Measured(1000.0))
        .apply(Action::Fit);
    state.axis = Axis::Clock;
    let state = state.apply(Action::Go(Move::To(last)));
    let frame = Rc::new(Frame::new(&recording, last));
    let props = TimelineProps::of(&state, &frame, Callback::noop());
    let tasks = recording.order().tasks();
    let width = |row: usize| {
        let picture = props.drawing(row..row + 1, Geometry::WIDE).lanes();
        let bars = picture.marks().filter_map(|mark| match mark {
            Mark::Bar(at, _) => Some(at.w),
            _ => None,
        });
        bars.collect::<Vec<f64>>()
    };
    let (first, second) = (width(tasks), width(tasks + 1));
    assert_eq!((first.len(), second.len()), (1, 2));
    let ratio = first[0] / second[0];
    assert!((2.7..3.3).contains(&ratio), "{first:?} {second:?}");
}
