//! A trace told step by step, one line each: the expectation of most tests.
//!
//! `turn`, `time` and who ran; then what it did, in order; after `>` how its step ended.

use std::fmt::Write;

use loopscope::trace::{
    Change, EventKind, HandleId, Job, Outcome, ResourceKind, StepEnd, TaskId, TextId, Trace, Via, WaitReason,
};

/// The step in which the loop learns that the main task is done. It ends every story, so none tells it.
const MAIN_DONE: &str = "[run_until_complete]";

/// Tells `trace`.
pub(crate) fn story(trace: &Trace) -> String {
    let mut teller = Teller {
        trace,
        jobs: Vec::new(),
        resources: Vec::new(),
        turn: 0,
        lines: String::new(),
        did: Vec::new(),
        who: "outside".to_owned(),
    };
    for event in trace.events() {
        teller.tell(&event.kind, event.at.as_secs_f64());
    }
    teller.lines
}

struct Teller<'a> {
    trace: &'a Trace,
    jobs: Vec<Job>,
    resources: Vec<(ResourceKind, TextId)>,
    turn: u32,
    lines: String,
    did: Vec<String>,
    who: String,
}

impl Teller<'_> {
    fn tell(&mut self, kind: &EventKind, at: f64) {
        match kind {
            EventKind::TurnBegan => {
                self.flush(at, "");
                self.turn += 1;
            }
            EventKind::StepBegan { handle } => {
                self.flush(at, "");
                self.who = self.job(*handle);
            }
            EventKind::StepEnded { end } => {
                let end = self.end(end);
                self.flush(at, &end);
                "outside".clone_into(&mut self.who);
            }
            EventKind::RunEnded { outcome } => {
                self.flush(at, "");
                let outcome = self.outcome(outcome);
                writeln!(self.lines, "{outcome}").expect("a string takes text");
            }
            EventKind::ResourceCreated { kind, name, .. } => self.resources.push((*kind, *name)),
            EventKind::HandleScheduled { job, due, via, .. } => {
                self.jobs.push(*job);
                self.schedule(*job, due.is_some(), *via);
            }
            other => {
                let did = self.deed(other);
                self.did.extend(did);
            }
        }
    }

    /// Writes the line of whoever has run; code outside of steps has one only if it did something.
    fn flush(&mut self, at: f64, end: &str) {
        if end.is_empty() && self.did.is_empty() || self.who == MAIN_DONE {
            return;
        }
        let did = std::mem::take(&mut self.did).join(", ");
        let (turn, who, ms) = (self.turn, &self.who, at * 1000.0);
        let line = format!("{turn} {ms}ms {who}: {did} > {end}");
        let line = line.replace(":  > ", " > ");
        writeln!(self.lines, "{}", line.trim_end_matches([' ', '>'])).expect("a string takes text");
    }

    fn schedule(&mut self, job: Job, is_timer: bool, via: Via) {
        let name = self.what(job);
        if name == MAIN_DONE {
            return;
        }
        match (job, via) {
            // The spawn was told, and so will be the end of the step that gives way.
            (_, Via::Spawn | Via::Yield) | (Job::SleepOver, _) => {}
            _ if is_timer => self.did.push(format!("set timer {name}")),
            (Job::Step(_) | Job::Wakeup(_), _) => self.did.push(format!("wake {name}")),
            _ => self.did.push(format!("schedule {name}")),
        }
    }

    fn deed(&self, kind: &EventKind) -> Option<String> {
        Some(match kind {
            EventKind::TaskSpawned { task, .. } => format!("spawn {}", self.task(*task)),
            EventKind::HandleCancelled { handle } => format!("drop {}", self.job(*handle)),
            EventKind::CancelRequested { task, accepted, .. } => {
                let refused = if *accepted { "" } else { " (too late)" };
                format!("cancel {}{refused}", self.task(*task))
            }
            EventKind::CancelDelivered { .. } => "CancelledError".to_owned(),
            EventKind::Uncancelled { remaining, .. } => format!("uncancel to {remaining}"),
            EventKind::ResourceChanged { resource, change, .. } => {
                let (kind, name) = self.resources[resource.index()];
                let name = match self.trace.text(name) {
                    "" => format!("{kind:?}"),
                    name => name.to_owned(),
                };
                format!("{name} {}", self.change(*change))
            }
            EventKind::Output { text, .. } => format!("say {:?}", self.trace.text(*text)),
            EventKind::Diagnosed { message, .. } => format!("report {:?}", self.trace.text(*message)),
            EventKind::ClockMoved { why, .. } => format!("{why:?} clock"),
            _ => return None,
        })
    }

    fn change(&self, change: Change) -> String {
        match change {
            Change::Acquired => "acquired".to_owned(),
            Change::Released => "released".to_owned(),
            Change::FlagSet(true) => "set".to_owned(),
            Change::FlagSet(false) => "cleared".to_owned(),
            Change::ItemPut { item } => format!("takes in {}", self.trace.text(item)),
            Change::ItemTaken { index } => format!("gives out #{index}"),
            Change::ItemFinished => "item finished".to_owned(),
            Change::Notified { woken } => format!("notifies {woken}"),
            Change::ChildAdded { task } => format!("has {}", self.task(task)),
            Change::Settled => "settled".to_owned(),
            Change::Closed => "closed".to_owned(),
            Change::PartiesSet(parties) => format!("holds {parties}"),
            Change::Opened => "opened".to_owned(),
            Change::Reserved => "reserved".to_owned(),
            Change::Unreserved => "unreserved".to_owned(),
            Change::StateSet { state } => format!("is {}", self.trace.text(state)),
        }
    }

    fn end(&self, end: &StepEnd) -> String {
        let text = |id: TextId| self.trace.text(id);
        match end {
            StepEnd::Suspended { on } => self.reason(*on),
            StepEnd::Returned { value } => format!("returned {}", text(*value)),
            StepEnd::Raised { error } | StepEnd::CallbackRaised { error } => {
                format!("raised {}", text(*error))
            }
            StepEnd::Cancelled { error } => format!("cancelled {}", text(*error)),
            StepEnd::CallbackDone => "done".to_owned(),
            StepEnd::Nothing => "nothing".to_owned(),
            StepEnd::Refused => "refused".to_owned(),
        }
    }

    fn reason(&self, on: WaitReason) -> String {
        match on {
            WaitReason::Bare => "gives way".to_owned(),
            WaitReason::Other => "fails to wait".to_owned(),
            WaitReason::Task(task) => format!("awaits {}", self.task(task)),
            WaitReason::Sleep { delay, .. } => format!("sleeps {}", self.trace.text(delay)),
            WaitReason::Future(future) => format!("awaits future {}", future.0),
            WaitReason::QueuePut { queue, item } => {
                format!(
                    "waits to put {} into {}",
                    self.trace.text(item),
                    self.resource(queue)
                )
            }
            WaitReason::QueueJoin(queue) => format!("joins {}", self.resource(queue)),
            WaitReason::Gather(resource)
            | WaitReason::Executor(resource)
            | WaitReason::Lock(resource)
            | WaitReason::Event(resource)
            | WaitReason::Condition(resource)
            | WaitReason::Semaphore(resource)
            | WaitReason::Barrier(resource)
            | WaitReason::QueueGet(resource)
            | WaitReason::Group(resource) => format!("waits for {}", self.resource(resource)),
        }
    }

    fn outcome(&self, outcome: &Outcome) -> String {
        match outcome {
            Outcome::Exited { error: None, .. } => "ends".to_owned(),
            Outcome::Exited {
                error: Some(error), ..
            } => format!("ends with {}", self.trace.text(*error)),
            Outcome::Deadlocked { tasks } | Outcome::ThreadsDeadlocked { tasks } => {
                let tasks: Vec<_> = tasks.iter().map(|task| self.task(*task)).collect();
                format!("deadlock of {}", tasks.join(", "))
            }
            Outcome::OutOfBudget { limit, .. } => format!("more than {limit} steps"),
        }
    }

    fn job(&self, handle: HandleId) -> String {
        self.what(self.jobs[handle.index()])
    }

    fn what(&self, job: Job) -> String {
        match job {
            Job::Step(task) | Job::Wakeup(task) => self.task(task).to_owned(),
            Job::SleepOver => "sleep over".to_owned(),
            Job::TimeoutOver(task) => format!("timeout of {}", self.task(task)),
            Job::Callback { name } => format!("callback {}", self.trace.text(name)),
            Job::Library { name } => format!("[{}]", self.trace.text(name)),
        }
    }

    fn task(&self, task: TaskId) -> &str {
        let view = self.trace.tip().task(task);
        view.map_or("nobody", |view| self.trace.text(view.name))
    }

    fn resource(&self, resource: loopscope::trace::ResourceId) -> String {
        let (kind, name) = self.resources[resource.index()];
        match self.trace.text(name) {
            "" => format!("{kind:?}"),
            name => name.to_owned(),
        }
    }
}
