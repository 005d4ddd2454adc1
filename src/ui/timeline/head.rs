//! Above the lanes: steps, turns, the clock, and the lane of the event loop.

use yew::prelude::*;

use super::geometry::Geometry;
use super::text_width::text_width;
use super::{CELL_PX, px};
use crate::trace::{Column, Lanes, Runner};
use crate::ui::i18n::{Key, grouped, seconds, text};
use crate::ui::scale::Scale;

/// What the head is drawn from.
#[derive(Debug)]
pub struct Head<'a> {
    /// The lanes.
    pub lanes: &'a Lanes,
    /// Where columns are.
    pub scale: &'a Scale,
    /// Heights.
    pub geometry: Geometry,
    /// The frame on screen.
    pub cursor: u32,
    /// Whether that is the end of the run.
    pub at_end: bool,
    /// How many steps there are.
    pub steps: u32,
    /// Whether what comes after the cursor is hidden.
    pub future_hidden: bool,
}

impl Head<'_> {
    /// Height of the three rows.
    pub fn rows_height(&self) -> f64 {
        self.geometry.row * 3.0 + 4.0
    }

    /// Height of all.
    pub fn height(&self) -> f64 {
        self.rows_height() + self.geometry.callbacks
    }

    /// Everything.
    pub fn draw(&self) -> Html {
        let (width, rows) = (self.scale.width(), self.rows_height());
        html! {
            <>
                { self.bands(self.height()) }
                { self.now(self.height()) }
                { self.steps() }
                { self.turns() }
                { self.clock() }
                <path class="lanerule strong" d={format!("M0 {}H{}", px(rows - 0.5), px(width))} />
                { self.callbacks() }
                <path class="lanerule strong" d={format!("M0 {}H{}", px(self.height() - 0.5), px(width))} />
                { self.flag() }
            </>
        }
    }

    /// The columns in view, by number.
    fn columns(&self) -> impl Iterator<Item = (u32, &Column)> {
        let (first, last) = self.scale.visible();
        let last = if self.future_hidden {
            last.min(self.cursor)
        } else {
            last
        };
        (first.max(1)..=last).filter_map(|number| Some((number, self.lanes.column(number)?)))
    }

    /// Bands of alternating ground, one a turn.
    pub fn bands(&self, height: f64) -> Html {
        if self.scale.column_px() < CELL_PX {
            return Html::default();
        }
        let mut bands: Vec<(u32, u32, u32)> = Vec::new();
        for (number, column) in self.columns() {
            match bands.last_mut() {
                Some((turn, _, last)) if *turn == column.turn => *last = number,
                _ => bands.push((column.turn, number, number)),
            }
        }
        bands
            .into_iter()
            .filter(|(turn, ..)| turn % 2 == 0)
            .map(|(turn, first, last)| {
                let (left, right) = (self.scale.left(first), self.scale.right(last));
                html! {
                    <rect key={turn} class="turnband" x={px(left)} y="0" width={px(right - left)} height={px(height)} />
                }
            })
            .collect()
    }

    /// The ground of the current column.
    pub fn now(&self, height: f64) -> Html {
        let (x, width) = (self.scale.left(self.cursor), self.scale.column_px().max(2.0));
        html! { <rect class="nowband" x={px(x)} y="0" width={px(width)} height={px(height)} /> }
    }

    fn base(&self, row: f64) -> f64 {
        (row + 1.0) * self.geometry.row - 5.0
    }

    fn steps(&self) -> Html {
        let every = tick_every(self.scale.column_px());
        let (_, flag, flag_width) = self.flag_place();
        let mut free = 0.0;
        let ticks = self
            .columns()
            .filter(|(number, _)| *number == 1 || number % every == 0)
            .filter_map(|(number, _)| {
                let (x, label) = (self.scale.middle(number), grouped(number.into()));
                let half = text_width(&label) / 2.0;
                let crowds = (x - flag).abs() < half + flag_width / 2.0 + 4.0;
                if crowds || x - half < free || x + half > self.scale.width() {
                    return None;
                }
                free = x + half + 6.0;
                Some(html! { <text class="tick mid" x={px(x)} y={px(self.base(0.0))}>{ label }</text> })
            });
        ticks.collect()
    }

    fn turns(&self) -> Html {
        let mut spans: Vec<(u32, f64, f64, bool)> = Vec::new();
        for (number, column) in self.columns() {
            let (left, right) = (self.scale.left(number), self.scale.right(number));
            let now = number == self.cursor;
            match spans.last_mut() {
                Some((turn, _, end, current)) if *turn == column.turn => {
                    *end = right;
                    *current |= now;
                }
                _ => spans.push((column.turn, left, right, now)),
            }
        }
        let current = spans
            .iter()
            .find(|span| span.3)
            .map(|(_, left, right, _)| f64::midpoint(*left, *right));
        let mut free = 0.0;
        let labels = spans.into_iter().filter_map(|(turn, left, right, now)| {
            let (x, label) = (
                f64::midpoint(left.max(0.0), right.min(self.scale.width())),
                grouped(turn.into()),
            );
            let half = text_width(&label) / 2.0;
            let crowds = current.is_some_and(|at| !now && (x - at).abs() < 2.0 * half + 5.0);
            if crowds || x - half < free || x + half > self.scale.width() {
                return None;
            }
            free = x + half + 4.0;
            let class = classes!("tick", "mid", now.then_some("now"));
            Some(html! { <text {class} x={px(x)} y={px(self.base(1.0))}>{ label }</text> })
        });
        labels.collect()
    }

    fn clock(&self) -> Html {
        let y = self.base(2.0);
        let mut known = None;
        let mut free = 0.0;
        let ticks = self.columns().filter_map(|(number, column)| {
            if known.replace(column.began) == Some(column.began) {
                return None;
            }
            // The time at the left edge stays there, wherever its jump was.
            let (x, label) = (self.scale.left(number).max(0.0), seconds(column.began));
            let width = text_width(&label);
            if x < free || x + width + 4.0 > self.scale.width() {
                return None;
            }
            free = x + width + 8.0;
            Some(html! {
                <>
                    <path class="jump" d={format!("M{} {}v12", px(x + 0.5), px(y - 9.0))} />
                    <text class="tick" x={px(x + 4.0)} y={px(y)}>{ label }</text>
                </>
            })
        });
        ticks.collect()
    }

    fn callbacks(&self) -> Html {
        let y = self.rows_height() + self.geometry.callbacks / 2.0;
        let size = (self.scale.column_px() / 2.0 - 0.6).clamp(1.2, 5.2);
        let mut free = f64::MIN;
        let diamonds = self.columns().filter_map(|(number, column)| {
            let Runner::Loop(_) = column.runner else {
                return None;
            };
            let x = self.scale.middle(number);
            // Diamonds that would lie on each other are one.
            if x < free {
                return None;
            }
            free = x + 1.0;
            let later = number > self.cursor;
            let d = format!(
                "M{} {}l{s} {s}-{s} {s}-{s}-{s}z",
                px(x),
                px(y - size),
                s = px(size)
            );
            Some(html! { <path class={classes!("s-cb", later.then_some("fut"))} {d} /> })
        });
        let arrows = {
            let (first, last) = self.scale.visible();
            let bottom = self.height();
            self.lanes
                .arrows_in(first, last)
                .iter()
                .filter(|arrow| arrow.from.is_none() && (!self.future_hidden || arrow.column <= self.cursor))
                .filter(|arrow| arrow.column == self.cursor || self.scale.column_px() >= CELL_PX)
                .take(60)
                .map(|arrow| {
                    let x = self.scale.right(arrow.column);
                    let class = classes!(
                        "wk",
                        (arrow.column == self.cursor).then_some("cur"),
                        (arrow.column > self.cursor).then_some("later")
                    );
                    html! { <g {class}><path d={format!("M{} {}V{}", px(x), px(y + 5.0), px(bottom))} /></g> }
                })
                .collect::<Html>()
        };
        html! { <>{ arrows }{ for diamonds }</> }
    }

    /// Text, middle and width of the flag.
    fn flag_place(&self) -> (String, f64, f64) {
        let label = match self.cursor {
            0 => text(Key::StartFlag).to_owned(),
            _ if self.at_end => text(Key::EndFlag).to_owned(),
            step => grouped(step.min(self.steps).into()),
        };
        let width = (text_width(&label) + 12.0).max(26.0);
        let rightmost = (self.scale.width() - width / 2.0).max(width / 2.0);
        (
            label,
            self.scale.middle(self.cursor).clamp(width / 2.0, rightmost),
            width,
        )
    }

    fn flag(&self) -> Html {
        let (label, x, width) = self.flag_place();
        html! {
            <>
                <rect class="flag" x={px(x - width / 2.0)} y="0.5" width={px(width)} height="16" rx="3" />
                <text class="flagt mid" x={px(x)} y="12.7">{ label }</text>
            </>
        }
    }
}

/// The least round number of columns between two numbers that do not crowd each other.
fn tick_every(column_px: f64) -> u32 {
    const LEAST_PX: f64 = 34.0;
    let mut every = 1;
    loop {
        for factor in [1, 2, 5] {
            if f64::from(every * factor) * column_px >= LEAST_PX || every >= 100_000_000 {
                return every * factor;
            }
        }
        every *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_stand_at_round_numbers() {
        assert_eq!(
            [40.0, 20.0, 14.0, 4.0, 0.5, 0.001].map(tick_every),
            [1, 2, 5, 10, 100, 50_000]
        );
    }
}
