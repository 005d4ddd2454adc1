//! The trace that is on screen, while it may still grow.
//!
//! A `Recording` is a cheap value that components can hold and compare: the
//! trace itself is shared, and two recordings are equal when they are the same
//! trace at the same length. Growing keeps what was known, so a picture drawn
//! from a shorter recording stays true.

use std::cell::{Ref, RefCell};
use std::rc::Rc;

use super::notes::Notes;
use crate::trace::{Column, Lanes, ReadError, Runner, TaskId, TextId, Time, Trace};

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
}

impl Shared {
    fn update(&mut self) {
        self.lanes.update(&self.trace);
        self.notes.update(&self.trace);
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

    /// A recording of a trace.
    pub fn of(trace: Trace) -> Self {
        let mut shared = Shared {
            trace,
            lanes: Lanes::default(),
            notes: Notes::default(),
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

    /// Virtual time of every frame.
    pub fn times(&self) -> Vec<Time> {
        let (trace, lanes) = (self.trace(), self.lanes());
        let mut times = vec![Time::ZERO];
        times.extend(lanes.columns().iter().map(|column| column.ended));
        times.push(trace.tip().clock);
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

    /// The next, or the previous, frame in which `task` runs.
    pub fn run_of(&self, task: TaskId, frame: u32, forward: bool) -> Option<u32> {
        let lanes = self.lanes();
        let columns = lanes.columns();
        let runs = |(_, column): &(usize, &Column)| column.runner == Runner::Task(task);
        let place = if forward {
            columns.iter().enumerate().skip(frame as usize).find(runs)
        } else {
            let before = (frame as usize).saturating_sub(1).min(columns.len());
            columns[..before].iter().enumerate().rfind(runs)
        };
        place.map(|(index, _)| frame_of(index))
    }
}

/// The frame of the column with this index.
fn frame_of(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
