//! What all loops of a run share: the virtual clock and the recorder.
//!
//! Code takes no time. The clock moves when nothing can run, when a blocking
//! call holds up the loop, and, so that no program can wait for it in vain, a
//! little whenever the program keeps reading it without anything else moving it.
//!
//! No borrow of the recorder outlives a call, so user code may run at any time.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::threads::Threads;
use crate::trace::{ClockCause, EventKind, Header, Level, Line, Recorder, TextId, Time};

/// Clock readings of the program that are free while the clock stands still.
const SPIN_FREE_READS: u32 = 1000;
/// What every further reading costs.
const SPIN_STEP: Time = Time(1_000_000);

/// Where a run happens.
#[derive(Debug)]
pub struct World {
    level: Level,
    now: Cell<Time>,
    recorder: RefCell<Recorder>,
    line: fn() -> Line,
    reads: Cell<u32>,
    spun: Cell<Time>,
    /// Time that lines of the program have cost and that is not recorded yet.
    owed: Cell<Time>,
    interrupt_at: Cell<Option<Time>>,
    threads: Threads,
    task_names: Cell<u32>,
    serials: Cell<u32>,
    task_numbers: Cell<u32>,
    steps: Cell<u32>,
    max_steps: Cell<u32>,
}

/// How a blocking call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "an interrupted call must raise KeyboardInterrupt"]
pub enum Blocked {
    /// The time is over.
    Over,
    /// Ctrl+C arrived first.
    Interrupted,
}

impl World {
    /// A world at time zero. `line` tells which line of the program is running, or 0.
    pub fn new(header: &Header, line: fn() -> Line) -> Rc<Self> {
        Rc::new(Self {
            level: header.level,
            now: Cell::new(Time::ZERO),
            recorder: RefCell::new(Recorder::new(header)),
            line,
            reads: Cell::new(0),
            spun: Cell::new(Time::ZERO),
            owed: Cell::new(Time::ZERO),
            interrupt_at: Cell::new(None),
            threads: Threads::default(),
            task_names: Cell::new(0),
            serials: Cell::new(0),
            task_numbers: Cell::new(0),
            steps: Cell::new(0),
            max_steps: Cell::new(u32::MAX),
        })
    }

    /// The threads of the run.
    pub const fn threads(&self) -> &Threads {
        &self.threads
    }

    /// Whether `asyncio` is that of Python 3.7. Where its order of callbacks, or what it raises, is
    /// another one, the function that departs asks this and names the function of 3.7 that it follows.
    pub const fn is_37(&self) -> bool {
        matches!(self.level, Level::Python37)
    }

    /// Virtual time.
    pub fn now(&self) -> Time {
        self.now.get().plus(self.owed.get())
    }

    /// A line of the program ran, which cost `span`. It is recorded together with others, before
    /// whatever happens next.
    pub fn work(&self, span: Time) {
        self.owed.set(self.owed.get().plus(span));
        self.spun.set(self.spun.get().plus(span));
        self.reads.set(0);
    }

    fn record_work(&self) {
        let by = self.owed.take();
        if by > Time::ZERO {
            self.now.set(self.now.get().plus(by));
            self.recorder.borrow_mut().clock_moved(by, ClockCause::Working);
        }
    }

    /// Virtual time, read by the program itself: reading in a loop takes time.
    pub fn program_read(&self) -> Time {
        let reads = self.reads.get() + 1;
        if reads > SPIN_FREE_READS {
            self.spun.set(self.spun.get().plus(SPIN_STEP));
            self.set_now(self.now().plus(SPIN_STEP), ClockCause::Spinning);
        } else {
            self.reads.set(reads);
        }
        self.now()
    }

    /// Time that the program spent reading clocks and running lines: all the processor time there is.
    pub fn spun(&self) -> Time {
        self.spun.get()
    }

    /// Lets Ctrl+C arrive at `at`.
    pub fn interrupt_at(&self, at: Time) {
        self.interrupt_at.set(Some(at));
    }

    /// Whether Ctrl+C has arrived; it does so once.
    pub fn take_interrupt(&self) -> bool {
        let due = self
            .next_interrupt()
            .is_some_and(|at| at.micros() <= self.now().micros());
        if due {
            self.interrupt_at.set(None);
        }
        due
    }

    /// When Ctrl+C will arrive.
    pub fn next_interrupt(&self) -> Option<Time> {
        self.interrupt_at.get()
    }

    /// A blocking call: time passes, and nothing else happens meanwhile.
    pub fn block(&self, span: Time) -> Blocked {
        let until = self.now().plus(span);
        if let Some(at) = self.next_interrupt().filter(|at| *at <= until) {
            self.move_to(at.max(self.now()), ClockCause::Blocking);
            self.interrupt_at.set(None);
            return Blocked::Interrupted;
        }
        self.move_to(until, ClockCause::Blocking);
        Blocked::Over
    }

    /// Moves the clock forward to `to`; never back.
    pub fn move_to(&self, to: Time, why: ClockCause) {
        if to > self.now() {
            self.reads.set(0);
            self.set_now(to, why);
        }
    }

    fn set_now(&self, to: Time, why: ClockCause) {
        self.record_work();
        let by = to.since(self.now());
        self.record(|recorder| recorder.clock_moved(by, why));
        self.now.set(to);
    }

    /// The next `Task-n`; the count is shared by all loops of a run.
    pub fn next_task_name(&self) -> String {
        self.task_names.set(self.task_names.get() + 1);
        format!("Task-{}", self.task_names.get())
    }

    /// The number of the next task. Whoever asks for a task that cannot be uses one up.
    pub fn next_task_number(&self) -> u32 {
        self.task_numbers.set(self.task_numbers.get() + 1);
        self.task_numbers.get()
    }

    /// The number of the next future.
    pub(super) fn next_serial(&self) -> u32 {
        self.serials.set(self.serials.get() + 1);
        self.serials.get()
    }

    /// Allows at most `steps` steps of tasks.
    pub fn limit_steps(&self, steps: u32) {
        self.max_steps.set(steps);
    }

    /// Sets clock and counts back to the beginning, for another short program in the same world.
    /// No trace can tell of that, so there is none from here on.
    pub fn restart(&self) {
        self.record(Recorder::seal);
        self.now.set(Time::ZERO);
        self.spun.set(Time::ZERO);
        self.owed.set(Time::ZERO);
        self.reads.set(0);
        self.steps.set(0);
        self.interrupt_at.set(None);
    }

    /// Counts a step of a task; `false` when the budget is used up.
    pub(super) fn count_step(&self) -> bool {
        self.steps.set(self.steps.get() + 1);
        self.steps.get() <= self.max_steps.get()
    }

    /// The most steps allowed.
    pub fn max_steps(&self) -> u32 {
        self.max_steps.get()
    }

    /// Records with the recorder at hand. `write` must not run user code.
    pub fn record<R>(&self, write: impl FnOnce(&mut Recorder) -> R) -> R {
        self.record_work();
        write(&mut self.recorder.borrow_mut())
    }

    /// Records one fact.
    pub fn emit(&self, kind: &EventKind) {
        self.record(|recorder| recorder.emit(kind));
    }

    /// The id of a text.
    pub fn text(&self, text: &str) -> TextId {
        self.record(|recorder| recorder.text(text))
    }

    /// The id of a text that need not be made when nobody will read it.
    pub fn text_if_recorded(&self, text: impl FnOnce() -> String) -> TextId {
        if self.record(|recorder| recorder.is_sealed()) {
            TextId::EMPTY
        } else {
            self.text(&text())
        }
    }

    /// The line of the program that is running, or 0.
    pub fn line(&self) -> Line {
        (self.line)()
    }
}
