//! Lines of an edited program, by the numbers that they have in the other one.

use super::super::event::{EventKind, Outcome};
use super::super::ids::Line;

/// Beyond every line that a program has.
const ELSEWHERE: Line = 1 << 31;

/// Which line of one program a line of the other is.
///
/// What stands before and after all that was edited is the same; lines between are the same by
/// their place when there are as many of them as before, and else lines that only one program has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lines {
    /// Lines before the edited ones.
    before: Line,
    /// Lines up to the end of the edited ones, in the other program.
    until: Line,
    /// What is to be added to lines after them.
    shift: i64,
}

impl Lines {
    /// How the lines of `other` are called in `one`.
    pub(super) fn of(one: &str, other: &str) -> Self {
        let alike = |one: &mut dyn Iterator<Item = &str>, other: &mut dyn Iterator<Item = &str>| {
            one.zip(other).take_while(|(line, with)| line == with).count()
        };
        let (here, there) = (one.lines().count(), other.lines().count());
        let before = alike(&mut one.lines(), &mut other.lines());
        let after = alike(&mut one.lines().rev(), &mut other.lines().rev());
        let after = after.min(here.min(there) - before);
        let number = |count: usize| Line::try_from(count).unwrap_or(Line::MAX);
        Self {
            before: number(before),
            until: number(there - after),
            shift: i64::from(number(here)) - i64::from(number(there)),
        }
    }

    /// The number of a line in the one program.
    pub(super) fn name(&self, line: Line) -> Line {
        if self.shift == 0 || line <= self.before {
            line
        } else if line > self.until {
            Line::try_from(i64::from(line) + self.shift).unwrap_or(ELSEWHERE)
        } else {
            ELSEWHERE | line
        }
    }

    /// Puts the numbers of the one program into an event of the other.
    pub(super) fn rename(&self, kind: &mut EventKind) {
        match kind {
            EventKind::TaskSpawned { line, .. }
            | EventKind::FutureCreated { line, .. }
            | EventKind::HandleScheduled { line, .. }
            | EventKind::CancelRequested { line, .. }
            | EventKind::ResourceCreated { line, .. }
            | EventKind::ResourceChanged { line, .. }
            | EventKind::Output { line, .. }
            | EventKind::Diagnosed { line, .. }
            | EventKind::ThreadStarted { line, .. }
            | EventKind::JobQueued { line, .. }
            | EventKind::RunEnded {
                outcome: Outcome::OutOfBudget { line, .. },
            } => *line = self.name(*line),
            EventKind::StackSeen { frames, .. } => {
                for frame in frames {
                    frame.line = self.name(frame.line);
                }
            }
            EventKind::LinesRan { lines } => {
                for line in lines {
                    *line = self.name(*line);
                }
            }
            _ => {}
        }
    }
}
