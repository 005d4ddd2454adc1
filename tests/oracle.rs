//! The yardstick: programs do here what they do under `CPython`, hop by hop.
//!
//! `tests/oracle/own` holds programs and, beside each, its log as `CPython` wrote it;
//! `tests/oracle/README.md` says how. `LOOPSCOPE_ORACLE_DIR=FOLDER cargo test --test oracle` measures
//! the programs of another folder too, with their logs in `FOLDER/expected`.
#![cfg(all(not(target_arch = "wasm32"), feature = "engine"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop at the first surprise"
)]

mod programs;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use loopscope::trace::write_log;
use programs::{complaints, name, programs, sound_trace};

/// Records to show before and after the first one that differs.
const CONTEXT: usize = 5;

#[test]
fn programs_do_what_they_do_in_cpython() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/own");
    let programs = programs(&own);
    assert!(programs.len() >= 12, "the corpus is missing");
    let complaints = complaints(&programs, |program| {
        compare(program, &program.with_extension("jsonl"))
    });
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n\n"));
}

/// Fails when one of them differs, with all first differences and the number of those that do not.
#[test]
fn programs_of_another_folder_too() {
    let Some(folder) = std::env::var_os("LOOPSCOPE_ORACLE_DIR").map(PathBuf::from) else {
        return;
    };
    let programs = programs(&folder);
    let complaints = complaints(&programs, |program| {
        let log = format!("expected/{}.jsonl", name(program));
        compare(program, &folder.join(log))
    });
    let same = programs.len() - complaints.len();
    let report = complaints.join("\n\n");
    assert!(
        complaints.is_empty(),
        "\n{report}\n\n{same} of {} are the same",
        programs.len()
    );
}

/// Whether the log of a program equals the recorded one, byte for byte.
fn compare(program: &Path, recorded: &Path) -> Result<(), String> {
    let expected =
        fs::read_to_string(recorded).map_err(|error| format!("{}: {error}", recorded.display()))?;
    let actual = write_log(&sound_trace(program)?);
    if actual == expected {
        return Ok(());
    }
    Err(first_difference(&expected, &actual))
}

fn first_difference(expected: &str, actual: &str) -> String {
    let (expected, actual): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let pairs = expected.iter().zip(&actual);
    let at = pairs.take_while(|(one, other)| one == other).count();
    format!(
        "record {} differs\nCPython:\n{}here:\n{}",
        at + 1,
        excerpt(&expected, at),
        excerpt(&actual, at)
    )
}

fn excerpt(records: &[&str], at: usize) -> String {
    let around = at.saturating_sub(CONTEXT)..records.len().min(at + CONTEXT + 1);
    let mut lines = String::new();
    for index in around {
        let mark = if index == at { '>' } else { ' ' };
        writeln!(lines, "{mark} {:5}  {}", index + 1, records[index]).expect("a text takes everything");
    }
    if at == records.len() {
        lines += ">        (end)\n";
    }
    lines
}

#[test]
fn the_first_difference_is_shown_in_its_surroundings() {
    let expected = "a\nb\nc\n";
    assert_eq!(
        first_difference(expected, "a\nb\nx\n"),
        "record 3 differs\nCPython:\n      1  a\n      2  b\n>     3  c\nhere:\n      1  a\n      2  b\n>     3  x\n"
    );
    assert!(first_difference(expected, "a\nb\n").ends_with("      2  b\n>        (end)\n"));
}
