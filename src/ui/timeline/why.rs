//! The chain of causes of a step, drawn over the lanes: along a lane to the step that woke it, up or
//! down to the lane of that step, and so on, back to the clock.

use crate::trace::decimal;
use std::ops::Range;

use super::marks::{Ink, Layer, Mark, Picture, Rect};
use super::scene::Scene;
use crate::trace::Runner;

impl Scene<'_> {
    /// The chain that is shown, if one is.
    pub(super) fn why(&self, rows: Range<usize>, picture: &mut Picture) {
        let bottom = self.geometry.top(rows.end) - self.geometry.top(rows.start);
        let height_of = |runner: Runner| match runner {
            Runner::Loop(_) => 0.0,
            Runner::Task(task) => self.middle_of(task, &rows).unwrap_or_else(|| {
                let row = self.lanes.lane_index(task).and_then(|lane| self.order.row(lane));
                if row.is_some_and(|row| row >= rows.end) {
                    bottom
                } else {
                    0.0
                }
            }),
        };
        let limit = |x: f64| decimal::between(x, -4.0, self.scale.width() + 4.0);
        for pair in self.view.why.windows(2) {
            let (effect, cause) = (pair[0], pair[1]);
            let (from, to) = (height_of(cause.runner), height_of(effect.runner));
            let (x, end) = (
                limit(self.scale.right(cause.column)),
                limit(self.scale.left(effect.column)),
            );
            let points = vec![(x, from), (x, to), (end, to)];
            picture.line(Layer::Front, points, Ink::Focus, 2.5);
        }
        for cause in self.view.why {
            let y = height_of(cause.runner);
            let (left, right) = (self.scale.left(cause.column), self.scale.right(cause.column));
            if y > 0.0 && y < bottom && right >= 0.0 && left <= self.scale.width() {
                let at = Rect {
                    x: left,
                    y: y - self.geometry.run / 2.0 - 1.0,
                    w: (right - left).max(3.0),
                    h: self.geometry.run + 2.0,
                };
                picture.put(Layer::Front, Mark::Frame(at, Ink::Focus));
            }
        }
    }
}
