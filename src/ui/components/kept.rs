//! A quiet line above the program: what was typed is back, or can be brought back.

use yew::prelude::*;

use crate::ui::i18n::{EditorKey, fill, text};
use crate::ui::scenarios;
use crate::ui::state::{Action, Draft};
use crate::ui::tags::press;

/// Properties of [`Kept`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// Whether the text on screen is from an earlier visit.
    pub restored: bool,
    /// A text that can be brought back.
    pub draft: Option<Draft>,
    /// The scenario on screen.
    pub scenario: usize,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// The line; nothing when there is nothing to say.
#[component]
pub fn Kept(props: &Props) -> Html {
    let button = |action: Action, words: EditorKey, id: &'static str| {
        let onclick = press(&props.emit, action);
        html! { <button class="btn" type="button" data-testid={id} {onclick}>{ text(words) }</button> }
    };
    let told = match &props.draft {
        _ if props.restored => text(EditorKey::Restored).to_owned(),
        Some(draft) if draft.scenario == props.scenario => text(EditorKey::Kept).to_owned(),
        Some(draft) => fill(
            EditorKey::KeptOf,
            &[("name", scenarios::ALL[draft.scenario].file)],
        ),
        None => return Html::default(),
    };
    let own = props
        .draft
        .as_ref()
        .is_some_and(|draft| draft.scenario == props.scenario);
    html! {
        <p class="kept" role="status" data-testid="kept">
            <span>{ told }</span>
            if props.restored {
                { button(Action::UndoEdits, EditorKey::Original, "original") }
            } else {
                { button(Action::BringBack, EditorKey::BringBack, "bring-back") }
                if own { { button(Action::ForgetDraft, EditorKey::Forget, "forget") } }
            }
        </p>
    }
}
