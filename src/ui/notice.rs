//! What takes the place of the sentence when a run came to no ordinary end.
//!
//! All notices have one grammar: what happened, where and why, what to do.

use super::action::Action;
use super::budget;
use super::frame::Frame;
use super::i18n::{Key, ViewKey, count, fill, text};
use super::state::Trouble;
use super::story;
use crate::trace::level::Gone;
use crate::trace::{Diagnosis, Outcome, Stream, TaskId, Waiter, closed_at, deadlock, waiting};

/// Lines of a traceback that are repeated in a notice.
const TRACEBACK: usize = 4;
/// Uses of what is gone that are listed.
const GONE: usize = 3;
/// Waiting tasks that a deadlock names.
const REPORTED: usize = 6;
/// Seconds of silence after which a run is given up.
pub const SILENCE_SECONDS: u32 = 10;

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The program failed.
    Bad,
    /// A limit was reached, or somebody stopped it.
    Warn,
}

/// A notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// How grave it is.
    pub tone: Tone,
    /// What happened: the first words, in bold.
    pub title: String,
    /// The rest of the headline.
    pub rest: String,
    /// Where and why, what to do.
    pub lines: Vec<String>,
    /// Lines of a traceback, as Python writes them.
    pub traceback: Vec<String>,
    /// What can be done about it: what buttons do and say, two at most.
    pub leads: Vec<(Action, String)>,
}

impl Notice {
    pub(super) fn new(tone: Tone, title: String, rest: String, help: Key) -> Self {
        Self {
            tone,
            title,
            rest,
            lines: vec![text(help).to_owned()],
            traceback: Vec::new(),
            leads: Vec::new(),
        }
    }
}

/// The notice for a trouble that no trace tells of.
pub fn of_trouble(trouble: &Trouble) -> Notice {
    let warn = |title: Key, help| Notice::new(Tone::Warn, text(title).into(), String::new(), help);
    let bad =
        |title: Key, rest: &str, help| Notice::new(Tone::Bad, text(title).into(), rest.to_owned(), help);
    match trouble {
        Trouble::Syntax { line: 0, message, .. } => bad(Key::TroubleSyntax, message, Key::TroubleSyntaxHelp),
        Trouble::Syntax { line, message, .. } => {
            // The headline says already what kind of mistake it is.
            let message = message.strip_prefix("SyntaxError: ").unwrap_or(message);
            let at = fill(
                Key::TroubleSyntaxAt,
                &[("n", &line.to_string()), ("message", message)],
            );
            bad(Key::TroubleSyntax, &at, Key::TroubleSyntaxHelp)
        }
        Trouble::Stopped => warn(Key::TroubleStopped, Key::TroubleStoppedHelp),
        Trouble::Silent => {
            let title = count(Key::TroubleSilent, SILENCE_SECONDS);
            Notice::new(Tone::Warn, title, String::new(), Key::TroubleSilentHelp)
        }
        Trouble::Crashed(why) => bad(Key::TroubleCrashed, why, Key::TroubleCrashedHelp),
        Trouble::NoEngine(why) => bad(Key::TroubleNoEngine, why, Key::TroubleNoEngineHelp),
        Trouble::NoRecording(why) => bad(Key::TroubleNoRecording, why, Key::TroubleNoRecordingHelp),
    }
}

/// The notice for the end of a run that did not end well.
pub fn of_end(frame: &Frame) -> Option<Notice> {
    match frame.state.outcome.as_ref().filter(|_| frame.is_end())? {
        Outcome::Exited { code: 0, error: None } => None,
        Outcome::Exited { code, error } => Some(exited(frame, *code, error.map(|error| frame.text(error)))),
        Outcome::Deadlocked { tasks } | Outcome::ThreadsDeadlocked { tasks } => {
            Some(deadlocked(frame, tasks))
        }
        Outcome::OutOfBudget { budget, limit, line } => Some(budget::spent(frame, *budget, *limit, *line)),
    }
}

/// Where the program uses what is gone from `asyncio`, and what it is today.
pub fn of_gone(frame: &Frame) -> Vec<String> {
    let notes = frame.recording.notes();
    let findings = notes.findings().iter();
    let gone = findings.filter(|finding| finding.diagnosis == Diagnosis::Gone);
    let mut told: Vec<String> = gone
        .filter_map(|finding| Some(gone_at(finding.line, Gone::named(&finding.message)?)))
        .collect();
    if told.len() > GONE {
        let more = told.split_off(GONE).len() as u64;
        told.push(fill(Key::More, &[("n", &more.to_string())]));
    }
    told
}

fn gone_at(line: u32, gone: &Gone) -> String {
    let key = if gone.instead.is_empty() {
        Key::GoneAtLeaveOut
    } else {
        Key::GoneAt
    };
    let line = line.to_string();
    let slots = [
        ("n", line.as_str()),
        ("name", gone.name),
        ("removed", gone.removed),
        ("deprecated", gone.deprecated),
        ("instead", gone.instead),
    ];
    fill(key, &slots)
}

fn exited(frame: &Frame, code: i32, error: Option<String>) -> Notice {
    let Some(error) = error else {
        let title = fill(Key::EndedCode, &[("n", &code.to_string())]);
        return Notice {
            lines: Vec::new(),
            ..Notice::new(Tone::Warn, title, String::new(), Key::EndedWell)
        };
    };
    let mut notice = Notice::new(
        Tone::Bad,
        text(Key::TroubleUncaught).into(),
        error,
        Key::TroubleUncaughtHelp,
    );
    // Python prints its traceback last; the innermost place in the program itself says most.
    let notes = frame.recording.notes();
    let own = format!("File \"{}\"", frame.recording.trace().header().program);
    let said = notes.outputs_until(frame.number);
    let place = said
        .iter()
        .rposition(|line| line.stream == Stream::Err && line.text.trim_start().starts_with(&own));
    let traceback = place.and_then(|place| said.get(place..)).unwrap_or_default();
    notice.traceback = traceback
        .iter()
        .take(TRACEBACK)
        .map(|line| line.text.clone())
        .collect();
    notice
}

/// The line of the program at which its last error was raised, and the error.
pub fn failed_at(frame: &Frame) -> Option<(u32, String)> {
    let notice = of_end(frame)?;
    let (_, rest) = notice.traceback.first()?.split_once(", line ")?;
    let digits = rest.split(',').next()?;
    Some((digits.parse().ok()?, notice.rest))
}

fn deadlocked(frame: &Frame, tasks: &[TaskId]) -> Notice {
    let rest = match tasks {
        [one] => fill(Key::TroubleDeadlockWhat1, &[("name", &frame.name(*one))]),
        _ => fill(Key::TroubleDeadlockWhat, &[("n", &tasks.len().to_string())]),
    };
    let mut notice = Notice::new(
        Tone::Bad,
        text(Key::TroubleDeadlock).into(),
        rest,
        Key::TroubleDeadlockHelp,
    );
    let found = deadlock(&frame.state);
    let (stuck, leads) = match found.circles.first() {
        Some(circle) => (circle.as_slice(), ViewKey::GoCircle),
        None => (tasks, ViewKey::GoLast),
    };
    let step = closed_at(&frame.recording.lanes(), stuck, frame.number);
    if step > 0 {
        notice.leads.push((Action::ShowCircle(step), count(leads, step)));
    }
    let rows = found.waiters.iter().take(REPORTED);
    notice
        .lines
        .extend(rows.filter_map(|waiter| waits(frame, waiter)));
    for circle in found
        .circles
        .iter()
        .filter(|circle| circle.len() < found.waiters.len())
    {
        let names: Vec<String> = circle.iter().map(|task| frame.name(*task)).collect();
        notice
            .lines
            .push(fill(Key::InCircle, &[("names", &names.join(", "))]));
    }
    notice
}

/// Who waits on what, and where.
pub fn waits(frame: &Frame, waiter: &Waiter) -> Option<String> {
    let sentence = waiting(frame.state.task(waiter.task)?, &frame.state);
    let told = story::words(&sentence, frame);
    if waiter.line == 0 {
        return Some(told);
    }
    let line = waiter.line.to_string();
    Some(fill(Key::ToldAtLine, &[("told", &told), ("n", &line)]))
}
