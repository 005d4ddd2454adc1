//! What tasks wait on, hold and fill: each thing with its lines of tasks, in order.

use super::Moment;
use crate::trace::{FutureId, JobView, ResourceId, ResourceKind, ResourceView, TaskId, WaitReason};

/// Lines of a section: a thing, and below it who has to do with it.
#[derive(Debug)]
pub(super) struct Lines(Vec<String>);

impl Lines {
    fn of(name: &str, state: &str) -> Self {
        Self(vec![format!("{name}  {state}").trim_end().to_owned()])
    }

    /// Adds a list, unless nobody is in it.
    fn list(&mut self, title: &str, members: &[String]) {
        if !members.is_empty() {
            self.0.push(format!("  {title}: {}", members.join(", ")));
        }
    }
}

impl Moment<'_> {
    /// All resources in the order of creation; the lock of a condition stands with it.
    pub(super) fn resources(&self) -> Vec<String> {
        let resources = &self.state.resources;
        let apart = |view: &&ResourceView| self.condition_of(view).is_none();
        resources
            .iter()
            .filter(apart)
            .flat_map(|view| self.resource(view).0)
            .collect()
    }

    /// Tasks and futures that are awaited, in the order of creation.
    pub(super) fn awaited(&self) -> Vec<String> {
        let tasks = self.state.tasks.iter().map(|task| {
            let mut lines = Lines::of(self.name(task.id), "");
            lines.list("awaited by", &self.waiters(|on| on == WaitReason::Task(task.id)));
            lines
        });
        let futures = self.state.futures.iter().map(|future| {
            let state = if future.settled.is_some() {
                "settled"
            } else {
                "pending"
            };
            let mut lines = Lines::of(&self.future(future.id), state);
            lines.list(
                "awaited by",
                &self.waiters(|on| on == WaitReason::Future(future.id)),
            );
            lines
        });
        let awaited = |lines: &Lines| lines.0.len() > 1;
        tasks
            .chain(futures)
            .filter(awaited)
            .flat_map(|lines| lines.0)
            .collect()
    }

    fn future(&self, id: FutureId) -> String {
        crate::trace::future_name(self.trace, self.state, id)
    }

    /// The condition that a lock is part of.
    fn condition_of(&self, view: &ResourceView) -> Option<ResourceId> {
        let whole = self.state.resource(view.part_of?)?;
        (whole.kind == ResourceKind::Condition).then_some(whole.id)
    }

    /// Names of those that wait, longest first, and what they would put.
    fn waiters(&self, waits: impl Fn(WaitReason) -> bool) -> Vec<String> {
        let waiters = self.state.waiters(&waits).into_iter();
        waiters
            .filter(|task| !task.hidden)
            .map(|task| match task.state.waits_on() {
                Some(WaitReason::QueuePut { item, .. }) => {
                    format!("{} ({})", self.text(task.name), self.text(item))
                }
                _ => self.text(task.name).to_owned(),
            })
            .collect()
    }

    fn members(&self, tasks: &[TaskId]) -> Vec<String> {
        tasks.iter().map(|task| self.name(*task).to_owned()).collect()
    }

    fn resource(&self, view: &ResourceView) -> Lines {
        let id = view.id;
        let mut lines = Lines::of(&self.thing(id), &self.condition(view));
        match view.kind {
            ResourceKind::Lock => {
                lines.list("held by", &self.members(&view.holders));
                lines.list("acquire() waits", &self.waiters(|on| on == WaitReason::Lock(id)));
            }
            ResourceKind::Semaphore | ResourceKind::BoundedSemaphore => {
                lines.list("held by", &self.members(&view.holders));
                lines.list(
                    "acquire() waits",
                    &self.waiters(|on| on == WaitReason::Semaphore(id)),
                );
            }
            ResourceKind::Event => {
                lines.list("wait() waits", &self.waiters(|on| on == WaitReason::Event(id)));
            }
            ResourceKind::Barrier => {
                lines.list("wait() waits", &self.waiters(|on| on == WaitReason::Barrier(id)));
            }
            ResourceKind::Condition => {
                let lock = self.lock_of(id).unwrap_or(view);
                lines.list(
                    "in wait(), until notify()",
                    &self.waiters(|on| on == WaitReason::Condition(id)),
                );
                lines.list("lock held by", &self.members(&lock.holders));
                lines.list(
                    "lock wanted by",
                    &self.waiters(|on| on == WaitReason::Lock(lock.id)),
                );
            }
            ResourceKind::Queue | ResourceKind::PriorityQueue | ResourceKind::LifoQueue => {
                self.queue(view, &mut lines);
            }
            ResourceKind::Gather
            | ResourceKind::Wait
            | ResourceKind::AsCompleted
            | ResourceKind::TaskGroup
            | ResourceKind::Shield => {
                let of_group =
                    |on: WaitReason| matches!(on, WaitReason::Gather(on) | WaitReason::Group(on) if on == id);
                lines.list("waits", &self.waiters(of_group));
                lines.list("until all are done", &self.members(&view.children));
            }
            ResourceKind::Executor => {
                lines.list("waits", &self.waiters(|on| on == WaitReason::Executor(id)));
                let (busy, waiting) = self.jobs(view);
                lines.list("at work", &busy);
                lines.list("jobs wait", &waiting);
            }
            ResourceKind::Server | ResourceKind::Connection | ResourceKind::Request => {}
        }
        lines
    }

    fn queue(&self, view: &ResourceView, lines: &mut Lines) {
        let id = view.id;
        let text = |item: &crate::trace::Item| self.text(item.text).to_owned();
        // Next out first, whichever end that is.
        let mut items: Vec<String> = view.items.iter().map(text).collect();
        if view.kind == ResourceKind::LifoQueue {
            items.reverse();
        }
        lines.list("holds", &items);
        lines.list(
            "taken in this step",
            &view.taken.iter().map(text).collect::<Vec<_>>(),
        );
        lines.list("get() waits", &self.waiters(|on| on == WaitReason::QueueGet(id)));
        lines.list(
            "put() waits",
            &self.waiters(|on| matches!(on, WaitReason::QueuePut { queue, .. } if queue == id)),
        );
        lines.list(
            "join() waits",
            &self.waiters(|on| on == WaitReason::QueueJoin(id)),
        );
    }

    /// Functions of the jobs of a pool that workers have, and of those that wait for one.
    fn jobs(&self, pool: &ResourceView) -> (Vec<String>, Vec<String>) {
        let jobs = &self.state.workers.jobs;
        let open = jobs
            .iter()
            .filter(|job| job.pool == pool.id && job.ended.is_none());
        let (mut busy, mut waiting): (Vec<&JobView>, Vec<&JobView>) =
            open.partition(|job| job.worker.is_some());
        // A free worker takes its job as soon as the loop rests, before anything else happens.
        let free = (pool.capacity as usize).saturating_sub(busy.len());
        busy.extend(waiting.drain(..free.min(waiting.len())));
        let names = |jobs: Vec<&JobView>| {
            let names = jobs.into_iter().map(|job| self.text(job.function).to_owned());
            names.collect()
        };
        (names(busy), names(waiting))
    }

    fn lock_of(&self, condition: ResourceId) -> Option<&ResourceView> {
        let mut resources = self.state.resources.iter();
        resources.find(|view| view.part_of == Some(condition))
    }

    /// How a resource is at this moment.
    fn condition(&self, view: &ResourceView) -> String {
        let word = |holds: bool, word: &str, other: &str| if holds { word } else { other }.to_owned();
        match view.kind {
            ResourceKind::Lock => word(view.holders.is_empty(), "free", "held"),
            ResourceKind::Condition => {
                let lock = self.lock_of(view.id).unwrap_or(view);
                word(lock.holders.is_empty(), "lock free", "lock held")
            }
            ResourceKind::Semaphore | ResourceKind::BoundedSemaphore => {
                let free = view.value.max(0).unsigned_abs();
                let all = free + u64::from(view.reserved) + view.holders.len() as u64;
                format!("{free} of {all} free")
            }
            ResourceKind::Event => word(view.value == 0, "not set", "set"),
            _ if view.is_queue() || view.kind == ResourceKind::Barrier => {
                let here = if view.is_queue() {
                    view.items.len().to_string()
                } else {
                    view.value.to_string()
                };
                match (view.closed, view.is_queue(), view.capacity) {
                    (true, ..) => "closed".to_owned(),
                    (_, true, 0) => format!("{here} {}", if here == "1" { "item" } else { "items" }),
                    (_, true, all) => format!("{here} of {all}"),
                    (_, false, all) => format!("{here} of {all} here"),
                }
            }
            ResourceKind::Executor => {
                format!("{} of {} workers", self.jobs(view).0.len(), view.capacity)
            }
            ResourceKind::Server | ResourceKind::Connection | ResourceKind::Request => {
                word(view.closed, "closed", self.text(view.state))
            }
            _ if view.children.is_empty() => String::new(),
            _ => {
                let done = |task: &&TaskId| self.state.task(**task).is_some_and(|task| task.state.is_done());
                let (done, all) = (view.children.iter().filter(done).count(), view.children.len());
                format!("{done} of {all} done")
            }
        }
    }
}
