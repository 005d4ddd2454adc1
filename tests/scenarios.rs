//! The programs of the gallery and their recorded runs.
//!
//! The page shows a recorded run before the interpreter has arrived. That is honest only if a fresh
//! run is the same, byte for byte.
#![cfg(all(not(target_arch = "wasm32"), feature = "engine"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop at the first surprise"
)]

mod programs;

use std::fs;
use std::path::Path;

use loopscope::trace::{EventKind, Outcome, Stream};
use programs::{complaints, name, programs, sound_trace};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn recorded_runs_are_what_a_fresh_run_gives() {
    let complaints = complaints(&programs(&Path::new(ROOT).join("static/scenarios")), |program| {
        let trace = sound_trace(program)?;
        let file = format!("static/traces/{}.lscope", name(program));
        let recorded = fs::read(Path::new(ROOT).join(&file)).map_err(|error| format!("{file}: {error}"))?;
        if recorded == trace.bytes() {
            return Ok(());
        }
        Err(format!(
            "{file} is not what a fresh run gives: record it again with `make traces`"
        ))
    });
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn scenarios_end_well_and_say_something() {
    let complaints = complaints(&programs(&Path::new(ROOT).join("static/scenarios")), |program| {
        let trace = sound_trace(program)?;
        let (mut said, mut complained) = (0, 0);
        for event in trace.events() {
            match event.kind {
                EventKind::Output {
                    stream: Stream::Out, ..
                } => said += 1,
                EventKind::Output {
                    stream: Stream::Err, ..
                } => complained += 1,
                _ => {}
            }
        }
        let well = matches!(trace.outcome(), Some(Outcome::Exited { code: 0, error: None }));
        if well && said > 0 && complained == 0 {
            return Ok(());
        }
        let outcome = trace.outcome();
        Err(format!(
            "{outcome:?}, {said} lines of output, {complained} on stderr"
        ))
    });
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// A recording that nobody opens, or a scenario without one, would go unnoticed.
#[test]
fn every_scenario_has_its_recording_and_every_recording_its_scenario() {
    let names = |folder: &str, extension: &str| {
        let entries = fs::read_dir(Path::new(ROOT).join(folder)).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|found| found == extension))
            .map(|path| name(&path).to_owned())
            .collect();
        names.sort();
        names
    };
    let scenarios = names("static/scenarios", "py");
    assert!(scenarios.len() >= 4, "{scenarios:?}");
    assert_eq!(names("static/traces", "lscope"), scenarios);
}
