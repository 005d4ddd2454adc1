//! The programs of the gallery: their lessons, their runs, and what is recorded of them.
//!
//! The page shows a recorded run before the interpreter has arrived. That is honest only if a fresh
//! run is the same, byte for byte; and a teacher's note only if what it speaks of happens.
#![cfg(all(not(target_arch = "wasm32"), feature = "engine", feature = "ui"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests stop at the first surprise, and one prints a table"
)]

#[allow(dead_code, reason = "shared with tests of programs that are whole files")]
mod programs;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use loopscope::trace::{EventKind, Outcome, Stream, Trace, seconds};
use loopscope::ui::scenarios::lesson::{Ending, Lesson};
use loopscope::ui::scenarios::{frame_of, question_frame};
use programs::{complaints, name, programs, sound_trace_of};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A recorded run is downloaded when a scenario is chosen.
const GREATEST_TRACE: usize = 8 << 10;

fn scenarios() -> Vec<PathBuf> {
    programs(&Path::new(ROOT).join("static/scenarios"))
}

fn lesson(scenario: &Path) -> Lesson {
    let text = fs::read_to_string(scenario).expect("a scenario");
    let file = format!("static/scenarios/{}.py", name(scenario));
    Lesson::read(&file, &text).unwrap_or_else(|error| panic!("{error}"))
}

fn run(scenario: &Path, source: &str) -> Result<Trace, String> {
    sound_trace_of(&format!("{}.py", name(scenario)), source)
}

#[track_caller]
fn all(check: impl Fn(&Path, &Lesson) -> Result<(), String> + Sync) {
    let complaints = complaints(&scenarios(), |scenario| check(scenario, &lesson(scenario)));
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn recorded_runs_are_what_a_fresh_run_gives() {
    all(|scenario, lesson| {
        let trace = run(scenario, &lesson.program)?;
        let file = format!("static/traces/{}.lscope", name(scenario));
        let recorded = fs::read(Path::new(ROOT).join(&file)).map_err(|error| format!("{file}: {error}"))?;
        if recorded != trace.bytes() {
            return Err(format!(
                "{file} is not what a fresh run gives: record it again with `make traces`"
            ));
        }
        if recorded.len() > GREATEST_TRACE {
            return Err(format!(
                "{file} has {} bytes: make the program shorter",
                recorded.len()
            ));
        }
        Ok(())
    });
}

/// What a program wrote to stdout and to stderr, in lines.
fn lines_written(trace: &Trace) -> [usize; 2] {
    let written = |wanted: Stream| {
        let is_wanted =
            |kind: &EventKind| matches!(kind, EventKind::Output { stream, .. } if *stream == wanted);
        trace.events().filter(|event| is_wanted(&event.kind)).count()
    };
    [written(Stream::Out), written(Stream::Err)]
}

fn ending(trace: &Trace) -> Option<Ending> {
    let [_, complaints] = lines_written(trace);
    match trace.outcome()? {
        Outcome::Exited { code: 0, error: None } if complaints == 0 => Some(Ending::Well),
        Outcome::Exited { code: 0, error: None } => Some(Ending::Complaint),
        Outcome::Exited { .. } => Some(Ending::Error),
        Outcome::Deadlocked { .. } | Outcome::ThreadsDeadlocked { .. } => Some(Ending::Deadlock),
        Outcome::OutOfBudget { .. } => None,
    }
}

#[test]
fn scenarios_say_something_and_end_as_their_headers_tell() {
    all(|scenario, lesson| {
        let trace = run(scenario, &lesson.program)?;
        let [said, _] = lines_written(&trace);
        if said > 0 && ending(&trace) == Some(lesson.ends) {
            return Ok(());
        }
        let (ends, outcome) = (lesson.ends, trace.outcome());
        Err(format!(
            "{outcome:?} after {said} lines of output, where the header says `ends: {}`",
            ends.name()
        ))
    });
}

/// Everything that a lesson points at happens, in the order in which it is told.
#[test]
fn notes_are_where_something_happens() {
    all(|scenario, lesson| {
        let file = format!("static/scenarios/{}.py", name(scenario));
        let trace = run(scenario, &lesson.program)?;
        let mut before = 0;
        for stop in &lesson.stops {
            let line = stop.line;
            let frame = frame_of(&stop.when, &trace);
            let frame = frame.ok_or_else(|| {
                format!(
                    "{file}:{line}: `{}` never happens: choose a moment of this run",
                    stop.when
                )
            })?;
            if frame < before {
                return Err(format!(
                    "{file}:{line}: step {frame} is before step {before} of the note above: tell them in the order of the run"
                ));
            }
            before = frame;
        }
        let (line, next) = (lesson.question.line, &lesson.question.next);
        match question_frame(lesson, &trace) {
            None => Err(format!(
                "{file}:{line}: `{next}` never happens: choose a moment of this run"
            )),
            Some(asked) if asked < before => Err(format!(
                "{file}:{line}: the question is asked in step {asked}, before step {before} of the last note: it closes the lesson"
            )),
            Some(_) => Ok(()),
        }
    });
}

/// What can be said of a run in a line.
fn summary(trace: &Trace) -> String {
    let tip = trace.tip();
    let [said, complained] = lines_written(trace);
    let ends = ending(trace).map_or("out of budget", Ending::name);
    let tasks = tip.tasks.iter().filter(|task| !task.hidden).count();
    format!(
        "{ends}, {} steps, {} turns, {tasks} tasks, {}, {said} lines, {complained} on stderr",
        trace.steps(),
        tip.turn,
        seconds(tip.clock),
    )
}

/// Every scenario with its parameters as they are, and with each at its ends.
fn summary_of_all_runs(scenario: &Path, lesson: &Lesson) -> Result<String, String> {
    let mut text = format!("{}\n", name(scenario));
    let mut add = |label: &str, source: &str| {
        let trace = run(scenario, source).map_err(|error| format!("{label}: {error}"))?;
        writeln!(text, "  {label}: {}", summary(&trace)).map_err(|error| error.to_string())
    };
    add("as it is", &lesson.program)?;
    for parameter in &lesson.parameters {
        for value in [parameter.lowest, parameter.highest] {
            let source = lesson
                .with(&parameter.name, value)
                .map_err(|error| error.to_string())?;
            add(
                &format!("{} = {}", parameter.name, parameter.written(value)),
                &source,
            )?;
        }
    }
    Ok(text)
}

#[test]
fn runs_with_default_and_extreme_parameters_are_as_they_were() {
    let summaries = Mutex::new(BTreeMap::new());
    all(|scenario, lesson| {
        let text = summary_of_all_runs(scenario, lesson)?;
        if text.contains("out of budget") {
            return Err(format!("a run does not end:\n{text}"));
        }
        summaries
            .lock()
            .expect("nobody panics")
            .insert(name(scenario).to_owned(), text);
        Ok(())
    });
    let texts: Vec<String> = summaries
        .into_inner()
        .expect("nobody panics")
        .into_values()
        .collect();
    insta::assert_snapshot!(texts.join("\n"));
}

/// `tests/topics.txt` lists what people ask about asyncio.
#[test]
fn every_topic_has_a_scenario() {
    let topics = fs::read_to_string(Path::new(ROOT).join("tests/topics.txt")).expect("a list");
    let topics = topics
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut table: BTreeMap<&str, Vec<String>> = topics.map(|topic| (topic, Vec::new())).collect();
    assert!(table.len() > 5, "{table:?}");
    for scenario in scenarios() {
        for topic in lesson(&scenario).topics {
            let known = table.get_mut(topic.as_str());
            let known =
                known.unwrap_or_else(|| panic!("{}: add `{topic}` to tests/topics.txt", scenario.display()));
            known.push(name(&scenario).to_owned());
        }
    }
    for (topic, scenarios) in &table {
        println!("{topic:20} {}", scenarios.join(", "));
    }
    table.retain(|_, scenarios| scenarios.is_empty());
    assert!(table.is_empty(), "no scenario is about {:?}", table.keys());
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
