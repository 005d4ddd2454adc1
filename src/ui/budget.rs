//! What is said of a run that was cut off because it used up something: who did, why it has no end, and
//! what helps.

use super::action::{Action, Move};
use super::frame::Frame;
use super::i18n::{Key, ViewKey, count, fill, grouped, seconds};
use super::notice::{Notice, Tone, waits};
use super::story;
use crate::trace::{Budget, Consumers, Via, consumers, deadlock};

/// Tasks that are named.
const NAMED: usize = 2;
/// How many more steps a run may make the next time, and how many at most.
const MORE: u64 = 10;
const MOST: u64 = 1_000_000;
/// How a program says how many steps it may make.
const LIMIT: &str = "# loopscope: limit_steps=";

/// The notice for a run that used up one of its budgets.
pub(super) fn spent(frame: &Frame, budget: Budget, limit: u64, line: u32) -> Notice {
    let (title, help) = match budget {
        Budget::Steps => (Key::TroubleSteps, Key::TroubleStepsHelp),
        Budget::Lines => (Key::TroubleLines, Key::TroubleLinesHelp),
        Budget::Output => (Key::TroubleOutput, Key::TroubleBudgetHelp),
        Budget::Events => (Key::TroubleEvents, Key::TroubleBudgetHelp),
        Budget::Memory => (Key::TroubleMemory, Key::TroubleBudgetHelp),
    };
    let title = fill(title, &[("n", &grouped(limit))]);
    let mut notice = Notice::new(Tone::Warn, title, String::new(), help);
    if budget == Budget::Steps {
        took(frame, &mut notice);
        let limit = limit.saturating_mul(MORE);
        if limit <= MOST {
            let source = with_limit(&frame.recording.trace().header().source, limit);
            let label = count(ViewKey::RunTo, limit);
            notice.leads.push((Action::RunWith(source.into()), label));
        }
    } else if line > 0 {
        notice.rest = was_at(frame.seat_task().map(|task| frame.name(task)), line);
    }
    notice
}

fn was_at(name: Option<String>, line: u32) -> String {
    let line = line.to_string();
    match name {
        Some(name) => fill(ViewKey::WasAt, &[("name", &name), ("line", &line)]),
        None => fill(Key::TroubleLinesAt, &[("line", &line)]),
    }
}

/// Who took the steps, and why they came to no end.
fn took(frame: &Frame, notice: &mut Notice) {
    let Some(used) = consumers(&frame.recording.lanes()) else {
        return;
    };
    let mut names: Vec<String> = used
        .tasks
        .iter()
        .take(NAMED)
        .map(|task| frame.name(*task))
        .collect();
    if used.tasks.len() > NAMED {
        names.push(count(Key::More, (used.tasks.len() - NAMED) as u64));
    }
    let slots = [
        ("name", &*names.join(", ")),
        ("n", &grouped(used.steps.into())),
        ("time", &seconds(frame.state.clock)),
    ];
    let rest = if used.still {
        ViewKey::TookStill
    } else {
        ViewKey::TookSteps
    };
    notice.rest = fill(rest, &slots);
    notice.lines = again(frame, &used).into_iter().collect();
    let ends = if used.still { not_due(frame) } else { None };
    notice.lines.extend(ends.or_else(|| ends_with(frame)));
    let label = count(ViewKey::GoStart, used.since);
    notice.leads.push((Action::Go(Move::To(used.since)), label));
}

/// How somebody is ready again and again.
fn again(frame: &Frame, used: &Consumers) -> Option<String> {
    let task = frame.state.task(*used.tasks.first()?)?;
    let line = task.rest_line();
    if task.woken == Via::Yield && line > 0 {
        let slots = [
            ("n", &*line.to_string()),
            ("code", &frame.source_line(line)),
            ("name", &frame.name(task.id)),
        ];
        return Some(fill(ViewKey::GivesWay, &slots));
    }
    let last = Frame::new(&frame.recording, frame.steps());
    used.still
        .then(|| fill(ViewKey::LastStep, &[("told", &story::plain(&last))]))
}

/// Whose sleep is not over, because the clock stands still.
fn not_due(frame: &Frame) -> Option<String> {
    let timer = frame.state.timers.front()?;
    let name = frame.name(frame.state.timer_task(timer)?);
    let time = seconds(timer.due?);
    Some(fill(ViewKey::NotDue, &[("name", &name), ("time", &time)]))
}

/// A run ends with its first task: what that waits for.
fn ends_with(frame: &Frame) -> Option<String> {
    let found = deadlock(&frame.state);
    let first = found.waiters.first()?;
    let name = frame.name(first.task);
    let told = match first.on {
        Some(_) => waits(frame, first)?,
        None => was_at(Some(name.clone()), first.line),
    };
    Some(fill(ViewKey::EndsWith, &[("name", &name), ("told", &told)]))
}

/// A program that may make so many steps. Of two settings the first counts, and it is the first line's.
fn with_limit(source: &str, steps: u64) -> String {
    let is_limit = |line: &str| {
        let number = line.strip_prefix(LIMIT);
        number.is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()))
    };
    let rest = match source.split_once('\n') {
        Some((first, rest)) if is_limit(first) => rest,
        _ => source,
    };
    format!("{LIMIT}{steps}\n{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_told_once_how_many_steps_it_may_make() {
        let once = with_limit("import asyncio\n", 500);
        assert_eq!(once, "# loopscope: limit_steps=500\nimport asyncio\n");
        let again = with_limit(&once, 5000);
        assert_eq!(again, "# loopscope: limit_steps=5000\nimport asyncio\n");
        let with_more = "# loopscope: limit_steps=9 seed=1\n";
        let first = with_limit(with_more, 90);
        assert_eq!(first, format!("# loopscope: limit_steps=90\n{with_more}"));
    }
}
