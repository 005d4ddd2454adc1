//! The only writer of traces: turns facts into packed bytes as they happen.
//!
//! It keeps no event and no state of the world, only what encoding needs (the
//! texts seen so far and a few counters), because it runs beside user code on
//! every step. What was recorded can be taken away in chunks at any time; every
//! chunk ends at a whole record.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::event::{ClockCause, EventKind, Job, Via};
use super::ids::{FutureId, HandleId, JobId, Line, ResourceId, TaskId, TextId};
use super::packed::{self, Header};
use super::time::Time;

/// Writes one trace.
#[derive(Debug)]
pub struct Recorder {
    bytes: Vec<u8>,
    /// Position of the first byte that was not taken yet.
    taken: usize,
    texts: IndexSet<Box<str>, FxBuildHasher>,
    events: u32,
    /// The run is over, whatever the program still does while it is being ended.
    sealed: bool,
    handles: u32,
    tasks: u32,
    futures: u32,
    resources: u32,
    jobs: u32,
}

impl Recorder {
    /// Begins a trace with its header.
    pub fn new(header: &Header) -> Self {
        let mut texts = IndexSet::default();
        texts.insert("".into());
        Self {
            bytes: packed::header_bytes(header),
            taken: 0,
            texts,
            events: 0,
            sealed: false,
            handles: 0,
            tasks: 0,
            futures: 0,
            resources: 0,
            jobs: 0,
        }
    }

    /// Appends one fact. Once sealed, only the end of the run is still taken.
    pub fn emit(&mut self, kind: &EventKind) {
        if self.sealed && !matches!(kind, EventKind::RunEnded { .. }) {
            return;
        }
        packed::write_event(&mut self.bytes, kind);
        self.events += 1;
    }

    /// Takes no more facts but the end of the run.
    pub fn seal(&mut self) {
        self.sealed = true;
    }

    /// Whether facts are lost on it.
    pub const fn is_sealed(&self) -> bool {
        self.sealed
    }

    /// The id of `text`, which is written once.
    pub fn text(&mut self, text: &str) -> TextId {
        let index = if let Some(index) = self.texts.get_index_of(text) {
            index
        } else {
            packed::write_text(&mut self.bytes, text);
            self.texts.insert_full(text.into()).0
        };
        TextId(u32::try_from(index).unwrap_or(0))
    }

    /// Records a scheduled handle and names it.
    pub fn schedule(&mut self, job: Job, due: Option<Time>, via: Via, line: Line) -> HandleId {
        self.emit(&EventKind::HandleScheduled { job, due, via, line });
        self.handles += 1;
        HandleId(self.handles)
    }

    /// Records that the clock moved; nothing when it did not.
    pub fn clock_moved(&mut self, by: Time, why: ClockCause) {
        if by > Time::ZERO {
            self.emit(&EventKind::ClockMoved { by, why });
        }
    }

    /// The id of the next task; the caller emits its `TaskSpawned`.
    pub fn next_task(&mut self) -> TaskId {
        self.tasks += 1;
        TaskId(self.tasks)
    }

    /// The id of the next future; the caller emits its `FutureCreated`.
    pub fn next_future(&mut self) -> FutureId {
        self.futures += 1;
        FutureId(self.futures)
    }

    /// The id of the next resource; the caller emits its `ResourceCreated`.
    pub fn next_resource(&mut self) -> ResourceId {
        self.resources += 1;
        ResourceId(self.resources)
    }

    /// The id of the next job; the caller emits its `JobQueued`.
    pub fn next_job(&mut self) -> JobId {
        self.jobs += 1;
        JobId(self.jobs)
    }

    /// How many events were recorded.
    pub const fn events(&self) -> u32 {
        self.events
    }

    /// How many bytes were recorded, header included.
    pub const fn len_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// What was recorded since the last call. Chunks in a row make up the trace.
    pub fn take_chunk(&mut self) -> Vec<u8> {
        let chunk = self.bytes[self.taken..].to_vec();
        self.taken = self.bytes.len();
        chunk
    }

    /// The whole trace.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}
