//! The tasks that rest at a line of the program, as the marks beside it say it.

use yew::prelude::*;

use super::icon::icon;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, text};
use crate::ui::look::{self, Family, Icon, Look};

/// Tasks of one state that rest at one line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    /// The line.
    pub(super) line: u32,
    look: Look,
    /// The first names.
    names: Vec<String>,
    /// How many tasks there are.
    all: usize,
}

impl Mark {
    /// The mark.
    pub(super) fn draw(&self) -> Html {
        html! {
            <span class={classes!("mark", self.look.family.class())} title={self.look.label.clone()}>
                { icon(self.look.icon) }{ group_names(&self.names, self.all) }
            </span>
        }
    }

    /// What it is drawn from elsewhere: line, family of the state, icon, label, names.
    pub(super) fn parts(&self) -> [String; 5] {
        let Look { family, icon, label } = &self.look;
        [
            self.line.to_string(),
            family.class().to_owned(),
            icon.href().to_owned(),
            label.clone(),
            group_names(&self.names, self.all),
        ]
    }
}

/// Names at a line before the rest is counted.
const NAMES: usize = 4;

/// All marks of a frame.
pub(super) fn marks(frame: &Frame) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let line = frame.seat_line();
    if let Some(task) = frame.seat_task().filter(|_| line > 0) {
        let look = Look {
            family: Family::Run,
            icon: Icon::Run,
            label: text(Key::StateRunning).into(),
        };
        marks.push(Mark {
            line,
            look,
            names: vec![frame.name(task)],
            all: 1,
        });
    }
    for task in frame.tasks() {
        let line = task.rest_line();
        if line == 0 || task.state.is_done() || frame.seat_task() == Some(task.id) {
            continue;
        }
        let kind = look::kind_of_task(frame, task);
        let same = |mark: &&mut Mark| mark.line == line && (mark.look.family, mark.look.icon) == kind;
        match marks.iter_mut().find(same) {
            Some(mark) => {
                mark.all += 1;
                if mark.names.len() < NAMES {
                    mark.names.push(frame.text(task.name));
                }
            }
            None => marks.push(Mark {
                line,
                look: look::of_task(frame, task),
                names: vec![frame.text(task.name)],
                all: 1,
            }),
        }
    }
    marks
}

/// `producer-1, -2` for `producer-1` and `producer-2`; many names become a count.
fn group_names(names: &[String], all: usize) -> String {
    let mut grouped = String::new();
    let mut last_stem = None;
    for name in names.iter().take(NAMES) {
        let split = name
            .rsplit_once('-')
            .filter(|(_, number)| number.chars().all(|c| c.is_ascii_digit()));
        let stem = split.map(|(stem, _)| stem);
        if !grouped.is_empty() {
            grouped.push_str(", ");
        }
        match split {
            Some((_, number)) if stem == last_stem => {
                grouped.push('-');
                grouped.push_str(number);
            }
            _ => grouped.push_str(name),
        }
        last_stem = stem;
    }
    if all > NAMES {
        grouped.push(' ');
        grouped.push_str(&crate::ui::i18n::count(Key::More, (all - NAMES) as u64));
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_family_are_said_once() {
        let names = |all: &[&str]| {
            let names: Vec<String> = all.iter().map(|name| (*name).to_owned()).collect();
            group_names(&names, names.len())
        };
        assert_eq!(
            names(&["producer-1", "producer-2", "main"]),
            "producer-1, -2, main"
        );
        assert_eq!(names(&["ann", "ben"]), "ann, ben");
        assert_eq!(names(&["a", "b", "c", "d", "e", "f"]), "a, b, c, d +2");
        assert_eq!(names(&["a-1", "b-2"]), "a-1, b-2");
    }
}
