//! Icons: each a reference to the sprite that the document holds.

use yew::prelude::*;

use crate::ui::look::Icon;

/// An icon. It says nothing to assistive technology: words stand beside it.
pub fn icon(which: Icon) -> Html {
    html! { <svg class="i" aria-hidden="true"><use href={which.href()} /></svg> }
}
