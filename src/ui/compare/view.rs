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
        let totals = sides(*shown_first).map(|side| Totals::of(&pair.runs[side]));
        Some(totals)
    });
    let head = match (&compare.pair, &*sums) {
        _ if props.silent => Html::default(),
        (Some(pair), Some(totals)) if !pair.is_alone() => found(props, pair, totals),
        _ => waiting(props),
    };
    html! {
        <>
            { head }
            <section class="duo" data-testid="compare" tabindex="0" role="region" aria-label={text(CompareKey::TwoRuns)}>
                if let (Some(pair), Some(totals)) = (&compare.pair, &*sums) {
                    <Axis scale={props.scale.clone()} at={compare.at} pair={pair.clone()} />
                    { run(props, pair, totals, 0) }
                    if pair.is_alone() {
                        <p class="to-come"><b class="letter">{ LETTERS[1].0 }</b>{ text(CompareKey::Next) }</p>
                    } else {
                        { run(props, pair, totals, 1) }
                        { totals::table(&totals[0], &totals[1]) }
                    }
                }
            </section>
        </>
    }
}

/// Which run stands first and which second: 0 is the kept one.
const fn sides(shown_first: bool) -> [usize; 2] {
    if shown_first { [1, 0] } else { [0, 1] }
}

fn button(emit: &Callback<Action>, id: &'static str, key: CompareKey, which: Icon, action: Action) -> Html {
    let onclick = emit.reform(move |_: MouseEvent| action.clone());
    html! {
        <button type="button" class="btn" data-testid={id} title={text(key)} {onclick}>{ icon(which) }{ text(key) }</button>
    }
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
    let first = pair.found.difference.map(|difference| {
        let key = if difference.frame == 0 {
            CompareKey::FirstBefore
        } else {
            CompareKey::First
        };
        let step = grouped(difference.frame.into());
        (
            difference.frame,
            fill(key, &[("n", &step), ("what", text(what(difference.what)))]),
        )
    });
    let emit = &props.emit;
    html! {
        <section class="say verdict">
            <div class="told" role="status">
                <p class="sentence" data-testid="verdict">{ fill(key, &[("time", &seconds(time))]) }</p>
                if let Some((frame, first)) = &first {
                    <p class="parting" data-testid="parting" data-frame={frame.to_string()}>{ first }</p>
                }
                <p class="basis">{ text(basis) }</p>
            </div>
            <div class="acts">
                if first.is_some() {
                    { button(emit, "go-parting", CompareKey::GoThere, Icon::Forward, Action::Go(Move::Parting)) }
                }
                { button(emit, "swap", CompareKey::Swap, Icon::Swap, Action::Swap) }
                { button(emit, "stop-comparing", CompareKey::Stop, Icon::Close, Action::Compare) }
            </div>
        </section>
    }
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
    let words = if kept.is_some() {
        CompareKey::Waits
    } else {
        CompareKey::Fetching
    };
    let scenario = kept.and_then(Run::scenario);
    html! {
        <section class="say verdict">
            <div class="told" role="status"><p class="basis" data-testid="verdict">{ text(words) }</p></div>
            <div class="acts">
                { for scenario.map(|scenario| partners(scenario, &props.emit)) }
                { button(&props.emit, "stop-comparing", CompareKey::Stop, Icon::Close, Action::Compare) }
            </div>
        </section>
    }
}

/// Buttons for the runs that show the difference to a scenario.
pub fn partners(scenario: usize, emit: &Callback<Action>) -> Html {
    let offer = |partner: usize| {
        let onclick = emit.reform(move |_: MouseEvent| Action::CompareWith(partner));
        let name = *chosen_of(&scenarios::ALL[partner].title);
        html! {
            <button type="button" class="btn partner" data-testid="partner" {onclick}>
                { icon(Icon::Compare) }{ fill(CompareKey::With, &[("name", name)]) }
            </button>
        }
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
    html! {
        <section class="run" aria-label={label}>
            <header>
                <b class="letter">{ letter }</b><h2>{ name }</h2>
                { for apart.into_iter().map(|words| html! { <code>{ words }</code> }) }
                <span class="sums">{ totals::line(&totals[place]) }</span>
            </header>
            <Lanes key={side} pair={pair.clone()} {side} {id} at={compare.at} scale={props.scale.clone()} quiet={props.quiet}
                emit={props.emit.clone()} />
        </section>
    }
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
    html! {
        <>
            <p class="act" aria-live={live} data-testid={format!("{id}-told")}>
                <small>{ text(Key::Step) }{ " " }<b data-testid={test} data-frame={number.to_string()}>{ step }</b>{ " " }{ of }</small>
                <span>{ story::draw(&story::tell(&frame).headline) }</span>
            </p>
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
            <div class="lanes lhead">{ text(Key::ClockSeconds) }</div>
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
    html! {
        <div class="scrub" style={format!("--columns:{}", px(width))}>
            <div class="mini" aria-hidden="true">
                <i class="knob" style={format!("left:{}%", px(at / width * 100.0))}></i>
            </div>
            <input type="range" data-testid="scrubber" min="0" max={px(width)} step="1" data-moment={compare.at.to_string()}
                value={px(at)} aria-label={text(Key::Scrubber)} aria-valuetext={told} {oninput} />
        </div>
    }
}
