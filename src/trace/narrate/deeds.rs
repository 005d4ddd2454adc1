//! What acts are called, what they lead to, and by which mechanism.

use super::acts::{Act, Deed};
use super::message::{Doing, Message};
use crate::trace::event::{ResourceKind, Settled};
use crate::trace::ids::{ResourceId, TaskId, TextId};
use crate::trace::state::{ResourceView, State};

impl Act {
    pub(super) const fn weight(&self) -> u8 {
        match self.deed {
            Deed::Blocks(_) | Deed::Spins(_) => 0,
            Deed::Cancels => 1,
            Deed::Completes(_)
            | Deed::Notifies(_)
            | Deed::Sets(_)
            | Deed::Closes(_)
            | Deed::SeesTo(_)
            | Deed::Settles(..) => 2,
            Deed::Releases(_)
            | Deed::Takes(_)
            | Deed::Puts(_)
            | Deed::Gets(_)
            | Deed::Arrives(..)
            | Deed::Fills(_) => 3,
            Deed::Creates | Deed::HandsOver(_) | Deed::Finishes(_) | Deed::Clears(_) => 4,
            Deed::Schedules(..) | Deed::Wakes | Deed::TakesAndReleases(_) | Deed::Leaves(_) => 5,
            Deed::Prints => 6,
            Deed::Works(_) => 7,
            Deed::Ends => 8,
        }
    }

    /// What the act is called.
    #[expect(clippy::too_many_lines, reason = "a table: one line or two for each deed")]
    pub(super) fn predicate(&self, state: &State) -> Message {
        let semaphore = |id: ResourceId| state.resource(id).is_some_and(ResourceView::is_semaphore);
        match self.deed {
            Deed::Blocks(span) => Message::Blocks { span },
            Deed::Spins(span) => Message::Spins { span },
            Deed::Works(span) => Message::Works { span },
            Deed::Cancels if self.tasks.is_empty() => Message::Wakes {
                tasks: self.woken.clone(),
            },
            Deed::Cancels => Message::AsksToStop {
                tasks: self.tasks.clone(),
            },
            Deed::Settles(future, Settled::Cancelled, _) => Message::CancelsFuture { future },
            Deed::Settles(future, _, value) => Message::Settles { future, value },
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
            Deed::Closes(resource) if is_connection(resource, state) => {
                Message::ClosesConnection { resource }
            }
            Deed::Closes(resource) => Message::Closes { resource },
            Deed::SeesTo(resource) => Message::SeesTo {
                resource,
                state: Doing(self.texts.first().copied().unwrap_or(TextId::EMPTY)),
            },
            Deed::Arrives(barrier, inside) => Message::Arrives { barrier, inside },
            Deed::Leaves(barrier) => Message::Leaves { barrier },
            Deed::Fills(barrier) => Message::Fills { barrier },
            Deed::Creates => Message::Creates {
                tasks: self.tasks.clone(),
            },
            Deed::HandsOver(executor) => match self.texts.as_slice() {
                [job, _, ..] if self.texts.iter().all(|other| other == job) => Message::HandsOverOften {
                    job: *job,
                    times: u32::try_from(self.texts.len()).unwrap_or(u32::MAX),
                    executor,
                },
                jobs => Message::HandsOver {
                    jobs: jobs.to_vec(),
                    executor,
                },
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
            Deed::HandsOver(executor) => state.resource(executor).map(|view| Message::BesideLoop {
                executor,
                workers: view.capacity,
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

fn is_connection(resource: ResourceId, state: &State) -> bool {
    use ResourceKind::{Connection, Request, Server};
    let view = state.resource(resource);
    view.is_some_and(|view| matches!(view.kind, Server | Connection | Request))
}
