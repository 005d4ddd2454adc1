//! Every move that the page can make, and the choices it makes them with.

use std::rc::Rc;

use super::keys::Keys;
use super::panels::Panel;
use super::recording::Recording;
use super::scenarios::lesson::Lesson;
use super::state::{Engine, Trouble};
use super::tour::Stop;
use super::world::World;
use crate::trace::{Language, Level, ResourceId, TaskId};

/// Steps a second while playing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speed {
    /// 0.5x
    Half,
    /// 1x
    #[default]
    One,
    /// 2x
    Two,
    /// 4x
    Four,
    /// 10x
    Ten,
}

impl Speed {
    /// All speeds, slowest first.
    pub const ALL: [Self; 5] = [Self::Half, Self::One, Self::Two, Self::Four, Self::Ten];

    /// How many times faster than one.
    pub const fn factor(self) -> f64 {
        match self {
            Self::Half => 0.5,
            Self::One => 1.0,
            Self::Two => 2.0,
            Self::Four => 4.0,
            Self::Ten => 10.0,
        }
    }

    /// The next faster one, then the slowest again.
    #[must_use]
    pub fn next(self) -> Self {
        let place = Self::ALL.iter().position(|speed| *speed == self).unwrap_or(0);
        Self::ALL[(place + 1) % Self::ALL.len()]
    }

    /// How long a step stays, in milliseconds.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 140 and 4,000"
    )]
    pub fn step_millis(self, notable: bool) -> u32 {
        let held = if notable { 600.0 } else { 0.0 };
        ((1400.0 + held) / self.factor()) as u32
    }
}

/// Tabs below the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// What the program printed.
    #[default]
    Output,
    /// All steps as a table.
    Steps,
    /// The selected task in full.
    Inspect,
    /// What the scenario teaches.
    Lesson,
    /// What the program finds around itself.
    World,
}

/// Tabs where there is room for one pane only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The timeline.
    #[default]
    Timeline,
    /// Timers and waiting tasks.
    Waiting,
    /// The program.
    Code,
    /// Output and steps.
    Output,
}

/// What stands above the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Timers and waiting tasks, by what they wait on.
    #[default]
    Board,
    /// Who waits for whom.
    Graph,
    /// Who created whom, and how a cancellation travels.
    Tree,
    /// The phases of the loop's turn.
    Turn,
}

impl View {
    /// All of them, in the order in which a key walks through them.
    pub const ALL: [Self; 4] = [Self::Board, Self::Graph, Self::Tree, Self::Turn];

    /// What a link calls it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Graph => "graph",
            Self::Tree => "tree",
            Self::Turn => "turn",
        }
    }

    /// The one after it, or before it, and around.
    #[must_use]
    pub const fn next(self, back: bool) -> Self {
        Self::ALL[(self as usize + if back { 3 } else { 1 }) % 4]
    }
}

/// Colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// What the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// A move of the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Before the first step.
    First,
    /// One step back.
    Back,
    /// One step on.
    Forward,
    /// The end.
    Last,
    /// To the first step of the next turn.
    NextTurn,
    /// To the first step of this turn, or of the one before.
    PreviousTurn,
    /// To the next step of the selected task.
    NextOfTask,
    /// To the previous step of the selected task.
    PreviousOfTask,
    /// To the next change of the selected task: woken, running, waiting, done.
    NextChange,
    /// To the one before.
    PreviousChange,
    /// To the next mark.
    NextMark,
    /// To the mark before.
    PreviousMark,
    /// To the next step that prints.
    NextOutput,
    /// To the one before.
    PreviousOutput,
    /// To the next step, from here on and around, that runs a line.
    Line(u32),
    /// The same for a change of a resource.
    Resource(ResourceId),
    /// To the step that let this one happen.
    Cause,
    /// To the first step that happened because of this one.
    Effect,
    /// To a frame.
    To(u32),
    /// To a moment of two runs.
    Moment(u32),
    /// To where two runs part.
    Parting,
}

/// Everything that can happen to the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The recorded run of the chosen scenario arrived.
    Loaded(Recording),
    /// More of it was read.
    Longer(Recording),
    /// What the chosen scenario teaches arrived.
    Lesson(Rc<Lesson>),
    /// A scenario was chosen.
    Choose(usize),
    /// The source was edited.
    Edit(Rc<str>),
    /// Bring back what was typed and put away.
    BringBack,
    /// Keep that text no longer.
    ForgetDraft,
    /// Playing pauses at these lines.
    Breakpoints(Rc<[u32]>),
    /// The scenario's own source is wanted back.
    UndoEdits,
    /// Another level, for the runs to come.
    Level(Level),
    /// Put this program in place of the one in the editor, and run it.
    RunWith(Rc<str>),
    /// Run the program.
    Run,
    /// Run the program at this level.
    RunAt(Level),
    /// Run the program in this world.
    World(Rc<World>),
    /// Stop the run.
    Stop,
    /// The first part of the run arrived.
    Began(Recording),
    /// More of the run arrived.
    Grown(Recording),
    /// The run is over.
    Ended,
    /// The run is over, or there is none, because of this.
    Failed(Trouble),
    /// The interpreter is this far.
    Engine(Engine),
    /// The interpreter cannot be loaded, and why.
    EngineFailed(Rc<str>),
    /// Move the cursor.
    Go(Move),
    /// Play or pause.
    TogglePlay,
    /// Rest where it is.
    Pause,
    /// The time of a step is over while playing.
    Tick,
    /// Another speed.
    Speed(Speed),
    /// Show steps or the clock from left to right.
    ToggleAxis,
    /// Show or hide what comes after the cursor.
    ToggleFuture,
    /// Zoom by a factor around a pixel.
    Zoom(f64, f64),
    /// Show the whole run.
    Fit,
    /// Move the window by pixels.
    Pan(f64),
    /// The timeline has this width now.
    Measured(f64),
    /// Select a task, or nothing.
    Select(Option<TaskId>),
    /// Select the columns between two frames, or none.
    Range(Option<(u32, u32)>),
    /// The selected columns begin at the cursor.
    RangeFrom,
    /// The selected columns end at the cursor.
    RangeTo,
    /// Show the selected columns, as wide as they fit.
    ZoomToRange,
    /// Repeat the selected columns while playing, or not.
    ToggleLoop,
    /// Show or hide the chain of causes of the selected task, or of the step.
    ToggleWhy,
    /// Mark the frame, or take its mark away.
    Bookmark,
    /// Search for this, or close the search.
    Search(Option<Rc<str>>),
    /// Back to where the last move began.
    Undo,
    /// Forward again.
    Redo,
    /// Keep the run for a comparison with the next one, or end the comparison.
    Compare,
    /// Compare with the recorded run of this scenario.
    CompareWith(usize),
    /// That run has come.
    Partner(usize, Recording),
    /// Let A and B change places.
    Swap,
    /// Close what is open, let go of what is selected.
    Escape,
    /// The lanes of a group are shown, or put away; the group is known by its first task.
    ToggleGroup(TaskId),
    /// The lane of the selected task, or of the one that runs, goes above all others, or back.
    TogglePin,
    /// Select the next lane below, or above.
    SelectLane {
        /// Which way.
        down: bool,
    },
    /// Choose a tab below the program.
    Side(Side),
    /// Choose a tab of a narrow page.
    Pane(Pane),
    /// Choose what stands above the timeline.
    View(View),
    /// Choose the next of these, or the one before.
    NextView {
        /// Which way.
        back: bool,
    },
    /// Go to the step in which a circle of waiting tasks closed, and show it.
    ShowCircle(u32),
    /// Choose the size of a panel, or the usual one.
    Size(Panel, Option<u32>),
    /// Close a panel, or open it.
    Fold(Panel),
    /// The page has this width and height now.
    Room(u32, u32),
    /// Choose colours.
    Theme(Theme),
    /// Speak this language.
    Speak(Language),
    /// Show or hide the table of keys.
    ToggleHelp,
    /// Open or close the gallery.
    ToggleGallery,
    /// Open or close the menu of a narrow page.
    ToggleMenu,
    /// Show this stop of the tour, or end it.
    Tour(Option<Stop>),
    /// Let these keys do something.
    Keys(Keys),
}
