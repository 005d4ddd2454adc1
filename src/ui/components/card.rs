//! One object with its waiters, holder or content.

use yew::prelude::*;

use super::chip::{Chip, line, list};
use super::icon::icon;
use crate::trace::{
    FutureId, Item, ResourceKind, ResourceView, TaskId, TaskState, WaitReason, doing_in, future_name,
};
use crate::ui::frame::{Frame, Place};
use crate::ui::i18n::{Key, count, fill, grouped, spoken, text};
use crate::ui::look::{self, Family, Icon};
use crate::ui::tags::{all, el, item, plain, say, tag, words};

/// Slots of a queue that are drawn before the rest is counted.
const SLOTS: usize = 6;
/// Holders that are drawn before the rest is counted.
const HOLDERS: usize = 8;
/// Children of a group that are drawn before the rest is counted.
const CHILDREN: usize = 8;

/// The card of a place.
pub fn card(frame: &Frame, place: Place) -> Html {
    match place {
        Place::Resource(id) => frame
            .state
            .resource(id)
            .map_or_else(Html::default, |view| resource(frame, view)),
        Place::Task(id) => awaited(frame, id),
        Place::Future(id) => future(frame, id),
    }
}

fn resource(frame: &Frame, view: &ResourceView) -> Html {
    match view.kind {
        ResourceKind::Lock => lock(frame, view),
        ResourceKind::Semaphore | ResourceKind::BoundedSemaphore => semaphore(frame, view),
        ResourceKind::Event => event(frame, view),
        ResourceKind::Condition => condition(frame, view),
        ResourceKind::Barrier => barrier(frame, view),
        ResourceKind::Queue | ResourceKind::PriorityQueue | ResourceKind::LifoQueue => queue(frame, view),
        ResourceKind::Gather
        | ResourceKind::Wait
        | ResourceKind::AsCompleted
        | ResourceKind::TaskGroup
        | ResourceKind::Shield => group(frame, view),
        ResourceKind::Executor => super::pool::pool(frame, view),
        ResourceKind::Server | ResourceKind::Connection | ResourceKind::Request => {
            let state = frame.text(view.state);
            let state = doing_in(spoken(), &state).map_or(state.clone(), str::to_owned);
            card_of(frame, view, state, Html::default())
        }
    }
}

pub(super) fn card_of(frame: &Frame, view: &ResourceView, state: String, body: Html) -> Html {
    card_with(frame, view, state, Html::default(), body)
}

fn card_with(frame: &Frame, view: &ResourceView, state: String, above: Html, body: Html) -> Html {
    let named = !frame.text(view.name).is_empty();
    let kind = if named { look::kind_name(view.kind) } else { "" };
    outline(
        look::of_resource(view),
        &frame.resource_name(view.id),
        kind,
        state,
        above,
        body,
    )
}

fn outline(which: Icon, name: &str, kind: &str, state: String, above: Html, body: Html) -> Html {
    let header = vec![
        icon(which),
        words("b", "", name.to_owned()),
        words("span", "kind", kind.to_owned()),
        words("span", "is", state),
    ];
    let inside = vec![el("header", "", header), above, el("div", "sides", vec![body])];
    tag("article", &[("class", "obj"), ("data-object", name)], inside)
}

pub(super) fn part(title: Key, body: Html) -> Html {
    el("div", "part", vec![say("h3", "", title), body])
}

pub(super) fn waiters(frame: &Frame, title: Key, numbered: bool, waits: &dyn Fn(WaitReason) -> bool) -> Html {
    part(title, line(frame, &frame.queue(waits), numbered, &|_| None))
}

fn holders(frame: &Frame, holders: &[TaskId]) -> Html {
    if holders.is_empty() {
        return say("span", "none", Key::Nobody);
    }
    let chips = holders.iter().take(HOLDERS).map(|task| {
        let runs = frame.seat_task() == Some(*task);
        let chip = Chip::new(frame.name(*task), if runs { Family::Run } else { Family::Plain });
        let chip = if runs { chip.icon(Icon::Run) } else { chip };
        item(&task.to_string(), &[], vec![chip.draw()])
    });
    let rest = holders.get(HOLDERS..).unwrap_or_default();
    list("ul", chips.collect(), frame, rest)
}

fn held(frame: &Frame, view: &ResourceView, wait: WaitReason) -> Html {
    all(vec![
        part(Key::HeldBy, holders(frame, &view.holders)),
        waiters(frame, Key::AcquireWaits, true, &|reason| reason == wait),
    ])
}

fn lock(frame: &Frame, view: &ResourceView) -> Html {
    let state = text(if view.holders.is_empty() {
        Key::Free
    } else {
        Key::Held
    });
    let body = held(frame, view, WaitReason::Lock(view.id));
    card_of(frame, view, state.into(), body)
}

fn semaphore(frame: &Frame, view: &ResourceView) -> Html {
    let free = view.value.max(0).unsigned_abs();
    let all = free + u64::from(view.reserved) + view.holders.len() as u64;
    let state = fill(
        Key::Permits,
        &[("n", &free.to_string()), ("all", &all.to_string())],
    );
    let body = held(frame, view, WaitReason::Semaphore(view.id));
    card_of(frame, view, state, body)
}

fn event(frame: &Frame, view: &ResourceView) -> Html {
    let state = text(if view.value == 0 { Key::NotSet } else { Key::IsSet });
    let body = waiters(frame, Key::WaitWaits, false, &|reason| {
        reason == WaitReason::Event(view.id)
    });
    card_of(frame, view, state.into(), body)
}

fn condition(frame: &Frame, view: &ResourceView) -> Html {
    let own = frame
        .state
        .resources
        .iter()
        .find(|other| other.part_of == Some(view.id));
    let held: &[TaskId] = own.map_or(&view.holders, |lock| &lock.holders);
    let wanted = own.map_or(view.id, |lock| lock.id);
    let state = text(if held.is_empty() {
        Key::LockFree
    } else {
        Key::LockHeld
    });
    let body = all(vec![
        waiters(frame, Key::InWait, true, &|reason| {
            reason == WaitReason::Condition(view.id)
        }),
        part(Key::LockHeldBy, holders(frame, held)),
        waiters(frame, Key::LockWantedBy, true, &|reason| {
            reason == WaitReason::Lock(wanted)
        }),
    ]);
    card_of(frame, view, state.into(), body)
}

fn barrier(frame: &Frame, view: &ResourceView) -> Html {
    let state = fill(
        Key::Parties,
        &[
            ("n", &view.value.to_string()),
            ("all", &view.capacity.to_string()),
        ],
    );
    let body = waiters(frame, Key::WaitWaits, false, &|reason| {
        reason == WaitReason::Barrier(view.id)
    });
    card_of(
        frame,
        view,
        if view.closed {
            text(Key::Closed).into()
        } else {
            state
        },
        body,
    )
}

fn queue(frame: &Frame, view: &ResourceView) -> Html {
    let held = view.items.len() as u64;
    let state = if view.closed {
        text(Key::Closed).to_owned()
    } else if view.capacity == 0 {
        count(Key::Items, held)
    } else {
        fill(
            Key::ItemsOf,
            &[("n", &held.to_string()), ("all", &view.capacity.to_string())],
        )
    };
    let value_of = |task: TaskId| match frame.state.task(task)?.state {
        TaskState::Waiting(WaitReason::QueuePut { item, .. }) => Some(words("code", "val", frame.text(item))),
        _ => None,
    };
    let puts =
        frame.queue(&|reason| matches!(reason, WaitReason::QueuePut { queue, .. } if queue == view.id));
    let joins = frame.queue(&|reason| reason == WaitReason::QueueJoin(view.id));
    let mut body = vec![
        waiters(frame, Key::GetWaits, true, &|reason| {
            reason == WaitReason::QueueGet(view.id)
        }),
        part(Key::PutWaits, line(frame, &puts, true, &value_of)),
    ];
    if !joins.waiting.is_empty() || !joins.gone.is_empty() {
        body.push(part(Key::JoinWaits, line(frame, &joins, false, &|_| None)));
    }
    card_with(frame, view, state, pipe(frame, view), all(body))
}

/// The slots of a queue: left is next out. What was taken in this step is dashed.
fn pipe(frame: &Frame, view: &ResourceView) -> Html {
    let mut items: Vec<Item> = view.items.iter().copied().collect();
    if view.kind == ResourceKind::LifoQueue {
        items.reverse();
    }
    let room = (view.capacity as usize).max(items.len()).clamp(1, SLOTS);
    let slots = (0..room).map(|index| match items.get(index) {
        Some(item) => words("span", "slot has", frame.text(item.text)),
        None => el("span", "slot", Vec::new()),
    });
    let arrow = || el("i", "ar", Vec::new());
    let mut inside = vec![say("span", "end", Key::Out), arrow()];
    for item in &view.taken {
        let attributes = [("class", "slot took"), ("title", text(Key::TakenNow))];
        inside.push(tag("span", &attributes, vec![plain(frame.text(item.text))]));
    }
    inside.push(el("span", "slots", slots.collect()));
    if items.len() > SLOTS {
        inside.push(words(
            "span",
            "more",
            count(Key::More, (items.len() - SLOTS) as u64),
        ));
    }
    inside.extend([arrow(), say("span", "end", Key::In)]);
    el("div", "pipe", inside)
}

/// A gather, a wait, a task group: who waits, and for whom.
fn group(frame: &Frame, view: &ResourceView) -> Html {
    let (done, all_of_them) = look::children_done(view, &frame.state);
    let state = fill(
        Key::ChildrenDone,
        &[
            ("done", &grouped(done as u64)),
            ("n", &grouped(all_of_them as u64)),
        ],
    );
    let who = waiters(frame, Key::Waits, false, &|reason| {
        crate::ui::frame::resource_of(reason) == Some(view.id)
    });
    let children = view
        .children
        .iter()
        .take(CHILDREN)
        .filter_map(|id| frame.state.task(*id))
        .map(|child| {
            let done = child.state.is_done();
            let look = look::of_task(frame, child);
            let chip = Chip::new(
                frame.text(child.name),
                if done { look.family } else { Family::Plain },
            );
            let chip = if done { chip.icon(look.icon) } else { chip };
            item(&child.id.to_string(), &[], vec![chip.draw()])
        });
    let rest = view.children.get(CHILDREN..).unwrap_or_default();
    let mut body = vec![who];
    if all_of_them > 0 {
        body.push(part(
            Key::UntilAllDone,
            list("ul", children.collect(), frame, rest),
        ));
    }
    let state = if all_of_them > 0 { state } else { String::new() };
    card_of(frame, view, state, all(body))
}

fn awaited(frame: &Frame, id: TaskId) -> Html {
    let state = frame
        .state
        .task(id)
        .map_or_else(String::new, |task| look::of_task(frame, task).label);
    let body = waiters(frame, Key::AwaitedBy, false, &|reason| {
        reason == WaitReason::Task(id)
    });
    outline(Icon::Join, &frame.name(id), "Task", state, Html::default(), body)
}

fn future(frame: &Frame, id: FutureId) -> Html {
    let view = frame.state.future(id);
    let settled = view.is_some_and(|view| view.settled.is_some());
    let state = text(if settled { Key::Settled } else { Key::Pending });
    let body = waiters(frame, Key::AwaitedBy, false, &|reason| {
        reason == WaitReason::Future(id)
    });
    // What the program gave no name is called by its kind and number.
    let kind = view.map_or("", |view| {
        if frame.text(view.name).is_empty() {
            ""
        } else {
            "Future"
        }
    });
    let name = future_name(&frame.recording.trace(), &frame.state, id);
    outline(Icon::Future, &name, kind, state.into(), Html::default(), body)
}
