//! Traces written by hand, for tests: each method says one thing that a scheduler would say.

use super::event::{
    Change, ClockCause, Event, EventKind, Frame, Job, Outcome, ResourceKind, StepEnd, Via, WaitReason,
};
use super::ids::{HandleId, Line, ResourceId, TaskId, TextId};
use super::packed::Header;
use super::recorder::Recorder;
use super::state::State;
use super::time::Time;
use super::trace::Trace;

/// A trace in the making.
pub(crate) struct Script {
    recorder: Recorder,
    state: State,
    events: u32,
    handles: u32,
}

impl Script {
    pub(crate) fn new() -> Self {
        Self::of("main.py", "")
    }

    /// A run of this program.
    pub(crate) fn of(program: &str, source: &str) -> Self {
        let header = Header {
            program: program.into(),
            source: source.into(),
            ..Header::default()
        };
        Self {
            recorder: Recorder::new(&header),
            state: State::default(),
            events: 0,
            handles: 0,
        }
    }

    pub(crate) fn emit(&mut self, kind: &EventKind) {
        self.recorder.emit(kind);
        self.state.apply(&Event {
            seq: self.events,
            at: self.state.clock,
            kind: kind.clone(),
        });
        self.events += 1;
    }

    pub(crate) fn text(&mut self, text: &str) -> TextId {
        self.recorder.text(text)
    }

    /// A task and the handle of its first step.
    pub(crate) fn spawn(&mut self, name: &str, parent: Option<TaskId>, line: Line) -> (TaskId, HandleId) {
        self.spawn_as(name, parent, line, false)
    }

    pub(crate) fn spawn_hidden(&mut self, name: &str) -> (TaskId, HandleId) {
        self.spawn_as(name, None, 0, true)
    }

    fn spawn_as(
        &mut self,
        name: &str,
        parent: Option<TaskId>,
        line: Line,
        hidden: bool,
    ) -> (TaskId, HandleId) {
        let task = self.recorder.next_task();
        let name = self.text(name);
        self.emit(&EventKind::TaskSpawned {
            task,
            name,
            coroutine: name,
            line,
            parent,
            hidden,
        });
        (task, self.ready(Job::Step(task), Via::Spawn))
    }

    pub(crate) fn ready(&mut self, job: Job, via: Via) -> HandleId {
        self.schedule(job, None, via)
    }

    /// A timer that is due `millis` after now.
    pub(crate) fn timer(&mut self, job: Job, millis: u64) -> HandleId {
        let due = self.state.clock.plus(Time(millis * 1_000_000));
        self.schedule(job, Some(due), Via::Call)
    }

    fn schedule(&mut self, job: Job, due: Option<Time>, via: Via) -> HandleId {
        let line = self.state.running_task().map_or(0, |_| 4);
        self.emit(&EventKind::HandleScheduled { job, due, via, line });
        self.handles += 1;
        HandleId(self.handles)
    }

    pub(crate) fn turn(&mut self) {
        self.emit(&EventKind::TurnBegan);
    }

    /// The clock jumps on; the timers that are due then fire and are the result.
    pub(crate) fn pass(&mut self, millis: u64) -> Vec<HandleId> {
        let mut fired = Vec::new();
        self.emit(&EventKind::ClockMoved {
            by: Time(millis * 1_000_000),
            why: ClockCause::Idle,
        });
        while let Some(timer) = self.state.timers.front()
            && timer
                .due
                .is_some_and(|due| due.micros() <= self.state.clock.micros())
        {
            let handle = timer.id;
            self.emit(&EventKind::TimerFired { handle });
            fired.push(handle);
        }
        fired
    }

    pub(crate) fn begin(&mut self, handle: HandleId) {
        self.emit(&EventKind::StepBegan { handle });
    }

    fn end(&mut self, end: StepEnd) {
        self.emit(&EventKind::StepEnded { end });
    }

    pub(crate) fn suspend(&mut self, task: TaskId, line: Line, on: WaitReason) {
        let function = self.text("work");
        self.emit(&EventKind::StackSeen {
            task,
            frames: vec![Frame { function, line }],
            fresh_from: 0,
        });
        self.end(StepEnd::Suspended { on });
    }

    /// The task sleeps; its timer is the result.
    pub(crate) fn sleep(&mut self, task: TaskId, millis: u64, line: Line) -> HandleId {
        let timer = self.timer(Job::SleepOver, millis);
        let seconds = Time(millis * 1_000_000).to_string();
        let delay = self.text(seconds.trim_end_matches('s'));
        self.suspend(task, line, WaitReason::Sleep { delay, timer });
        timer
    }

    /// The callback of a sleep runs and wakes the sleeper.
    pub(crate) fn wake_sleeper(&mut self, timer: HandleId, task: TaskId) -> HandleId {
        self.begin(timer);
        let woken = self.ready(Job::Wakeup(task), Via::SleepOver);
        self.end(StepEnd::CallbackDone);
        woken
    }

    pub(crate) fn gives_way(&mut self, task: TaskId) -> HandleId {
        let next = self.ready(Job::Step(task), Via::Yield);
        self.suspend(task, 7, WaitReason::Bare);
        next
    }

    pub(crate) fn cancel(&mut self, task: TaskId) -> HandleId {
        let timer = match self.state.task(task).and_then(|view| view.state.waits_on()) {
            Some(WaitReason::Sleep { timer, .. }) => Some(timer),
            _ => None,
        };
        let woken = self.ready(Job::Wakeup(task), Via::Cancel);
        self.emit(&EventKind::CancelRequested {
            task,
            accepted: true,
            message: None,
            line: 4,
        });
        if let Some(handle) = timer {
            self.emit(&EventKind::HandleCancelled { handle });
        }
        woken
    }

    pub(crate) fn returns(&mut self, value: &str) {
        let value = self.text(value);
        self.end(StepEnd::Returned { value });
    }

    pub(crate) fn raises(&mut self, error: &str) {
        let error = self.text(error);
        self.end(StepEnd::Raised { error });
    }

    pub(crate) fn cancelled(&mut self) {
        let error = self.text("CancelledError()");
        self.end(StepEnd::Cancelled { error });
    }

    pub(crate) fn callback_done(&mut self) {
        self.end(StepEnd::CallbackDone);
    }

    pub(crate) fn resource(
        &mut self,
        kind: ResourceKind,
        name: &str,
        capacity: u32,
        value: i64,
    ) -> ResourceId {
        let resource = self.recorder.next_resource();
        let name = self.text(name);
        self.emit(&EventKind::ResourceCreated {
            resource,
            kind,
            name,
            line: 2,
            capacity,
            value,
            part_of: None,
        });
        resource
    }

    pub(crate) fn change(&mut self, resource: ResourceId, change: Change) {
        self.emit(&EventKind::ResourceChanged {
            resource,
            change,
            line: 4,
        });
    }

    pub(crate) fn exits(self) -> Trace {
        self.finish(Outcome::Exited { code: 0, error: None })
    }

    pub(crate) fn finish(mut self, outcome: Outcome) -> Trace {
        self.emit(&EventKind::RunEnded { outcome });
        self.unfinished()
    }

    pub(crate) fn unfinished(self) -> Trace {
        match Trace::read(&self.recorder.into_bytes()) {
            Ok(trace) => trace,
            Err(error) => panic!("the recorder wrote what no reader reads: {error}"),
        }
    }
}

/// `main` and its child `nap` sleep for one and for two seconds.
pub(crate) fn sleepers() -> Trace {
    let mut script = Script::new();
    let (main, first) = script.spawn("main", None, 9);
    script.turn();
    script.begin(first);
    let (nap, second) = script.spawn("nap", Some(main), 10);
    let short = script.sleep(main, 1000, 11);
    script.turn();
    script.begin(second);
    let long = script.sleep(nap, 2000, 3);
    script.pass(1000);
    script.turn();
    let woken = script.wake_sleeper(short, main);
    script.turn();
    script.begin(woken);
    script.suspend(main, 12, WaitReason::Task(nap));
    script.pass(1000);
    script.turn();
    let woken = script.wake_sleeper(long, nap);
    script.turn();
    script.begin(woken);
    let woken = script.ready(Job::Wakeup(main), Via::TaskDone(nap));
    script.returns("'slept'");
    script.turn();
    script.begin(woken);
    script.returns("None");
    script.exits()
}

/// `a` holds a lock over a yield while `b` waits for it.
pub(crate) fn lock_handover() -> Trace {
    let mut script = Script::new();
    let disk = script.resource(ResourceKind::Lock, "disk", 0, 0);
    let (a, first) = script.spawn("a", None, 9);
    let (b, second) = script.spawn("b", None, 10);
    script.turn();
    script.begin(first);
    script.change(disk, Change::Acquired);
    let next = script.gives_way(a);
    script.begin(second);
    script.suspend(b, 5, WaitReason::Lock(disk));
    script.turn();
    script.begin(next);
    script.change(disk, Change::Released);
    let woken = script.ready(Job::Wakeup(b), Via::Release(disk));
    script.returns("None");
    script.turn();
    script.begin(woken);
    script.change(disk, Change::Acquired);
    script.change(disk, Change::Released);
    script.returns("None");
    script.exits()
}
