//! What runs, what is ready and what waits for the clock.

use crate::trace::event::{Job, StepEnd, Via};
use crate::trace::ids::{HandleId, JobId, Line, TaskId};
use crate::trace::time::Time;

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
    /// The job of a pool whose end it brings to the loop.
    pub by_job: Option<JobId>,
    /// Line of the program that was running then, or 0.
    pub line: Line,
    /// Turn in which it joined the ready queue.
    pub turn: u32,
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

/// Timers of one microsecond stand in the order of scheduling.
pub(super) fn timer_order(timer: &HandleView) -> (u64, HandleId) {
    (timer.due.map_or(0, Time::micros), timer.id)
}
