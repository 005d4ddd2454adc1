//! Who woke, created or cancelled whom: vertical arrows at the right edge of the column that did it.
//!
//! A column has one runner, so arrows of different columns never cross.

use std::ops::Range;

use super::CELL_PX;
use super::marks::{Ink, Layer, Mark, Picture};
use super::scene::Scene;
use crate::trace::{Arrow, ArrowKind};
use crate::ui::look::Family;

/// With more arrows in view than this, only those of the current step and of the selection are drawn.
const ARROWS: usize = 60;
/// With more than this, those of the selection are looked for no longer.
const SEARCHED: usize = 4000;

impl Scene<'_> {
    /// Older arrows run behind the bars, those of this step and of the selection lie on top.
    pub(super) fn arrows(&self, rows: Range<usize>, picture: &mut Picture) {
        let (first, last) = self.scale.visible();
        let mut all = self.lanes.arrows_in(first, last.min(self.horizon()));
        if all.len() > SEARCHED {
            all = self.lanes.arrows_in(self.view.cursor, self.view.cursor);
        }
        let few = all.len() <= ARROWS && self.scale.column_px() >= CELL_PX;
        for arrow in all {
            let current = arrow.column == self.view.cursor;
            let chosen = self
                .view
                .selected
                .is_some_and(|task| arrow.from == Some(task) || arrow.to == task);
            if !(few || current || chosen) {
                continue;
            }
            let Some(to) = self.middle_of(arrow.to, &rows) else {
                continue;
            };
            let from = match arrow.from {
                None => Some(0.0),
                Some(task) => self.middle_of(task, &rows),
            };
            // What comes from beyond the rows in view comes from the edge.
            let from = from.unwrap_or_else(|| self.beyond(arrow, &rows));
            self.arrow(arrow, (from, to), chosen, picture);
        }
    }

    fn beyond(&self, arrow: &Arrow, rows: &Range<usize>) -> f64 {
        let row = arrow
            .from
            .and_then(|task| self.order.row(self.lanes.lane_index(task)?));
        match row {
            Some(row) if row >= rows.end => self.geometry.top(rows.end) - self.geometry.top(rows.start),
            _ => 0.0,
        }
    }

    fn arrow(&self, arrow: &Arrow, (from, to): (f64, f64), chosen: bool, picture: &mut Picture) {
        let current = arrow.column == self.view.cursor;
        let x = self.scale.right(arrow.column);
        let down = if to < from { -1.0 } else { 1.0 };
        let begin = if arrow.from.is_some() {
            from + down * (self.geometry.run / 2.0 - 3.0)
        } else {
            from
        };
        let end = to - down * (self.geometry.bar / 2.0 + 1.0);
        let head = if current { 4.5 } else { 3.0 };
        let ink = match arrow.kind {
            ArrowKind::Cancel => Ink::Hue(Family::Cancel),
            _ if current => Ink::Text,
            _ if chosen => Ink::Focus,
            _ => Ink::Quiet,
        };
        let strong = current || chosen || arrow.kind == ArrowKind::Cancel;
        let layer = if arrow.column > self.view.cursor {
            Layer::Future
        } else if current || chosen {
            Layer::Front
        } else {
            Layer::Behind
        };
        let line = Mark::Line {
            points: vec![(x, begin), (x, end - down * head)],
            ink,
            width: if strong { 2.0 } else { 1.0 },
            dashed: arrow.kind == ArrowKind::Spawn,
        };
        picture.put(layer, line);
        picture.put(layer, Mark::Head((x, end), down * head * 1.3, ink));
    }
}
