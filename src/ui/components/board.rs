//! The board: where every task is right now.

use std::rc::Rc;

use yew::prelude::*;

use super::chip::{Chip, list};
use super::ready::Ready;
use super::seat::Seat;
use super::timers::Timers;
use super::waiting::Waiting;
use crate::trace::TaskId;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, text};
use crate::ui::look::{self, Family};
use crate::ui::state::{Action, State, View};
use crate::ui::tags::{el, item, plain, say, tag};
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
    let seat = html! { <Seat frame={frame.clone()} /> };
    let ready = html! { <Ready frame={frame.clone()} /> };
    let feed = tag("i", &[("class", "feed"), ("aria-hidden", "true")], Vec::new());
    let strip = vec![
        el("div", "bx run", vec![head(Key::Running, Key::RunningSub), seat]),
        feed,
        el("div", "bx rdy", vec![head(Key::Ready, Key::ReadySub), ready]),
    ];
    let below = if other {
        html! {
            <Views view={props.view} frame={frame.clone()} selected={props.selected} future_hidden={props.future_hidden}
                emit={props.emit.clone()} />
        }
    } else {
        let place = |class: &str, title: Key, sub: Key, mut inside: Vec<Html>| {
            inside.insert(0, head(title, sub));
            let attributes = [
                ("class", class),
                ("role", "group"),
                ("tabindex", "0"),
                ("aria-label", text(title)),
            ];
            tag("div", &attributes, inside)
        };
        let timers = vec![html! { <Timers frame={frame.clone()} /> }, finished(frame)];
        let waiting = vec![html! { <Waiting frame={frame.clone()} /> }];
        let places = vec![
            place("bx tim", Key::Timers, Key::TimersSub, timers),
            place("bx wai", Key::Waiting, Key::WaitingSub, waiting),
        ];
        el("div", "places", places)
    };
    let class = if other { "board viewing" } else { "board" };
    let attributes = [("class", class), ("aria-label", text(Key::Board))];
    let inside = vec![el("div", "strip", strip), switch(props.view, &props.emit), below];
    tag("section", &attributes, inside)
}

/// The name of a place, and what it is for.
pub fn head(title: Key, sub: Key) -> Html {
    el("h2", "", vec![say("span", "", title), say("small", "", sub)])
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
            let error = (look.family == Family::Fail).then(|| plain(look.label));
            let chip = Chip::new(frame.text(task.name), look.family)
                .icon(look.icon)
                .note(error);
            item(&task.id.to_string(), &[], vec![chip.draw()])
        });
    let rest = done.get(SHOWN..).unwrap_or_default();
    let chips = list("ul", chips.collect(), frame, rest);
    let inside = vec![head(Key::Finished, Key::FinishedSub), chips];
    tag("div", &[("class", "fin"), ("data-testid", "finished")], inside)
}
