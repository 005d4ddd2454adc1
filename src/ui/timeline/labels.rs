//! Names of the lanes, with the state of each task at the cursor.

use yew::prelude::*;

use super::geometry::Geometry;
use super::{placed, px};
use crate::trace::{Lane, TaskId};
use crate::ui::components::icon::icon;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, text};
use crate::ui::look::{self, Family, Icon};
use crate::ui::state::Action;
use crate::ui::tags::{all, el, keyed, plain, press, say, tag, words};

/// Deepest indent that is drawn.
const DEEPEST: u32 = 4;

/// Captions of the head and the lane of the event loop.
pub fn head(frame: &Frame, geometry: Geometry) -> Html {
    let on = frame.seat().is_some_and(|handle| handle.job.task().is_none());
    let state = if on {
        Key::StateRunning
    } else if frame.is_end() && frame.number > 0 {
        Key::NothingToDo
    } else {
        Key::Callbacks
    };
    let tall = |height: f64| format!("height:{}px", px(height));
    let captions: &[Key] = if geometry.callbacks > 0.0 {
        &[Key::Step, Key::Turn, Key::ClockSeconds]
    } else {
        &[Key::Step]
    };
    let mut rows = Vec::new();
    for key in captions {
        rows.push(tag(
            "div",
            &[("style", &tall(geometry.row))],
            vec![plain(text(*key))],
        ));
    }
    let mut parts = vec![el("div", "lhead", rows)];
    if geometry.callbacks > 0.0 {
        let class = if on { "lane loop on" } else { "lane loop" };
        let loop_lane = vec![
            icon(Icon::Callback),
            say("span", "nm", Key::EventLoop),
            say("span", "stt", state),
        ];
        let attributes = [("class", class), ("style", &tall(geometry.callbacks))];
        parts.push(tag("div", &attributes, loop_lane));
    }
    all(parts)
}

/// What a lane is called: a sign, a name, what more there is to say of it, and a state.
pub(super) fn called(which: Icon, name: String, more: Option<String>, state: String) -> Vec<Html> {
    let mut parts = vec![icon(which), words("span", "nm", name)];
    parts.extend(more.map(|more| words("small", "", more)));
    parts.push(words("span", "stt", state));
    parts
}

/// The labels of some rows. A click chooses the task, when somebody takes the action.
pub fn rows(
    frame: &Frame,
    geometry: Geometry,
    rows: &[(usize, &Lane)],
    (selected, pinned): (Option<TaskId>, usize),
    emit: Option<&Callback<Action>>,
    labels: &mut Vec<Html>,
) {
    for (row, lane) in rows {
        labels.push(label(
            frame,
            geometry,
            (*row, *row < pinned),
            lane,
            selected,
            emit,
        ));
    }
}

fn label(
    frame: &Frame,
    geometry: Geometry,
    (row, pinned): (usize, bool),
    lane: &Lane,
    selected: Option<TaskId>,
    emit: Option<&Callback<Action>>,
) -> Html {
    let task = lane.task;
    let chosen = selected == Some(task);
    let onclick = emit.map(|emit| press(emit, Action::Select((!chosen).then_some(task))));
    let look = frame.state.task(task).map(|view| look::of_task(frame, view));
    let family = look.as_ref().map_or(Family::Plain, |look| look.family);
    let on = family == Family::Run;
    let mut class = format!("lane {}", family.class());
    for (holds, word) in [
        (on, " on"),
        (chosen, " chosen"),
        (pinned, " pinned"),
        (look.is_none(), " unborn"),
    ] {
        if holds {
            class.push_str(word);
        }
    }
    let style = format!(
        "{};--d:{}",
        placed(geometry.top(row), geometry.lane),
        if pinned { 0 } else { lane.depth.min(DEEPEST) }
    );
    let (which, state) = look.map_or((Icon::Ready, text(Key::StateNew).to_owned()), |look| {
        (look.icon, look.label)
    });
    let name = frame.recording.text(lane.name);
    // A name that the program did not choose says nothing: what the task runs says more.
    let numbered = name
        .strip_prefix("Task-")
        .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    let runs = frame
        .recording
        .trace()
        .tip()
        .task(task)
        .filter(|_| numbered)
        .map(|view| frame.text(view.coroutine));
    let title = format!("{name} {}: {state}", runs.as_deref().unwrap_or_default()).replace(" :", ":");
    let attributes = [
        ("type", "button"),
        ("class", &*class),
        ("style", &style),
        ("disabled", if onclick.is_none() { "disabled" } else { "" }),
        ("aria-pressed", if chosen { "true" } else { "false" }),
        ("title", &title),
    ];
    let parts = called(which, name, runs, state);
    keyed(task.to_string(), "button", &attributes, onclick, parts)
}
