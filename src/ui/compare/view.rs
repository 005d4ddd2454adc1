//! The picture of two runs: what sets them apart, both timelines on one clock, and their totals.

use std::rc::Rc;

use web_sys::{HtmlCanvasElement, HtmlInputElement};
use yew::prelude::*;

use super::totals::{self, Totals};
use super::{Compare, Pair, Run, title};
use crate::trace::{Basis, What};
use crate::ui::components::icon::icon;
use crate::ui::frame::Frame;
use crate::ui::i18n::{CompareKey, Key, chosen_of, fill, grouped, seconds, text};
use crate::ui::look::Icon;
use crate::ui::scale::{Scale, Viewport};
use crate::ui::scenarios;
use crate::ui::state::{Action, Move};
use crate::ui::story;
use crate::ui::tags::{button, el, plain, say, tag, words};
use crate::ui::timeline::canvas::Brush;
use crate::ui::timeline::palette::use_palette;
use crate::ui::timeline::{Beside, Props as TimelineProps, Timeline, clock_axis, density, px};

/// Names of the runs, for readers and for tests.
const LETTERS: [(&str, &str); 2] = [("A", "run-a"), ("B", "run-b")];

/// Properties of [`SideBySide`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// What is compared.
    pub compare: Compare,
    /// Where the moments of both runs are.
    pub scale: Scale,
    /// Whether to leave out the live region, because moments follow each other too fast.
    pub quiet: bool,
    /// Whether something else stands in the place of what was found.
    pub silent: bool,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// Two runs, or one that waits for the other.
#[component]
pub fn SideBySide(props: &Props) -> Html {
    let compare = &props.compare;
    let key = (compare.pair.clone(), compare.shown_first);
    // Totals are sums over the whole run: not for every step.
    let sums = use_memo(key, |(pair, shown_first)| {
        let pair = pair.as_ref()?;
        Some(sides(*shown_first).map(|side| Totals::of(&pair.runs[side])))
    });
    let head = match (&compare.pair, &*sums) {
        _ if props.silent => Html::default(),
        (Some(pair), Some(totals)) if !pair.is_alone() => found(props, pair, totals),
        _ => waiting(props),
    };
    let mut parts = Vec::new();
    if let (Some(pair), Some(totals)) = (&compare.pair, &*sums) {
        parts.push(html! { <Axis scale={props.scale.clone()} at={compare.at} pair={pair.clone()} /> });
        parts.push(run(props, pair, totals, 0));
        if pair.is_alone() {
            let come = vec![words("b", "letter", LETTERS[1].0), plain(text(CompareKey::Next))];
            parts.push(el("p", "to-come", come));
        } else {
            parts.push(run(props, pair, totals, 1));
            parts.push(totals::table(&totals[0], &totals[1]));
        }
    }
    let duo = [
        ("data-testid", "compare"),
        ("tabindex", "0"),
        ("role", "region"),
        ("aria-label", text(CompareKey::TwoRuns)),
        ("class", "duo"),
    ];
    [head, tag("section", &duo, parts)].into_iter().collect()
}

/// Which run stands first and which second: 0 is the kept one.
const fn sides(shown_first: bool) -> [usize; 2] {
    if shown_first { [1, 0] } else { [0, 1] }
}

fn act(emit: &Callback<Action>, id: &str, key: CompareKey, which: Icon, action: Action) -> Html {
    let label = text(key);
    let attributes = [("data-testid", id), ("title", label), ("class", "btn")];
    button(emit, action, &attributes, vec![icon(which), plain(label)])
}

/// What is told, and what can be done about it.
fn verdict(told: Vec<Html>, acts: Vec<Html>) -> Html {
    let told = tag("div", &[("role", "status"), ("class", "told")], told);
    el("section", "say verdict", vec![told, el("div", "acts", acts)])
}

/// What sets the runs apart, and what can be done about them.
fn found(props: &Props, pair: &Pair, totals: &[Totals; 2]) -> Html {
    let [one, other] = [totals[0].clock, totals[1].clock];
    let (key, time) = match one.cmp(&other) {
        _ if pair.found.difference.is_none() => (CompareKey::Same, one),
        std::cmp::Ordering::Equal => (CompareKey::Together, one),
        std::cmp::Ordering::Less => (CompareKey::Later, other.since(one)),
        std::cmp::Ordering::Greater => (CompareKey::Sooner, one.since(other)),
    };
    let basis = match pair.found.basis {
        Basis::Events => CompareKey::ByEvents,
        Basis::Names => CompareKey::ByNames,
    };
    let emit = &props.emit;
    let sentence = fill(key, &[("time", &seconds(time))]);
    let sentence = tag(
        "p",
        &[("data-testid", "verdict"), ("class", "sentence")],
        vec![plain(sentence)],
    );
    let (mut told, mut acts) = (vec![sentence], Vec::new());
    if let Some(difference) = pair.found.difference {
        let key = if difference.frame == 0 {
            CompareKey::FirstBefore
        } else {
            CompareKey::First
        };
        let step = grouped(difference.frame.into());
        let first = fill(key, &[("n", &step), ("what", text(what(difference.what)))]);
        let frame = difference.frame.to_string();
        let parting = [
            ("data-testid", "parting"),
            ("data-frame", &*frame),
            ("class", "parting"),
        ];
        told.push(tag("p", &parting, vec![plain(first)]));
        let go = Action::Go(Move::Parting);
        acts.push(act(emit, "go-parting", CompareKey::GoThere, Icon::Forward, go));
    }
    told.push(say("p", "basis", basis));
    acts.push(act(emit, "swap", CompareKey::Swap, Icon::Swap, Action::Swap));
    acts.push(stop(emit));
    verdict(told, acts)
}

fn stop(emit: &Callback<Action>) -> Html {
    act(
        emit,
        "stop-comparing",
        CompareKey::Stop,
        Icon::Close,
        Action::Compare,
    )
}

const fn what(what: What) -> CompareKey {
    match what {
        What::Over => CompareKey::WhatOver,
        What::Runner => CompareKey::WhatRunner,
        What::Lines => CompareKey::WhatLines,
        What::Output => CompareKey::WhatOutput,
        What::Clock => CompareKey::WhatClock,
        What::Rest => CompareKey::WhatRest,
        What::Values => CompareKey::WhatValues,
        What::Other => CompareKey::WhatOther,
    }
}

/// One run is there: how the other comes.
fn waiting(props: &Props) -> Html {
    let kept = props.compare.kept.as_ref();
    let key = if kept.is_some() {
        CompareKey::Waits
    } else {
        CompareKey::Fetching
    };
    let told = [("data-testid", "verdict"), ("class", "basis")];
    let told = tag("p", &told, vec![plain(text(key))]);
    let mut acts = Vec::new();
    if let Some(scenario) = kept.and_then(Run::scenario) {
        acts.push(partners(scenario, &props.emit));
    }
    acts.push(stop(&props.emit));
    verdict(vec![told], acts)
}

/// Buttons for the runs that show the difference to a scenario.
pub fn partners(scenario: usize, emit: &Callback<Action>) -> Html {
    let offer = |partner: usize| {
        let name = *chosen_of(&scenarios::ALL[partner].title);
        let label = fill(CompareKey::With, &[("name", name)]);
        let attributes = [("data-testid", "partner"), ("class", "btn partner")];
        let inside = vec![icon(Icon::Compare), plain(label)];
        button(emit, Action::CompareWith(partner), &attributes, inside)
    };
    scenarios::partners_of(scenario).into_iter().map(offer).collect()
}

/// One of the runs: what it is, what it does at this moment, and its lanes.
fn run(props: &Props, pair: &Rc<Pair>, totals: &[Totals; 2], place: usize) -> Html {
    let compare = &props.compare;
    let side = sides(compare.shown_first)[place];
    let shown = &pair.runs[side];
    let (letter, id) = LETTERS[place];
    let apart = title::apart(shown, &pair.runs[1 - side]);
    let name = title::name(shown);
    let label = fill(CompareKey::RunIs, &[("letter", letter), ("name", &name)]);
    let mut head = vec![words("b", "letter", letter), words("h2", "", name)];
    for difference in apart {
        head.push(words("code", "", difference));
    }
    head.push(words("span", "sums", totals::line(&totals[place])));
    let lanes = html! {
        <Lanes key={side} pair={pair.clone()} {side} {id} at={compare.at} scale={props.scale.clone()} quiet={props.quiet}
            emit={props.emit.clone()} />
    };
    tag(
        "section",
        &[("aria-label", &label), ("class", "run")],
        vec![el("header", "", head), lanes],
    )
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct LanesProps {
    pair: Rc<Pair>,
    side: usize,
    id: &'static str,
    at: u32,
    scale: Scale,
    quiet: bool,
    emit: Callback<Action>,
}

/// What a run does at the moment on screen, and its lanes.
#[component]
fn Lanes(props: &LanesProps) -> Html {
    let LanesProps {
        pair,
        side,
        id,
        at,
        scale,
        ..
    } = props;
    let number = pair.frames(*at)[*side];
    let key = (pair.runs[*side].recording.clone(), number);
    let frame = use_memo(key, |(recording, number)| Rc::new(Frame::new(recording, *number)));
    let own = pair.scale_of(*side, scale);
    let parts = pair.found.difference.map(|difference| {
        // A step that blocks the clock begins where the one before it ended.
        let lanes = pair.runs[*side].recording.lanes();
        let column = lanes.column(difference.frame);
        if column.is_some_and(|column| column.ended > column.began) {
            own.right(difference.frame - 1)
        } else {
            own.left(difference.frame)
        }
    });
    let beside = Beside {
        id,
        now: scale.middle(*at),
        parts: parts.filter(|x| (0.0..=scale.width()).contains(x)),
    };
    // A click is for a moment of both, and chooses nothing of one.
    let emit = props.emit.clone();
    let emit = use_callback(emit, |action, emit| match action {
        Action::Go(Move::To(moment)) => emit.emit(Action::Go(Move::Moment(moment))),
        Action::Range(_) => {}
        other => emit.emit(other),
    });
    let step = if frame.is_end() {
        text(Key::EndFlag).to_owned()
    } else {
        grouped(frame.step().into())
    };
    let of = fill(Key::OfSteps, &[("n", &grouped(frame.steps().into()))]);
    // The run on screen is the one whose frame the page is at.
    let test = if *side == 1 { "step-number" } else { "kept-number" };
    let live = if props.quiet { "off" } else { "polite" };
    let number = [("data-testid", test), ("data-frame", &*number.to_string())];
    let step = vec![
        plain(text(Key::Step)),
        plain(" "),
        tag("b", &number, vec![plain(step)]),
        plain(" "),
        plain(of),
    ];
    let told = vec![
        el("small", "", step),
        el("span", "", vec![story::draw(&story::tell(&frame).headline)]),
    ];
    let act = [
        ("aria-live", live),
        ("data-testid", &format!("{id}-told")),
        ("class", "act"),
    ];
    html! {
        <>
            { tag("p", &act, told) }
            <Timeline ..TimelineProps::beside((*frame).clone(), own, beside, emit) />
        </>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct AxisProps {
    pair: Rc<Pair>,
    scale: Scale,
    at: u32,
}

/// The clock of both runs.
#[component]
fn Axis(props: &AxisProps) -> Html {
    let canvas = use_node_ref();
    let palette = use_palette();
    let round = palette.as_ref().map(|(_, round)| *round);
    let node = canvas.clone();
    let key = (props.scale.clone(), props.at, props.pair.clone(), round);
    use_effect_with(key, move |(scale, at, pair, _)| {
        let (Some((palette, _)), Some(canvas)) = (palette, node.cast::<HtmlCanvasElement>()) else {
            return;
        };
        let picture = clock_axis::axis(scale, (scale.middle(*at), pair.time(*at)));
        Brush::new(palette, density()).paint(&canvas, &picture, scale.width(), clock_axis::HEIGHT);
    });
    let size = format!(
        "width:{}px;height:{}px",
        px(props.scale.width()),
        px(clock_axis::HEIGHT)
    );
    html! {
        <div class="tlhead">
            { say("div", "lanes lhead", Key::ClockSeconds) }
            <canvas class="tl" ref={canvas} style={size} aria-hidden="true"></canvas>
        </div>
    }
}

/// The scrubber of both runs, as true to the clock as the axis above it. Keys move from moment to moment.
pub fn scrubber(compare: &Compare, pair: &Pair, width: f64, emit: &Callback<Action>) -> Html {
    let whole = pair.scale(Viewport::Auto, compare.at, width.round());
    let width = whole.width();
    let at = whole.middle(compare.at).round();
    let oninput = emit.reform(move |event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        let place = input.map_or(0.0, |input| input.value_as_number());
        Action::Go(Move::Moment(whole.place_at(place)))
    });
    let frames = pair.frames(compare.at);
    let told = sides(compare.shown_first)
        .map(|side| story::plain(&Frame::new(&pair.runs[side].recording, frames[side])));
    let told = fill(
        CompareKey::MomentText,
        &[
            ("n", &grouped(compare.at.into())),
            ("all", &grouped(pair.last().into())),
            ("time", &seconds(pair.time(compare.at))),
            ("one", &told[0]),
            ("other", &told[1]),
        ],
    );
    let knob = format!("left:{}%", px(at / width * 100.0));
    let knob = tag("i", &[("style", &knob), ("class", "knob")], Vec::new());
    html! {
        <div class="scrub" style={format!("--columns:{}", px(width))}>
            { tag("div", &[("aria-hidden", "true"), ("class", "mini")], vec![knob]) }
            <input type="range" data-testid="scrubber" min="0" max={px(width)} step="1" data-moment={compare.at.to_string()}
                value={px(at)} aria-label={text(Key::Scrubber)} aria-valuetext={told} {oninput} />
        </div>
    }
}
