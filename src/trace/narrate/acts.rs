//! What one step did: its acts, and whom each of them woke.

use crate::trace::event::{Change, ClockCause, EventKind, Job, ResourceKind, Settled, Via, WaitReason};
use crate::trace::ids::{ResourceId, TaskId, TextId};
use crate::trace::sort;
use crate::trace::state::{State, TaskState, TaskView};
use crate::trace::time::Time;

/// What an act was done to: acts on the same thing are told together, and a wake finds its act by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Blocks(Time),
    Spins(Time),
    Works(Time),
    Cancels,
    Settles(crate::trace::ids::FutureId, Settled, TextId),
    Releases(ResourceId),
    Takes(ResourceId),
    TakesAndReleases(ResourceId),
    Sets(ResourceId),
    Clears(ResourceId),
    Notifies(ResourceId),
    Puts(ResourceId),
    Gets(ResourceId),
    Finishes(ResourceId),
    Completes(ResourceId),
    Closes(ResourceId),
    /// Brings a server, a connection or a request to the state in `texts`.
    SeesTo(ResourceId),
    Arrives(ResourceId, u32),
    Leaves(ResourceId),
    /// The last party came to a barrier.
    Fills(ResourceId),
    Creates,
    /// Gives jobs to a pool.
    HandsOver(ResourceId),
    Schedules(TextId, Option<Time>),
    Prints,
    /// The end of the running task, or something that has no act of its own.
    Ends,
    Wakes,
}

/// One thing that the step did.
#[derive(Clone, Debug)]
pub(super) struct Act {
    pub(super) deed: Deed,
    /// Tasks that it was done to.
    pub(super) tasks: Vec<TaskId>,
    /// Items, or printed lines.
    pub(super) texts: Vec<TextId>,
    /// Tasks that became ready through it.
    pub(super) woken: Vec<TaskId>,
    /// How many waiters a `notify` woke.
    pub(super) count: u32,
}

/// Collects the acts of a step. `state` is the world before each event.
#[derive(Debug, Default)]
pub(super) struct Acts {
    all: Vec<Act>,
    pub(super) cancel_delivered: bool,
    /// Whether anybody was told that the running task is done.
    pub(super) end_was_seen: bool,
    /// Who passed a request to cancel on, and to whom.
    pub(super) passed_on: Option<(TaskId, TaskId)>,
    /// Tasks that were started at once, inside this step.
    pub(super) eager: Vec<TaskId>,
}

impl Acts {
    pub(super) fn take(&mut self, kind: &EventKind, state: &State) {
        match kind {
            EventKind::ClockMoved {
                by,
                why: ClockCause::Spinning,
            } => self.spin(*by),
            EventKind::ClockMoved {
                by,
                why: ClockCause::Working,
            } => self.work(*by),
            EventKind::ClockMoved { by, .. } => {
                self.act(Deed::Blocks(*by));
            }
            EventKind::CancelRequested {
                task, accepted: true, ..
            } => self.cancel(*task, state),
            EventKind::CancelDelivered { .. } => self.cancel_delivered = true,
            EventKind::FutureSettled { future, how, value } => {
                self.act(Deed::Settles(*future, *how, *value));
            }
            EventKind::TaskSpawned {
                task, hidden: false, ..
            } => self.act(Deed::Creates).tasks.push(*task),
            EventKind::ResourceChanged { resource, change, .. } => self.change(*resource, *change, state),
            EventKind::HandleScheduled {
                job: Job::Callback { name },
                due,
                via: Via::Call,
                ..
            } => {
                self.act(Deed::Schedules(*name, *due));
            }
            EventKind::HandleScheduled {
                job, due: None, via, ..
            } => {
                if let Via::TaskDone(ended) = via {
                    self.end_was_seen |= Some(*ended) == state.running_task();
                }
                self.schedule(*job, *via, state);
            }
            EventKind::JobQueued { pool, function, .. } => {
                self.act(Deed::HandsOver(*pool)).texts.push(*function);
            }
            EventKind::Output { text, .. } => self.act(Deed::Prints).texts.push(*text),
            _ => {}
        }
    }

    /// A program that reads the clock in a loop moves it a little with each reading.
    fn spin(&mut self, by: Time) {
        for act in &mut self.all {
            if let Deed::Spins(span) = &mut act.deed {
                *span = span.plus(by);
                return;
            }
        }
        self.act(Deed::Spins(by));
    }

    /// Lines that cost time cost it between all that they do.
    fn work(&mut self, by: Time) {
        for act in &mut self.all {
            if let Deed::Works(span) = &mut act.deed {
                *span = span.plus(by);
                return;
            }
        }
        self.act(Deed::Works(by));
    }

    /// The innermost task is asked first; whoever waits for it is whom the request was meant for.
    fn cancel(&mut self, task: TaskId, state: &State) {
        let on = state.task(task).and_then(|view| view.state.waits_on());
        let act = self.act(Deed::Cancels);
        if let Some(WaitReason::Task(inner)) = on
            && act.tasks.last() == Some(&inner)
        {
            act.tasks.pop();
            act.tasks.push(task);
            self.passed_on = Some((task, inner));
        } else {
            act.tasks.push(task);
        }
    }

    fn change(&mut self, resource: ResourceId, change: Change, state: &State) {
        if is_inside_barrier(resource, state) {
            return;
        }
        let deed = match change {
            Change::Acquired => Deed::Takes(resource),
            Change::Released => Deed::Releases(resource),
            Change::FlagSet(true) => Deed::Sets(resource),
            Change::FlagSet(false) => Deed::Clears(resource),
            Change::ItemPut { .. } => Deed::Puts(resource),
            Change::ItemTaken { .. } => Deed::Gets(resource),
            Change::ItemFinished => Deed::Finishes(resource),
            Change::Notified { .. } => Deed::Notifies(resource),
            Change::Settled => Deed::Completes(resource),
            Change::Closed => {
                self.all.retain(|act| act.deed != Deed::SeesTo(resource));
                Deed::Closes(resource)
            }
            Change::PartiesSet(inside) => {
                let before = state.resource(resource).map_or(0, |view| view.value);
                if i64::from(inside) > before {
                    Deed::Arrives(resource, inside)
                } else {
                    Deed::Leaves(resource)
                }
            }
            Change::StateSet { state } => {
                // The last state is what the step leaves behind.
                self.act(Deed::SeesTo(resource)).texts = vec![state];
                return;
            }
            Change::ChildAdded { .. } | Change::Opened | Change::Reserved | Change::Unreserved => return,
        };
        let act = self.act(deed);
        match change {
            Change::ItemPut { item } => act.texts.push(item),
            Change::ItemTaken { index } => {
                let items = state.resource(resource).map(|view| &view.items);
                act.texts.extend(
                    items
                        .and_then(|items| items.get(index as usize))
                        .map(|item| item.text),
                );
            }
            Change::Notified { woken } => act.count = act.count.saturating_add(woken),
            _ => {}
        }
    }

    fn schedule(&mut self, job: Job, via: Via, state: &State) {
        let Some(task) = job.task() else { return };
        let waits = |view: &TaskView| matches!(view.state, TaskState::Waiting(_));
        if !state.task(task).is_some_and(waits) || state.task(task).is_some_and(|view| view.hidden) {
            return;
        }
        let deed = match via {
            Via::Release(resource) => Deed::Releases(resource),
            Via::EventSet(resource) => Deed::Sets(resource),
            Via::Notify(resource) => Deed::Notifies(resource),
            Via::Put(resource) => Deed::Puts(resource),
            Via::Get(resource) => Deed::Gets(resource),
            Via::AllDone(resource) => Deed::Finishes(resource),
            Via::Group(resource) => Deed::Completes(resource),
            Via::Shutdown(resource) => Deed::Closes(resource),
            Via::Cancel => Deed::Cancels,
            Via::TaskDone(ended) if Some(ended) == state.running_task() => Deed::Ends,
            Via::Future(future) => {
                let settles = |act: &&Act| matches!(act.deed, Deed::Settles(id, ..) if id == future);
                self.all.iter().find(settles).map_or(Deed::Wakes, |act| act.deed)
            }
            Via::Barrier(resource) if self.did(Deed::Closes(resource)) => Deed::Closes(resource),
            Via::Barrier(resource) => Deed::Fills(resource),
            Via::Call
            | Via::Spawn
            | Via::Yield
            | Via::SleepOver
            | Via::TaskDone(_)
            | Via::Timeout
            | Via::Executor(_) => Deed::Wakes,
        };
        self.act(deed).woken.push(task);
    }

    /// The act with this deed; a new one when there is none yet.
    fn act(&mut self, deed: Deed) -> &mut Act {
        let place = self
            .all
            .iter()
            .position(|act| act.deed == deed)
            .unwrap_or_else(|| {
                let act = Act {
                    deed,
                    tasks: Vec::new(),
                    texts: Vec::new(),
                    woken: Vec::new(),
                    count: 0,
                };
                self.all.push(act);
                self.all.len() - 1
            });
        &mut self.all[place]
    }

    /// The acts in the order in which they deserve to be told; the end of the task is told apart.
    pub(super) fn by_weight(&self) -> Vec<&Act> {
        let mut acts: Vec<&Act> = self.all.iter().filter(|act| act.deed != Deed::Ends).collect();
        sort::sort_by_key(&mut acts, |act| (act.woken.is_empty(), act.weight()));
        acts
    }

    /// Whether the step did this.
    pub(super) fn did(&self, deed: Deed) -> bool {
        self.all.iter().any(|act| act.deed == deed)
    }

    /// Puts together what only makes sense as one: a resource that was taken and released at once,
    /// of which nothing is told when the task goes on to wait on the condition it belongs to.
    pub(super) fn settle(&mut self, rests_on: Option<WaitReason>, state: &State) {
        // A task that takes note that its own `wait` is over did nothing to anybody.
        self.all
            .retain(|act| !matches!(act.deed, Deed::Completes(_)) || !act.woken.is_empty());
        let filled: Vec<Deed> = self.all.iter().map(|act| act.deed).collect();
        self.all.retain(
            |act| !matches!(act.deed, Deed::Arrives(barrier, _) if filled.contains(&Deed::Fills(barrier))),
        );
        let quick: Vec<ResourceId> = self
            .all
            .iter()
            .filter_map(|act| {
                if let Deed::Takes(resource) = act.deed {
                    Some(resource)
                } else {
                    None
                }
            })
            .filter(|resource| {
                self.all
                    .iter()
                    .any(|act| act.deed == Deed::Releases(*resource) && act.woken.is_empty())
            })
            .collect();
        for resource in quick {
            let whole = state.resource(resource).and_then(|view| view.part_of);
            let waits =
                matches!(rests_on, Some(WaitReason::Condition(condition)) if Some(condition) == whole);
            self.all.retain(|act| act.deed != Deed::Releases(resource));
            for act in self
                .all
                .iter_mut()
                .filter(|act| act.deed == Deed::Takes(resource))
            {
                act.deed = Deed::TakesAndReleases(resource);
            }
            self.all
                .retain(|act| !waits || act.deed != Deed::TakesAndReleases(resource));
        }
    }

    /// Whom the end of the running task woke.
    pub(super) fn woken_by_end(&self) -> &[TaskId] {
        self.all
            .iter()
            .find(|act| act.deed == Deed::Ends)
            .map_or(&[], |act| act.woken.as_slice())
    }
}

/// Whether a lock or a condition is only part of how a barrier is made.
fn is_inside_barrier(resource: ResourceId, state: &State) -> bool {
    let whole = |id: ResourceId| state.resource(id).and_then(|view| view.part_of);
    let is_barrier = |id: ResourceId| {
        state
            .resource(id)
            .is_some_and(|view| view.kind == ResourceKind::Barrier)
    };
    whole(resource).is_some_and(|one| is_barrier(one) || whole(one).is_some_and(is_barrier))
}
