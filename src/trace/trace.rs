//! A trace that can be read at any place, and while it still grows.
//!
//! Positions are *frames*: frame 0 is the rest before the first step, frame n
//! the rest at the end of step n, and the last frame the end of the run. Events
//! stay packed; a fold over them runs once, when they arrive, and leaves
//! keyframes behind. The distance between keyframes grows with the size of the
//! world, so that all of them together cost a bounded share of the trace.

use super::event::{Event, EventKind, Outcome};
use super::ids::TextId;
use super::packed::{self, Header, ReadError, Record};
use super::room::make_room;
use super::state::State;
use super::time::Time;

/// Least number of events between keyframes.
const KEYFRAME_EVENTS: u32 = 512;
/// Units of the weight of the world to an event. Keyframes share what did not change between them, and in this
/// many events about half of it does: they cost about thirty bytes an event, and one is never far.
const KEYFRAME_SPREAD: u32 = 3;

#[derive(Clone, Copy, Debug)]
struct Position {
    offset: usize,
    seq: u32,
    at: Time,
}

/// Where a reader of a growing trace has got to; the default is the beginning.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place(Option<Position>);

/// A recorded run.
#[derive(Debug)]
pub struct Trace {
    header: Header,
    bytes: Vec<u8>,
    texts: Vec<Box<str>>,
    /// Position right after each frame; one entry per ended step, frame 0 excepted.
    frame_ends: Vec<Position>,
    /// Position before the first step.
    first_frame_end: Option<Position>,
    keyframes: Vec<(Position, State)>,
    /// Event from which the next keyframe is due.
    next_keyframe: u32,
    start: Position,
    end: Position,
    tip: State,
    outcome: Option<Outcome>,
}

impl Trace {
    /// Reads a whole trace.
    ///
    /// # Errors
    /// When the bytes are not a whole, sensible trace.
    pub fn read(bytes: &[u8]) -> Result<Self, ReadError> {
        let mut trace = Self::open(bytes.to_vec())?;
        trace.take_in(u32::MAX)?;
        Ok(trace)
    }

    /// A trace of which only the header was read; [`Trace::take_in`] reads the rest.
    ///
    /// # Errors
    /// When the bytes do not begin as a trace.
    pub fn open(bytes: Vec<u8>) -> Result<Self, ReadError> {
        let (header, offset) = packed::read_header(&bytes)?;
        let start = Position {
            offset,
            seq: 0,
            at: Time::ZERO,
        };
        Ok(Self {
            header,
            bytes,
            texts: vec!["".into()],
            frame_ends: Vec::new(),
            first_frame_end: None,
            keyframes: vec![(start, State::default())],
            next_keyframe: KEYFRAME_EVENTS,
            start,
            end: start,
            tip: State::default(),
            outcome: None,
        })
    }

    /// Appends the next chunk of a trace that is still being written.
    ///
    /// # Errors
    /// When the chunk is damaged; what came before it stays readable.
    pub fn push_chunk(&mut self, chunk: &[u8]) -> Result<(), ReadError> {
        self.bytes.extend_from_slice(chunk);
        self.take_in(u32::MAX).map(|_| ())
    }

    /// Reads at most so many more events of what has arrived; whether that is all.
    ///
    /// # Errors
    /// When they are damaged; what came before them stays readable.
    pub fn take_in(&mut self, most: u32) -> Result<bool, ReadError> {
        let limit = self.end.seq.saturating_add(most);
        while self.end.offset < self.bytes.len() {
            if self.end.seq >= limit {
                return Ok(false);
            }
            let (record, next) = match packed::read_record(&self.bytes, self.end.offset) {
                Ok(read) => read,
                Err(error) => {
                    self.bytes.truncate(self.end.offset);
                    return Err(error);
                }
            };
            match record {
                Record::Text(text) => {
                    self.texts.push(text.into());
                    self.end.offset = next;
                }
                Record::Event(kind) => self.append(kind, next),
            }
        }
        Ok(true)
    }

    /// Makes room for the steps that are still to be read.
    pub fn make_room(&mut self) {
        let share = self.read_share();
        make_room(&mut self.frame_ends, share);
    }

    /// The part of the bytes that was read.
    pub fn read_share(&self) -> f64 {
        let of = |bytes: usize| f64::from(u32::try_from(bytes).unwrap_or(u32::MAX));
        of(self.end.offset) / of(self.bytes.len()).max(1.0)
    }

    fn append(&mut self, kind: EventKind, next: usize) {
        let in_step = matches!(kind, EventKind::StepBegan { .. } | EventKind::StepEnded { .. });
        if in_step && self.first_frame_end.is_none() {
            self.first_frame_end = Some(self.end);
        }
        let event = Event {
            seq: self.end.seq,
            at: self.end.at,
            kind,
        };
        self.tip.apply(&event);
        self.end = Position {
            offset: next,
            seq: self.end.seq.saturating_add(1),
            at: self.tip.clock,
        };
        match event.kind {
            EventKind::StepEnded { .. } => self.frame_ends.push(self.end),
            EventKind::RunEnded { outcome } => self.outcome = Some(outcome),
            _ => {}
        }
        if self.end.seq >= self.next_keyframe {
            self.keyframes.push((self.end, self.tip.clone()));
            let gap = (self.tip.weight() / KEYFRAME_SPREAD).max(KEYFRAME_EVENTS);
            self.next_keyframe = self.end.seq.saturating_add(gap);
        }
    }

    /// What the run was made from.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The packed form.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The text with this id; empty when the trace has no such text.
    pub fn text(&self, id: TextId) -> &str {
        self.texts.get(id.0 as usize).map_or("", |text| text)
    }

    /// How the run ended; `None` while it goes on, or when it was cut off.
    pub const fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// Number of events.
    pub const fn len(&self) -> u32 {
        self.end.seq
    }

    /// Whether nothing was recorded.
    pub const fn is_empty(&self) -> bool {
        self.end.seq == 0
    }

    /// Number of steps that have ended.
    pub fn steps(&self) -> u32 {
        u32::try_from(self.frame_ends.len()).unwrap_or(u32::MAX)
    }

    /// The last frame: one after the last step, where the run has ended (or has got to).
    pub fn last_frame(&self) -> u32 {
        self.steps() + 1
    }

    /// The world after the last event.
    pub const fn tip(&self) -> &State {
        &self.tip
    }

    /// All events.
    pub fn events(&self) -> Events<'_> {
        Events {
            trace: self,
            position: self.start,
            end: self.end.offset,
        }
    }

    /// The events after `place`.
    pub(super) fn events_after(&self, place: Place) -> Events<'_> {
        Events {
            trace: self,
            position: place.0.unwrap_or(self.start),
            end: self.end.offset,
        }
    }

    /// The place after the last event.
    pub(super) const fn end_place(&self) -> Place {
        Place(Some(self.end))
    }

    /// The events that lead from the frame before `frame` to `frame`.
    pub fn events_of_frame(&self, frame: u32) -> Events<'_> {
        let position = if frame == 0 {
            self.start
        } else {
            self.frame_end(frame - 1)
        };
        Events {
            trace: self,
            position,
            end: self.frame_end(frame).offset,
        }
    }

    /// The records that lead to a frame: its events, and the texts that were told meanwhile.
    pub(super) fn records_of_frame(&self, frame: u32) -> impl Iterator<Item = Record<'_>> {
        let Events { position, end, .. } = self.events_of_frame(frame);
        let mut offset = position.offset;
        std::iter::from_fn(move || {
            if offset >= end {
                return None;
            }
            let (record, next) = packed::read_record(&self.bytes, offset).ok()?;
            offset = next;
            Some(record)
        })
    }

    /// The world at a frame; frames past the end show the end.
    pub fn state_at(&self, frame: u32) -> State {
        self.state_after(None, frame)
    }

    /// The same, where the world of an earlier frame is known already, which may be nearer than a keyframe.
    pub fn state_after(&self, known: Option<(u32, &State)>, frame: u32) -> State {
        let target = self.frame_end(frame);
        let after = self
            .keyframes
            .partition_point(|(position, _)| position.seq <= target.seq);
        let (keyframe, state) = &self.keyframes[after.saturating_sub(1)];
        let known = known.map(|(frame, state)| (self.frame_end(frame), state));
        let (position, state) = known
            .filter(|(position, _)| (keyframe.seq..=target.seq).contains(&position.seq))
            .unwrap_or((*keyframe, state));
        let mut state = state.clone();
        for event in (Events {
            trace: self,
            position,
            end: target.offset,
        }) {
            state.apply(&event);
        }
        state
    }

    fn frame_end(&self, frame: u32) -> Position {
        if frame == 0 {
            return self.first_frame_end.unwrap_or(self.end);
        }
        self.frame_ends
            .get(frame as usize - 1)
            .copied()
            .unwrap_or(self.end)
    }
}

/// Iterator over the events of a trace, decoding as it goes.
#[derive(Clone, Debug)]
pub struct Events<'a> {
    trace: &'a Trace,
    position: Position,
    end: usize,
}

impl Iterator for Events<'_> {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        while self.position.offset < self.end {
            // The bytes were checked when they arrived; damage cannot appear later.
            let (record, next) = packed::read_record(&self.trace.bytes, self.position.offset).ok()?;
            self.position.offset = next;
            if let Record::Event(kind) = record {
                let event = Event {
                    seq: self.position.seq,
                    at: self.position.at,
                    kind,
                };
                self.position.seq += 1;
                if let EventKind::ClockMoved { by, .. } = event.kind {
                    self.position.at = self.position.at.plus(by);
                }
                return Some(event);
            }
        }
        None
    }
}
