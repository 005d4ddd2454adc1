//! The page around a picture: keys that the picture has no use for are its own, and so is the focus
//! when it turns to something else.
//!
//! Keys do not leave a frame by themselves, so it is told of them.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MessageEvent, Window};
use yew::prelude::*;

use crate::ui::keys::Press;
use crate::ui::state::Action;

/// What reveal.js tells the frames of a slide that goes.
const GOES: &str = "slide:stop";

/// A picture whose slide goes rests, and gives the keys back: nobody sees it any more.
#[hook]
pub(super) fn use_page_around(embed: bool, emit: Callback<Action>) {
    use_effect_with((), move |()| {
        let heard = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            let told = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            // A frame that is taken away says nothing, it is only hidden.
            if told.is_none_or(|told| told.as_string().as_deref() == Some(GOES)) {
                emit.emit(Action::Pause);
                leave();
            }
        });
        let window = web_sys::window().filter(|_| embed);
        if let Some(window) = &window {
            for event in ["message", "pagehide"] {
                // Without it a click gives the keys back.
                let _ = window.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
            }
        }
        // A picture stays one for as long as its document.
        move || drop((window, heard))
    });
}

fn page_around() -> Option<Window> {
    web_sys::window()?.parent().ok().flatten()
}

/// Gives the focus, and with it the keys, back to the page around.
pub(super) fn leave() {
    let focused = web_sys::window()
        .and_then(|window| window.document())
        .is_some_and(|document| document.has_focus().unwrap_or(false));
    if let Some(parent) = page_around().filter(|_| focused) {
        // A page that may not be focused leaves things as they are.
        let _ = parent.focus();
    }
}

/// Tells the page around of a key that means nothing here. `method` and `args` are how reveal.js is told:
/// it needs no script of its own for that.
pub(super) fn pass_on(event: &KeyboardEvent, press: &Press) {
    let silent = ["Tab", "Enter", "Shift", "Control", "Alt", "Meta"];
    if press.command || silent.contains(&press.key.as_str()) {
        return;
    }
    let key = press.key.replace('\\', r"\\").replace('"', "\\\"");
    let told = format!(
        r#"{{"loopscope":"key","key":"{key}","method":"triggerKey","args":[{}]}}"#,
        event.key_code()
    );
    if let Some(parent) = page_around() {
        // Nothing secret is told, and whoever listens may.
        let _ = parent.post_message(&told.into(), "*");
    }
}
