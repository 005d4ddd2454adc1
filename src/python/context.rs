//! The run that this thread is busy with.
//!
//! The interpreter calls us through plain function pointers, so they find the
//! run in a thread-local variable. It is set for the length of one run.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use crate::sched::World;
use crate::trace::{Budget, Line, Stream};

/// What a program may use up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budgets {
    /// Steps of tasks.
    pub steps: u64,
    /// Lines, and jumps between them, in one step.
    pub lines_in_step: u64,
    /// The same in the whole run.
    pub lines: u64,
    /// Bytes written to stdout and stderr together.
    pub output: u64,
    /// Events in the trace.
    pub events: u64,
    /// Bytes of memory.
    pub memory: u64,
}

/// A budget that was used up. The run ends with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted {
    /// Which one.
    pub budget: Budget,
    /// Its size.
    pub limit: u64,
    /// Line of the program that was running, or 0.
    pub line: Line,
}

/// Whoever wants to know about a run while it goes on.
pub trait Listener {
    /// Takes the next chunk of the trace. An empty one says that the run goes on.
    fn chunk(&mut self, chunk: Vec<u8>);

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
    /// What it may use up.
    pub budgets: Budgets,
    steps: Cell<u64>,
    exhausted: Cell<Option<Exhausted>>,
    listener: RefCell<Box<dyn Listener>>,
    /// Events that had left when the last chunk did.
    sent: Cell<u32>,
}

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run").field("program", &self.program).finish_non_exhaustive()
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
        budgets: Budgets,
        listener: Box<dyn Listener>,
    ) -> Rc<Self> {
        Rc::new(Self {
            world,
            program,
            source,
            seed,
            budgets,
            steps: Cell::new(0),
            exhausted: Cell::new(None),
            listener: RefCell::new(listener),
            sent: Cell::new(0),
        })
    }

    /// Counts a step, and lets the trace out when enough of it has gathered.
    /// False when this step is one too many.
    #[must_use = "without budget the step must not run"]
    pub fn spend_step(&self) -> bool {
        self.breathe();
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        if steps > self.budgets.steps {
            self.exhaust(Budget::Steps, self.budgets.steps);
        }
        self.exhausted.get().is_none()
    }

    /// Notes that a budget is used up; the first one counts.
    pub fn exhaust(&self, budget: Budget, limit: u64) {
        if self.exhausted.get().is_none() {
            self.exhausted.set(Some(Exhausted { budget, limit, line: self.world.line() }));
        }
    }

    /// The budget that was used up, if any.
    pub fn exhausted(&self) -> Option<Exhausted> {
        self.exhausted.get()
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

    /// Passes on what the program wrote.
    pub(super) fn echo(&self, stream: Stream, text: &str) {
        self.listener.borrow_mut().output(stream, text);
    }

    /// Sends everything that was recorded, be it nothing.
    pub fn flush(&self) {
        let (events, chunk) = self.world.record(|recorder| (recorder.events(), recorder.take_chunk()));
        self.sent.set(events);
        self.listener.borrow_mut().chunk(chunk);
    }
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<Run>>> = const { RefCell::new(None) };
}

/// Makes `run` the run of this thread until the guard is dropped.
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
