//! What handles do, and what made them be scheduled.

use serde::{Deserialize, Serialize};

use crate::trace::ids::{FutureId, ResourceId, TaskId, TextId};

/// What a handle does when it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Job {
    /// Resumes a task that was just created, gave way, or has an exception to take.
    Step(TaskId),
    /// Resumes a task because what it waited on is settled.
    Wakeup(TaskId),
    /// Ends an `asyncio.sleep`.
    SleepOver,
    /// Ends the time that `asyncio.timeout` or `wait_for` gave this task.
    TimeoutOver(TaskId),
    /// Calls a function of the program (`call_soon`, `call_later`, a done callback).
    Callback {
        /// Its qualified name.
        name: TextId,
    },
    /// Calls a function of the library: part of `gather`, `wait` and the like.
    Library {
        /// What it is part of.
        name: TextId,
    },
}

impl Job {
    /// The task that this job resumes.
    pub const fn task(self) -> Option<TaskId> {
        match self {
            Self::Step(task) | Self::Wakeup(task) => Some(task),
            Self::SleepOver | Self::TimeoutOver(_) | Self::Callback { .. } | Self::Library { .. } => None,
        }
    }
}

/// What made a handle be scheduled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Via {
    /// The program called `call_soon`, `call_later`, `call_at`, or the library did for it.
    Call,
    /// A task was created.
    Spawn,
    /// The task gave way with a bare `yield`.
    Yield,
    /// The sleep of the task is over.
    SleepOver,
    /// A future of the program was settled.
    Future(FutureId),
    /// A task ended.
    TaskDone(TaskId),
    /// `Lock.release` or `Semaphore.release`.
    Release(ResourceId),
    /// `Event.set`.
    EventSet(ResourceId),
    /// `Condition.notify`.
    Notify(ResourceId),
    /// `Queue.put`: there is an item to get.
    Put(ResourceId),
    /// `Queue.get`: there is room to put.
    Get(ResourceId),
    /// The last `Queue.task_done`.
    AllDone(ResourceId),
    /// The barrier is full, or broken.
    Barrier(ResourceId),
    /// A `gather`, `wait`, `TaskGroup` or the like has what it waited for.
    Group(ResourceId),
    /// Cancellation reached the task.
    Cancel,
    /// The time of `asyncio.timeout` or `wait_for` was up.
    Timeout,
    /// A job of an executor ended.
    Executor(ResourceId),
    /// `Queue.shutdown`.
    Shutdown(ResourceId),
}
