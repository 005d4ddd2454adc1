//! A moment of a run, told by what happens in it. Steps have numbers, too, but those change with
//! every edit of the program.

use std::fmt;

/// A moment of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Who does it; anybody, when it is `None`.
    pub task: Option<String>,
    /// What is done.
    pub deed: Deed,
    /// The how manieth time, from 1.
    pub time: u32,
}

/// What is done in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// This line is printed.
    Prints(String),
    /// The task runs for the first time.
    Starts,
    /// A line of the program that begins with this is run.
    Runs(String),
    /// The task comes to rest at a line of the program that begins with this.
    Waits(String),
    /// The task returns, raises, or is cancelled.
    Ends,
    /// The run is over.
    TheEnd,
}

impl Anchor {
    /// Reads what stands after `when:` or `next:`; nothing, when it is no moment of a run.
    pub fn read(text: &str) -> Option<Self> {
        let (words, time) = times(text);
        let words = words.trim();
        if words == "the end" {
            return Some(Self {
                task: None,
                deed: Deed::TheEnd,
                time,
            });
        }
        let (before, quoted) = match words.split_once('`') {
            Some((before, rest)) => (before, Some(rest.strip_suffix('`')?)),
            None => (words, None),
        };
        let before: Vec<&str> = before.split_whitespace().collect();
        let (task, verb) = match before.as_slice() {
            [verb @ ("prints" | "runs")] => (None, *verb),
            [task, verb] => (Some((*task).to_owned()), *verb),
            [task, "waits", "at"] => (Some((*task).to_owned()), "waits at"),
            _ => return None,
        };
        let deed = match (verb, quoted) {
            ("prints", Some(line)) if task.is_none() => Deed::Prints(line.to_owned()),
            ("runs", Some(code)) => Deed::Runs(code.to_owned()),
            ("waits at", Some(code)) => Deed::Waits(code.to_owned()),
            ("starts", None) => Deed::Starts,
            ("ends", None) => Deed::Ends,
            _ => return None,
        };
        Some(Self { task, deed, time })
    }

    /// The code that the program must have for this to happen.
    pub(super) fn code(&self) -> Option<&str> {
        match &self.deed {
            Deed::Runs(code) | Deed::Waits(code) => Some(code),
            Deed::Prints(_) | Deed::Starts | Deed::Ends | Deed::TheEnd => None,
        }
    }
}

/// As a header writes it.
impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(task) = &self.task {
            write!(f, "{task} ")?;
        }
        match &self.deed {
            Deed::Prints(text) => write!(f, "prints `{text}`")?,
            Deed::Starts => write!(f, "starts")?,
            Deed::Runs(code) => write!(f, "runs `{code}`")?,
            Deed::Waits(code) => write!(f, "waits at `{code}`")?,
            Deed::Ends => write!(f, "ends")?,
            Deed::TheEnd => write!(f, "the end")?,
        }
        match self.time {
            1 => Ok(()),
            time => write!(f, " ({time})"),
        }
    }
}

/// Whether a line of a program is the one meant by `code`.
pub fn is_line(line: &str, code: &str) -> bool {
    line.trim_start().starts_with(code)
}

/// Text without a number in parentheses at its end, and that number.
fn times(text: &str) -> (&str, u32) {
    let counted = || {
        let (words, number) = text.trim_end().strip_suffix(')')?.rsplit_once(" (")?;
        let number = number.parse().ok().filter(|number| *number > 0)?;
        Some((words, number))
    };
    counted().unwrap_or((text, 1))
}
