//! What the program finds around itself: hosts and what is wrong with them, stdin, the cost of a
//! line, Ctrl+C. A change runs the program again.

use std::rc::Rc;

use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::trace::Time;
use crate::trace::decimal;
use crate::trace::hosts::usual_latency;
use crate::trace::surroundings::Trouble;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, fill, text};
use crate::ui::state::Action;
use crate::ui::tags::say;
use crate::ui::world::{World, host_named, hosts_of};

/// What can be wrong with a host.
const TROUBLES: [(Trouble, Key); 3] = [
    (Trouble::Timeout, Key::TroubleTimeout),
    (Trouble::Refused, Key::TroubleRefused),
    (Trouble::Error, Key::TroubleError),
];

/// Properties of [`WorldPane`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The world as it is.
    pub world: Rc<World>,
    /// The frame, if it is of the program in the editor.
    pub frame: Option<Rc<Frame>>,
    /// Takes actions.
    pub emit: Callback<Action>,
}

impl Props {
    /// Runs in a world that differs by a change with a value.
    fn change<T: 'static>(&self, change: impl Fn(&mut World, T) + 'static) -> Callback<T> {
        let (world, emit) = (Rc::clone(&self.world), self.emit.clone());
        Callback::from(move |value| {
            let mut changed = (*world).clone();
            change(&mut changed, value);
            go(changed, &world, &emit);
        })
    }
}

/// Runs in another world, if it is another one.
fn go(changed: World, world: &World, emit: &Callback<Action>) {
    if changed != *world {
        emit.emit(Action::World(Rc::new(changed)));
    }
}

/// The panel.
#[component]
pub fn WorldPane(props: &Props) -> Html {
    // Rows stay while a run begins anew: whoever changes one may be on the way to the next.
    let rows = use_mut_ref(Vec::<String>::new);
    let redraw = use_force_update();
    {
        let surroundings = &props.world.surroundings;
        let mut rows = rows.borrow_mut();
        let mut add = |host: String| {
            if !rows.contains(&host) {
                rows.push(host);
            }
        };
        if let Some(frame) = &props.frame {
            hosts_of(&frame.recording).into_iter().for_each(&mut add);
        }
        for (host, _) in &surroundings.latencies {
            add(host.clone());
        }
        for failure in &surroundings.failures {
            add(failure.host.clone());
        }
    }
    let add = {
        let rows = Rc::clone(&rows);
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let host = host_named(&input.value());
            input.set_value("");
            let mut rows = rows.borrow_mut();
            if !host.is_empty() && !rows.contains(&host) {
                rows.push(host);
                redraw.force_update();
            }
        })
    };
    // The keys of the page are letters here.
    let onkeydown = |event: KeyboardEvent| {
        let target = event.target_dyn_into::<Element>();
        if target.is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA")) {
            event.stop_propagation();
        }
    };
    let head = |key: Key| html! { <span aria-hidden="true">{ text(key) }</span> };
    html! {
        <div class="insp world" data-testid="world" role="region" aria-label={text(Key::World)} {onkeydown}>
            <p>{ text(Key::WorldNote) }</p>
            <div class="hosts">
                if !rows.borrow().is_empty() {
                    { head(Key::WorldHost) }{ head(Key::WorldLatency) }{ head(Key::WorldTrouble) }{ head(Key::WorldRate) }
                }
                { for rows.borrow().iter().map(|host| row(props, host)) }
                <input type="text" class="mono" data-testid="world-host" placeholder={text(Key::WorldOther)}
                    aria-label={text(Key::WorldOther)} onchange={add} />
            </div>
            { around(props) }
        </div>
    }
}

/// A host: how slow it is, and what is wrong with it.
fn row(props: &Props, host: &str) -> Html {
    let surroundings = &props.world.surroundings;
    let failure = surroundings.failure(host);
    let (trouble, rate) = failure.map_or((None, None), |failure| {
        (Some(failure.trouble), Some(failure.share()))
    });
    let of = |key: Key| fill(key, &[("name", host)]);
    let name = host.to_owned();
    let slow = props.change(move |world, seconds: Option<f64>| {
        world.set_latency(&name, seconds.map(Time::from_secs_f64));
    });
    let name = host.to_owned();
    let often = props.change(move |world, rate: Option<f64>| {
        world.set_failure(&name, trouble.map(|trouble| (trouble, rate.unwrap_or(1.0))));
    });
    let name = host.to_owned();
    let fail = props.change(move |world, chosen: String| {
        let chosen = TROUBLES.iter().find(|(trouble, _)| trouble.name() == chosen);
        world.set_failure(&name, chosen.map(|(trouble, _)| (*trouble, rate.unwrap_or(1.0))));
    });
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            fail.emit(select.value());
        }
    });
    let latency = surroundings.latency(host).map(Time::as_secs_f64);
    let usual = usual_latency(host).as_secs_f64();
    html! {
        <>
            <b class="mono" title={host.to_owned()}>{ host.to_owned() }</b>
            { number(&of(Key::WorldLatencyOf), &format!("latency-{host}"), latency, Some(usual), false, &slow) }
            <select aria-label={of(Key::WorldTroubleOf)} data-testid={format!("fail-{host}")} {onchange}>
                <option value="" selected={trouble.is_none()}>{ text(Key::TroubleNone) }</option>
                { for TROUBLES.iter().map(|(one, key)| html! {
                    <option value={one.name()} selected={trouble == Some(*one)}>{ text(*key) }</option>
                }) }
            </select>
            { number(&of(Key::WorldRateOf), &format!("rate-{host}"), rate, None, trouble.is_none(), &often) }
        </>
    }
}

/// What is not about hosts.
fn around(props: &Props) -> Html {
    let World {
        surroundings,
        interrupt_at,
    } = &*props.world;
    let says = props.change(|world, stdin: String| world.surroundings.stdin = stdin);
    let onchange = Callback::from(move |event: Event| {
        if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
            says.emit(area.value());
        }
    });
    let cost = props.change(|world, seconds: Option<f64>| {
        world.surroundings.line_cost = seconds.filter(|seconds| *seconds > 0.0).map(Time::from_secs_f64);
    });
    let interrupt = props.change(|world, seconds: Option<f64>| {
        world.interrupt_at = seconds.map(Time::from_secs_f64);
    });
    let now = props.frame.as_ref().map(|frame| frame.state.clock);
    let here = props.change(move |world, _: MouseEvent| world.interrupt_at = now);
    let reset = props.change(|world, _: MouseEvent| *world = World::default());
    let line_cost = surroundings.line_cost.map(Time::as_secs_f64);
    let interrupt_at = interrupt_at.map(Time::as_secs_f64);
    html! {
        <>
            <label>
                { words(Key::WorldStdin) }
                <textarea class="mono" rows="2" spellcheck="false" data-testid="stdin" value={surroundings.stdin.clone()} {onchange} />
            </label>
            <div class="line">{ words(Key::WorldLineCost) }{ number(text(Key::WorldLineCost), "line-cost", line_cost, None, false, &cost) }</div>
            <div class="line">
                { words(Key::WorldInterrupt) }{ number(text(Key::WorldInterrupt), "interrupt", interrupt_at, None, false, &interrupt) }
                { button("interrupt-here", Key::WorldInterruptHere, now.is_none(), here) }
            </div>
            <div class="line">
                { button("world-reset", Key::WorldReset, props.world.is_usual(), reset) }
            </div>
        </>
    }
}

fn words(key: Key) -> Html {
    say("span", "", key)
}

fn button(id: &'static str, label: Key, disabled: bool, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="btn" data-testid={id} {disabled} {onclick}>{ text(label) }</button> }
}

/// A field for a number that is not negative; empty for none, and then it shows what holds.
fn number(
    label: &str,
    id: &str,
    value: Option<f64>,
    usual: Option<f64>,
    disabled: bool,
    set: &Callback<Option<f64>>,
) -> Html {
    let shown = |value: Option<f64>| value.map(|value| decimal::write(value, 9)).unwrap_or_default();
    let set = set.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            let wanted = input.value_as_number();
            set.emit((!wanted.is_nan()).then(|| wanted.max(0.0)));
        }
    });
    html! {
        <input type="number" class="mono" min="0" step="any" aria-label={label.to_owned()} data-testid={id.to_owned()}
            value={shown(value)} placeholder={shown(usual)} {disabled} {onchange} />
    }
}
