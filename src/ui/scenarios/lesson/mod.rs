//! What a scenario teaches: the comments at the head of its file, read into values.
//!
//! A scenario is one Python file. The comment lines at its top are the header: titles, lesson,
//! parameters, what to look at, and the closing question, in English and Chinese. The program is
//! everything below, and it alone is run, recorded and shown, so lines count from its first one.
//!
//! `build.rs` reads every header while the page is built, so nothing here names the rest of the
//! crate. `docs/writing-a-scenario.md` is the manual.

mod anchor;
mod course;
mod error;
mod parameter;
mod read;

pub use anchor::{Anchor, Deed, is_line};
pub use course::{CHAPTERS, Chapter};
pub use error::{LessonError, Problem};
pub use parameter::Parameter;
pub use read::program_of;

/// The same words in the languages of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words<T = String> {
    /// English.
    pub en: T,
    /// Chinese.
    pub zh: T,
}

/// How much a learner should know before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difficulty {
    /// Nothing but Python.
    Beginner,
    /// Tasks and the loop.
    Intermediate,
    /// The primitives and cancellation.
    Advanced,
}

impl Difficulty {
    /// All of them, the easiest first.
    pub const ALL: [Self; 3] = [Self::Beginner, Self::Intermediate, Self::Advanced];

    /// How a header names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Beginner => "beginner",
            Self::Intermediate => "intermediate",
            Self::Advanced => "advanced",
        }
    }
}

/// How the program ends when that is part of the lesson.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    /// As it should, with nothing on stderr.
    #[default]
    Well,
    /// As it should, but something is said on stderr.
    Complaint,
    /// With an exception.
    Error,
    /// Never: nothing can happen again.
    Deadlock,
}

impl Ending {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Well, Self::Complaint, Self::Error, Self::Deadlock];

    /// How a header names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::Complaint => "complaint",
            Self::Error => "error",
            Self::Deadlock => "deadlock",
        }
    }
}

/// A place in the course: `4.2` is the second scenario of the fourth chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Chapter, from 1; an entry of [`CHAPTERS`].
    pub chapter: usize,
    /// Place in the chapter.
    pub number: usize,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Line of the file where it is described.
    pub line: usize,
    /// Its name.
    pub name: Words,
    /// The moment of the run.
    pub when: Anchor,
    /// What a teacher says there.
    pub note: Words,
}

/// The closing question, asked one step before the answer is seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Line of the file where it is asked.
    pub line: usize,
    /// The question.
    pub ask: Words,
    /// The step that shows the answer; the question belongs to the one before.
    pub next: Anchor,
    /// The answer in words.
    pub answer: Words,
}

/// A scenario with all that its header says.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// A few words.
    pub title: Words,
    /// A question that the picture answers.
    pub asks: Words,
    /// One paragraph.
    pub teaches: Words,
    /// What it is about, in the words of `tests/topics.txt`.
    pub topics: Vec<String>,
    /// How much a learner should know before.
    pub level: Difficulty,
    /// Where it stands in the course.
    pub place: Place,
    /// How the program ends.
    pub ends: Ending,
    /// Name of the scenario whose run shows the difference, if there is one.
    pub compare: Option<String>,
    /// What can be changed.
    pub parameters: Vec<Parameter>,
    /// What to look at, in the order of the run; the page opens at the first.
    pub stops: Vec<Stop>,
    /// The closing question.
    pub question: Question,
    /// The program, without the header.
    pub program: String,
}

impl Lesson {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// What is wrong with the header, with its line and a cure.
    pub fn read(file: &str, text: &str) -> Result<Self, LessonError> {
        read::lesson(text).map_err(|fault| {
            let (line, problem) = *fault;
            let file = file.to_owned();
            LessonError { file, line, problem }
        })
    }

    /// Reads the text of a file whose header was found to be good before.
    pub fn known(text: &str) -> Option<Self> {
        read::lesson(text).ok()
    }

    /// The program with another value of one parameter.
    ///
    /// # Errors
    /// When there is no such parameter, or the value is out of its range.
    pub fn with(&self, name: &str, value: f64) -> Result<String, Problem> {
        let known = self.parameters.iter().find(|parameter| parameter.name == name);
        let parameter = known.ok_or_else(|| Problem::UnknownParameter(name.to_owned()))?;
        parameter.set(&self.program, value)
    }
}
