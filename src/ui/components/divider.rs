//! A line between two panels that can be moved: dragged, with arrow keys, and back by a double click.

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::ui::i18n::{PanelKey, text};
use crate::ui::panels::{Extent, Panel};
use crate::ui::state::Action;

/// Pixels that an arrow key moves it by, alone and with Shift.
const STEP: i64 = 16;
const LEAP: i64 = 64;

/// Properties of [`Divider`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The panel whose size it sets.
    pub panel: Panel,
    /// The size of that.
    pub extent: Extent,
    /// Its name in the language of the page.
    pub label: &'static str,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// The divider of a panel.
pub fn divider(panel: Panel, extent: Extent, emit: &Callback<Action>) -> Html {
    let label = text(match panel {
        Panel::Side => PanelKey::SideWidth,
        Panel::Record => PanelKey::RecordHeight,
        Panel::Board => PanelKey::BoardHeight,
    });
    html! { <Divider {panel} {extent} {label} emit={emit.clone()} /> }
}

/// The line. Pixels are counted towards where the panel grows.
#[component]
pub fn Divider(props: &Props) -> Html {
    let Extent { now, min, max } = props.extent;
    let panel = props.panel;
    let place = move |event: &PointerEvent| {
        i64::from(match panel {
            Panel::Side => event.client_x(),
            Panel::Record => -event.client_y(),
            Panel::Board => event.client_y(),
        })
    };
    // Where the pointer would be if the panel had no size at all.
    let held = use_mut_ref(|| None::<i64>);
    let size = {
        let emit = props.emit.clone();
        move |size: i64| emit.emit(Action::Size(panel, Some(u32::try_from(size).unwrap_or(0))))
    };
    let onpointerdown = {
        let held = held.clone();
        Callback::from(move |event: PointerEvent| {
            if let Some(line) = event.target().and_then(|line| line.dyn_into::<Element>().ok()) {
                // Without it the drag ends where the pointer leaves the line.
                let _ = line.set_pointer_capture(event.pointer_id());
            }
            *held.borrow_mut() = Some(place(&event) - i64::from(now));
        })
    };
    let onpointermove = {
        let (held, size) = (held.clone(), size.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(origin) = *held.borrow() {
                size(place(&event) - origin);
            }
        })
    };
    let let_go = Callback::from(move |_: PointerEvent| *held.borrow_mut() = None);
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let step = if event.shift_key() { LEAP } else { STEP };
        let (more, less) = match panel {
            Panel::Side => ("ArrowRight", "ArrowLeft"),
            Panel::Record => ("ArrowUp", "ArrowDown"),
            Panel::Board => ("ArrowDown", "ArrowUp"),
        };
        size(match event.key() {
            key if key == more => i64::from(now) + step,
            key if key == less => i64::from(now) - step,
            key if key == "Home" => i64::from(min),
            key if key == "End" => i64::from(max),
            _ => return,
        });
        event.prevent_default();
        event.stop_propagation();
    });
    let ondblclick = props.emit.reform(move |_: MouseEvent| Action::Size(panel, None));
    let (id, turned) = match panel {
        Panel::Side => ("divide-side", "vertical"),
        Panel::Record => ("divide-record", "horizontal"),
        Panel::Board => ("divide-board", "horizontal"),
    };
    html! {
        <div class={classes!("divider", id)} role="separator" tabindex="0" data-testid={id} aria-orientation={turned}
            aria-label={props.label} title={text(PanelKey::DividerHow)} aria-valuenow={now.to_string()}
            aria-valuemin={min.to_string()} aria-valuemax={max.to_string()} {onpointerdown} {onpointermove}
            onpointerup={let_go.clone()} onpointercancel={let_go} {ondblclick} {onkeydown}></div>
    }
}
