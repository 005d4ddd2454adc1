//! The picture: sentence, board, timeline, transport.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::compare::{Compare, SideBySide, scrubber};
use crate::ui::components::board::{Board, Props as BoardProps, head};
use crate::ui::components::divider::divider;
use crate::ui::components::gallery::exhibit;
use crate::ui::components::say::Say;
use crate::ui::components::transport::Transport;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, VisitKey, text};
use crate::ui::link::Link;
use crate::ui::panels::Panel;
use crate::ui::scenarios;
use crate::ui::state::{Action, Pane, Speed, State, Trouble};
use crate::ui::tags::press;
use crate::ui::timeline::{Props as TimelineProps, Timeline};

/// Programs to start from, for whoever has none.
const STARTS: [&str; 3] = ["taking_turns", "semaphore", "producer_consumer"];

/// Sentence, board, timeline, transport. Sentence and board show `rest`, which may be a moment behind.
pub(super) fn picture(
    state: &State,
    frame: Option<&Rc<Frame>>,
    rest: Option<&Rc<Frame>>,
    emit: &Callback<Action>,
) -> Html {
    // An emptied editor shows nothing; undo brings the program back, and with it the picture.
    if state.program.edited && state.program.source.trim().is_empty() && !state.is_busy() {
        return empty(emit);
    }
    if let Some(compare) = &state.compare {
        return beside(state, compare, frame, emit);
    }
    let scale = state.scale();
    let (start, span) = scale.window();
    let window = (span < 0.999).then_some((start, span));
    let share = 1.0 / span.max(1.0);
    let syntax = matches!(state.trouble, Some(Trouble::Syntax { .. }));
    let spoken = state.language().code();
    html! {
        <div class={classes!("pic", syntax.then_some("stale"))}>
            { say(state, rest, emit) }
            if let (Some(frame), Some(rest)) = (frame, rest) {
                <Board key={spoken} ..BoardProps::of(state, rest, emit.clone()) />
                if !state.embed { { divider(Panel::Board, state.panels.extent(Panel::Board), emit) } }
                { tabs(state, emit) }
                <Timeline key={spoken} ..TimelineProps::of(state, frame, emit.clone()) />
            } else {
                { skeleton() }
            }
            { transport(state, frame, (window, share), None, emit) }
        </div>
    }
}

/// Buttons and scrubber: of the part of the run in view, or of two runs.
fn transport(
    state: &State,
    frame: Option<&Rc<Frame>>,
    (window, share): (Option<(f64, f64)>, f64),
    instead: Option<Html>,
    emit: &Callback<Action>,
) -> Html {
    let whole = || {
        let link = Link {
            step: Some(state.cursor),
            embed: false,
            ..Link::to(state)
        };
        link.query()
    };
    html! {
        <Transport key={state.language().code()} whole={state.embed.then(whole)} frame={frame.cloned()} playing={state.playing}
            speed={state.speed} {window} {share} width={state.width} part={state.part.map(|_| state.bounds())} {instead} emit={emit.clone()} />
    }
}

/// Two runs side by side, and the notice of a run that did not come to be.
fn beside(state: &State, compare: &Compare, frame: Option<&Rc<Frame>>, emit: &Callback<Action>) -> Html {
    let spoken = state.language().code();
    let silent = state.trouble.is_some() || state.is_busy() || state.recording.is_none();
    let instead = compare
        .pair
        .as_ref()
        .map(|pair| scrubber(compare, pair, state.width, emit));
    html! {
        <div class="pic comparing">
            if silent { { say(state, frame, emit) } }
            { tabs(state, emit) }
            <SideBySide key={spoken} compare={compare.clone()} scale={state.scale()} quiet={quiet(state)} {silent} emit={emit.clone()} />
            { transport(state, frame, (None, 1.0), instead, emit) }
        </div>
    }
}

fn say(state: &State, frame: Option<&Rc<Frame>>, emit: &Callback<Action>) -> Html {
    html! {
        <Say key={state.language().code()} frame={frame.cloned()} phase={state.phase} engine={state.engine.clone()}
            trouble={state.trouble.clone()} quiet={quiet(state)} stale={state.is_stale()} emit={emit.clone()} />
    }
}

const fn quiet(state: &State) -> bool {
    state.playing && matches!(state.speed, Speed::Four | Speed::Ten)
}

/// Tabs where there is room for one pane only; hidden elsewhere.
fn tabs(state: &State, emit: &Callback<Action>) -> Html {
    let tab = |which: Pane, label: Key, id: &'static str| {
        let on = state.pane == which;
        html! {
            <button type="button" role="tab" class={classes!(on.then_some("on"))} aria-selected={on.to_string()}
                data-testid={id} onclick={press(emit, Action::Pane(which))}>{ text(label) }</button>
        }
    };
    html! {
        <nav class="panetabs" role="tablist">
            { tab(Pane::Timeline, Key::Timeline, "pane-timeline") }
            { tab(Pane::Waiting, Key::Waiting, "pane-waiting") }
            { tab(Pane::Code, Key::Code, "pane-code") }
            { tab(Pane::Output, Key::Output, "pane-output") }
        </nav>
    }
}

pub(super) const fn pane_class(pane: Pane) -> &'static str {
    match pane {
        Pane::Timeline => "show-timeline",
        Pane::Waiting => "show-waiting",
        Pane::Code => "show-code",
        Pane::Output => "show-output",
    }
}

/// What to do without a program.
fn empty(emit: &Callback<Action>) -> Html {
    let starts = STARTS
        .iter()
        .filter_map(|name| scenarios::ALL.get(scenarios::index_of(name)?));
    html! {
        <div class="pic" data-testid="empty">
            <section class="say">
                <span></span>
                <div class="told">
                    <p class="sentence" data-testid="sentence">{ text(VisitKey::EmptyTitle) }</p>
                    <p class="whys">{ text(VisitKey::EmptyText) }</p>
                </div>
            </section>
            { places() }
            <section class="tlbox start">
                <h2>{ text(VisitKey::EmptyStart) }</h2>
                <ul>{ for starts.map(|scenario| exhibit(scenario, None, emit)) }</ul>
            </section>
        </div>
    }
}

/// The layout before there is anything to put into it.
fn skeleton() -> Html {
    html! { <>{ places() }<section class="tlbox" aria-hidden="true"></section></> }
}

/// The four places of the board, and what they are for, while nobody is there.
fn places() -> Html {
    let place = |class: &'static str, title: Key, about: Key, inside: &'static str| {
        html! {
            <div class={classes!("bx", class)}>
                { head(title, about) }
                <div class={inside}></div>
            </div>
        }
    };
    html! {
        <section class="board">
            <div class="strip">
                { place("run", Key::Running, Key::RunningSub, "seat blank") }<i class="feed" aria-hidden="true"></i>
                { place("rdy", Key::Ready, Key::ReadySub, "rail") }
            </div>
            <div class="places">
                { place("tim", Key::Timers, Key::TimersSub, "blank") }{ place("wai", Key::Waiting, Key::WaitingSub, "blank") }
            </div>
        </section>
    }
}
