//! What the page and the browser have to do with the sizes of panels: how much room there is, what is remembered.

use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, ResizeObserver};
use yew::prelude::*;

use crate::ui::i18n::{PanelKey, text};
use crate::ui::kept::{keep, kept};
use crate::ui::panels::{Panel, Panels};
use crate::ui::state::{Action, State};
use crate::ui::tags::press;

/// The name that the sizes are kept under.
const NAME: &str = "panels";

/// The sizes of the last visit. A picture in another page has the usual ones.
pub(super) fn as_left(state: State) -> State {
    let left = kept(NAME).filter(|_| !state.embed).unwrap_or_default();
    State {
        panels: Panels::of_kept(&left),
        ..state
    }
}

/// Remembers the sizes, and measures the page.
#[hook]
pub(super) fn use_panels(state: &UseReducerHandle<State>, root: &NodeRef) {
    let now = (!state.embed).then(|| state.panels.kept());
    use_effect_with(now, |now| {
        if let Some(now) = now {
            keep(NAME, now);
        }
    });
    let (root, dispatcher) = (root.clone(), state.dispatcher());
    use_effect_with((), move |()| {
        let page = root.cast::<HtmlElement>();
        let measured = page.clone();
        let measure = Closure::<dyn Fn()>::new(move || {
            if let Some(page) = &measured {
                let px = |size: i32| u32::try_from(size).unwrap_or(0);
                dispatcher.dispatch(Action::Room(px(page.client_width()), px(page.client_height())));
            }
        });
        // The first report comes at once.
        let observer = ResizeObserver::new(measure.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(page)) = (&observer, &page) {
            observer.observe(page);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(measure);
        }
    });
}

/// Which panels are closed, for the style sheet.
pub(super) fn panel_class(state: &State) -> Classes {
    let closed = |panel: Panel, class: &'static str| state.panels.is_closed(panel).then_some(class);
    classes!(closed(Panel::Side, "no-side"), closed(Panel::Record, "no-record"))
}

/// How large they are.
pub(super) fn panel_style(state: &State) -> Option<String> {
    (!state.embed).then(|| state.panels.style()).flatten()
}

/// The button that closes a panel and opens it again: always the same one, so that the focus stays on it.
pub(super) fn fold(state: &State, panel: Panel, emit: &Callback<Action>) -> Html {
    let closed = state.panels.is_closed(panel);
    let (id, key, label) = match (panel, closed) {
        (Panel::Side, false) => ("fold-side", "H", PanelKey::HideProgram),
        (Panel::Side, true) => ("fold-side", "H", PanelKey::ShowProgram),
        (_, false) => ("fold-record", "J", PanelKey::HideRecord),
        (_, true) => ("fold-record", "J", PanelKey::ShowRecord),
    };
    let word = text(match (panel, closed) {
        (_, false) => PanelKey::Hide,
        (Panel::Side, true) => label,
        (_, true) => PanelKey::Show,
    });
    let onclick = press(emit, Action::Fold(panel));
    html! {
        <button class={classes!("btn", "fold", id)} type="button" data-testid={id} aria-expanded={(!closed).to_string()}
            aria-label={text(label)} title={format!("{} ({key})", text(label))} {onclick}>{ word }</button>
    }
}
