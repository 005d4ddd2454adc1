//! Icons: each a reference to the sprite that the document holds.

use yew::prelude::*;

use crate::ui::look::Icon;

/// An icon. It says nothing to assistive technology: words stand beside it.
pub fn icon(which: Icon) -> Html {
    html! { <svg class="i" aria-hidden="true"><use href={which.href()} /></svg> }
}

/// A button that is an icon and says what it does.
pub fn button(which: Icon, words: &'static str, onclick: Callback<MouseEvent>) -> Html {
    Button {
        which,
        words,
        title: words.into(),
        class: "btn icon",
        id: None,
        pressed: None,
    }
    .draw(onclick)
}

/// All that can be told of such a button.
#[derive(Debug)]
pub struct Button {
    /// The icon.
    pub which: Icon,
    /// What it does.
    pub words: &'static str,
    /// What it does, for those who point at it.
    pub title: AttrValue,
    /// Its classes.
    pub class: &'static str,
    /// Its name for tests.
    pub id: Option<&'static str>,
    /// Whether it is pressed, when it can be.
    pub pressed: Option<bool>,
}

impl Button {
    /// The button.
    pub fn draw(self, onclick: Callback<MouseEvent>) -> Html {
        let pressed = self.pressed.map(|on| if on { "true" } else { "false" });
        html! {
            <button class={self.class} type="button" data-testid={self.id} aria-label={self.words}
                aria-pressed={pressed} title={self.title} {onclick}>{ icon(self.which) }</button>
        }
    }
}
