//! Keys, while the focus is inside the page but not in the editor.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::around::{leave, pass_on};
use crate::ui::i18n::{Key, text};
use crate::ui::keys::{Press, Wish, wish};
use crate::ui::state::{Action, Move, State};

/// Keys, while the focus is inside the page but not in the editor.
#[hook]
pub(super) fn use_keys(
    state: &UseReducerHandle<State>,
    root: NodeRef,
    emit: Callback<Action>,
) -> Callback<KeyboardEvent> {
    let state = state.clone();
    let (on_page, embed) = (root.clone(), state.embed);
    // Nothing has the focus when the page opens, nor when the tour has gone; keys work all the same.
    use_effect_with(state.tour.is_some(), move |_| {
        // A picture in another page waits until somebody turns to it.
        if let Some(page) = on_page.cast::<HtmlElement>().filter(|_| !embed) {
            // Focus is a convenience here.
            let _ = page.focus();
        }
    });
    Callback::from(move |event: KeyboardEvent| {
        let target = event.target_dyn_into::<Element>();
        let tag = target.as_ref().map(Element::tag_name).unwrap_or_default();
        let press = Press {
            key: event.key(),
            shift: event.shift_key(),
            command: event.ctrl_key() || event.alt_key() || event.meta_key(),
        };
        // Fields and the editor keep what is typed into them; the scrubber is no field. A button is pressed
        // with Space, a list is walked with arrows and letters.
        let edits = event
            .target_dyn_into::<HtmlElement>()
            .is_some_and(|element| element.is_content_editable());
        let field = tag == "INPUT"
            && target.is_some_and(|field| field.get_attribute("type").as_deref() != Some("range"));
        if edits || field || tag == "SELECT" || (tag == "BUTTON" && press.key == " ") {
            return;
        }
        let wish = wish(&press, state.keys, state.width);
        let Some(wish) = wish.filter(|wish| !embed || heeds(&state, wish)) else {
            if embed {
                pass_on(&event, &press);
            }
            return;
        };
        event.prevent_default();
        match wish {
            Wish::Act(Action::Escape) if embed && !state.holds_something() => leave(),
            Wish::Act(action) => emit.emit(action),
            Wish::AskStep => {
                let answer = web_sys::window()
                    .and_then(|window| window.prompt_with_message(text(Key::GoPrompt)).ok().flatten())
                    .and_then(|answer| answer.trim().parse().ok());
                if let Some(step) = answer {
                    emit.emit(Action::Go(Move::To(step)));
                }
            }
            Wish::FocusEditor => {
                if let Some(area) = find(&root, "[data-testid=source]") {
                    // As above.
                    let _ = area.focus();
                }
            }
        }
    })
}

/// Whether a picture in another page has a use for a wish: it has no editor, and may not ask.
fn heeds(state: &State, wish: &Wish) -> bool {
    match wish {
        Wish::Act(action) => !state.ignores(action),
        Wish::AskStep | Wish::FocusEditor => false,
    }
}

fn find(root: &NodeRef, selector: &str) -> Option<HtmlElement> {
    root.cast::<Element>()?
        .query_selector(selector)
        .ok()??
        .dyn_into()
        .ok()
}
