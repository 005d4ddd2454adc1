//! Icons, patterns and the mark: one sprite in the page, drawn for this product.

use yew::prelude::*;

use crate::ui::look::Icon;

/// An icon. It says nothing to assistive technology: words stand beside it.
pub fn icon(which: Icon) -> Html {
    html! { <svg class="i" aria-hidden="true"><use href={which.href()} /></svg> }
}

/// The sprite, once in the page.
#[component]
pub fn Sprite() -> Html {
    Html::from_html_unchecked(AttrValue::Static(include_str!(
        "../../../static/icons/sprite.svg"
    )))
}
