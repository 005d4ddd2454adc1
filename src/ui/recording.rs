//! The trace that is on screen, while it may still grow.
//!
//! A `Recording` is a cheap value that components can hold and compare: the
//! trace itself is shared, and two recordings are equal when they are the same
//! trace at the same length. Growing keeps what was known, so a picture drawn
//! from a shorter recording stays true.

use std::cell::{Ref, RefCell};
use std::rc::Rc;

use super::notes::Notes;
use super::order::{Arrangement, Order};
use super::scale::Scale;
use crate::trace::{AREAS, EventKind, Group, Lanes, Levels, ReadError, State, TextId, Time, Trace};

/// A trace with what the page derived from it, at one length.
#[derive(Clone, Debug)]
pub struct Recording {
    shared: Rc<RefCell<Shared>>,
    events: u32,
}

#[derive(Debug)]
struct Shared {
    trace: Trace,
    lanes: Lanes,
    notes: Notes,
    order: Rc<Order>,
    groups: Rc<[Group]>,
    /// The order that was asked for last.
    arranged: Option<(Arrangement, Rc<Order>)>,
    /// Groups over the whole run, by number.
    levels: RefCell<Vec<(usize, Rc<Levels>)>>,
    /// The same by pixel, where each was drawn last.
    areas: RefCell<Vec<Pictured>>,
    /// The columns of each pixel, where lanes were drawn last.
    pixels: RefCell<Option<(Scale, Rc<[Columns]>)>>,
    /// Virtual time of every frame, and of how many events; asked for by the clock axis only.
    times: Option<(u32, Rc<[Time]>)>,
    /// The worlds that were looked at last, by frame: the next one is usually near.
    near: Vec<(u32, Rc<State>)>,
}

/// The edges between which a pixel lies.
pub type Columns = (u32, u32);
/// How many lanes of a group are in which state, in one pixel.
pub type Areas = [f64; AREAS.len()];
/// The picture of a group, by its number and where it was drawn.
type Pictured = (usize, Scale, Rc<[Areas]>);

/// Sums that the picture of a group is made of: finer columns are looked at where they are.
const SUMS: u32 = 1 << 15;
/// Worlds that are kept.
const NEAR: usize = 4;

impl Shared {
    fn update(&mut self) {
        self.lanes.update(&self.trace);
        self.notes.update(&self.trace);
        if self.order.count() != self.lanes.lanes().len() + self.lanes.workers().len() {
            self.order = Rc::new(Order::flat(&self.lanes));
            self.groups = Order::groups_of(&self.lanes, self.trace.tip());
            self.arranged = None;
        }
        self.levels.get_mut().clear();
        self.areas.get_mut().clear();
        *self.pixels.get_mut() = None;
    }

    /// How many lanes of a group are in which state, in columns of which some share a pixel.
    fn levels_of(
        &self,
        number: usize,
        (first, last): (u32, u32),
        pixels: u32,
        (frame, now): (u32, &State),
    ) -> Rc<Levels> {
        let Some(group) = self.groups.get(number) else {
            return Rc::default();
        };
        let end = self.trace.last_frame();
        if last.saturating_sub(first) / pixels.max(1) >= end / SUMS {
            return self.whole(number, group);
        }
        let window = (first.saturating_sub(1), last + 1);
        if (window.0..=window.1).contains(&frame) {
            return Rc::new(self.lanes.levels_near(group, now, window, end));
        }
        let now = self.trace.state_after(self.nearest(window.0), window.0);
        Rc::new(self.lanes.levels_near(group, &now, window, end))
    }

    /// The same over the whole run.
    fn whole(&self, number: usize, group: &Group) -> Rc<Levels> {
        let mut levels = self.levels.borrow_mut();
        if let Some((_, known)) = levels.iter().find(|(other, _)| *other == number) {
            return Rc::clone(known);
        }
        let (members, end) = (group.lanes.iter(), self.trace.last_frame());
        let members = members.map(|lane| &self.lanes.lanes()[*lane]);
        let made = Rc::new(Levels::of(members, (0, end), end, SUMS));
        levels.push((number, Rc::clone(&made)));
        made
    }

    /// The last of the worlds that are kept before a frame or at it.
    fn nearest(&self, frame: u32) -> Option<(u32, &State)> {
        let known = self.near.iter().filter(|(known, _)| *known <= frame);
        let nearest = known.max_by_key(|(known, _)| *known);
        nearest.map(|(known, state)| (*known, &**state))
    }
}

impl PartialEq for Recording {
    fn eq(&self, other: &Self) -> bool {
        self.events == other.events && Rc::ptr_eq(&self.shared, &other.shared)
    }
}

impl Recording {
    /// Reads a trace, or the first chunk of one.
    ///
    /// # Errors
    /// When the bytes are not a trace.
    pub fn read(bytes: &[u8]) -> Result<Self, ReadError> {
        Ok(Self::of(Trace::read(bytes)?))
    }

    /// A recording of whose trace only the header was read; [`Recording::longer`] reads on.
    ///
    /// # Errors
    /// When the bytes are not a trace.
    pub fn open(bytes: Vec<u8>) -> Result<Self, ReadError> {
        Ok(Self::of(Trace::open(bytes)?))
    }

    /// The same recording after at most so many more events of its bytes, and the part of them that was read.
    ///
    /// # Errors
    /// When they are damaged.
    pub fn longer(&self, most: u32) -> Result<(Self, f64), ReadError> {
        let mut shared = self.shared.borrow_mut();
        shared.near.clear();
        shared.trace.take_in(most)?;
        shared.update();
        let share = shared.trace.read_share();
        shared.trace.make_room();
        shared.lanes.make_room(share);
        shared.notes.make_room(share);
        let longer = Self {
            shared: Rc::clone(&self.shared),
            events: shared.trace.len(),
        };
        Ok((longer, share))
    }

    /// A recording of a trace.
    pub fn of(trace: Trace) -> Self {
        let mut shared = Shared {
            trace,
            lanes: Lanes::default(),
            notes: Notes::default(),
            order: Rc::default(),
            groups: Rc::default(),
            arranged: None,
            levels: RefCell::default(),
            areas: RefCell::default(),
            pixels: RefCell::default(),
            times: None,
            near: Vec::new(),
        };
        shared.update();
        let events = shared.trace.len();
        Self {
            shared: Rc::new(RefCell::new(shared)),
            events,
        }
    }

    /// The same recording, longer by a chunk.
    ///
    /// # Errors
    /// When the chunk is damaged.
    pub fn grown(&self, chunk: &[u8]) -> Result<Self, ReadError> {
        let mut shared = self.shared.borrow_mut();
        // The end of a run that goes on is another one with every chunk.
        shared.near.clear();
        shared.trace.push_chunk(chunk)?;
        shared.update();
        Ok(Self {
            shared: Rc::clone(&self.shared),
            events: shared.trace.len(),
        })
    }

    /// The trace.
    pub fn trace(&self) -> Ref<'_, Trace> {
        Ref::map(self.shared.borrow(), |shared| &shared.trace)
    }

    /// The world at a frame.
    pub fn state_at(&self, frame: u32) -> Rc<State> {
        let mut shared = self.shared.borrow_mut();
        if let Some((_, state)) = shared.near.iter().find(|(known, _)| *known == frame) {
            return Rc::clone(state);
        }
        let state = Rc::new(shared.trace.state_after(shared.nearest(frame), frame));
        if shared.near.len() == NEAR {
            shared.near.remove(0);
        }
        shared.near.push((frame, Rc::clone(&state)));
        state
    }

    /// Its timeline.
    pub fn lanes(&self) -> Ref<'_, Lanes> {
        Ref::map(self.shared.borrow(), |shared| &shared.lanes)
    }

    /// Its output and findings.
    pub fn notes(&self) -> Ref<'_, Notes> {
        Ref::map(self.shared.borrow(), |shared| &shared.notes)
    }

    /// The last frame.
    pub fn last_frame(&self) -> u32 {
        self.trace().last_frame()
    }

    /// A text of the trace.
    pub fn text(&self, id: TextId) -> String {
        self.trace().text(id).to_owned()
    }

    /// Its lanes from top to bottom.
    pub fn order(&self) -> Rc<Order> {
        Rc::clone(&self.shared.borrow().order)
    }

    /// Its rows from top to bottom, as they were arranged.
    pub fn arranged(&self, wanted: &Arrangement) -> Rc<Order> {
        let mut shared = self.shared.borrow_mut();
        if shared.groups.is_empty() && wanted.pinned.is_empty() {
            return Rc::clone(&shared.order);
        }
        if let Some((known, order)) = &shared.arranged
            && known == wanted
        {
            return Rc::clone(order);
        }
        let order = Rc::new(Order::of(&shared.lanes, Rc::clone(&shared.groups), wanted));
        shared.arranged = Some((wanted.clone(), Rc::clone(&order)));
        order
    }

    /// Sums up what is seen of groups from afar, before anybody goes there: that takes longer than a picture may.
    pub fn prepare(&self) {
        let shared = self.shared.borrow();
        for (number, group) in shared.groups.iter().enumerate() {
            shared.whole(number, group);
        }
    }

    /// The columns of each pixel, as `columns` finds them. As long as the picture is not moved, they stay.
    pub fn pixels(&self, scale: &Scale, columns: &dyn Fn() -> Rc<[Columns]>) -> Rc<[Columns]> {
        let shared = self.shared.borrow();
        let mut pixels = shared.pixels.borrow_mut();
        if let Some((drawn, known)) = &*pixels
            && drawn == scale
        {
            return Rc::clone(known);
        }
        let made = columns();
        *pixels = Some((scale.clone(), Rc::clone(&made)));
        made
    }

    /// How many lanes of a group are in which state, pixel by pixel.
    ///
    /// `now` is a frame whose world is known: where it is in view, it is looked at for those who rest. As long as
    /// the picture is not moved, steps change nothing in it.
    pub fn areas(
        &self,
        number: usize,
        (scale, columns): (&Scale, &[Columns]),
        now: (u32, &State),
    ) -> Rc<[Areas]> {
        let shared = self.shared.borrow();
        // The picture is drawn while others read the recording, so these have cells of their own.
        let mut areas = shared.areas.borrow_mut();
        let mut known = areas.iter();
        if let Some((.., known)) = known.find(|(other, drawn, _)| *other == number && drawn == scale) {
            return Rc::clone(known);
        }
        let pixels = u32::try_from(columns.len()).unwrap_or(u32::MAX);
        let levels = shared.levels_of(number, scale.visible(), pixels, now);
        let counts = |(from, to): &Columns| levels.between(*from.min(&to.saturating_sub(1)), *to);
        let made: Rc<[Areas]> = columns.iter().map(counts).collect();
        areas.retain(|(other, ..)| *other != number);
        areas.push((number, scale.clone(), Rc::clone(&made)));
        made
    }

    /// Virtual time of every frame.
    pub fn times(&self) -> Rc<[Time]> {
        let mut shared = self.shared.borrow_mut();
        let events = shared.trace.len();
        if let Some((known, times)) = &shared.times
            && *known == events
        {
            return Rc::clone(times);
        }
        let columns = shared.lanes.columns();
        let mut times = Vec::with_capacity(columns.len() + 2);
        times.push(Time::ZERO);
        for column in columns {
            times.push(column.ended);
        }
        times.push(shared.trace.tip().clock);
        let times: Rc<[Time]> = times.into();
        shared.times = Some((events, Rc::clone(&times)));
        times
    }

    /// The first frame of the turn after that of `frame`.
    pub fn next_turn(&self, frame: u32) -> u32 {
        let lanes = self.lanes();
        let here = lanes.column(frame).map_or(0, |column| column.turn);
        if frame > lanes.last_edge() {
            return frame;
        }
        frame_of(lanes.columns().partition_point(|column| column.turn <= here))
    }

    /// The first frame of the turn of `frame`, or of the turn before when it is that already.
    pub fn previous_turn(&self, frame: u32) -> u32 {
        let lanes = self.lanes();
        let Some(turn) = frame
            .checked_sub(1)
            .and_then(|before| lanes.column(before))
            .map(|column| column.turn)
        else {
            return 0;
        };
        frame_of(lanes.columns().partition_point(|column| column.turn < turn))
    }

    /// Whether something happened in a frame.
    pub fn happens_in(&self, frame: u32, happened: impl Fn(&EventKind) -> bool) -> bool {
        let trace = self.trace();
        trace.events_of_frame(frame).any(|event| happened(&event.kind))
    }

    /// The next frame after one, and around the end of the run, in which something happened.
    pub fn next_with(&self, frame: u32, happened: &dyn Fn(&EventKind) -> bool) -> Option<u32> {
        let trace = self.trace();
        let last = trace.last_frame();
        let mut frames = (frame + 1..=last).chain(0..=frame.min(last));
        frames.find(|frame| trace.events_of_frame(*frame).any(|event| happened(&event.kind)))
    }
}

/// The frame of the column with this index.
fn frame_of(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
