//! Threads and the jobs that pools of them work on.

use crate::trace::event::{Event, EventKind, Settled};
use crate::trace::ids::{JobId, Line, ResourceId, TextId, ThreadId};

/// What a thread is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThreadState {
    /// Started; it runs as soon as whoever started it rests.
    Ready,
    /// It runs.
    Running,
    /// It waits for this.
    Waiting(TextId),
    /// It has ended.
    Ended,
}

/// A thread other than the main one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadView {
    /// Its id.
    pub id: ThreadId,
    /// Its name.
    pub name: TextId,
    /// Line that started it, or 0.
    pub line: Line,
    /// What it is doing.
    pub state: ThreadState,
    /// Event since which it does that.
    pub since: u32,
    /// The job that it works on.
    pub job: Option<JobId>,
    /// The job that it worked on last, until it takes the next: its end is made known.
    pub done: Option<JobId>,
}

/// A job of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobView {
    /// Its id.
    pub id: JobId,
    /// The pool that it was given to.
    pub pool: ResourceId,
    /// Qualified name of its function.
    pub function: TextId,
    /// Line that gave it to the pool, or 0.
    pub line: Line,
    /// The worker that took it.
    pub worker: Option<ThreadId>,
    /// How it ended.
    pub ended: Option<Settled>,
}

/// Threads and jobs at a cursor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workers {
    /// All threads but the main one, by order of start.
    pub threads: Vec<ThreadView>,
    /// All jobs, in the order in which they were given.
    pub jobs: Vec<JobView>,
    /// The threads that run, each on top of the one before, with the steps that were open below.
    running: Vec<(ThreadId, usize)>,
}

impl Workers {
    /// The thread with this id; the main one is not among them.
    pub fn thread(&self, id: ThreadId) -> Option<&ThreadView> {
        // The main thread has number 1 and no place in the list.
        self.threads.get((id.0 as usize).checked_sub(2)?)
    }

    /// The job with this id.
    pub fn job(&self, id: JobId) -> Option<&JobView> {
        self.jobs.get(id.index())
    }

    /// The thread that runs, unless it is the main one.
    pub fn running(&self) -> Option<ThreadId> {
        self.running.last().map(|(thread, _)| *thread)
    }

    /// The job whose end the running thread makes known.
    pub(super) fn delivered(&self) -> Option<JobId> {
        let thread = self.thread(self.running()?)?;
        thread.done.filter(|_| thread.job.is_none())
    }

    /// How many steps were open when the running thread began to run.
    pub(super) fn steps_below(&self) -> usize {
        self.running.last().map_or(0, |(_, steps)| *steps)
    }

    /// `open` are the steps that are open.
    pub(super) fn apply(&mut self, event: &Event, open: usize) {
        match &event.kind {
            EventKind::ThreadStarted { thread, name, line } => self.threads.push(ThreadView {
                id: *thread,
                name: *name,
                line: *line,
                state: ThreadState::Ready,
                since: event.seq,
                job: None,
                done: None,
            }),
            EventKind::ThreadResumed { thread } => {
                self.running.push((*thread, open));
                self.become_(*thread, ThreadState::Running, event.seq);
            }
            EventKind::ThreadRested { thread, on } => {
                self.running.pop();
                let state = on.map_or(ThreadState::Ended, ThreadState::Waiting);
                self.become_(*thread, state, event.seq);
            }
            EventKind::JobQueued {
                job,
                pool,
                function,
                line,
            } => self.jobs.push(JobView {
                id: *job,
                pool: *pool,
                function: *function,
                line: *line,
                worker: None,
                ended: None,
            }),
            EventKind::JobBegan { job } => {
                let worker = self.running();
                if let Some(view) = self.jobs.get_mut(job.index()) {
                    view.worker = worker;
                }
                self.work_on(worker, Some(*job));
            }
            EventKind::JobEnded { job, how } => {
                let worker = self.jobs.get_mut(job.index()).and_then(|view| {
                    view.ended = Some(*how);
                    view.worker
                });
                self.work_on(worker, None);
            }
            _ => {}
        }
    }

    fn become_(&mut self, thread: ThreadId, state: ThreadState, seq: u32) {
        let place = (thread.0 as usize).checked_sub(2);
        if let Some(view) = place.and_then(|place| self.threads.get_mut(place)) {
            (view.state, view.since) = (state, seq);
        }
    }

    fn work_on(&mut self, worker: Option<ThreadId>, job: Option<JobId>) {
        let place = worker.and_then(|worker| (worker.0 as usize).checked_sub(2));
        if let Some(view) = place.and_then(|place| self.threads.get_mut(place)) {
            view.done = view.job;
            view.job = job;
        }
    }
}
