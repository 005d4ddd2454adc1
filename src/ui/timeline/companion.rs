//! The tasks in view as a table, for those who do not see the picture.

use yew::prelude::*;

use crate::trace::{Family as State, Lane};
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, fill, grouped, text};
use crate::ui::look;

/// The table: what each task does now, and what it does in the columns in view.
pub(super) fn companion(frame: &Frame, rows: &[(usize, &Lane)], shown: (u32, u32), open_end: u32) -> Html {
    let (first, last) = (shown.0.max(1), shown.1.min(frame.steps()));
    let caption = fill(
        Key::Companion,
        &[("first", &grouped(first.into())), ("last", &grouped(last.into()))],
    );
    let head = |key: Key| html! { <th scope="col">{ text(key) }</th> };
    html! {
        <table class="unseen" data-testid="companion">
            <caption>{ caption }</caption>
            <thead><tr>
                { head(Key::CompanionTask) }{ head(Key::CompanionState) }{ head(Key::CompanionRuns) }
                { head(Key::CompanionReady) }{ head(Key::CompanionWaits) }{ head(Key::CompanionAsked) }
            </tr></thead>
            <tbody>
                { for rows.iter().map(|(row, lane)| {
                    let totals = lane.totals(first - 1, last.max(first - 1), open_end);
                    let waits = [State::Clock, State::Peer, State::Outside];
                    let waits: u32 = waits.iter().map(|family| totals.of(*family)).sum();
                    let state = frame.state.task(lane.task).map_or_else(
                        || text(Key::StateNew).to_owned(),
                        |task| look::of_task(frame, task).label,
                    );
                    html! {
                        <tr key={*row}>
                            <th scope="row">{ frame.recording.text(lane.name) }</th><td>{ state }</td>
                            <td>{ grouped(totals.of(State::Running).into()) }</td>
                            <td>{ grouped(totals.of(State::Ready).into()) }</td><td>{ grouped(waits.into()) }</td>
                            <td>{ grouped(totals.of(State::CancelRequested).into()) }</td>
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}
