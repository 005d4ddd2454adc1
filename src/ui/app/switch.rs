//! Another language changes words, and nothing else.
//!
//! Panes are made anew in it. Whatever of them the browser alone knows, how far each list was
//! scrolled and where the focus was, is looked up before and put back after.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::ui::i18n::Language;

/// What can be scrolled, and is made anew.
const LISTS: &str = ".out, .stepsbox, .insp, .tlscroll, .tim, .wai, .lens, .told2, .way, .chain, .find ul";

/// Keeps places and focus when the language changes.
#[hook]
pub(super) fn use_places(language: Language, root: &NodeRef) {
    let before = use_mut_ref(|| language);
    // While this is computed, the page on screen is still the one before.
    let left = use_mut_ref(|| None);
    if before.replace(language) != language {
        left.replace(Some(Left {
            places: places(root),
            focused: focused(),
        }));
    }
    let root = root.clone();
    use_effect(move || {
        let Some(left) = left.take() else { return };
        // Panes go where they think best when they are made, and once more when they have been
        // measured; fields take the focus.
        for later in [0, 60] {
            let (left, root) = (left.clone(), root.clone());
            Timeout::new(later, move || left.put_back(&root)).forget();
        }
    });
}

/// What the browser alone knows.
#[derive(Clone)]
struct Left {
    places: Vec<[i32; 2]>,
    focused: Option<HtmlElement>,
}

impl Left {
    fn put_back(&self, root: &NodeRef) {
        for (list, [top, left]) in lists(root).into_iter().zip(&self.places) {
            list.set_scroll_top(*top);
            list.set_scroll_left(*left);
        }
        let focused = self.focused.as_ref();
        if let Some(focused) = focused.filter(|focused| focused.is_connected()) {
            // Focus is a convenience here.
            let _ = focused.focus();
        }
    }
}

fn lists(root: &NodeRef) -> Vec<Element> {
    let page = root.cast::<Element>();
    let Some(all) = page.and_then(|page| page.query_selector_all(LISTS).ok()) else {
        return Vec::new();
    };
    (0..all.length())
        .filter_map(|place| all.item(place)?.dyn_into().ok())
        .collect()
}

fn places(root: &NodeRef) -> Vec<[i32; 2]> {
    let place = |list: Element| [list.scroll_top(), list.scroll_left()];
    lists(root).into_iter().map(place).collect()
}

fn focused() -> Option<HtmlElement> {
    let element = web_sys::window()?.document()?.active_element()?;
    element.dyn_into().ok()
}
