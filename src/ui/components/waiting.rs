//! Who waits for another task, by what they wait on.

use std::rc::Rc;

use yew::prelude::*;

use super::card::card;
use crate::ui::frame::{Frame, Place};
use crate::ui::i18n::{Key, count, text};

/// More objects than this are counted; the pane scrolls.
const SHOWN: usize = 24;

/// Properties of [`Waiting`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame.
    pub frame: Rc<Frame>,
}

/// One card an object, in the order of creation.
#[component]
pub fn Waiting(props: &Props) -> Html {
    let frame = &props.frame;
    let places = frame.places();
    let cards = places.iter().take(SHOWN).map(|place| {
        let key = match place {
            Place::Resource(id) => id.to_string(),
            Place::Task(id) => id.to_string(),
            Place::Future(id) => id.to_string(),
        };
        html! { <li {key}>{ card(frame, *place) }</li> }
    });
    html! {
        <ul class="cards" data-testid="waiting">
            if places.is_empty() { <li class="none">{ text(Key::NobodyWaits) }</li> }
            { for cards }
            if places.len() > SHOWN {
                <li class="more">{ count(Key::More, (places.len() - SHOWN) as u64) }</li>
            }
        </ul>
    }
}
