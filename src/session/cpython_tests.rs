//! `CPython`'s own tests of `asyncio` as runs, and a report about them.
//!
//! The tests come from a library directory of CPython 3.13 that the user has;
//! nothing of it is part of this program. Which tests do not apply is said, with
//! reasons, in the table of `docs/cpython-tests.md`, and nowhere else.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::run::{Engine, Options};
use crate::python::cpython_tests::{Exclusion, Plan, Verdict};
use crate::trace::{Budget, Outcome, Stream};

/// The modules of `test.test_asyncio` that are about what is here.
pub const MODULES: [&str; 10] = [
    "test_locks",
    "test_queues",
    "test_futures",
    "test_tasks",
    "test_taskgroups",
    "test_timeouts",
    "test_waitfor",
    "test_runners",
    "test_eager_task_factory",
    "test_context",
];

/// The page that lists what does not apply.
const PAGE: &str = include_str!("../../docs/cpython-tests.md");

/// Deep recursion shall meet the interpreter's limit, not the end of the stack.
const STACK: usize = 512 << 20;

/// Lines that one step of a test may take; it makes few.
const LINES: u64 = 500_000;

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The module.
    pub module: String,
    /// Which of its tests, and why.
    pub exclusion: Exclusion,
}

/// The table of tests that do not apply.
pub fn exclusions() -> Vec<Row> {
    let rows = PAGE.lines().filter_map(|line| {
        let cells = line.trim().strip_prefix("| `")?.strip_suffix('|')?;
        let [module, pattern, reason] = cells.split('|').collect::<Vec<_>>().try_into().ok()?;
        let bare = |cell: &str| cell.trim().trim_matches('`').to_owned();
        Some(Row {
            module: bare(module),
            exclusion: Exclusion {
                pattern: bare(pattern),
                reason: bare(reason),
            },
        })
    });
    rows.collect()
}

/// What became of the tests of a module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The module.
    pub module: String,
    /// Its tests in order.
    pub tests: Vec<(String, Verdict)>,
    /// Patterns of the table that no test matches.
    pub stale: Vec<String>,
}

impl Report {
    /// How many passed, failed and were skipped.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |is: fn(&Verdict) -> bool| self.tests.iter().filter(|(_, verdict)| is(verdict)).count();
        (
            count(|verdict| matches!(verdict, Verdict::Passed)),
            count(|verdict| matches!(verdict, Verdict::Failed(_))),
            count(|verdict| matches!(verdict, Verdict::Skipped(_))),
        )
    }

    /// The tests that failed, each with its traceback.
    pub fn failures(&self) -> impl Iterator<Item = (&str, &str)> {
        self.tests.iter().filter_map(|(test, verdict)| match verdict {
            Verdict::Failed(text) => Some((test.as_str(), text.as_str())),
            Verdict::Passed | Verdict::Skipped(_) => None,
        })
    }

    /// Whether everything is as it should be.
    pub fn is_good(&self) -> bool {
        self.counts().1 == 0 && self.stale.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (passed, failed, skipped) = self.counts();
        writeln!(
            f,
            "{}: {passed} passed, {failed} failed, {skipped} skipped",
            self.module
        )?;
        for (test, verdict) in &self.tests {
            match verdict {
                Verdict::Passed => {}
                Verdict::Failed(text) => writeln!(f, "  failed   {test}: {}", last_line(text))?,
                Verdict::Skipped(reason) => writeln!(f, "  skipped  {test}: {reason}")?,
            }
        }
        for pattern in &self.stale {
            writeln!(f, "  failed   {pattern}: is excluded, but there is no such test")?;
        }
        Ok(())
    }
}

fn last_line(text: &str) -> &str {
    text.trim_end().lines().next_back().unwrap_or_default()
}

/// Runs the tests of a module.
///
/// # Errors
/// When the module cannot be read.
pub fn run(library: &Path, module: &str) -> io::Result<Report> {
    let file = library.join("test/test_asyncio").join(format!("{module}.py"));
    let source = std::fs::read_to_string(&file)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", file.display())))?;
    run_source(library.to_owned(), module, &source, of_module(module))
}

fn of_module(module: &str) -> Vec<Exclusion> {
    let rows = exclusions().into_iter().filter(|row| row.module == module);
    rows.map(|row| row.exclusion).collect()
}

/// Runs a test module from its text.
///
/// # Errors
/// When there is no thread for it.
pub fn run_source(
    library: PathBuf,
    module: &str,
    source: &str,
    exclusions: Vec<Exclusion>,
) -> io::Result<Report> {
    let plan = Arc::new(Plan::new(library, exclusions));
    // Every run decides one test at least, or is the last.
    loop {
        let (ended, complaints) = run_once(&plan, module, source)?;
        if !plan.ended(&ended) {
            let mut tests = plan.verdicts();
            if ended != COMPLETED {
                tests.push((
                    module.to_owned(),
                    Verdict::Failed(format!("{complaints}\n{ended}")),
                ));
            }
            return Ok(Report {
                module: module.to_owned(),
                stale: stale(&plan.exclusions, &tests),
                tests,
            });
        }
    }
}

fn stale(exclusions: &[Exclusion], tests: &[(String, Verdict)]) -> Vec<String> {
    let unused = exclusions
        .iter()
        .filter(|exclusion| !tests.iter().any(|(test, _)| exclusion.covers(test)));
    unused.map(|exclusion| exclusion.pattern.clone()).collect()
}

const COMPLETED: &str = "completed";

/// One run, which goes on until a test ends it. Tells how it ended, and what was written to stderr
/// at last.
fn run_once(plan: &Arc<Plan>, module: &str, source: &str) -> io::Result<(String, String)> {
    let options = Options {
        program: format!("{module}.py"),
        source: source.to_owned(),
        max_steps: Some(u32::MAX),
        max_lines: Some(LINES),
        ..Options::default()
    };
    let plan = Arc::clone(plan);
    let (sender, written) = std::sync::mpsc::channel();
    let run = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || Engine::for_tests(plan).run(options, Complaints(sender)))?;
    let ended = run.join();
    let complaints: Vec<String> = written.try_iter().collect();
    let complaints = complaints[complaints.len().saturating_sub(20)..].concat();
    let text = match ended {
        Ok(Outcome::Exited { code: 0, .. }) => COMPLETED.to_owned(),
        Ok(Outcome::Exited { code, .. }) => format!("the program ended with exit code {code}"),
        Ok(Outcome::Deadlocked { .. } | Outcome::ThreadsDeadlocked { .. }) => {
            "deadlock: everything waits, and nothing is due".to_owned()
        }
        Ok(Outcome::OutOfBudget { budget, line, .. }) => {
            let used = match budget {
                Budget::Steps => "steps",
                Budget::Lines => "lines",
                Budget::Output => "bytes of output",
                Budget::Events => "events",
                Budget::Memory => "bytes of memory",
            };
            format!("too many {used}, at line {line}")
        }
        Err(panic) => {
            let message = panic.downcast_ref::<String>().map(String::as_str);
            let message = message.or_else(|| panic.downcast_ref::<&str>().copied());
            format!("panic: {}", message.unwrap_or("of unknown cause"))
        }
    };
    Ok((text, complaints))
}

/// Keeps what is written to stderr.
struct Complaints(std::sync::mpsc::Sender<String>);

impl super::run::Listener for Complaints {
    fn chunk(&mut self, _chunk: Vec<u8>) {}

    fn output(&mut self, stream: Stream, text: &str) {
        if stream == Stream::Err {
            // The receiver lives until the run is over.
            let _ = self.0.send(text.to_owned());
        }
    }
}
