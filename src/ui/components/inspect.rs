//! The inspector: one task in full. Every number that is a step is a way to it.

use std::rc::Rc;

use yew::prelude::*;

use super::icon::icon;
use crate::trace::{ArrowKind, TaskId};
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, count, fill, grouped, seconds, text};
use crate::ui::inspect::{Inspected, Link, Stretch, Wake, inspect, wake_words};
use crate::ui::look::{Family, Look};
use crate::ui::state::{Action, Move};
use crate::ui::tags::{all, button, el, plain, say, tag, words};

/// Entries of a list that are drawn: the last ones.
const SHOWN: usize = 12;

/// Properties of [`Inspect`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame.
    pub frame: Rc<Frame>,
    /// The selected task; without one, the task in the seat is inspected.
    pub selected: Option<TaskId>,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// The selected task, or the one that runs.
#[component]
pub fn Inspect(props: &Props) -> Html {
    let frame = &props.frame;
    let task = props.selected.or_else(|| frame.seat_task());
    let found = task.and_then(|task| inspect(frame, task));
    let Some(found) = found else {
        let why = if task.is_some() {
            Key::StateNew
        } else {
            Key::InspectNothing
        };
        let attributes = [("class", "insp"), ("data-testid", "inspect")];
        return tag("div", &attributes, vec![say("p", "none", why)]);
    };
    let draw = Draw {
        frame,
        emit: &props.emit,
    };
    let head = vec![
        icon(found.look.icon),
        plain(found.name.clone()),
        el("small", "", vec![plain(draw.origin(&found))]),
    ];
    let inside = vec![
        el("h2", found.look.family.class(), head),
        draw.state(&found),
        draw.chain(&found),
        locals(&found),
        draw.others(&found),
        draw.history(&found),
    ];
    let attributes = [
        ("class", "insp"),
        ("data-testid", "inspect"),
        ("tabindex", "0"),
        ("role", "region"),
        ("aria-label", text(Key::Inspect)),
    ];
    tag("div", &attributes, inside)
}

struct Draw<'a> {
    frame: &'a Frame,
    emit: &'a Callback<Action>,
}

impl Draw<'_> {
    fn origin(&self, found: &Inspected) -> String {
        match found.parent {
            Some((parent, line)) if line > 0 => fill(
                Key::InspectChild,
                &[("name", &self.frame.name(parent)), ("n", &line.to_string())],
            ),
            _ => String::new(),
        }
    }

    fn state(&self, found: &Inspected) -> Html {
        let state = words("b", found.look.family.class(), found.look.label.clone());
        let woken = found.woken.as_ref().map_or_else(nobody, |wake| {
            all(vec![
                plain(wake_words(self.frame, wake) + " "),
                self.step(wake.step),
            ])
        });
        let mut rows = vec![row(Key::InspectState, state)];
        for (key, value) in [
            (Key::InspectCoroutine, &found.coroutine),
            (Key::InspectValue, &found.value),
        ] {
            if !value.is_empty() {
                rows.push(row(key, code("", value)));
            }
        }
        rows.push(row(Key::InspectWoken, woken));
        if found.cancels > 0 {
            rows.push(row(Key::InspectCancels, plain(found.cancels.to_string())));
        }
        el("dl", "", rows)
    }

    fn others(&self, found: &Inspected) -> Html {
        let mut ran = Vec::new();
        for stretch in &found.history {
            if stretch.look.family == Family::Run {
                ran.push(stretch.steps.0);
            }
        }
        let mut needed = Vec::new();
        for (task, line) in &found.needed_by {
            let mut parts = vec![self.task(*task)];
            if *line > 0 {
                parts.push(words("small", "", at_line(*line)));
            }
            needed.push(el("li", "", parts));
        }
        let rows = vec![
            row(Key::InspectNeeded, list(needed)),
            row(Key::InspectWoke, self.woke(&found.woke)),
            row(Key::InspectRan, self.steps(&ran)),
        ];
        all(vec![say("h3", "", Key::InspectOthers), el("dl", "", rows)])
    }

    fn woke(&self, woke: &[Wake]) -> Html {
        let earlier = woke.len().saturating_sub(SHOWN);
        let mut items = Vec::new();
        if earlier > 0 {
            items.push(more(earlier));
        }
        for wake in &woke[earlier..] {
            let mut parts = Vec::new();
            if let Some(other) = wake.other {
                parts.push(self.task(other));
            }
            parts.push(plain(" ".to_owned()));
            parts.push(self.step(wake.step));
            match wake.kind {
                ArrowKind::Spawn => parts.push(say("small", "", Key::InspectCreated)),
                ArrowKind::Cancel => parts.push(say("small", "", Key::InspectCancelled)),
                ArrowKind::Wake(_) => {}
            }
            items.push(el("li", "", parts));
        }
        list(items)
    }

    /// Where it waits, function by function, and on whom that hangs.
    fn chain(&self, found: &Inspected) -> Html {
        if found.chain.is_empty() {
            return Html::default();
        }
        let mut links = Vec::new();
        for link in &found.chain {
            links.push(match link {
                Link::Function { name, line } => {
                    let attributes = [("class", "link"), ("title", text(Key::InspectLine))];
                    let go = Action::Go(Move::Line(*line));
                    let way = button(self.emit, go, &attributes, vec![plain(at_line(*line))]);
                    let source = code("src", &self.frame.source_line(*line));
                    el("li", "fn", vec![code("", name), way, source])
                }
                Link::On(look) => el("li", &format!("wait {}", look.family.class()), vec![named(look)]),
                Link::Task(task) => el("li", "who", vec![self.task(*task)]),
                Link::Tasks(tasks) => {
                    let mut names = Vec::new();
                    for task in tasks.iter().take(SHOWN) {
                        names.push(self.task(*task));
                    }
                    el("li", "who", names)
                }
                Link::Circle(task) => {
                    let circle = fill(Key::InspectCircle, &[("name", &self.frame.name(*task))]);
                    el("li", "who f-fail", vec![words("b", "", circle)])
                }
            });
        }
        listed(Key::InspectChain, "awaits", "chain", links)
    }

    fn history(&self, found: &Inspected) -> Html {
        let earlier = found.history.len().saturating_sub(SHOWN);
        let mut rows = Vec::new();
        for Stretch { steps, look, time } in found.history[earlier..].iter().rev() {
            let (first, last) = *steps;
            let mut reach = grouped(u64::from(first));
            if first != last {
                reach.push('–');
                reach.push_str(&grouped(u64::from(last)));
            }
            let long = seconds(*time) + " " + text(Key::Seconds);
            let parts = vec![
                self.link("link", Action::Go(Move::To(first)), reach),
                named(look),
                words("small", "", long),
            ];
            rows.push(el("li", look.family.class(), parts));
        }
        if earlier > 0 {
            rows.push(more(earlier));
        }
        listed(Key::InspectHistory, "life", "history", rows)
    }

    fn link(&self, class: &str, action: Action, label: String) -> Html {
        button(self.emit, action, &[("class", class)], vec![plain(label)])
    }

    fn task(&self, task: TaskId) -> Html {
        self.link("link name", Action::Select(Some(task)), self.frame.name(task))
    }

    fn step(&self, step: u32) -> Html {
        self.link("link", Action::Go(Move::To(step)), count(Key::AtStep, step))
    }

    fn steps(&self, steps: &[u32]) -> Html {
        if steps.is_empty() {
            return plain(text(Key::InspectNever).to_owned());
        }
        let earlier = steps.len().saturating_sub(SHOWN);
        let mut parts = Vec::new();
        if earlier > 0 {
            parts.push(plain(count(Key::InspectEarlier, earlier as u64) + " "));
        }
        for step in &steps[earlier..] {
            let to = Action::Go(Move::To(*step));
            parts.push(self.link("link", to, grouped(u64::from(*step))));
            parts.push(plain(" ".to_owned()));
        }
        all(parts)
    }
}

/// The variables of its innermost function.
fn locals(found: &Inspected) -> Html {
    if found.locals.is_empty() {
        return Html::default();
    }
    let mut rows = Vec::new();
    for (name, value, changed) in &found.locals {
        let mut parts = vec![code("", value)];
        if *changed {
            parts.push(say("small", "", Key::InspectChanged));
        }
        let name = el("dt", "", vec![code("", name)]);
        let class = if *changed { "now" } else { "" };
        rows.push(el("div", class, vec![name, el("dd", "", parts)]));
    }
    all(vec![say("h3", "", Key::InspectLocals), el("dl", "locals", rows)])
}

fn named(look: &Look) -> Html {
    el("span", "st", vec![icon(look.icon), plain(look.label.clone())])
}

fn row(key: Key, value: Html) -> Html {
    el("div", "", vec![say("dt", "", key), el("dd", "", vec![value])])
}

/// Those who do something; or that there is nobody.
fn list(items: Vec<Html>) -> Html {
    if items.is_empty() {
        return nobody();
    }
    el("ul", "", items)
}

fn nobody() -> Html {
    say("span", "none", Key::Nobody)
}

fn more(earlier: usize) -> Html {
    words("li", "more", count(Key::InspectEarlier, earlier as u64))
}

fn code(class: &str, source: &str) -> Html {
    words("code", class, source.to_owned())
}

fn at_line(line: u32) -> String {
    fill(Key::Line, &[("n", &line.to_string())])
}

fn listed(title: Key, class: &str, id: &str, rows: Vec<Html>) -> Html {
    let rows = tag("ol", &[("class", class), ("data-testid", id)], rows);
    all(vec![say("h3", "", title), rows])
}
