//! What colours are: the custom properties of the style sheet, read once and again when they change.

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

/// The colours of one theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// Hue, ink and tint by family.
    families: [[String; 3]; FAMILIES.len()],
    panel: String,
    text: String,
    quiet: String,
    line: String,
    strong: String,
    focus: String,
    run: String,
    on_run: String,
    now_band: String,
    turn_band: String,
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
        Some(Self {
            families: FAMILIES.map(|family| family.tokens().map(token)),
            panel: token("--panel"),
            text: token("--ink"),
            quiet: token("--ink-3"),
            line: token("--line"),
            strong: token("--line-2"),
            focus: token("--focus"),
            run: token("--run"),
            on_run: token("--on-run"),
            now_band: token("--now-band"),
            turn_band: token("--turn-band"),
            future: decimal::read(&token("--future")).unwrap_or(0.42),
            face: token("--sans"),
        })
    }

    /// A colour.
    pub fn ink(&self, ink: Ink) -> &str {
        match ink {
            Ink::Panel => &self.panel,
            Ink::Text => &self.text,
            Ink::Quiet => &self.quiet,
            Ink::Line => &self.line,
            Ink::Strong => &self.strong,
            Ink::Focus => &self.focus,
            Ink::Run => &self.run,
            Ink::OnRun => &self.on_run,
            Ink::NowBand => &self.now_band,
            Ink::TurnBand => &self.turn_band,
            Ink::Hue(family) => &self.of(family)[0],
            Ink::Words(family) => &self.of(family)[1],
        }
    }

    /// What fills the bars of a family.
    pub fn tint(&self, family: Family) -> &str {
        &self.of(family)[2]
    }

    fn of(&self, family: Family) -> &[String; 3] {
        let place = FAMILIES.iter().position(|other| *other == family);
        &self.families[place.unwrap_or(FAMILIES.len() - 1)]
    }
}

/// The colours, anew whenever the theme, the system or the fonts have changed.
#[hook]
pub fn use_palette() -> Option<(Palette, u32)> {
    let palette = use_state_eq(|| None::<(Palette, u32)>);
    let setter = palette.setter();
    use_effect_with((), move |()| {
        let round = std::cell::Cell::new(0);
        let read = std::rc::Rc::new(move || {
            round.set(round.get() + 1);
            setter.set(Palette::read().map(|palette| (palette, round.get())));
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
        let queries: Vec<MediaQueryList> = QUERIES
            .iter()
            .filter_map(|query| web_sys::window()?.match_media(query).ok().flatten())
            .collect();
        for query in &queries {
            query.set_onchange(Some(again.as_ref().unchecked_ref()));
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
