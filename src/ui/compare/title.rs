//! What a run is called beside another one, and what sets it apart.

use super::Run;
use crate::ui::i18n::{CompareKey, Key, chosen_of, count, fill, text};
use crate::ui::scenarios;
use crate::ui::world::Part;

/// Characters of a line that are shown.
const CHARS: usize = 48;

/// The name of a run.
pub(super) fn name(run: &Run) -> String {
    let scenario = run.scenario().and_then(|index| scenarios::ALL.get(index));
    scenario.map_or_else(
        || run.recording.trace().header().program.clone(),
        |scenario| (*chosen_of(&scenario.title)).to_owned(),
    )
}

/// What a run has that the other has not: its program, its level, the world around it.
pub(super) fn apart(run: &Run, other: &Run) -> Vec<String> {
    let mut told = Vec::new();
    let (here, there) = (run.recording.trace(), other.recording.trace());
    let (head, tail) = (here.header(), there.header());
    if head.program == tail.program {
        told.extend(line_apart(&head.source, &tail.source));
    } else if run.edited {
        told.push(text(CompareKey::Edited).to_owned());
    }
    if head.level != tail.level {
        told.push(fill(Key::PythonLevel, &[("version", head.level.name())]));
    }
    if run.world != other.world {
        let known = other.world.told();
        let own = run.world.told().into_iter().filter(|part| !known.contains(part));
        told.extend(own.map(|(part, value)| format!("{}: {value}", label(part))));
        if run.world.is_usual() {
            told.push(text(CompareKey::Usual).to_owned());
        }
    }
    told
}

fn label(part: Part) -> &'static str {
    text(match part {
        Part::Latency => Key::WorldLatency,
        Part::Fail => Key::WorldTrouble,
        Part::Stdin => Key::WorldStdin,
        Part::Argument => return text(CompareKey::Argument),
        Part::LineCost => Key::WorldLineCost,
        Part::Interrupt => Key::WorldInterrupt,
    })
}

/// The first line that is another one in the other program, with its number.
fn line_apart(source: &str, other: &str) -> Option<String> {
    let same = source
        .lines()
        .zip(other.lines())
        .take_while(|(one, other)| one == other);
    let place = same.count();
    let line = source.lines().nth(place)?.trim();
    let number = count(Key::Line, place as u64 + 1);
    let shown: String = line.chars().take(CHARS).collect();
    (source != other).then(|| format!("{number}: {shown}"))
}
