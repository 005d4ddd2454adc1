//! One run: source and options in, a trace out.

use std::rc::Rc;

pub use crate::python::context::Listener;
use crate::python::context::{self, Run};
use crate::python::{interpreter, lines, program};
use crate::sched::World;
use crate::trace::level::{HEADER_LINES, UnknownLevel};
use crate::trace::surroundings;
use crate::trace::{Budget, Diagnosis, EventKind, Header, Level, Outcome, Surroundings, Time};

use super::limits;

/// What a run is made from. What is `None` is read from the header line of the
/// program, and otherwise has its default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// File name of the program, without directories.
    pub program: String,
    /// Its source text.
    pub source: String,
    /// Whose `asyncio` the program finds; that of the newest Python by default.
    pub level: Option<Level>,
    /// Seed of `random`; 0 by default.
    pub seed: Option<u64>,
    /// When Ctrl+C arrives, in seconds of virtual time; never by default.
    pub interrupt_at: Option<f64>,
    /// Most steps of tasks; [`limits::STEPS`] by default.
    pub max_steps: Option<u32>,
    /// Most lines in one step; [`limits::LINES`] by default.
    pub max_lines: Option<u64>,
    /// The world around the program. Its header line may add to it.
    pub surroundings: Surroundings,
}

impl Options {
    /// The options as they hold for this program: what is missing comes from
    /// a line like `# loopscope: interrupt_at=2.5 seed=1 limit_steps=500`, the level from one like
    /// `# python: 3.7`. A word there that means nothing is a mistake.
    fn completed(mut self) -> (Self, Option<HeaderError>) {
        self.source = plain_text(&self.source);
        let (header, mistake) = HeaderLine::of(&self.source);
        self.level = self.level.or(header.level);
        self.seed = self.seed.or(header.seed);
        self.interrupt_at = self.interrupt_at.or(header.interrupt_at);
        self.max_steps = self.max_steps.or(header.limit_steps);
        self.surroundings.complete_with(header.surroundings);
        (self, mistake)
    }
}

/// Lines end with `\n`, and there is no byte order mark.
fn plain_text(source: &str) -> String {
    source
        .strip_prefix('\u{feff}')
        .unwrap_or(source)
        .replace("\r\n", "\n")
        .replace('\r', "\n")
}

/// A header line that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
struct HeaderError {
    /// Line of the program.
    line: u32,
    what: HeaderMistake,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum HeaderMistake {
    /// A word that is no setting.
    Setting(String),
    /// A level that does not exist.
    Level(UnknownLevel),
}

impl std::fmt::Display for HeaderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.what {
            HeaderMistake::Setting(word) => write!(
                f,
                "`{word}` is no setting; `# loopscope:` takes seed=N, interrupt_at=SECONDS, limit_steps=N, \
                 latency=HOST=SECONDS, fail=HOST=timeout|refused|500[:RATE], line_cost=SECONDS and arg=WORD"
            ),
            HeaderMistake::Level(unknown) => unknown.fmt(f),
        }
    }
}

impl std::error::Error for HeaderError {}

#[derive(Default)]
struct HeaderLine {
    level: Option<Level>,
    seed: Option<u64>,
    interrupt_at: Option<f64>,
    limit_steps: Option<u32>,
    surroundings: Surroundings,
}

impl HeaderLine {
    const MARK: &'static str = "# loopscope:";

    fn of(source: &str) -> (Self, Option<HeaderError>) {
        let mut found = Self::default();
        for (index, text) in source.lines().take(HEADER_LINES).enumerate() {
            if let Err(what) = found.take_line(text.trim()) {
                let line = u32::try_from(index + 1).unwrap_or(0);
                return (found, Some(HeaderError { line, what }));
            }
        }
        (found, None)
    }

    fn take_line(&mut self, line: &str) -> Result<(), HeaderMistake> {
        if let Some(asked) = Level::of_line(line) {
            let level = asked.map_err(HeaderMistake::Level)?;
            self.level = self.level.or(Some(level));
        }
        for word in line
            .strip_prefix(Self::MARK)
            .unwrap_or_default()
            .split_whitespace()
        {
            self.take(word)
                .ok_or_else(|| HeaderMistake::Setting(word.to_owned()))?;
        }
        Ok(())
    }

    /// The first word of a kind counts, except where there can be many.
    fn take(&mut self, word: &str) -> Option<()> {
        let (key, value) = word.split_once('=')?;
        let around = &mut self.surroundings;
        match key {
            "seed" => self.seed = self.seed.or(Some(value.parse().ok()?)),
            "interrupt_at" => self.interrupt_at = self.interrupt_at.or(Some(value.parse().ok()?)),
            "limit_steps" => self.limit_steps = self.limit_steps.or(Some(value.parse().ok()?)),
            "latency" => around.latencies.push(surroundings::latency(value).ok()?),
            "fail" => around.failures.push(value.parse().ok()?),
            "line_cost" => around.line_cost = around.line_cost.or(Some(surroundings::span(value).ok()?)),
            "arg" => around.arguments.push(value.to_owned()),
            _ => return None,
        }
        Some(())
    }
}

/// An interpreter that is ready for one run.
pub struct Engine {
    interpreter: interpreter::Interpreter,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

impl Engine {
    /// An engine that starts as soon as it can.
    pub fn new() -> Self {
        Self {
            interpreter: interpreter::build(),
        }
    }

    /// An engine for a module of `CPython`'s tests, which is the program of the run. The trace is
    /// not of use: every test begins at time zero.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn for_tests(plan: std::sync::Arc<crate::python::cpython_tests::Plan>) -> Self {
        Self {
            interpreter: interpreter::build_for_tests(plan),
        }
    }

    /// Imports what most programs need, while there is time for it.
    #[must_use]
    pub fn warmed(self) -> Self {
        interpreter::warm_up(&self.interpreter);
        self
    }

    /// Runs a program. The trace leaves in chunks while the program runs; all chunks together are
    /// the trace. A function that takes chunks is a listener.
    pub fn run(self, options: Options, listener: impl Listener + 'static) -> Outcome {
        let (options, mistake) = options.completed();
        let seed = options.seed.unwrap_or(0);
        let header = Header {
            program: options.program.clone(),
            source: options.source.clone(),
            seed,
            level: options.level.unwrap_or_default(),
        };
        let budgets = limits::budgets(
            options.max_steps.unwrap_or(limits::STEPS),
            options.max_lines.unwrap_or(limits::LINES),
        );
        let world = World::new(&header, lines::current_line);
        world.limit_steps(budgets.steps);
        if let Some(seconds) = options.interrupt_at {
            world.interrupt_at(Time::from_secs_f64(seconds));
        }
        let run = Run::new(
            world,
            options.program,
            options.source,
            seed,
            options.surroundings,
            budgets,
            Box::new(listener),
        );
        let outcome = match mistake {
            Some(mistake) => refuse(&run, &mistake),
            None => self.execute(&run),
        };
        run.end(&outcome);
        outcome
    }

    fn execute(&self, run: &Rc<Run>) -> Outcome {
        let entered = context::enter(run);
        let end = self.interpreter.enter(|vm| program::execute(run, vm));
        drop(entered);
        run.stopped().unwrap_or_else(|| Outcome::Exited {
            code: end.code,
            error: end.error.map(|text| run.world.text(&text)),
        })
    }
}

/// Ends the run of this thread because there is no more memory, in the middle of whatever it was
/// doing, and does not return. Returns only when there is no run to end.
pub(super) fn out_of_memory() {
    let Some(run) = context::current() else { return };
    run.exhaust(Budget::Memory, limits::MEMORY as u64);
    if let Some(outcome) = run.stopped() {
        run.end(&outcome);
    }
    abandon();
}

/// Nothing can go on from here, and nothing can be cleaned up.
#[cfg(target_arch = "wasm32")]
fn abandon() -> ! {
    wasm_bindgen::throw_str("out of memory")
}

/// The thread that waits for the end of the run ends the process.
#[cfg(not(target_arch = "wasm32"))]
fn abandon() -> ! {
    loop {
        std::thread::park();
    }
}

/// A program whose settings cannot be understood does not run.
fn refuse(run: &Run, mistake: &HeaderError) -> Outcome {
    const USAGE: i32 = 64;
    let message = run.world.text(&mistake.to_string());
    let line = mistake.line;
    run.world.emit(&EventKind::Diagnosed {
        diagnosis: Diagnosis::Unsupported,
        line,
        column: 1,
        message,
    });
    program::complain(run, &format!("{}: {mistake}\n", run.program));
    Outcome::Exited {
        code: USAGE,
        error: Some(message),
    }
}
