//! How things look: the one table of colours, textures, icons and labels, keyed by what they are.
//!
//! A state is told by hue, texture, icon and words at once, so that any two may
//! be lost. Colours are names of CSS classes; values are in `tokens.css`.

use super::frame::{Frame, resource_of};
use super::i18n::{Key, fill, ordinal, seconds, text};
pub use super::icons::Icon;
use super::recording::Recording;
use crate::trace::{
    self, HandleView, Job, ResourceKind, ResourceView, State, TaskState, TaskView, Via, WaitReason,
    future_name, resource_name,
};

/// A family of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// Runs now.
    Run,
    /// May run.
    Ready,
    /// Waits for the clock.
    Clock,
    /// Waits for another task.
    Peer,
    /// Waits for the outside world.
    Outside,
    /// Done.
    Done,
    /// Cancelled, or about to be.
    Cancel,
    /// Failed.
    Fail,
    /// Nothing special.
    Plain,
}

impl Family {
    /// The CSS class that sets the colours.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Run => "f-run",
            Self::Ready => "f-ready",
            Self::Clock => "f-clock",
            Self::Peer => "f-peer",
            Self::Outside => "f-outside",
            Self::Done => "f-done",
            Self::Cancel => "f-cancel",
            Self::Fail => "f-fail",
            Self::Plain => "f-plain",
        }
    }

    /// The custom properties of `tokens.css` that draw it, write it and fill it.
    pub const fn tokens(self) -> [&'static str; 3] {
        match self {
            Self::Run => ["--run-edge", "--run-ink", "--run-tint"],
            Self::Ready => ["--ready", "--ready-ink", "--ready-tint"],
            Self::Clock => ["--clock", "--clock-ink", "--clock-tint"],
            Self::Peer => ["--peer", "--peer-ink", "--peer-tint"],
            Self::Outside => ["--outside", "--outside-ink", "--outside-tint"],
            Self::Done => ["--done", "--done-ink", "--done-tint"],
            Self::Cancel => ["--cancel", "--cancel-ink", "--cancel-tint"],
            Self::Fail => ["--fail", "--fail-ink", "--fail-tint"],
            Self::Plain => ["--line-2", "--ink-3", "--panel"],
        }
    }

    /// The pattern that fills its bars.
    pub const fn texture(self) -> Option<&'static str> {
        match self {
            Self::Clock => Some("url(#p-clock)"),
            Self::Peer => Some("url(#p-peer)"),
            Self::Outside => Some("url(#p-outside)"),
            Self::Cancel => Some("url(#p-cancel)"),
            _ => None,
        }
    }
}

/// The colours of a family of states of the trace.
pub const fn of_family(family: trace::Family) -> Family {
    match family {
        trace::Family::Ready => Family::Ready,
        trace::Family::Running => Family::Run,
        trace::Family::Clock => Family::Clock,
        trace::Family::Peer => Family::Peer,
        trace::Family::Outside => Family::Outside,
        trace::Family::CancelRequested | trace::Family::Cancelled => Family::Cancel,
        trace::Family::Finished => Family::Done,
        trace::Family::Failed => Family::Fail,
    }
}

/// How a state of a task looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Colours.
    pub family: Family,
    /// Icon.
    pub icon: Icon,
    /// In full: `queue.put · 1st`.
    pub label: String,
}

/// Colours and icon of a task at rest in a frame: what many tasks of a kind share.
pub fn kind_of_task(frame: &Frame, task: &TaskView) -> (Family, Icon) {
    match task.state {
        _ if frame.seat_task() == Some(task.id) => (Family::Run, Icon::Run),
        TaskState::Running => (Family::Run, Icon::Run),
        TaskState::Ready if task.cancel_pending => (Family::Cancel, Icon::Ready),
        TaskState::Ready => (Family::Ready, Icon::Ready),
        TaskState::Waiting(reason) => of_reason(reason),
        TaskState::Finished => (Family::Done, Icon::Done),
        TaskState::Cancelled => (Family::Cancel, Icon::Cancelled),
        TaskState::Failed => (Family::Fail, Icon::Failed),
    }
}

/// A task at rest in a frame.
pub fn of_task(frame: &Frame, task: &TaskView) -> Look {
    let (family, icon) = kind_of_task(frame, task);
    let label = match task.state {
        _ if family == Family::Run => text(Key::StateRunning).into(),
        TaskState::Ready => match frame.place_in_ready(task.id) {
            Some(place) => fill(Key::StateReadyNth, &[("nth", &ordinal(place))]),
            None => text(Key::StateReady).into(),
        },
        TaskState::Waiting(reason) => {
            let what = wait_now(reason, &frame.state, &frame.recording);
            match frame.place_in_line(task) {
                Some(place) => fill(Key::WithPlace, &[("what", &what), ("nth", &ordinal(place))]),
                None => what,
            }
        }
        TaskState::Failed => {
            let error = frame.text(task.value);
            let name = error.split(['(', ':']).next().unwrap_or_default();
            if name.is_empty() {
                text(Key::StateFailed).into()
            } else {
                name.to_owned()
            }
        }
        TaskState::Cancelled => text(Key::StateCancelled).into(),
        TaskState::Running | TaskState::Finished => text(Key::StateDone).into(),
    };
    Look { family, icon, label }
}

/// Colours and icon of a wait.
pub const fn of_reason(reason: WaitReason) -> (Family, Icon) {
    match reason {
        WaitReason::Bare => (Family::Ready, Icon::Ready),
        WaitReason::Other => (Family::Peer, Icon::Pause),
        WaitReason::Sleep { .. } => (Family::Clock, Icon::Clock),
        WaitReason::Executor(_) => (Family::Outside, Icon::Job),
        WaitReason::Lock(_) => (Family::Peer, Icon::Lock),
        WaitReason::Event(_) => (Family::Peer, Icon::Flag),
        WaitReason::Condition(_) => (Family::Peer, Icon::Bell),
        WaitReason::Semaphore(_) | WaitReason::Barrier(_) => (Family::Peer, Icon::Gate),
        WaitReason::QueueGet(_) | WaitReason::QueuePut { .. } | WaitReason::QueueJoin(_) => {
            (Family::Peer, Icon::Queue)
        }
        WaitReason::Task(_) | WaitReason::Gather(_) | WaitReason::Group(_) => (Family::Peer, Icon::Join),
        WaitReason::Future(_) => (Family::Peer, Icon::Future),
    }
}

/// A wait in words, with how far it is: `gather · 1/2`.
fn wait_now(reason: WaitReason, state: &State, recording: &Recording) -> String {
    match reason {
        WaitReason::Sleep { timer, .. } => match recording.notes().due(timer) {
            Some(due) => fill(Key::SleepUntil, &[("time", &seconds(due))]),
            None => text(Key::Sleeps).into(),
        },
        WaitReason::Gather(id) | WaitReason::Group(id) => {
            let Some(group) = state.resource(id) else {
                return text(Key::WaitOther).into();
            };
            let (done, all) = children_done(group, state);
            if all == 0 {
                return kind_name(group.kind).to_owned();
            }
            let key = if group.kind == ResourceKind::Gather {
                Key::GatherDone
            } else {
                Key::GroupDone
            };
            fill(
                key,
                &[
                    ("name", kind_name(group.kind)),
                    ("done", &done.to_string()),
                    ("n", &all.to_string()),
                ],
            )
        }
        _ => wait_labels(reason, state, recording).0,
    }
}

/// A wait in words, long and short, as it is true from its beginning to its end.
pub fn wait_labels(reason: WaitReason, state: &State, recording: &Recording) -> (String, String) {
    let trace = &*recording.trace();
    let named = |long: Key, short: Option<Key>| {
        let name = resource_of(reason).map_or_else(String::new, |id| resource_name(trace, state, id));
        let long = fill(long, &[("name", &name)]);
        (long, short.map_or(name, |short| text(short).to_owned()))
    };
    match reason {
        WaitReason::Bare | WaitReason::Other => (text(Key::WaitOther).into(), String::new()),
        WaitReason::Sleep { timer, .. } => match recording.notes().due(timer) {
            Some(due) => (fill(Key::Until, &[("time", &seconds(due))]), seconds(due)),
            None => (text(Key::Sleeps).into(), String::new()),
        },
        WaitReason::Lock(_) => named(Key::WaitLock, None),
        WaitReason::Semaphore(_) => named(Key::WaitSemaphore, None),
        WaitReason::Event(_) => named(Key::WaitEvent, None),
        WaitReason::Condition(_) => named(Key::WaitCondition, Some(Key::ShortWait)),
        WaitReason::Barrier(_) => named(Key::WaitBarrier, None),
        WaitReason::QueueGet(_) => named(Key::WaitGet, Some(Key::ShortGet)),
        WaitReason::QueuePut { .. } => named(Key::WaitPut, Some(Key::ShortPut)),
        WaitReason::QueueJoin(_) => named(Key::WaitJoin, Some(Key::ShortJoin)),
        WaitReason::Gather(id) | WaitReason::Group(id) => {
            let Some(group) = state.resource(id) else {
                return (text(Key::WaitOther).into(), String::new());
            };
            let key = if group.kind == ResourceKind::Gather {
                Key::WaitGather
            } else {
                Key::WaitGroup
            };
            let (name, n) = (kind_name(group.kind), group.children.len().to_string());
            // Futures that are no tasks are not counted.
            if group.children.is_empty() {
                return (name.to_owned(), name.to_owned());
            }
            (fill(key, &[("name", name), ("n", &n)]), name.to_owned())
        }
        WaitReason::Task(id) => {
            let name = state.task(id).map_or("", |task| trace.text(task.name));
            (fill(Key::WaitTask, &[("name", name)]), name.to_owned())
        }
        WaitReason::Executor(_) => (text(Key::WaitJob).into(), String::new()),
        WaitReason::Future(id) => {
            let own = state.future(id).map_or("", |future| trace.text(future.name));
            let name = future_name(trace, state, id);
            // One without a name is called a future already.
            let long = if own.is_empty() {
                name.clone()
            } else {
                fill(Key::WaitFuture, &[("name", own)])
            };
            (long, name)
        }
    }
}

/// How many children of a group are done, and how many there are.
pub fn children_done(group: &ResourceView, state: &State) -> (usize, usize) {
    let done = |id: &&crate::trace::TaskId| state.task(**id).is_some_and(|task| task.state.is_done());
    (group.children.iter().filter(done).count(), group.children.len())
}

/// The name of a kind of resource in `asyncio`.
pub const fn kind_name(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::Lock => "Lock",
        ResourceKind::Event => "Event",
        ResourceKind::Condition => "Condition",
        ResourceKind::Semaphore => "Semaphore",
        ResourceKind::BoundedSemaphore => "BoundedSemaphore",
        ResourceKind::Barrier => "Barrier",
        ResourceKind::Queue => "Queue",
        ResourceKind::PriorityQueue => "PriorityQueue",
        ResourceKind::LifoQueue => "LifoQueue",
        ResourceKind::Gather => "gather",
        ResourceKind::Wait => "wait",
        ResourceKind::AsCompleted => "as_completed",
        ResourceKind::TaskGroup => "TaskGroup",
        ResourceKind::Shield => "shield",
        ResourceKind::Executor => "executor",
        ResourceKind::Server => "server",
        ResourceKind::Connection => "connection",
        ResourceKind::Request => "request",
    }
}

/// Icon of a resource.
pub fn of_resource(resource: &ResourceView) -> Icon {
    match resource.kind {
        ResourceKind::Lock => {
            if resource.holders.is_empty() {
                Icon::Unlock
            } else {
                Icon::Lock
            }
        }
        ResourceKind::Event => Icon::Flag,
        ResourceKind::Condition => Icon::Bell,
        ResourceKind::Semaphore | ResourceKind::BoundedSemaphore | ResourceKind::Barrier => Icon::Gate,
        ResourceKind::Queue | ResourceKind::PriorityQueue | ResourceKind::LifoQueue => Icon::Queue,
        ResourceKind::Gather
        | ResourceKind::Wait
        | ResourceKind::AsCompleted
        | ResourceKind::TaskGroup
        | ResourceKind::Shield
        | ResourceKind::Server
        | ResourceKind::Connection
        | ResourceKind::Request => Icon::Join,
        ResourceKind::Executor => Icon::Job,
    }
}

/// Why a handle is in the ready queue, in two or three words.
pub fn why_ready(frame: &Frame, handle: &HandleView) -> String {
    let resource = |id| frame.resource_name(id);
    let named = |key, name: String| fill(key, &[("name", &name)]);
    if let (None, Some(due)) = (handle.job.task(), handle.due) {
        return fill(Key::WhyDue, &[("time", &seconds(due))]);
    }
    match handle.via {
        Via::Spawn => text(Key::WhyNew).into(),
        Via::Yield => text(Key::WhyYield).into(),
        Via::SleepOver => text(Key::WhySlept).into(),
        Via::Cancel => text(Key::WhyCancel).into(),
        Via::Timeout => text(Key::WhyTimeout).into(),
        Via::Call => text(Key::WhyCalled).into(),
        Via::Release(id) => named(Key::WhyReleased, resource(id)),
        Via::EventSet(id) => named(Key::WhySet, resource(id)),
        Via::Notify(id) => named(Key::WhyNotified, resource(id)),
        Via::Put(id) => named(Key::WhyItem, resource(id)),
        Via::Get(id) => named(Key::WhyRoom, resource(id)),
        Via::AllDone(id) => named(Key::WhyDrained, resource(id)),
        Via::Barrier(id) => named(Key::WhyBarrier, resource(id)),
        Via::Group(id) => named(Key::WhyGroup, resource(id)),
        Via::Shutdown(id) => named(Key::WhyClosed, resource(id)),
        Via::Executor(_) => text(Key::WhyJob).into(),
        Via::TaskDone(id) => named(Key::WhyEnded, frame.name(id)),
        Via::Future(id) => named(
            Key::WhyFuture,
            future_name(&frame.recording.trace(), &frame.state, id),
        ),
    }
}

/// What a handle is called where it stands for itself: a task's name, or what is called.
pub fn handle_name(frame: &Frame, handle: &HandleView) -> String {
    match handle.job {
        Job::Step(task) | Job::Wakeup(task) => frame.name(task),
        Job::SleepOver | Job::TimeoutOver(_) => text(Key::TimerCallback).into(),
        Job::Callback { name } | Job::Library { name } => {
            let name = frame.text(name);
            // Where the library keeps a function says nothing here.
            let name = match handle.job {
                Job::Library { .. } => name.rsplit('.').next().unwrap_or_default().to_owned(),
                _ => name,
            };
            if name.is_empty() {
                text(Key::Callback).into()
            } else {
                name
            }
        }
    }
}
