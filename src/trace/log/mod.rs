//! The run as a log: JSON lines that can be compared with what `CPython` does.
//!
//! One record a line, with keys and separators as Python's `json.dumps` writes
//! them. Only what a program can observe is in it: output, tasks with their
//! steps and waits, cancellation, callbacks of the program, and the end. Hidden
//! tasks are left out, and what differs between machines is made equal (see
//! `normal.rs`).

mod normal;

use std::fmt::Write as _;

use super::event::{Budget, EventKind, Job, Outcome, StepEnd, Stream, WaitReason};
use super::ids::{TaskId, TextId};
use super::state::{LastStep, State};
use super::time::Time;
use super::trace::Trace;
use normal::{LineFilter, normal};

/// Characters of a result or exception that are kept.
const VALUE_CHARS: usize = 80;

/// The log of a trace.
pub fn write_log(trace: &Trace) -> String {
    let mut log = Log {
        trace,
        state: State::default(),
        records: String::new(),
        held_spawn: None,
        held_step: None,
        waits: Vec::new(),
        out: Channel::default(),
        err: Channel::default(),
    };
    for event in trace.events() {
        log.before(&event.kind);
        log.state.apply(&event);
        log.after(&event.kind);
    }
    log.finish_output();
    log.records
}

struct Log<'a> {
    trace: &'a Trace,
    state: State,
    records: String,
    /// A spawn is written when it is known whether the task is started at once, and by whom it then is.
    held_spawn: Option<(TaskId, Option<TaskId>)>,
    /// A step is written when it is sure that something ran in it.
    held_step: Option<TaskId>,
    /// The last wait of every task, for the record of a deadlock.
    waits: Vec<Option<String>>,
    out: Channel,
    err: Channel,
}

/// What was written to one stream since its last whole line.
#[derive(Default)]
struct Channel {
    partial: String,
    filter: LineFilter,
}

/// A value in a record.
enum Value<'a> {
    Text(&'a str),
    Null,
    Number(i64),
}

impl Log<'_> {
    /// What must be said before the fold moves on.
    fn before(&mut self, kind: &EventKind) {
        if !matches!(
            kind,
            EventKind::HandleScheduled { .. } | EventKind::StepBegan { .. }
        ) {
            self.spawned();
        }
        if let Some(task) = self.held_step.take()
            && !matches!(
                kind,
                EventKind::StepEnded {
                    end: StepEnd::Nothing | StepEnd::Refused
                }
            )
        {
            let name = self.name(task);
            self.record("step", &[("task", Value::Text(&name))]);
        }
        if matches!(kind, EventKind::RunEnded { .. }) {
            self.finish_output();
        }
    }

    fn after(&mut self, kind: &EventKind) {
        match kind {
            EventKind::Output {
                stream,
                text,
                complete,
                ..
            } => self.output(*stream, *text, *complete),
            EventKind::TaskSpawned {
                task,
                parent,
                hidden: false,
                ..
            } => self.held_spawn = Some((*task, *parent)),
            EventKind::CancelRequested {
                task, accepted: true, ..
            } if !self.is_hidden(*task) => {
                let (name, by) = (
                    self.name(*task),
                    self.state.running_task().map(|by| self.name(by)),
                );
                self.record(
                    "cancel",
                    &[("task", Value::Text(&name)), ("by", Value::maybe(by.as_deref()))],
                );
            }
            EventKind::StepBegan { .. } => self.step_began(),
            EventKind::StepEnded { end } => self.step_ended(end),
            EventKind::RunEnded { outcome } => self.ended(outcome),
            _ => {}
        }
    }

    /// Writes the spawn that was held back.
    fn spawned(&mut self) {
        if let Some((task, by)) = self.held_spawn.take() {
            let (name, by) = (self.name(task), by.map(|by| self.name(by)));
            self.record(
                "spawn",
                &[("task", Value::Text(&name)), ("by", Value::maybe(by.as_deref()))],
            );
        }
    }

    fn step_began(&mut self) {
        // An eager task is the current one already when it is registered.
        let eager = self.state.seat.as_ref().and_then(LastStep::task);
        if let Some((task, by)) = &mut self.held_spawn
            && Some(*task) == eager
        {
            *by = Some(*task);
        }
        self.spawned();
        match self.state.seat.as_ref().map(|seat| seat.handle.job) {
            Some(Job::Step(task) | Job::Wakeup(task)) if !self.is_hidden(task) => self.held_step = Some(task),
            Some(Job::Callback { name }) => {
                let name = normal(self.trace.text(name), &self.trace.header().program);
                self.record("cb", &[("name", Value::Text(&name))]);
            }
            _ => {}
        }
    }

    fn step_ended(&mut self, end: &StepEnd) {
        let Some(task) = self.state.seat.as_ref().and_then(LastStep::task) else {
            return;
        };
        if self.is_hidden(task) {
            return;
        }
        let (how, value) = match end {
            StepEnd::Suspended { on } => {
                let on = self.wait(*on);
                let name = self.name(task);
                self.record("wait", &[("task", Value::Text(&name)), ("on", Value::Text(&on))]);
                let place = task.index();
                if self.waits.len() <= place {
                    self.waits.resize(self.state.tasks.len().max(place + 1), None);
                }
                self.waits[place] = Some(on);
                return;
            }
            StepEnd::Returned { value } => ("result", *value),
            StepEnd::Raised { error } => ("exception", *error),
            StepEnd::Cancelled { error } => ("cancelled", *error),
            StepEnd::CallbackDone | StepEnd::CallbackRaised { .. } | StepEnd::Nothing | StepEnd::Refused => {
                return;
            }
        };
        let name = self.name(task);
        let value = normal(self.trace.text(value), &self.trace.header().program);
        let cut: String = value.chars().take(VALUE_CHARS).collect();
        let (name, how, cut) = (Value::Text(&name), Value::Text(how), Value::Text(&cut));
        self.record("done", &[("task", name), ("how", how), ("value", cut)]);
    }

    fn wait(&self, on: WaitReason) -> String {
        let word = match on {
            WaitReason::Bare => "bare",
            WaitReason::Other => "other",
            WaitReason::Task(task) => return format!("task {}", self.name(task)),
            WaitReason::Gather(_) => "gather",
            WaitReason::Executor(_) => "executor",
            WaitReason::Sleep { delay, .. } => return format!("sleep({})", self.trace.text(delay)),
            WaitReason::Lock(_) => "lock",
            WaitReason::Event(_) => "event",
            WaitReason::Condition(_) => "condition",
            WaitReason::Semaphore(_) => "semaphore",
            WaitReason::Barrier(_) => "barrier",
            WaitReason::QueueGet(_) => "queue.get",
            WaitReason::QueuePut { .. } => "queue.put",
            WaitReason::QueueJoin(_) => "queue.join",
            WaitReason::Group(group) => {
                let kind = self.state.resource(group).map(|view| view.kind);
                // CPython's as_completed takes its results out of a queue.
                if kind == Some(super::event::ResourceKind::AsCompleted) {
                    "queue.get"
                } else {
                    "future"
                }
            }
            WaitReason::Future(_) => "future",
        };
        word.to_owned()
    }

    fn output(&mut self, stream: Stream, text: TextId, complete: bool) {
        let (event, channel) = match stream {
            Stream::Out => ("out", &mut self.out),
            Stream::Err => ("err", &mut self.err),
        };
        channel.partial.push_str(self.trace.text(text));
        if complete {
            let line = channel.take_line(&self.trace.header().program);
            self.line(event, line.as_deref());
        }
    }

    /// A last line without an end still counts.
    fn finish_output(&mut self) {
        let program = &self.trace.header().program;
        for (event, channel) in [("out", &mut self.out), ("err", &mut self.err)] {
            if !channel.partial.is_empty() {
                let line = channel.take_line(program);
                self.records.extend(
                    line.map(|line| record(self.state.clock, event, &[("text", Value::Text(&line))])),
                );
            }
        }
    }

    fn line(&mut self, event: &str, line: Option<&str>) {
        if let Some(line) = line {
            self.record(event, &[("text", Value::Text(line))]);
        }
    }

    fn ended(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Exited { code, error } => {
                let program = &self.trace.header().program;
                let error = error.map(|error| normal(self.trace.text(error), program));
                let code = Value::Number(i64::from(*code));
                self.record(
                    "exit",
                    &[("code", code), ("error", Value::maybe(error.as_deref()))],
                );
            }
            Outcome::Deadlocked { tasks } | Outcome::ThreadsDeadlocked { tasks } => {
                let place = if matches!(outcome, Outcome::Deadlocked { .. }) {
                    "loop"
                } else {
                    "thread"
                };
                let waits = |task: TaskId| self.waits.get(task.index()).and_then(Option::as_deref);
                let tasks: Vec<String> = tasks
                    .iter()
                    .filter(|task| !self.is_hidden(**task))
                    .map(|task| {
                        let mut entry = String::from("{");
                        field(&mut entry, "task", &Value::Text(&self.name(*task)));
                        entry.push_str(", ");
                        field(&mut entry, "on", &Value::maybe(waits(*task)));
                        entry + "}"
                    })
                    .collect();
                let head = record(self.state.clock, "deadlock", &[("where", Value::Text(place))]);
                self.records.extend([
                    head.trim_end_matches("}\n"),
                    ", \"tasks\": [",
                    &tasks.join(", "),
                    "]}\n",
                ]);
            }
            Outcome::OutOfBudget { budget, limit, .. } => {
                let what = match budget {
                    Budget::Steps => "steps",
                    Budget::Lines => "lines",
                    Budget::Output => "output",
                    Budget::Events => "events",
                    Budget::Memory => "memory",
                };
                let limit = Value::Number(i64::try_from(*limit).unwrap_or(i64::MAX));
                self.record("limit", &[("what", Value::Text(what)), ("limit", limit)]);
            }
        }
    }

    fn is_hidden(&self, task: TaskId) -> bool {
        self.state.task(task).is_none_or(|view| view.hidden)
    }

    /// The name of a task at this moment.
    fn name(&self, task: TaskId) -> String {
        let name = self
            .state
            .task(task)
            .map_or("", |view| self.trace.text(view.name));
        normal(name, &self.trace.header().program)
    }

    fn record(&mut self, event: &str, fields: &[(&str, Value<'_>)]) {
        self.records.push_str(&record(self.state.clock, event, fields));
    }
}

impl Channel {
    /// The line that is complete now, as the log shows it.
    fn take_line(&mut self, program: &str) -> Option<String> {
        let line = std::mem::take(&mut self.partial);
        self.filter
            .feed(&line, program)
            .map(|line| normal(&line, program))
    }
}

impl<'a> Value<'a> {
    fn maybe(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }
}

fn record(at: Time, event: &str, fields: &[(&str, Value<'_>)]) -> String {
    let mut line = format!("{{\"t\": {}, \"ev\": \"{event}\"", seconds_repr(at));
    for (key, value) in fields {
        line.push_str(", ");
        field(&mut line, key, value);
    }
    line + "}\n"
}

fn field(line: &mut String, key: &str, value: &Value<'_>) {
    // Writing into a string cannot fail.
    let _ = match value {
        Value::Text(text) => write!(line, "\"{key}\": {}", serde_json::Value::from(*text)),
        Value::Null => write!(line, "\"{key}\": null"),
        Value::Number(number) => write!(line, "\"{key}\": {number}"),
    };
}

/// The moment in seconds, rounded to the microsecond, as Python's `repr` of a float writes it.
#[expect(
    clippy::cast_precision_loss,
    reason = "the same division of doubles that the reference does"
)]
fn seconds_repr(at: Time) -> String {
    let text = format!("{:?}", at.micros() as f64 / 1e6);
    // Both languages print the shortest digits and change to exponents at the same sizes, but
    // Python writes at least two digits of the exponent.
    match text.split_once("e-") {
        Some((digits, exponent)) if exponent.len() == 1 => format!("{digits}e-0{exponent}"),
        _ => text,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
