//! Moves of the cursor and of the window: where each leads, and the way back.

use std::rc::Rc;

use super::action::{Action, Move};
use super::order::{Arrangement, Order};
use super::recording::Recording;
use super::scale::{Axis, Viewport};
use super::state::State;
use crate::trace::{Cause, EventKind, Runner, TaskId};

/// Places that can be returned to.
const KEPT: usize = 200;

/// What is restored when a move is undone.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Spot {
    cursor: u32,
    viewport: Viewport,
    axis: Axis,
    selected: Option<TaskId>,
    range: Option<(u32, u32)>,
}

/// Moves that are undone together when they follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Step,
    Scrub,
    Zoom,
    Pan,
    Range,
    Jump,
}

/// The places that were left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    past: Vec<Spot>,
    undone: Vec<Spot>,
    last: Option<Kind>,
}

impl State {
    /// Remembers where a move begins.
    pub(super) fn remember(&mut self, action: &Action) {
        let kind = match action {
            Action::Go(Move::Forward | Move::Back) => Kind::Step,
            // A drag of the scrubber is many small moves.
            Action::Go(Move::To(frame)) if frame.abs_diff(self.cursor) <= self.last_frame() / 20 + 1 => {
                Kind::Scrub
            }
            Action::Go(Move::Moment(_)) => Kind::Scrub,
            Action::Zoom(..) => Kind::Zoom,
            Action::Pan(_) => Kind::Pan,
            Action::Range(_) | Action::RangeFrom | Action::RangeTo => Kind::Range,
            Action::Go(_) | Action::Fit | Action::ToggleAxis | Action::ZoomToRange => Kind::Jump,
            _ => return,
        };
        if kind == Kind::Jump || self.history.last != Some(kind) {
            let spot = self.spot();
            self.history.past.push(spot);
            if self.history.past.len() > KEPT {
                self.history.past.remove(0);
            }
        }
        self.history.last = Some(kind);
        self.history.undone.clear();
    }

    const fn spot(&self) -> Spot {
        Spot {
            cursor: self.cursor,
            viewport: self.viewport,
            axis: self.axis,
            selected: self.selected,
            range: self.range,
        }
    }

    /// Goes back to where the last move began, or forward again.
    pub(super) fn return_to(&mut self, back: bool) {
        let here = self.spot();
        let History { past, undone, last } = &mut self.history;
        let (from, to) = if back { (past, undone) } else { (undone, past) };
        // Moves that led nowhere are passed over.
        while let Some(spot) = from.pop() {
            if spot != here {
                to.push(here);
                *last = None;
                let end = self.last_frame();
                self.cursor = spot.cursor.min(end);
                self.viewport = spot.viewport;
                self.axis = spot.axis;
                self.selected = spot.selected;
                self.range = spot.range;
                self.playing = false;
                return;
            }
        }
        if back {
            self.undo_choice();
        }
    }

    /// Forgets all of it: the places belong to another run.
    pub(super) fn begin_anew(&mut self) {
        self.viewport = Viewport::Auto;
        self.selected = None;
        self.range = None;
        self.looping = false;
        self.why = false;
        self.bookmarks.clear();
        self.search = None;
        self.open.clear();
        self.pinned.clear();
        self.history = History::default();
    }

    pub(super) fn go(&mut self, step: Move) {
        if self.go_beside(step) {
            return;
        }
        let Some(recording) = &self.recording else { return };
        let to = self.target(recording, step).unwrap_or(self.cursor);
        let (first, last) = self.bounds();
        self.cursor = to.clamp(first, last);
        if matches!(step, Move::Cause | Move::Effect) && self.cursor == to {
            self.selected = self.runner().or(self.selected);
        }
        self.follow_cursor();
    }

    /// The frame that a move leads to, if it leads anywhere.
    fn target(&self, recording: &Recording, step: Move) -> Option<u32> {
        let (here, last) = (self.cursor, recording.last_frame());
        let lanes = recording.lanes();
        Some(match step {
            Move::First => 0,
            Move::Last => last,
            Move::Back => here.saturating_sub(1),
            Move::Forward => here + 1,
            Move::NextTurn => recording.next_turn(here),
            Move::PreviousTurn => recording.previous_turn(here),
            Move::NextOfTask => lanes.run_after(self.selected?, here)?,
            Move::PreviousOfTask => lanes.run_before(self.selected?, here)?,
            Move::NextChange => lanes.change_of(self.selected?, here, true)?,
            Move::PreviousChange => lanes.change_of(self.selected?, here, false)?,
            Move::NextMark => *self.bookmarks.iter().find(|mark| **mark > here)?,
            Move::PreviousMark => *self.bookmarks.iter().rfind(|mark| **mark < here)?,
            Move::NextOutput => recording.notes().output_after(here)?,
            Move::PreviousOutput => recording.notes().output_before(here)?,
            Move::Line(line) => recording.next_with(
                here,
                &|kind| matches!(kind, EventKind::LinesRan { lines } if lines.contains(&line)),
            )?,
            Move::Resource(id) => recording.next_with(
                here,
                &|kind| matches!(kind, EventKind::ResourceChanged { resource, .. } if *resource == id),
            )?,
            Move::Cause => lanes.cause(self.anchor(recording)?)?,
            Move::Effect => lanes.effect(here)?,
            Move::To(frame) => frame,
            // Moves of two runs.
            Move::Moment(_) | Move::Parting => return None,
        })
    }

    /// The step that is asked about: of the selected task, or the one on screen.
    fn anchor(&self, recording: &Recording) -> Option<u32> {
        let lanes = recording.lanes();
        match self.selected {
            Some(task) => lanes.anchor(task, self.cursor),
            None => Some(self.cursor),
        }
    }

    /// The chain of causes that is asked for, newest first; empty unless one is.
    pub fn causes(&self) -> Vec<Cause> {
        let Some(recording) = self.recording.as_ref().filter(|_| self.why) else {
            return Vec::new();
        };
        let anchor = self.anchor(recording);
        anchor.map_or_else(Vec::new, |column| recording.lanes().causes(column))
    }

    /// The task that runs in the step on screen.
    fn runner(&self) -> Option<TaskId> {
        let recording = self.recording.as_ref()?;
        let lanes = recording.lanes();
        match lanes.column(self.cursor)?.runner {
            Runner::Task(task) => Some(task),
            Runner::Loop(_) => None,
        }
    }

    pub(super) fn follow_cursor(&mut self) {
        if let Viewport::Window { .. } = self.viewport {
            self.viewport = self.scale().following(self.place());
        }
    }

    pub(super) fn select_lane(&mut self, down: bool) {
        let Some(recording) = &self.recording else { return };
        let (order, lanes) = (self.order(recording), recording.lanes());
        // Groups are opened by hand.
        let rows: Vec<usize> = order.lanes().collect();
        let here = self.selected.and_then(|task| lanes.lane_index(task));
        let here = here.and_then(|lane| rows.iter().position(|other| *other == lane));
        let row = match (here, down) {
            (None, true) => 0,
            (None, false) => rows.len().saturating_sub(1),
            (Some(row), true) => (row + 1).min(rows.len() - 1),
            (Some(row), false) => row.saturating_sub(1),
        };
        let selected = rows.get(row).map(|lane| lanes.lanes()[*lane].task);
        drop(lanes);
        self.selected = selected;
    }

    /// Which lanes stand where.
    pub fn order(&self, recording: &Recording) -> Rc<Order> {
        recording.arranged(&Arrangement {
            open: self.open.clone(),
            pinned: self.pinned.clone(),
            shown: self.selected,
        })
    }

    /// Puts the lane of the selected task, or of the one that runs, above all others, or back.
    pub(super) fn toggle_pin(&mut self) {
        let Some(recording) = &self.recording else { return };
        let running = || recording.state_at(self.cursor).seat_task();
        let Some(task) = self.selected.or_else(running) else {
            return;
        };
        toggle(&mut self.pinned, task);
    }

    /// Selects the columns between two frames, in either order.
    pub(super) fn select_range(&mut self, range: Option<(u32, u32)>) {
        let last = self.last_frame().saturating_sub(1).max(1);
        self.range = range.map(|(one, other)| (one.min(other).clamp(1, last), one.max(other).clamp(1, last)));
        self.looping &= self.range.is_some();
    }

    /// Closes what was opened last, then lets go of what is selected.
    pub(super) fn let_go(&mut self) {
        if self.tour.take().is_some() {
            return;
        }
        if self.compare.is_some() {
            self.toggle_compare();
            return;
        }
        if self.search.take().is_some() {
            return;
        }
        if self.why {
            self.why = false;
        } else if self.range.is_some() {
            self.select_range(None);
        } else {
            self.selected = None;
        }
    }

    /// Moves one end of the selected columns to the cursor.
    pub(super) fn bound_range(&mut self, first: bool) {
        let here = self.cursor;
        let range = match (self.range, first) {
            (Some((_, last)), true) => (here, last.max(here)),
            (Some((begin, _)), false) => (begin.min(here), here),
            (None, _) => (here, here),
        };
        self.select_range(Some(range));
    }

    pub(super) fn zoom_to_range(&mut self) {
        let Some((first, last)) = self.range else { return };
        // Twice: on the clock's axis the width of a column depends on the zoom.
        for _ in 0..2 {
            self.viewport = self.scale().showing(first, last);
        }
    }

    /// Whether the step on screen ran a line at which playing pauses.
    fn is_at_breakpoint(&self) -> bool {
        let stops = &self.breakpoints;
        let recording = self
            .recording
            .as_ref()
            .filter(|_| !stops.is_empty() && !self.is_stale());
        recording.is_some_and(|recording| {
            recording.happens_in(
                self.cursor,
                |kind| matches!(kind, EventKind::LinesRan { lines } if lines.iter().any(|line| stops.contains(line))),
            )
        })
    }

    /// Brings the part to stay in into view, when there is one.
    pub(super) fn show_part(&mut self) {
        if let Some((first, last)) = self.part.map(|_| self.bounds()) {
            self.viewport = self.scale().showing(first, last);
        }
    }

    /// Whether an action would change nothing that is seen, so that its key is free for the page around.
    pub fn ignores(&self, action: &Action) -> bool {
        match action {
            Action::Go(_) => !self.playing && self.apply(action.clone()).cursor == self.cursor,
            Action::Undo | Action::Redo => self.apply(action.clone()).history == self.history,
            Action::ToggleGallery => true,
            _ => false,
        }
    }

    /// Whether Esc has something to close or to let go of.
    pub const fn holds_something(&self) -> bool {
        self.tour.is_some()
            || self.search.is_some()
            || self.why
            || self.range.is_some()
            || self.selected.is_some()
    }

    /// Puts a mark at the cursor, or takes it away.
    pub(super) fn toggle_bookmark(&mut self) {
        match self.bookmarks.binary_search(&self.cursor) {
            Ok(place) => drop(self.bookmarks.remove(place)),
            Err(place) => self.bookmarks.insert(place, self.cursor),
        }
    }

    /// The step after this one while playing: within the selected columns when they are to be repeated.
    pub(super) fn tick(&mut self) {
        match self.range.filter(|_| self.looping) {
            Some((first, last)) if self.cursor >= last || self.cursor < first => self.go(Move::To(first)),
            Some(_) => self.go(Move::Forward),
            None => {
                self.go(Move::Forward);
                self.playing &= !self.is_over();
            }
        }
        self.playing &= !self.is_at_breakpoint();
    }
}

/// Takes something out of a list, or adds it.
pub(super) fn toggle(list: &mut Vec<TaskId>, task: TaskId) {
    match list.iter().position(|other| *other == task) {
        Some(place) => drop(list.remove(place)),
        None => list.push(task),
    }
}
