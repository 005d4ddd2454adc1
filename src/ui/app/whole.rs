//! Names and lines of the program may be of any length: where one is cut, a tooltip tells the whole.
//!
//! Whether there is room is known to the browser alone, so the tooltip is made when the pointer comes.

use web_sys::Element;
use yew::prelude::*;

/// What may end in an ellipsis.
const CUT: &str =
    ".nm, .stt, .why, .code1, .src, .slot, .obj header b, .lane > small, .steps td, .hosts > b, .find b";

/// Gives what is under the pointer its own text as a tooltip, if it is cut.
#[expect(clippy::needless_pass_by_value, reason = "a listener owns its event")]
pub(super) fn tell_whole(event: MouseEvent) {
    let under = event.target_dyn_into::<Element>();
    let Some(cut) = under.and_then(|under| under.closest(CUT).ok().flatten()) else {
        return;
    };
    let whole = cut.text_content().unwrap_or_default();
    // The name of an attribute is valid, so this cannot fail.
    let _ = if cut.scroll_width() > cut.client_width() {
        cut.set_attribute("title", &whole)
    } else if cut.get_attribute("title").is_some_and(|title| title == whole) {
        cut.remove_attribute("title")
    } else {
        Ok(())
    };
}
