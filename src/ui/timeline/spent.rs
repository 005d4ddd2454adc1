//! What the selected columns were spent on, as a table.

use yew::prelude::*;

use super::aside;
use crate::trace::{Share, Spent, TaskId, WaitReason};
use crate::ui::components::icon::icon;
use crate::ui::i18n::{Key, count, fill, grouped, seconds, text};
use crate::ui::look::{self, Family, Icon};
use crate::ui::recording::Recording;
use crate::ui::state::Action;
use crate::ui::tags::{all, button, el, plain, press, tag, words};

/// Rows of waits that are shown; what remains is one row.
const WAITS: usize = 6;

/// Properties of [`Card`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The recording.
    pub recording: Recording,
    /// First and last column.
    pub range: (u32, u32),
    /// Whose time it is: everybody's when nobody is selected.
    pub task: Option<TaskId>,
    /// Whether playing repeats the columns.
    pub looping: bool,
    /// Whether it stands at the left.
    pub left: bool,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// The card of a selected range.
#[component]
pub fn Card(props: &Props) -> Html {
    let key = (props.recording.clone(), props.range, props.task);
    let spent = use_memo(key, |(recording, (first, last), task)| {
        recording.lanes().spent(*first, *last, *task)
    });
    let (first, last) = props.range;
    let (first, last) = (grouped(first.into()), grouped(last.into()));
    let title = match props
        .task
        .and_then(|task| props.recording.lanes().lane(task).map(|lane| lane.name))
    {
        Some(name) => {
            let name = props.recording.text(name);
            fill(
                Key::RangeOf,
                &[("first", &first), ("last", &last), ("name", &name)],
            )
        }
        None => fill(Key::Range, &[("first", &first), ("last", &last)]),
    };
    let span = fill(
        Key::RangeSpan,
        &[
            ("n", &grouped(spent.whole.steps)),
            ("time", &seconds(spent.whole.time)),
        ],
    );
    let whose = match props.task {
        None => count(Key::RangeTasks, spent.tasks),
        Some(_) => String::new(),
    };
    let span = if whose.is_empty() {
        span
    } else {
        format!("{span} · {whose}")
    };
    let column = |key: Key| tag("th", &[("scope", "col")], vec![plain(text(key))]);
    let head = vec![
        el("th", "", vec![]),
        column(Key::ColumnSteps),
        column(Key::ColumnTime),
    ];
    let mut rows = vec![
        row(
            Family::Run,
            Icon::Run,
            text(Key::SpentRunning).to_owned(),
            spent.running,
        ),
        row(
            Family::Ready,
            Icon::Ready,
            text(Key::SpentReady).to_owned(),
            spent.ready,
        ),
    ];
    waits(&props.recording, &spent, &mut rows);
    let table = vec![el("thead", "", vec![el("tr", "", head)]), el("tbody", "", rows)];
    let (class, pressed) = if props.looping {
        ("btn on", "true")
    } else {
        ("btn", "false")
    };
    let repeat = [
        ("class", class),
        ("data-testid", "loop"),
        ("aria-pressed", pressed),
    ];
    let zoom = vec![plain(text(Key::ZoomToRange))];
    let foot = vec![
        button(&props.emit, Action::ZoomToRange, &[("class", "btn")], zoom),
        button(
            &props.emit,
            Action::ToggleLoop,
            &repeat,
            vec![icon(Icon::Loop), plain(text(Key::LoopRange))],
        ),
    ];
    let body = all(vec![
        words("p", "", span),
        el("table", "", table),
        el("footer", "", foot),
    ]);
    aside::card(
        ("spent", "range"),
        props.left,
        &title,
        press(&props.emit, Action::Range(None)),
        body,
    )
}

fn waits(recording: &Recording, spent: &Spent, rows: &mut Vec<Html>) {
    let (shown, others) = spent.waits.split_at(spent.waits.len().min(WAITS));
    let rest = others.iter().fold(Share::default(), |sum, (_, share)| Share {
        steps: sum.steps + share.steps,
        time: sum.time.plus(share.time),
    });
    for (reason, share) in shown {
        let (family, icon) = look::of_reason(*reason);
        rows.push(row(family, icon, wait_words(recording, *reason), *share));
    }
    if !others.is_empty() {
        let words = count(Key::SpentOthers, others.len() as u64);
        rows.push(row(Family::Plain, Icon::Pause, words, rest));
    }
}

/// A kind of wait in words, as far as all waits of that kind share them.
pub(super) fn wait_words(recording: &Recording, reason: WaitReason) -> String {
    match reason {
        WaitReason::Sleep { .. } => text(Key::SpentSleep).to_owned(),
        WaitReason::Task(_) => text(Key::SpentTask).to_owned(),
        WaitReason::Future(_) => text(Key::SpentFuture).to_owned(),
        _ => look::wait_labels(reason, recording.trace().tip(), recording).0,
    }
}

fn row(family: Family, which: Icon, what: String, share: Share) -> Html {
    let what = vec![icon(which), words("span", "", what)];
    let parts = vec![
        tag("th", &[("scope", "row")], what),
        words("td", "", grouped(share.steps)),
        words("td", "", seconds(share.time)),
    ];
    el("tr", family.class(), parts)
}
