//! Two runs side by side: the first step in which they differ, and the moments of both in one order.
//!
//! Runs are compared step by step from their beginnings, because a step is what a reader can go
//! to, and because after the first difference everything may differ. Two runs of one program, as
//! it was and as it was edited, tell the same until then, down to the numbers of their tasks and
//! texts: so every record counts, with the lines of the one program put in place of those of the
//! other. Of different programs only what has a name can be compared: who runs, how the step
//! ends, what is printed, and when.

mod lines;
mod step;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use super::packed::Record;
use super::state::State;
use super::time::Time;
use super::trace::Trace;
use lines::Lines;
use step::Step;

/// What two runs were compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Everything that is recorded: they are runs of one program, perhaps edited.
    Events,
    /// Names of tasks, ends of steps, output and the clock: they are runs of different programs.
    Names,
}

/// What is different in a step: the first of these that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// One of the runs is over, or was cut off.
    Over,
    /// Another task or callback runs.
    Runner,
    /// Other lines run.
    Lines,
    /// Something else is printed.
    Output,
    /// It happens at another time.
    Clock,
    /// The step ends in another way, or waits for something else.
    Rest,
    /// A variable has another value.
    Values,
    /// Something else, in how things were scheduled.
    Other,
}

/// The first difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The frame that is the first to differ, the same in both runs; where one of them is over
    /// already it is beyond its last frame, which then stands for it.
    pub frame: u32,
    /// What differs.
    pub what: What,
}

/// What a comparison found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What was compared.
    pub basis: Basis,
    /// Where the runs part; nothing when they do not.
    pub difference: Option<Difference>,
}

/// Compares two runs.
pub fn compare(one: &Trace, other: &Trace) -> Compared {
    let (head, tail) = (one.header(), other.header());
    let basis = if head.program == tail.program {
        Basis::Events
    } else {
        Basis::Names
    };
    let same = one.bytes() == other.bytes();
    let difference = if same { None } else { difference(one, other, basis) };
    Compared { basis, difference }
}

fn difference(one: &Trace, other: &Trace, basis: Basis) -> Option<Difference> {
    let lines = Lines::of(&one.header().source, &other.header().source);
    let mut states = (State::default(), State::default());
    for frame in 0..=one.last_frame().max(other.last_frame()) {
        let here = Step::take(one, frame, &mut states.0, &Lines::default());
        let there = Step::take(other, frame, &mut states.1, &lines);
        let what = here.differs(&there, basis);
        let other_way = || basis == Basis::Events && !same_records(one, other, frame, &lines);
        let what = what.or_else(|| other_way().then_some(What::Other));
        if let Some(what) = what {
            let over = (frame < one.last_frame()) != (frame < other.last_frame());
            let what = if over { What::Over } else { what };
            return Some(Difference { frame, what });
        }
    }
    None
}

/// Whether everything that is recorded of a frame is the same, texts that it is the first to use too.
fn same_records(one: &Trace, other: &Trace, frame: u32, lines: &Lines) -> bool {
    let there = other.records_of_frame(frame).map(|record| match record {
        Record::Event(mut kind) => {
            lines.rename(&mut kind);
            Record::Event(kind)
        }
        text @ Record::Text(_) => text,
    });
    one.records_of_frame(frame).eq(there)
}

/// The moments of two runs in one order, as the frames of both at each.
///
/// A moment is a virtual time and a place among the frames of that time. What has the same place at
/// the same time in both runs is one moment, so runs that do the same go hand in hand.
pub fn moments(one: &[Time], other: &[Time]) -> Vec<(u32, u32)> {
    let (mut here, mut there) = (Walker::new(one), Walker::new(other));
    let mut moments = vec![(0, 0)];
    loop {
        let (next, beside) = (here.next(), there.next());
        let soonest = match (next, beside) {
            (Some(next), Some(beside)) => next.min(beside),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => return moments,
        };
        for (walker, next) in [(&mut here, next), (&mut there, beside)] {
            if next == Some(soonest) {
                walker.frame += 1;
                walker.nth = soonest.1;
            }
        }
        moments.push((here.frame, there.frame));
    }
}

/// A frame of a run, on the way through it.
struct Walker<'a> {
    times: &'a [Time],
    frame: u32,
    /// Its place among the frames of its time.
    nth: u32,
}

impl<'a> Walker<'a> {
    const fn new(times: &'a [Time]) -> Self {
        Self {
            times,
            frame: 0,
            nth: 0,
        }
    }

    /// The moment of the next frame.
    fn next(&self) -> Option<(Time, u32)> {
        let at = self.frame as usize;
        let next = *self.times.get(at + 1)?;
        let nth = if next == self.times[at] { self.nth + 1 } else { 0 };
        Some((next, nth))
    }
}
