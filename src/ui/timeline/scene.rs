//! What the lanes are drawn from, and in which order.

use super::CELL_PX;
use super::clock_axis;
use super::geometry::Geometry;
use super::head::Head;
use super::marks::{Ink, Layer, Mark, Picture, Rect};
use super::merged::buckets;
use crate::trace::{Cause, Lane, Lanes, Segment, State, TaskId};
use crate::ui::order::{Order, Row};
use crate::ui::recording::Recording;
use crate::ui::scale::Scale;

/// What the lanes are drawn from.
#[derive(Debug)]
pub struct Scene<'a> {
    /// The recording.
    pub recording: &'a Recording,
    /// Its lanes.
    pub lanes: &'a Lanes,
    /// Their rows.
    pub order: &'a Order,
    /// The world at the end of the recording: names of everything.
    pub tip: &'a State,
    /// The world at the cursor, and its frame.
    pub now: (u32, &'a State),
    /// Where columns are.
    pub scale: &'a Scale,
    /// Heights.
    pub geometry: Geometry,
    /// What is chosen.
    pub view: View<'a>,
    /// Number of steps.
    pub steps: u32,
    /// Whether the cursor is at the end of a run that is over.
    pub at_end: bool,
    /// Where open segments end: the last column, or the end of the run.
    pub open_end: u32,
    /// Whether it is one of two runs on one clock.
    pub beside: bool,
}

/// What of the run is looked at.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The frame on screen.
    pub cursor: u32,
    /// Whether what comes after it is hidden.
    pub future_hidden: bool,
    /// The selected task.
    pub selected: Option<TaskId>,
    /// The selected columns.
    pub range: Option<(u32, u32)>,
    /// The chain of causes that is shown.
    pub why: &'a [Cause],
}

impl Scene<'_> {
    /// The lanes of some rows; the top of the first one is at 0.
    pub fn draw(&self, rows: std::ops::Range<usize>) -> Picture {
        let mut picture = Picture::default();
        let top = self.geometry.top(rows.start);
        let height = self.geometry.top(rows.end) - top;
        let head = Head::of(self);
        if self.beside {
            clock_axis::grid(self.scale, height, &mut picture);
        } else {
            head.bands(&mut picture, height);
            self.range_ground(&mut picture, height);
            head.now(&mut picture, height);
        }
        let coarse = self.scale.column_px() < CELL_PX;
        let buckets = if coarse { buckets(self) } else { Vec::new() };
        for row in rows.clone() {
            let base = self.geometry.top(row + 1) - top - 0.5;
            let middle = self.geometry.middle(row) - top;
            let lane = match self.order.at(row) {
                Some(Row::Lane(lane)) => &self.lanes.lanes()[lane],
                Some(Row::Group(number, part, parts)) => {
                    if part + 1 == parts {
                        picture.rule((0.0, base), (self.scale.width(), base), Ink::Line);
                    }
                    // It is drawn once, whichever of its rows are in view.
                    if row == rows.start || part == 0 {
                        let above = self.geometry.top(row) - self.geometry.top(part) - top;
                        self.group(number, (above, above + self.geometry.top(parts)), &mut picture);
                    }
                    continue;
                }
                None => {
                    picture.rule((0.0, base), (self.scale.width(), base), Ink::Line);
                    if let Some(worker) = self.lanes.workers().get(row - self.order.tasks()) {
                        self.worker(worker, middle, &rows, &mut picture);
                    }
                    continue;
                }
            };
            picture.rule((0.0, base), (self.scale.width(), base), Ink::Line);
            if coarse {
                self.merged(lane, &buckets, middle, &mut picture);
            } else {
                self.single(lane, middle, &mut picture);
            }
            if let Some(cap) = lane.cap {
                self.cap(cap, middle, &mut picture);
            }
        }
        self.arrows(rows.clone(), &mut picture);
        self.why(rows, &mut picture);
        picture
    }

    /// The last column that may be drawn.
    pub(super) fn horizon(&self) -> u32 {
        if self.view.future_hidden {
            self.view.cursor
        } else {
            u32::MAX
        }
    }

    /// Adds a mark, unless it lies in a hidden future.
    pub(super) fn put(&self, picture: &mut Picture, layer: Layer, mark: Mark) {
        if !(self.view.future_hidden && matches!(layer, Layer::Future | Layer::Later)) {
            picture.put(layer, mark);
        }
    }

    /// The middle of the bars of a task, when its row is drawn.
    pub(super) fn middle_of(&self, task: TaskId, rows: &std::ops::Range<usize>) -> Option<f64> {
        let row = self.order.row(self.lanes.lane_index(task)?)?;
        rows.contains(&row)
            .then(|| self.geometry.middle(row) - self.geometry.top(rows.start))
    }

    /// Left and right pixel of the stretch between two edges.
    pub(super) fn between(&self, from: u32, to: u32) -> (f64, f64) {
        let left = self.scale.right(from);
        (left, self.scale.left(to + 1).max(left))
    }

    /// Right edge of a segment. One that began in a step that still runs has no width yet.
    pub(super) fn end_of(&self, segment: &Segment) -> u32 {
        segment.end(self.open_end)
    }

    /// Where the run cell of a column stands: as long as it blocks the clock, on the clock's axis.
    pub(super) fn cell(&self, column: u32) -> (f64, f64) {
        let (left, right) = (self.scale.left(column), self.scale.right(column));
        let blocks = self
            .lanes
            .column(column)
            .is_some_and(|column| column.ended > column.began);
        if blocks && self.scale.is_clock() {
            (self.scale.right(column - 1).min(left), right)
        } else {
            (left, right)
        }
    }

    fn range_ground(&self, picture: &mut Picture, height: f64) {
        let Some((first, last)) = self.view.range else {
            return;
        };
        let (left, right) = (self.scale.left(first), self.scale.right(last));
        let ground = Rect {
            x: left.max(-2.0),
            y: 0.0,
            w: (right.min(self.scale.width() + 2.0) - left.max(-2.0)).max(1.0),
            h: height,
        };
        picture.put(Layer::Ground, Mark::Fill(ground, Ink::TurnBand));
        for x in [left, right] {
            picture.line(Layer::Front, vec![(x, 0.0), (x, height)], Ink::Focus, 1.5);
        }
    }
}

/// Whether a lane has anything between two columns.
pub(super) fn lives(lane: &Lane, first: u32, last: u32) -> bool {
    !lane.segments_in(first, last + 1).is_empty()
}
