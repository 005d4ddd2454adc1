//! What a run of a Python program costs from end to end, with everything recorded.
//!
//! `cargo bench --bench engine -- PROGRAM.py...` prints one JSON line a program. Memory is that of
//! the whole process at its highest, so a program that shall be told it gets a process of its own.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and may stop"
)]

use std::cell::RefCell;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Instant;
use std::{env, fs, thread};

use loopscope::session::run::{Engine, Options};
use loopscope::trace::{Outcome, Trace};
use serde_json::json;

/// As on the command line: calls of the program are nested calls here.
const STACK: usize = 256 << 20;
const RUNS: usize = 5;

fn main() {
    let named: Vec<PathBuf> = env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .map(Into::into)
        .collect();
    let programs = if named.is_empty() { all_programs() } else { named };
    for path in programs {
        let source = fs::read_to_string(&path).expect("a program");
        let first = run(&source);
        // An interpreter never gives all its memory back, so later runs would count this one's.
        let peak = peak_bytes();
        let mut runs = vec![first];
        runs.extend((1..RUNS).map(|_| run(&source)));
        let seconds = runs
            .iter()
            .map(|(seconds, _)| *seconds)
            .fold(f64::INFINITY, f64::min);
        let bytes = &runs[0].1;
        let trace = Trace::read(bytes).expect("the recorder writes traces");
        assert!(
            matches!(trace.outcome(), Some(Outcome::Exited { code: 0, .. })),
            "{:?}",
            trace.outcome()
        );
        let figures = json!({
            "program": path.file_stem().and_then(|name| name.to_str()),
            "seconds": seconds,
            "steps": trace.steps(),
            "events": trace.len(),
            "bytes": bytes.len(),
            "peak": peak,
            "seek": seek(&trace),
        });
        println!("{figures}");
    }
}

fn all_programs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/programs");
    let entries = fs::read_dir(folder).expect("the folder of programs");
    let mut programs: Vec<_> = entries.map(|entry| entry.expect("a program").path()).collect();
    programs.sort();
    programs
}

/// Seconds from the program's text to the end of its run, and the trace. The engine is warm, as
/// the page's is when somebody presses the button.
fn run(source: &str) -> (f64, Vec<u8>) {
    let options = Options {
        program: "main.py".into(),
        source: source.into(),
        ..Options::default()
    };
    let run = move || {
        let engine = Engine::new().warmed();
        let bytes = Rc::new(RefCell::new(Vec::new()));
        let listener = Rc::clone(&bytes);
        let began = Instant::now();
        engine.run(options, move |chunk: Vec<u8>| listener.borrow_mut().extend(chunk));
        (began.elapsed().as_secs_f64(), bytes.take())
    };
    let thread = thread::Builder::new()
        .stack_size(STACK)
        .spawn(run)
        .expect("a thread");
    thread.join().expect("the run ends")
}

/// Seconds that it takes to see the world at a frame.
fn seek(trace: &Trace) -> serde_json::Value {
    const LOOKS: u32 = 2000;
    let mut looks = Vec::new();
    for look in 0..LOOKS {
        let frame = look.wrapping_mul(7919) % trace.last_frame();
        let began = Instant::now();
        black_box(trace.state_at(frame));
        looks.push(began.elapsed().as_secs_f64());
    }
    looks.sort_by(f64::total_cmp);
    // The slowest few tell more about the machine than about us.
    json!({ "half": looks[looks.len() / 2], "most": looks[looks.len() * 99 / 100] })
}

/// The most memory that this process has held, where the system tells.
fn peak_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
