//! The rows of workers: threads beside the one of the loop, and the jobs that pools give them.
//!
//! A worker runs between steps of the loop, never in one, so its row lies on
//! the same edges as the lanes of tasks; what it does has moments of its own,
//! which the axis of the clock shows.

use super::{Edge, Lanes};
use crate::trace::event::{Event, EventKind, Settled};
use crate::trace::ids::{JobId, ResourceId, TaskId, TextId, ThreadId};
use crate::trace::time::Time;

/// The row of one worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    /// The thread.
    pub thread: ThreadId,
    /// Its name.
    pub name: TextId,
    /// The pool whose jobs it takes; `None` while it took none.
    pub pool: Option<ResourceId>,
    /// What it did, left to right. A thread of no pool has one stretch, its life.
    pub stretches: Vec<Work>,
    /// When it ended.
    pub ended: Option<Moment>,
}

/// A moment of a run: between which columns, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The edge.
    pub edge: Edge,
    /// Virtual time.
    pub time: Time,
}

/// A stretch in which a worker is busy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// The job; `None` for a thread that was started by hand.
    pub job: Option<JobId>,
    /// Whose job it is: the task that gave it to the pool.
    pub task: Option<TaskId>,
    /// Its beginning.
    pub from: Moment,
    /// Its end; `None` while it goes on.
    pub to: Option<Moment>,
    /// How the job ended.
    pub how: Option<Settled>,
}

/// What the rows of workers are made from, beside the fold.
#[derive(Clone, Debug, Default)]
pub(super) struct Workers {
    rows: Vec<Worker>,
    /// Who gave each job to its pool.
    givers: Vec<Option<TaskId>>,
}

impl Lanes {
    /// The rows of workers, in the order in which they were started.
    pub fn workers(&self) -> &[Worker] {
        &self.workers.rows
    }

    /// Takes in an event that the fold knows already; `edge` is where it becomes visible.
    pub(super) fn take_work(&mut self, event: &Event, edge: Edge) {
        let now = Moment {
            edge,
            time: self.state.clock,
        };
        match &event.kind {
            EventKind::ThreadStarted { thread, name, .. } => self.workers.rows.push(Worker {
                thread: *thread,
                name: *name,
                pool: None,
                stretches: vec![Work::from(None, None, now)],
                ended: None,
            }),
            EventKind::ThreadRested { thread, on: None } => self.with_worker(Some(*thread), |worker| {
                worker.ended = Some(now);
                worker.finish(now, None);
            }),
            EventKind::JobQueued { .. } => self.workers.givers.push(self.state.running_task()),
            EventKind::JobBegan { job } => {
                let view = self.state.workers.job(*job).copied();
                let giver = self.workers.givers.get(job.index()).copied().flatten();
                let thread = view.and_then(|view| view.worker);
                self.with_worker(thread, |worker| {
                    // Until its first job nothing told that it belongs to a pool.
                    if worker.pool.is_none() {
                        worker.stretches.clear();
                    }
                    worker.pool = view.map(|view| view.pool);
                    worker.stretches.push(Work::from(Some(*job), giver, now));
                });
            }
            EventKind::JobEnded { job, how } => {
                let thread = self.state.workers.job(*job).and_then(|view| view.worker);
                self.with_worker(thread, |worker| worker.finish(now, Some(*how)));
            }
            _ => {}
        }
    }

    fn with_worker(&mut self, thread: Option<ThreadId>, change: impl FnOnce(&mut Worker)) {
        let rows = &mut self.workers.rows;
        // Ids are given in the order of starting.
        let place = thread.and_then(|thread| rows.binary_search_by_key(&thread, |row| row.thread).ok());
        if let Some(worker) = place.and_then(|place| rows.get_mut(place)) {
            change(worker);
        }
    }
}

impl Worker {
    /// What it is busy with when the loop rests at an edge, or between that edge and the next step.
    pub fn at(&self, edge: Edge) -> Option<&Work> {
        let work = self.stretches_in(edge, edge).first()?;
        Some(work)
    }

    /// What it is busy with between two edges.
    pub fn stretches_in(&self, first: Edge, last: Edge) -> &[Work] {
        let begin = self
            .stretches
            .partition_point(|work| work.to.is_some_and(|to| to.edge < first));
        let end = self.stretches.partition_point(|work| work.from.edge <= last);
        self.stretches.get(begin..end).unwrap_or_default()
    }

    fn finish(&mut self, now: Moment, how: Option<Settled>) {
        if let Some(last) = self.stretches.last_mut().filter(|last| last.to.is_none()) {
            (last.to, last.how) = (Some(now), how);
        }
    }
}

impl Work {
    const fn from(job: Option<JobId>, task: Option<TaskId>, from: Moment) -> Self {
        Self {
            job,
            task,
            from,
            to: None,
            how: None,
        }
    }
}
