//! What pointer and wheel do on the lanes: a click goes to a step, a drag pans, with Shift it selects
//! steps, two fingers zoom.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AddEventListenerOptions, Element};
use yew::prelude::*;

use crate::ui::scale::Scale;
use crate::ui::state::{Action, Move};

/// Movement of the pointer that makes a drag of a click.
const DRAG_PX: f64 = 4.0;

/// Listeners for the lanes.
pub(super) struct Pointer {
    pub(super) down: Callback<PointerEvent>,
    pub(super) moved: Callback<PointerEvent>,
    pub(super) up: Callback<PointerEvent>,
    pub(super) cancel: Callback<PointerEvent>,
    pub(super) left: Callback<PointerEvent>,
    /// Where a mouse rests, in pixels of the lanes.
    pub(super) rests: Option<(f64, f64)>,
}

/// A finger, or the mouse while its button is down.
#[derive(Clone, Copy, Debug)]
struct Touch {
    id: i32,
    from: f64,
    at: f64,
    drag: bool,
    /// The column at which a selection began.
    anchor: Option<u32>,
}

#[hook]
pub(super) fn use_pointer(emit: &Callback<Action>, scale: &Scale, paper: &NodeRef) -> Pointer {
    let touches = use_mut_ref(Vec::<Touch>::new);
    let rests = use_state_eq(|| None::<(f64, f64)>);
    let place = {
        let paper = paper.clone();
        move |event: &PointerEvent| {
            let corner = paper
                .cast::<Element>()
                .map(|paper| paper.get_bounding_client_rect());
            let (left, top) = corner.map_or((0.0, 0.0), |corner| (corner.left(), corner.top()));
            (
                f64::from(event.client_x()) - left,
                f64::from(event.client_y()) - top,
            )
        }
    };
    let down = {
        let (touches, rests, scale, place) = (touches.clone(), rests.clone(), scale.clone(), place.clone());
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            rests.set(None);
            let (x, _) = place(&event);
            let mut touches = touches.borrow_mut();
            touches.retain(|touch| touch.id != event.pointer_id());
            touches.push(Touch {
                id: event.pointer_id(),
                from: x,
                at: x,
                drag: false,
                anchor: event.shift_key().then(|| scale.place_at(x)),
            });
        })
    };
    let moved = {
        let (touches, rests) = (touches.clone(), rests.clone());
        let (emit, scale, place, lanes) = (emit.clone(), scale.clone(), place.clone(), paper.clone());
        Callback::from(move |event: PointerEvent| {
            let (x, y) = place(&event);
            let mut touches = touches.borrow_mut();
            if touches.is_empty() && event.pointer_type() == "mouse" {
                // What stays at the top is where it would be without scrolling.
                let target = event.target_dyn_into::<Element>();
                let stuck = target.is_some_and(|element| element.class_name() == "pins");
                let y = if stuck { event.offset_y().into() } else { y };
                rests.set(Some((x, y)));
                return;
            }
            if let [one, other] = &touches[..] {
                pinch(&emit, (*one, *other), event.pointer_id(), x);
            }
            let alone = touches.len() == 1;
            let Some(touch) = touches.iter_mut().find(|touch| touch.id == event.pointer_id()) else {
                return;
            };
            if !touch.drag && (x - touch.from).abs() < DRAG_PX {
                return;
            }
            if !touch.drag {
                capture(&lanes, &event);
            }
            let by = touch.at - x;
            (touch.drag, touch.at) = (true, x);
            if alone {
                emit.emit(match touch.anchor {
                    Some(anchor) => Action::Range(Some((anchor, scale.place_at(x)))),
                    None => Action::Pan(by),
                });
            }
        })
    };
    let up = {
        let (touches, emit, scale) = (touches.clone(), emit.clone(), scale.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(touch) = take(&touches, event.pointer_id()) else {
                return;
            };
            if !touch.drag {
                let (x, _) = place(&event);
                emit.emit(Action::Go(Move::To(scale.place_at(x))));
            }
        })
    };
    let cancel = {
        let touches = touches.clone();
        Callback::from(move |event: PointerEvent| {
            take(&touches, event.pointer_id());
        })
    };
    let left = {
        let rests = rests.clone();
        Callback::from(move |_: PointerEvent| rests.set(None))
    };
    Pointer {
        down,
        moved,
        up,
        cancel,
        left,
        rests: *rests,
    }
}

fn take(touches: &Rc<RefCell<Vec<Touch>>>, id: i32) -> Option<Touch> {
    let mut touches = touches.borrow_mut();
    let place = touches.iter().position(|touch| touch.id == id)?;
    let touch = touches.remove(place);
    // The finger that stays does not click.
    for other in touches.iter_mut() {
        other.drag = true;
    }
    Some(touch)
}

/// Two fingers, one of which has moved to `x`: what was between them stays between them.
fn pinch(emit: &Callback<Action>, (one, other): (Touch, Touch), moved: i32, x: f64) {
    let (mover, still) = if one.id == moved {
        (one, other)
    } else {
        (other, one)
    };
    let (before, after) = ((mover.at - still.at).abs(), (x - still.at).abs());
    if before > 1.0 && after > 1.0 {
        emit.emit(Action::Zoom(before / after, still.at));
    }
}

/// The element that listens is at the root of the page: it is the lanes that shall hear of the rest.
fn capture(paper: &NodeRef, event: &PointerEvent) {
    if let Some(paper) = paper.cast::<Element>() {
        // Without capture a drag ends at the edge of the pane, which is no harm.
        let _ = paper.set_pointer_capture(event.pointer_id());
    }
}

/// Ctrl and the wheel zoom at the pointer, Shift and the wheel pan, and so does a wheel that turns
/// sideways; the wheel alone is left to the page.
///
/// The listener is our own: those at the root of a page may not keep the browser from zooming itself.
#[hook]
pub(super) fn use_wheel(paper: NodeRef, emit: Callback<Action>) {
    use_effect_with((), move |()| {
        let wheel = Closure::<dyn Fn(WheelEvent)>::new(move |event: WheelEvent| {
            if event.ctrl_key() || event.meta_key() {
                event.prevent_default();
                let factor = (event.delta_y() / 300.0).exp();
                emit.emit(Action::Zoom(factor, f64::from(event.offset_x())));
            } else if event.shift_key() {
                event.prevent_default();
                emit.emit(Action::Pan(event.delta_y() + event.delta_x()));
            } else if event.delta_x().abs() > event.delta_y().abs() {
                event.prevent_default();
                emit.emit(Action::Pan(event.delta_x()));
            }
        });
        let element = paper.cast::<Element>();
        if let Some(element) = &element {
            let options = AddEventListenerOptions::new();
            options.set_passive(false);
            let listener = wheel.as_ref().unchecked_ref();
            // Without it the buttons and keys still zoom.
            let _ = element
                .add_event_listener_with_callback_and_add_event_listener_options("wheel", listener, &options);
        }
        move || {
            if let Some(element) = element {
                let _ = element.remove_event_listener_with_callback("wheel", wheel.as_ref().unchecked_ref());
            }
        }
    });
}
