//! What can stand above the timeline in place of timers and waiting tasks: the graph of waits, the
//! tree of tasks with the way of a cancellation, and the turn of the loop.
//!
//! All of them are derived from the frame and from the selection; the seat and the ready queue stay
//! above them. What is drawn has its words beside it.

mod graph;
mod ladder;
mod pieces;
mod place;
mod tree;
mod way;

use std::rc::Rc;

use yew::prelude::*;

use super::frame::Frame;
use super::i18n::{Key, ViewKey, text};
use super::state::{Action, View};
use crate::trace::TaskId;

/// Properties of [`Views`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// Which one.
    pub view: View,
    /// The frame.
    pub frame: Rc<Frame>,
    /// The selected task.
    pub selected: Option<TaskId>,
    /// Whether what comes after the frame is hidden.
    pub future_hidden: bool,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// The chosen view; nothing for the board.
#[component]
pub fn Views(props: &Props) -> Html {
    match props.view {
        View::Board => Html::default(),
        View::Graph => html! { <graph::Graph ..props.clone() /> },
        View::Tree => tree::draw(props),
        View::Turn => ladder::draw(props),
    }
}

/// The switch between them.
pub fn switch(chosen: View, emit: &Callback<Action>) -> Html {
    let button = |view: View| {
        let label = match view {
            View::Board => text(Key::Board),
            View::Graph => text(ViewKey::Graph),
            View::Tree => text(ViewKey::Tree),
            View::Turn => text(ViewKey::Turn),
        };
        let on = view == chosen;
        html! {
            <button type="button" class={on.then_some("on")} aria-pressed={on.to_string()} data-testid={view.code()}
                onclick={emit.reform(move |_: MouseEvent| Action::View(view))}>{ label }</button>
        }
    };
    html! {
        <div class="seg viewtabs" role="group" aria-label={text(ViewKey::Views)}>{ for View::ALL.map(button) }</div>
    }
}
