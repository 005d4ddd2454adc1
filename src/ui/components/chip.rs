//! A task as a small label, and lines of them.

use yew::prelude::*;

use super::icon::icon;
use crate::trace::TaskId;
use crate::ui::frame::{Frame, Queue};
use crate::ui::i18n::Key;
use crate::ui::look::{Family, Icon};
use crate::ui::motion::Spot;
use crate::ui::tags::{el, item, plain, say, words};

/// How many tasks of a line are shown before the rest is counted.
const SHOWN: usize = 4;

/// A task: its name, perhaps a number in line, an icon and a note.
#[derive(Debug)]
pub struct Chip {
    name: String,
    family: Family,
    place: Option<usize>,
    icon: Option<Icon>,
    note: Option<Html>,
    mark: &'static str,
}

impl Chip {
    /// A chip with a name.
    pub fn new(name: String, family: Family) -> Self {
        Self {
            name,
            family,
            place: None,
            icon: None,
            note: None,
            mark: "",
        }
    }

    /// With its place in a line.
    #[must_use]
    pub const fn place(mut self, place: Option<usize>) -> Self {
        self.place = place;
        self
    }

    /// With an icon.
    #[must_use]
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// With something after its name.
    #[must_use]
    pub fn note(mut self, note: Option<Html>) -> Self {
        self.note = note;
        self
    }

    /// Dashed: where the running task goes next. Dotted: where a task has just left.
    #[must_use]
    pub const fn mark(mut self, mark: &'static str) -> Self {
        self.mark = mark;
        self
    }

    /// Draws it.
    pub fn draw(self) -> Html {
        let mut inside = Vec::new();
        if let Some(place) = self.place {
            inside.push(words("b", "pos", place.to_string()));
        }
        inside.extend(self.icon.map(icon));
        inside.push(words("span", "nm", self.name));
        inside.extend(self.note.map(|note| el("span", "nt", vec![note])));
        let class = format!("chip {} {}", self.family.class(), self.mark);
        el("span", &class, inside)
    }
}

/// A line of waiting tasks, next first. `numbered` when they are served one by one.
pub fn line(frame: &Frame, queue: &Queue, numbered: bool, note: &dyn Fn(TaskId) -> Option<Html>) -> Html {
    if queue.gone.is_empty() && queue.waiting.is_empty() {
        return say("span", "none", Key::Nobody);
    }
    let gone = queue.gone.iter().take(SHOWN).map(|task| {
        let chip = Chip::new(frame.name(*task), Family::Ready).mark("gone");
        item(&format!("gone-{task}"), &[], vec![chip.draw()])
    });
    let waiting = queue.waiting.iter().take(SHOWN).enumerate().map(|(index, task)| {
        let mark = if frame.seat_task() == Some(*task) {
            "ghost"
        } else {
            ""
        };
        let chip = Chip::new(frame.name(*task), Family::Peer)
            .place(numbered.then_some(index + 1))
            .note(note(*task))
            .mark(mark);
        let stands = if mark.is_empty() { Spot::Waiting.word() } else { "" };
        let who = task.to_string();
        item(
            &who,
            &[("data-spot", stands), ("data-who", &who)],
            vec![chip.draw()],
        )
    });
    let rest = queue.waiting.get(SHOWN..).unwrap_or_default();
    list("ol", gone.chain(waiting).collect(), frame, rest)
}

/// A line of tasks, and those for whom there was no room.
pub fn list(name: &'static str, mut chips: Vec<Html>, frame: &Frame, rest: &[TaskId]) -> Html {
    if !rest.is_empty() {
        chips.push(more(frame, rest));
    }
    el(name, "fifo", chips)
}

/// Whom there was no room for: how many, and their names as a tooltip.
pub fn more(frame: &Frame, tasks: &[TaskId]) -> Html {
    let names: Vec<String> = tasks.iter().take(50).map(|task| frame.name(*task)).collect();
    let label = crate::ui::i18n::count(Key::More, tasks.len() as u64);
    let attributes = [("class", "more"), ("title", &*names.join(", "))];
    item("more", &attributes, vec![plain(label)])
}
