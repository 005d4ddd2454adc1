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
use std::sync::{LazyLock, Mutex};

use loopscope::trace::{EventKind, Outcome, Stream, Trace, seconds, validate};
use loopscope::ui::scenarios::lesson::{Anchor, Ending, Lesson};
use loopscope::ui::scenarios::{frame_of, question_frame};
use programs::{complaints, name, programs, record_source, sound_trace_of};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A recorded run is downloaded when a scenario is chosen.
const GREATEST_TRACE: usize = 8 << 10;

/// A scenario, and its run.
struct Scene {
    path: PathBuf,
    lesson: Lesson,
    /// Its trace, or what is wrong with it.
    trace: Result<Trace, String>,
}

/// All scenarios, run once for all tests.
static SCENES: LazyLock<Vec<Scene>> = LazyLock::new(|| {
    let paths = programs(&Path::new(ROOT).join("static/scenarios"));
    let scenes = Mutex::new(Vec::new());
    let complaints = complaints(&paths, |path| {
        let file = format!("static/scenarios/{}.py", name(path));
        let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
        let lesson = Lesson::read(&file, &text).map_err(|error| error.to_string())?;
        let trace = sound_trace_of(&format!("{}.py", name(path)), &lesson.program);
        let path = path.to_owned();
        scenes
            .lock()
            .expect("nobody panics")
            .push(Scene { path, lesson, trace });
        Ok(())
    });
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
    scenes.into_inner().expect("nobody panics")
});

impl Scene {
    fn name(&self) -> &str {
        name(&self.path)
    }

    fn trace(&self) -> Result<&Trace, String> {
        self.trace.as_ref().map_err(Clone::clone)
    }
}

#[track_caller]
fn all(check: impl Fn(&'static Scene) -> Result<(), String> + Sync) {
    let paths: Vec<PathBuf> = SCENES.iter().map(|scene| scene.path.clone()).collect();
    let complaints = complaints(&paths, |path| {
        let scene = SCENES.iter().find(|scene| scene.path == path);
        check(scene.expect("one of them"))
    });
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn recorded_runs_are_what_a_fresh_run_gives() {
    all(|scene| {
        let trace = scene.trace()?;
        let file = format!("static/traces/{}.lscope", scene.name());
        let recorded = fs::read(Path::new(ROOT).join(&file)).map_err(|error| format!("{file}: {error}"))?;
        if recorded != trace.bytes() {
            return Err(format!(
                "{file} is not what a fresh run gives: record it again with `make traces`"
            ));
        }
        if recorded.len() > GREATEST_TRACE {
            let bytes = recorded.len();
            return Err(format!("{file} has {bytes} bytes: make the program shorter"));
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
    all(|scene| {
        let trace = scene.trace()?;
        let [said, _] = lines_written(trace);
        if said > 0 && ending(trace) == Some(scene.lesson.ends) {
            return Ok(());
        }
        let (outcome, ends) = (trace.outcome(), scene.lesson.ends.name());
        Err(format!(
            "{outcome:?} after {said} lines of output, where the header says `ends: {ends}`"
        ))
    });
}

#[test]
fn programs_can_be_read_on_a_screen_in_front_of_a_class() {
    all(|scene| {
        let program = &scene.lesson.program;
        let lines = program.lines().count();
        if lines > 45 {
            return Err(format!("{lines} lines: make it at most 45"));
        }
        match program.lines().find(|line| line.chars().count() > 80) {
            Some(line) => Err(format!("{line:?} has more than 80 characters: break it")),
            None => Ok(()),
        }
    });
}

/// Everything that a lesson points at happens, in the order in which it is told.
#[test]
fn notes_are_where_something_happens() {
    all(|scene| {
        let file = format!("static/scenarios/{}.py", scene.name());
        misplaced_notes(&scene.lesson, scene.trace()?)
            .map_err(|(line, what)| format!("{file}:{line}: {what}"))
    });
}

fn misplaced_notes(lesson: &Lesson, trace: &Trace) -> Result<(), (usize, String)> {
    let never = |anchor: &Anchor| format!("`{anchor}` never happens: choose a moment of this run");
    let mut before = 0;
    for stop in &lesson.stops {
        let frame = frame_of(&stop.when, trace).ok_or_else(|| (stop.line, never(&stop.when)))?;
        if frame < before {
            let what = format!(
                "step {frame} is before step {before} of the note above: tell them in the order of the run"
            );
            return Err((stop.line, what));
        }
        before = frame;
    }
    let question = &lesson.question;
    match question_frame(lesson, trace) {
        None => Err((question.line, never(&question.next))),
        Some(asked) if asked < before => {
            let what = format!(
                "the question is asked in step {asked}, before step {before} of the last note: let it close the lesson"
            );
            Err((question.line, what))
        }
        Some(_) => Ok(()),
    }
}

#[test]
fn a_note_on_a_step_that_the_run_does_not_have_is_told_with_its_line() {
    let scene = SCENES.iter().find(|scene| scene.name() == "producer_consumer");
    let Scene { lesson, trace, .. } = scene.expect("the default");
    let trace = trace.as_ref().expect("a sound trace");
    let told = |change: &dyn Fn(&mut Lesson)| {
        let mut lesson = lesson.clone();
        change(&mut lesson);
        misplaced_notes(&lesson, trace).expect_err("a mistake")
    };
    let anchor = |text: &str| Anchor::read(text).expect("a moment");
    let (line, what) = told(&|lesson| lesson.stops[0].when = anchor("prints `printed 99`"));
    assert_eq!(line, lesson.stops[0].line);
    assert_eq!(
        what,
        "`prints `printed 99`` never happens: choose a moment of this run"
    );
    let (line, what) = told(&|lesson| lesson.stops.reverse());
    assert_eq!(line, lesson.stops[0].line);
    assert!(what.ends_with("tell them in the order of the run"), "{what}");
    let (line, what) = told(&|lesson| lesson.question.next = anchor("prints `printed 1`"));
    assert_eq!(line, lesson.question.line);
    assert!(what.ends_with("let it close the lesson"), "{what}");
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

/// A scenario with its parameters as they are, and with each at its ends.
fn summary_of_all_runs(scene: &Scene) -> Result<String, String> {
    let Scene { lesson, .. } = scene;
    let mut text = format!("{}\n  as it is: {}\n", scene.name(), summary(scene.trace()?));
    for parameter in &lesson.parameters {
        for value in [parameter.lowest, parameter.highest] {
            let source = lesson.with(&parameter.name, value);
            let source = source.map_err(|problem| problem.to_string())?;
            let label = format!("{} = {}", parameter.name, parameter.written(value));
            let bytes = record_source(format!("{}.py", scene.name()), source);
            let trace = Trace::read(&bytes).map_err(|error| format!("{label}: {error}"))?;
            if let Some(fault) = validate(&trace).first() {
                return Err(format!("{label}: {fault}"));
            }
            writeln!(text, "  {label}: {}", summary(&trace)).map_err(|error| error.to_string())?;
        }
    }
    Ok(text)
}

#[test]
fn runs_with_default_and_extreme_parameters_are_as_they_were() {
    let summaries = Mutex::new(BTreeMap::new());
    all(|scene| {
        let text = summary_of_all_runs(scene)?;
        if text.contains("out of budget") {
            return Err(format!("a run does not end:\n{text}"));
        }
        summaries
            .lock()
            .expect("nobody panics")
            .insert(scene.name(), text);
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
    let mut table: BTreeMap<&str, Vec<&str>> = topics.map(|topic| (topic, Vec::new())).collect();
    assert!(table.len() > 30, "{table:?}");
    for scene in SCENES.iter() {
        for topic in &scene.lesson.topics {
            let known = table.get_mut(topic.as_str());
            let known =
                known.unwrap_or_else(|| panic!("{}: add `{topic}` to tests/topics.txt", scene.name()));
            known.push(scene.name());
        }
    }
    for (topic, scenarios) in &mut table {
        scenarios.sort_unstable();
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
