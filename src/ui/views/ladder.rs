//! The turn of the loop as a ladder: five rungs, always in this order, the one where the loop is lit.

use super::Props;
use super::pieces::{all, el, lens, more, say, words};
use crate::trace::{HandleView, Job, Phase, Turn, turn};
use crate::ui::components::chip::Chip;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, ViewKey, count, fill, grouped, seconds, text};
use crate::ui::look::{self, Family, Icon};
use yew::prelude::*;

/// Handles that are named in a rung before the rest is counted.
const SHOWN: usize = 8;

/// The turn of the frame.
pub(super) fn draw(props: &Props) -> Html {
    let frame = &props.frame;
    let recording = &frame.recording;
    let (turn, phase) = turn(&recording.trace(), &recording.lanes(), frame.number, &frame.state);
    let title = count(ViewKey::TurnTitle, turn.number.max(1));
    let inside = if phase == Phase::Stopped {
        say("p", "none", ViewKey::Stopped)
    } else {
        let ladder = rungs(frame, &turn, phase);
        html! { <ol class="ladder" data-testid="ladder">{ for ladder }</ol> }
    };
    lens("turning", title, text(ViewKey::TurnSub), inside)
}

fn rungs(frame: &Frame, turn: &Turn, phase: Phase) -> [Html; 5] {
    let (asks, nothing) = (phase == Phase::Asks, Html::default);
    let first = if asks { "now" } else { before(turn) };
    let asked = rung(1, first, ViewKey::Sleep, slept(frame, turn), nothing());
    if asks {
        let later = |number, title| rung(number, "", title, String::new(), nothing());
        return [
            asked,
            later(2, ViewKey::Passes),
            later(3, ViewKey::Due),
            later(4, ViewKey::Runs),
            later(5, ViewKey::Later),
        ];
    }
    let none = |list: &[HandleView], key| {
        if list.is_empty() {
            text(key).to_owned()
        } else {
            String::new()
        }
    };
    let clock = turn.slept.map(|(from, to)| {
        let (from, to) = (seconds(from), seconds(to));
        fill(Key::FromUntil, &[("from", &from), ("to", &to)])
    });
    let clock = clock.unwrap_or_else(|| text(ViewKey::ClockStays).to_owned());
    let (n, all) = (grouped(turn.ran as u64), grouped(turn.batch.len() as u64));
    let runs = fill(ViewKey::RunsOf, &[("n", &n), ("all", &all)]);
    let later = match turn.later.as_slice() {
        [] => text(ViewKey::NoneLater).to_owned(),
        _ => count(ViewKey::NextTurn, turn.number + 1),
    };
    let of = |handles, family| chips(frame, handles, |_| family);
    [
        asked,
        rung(
            2,
            first,
            ViewKey::Passes,
            clock,
            of(&turn.arrived, Family::Outside),
        ),
        rung(
            3,
            first,
            ViewKey::Due,
            none(&turn.due, ViewKey::NoneDue),
            of(&turn.due, Family::Clock),
        ),
        rung(4, "now", ViewKey::Runs, runs, batch(frame, turn)),
        rung(5, "", ViewKey::Later, later, of(&turn.later, Family::Ready)),
    ]
}

/// Phases before the steps of a turn lie just before its first step.
const fn before(turn: &Turn) -> &'static str {
    if turn.is_first { "just" } else { "" }
}

/// One rung: its number, what happens in it, how it went, and whom it was about.
fn rung(number: usize, class: &str, title: ViewKey, told: String, chips: Html) -> Html {
    let now = (class == "now").then_some("step");
    html! {
        <li class={class.to_owned()} aria-current={now}>
            { words("b", "no", number.to_string()) }{ say("b", "", title) }
            if !told.is_empty() { { words("span", "", told) } }
            { chips }
            if class == "just" { { say("small", "", ViewKey::JustNow) } }
        </li>
    }
}

/// How long the loop may sleep.
fn slept(frame: &Frame, turn: &Turn) -> String {
    let until = turn
        .sleeps_until
        .map(|until| fill(ViewKey::SleepUntil, &[("time", &seconds(until))]));
    until.unwrap_or_else(|| {
        if turn.waiting > 0 {
            return count(ViewKey::SleepNot, turn.waiting);
        }
        let works = frame.state.workers.jobs.iter().any(|job| job.ended.is_none());
        let outside = works || !turn.arrived.is_empty();
        text(if outside {
            ViewKey::SleepOutside
        } else {
            ViewKey::SleepForever
        })
        .to_owned()
    })
}

/// What the turn runs: a window around the one that runs now.
fn batch(frame: &Frame, turn: &Turn) -> Html {
    if turn.batch.is_empty() {
        return Html::default();
    }
    let from = turn
        .ran
        .saturating_sub(SHOWN / 2)
        .min(turn.batch.len().saturating_sub(SHOWN));
    let window = turn.batch.get(from..).unwrap_or_default();
    let mut place = from;
    let list = named(frame, window, |_| {
        place += 1;
        match place.cmp(&turn.ran) {
            std::cmp::Ordering::Less => Family::Done,
            std::cmp::Ordering::Equal => Family::Run,
            std::cmp::Ordering::Greater => Family::Ready,
        }
    });
    el("ol", "fifo", all([more(from), list]))
}

fn chips(frame: &Frame, handles: &[HandleView], family: impl FnMut(&HandleView) -> Family) -> Html {
    if handles.is_empty() {
        return Html::default();
    }
    el("ol", "fifo", named(frame, handles, family))
}

fn named(frame: &Frame, handles: &[HandleView], mut family: impl FnMut(&HandleView) -> Family) -> Html {
    let chips = handles.iter().take(SHOWN).map(|handle| {
        let family = family(handle);
        let which = match family {
            Family::Done => Icon::Done,
            Family::Run => Icon::Run,
            Family::Clock => Icon::Clock,
            Family::Outside => Icon::Job,
            _ => Icon::Ready,
        };
        // A sleep is scheduled by the task that sleeps.
        let sleeper = match handle.job {
            Job::SleepOver | Job::TimeoutOver(_) => handle.by_task,
            _ => None,
        };
        let note = sleeper.map(|task| words("span", "", frame.name(task)));
        let chip = Chip::new(look::handle_name(frame, handle), family)
            .icon(which)
            .note(note);
        el("li", "", chip.draw())
    });
    let left = handles.len().saturating_sub(SHOWN);
    all(chips.collect::<Vec<_>>().into_iter().chain([more(left)]))
}
