//! Elements that a function makes, in place of `html!`.
//!
//! Every tag of `html!` is compiled anew wherever it stands, and the page is downloaded: what has
//! no more than attributes, words and a click is made here.

use std::rc::Rc;

use yew::html::onclick;
use yew::prelude::*;
use yew::virtual_dom::{VTag, VText};

use super::i18n::{Phrase, text};
use super::state::Action;

/// Attributes; one without a value is left out.
pub type Attributes<'a> = &'a [(&'static str, &'a str)];

/// An element.
pub fn tag(name: &'static str, attributes: Attributes<'_>, inside: Vec<Html>) -> Html {
    made(name, attributes, inside).into()
}

/// The same with what is told apart from its neighbours by a key, and may do something.
pub fn keyed(
    key: String,
    name: &'static str,
    attributes: Attributes<'_>,
    onclick: Option<Callback<MouseEvent>>,
    inside: Vec<Html>,
) -> Html {
    let mut element = made(name, attributes, inside);
    element.key = Some(key.into());
    if let Some(onclick) = onclick {
        element.add_listener(Rc::new(onclick::Wrapper::new(onclick)));
    }
    element.into()
}

fn made(name: &'static str, attributes: Attributes<'_>, inside: Vec<Html>) -> VTag {
    let mut element = VTag::new(name);
    add(&mut element, attributes);
    element.add_children(inside);
    element
}

fn add(element: &mut VTag, attributes: Attributes<'_>) {
    for (attribute, value) in attributes {
        let value = value.trim();
        if !value.is_empty() {
            element.add_attribute(attribute, value.to_owned());
        }
    }
}

/// An element with a class.
pub fn el(name: &'static str, class: &str, inside: Vec<Html>) -> Html {
    tag(name, &[("class", class)], inside)
}

/// An entry of a list, known by its key from one picture to the next.
pub fn item(key: &str, attributes: Attributes<'_>, inside: Vec<Html>) -> Html {
    keyed(key.to_owned(), "li", attributes, None, inside)
}

/// Text.
pub fn plain(told: impl Into<AttrValue>) -> Html {
    VText::new(told).into()
}

/// Text in an element.
pub fn words(name: &'static str, class: &str, told: impl Into<AttrValue>) -> Html {
    el(name, class, vec![plain(told)])
}

/// A word of a table, as an element.
pub fn say(name: &'static str, class: &str, key: impl Phrase) -> Html {
    words(name, class, text(key))
}

/// A button that does one thing.
pub fn button(
    emit: &Callback<Action>,
    action: Action,
    attributes: Attributes<'_>,
    inside: Vec<Html>,
) -> Html {
    let mut button = made("button", &[("type", "button")], inside);
    add(&mut button, attributes);
    button.add_listener(Rc::new(onclick::Wrapper::new(press(emit, action))));
    button.into()
}

/// What a click does: one thing.
pub fn press(emit: &Callback<Action>, action: Action) -> Callback<MouseEvent> {
    emit.reform(move |_| action.clone())
}

/// Elements that follow each other, as one.
pub fn all(parts: Vec<Html>) -> Html {
    parts.into_iter().collect()
}
