//! The tour of a first visit: a card beside what it speaks of. The page goes on working meanwhile.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::prelude::*;

use crate::ui::i18n::{Language, VisitKey, fill, text};
use crate::ui::state::Action;
use crate::ui::tags::press;
use crate::ui::timeline::px;
use crate::ui::tour::{Area, Stop, place};

/// Properties of [`Tour`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// Where the tour is.
    pub stop: Stop,
    /// The language of the words.
    pub language: Language,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// The card.
#[component]
pub fn Tour(props: &Props) -> Html {
    let card = use_node_ref();
    use_place(&card, props.stop, props.language);
    let go = |to: Option<Stop>| press(&props.emit, Action::Tour(to));
    let button = |id: &'static str, class: &'static str, label: VisitKey, to: Option<Stop>| {
        html! { <button type="button" class={classes!("btn", class)} data-testid={id} onclick={go(to)}>{ text(label) }</button> }
    };
    let (title, told) = props.stop.words();
    let next = props.stop.next();
    let count = [("n", props.stop.number()), ("all", Stop::ALL.len())].map(|(slot, n)| (slot, n.to_string()));
    let count = [
        (count[0].0, count[0].1.as_str()),
        (count[1].0, count[1].1.as_str()),
    ];
    html! {
        <aside ref={card} class="tour" data-testid="tour" aria-label={text(VisitKey::Title)}>
            <div role="status"><h2>{ text(title) }</h2><p>{ text(told) }</p></div>
            <div class="onward">
                <small>{ fill(VisitKey::Count, &count) }</small><span class="sp"></span>
                if next.is_some() {
                    { button("tour-skip", "", VisitKey::Skip, None) }
                }
                { button("tour-next", "solid", if next.is_some() { VisitKey::Next } else { VisitKey::Done }, next) }
            </div>
        </aside>
    }
}

/// Puts the card beside its target, and follows it when the layout changes.
#[hook]
fn use_place(card: &NodeRef, stop: Stop, language: Language) {
    let card = card.clone();
    use_effect_with((stop, language), move |(stop, _)| {
        let document = web_sys::window().and_then(|window| window.document());
        let found = document.and_then(|document| document.query_selector_all(stop.target()).ok());
        let targets: Vec<Element> = found
            .map(|found| {
                (0..found.length())
                    .filter_map(|n| found.item(n)?.dyn_into().ok())
                    .collect()
            })
            .unwrap_or_default();
        let watched = targets.clone();
        let put = Closure::<dyn Fn()>::new(move || {
            if let Some(card) = card.cast::<HtmlElement>() {
                put(&card, &targets);
            }
        });
        let observer = ResizeObserver::new(put.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            // It is told of every size once at the beginning, too.
            for target in &watched {
                observer.observe(target);
            }
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(put);
        }
    });
}

fn area(element: &Element) -> Area {
    let area = element.get_bounding_client_rect();
    Area {
        x: area.x(),
        y: area.y(),
        w: area.width(),
        h: area.height(),
    }
}

fn put(card: &HtmlElement, targets: &[Element]) {
    let target = targets.iter().map(area).fold(Area::default(), Area::around);
    let own = area(card);
    let Some(room) = card.closest(".page").ok().flatten() else {
        return;
    };
    let room = area(&room);
    let spot = place(target, (own.w, own.h), (room.w, room.h));
    let style = format!(
        "left:{}px;top:{}px;--at:{}px",
        px(spot.x),
        px(spot.y),
        px(spot.at)
    );
    for (name, value) in [("style", style.as_str()), ("data-side", spot.side)] {
        // Both names are valid, so this cannot fail.
        let _ = card.set_attribute(name, value);
    }
}
