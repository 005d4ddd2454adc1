//! Whether a trace is sensible: what the fold believes, the validator doubts.
//!
//! It checks what the docs of the events promise: pairings, the numbered
//! transitions of tasks, dense ids, the order of timers, that a turn runs only
//! what was ready when it began, and that no resource does what it cannot do.
//! It keeps its own books instead of asking the fold, so that one mistake cannot
//! hide in both.

mod resources;
mod tasks;
mod workers;

use std::collections::BTreeSet;

use super::event::{ClockCause, EventKind, Job, Outcome, Settled, Via, WaitReason};
use super::ids::{FutureId, HandleId, ResourceId, TaskId};
use super::time::Time;
use super::trace::Trace;
use resources::Resource;
use tasks::Task;
use workers::Workers;

/// Something in a trace that cannot have happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The event; the number of events when something is missing at the end.
    pub seq: u32,
    /// What is wrong.
    pub text: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "event {}: {}", self.seq, self.text)
    }
}

/// Everything that is wrong with a trace; nothing, for a trace of a run that has ended.
pub fn validate(trace: &Trace) -> Vec<Fault> {
    let mut validator = Validator::default();
    for event in trace.events() {
        validator.seq = event.seq;
        validator.take(&event.kind);
    }
    validator.seq = trace.len();
    if !validator.ended {
        validator.fault("the run has no end".to_owned());
    }
    validator.faults
}

/// Where a handle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Timer,
    /// In the ready queue, since this turn.
    Ready(u32),
    Running,
    Gone,
}

#[derive(Clone, Copy, Debug)]
struct Handle {
    job: Job,
    due: Option<Time>,
    place: Place,
}

#[derive(Debug, Default)]
struct Validator {
    seq: u32,
    clock: Time,
    turn: u32,
    handles: Vec<Handle>,
    ready: u32,
    /// Pending timers by microsecond and order of scheduling.
    timers: BTreeSet<(u64, HandleId)>,
    /// Handles that run, outermost first.
    open: Vec<HandleId>,
    tasks: Vec<Task>,
    resources: Vec<Resource>,
    futures: Vec<Option<Settled>>,
    workers: Workers,
    ended: bool,
    faults: Vec<Fault>,
}

impl Validator {
    fn fault(&mut self, text: String) {
        self.faults.push(Fault { seq: self.seq, text });
    }

    /// Notes a fault unless `holds`.
    fn check(&mut self, holds: bool, text: impl FnOnce() -> String) {
        if !holds {
            self.fault(text());
        }
    }

    fn take(&mut self, kind: &EventKind) {
        self.check(!self.ended, || {
            "something happens after the end of the run".to_owned()
        });
        match kind {
            EventKind::TurnBegan => {
                self.turn += 1;
                let below = self.workers.steps_below();
                self.check(self.open.len() == below, || {
                    "a turn begins inside a step".to_owned()
                });
            }
            EventKind::ClockMoved { by, why } => self.clock_moved(*by, *why),
            EventKind::HandleScheduled { job, due, via, .. } => self.handle_scheduled(*job, *due, *via),
            EventKind::HandleCancelled { handle } => self.handle_cancelled(*handle),
            EventKind::TimerFired { handle } => self.timer_fired(*handle),
            EventKind::StepBegan { handle } => self.step_began(*handle),
            EventKind::StepEnded { end } => self.step_ended(end),
            EventKind::FutureCreated { future, .. } => self.future_created(*future),
            EventKind::FutureSettled { future, how, .. } => self.future_settled(*future, *how),
            EventKind::ResourceCreated {
                resource,
                kind,
                capacity,
                value,
                ..
            } => {
                self.resources.push(Resource::new(*kind, *capacity, *value));
                let number = self.resources.len();
                self.check(resource.0 as usize == number, || {
                    format!("{resource} is out of order")
                });
            }
            EventKind::ResourceChanged { resource, change, .. } => self.resource_changed(*resource, *change),
            EventKind::LinesRan { lines } => {
                let once = lines.iter().collect::<BTreeSet<_>>().len() == lines.len();
                self.check(once && !lines.contains(&0), || {
                    format!("the lines {lines:?} are not a list of lines")
                });
            }
            EventKind::Output { .. } | EventKind::Diagnosed { .. } => {}
            EventKind::RunEnded { outcome } => self.run_ended(outcome),
            EventKind::ThreadStarted { .. }
            | EventKind::ThreadResumed { .. }
            | EventKind::ThreadRested { .. }
            | EventKind::JobQueued { .. }
            | EventKind::JobBegan { .. }
            | EventKind::JobEnded { .. } => self.take_workers(kind),
            EventKind::TaskSpawned { .. }
            | EventKind::TaskRenamed { .. }
            | EventKind::StackSeen { .. }
            | EventKind::LocalChanged { .. }
            | EventKind::CancelRequested { .. }
            | EventKind::CancelDelivered { .. }
            | EventKind::Uncancelled { .. } => self.take_of_task(kind),
        }
    }

    fn future_created(&mut self, future: FutureId) {
        self.futures.push(None);
        self.check(future.0 as usize == self.futures.len(), || {
            format!("{future} is out of order")
        });
    }

    fn future_settled(&mut self, future: FutureId, how: Settled) {
        match self.futures.get_mut(future.index()) {
            None => self.fault(format!("{future} does not exist")),
            Some(settled) => {
                let again = settled.replace(how).is_some();
                self.check(!again, || format!("{future} is settled twice"));
            }
        }
    }

    fn clock_moved(&mut self, by: Time, why: ClockCause) {
        self.clock = self.clock.plus(by);
        self.check(by > Time::ZERO, || "the clock moves by nothing".to_owned());
        let (ready, open) = (self.ready, self.open.len());
        match why {
            // A thread that waits has its own loop, if any; others may have something ready.
            ClockCause::Idle if !self.workers.rest() => {}
            ClockCause::Idle => self.check(ready == 0 && open == 0, || {
                format!("the loop is idle with {ready} handles ready and {open} running")
            }),
            ClockCause::Polling => {
                self.check(open == 0, || {
                    "the clock moves for a polling loop inside a step".to_owned()
                });
            }
            // Code outside the loop may block, spin and work too.
            ClockCause::Blocking | ClockCause::Spinning | ClockCause::Working => {}
        }
    }

    fn handle_scheduled(&mut self, job: Job, due: Option<Time>, via: Via) {
        let id = HandleId(u32::try_from(self.handles.len() + 1).unwrap_or(u32::MAX));
        let place = if due.is_some() {
            Place::Timer
        } else {
            Place::Ready(self.turn)
        };
        self.handles.push(Handle { job, due, place });
        if let Job::Step(task) | Job::Wakeup(task) | Job::TimeoutOver(task) = job {
            self.known_task(task);
        }
        self.known_cause(via);
        match due {
            Some(due) => {
                self.timers.insert((due.micros(), id));
            }
            None => self.joins(id),
        }
    }

    /// A handle joins the ready queue.
    fn joins(&mut self, id: HandleId) {
        self.ready += 1;
        if let Some(task) = self.handle(id).and_then(|handle| handle.job.task()) {
            self.task_woken(task);
        }
    }

    /// A handle leaves the ready queue.
    fn leaves(&mut self, id: HandleId) {
        self.ready = self.ready.saturating_sub(1);
        let task = self.handle(id).and_then(|handle| handle.job.task());
        if let Some(task) = task.and_then(|task| self.tasks.get_mut(task.index())) {
            task.in_line = false;
        }
    }

    fn handle(&self, id: HandleId) -> Option<Handle> {
        self.handles.get(id.index()).copied().filter(|_| id.0 > 0)
    }

    fn move_handle(&mut self, id: HandleId, place: Place) {
        if let Some(handle) = self.handles.get_mut(id.index()) {
            handle.place = place;
        }
    }

    fn handle_cancelled(&mut self, id: HandleId) {
        match self.handle(id) {
            Some(Handle {
                place: Place::Timer,
                due,
                ..
            }) => {
                self.timers.remove(&(due.map_or(0, Time::micros), id));
            }
            Some(Handle {
                place: Place::Ready(_),
                ..
            }) => self.leaves(id),
            Some(_) => return self.fault(format!("{id} is cancelled and has run already")),
            None => return self.fault(format!("{id} does not exist")),
        }
        self.move_handle(id, Place::Gone);
    }

    fn timer_fired(&mut self, id: HandleId) {
        let Some(Handle {
            place: Place::Timer,
            due: Some(due),
            ..
        }) = self.handle(id)
        else {
            return self.fault(format!("{id} fires and is no pending timer"));
        };
        self.check(due.micros() <= self.clock.micros(), || {
            format!("{id} fires before its time")
        });
        // Deadlines before the beginning are all recorded as the beginning, but keep their own order.
        let first = self.timers.first().copied();
        self.check(due == Time::ZERO || first == Some((due.micros(), id)), || {
            format!("{id} fires, but another timer is first")
        });
        self.check(self.open.is_empty(), || format!("{id} fires inside a step"));
        self.timers.remove(&(due.micros(), id));
        self.move_handle(id, Place::Ready(self.turn));
        self.joins(id);
    }

    fn step_began(&mut self, id: HandleId) {
        let nested = !self.open.is_empty();
        self.open.push(id);
        let Some(Handle {
            place: Place::Ready(since),
            job,
            ..
        }) = self.handle(id)
        else {
            return self.fault(format!("{id} runs and is not in the ready queue"));
        };
        let turn = self.turn;
        self.check(nested || since < turn, || {
            format!("{id} became ready in turn {since} and runs in turn {turn}, which did not begin with it")
        });
        self.leaves(id);
        self.move_handle(id, Place::Running);
        if let Some(task) = job.task() {
            self.task_runs(task);
        }
    }

    fn run_ended(&mut self, outcome: &Outcome) {
        self.ended = true;
        // The main thread may wait for another one in the middle of a step.
        let cut = matches!(
            outcome,
            Outcome::OutOfBudget { .. } | Outcome::ThreadsDeadlocked { .. }
        );
        self.check(cut || self.open.is_empty(), || {
            "the run ends inside a step".to_owned()
        });
        let Outcome::Deadlocked { tasks } = outcome else {
            return;
        };
        let (ready, timers) = (self.ready, self.timers.len());
        self.check(ready == 0 && timers == 0, || {
            format!("a deadlock with {ready} handles ready and {timers} timers pending")
        });
        let pending: Vec<TaskId> = self.pending_tasks();
        self.check(*tasks == pending, || {
            format!("a deadlock of {tasks:?}, but {pending:?} are pending")
        });
    }

    fn known_resource(&mut self, id: ResourceId) {
        self.check(id.0 > 0 && id.0 as usize <= self.resources.len(), || {
            format!("{id} does not exist")
        });
    }

    fn known_future(&mut self, id: FutureId) {
        self.check(id.0 > 0 && id.0 as usize <= self.futures.len(), || {
            format!("{id} does not exist")
        });
    }

    fn known_task(&mut self, id: TaskId) {
        self.check(id.0 > 0 && id.0 as usize <= self.tasks.len(), || {
            format!("{id} does not exist")
        });
    }

    fn known_cause(&mut self, via: Via) {
        match via {
            Via::Future(future) => self.known_future(future),
            Via::TaskDone(task) => self.known_task(task),
            Via::Release(resource)
            | Via::EventSet(resource)
            | Via::Notify(resource)
            | Via::Put(resource)
            | Via::Get(resource)
            | Via::AllDone(resource)
            | Via::Barrier(resource)
            | Via::Group(resource)
            | Via::Executor(resource)
            | Via::Shutdown(resource) => self.known_resource(resource),
            Via::Call | Via::Spawn | Via::Yield | Via::SleepOver | Via::Cancel | Via::Timeout => {}
        }
    }

    fn known_reason(&mut self, on: WaitReason) {
        match on {
            WaitReason::Bare | WaitReason::Other => {}
            WaitReason::Task(task) => self.known_task(task),
            WaitReason::Future(future) => self.known_future(future),
            WaitReason::Sleep { timer, .. } => {
                self.check(self.handle(timer).is_some(), || {
                    format!("a sleep on {timer}, which does not exist")
                });
            }
            WaitReason::Gather(resource)
            | WaitReason::Executor(resource)
            | WaitReason::Lock(resource)
            | WaitReason::Event(resource)
            | WaitReason::Condition(resource)
            | WaitReason::Semaphore(resource)
            | WaitReason::Barrier(resource)
            | WaitReason::QueueGet(resource)
            | WaitReason::QueuePut { queue: resource, .. }
            | WaitReason::QueueJoin(resource)
            | WaitReason::Group(resource) => self.known_resource(resource),
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
