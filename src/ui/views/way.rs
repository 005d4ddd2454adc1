//! The way of a cancellation as numbered stations; the one of this step is lit, later ones are dashed.

use super::Props;
use super::pieces::{names, step};
use crate::trace::{ArrowKind, Asker, Cancellation, Stage, Station, TaskId, cancellation};
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, ViewKey, fill, grouped, seconds, text};
use crate::ui::look;
use crate::ui::tags::{el, say, tag, words};
use yew::prelude::*;

/// Ways that are shown at once.
const SHOWN: usize = 3;

/// The ways that matter at a frame: that of the selected task; else those of the tasks that this step
/// asks to stop, and of the one that runs.
pub(super) fn draw(props: &Props) -> Html {
    let frame = &props.frame;
    let recording = &frame.recording;
    let lanes = recording.lanes();
    let mut tasks = Vec::new();
    if let Some(selected) = props.selected {
        tasks.push(selected);
    }
    for arrow in lanes.arrows_in(frame.number, frame.number) {
        if arrow.kind == ArrowKind::Cancel {
            tasks.push(arrow.to);
        }
    }
    tasks.extend(frame.seat_task());
    let mut ways = Vec::new();
    for (place, task) in tasks.into_iter().enumerate() {
        let chosen = place == 0 && props.selected.is_some();
        let Some(way) = cancellation(&recording.trace(), &lanes, task, frame.number) else {
            continue;
        };
        if chosen {
            ways.push(path(props, &way));
            break;
        }
        if way.stations.iter().any(|station| station.step == frame.number) {
            ways.push(path(props, &way));
        }
        if ways.len() == SHOWN {
            break;
        }
    }
    if ways.is_empty() {
        return Html::default();
    }
    el("div", "ways", ways)
}

fn path(props: &Props, way: &Cancellation) -> Html {
    let frame = &props.frame;
    let (Some(first), Some(last)) = (way.stations.first(), way.stations.last()) else {
        return Html::default();
    };
    let lanes = frame.recording.lanes();
    let time = lanes.time_at(last.step).since(lanes.time_at(first.step));
    let steps = grouped(u64::from(last.step - first.step + 1));
    let span = fill(Key::RangeSpan, &[("n", &steps), ("time", &seconds(time))]);
    let title = fill(ViewKey::Way, &[("name", &frame.name(way.task))]);
    let mut stations = Vec::new();
    for station in &way.stations {
        if !props.future_hidden || station.step <= frame.number {
            stations.push(draw_station(props, stations.len() + 1, station));
        }
    }
    let attributes = [
        ("aria-label", title.as_str()),
        ("data-testid", "way"),
        ("class", "way"),
    ];
    let head = vec![words("span", "", title.clone()), words("small", "", span)];
    tag(
        "section",
        &attributes,
        vec![el("h3", "", head), el("ol", "", stations)],
    )
}

fn draw_station(props: &Props, number: usize, station: &Station) -> Html {
    let frame = &props.frame;
    let class = match station.step {
        step if step == frame.number => "now",
        step if step > frame.number => "later",
        _ => "",
    };
    let (title, told) = in_words(frame, &station.stage);
    let parts = vec![
        words("b", "no", number.to_string()),
        say("b", "", title),
        step(Key::AtStep, station.step, &props.emit),
        words("p", "", told),
    ];
    el("li", class, parts)
}

fn in_words(frame: &Frame, stage: &Stage) -> (ViewKey, String) {
    let named = |key: ViewKey, tasks: &[TaskId]| fill(key, &[("names", &names(frame, tasks))]);
    let plain = |key: ViewKey| text(key).to_owned();
    match stage {
        Stage::Asked { by, line } => (ViewKey::Asked, asked(frame, *by, *line)),
        Stage::PassedOn { to } => (ViewKey::PassedOn, named(ViewKey::PassedTo, to)),
        Stage::Delivered { chain } => {
            let told = chain.last().map(|last| {
                let chain: Vec<String> = chain.iter().map(|known| frame.text(known.function)).collect();
                let (line, chain) = (last.line.to_string(), chain.join(" → "));
                fill(ViewKey::RaisedAt, &[("n", &line), ("chain", &chain)])
            });
            (
                ViewKey::Raised,
                told.unwrap_or_else(|| plain(ViewKey::RaisedUnborn)),
            )
        }
        Stage::AsksInTurn { tasks } => (ViewKey::InTurn, named(ViewKey::InTurnTo, tasks)),
        Stage::Awaits { on, line, .. } => {
            let what = look::wait_labels(*on, frame.recording.trace().tip(), &frame.recording).0;
            let told = fill(ViewKey::AwaitsFor, &[("what", &what), ("n", &line.to_string())]);
            (ViewKey::Awaits, told)
        }
        Stage::TakenBack => (ViewKey::TakenBack, plain(ViewKey::TakenBackBy)),
        Stage::Caught => (ViewKey::Caught, plain(ViewKey::CaughtAndOn)),
        Stage::Cancelled { heirs } if heirs.is_empty() => (ViewKey::Cancelled, plain(ViewKey::CancelledNow)),
        Stage::Cancelled { heirs } => (ViewKey::Cancelled, named(ViewKey::CancelledHeirs, heirs)),
        Stage::Returned { value } => {
            let told = fill(ViewKey::ReturnedAll, &[("value", &frame.text(*value))]);
            (ViewKey::Returned, told)
        }
        Stage::Raised { error } => (
            ViewKey::Failed,
            fill(ViewKey::FailedWith, &[("error", &frame.text(*error))]),
        ),
    }
}

fn asked(frame: &Frame, by: Asker, line: u32) -> String {
    let (key, name) = match by {
        Asker::Task(task) => (ViewKey::ByTask, frame.name(task)),
        Asker::Outer(task) => (ViewKey::ByOuter, frame.name(task)),
        Asker::Failure(task) => (ViewKey::ByFailure, frame.name(task)),
        Asker::Timeout => (ViewKey::ByTimeout, String::new()),
        Asker::Loop => (ViewKey::ByLoop, String::new()),
    };
    fill(key, &[("name", &name), ("n", &line.to_string())])
}
