//! Two runs side by side: the one on screen, and one that is kept beside it.
//!
//! A run is kept before the next one takes its place, or a partner's recorded run is fetched. From
//! then on whatever run comes to the screen is compared with it. The cursor is a moment of both,
//! see [`moments`]; the frame of the run on screen follows it, so that program, output and all the
//! rest show what they always show.

mod title;
mod totals;
mod view;

use std::rc::Rc;

use super::action::Move;
use super::recording::Recording;
use super::scale::{Axis, Scale, Viewport};
use super::scenarios;
use super::state::State;
use super::world::World;
use crate::trace::{Compared, Time, compare, moments};

pub use totals::{Totals, rows};
pub use view::{Props, SideBySide, partners, scrubber};

/// A run with what its trace does not tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The recording.
    pub recording: Recording,
    /// Whether its program is not that of the scenario any more.
    pub edited: bool,
    /// The world around it.
    pub world: Rc<World>,
}

impl Run {
    /// The scenario that it began as.
    pub fn scenario(&self) -> Option<usize> {
        let trace = self.recording.trace();
        scenarios::index_of(trace.header().program.trim_end_matches(".py"))
    }
}

/// Two runs.
#[derive(Debug)]
pub struct Pair {
    /// The kept one, and the one on screen.
    pub runs: [Run; 2],
    /// The frames of both at every moment.
    pub moments: Vec<(u32, u32)>,
    /// What their comparison found.
    pub found: Compared,
    /// The time of every moment.
    times: Rc<[Time]>,
    /// The moments of the frames of each.
    places: [Rc<[u32]>; 2],
}

impl PartialEq for Pair {
    fn eq(&self, other: &Self) -> bool {
        self.runs == other.runs
    }
}

impl Pair {
    fn of(runs: [Run; 2]) -> Self {
        let found = compare(&runs[0].recording.trace(), &runs[1].recording.trace());
        let [kept, shown] = [&runs[0], &runs[1]].map(|run| run.recording.times());
        let moments = moments(&kept, &shown);
        let mut places = [Vec::with_capacity(kept.len()), Vec::with_capacity(shown.len())];
        let mut times = Vec::with_capacity(moments.len());
        for (place, (one, other)) in (0_u32..).zip(&moments) {
            for (places, frame) in places.iter_mut().zip([*one, *other]) {
                if places.len() <= frame as usize {
                    places.push(place);
                }
            }
            times.push(kept[*one as usize].max(shown[*other as usize]));
        }
        Self {
            runs,
            moments,
            found,
            times: times.into(),
            places: places.map(Into::into),
        }
    }

    /// Whether it is the same run twice: the next one is still to come.
    pub fn is_alone(&self) -> bool {
        self.runs[0].recording == self.runs[1].recording
    }

    /// The last moment.
    pub fn last(&self) -> u32 {
        u32::try_from(self.moments.len() - 1).unwrap_or(u32::MAX)
    }

    /// The frames at a moment, of the kept run and of the one on screen.
    pub fn frames(&self, at: u32) -> [u32; 2] {
        let (kept, shown) = self.moments[at.min(self.last()) as usize];
        [kept, shown]
    }

    /// The time of a moment.
    pub fn time(&self, at: u32) -> Time {
        self.times[at.min(self.last()) as usize]
    }

    /// The moment at which one of the runs, the kept one or the other, comes to a frame.
    fn moment_of(&self, which: usize, frame: u32) -> u32 {
        let places = &self.places[which];
        let place = (frame as usize).min(places.len() - 1);
        places[place]
    }

    /// The moment at which the runs part: when the first of them does something else.
    pub fn parting(&self) -> Option<u32> {
        let frame = self.found.difference?.frame;
        Some(self.moment_of(0, frame).min(self.moment_of(1, frame)))
    }

    /// The scale of both runs: all of them unless somebody zoomed.
    pub fn scale(&self, viewport: Viewport, at: u32, width: f64) -> Scale {
        let viewport = match viewport {
            Viewport::Auto => Viewport::window(0.0, 1.0),
            window @ Viewport::Window { .. } => window,
        };
        Scale::new(Axis::Clock, viewport, self.last() + 1, at, width, &self.times)
    }

    /// The scale of one of the runs, from that of both.
    pub fn scale_of(&self, which: usize, scale: &Scale) -> Scale {
        scale.through(&self.places[which])
    }
}

/// What is compared with the run on screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compare {
    /// The kept run; nothing while it is on its way.
    pub kept: Option<Run>,
    /// The scenario whose recorded run it is, when it was asked for.
    pub partner: Option<usize>,
    /// Whether the run on screen stands first.
    pub shown_first: bool,
    /// The moment on screen.
    pub at: u32,
    /// Both runs; the same one twice until the next one is there.
    pub pair: Option<Rc<Pair>>,
}

impl Compare {
    /// The comparison with the recorded run of a scenario, which is still to come.
    pub fn with(partner: usize) -> Self {
        Self {
            partner: Some(partner),
            shown_first: true,
            ..Self::default()
        }
    }

    /// The scenario whose recorded run is to be fetched.
    pub fn wanted(&self) -> Option<usize> {
        self.partner.filter(|_| self.kept.is_none())
    }
}

impl State {
    /// Both runs; the same one twice until the next one is there.
    pub fn pair(&self) -> Option<&Rc<Pair>> {
        self.compare.as_ref()?.pair.as_ref()
    }

    /// Keeps the run on screen for a comparison, or ends the comparison.
    pub(super) fn toggle_compare(&mut self) {
        self.viewport = Viewport::Auto;
        self.playing = false;
        self.menu = false;
        self.compare = match self.compare {
            Some(_) => None,
            None if self.is_busy() || self.embed => None,
            None => self.run().map(|run| Compare {
                kept: Some(run),
                ..Compare::default()
            }),
        };
    }

    /// Compares the run on screen with the recorded one of a scenario.
    pub(super) fn compare_with(&mut self, partner: usize) {
        self.viewport = Viewport::Auto;
        self.playing = false;
        self.compare = Some(Compare::with(partner));
    }

    /// The recorded run of a scenario has come.
    pub(super) fn partner_came(&mut self, partner: usize, recording: Recording) {
        if let Some(compare) = self.compare.as_mut().filter(|it| it.wanted() == Some(partner)) {
            compare.kept = Some(Run {
                recording,
                edited: false,
                world: Rc::default(),
            });
        }
    }

    /// The other run first.
    pub(super) fn swap_runs(&mut self) {
        if let Some(compare) = &mut self.compare {
            compare.shown_first = !compare.shown_first;
        }
    }

    /// The run on screen.
    fn run(&self) -> Option<Run> {
        let recording = self.recording.clone()?;
        let edited = {
            let trace = recording.trace();
            let head = trace.header();
            *head.program == *self.program.name && !self.program.is_original(&head.source)
        };
        Some(Run {
            recording,
            edited,
            world: Rc::clone(&self.world),
        })
    }

    /// Compares anew when the run on screen is another one, and lets both cursors agree.
    pub(super) fn keep_pair(&mut self, before: &Self) {
        let busy = self.is_busy();
        let Some(Compare {
            kept: Some(kept),
            pair,
            ..
        }) = &self.compare
        else {
            return;
        };
        let known = pair.as_ref().map(|pair| &pair.runs[1].recording);
        if !busy && known != self.recording.as_ref() {
            let (kept, run) = (kept.clone(), self.run());
            let pair = run.map(|run| Rc::new(Pair::of([kept, run])));
            if let Some(compare) = &mut self.compare {
                compare.pair = pair;
            }
        } else if self.cursor == before.cursor {
            return;
        }
        let cursor = self.cursor;
        if let Some(Compare {
            pair: Some(pair), at, ..
        }) = &mut self.compare
            && !busy
            && pair.frames(*at)[1] != cursor
        {
            *at = if cursor == pair.runs[1].recording.last_frame() {
                pair.last()
            } else {
                pair.moment_of(1, cursor)
            };
        }
    }

    /// Makes a move of both runs, if it is one; whether it is.
    pub(super) fn go_beside(&mut self, step: Move) -> bool {
        let Some(Compare {
            pair: Some(pair), at, ..
        }) = &mut self.compare
        else {
            return false;
        };
        let to = match step {
            Move::First => Some(0),
            Move::Last => Some(pair.last()),
            Move::Back => Some(at.saturating_sub(1)),
            Move::Forward => Some(*at + 1),
            Move::Moment(moment) => Some(moment),
            Move::Parting => pair.parting(),
            _ => return false,
        };
        *at = to.unwrap_or(*at).min(pair.last());
        self.cursor = pair.frames(*at)[1];
        self.follow_cursor();
        true
    }

    /// Whether there is nothing to come: playing ends here.
    pub(super) fn is_over(&self) -> bool {
        match &self.compare {
            Some(Compare {
                pair: Some(pair), at, ..
            }) => *at >= pair.last(),
            _ => self.cursor >= self.bounds().1,
        }
    }

    /// What stands for the cursor on the axis.
    pub(super) fn place(&self) -> u32 {
        match &self.compare {
            Some(Compare {
                pair: Some(_), at, ..
            }) => *at,
            _ => self.cursor,
        }
    }
}
