//! Above the timeline: its axis, zoom, and what the textures mean.

use yew::prelude::*;

use crate::trace::{State, TaskState};
use crate::ui::components::icon::{self, Button};
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, text};
use crate::ui::look::{self, Family, Icon};
use crate::ui::scale::Axis;
use crate::ui::state::Action;
use crate::ui::tags::{button, el, keyed, plain, press, say, tag, words};

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
        future_hidden,
        middle,
        ..
    } = *shown;
    let on = |action: Action| press(emit, action);
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
    let whole = vec![plain(text(Key::Fit))];
    let zooms = vec![
        zoom(Icon::Minus, Key::ZoomOut, 1.5),
        zoom(Icon::Plus, Key::ZoomIn, 1.0 / 1.5),
        button(emit, Action::Fit, &[("class", "btn")], whole),
        eye.draw(on(Action::ToggleFuture)),
    ];
    let parts = vec![
        say("h2", "", Key::Timeline),
        axes(shown.axis, emit),
        el("span", "zoom", zooms),
        toggles(shown, emit),
        legend(frame),
    ];
    el("div", "tlbar", parts)
}

/// What runs from left to right.
fn axes(axis: Axis, emit: &Callback<Action>) -> Html {
    let side = |which: Axis, label: Key| {
        let (class, pressed) = if axis == which {
            ("on", "true")
        } else {
            ("", "false")
        };
        let onclick = (axis != which).then(|| press(emit, Action::ToggleAxis));
        let attributes = [("type", "button"), ("class", class), ("aria-pressed", pressed)];
        let words = text(label);
        keyed(
            words.to_owned(),
            "button",
            &attributes,
            onclick,
            vec![plain(words)],
        )
    };
    let sides = vec![
        side(Axis::Steps, Key::AxisSteps),
        side(Axis::Clock, Key::AxisClock),
    ];
    let attributes = [
        ("class", "seg"),
        ("role", "group"),
        ("aria-label", text(Key::AxisIs)),
    ];
    tag("span", &attributes, sides)
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
        button.draw(press(emit, action))
    };
    let mark = if shown.marked {
        Key::BookmarkUnset
    } else {
        Key::BookmarkSet
    };
    let search = (!shown.searching).then(|| "".into());
    let toggles = vec![
        toggle(
            Icon::Cause,
            Key::WhyShow,
            "W",
            "why",
            shown.why,
            Action::ToggleWhy,
        ),
        toggle(Icon::Mark, mark, "M", "bookmark", shown.marked, Action::Bookmark),
        toggle(
            Icon::Search,
            Key::Search,
            "/",
            "search",
            shown.searching,
            Action::Search(search),
        ),
    ];
    el("span", "zoom", toggles)
}

fn legend(frame: &Frame) -> Html {
    let counts = counts(frame, &frame.state);
    let families = [
        (Family::Run, Key::LegendRunning),
        (Family::Ready, Key::LegendReady),
        (Family::Clock, Key::LegendClock),
        (Family::Peer, Key::LegendPeer),
        (Family::Outside, Key::LegendOutside),
    ];
    let mut items = Vec::new();
    for ((family, label), n) in families.into_iter().zip(counts) {
        if family == Family::Outside && n == 0 {
            continue;
        }
        let class = if family == Family::Run {
            "s-run".to_owned()
        } else {
            format!("stretch {}", family.class())
        };
        let rect = [
            ("class", &*class),
            ("x", "0.75"),
            ("y", "0.75"),
            ("width", "18.5"),
            ("height", "10.5"),
            ("rx", "2"),
            ("fill", family.texture().unwrap_or_default()),
        ];
        let svg = [("class", "sw"), ("viewBox", "0 0 20 12"), ("aria-hidden", "true")];
        let parts = vec![
            tag("svg", &svg, vec![tag("rect", &rect, Vec::new())]),
            say("span", "lg", label),
            words("b", "", n.to_string()),
        ];
        items.push(el("span", "", parts));
    }
    el("div", "legend", items)
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
