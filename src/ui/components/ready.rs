//! Who runs next, in order, and why.

use std::rc::Rc;

use yew::prelude::*;

use super::icon::icon;
use crate::trace::HandleView;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, count, text};
use crate::ui::look::{self, Icon};

/// Longer queues are counted from here on; the rail scrolls.
const SHOWN: usize = 40;

/// Properties of [`Ready`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame.
    pub frame: Rc<Frame>,
}

/// The ready queue. A dashed divider stands where the next turn begins.
#[component]
pub fn Ready(props: &Props) -> Html {
    let frame = &props.frame;
    let (queue, turn) = (&frame.state.ready, frame.state.turn);
    // What was ready when this turn began runs in it; what came since waits a turn.
    let left = queue.iter().position(|handle| turn == 0 || handle.turn >= turn);
    let tokens = queue.iter().take(SHOWN).enumerate().map(|(index, handle)| {
        html! {
            <>
                if left == Some(index) {
                    <li key="turn" class="turnmark"><i></i><b>{ count(Key::TurnN, turn + 1) }</b></li>
                }
                { token(frame, index, handle) }
            </>
        }
    });
    html! {
        <ol class="rail" data-testid="ready" tabindex="-1">
            if queue.is_empty() { <li class="none">{ text(Key::NothingReady) }</li> }
            { for tokens }
            if queue.len() > SHOWN {
                <li key="more" class="more">{ count(Key::More, (queue.len() - SHOWN) as u64) }</li>
            }
        </ol>
    }
}

fn token(frame: &Frame, index: usize, handle: &HandleView) -> Html {
    let task = handle.job.task();
    let class = match task {
        None => "cb",
        Some(task) if frame.seat_task() == Some(task) => "ghost",
        Some(_) => "",
    };
    html! {
        <li key={handle.id.to_string()} class={classes!("tok", class)} data-name={look::handle_name(frame, handle)}>
            <b class="pos">{ index + 1 }</b>
            <span class="tx">
                <span class="nm">
                    if task.is_none() { { icon(Icon::Callback) } }
                    { look::handle_name(frame, handle) }
                </span>
                <span class="why">{ look::why_ready(frame, handle) }</span>
            </span>
        </li>
    }
}
