//! A card over the lanes, at one side of them: its title, a button that shuts it, and what it tells.

use yew::prelude::*;

use crate::ui::components::icon;
use crate::ui::i18n::{Key, text};
use crate::ui::look::Icon;
use crate::ui::tags::{el, tag, words};

/// A card of a kind, with its name for tests.
pub(super) fn card(
    (kind, id): (&'static str, &'static str),
    left: bool,
    title: &str,
    close: Callback<MouseEvent>,
    body: Html,
) -> Html {
    let class = format!("card {kind}{}", if left { " left" } else { "" });
    let shut = icon::button(Icon::Close, text(Key::Close), close);
    let attributes = [("class", &*class), ("data-testid", id), ("aria-label", title)];
    let head = el("header", "", vec![words("b", "", title.to_owned()), shut]);
    tag("section", &attributes, vec![head, body])
}
