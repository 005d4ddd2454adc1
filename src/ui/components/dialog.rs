//! A dialog: the browser keeps the focus in it and gives it back, and closes it with Esc.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;
use yew::prelude::*;

use super::icon::icon;
use crate::ui::i18n::{Key, text};
use crate::ui::look::Icon;

#[wasm_bindgen]
extern "C" {
    /// The element `dialog`, as far as it is used here.
    #[wasm_bindgen(extends = Element)]
    type Modal;

    #[wasm_bindgen(method, js_name = showModal, catch)]
    fn show_modal(this: &Modal) -> Result<(), wasm_bindgen::JsValue>;

    #[wasm_bindgen(method)]
    fn close(this: &Modal);
}

/// Properties of [`Dialog`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// What it is about.
    pub title: Key,
    /// Its name for tests.
    pub id: &'static str,
    /// Called when it shall go.
    pub close: Callback<()>,
    /// What it holds.
    pub children: Html,
}

/// A dialog over the page.
#[component]
pub fn Dialog(props: &Props) -> Html {
    let node = use_node_ref();
    let opened = node.clone();
    use_effect_with((), move |()| {
        if let Some(dialog) = opened.cast::<Element>() {
            // One that is in the document and not open yet can be opened.
            let _ = dialog.unchecked_into::<Modal>().show_modal();
        }
        // One that is closed gives the focus back; one that is only taken away loses it.
        move || {
            if let Some(dialog) = opened.cast::<Element>() {
                dialog.unchecked_into::<Modal>().close();
            }
        }
    });
    let close = props.close.clone();
    // Esc: the page takes the dialog away, instead of a closed one staying in it.
    let oncancel = Callback::from(move |event: Event| {
        event.prevent_default();
        close.emit(());
    });
    // Keys of the page mean nothing here.
    let onkeydown = |event: KeyboardEvent| event.stop_propagation();
    let (close, own) = (props.close.clone(), node.clone());
    // A click beside it hits the dialog itself, one inside hits what it holds.
    let onclick = Callback::from(move |event: MouseEvent| {
        let hit = event.target_dyn_into::<Element>();
        if hit.is_some() && hit == own.cast::<Element>() {
            close.emit(());
        }
    });
    let dismiss = props.close.reform(|_: MouseEvent| ());
    html! {
        <dialog ref={node} class="dialog" data-testid={props.id} aria-label={text(props.title)} {oncancel} {onkeydown} {onclick}>
            <div class="sheet">
                <header>
                    <h2>{ text(props.title) }</h2><span class="sp"></span>
                    <button class="btn icon" type="button" data-testid="close" aria-label={text(Key::Close)} title={text(Key::Close)}
                        onclick={dismiss}>{ icon(Icon::Close) }</button>
                </header>
                <div class="sheetbody" tabindex="0">{ props.children.clone() }</div>
            </div>
        </dialog>
    }
}
