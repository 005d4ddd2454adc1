//! Who runs next, in order, and why.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, ResizeObserver};
use yew::prelude::*;

use super::icon::icon;
use crate::trace::HandleView;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, count, text};
use crate::ui::look::{self, Icon};
use crate::ui::motion::Spot;

/// Longer queues are counted from here on.
const SHOWN: usize = 40;
/// Tokens that are drawn beyond those that would fit if all were as narrow as the narrowest.
const BEYOND: usize = 2;
/// Names in the tooltip of those that are counted.
const NAMED: usize = 50;
/// Room that the count of those who found none takes, in pixels.
const COUNT_PX: i32 = 48;

/// Properties of [`Ready`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame.
    pub frame: Rc<Frame>,
}

/// The ready queue. A dashed divider stands where the next turn begins.
#[component]
pub fn Ready(props: &Props) -> Html {
    let frame = &props.frame;
    let (queue, turn) = (&frame.state.ready, frame.state.turn);
    let rail = use_node_ref();
    let (fits, drawn) = use_fits(&rail, frame);
    let over = |index: usize| (index >= fits).then_some("over");
    // What was ready when this turn began runs in it; what came since waits a turn.
    let left = queue.iter().position(|handle| turn == 0 || handle.turn >= turn);
    // In one list, each with a key: a step takes the first away, and the others only move up.
    let mut tokens = Vec::with_capacity(drawn + 1);
    for (index, handle) in queue.iter().take(drawn).enumerate() {
        if left == Some(index) {
            let label = count(Key::TurnN, turn + 1);
            tokens.push(html! { <li key="turn" class={classes!("turnmark", over(index))}><i></i><b>{ label }</b></li> });
        }
        tokens.push(token(frame, index, handle, over(index)));
    }
    html! {
        <ol class="rail" data-testid="ready" ref={rail}>
            if queue.is_empty() { <li class="none">{ text(Key::NothingReady) }</li> }
            { tokens.into_iter().collect::<Html>() }
            if queue.len() > fits { { more(frame, queue.iter().skip(fits)) } }
        </ol>
    }
}

/// Whom there is no room for: how many, and their names as a tooltip.
fn more<'a>(frame: &Frame, rest: impl Iterator<Item = &'a HandleView> + Clone) -> Html {
    let (named, all) = (rest.clone().take(NAMED), rest.count());
    let names: Vec<String> = named.map(|handle| look::handle_name(frame, handle)).collect();
    let label = count(Key::More, all as u64);
    html! { <li key="more" class="more" title={names.join(", ")}>{ label }</li> }
}

/// How many tokens fit into the rail, and of how many that is found out; all of them, until it has been measured.
#[hook]
fn use_fits(rail: &NodeRef, frame: &Rc<Frame>) -> (usize, usize) {
    let fits = use_state_eq(|| (SHOWN, SHOWN));
    let (node, rail, setter) = (rail.clone(), rail.clone(), fits.setter());
    // Once more when others are drawn than those that were measured.
    use_effect_with((frame.clone(), *fits), move |_| {
        let measure = move || {
            if let Some(rail) = node.cast::<HtmlElement>() {
                setter.set(fitting(&rail));
            }
        };
        measure();
        let closure = Closure::<dyn Fn()>::new(measure);
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(rail)) = (&observer, rail.cast::<web_sys::Element>()) {
            observer.observe(&rail);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(closure);
        }
    });
    *fits
}

/// Tokens that lie in the rail with their whole width, where room is kept for the count of the others; and how
/// many may do so at most.
fn fitting(rail: &HtmlElement) -> (usize, usize) {
    let tokens = rail.get_elements_by_class_name("tok");
    let (room, count) = (rail.client_width(), tokens.length() as usize);
    let (mut whole, mut end, mut narrowest) = (0, 0, room.max(1));
    for place in 0..tokens.length() {
        let Some(token) = tokens
            .item(place)
            .and_then(|token| token.dyn_into::<HtmlElement>().ok())
        else {
            continue;
        };
        let width = token.offset_width();
        end = token.offset_left() + width;
        whole += usize::from(end <= room - COUNT_PX);
        narrowest = narrowest.min(width.max(1));
    }
    let drawn = usize::try_from(room / narrowest).unwrap_or(0) + BEYOND;
    if end <= room && count < drawn {
        return (SHOWN, drawn.min(SHOWN));
    }
    // One is always there: who runs next matters most.
    (whole.max(1), drawn.min(SHOWN))
}

fn token(frame: &Frame, index: usize, handle: &HandleView, over: Option<&'static str>) -> Html {
    let task = handle.job.task();
    let class = match task {
        None => "cb",
        Some(task) if frame.seat_task() == Some(task) => "ghost",
        Some(_) => "",
    };
    // Where it goes next is not yet where it stands.
    let stands = (class != "ghost" && over.is_none()).then_some(Spot::Ready.word());
    let who = task.map_or_else(|| handle.id.to_string(), |task| task.to_string());
    html! {
        <li key={handle.id.to_string()} class={classes!("tok", class, over)} data-spot={stands} data-who={who} data-name={look::handle_name(frame, handle)}>
            <b class="pos">{ index + 1 }</b>
            <span class="tx">
                <span class="nm">
                    if task.is_none() { { icon(Icon::Callback) } }
                    { look::handle_name(frame, handle) }
                </span>
                <span class="why">{ look::why_ready(frame, handle) }</span>
            </span>
        </li>
    }
}
