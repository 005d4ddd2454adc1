//! What the timeline costs for a run of ten thousand tasks and a million steps.
//!
//! `cargo bench --bench timeline` prints what reading, drawing and seeking take;
//! `cargo bench --bench timeline -- FILE` writes the trace, which
//! `scripts/bench-timeline.mjs` opens in a browser.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and may stop"
)]

use std::path::PathBuf;
use std::rc::Rc;
use std::time::Instant;
use std::{env, fs};

use loopscope::sched::combine::{Delay, sleep};
use loopscope::sched::rust_host::{self, Error, FutureRef, Loop, RustHost, Value};
use loopscope::sched::sync::Semaphore;
use loopscope::sched::{give_way, wait};
use loopscope::trace::Trace;
use loopscope::ui::frame::Frame;
use loopscope::ui::recording::Recording;
use loopscope::ui::state::{Action, Move, State};
use loopscope::ui::timeline::Props;
use loopscope::ui::timeline::geometry::Geometry;
use yew::Callback;

const TASKS: u32 = 10_000;
/// Rounds of a task: each waits for a permit, sleeps, and gives way a few times.
const ROUNDS: u32 = 20;
const YIELDS: u32 = 3;
const PERMITS: i64 = 2600;
/// Rows of a tall pane, and its width.
const ROWS: usize = 24;
const WIDTH: f64 = 1000.0;

fn crawler() -> Trace {
    let (ended, trace) = rust_host::run(|event_loop| async move {
        let gate = Semaphore::<RustHost>::new(event_loop.world(), "gate", PERMITS, false);
        let fetch = |number| fetch(&event_loop, Rc::clone(&gate), number);
        let all = rust_host::gather(&event_loop, (0..TASKS).map(fetch).collect(), false);
        wait::<RustHost>(all).await
    });
    assert!(ended.is_ok());
    trace
}

fn fetch(event_loop: &Loop, gate: Rc<Semaphore<RustHost>>, number: u32) -> FutureRef {
    let its_loop = Rc::clone(event_loop);
    rust_host::spawn(event_loop, &format!("fetch-{number:04}"), async move {
        for round in 0..ROUNDS {
            Rc::clone(&gate).acquire(Rc::clone(&its_loop)).await?;
            let seconds = 0.1 + f64::from((number * 7919 + round * 104_729) % 1000) / 1000.0;
            naps(&its_loop, seconds).await?;
            for _ in 0..YIELDS {
                give_way::<RustHost>().await?;
            }
            gate.release()?;
        }
        Ok(Value::None)
    })
}

async fn naps(event_loop: &Loop, seconds: f64) -> Result<Value, Error> {
    let delay = Delay {
        seconds,
        text: seconds.to_string(),
    };
    sleep(Rc::clone(event_loop), delay, Value::None).await
}

fn main() {
    let trace = crawler();
    println!(
        "{TASKS} tasks, {} steps, {:.1} bytes a step",
        trace.steps(),
        ratio(trace.bytes().len(), trace.steps() as usize)
    );
    let written = env::args().skip(1).find(|word| !word.starts_with("--"));
    if let Some(path) = written.map(PathBuf::from) {
        fs::write(path, trace.bytes()).expect("the trace can be written");
        return;
    }
    let bytes = trace.bytes().to_vec();
    drop(trace);
    let begun = Instant::now();
    let recording = Recording::read(&bytes).expect("it was recorded");
    tell("read, lanes and notes", &mut [begun.elapsed().as_secs_f64()]);

    let opened = State::default()
        .apply(Action::Loaded(recording.clone()))
        .apply(Action::Measured(WIDTH));
    let last = opened.last_frame();
    let frames: Vec<u32> = (1..200).map(|n| (n * 7919 * 131) % last).collect();
    let mut seeks: Vec<f64> = frames
        .iter()
        .map(|frame| {
            let begun = Instant::now();
            std::hint::black_box(Frame::new(&recording, *frame));
            begun.elapsed().as_secs_f64()
        })
        .collect();
    tell("seek anywhere", &mut seeks);
    let mut plays: Vec<f64> = (last / 2..last / 2 + 200)
        .map(|frame| {
            let begun = Instant::now();
            std::hint::black_box(Frame::new(&recording, frame));
            begun.elapsed().as_secs_f64()
        })
        .collect();
    tell("seek to the next step", &mut plays);

    for axis in ["steps", "clock"] {
        let mut state = opened.apply(Action::Go(Move::To(last / 2))).apply(Action::Fit);
        if axis == "clock" {
            state = state.apply(Action::ToggleAxis);
        }
        for zoom in 0..6 {
            let mut drawn: Vec<f64> = (0..40).map(|n| draw(&state, n * 200)).collect();
            let (first, last) = state.scale().visible();
            tell(&format!("draw {} columns, {axis}", last - first + 1), &mut drawn);
            state = state.apply(Action::Zoom(0.1, WIDTH / 2.0));
            assert!(zoom < 6);
        }
    }
}

/// Seconds that head and lanes take from some row on.
fn draw(state: &State, row: usize) -> f64 {
    let recording = state.recording.as_ref().expect("it was loaded");
    let frame = Rc::new(Frame::new(recording, state.cursor));
    let props = Props::of(state, &frame, Callback::noop());
    let begun = Instant::now();
    let drawing = props.drawing(row..row + ROWS, Geometry::WIDE);
    std::hint::black_box((drawing.head(), drawing.lanes()));
    begun.elapsed().as_secs_f64()
}

/// Middle and 95th hundredth of some times.
fn tell(what: &str, seconds: &mut [f64]) {
    seconds.sort_by(f64::total_cmp);
    let at = |hundredth: usize| seconds[(seconds.len() * hundredth / 100).min(seconds.len() - 1)] * 1000.0;
    println!("{what:<40} {:>9.2} ms, p95 {:>9.2} ms", at(50), at(95));
}

#[expect(clippy::cast_precision_loss, reason = "a figure to read")]
fn ratio(bytes: usize, steps: usize) -> f64 {
    bytes as f64 / steps as f64
}
