//! What the page knows.
//!
//! [`State::apply`] is pure: worker, network and clock are asked elsewhere and
//! report back as actions. What can be derived from the recording is not here.

use std::rc::Rc;

pub use super::action::{Action, Move, Pane, Side, Speed, Theme};
use super::moves::History;
use super::recording::Recording;
use super::scale::{Axis, Scale, Viewport};
use super::scenarios::{self, lesson::Lesson};
use super::world::World;
use crate::trace::{Diagnosis, Language, Level, Outcome, TaskId};

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

    /// Takes the source of the scenario, unless it has one. Whoever was quicker with an edit keeps it.
    fn arrive(&mut self, source: &str) {
        if self.original.is_empty() {
            self.original = source.into();
            if !self.edited {
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
    Loading,
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
    /// Where moves began.
    pub history: History,
    /// Tab below the program.
    pub side: Side,
    /// Tab of a narrow page.
    pub pane: Pane,
    /// Colours.
    pub theme: Theme,
    /// The step to open at, when a link wished for one.
    pub wished_step: Option<u32>,
    /// Whether the page is a picture in another one: it only shows a recorded run.
    pub embed: bool,
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
            range: None,
            looping: false,
            why: false,
            bookmarks: Vec::new(),
            search: None,
            history: History::default(),
            side: Side::default(),
            pane: Pane::default(),
            theme: Theme::default(),
            wished_step: None,
            embed: false,
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

    /// The state after an action.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one arm an action")]
    pub fn apply(&self, action: Action) -> Self {
        let mut next = self.clone();
        next.remember(&action);
        match action {
            Action::Loaded(recording) => next.rest_at_opening(recording),
            Action::Lesson(lesson) => {
                next.program.arrive(&lesson.program);
                next.lesson = Some(lesson);
            }
            Action::Choose(index) => {
                next.gallery = false;
                next.program = Program::of(index);
                next.lesson = None;
                next.chosen_level = None;
                // Its recorded run knows the usual world only.
                next.world = Rc::default();
                next.wished_step = None;
                next.asked += 1;
                next.trouble = None;
                next.playing = false;
            }
            Action::Edit(source) => {
                next.program.edited = source != self.program.original;
                next.program.source = source;
                if matches!(self.trouble, Some(Trouble::Syntax { .. })) {
                    next.trouble = None;
                }
            }
            Action::UndoEdits => return self.apply(Action::Choose(self.program.scenario)),
            Action::Level(level) => next.chosen_level = Some(level),
            Action::RunWith(source) => return self.apply(Action::Edit(source)).apply(Action::Run),
            Action::RunAt(level) => return self.apply(Action::Level(level)).apply(Action::Run),
            Action::World(world) => {
                next.world = world;
                return next.apply(Action::Run);
            }
            Action::Run => {
                next.phase = Phase::Starting;
                next.trouble = None;
                next.playing = false;
            }
            Action::Stop => next.fail(Trouble::Stopped),
            Action::Began(recording) | Action::Grown(recording) => next.follow(recording),
            Action::Ended => next.end(),
            Action::Failed(trouble) => next.fail(trouble),
            Action::Engine(engine) => next.engine = engine,
            Action::EngineFailed(why) => {
                next.engine = Engine::Failed(why.clone());
                // Nobody is bothered with it unless a program waits.
                if self.is_busy() {
                    next.fail(Trouble::NoEngine(why));
                }
            }
            Action::Go(step) => {
                next.playing = false;
                next.put_aside_trouble();
                next.go(step);
            }
            Action::TogglePlay => {
                if !self.playing && !self.looping && self.cursor >= self.last_frame() {
                    next.go(Move::First);
                }
                next.put_aside_trouble();
                next.playing = !self.playing && self.last_frame() > 0;
            }
            Action::Tick => {
                next.tick();
            }
            Action::Speed(speed) => next.speed = speed,
            Action::ToggleAxis => {
                next.axis = if self.axis == Axis::Steps {
                    Axis::Clock
                } else {
                    Axis::Steps
                };
                next.follow_cursor();
            }
            Action::ToggleFuture => next.future_hidden = !self.future_hidden,
            Action::Zoom(factor, x) => next.viewport = self.scale().zoomed(factor, x),
            Action::Fit => next.viewport = self.scale().whole(),
            Action::Pan(by_px) => next.viewport = self.scale().panned(by_px),
            Action::Measured(width) => next.width = width,
            Action::Select(task) => next.select(task),
            Action::Range(range) => next.select_range(range),
            Action::RangeFrom => next.bound_range(true),
            Action::RangeTo => next.bound_range(false),
            Action::ZoomToRange => next.zoom_to_range(),
            Action::ToggleLoop => next.looping = !self.looping && self.range.is_some(),
            Action::ToggleWhy => next.why = !self.why,
            Action::Bookmark => next.toggle_bookmark(),
            Action::Search(query) => next.search = query,
            Action::Undo => next.return_to(true),
            Action::Redo => next.return_to(false),
            Action::Escape => next.let_go(),
            Action::SelectLane { down } => next.select_lane(down),
            Action::Side(side) => next.side = side,
            Action::Pane(pane) => next.pane = pane,
            Action::Theme(theme) => next.theme = theme,
            Action::Speak(language) => next.chosen_language = Some(language),
            Action::ToggleHelp => next.help = !self.help,
            Action::ToggleGallery => next.gallery = !self.gallery && !self.embed,
            Action::ToggleMenu => next.menu = !self.menu,
        }
        next
    }

    /// Whoever selects a task wants to know about it; the steps stay if they are looked at.
    fn select(&mut self, task: Option<TaskId>) {
        self.selected = task;
        if task.is_some() && self.side == Side::Output {
            self.side = Side::Inspect;
        }
    }

    fn rest_at_opening(&mut self, recording: Recording) {
        let scenario = scenarios::ALL.get(self.program.scenario);
        {
            let trace = recording.trace();
            self.program.arrive(&trace.header().source);
            let opening = || scenario.map_or(0, |scenario| scenario.opening(&trace));
            // A wish is for the run that the link names, not for those that are chosen later.
            // In a world of its own, the run that it names is still to come.
            let wished = if self.world.is_usual() {
                self.wished_step.take()
            } else {
                None
            };
            self.cursor = wished.unwrap_or_else(opening).min(trace.last_frame());
        }
        self.recording = Some(recording);
        self.phase = Phase::Resting;
        self.begin_anew();
    }

    fn follow(&mut self, recording: Recording) {
        if self.phase == Phase::Starting {
            let trace = recording.trace();
            if trace.steps() == 0 {
                // A program that cannot be read has no picture: the last one stays.
                self.trouble = syntax_error(&recording);
                // So it does until there is something to show; what was printed is something.
                let shows = trace.outcome().is_some() || trace.tip().outputs > 0;
                if self.trouble.is_some() || !shows {
                    return;
                }
            }
            drop(trace);
            self.begin_anew();
            self.phase = Phase::Running;
        }
        self.cursor = recording.last_frame();
        self.recording = Some(recording);
    }

    fn end(&mut self) {
        self.phase = Phase::Resting;
        if let Some(step) = self.wished_step.take() {
            self.go(Move::To(step));
        }
    }

    fn fail(&mut self, trouble: Trouble) {
        self.phase = if self.recording.is_some() {
            Phase::Resting
        } else {
            Phase::Opening
        };
        self.playing = false;
        self.trouble = Some(trouble);
    }

    /// Whoever steps on has read why the run was cut off, and wants to read the steps.
    fn put_aside_trouble(&mut self) {
        if matches!(
            self.trouble,
            Some(Trouble::Stopped | Trouble::Silent | Trouble::Crashed(_))
        ) {
            self.trouble = None;
        }
    }
}

fn syntax_error(recording: &Recording) -> Option<Trouble> {
    let notes = recording.notes();
    let finding = notes
        .findings()
        .iter()
        .find(|finding| finding.diagnosis == Diagnosis::SyntaxError)?;
    Some(Trouble::Syntax {
        line: finding.line,
        column: finding.column,
        message: finding.message.as_str().into(),
    })
}

/// Whether a run ended as its program wanted.
pub fn ended_well(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Exited { code: 0, error: None })
}
