//! Above the timeline: its axis, zoom, and what the textures mean.

use yew::prelude::*;

use super::go;
use crate::trace::{State, TaskState};
use crate::ui::components::icon::{self, Button};
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, text};
use crate::ui::look::{self, Family, Icon};
use crate::ui::scale::Axis;
use crate::ui::state::Action;

/// What the tools show as chosen.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a button of its own")]
pub(super) struct Tools {
    /// What runs from left to right.
    pub(super) axis: Axis,
    /// Whether what comes after the cursor is hidden.
    pub(super) future_hidden: bool,
    /// Whether the chain of causes is shown.
    pub(super) why: bool,
    /// Whether the frame is marked.
    pub(super) marked: bool,
    /// Whether the search is open.
    pub(super) searching: bool,
    /// The middle of the lanes, in pixels.
    pub(super) middle: f64,
}

/// The tools.
pub(super) fn tools(frame: &Frame, shown: &Tools, emit: &Callback<Action>) -> Html {
    let Tools {
        axis,
        future_hidden,
        middle,
        ..
    } = *shown;
    let on = |action: Action| go(emit, action);
    let side = |which: Axis, label: Key| {
        let active = axis == which;
        let onclick = if active {
            Callback::noop()
        } else {
            on(Action::ToggleAxis)
        };
        html! {
            <button type="button" class={classes!(active.then_some("on"))} aria-pressed={active.to_string()} {onclick}>
                { text(label) }
            </button>
        }
    };
    let zoom = |which: Icon, label: Key, factor: f64| {
        icon::button(which, text(label), on(Action::Zoom(factor, middle)))
    };
    let future = text(if future_hidden {
        Key::FutureShow
    } else {
        Key::FutureHide
    });
    let eye = Button {
        which: Icon::Eye,
        words: future,
        title: future.into(),
        class: if future_hidden { "btn icon off" } else { "btn icon" },
        id: None,
        pressed: Some(future_hidden),
    };
    html! {
        <div class="tlbar">
            <h2>{ text(Key::Timeline) }</h2>
            <span class="seg" role="group" aria-label={text(Key::AxisIs)}>
                { side(Axis::Steps, Key::AxisSteps) }{ side(Axis::Clock, Key::AxisClock) }
            </span>
            <span class="zoom">
                { zoom(Icon::Minus, Key::ZoomOut, 1.5) }
                { zoom(Icon::Plus, Key::ZoomIn, 1.0 / 1.5) }
                <button class="btn" type="button" onclick={on(Action::Fit)}>{ text(Key::Fit) }</button>
                { eye.draw(on(Action::ToggleFuture)) }
            </span>
            { toggles(shown, emit) }
            { legend(frame) }
        </div>
    }
}

/// What can be opened and shut: the chain of causes, a mark, the search.
fn toggles(shown: &Tools, emit: &Callback<Action>) -> Html {
    let toggle = |which: Icon, label: Key, key: &str, id: &'static str, on: bool, action: Action| {
        let button = Button {
            which,
            words: text(label),
            title: format!("{} ({key})", text(label)).into(),
            class: if on { "btn icon on" } else { "btn icon" },
            id: Some(id),
            pressed: Some(on),
        };
        button.draw(go(emit, action))
    };
    let mark = if shown.marked {
        Key::BookmarkUnset
    } else {
        Key::BookmarkSet
    };
    let search = (!shown.searching).then(|| "".into());
    html! {
        <span class="zoom">
            { toggle(Icon::Cause, Key::WhyShow, "W", "why", shown.why, Action::ToggleWhy) }
            { toggle(Icon::Mark, mark, "M", "bookmark", shown.marked, Action::Bookmark) }
            { toggle(Icon::Search, Key::Search, "/", "search", shown.searching, Action::Search(search)) }
        </span>
    }
}

fn legend(frame: &Frame) -> Html {
    let counts = counts(frame, &frame.state);
    let item = |family: Family, label: Key, n: usize| {
        html! {
            <span>
                <svg class="sw" viewBox="0 0 20 12" aria-hidden="true">
                    if family == Family::Run {
                        <rect class="s-run" x="0.5" y="0.5" width="19" height="11" rx="2.5" />
                    } else {
                        <rect class={classes!("stretch", family.class())} x="0.75" y="0.75" width="18.5" height="10.5" rx="2"
                            fill={family.texture()} />
                    }
                </svg>
                <span class="lg">{ text(label) }</span><b>{ n }</b>
            </span>
        }
    };
    html! {
        <div class="legend">
            { item(Family::Run, Key::LegendRunning, counts[0]) }
            { item(Family::Ready, Key::LegendReady, counts[1]) }
            { item(Family::Clock, Key::LegendClock, counts[2]) }
            { item(Family::Peer, Key::LegendPeer, counts[3]) }
            if counts[4] > 0 { { item(Family::Outside, Key::LegendOutside, counts[4]) } }
        </div>
    }
}

/// Tasks that run, are ready, and wait for the clock, for a task, for the outside.
fn counts(frame: &Frame, state: &State) -> [usize; 5] {
    let mut counts = [0; 5];
    for task in state.tasks.iter().filter(|task| !task.hidden) {
        let place = match task.state {
            _ if frame.seat_task() == Some(task.id) => 0,
            TaskState::Running => 0,
            TaskState::Ready => 1,
            TaskState::Waiting(reason) => match look::of_reason(reason).0 {
                Family::Clock => 2,
                Family::Outside => 4,
                _ => 3,
            },
            TaskState::Finished | TaskState::Failed | TaskState::Cancelled => continue,
        };
        counts[place] += 1;
    }
    counts
}
