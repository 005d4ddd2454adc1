//! Above the lanes: steps, turns, the clock, and the lane of the event loop.
//!
//! Every row is walked from label to label, not from column to column, so a
//! million columns cost no more than the labels that fit.

use super::CELL_PX;
use super::geometry::Geometry;
use super::marks::{Ink, Layer, Mark, Picture, Rect, Style};
use super::scene::Scene;
use super::text_width::text_width;
use crate::trace::decimal;
use crate::trace::{Column, Lanes, Runner};
use crate::ui::i18n::{CompareKey, Key, fill, grouped, seconds, text};
use crate::ui::look::Family;
use crate::ui::scale::Scale;

/// Half of the widest diamond of a callback.
const DIAMOND_PX: f64 = 5.2;
/// Half of a ribbon.
const RIBBON: f64 = 4.0;

/// What the head is drawn from.
#[derive(Debug)]
pub struct Head<'a> {
    scene: &'a Scene<'a>,
    lanes: &'a Lanes,
    scale: &'a Scale,
    geometry: Geometry,
    cursor: u32,
    /// The columns in view, first and last.
    shown: (u32, u32),
}

impl<'a> Head<'a> {
    /// The head of a scene.
    pub fn of(scene: &'a Scene<'a>) -> Self {
        let (first, last) = scene.scale.visible();
        Self {
            scene,
            lanes: scene.lanes,
            scale: scene.scale,
            geometry: scene.geometry,
            cursor: scene.view.cursor,
            shown: (
                first.max(1),
                last.min(scene.horizon()).min(scene.lanes.last_edge()),
            ),
        }
    }

    /// Height of the rows.
    pub fn rows_height(geometry: Geometry) -> f64 {
        geometry.rows_height()
    }

    /// Height of all.
    pub fn height(geometry: Geometry) -> f64 {
        Self::rows_height(geometry) + geometry.callbacks
    }

    /// Everything.
    pub fn draw(&self, bookmarks: &[u32]) -> Picture {
        let mut picture = Picture::default();
        let (rows, height) = (Self::rows_height(self.geometry), Self::height(self.geometry));
        let width = self.scale.width();
        self.bands(&mut picture, height);
        self.now(&mut picture, height);
        self.steps(bookmarks, &mut picture);
        for y in [rows - 0.5, height - 0.5] {
            picture.rule((0.0, y), (width, y), Ink::Strong);
        }
        if height > rows {
            self.turns(&mut picture);
            self.clock(&mut picture);
            self.callbacks(&mut picture);
            self.blocked(&mut picture);
            self.why(&mut picture);
        }
        self.range(&mut picture, rows);
        self.bookmarks(bookmarks, &mut picture);
        self.flag(&mut picture);
        picture
    }

    fn column(&self, number: u32) -> Option<&Column> {
        self.lanes.column(number)
    }

    /// The last column of the turn of a column.
    fn turn_end(&self, number: u32) -> u32 {
        let turn = self.column(number).map_or(0, |column| column.turn);
        let after = self.lanes.columns().partition_point(|column| column.turn <= turn);
        u32::try_from(after).unwrap_or(u32::MAX).max(number)
    }

    /// Bands of alternating ground, one a turn.
    pub(super) fn bands(&self, picture: &mut Picture, height: f64) {
        if self.scale.column_px() < CELL_PX {
            return;
        }
        let (mut first, last) = self.shown;
        while first <= last {
            let end = self.turn_end(first);
            if self.column(first).is_some_and(|column| column.turn % 2 == 0) {
                let left = self.scale.left(first);
                let band = Rect {
                    x: left,
                    y: 0.0,
                    w: self.scale.right(end.min(last)) - left,
                    h: height,
                };
                picture.put(Layer::Ground, Mark::Fill(band, Ink::TurnBand));
            }
            first = end + 1;
        }
    }

    /// The ground of the current column.
    pub(super) fn now(&self, picture: &mut Picture, height: f64) {
        let ground = Rect {
            x: self.scale.left(self.cursor),
            y: 0.0,
            w: self.scale.column_px().max(2.0),
            h: height,
        };
        picture.put(Layer::Ground, Mark::Fill(ground, Ink::NowBand));
        // A hair of amber is too little to be found.
        if self.scale.column_px() < CELL_PX {
            let x = self.scale.middle(self.cursor);
            picture.line(
                Layer::Front,
                vec![(x, 0.0), (x, height)],
                Ink::Hue(Family::Run),
                1.5,
            );
        }
    }

    fn base(&self, row: f64) -> f64 {
        (row + 1.0) * self.geometry.row - 5.0
    }

    fn steps(&self, bookmarks: &[u32], picture: &mut Picture) {
        let every = tick_every(
            self.scale
                .column_px()
                .max(self.scale.width() / f64::from(u32::MAX)),
        );
        let (_, flag, flag_width) = self.flag_place();
        let mut free = 0.0;
        let (first, last) = self.shown;
        let mut number = if first <= 1 {
            1
        } else {
            first.next_multiple_of(every)
        };
        while number <= last {
            let (x, label) = (self.scale.middle(number), grouped(number.into()));
            let half = text_width(&label) / 2.0;
            // Numbers leave room for the flag, and for ribbons.
            let mut crowds = (x - flag).abs() < half + flag_width / 2.0 + 4.0;
            for frame in bookmarks {
                crowds |= (x - self.scale.middle(*frame)).abs() < half + RIBBON + 2.0;
            }
            if !crowds && x - half >= free && x + half <= self.scale.width() {
                free = x + half + 6.0;
                let at = (x, self.base(0.0));
                picture.words(Layer::Past, at, label, Ink::Quiet, Style::Centred);
            }
            // On the clock's axis columns may be crowded: the next one is beyond the label.
            let next = (number + 1).next_multiple_of(every);
            number = next.max(self.scale.column_at(free).min(last).next_multiple_of(every));
        }
    }

    fn turns(&self, picture: &mut Picture) {
        let (first, last) = self.shown;
        let width = self.scale.width();
        // Number, middle and last column of the turn of a column, as far as they are in view.
        let turn_at = |number: u32| {
            let turn = self.column(number)?.turn;
            let before = self.lanes.columns().partition_point(|column| column.turn < turn);
            let begin = u32::try_from(before + 1).unwrap_or(u32::MAX).max(first);
            let end = self.turn_end(number).min(last);
            let (left, right) = (self.scale.left(begin).max(0.0), self.scale.right(end).min(width));
            Some((turn, f64::midpoint(left, right), end))
        };
        let mut put = |x: f64, label: String, ink: Ink, style: Style| {
            picture.words(Layer::Past, (x, self.base(1.0)), label, ink, style);
        };
        // The current turn comes first: the others leave it room.
        let current = Some(self.cursor)
            .filter(|cursor| (first..=last).contains(cursor))
            .and_then(turn_at);
        if let Some((turn, x, _)) = current {
            let label = grouped(turn.into());
            let half = text_width(&label) / 2.0;
            if x - half >= 0.0 && x + half <= width {
                put(x, label, Ink::Text, Style::Strong);
            }
        }
        let (mut free, mut number) = (0.0, first);
        while number <= last
            && let Some((turn, x, end)) = turn_at(number)
        {
            let label = grouped(turn.into());
            let half = text_width(&label) / 2.0;
            let room = 2.0 * half + 5.0;
            // Where the middle of the next label may stand: the turns before that are not visited.
            let next = match current {
                Some((now, ..)) if now == turn => x,
                Some((_, at, _)) if (x - at).abs() < room => at + room,
                _ if x - half < free => free + half,
                _ if x + half > width => break,
                _ => {
                    // Long numbers side by side are told apart by more room.
                    free = x + 1.25 * half + 4.0;
                    put(x, label, Ink::Quiet, Style::Centred);
                    free + half
                }
            };
            number = (end + 1).max(self.scale.column_at(next));
        }
    }

    fn clock(&self, picture: &mut Picture) {
        let y = self.base(2.0);
        let (mut number, last) = self.shown;
        let mut free = 0.0;
        while number <= last
            && let Some(column) = self.column(number)
        {
            // A step that blocks the clock begins where its bar does. The time at the left edge stays
            // there, wherever its jump was.
            let x = self.scene.cell(number).0.max(0.0);
            let mut over = number;
            if x >= free {
                let label = seconds(column.began);
                let width = text_width(&label);
                if x + width + 4.0 > self.scale.width() {
                    break;
                }
                let tick = vec![(x + 0.5, y - 9.0), (x + 0.5, y + 3.0)];
                picture.line(Layer::Past, tick, Ink::Strong, 1.0);
                picture.words(Layer::Past, (x + 4.0, y), label, Ink::Quiet, Style::Plain);
                free = x + width + 8.0;
                over = self.scale.column_at(free).max(number);
            }
            // The next jump beyond what begins above the label.
            let time = self.column(over).map_or(column.began, |column| column.began);
            let after = self
                .lanes
                .columns()
                .partition_point(|column| column.began <= time);
            number = u32::try_from(after + 1).unwrap_or(u32::MAX);
        }
    }

    fn callbacks(&self, picture: &mut Picture) {
        let (rows, height) = (Self::rows_height(self.geometry), Self::height(self.geometry));
        let y = rows + self.geometry.callbacks / 2.0;
        let (first, last) = self.shown;
        let crowded = self.scale.column_px() < CELL_PX;
        let arrows = if crowded {
            self.lanes.arrows_in(self.cursor, self.cursor)
        } else {
            self.lanes.arrows_in(first, last)
        };
        for arrow in arrows.iter().filter(|arrow| arrow.from.is_none()).take(60) {
            let x = self.scale.right(arrow.column);
            let (layer, ink, width) = match arrow.column.cmp(&self.cursor) {
                std::cmp::Ordering::Less => (Layer::Behind, Ink::Quiet, 1.0),
                std::cmp::Ordering::Equal => (Layer::Past, Ink::Text, 2.0),
                std::cmp::Ordering::Greater => (Layer::Future, Ink::Quiet, 1.0),
            };
            self.scene.put(
                picture,
                layer,
                Mark::Line {
                    points: vec![(x, y + 5.0), (x, height)],
                    ink,
                    width,
                    dashed: false,
                },
            );
        }
        let size = decimal::between(self.scale.column_px() / 2.0 - 0.6, 1.2, DIAMOND_PX);
        let columns = self.lanes.loop_columns();
        let mut place = columns.partition_point(|column| *column < first);
        while let Some(number) = columns.get(place).filter(|number| **number <= last) {
            let x = self.scale.middle(*number);
            let layer = Layer::of(*number <= self.cursor);
            self.scene.put(picture, layer, Mark::Diamond((x, y), size));
            // Diamonds that would lie on each other are one.
            let beyond = self.scale.column_at(x + 1.0);
            let rest = columns[place + 1..].partition_point(|column| *column < beyond);
            place += 1 + rest;
        }
    }

    /// Steps in which the clock went by: nothing else could run meanwhile.
    fn blocked(&self, picture: &mut Picture) {
        let y = Self::rows_height(self.geometry) + 4.0;
        let (first, last) = self.shown;
        let columns = self.lanes.blocked_columns();
        let mut free = f64::MIN;
        let mut place = columns.partition_point(|column| *column < first);
        while let Some(number) = columns.get(place).copied().filter(|number| *number <= last)
            && let Some(column) = self.column(number)
        {
            let (left, right) = self.scene.cell(number);
            let layer = Layer::of(number <= self.cursor);
            let at = Rect {
                x: left,
                y,
                w: (right - left).max(3.0),
                h: self.geometry.callbacks - 8.0,
            };
            self.scene.put(picture, layer, Mark::Bar(at, Family::Fail));
            let time = seconds(column.ended.since(column.began));
            let next = columns.get(place + 1).filter(|next| **next <= last);
            let room = next.map_or(self.scale.width(), |next| self.scene.cell(*next).0);
            // Within the bar, or right of it, as long as no callback is hidden.
            let right = at.x + at.w;
            let spots = [
                (at.x.max(0.0) + 4.0, right, Style::Plain),
                (right + 5.0, room, Style::Plate),
            ];
            let labels = [
                fill(Key::Blocked, &[("time", &time)]),
                fill(CompareKey::InSeconds, &[("time", &time)]),
                time,
            ];
            'label: for words in &labels {
                let width = text_width(words);
                for (x, room, style) in spots {
                    let room = room.min(self.scale.width()).min(self.callback_after(x));
                    if x >= free.max(3.0) && x + width + 3.0 <= room {
                        let mark = Mark::Words {
                            x,
                            y: y + 11.2,
                            words: words.clone(),
                            ink: Ink::Words(Family::Fail),
                            style,
                        };
                        let layer = Layer::of_label(number <= self.cursor);
                        self.scene.put(picture, layer, mark);
                        free = x + width + 8.0;
                        break 'label;
                    }
                }
            }
            let beyond = self.scale.column_at(at.x + at.w);
            place += 1 + columns[place + 1..].partition_point(|column| *column < beyond);
        }
    }

    /// Left end of the next diamond after a pixel.
    fn callback_after(&self, x: f64) -> f64 {
        let columns = self.lanes.loop_columns();
        let place = columns.partition_point(|column| self.scale.middle(*column) <= x - DIAMOND_PX);
        let next = columns.get(place).map(|column| self.scale.middle(*column));
        next.map_or(f64::MAX, |x| x - DIAMOND_PX)
    }

    /// Callbacks of the chain of causes, and the way down to the lanes.
    fn why(&self, picture: &mut Picture) {
        let (y, height) = (Self::rows_height(self.geometry), Self::height(self.geometry));
        for cause in self.scene.view.why {
            if matches!(cause.runner, Runner::Loop(_)) {
                let (left, right) = (self.scale.left(cause.column), self.scale.right(cause.column));
                let at = Rect {
                    x: left,
                    y: y + 3.0,
                    w: (right - left).max(3.0),
                    h: self.geometry.callbacks - 6.0,
                };
                picture.put(Layer::Front, Mark::Frame(at, Ink::Focus));
                let down = vec![(right, at.y + at.h), (right, height)];
                picture.line(Layer::Front, down, Ink::Focus, 2.5);
            }
        }
    }

    fn range(&self, picture: &mut Picture, rows: f64) {
        let Some((first, last)) = self.scene.view.range else {
            return;
        };
        let (left, right) = (self.scale.left(first), self.scale.right(last));
        let y = rows - 2.0;
        picture.line(Layer::Front, vec![(left, y), (right, y)], Ink::Focus, 3.0);
        for x in [left, right] {
            let height = Self::height(self.geometry);
            picture.line(Layer::Front, vec![(x, y - 5.0), (x, height)], Ink::Focus, 1.5);
        }
    }

    fn bookmarks(&self, bookmarks: &[u32], picture: &mut Picture) {
        for frame in bookmarks {
            let x = self.scale.middle(*frame);
            if x < -6.0 || x > self.scale.width() + 6.0 {
                continue;
            }
            // A ribbon that hangs from the top.
            let points = vec![
                (x - RIBBON, 0.0),
                (x + RIBBON, 0.0),
                (x + RIBBON, 10.0),
                (x, 6.5),
                (x - RIBBON, 10.0),
                (x - RIBBON, 0.0),
            ];
            picture.line(Layer::Front, points, Ink::Focus, 2.0);
        }
    }

    /// Text, middle and width of the flag.
    fn flag_place(&self) -> (String, f64, f64) {
        let label = match self.cursor {
            0 => text(Key::StartFlag).to_owned(),
            _ if self.scene.at_end => text(Key::EndFlag).to_owned(),
            step => grouped(step.min(self.scene.steps).into()),
        };
        let width = (text_width(&label) + 12.0).max(26.0);
        let rightmost = (self.scale.width() - width / 2.0).max(width / 2.0);
        let x = decimal::between(self.scale.middle(self.cursor), width / 2.0, rightmost);
        (label, x, width)
    }

    fn flag(&self, picture: &mut Picture) {
        let (label, x, width) = self.flag_place();
        let at = Rect {
            x: x - width / 2.0,
            y: 0.5,
            w: width,
            h: 16.0,
        };
        picture.put(Layer::Front, Mark::Cell(at));
        picture.words(Layer::Front, (x, 12.7), label, Ink::OnRun, Style::Strong);
    }
}

/// The least round number of columns between two numbers that do not crowd each other.
fn tick_every(column_px: f64) -> u32 {
    const LEAST_PX: f64 = 34.0;
    let mut every = 1;
    loop {
        for factor in [1, 2, 5] {
            // Long numbers are wide.
            let least = LEAST_PX + 3.0 * f64::from(every).log10().max(0.0);
            if f64::from(every * factor) * column_px >= least || every >= 100_000_000 {
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
