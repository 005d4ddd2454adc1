//! The vocabulary of a trace: what can happen in a run.
//!
//! An event is a fact in the past tense. Its sequence number is its place in
//! the trace and its time is what the [`EventKind::ClockMoved`] events before
//! it add up to, so neither is stored. Whatever the running task does happens
//! between a [`EventKind::StepBegan`] and its [`EventKind::StepEnded`]; that
//! position *is* the cause, no event repeats it.
//!
//! The life of a task, with the numbers that the docs of the events use:
//!
//! ```text
//!          (1) spawned
//!       ┌─────▼────┐ (2) step began ┌─────────┐ (5) step ended: done ┌──────┐
//!       │  ready   ├───────────────►│ running ├─────────────────────►│ done │
//!       └──▲────▲──┘                └──┬───┬──┘                      └──────┘
//! (6) woken│    └─── (3) gave way ─────┘   │ (4) step ended: suspended
//!       ┌──┴───────┐                       │
//!       │ waiting  │◄──────────────────────┘
//!       └──────────┘
//! ```
//!
//! The encoding numbers variants by position: append, never reorder.

mod cause;
mod end;
mod resource;

use super::ids::{FutureId, HandleId, JobId, Line, ResourceId, TaskId, TextId, ThreadId};
use super::time::Time;
use serde::{Deserialize, Serialize};

pub use cause::{Job, Via};
pub use end::{Budget, Diagnosis, Outcome, Stream};
pub use resource::{Change, ResourceKind};

/// One event with what its position says about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Place in the trace, from 0.
    pub seq: u32,
    /// Virtual time at which it happened.
    pub at: Time,
    /// What happened.
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EventKind {
    /// The loop began a pass over the handles that are ready now. Turns count from 1.
    ///
    /// After: the clock moved and due timers fired. Before: the steps of the turn.
    TurnBegan,
    /// Virtual time moved on by `by`.
    ClockMoved {
        /// How far, in nanoseconds.
        by: Time,
        /// Why time passed.
        why: ClockCause,
    },
    /// A handle left the ready queue and its code is about to run. Steps count from 1.
    ///
    /// Paired with: one later `StepEnded`. An eagerly started task begins its
    /// step inside the step of its creator. Transition: 2.
    StepBegan {
        /// The handle that runs.
        handle: HandleId,
    },
    /// The running code came to rest.
    ///
    /// Paired with: the last open `StepBegan`. Transition: 3, 4 or 5.
    StepEnded {
        /// How it ended.
        end: StepEnd,
    },
    /// A task was created; its first step follows as a `HandleScheduled`. Transition: 1.
    TaskSpawned {
        /// The new task; ids are given in this order.
        task: TaskId,
        /// Its name (`Task-1`, or what the program chose).
        name: TextId,
        /// Qualified name of its coroutine.
        coroutine: TextId,
        /// Line of the program that created it.
        line: Line,
        /// The task that was running, if any.
        parent: Option<TaskId>,
        /// Part of the loop's own clean-up; not shown and not logged.
        hidden: bool,
    },
    /// `Task.set_name`.
    TaskRenamed {
        /// The task.
        task: TaskId,
        /// Its new name.
        name: TextId,
    },
    /// Where a suspended task stands: its await chain, outermost first.
    /// Recorded before the `StepEnded` that suspends it, when it differs from last time.
    StackSeen {
        /// The task.
        task: TaskId,
        /// Frames of the program, outermost first.
        frames: Vec<Frame>,
        /// Locals of frames from this index on are forgotten: they are new frames.
        fresh_from: u32,
    },
    /// A local variable has another value than when the task was last at rest.
    LocalChanged {
        /// The task.
        task: TaskId,
        /// Index of the frame, 0 is the outermost.
        frame: u32,
        /// Name of the variable.
        name: TextId,
        /// Its bounded `repr`; `None` when it was deleted.
        value: Option<TextId>,
    },
    /// Lines of the program ran, each listed once, in the order in which they first ran.
    /// Recorded before the `StepEnded` of their step, or when code outside the loop rests.
    LinesRan {
        /// Line numbers.
        lines: Vec<Line>,
    },
    /// A future that the program can see was created.
    FutureCreated {
        /// The new future; ids are given in this order.
        future: FutureId,
        /// The name it was first bound to, or empty.
        name: TextId,
        /// Line of the program.
        line: Line,
    },
    /// Such a future got its result, its exception, or was cancelled.
    FutureSettled {
        /// The future.
        future: FutureId,
        /// How.
        how: Settled,
        /// Bounded `repr` of the result or exception.
        value: TextId,
    },
    /// An entry joined the ready queue (`due` is `None`) or the timer heap.
    /// The n-th such event creates handle n. Transition 6 when it wakes a task.
    HandleScheduled {
        /// What it will do.
        job: Job,
        /// Deadline, for a timer.
        due: Option<Time>,
        /// What made it happen.
        via: Via,
        /// Line of the program that was running, or 0.
        line: Line,
    },
    /// A handle was cancelled before it ran. It leaves its queue without a step.
    HandleCancelled {
        /// The handle.
        handle: HandleId,
    },
    /// A timer was due and joined the ready queue.
    TimerFired {
        /// The handle.
        handle: HandleId,
    },
    /// `Task.cancel()` was called.
    CancelRequested {
        /// The task that shall stop.
        task: TaskId,
        /// What `cancel()` returned: `false` when the task was already done.
        accepted: bool,
        /// The message, if one was given.
        message: Option<TextId>,
        /// Line of the program that asked, or 0.
        line: Line,
    },
    /// `CancelledError` is thrown into the task. After: its `StepBegan`.
    CancelDelivered {
        /// The task.
        task: TaskId,
    },
    /// `Task.uncancel()` was called.
    Uncancelled {
        /// The task.
        task: TaskId,
        /// Requests that remain.
        remaining: u32,
    },
    /// A resource was created.
    ResourceCreated {
        /// The new resource; ids are given in this order.
        resource: ResourceId,
        /// What it is.
        kind: ResourceKind,
        /// The name it was first bound to in the program, or empty.
        name: TextId,
        /// Line of the program, or 0.
        line: Line,
        /// Greatest number of items (queue) or parties (barrier); 0 when unlimited.
        capacity: u32,
        /// Permits of a semaphore; otherwise 0.
        value: i64,
        /// The resource it is part of (the lock of a condition has the condition here).
        part_of: Option<ResourceId>,
    },
    /// The state of a resource changed, by the code that is running.
    ResourceChanged {
        /// The resource.
        resource: ResourceId,
        /// What changed.
        change: Change,
        /// Line of the program, or 0.
        line: Line,
    },
    /// The program wrote text.
    Output {
        /// Where.
        stream: Stream,
        /// A whole line without its end, or a part of one.
        text: TextId,
        /// Whether the line is complete.
        complete: bool,
        /// Line of the program, or 0.
        line: Line,
    },
    /// Something a reader should know: a hint, a warning or a mistake.
    Diagnosed {
        /// What was found.
        diagnosis: Diagnosis,
        /// Line of the program, or 0.
        line: Line,
        /// Column from 1, or 0.
        column: u32,
        /// The message, fact first.
        message: TextId,
    },
    /// The run is over. Always the last event.
    RunEnded {
        /// How it ended.
        outcome: Outcome,
    },
    /// A thread was started; ids are given in this order, the main thread being number 1.
    ThreadStarted {
        /// The new thread.
        thread: ThreadId,
        /// Its name.
        name: TextId,
        /// Line of the program that started it, or 0.
        line: Line,
    },
    /// The main thread rests, or has just started this one, which runs now: whatever happens until
    /// the `ThreadRested` is done by this thread.
    ///
    /// Paired with: one later `ThreadRested`. They nest as the threads do that wait on top of each other.
    ThreadResumed {
        /// The thread that runs.
        thread: ThreadId,
    },
    /// The thread came to rest.
    ///
    /// Paired with: the last open `ThreadResumed`.
    ThreadRested {
        /// The thread that ran.
        thread: ThreadId,
        /// What it waits for; `None` when it has ended.
        on: Option<TextId>,
    },
    /// A job was given to a pool of workers; ids are given in this order.
    JobQueued {
        /// The new job.
        job: JobId,
        /// The pool.
        pool: ResourceId,
        /// Qualified name of the function.
        function: TextId,
        /// Line of the program, or 0.
        line: Line,
    },
    /// A worker, the thread that runs, took the job.
    JobBegan {
        /// The job.
        job: JobId,
    },
    /// The job is over, or was cancelled before it began.
    JobEnded {
        /// The job.
        job: JobId,
        /// How.
        how: Settled,
    },
}

/// Why virtual time passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClockCause {
    /// Nothing was ready, so the clock jumped to the next deadline.
    Idle,
    /// A blocking call held up the whole loop.
    Blocking,
    /// The loop turned a thousand times at one instant while something was due later.
    Polling,
    /// The program read the clock again and again without letting it move.
    Spinning,
    /// Lines of the program ran, which cost time when an option says so.
    Working,
}

/// One frame of an await chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Qualified name of the function.
    pub function: TextId,
    /// Line where it waits for the next frame, or for a future.
    pub line: Line,
}

/// How a step ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepEnd {
    /// The coroutine is suspended. Transition 4, or 3 for [`WaitReason::Bare`].
    Suspended {
        /// What it waits on.
        on: WaitReason,
    },
    /// The coroutine returned. Transition 5.
    Returned {
        /// Bounded `repr` of the result.
        value: TextId,
    },
    /// The coroutine raised. Transition 5.
    Raised {
        /// Bounded `repr` of the exception.
        error: TextId,
    },
    /// The coroutine let `CancelledError` out. Transition 5.
    Cancelled {
        /// Bounded `repr` of the exception.
        error: TextId,
    },
    /// A callback returned.
    CallbackDone,
    /// A callback raised; the loop's exception handler took it.
    CallbackRaised {
        /// Bounded `repr` of the exception.
        error: TextId,
    },
    /// The handle of a task that is already done: nothing ran.
    Nothing,
    /// The context of the task was entered already: nothing ran, and the task waits for nothing.
    Refused,
}

/// What a suspended task waits on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WaitReason {
    /// A bare `yield` (`sleep(0)`): the task is ready again at once.
    Bare,
    /// The coroutine yielded something that no task can wait on.
    Other,
    /// The end of another task.
    Task(TaskId),
    /// All children of a `gather`.
    Gather(ResourceId),
    /// A job of an executor.
    Executor(ResourceId),
    /// A timer of `asyncio.sleep`.
    Sleep {
        /// `repr` of the delay as given.
        delay: TextId,
        /// The timer.
        timer: HandleId,
    },
    /// `Lock.acquire`.
    Lock(ResourceId),
    /// `Event.wait`.
    Event(ResourceId),
    /// `Condition.wait`, until notified.
    Condition(ResourceId),
    /// `Semaphore.acquire`.
    Semaphore(ResourceId),
    /// `Barrier.wait`.
    Barrier(ResourceId),
    /// `Queue.get`.
    QueueGet(ResourceId),
    /// `Queue.put`.
    QueuePut {
        /// The queue.
        queue: ResourceId,
        /// Bounded `repr` of the item that waits with the task.
        item: TextId,
    },
    /// `Queue.join`.
    QueueJoin(ResourceId),
    /// `asyncio.wait`, the end of a `TaskGroup`, `as_completed`, `wait_for`, `shield`.
    Group(ResourceId),
    /// A plain future.
    Future(FutureId),
}

/// How a future was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Settled {
    /// `set_result`.
    Result,
    /// `set_exception`.
    Exception,
    /// `cancel`.
    Cancelled,
}
