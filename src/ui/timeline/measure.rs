//! How large the pane is, what of it is scrolled into view, and what should be.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::prelude::*;

use super::geometry::Geometry;
use crate::trace::TaskId;
use crate::ui::frame::Frame;
use crate::ui::order::Order;
use crate::ui::state::Action;

/// Height that is drawn before the real one is known.
const FIRST_HEIGHT: f64 = 400.0;

/// What of the lanes is in view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    /// First pixel, to a whole lane.
    pub(super) top: f64,
    /// Pixels in view.
    pub(super) height: f64,
    /// Heights that fit the room there is.
    pub(super) geometry: Geometry,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            top: 0.0,
            height: FIRST_HEIGHT,
            geometry: Geometry::WIDE,
        }
    }
}

impl Window {
    /// The rows that are drawn: those in view, and one more on either side.
    pub(super) fn rows(&self, all: usize) -> std::ops::Range<usize> {
        let geometry = self.geometry;
        geometry.rows_between(
            self.top - geometry.lane,
            self.top + self.height + 2.0 * geometry.lane,
            all,
        )
    }

    /// Rows that stay at the top while the others scroll: those that were pinned, as long as they
    /// leave half of the pane to the others.
    pub(super) fn stuck(&self, pinned: usize) -> usize {
        let geometry = self.geometry;
        let whole = self.height / 2.0 - geometry.lane;
        geometry.rows_between(0.0, whole, pinned).end
    }

    /// Scrolled to another place.
    pub(super) fn scrolled(self, pane: &Element) -> Self {
        let lane = self.geometry.lane;
        Self {
            top: (f64::from(pane.scroll_top()) / lane).floor() * lane,
            ..self
        }
    }
}

/// Follows the size of the pane.
#[hook]
pub(super) fn use_measure(
    scroller: NodeRef,
    paper: NodeRef,
    window: UseStateHandle<Window>,
    emit: Callback<Action>,
) {
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
                let page = pane.closest(".page").ok().flatten();
                let page_height = page.map_or(0, |page| page.client_height());
                let measured = Window {
                    top: 0.0,
                    height: f64::from(pane.client_height()),
                    geometry: Geometry::of(f64::from(pane.client_width()), f64::from(page_height)),
                };
                window.set(measured.scrolled(&pane));
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

/// Scrolls, in one cut, to the lane that runs, or to the one that was selected.
#[hook]
pub(super) fn use_follow(
    scroller: NodeRef,
    frame: &Rc<Frame>,
    order: &Order,
    selected: Option<TaskId>,
    window: Window,
) {
    let lanes = frame.recording.lanes();
    let row = |task: Option<TaskId>| task.and_then(|task| order.row_of(&lanes, task));
    let (running, chosen) = (row(frame.seat_task()), row(selected));
    drop(lanes);
    let geometry = window.geometry;
    let size = Some((geometry, whole_px(window.height)));
    // Rows that are arranged anew move nothing by themselves: whoever opens a group looks at it.
    let key = (selected.map(|task| task.0), size);
    let place = (geometry, window.stuck(order.pinned));
    use_scroll(&scroller, key, place, chosen);
    use_scroll(&scroller, (Some(frame.number), size), place, running);
}

/// Scrolls to a row whenever `key` has changed: what it is about, and the size of the pane.
#[hook]
fn use_scroll(
    scroller: &NodeRef,
    key: (Option<u32>, Option<(Geometry, i32)>),
    place: (Geometry, usize),
    row: Option<usize>,
) {
    let pane = scroller.clone();
    use_effect_with(key, move |_| scroll_to(&pane, place, row));
}

fn scroll_to(scroller: &NodeRef, (geometry, stuck): (Geometry, usize), row: Option<usize>) {
    let (Some(row), Some(pane)) = (row, scroller.cast::<Element>()) else {
        return;
    };
    let (top, bottom) = (geometry.top(row), geometry.top(row + 1));
    let (from, height) = (f64::from(pane.scroll_top()), f64::from(pane.client_height()));
    // What stays at the top covers what is below it.
    let covered = geometry.top(stuck);
    if height > 0.0 && row >= stuck && (top < from + covered || bottom > from + height) {
        pane.set_scroll_top(whole_px(top - covered.max(height / 3.0)));
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
pub(super) fn whole_px(value: f64) -> i32 {
    value.max(0.0) as i32
}
