//! The tasks in view as a table, for those who do not see the picture.

use yew::prelude::*;

use crate::trace::{Family as State, Lane};
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, fill, grouped, text};
use crate::ui::look;
use crate::ui::tags::{el, plain, tag, words};

/// The table: what each task does now, and what it does in the columns in view.
pub(super) fn companion(frame: &Frame, rows: &[(usize, &Lane)], shown: (u32, u32), open_end: u32) -> Html {
    let (first, last) = (shown.0.max(1), shown.1.min(frame.steps()));
    let caption = fill(
        Key::Companion,
        &[("first", &grouped(first.into())), ("last", &grouped(last.into()))],
    );
    let head = [
        Key::CompanionTask,
        Key::CompanionState,
        Key::CompanionRuns,
        Key::CompanionReady,
        Key::CompanionWaits,
        Key::CompanionAsked,
    ];
    let head = head.map(|key| tag("th", &[("scope", "col")], vec![plain(text(key))]));
    let cell = |n: u32| words("td", "", grouped(n.into()));
    let mut body = Vec::new();
    for (_, lane) in rows {
        let totals = lane.totals(first - 1, last.max(first - 1), open_end);
        let waits = [State::Clock, State::Peer, State::Outside];
        let waits: u32 = waits.iter().map(|family| totals.of(*family)).sum();
        let state = frame.state.task(lane.task).map_or_else(
            || text(Key::StateNew).to_owned(),
            |task| look::of_task(frame, task).label,
        );
        let name = plain(frame.recording.text(lane.name));
        let cells = vec![
            tag("th", &[("scope", "row")], vec![name]),
            words("td", "", state),
            cell(totals.of(State::Running)),
            cell(totals.of(State::Ready)),
            cell(waits),
            cell(totals.of(State::CancelRequested)),
        ];
        body.push(el("tr", "", cells));
    }
    let parts = vec![
        words("caption", "", caption),
        el("thead", "", vec![el("tr", "", head.into())]),
        el("tbody", "", body),
    ];
    tag(
        "table",
        &[("class", "unseen"), ("data-testid", "companion")],
        parts,
    )
}
