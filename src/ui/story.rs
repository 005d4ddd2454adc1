//! The sentence of a frame, as the page draws it: the words come from the trace.

use yew::prelude::*;

use super::frame::Frame;
use super::i18n::spoken;
use super::look::of_family;
use super::recording::Recording;
use crate::trace::{Column, Message, Narration, Part, Runner, State, narrate_after, render_in};

/// A frame in words, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// What happened.
    pub headline: Vec<Part>,
    /// Why; at most three.
    pub reasons: Vec<Vec<Part>>,
}

/// The story of a frame.
pub fn tell(frame: &Frame) -> Story {
    let trace = frame.recording.trace();
    let Narration { headline, reasons } = narrate_after(&trace, frame.number, &frame.before);
    Story {
        headline: render_in(spoken(), &headline, &trace, &frame.state),
        reasons: reasons
            .iter()
            .map(|reason| render_in(spoken(), reason, &trace, &frame.state))
            .collect(),
    }
}

/// The headline as plain text.
pub fn plain(frame: &Frame) -> String {
    let trace = frame.recording.trace();
    let headline = narrate_after(&trace, frame.number, &frame.before).headline;
    drop(trace);
    words(&headline, frame)
}

/// A message as plain text.
pub fn words(message: &Message, frame: &Frame) -> String {
    let parts = render_in(spoken(), message, &frame.recording.trace(), &frame.state);
    parts.iter().map(Part::as_str).collect()
}

/// What happened in a step, without the name of the runner at the beginning.
pub fn act(recording: &Recording, step: u32, column: &Column) -> Vec<Part> {
    let mut world = recording.trace().state_at(step.saturating_sub(1));
    act_after(recording, step, column, &mut world)
}

/// The same in a world one frame earlier, which it carries on: for many steps, one after the other.
pub fn act_after(recording: &Recording, step: u32, column: &Column, world: &mut State) -> Vec<Part> {
    let trace = recording.trace();
    let headline = narrate_after(&trace, step, world).headline;
    for event in trace.events_of_frame(step) {
        world.apply(&event);
    }
    let mut parts = render_in(spoken(), &headline, &trace, world);
    let runner = match column.runner {
        Runner::Task(task) => Some(task),
        Runner::Loop(_) => None,
    };
    if let [Part::Task { id, .. }, Part::Text(next), ..] = &mut parts[..]
        && Some(*id) == runner
    {
        *next = next.trim_start().to_owned();
        parts.remove(0);
    }
    parts
}

/// Draws a sentence: names underlined in the colour of their state, names of the program in its own face.
pub fn draw(parts: &[Part]) -> Html {
    parts
        .iter()
        .map(|part| match part {
            Part::Text(words) => html! { words.clone() },
            Part::Code(code) => html! { <code>{ code.clone() }</code> },
            Part::Task { name, family, .. } => {
                html! { <b class={of_family(*family).class()}>{ name.clone() }</b> }
            }
        })
        .collect()
}
