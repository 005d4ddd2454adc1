//! The chain of causes in words: which step led to which.

use yew::prelude::*;

use super::aside;
use crate::trace::{Cause, Runner, TaskId};
use crate::ui::i18n::{Key, count, fill, grouped, text};
use crate::ui::recording::Recording;
use crate::ui::state::{Action, Move};
use crate::ui::story;
use crate::ui::tags::{all, button, el, press, say, words};

/// Properties of [`Card`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The recording.
    pub recording: Recording,
    /// The chain, newest first.
    pub causes: Vec<Cause>,
    /// The frame on screen.
    pub cursor: u32,
    /// Whether it stands at the left.
    pub left: bool,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// The card of a chain: every link goes to its step.
#[component]
pub fn Card(props: &Props) -> Html {
    let causes = &props.causes;
    let title = match causes.first() {
        Some(first) => {
            let n = grouped(first.column.into());
            match first.runner {
                Runner::Task(task) => fill(
                    Key::WhyTitle,
                    &[("name", &name(&props.recording, task)), ("n", &n)],
                ),
                Runner::Loop(_) => fill(Key::WhyTitleLoop, &[("n", &n)]),
            }
        }
        None => text(Key::WhyShow).to_owned(),
    };
    let timed = causes.last().is_some_and(|last| last.timed);
    let links = use_memo(
        (props.recording.clone(), causes.clone()),
        |(recording, causes)| {
            let mut links = Vec::new();
            for cause in causes {
                links.push(link(recording, cause));
            }
            links
        },
    );
    let close = press(&props.emit, Action::ToggleWhy);
    let mut stations = Vec::new();
    for (cause, (who, what)) in causes.iter().zip(links.iter()) {
        let to = cause.column;
        let (class, current) = if to == props.cursor {
            ("on", "step")
        } else {
            ("", "")
        };
        let parts = vec![
            words("span", "no", count(Key::AtStep, to)),
            words("b", "", who.clone()),
            el("span", "what", vec![what.clone()]),
        ];
        let attributes = [("class", class), ("aria-current", current)];
        let station = button(&props.emit, Action::Go(Move::To(to)), &attributes, parts);
        stations.push(el("li", "", vec![station]));
    }
    let end = if timed { Key::WhyClock } else { Key::WhyBegin };
    let body = all(vec![el("ol", "", stations), say("p", "quiet", end)]);
    aside::card(("chain", "why-chain"), props.left, &title, close, body)
}

fn name(recording: &Recording, task: TaskId) -> String {
    let name = recording.lanes().lane(task).map(|lane| lane.name);
    name.map_or_else(String::new, |name| recording.text(name))
}

/// Who ran in a step, and what happened in it.
fn link(recording: &Recording, cause: &Cause) -> (String, Html) {
    let lanes = recording.lanes();
    let who = match cause.runner {
        Runner::Task(task) => name(recording, task),
        Runner::Loop(_) => text(Key::EventLoop).to_owned(),
    };
    let what = lanes.column(cause.column).map_or_else(Html::default, |column| {
        story::draw(&story::act(recording, cause.column, column))
    });
    (who, what)
}
