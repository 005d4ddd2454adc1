//! What the browser keeps of the texts that were typed: `static/drafts.js` in the document around the page.

use wasm_bindgen::prelude::*;
use yew::prelude::*;

use crate::ui::scenarios;
use crate::ui::state::{Draft, State, Stored};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = loopscope, js_name = drafts, catch)]
    fn stored() -> Result<Vec<String>, JsValue>;
    #[wasm_bindgen(js_namespace = loopscope, catch)]
    fn keep(turn: u32, file: &str, source: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = loopscope, catch)]
    fn forget(file: &str, source: &str) -> Result<(), JsValue>;
}

/// The page as it opens, with what was typed on it before.
pub(super) fn remembered(state: State) -> State {
    // A picture in another page has no memory. Where nothing may be kept, nothing was.
    let texts = if state.embed { None } else { stored().ok() };
    match texts.as_deref() {
        Some([own, texts @ ..]) => state.remembering(!own.is_empty(), Stored::all(texts)),
        _ => state.remembering(false, Vec::new()),
    }
}

/// Keeps what is typed, with every letter.
#[hook]
pub(super) fn use_drafts(state: &UseReducerHandle<State>) {
    let program = &state.program;
    let source = (program.edited && !state.embed).then(|| program.source.clone());
    let now = (state.drafts.turn, program.name.clone(), source);
    use_effect_with(now, |(turn, file, source)| {
        // Where nothing may be kept, the text is in the page and in its address.
        let _ = keep(*turn, file, source.as_deref().unwrap_or_default());
    });
}

/// Keeps a text no longer.
pub(super) fn forgotten(draft: &Draft) {
    // As above.
    let _ = forget(scenarios::ALL[draft.scenario].file, &draft.source);
}
