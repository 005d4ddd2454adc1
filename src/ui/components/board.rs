//! The board: where every task is right now.

use std::rc::Rc;

use yew::prelude::*;

use super::chip::{Chip, more};
use super::ready::Ready;
use super::seat::Seat;
use super::timers::Timers;
use super::waiting::Waiting;
use crate::trace::TaskId;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, text};
use crate::ui::look::{self, Family};
use crate::ui::state::{Action, State, View};
use crate::ui::views::{Views, switch};

/// Finished tasks that are shown before the rest is counted.
const SHOWN: usize = 6;

/// Properties of [`Board`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame.
    pub frame: Rc<Frame>,
    /// What stands above the timeline.
    pub view: View,
    /// The selected task.
    pub selected: Option<TaskId>,
    /// Whether what comes after the frame is hidden.
    pub future_hidden: bool,
    /// Takes actions.
    pub emit: Callback<Action>,
}

impl Props {
    /// The board of a frame, as a state wants to see it.
    pub fn of(state: &State, frame: &Rc<Frame>, emit: Callback<Action>) -> Self {
        Self {
            frame: Rc::clone(frame),
            view: state.view,
            selected: state.selected,
            future_hidden: state.future_hidden,
            emit,
        }
    }
}

/// Running and ready above; timers and waiting below, or another view in their place.
#[component]
pub fn Board(props: &Props) -> Html {
    let frame = &props.frame;
    let other = props.view != View::Board;
    html! {
        <section class={classes!("board", other.then_some("viewing"))} aria-label={text(Key::Board)}>
            <div class="strip">
                <div class="bx run">{ head(Key::Running, Key::RunningSub) }<Seat frame={frame.clone()} /></div>
                <i class="feed" aria-hidden="true"></i>
                <div class="bx rdy">{ head(Key::Ready, Key::ReadySub) }<Ready frame={frame.clone()} /></div>
            </div>
            { switch(props.view, &props.emit) }
            if other {
                <Views view={props.view} frame={frame.clone()} selected={props.selected} future_hidden={props.future_hidden}
                    emit={props.emit.clone()} />
            } else {
            <div class="places">
                <div class="bx tim" role="group" tabindex="0" aria-label={text(Key::Timers)}>
                    { head(Key::Timers, Key::TimersSub) }<Timers frame={frame.clone()} />
                    { finished(frame) }
                </div>
                <div class="bx wai" role="group" tabindex="0" aria-label={text(Key::Waiting)}>{ head(Key::Waiting, Key::WaitingSub) }<Waiting frame={frame.clone()} /></div>
            </div>
            }
        </section>
    }
}

/// The name of a place, and what it is for.
pub fn head(title: Key, sub: Key) -> Html {
    html! { <h2><span>{ text(title) }</span><small>{ text(sub) }</small></h2> }
}

fn finished(frame: &Frame) -> Html {
    let done: Vec<TaskId> = frame
        .tasks()
        .filter(|task| task.state.is_done() && frame.seat_task() != Some(task.id))
        .map(|task| task.id)
        .collect();
    if done.is_empty() {
        return Html::default();
    }
    let chips = done
        .iter()
        .take(SHOWN)
        .filter_map(|id| frame.state.task(*id))
        .map(|task| {
            let look = look::of_task(frame, task);
            // The icon says how it ended; only an exception has more to say.
            let error = (look.family == Family::Fail).then(|| html! { look.label });
            let chip = Chip::new(frame.text(task.name), look.family)
                .icon(look.icon)
                .note(error);
            html! { <li key={task.id.to_string()}>{ chip.draw() }</li> }
        });
    let rest = done.get(SHOWN..).unwrap_or_default();
    html! {
        <div class="fin" data-testid="finished">
            { head(Key::Finished, Key::FinishedSub) }
            <ul class="fifo">
                { for chips }
                if !rest.is_empty() { { more(frame, rest) } }
            </ul>
        </div>
    }
}
