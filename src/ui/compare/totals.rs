//! What two runs come to, as a table: for those who look, and for those who do not.

use yew::prelude::*;

use super::Run;
use crate::trace::{Outcome, Time};
use crate::ui::i18n::{CompareKey, fill, grouped, seconds, text};
use crate::ui::look::{self, Family};
use crate::ui::tags::{el, plain, say, tag, words};

/// What one run comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// How it ends, in words.
    pub ends: String,
    /// The clock at its end.
    pub clock: Time,
    /// Steps, turns of the loop and tasks.
    pub counts: [u64; 3],
    /// Time that all tasks together wait for the clock, for each other, and for the outside.
    pub waits: [Time; 3],
}

impl Totals {
    /// Of a run.
    pub fn of(run: &Run) -> Self {
        let recording = &run.recording;
        let (trace, lanes) = (recording.trace(), recording.lanes());
        let spent = lanes.spent(1, lanes.last_edge(), None);
        let mut waits = [Time::ZERO; 3];
        for (reason, share) in &spent.waits {
            let place = match look::of_reason(*reason).0 {
                Family::Clock => 0,
                Family::Outside => 2,
                _ => 1,
            };
            waits[place] = waits[place].plus(share.time);
        }
        let tip = trace.tip();
        Self {
            ends: ends(run),
            clock: tip.clock,
            counts: [trace.steps().into(), tip.turn.into(), lanes.lanes().len() as u64],
            waits,
        }
    }
}

fn ends(run: &Run) -> String {
    let trace = run.recording.trace();
    let word = match trace.outcome() {
        Some(Outcome::Exited {
            error: Some(error), ..
        }) => {
            let error = trace.text(*error);
            return error.split(['(', ':']).next().unwrap_or(error).to_owned();
        }
        Some(Outcome::Exited { code: 0, .. }) => CompareKey::EndWell,
        Some(Outcome::Exited { code, .. }) => {
            return fill(CompareKey::EndCode, &[("n", &code.to_string())]);
        }
        Some(Outcome::Deadlocked { .. } | Outcome::ThreadsDeadlocked { .. }) => CompareKey::EndDeadlock,
        Some(Outcome::OutOfBudget { .. }) => CompareKey::EndBudget,
        None => CompareKey::EndCut,
    };
    text(word).to_owned()
}

/// A span in words.
pub(super) fn span(time: Time) -> String {
    fill(CompareKey::InSeconds, &[("time", &seconds(time))])
}

/// How much more, or less, the second is.
fn apart(one: u64, other: u64, words: &dyn Fn(u64) -> String) -> String {
    match other.abs_diff(one) {
        0 => text(CompareKey::Equal).to_owned(),
        by if other > one => format!("+{}", words(by)),
        by => format!("−{}", words(by)),
    }
}

/// A row: what it is, both values, and how they differ.
type Row = (CompareKey, [String; 3]);

/// The rows of the table. Waits that nobody has are left out.
pub fn rows(one: &Totals, other: &Totals) -> Vec<Row> {
    let time = |nanos: u64| span(Time(nanos));
    let row = |key: CompareKey, one: u64, other: u64, words: &dyn Fn(u64) -> String| -> Row {
        (key, [words(one), words(other), apart(one, other, words)])
    };
    let ends = if one.ends == other.ends {
        text(CompareKey::Equal).to_owned()
    } else {
        String::new()
    };
    let mut rows = vec![
        row(CompareKey::Clock, one.clock.0, other.clock.0, &time),
        (CompareKey::Ends, [one.ends.clone(), other.ends.clone(), ends]),
    ];
    let counts = [CompareKey::Steps, CompareKey::Turns, CompareKey::Tasks];
    let waits = [CompareKey::ForClock, CompareKey::ForPeer, CompareKey::ForOutside];
    for (place, key) in counts.into_iter().enumerate() {
        rows.push(row(key, one.counts[place], other.counts[place], &grouped));
    }
    for (place, key) in waits.into_iter().enumerate() {
        let (one, other) = (one.waits[place].0, other.waits[place].0);
        if one + other > 0 {
            rows.push(row(key, one, other, &time));
        }
    }
    rows
}

/// The table.
pub(super) fn table(one: &Totals, other: &Totals) -> Html {
    let head = |scope, told: &'static str| tag("th", &[("scope", scope)], vec![plain(told)]);
    let mut body = Vec::new();
    for (key, cells) in rows(one, other) {
        let mut row = vec![head("row", text(key))];
        row.extend(cells.map(|cell| words("td", "", cell)));
        body.push(el("tr", "", row));
    }
    let heads = vec![
        el("td", "", Vec::new()),
        head("col", "A"),
        head("col", "B"),
        head("col", text(CompareKey::Difference)),
    ];
    let parts = vec![
        say("caption", "", CompareKey::Totals),
        el("thead", "", vec![el("tr", "", heads)]),
        el("tbody", "", body),
    ];
    tag("table", &[("data-testid", "totals"), ("class", "totals")], parts)
}

/// The same on one line, for the head of a run.
pub(super) fn line(totals: &Totals) -> String {
    let [steps, _, tasks] = totals.counts.map(grouped);
    let time = seconds(totals.clock);
    fill(
        CompareKey::InOneLine,
        &[("time", &time), ("steps", &steps), ("tasks", &tasks)],
    )
}
