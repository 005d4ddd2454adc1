//! The event loop. Follows `CPython` `base_events.py: BaseEventLoop._run_once`.
//!
//! A turn has four phases:
//!
//! 1. cancelled timers are dropped from the head of the heap;
//! 2. if nothing is ready, the clock jumps to the next deadline (or the run is
//!    over: stopped, or deadlocked);
//! 3. the callbacks of sockets that are ready join the ready queue, then due timers, by deadline, ties in
//!    scheduling order;
//! 4. exactly the handles that are ready now run, once each. What they schedule
//!    waits for the next turn.
//!
//! This file is the only place where handles are called.

mod running;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::debug_mode::DebugMode;
use super::handle::{Handle, Work};
use super::host::{Host, Misuse, Report};
use super::kept::See;
use super::task::{self, Stepped};
use super::timers::TimerHeap;
use super::world::World;
use crate::trace::{ClockCause, EventKind, Job, StepEnd, TaskId, ThreadId, Time, Via};

/// Turns in a row at one instant before the clock moves on by itself: in
/// reality turning takes time, so a program that polls gets somewhere.
const POLLING_TURNS: u32 = 1000;

/// Why the loop came to a stop that nobody asked for.
#[derive(Debug)]
pub enum Stop<E> {
    /// An exception leaves the loop.
    Raised(E),
    /// Nothing is ready, nothing is due, and nothing ever will be.
    Deadlock,
    /// The budget of steps is used up.
    OutOfSteps,
}

impl<E> From<E> for Stop<E> {
    fn from(error: E) -> Self {
        Self::Raised(error)
    }
}

/// An event loop.
pub struct EventLoop<H: Host> {
    world: Rc<World>,
    embedder: OnceCell<H::Loop>,
    ready: RefCell<VecDeque<Rc<Handle<H>>>>,
    timers: RefCell<TimerHeap<H>>,
    current: RefCell<Option<H::Task>>,
    running: Cell<bool>,
    stopping: Cell<bool>,
    closed: Cell<bool>,
    pub(super) debug: DebugMode<H>,
    /// The instant at which the loop turns, and how often it has turned there.
    polled: Cell<(Time, u32)>,
    /// The thread that waits in this loop for something to do.
    sleeper: Cell<Option<ThreadId>>,
    /// A socket that the loop watches may have become ready.
    sockets_changed: Cell<bool>,
    /// Whoever drives the loop has waited already for whatever the next turn should wait for.
    rested: Cell<bool>,
}

impl<H: Host> std::fmt::Debug for EventLoop<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EventLoop")
            .field("running", &self.running)
            .finish_non_exhaustive()
    }
}

/// A task whose step it was, if it was one, and what came of it.
type Worked<H> = (Option<<H as Host>::Task>, Stepped<H>);

impl<H: Host> EventLoop<H> {
    /// A new loop in `world`.
    pub fn new(world: Rc<World>) -> Rc<Self> {
        Rc::new(Self {
            world,
            embedder: OnceCell::new(),
            ready: RefCell::default(),
            timers: RefCell::new(TimerHeap::new()),
            current: RefCell::new(None),
            running: Cell::new(false),
            stopping: Cell::new(false),
            closed: Cell::new(false),
            debug: DebugMode::default(),
            polled: Cell::new((Time::ZERO, 0)),
            sleeper: Cell::new(None),
            sockets_changed: Cell::new(false),
            rested: Cell::new(false),
        })
    }

    /// Where the run happens.
    pub const fn world(&self) -> &Rc<World> {
        &self.world
    }

    /// What the embedder keeps with this loop.
    pub fn embedder(&self) -> Option<&H::Loop> {
        self.embedder.get()
    }

    /// Lets the embedder keep something with this loop; the first one stays.
    pub fn set_embedder(&self, embedder: H::Loop) {
        self.embedder.get_or_init(|| embedder);
    }

    /// `is_running()`.
    pub fn is_running(&self) -> bool {
        self.running.get()
    }

    /// `is_closed()`.
    pub fn is_closed(&self) -> bool {
        self.closed.get()
    }

    /// Whether nothing is ready or due now.
    pub fn is_idle(&self) -> bool {
        !self.sockets_changed.get()
            && self.ready.borrow().is_empty()
            && self
                .timers
                .borrow_mut()
                .next_deadline()
                .is_none_or(|due| due.micros() > self.world.now().micros())
    }

    /// The task that runs: `current_task()`.
    pub fn current(&self) -> Option<H::Task> {
        self.current.borrow().clone()
    }

    pub(super) fn current_id(&self) -> Option<TaskId> {
        self.current.borrow().as_ref().map(|task| H::task_cell(task).id())
    }

    /// Tells what it keeps alive.
    pub fn each_kept(&self, see: &mut See<'_, H>) {
        if let Ok(ready) = self.ready.try_borrow() {
            ready.iter().for_each(|handle| handle.each_kept(see));
        }
        if let Ok(timers) = self.timers.try_borrow() {
            timers.iter().for_each(|handle| handle.each_kept(see));
        }
    }

    /// Makes `task` the current one and tells which was.
    pub fn enter_task(&self, task: Option<H::Task>) -> Option<H::Task> {
        self.current.replace(task)
    }

    /// `stop()`: the loop stops at the end of this turn.
    pub fn stop(&self) {
        self.stopping.set(true);
    }

    /// `close()`.
    ///
    /// # Errors
    /// `RuntimeError` while the loop runs.
    pub fn close(&self) -> Result<(), H::Error> {
        if self.is_running() {
            return Err(H::misuse(Misuse::LoopRunning));
        }
        self.closed.set(true);
        // Dropping a handle may run code of the program: all of them are taken out first.
        let ready = self.ready.take();
        let timers = self.timers.borrow_mut().drain();
        for handle in ready.into_iter().chain(timers) {
            handle.forget(&self.world);
        }
        Ok(())
    }

    /// `_check_closed`.
    ///
    /// # Errors
    /// `RuntimeError` when the loop is closed.
    pub fn check_open(&self) -> Result<(), H::Error> {
        if self.is_closed() {
            Err(H::misuse(Misuse::LoopClosed))
        } else {
            Ok(())
        }
    }

    /// `call_soon` for a function of the program.
    ///
    /// # Errors
    /// `RuntimeError` when the loop is closed.
    pub fn call_soon(&self, function: H::Function) -> Result<Rc<Handle<H>>, H::Error> {
        self.check_open()?;
        let job = H::job(&function, &self.world);
        Ok(self.push(job, Via::Call, Work::Call(function, None)))
    }

    /// `call_at` for a function of the program; `call_later` adds `time()` itself.
    ///
    /// # Errors
    /// `RuntimeError` when the loop is closed.
    pub fn call_at(&self, when: f64, function: H::Function) -> Result<Rc<Handle<H>>, H::Error> {
        self.check_open()?;
        let job = H::job(&function, &self.world);
        Ok(self.push_at(when, job, Work::Call(function, None)))
    }

    /// Schedules library code for the next turn.
    pub fn call_library_soon(
        &self,
        name: &str,
        via: Via,
        run: impl FnOnce() -> Result<(), H::Error> + 'static,
    ) -> Rc<Handle<H>> {
        let job = Job::Library {
            name: self.world.text(name),
        };
        self.push(job, via, Work::Once(Box::new(run), None))
    }

    /// Schedules a method of `owner`, in the library, for a moment, in seconds.
    pub fn call_library_at(
        &self,
        when: f64,
        job: Job,
        owner: Option<H::Value>,
        run: impl FnOnce() -> Result<(), H::Error> + 'static,
    ) -> Rc<Handle<H>> {
        self.push_at(when, job, Work::Once(Box::new(run), owner))
    }

    /// `time()` as the library reads it.
    pub fn time(&self) -> f64 {
        self.world.now().as_secs_f64()
    }

    pub(super) fn push(&self, job: Job, via: Via, work: Work<H>) -> Rc<Handle<H>> {
        let line = self.world.line();
        let id = self
            .world
            .record(|recorder| recorder.schedule(job, None, via, line));
        let handle = Handle::new(id, work, None, None);
        self.ready.borrow_mut().push_back(Rc::clone(&handle));
        handle
    }

    pub(super) fn push_at(&self, when: f64, job: Job, work: Work<H>) -> Rc<Handle<H>> {
        let due = Time::from_secs_f64(when);
        let line = self.world.line();
        let id = self
            .world
            .record(|recorder| recorder.schedule(job, Some(due), Via::Call, line));
        let handle = Handle::new(id, work, Some(when), Some(due));
        self.timers.borrow_mut().push(when, Rc::clone(&handle));
        handle
    }

    /// `_run_once()`: one turn, for whoever turns the loop by hand.
    ///
    /// # Errors
    /// As [`Self::run_forever`].
    pub fn run_once(self: &Rc<Self>) -> Result<(), Stop<H::Error>> {
        self.turn()
    }

    /// One turn; the module's doc numbers its phases.
    fn turn(self: &Rc<Self>) -> Result<(), Stop<H::Error>> {
        self.pass_time()?;
        if self.sockets_changed.take() {
            H::select(self)?;
        }
        let now = self.world.now();
        loop {
            let due = self.timers.borrow_mut().pop_due(now);
            let Some(handle) = due else { break };
            self.world.emit(&EventKind::TimerFired { handle: handle.id });
            self.ready.borrow_mut().push_back(handle);
        }
        let ready = self.ready.borrow().len();
        if ready > 0 {
            self.world.emit(&EventKind::TurnBegan);
        }
        for _ in 0..ready {
            let Some(handle) = self.ready.borrow_mut().pop_front() else {
                break;
            };
            self.run_handle(&handle)?;
        }
        Ok(())
    }

    /// Phases 1 and 2, and what a real loop would be told while it waits.
    fn pass_time(self: &Rc<Self>) -> Result<(), Stop<H::Error>> {
        if self.rested.replace(false) {
            return Ok(());
        }
        if !self.world.threads().is_alone() {
            H::let_threads_run(self)?;
            return self.take_interrupt();
        }
        if !self.is_idle() || self.stopping.get() {
            if let Some(due) = self.polled_too_long(None) {
                self.world.move_to(due, ClockCause::Polling);
            }
            return self.take_interrupt();
        }
        while self.ready.borrow().is_empty() {
            let deadline = self.timers.borrow_mut().next_deadline();
            let interrupt = self.world.next_interrupt();
            let Some(until) = deadline.into_iter().chain(interrupt).min() else {
                return Err(Stop::Deadlock);
            };
            self.world.move_to(until, ClockCause::Idle);
            self.take_interrupt()?;
            if deadline.is_some_and(|due| due.micros() <= self.world.now().micros()) {
                break;
            }
        }
        Ok(())
    }

    fn take_interrupt(self: &Rc<Self>) -> Result<(), Stop<H::Error>> {
        if self.world.take_interrupt() {
            H::interrupt(self)?;
        }
        Ok(())
    }

    /// Phase 4, for one handle. Cancelled handles are passed over.
    fn run_handle(self: &Rc<Self>, handle: &Rc<Handle<H>>) -> Result<(), Stop<H::Error>> {
        let Some(work) = handle.work.borrow_mut().take() else {
            return Ok(());
        };
        if let Work::Step(task, _) | Work::Wakeup(task, _) = &work
            && !H::task_cell(task).is_hidden()
            && !self.world.count_step()
        {
            return Err(Stop::OutOfSteps);
        }
        self.world.emit(&EventKind::StepBegan { handle: handle.id });
        let timed = self.begin_timed(handle, &work);
        // The last reference to a task may be this one: it dies after its step, not within.
        let (task, stepped) = self.run_work(handle, work)?;
        let (end, refused) = match stepped {
            Stepped::Ended(end) => (end, None),
            Stepped::Refused(end, error) => (end, Some(error)),
        };
        self.world.emit(&EventKind::StepEnded { end });
        if let (Some(error), Some(task)) = (&refused, &task) {
            H::report(self, Report::Step { handle, task, error })?;
        }
        if let Some(timed) = timed {
            self.tell_time(handle, task.as_ref(), &timed);
        }
        Ok(())
    }

    /// What a handle is for; with the task whose step it was.
    fn run_work(self: &Rc<Self>, handle: &Rc<Handle<H>>, work: Work<H>) -> Result<Worked<H>, H::Error> {
        let end = match work {
            Work::Step(task, error) => {
                let stepped = task::step::<H>(&task, error)?;
                return Ok((Some(task), stepped));
            }
            Work::Wakeup(task, future) => {
                let stepped = task::wakeup::<H>(&task, &future)?;
                return Ok((Some(task), stepped));
            }
            Work::Call(function, future) => {
                let called = H::call(&function, future.as_ref());
                let ended = self.callback_ended(handle, Some(&function), called);
                H::rests(&self.world, None, true);
                self.ends_or_leaves(ended)?
            }
            Work::Gathered(outer, child) => {
                if let Some(gather) = H::gather(&outer) {
                    gather.child_done(&outer, &child);
                }
                StepEnd::CallbackDone
            }
            Work::Native(callback, future) => {
                let callback = H::callback(&callback);
                (callback.run)(&callback.holds, &future);
                StepEnd::CallbackDone
            }
            Work::SetResult(future, value, via) => {
                H::cell(&future).set_result_if_pending(&future, value, via);
                StepEnd::CallbackDone
            }
            Work::Once(run, _) => {
                let ended = self.callback_ended(handle, None, run());
                self.ends_or_leaves(ended)?
            }
        };
        Ok((None, Stepped::Ended(end)))
    }

    /// A step of a task at once, inside whatever runs now: the first one of a task that starts eagerly, or
    /// that of a task whom a callback wakes by itself. The trace shows a handle that is scheduled and run in
    /// one go; the queue never sees it.
    ///
    /// # Errors
    /// What leaves the step, why it was refused, and the end of the budget.
    pub fn run_at_once(
        &self,
        task: &H::Task,
        error: Option<H::Error>,
        via: Via,
    ) -> Result<(), Stop<H::Error>> {
        let cell = H::task_cell(task);
        let line = self.world.line();
        let handle = self
            .world
            .record(|recorder| recorder.schedule(Job::Step(cell.id()), None, via, line));
        if !cell.is_hidden() && !self.world.count_step() {
            return Err(Stop::OutOfSteps);
        }
        self.world.emit(&EventKind::StepBegan { handle });
        let (end, refused) = match task::step::<H>(task, error)? {
            Stepped::Ended(end) => (end, None),
            Stepped::Refused(end, error) => (end, Some(error)),
        };
        self.world.emit(&EventKind::StepEnded { end });
        refused.map_or(Ok(()), |error| Err(Stop::Raised(error)))
    }

    /// Schedules the wakeup of a task by a future that is done.
    pub fn wake_soon(&self, task: H::Task, future: H::Future) -> Rc<Handle<H>> {
        let job = Job::Wakeup(H::task_cell(&task).id());
        self.push(job, Via::Call, Work::Wakeup(task, future))
    }

    /// `Handle._run`: what a callback raises goes to the exception handler, unless it leaves the loop.
    fn callback_ended(
        self: &Rc<Self>,
        handle: &Rc<Handle<H>>,
        function: Option<&H::Function>,
        called: Result<(), H::Error>,
    ) -> (StepEnd, Option<H::Error>) {
        let Err(error) = called else {
            return (StepEnd::CallbackDone, None);
        };
        let end = StepEnd::CallbackRaised {
            error: self.world.text(&H::repr_error(&error)),
        };
        if H::is_exit(&error) {
            return (end, Some(error));
        }
        let report = Report::Callback {
            handle,
            function,
            error: &error,
        };
        (end, H::report(self, report).err())
    }

    /// An exception that leaves the loop ends its step on the way.
    fn ends_or_leaves(&self, (end, leaves): (StepEnd, Option<H::Error>)) -> Result<StepEnd, H::Error> {
        match leaves {
            None => Ok(end),
            Some(error) => {
                self.world.emit(&EventKind::StepEnded { end });
                Err(error)
            }
        }
    }
}
