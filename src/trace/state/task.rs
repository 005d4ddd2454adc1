//! A task as it is drawn: its state, why it may run, where it rests.

use crate::trace::event::{Event, EventKind, Frame, Via, WaitReason};
use crate::trace::ids::{Line, TaskId, TextId};

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
    /// Whether a handle in the ready queue resumes it.
    pub in_line: bool,
}

impl TaskView {
    /// The task that a `TaskSpawned` tells of. Transition 1.
    pub(super) fn spawned(event: &Event, step: u32) -> Option<Self> {
        let EventKind::TaskSpawned {
            task,
            name,
            coroutine,
            line,
            parent,
            hidden,
        } = &event.kind
        else {
            return None;
        };
        Some(Self {
            id: *task,
            name: *name,
            coroutine: *coroutine,
            parent: *parent,
            line: *line,
            hidden: *hidden,
            state: TaskState::Ready,
            since: event.seq,
            woken: Via::Spawn,
            woken_in: step,
            cancel_requests: 0,
            cancel_pending: false,
            stack: Vec::new(),
            value: TextId::EMPTY,
            in_line: false,
        })
    }

    /// Line where the task is at rest: of the innermost frame of the program.
    pub fn rest_line(&self) -> Line {
        self.stack.last().map_or(0, |frame| frame.frame.line)
    }

    pub(super) fn see_stack(&mut self, frames: &[Frame], fresh_from: usize) {
        self.stack.truncate(fresh_from.min(frames.len()));
        for (index, frame) in frames.iter().enumerate() {
            match self.stack.get_mut(index) {
                Some(known) => known.frame = *frame,
                None => self.stack.push(FrameView {
                    frame: *frame,
                    locals: Vec::new(),
                }),
            }
        }
    }

    pub(super) fn change_local(&mut self, frame: u32, name: TextId, value: Option<TextId>, seq: u32) {
        let Some(frame) = self.stack.get_mut(frame as usize) else {
            return;
        };
        let known = frame.locals.iter().position(|(other, ..)| *other == name);
        match (known, value) {
            (Some(place), Some(value)) => frame.locals[place] = (name, value, seq),
            (None, Some(value)) => frame.locals.push((name, value, seq)),
            (Some(place), None) => drop(frame.locals.remove(place)),
            (None, None) => {}
        }
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

/// The states that the picture distinguishes; each has its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// In the ready queue, or new.
    Ready,
    /// Running.
    Running,
    /// Waits for the clock.
    Clock,
    /// Waits for another task to do something.
    Peer,
    /// Waits for work outside the loop.
    Outside,
    /// Was asked to stop, which has not reached it yet.
    CancelRequested,
    /// Returned.
    Finished,
    /// Ended by `CancelledError`.
    Cancelled,
    /// Raised.
    Failed,
}

impl TaskView {
    /// The family of its state.
    pub const fn family(&self) -> Family {
        match self.state {
            TaskState::Finished => Family::Finished,
            TaskState::Cancelled => Family::Cancelled,
            TaskState::Failed => Family::Failed,
            TaskState::Running => Family::Running,
            TaskState::Ready | TaskState::Waiting(_) if self.cancel_pending => Family::CancelRequested,
            TaskState::Ready => Family::Ready,
            TaskState::Waiting(on) => on.family(),
        }
    }
}

impl WaitReason {
    /// The family of a task that waits on this.
    pub const fn family(self) -> Family {
        match self {
            Self::Sleep { .. } => Family::Clock,
            Self::Executor(_) => Family::Outside,
            Self::Bare | Self::Other => Family::Ready,
            Self::Task(_)
            | Self::Gather(_)
            | Self::Lock(_)
            | Self::Event(_)
            | Self::Condition(_)
            | Self::Semaphore(_)
            | Self::Barrier(_)
            | Self::QueueGet(_)
            | Self::QueuePut { .. }
            | Self::QueueJoin(_)
            | Self::Group(_)
            | Self::Future(_) => Family::Peer,
        }
    }
}
