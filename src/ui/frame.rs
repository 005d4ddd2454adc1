//! One frame of a recording: the world at rest after a step, and what the step did.
//!
//! Everything the board shows is derived here from two states, before the step
//! and after it, so that a still picture can show what moved and where from.

use std::rc::Rc;

use super::recording::Recording;
use crate::trace::sort;
use crate::trace::{
    FutureId, HandleView, Outcome, ResourceId, ResourceKind, ResourceView, State, TaskId, TaskState,
    TaskView, TextId, WaitReason, resource_name,
};

/// A frame with its recording.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The recording.
    pub recording: Recording,
    /// Its number: 0 is before the first step, the last one is the end.
    pub number: u32,
    /// The world at this frame.
    pub state: Rc<State>,
    /// The world one frame earlier.
    pub before: Rc<State>,
    last: u32,
}

impl PartialEq for Frame {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number && self.recording == other.recording
    }
}

/// The tasks in a line, as one place of the board shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Tasks that this step took out of the line.
    pub gone: Vec<TaskId>,
    /// Tasks in line, next first.
    pub waiting: Vec<TaskId>,
}

/// A place where tasks wait for other tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A lock, a queue, a gather and so on.
    Resource(ResourceId),
    /// The end of a task.
    Task(TaskId),
    /// A future of the program.
    Future(FutureId),
}

impl Frame {
    /// Frame `number` of a recording; numbers past the end show the end.
    pub fn new(recording: &Recording, number: u32) -> Self {
        let last = recording.last_frame();
        let number = number.min(last);
        let before = number
            .checked_sub(1)
            .map(|previous| recording.state_at(previous))
            .unwrap_or_default();
        let state = recording.state_at(number);
        Self {
            recording: recording.clone(),
            number,
            state,
            before,
            last,
        }
    }

    /// Whether this is the end of the run, where nobody runs any more.
    ///
    /// The last frame of a run that goes on, or was cut off, is not: there the last step still sits.
    pub fn is_end(&self) -> bool {
        self.number == self.last && self.state.outcome.is_some()
    }

    /// The step this frame rests at.
    pub fn step(&self) -> u32 {
        self.number.min(self.steps())
    }

    /// Steps of the recording.
    pub const fn steps(&self) -> u32 {
        self.last - 1
    }

    /// The handle in the seat: what ran in this step.
    ///
    /// At the end nobody sits there, unless the run was cut off within a step.
    pub fn seat(&self) -> Option<&HandleView> {
        let seat = self.state.seat.as_ref()?;
        (!self.is_end() || seat.end.is_none()).then_some(&seat.handle)
    }

    /// The task in the seat.
    pub fn seat_task(&self) -> Option<TaskId> {
        self.seat().and_then(|handle| handle.job.task())
    }

    /// The line at which the task in the seat has come to rest, or was cut off, or 0.
    pub fn seat_line(&self) -> u32 {
        let Some(task) = self.seat_task().and_then(|task| self.state.task(task)) else {
            return 0;
        };
        let ran = self
            .state
            .seat
            .as_ref()
            .and_then(|seat| seat.lines.last())
            .copied();
        match (&self.state.outcome, task.rest_line()) {
            (Some(Outcome::OutOfBudget { line, .. }), _) => *line,
            (_, 0) => ran.unwrap_or(0),
            (_, line) => line,
        }
    }

    /// A text of the trace.
    pub fn text(&self, id: TextId) -> String {
        self.recording.text(id)
    }

    /// Name of a task.
    pub fn name(&self, id: TaskId) -> String {
        self.state
            .task(id)
            .map_or_else(String::new, |task| self.text(task.name))
    }

    /// What a resource is called.
    pub fn resource_name(&self, id: ResourceId) -> String {
        resource_name(&self.recording.trace(), &self.state, id)
    }

    /// Source line with this number, without blanks around it and without its comment.
    pub fn source_line(&self, line: u32) -> String {
        let trace = self.recording.trace();
        let Some(index) = (line as usize).checked_sub(1) else {
            return String::new();
        };
        let text = trace.header().source.lines().nth(index).unwrap_or_default();
        super::python_text::without_comment(text).trim().to_owned()
    }

    /// The tasks that a learner should see.
    pub fn tasks(&self) -> impl Iterator<Item = &TaskView> {
        self.state.tasks.iter().filter(|task| !task.hidden)
    }

    /// The line of tasks whose wait reason `waits` accepts.
    pub fn queue(&self, waits: &dyn Fn(WaitReason) -> bool) -> Queue {
        let waiting = self.state.waiters(waits).iter().map(|task| task.id).collect();
        let gone = self
            .before
            .waiters(waits)
            .iter()
            .filter(|task| {
                self.seat_task() != Some(task.id)
                    && self
                        .state
                        .task(task.id)
                        .is_some_and(|now| now.state == TaskState::Ready)
            })
            .map(|task| task.id)
            .collect();
        Queue { gone, waiting }
    }

    /// Place of a task in a line that serves first come, first served; 1 is next.
    pub fn place_in_line(&self, task: &TaskView) -> Option<usize> {
        let reason = task.state.waits_on()?;
        let fifo = matches!(
            reason,
            WaitReason::Lock(_)
                | WaitReason::Condition(_)
                | WaitReason::Semaphore(_)
                | WaitReason::QueueGet(_)
                | WaitReason::QueuePut { .. }
        );
        self.state.place_in_line(task.id).filter(|_| fifo)
    }

    /// Place of a task in the ready queue; 1 is next.
    pub fn place_in_ready(&self, task: TaskId) -> Option<usize> {
        self.state
            .ready
            .iter()
            .position(|handle| handle.job.task() == Some(task))
            .map(|index| index + 1)
    }

    /// Everything that tasks wait on, or that holds something worth drawing, in order of creation.
    pub fn places(&self) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for resource in &self.state.resources {
            if self.shows(resource) {
                places.push(Place::Resource(resource.id));
            }
        }
        let mut others: Vec<Place> = Vec::new();
        let awaits = |reason| matches!(reason, WaitReason::Task(_) | WaitReason::Future(_));
        let left = self.before.waiters(&awaits).into_iter();
        let left = left.filter(|task| self.just_woken(task));
        for task in self.state.waiters(&awaits).into_iter().chain(left) {
            match task.state.waits_on() {
                Some(WaitReason::Task(target)) => others.push(Place::Task(target)),
                Some(WaitReason::Future(future)) => others.push(Place::Future(future)),
                _ => {}
            }
        }
        sort::sort_by(&mut others, Ord::cmp);
        others.dedup();
        places.extend(others);
        places
    }

    fn just_woken(&self, before: &TaskView) -> bool {
        self.state
            .task(before.id)
            .is_some_and(|now| now.state == TaskState::Ready)
            && self.seat_task() != Some(before.id)
    }

    fn shows(&self, resource: &ResourceView) -> bool {
        match resource.kind {
            ResourceKind::Gather
            | ResourceKind::Wait
            | ResourceKind::AsCompleted
            | ResourceKind::TaskGroup
            | ResourceKind::Shield => {
                let line = self.queue(&|reason| resource_of(reason) == Some(resource.id));
                !line.waiting.is_empty() || !line.gone.is_empty()
            }
            // A pool is worth a card as long as it has work.
            ResourceKind::Executor => {
                let jobs = &self.state.workers.jobs;
                jobs.iter()
                    .any(|job| job.pool == resource.id && job.ended.is_none())
            }
            ResourceKind::Server | ResourceKind::Connection | ResourceKind::Request => !resource.closed,
            // The lock of a condition is drawn with it.
            _ => resource.part_of.is_none(),
        }
    }
}

/// The resource that a wait is about.
pub fn resource_of(reason: WaitReason) -> Option<ResourceId> {
    match reason {
        WaitReason::Gather(id)
        | WaitReason::Executor(id)
        | WaitReason::Lock(id)
        | WaitReason::Event(id)
        | WaitReason::Condition(id)
        | WaitReason::Semaphore(id)
        | WaitReason::Barrier(id)
        | WaitReason::QueueGet(id)
        | WaitReason::QueuePut { queue: id, .. }
        | WaitReason::QueueJoin(id)
        | WaitReason::Group(id) => Some(id),
        WaitReason::Bare
        | WaitReason::Other
        | WaitReason::Task(_)
        | WaitReason::Sleep { .. }
        | WaitReason::Future(_) => None,
    }
}
