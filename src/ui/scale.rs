//! Where frames lie on the timeline: all arithmetic between pixels, frames and virtual time.
//!
//! Every frame is a column. On the step axis all columns are equally wide; on
//! the clock axis they stand where their virtual time is, as narrow ticks in
//! their order. A window is a part of the whole run, in fractions, so zooming
//! and panning know nothing about the axis.

use crate::trace::decimal;
use std::rc::Rc;

use crate::trace::Time;

/// Columns at least this wide show everything; below, the whole run is not shown unasked.
pub const ROOMY_COLUMN_PX: f64 = 14.0;
/// Width of a column on the clock axis.
const TICK_PX: f64 = 4.0;
/// Columns of a short run are no wider than this unasked.
const COMFORTABLE_COLUMN_PX: f64 = 56.0;
/// The narrowest window, in pixels a column.
const WIDEST_COLUMN_PX: f64 = 96.0;

/// What runs from left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Axis {
    /// Steps, equally wide.
    #[default]
    Steps,
    /// Virtual time.
    Clock,
}

/// The part of the run that is in view.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Viewport {
    /// The whole run when there is room, else a stretch around the cursor.
    #[default]
    Auto,
    /// From `start` on, `span` of the run; both are fractions of the whole.
    Window {
        /// Left edge.
        start: f64,
        /// Width.
        span: f64,
    },
}

impl Viewport {
    /// A window that lies within the run, or begins with it when it is wider.
    pub fn window(start: f64, span: f64) -> Self {
        let span = span.max(1e-6);
        Self::Window {
            start: decimal::between(start, 0.0, (1.0 - span).max(0.0)),
            span,
        }
    }
}

/// A timeline of one width, showing one window.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    columns: u32,
    width: f64,
    start: f64,
    span: f64,
    clock: Option<Clock>,
    column_px: f64,
    /// Columns of the frames of one run, when columns are moments of two.
    places: Option<Rc<[u32]>>,
}

/// Where columns stand on the clock axis.
#[derive(Clone, Debug)]
struct Clock {
    /// Virtual times of the frames.
    times: Rc<[Time]>,
    /// The last of them, in seconds.
    end: f64,
    /// What every column keeps of the whole for itself; the rest is shared out by time.
    tick: f64,
}

impl PartialEq for Clock {
    fn eq(&self, other: &Self) -> bool {
        // There may be a million times; those of one recording at one length are in one place.
        Rc::ptr_eq(&self.times, &other.times)
            && (self.end.to_bits(), self.tick.to_bits()) == (other.end.to_bits(), other.tick.to_bits())
    }
}

impl Clock {
    /// Left edge of a column as a fraction of the whole.
    fn fraction(&self, column: u32, columns: u32) -> f64 {
        let time = self.times.get(column as usize).or(self.times.last());
        self.at(column, time.map_or(0.0, |time| time.as_secs_f64()), columns)
    }

    /// Where so many columns and so much time have gone by.
    fn at(&self, column: u32, seconds: f64, columns: u32) -> f64 {
        let free = (1.0 - self.tick * f64::from(columns)).max(0.0);
        f64::from(column) * self.tick + free * seconds / self.end
    }
}

impl Scale {
    /// A scale for the frames `0..columns`, on a timeline `width` pixels wide.
    ///
    /// `times` are the virtual times of the frames, for the clock axis.
    pub fn new(
        axis: Axis,
        viewport: Viewport,
        columns: u32,
        cursor: u32,
        width: f64,
        times: &Rc<[Time]>,
    ) -> Self {
        let (columns, width) = (columns.max(1), width.max(1.0));
        let (start, span) = match viewport {
            Viewport::Window { start, span } => (start, span),
            Viewport::Auto => auto_window(columns, cursor, width),
        };
        let even = width / span / f64::from(columns);
        let mut scale = Self {
            columns,
            width,
            start,
            span,
            clock: None,
            column_px: even,
            places: None,
        };
        if axis == Axis::Clock {
            scale.column_px = TICK_PX.min(even / 2.0);
            let end = times.last().copied().unwrap_or_default().as_secs_f64().max(1e-9);
            scale.clock = Some(Clock {
                times: Rc::clone(times),
                end,
                tick: scale.column_px / (width / span),
            });
            if viewport == Viewport::Auto && span < 1.0 {
                scale.start = decimal::between(scale.fraction(cursor) - span / 2.0, 0.0, 1.0 - span);
            }
        }
        scale
    }

    /// The same for the frames of one run, whose columns are at `places`, in order.
    #[must_use]
    pub fn through(&self, places: &Rc<[u32]>) -> Self {
        Self {
            places: Some(Rc::clone(places)),
            ..self.clone()
        }
    }

    /// Left edge of a column, in pixels; outside the window it is negative or beyond the width.
    pub fn left(&self, column: u32) -> f64 {
        let place = match &self.places {
            None => column,
            Some(places) => *places.get(column as usize).or(places.last()).unwrap_or(&column),
        };
        self.pixel(self.fraction(place))
    }

    fn pixel(&self, fraction: f64) -> f64 {
        (fraction - self.start) / self.span * self.width
    }

    /// Where a moment stands on the clock's axis.
    pub fn at_time(&self, time: Time) -> f64 {
        self.clock.as_ref().map_or(0.0, |clock| {
            let before = clock.times.partition_point(|it| *it < time);
            let column = u32::try_from(before).unwrap_or(u32::MAX);
            self.pixel(clock.at(column, time.as_secs_f64(), self.columns))
        })
    }

    /// The time of the last column that begins at a pixel or before it.
    pub fn pixel_time(&self, x: f64) -> Time {
        let times = self.clock.as_ref().map(|clock| &clock.times);
        let place = self.place_at(x) as usize;
        times
            .and_then(|times| times.get(place).copied())
            .unwrap_or_default()
    }

    /// The last moment of the clock's axis.
    pub fn end(&self) -> Time {
        let times = self.clock.as_ref().map(|clock| &clock.times);
        times.and_then(|times| times.last().copied()).unwrap_or_default()
    }

    /// Right edge of a column.
    pub fn right(&self, column: u32) -> f64 {
        self.left(column) + self.column_px
    }

    /// Middle of a column.
    pub fn middle(&self, column: u32) -> f64 {
        self.left(column) + self.column_px / 2.0
    }

    /// Width of a column.
    pub const fn column_px(&self) -> f64 {
        self.column_px
    }

    /// Whether virtual time runs from left to right.
    pub const fn is_clock(&self) -> bool {
        self.clock.is_some()
    }

    /// Width of the window.
    pub const fn width(&self) -> f64 {
        self.width
    }

    /// The window.
    pub const fn window(&self) -> (f64, f64) {
        (self.start, self.span)
    }

    /// The column at a pixel; the nearest one when there is none.
    pub fn column_at(&self, x: f64) -> u32 {
        let place = self.place_at(x);
        let Some(places) = &self.places else { return place };
        let after = places.partition_point(|it| *it <= place);
        u32::try_from(after).unwrap_or(u32::MAX).saturating_sub(1)
    }

    /// The same; of two runs the moment, whatever happened there.
    pub fn place_at(&self, x: f64) -> u32 {
        let fraction = self.start + x / self.width * self.span;
        let Some(clock) = &self.clock else {
            return floor_index(fraction * f64::from(self.columns)).min(self.columns - 1);
        };
        // The last column whose left edge is not beyond. Time goes by rather evenly in a long run: where the
        // column would be if it did is looked at first, and the middle of what is left next.
        let (mut low, mut high) = (0, self.columns);
        let (mut below, mut beyond) = (0.0, 1.0);
        let mut even = true;
        while low + 1 < high {
            let place = if even {
                let share = (fraction - below) / (beyond - below);
                let place = low.saturating_add(floor_index(share * f64::from(high - low)));
                place.max(low + 1).min(high - 1)
            } else {
                low.midpoint(high)
            };
            even = !even;
            let at = clock.fraction(place, self.columns);
            if at <= fraction {
                (low, below) = (place, at);
            } else {
                (high, beyond) = (place, at);
            }
        }
        low
    }

    /// A window that shows the columns from `first` to `last`, with some air around them.
    #[must_use]
    pub fn showing(&self, first: u32, last: u32) -> Viewport {
        let one = self.column_px / self.width * self.span;
        let (left, right) = (self.fraction(first), self.fraction(last) + one);
        let narrowest = self.width / WIDEST_COLUMN_PX / f64::from(self.columns);
        let span = ((right - left) * 1.08).max(narrowest).min(self.widest());
        Viewport::window(f64::midpoint(left, right) - span / 2.0, span)
    }

    /// First and last column that is at least partly in view.
    pub fn visible(&self) -> (u32, u32) {
        (self.column_at(0.0), self.column_at(self.width - 0.01))
    }

    /// Zooms by `factor` (below 1 zooms in) around the pixel `x`, which stays where it is.
    #[must_use]
    pub fn zoomed(&self, factor: f64, x: f64) -> Viewport {
        let widest = self.widest();
        let narrowest = (self.width / WIDEST_COLUMN_PX / f64::from(self.columns)).min(widest);
        let span = decimal::between(self.span * factor, narrowest, widest);
        let share = x / self.width;
        Viewport::window(self.start + (self.span - span) * share, span)
    }

    /// The whole run.
    pub fn whole(&self) -> Viewport {
        Viewport::window(0.0, self.widest())
    }

    /// Moves the window by pixels.
    #[must_use]
    pub fn panned(&self, by_px: f64) -> Viewport {
        Viewport::window(self.start + by_px / self.width * self.span, self.span)
    }

    /// The window moved, in one cut, so that a column lies in its middle half.
    #[must_use]
    pub fn following(&self, column: u32) -> Viewport {
        let share = self.middle(column) / self.width;
        if self.span >= 1.0 || (0.25..=0.75).contains(&share) {
            return Viewport::window(self.start, self.span);
        }
        let aim = if share > 0.75 { 0.25 } else { 0.75 };
        Viewport::window(self.start + (share - aim) * self.span, self.span)
    }

    fn fraction(&self, column: u32) -> f64 {
        match &self.clock {
            None => f64::from(column) / f64::from(self.columns),
            Some(clock) => clock.fraction(column, self.columns),
        }
    }

    fn widest(&self) -> f64 {
        widest_window(self.columns, self.width)
    }
}

/// The window of the whole run. A short run does not fill the width: its window is wider than itself.
fn widest_window(columns: u32, width: f64) -> f64 {
    (width / f64::from(columns) / COMFORTABLE_COLUMN_PX).max(1.0)
}

/// Pages that overlap by half, so that the cursor is always in the middle half of its page.
fn auto_window(columns: u32, cursor: u32, width: f64) -> (f64, f64) {
    let all = f64::from(columns);
    if width / all >= ROOMY_COLUMN_PX {
        return (0.0, widest_window(columns, width));
    }
    let fits = (width / ROOMY_COLUMN_PX).floor().max(1.0);
    let half = (fits / 2.0).max(1.0);
    let page = (f64::from(cursor) / half).floor();
    let span = (fits / all).min(1.0);
    let start = decimal::between((page - 0.5) * half / all, 0.0, 1.0 - span);
    (start, span)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates"
)]
fn floor_index(value: f64) -> u32 {
    value.floor() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(viewport: Viewport, columns: u32, cursor: u32) -> Scale {
        Scale::new(Axis::Steps, viewport, columns, cursor, 700.0, &[].into())
    }

    #[test]
    fn pixels_and_columns_are_inverse() {
        let scale = steps(Viewport::window(0.25, 0.5), 100, 0);
        for column in 25..75 {
            assert_eq!(scale.column_at(scale.middle(column)), column);
        }
        assert_eq!(scale.visible(), (25, 74));
    }

    #[test]
    fn the_whole_run_is_shown_while_columns_are_roomy() {
        assert_eq!(steps(Viewport::Auto, 50, 3).visible(), (0, 49));
        let long = steps(Viewport::Auto, 1000, 500);
        let (first, last) = long.visible();
        assert!(first < 500 && 500 < last && last - first <= 51, "{first}..{last}");
    }

    #[test]
    fn the_cursor_stays_in_the_middle_half_of_its_page() {
        for cursor in 30..960 {
            let share = steps(Viewport::Auto, 1000, cursor).middle(cursor) / 700.0;
            assert!((0.2..=0.8).contains(&share), "{cursor}: {share}");
        }
    }

    #[test]
    fn a_short_run_is_not_blown_up() {
        let short = steps(Viewport::Auto, 4, 0);
        assert!((short.column_px() - COMFORTABLE_COLUMN_PX).abs() < 1e-9);
        assert_eq!(short.visible(), (0, 3));
        assert_eq!(short.column_at(short.middle(2)), 2);
        assert_eq!(short.column_at(699.0), 3);
        let closer = steps(short.zoomed(0.5, 0.0), 4, 0);
        assert!((closer.column_px() - WIDEST_COLUMN_PX).abs() < 1e-9);
        assert_eq!(closer.whole(), short.whole());
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let scale = steps(Viewport::window(0.2, 0.4), 200, 0);
        let column = scale.column_at(300.0);
        let closer = steps(scale.zoomed(0.5, 300.0), 200, 0);
        assert_eq!(closer.column_at(300.0), column);
        assert!((closer.column_px() / scale.column_px() - 2.0).abs() < 1e-9);
        let whole = steps(scale.zoomed(1e9, 300.0), 200, 0);
        assert_eq!(whole.visible(), (0, 199));
    }

    #[test]
    fn zooming_in_ends_at_the_widest_column() {
        let mut scale = steps(Viewport::window(0.0, 1.0), 200, 0);
        for _ in 0..50 {
            scale = steps(scale.zoomed(0.5, 350.0), 200, 0);
        }
        assert!((scale.column_px() - WIDEST_COLUMN_PX).abs() < 1e-6);
    }

    #[test]
    fn panning_stops_at_both_ends() {
        let scale = steps(Viewport::window(0.5, 0.25), 100, 0);
        assert_eq!(steps(scale.panned(-1e6), 100, 0).visible().0, 0);
        assert_eq!(steps(scale.panned(1e6), 100, 0).visible().1, 99);
    }

    #[test]
    fn following_moves_only_when_it_must() {
        let scale = steps(Viewport::window(0.0, 0.1), 1000, 0);
        assert_eq!(scale.following(50), Viewport::window(0.0, 0.1));
        let moved = steps(scale.following(90), 1000, 90);
        assert!((moved.middle(90) / 700.0 - 0.25).abs() < 1e-9);
    }

    #[test]
    fn the_clock_axis_is_true_to_time_and_keeps_order() {
        let times = [0, 0, 0, 100, 100, 400].map(|ms| Time(ms * 1_000_000)).into();
        let scale = Scale::new(Axis::Clock, Viewport::window(0.0, 1.0), 6, 0, 700.0, &times);
        for column in 0..5 {
            assert!(scale.right(column) <= scale.left(column + 1) + 1e-9);
            assert_eq!(scale.column_at(scale.middle(column)), column);
        }
        let (short, long) = (scale.left(3) - scale.right(2), scale.left(5) - scale.right(4));
        assert!((long / short - 3.0).abs() < 1e-6);
    }

    #[test]
    fn two_runs_stand_on_one_clock() {
        let times: Rc<[Time]> = [0, 0, 100, 200, 400].map(|ms| Time(ms * 1_000_000)).into();
        let both = Scale::new(Axis::Clock, Viewport::window(0.0, 1.0), 5, 0, 700.0, &times);
        // A run that is there at the first, the third and the last moment.
        let one = both.through(&[0, 2, 4].into());
        let pixels = |scale: &Scale, columns: &[u32]| -> Vec<u64> {
            columns
                .iter()
                .map(|column| scale.left(*column).to_bits())
                .collect()
        };
        assert_eq!(pixels(&one, &[0, 1, 2]), pixels(&both, &[0, 2, 4]));
        assert_eq!(
            pixels(&one, &[7]),
            pixels(&both, &[4]),
            "beyond its end it stays there"
        );
        assert_eq!(
            [0, 1, 2, 3, 4].map(|moment| one.column_at(both.middle(moment))),
            [0, 0, 1, 1, 2]
        );
        assert_eq!(one.place_at(both.middle(3)), 3);
        assert!((both.at_time(times[3]) - both.left(3)).abs() < 1e-9);
        assert_eq!(both.end(), times[4]);
    }

    #[test]
    fn a_run_that_takes_no_time_still_has_a_clock_axis() {
        let scale = Scale::new(
            Axis::Clock,
            Viewport::window(0.0, 1.0),
            3,
            0,
            700.0,
            &[Time::ZERO; 3].into(),
        );
        assert!(scale.left(0) < scale.left(1) && scale.left(1) < scale.left(2));
    }
}
