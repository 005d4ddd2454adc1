//! Failures and warnings read as CPython prints them: every program of `tests/failing`, and what
//! CPython 3.13 said when it ran it, down to the last caret.
//!
//! `tests/failing/differs` holds programs of which we do not say the same yet, and what we say
//! today, so that nobody changes it without noticing.
#![cfg(all(not(target_arch = "wasm32"), feature = "engine"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop at the first surprise"
)]

mod plain_text;
#[allow(dead_code, reason = "shared with tests that look at traces")]
mod programs;

use std::fs;
use std::path::{Path, PathBuf};

use loopscope::trace::{EventKind, Outcome, Stream, Trace};
use plain_text::comparable;
use programs::{complaints, name, programs, record_source, sound_trace};

#[test]
fn failures_read_as_in_cpython() {
    let programs = programs(&folder(""));
    assert!(programs.len() >= 100, "the corpus is missing");
    let complaints = complaints(&programs, |program| {
        first_difference(&said_by_cpython(program), &said_here(program))
    });
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n\n"));
}

/// With `LOOPSCOPE_ACCEPT=1` what we say is written down.
#[test]
fn what_reads_otherwise_is_known() {
    let programs = programs(&folder("differs"));
    assert!(!programs.is_empty(), "the corpus is missing");
    let complaints = complaints(&programs, |program| {
        let here = said_here(program);
        let known = program.with_extension("here");
        if std::env::var_os("LOOPSCOPE_ACCEPT").is_some() {
            fs::write(&known, &here).expect("a folder to write to");
        }
        if here == said_by_cpython(program) {
            return Err("is the same as CPython now: move it to its parent folder".to_owned());
        }
        first_difference(&fs::read_to_string(known).expect("a recording"), &here)
    });
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n\n"));
}

/// `tests/servers` holds programs whose tasks and threads talk to each other over sockets, and what CPython
/// said when it ran them on a real machine.
#[test]
fn servers_talk_as_on_a_real_machine() {
    let programs = programs(&folder("../servers"));
    assert!(programs.len() >= 14, "the corpus is missing");
    let complaints = complaints(&programs, |program| {
        sound_trace(program)?;
        first_difference(&said_by_cpython(program), &said_here(program))
    });
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n\n"));
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/failing")
        .join(name)
}

fn said_by_cpython(program: &Path) -> String {
    let recorded = fs::read_to_string(program.with_extension("txt")).expect("a recording");
    comparable(&recorded, &file_name(program))
}

/// Stdout, stderr and exit code, as `scripts/record.sh` writes them down.
fn said_here(program: &Path) -> String {
    let source = fs::read_to_string(program).expect("a program");
    let recorded = record_source(format!("{}.py", name(program)), source);
    let trace = Trace::read(&recorded).expect("a whole trace");
    let (mut out, mut err) = (String::new(), String::new());
    for event in trace.events() {
        if let EventKind::Output {
            stream,
            text,
            complete,
            ..
        } = event.kind
        {
            let said = match stream {
                Stream::Out => &mut out,
                Stream::Err => &mut err,
            };
            said.push_str(trace.text(text));
            said.push_str(if complete { "\n" } else { "" });
        }
    }
    let Some(Outcome::Exited { code, .. }) = trace.outcome() else {
        return format!("it ended with {:?}", trace.outcome());
    };
    let said = format!("{out}--- stderr\n{err}--- exit {code}\n");
    comparable(&said, &file_name(program))
}

fn file_name(program: &Path) -> String {
    format!("{}.py", name(program))
}

fn first_difference(expected: &str, actual: &str) -> Result<(), String> {
    let (expected, actual): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let pairs = expected.iter().zip(&actual);
    let at = pairs.take_while(|(one, other)| one == other).count();
    if at == expected.len() && at == actual.len() {
        return Ok(());
    }
    let line = |lines: &[&str]| {
        lines
            .get(at)
            .map_or_else(|| "(the end)".to_owned(), |line| (*line).to_owned())
    };
    Err(format!(
        "line {} is to be\n    {}\nand is\n    {}",
        at + 1,
        line(&expected),
        line(&actual)
    ))
}
