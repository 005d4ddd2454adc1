//! API levels: whose `asyncio` a run has, and what is gone from it since.
//!
//! The level is part of what a run was made from, so it stands in the header of
//! its trace. The table of names is here because everybody who meets a program
//! from an older time tells the same facts about it: the command line, and the
//! page, which knows nothing below a trace.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::event::{Diagnosis, EventKind};
use super::ids::Line;
use super::trace::Trace;

/// Among so many lines at the head of a program its settings are looked for.
pub const HEADER_LINES: usize = 25;

/// The Python whose `asyncio` a program finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Level {
    /// `asyncio` of Python 3.7.
    Python37,
    /// `asyncio` of Python 3.13.
    #[default]
    Python313,
}

impl Level {
    /// All of them, oldest first.
    pub const ALL: [Self; 2] = [Self::Python37, Self::Python313];

    /// What a line like `# python: 3.7 because of loop=` asks for. What follows the version is the
    /// author's business, and a comment that names no version is only a comment.
    pub fn of_line(line: &str) -> Option<Result<Self, UnknownLevel>> {
        let words = line.trim().strip_prefix("# python:")?;
        let version = words.split_whitespace().next()?;
        let is_version = version.starts_with(|c: char| c.is_ascii_digit());
        is_version.then(|| version.parse())
    }

    /// What the first of the lines at the head of a program that asks for a level asks for.
    pub fn of_source(source: &str) -> Option<Self> {
        let mut asked = source.lines().take(HEADER_LINES).filter_map(Self::of_line);
        asked.next()?.ok()
    }

    /// The version as people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Python37 => "3.7",
            Self::Python313 => "3.13",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A version that there is no level for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLevel(pub String);

impl fmt::Display for UnknownLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<&str> = Level::ALL.iter().map(|level| level.name()).collect();
        write!(
            f,
            "there is no asyncio of Python {} here: choose {}",
            self.0,
            known.join(" or ")
        )
    }
}

impl std::error::Error for UnknownLevel {}

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(text: &str) -> Result<Self, UnknownLevel> {
        let known = Self::ALL.into_iter().find(|level| level.name() == text);
        known.ok_or_else(|| UnknownLevel(text.to_owned()))
    }
}

/// Something that Python 3.7 had and 3.13 has no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone {
    /// What it is called, as in [`Diagnosis::Gone`](super::Diagnosis::Gone).
    pub name: &'static str,
    /// The version that asked not to use it any more.
    pub deprecated: &'static str,
    /// The version that had it no longer.
    pub removed: &'static str,
    /// What to write today; empty when it is simply left out.
    pub instead: &'static str,
}

/// `@asyncio.coroutine`.
pub const COROUTINE: &str = "asyncio.coroutine";
/// `asyncio.Task.all_tasks()`.
pub const ALL_TASKS: &str = "Task.all_tasks";
/// `asyncio.Task.current_task()`.
pub const CURRENT_TASK: &str = "Task.current_task";
/// The argument that functions and primitives took.
pub const LOOP_ARGUMENT: &str = "loop=";
/// `asyncio.wait()` on coroutines.
pub const WAIT_ON_COROUTINES: &str = "asyncio.wait(coroutines)";
/// A generator where a coroutine is wanted.
pub const GENERATORS: &str = "generators as coroutines";
/// `with await lock`, `with (yield from lock)`.
pub const LOCK_IN_WITH: &str = "with (yield from lock)";

/// Everything of this kind.
pub const GONE: [Gone; 7] = [
    gone(COROUTINE, "3.8", "3.11", "async def"),
    gone(ALL_TASKS, "3.7", "3.9", "asyncio.all_tasks()"),
    gone(CURRENT_TASK, "3.7", "3.9", "asyncio.current_task()"),
    gone(LOOP_ARGUMENT, "3.8", "3.10", ""),
    gone(WAIT_ON_COROUTINES, "3.8", "3.11", "asyncio.create_task()"),
    gone(GENERATORS, "3.8", "3.12", "async def"),
    gone(LOCK_IN_WITH, "3.7", "3.9", "async with lock"),
];

const fn gone(
    name: &'static str,
    deprecated: &'static str,
    removed: &'static str,
    instead: &'static str,
) -> Gone {
    Gone {
        name,
        deprecated,
        removed,
        instead,
    }
}

impl Gone {
    /// The entry with this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        GONE.iter().find(|gone| gone.name == name)
    }
}

/// Where the program of a trace uses what is gone, in the order in which it was found.
pub fn uses_of_gone(trace: &Trace) -> Vec<(Line, &'static Gone)> {
    let uses = trace.events().filter_map(|event| match event.kind {
        EventKind::Diagnosed {
            diagnosis: Diagnosis::Gone,
            line,
            message,
            ..
        } => Some((line, Gone::named(trace.text(message))?)),
        _ => None,
    });
    uses.collect()
}

impl fmt::Display for Gone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            deprecated,
            removed,
            instead,
        } = self;
        write!(
            f,
            "`{name}` is gone since Python {removed} (deprecated since {deprecated}): "
        )?;
        match *instead {
            "" => f.write_str("leave it out"),
            instead => write!(f, "today it is `{instead}`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_is_known_by_its_name_and_nothing_else_is() {
        for level in Level::ALL {
            assert_eq!(level.name().parse(), Ok(level));
        }
        let error = "3.9".parse::<Level>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no asyncio of Python 3.9 here: choose 3.7 or 3.13"
        );
    }

    #[test]
    fn a_program_asks_for_a_level_at_its_head() {
        let asked = |source: &str| Level::of_source(source);
        assert_eq!(
            asked("#!python\n# python: 3.7 for loop=\n"),
            Some(Level::Python37)
        );
        assert_eq!(asked("# python: 3.13\n# python: 3.7\n"), Some(Level::Python313));
        assert_eq!(asked("# python: the language\nx = 1\n"), None);
        assert_eq!(asked(&("\n".repeat(HEADER_LINES) + "# python: 3.7\n")), None);
        assert_eq!(
            Level::of_line("# python: 2"),
            Some(Err(UnknownLevel("2".to_owned())))
        );
    }

    #[test]
    fn what_is_gone_says_since_when_and_what_replaces_it() {
        let told = Gone::named(COROUTINE)
            .map(ToString::to_string)
            .unwrap_or_default();
        assert_eq!(
            told,
            "`asyncio.coroutine` is gone since Python 3.11 (deprecated since 3.8): today it is `async def`"
        );
        assert_eq!(Gone::named("asyncio.run"), None);
    }
}
