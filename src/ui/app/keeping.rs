//! What is kept from visit to visit: colours, language, which keys do something, that the tour was seen.
//!
//! An address that says otherwise comes first, and a picture in another page knows only its address.

use yew::prelude::*;

use crate::ui::i18n::Language;
use crate::ui::kept::{keep, kept};
use crate::ui::keys::Keys;
use crate::ui::link::Link;
use crate::ui::state::{State, Theme};
use crate::ui::tour::Stop;

const TOUR: &str = "tour";
const KEYS: &str = "keys";
const THEME: &str = "theme";
const LANGUAGE: &str = "lang";

/// The page as it opens.
pub(super) fn opening() -> State {
    let link = Link::of_page();
    let mut state = link.opens();
    if link.embed {
        return state;
    }
    if link.keys.is_none() {
        state.keys = chosen(KEYS, &Keys::ALL.map(|keys| (keys, name_of_keys(keys)))).unwrap_or_default();
    }
    if link.theme == Theme::System {
        state.theme = chosen(THEME, &THEMES).unwrap_or_default();
    }
    if link.language.is_none() {
        state.chosen_language = kept(LANGUAGE).and_then(|code| Language::of_code(&code));
    }
    // Whoever follows a link to a step wants to see that step.
    let first = link.tour && link.step.is_none() && kept(TOUR).is_none();
    state.tour = first.then_some(Stop::Now);
    state
}

const THEMES: [(Theme, &str); 3] = [
    (Theme::System, "system"),
    (Theme::Light, "light"),
    (Theme::Dark, "dark"),
];

const fn name_of_keys(keys: Keys) -> &'static str {
    match keys {
        Keys::All => "all",
        Keys::Named => "named",
        Keys::Off => "off",
    }
}

/// The choice whose name was kept.
fn chosen<T: Copy>(name: &str, choices: &[(T, &str)]) -> Option<T> {
    let kept = kept(name)?;
    let choice = choices.iter().find(|(_, name)| *name == kept);
    choice.map(|(choice, _)| *choice)
}

/// Keeps what is chosen. What nobody touched is not written: the storage stays as it was found.
#[hook]
pub(super) fn use_kept(state: &State) {
    let own = !state.embed;
    let now = (
        state.tour.is_some(),
        state.keys,
        state.theme,
        state.chosen_language,
    );
    let was = use_mut_ref(|| now);
    use_effect_with(now, move |now| {
        let before = was.replace(*now);
        if !own {
            return;
        }
        let (touring, keys, theme, language) = *now;
        if before.0 && !touring {
            keep(TOUR, "seen");
        }
        if before.1 != keys {
            keep(KEYS, name_of_keys(keys));
        }
        if before.2 != theme
            && let Some((_, name)) = THEMES.iter().find(|(one, _)| *one == theme)
        {
            keep(THEME, name);
        }
        if before.3 != language
            && let Some(language) = language
        {
            keep(LANGUAGE, language.code());
        }
    });
}
