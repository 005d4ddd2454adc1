//! What colours are: the custom properties of the style sheet, read once and again when they change.

use std::rc::Rc;

use crate::trace::decimal;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, Element, MediaQueryList, MutationObserver, MutationObserverInit};
use yew::prelude::*;

use super::marks::Ink;
use crate::ui::look::Family;

const FAMILIES: [Family; 9] = [
    Family::Run,
    Family::Ready,
    Family::Clock,
    Family::Peer,
    Family::Outside,
    Family::Done,
    Family::Cancel,
    Family::Fail,
    Family::Plain,
];

/// What is asked of the system: an answer that changes may change colours, sizes or both.
const QUERIES: [&str; 3] = [
    "(forced-colors: active)",
    "(prefers-contrast: more)",
    "(resolution: 1dppx)",
];

/// The custom properties of the colours that belong to no family, in the order of [`place`].
const TOKENS: [&str; 10] = [
    "--panel",
    "--ink",
    "--ink-3",
    "--line",
    "--line-2",
    "--focus",
    "--run",
    "--on-run",
    "--now-band",
    "--turn-band",
];

/// The colours of one theme.
#[derive(Debug)]
pub struct Palette {
    /// Those of [`TOKENS`], then hue, ink and tint of every family.
    colours: Vec<String>,
    /// Strength of what comes after the cursor.
    pub future: f64,
    /// The face of labels.
    pub face: String,
}

impl Palette {
    /// The colours of the page as it is.
    pub fn read() -> Option<Self> {
        let window = web_sys::window()?;
        let root = window.document()?.document_element()?;
        let style = window.get_computed_style(&root).ok()??;
        let token = |name: &str| {
            let value = style.get_property_value(name).unwrap_or_default();
            value.trim().to_owned()
        };
        let mut colours = Vec::new();
        for name in TOKENS {
            colours.push(token(name));
        }
        for family in FAMILIES {
            for name in family.tokens() {
                colours.push(token(name));
            }
        }
        Some(Self {
            colours,
            future: decimal::read(&token("--future")).unwrap_or(0.42),
            face: token("--sans"),
        })
    }

    /// A colour.
    pub fn ink(&self, ink: Ink) -> &str {
        &self.colours[place(ink)]
    }

    /// What fills the bars of a family.
    pub fn tint(&self, family: Family) -> &str {
        &self.colours[place(Ink::Hue(family)) + 2]
    }
}

/// Where a colour stands among all.
fn place(ink: Ink) -> usize {
    let of = |family: Family| {
        let place = FAMILIES.iter().position(|other| *other == family);
        TOKENS.len() + 3 * place.unwrap_or(FAMILIES.len() - 1)
    };
    match ink {
        Ink::Panel => 0,
        Ink::Text => 1,
        Ink::Quiet => 2,
        Ink::Line => 3,
        Ink::Strong => 4,
        Ink::Focus => 5,
        Ink::Run => 6,
        Ink::OnRun => 7,
        Ink::NowBand => 8,
        Ink::TurnBand => 9,
        Ink::Hue(family) => of(family),
        Ink::Words(family) => of(family) + 1,
    }
}

/// The colours, anew whenever the theme, the system or the fonts have changed.
#[hook]
pub fn use_palette() -> Option<(Rc<Palette>, u32)> {
    let palette = use_state(|| None::<(Rc<Palette>, u32)>);
    let setter = palette.setter();
    use_effect_with((), move |()| {
        let round = std::cell::Cell::new(0);
        let read = Rc::new(move || {
            round.set(round.get() + 1);
            setter.set(Palette::read().map(|palette| (Rc::new(palette), round.get())));
        });
        read();
        let again = {
            let read = read.clone();
            Closure::<dyn Fn()>::new(move || read())
        };
        let document = web_sys::window().and_then(|window| window.document());
        let observer = document
            .as_ref()
            .and_then(Document::document_element)
            .and_then(|root| observe(&root, &again));
        let mut queries: Vec<MediaQueryList> = Vec::new();
        for query in QUERIES {
            let asked = web_sys::window().and_then(|window| window.match_media(query).ok().flatten());
            if let Some(query) = asked {
                query.set_onchange(Some(again.as_ref().unchecked_ref()));
                queries.push(query);
            }
        }
        // Labels that were drawn before their face had arrived are drawn again.
        if let Some(ready) = document.and_then(|document| document.fonts().ready().ok()) {
            spawn_local(async move {
                if JsFuture::from(ready).await.is_ok() {
                    read();
                }
            });
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            for query in queries {
                query.set_onchange(None);
            }
            drop(again);
        }
    });
    (*palette).clone()
}

fn observe(root: &Element, again: &Closure<dyn Fn()>) -> Option<MutationObserver> {
    let observer = MutationObserver::new(again.as_ref().unchecked_ref()).ok()?;
    let wanted = MutationObserverInit::new();
    wanted.set_attributes(true);
    observer.observe_with_options(root, &wanted).ok()?;
    Some(observer)
}
