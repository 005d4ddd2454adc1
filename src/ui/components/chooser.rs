//! The programs to start from: a list in the order of the course, chapter by chapter.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::ui::i18n::{Key, Language, chosen_of, text};
use crate::ui::scenarios::{self, Scenario};
use crate::ui::state::Action;

/// Properties of [`Chooser`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// Which scenario is chosen.
    pub scenario: usize,
    /// The program of a recorded run that is none of them.
    pub other: Option<Rc<str>>,
    /// The language of every text.
    pub language: Language,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// The list.
#[component]
pub fn Chooser(props: &Props) -> Html {
    let before = i32::from(props.other.is_some());
    let onchange = props.emit.reform(move |event: Event| {
        let index = event
            .target_dyn_into::<HtmlSelectElement>()
            .map_or(0, |select| select.selected_index());
        Action::Choose(usize::try_from(index - before).unwrap_or(0))
    });
    let chosen = &scenarios::ALL[props.scenario];
    let title = props
        .other
        .as_deref()
        .unwrap_or(chosen_of(&chosen.asks))
        .to_owned();
    let option = |scenario: &Scenario| {
        html! {
            <option key={scenario.file} value={scenario.file} selected={before == 0 && scenario.file == chosen.file}>{ chosen_of(&scenario.title) }</option>
        }
    };
    let chapters = scenarios::ALL.chunk_by(|one, other| one.place.chapter == other.place.chapter);
    html! {
        <select class="title" data-testid="scenario" aria-label={text(Key::Scenario)} {onchange} {title}>
            if let Some(other) = &props.other { <option selected=true>{ other.to_string() }</option> }
            { for chapters.map(|chapter| html! {
                <optgroup key={chapter[0].place.chapter} label={*chosen_of(&chapter[0].chapter().title)}>
                    { for chapter.iter().map(option) }
                </optgroup>
            }) }
        </select>
    }
}
