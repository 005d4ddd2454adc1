//! The world at a cursor: a pure fold over events.
//!
//! [`State::apply`] is the only writer. It believes every event and never
//! panics: ids that do not exist are passed over, because whoever wants to know
//! whether a trace is sensible asks the validator, and a picture of a damaged
//! trace is better than none.

mod handle;
mod resource;
mod shelf;
mod task;
mod thread;
mod waiting;

use std::collections::VecDeque;

use super::event::{Change, Event, EventKind, Job, Outcome, StepEnd, Via, WaitReason};
use super::ids::{FutureId, HandleId, Line, ResourceId, TaskId, TextId};
use super::sort;
use super::time::Time;

pub use handle::{HandleView, LastStep};
pub use resource::{FutureView, Item, ResourceView};
pub use shelf::Shelf;
pub use task::{Family, FrameView, TaskState, TaskView};
pub use thread::{JobView, ThreadState, ThreadView, Workers};
pub(super) use waiting::alike;

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
    pub timers: VecDeque<HandleView>,
    /// All tasks in the order of creation.
    pub tasks: Shelf<TaskView>,
    /// All resources in the order of creation.
    pub resources: Shelf<ResourceView>,
    /// All futures of the program in the order of creation.
    pub futures: Vec<FutureView>,
    /// Threads besides the main one, and the jobs that they work on.
    pub workers: Workers,
    /// Number of pieces of output so far.
    pub outputs: u32,
    /// How the run ended.
    pub outcome: Option<Outcome>,
    handles: u32,
    /// Resources whose `taken` is not empty.
    taken_from: Vec<ResourceId>,
    waiting: waiting::Waiting,
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
    pub fn waiters(&self, waits: &dyn Fn(WaitReason) -> bool) -> Vec<&TaskView> {
        let mut found: Vec<&TaskView> = Vec::new();
        let mut lines = 0;
        for line in self.waiting.lines(waits) {
            let before = found.len();
            let tasks = line.iter().filter_map(|(_, task)| self.task(*task));
            found.extend(tasks.filter(|task| task.state.waits_on().is_some_and(waits)));
            lines += usize::from(found.len() > before);
        }
        // One line is in order.
        if lines > 1 {
            sort::sort_by_key(&mut found, |task| task.since);
        }
        found
    }

    /// Place of a task among those that wait for the same; 1 has waited longest.
    pub fn place_in_line(&self, task: TaskId) -> Option<usize> {
        let mut line = self.waiting.line(self.task(task)?.state.waits_on()?);
        line.position(|other| other == task).map(|place| place + 1)
    }

    /// The task that a timer will wake: the one that sleeps on it, or whose time it limits.
    pub fn timer_task(&self, timer: &HandleView) -> Option<TaskId> {
        match timer.job {
            Job::Step(task) | Job::Wakeup(task) | Job::TimeoutOver(task) => Some(task),
            Job::SleepOver => {
                let sleeps = |task: &TaskId| {
                    let on = self.task(*task).and_then(|task| task.state.waits_on());
                    matches!(on, Some(WaitReason::Sleep { timer: on, .. }) if on == timer.id)
                };
                let any = WaitReason::Sleep {
                    delay: TextId::EMPTY,
                    timer: timer.id,
                };
                // Whoever set it sleeps on it, unless the program did something out of the ordinary.
                let setter = timer.by_task.filter(sleeps);
                setter.or_else(|| self.waiting.line(any).find(sleeps))
            }
            Job::Callback { .. } | Job::Library { .. } => None,
        }
    }

    /// A measure of how much a copy costs, in events.
    pub(super) fn weight(&self) -> u32 {
        let of_task = |task: &TaskView| {
            4 + task
                .stack
                .iter()
                .map(|frame| 1 + frame.locals.len())
                .sum::<usize>()
        };
        let of_resource = |view: &ResourceView| {
            2 + view.items.len() + view.children.len() + view.holders.len() + view.taken.len()
        };
        let things = self.tasks.iter().map(of_task).sum::<usize>()
            + self.resources.iter().map(of_resource).sum::<usize>()
            + self.ready.len()
            + self.timers.len()
            + self.futures.len()
            + self.workers.threads.len()
            + self.workers.jobs.len();
        u32::try_from(things).unwrap_or(u32::MAX)
    }

    /// Moves on by one event.
    pub fn apply(&mut self, event: &Event) {
        // An inner step has ended: whatever comes now is the doing of the step around it.
        if self.seat.as_ref().is_some_and(|seat| seat.end.is_some())
            && let Some(outer) = self.outer.pop()
        {
            self.seat = Some(outer);
        }
        match &event.kind {
            EventKind::TurnBegan => self.turn += 1,
            EventKind::ClockMoved { by, .. } => self.clock = self.clock.plus(*by),
            EventKind::StepBegan { handle } => self.begin_step(*handle, event.seq),
            EventKind::StepEnded { end } => self.end_step(end, event.seq),
            EventKind::LinesRan { lines } => {
                let by_thread = self.runs_on_top();
                if let Some(seat) = self.seat.as_mut().filter(|seat| seat.end.is_none() && !by_thread) {
                    seat.lines.clone_from(lines);
                }
            }
            EventKind::HandleScheduled { .. }
            | EventKind::HandleCancelled { .. }
            | EventKind::TimerFired { .. } => self.apply_to_handles(event),
            EventKind::TaskSpawned { .. }
            | EventKind::TaskRenamed { .. }
            | EventKind::StackSeen { .. }
            | EventKind::LocalChanged { .. }
            | EventKind::CancelRequested { .. }
            | EventKind::CancelDelivered { .. }
            | EventKind::Uncancelled { .. } => self.apply_to_tasks(event),
            EventKind::FutureCreated { .. }
            | EventKind::FutureSettled { .. }
            | EventKind::ResourceCreated { .. }
            | EventKind::ResourceChanged { .. } => self.apply_to_resources(event),
            EventKind::ThreadStarted { .. }
            | EventKind::ThreadResumed { .. }
            | EventKind::ThreadRested { .. }
            | EventKind::JobQueued { .. }
            | EventKind::JobBegan { .. }
            | EventKind::JobEnded { .. } => {
                let open = self.open_steps();
                self.workers.apply(event, open);
            }
            EventKind::Output { .. } => self.outputs += 1,
            EventKind::Diagnosed { .. } => {}
            EventKind::RunEnded { outcome } => self.outcome = Some(outcome.clone()),
        }
    }

    fn apply_to_tasks(&mut self, event: &Event) {
        match &event.kind {
            EventKind::TaskSpawned { .. } => self.tasks.extend(TaskView::spawned(event, self.step)),
            EventKind::TaskRenamed { task, name } => self.with_task(*task, |view| view.name = *name),
            EventKind::StackSeen {
                task,
                frames,
                fresh_from,
            } => {
                self.with_task(*task, |view| view.see_stack(frames, *fresh_from as usize));
            }
            EventKind::LocalChanged {
                task,
                frame,
                name,
                value,
            } => {
                self.with_task(*task, |view| view.change_local(*frame, *name, *value, event.seq));
            }
            EventKind::CancelRequested {
                task, accepted: true, ..
            } => self.with_task(*task, |view| {
                view.cancel_requests = view.cancel_requests.saturating_add(1);
                view.cancel_pending = true;
            }),
            EventKind::CancelDelivered { task } => {
                self.with_task(*task, |view| view.cancel_pending = false);
            }
            EventKind::Uncancelled { task, remaining } => {
                self.with_task(*task, |view| view.cancel_requests = *remaining);
            }
            _ => {}
        }
    }

    fn apply_to_resources(&mut self, event: &Event) {
        match &event.kind {
            EventKind::FutureCreated { .. } => self.futures.extend(FutureView::created(event)),
            EventKind::FutureSettled { future, how, value } => {
                if let Some(view) = self.futures.get_mut(future.index()) {
                    view.settled = Some(*how);
                    view.value = *value;
                }
            }
            EventKind::ResourceCreated { .. } => {
                self.resources.extend(ResourceView::created(event, self.step));
            }
            EventKind::ResourceChanged { resource, change, .. } => {
                let (step, by) = (self.step, self.running_task());
                if let Some(view) = self.resources.get_mut(resource.index()) {
                    if view.taken.is_empty() && matches!(change, Change::ItemTaken { .. }) {
                        self.taken_from.push(*resource);
                    }
                    view.change(*change, by, step);
                }
            }
            _ => {}
        }
    }

    fn apply_to_handles(&mut self, event: &Event) {
        match &event.kind {
            EventKind::HandleScheduled { job, due, via, line } => {
                self.schedule(*job, *due, *via, *line, event.seq);
            }
            EventKind::HandleCancelled { handle } => {
                self.timers.retain(|entry| entry.id != *handle);
                if let Some(place) = self.ready.iter().position(|entry| entry.id == *handle)
                    && let Some(gone) = self.ready.remove(place)
                {
                    self.leave_line(gone.job);
                }
            }
            EventKind::TimerFired { handle } => {
                if let Some(place) = self.timers.iter().position(|entry| entry.id == *handle)
                    && let Some(mut fired) = self.timers.remove(place)
                {
                    fired.turn = self.turn;
                    self.ready.push_back(fired);
                    self.wake(fired.job, fired.via, event.seq);
                }
            }
            _ => {}
        }
    }

    /// The task whose code runs at this moment, inside a step.
    pub(super) fn running_task(&self) -> Option<TaskId> {
        if self.runs_on_top() {
            return None;
        }
        let running = |seat: &&LastStep| seat.end.is_none();
        self.seat
            .as_ref()
            .filter(running)
            .or(self.outer.last())
            .and_then(LastStep::task)
    }

    /// Whether a thread runs, and none of the open steps is its own.
    fn runs_on_top(&self) -> bool {
        self.workers.running().is_some() && self.open_steps() == self.workers.steps_below()
    }

    fn open_steps(&self) -> usize {
        self.outer.len() + usize::from(self.seat.as_ref().is_some_and(|seat| seat.end.is_none()))
    }

    fn with_task(&mut self, id: TaskId, change: impl FnOnce(&mut TaskView)) {
        let Some(view) = self.tasks.get_mut(id.index()) else {
            return;
        };
        let before = (view.state.waits_on(), view.since);
        change(view);
        let after = (view.state.waits_on(), view.since);
        if before != after {
            if let (Some(before), since) = before {
                self.waiting.leave(before, since, id);
            }
            if let (Some(after), since) = after {
                self.waiting.enter(after, since, id);
            }
        }
    }

    /// Transition 2.
    fn begin_step(&mut self, id: HandleId, seq: u32) {
        let Some(place) = self.ready.iter().position(|entry| entry.id == id) else {
            return;
        };
        let Some(handle) = self.ready.remove(place) else {
            return;
        };
        self.step += 1;
        let begun = LastStep {
            handle,
            lines: Vec::new(),
            end: None,
        };
        if let Some(seat) = self.seat.replace(begun).filter(|seat| seat.end.is_none()) {
            self.outer.push(seat);
        }
        for resource in self.taken_from.drain(..) {
            if let Some(view) = self.resources.get_mut(resource.index()) {
                view.taken.clear();
            }
        }
        self.leave_line(handle.job);
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
            StepEnd::Suspended {
                on: WaitReason::Bare | WaitReason::Other,
            } => (TaskState::Ready, None),
            StepEnd::Suspended { on } => (TaskState::Waiting(*on), None),
            StepEnd::Returned { value } => (TaskState::Finished, Some(*value)),
            StepEnd::Raised { error } => (TaskState::Failed, Some(*error)),
            StepEnd::Cancelled { error } => (TaskState::Cancelled, Some(*error)),
            StepEnd::Refused => (TaskState::Waiting(WaitReason::Other), None),
            StepEnd::CallbackDone | StepEnd::CallbackRaised { .. } | StepEnd::Nothing => return,
        };
        self.with_task(task, |view| {
            // What it waits on may have been settled before it came to rest.
            view.state = if view.in_line && !state.is_done() {
                TaskState::Ready
            } else {
                state
            };
            view.since = seq;
            if let Some(value) = value {
                view.value = value;
                view.stack.clear();
                view.cancel_pending = false;
            }
        });
    }

    fn schedule(&mut self, job: Job, due: Option<Time>, via: Via, line: Line, seq: u32) {
        self.handles += 1;
        let entry = HandleView {
            id: HandleId(self.handles),
            job,
            due,
            via,
            by_step: self.step,
            by_task: self.running_task(),
            by_job: self.workers.delivered(),
            line,
            turn: self.turn,
        };
        if due.is_some() {
            let place = self
                .timers
                .partition_point(|other| handle::timer_order(other) <= handle::timer_order(&entry));
            self.timers.insert(place, entry);
            return;
        }
        self.ready.push_back(entry);
        self.wake(job, via, seq);
    }

    /// Transition 6, when the handle resumes a task that waits.
    fn wake(&mut self, job: Job, via: Via, seq: u32) {
        let step = self.step;
        let Some(task) = job.task() else { return };
        self.with_task(task, |view| {
            view.in_line = true;
            view.woken = via;
            view.woken_in = step;
            if matches!(view.state, TaskState::Waiting(_)) {
                view.state = TaskState::Ready;
                view.since = seq;
            }
        });
    }

    fn leave_line(&mut self, job: Job) {
        if let Some(task) = job.task() {
            self.with_task(task, |view| view.in_line = false);
        }
    }
}
