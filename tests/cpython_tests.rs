//! The harness behind `loopscope test-cpython`, on test modules of our own: it needs no CPython.
#![cfg(all(feature = "engine", not(target_arch = "wasm32")))]
#![allow(clippy::expect_used, reason = "without a thread there is no test")]

use std::collections::BTreeSet;
use std::path::Path;

use loopscope::python::cpython_tests::{Exclusion, Verdict};
use loopscope::session::cpython_tests::{MODULES, Report, exclusions, run, run_source};

fn library() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cpython"))
}

fn exclusion(pattern: &str) -> Exclusion {
    Exclusion {
        pattern: pattern.to_owned(),
        reason: "for a reason".to_owned(),
    }
}

/// The tests of our module, with these exclusions.
fn report(exclusions: Vec<Exclusion>) -> Report {
    let source = include_str!("cpython/test/test_asyncio/test_harness.py");
    let report = run_source(library().to_owned(), "test_harness", source, exclusions);
    report.expect("there is a thread for every run")
}

#[test]
fn every_test_ends_and_none_ends_another() {
    let report = report(vec![exclusion("Endings.test_i_does_not_apply")]);
    let verdicts: Vec<_> = report
        .tests
        .iter()
        .map(|(test, verdict)| {
            let text = match verdict {
                Verdict::Passed => "passed".to_owned(),
                Verdict::Failed(text) => {
                    format!("failed: {}", text.trim_end().lines().next_back().unwrap_or(""))
                }
                Verdict::Skipped(reason) => format!("skipped: {reason}"),
            };
            format!("{} {text}", test.strip_prefix("Endings.test_").unwrap_or(test))
        })
        .collect();
    let mut sorted = verdicts;
    sorted.sort();
    assert_eq!(
        sorted,
        [
            "a_passes passed",
            "b_begins_at_time_zero_too passed",
            "c_fails failed: LookupError: with this text",
            "d_waits_for_ever failed: deadlock: everything waits, and nothing is due",
            "e_turns_for_ever failed: too many steps, at line 27",
            "f_loops_for_ever failed: too many lines, at line 30",
            "g_is_skipped skipped: says why",
            "h_is_interrupted failed: the program ended with exit code 130",
            "i_does_not_apply skipped: for a reason",
            "j_still_passes passed",
        ]
    );
    assert_eq!(report.counts(), (3, 5, 2));
    assert!(!report.is_good());
}

#[test]
fn an_exclusion_of_no_test_is_a_failure() {
    let report = report(vec![exclusion("Endings.*"), exclusion("Beginnings.test_a")]);
    assert_eq!(report.counts(), (0, 0, 10));
    assert_eq!(report.stale, ["Beginnings.test_a"]);
    assert!(!report.is_good());
}

#[test]
fn a_module_that_cannot_be_imported_has_failed() {
    let report = run(library(), "test_import_error").unwrap();
    let [(module, Verdict::Failed(text))] = &report.tests[..] else {
        panic!("one failure was expected: {report:?}");
    };
    assert_eq!(module, "test_import_error");
    assert!(text.contains("ModuleNotFoundError: "), "{text}");
    assert!(run(library(), "test_nowhere").is_err());
}

#[test]
fn every_row_of_the_table_says_what_is_left_out_of_which_module_and_why() {
    let rows = exclusions();
    let in_page = include_str!("../docs/cpython-tests.md")
        .lines()
        .filter(|line| line.starts_with("| `"))
        .count();
    assert_eq!(rows.len(), in_page, "a row cannot be read");
    let mut seen = BTreeSet::new();
    for row in rows {
        assert!(MODULES.contains(&row.module.as_str()), "{row:?}");
        assert!(row.exclusion.pattern.contains('.'), "{row:?}");
        assert!(row.exclusion.reason.len() > 15, "{row:?}");
        assert!(seen.insert((row.module, row.exclusion.pattern)), "said twice");
    }
}
