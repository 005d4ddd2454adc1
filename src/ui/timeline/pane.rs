//! The timeline as a component: it knows its size and what is scrolled into view.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AddEventListenerOptions, Element, HtmlElement, ResizeObserver};
use yew::prelude::*;

use super::bars::Scene;
use super::geometry::Geometry;
use super::head::Head;
use super::tools::tools;
use super::{labels, px};
use crate::trace::{Lane, TaskId};
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, fill, grouped};
use crate::ui::scale::{Axis, Scale};
use crate::ui::state::{Action, Move};

/// Below this width names stand above the bars.
const STACKED_PX: f64 = 480.0;
/// Height that is drawn before the real one is known.
const FIRST_HEIGHT: f64 = 400.0;
/// Movement of the pointer that makes a drag of a click.
const DRAG_PX: i32 = 4;

/// Properties of [`Timeline`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame.
    pub frame: Rc<Frame>,
    /// Where columns are.
    pub scale: Scale,
    /// What runs from left to right.
    pub axis: Axis,
    /// Whether what comes after the cursor is hidden.
    pub future_hidden: bool,
    /// The selected task.
    pub selected: Option<TaskId>,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// What of the lanes is in view.
#[derive(Clone, Copy, Debug, PartialEq)]
struct View {
    top: f64,
    height: f64,
    stacked: bool,
}

/// The timeline.
#[component]
pub fn Timeline(props: &Props) -> Html {
    let (scroller, paper) = (use_node_ref(), use_node_ref());
    let view = use_state_eq(|| View {
        top: 0.0,
        height: FIRST_HEIGHT,
        stacked: false,
    });
    let geometry = Geometry::of(view.stacked);
    let (frame, scale) = (&props.frame, &props.scale);

    use_measure(scroller.clone(), paper.clone(), view.clone(), props.emit.clone());
    use_follow(scroller.clone(), frame, *view);
    use_wheel(paper.clone(), props.emit.clone());
    let pointer = use_pointer(&props.emit, scale);

    let setter = view.clone();
    let onscroll = Callback::from(move |event: Event| {
        if let Some(pane) = event.target_dyn_into::<Element>() {
            setter.set(View {
                top: f64::from(pane.scroll_top()),
                ..*setter
            });
        }
    });

    let lanes = frame.recording.lanes();
    let order = lanes.rows();
    let in_view = geometry.rows_between(
        view.top - geometry.lane,
        view.top + view.height + geometry.lane,
        order.len(),
    );
    let rows: Vec<(usize, &Lane)> = in_view.map(|row| (row, &lanes.lanes()[order[row]])).collect();
    let height = geometry.top(order.len());
    let head = Head {
        lanes: &lanes,
        scale,
        geometry,
        cursor: frame.number,
        at_end: frame.is_end(),
        steps: frame.steps(),
        future_hidden: props.future_hidden,
    };
    let trace = frame.recording.trace();
    let scene = Scene {
        recording: &frame.recording,
        tip: trace.tip(),
        scale,
        geometry,
        cursor: frame.number,
        future_hidden: props.future_hidden,
        selected: props.selected,
        open_end: if trace.outcome().is_some() {
            frame.steps() + 1
        } else {
            frame.steps()
        },
    };
    let told = fill(
        Key::TimelineIs,
        &[
            ("tasks", &grouped(order.len() as u64)),
            ("steps", &grouped(frame.steps().into())),
        ],
    );
    let width = px(scale.width());
    let class = classes!("tlbox", view.stacked.then_some("stacked"));
    html! {
        <section {class} data-testid="timeline">
            { tools(frame, props.axis, props.future_hidden, scale.width() / 2.0, &props.emit) }
            <div class="tlhead">
                <div class="lanes">{ labels::head(frame, geometry) }</div>
                <svg class="tl" width={width.clone()} height={px(head.height())} aria-hidden="true">{ head.draw() }</svg>
            </div>
            <div class="tlscroll" ref={scroller} {onscroll}>
                <div class="tlbody" style={format!("height:{}px", px(height))}>
                    <div class="lanes">{ labels::rows(frame, geometry, &rows, props.selected, &props.emit) }</div>
                    <div class="paper" ref={paper} onpointerdown={pointer.down}
                        onpointermove={pointer.moved} onpointerup={pointer.up} onpointercancel={pointer.cancel}>
                        <svg class="tl" {width} height={px(height)} role="img" aria-label={told}>
                            { head.bands(height) }
                            { head.now(height) }
                            { for rows.iter().map(|(row, _)| rule(geometry, *row, scale.width())) }
                            { scene.draw(&rows) }
                        </svg>
                    </div>
                </div>
            </div>
        </section>
    }
}

fn rule(geometry: Geometry, row: usize, width: f64) -> Html {
    let y = geometry.top(row + 1) - 0.5;
    html! { <path class="lanerule" d={format!("M0 {}H{}", px(y), px(width))} /> }
}

/// Follows the size of the pane.
#[hook]
fn use_measure(scroller: NodeRef, paper: NodeRef, view: UseStateHandle<View>, emit: Callback<Action>) {
    use_effect_with((), move |()| {
        let read = {
            let (scroller, paper) = (scroller.clone(), paper.clone());
            move || {
                let (Some(pane), Some(paper)) = (scroller.cast::<HtmlElement>(), paper.cast::<HtmlElement>())
                else {
                    return;
                };
                if pane.client_width() == 0 {
                    return;
                }
                view.set(View {
                    top: f64::from(pane.scroll_top()),
                    height: f64::from(pane.client_height()),
                    stacked: f64::from(pane.client_width()) < STACKED_PX,
                });
                emit.emit(Action::Measured(f64::from(paper.client_width())));
            }
        };
        let closure = Closure::<dyn Fn()>::new(read);
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            for node in [&scroller, &paper] {
                if let Some(element) = node.cast::<Element>() {
                    observer.observe(&element);
                }
            }
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(closure);
        }
    });
}

/// Scrolls, in one cut, to the lane that runs.
#[hook]
fn use_follow(scroller: NodeRef, frame: &Rc<Frame>, view: View) {
    let geometry = Geometry::of(view.stacked);
    let row = frame.seat_task().and_then(|task| {
        let lanes = frame.recording.lanes();
        lanes
            .rows()
            .iter()
            .position(|row| lanes.lanes()[*row].task == task)
    });
    use_effect_with(
        (row, frame.number, view.stacked, whole_px(view.height)),
        move |(row, ..)| {
            let (Some(row), Some(pane)) = (*row, scroller.cast::<Element>()) else {
                return;
            };
            let (top, bottom) = (geometry.top(row), geometry.top(row + 1));
            let (from, height) = (f64::from(pane.scroll_top()), f64::from(pane.client_height()));
            if height > 0.0 && (top < from || bottom > from + height) {
                pane.set_scroll_top(whole_px(top - height / 3.0));
            }
        },
    );
}

#[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
fn whole_px(value: f64) -> i32 {
    value.max(0.0) as i32
}

/// What the pointer does on the lanes: a click goes to a step, a drag pans.
struct Pointer {
    down: Callback<PointerEvent>,
    moved: Callback<PointerEvent>,
    up: Callback<PointerEvent>,
    cancel: Callback<PointerEvent>,
}

/// Where a press began, where it is, and whether it became a drag.
#[derive(Clone, Copy, Debug)]
struct Press {
    from: i32,
    at: i32,
    drag: bool,
}

#[hook]
fn use_pointer(emit: &Callback<Action>, scale: &Scale) -> Pointer {
    let press = use_mut_ref(|| None::<Press>);
    let begun = press.clone();
    let down = Callback::from(move |event: PointerEvent| {
        if event.button() == 0 {
            *begun.borrow_mut() = Some(Press {
                from: event.client_x(),
                at: event.client_x(),
                drag: false,
            });
        }
    });
    let (going, panned) = (press.clone(), emit.clone());
    let moved = Callback::from(move |event: PointerEvent| {
        let mut going = going.borrow_mut();
        let Some(press) = going.as_mut() else { return };
        let by = press.at - event.client_x();
        if !press.drag && (event.client_x() - press.from).abs() < DRAG_PX {
            return;
        }
        if !press.drag
            && let Some(paper) = event
                .current_target()
                .and_then(|target| target.dyn_into::<Element>().ok())
        {
            // Without capture a drag ends at the edge of the pane, which is no harm.
            let _ = paper.set_pointer_capture(event.pointer_id());
        }
        (press.drag, press.at) = (true, event.client_x());
        panned.emit(Action::Pan(f64::from(by)));
    });
    let (over, gone, scale) = (press.clone(), emit.clone(), scale.clone());
    let up = Callback::from(move |event: PointerEvent| {
        let press = over.borrow_mut().take();
        let paper = event
            .current_target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        if let (Some(Press { drag: false, .. }), Some(paper)) = (press, paper) {
            let x = f64::from(event.client_x()) - paper.get_bounding_client_rect().left();
            gone.emit(Action::Go(Move::To(scale.column_at(x))));
        }
    });
    let cancel = Callback::from(move |_: PointerEvent| *press.borrow_mut() = None);
    Pointer {
        down,
        moved,
        up,
        cancel,
    }
}

/// Ctrl and the wheel zoom at the pointer, Shift and the wheel pan; the wheel alone is left to the page.
///
/// The listener is our own: those at the root of a page may not keep the browser from zooming itself.
#[hook]
fn use_wheel(paper: NodeRef, emit: Callback<Action>) {
    use_effect_with((), move |()| {
        let wheel = Closure::<dyn Fn(WheelEvent)>::new(move |event: WheelEvent| {
            if event.ctrl_key() || event.meta_key() {
                event.prevent_default();
                emit.emit(Action::Zoom(
                    (event.delta_y() / 300.0).exp(),
                    f64::from(event.offset_x()),
                ));
            } else if event.shift_key() {
                event.prevent_default();
                emit.emit(Action::Pan(event.delta_y() + event.delta_x()));
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
