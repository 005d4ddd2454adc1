//! Going through the run: first, back, play, forward, last, speed, and the scrubber.

use crate::trace::decimal;
use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::icon::icon;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, fill, grouped, seconds, text};
use crate::ui::look::Icon;
use crate::ui::state::{Action, Move, Speed};
use crate::ui::story;
use crate::ui::tags::press;
use crate::ui::timeline::minimap::Minimap;

/// Properties of [`Transport`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame, once there is one.
    pub frame: Option<Rc<Frame>>,
    /// Whether steps follow each other by themselves.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// The part of the run in the timeline, as fractions, when it is not all of it.
    pub window: Option<(f64, f64)>,
    /// The part of its width that the timeline fills: a short run leaves some free.
    pub share: f64,
    /// Width of the timeline in pixels.
    pub width: f64,
    /// The part of the run to stay in, first and last frame, when it is not all of it.
    pub part: Option<(u32, u32)>,
    /// In another page: the address of the whole page, as a query.
    pub whole: Option<String>,
    /// The scrubber of two runs, in place of that of one.
    pub instead: Option<Html>,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// Buttons under the lane names, the scrubber under the lanes.
#[component]
pub fn Transport(props: &Props) -> Html {
    let button = |id: &'static str, which: Icon, label: Key, key: &str, action: Action| {
        let title = format!("{} ({key})", text(label));
        html! {
            <button type="button" class={id} data-testid={id} aria-label={text(label)} {title}
                disabled={props.frame.is_none()} onclick={press(&props.emit, action)}>
                { icon(which) }
            </button>
        }
    };
    let (play, label) = if props.playing {
        (Icon::PlayPause, Key::Pause)
    } else {
        (Icon::Play, Key::Play)
    };
    let speed = format!("{}×", decimal::write(props.speed.factor(), 1));
    let told = fill(Key::SpeedIs, &[("n", &speed)]);
    let faster = press(&props.emit, Action::Speed(props.speed.next()));
    html! {
        <section class="transport">
            <div class="ctl">
                { button("first", Icon::First, Key::First, "Home", Action::Go(Move::First)) }
                { button("step-back", Icon::Back, Key::Back, "←", Action::Go(Move::Back)) }
                { button("play", play, label, "Space", Action::TogglePlay) }
                { button("step-forward", Icon::Forward, Key::Forward, "→", Action::Go(Move::Forward)) }
                { button("last", Icon::Last, Key::Last, "End", Action::Go(Move::Last)) }
                <button type="button" class="speed" data-testid="speed" aria-label={told.clone()} title={told}
                    onclick={faster}>{ speed }</button>
            </div>
            if let (Some(query), Some(frame)) = (&props.whole, &props.frame) { { slim(query, frame, props.part) } }
            if let Some(instead) = &props.instead { { instead.clone() } }
            else if let Some(frame) = &props.frame { { scrubber(props, frame) } } else { <div class="scrub"></div> }
        </section>
    }
}

/// What stands in the bar of a picture in another page: where it is, and the way to the whole page.
fn slim(query: &str, frame: &Frame, part: Option<(u32, u32)>) -> Html {
    let last = part.map_or(frame.steps(), |(_, last)| last.min(frame.steps()));
    let address = if query.is_empty() { "?" } else { query };
    html! {
        <span class={if last < 1000 { "slim" } else { "slim long" }}>
            <b>{ grouped(frame.step().into()) }</b>{ " " }{ fill(Key::OfSteps, &[("n", &grouped(last.into()))]) }
            <a class="btn icon" href={address.to_owned()} target="_blank" rel="noopener" data-testid="whole"
                aria-label={text(Key::OpenWhole)} title={text(Key::OpenWhole)}>{ icon(Icon::Open) }</a>
        </span>
    }
}

fn scrubber(props: &Props, frame: &Rc<Frame>) -> Html {
    let part = props.part;
    let (first, last) = part.unwrap_or((0, frame.steps() + 1));
    let oninput = props.emit.reform(|event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        let frame = input.and_then(|input| input.value().parse().ok()).unwrap_or(0);
        Action::Go(Move::To(frame))
    });
    let told = fill(
        Key::ScrubberText,
        &[
            ("n", &frame.number.to_string()),
            ("all", &frame.steps().to_string()),
            ("turn", &frame.state.turn.to_string()),
            ("time", &seconds(frame.state.clock)),
            ("sentence", &story::plain(frame)),
        ],
    );
    html! {
        <div class={classes!("scrub", part.map(|_| "piece"))} style={format!("--columns:{};width:{}%", last - first + 1, decimal::write(props.share * 100.0, 3))}>
            // A part of the run has a track of its own, from end to end.
            if part.is_none() { <Minimap recording={frame.recording.clone()} cursor={frame.number} window={props.window}
                width={props.width * props.share} /> }
            <input type="range" data-testid="scrubber" min={first.to_string()} max={last.to_string()} step="1"
                value={frame.number.to_string()} aria-label={text(Key::Scrubber)} aria-valuetext={told} {oninput} />
        </div>
    }
}
