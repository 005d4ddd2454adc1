//! What the page knows.
//!
//! [`State::apply`] is pure: worker, network and clock are asked elsewhere and
//! report back as actions. What can be derived from the recording is not here.

mod apply;
mod drafts;

use std::rc::Rc;

pub use super::action::{Action, Move, Pane, Side, Speed, Theme, View};
use super::compare::Compare;
use super::download::Download;
use super::keys::Keys;
use super::moves::History;
use super::panels::Panels;
use super::recording::Recording;
use super::scale::{Axis, Scale, Viewport};
use super::scenarios::{self, lesson::Lesson};
use super::tour::Stop;
use super::world::World;
use crate::trace::{Header, Language, Level, Outcome, TaskId};
pub use drafts::{Draft, Drafts, Stored};

/// The program in the editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// File name.
    pub name: Rc<str>,
    /// Source text; empty until it has arrived.
    pub source: Rc<str>,
    /// The scenario it began as.
    pub scenario: usize,
    /// The source text of that; empty until it has arrived.
    original: Rc<str>,
    /// Whether it was edited since it was chosen.
    pub edited: bool,
}

impl Program {
    /// A scenario, whose source is still to come.
    pub fn of(index: usize) -> Self {
        let index = index.min(scenarios::ALL.len() - 1);
        Self {
            name: scenarios::ALL[index].file.into(),
            source: "".into(),
            scenario: index,
            original: "".into(),
            edited: false,
        }
    }

    /// Whether a source is that of the scenario, as far as that is known.
    pub fn is_original(&self, source: &str) -> bool {
        self.original.is_empty() || *self.original == *source
    }

    /// The program of a recorded run that is none of the scenarios'.
    fn recorded(&mut self, header: &Header) {
        self.name = header.program.as_str().into();
        self.original = header.source.as_str().into();
        if !self.edited {
            self.source = self.original.clone();
        }
    }

    /// Takes the source of the scenario, unless it has one. Whoever was quicker with an edit keeps it.
    fn arrive(&mut self, source: &str) {
        if self.original.is_empty() {
            self.original = source.into();
            if self.edited {
                self.edited = self.source != self.original;
            } else {
                self.source = self.original.clone();
            }
        }
    }
}

/// How far the interpreter is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// Nobody asked for it yet.
    #[default]
    Absent,
    /// Its code is on the way.
    Loading(Download),
    /// A worker waits for a program.
    Ready,
    /// It cannot be loaded, and why.
    Failed(Rc<str>),
}

/// What the picture is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing was loaded yet.
    #[default]
    Opening,
    /// A run that is over, or that was recorded before.
    Resting,
    /// A run was asked for; nothing of it has arrived.
    Starting,
    /// A run goes on; the picture follows it.
    Running,
}

/// Why a run came to no ordinary end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The program is not valid Python.
    Syntax {
        /// Line from 1, or 0.
        line: u32,
        /// Column from 1, or 0.
        column: u32,
        /// Python's message.
        message: Rc<str>,
    },
    /// The user stopped it.
    Stopped,
    /// Nothing was heard from it for too long.
    Silent,
    /// The interpreter broke.
    Crashed(Rc<str>),
    /// The interpreter cannot be loaded.
    NoEngine(Rc<str>),
    /// A recorded run cannot be loaded.
    NoRecording(Rc<str>),
}

/// What the page knows.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct State {
    /// The program in the editor.
    pub program: Program,
    /// What was typed and is not on screen.
    pub drafts: Drafts,
    /// Lines at which playing pauses, in order.
    pub breakpoints: Rc<[u32]>,
    /// What the scenario teaches, as soon as it has arrived.
    pub lesson: Option<Rc<Lesson>>,
    /// The level that was chosen by hand, or by a link.
    pub chosen_level: Option<Level>,
    /// The world around the program.
    pub world: Rc<World>,
    /// How often a recorded run was asked for.
    pub asked: u32,
    /// The run on screen.
    pub recording: Option<Recording>,
    /// The frame on screen.
    pub cursor: u32,
    /// What the picture is of.
    pub phase: Phase,
    /// How far the interpreter is.
    pub engine: Engine,
    /// Why the last run came to no ordinary end.
    pub trouble: Option<Trouble>,
    /// Whether steps follow each other by themselves.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// What runs from left to right.
    pub axis: Axis,
    /// The part of the run in view.
    pub viewport: Viewport,
    /// Width of the timeline in pixels.
    pub width: f64,
    /// Whether columns after the cursor are hidden.
    pub future_hidden: bool,
    /// The selected task.
    pub selected: Option<TaskId>,
    /// Groups whose lanes are shown, by their first task.
    pub open: Vec<TaskId>,
    /// Tasks whose lanes stand above all others.
    pub pinned: Vec<TaskId>,
    /// The selected columns, first and last.
    pub range: Option<(u32, u32)>,
    /// Whether playing repeats them.
    pub looping: bool,
    /// Whether the chain of causes is shown.
    pub why: bool,
    /// Marked frames, in order.
    pub bookmarks: Vec<u32>,
    /// What is searched for.
    pub search: Option<Rc<str>>,
    /// What the run on screen is compared with.
    pub compare: Option<Compare>,
    /// Where moves began.
    pub history: History,
    /// Tab below the program.
    pub side: Side,
    /// Tab of a narrow page.
    pub pane: Pane,
    /// What stands above the timeline.
    pub view: View,
    /// Sizes of panels.
    pub panels: Panels,
    /// Colours.
    pub theme: Theme,
    /// The step to open at, when a link wished for one.
    pub wished_step: Option<u32>,
    /// The recorded run that a link names instead of the scenario's.
    pub trace: Option<Rc<str>>,
    /// Whether the page is a picture in another one: it only shows a recorded run.
    pub embed: bool,
    /// The part of the run to stay in, first and last frame, in such a picture.
    pub part: Option<(u32, u32)>,
    /// Where the tour of a first visit is.
    pub tour: Option<Stop>,
    /// Which keys do something.
    pub keys: Keys,
    /// What the browser speaks.
    pub browser_language: Language,
    /// The language that was chosen by hand, or by a link.
    pub chosen_language: Option<Language>,
    /// Whether the table of keys is open.
    pub help: bool,
    /// Whether the gallery is open.
    pub gallery: bool,
    /// Whether the menu of a narrow page is open.
    pub menu: bool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            program: Program::of(scenarios::default_index()),
            drafts: Drafts::default(),
            breakpoints: Rc::default(),
            lesson: None,
            chosen_level: None,
            world: Rc::default(),
            asked: 0,
            recording: None,
            cursor: 0,
            phase: Phase::default(),
            engine: Engine::default(),
            trouble: None,
            playing: false,
            speed: Speed::default(),
            axis: Axis::default(),
            viewport: Viewport::default(),
            width: 728.0,
            future_hidden: false,
            selected: None,
            open: Vec::new(),
            pinned: Vec::new(),
            range: None,
            looping: false,
            why: false,
            bookmarks: Vec::new(),
            search: None,
            compare: None,
            history: History::default(),
            side: Side::default(),
            pane: Pane::default(),
            view: View::default(),
            panels: Panels::default(),
            theme: Theme::default(),
            wished_step: None,
            trace: None,
            embed: false,
            part: None,
            tour: None,
            keys: Keys::default(),
            browser_language: Language::default(),
            chosen_language: None,
            help: false,
            gallery: false,
            menu: false,
        }
    }
}

impl State {
    /// The last frame there is.
    pub fn last_frame(&self) -> u32 {
        self.recording.as_ref().map_or(0, Recording::last_frame)
    }

    /// The first and the last frame that can be gone to.
    pub fn bounds(&self) -> (u32, u32) {
        let last = self.last_frame();
        let (from, to) = self.part.unwrap_or((0, last));
        let to = to.min(last);
        (from.min(to), to)
    }

    /// Whether a run is on its way.
    pub const fn is_busy(&self) -> bool {
        matches!(self.phase, Phase::Starting | Phase::Running)
    }

    /// The level of the next run.
    pub fn level(&self) -> Level {
        let asked = || Level::of_source(&self.program.source);
        self.chosen_level.or_else(asked).unwrap_or_default()
    }

    /// The language of every text.
    pub fn language(&self) -> Language {
        self.chosen_language.unwrap_or(self.browser_language)
    }

    /// Whether the picture is of another program than the one in the editor.
    pub fn is_stale(&self) -> bool {
        self.recording
            .as_ref()
            .is_some_and(|recording| *recording.trace().header().source != *self.program.source)
    }

    /// The scale of the timeline as it is on screen.
    pub fn scale(&self) -> Scale {
        if let Some(pair) = self.pair() {
            return pair.scale(self.viewport, self.place(), self.width);
        }
        let times = match (&self.recording, self.axis) {
            (Some(recording), Axis::Clock) => recording.times(),
            _ => Rc::default(),
        };
        Scale::new(
            self.axis,
            self.viewport,
            self.last_frame() + 1,
            self.cursor,
            self.width,
            &times,
        )
    }
}

/// Whether a run ended as its program wanted.
pub fn ended_well(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Exited { code: 0, error: None })
}
