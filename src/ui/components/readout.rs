//! Where the cursor is: step, turn, clock.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, fill, grouped, seconds, text};

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
    html! {
        <dl class="readout">
            <div>
                <dt>{ text(Key::Step) }</dt>
                <dd>
                    <b data-testid="step-number" data-frame={frame.number.to_string()}>{ step }</b>
                    <small>{ " " }{ fill(Key::OfSteps, &[("n", &grouped(steps.into()))]) }</small>
                </dd>
            </div>
            <div><dt>{ text(Key::Turn) }</dt><dd>{ grouped(frame.state.turn.into()) }</dd></div>
            <div>
                <dt>{ text(Key::Clock) }</dt>
                <dd>{ seconds(frame.state.clock) }<small>{ " " }{ text(Key::Seconds) }</small></dd>
            </div>
        </dl>
    }
}
