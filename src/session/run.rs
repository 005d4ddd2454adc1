//! One run: source and options in, a trace out.

pub use crate::python::context::Listener;
use crate::python::context::{self, Run};
use crate::python::{interpreter, lines, program};
use crate::sched::World;
use crate::trace::{EventKind, Header, Outcome, Time};

use super::limits;

/// What a run is made from. What is `None` is read from the header line of the
/// program, and otherwise has its default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// File name of the program, without directories.
    pub program: String,
    /// Its source text.
    pub source: String,
    /// Seed of `random`; 0 by default.
    pub seed: Option<u64>,
    /// When Ctrl+C arrives, in seconds of virtual time; never by default.
    pub interrupt_at: Option<f64>,
    /// Most steps of tasks; [`limits::STEPS`] by default.
    pub max_steps: Option<u32>,
}

impl Options {
    /// The options as they hold for this program: what is missing comes from
    /// a line like `# loopscope: interrupt_at=2.5 seed=1 limit_steps=500`.
    ///
    /// # Errors
    /// When such a line has a word that means nothing.
    pub fn completed(mut self) -> Result<Self, HeaderError> {
        self.source = plain_text(&self.source);
        let header = HeaderLine::of(&self.source)?;
        self.seed = self.seed.or(header.seed);
        self.interrupt_at = self.interrupt_at.or(header.interrupt_at);
        self.max_steps = self.max_steps.or(header.limit_steps);
        Ok(self)
    }
}

/// Lines end with `\n`, and there is no byte order mark.
fn plain_text(source: &str) -> String {
    source.strip_prefix('\u{feff}').unwrap_or(source).replace("\r\n", "\n").replace('\r', "\n")
}

/// A header line that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderError {
    /// Line of the program.
    pub line: u32,
    /// The word.
    pub word: String,
}

impl std::fmt::Display for HeaderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { line, word } = self;
        write!(
            f,
            "line {line}: `{word}` is no setting; `# loopscope:` takes seed=N, interrupt_at=SECONDS and limit_steps=N"
        )
    }
}

impl std::error::Error for HeaderError {}

#[derive(Default)]
struct HeaderLine {
    seed: Option<u64>,
    interrupt_at: Option<f64>,
    limit_steps: Option<u32>,
}

impl HeaderLine {
    const MARK: &'static str = "# loopscope:";
    const AMONG_FIRST: usize = 25;

    fn of(source: &str) -> Result<Self, HeaderError> {
        let mut found = Self::default();
        for (index, line) in source.lines().take(Self::AMONG_FIRST).enumerate() {
            let Some(words) = line.trim().strip_prefix(Self::MARK) else { continue };
            for word in words.split_whitespace() {
                if found.take(word).is_none() {
                    let line = u32::try_from(index + 1).unwrap_or(0);
                    return Err(HeaderError { line, word: word.to_owned() });
                }
            }
        }
        Ok(found)
    }

    /// The first word of a kind counts.
    fn take(&mut self, word: &str) -> Option<()> {
        let (key, value) = word.split_once('=')?;
        match key {
            "seed" => self.seed = self.seed.or(Some(value.parse().ok()?)),
            "interrupt_at" => self.interrupt_at = self.interrupt_at.or(Some(value.parse().ok()?)),
            "limit_steps" => self.limit_steps = self.limit_steps.or(Some(value.parse().ok()?)),
            _ => return None,
        }
        Some(())
    }
}

/// Runs a program. The trace leaves in chunks while the program runs; all
/// chunks together are the trace. A function that takes chunks is a listener.
///
/// # Errors
/// When the header line of the program cannot be understood; nothing ran.
pub fn run(options: Options, listener: impl Listener + 'static) -> Result<Outcome, HeaderError> {
    let options = options.completed()?;
    let seed = options.seed.unwrap_or(0);
    let header = Header { program: options.program.clone(), source: options.source.clone(), seed };
    let world = World::new(&header, lines::current_line);
    if let Some(seconds) = options.interrupt_at {
        world.interrupt_at(Time::from_secs_f64(seconds));
    }
    let budgets = limits::budgets(options.max_steps.unwrap_or(limits::STEPS));
    world.limit_steps(budgets.steps);
    let run = Run::new(world, options.program, options.source, seed, budgets, Box::new(listener));

    let interpreter = interpreter::build();
    let entered = context::enter(&run);
    let end = interpreter.enter(|vm| program::execute(&run, vm));
    let outcome = run.stopped().unwrap_or_else(|| {
        Outcome::Exited { code: end.code, error: end.error.map(|text| run.world.text(&text)) }
    });
    run.world.emit(&EventKind::RunEnded { outcome: outcome.clone() });
    run.flush();
    drop(entered);
    Ok(outcome)
}
