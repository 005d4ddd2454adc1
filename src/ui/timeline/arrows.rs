//! Who woke, created or cancelled whom: vertical arrows at the right edge of the column that did it.
//!
//! A column has one runner, so arrows of different columns never cross.

use yew::prelude::*;

use super::bars::Scene;
use super::{CELL_PX, px};
use crate::trace::{Arrow, ArrowKind, Lane, TaskId};

/// With more arrows in view than this, only those of the current step and of the selection are drawn.
const ARROWS: usize = 60;

impl Scene<'_> {
    /// Older arrows run behind the bars, those of this step lie on top.
    pub(super) fn arrows(&self, rows: &[(usize, &Lane)]) -> (Html, Html) {
        let lanes = self.recording.lanes();
        let (first, last) = self.scale.visible();
        let last = if self.future_hidden {
            last.min(self.cursor)
        } else {
            last
        };
        let all = lanes.arrows_in(first, last);
        let row_of = |task: TaskId| {
            rows.iter()
                .find(|(_, lane)| lane.task == task)
                .map(|(row, _)| *row)
        };
        let few = all.len() <= ARROWS && self.scale.column_px() >= CELL_PX;
        let (mut behind, mut front) = (Vec::new(), Vec::new());
        for arrow in all {
            let current = arrow.column == self.cursor;
            let chosen = self
                .selected
                .is_some_and(|task| arrow.from == Some(task) || arrow.to == task);
            if !(few || current || chosen) {
                continue;
            }
            let Some(to) = row_of(arrow.to) else { continue };
            let from = match arrow.from {
                None => Some(self.geometry.top(rows.first().map_or(0, |(row, _)| *row))),
                Some(task) => row_of(task).map(|row| self.geometry.middle(row)),
            };
            let Some(from) = from else { continue };
            let drawn = self.arrow(arrow, from, self.geometry.middle(to), current);
            if current {
                front.push(drawn);
            } else {
                behind.push(drawn);
            }
        }
        (behind.into_iter().collect(), front.into_iter().collect())
    }

    fn arrow(&self, arrow: &Arrow, from: f64, to: f64, current: bool) -> Html {
        let x = self.scale.right(arrow.column);
        let down = if to < from { -1.0 } else { 1.0 };
        let begin = if arrow.from.is_some() {
            from + down * (self.geometry.run / 2.0 - 3.0)
        } else {
            from
        };
        let end = to - down * (self.geometry.bar / 2.0 + 1.0);
        let head = if current { 4.5 } else { 3.0 };
        let kind = match arrow.kind {
            ArrowKind::Wake(_) => "wake",
            ArrowKind::Spawn => "spawn",
            ArrowKind::Cancel => "cancel",
        };
        let class = classes!(
            "wk",
            kind,
            current.then_some("cur"),
            (arrow.column > self.cursor).then_some("later"),
        );
        html! {
            <g {class}>
                <path d={format!("M{} {}V{}", px(x), px(begin), px(end - down * head))} />
                <path class="hd" d={format!(
                    "M{} {}h{}L{} {}z", px(x - head * 0.75), px(end - down * head * 1.3), px(head * 1.5), px(x), px(end)
                )} />
            </g>
        }
    }
}
