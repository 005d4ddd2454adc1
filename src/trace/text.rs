//! A trace as text, one stable line an event, for goldens and bug reports.
//!
//! A line has the sequence number, the time, who was running, and the fact:
//!
//! ```text
//!   14       1s t1  h3 timer 2s: sleep over (call) line 11
//! ```
//!
//! Ids stand as they are (`t1`, `h3`, `r2`), texts in quotes.

use std::fmt::Write as _;

use super::event::{Change, EventKind, Job, Outcome, StepEnd, Stream, Via, WaitReason};
use super::ids::{Line, TextId};
use super::state::State;
use super::trace::Trace;

/// The whole trace, one line an event.
pub fn text(trace: &Trace) -> String {
    let mut state = State::default();
    let (mut lines, mut handles) = (String::new(), 0);
    for event in trace.events() {
        let actor = state
            .running_task()
            .map(|task| task.to_string())
            .or_else(|| state.workers.running().map(|thread| thread.to_string()))
            .unwrap_or_else(|| "-".to_owned());
        state.apply(&event);
        let fact = match &event.kind {
            EventKind::TurnBegan => format!("turn {}", state.turn),
            EventKind::StepBegan { handle } => {
                let job = state
                    .seat
                    .as_ref()
                    .map_or(String::new(), |seat| job(seat.handle.job, trace));
                format!("step {}: {handle} {job}", state.step)
            }
            EventKind::HandleScheduled { .. } => {
                handles += 1;
                format!("h{handles} {}", fact(&event.kind, trace))
            }
            kind => fact(kind, trace),
        };
        // Writing into a string cannot fail.
        let _ = writeln!(
            lines,
            "{:>4} {:>8} {actor:<3} {fact}",
            event.seq,
            event.at.to_string()
        );
    }
    lines
}

#[expect(
    clippy::too_many_lines,
    reason = "a table: one arm for each kind of event, nothing shared"
)]
fn fact(kind: &EventKind, trace: &Trace) -> String {
    let quoted = |id: &TextId| format!("{:?}", trace.text(*id));
    match kind {
        EventKind::TurnBegan => "turn".to_owned(),
        EventKind::ClockMoved { by, why } => format!("clock +{by} {}", lower(why)),
        EventKind::StepBegan { handle } => format!("step {handle}"),
        EventKind::StepEnded { end } => step_end(end, trace),
        EventKind::TaskSpawned {
            task,
            name,
            coroutine,
            line,
            parent,
            hidden,
        } => {
            let parent = parent.map_or(String::new(), |parent| format!(" by {parent}"));
            let hidden = if *hidden { " hidden" } else { "" };
            format!(
                "spawned {task} {} of {}{parent}{hidden}{}",
                quoted(name),
                trace.text(*coroutine),
                at(*line)
            )
        }
        EventKind::TaskRenamed { task, name } => format!("renamed {task} {}", quoted(name)),
        EventKind::StackSeen {
            task,
            frames,
            fresh_from,
        } => {
            let frames: Vec<String> = frames
                .iter()
                .map(|frame| format!("{}:{}", trace.text(frame.function), frame.line))
                .collect();
            format!("stack {task} [{}] fresh from {fresh_from}", frames.join(" > "))
        }
        EventKind::LocalChanged {
            task,
            frame,
            name,
            value,
        } => {
            let value = value.as_ref().map_or_else(|| "gone".to_owned(), quoted);
            format!("local {task}.{frame} {} = {value}", trace.text(*name))
        }
        EventKind::LinesRan { lines } => format!("lines {lines:?}"),
        EventKind::FutureCreated { future, name, line } => {
            format!("future {future} {}{}", quoted(name), at(*line))
        }
        EventKind::FutureSettled { future, how, value } => {
            format!("settled {future} {} {}", lower(how), quoted(value))
        }
        EventKind::HandleScheduled {
            job: what,
            due,
            via: how,
            line,
        } => {
            let queue = due.map_or_else(|| "ready".to_owned(), |due| format!("timer {due}"));
            format!("{queue}: {} ({}){}", job(*what, trace), via(*how), at(*line))
        }
        EventKind::HandleCancelled { handle } => format!("handle cancelled {handle}"),
        EventKind::TimerFired { handle } => format!("timer fired {handle}"),
        EventKind::CancelRequested {
            task,
            accepted,
            message,
            line,
        } => {
            let accepted = if *accepted { "" } else { " in vain" };
            let message = message
                .as_ref()
                .map_or(String::new(), |message| format!(" {}", quoted(message)));
            format!("cancel {task}{message}{accepted}{}", at(*line))
        }
        EventKind::CancelDelivered { task } => format!("cancel delivered {task}"),
        EventKind::Uncancelled { task, remaining } => format!("uncancelled {task}, {remaining} left"),
        EventKind::ResourceCreated {
            resource,
            kind,
            name,
            line,
            capacity,
            value,
            part_of,
        } => {
            let part_of = part_of.map_or(String::new(), |whole| format!(" of {whole}"));
            let (kind, name) = (kind.word(), quoted(name));
            format!(
                "{kind} {resource} {name} capacity {capacity} value {value}{part_of}{}",
                at(*line)
            )
        }
        EventKind::ResourceChanged {
            resource,
            change: what,
            line,
        } => {
            format!("{resource} {}{}", change(*what, trace), at(*line))
        }
        EventKind::Output {
            stream,
            text,
            complete,
            line,
        } => {
            let stream = match stream {
                Stream::Out => "out",
                Stream::Err => "err",
            };
            let open = if *complete { "" } else { " unfinished" };
            format!("{stream} {}{open}{}", quoted(text), at(*line))
        }
        EventKind::Diagnosed {
            diagnosis,
            line,
            column,
            message,
        } => {
            let column = if *column == 0 {
                String::new()
            } else {
                format!(":{column}")
            };
            format!("{} {}{}{column}", lower(diagnosis), quoted(message), at(*line))
        }
        EventKind::RunEnded { outcome } => ended(outcome, trace),
        EventKind::ThreadStarted { thread, name, line } => {
            format!("{thread} {} started{}", quoted(name), at(*line))
        }
        EventKind::ThreadResumed { thread } => format!("{thread} runs"),
        EventKind::ThreadRested { thread, on: Some(on) } => {
            format!("{thread} waits for {}", quoted(on))
        }
        EventKind::ThreadRested { thread, on: None } => format!("{thread} ended"),
        EventKind::JobQueued {
            job,
            pool,
            function,
            line,
        } => format!("{job} {} for {pool}{}", quoted(function), at(*line)),
        EventKind::JobBegan { job } => format!("{job} began"),
        EventKind::JobEnded { job, how } => format!("{job} ended: {}", lower(how)),
    }
}

fn at(line: Line) -> String {
    if line == 0 {
        String::new()
    } else {
        format!(" line {line}")
    }
}

/// A variant without fields, in words.
fn lower(variant: &impl std::fmt::Debug) -> String {
    let mut words = String::new();
    for letter in format!("{variant:?}").chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

fn step_end(end: &StepEnd, trace: &Trace) -> String {
    let text = |id: &TextId| trace.text(*id);
    match end {
        StepEnd::Suspended { on } => format!("waits {}", wait(*on, trace)),
        StepEnd::Returned { value } => format!("returned {}", text(value)),
        StepEnd::Raised { error } => format!("raised {}", text(error)),
        StepEnd::Cancelled { error } => format!("cancelled {}", text(error)),
        StepEnd::CallbackDone => "callback done".to_owned(),
        StepEnd::CallbackRaised { error } => format!("callback raised {}", text(error)),
        StepEnd::Nothing => "nothing ran".to_owned(),
        StepEnd::Refused => "cannot run".to_owned(),
    }
}

fn wait(on: WaitReason, trace: &Trace) -> String {
    match on {
        WaitReason::Bare => "bare".to_owned(),
        WaitReason::Other => "other".to_owned(),
        WaitReason::Task(task) => format!("task {task}"),
        WaitReason::Gather(id) => format!("gather {id}"),
        WaitReason::Executor(id) => format!("executor {id}"),
        WaitReason::Sleep { delay, timer } => format!("sleep({}) {timer}", trace.text(delay)),
        WaitReason::Lock(id) => format!("lock {id}"),
        WaitReason::Event(id) => format!("event {id}"),
        WaitReason::Condition(id) => format!("condition {id}"),
        WaitReason::Semaphore(id) => format!("semaphore {id}"),
        WaitReason::Barrier(id) => format!("barrier {id}"),
        WaitReason::QueueGet(id) => format!("queue.get {id}"),
        WaitReason::QueuePut { queue, item } => format!("queue.put {queue} {:?}", trace.text(item)),
        WaitReason::QueueJoin(id) => format!("queue.join {id}"),
        WaitReason::Group(id) => format!("group {id}"),
        WaitReason::Future(id) => format!("future {id}"),
    }
}

fn job(job: Job, trace: &Trace) -> String {
    match job {
        Job::Step(task) => format!("step {task}"),
        Job::Wakeup(task) => format!("wakeup {task}"),
        Job::SleepOver => "sleep over".to_owned(),
        Job::TimeoutOver(task) => format!("timeout of {task}"),
        Job::Callback { name } => format!("callback {}", trace.text(name)),
        Job::Library { name } => format!("library {}", trace.text(name)),
    }
}

fn via(via: Via) -> String {
    match via {
        Via::Call => "call".to_owned(),
        Via::Spawn => "spawn".to_owned(),
        Via::Yield => "yield".to_owned(),
        Via::SleepOver => "sleep over".to_owned(),
        Via::Future(id) => format!("future {id}"),
        Via::TaskDone(id) => format!("done {id}"),
        Via::Release(id) => format!("release {id}"),
        Via::EventSet(id) => format!("set {id}"),
        Via::Notify(id) => format!("notify {id}"),
        Via::Put(id) => format!("put {id}"),
        Via::Get(id) => format!("get {id}"),
        Via::AllDone(id) => format!("all done {id}"),
        Via::Barrier(id) => format!("barrier {id}"),
        Via::Group(id) => format!("group {id}"),
        Via::Cancel => "cancel".to_owned(),
        Via::Timeout => "timeout".to_owned(),
        Via::Executor(id) => format!("executor {id}"),
        Via::Shutdown(id) => format!("shutdown {id}"),
    }
}

fn change(change: Change, trace: &Trace) -> String {
    match change {
        Change::Acquired => "acquired".to_owned(),
        Change::Released => "released".to_owned(),
        Change::FlagSet(true) => "set".to_owned(),
        Change::FlagSet(false) => "cleared".to_owned(),
        Change::ItemPut { item } => format!("put {:?}", trace.text(item)),
        Change::ItemTaken { index } => format!("took item {index}"),
        Change::ItemFinished => "item finished".to_owned(),
        Change::Notified { woken } => format!("notified {woken}"),
        Change::ChildAdded { task } => format!("child {task}"),
        Change::Settled => "settled".to_owned(),
        Change::Closed => "closed".to_owned(),
        Change::StateSet { state } => format!("is {}", trace.text(state)),
        Change::PartiesSet(parties) => format!("parties {parties}"),
        Change::Opened => "opened".to_owned(),
        Change::Reserved => "permit set aside".to_owned(),
        Change::Unreserved => "permit no more set aside".to_owned(),
    }
}

fn ended(outcome: &Outcome, trace: &Trace) -> String {
    match outcome {
        Outcome::Exited { code, error } => {
            let error = error.map_or(String::new(), |error| format!(" {:?}", trace.text(error)));
            format!("exit {code}{error}")
        }
        Outcome::Deadlocked { tasks } => {
            let tasks: Vec<String> = tasks.iter().map(ToString::to_string).collect();
            format!("deadlock {}", tasks.join(" "))
        }
        Outcome::ThreadsDeadlocked { tasks } => {
            let tasks: Vec<String> = tasks.iter().map(ToString::to_string).collect();
            format!("deadlock of threads {}", tasks.join(" "))
        }
        Outcome::OutOfBudget { budget, limit, line } => {
            format!("out of {} {limit}{}", lower(budget), at(*line))
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::trace::script::lock_handover;

    #[test]
    fn a_lock_changes_hands() {
        insta::assert_snapshot!(text(&lock_handover()), @r#"
         0       0s -   lock r1 "disk" capacity 0 value 0 line 2
         1       0s -   spawned t1 "a" of a line 9
         2       0s -   h1 ready: step t1 (spawn)
         3       0s -   spawned t2 "b" of b line 10
         4       0s -   h2 ready: step t2 (spawn)
         5       0s -   turn 1
         6       0s -   step 1: h1 step t1
         7       0s t1  r1 acquired line 4
         8       0s t1  h3 ready: step t1 (yield) line 4
         9       0s t1  stack t1 [work:7] fresh from 0
        10       0s t1  waits bare
        11       0s -   step 2: h2 step t2
        12       0s t2  stack t2 [work:5] fresh from 0
        13       0s t2  waits lock r1
        14       0s -   turn 2
        15       0s -   step 3: h3 step t1
        16       0s t1  r1 released line 4
        17       0s t1  h4 ready: wakeup t2 (release r1) line 4
        18       0s t1  returned None
        19       0s -   turn 3
        20       0s -   step 4: h4 wakeup t2
        21       0s t2  r1 acquired line 4
        22       0s t2  r1 released line 4
        23       0s t2  returned None
        24       0s -   exit 0
        "#);
    }
}
