//! Where the cursor is: step, turn, clock.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, fill, grouped, seconds, text};
use crate::ui::tags::{el, plain, say, tag};

/// Properties of [`Readout`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame.
    pub frame: Rc<Frame>,
}

/// Three numbers.
#[component]
pub fn Readout(props: &Props) -> Html {
    let frame = &props.frame;
    let steps = frame.steps();
    let step = if frame.is_end() && frame.number > 0 {
        text(Key::EndFlag).to_owned()
    } else {
        grouped(frame.step().into())
    };
    let of = vec![
        plain(" "),
        plain(fill(Key::OfSteps, &[("n", &grouped(steps.into()))])),
    ];
    let number = frame.number.to_string();
    let attributes = [("data-testid", "step-number"), ("data-frame", &*number)];
    let step = vec![tag("b", &attributes, vec![plain(step)]), el("small", "", of)];
    let unit = vec![plain(" "), plain(text(Key::Seconds))];
    let clock = vec![plain(seconds(frame.state.clock)), el("small", "", unit)];
    let rows = [
        (Key::Step, step),
        (Key::Turn, vec![plain(grouped(frame.state.turn.into()))]),
        (Key::Clock, clock),
    ];
    let rows = rows.map(|(what, number)| el("div", "", vec![say("dt", "", what), el("dd", "", number)]));
    el("dl", "readout", rows.into())
}
