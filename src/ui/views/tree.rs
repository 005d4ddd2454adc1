//! Who created whom, each with its state and its group; beside it the way of a cancellation.

use super::Props;
use super::pieces::{all, el, lens, more, state_of, task, words};
use super::way;
use crate::trace::{Branch, tree};
use crate::ui::i18n::{Key, ViewKey, fill, text};
use yew::prelude::*;

/// Tasks that are shown before the rest is counted.
const SHOWN: usize = 48;

/// The tree, and the way of the cancellation that matters here.
pub(super) fn draw(props: &Props) -> Html {
    let frame = &props.frame;
    let branches = tree(&frame.state);
    let matters =
        |branch: &Branch| props.selected == Some(branch.task) || frame.seat_task() == Some(branch.task);
    let rows = branches.iter().enumerate();
    let shown = rows.filter(|(place, branch)| *place < SHOWN || matters(branch));
    let rows = shown.map(|(_, branch)| row(props, branch));
    let list = el(
        "ul",
        "tree",
        all(rows.chain([more(branches.len().saturating_sub(SHOWN))])),
    );
    let inside = all([list, way::draw(props)]);
    lens(
        "woods",
        text(ViewKey::TreeTitle).to_owned(),
        text(ViewKey::TreeSub),
        inside,
    )
}

fn row(props: &Props, branch: &Branch) -> Html {
    let frame = &props.frame;
    let line = frame.state.task(branch.task).map_or(0, |view| view.line);
    let group = branch
        .group
        .map(|id| fill(ViewKey::InGroup, &[("name", &frame.resource_name(id))]));
    let created = (line > 0).then(|| fill(Key::Line, &[("n", &line.to_string())]));
    let notes = group.into_iter().chain(created);
    html! {
        <li style={format!("--depth:{}", branch.depth.min(8))}>
            { task(frame, branch.task, props.selected, "", &props.emit) }
            { words("span", "", state_of(frame, branch.task)) }
            { words("small", "", notes.collect::<Vec<_>>().join(" · ")) }
        </li>
    }
}
