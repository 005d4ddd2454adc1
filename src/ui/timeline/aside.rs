//! A card over the lanes, at one side of them: its title, a button that shuts it, and what it tells.

use yew::prelude::*;

use crate::ui::components::icon;
use crate::ui::i18n::{Key, text};
use crate::ui::look::Icon;

/// A card of a kind, with its name for tests.
pub(super) fn card(
    (kind, id): (&'static str, &'static str),
    left: bool,
    title: String,
    close: Callback<MouseEvent>,
    body: Html,
) -> Html {
    html! {
        <section class={classes!("card", kind, left.then_some("left"))} data-testid={id} aria-label={title.clone()}>
            <header><b>{ title }</b>{ icon::button(Icon::Close, text(Key::Close), close) }</header>
            { body }
        </section>
    }
}
