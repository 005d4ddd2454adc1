//! The run that this thread is busy with.
//!
//! The interpreter calls us through plain function pointers, so they find the
//! run in a thread-local variable. It is set for the length of one run.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use crate::sched::World;
use crate::trace::{Budget, Diagnosis, EventKind, Line, Outcome, Recorder, Stream, Surroundings};

/// What a program may use up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budgets {
    /// Steps of tasks; the loop counts them.
    pub steps: u32,
    /// Lines, and jumps between them, in one step.
    pub lines_in_step: u64,
    /// The same in the whole run.
    pub lines: u64,
    /// Bytes written to stdout and stderr together.
    pub output: u64,
    /// Events in the trace.
    pub events: u64,
}

/// Whoever wants to know about a run while it goes on.
pub trait Listener {
    /// Takes the next chunk of the trace. An empty one says that the run goes on.
    fn chunk(&mut self, chunk: Vec<u8>);

    /// The last chunk was given. When memory has run out, the run never returns, and whoever
    /// waits for its end learns it here.
    fn ended(&mut self) {}

    /// The program wrote text. It is in the trace too; this is for whoever wants nothing else.
    fn output(&mut self, stream: Stream, text: &str) {
        let _ = (stream, text);
    }
}

impl<F: FnMut(Vec<u8>)> Listener for F {
    fn chunk(&mut self, chunk: Vec<u8>) {
        self(chunk);
    }
}

/// One run of one program.
pub struct Run {
    /// The virtual clock and the recorder.
    pub world: Rc<World>,
    /// File name of the program: tells its code from that of libraries.
    pub program: String,
    /// Its source text.
    pub source: String,
    /// Seed of `random`.
    pub seed: u64,
    /// The world around the program.
    pub surroundings: Surroundings,
    /// What it may use up.
    pub budgets: Budgets,
    stopped: RefCell<Option<Outcome>>,
    told: RefCell<Vec<(Diagnosis, Line)>>,
    listener: RefCell<Box<dyn Listener>>,
    /// Events that had left when the last chunk did.
    sent: Cell<u32>,
}

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run")
            .field("program", &self.program)
            .finish_non_exhaustive()
    }
}

/// Most events that wait for the next chunk.
const CHUNK_EVENTS: u32 = 4096;
/// A chunk leaves when it makes what was sent longer by this share.
const CHUNK_SHARE: u32 = 16;

impl Run {
    /// A run that has not begun.
    pub fn new(
        world: Rc<World>,
        program: String,
        source: String,
        seed: u64,
        surroundings: Surroundings,
        budgets: Budgets,
        listener: Box<dyn Listener>,
    ) -> Rc<Self> {
        Rc::new(Self {
            world,
            program,
            source,
            seed,
            surroundings,
            budgets,
            stopped: RefCell::new(None),
            told: RefCell::default(),
            listener: RefCell::new(listener),
            sent: Cell::new(0),
        })
    }

    /// Ends the run before its program ends. The first outcome counts. The program itself is
    /// ended by the exception of [`super::lines::out_of_budget`].
    pub fn stop(&self, outcome: Outcome) {
        if self.is_stopped() {
            return;
        }
        *self.stopped.borrow_mut() = Some(outcome);
        // What the program still does on its way out is not part of the run.
        super::capture::record_open_lines(self);
        self.world.record(Recorder::seal);
        super::lines::check_soon();
    }

    /// Ends the run because a budget is used up.
    pub fn exhaust(&self, budget: Budget, limit: u64) {
        self.stop(Outcome::OutOfBudget {
            budget,
            limit,
            line: self.world.line(),
        });
    }

    /// How the run ended before its program did; `None` when it goes on.
    pub fn stopped(&self) -> Option<Outcome> {
        self.stopped.borrow().clone()
    }

    /// Whether the program must end.
    pub fn is_stopped(&self) -> bool {
        self.stopped.borrow().is_some()
    }

    /// Sends what was recorded when it is a fair share of the trace, so that
    /// little is lost when the run is cut off, and messages stay few.
    pub fn breathe(&self) {
        let events = self.world.record(|recorder| recorder.events());
        if u64::from(events) > self.budgets.events {
            self.exhaust(Budget::Events, self.budgets.events);
        }
        let waiting = events - self.sent.get();
        if waiting > CHUNK_EVENTS.min(self.sent.get() / CHUNK_SHARE) {
            self.flush();
        }
    }

    /// Tells the reader of the trace something about the line that is running; the same kind of
    /// thing is told once about a line.
    pub fn tell(&self, diagnosis: Diagnosis, message: &str) {
        self.tell_at(diagnosis, (self.world.line(), 0), message);
    }

    /// The same about a line and a column of the program.
    pub(super) fn tell_at(&self, diagnosis: Diagnosis, (line, column): (Line, u32), message: &str) {
        if self.told.borrow().contains(&(diagnosis, line)) {
            return;
        }
        self.told.borrow_mut().push((diagnosis, line));
        let message = self.world.text(message);
        self.world.emit(&EventKind::Diagnosed {
            diagnosis,
            line,
            column,
            message,
        });
    }

    /// Passes on what the program wrote.
    pub(super) fn echo(&self, stream: Stream, text: &str) {
        if !self.is_stopped() {
            self.listener.borrow_mut().output(stream, text);
        }
    }

    /// Records how the run ended, and sends the rest of the trace.
    pub fn end(&self, outcome: &Outcome) {
        self.world.emit(&EventKind::RunEnded {
            outcome: outcome.clone(),
        });
        self.flush();
        self.listener.borrow_mut().ended();
    }

    /// Sends everything that was recorded, be it nothing.
    pub fn flush(&self) {
        let (events, chunk) = self
            .world
            .record(|recorder| (recorder.events(), recorder.take_chunk()));
        self.sent.set(events);
        self.listener.borrow_mut().chunk(chunk);
    }
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<Run>>> = const { RefCell::new(None) };
}

/// Makes `run` the run of this thread until the guard is dropped.
///
/// # Panics
/// When the thread has a run already.
#[must_use = "the run ends when the guard is dropped"]
pub fn enter(run: &Rc<Run>) -> Entered {
    CURRENT.with_borrow_mut(|current| {
        assert!(current.is_none(), "one thread runs one program at a time");
        *current = Some(Rc::clone(run));
    });
    Entered(())
}

/// Keeps a run the run of its thread.
#[derive(Debug)]
pub struct Entered(());

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.with_borrow_mut(|current| *current = None);
    }
}

/// The run of this thread; `None` while an interpreter is being built.
pub fn current() -> Option<Rc<Run>> {
    CURRENT.with_borrow(Clone::clone)
}
