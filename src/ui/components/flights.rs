//! Names on their way: copies that fly above the picture while a step is made.
//!
//! Nothing here is read aloud or can be clicked, and no state lives in the motion: the picture below
//! is that of the new frame already, and only hides each name until its copy has arrived.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::ui::frame::Frame;
use crate::ui::motion::{Flight, Spot, Stand, flights};
use crate::ui::state::{Action, Move, Speed, State};
use crate::ui::timeline::px;

/// Steps that follow each other within so many milliseconds cut: nobody could land.
const SOON_MS: f64 = 300.0;

/// Where names stood when a step forward was asked for.
#[derive(Clone, Debug, Default)]
pub struct Takeoff {
    stands: Rc<RefCell<Option<Vec<Stand>>>>,
    /// When the last step forward was asked for.
    last: Rc<Cell<f64>>,
}

impl PartialEq for Takeoff {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.stands, &other.stands)
    }
}

impl Takeoff {
    /// Looks where everybody stands, when the action is one that moves names.
    pub fn look(&self, state: &State, action: &Action) {
        let fast = state.playing && matches!(state.speed, Speed::Four | Speed::Ten);
        let moves = matches!(action, Action::Go(Move::Forward) | Action::Tick) && !fast && !state.is_busy();
        let now = js_sys::Date::now();
        let soon = moves && now - self.last.replace(now) < SOON_MS;
        let stands = (moves && !soon && motion_is_welcome()).then(|| stands().0);
        *self.stands.borrow_mut() = stands;
    }
}

/// Properties of [`Flights`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame that is shown.
    pub frame: Rc<Frame>,
    /// Where names stood before.
    pub takeoff: Takeoff,
}

/// What flies to this frame.
#[component]
pub fn Flights(props: &Props) -> Html {
    let aloft = use_state_eq(Vec::<(Stand, Flight)>::new);
    {
        let (aloft, takeoff) = (aloft.setter(), props.takeoff.clone());
        use_effect_with(props.frame.number, move |_| {
            let before = takeoff.stands.borrow_mut().take();
            let (after, elements) = match before {
                Some(_) => stands(),
                None => Default::default(),
            };
            let flights = flights(&before.unwrap_or_default(), &after);
            let last = flights.iter().map(Flight::ends).max();
            let hidden: Vec<Element> = flights
                .iter()
                .map(|flight| {
                    let element = elements[flight.to].clone();
                    // The name of the attribute is valid, so this cannot fail.
                    let _ = element.set_attribute("style", &format!("animation:awaited {}ms", flight.ends()));
                    element
                })
                .collect();
            aloft.set(
                flights
                    .into_iter()
                    .map(|flight| (after[flight.to].clone(), flight))
                    .collect(),
            );
            let land = move || {
                aloft.set(Vec::new());
                for element in &hidden {
                    // As above.
                    let _ = element.remove_attribute("style");
                }
            };
            let landing = last.map(|last| Timeout::new(last, land.clone()));
            move || {
                // The next step begins: whoever is still in the air has arrived.
                if landing.is_some() {
                    land();
                }
                drop(landing);
            }
        });
    }
    let frame = props.frame.number;
    let fly = |(stand, flight): &(Stand, Flight)| {
        let style = format!(
            "left:{}px;top:{}px;--dx:{}px;--dy:{}px;animation-delay:{}ms;animation-duration:{}ms",
            px(stand.x),
            px(stand.y),
            px(flight.by.0),
            px(flight.by.1),
            flight.starts,
            flight.takes
        );
        let family = if stand.spot == Spot::Seat {
            "f-run"
        } else {
            "f-ready"
        };
        html! {
            <b key={format!("{frame} {}", stand.who)} class={classes!("chip", family)} {style}>{ stand.name.clone() }</b>
        }
    };
    html! { <div class="flights" aria-hidden="true">{ for aloft.iter().map(fly) }</div> }
}

/// The names that the picture shows, and their elements.
fn stands() -> (Vec<Stand>, Vec<Element>) {
    let document = web_sys::window().and_then(|window| window.document());
    let found = document.and_then(|document| document.query_selector_all(".board [data-spot]").ok());
    let Some(found) = found else {
        return Default::default();
    };
    let stand = |place: u32| {
        let element: Element = found.item(place)?.dyn_into().ok()?;
        let word = element.get_attribute("data-spot")?;
        let spot = Spot::ALL.into_iter().find(|spot| spot.word() == word)?;
        let who = element.get_attribute("data-who")?;
        let name = element.query_selector(".nm").ok()??.text_content()?;
        let edges = element.get_bounding_client_rect();
        let stand = Stand {
            who,
            name: name.trim().to_owned(),
            spot,
            x: edges.x(),
            y: edges.y(),
        };
        // Who is scrolled or folded away has no place to fly from.
        let shown = element
            .dyn_ref::<HtmlElement>()
            .is_some_and(|shown| shown.offset_parent().is_some());
        shown.then_some((stand, element))
    };
    (0..found.length()).filter_map(stand).unzip()
}

/// Whether anybody sees it and nobody asked for less of it.
fn motion_is_welcome() -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let less = window
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten();
    let hidden = window.document().is_none_or(|document| document.hidden());
    !hidden && !less.is_some_and(|less| less.matches())
}
