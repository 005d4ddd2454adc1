//! What the program printed, each line with its step.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::trace::Stream;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, count, text};
use crate::ui::state::{Action, Move};

/// Lines that are drawn; those before are counted.
const SHOWN: usize = 400;

/// Properties of [`Output`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame.
    pub frame: Rc<Frame>,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// The lines up to this frame. Lines of this very step stand out; a click goes to the step of a line.
#[component]
pub fn Output(props: &Props) -> Html {
    let frame = &props.frame;
    let scroller = use_node_ref();
    let node = scroller.clone();
    use_effect_with((frame.recording.clone(), frame.number), move |_| {
        if let Some(pane) = node.cast::<Element>() {
            pane.set_scroll_top(pane.scroll_height());
        }
    });
    let notes = frame.recording.notes();
    let lines = notes.outputs_until(frame.number);
    let earlier = lines.len().saturating_sub(SHOWN);
    let rows = lines.iter().enumerate().skip(earlier).map(|(index, line)| {
        let go = Action::Go(Move::To(line.frame));
        let onclick = props.emit.reform(move |_| go.clone());
        let class = classes!(
            (line.frame == frame.number).then_some("now"),
            (line.stream == Stream::Err).then_some("err"),
        );
        html! {
            <li key={index} {class} {onclick}>
                <span class="no">{ line.frame }</span><code>{ line.text.clone() }</code>
            </li>
        }
    });
    html! {
        <div class="out" data-testid="output" ref={scroller} tabindex="0" role="log" aria-label={text(Key::Output)}>
            if lines.is_empty() {
                <p class="none">{ text(if frame.is_end() { Key::NoOutput } else { Key::NoOutputYet }) }</p>
            }
            if earlier > 0 { <p class="none">{ count(Key::EarlierOutput, earlier as u64) }</p> }
            <ol>{ for rows }</ol>
        </div>
    }
}
