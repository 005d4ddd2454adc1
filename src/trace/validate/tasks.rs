//! The life of tasks: the numbered transitions, and who may be cancelled.

use super::{Place, Validator};
use crate::trace::event::{EventKind, Job, StepEnd, WaitReason};
use crate::trace::ids::TaskId;

/// Where a task is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Life {
    /// Spawned, and not in the ready queue yet.
    New,
    Ready,
    Running,
    Waiting,
    Done,
}

impl Life {
    /// The arrows of the diagram in the docs of the events.
    const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::New | Self::Waiting, Self::Ready)
                | (Self::Ready, Self::Running)
                | (Self::Running, Self::Ready | Self::Waiting | Self::Done)
        )
    }
}

#[derive(Debug)]
pub(super) struct Task {
    hidden: bool,
    life: Life,
    /// Whether a handle in the ready queue resumes it.
    pub(super) in_line: bool,
    /// Requests to cancel that were not taken back.
    requests: u32,
    /// Frames of its await chain when it was last seen.
    frames: usize,
}

impl Validator {
    pub(super) fn take_of_task(&mut self, kind: &EventKind) {
        match kind {
            EventKind::TaskSpawned {
                task, parent, hidden, ..
            } => self.task_spawned(*task, *parent, *hidden),
            EventKind::TaskRenamed { task, .. } => self.known_task(*task),
            EventKind::StackSeen {
                task,
                frames,
                fresh_from,
            } => {
                self.known_task(*task);
                let count = frames.len();
                self.check(*fresh_from as usize <= count, || {
                    format!("{task} has {count} frames, of which those from {fresh_from} on are new")
                });
                if let Some(known) = self.tasks.get_mut(task.index()) {
                    known.frames = count;
                }
            }
            EventKind::LocalChanged { task, frame, .. } => {
                let frames = self.tasks.get(task.index()).map_or(0, |known| known.frames);
                self.check((*frame as usize) < frames, || {
                    format!("{task} has no frame {frame}")
                });
            }
            EventKind::CancelRequested { task, accepted, .. } => {
                self.known_task(*task);
                let Some(known) = self.tasks.get_mut(task.index()) else {
                    return;
                };
                known.requests += u32::from(*accepted);
                let done = known.life == Life::Done;
                self.check(*accepted != done, || {
                    format!("cancel() of {task} cannot have returned {accepted}")
                });
            }
            EventKind::CancelDelivered { task } => {
                let running = self.running_task();
                self.check(running == Some(*task), || {
                    format!("{task} is cancelled and does not run")
                });
            }
            EventKind::Uncancelled { task, remaining } => {
                let known = self.tasks.get_mut(task.index());
                let requests = known.map(|known| std::mem::replace(&mut known.requests, *remaining));
                self.check(requests == remaining.checked_add(1), || {
                    format!("uncancel() of {task} leaves {remaining} of {requests:?} requests")
                });
            }
            _ => {}
        }
    }

    fn task_spawned(&mut self, task: TaskId, parent: Option<TaskId>, hidden: bool) {
        let running = self.running_task();
        self.tasks.push(Task {
            hidden,
            life: Life::New,
            in_line: false,
            requests: 0,
            frames: 0,
        });
        let number = self.tasks.len();
        self.check(task.0 as usize == number, || format!("{task} is out of order"));
        self.check(parent.is_none() || parent == running, || {
            format!("{task} names {parent:?} as its creator while {running:?} runs")
        });
    }

    /// The task whose code runs.
    fn running_task(&self) -> Option<TaskId> {
        self.handle(*self.open.last()?)?.job.task()
    }

    /// The only place where a task changes its state.
    fn move_task(&mut self, id: TaskId, next: Life) {
        let Some(task) = self.tasks.get_mut(id.index()) else {
            return;
        };
        let before = std::mem::replace(&mut task.life, next);
        self.check(before.may_become(next), || {
            format!("{id} is {before:?} and becomes {next:?}")
        });
    }

    /// Transitions 1 and 6: a handle that resumes the task joins the ready queue.
    pub(super) fn task_woken(&mut self, id: TaskId) {
        let Some(task) = self.tasks.get_mut(id.index()) else {
            return;
        };
        let (twice, life) = (std::mem::replace(&mut task.in_line, true), task.life);
        self.check(!twice, || format!("{id} is woken twice"));
        match life {
            Life::New | Life::Waiting => self.move_task(id, Life::Ready),
            // It gives way, or what it is about to wait on is settled already.
            Life::Running => {}
            Life::Ready if twice => {}
            Life::Ready | Life::Done => self.fault(format!("{id} is {life:?} and is woken")),
        }
    }

    /// Transition 2. A task that was done before has a step in which nothing runs.
    pub(super) fn task_runs(&mut self, id: TaskId) {
        if self
            .tasks
            .get(id.index())
            .is_some_and(|task| task.life != Life::Done)
        {
            self.move_task(id, Life::Running);
        }
    }

    /// Transitions 3, 4 and 5.
    pub(super) fn step_ended(&mut self, end: &StepEnd) {
        let Some(id) = self.open.pop() else {
            return self.fault("a step ends and none has begun".to_owned());
        };
        self.move_handle(id, Place::Gone);
        let Some(job) = self.handle(id).map(|handle| handle.job) else {
            return;
        };
        let task = match job {
            Job::Step(task) | Job::Wakeup(task) => task,
            Job::SleepOver | Job::TimeoutOver(_) | Job::Callback { .. } | Job::Library { .. } => {
                let callback = matches!(end, StepEnd::CallbackDone | StepEnd::CallbackRaised { .. });
                return self.check(callback, || format!("the callback {id} ends as a task: {end:?}"));
            }
        };
        let done = self
            .tasks
            .get(task.index())
            .is_some_and(|known| known.life == Life::Done);
        let in_line = self.tasks.get(task.index()).is_some_and(|known| known.in_line);
        match end {
            StepEnd::Suspended { on } => {
                self.known_reason(*on);
                let at_once = matches!(on, WaitReason::Bare | WaitReason::Other);
                self.check(!at_once || in_line, || {
                    format!("{task} gave way and is not in the ready queue")
                });
                self.move_task(task, if in_line { Life::Ready } else { Life::Waiting });
            }
            StepEnd::Returned { .. } | StepEnd::Raised { .. } | StepEnd::Cancelled { .. } => {
                self.check(!in_line, || {
                    format!("{task} ends and is still in the ready queue")
                });
                self.move_task(task, Life::Done);
            }
            StepEnd::Refused => self.move_task(task, Life::Waiting),
            StepEnd::Nothing => self.check(done, || format!("{task} is not done, and nothing ran")),
            StepEnd::CallbackDone | StepEnd::CallbackRaised { .. } => {
                self.fault(format!("{task} ends as a callback: {end:?}"));
            }
        }
    }

    /// The tasks that are not done, hidden ones apart.
    pub(super) fn pending_tasks(&self) -> Vec<TaskId> {
        let numbers = 1..=u32::try_from(self.tasks.len()).unwrap_or(u32::MAX);
        let pending = |task: &Task| !task.hidden && task.life != Life::Done;
        numbers
            .zip(&self.tasks)
            .filter(|(_, task)| pending(task))
            .map(|(number, _)| TaskId(number))
            .collect()
    }
}
