//! The public surface of `asyncio`: every name that `CPython` 3.13 has, and what becomes of it here.
//!
//! `tests/coverage/surface.py` lists the surface of the `asyncio` that runs it. Its answer under
//! `CPython` is recorded in `cpython-3.13.txt`; here it runs on our own. What differs needs a reason
//! in `reasons.txt`, and `docs/asyncio-coverage.md` must say the same. `make coverage` records
//! `CPython`'s answer again, where there is one, and writes the document.
#![cfg(all(feature = "engine", not(target_arch = "wasm32")))]
#![allow(clippy::expect_used, reason = "a list that cannot be read is a failed test")]

#[path = "common/runs.rs"]
#[allow(dead_code, reason = "other tests look at more of a run")]
mod runs;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use loopscope::session::run::Options;

/// Set to write the document instead of comparing it.
const WRITE: &str = "LOOPSCOPE_WRITE_COVERAGE";

const HEAD: &str = "\
# The surface of asyncio

Every public name of CPython 3.13's `asyncio`, of its submodules and of its classes, and what it is here.
`make coverage` writes this page from what both say of themselves; `cargo test --test coverage` checks it.

Left out: names that begin with an underscore and are not in `asyncio.__all__`, modules that a module only
imported, and what classes inherit from builtins. Parameters are shown without the receiver and without
annotations.
";

/// What is known of a name.
#[derive(Clone, PartialEq, Eq)]
struct Entry {
    kind: String,
    takes: String,
    missing: String,
}

type Surface = BTreeMap<String, Entry>;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).expect(name)
}

fn surface(text: &str) -> Surface {
    let entry = |line: &str| {
        let mut fields = line.split('\t').map(str::to_owned);
        let mut next = || fields.next().unwrap_or_default();
        let name = next();
        let (kind, takes, missing) = (next(), next(), next());
        (name, Entry { kind, takes, missing })
    };
    text.lines().map(entry).collect()
}

fn ours() -> Surface {
    let ran = runs::run_with(Options {
        program: "surface.py".into(),
        source: read("tests/coverage/surface.py"),
        ..Options::default()
    });
    assert_eq!(ran.exit_code(), Some(0), "{}", ran.err());
    surface(&ran.out())
}

/// A reason, and the names it is for: the same, or all that begin so when it ends with `*`.
struct Reason {
    pattern: String,
    text: String,
}

impl Reason {
    fn is_for(&self, name: &str) -> bool {
        let (before, after) = self.pattern.split_once('*').unwrap_or((&self.pattern, ""));
        if !self.pattern.contains('*') {
            return name == self.pattern;
        }
        name.len() >= before.len() + after.len() && name.starts_with(before) && name.ends_with(after)
    }
}

fn reasons() -> Vec<Reason> {
    let text = read("tests/coverage/reasons.txt");
    let reason = |line: &str| {
        let (pattern, text) = line.split_once('\t').expect(line);
        Reason {
            pattern: pattern.to_owned(),
            text: text.to_owned(),
        }
    };
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(reason)
        .collect()
}

/// What becomes of the names, one row each, and what nobody has given a reason for.
#[derive(Default)]
struct Comparison {
    present: usize,
    not_simulated: usize,
    differs: usize,
    rows: String,
    unexplained: Vec<String>,
    used: Vec<bool>,
}

impl Comparison {
    fn row(&mut self, name: &str, theirs: &Entry, status: &str) {
        let takes = match theirs.takes.as_str() {
            "-" => String::new(),
            takes => format!("`{}`", takes.replace('|', "\\|")),
        };
        let _ = writeln!(self.rows, "| `{name}` | {takes} | {status} |");
    }

    fn reason(&mut self, name: &str, what: &str, reasons: &[Reason]) -> String {
        if let Some(index) = reasons.iter().position(|reason| reason.is_for(name)) {
            self.used[index] = true;
            return reasons[index].text.clone();
        }
        self.unexplained.push(format!("{name}: {what}"));
        String::new()
    }

    fn add(&mut self, name: &str, theirs: &Entry, own: Option<&Entry>, reasons: &[Reason]) {
        let Some(own) = own else {
            let reason = self.reason(name, "missing", reasons);
            self.not_simulated += 1;
            return self.row(name, theirs, &format!("not simulated: {reason}"));
        };
        let same = own.kind == theirs.kind && own.takes == theirs.takes;
        if !own.missing.is_empty() {
            self.not_simulated += 1;
            let what = own.missing.clone();
            return self.row(name, theirs, &format!("not simulated: {what}"));
        }
        if same {
            self.present += 1;
            return self.row(name, theirs, "present");
        }
        let what = format!("{} {} here {} {}", theirs.kind, theirs.takes, own.kind, own.takes);
        let reason = self.reason(name, &what, reasons);
        self.differs += 1;
        self.row(name, theirs, &format!("differs: {reason}"));
    }
}

fn compare(theirs: &Surface, own: &Surface, reasons: &[Reason]) -> Comparison {
    let mut comparison = Comparison {
        used: vec![false; reasons.len()],
        ..Comparison::default()
    };
    for (name, entry) in theirs {
        comparison.add(name, entry, own.get(name), reasons);
    }
    comparison
}

fn document(comparison: &Comparison) -> String {
    let Comparison {
        present,
        not_simulated,
        differs,
        rows,
        ..
    } = comparison;
    let all = present + not_simulated + differs;
    format!(
        "{HEAD}\nOf {all} names {present} are present, {not_simulated} are not simulated and {differs} differ.\n\n\
         | name | takes | here |\n|---|---|---|\n{rows}"
    )
}

#[test]
fn every_public_name_of_cpython_is_here_or_has_a_reason() {
    let reasons = reasons();
    let theirs = surface(&read("tests/coverage/cpython-3.13.txt"));
    assert!(theirs.len() > 800, "the list of names is missing");
    let comparison = compare(&theirs, &ours(), &reasons);
    assert!(
        comparison.unexplained.is_empty(),
        "\n{}",
        comparison.unexplained.join("\n")
    );
    let idle: Vec<&str> = (reasons.iter().zip(&comparison.used))
        .filter(|(_, used)| !**used)
        .map(|(reason, _)| reason.pattern.as_str())
        .collect();
    assert!(idle.is_empty(), "reasons for nothing: {idle:?}");
    let text = document(&comparison);
    let file = path("docs/asyncio-coverage.md");
    if std::env::var_os(WRITE).is_some() {
        fs::write(&file, &text).expect("the document can be written");
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == text,
        "docs/asyncio-coverage.md is out of date: `make coverage` writes it"
    );
}
