//! The books of threads and of jobs.

use super::Validator;
use crate::trace::event::EventKind;
use crate::trace::ids::{JobId, ThreadId};

/// What is known of threads and jobs.
#[derive(Debug, Default)]
pub(super) struct Workers {
    /// For every thread but the main one: whether it has ended.
    threads: Vec<bool>,
    /// The threads that run, each on top of the one before, with the steps that were open below.
    running: Vec<(ThreadId, usize)>,
    /// For every job: whether it began, and whether it ended.
    jobs: Vec<(bool, bool)>,
}

impl Workers {
    /// How many steps were open below the thread that runs.
    pub(super) fn steps_below(&self) -> usize {
        self.running.last().map_or(0, |(_, steps)| *steps)
    }

    /// Whether nothing but the main thread runs.
    pub(super) fn rest(&self) -> bool {
        self.running.is_empty()
    }
}

impl Validator {
    pub(super) fn take_workers(&mut self, kind: &EventKind) {
        match kind {
            EventKind::ThreadStarted { thread, .. } => {
                self.workers.threads.push(false);
                // The main thread has number 1.
                let count = self.workers.threads.len() + 1;
                self.check(thread.0 as usize == count, || format!("{thread} is out of order"));
            }
            EventKind::ThreadResumed { thread } => {
                let is_alive = self.thread(*thread).is_some_and(|ended| !*ended);
                let runs = self.workers.running.iter().any(|(running, _)| running == thread);
                self.check(is_alive && !runs, || format!("{thread} cannot run"));
                let open = self.open.len();
                self.workers.running.push((*thread, open));
            }
            EventKind::ThreadRested { thread, on } => {
                let open = self.open.len();
                let last = self.workers.running.pop();
                self.check(last == Some((*thread, open)), || {
                    format!("{thread} rests, which is not the one that runs, or in the middle of a step")
                });
                if let Some(ended) = self.thread(*thread) {
                    *ended = on.is_none();
                }
            }
            EventKind::JobQueued { job, pool, .. } => {
                self.known_resource(*pool);
                self.workers.jobs.push((false, false));
                let count = self.workers.jobs.len();
                self.check(job.0 as usize == count, || format!("{job} is out of order"));
            }
            EventKind::JobBegan { job } => {
                let works = !self.workers.rest();
                let fits = self.job(*job).is_some_and(|(began, ended)| !*began && !*ended);
                self.check(works && fits, || format!("{job} cannot begin"));
                if let Some((began, _)) = self.job(*job) {
                    *began = true;
                }
            }
            EventKind::JobEnded { job, .. } => {
                let fits = self.job(*job).is_some_and(|(_, ended)| !*ended);
                self.check(fits, || format!("{job} cannot end"));
                if let Some((_, ended)) = self.job(*job) {
                    *ended = true;
                }
            }
            _ => {}
        }
    }

    fn thread(&mut self, thread: ThreadId) -> Option<&mut bool> {
        let place = (thread.0 as usize).checked_sub(2)?;
        self.workers.threads.get_mut(place)
    }

    fn job(&mut self, job: JobId) -> Option<&mut (bool, bool)> {
        self.workers.jobs.get_mut(job.index())
    }
}
