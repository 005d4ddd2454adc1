//! Everything about one task at one frame: where it rests and on whom that hangs, who woke it,
//! whom it woke, who waits for it, and its life so far.

use super::frame::Frame;
use super::i18n::{Key, fill, text};
use super::look::{self, Family, Icon, Look};
use crate::trace::{
    ArrowKind, Lane, Line, SegmentKind, TaskId, TaskView, Time, WaitReason, Waiter, deadlock,
};

/// Tasks that an await chain is followed through.
const LINKS: usize = 12;

/// A task, inspected.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspected {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: String,
    /// The call it runs.
    pub coroutine: String,
    /// The task that created it, and where.
    pub parent: Option<(TaskId, Line)>,
    /// Its state.
    pub look: Look,
    /// Its result, or its exception.
    pub value: String,
    /// Requests to cancel that were not taken back.
    pub cancels: u32,
    /// Where it rests, and on whom that hangs: its own functions first.
    pub chain: Vec<Link>,
    /// Variables of its innermost function: name, value, and whether this step changed it.
    pub locals: Vec<(String, String, bool)>,
    /// Why it became ready last.
    pub woken: Option<Wake>,
    /// Whom it woke, created or cancelled, and in which step.
    pub woke: Vec<Wake>,
    /// Who cannot go on without it, and where.
    pub needed_by: Vec<(TaskId, Line)>,
    /// Its life up to this frame.
    pub history: Vec<Stretch>,
}

/// A piece of an await chain.
#[derive(Clone, Debug, PartialEq)]
pub enum Link {
    /// A function of a task that waits for what follows.
    Function {
        /// Its name.
        name: String,
        /// Where it waits.
        line: Line,
    },
    /// What the functions before wait on.
    On(Look),
    /// The task on which that hangs; its functions follow.
    Task(TaskId),
    /// Several tasks, any of which may end the wait.
    Tasks(Vec<TaskId>),
    /// A task that stands in the chain already: it closes a circle.
    Circle(TaskId),
}

/// That one task did something to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wake {
    /// The other task; `None` is the event loop.
    pub other: Option<TaskId>,
    /// The step.
    pub step: u32,
    /// What was done.
    pub kind: ArrowKind,
}

/// A part of a life in one state.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// First and last step.
    pub steps: (u32, u32),
    /// The state.
    pub look: Look,
    /// How long it took.
    pub time: Time,
}

/// A task at a frame; `None` when it does not exist yet.
pub fn inspect(frame: &Frame, task: TaskId) -> Option<Inspected> {
    let view = frame.state.task(task)?;
    let waiters = deadlock(&frame.state).waiters;
    let parent = view
        .parent
        .filter(|parent| frame.state.task(*parent).is_some_and(|view| !view.hidden));
    let lanes = frame.recording.lanes();
    let arrows = lanes.arrows_in(0, frame.number);
    let woken = arrows
        .iter()
        .rev()
        .find(|arrow| arrow.to == task)
        .map(|arrow| Wake {
            other: arrow.from,
            step: arrow.column,
            kind: arrow.kind,
        });
    let woke = arrows
        .iter()
        .filter(|arrow| arrow.from == Some(task))
        .map(|arrow| Wake {
            other: Some(arrow.to),
            step: arrow.column,
            kind: arrow.kind,
        });
    let needs = |waiter: &&Waiter| waiter.needs.contains(&task) && waiter.task != task;
    Some(Inspected {
        task,
        name: frame.text(view.name),
        coroutine: frame.text(view.coroutine),
        parent: parent.map(|parent| (parent, view.line)),
        look: look::of_task(frame, view),
        value: frame.text(view.value),
        cancels: view.cancel_requests,
        chain: chain(frame, task, &waiters),
        locals: locals(frame, view),
        woken,
        woke: woke.collect(),
        needed_by: waiters
            .iter()
            .filter(needs)
            .map(|waiter| (waiter.task, waiter.line))
            .collect(),
        history: lanes
            .lane(task)
            .map_or_else(Vec::new, |lane| history(frame, lane)),
    })
}

fn chain(frame: &Frame, first: TaskId, waiters: &[Waiter]) -> Vec<Link> {
    let mut chain = Vec::new();
    let mut seen = Vec::new();
    let mut next = Some(first);
    while let Some(task) = next.take().filter(|_| seen.len() < LINKS) {
        let Some(view) = frame.state.task(task).filter(|view| !view.state.is_done()) else {
            break;
        };
        if seen.contains(&task) {
            chain.push(Link::Circle(task));
            break;
        }
        if task != first {
            chain.push(Link::Task(task));
        }
        seen.push(task);
        chain.extend(view.stack.iter().map(|known| Link::Function {
            name: frame.text(known.frame.function),
            line: known.frame.line,
        }));
        let Some(on) = view.state.waits_on() else { break };
        chain.push(Link::On(waits(frame, on)));
        let waiter = waiters.iter().find(|waiter| waiter.task == task);
        match waiter.map(|waiter| waiter.needs.as_slice()) {
            Some([one]) => next = Some(*one),
            Some([]) | None => {}
            Some(many) => chain.push(Link::Tasks(many.to_vec())),
        }
    }
    chain
}

fn waits(frame: &Frame, on: WaitReason) -> Look {
    let (family, icon) = look::of_reason(on);
    let label = look::wait_labels(on, &frame.state, &frame.recording).0;
    Look { family, icon, label }
}

fn locals(frame: &Frame, view: &TaskView) -> Vec<(String, String, bool)> {
    let Some(innermost) = view.stack.last() else {
        return Vec::new();
    };
    let before = frame
        .before
        .task(view.id)
        .filter(|before| before.stack.len() == view.stack.len());
    let before = before.and_then(|before| before.stack.last());
    let was = |name| {
        let locals = before.map(|frame| frame.locals.as_slice()).unwrap_or_default();
        locals
            .iter()
            .find(|(other, ..)| *other == name)
            .map(|(_, value, _)| *value)
    };
    let locals = innermost.locals.iter();
    locals
        .map(|(name, value, _)| (frame.text(*name), frame.text(*value), was(*name) != Some(*value)))
        .collect()
}

fn history(frame: &Frame, lane: &Lane) -> Vec<Stretch> {
    let lanes = frame.recording.lanes();
    let segments = lane.segments_in(0, frame.number).iter();
    segments
        .filter(|segment| segment.from < frame.number)
        .map(|segment| {
            let to = segment.end(frame.number).min(frame.number);
            let look = match segment.kind {
                SegmentKind::Running => plain(Family::Run, Icon::Run, Key::StateRunning),
                SegmentKind::Ready => plain(Family::Ready, Icon::Ready, Key::StateReady),
                SegmentKind::Waiting(on) => waits(frame, on),
            };
            let look = if segment.cancel_requested {
                plain(Family::Cancel, Icon::Ready, Key::CancelAsked)
            } else {
                look
            };
            // A step may block the clock; a wait begins when the step before has ended.
            Stretch {
                steps: (segment.from + 1, to),
                look,
                time: lanes.time_at(to).since(lanes.time_at(segment.from)),
            }
        })
        .collect()
}

fn plain(family: Family, icon: Icon, label: Key) -> Look {
    Look {
        family,
        icon,
        label: text(label).to_owned(),
    }
}

/// What was done, in words, as the one to whom it was done would tell it.
pub fn wake_words(frame: &Frame, wake: &Wake) -> String {
    let name = wake
        .other
        .map_or_else(|| text(Key::EventLoop).to_owned(), |other| frame.name(other));
    let key = match wake.kind {
        ArrowKind::Spawn => Key::InspectCreatedBy,
        ArrowKind::Cancel => Key::InspectCancelledBy,
        ArrowKind::Wake(_) => Key::InspectWokenBy,
    };
    fill(key, &[("name", &name)])
}
