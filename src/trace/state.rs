//! The world at a cursor: a pure fold over events.
//!
//! [`State::apply`] is the only writer. It believes every event and never
//! panics: ids that do not exist are passed over, because whoever wants to know
//! whether a trace is sensible asks the validator, and a picture of a damaged
//! trace is better than none.

use std::collections::VecDeque;

use super::event::{
    Change, Event, EventKind, Frame, Job, Outcome, ResourceKind, Settled, StepEnd, Via, WaitReason,
};
use super::ids::{FutureId, HandleId, Line, ResourceId, TaskId, TextId};
use super::time::Time;

/// The state of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// In the ready queue, or just created.
    Ready,
    /// Its code runs.
    Running,
    /// Suspended until something named happens.
    Waiting(WaitReason),
    /// Returned.
    Finished,
    /// Raised.
    Failed,
    /// Ended by `CancelledError`.
    Cancelled,
}

impl TaskState {
    /// Whether nothing can happen to the task any more.
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Finished | Self::Failed | Self::Cancelled)
    }

    /// What the task waits on.
    pub const fn waits_on(self) -> Option<WaitReason> {
        match self {
            Self::Waiting(reason) => Some(reason),
            Self::Ready | Self::Running | Self::Finished | Self::Failed | Self::Cancelled => None,
        }
    }
}

/// One task.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskView {
    /// Its id.
    pub id: TaskId,
    /// Its name.
    pub name: TextId,
    /// Qualified name of its coroutine.
    pub coroutine: TextId,
    /// The task that created it.
    pub parent: Option<TaskId>,
    /// Line of the program that created it.
    pub line: Line,
    /// Part of the loop's own clean-up.
    pub hidden: bool,
    /// Its state.
    pub state: TaskState,
    /// Event since which it is in this state.
    pub since: u32,
    /// Why it is ready; kept after it runs.
    pub woken: Via,
    /// Step in which it was woken (0: before the first).
    pub woken_in: u32,
    /// Requests to cancel that were not taken back.
    pub cancel_requests: u32,
    /// Whether a request was made and `CancelledError` has not been thrown yet.
    pub cancel_pending: bool,
    /// Its await chain when it was last at rest, outermost first.
    pub stack: Vec<FrameView>,
    /// Bounded `repr` of its result or exception.
    pub value: TextId,
}

impl TaskView {
    /// Line where the task is at rest: of the innermost frame of the program.
    pub fn rest_line(&self) -> Line {
        self.stack.last().map_or(0, |frame| frame.frame.line)
    }
}

/// One frame of an await chain.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameView {
    /// Function and line.
    pub frame: Frame,
    /// Local variables: name, bounded `repr`, and the event that set it last.
    pub locals: Vec<(TextId, TextId, u32)>,
}

/// A handle that waits in the ready queue or the timer heap, or that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandleView {
    /// Its id.
    pub id: HandleId,
    /// What it will do.
    pub job: Job,
    /// Deadline, for a timer.
    pub due: Option<Time>,
    /// What made it happen.
    pub via: Via,
    /// Step that scheduled it (0: before the first).
    pub by_step: u32,
    /// The task that was running then.
    pub by_task: Option<TaskId>,
    /// Line of the program that was running then, or 0.
    pub line: Line,
    /// Turn in which it joined the ready queue.
    pub turn: u32,
}

/// An item of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Bounded `repr`.
    pub text: TextId,
    /// Step in which it was put.
    pub step: u32,
}

/// One resource.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceView {
    /// Its id.
    pub id: ResourceId,
    /// What it is.
    pub kind: ResourceKind,
    /// The name it was first bound to, or empty.
    pub name: TextId,
    /// Line that created it.
    pub line: Line,
    /// Greatest number of items or parties; 0 when unlimited.
    pub capacity: u32,
    /// Permits left (semaphore), flag (event), unfinished items (queue), parties inside (barrier).
    pub value: i64,
    /// The resource it is part of.
    pub part_of: Option<ResourceId>,
    /// Tasks that hold it. Exact for a lock. For a semaphore: who acquired and has not released,
    /// where a release by somebody else is booked on the longest holder.
    pub holders: Vec<TaskId>,
    /// Items of a queue in the order in which they were put.
    pub items: VecDeque<Item>,
    /// Items taken in the current step.
    pub taken: Vec<Item>,
    /// Children of a gather, wait or group.
    pub children: Vec<TaskId>,
    /// Whether a group has what it waited for, or a queue or barrier was closed.
    pub closed: bool,
    /// Step of the last change.
    pub changed_in: u32,
}

/// A future that the program can see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FutureView {
    /// Its id.
    pub id: FutureId,
    /// The name it was first bound to, or empty.
    pub name: TextId,
    /// Line that created it.
    pub line: Line,
    /// How it was settled, if it was.
    pub settled: Option<Settled>,
    /// Bounded `repr` of its result or exception.
    pub value: TextId,
}

/// The step that came to rest last, or that is running.
#[derive(Clone, Debug, PartialEq)]
pub struct LastStep {
    /// The handle that ran.
    pub handle: HandleView,
    /// Lines of the program that ran, in the order in which they first ran.
    pub lines: Vec<Line>,
    /// How it ended; `None` while it runs.
    pub end: Option<StepEnd>,
}

impl LastStep {
    /// The task that ran, unless it was a callback.
    pub const fn task(&self) -> Option<TaskId> {
        self.handle.job.task()
    }
}

/// The world at a cursor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Virtual time.
    pub clock: Time,
    /// Turns begun.
    pub turn: u32,
    /// Steps begun.
    pub step: u32,
    /// The step that runs or has just ended: who is in the seat.
    pub seat: Option<LastStep>,
    /// Steps around the running one (a task that was started eagerly runs inside another).
    pub outer: Vec<LastStep>,
    /// The ready queue, next first.
    pub ready: VecDeque<HandleView>,
    /// The timers, next first.
    pub timers: Vec<HandleView>,
    /// All tasks in the order of creation.
    pub tasks: Vec<TaskView>,
    /// All resources in the order of creation.
    pub resources: Vec<ResourceView>,
    /// All futures of the program in the order of creation.
    pub futures: Vec<FutureView>,
    /// Number of pieces of output so far.
    pub outputs: u32,
    /// How the run ended.
    pub outcome: Option<Outcome>,
    handles: u32,
}

impl State {
    /// The task with this id.
    pub fn task(&self, id: TaskId) -> Option<&TaskView> {
        self.tasks.get(id.index())
    }

    /// The resource with this id.
    pub fn resource(&self, id: ResourceId) -> Option<&ResourceView> {
        self.resources.get(id.index())
    }

    /// The future with this id.
    pub fn future(&self, id: FutureId) -> Option<&FutureView> {
        self.futures.get(id.index())
    }

    /// The task whose step runs or has just ended.
    pub fn seat_task(&self) -> Option<TaskId> {
        self.seat.as_ref().and_then(LastStep::task)
    }

    /// The tasks for which `waits` holds of their wait reason, longest waiting first.
    pub fn waiters(&self, waits: impl Fn(WaitReason) -> bool) -> Vec<&TaskView> {
        let mut found: Vec<&TaskView> =
            self.tasks.iter().filter(|task| task.state.waits_on().is_some_and(&waits)).collect();
        found.sort_by_key(|task| task.since);
        found
    }

    /// The task that a timer will wake: the one that sleeps on it, or whose time it limits.
    pub fn timer_task(&self, timer: &HandleView) -> Option<TaskId> {
        match timer.job {
            Job::Step(task) | Job::Wakeup(task) | Job::TimeoutOver(task) => Some(task),
            Job::SleepOver => self
                .tasks
                .iter()
                .find(|task| {
                    matches!(task.state.waits_on(), Some(WaitReason::Sleep { timer: on, .. }) if on == timer.id)
                })
                .map(|task| task.id),
            Job::Callback { .. } | Job::Library { .. } => None,
        }
    }

    /// A measure of how much a copy costs, in events.
    pub(super) fn weight(&self) -> u32 {
        let things = self.tasks.len() * 4 + self.resources.len() * 2 + self.ready.len() + self.timers.len();
        u32::try_from(things + self.futures.len()).unwrap_or(u32::MAX)
    }

    /// Moves on by one event.
    pub fn apply(&mut self, event: &Event) {
        match &event.kind {
            EventKind::TurnBegan => self.turn += 1,
            EventKind::ClockMoved { by, .. } => self.clock = self.clock.plus(*by),
            EventKind::StepBegan { handle } => self.begin_step(*handle, event.seq),
            EventKind::StepEnded { end } => self.end_step(end, event.seq),
            EventKind::TaskSpawned { task, name, coroutine, line, parent, hidden } => {
                self.tasks.push(TaskView {
                    id: *task,
                    name: *name,
                    coroutine: *coroutine,
                    parent: *parent,
                    line: *line,
                    hidden: *hidden,
                    state: TaskState::Ready,
                    since: event.seq,
                    woken: Via::Spawn,
                    woken_in: self.step,
                    cancel_requests: 0,
                    cancel_pending: false,
                    stack: Vec::new(),
                    value: TextId::EMPTY,
                });
            }
            EventKind::TaskRenamed { task, name } => self.with_task(*task, |view| view.name = *name),
            EventKind::StackSeen { task, frames, fresh_from } => {
                self.with_task(*task, |view| see_stack(view, frames, *fresh_from as usize));
            }
            EventKind::LocalChanged { task, frame, name, value } => {
                self.with_task(*task, |view| change_local(view, *frame as usize, *name, *value, event.seq));
            }
            EventKind::LinesRan { lines } => {
                if let Some(seat) = self.seat.as_mut().filter(|seat| seat.end.is_none()) {
                    seat.lines.clone_from(lines);
                }
            }
            EventKind::FutureCreated { future, name, line } => self.futures.push(FutureView {
                id: *future,
                name: *name,
                line: *line,
                settled: None,
                value: TextId::EMPTY,
            }),
            EventKind::FutureSettled { future, how, value } => {
                if let Some(view) = self.futures.get_mut(future.index()) {
                    view.settled = Some(*how);
                    view.value = *value;
                }
            }
            EventKind::HandleScheduled { job, due, via, line } => {
                self.schedule(*job, *due, *via, *line, event.seq);
            }
            EventKind::HandleCancelled { handle } => {
                self.ready.retain(|entry| entry.id != *handle);
                self.timers.retain(|entry| entry.id != *handle);
            }
            EventKind::TimerFired { handle } => {
                if let Some(place) = self.timers.iter().position(|entry| entry.id == *handle) {
                    let mut fired = self.timers.remove(place);
                    fired.turn = self.turn;
                    self.ready.push_back(fired);
                }
            }
            EventKind::CancelRequested { task, accepted, .. } => {
                if *accepted {
                    self.with_task(*task, |view| {
                        view.cancel_requests += 1;
                        view.cancel_pending = true;
                    });
                }
            }
            EventKind::CancelDelivered { task } => self.with_task(*task, |view| view.cancel_pending = false),
            EventKind::Uncancelled { task, remaining } => {
                self.with_task(*task, |view| view.cancel_requests = *remaining);
            }
            EventKind::ResourceCreated { resource, kind, name, line, capacity, value, part_of } => {
                self.resources.push(ResourceView {
                    id: *resource,
                    kind: *kind,
                    name: *name,
                    line: *line,
                    capacity: *capacity,
                    value: *value,
                    part_of: *part_of,
                    holders: Vec::new(),
                    items: VecDeque::new(),
                    taken: Vec::new(),
                    children: Vec::new(),
                    closed: false,
                    changed_in: self.step,
                });
            }
            EventKind::ResourceChanged { resource, change, .. } => {
                let (step, by) = (self.step, self.running_task());
                if let Some(view) = self.resources.get_mut(resource.index()) {
                    view.change(*change, by, step);
                }
            }
            EventKind::Output { .. } => self.outputs += 1,
            EventKind::Diagnosed { .. } => {}
            EventKind::RunEnded { outcome } => self.outcome = Some(outcome.clone()),
        }
    }

    fn running_task(&self) -> Option<TaskId> {
        self.seat.as_ref().filter(|seat| seat.end.is_none()).and_then(LastStep::task)
    }

    fn with_task(&mut self, id: TaskId, change: impl FnOnce(&mut TaskView)) {
        if let Some(view) = self.tasks.get_mut(id.index()) {
            change(view);
        }
    }

    /// Transition 2.
    fn begin_step(&mut self, id: HandleId, seq: u32) {
        let Some(place) = self.ready.iter().position(|entry| entry.id == id) else { return };
        let Some(handle) = self.ready.remove(place) else { return };
        self.step += 1;
        let begun = LastStep { handle, lines: Vec::new(), end: None };
        if let Some(seat) = self.seat.replace(begun).filter(|seat| seat.end.is_none()) {
            self.outer.push(seat);
        }
        for resource in self.resources.iter_mut().filter(|resource| !resource.taken.is_empty()) {
            resource.taken.clear();
        }
        if let Some(task) = handle.job.task() {
            self.with_task(task, |view| {
                if !view.state.is_done() {
                    view.state = TaskState::Running;
                    view.since = seq;
                }
            });
        }
    }

    /// Transitions 3, 4 and 5.
    fn end_step(&mut self, end: &StepEnd, seq: u32) {
        let Some(seat) = self.seat.as_mut() else { return };
        if seat.end.is_some() {
            // An inner step ended before; this is the end of the one around it.
            let Some(outer) = self.outer.pop() else { return };
            *seat = outer;
        }
        seat.end = Some(end.clone());
        let Some(task) = seat.task() else { return };
        let (state, value) = match end {
            // The `HandleScheduled` that puts the task back in line came just before.
            StepEnd::Suspended { on: WaitReason::Bare | WaitReason::Other } => (TaskState::Ready, None),
            StepEnd::Suspended { on } => (TaskState::Waiting(*on), None),
            StepEnd::Returned { value } => (TaskState::Finished, Some(*value)),
            StepEnd::Raised { error } => (TaskState::Failed, Some(*error)),
            StepEnd::Cancelled { error } => (TaskState::Cancelled, Some(*error)),
            StepEnd::CallbackDone | StepEnd::CallbackRaised { .. } | StepEnd::Nothing => return,
        };
        let in_line = self.ready.iter().any(|entry| entry.job.task() == Some(task));
        self.with_task(task, |view| {
            // What it waits on may have been settled before it came to rest.
            view.state = if in_line && !state.is_done() { TaskState::Ready } else { state };
            view.since = seq;
            if let Some(value) = value {
                view.value = value;
                view.stack.clear();
                view.cancel_pending = false;
            }
        });
    }

    /// Transition 6, when the handle resumes a task.
    fn schedule(&mut self, job: Job, due: Option<Time>, via: Via, line: Line, seq: u32) {
        self.handles += 1;
        let entry = HandleView {
            id: HandleId(self.handles),
            job,
            due,
            via,
            by_step: self.step,
            by_task: self.running_task(),
            line,
            turn: self.turn,
        };
        if due.is_some() {
            let place = self.timers.partition_point(|other| timer_order(other) <= timer_order(&entry));
            self.timers.insert(place, entry);
            return;
        }
        self.ready.push_back(entry);
        let step = self.step;
        if let Some(task) = job.task() {
            self.with_task(task, |view| {
                view.woken = via;
                view.woken_in = step;
                if matches!(view.state, TaskState::Waiting(_)) {
                    view.state = TaskState::Ready;
                    view.since = seq;
                }
            });
        }
    }
}

/// Timers of one microsecond stand in the order of scheduling.
fn timer_order(timer: &HandleView) -> (u64, HandleId) {
    (timer.due.map_or(0, Time::micros), timer.id)
}

fn see_stack(view: &mut TaskView, frames: &[Frame], fresh_from: usize) {
    view.stack.truncate(fresh_from.min(frames.len()));
    for (index, frame) in frames.iter().enumerate() {
        match view.stack.get_mut(index) {
            Some(known) => known.frame = *frame,
            None => view.stack.push(FrameView { frame: *frame, locals: Vec::new() }),
        }
    }
}

fn change_local(view: &mut TaskView, frame: usize, name: TextId, value: Option<TextId>, seq: u32) {
    let Some(frame) = view.stack.get_mut(frame) else { return };
    let known = frame.locals.iter().position(|(other, ..)| *other == name);
    match (known, value) {
        (Some(place), Some(value)) => frame.locals[place] = (name, value, seq),
        (None, Some(value)) => frame.locals.push((name, value, seq)),
        (Some(place), None) => drop(frame.locals.remove(place)),
        (None, None) => {}
    }
}

impl ResourceView {
    /// The name, kind aside, or empty; whether it counts permits.
    pub const fn is_semaphore(&self) -> bool {
        matches!(self.kind, ResourceKind::Semaphore | ResourceKind::BoundedSemaphore)
    }

    fn change(&mut self, change: Change, by: Option<TaskId>, step: u32) {
        self.changed_in = step;
        match change {
            Change::Acquired => {
                self.holders.extend(by);
                if self.is_semaphore() {
                    self.value -= 1;
                }
            }
            Change::Released => {
                let place = self.holders.iter().position(|holder| Some(*holder) == by).unwrap_or(0);
                if place < self.holders.len() {
                    self.holders.remove(place);
                }
                if self.is_semaphore() {
                    self.value += 1;
                }
            }
            Change::FlagSet(flag) => self.value = i64::from(flag),
            Change::ItemPut { item } => {
                self.items.push_back(Item { text: item, step });
                self.value += 1;
            }
            Change::ItemTaken { index } => self.taken.extend(self.items.remove(index as usize)),
            Change::ItemFinished => self.value -= 1,
            Change::Notified { .. } => {}
            Change::ChildAdded { task } => self.children.push(task),
            Change::Settled | Change::Closed => self.closed = true,
            Change::PartiesSet(parties) => self.value = i64::from(parties),
        }
    }
}
