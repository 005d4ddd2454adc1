//! Everything that the picture depends on, as one value: equal drawings look the same.

use std::ops::Range;
use std::rc::Rc;

use super::geometry::Geometry;
use super::head::Head;
use super::marks::Picture;
use super::scene::{Scene, View};
use crate::trace::{Cause, TaskId};
use crate::ui::frame::Frame;
use crate::ui::order::Order;
use crate::ui::scale::Scale;

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The frame.
    pub frame: Rc<Frame>,
    /// Where columns are.
    pub scale: Scale,
    /// Heights.
    pub geometry: Geometry,
    /// Which lanes stand where.
    pub order: Rc<Order>,
    /// Rows in view.
    pub rows: Range<usize>,
    /// Whether what comes after the cursor is hidden.
    pub future_hidden: bool,
    /// The selected task.
    pub selected: Option<TaskId>,
    /// The selected columns.
    pub range: Option<(u32, u32)>,
    /// The chain of causes that is shown, newest first.
    pub causes: Vec<Cause>,
    /// Marked frames.
    pub bookmarks: Vec<u32>,
    /// Whether it is one of two runs on one clock: all of it in full strength, the cursor left to
    /// those who draw both.
    pub beside: bool,
}

impl Drawing {
    /// The head, with the lane of the event loop.
    pub fn head(&self) -> Picture {
        self.with(&|scene| Head::of(scene).draw(&self.bookmarks))
    }

    /// The lanes in view.
    pub fn lanes(&self) -> Picture {
        self.with(&|scene| scene.draw(self.rows.clone()))
    }

    /// Height of the lanes in view.
    pub fn height(&self) -> f64 {
        self.geometry.top(self.rows.end) - self.geometry.top(self.rows.start)
    }

    /// Where segments end that go on: at the end of the run, or where it has got to.
    pub fn open_end(&self) -> u32 {
        let over = self.frame.recording.trace().outcome().is_some();
        self.frame.steps() + u32::from(over)
    }

    fn with(&self, draw: &dyn Fn(&Scene<'_>) -> Picture) -> Picture {
        let recording = &self.frame.recording;
        // A picture of a group may still have to be made, before anybody holds the lanes.
        let (lanes, trace) = (recording.lanes(), recording.trace());
        draw(&Scene {
            recording,
            lanes: &lanes,
            order: &self.order,
            tip: trace.tip(),
            now: (self.frame.number, &self.frame.state),
            scale: &self.scale,
            geometry: self.geometry,
            view: View {
                cursor: if self.beside {
                    self.frame.steps() + 1
                } else {
                    self.frame.number
                },
                future_hidden: self.future_hidden,
                selected: self.selected,
                range: self.range,
                why: &self.causes,
            },
            steps: self.frame.steps(),
            at_end: self.frame.is_end(),
            open_end: self.open_end(),
            beside: self.beside,
        })
    }
}
