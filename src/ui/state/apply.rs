//! What each action does to the state. Moves of the cursor and of the window are in [`crate::ui::moves`].

use super::{Action, Engine, Move, Pane, Phase, Program, Side, State, Trouble, View};
use crate::trace::{Diagnosis, TaskId};
use crate::ui::panels::Panel;
use crate::ui::recording::Recording;
use crate::ui::scale::{Axis, Viewport};
use crate::ui::scenarios;
use std::rc::Rc;

impl State {
    /// The state after an action.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one arm an action")]
    pub fn apply(&self, action: Action) -> Self {
        let mut next = self.clone();
        if self.compare.is_some() && is_of_one_run(&action) {
            return next;
        }
        next.remember(&action);
        match action {
            Action::Loaded(recording) => next.rest_at_opening(recording),
            Action::Longer(recording) => {
                next.recording = Some(recording);
                next.grant_wish();
            }
            Action::Lesson(lesson) => {
                next.program.arrive(&lesson.program);
                next.lesson = Some(lesson);
            }
            Action::Choose(index) => next.choose(index),
            Action::BringBack => next.bring_back(),
            Action::ForgetDraft => next.forget_draft(),
            Action::Breakpoints(lines) => next.breakpoints = lines,
            Action::Edit(source) => {
                next.edit(source);
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
                if !self.playing && !self.looping && self.is_over() {
                    next.go(Move::First);
                }
                next.put_aside_trouble();
                next.playing = !self.playing && self.last_frame() > 0;
            }
            Action::Pause => next.playing = false,
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
            Action::Fit if self.pair().is_some() => next.viewport = Viewport::Auto,
            Action::Fit => {
                next.viewport = self.scale().whole();
                next.show_part();
            }
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
            Action::ToggleGroup(first) => crate::ui::moves::toggle(&mut next.open, first),
            Action::TogglePin => next.toggle_pin(),
            Action::SelectLane { down } => next.select_lane(down),
            Action::Side(side) => {
                next.side = side;
                // Whoever chooses what to see wants to see it.
                next.panels.open(Panel::Record);
            }
            Action::Pane(pane) => next.pane = pane,
            Action::View(view) => next.look_at(view),
            Action::NextView { back } => next.look_at(self.view.next(back)),
            Action::ShowCircle(step) => {
                next = self.apply(Action::Go(Move::To(step)));
                next.look_at(View::Graph);
            }
            Action::Size(panel, size) => next.panels.wish(panel, size),
            Action::Fold(panel) => next.panels.fold(panel),
            Action::Room(width, height) => next.panels.measure(width, height),
            Action::Theme(theme) => next.theme = theme,
            Action::Speak(language) => next.chosen_language = Some(language),
            Action::ToggleHelp => next.help = !self.help,
            Action::ToggleGallery => next.gallery = !self.gallery && !self.embed,
            Action::ToggleMenu => next.menu = !self.menu,
            Action::Tour(stop) => next.tour = stop,
            Action::Keys(keys) => next.keys = keys,
            Action::Compare => next.toggle_compare(),
            Action::CompareWith(partner) => next.compare_with(partner),
            Action::Partner(partner, recording) => next.partner_came(partner, recording),
            Action::Swap => next.swap_runs(),
        }
        next.keep_pair(self);
        next
    }

    /// Another program comes on screen, and its recorded run with it.
    pub(super) fn choose(&mut self, index: usize) {
        self.put_away();
        self.gallery = false;
        self.program = Program::of(index);
        self.breakpoints = Rc::default();
        self.lesson = None;
        self.chosen_level = None;
        // Its recorded run knows the usual world only.
        self.world = Rc::default();
        self.wished_step = None;
        self.trace = None;
        self.asked += 1;
        self.trouble = None;
        self.playing = false;
    }

    /// Where there is room for one pane only, a view takes the place of the timeline.
    pub(in crate::ui) fn look_at(&mut self, view: View) {
        self.view = view;
        if view != View::Board {
            self.pane = Pane::Waiting;
        } else if self.embed {
            self.pane = Pane::Timeline;
        }
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
            if self.trace.is_some() {
                self.program.recorded(trace.header());
            }
            self.program.arrive(&trace.header().source);
            let scenario = scenario.filter(|_| self.trace.is_none());
            self.cursor = scenario.map_or(0, |scenario| scenario.opening(&trace));
        }
        self.recording = Some(recording);
        self.phase = Phase::Resting;
        self.begin_anew();
        self.grant_wish();
        let (first, last) = self.bounds();
        self.cursor = self.cursor.clamp(first, last);
        self.show_part();
    }

    /// Goes to the step that the link names, or as near to it as the run has been read.
    fn grant_wish(&mut self) {
        // A wish is for the run that the link names, not for those that are chosen later.
        // In a world of its own, the run that it names is still to come.
        if let Some(wished) = self.wished_step.filter(|_| self.world.is_usual()) {
            let last = self.last_frame();
            self.cursor = wished.min(last);
            let whole = |recording: &Recording| recording.trace().outcome().is_some();
            if wished < last || self.recording.as_ref().is_some_and(whole) {
                self.wished_step = None;
            }
        }
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

/// Whether an action is about the timeline of a single run.
const fn is_of_one_run(action: &Action) -> bool {
    matches!(
        action,
        Action::ToggleAxis
            | Action::ToggleFuture
            | Action::Range(_)
            | Action::RangeFrom
            | Action::RangeTo
            | Action::ZoomToRange
            | Action::ToggleLoop
            | Action::ToggleWhy
            | Action::Bookmark
            | Action::View(_)
            | Action::NextView { .. }
            | Action::Search(_)
    )
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
