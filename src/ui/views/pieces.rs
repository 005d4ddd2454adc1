//! The few shapes that the views are made of.

use yew::prelude::*;

use crate::trace::{ResourceKind, TaskId, TaskState, WaitReason};
use crate::ui::components::icon::icon;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, Phrase, ViewKey, count, text};
use crate::ui::look::{self, Family, Icon, Look};
use crate::ui::state::{Action, Move};
use crate::ui::tags::{button, el, plain, say, tag, words};

/// The frame around a view: it scrolls, so it takes the focus.
pub(super) fn lens(class: &'static str, title: &str, sub: ViewKey, inside: Vec<Html>) -> Html {
    let class = format!("lens {class}");
    let frame = [
        ("role", "group"),
        ("tabindex", "0"),
        ("aria-label", title),
        ("data-testid", "lens"),
        ("class", &class),
    ];
    let mut parts = vec![el(
        "h2",
        "",
        vec![words("span", "", title.to_owned()), say("small", "", sub)],
    )];
    parts.extend(inside);
    tag("div", &frame, parts)
}

/// A step as a link to it, with `{n}` in what the link says.
pub(super) fn step(key: impl Phrase, number: u32, emit: &Callback<Action>) -> Html {
    let told = vec![plain(count(key, number))];
    button(emit, Action::Go(Move::To(number)), &[("class", "link")], told)
}

/// A task as a button that selects it.
pub(super) fn task(
    frame: &Frame,
    id: TaskId,
    selected: Option<TaskId>,
    mark: &str,
    emit: &Callback<Action>,
) -> Html {
    let look = frame
        .state
        .task(id)
        .map_or_else(new, |view| look::of_task(frame, view));
    let on = selected == Some(id);
    let class = format!("chip node {} {mark}", look.family.class());
    let inside = vec![icon(look.icon), words("span", "nm", frame.name(id))];
    let pressed = if on { "true" } else { "false" };
    button(
        emit,
        Action::Select((!on).then_some(id)),
        &[("aria-pressed", pressed), ("class", &class)],
        inside,
    )
}

fn new() -> Look {
    Look {
        family: Family::Plain,
        icon: Icon::Ready,
        label: text(Key::StateNew).to_owned(),
    }
}

/// What a task is doing, in a few words; where it waits, by the call.
pub(super) fn state_of(frame: &Frame, id: TaskId) -> String {
    let Some(view) = frame.state.task(id) else {
        return text(Key::StateNew).to_owned();
    };
    look::of_task(frame, view).label
}

/// The call that waits, as it stands in a program.
pub(super) fn call(frame: &Frame, state: TaskState) -> &'static str {
    let Some(on) = state.waits_on() else { return "" };
    match on {
        WaitReason::Bare | WaitReason::Other => "yield",
        WaitReason::Task(_) | WaitReason::Future(_) => "await",
        WaitReason::Gather(_) => "gather()",
        WaitReason::Executor(_) => "run_in_executor()",
        WaitReason::Sleep { .. } => "sleep()",
        WaitReason::Lock(_) | WaitReason::Semaphore(_) => "acquire()",
        WaitReason::Event(_) | WaitReason::Condition(_) | WaitReason::Barrier(_) => "wait()",
        WaitReason::QueueGet(_) => "get()",
        WaitReason::QueuePut { .. } => "put()",
        WaitReason::QueueJoin(_) => "join()",
        WaitReason::Group(id) => match frame.state.resource(id).map(|view| view.kind) {
            Some(ResourceKind::TaskGroup) => "async with",
            Some(ResourceKind::Wait) => "wait()",
            Some(kind) => look::kind_name(kind),
            None => "await",
        },
    }
}

/// Names in a row, the rest counted.
pub(super) fn names(frame: &Frame, tasks: &[TaskId]) -> String {
    const SHOWN: usize = 4;
    let shown = tasks.get(..SHOWN).unwrap_or(tasks);
    let mut names: Vec<String> = shown.iter().map(|task| frame.name(*task)).collect();
    if tasks.len() > SHOWN {
        names.push(count(Key::More, (tasks.len() - SHOWN) as u64));
    }
    names.join(", ")
}

/// How many there was no room for; nothing when there was.
pub(super) fn more(left: usize) -> Html {
    if left == 0 {
        return Html::default();
    }
    words("li", "more", count(Key::More, left as u64))
}
