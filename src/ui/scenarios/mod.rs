//! The programs to start from, in the order of the course.
//!
//! What the page needs to offer them is compiled into it, from their headers, by `build.rs`; the
//! rest of a header, and the program, is fetched when one is chosen.

pub mod lesson;
mod moment;
pub mod topics;

use lesson::{Anchor, CHAPTERS, Chapter, Difficulty, Place, Words};

use crate::trace::Trace;

pub use moment::{frame_of, question_frame};

/// What the page knows of a scenario from the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// File name.
    pub file: &'static str,
    /// A few words.
    pub title: Words<&'static str>,
    /// A question that the picture answers.
    pub asks: Words<&'static str>,
    /// What it is about.
    pub topics: &'static [&'static str],
    /// How much a learner should know before.
    pub level: Difficulty,
    /// Where it stands in the course.
    pub place: Place,
    /// Name of the scenario that it is to be compared with.
    compare: Option<&'static str>,
    /// The moment at which it opens: one in which there is something to see.
    opening: &'static str,
}

impl Scenario {
    /// Its name: that of the file without its end.
    pub fn name(&self) -> &'static str {
        self.file.trim_end_matches(".py")
    }

    /// The chapter it belongs to.
    pub fn chapter(&self) -> &'static Chapter {
        &CHAPTERS[self.place.chapter - 1]
    }

    /// Address of its recorded run, relative to the page.
    pub fn trace_path(&self) -> String {
        format!("traces/{}.lscope", self.name())
    }

    /// Address of its file, relative to the page.
    pub fn file_path(&self) -> String {
        format!("scenarios/{}", self.file)
    }

    /// The frame to show first.
    pub fn opening(&self, trace: &Trace) -> u32 {
        let anchor = Anchor::read(self.opening);
        anchor.and_then(|anchor| frame_of(&anchor, trace)).unwrap_or(0)
    }
}

include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

/// The one that a page without a wish shows.
const DEFAULT: &str = "producer_consumer.py";

/// The place of a scenario in [`ALL`], by its name.
pub fn index_of(name: &str) -> Option<usize> {
    ALL.iter().position(|scenario| scenario.name() == name)
}

/// Places of the scenarios that one is to be compared with: whichever of the two says so.
pub fn partners_of(index: usize) -> Vec<usize> {
    let Some(own) = ALL.get(index) else {
        return Vec::new();
    };
    let names = |one: &Scenario, other: &Scenario| one.compare == Some(other.name());
    (0..ALL.len())
        .filter(|other| names(own, &ALL[*other]) || names(&ALL[*other], own))
        .collect()
}

/// The place in [`ALL`] of the scenario that a page without a wish shows.
pub fn default_index() -> usize {
    ALL.iter()
        .position(|scenario| scenario.file == DEFAULT)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_course_begins_at_its_beginning_and_the_default_is_in_it() {
        assert!(ALL.is_sorted_by_key(|scenario| scenario.place));
        assert_eq!(ALL[default_index()].file, DEFAULT);
    }
}
