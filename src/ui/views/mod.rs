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
use super::tags::{button, plain, tag};
use crate::trace::{TaskId, cast};

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
    // Places in the graph are those of the whole run: not for every step.
    let shown = (props.view == View::Graph).then(|| props.frame.recording.clone());
    let everybody = use_memo(shown, |shown| {
        let recording = shown.as_ref()?;
        Some(cast(&recording.lanes()))
    });
    match (props.view, &*everybody) {
        (View::Graph, Some(cast)) => graph::draw(props, cast),
        (View::Tree, _) => tree::draw(props),
        (View::Turn, _) => ladder::draw(props),
        _ => Html::default(),
    }
}

/// The switch between them.
pub fn switch(chosen: View, emit: &Callback<Action>) -> Html {
    let tab = |view: View| {
        let label = match view {
            View::Board => text(Key::Board),
            View::Graph => text(ViewKey::Graph),
            View::Tree => text(ViewKey::Tree),
            View::Turn => text(ViewKey::Turn),
        };
        let on = view == chosen;
        let (pressed, class) = if on { ("true", "on") } else { ("false", "") };
        let attributes = [
            ("aria-pressed", pressed),
            ("data-testid", view.code()),
            ("class", class),
        ];
        button(emit, Action::View(view), &attributes, vec![plain(label)])
    };
    let group = [
        ("role", "group"),
        ("aria-label", text(ViewKey::Views)),
        ("class", "seg viewtabs"),
    ];
    tag("div", &group, View::ALL.map(tab).into())
}
