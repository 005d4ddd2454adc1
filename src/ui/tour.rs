//! The tour of a first visit: three stops, each at the thing that it speaks of.
//!
//! Where its card stands is arithmetic and computed here: beside, below or above what it points at,
//! never over it.

use super::i18n::VisitKey;

/// A stop of the tour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Where now is: the seat, and the sentence about the step.
    Now,
    /// Who waits: the ready queue, timers, and what else is waited for.
    Waiting,
    /// Time: the timeline, and the way through it.
    Time,
}

impl Stop {
    /// In order.
    pub const ALL: [Self; 3] = [Self::Now, Self::Waiting, Self::Time];

    /// Its place among them, from 1.
    pub const fn number(self) -> usize {
        self as usize + 1
    }

    /// The stop after it.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.number()).copied()
    }

    /// What it points at, as a selector: whatever of it has a size.
    pub const fn target(self) -> &'static str {
        match self {
            Self::Now => ".say, .strip .run",
            Self::Waiting => ".board, .panetabs",
            Self::Time => ".tlbox, .transport",
        }
    }

    /// The class of the page while the tour is here.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Now => "tour-now",
            Self::Waiting => "tour-waiting",
            Self::Time => "tour-time",
        }
    }

    /// Headline and text.
    pub const fn words(self) -> (VisitKey, VisitKey) {
        match self {
            Self::Now => (VisitKey::Now, VisitKey::NowText),
            Self::Waiting => (VisitKey::Waiting, VisitKey::WaitingText),
            Self::Time => (VisitKey::Time, VisitKey::TimeText),
        }
    }
}

/// A box on screen, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Area {
    /// The least box around both; one without a size counts for nothing.
    #[must_use]
    pub fn around(self, other: Self) -> Self {
        if self.w == 0.0 || self.h == 0.0 {
            return other;
        }
        if other.w == 0.0 || other.h == 0.0 {
            return self;
        }
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self {
            x,
            y,
            w: (self.x + self.w).max(other.x + other.w) - x,
            h: (self.y + self.h).max(other.y + other.h) - y,
        }
    }
}

/// Room between the card and what it points at, and between the card and the edge.
const GAP_PX: f64 = 12.0;

/// Where a card stands, and on which of its sides the target is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Left edge of the card.
    pub x: f64,
    /// Top edge of the card.
    pub y: f64,
    /// Side of the card that points.
    pub side: &'static str,
    /// Where on that side it points from, in pixels from its beginning.
    pub at: f64,
}

/// The place of a card of a size beside its target, in a room of a size: at its left, else below, else above.
pub fn place(target: Area, (width, height): (f64, f64), (room_width, room_height): (f64, f64)) -> Spot {
    let within = |at: f64, size: f64, room: f64| at.min(room - size - GAP_PX).max(GAP_PX);
    let (middle_x, middle_y) = (target.x + target.w / 2.0, target.y + target.h / 2.0);
    if target.x >= width + 2.0 * GAP_PX {
        let y = within(middle_y - height / 2.0, height, room_height);
        return Spot {
            x: target.x - width - GAP_PX,
            y,
            side: "right",
            at: middle_y - y,
        };
    }
    let x = within(middle_x - width / 2.0, width, room_width);
    let (below, at) = (target.y + target.h + GAP_PX, middle_x - x);
    if below + height <= room_height {
        Spot {
            x,
            y: below,
            side: "top",
            at,
        }
    } else {
        Spot {
            x,
            y: (target.y - GAP_PX - height).max(0.0),
            side: "bottom",
            at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: (f64, f64) = (320.0, 160.0);

    fn area(x: f64, y: f64, w: f64, h: f64) -> Area {
        Area { x, y, w, h }
    }

    #[test]
    fn stops_follow_each_other() {
        assert_eq!(Stop::Now.next(), Some(Stop::Waiting));
        assert_eq!(Stop::Waiting.next(), Some(Stop::Time));
        assert_eq!(Stop::Time.next(), None);
    }

    #[test]
    fn a_card_stands_beside_below_or_above_and_never_over_its_target() {
        for (target, room, side) in [
            (area(449.0, 49.0, 991.0, 200.0), (1440.0, 900.0), "right"),
            (area(449.0, 520.0, 991.0, 380.0), (1440.0, 900.0), "right"),
            (area(0.0, 52.0, 390.0, 180.0), (390.0, 844.0), "top"),
            (area(0.0, 340.0, 390.0, 504.0), (390.0, 844.0), "bottom"),
        ] {
            let spot = place(target, CARD, room);
            assert_eq!(spot.side, side, "{target:?}");
            let (right, bottom) = (spot.x + CARD.0, spot.y + CARD.1);
            let apart = right <= target.x || spot.y >= target.y + target.h || bottom <= target.y;
            assert!(apart, "{target:?}, {spot:?}");
            assert!(spot.x >= 0.0 && spot.y >= 0.0 && right <= room.0 && bottom <= room.1);
            let length = if side == "right" { CARD.1 } else { CARD.0 };
            assert!((0.0..=length).contains(&spot.at), "{spot:?}");
        }
    }

    #[test]
    fn what_has_no_size_is_not_pointed_at() {
        let (one, none) = (area(10.0, 10.0, 5.0, 5.0), Area::default());
        assert_eq!(one.around(none), one);
        assert_eq!(none.around(one), one);
        assert_eq!(one.around(area(30.0, 5.0, 5.0, 5.0)), area(10.0, 5.0, 25.0, 10.0));
    }
}
