//! What one step did: its acts, and whom each of them woke.

use super::message::Message;
use crate::trace::event::{Change, ClockCause, EventKind, Job, ResourceKind, Settled, Via, WaitReason};
use crate::trace::ids::{ResourceId, TaskId, TextId};
use crate::trace::state::{ResourceView, State, TaskState, TaskView};
use crate::trace::time::Time;

/// What an act was done to: acts on the same thing are told together, and a wake finds its act by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Blocks(Time),
    Spins(Time),
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
    Arrives(ResourceId, u32),
    Creates,
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
            Change::Closed => Deed::Closes(resource),
            Change::PartiesSet(parties) => Deed::Arrives(resource, parties),
            Change::ChildAdded { .. } => return,
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
            Via::Barrier(_)
            | Via::Call
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
        acts.sort_by_key(|act| (act.woken.is_empty(), act.weight()));
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

impl Act {
    const fn weight(&self) -> u8 {
        match self.deed {
            Deed::Blocks(_) | Deed::Spins(_) => 0,
            Deed::Cancels => 1,
            Deed::Completes(_) | Deed::Notifies(_) | Deed::Sets(_) | Deed::Closes(_) | Deed::Settles(..) => 2,
            Deed::Releases(_) | Deed::Takes(_) | Deed::Puts(_) | Deed::Gets(_) | Deed::Arrives(..) => 3,
            Deed::Creates | Deed::Finishes(_) | Deed::Clears(_) => 4,
            Deed::Schedules(..) | Deed::Wakes | Deed::TakesAndReleases(_) => 5,
            Deed::Prints => 6,
            Deed::Ends => 7,
        }
    }

    /// What the act is called.
    pub(super) fn predicate(&self, state: &State) -> Message {
        let semaphore = |id: ResourceId| state.resource(id).is_some_and(ResourceView::is_semaphore);
        match self.deed {
            Deed::Blocks(span) => Message::Blocks { span },
            Deed::Spins(span) => Message::Spins { span },
            Deed::Cancels if self.tasks.is_empty() => Message::Wakes {
                tasks: self.woken.clone(),
            },
            Deed::Cancels => Message::AsksToStop {
                tasks: self.tasks.clone(),
            },
            Deed::Settles(future, Settled::Cancelled, _) => Message::CancelsFuture { future },
            Deed::Settles(futures, _, value) => Message::Settles { futures, value },
            Deed::Releases(semaphore_id) if semaphore(semaphore_id) => Message::ReturnsPermit {
                semaphore: semaphore_id,
            },
            Deed::Releases(resource) => Message::Releases { resource },
            Deed::Takes(semaphore_id) if semaphore(semaphore_id) => Message::TakesPermit {
                semaphore: semaphore_id,
            },
            Deed::Takes(resource) => Message::Takes { resource },
            Deed::TakesAndReleases(resource) => Message::TakesAndReleases { resource },
            Deed::Sets(event) => Message::Sets { event },
            Deed::Clears(event) => Message::Clears { event },
            Deed::Notifies(condition) if self.woken.is_empty() && self.count == 0 => {
                Message::NotifiesNobody { condition }
            }
            Deed::Notifies(condition) => Message::Notifies {
                condition,
                woken: self.count,
            },
            Deed::Puts(queue) if self.texts.is_empty() => Message::RoomLeft { queue },
            Deed::Puts(queue) => Message::Puts {
                items: self.texts.clone(),
                queue,
            },
            Deed::Gets(queue) if self.texts.is_empty() => Message::ItemLeft { queue },
            Deed::Gets(queue) => Message::Gets {
                items: self.texts.clone(),
                queue,
            },
            Deed::Finishes(queue) => Message::FinishesItem { queue },
            Deed::Completes(group) => Message::Completes { group },
            Deed::Closes(resource) => Message::Closes { resource },
            Deed::Arrives(barrier, inside) => Message::Arrives { barrier, inside },
            Deed::Creates => Message::Creates {
                tasks: self.tasks.clone(),
            },
            Deed::Schedules(name, None) => Message::Schedules { name },
            Deed::Schedules(name, Some(due)) => Message::SchedulesAt { name, due },
            Deed::Prints => match self.texts.as_slice() {
                [text] => Message::Prints { text: *text },
                texts => Message::PrintsLines {
                    count: u32::try_from(texts.len()).unwrap_or(u32::MAX),
                },
            },
            Deed::Ends => Message::Ends {},
            Deed::Wakes => Message::Wakes {
                tasks: self.woken.clone(),
            },
        }
    }

    /// What the act led to.
    pub(super) fn consequence(&self) -> Option<Message> {
        if self.deed == Deed::Wakes || (self.deed == Deed::Cancels && self.tasks.is_empty()) {
            return None;
        }
        if self.deed == Deed::Cancels && self.woken == self.tasks && self.tasks.len() > 1 {
            return Some(Message::TheyBecomeReady {});
        }
        becoming_ready(&self.woken)
    }

    /// The mechanism behind the act, for a reason.
    pub(super) fn mechanism(&self, state: &State) -> Option<Message> {
        let kind = |id: ResourceId| state.resource(id).map(|view| view.kind);
        match self.deed {
            Deed::Cancels => match self.woken.as_slice() {
                [] => None,
                [task] => Some(Message::CancelLater { task: *task }),
                _ => Some(Message::CancelsLater {}),
            },
            Deed::Creates if self.tasks.len() == 1 => Some(Message::NewJoins {
                tasks: self.tasks.clone(),
            }),
            Deed::Creates => Some(Message::NewJoin {
                tasks: self.tasks.clone(),
            }),
            _ if self.woken.is_empty() => None,
            Deed::Releases(lock) if kind(lock) == Some(ResourceKind::Lock) => Some(Message::LongestWaits {}),
            Deed::Sets(_) => Some(Message::AllWaitersWake {}),
            Deed::Notifies(condition) => Some(Message::MustRelock { condition }),
            Deed::Puts(queue) => Some(Message::ItemForLongest { queue }),
            Deed::Gets(queue) => Some(Message::RoomForLongest { queue }),
            Deed::Settles(..) => Some(Message::SettlingWakes {}),
            _ => None,
        }
    }
}

/// The clause that these tasks are ready now.
pub(super) fn becoming_ready(tasks: &[TaskId]) -> Option<Message> {
    match tasks {
        [] => None,
        [_] => Some(Message::BecomesReady {
            tasks: tasks.to_vec(),
        }),
        [_, _] | [_, _, _] => Some(Message::BecomeReady {
            tasks: tasks.to_vec(),
        }),
        _ => Some(Message::ManyBecomeReady {
            count: u32::try_from(tasks.len()).unwrap_or(u32::MAX),
        }),
    }
}
