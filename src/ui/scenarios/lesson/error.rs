//! What can be wrong with a header, and what to do about it.

use std::error::Error;
use std::fmt;

use super::{CHAPTERS, Difficulty, Ending, Parameter};
use crate::trace::decimal;

/// A mistake in the header of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonError {
    /// The file, as the reader was told.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: Problem,
}

impl fmt::Display for LessonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.problem)
    }
}

impl Error for LessonError {}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// A line that is neither `# key: value` nor the rest of one.
    NotAnEntry,
    /// A key that no header has.
    UnknownKey(String),
    /// A key at a place where it means nothing.
    Misplaced(String),
    /// A key that was there before.
    Twice(String),
    /// A key without a value.
    Empty(String),
    /// Something every header (or every `look`) has.
    Missing(String),
    /// `course:` that is no place.
    NotAPlace(String),
    /// `level:` that is none.
    UnknownLevel(String),
    /// `ends:` that is none.
    UnknownEnding(String),
    /// `compare:` that names no scenario.
    NotAScenario(String),
    /// `when:` or `next:` that cannot be read.
    NotAMoment(String),
    /// A line of code that the program does not have.
    NoSuchLine(String),
    /// `parameter:` that cannot be read.
    NotAParameter(String),
    /// A parameter that the program does not assign, or more than once.
    NotAssigned(String),
    /// A parameter that the header does not have.
    UnknownParameter(String),
    /// A value that the range does not allow.
    OutOfRange {
        /// The parameter.
        parameter: Box<Parameter>,
        /// The value.
        value: f64,
    },
    /// There is nothing below the header.
    NoProgram,
}

impl fmt::Display for Problem {
    #[expect(clippy::too_many_lines, reason = "one arm a problem")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnEntry => write!(
                f,
                "this comment is no entry of the header: write `# key: value`, or indent it by three spaces to go on with the entry above"
            ),
            Self::UnknownKey(key) => {
                write!(
                    f,
                    "`{key}` is no key of a header: docs/writing-a-scenario.md lists them"
                )
            }
            Self::Misplaced(key) => write!(
                f,
                "`{key}` does not belong here: facts about the scenario come first, then each `parameter`, `look` and `question` with what describes it"
            ),
            Self::Twice(key) => write!(f, "`{key}` is said twice: keep one of them"),
            Self::Empty(key) => write!(f, "`{key}` says nothing: write a value after the colon"),
            Self::Missing(key) => write!(f, "`{key}` is missing: add a line `# {key}: …`"),
            Self::NotAPlace(text) => write!(
                f,
                "`{text}` is no place in the course: write CHAPTER.NUMBER with a chapter from 1 to {}, like `4.2`",
                CHAPTERS.len()
            ),
            Self::UnknownLevel(text) => write!(
                f,
                "`{text}` is no level: write one of {}",
                listed(&Difficulty::ALL.map(Difficulty::name))
            ),
            Self::UnknownEnding(text) => write!(
                f,
                "`{text}` is no way to end: write one of {}",
                listed(&Ending::ALL.map(Ending::name))
            ),
            Self::NotAScenario(text) => write!(
                f,
                "`{text}` is no scenario: write the name of another file of `static/scenarios` without `.py`"
            ),
            Self::NotAMoment(text) => write!(
                f,
                "`{text}` is no moment of a run: write ``prints `TEXT` ``, ``TASK runs `CODE` ``, ``TASK waits at `CODE` ``, `TASK starts`, `TASK ends` or `the end`, and `(2)` behind it for the second time"
            ),
            Self::NoSuchLine(code) => write!(
                f,
                "no line of the program begins with `{code}`: copy the line as it stands below the header"
            ),
            Self::NotAParameter(text) => write!(
                f,
                "`{text}` is no parameter: write `NAME LOWEST..HIGHEST: what it is`, or `NAME LOWEST..HIGHEST by STEP: what it is`"
            ),
            Self::NotAssigned(name) => write!(
                f,
                "the program does not assign `{name}` exactly once: write one line `{name} = NUMBER` at its top"
            ),
            Self::UnknownParameter(name) => write!(
                f,
                "there is no parameter `{name}`: add a line `# parameter: {name} LOWEST..HIGHEST: what it is`"
            ),
            Self::OutOfRange { parameter, value } => write!(
                f,
                "{} is not in the range of `{}`: choose a value from {}{} to {}",
                decimal::write(*value, 6),
                parameter.name,
                if parameter.whole { "whole numbers " } else { "" },
                parameter.written(parameter.lowest),
                parameter.written(parameter.highest)
            ),
            Self::NoProgram => write!(f, "there is no program: write it below the header"),
        }
    }
}

impl Error for Problem {}

fn listed(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
