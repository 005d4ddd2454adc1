//! The few shapes that the views are made of.
//!
//! Every tag of `html!` is compiled anew wherever it stands, and the page is downloaded: what
//! differs by a class only is made here.

use yew::prelude::*;
use yew::virtual_dom::{VTag, VText};

use crate::trace::{ResourceKind, TaskId, TaskState, WaitReason};
use crate::ui::components::icon::icon;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, Phrase, count, text};
use crate::ui::look::{self, Family, Icon, Look};
use crate::ui::state::{Action, Move};

/// An element with a class.
pub(super) fn el(tag: &'static str, class: &str, inside: Html) -> Html {
    let mut element = VTag::new(tag);
    if !class.is_empty() {
        element.add_attribute("class", class.to_owned());
    }
    element.add_child(inside);
    element.into()
}

/// Text in an element.
pub(super) fn words(tag: &'static str, class: &str, told: impl Into<AttrValue>) -> Html {
    el(tag, class, Html::from(VText::new(told)))
}

/// A list of elements as one.
pub(super) fn all(parts: impl IntoIterator<Item = Html>) -> Html {
    parts.into_iter().collect()
}

/// The frame around a view: it scrolls, so it takes the focus.
pub(super) fn lens(class: &'static str, title: String, sub: &'static str, inside: Html) -> Html {
    html! {
        <div class={classes!("lens", class)} role="group" tabindex="0" aria-label={title.clone()} data-testid="lens">
            <h2><span>{ title }</span><small>{ sub }</small></h2>
            { inside }
        </div>
    }
}

/// A button that does one thing.
pub(super) fn button(
    class: String,
    pressed: Option<bool>,
    emit: &Callback<Action>,
    action: Action,
    inside: Html,
) -> Html {
    let onclick = emit.reform(move |_: MouseEvent| action.clone());
    html! { <button type="button" {class} aria-pressed={pressed.map(|pressed| pressed.to_string())} {onclick}>{ inside }</button> }
}

/// A step as a link to it, with `{n}` in what the link says.
pub(super) fn step(key: impl Phrase, number: u32, emit: &Callback<Action>) -> Html {
    let told = Html::from(VText::new(count(key, number)));
    button("link".to_owned(), None, emit, Action::Go(Move::To(number)), told)
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
    let inside = all([icon(look.icon), words("span", "nm", frame.name(id))]);
    button(class, Some(on), emit, Action::Select((!on).then_some(id)), inside)
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
    let mut names: Vec<String> = tasks.iter().take(SHOWN).map(|task| frame.name(*task)).collect();
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

/// A word of a table, as an element.
pub(super) fn say(tag: &'static str, class: &str, key: impl Phrase) -> Html {
    words(tag, class, text(key))
}
