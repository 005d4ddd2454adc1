//! The turn of the loop as a ladder: five rungs, always in this order, the one where the loop is lit.

use super::Props;
use super::pieces::{lens, more};
use crate::trace::{HandleView, Job, Phase, Turn, turn};
use crate::ui::components::chip::Chip;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, ViewKey, count, fill, grouped, seconds, text};
use crate::ui::look::{self, Family, Icon};
use crate::ui::tags::{el, say, tag, words};
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
        let ladder = [("data-testid", "ladder"), ("class", "ladder")];
        tag("ol", &ladder, rungs(frame, &turn, phase))
    };
    lens("turning", &title, ViewKey::TurnSub, vec![inside])
}

fn rungs(frame: &Frame, turn: &Turn, phase: Phase) -> Vec<Html> {
    let asks = phase == Phase::Asks;
    let first = if asks { "now" } else { before(turn) };
    let mut rungs = vec![rung(1, first, ViewKey::Sleep, slept(frame, turn), None)];
    let titles = [ViewKey::Passes, ViewKey::Due, ViewKey::Runs, ViewKey::Later];
    for (place, title) in titles.into_iter().enumerate() {
        let (class, told, chips) = match place {
            _ if asks => ("", String::new(), None),
            0 => (first, passed(turn), of(frame, &turn.arrived, Family::Outside)),
            1 => {
                let none = turn.due.is_empty();
                let told = if none { text(ViewKey::NoneDue) } else { "" };
                (first, told.to_owned(), of(frame, &turn.due, Family::Clock))
            }
            2 => {
                let (n, all) = (grouped(turn.ran as u64), grouped(turn.batch.len() as u64));
                let told = fill(ViewKey::RunsOf, &[("n", &n), ("all", &all)]);
                ("now", told, batch(frame, turn))
            }
            _ => {
                let told = match turn.later.as_slice() {
                    [] => text(ViewKey::NoneLater).to_owned(),
                    _ => count(ViewKey::NextTurn, turn.number + 1),
                };
                ("", told, of(frame, &turn.later, Family::Ready))
            }
        };
        rungs.push(rung(place + 2, class, title, told, chips));
    }
    rungs
}

/// How far the clock moved on.
fn passed(turn: &Turn) -> String {
    let Some((from, to)) = turn.slept else {
        return text(ViewKey::ClockStays).to_owned();
    };
    let (from, to) = (seconds(from), seconds(to));
    fill(Key::FromUntil, &[("from", &from), ("to", &to)])
}

/// Phases before the steps of a turn lie just before its first step.
const fn before(turn: &Turn) -> &'static str {
    if turn.is_first { "just" } else { "" }
}

/// One rung: its number, what happens in it, how it went, and whom it was about.
fn rung(number: usize, class: &str, title: ViewKey, told: String, chips: Option<Html>) -> Html {
    let mut parts = vec![words("b", "no", number.to_string()), say("b", "", title)];
    if !told.is_empty() {
        parts.push(words("span", "", told));
    }
    parts.extend(chips);
    if class == "just" {
        parts.push(say("small", "", ViewKey::JustNow));
    }
    let now = if class == "now" { "step" } else { "" };
    tag("li", &[("aria-current", now), ("class", class)], parts)
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
fn batch(frame: &Frame, turn: &Turn) -> Option<Html> {
    let from = turn
        .ran
        .saturating_sub(SHOWN / 2)
        .min(turn.batch.len().saturating_sub(SHOWN));
    let window = turn.batch.get(from..)?;
    chips(
        frame,
        window,
        from,
        &|place| match (from + place + 1).cmp(&turn.ran) {
            std::cmp::Ordering::Less => Family::Done,
            std::cmp::Ordering::Equal => Family::Run,
            std::cmp::Ordering::Greater => Family::Ready,
        },
    )
}

/// Handles that are all in one state.
fn of(frame: &Frame, handles: &[HandleView], family: Family) -> Option<Html> {
    chips(frame, handles, 0, &|_| family)
}

/// Handles in a row; `gone` of them were before it.
fn chips(
    frame: &Frame,
    handles: &[HandleView],
    gone: usize,
    family: &dyn Fn(usize) -> Family,
) -> Option<Html> {
    if handles.is_empty() {
        return None;
    }
    let mut chips = vec![more(gone)];
    for (place, handle) in handles.iter().take(SHOWN).enumerate() {
        let family = family(place);
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
        chips.push(el("li", "", vec![chip.draw()]));
    }
    chips.push(more(handles.len().saturating_sub(SHOWN)));
    Some(el("ol", "fifo", chips))
}
