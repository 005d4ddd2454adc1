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
    let asks = phase == Phase::Asks;
    let told = |words: String| (!words.is_empty()).then(|| self::words("span", "", words));
    let just_now = turn.is_first && !asks;
    let before = |done: bool| if just_now && done { "just" } else { "" };
    let clock = match turn.slept {
        Some((from, to)) => fill(Key::FromUntil, &[("from", &seconds(from)), ("to", &seconds(to))]),
        None if asks => String::new(),
        None => text(ViewKey::ClockStays).to_owned(),
    };
    let due = match turn.due.len() {
        0 if asks => String::new(),
        0 => text(ViewKey::NoneDue).to_owned(),
        _ => String::new(),
    };
    let runs = if asks {
        String::new()
    } else {
        let (n, m) = (grouped(turn.ran as u64), grouped(turn.batch.len() as u64));
        fill(ViewKey::RunsOf, &[("n", &n), ("all", &m)])
    };
    let later = if turn.later.is_empty() {
        if asks {
            String::new()
        } else {
            text(ViewKey::NoneLater).to_owned()
        }
    } else {
        count(ViewKey::NextTurn, turn.number + 1)
    };
    let arrived = chips(frame, &turn.arrived, |_| Family::Outside);
    [
        rung(
            1,
            if asks { "now" } else { before(true) },
            ViewKey::Sleep,
            told(slept(frame, turn)),
            Html::default(),
        ),
        rung(2, before(true), ViewKey::Passes, told(clock), arrived),
        rung(
            3,
            before(true),
            ViewKey::Due,
            told(due),
            chips(frame, &turn.due, |_| Family::Clock),
        ),
        rung(
            4,
            if asks { "" } else { "now" },
            ViewKey::Runs,
            told(runs),
            batch(frame, turn),
        ),
        rung(
            5,
            "",
            ViewKey::Later,
            told(later),
            chips(frame, &turn.later, |_| Family::Ready),
        ),
    ]
}

/// One rung: its number, what happens in it, how it went, and whom it was about.
fn rung(number: usize, class: &str, title: ViewKey, told: Option<Html>, chips: Html) -> Html {
    let now = (class == "now").then_some("step");
    html! {
        <li class={class.to_owned()} aria-current={now}>
            { words("b", "no", number.to_string()) }{ say("b", "", title) }{ told }{ chips }
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
