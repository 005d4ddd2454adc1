//! Names of the lanes, with the state of each task at the cursor.

use yew::prelude::*;

use super::geometry::Geometry;
use super::{go, placed, px};
use crate::trace::{Lane, TaskId};
use crate::ui::components::icon::icon;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, text};
use crate::ui::look::{self, Family, Icon};
use crate::ui::state::Action;

/// Deepest indent that is drawn.
const DEEPEST: u32 = 4;

/// Captions of the head and the lane of the event loop.
pub fn head(frame: &Frame, geometry: Geometry) -> Html {
    let caption =
        |key: Key| html! { <div style={format!("height:{}px", px(geometry.row))}>{ text(key) }</div> };
    let on = frame.seat().is_some_and(|handle| handle.job.task().is_none());
    let state = if on {
        Key::StateRunning
    } else if frame.is_end() && frame.number > 0 {
        Key::NothingToDo
    } else {
        Key::Callbacks
    };
    html! {
        <>
            <div class="lhead">
                { caption(Key::Step) }
                if geometry.callbacks > 0.0 { { caption(Key::Turn) }{ caption(Key::ClockSeconds) } }
            </div>
            if geometry.callbacks > 0.0 {
                <div class={classes!("lane", "loop", on.then_some("on"))} style={format!("height:{}px", px(geometry.callbacks))}>
                    { icon(Icon::Callback) }<span class="nm">{ text(Key::EventLoop) }</span>
                    <span class="stt">{ text(state) }</span>
                </div>
            }
        </>
    }
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
    let onclick = emit.map(|emit| go(emit, Action::Select((!chosen).then_some(task))));
    let look = frame.state.task(task).map(|view| look::of_task(frame, view));
    let family = look.as_ref().map_or(Family::Plain, |look| look.family);
    let on = family == Family::Run;
    let class = classes!(
        "lane",
        family.class(),
        on.then_some("on"),
        chosen.then_some("chosen"),
        pinned.then_some("pinned"),
        look.is_none().then_some("unborn"),
    );
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
    html! {
        <button key={task.to_string()} type="button" {class} {style} disabled={onclick.is_none()} {onclick} aria-pressed={chosen.to_string()}
            title={format!("{name} {}: {state}", runs.as_deref().unwrap_or_default()).replace(" :", ":")}>
            { icon(which) }
            <span class="nm">{ name }</span>if let Some(runs) = runs { <small>{ runs }</small> }
            <span class="stt">{ state }</span>
        </button>
    }
}
