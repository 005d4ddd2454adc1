//! Who created whom, each with its state and its group; beside it the way of a cancellation.

use super::Props;
use super::pieces::{lens, more, state_of, task};
use super::way;
use crate::trace::{Branch, tree};
use crate::ui::i18n::{Key, ViewKey, fill, text};
use crate::ui::tags::{el, tag, words};
use yew::prelude::*;

/// Tasks that are shown before the rest is counted.
const SHOWN: usize = 48;

/// The tree, and the way of the cancellation that matters here.
pub(super) fn draw(props: &Props) -> Html {
    let frame = &props.frame;
    let branches = tree(&frame.state);
    let seat = frame.seat_task();
    let mut rows = Vec::new();
    for (place, branch) in branches.iter().enumerate() {
        if place < SHOWN || props.selected == Some(branch.task) || seat == Some(branch.task) {
            rows.push(row(props, branch));
        }
    }
    rows.push(more(branches.len().saturating_sub(SHOWN)));
    let inside = vec![el("ul", "tree", rows), way::draw(props)];
    lens("woods", text(ViewKey::TreeTitle), ViewKey::TreeSub, inside)
}

fn row(props: &Props, branch: &Branch) -> Html {
    let frame = &props.frame;
    let line = frame.state.task(branch.task).map_or(0, |view| view.line);
    let mut notes = Vec::new();
    if let Some(group) = branch.group {
        notes.push(fill(ViewKey::InGroup, &[("name", &frame.resource_name(group))]));
    }
    if line > 0 {
        notes.push(fill(Key::Line, &[("n", &line.to_string())]));
    }
    let depth = format!("--depth:{}", branch.depth.min(8));
    let parts = vec![
        task(frame, branch.task, props.selected, "", &props.emit),
        words("span", "", state_of(frame, branch.task)),
        words("small", "", notes.join(" · ")),
    ];
    tag("li", &[("style", &depth)], parts)
}
