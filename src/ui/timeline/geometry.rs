//! Heights of the timeline, by how much room there is.

/// Below this width names stand above the bars.
const STACKED_PX: f64 = 480.0;
/// Below this height of the whole page the head keeps its steps only. The style sheet knows it, too.
const LOW_PX: f64 = 400.0;

/// Heights and offsets in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometry {
    /// Height of a lane.
    pub lane: f64,
    /// Height of a run cell.
    pub run: f64,
    /// Height of every other bar.
    pub bar: f64,
    /// How far the bars lie below the middle of the lane, to leave room for a label above.
    pub below: f64,
    /// Height of a row of the head.
    pub row: f64,
    /// Rows of the head: steps, and where there is room turns and the clock.
    pub rows: f64,
    /// Height of the lane of the event loop; 0 where there is no room for it.
    pub callbacks: f64,
    /// Whether the names stand above the bars instead of beside them.
    pub stacked: bool,
}

impl Geometry {
    /// Beside each other.
    pub const WIDE: Self = Self {
        lane: 30.0,
        run: 23.0,
        bar: 16.0,
        below: 0.0,
        row: 17.0,
        rows: 3.0,
        callbacks: 22.0,
        stacked: false,
    };
    /// Beside each other, in a picture so low that the lanes need every pixel.
    pub const LOW: Self = Self {
        rows: 1.0,
        callbacks: 0.0,
        ..Self::WIDE
    };
    /// Names above the bars.
    pub const NARROW: Self = Self {
        lane: 46.0,
        run: 22.0,
        bar: 16.0,
        below: 9.0,
        row: 18.0,
        rows: 3.0,
        callbacks: 22.0,
        stacked: true,
    };

    /// What fits a component of this size.
    pub const fn of(width: f64, height: f64) -> Self {
        if width < STACKED_PX {
            Self::NARROW
        } else if height < LOW_PX {
            Self::LOW
        } else {
            Self::WIDE
        }
    }

    /// Height of the head's rows, without the lane of the event loop.
    pub fn rows_height(&self) -> f64 {
        self.row * self.rows + 4.0
    }

    /// Room above the picture of a group, for its name and, while its lanes are put away, its counts. The
    /// style sheet knows it, too.
    pub const fn above(&self, counts: bool) -> f64 {
        match (self.stacked, counts) {
            (false, _) => 0.0,
            (true, false) => 24.0,
            (true, true) => 64.0,
        }
    }

    /// Middle of the bars of a row.
    pub fn middle(&self, row: usize) -> f64 {
        self.top(row) + self.lane / 2.0 + self.below
    }

    /// Top of a row.
    #[expect(clippy::cast_precision_loss, reason = "rows are far fewer than 2^52")]
    pub fn top(&self, row: usize) -> f64 {
        row as f64 * self.lane
    }

    /// Rows that are at least partly between two heights.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the casts saturate"
    )]
    pub fn rows_between(&self, top: f64, bottom: f64, all: usize) -> std::ops::Range<usize> {
        let first = (top / self.lane).floor().max(0.0) as usize;
        let last = (bottom / self.lane).ceil().max(0.0) as usize;
        first.min(all)..last.min(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_in_view_are_computed() {
        assert_eq!(Geometry::WIDE.rows_between(0.0, 100.0, 1000), 0..4);
        assert_eq!(Geometry::WIDE.rows_between(3000.0, 3061.0, 1000), 100..103);
        assert_eq!(Geometry::WIDE.rows_between(3000.0, 9000.0, 101), 100..101);
        assert_eq!(Geometry::WIDE.rows_between(-5.0, -1.0, 9), 0..0);
    }
}
