//! What flies when a step is made, as a pure function of where names stood before and after it.
//!
//! Motion only helps: a frame at rest says by itself where everybody came from and goes to. So only a
//! step forward moves, everything else cuts, and what moves are copies of names above the picture.

/// Milliseconds that the way to the seat takes.
const SEAT_MS: u32 = 200;
/// Milliseconds that the way to the ready queue takes.
const WAKE_MS: u32 = 160;
/// Milliseconds between two that are woken in one step.
const STAGGER_MS: u32 = 120;
/// Those who are woken one after the other; the rest comes with the last of them.
const STAGGERED: u32 = 3;
/// How far somebody must have come to be worth a flight, in pixels.
const FAR_PX: f64 = 2.0;

/// Where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// With a timer, or with what it waits on.
    Waiting,
    /// In the ready queue.
    Ready,
    /// In the seat.
    Seat,
}

impl Spot {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Ready, Self::Seat];

    /// The word in the markup.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Ready => "ready",
            Self::Seat => "seat",
        }
    }
}

/// A name in the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Stand {
    /// Whose name: an id, since names need not differ.
    pub who: String,
    /// The name.
    pub name: String,
    /// Where it stands.
    pub spot: Spot,
    /// Left edge in pixels.
    pub x: f64,
    /// Upper edge in pixels.
    pub y: f64,
}

/// The way of a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Flight {
    /// Its place among the names after the step.
    pub to: usize,
    /// From how far away it comes, in pixels.
    pub by: (f64, f64),
    /// Milliseconds before it starts.
    pub starts: u32,
    /// Milliseconds that it takes.
    pub takes: u32,
}

impl Flight {
    /// Milliseconds until it has arrived.
    pub const fn ends(&self) -> u32 {
        self.starts + self.takes
    }
}

/// Who flies: first the one who takes the seat, then those who were woken, in the order of the queue.
pub fn flights(before: &[Stand], after: &[Stand]) -> Vec<Flight> {
    let mut woken = 0;
    let mut flights = Vec::new();
    for (to, stand) in after.iter().enumerate() {
        let from = before
            .iter()
            .find(|old| old.who == stand.who && old.spot < stand.spot);
        let Some(from) = from else { continue };
        let by = (from.x - stand.x, from.y - stand.y);
        if by.0.abs() + by.1.abs() < FAR_PX {
            continue;
        }
        let (starts, takes) = if stand.spot == Spot::Seat {
            (0, SEAT_MS)
        } else {
            woken += 1;
            (SEAT_MS + (woken.min(STAGGERED) - 1) * STAGGER_MS, WAKE_MS)
        };
        flights.push(Flight {
            to,
            by,
            starts,
            takes,
        });
    }
    flights
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand(name: &str, spot: Spot, x: f64) -> Stand {
        Stand {
            who: name.to_owned(),
            name: name.to_owned(),
            spot,
            x,
            y: 0.0,
        }
    }

    fn told(before: &[Stand], after: &[Stand]) -> Vec<(String, f64, u32, u32)> {
        let tell = |flight: Flight| {
            (
                after[flight.to].name.clone(),
                flight.by.0,
                flight.starts,
                flight.ends(),
            )
        };
        flights(before, after).into_iter().map(tell).collect()
    }

    #[test]
    fn the_next_takes_the_seat_and_then_the_woken_come_in_order() {
        let waiting = ["a", "b", "c", "d"].map(|name| stand(name, Spot::Waiting, 500.0));
        let mut before = vec![stand("old", Spot::Seat, 0.0), stand("next", Spot::Ready, 100.0)];
        before.extend(waiting);
        let mut after = vec![stand("next", Spot::Seat, 0.0)];
        after.extend(["a", "b", "c", "d"].map(|name| stand(name, Spot::Ready, 100.0)));
        let expected = [
            ("next", 100.0, 0, 200),
            ("a", 400.0, 200, 360),
            ("b", 400.0, 320, 480),
            ("c", 400.0, 440, 600),
            ("d", 400.0, 440, 600),
        ];
        assert_eq!(
            told(&before, &after),
            expected.map(|(name, by, starts, ends)| (name.to_owned(), by, starts, ends))
        );
    }

    #[test]
    fn who_stays_or_goes_to_wait_does_not_fly() {
        let before = [
            stand("runs", Spot::Seat, 0.0),
            stand("stays", Spot::Waiting, 300.0),
            stand("moves up", Spot::Ready, 200.0),
        ];
        let after = [
            stand("runs", Spot::Waiting, 300.0),
            stand("stays", Spot::Waiting, 350.0),
            stand("moves up", Spot::Ready, 100.0),
            stand("new", Spot::Ready, 200.0),
        ];
        assert_eq!(told(&before, &after), []);
    }
}
