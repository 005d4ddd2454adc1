//! What stands under the pointer, in words.

use yew::prelude::*;

use super::merged::columns_at;
use crate::trace::decimal;
use crate::trace::{Family as State, Lane, SegmentKind};
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, count, fill, grouped, seconds, text};
use crate::ui::look;
use crate::ui::scale::Scale;
use crate::ui::tags::{tag, words};

/// What a card says: the name of a task, what it does there, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Name of the task.
    pub name: String,
    /// Its state, or its states.
    pub state: String,
    /// The steps, and the time they took.
    pub when: String,
}

/// What a lane shows at a pixel.
pub fn told(frame: &Frame, scale: &Scale, lane: &Lane, x: f64, open_end: u32) -> Told {
    let name = frame.recording.text(lane.name);
    let (from, to) = columns_at(scale, x);
    let first = lane.segments.first().map_or(lane.from, |segment| segment.from);
    let column = |state: Key| Told {
        name: name.clone(),
        state: text(state).to_owned(),
        when: count(Key::AtStep, to),
    };
    if to <= first {
        return column(Key::NotYet);
    }
    if lane.cap.is_some_and(|cap| cap.at <= from && from < to) {
        return column(Key::AlreadyOver);
    }
    let inside = lane.segments_in(from + 1, to.max(from + 1));
    match inside {
        [only] => {
            let lanes = frame.recording.lanes();
            let (begin, end) = (only.from + 1, only.end(open_end));
            let state = match only.kind {
                SegmentKind::Running => text(Key::StateRunning).to_owned(),
                _ if only.cancel_requested => text(Key::CancelAsked).to_owned(),
                SegmentKind::Ready => text(Key::StateReady).to_owned(),
                SegmentKind::Waiting(reason) => {
                    let trace = frame.recording.trace();
                    look::wait_labels(reason, trace.tip(), &frame.recording).0
                }
            };
            let time = lanes.time_at(end).since(lanes.time_at(only.from));
            Told {
                name,
                state,
                when: when(begin, end.max(begin), &seconds(time)),
            }
        }
        [] => column(Key::AlreadyOver),
        _ => {
            let totals = lane.totals(from, to, open_end);
            let runs = [
                ("n", &*grouped(totals.of(State::Running).into())),
                ("all", &*grouped((to - from).into())),
            ];
            let lanes = frame.recording.lanes();
            let time = lanes.time_at(to).since(lanes.time_at(from));
            Told {
                name,
                state: fill(Key::RanOf, &runs),
                when: when(from + 1, to, &seconds(time)),
            }
        }
    }
}

fn when(first: u32, last: u32, time: &str) -> String {
    if first == last {
        return count(Key::AtStep, first);
    }
    fill(
        Key::FromToTime,
        &[
            ("first", &grouped(first.into())),
            ("last", &grouped(last.into())),
            ("time", time),
        ],
    )
}

/// The card, beside the pointer, on the side where there is room. It slides along the pointer as the
/// pointer goes down, so that it stays between top and bottom however much it tells.
pub(super) fn card(told: &Told, (x, y): (f64, f64), (width, height): (f64, f64)) -> Html {
    let (across, from) = if x > width / 2.0 {
        ("right", width - x + 14.0)
    } else {
        ("left", x + 14.0)
    };
    let whole = |value: f64| decimal::write(value, 0);
    let (from, top, share) = (whole(from), whole(y), whole(100.0 * y / height.max(1.0)));
    let style = format!("{across}:{from}px;top:{top}px;transform:translateY(-{share}%)");
    let parts = vec![
        words("b", "", told.name.clone()),
        words("span", "", told.state.clone()),
        words("small", "", told.when.clone()),
    ];
    tag(
        "div",
        &[("class", "hover"), ("style", &style), ("aria-hidden", "true")],
        parts,
    )
}
