//! What the document around the page is told, and what the browser tells: address, language, colours.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, MediaQueryList};
use yew::prelude::*;

use crate::ui::engine::fetch_bytes;
use crate::ui::i18n::{self, Language};
use crate::ui::link::Link;
use crate::ui::state::{State, Theme};

const BEFORE_PRINT: &str = "beforeprint";

/// Keeps the address of the page a link to what is chosen.
#[hook]
pub(super) fn use_link(state: &UseReducerHandle<State>) {
    let link = Link::to(state);
    use_effect_with(link, Link::put);
}

/// What the browser would rather speak, if it is one of our languages.
pub(super) fn browser_language() -> Language {
    let navigator = web_sys::window().map(|window| window.navigator());
    let code = navigator.and_then(|navigator| navigator.language());
    code.and_then(|code| Language::of_code(&code)).unwrap_or_default()
}

/// Learns what it takes to speak a language. Whatever keeps it from that, the page goes on in English.
pub(crate) async fn learn(language: Language) {
    if !i18n::is_known(language)
        && let Ok(file) = fetch_bytes("words.zh.txt").await
    {
        i18n::learn(String::from_utf8_lossy(&file).into_owned());
    }
}

/// Tells the document which language it is in: for readers aloud, and for the choice of glyphs.
#[hook]
pub(super) fn use_language(language: Language) {
    use_effect_with(language, |language| set_on_root("lang", language.code()));
}

fn set_on_root(attribute: &str, value: &str) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        // The attribute's name is valid, so this cannot fail.
        let _ = root.set_attribute(attribute, value);
    }
}

/// Tells the style sheet which colours are wanted, and follows the system while nobody chose. Paper is light.
#[hook]
pub(super) fn use_theme(theme: Theme) {
    use_effect_with(theme, |theme| {
        let theme = *theme;
        let query = web_sys::window()
            .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok().flatten());
        let asked = query.clone();
        let paint = move |printing: bool| {
            let dark = match theme {
                _ if printing => false,
                Theme::Dark => true,
                Theme::Light => false,
                Theme::System => asked.as_ref().is_some_and(MediaQueryList::matches),
            };
            set_on_root("data-theme", if dark { "dark" } else { "light" });
        };
        paint(false);
        let changed = Closure::<dyn Fn(Event)>::new(move |event: Event| paint(event.type_() == BEFORE_PRINT));
        let listener = changed.as_ref().unchecked_ref();
        if let Some(query) = &query {
            query.set_onchange(Some(listener));
        }
        let window = web_sys::window();
        if let Some(window) = &window {
            window.set_onbeforeprint(Some(listener));
            window.set_onafterprint(Some(listener));
        }
        move || {
            if let Some(query) = query {
                query.set_onchange(None);
            }
            if let Some(window) = window {
                window.set_onbeforeprint(None);
                window.set_onafterprint(None);
            }
            drop(changed);
        }
    });
}
