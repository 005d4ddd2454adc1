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
    let Some(task) = task else {
        return html! { <div class="insp" data-testid="inspect"><p class="none">{ text(Key::InspectNothing) }</p></div> };
    };
    let Some(found) = inspect(frame, task) else {
        return html! { <div class="insp" data-testid="inspect"><p class="none">{ text(Key::StateNew) }</p></div> };
    };
    let draw = Draw {
        frame,
        emit: &props.emit,
    };
    html! {
        <div class="insp" data-testid="inspect" tabindex="0" role="region" aria-label={text(Key::Inspect)}>
            <h2 class={found.look.family.class()}>{ icon(found.look.icon) }{ found.name.clone() }<small>{ draw.origin(&found) }</small></h2>
            { draw.state(&found) }
            { draw.chain(&found) }
            { locals(&found) }
            { draw.others(&found) }
            { draw.history(&found) }
        </div>
    }
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
        let state = html! { <b class={found.look.family.class()}>{ found.look.label.clone() }</b> };
        let code = |text: &String| html! { <code>{ text.clone() }</code> };
        let woken = found.woken.as_ref().map(|wake| {
            html! { <>{ wake_words(self.frame, wake) }{ " " }{ self.step(wake.step) }</> }
        });
        html! {
            <dl>
                { row(Key::InspectState, state) }
                if !found.coroutine.is_empty() { { row(Key::InspectCoroutine, code(&found.coroutine)) } }
                if !found.value.is_empty() { { row(Key::InspectValue, code(&found.value)) } }
                { row(Key::InspectWoken, woken.unwrap_or_else(nobody)) }
                if found.cancels > 0 { { row(Key::InspectCancels, html! { found.cancels }) } }
            </dl>
        }
    }

    fn others(&self, found: &Inspected) -> Html {
        let life = found.history.iter();
        let ran: Vec<u32> = life
            .filter(|stretch| stretch.look.family == Family::Run)
            .map(|stretch| stretch.steps.0)
            .collect();
        let needed = found.needed_by.iter().map(|(task, line)| {
            let at = (*line > 0).then(|| fill(Key::Line, &[("n", &line.to_string())]));
            html! { <li>{ self.task(*task) }if let Some(at) = at { <small>{ at }</small> }</li> }
        });
        let needed = if found.needed_by.is_empty() {
            nobody()
        } else {
            html! { <ul>{ for needed }</ul> }
        };
        html! {
            <>
                <h3>{ text(Key::InspectOthers) }</h3>
                <dl>
                    { row(Key::InspectNeeded, needed) }
                    { row(Key::InspectWoke, self.woke(&found.woke)) }
                    { row(Key::InspectRan, self.steps(&ran)) }
                </dl>
            </>
        }
    }

    fn woke(&self, woke: &[Wake]) -> Html {
        if woke.is_empty() {
            return nobody();
        }
        let earlier = woke.len().saturating_sub(SHOWN);
        let items = woke.iter().skip(earlier).map(|wake| {
            let what = match wake.kind {
                ArrowKind::Spawn => Some(Key::InspectCreated),
                ArrowKind::Cancel => Some(Key::InspectCancelled),
                ArrowKind::Wake(_) => None,
            };
            html! {
                <li>
                    { wake.other.map_or_else(Html::default, |other| self.task(other)) }{ " " }{ self.step(wake.step) }
                    if let Some(what) = what { <small>{ text(what) }</small> }
                </li>
            }
        });
        html! {
            <ul>
                if earlier > 0 { <li class="more">{ count(Key::InspectEarlier, earlier as u64) }</li> }
                { for items }
            </ul>
        }
    }

    /// Where it waits, function by function, and on whom that hangs.
    fn chain(&self, found: &Inspected) -> Html {
        if found.chain.is_empty() {
            return Html::default();
        }
        let links = found.chain.iter().map(|link| match link {
            Link::Function { name, line } => {
                let line = *line;
                let onclick = self.emit.reform(move |_: MouseEvent| Action::Go(Move::Line(line)));
                html! {
                    <li class="fn"><code>{ name.clone() }</code>
                        <button type="button" class="link" title={text(Key::InspectLine)} {onclick}>
                            { fill(Key::Line, &[("n", &line.to_string())]) }
                        </button>
                        <code class="src">{ self.frame.source_line(line) }</code>
                    </li>
                }
            }
            Link::On(look) => html! { <li class={classes!("wait", look.family.class())}>{ named(look) }</li> },
            Link::Task(task) => html! { <li class="who">{ self.task(*task) }</li> },
            Link::Tasks(tasks) => html! { <li class="who">{ for tasks.iter().take(SHOWN).map(|task| self.task(*task)) }</li> },
            Link::Circle(task) => html! {
                <li class="who f-fail"><b>{ fill(Key::InspectCircle, &[("name", &self.frame.name(*task))]) }</b></li>
            },
        });
        html! { <><h3>{ text(Key::InspectChain) }</h3><ol class="awaits" data-testid="chain">{ for links }</ol></> }
    }

    fn history(&self, found: &Inspected) -> Html {
        let earlier = found.history.len().saturating_sub(SHOWN);
        let rows = found.history.iter().skip(earlier).rev().map(|stretch| {
            let Stretch {
                steps: (first, last),
                look,
                time,
            } = stretch;
            let (begin, first_of) = (*first, *first);
            let onclick = self.emit.reform(move |_: MouseEvent| Action::Go(Move::To(begin)));
            let steps = if first == last {
                grouped(u64::from(first_of))
            } else {
                format!("{}–{}", grouped(u64::from(*first)), grouped(u64::from(*last)))
            };
            html! {
                <li class={look.family.class()}>
                    <button type="button" class="link" {onclick}>{ steps }</button>
                    { named(look) }
                    <small>{ seconds(*time) }{ " " }{ text(Key::Seconds) }</small>
                </li>
            }
        });
        html! {
            <>
                <h3>{ text(Key::InspectHistory) }</h3>
                <ol class="life" data-testid="history">
                    { for rows }
                    if earlier > 0 { <li class="more">{ count(Key::InspectEarlier, earlier as u64) }</li> }
                </ol>
            </>
        }
    }

    fn task(&self, task: TaskId) -> Html {
        let onclick = self.emit.reform(move |_: MouseEvent| Action::Select(Some(task)));
        html! { <button type="button" class="link name" {onclick}>{ self.frame.name(task) }</button> }
    }

    fn step(&self, step: u32) -> Html {
        let onclick = self.emit.reform(move |_: MouseEvent| Action::Go(Move::To(step)));
        html! { <button type="button" class="link" {onclick}>{ count(Key::AtStep, step) }</button> }
    }

    fn steps(&self, steps: &[u32]) -> Html {
        if steps.is_empty() {
            return html! { text(Key::InspectNever) };
        }
        let earlier = steps.len().saturating_sub(SHOWN);
        let links = steps.iter().skip(earlier).map(|step| {
            let to = *step;
            let onclick = self.emit.reform(move |_: MouseEvent| Action::Go(Move::To(to)));
            html! { <><button type="button" class="link" {onclick}>{ grouped(u64::from(to)) }</button>{ " " }</> }
        });
        html! { <>if earlier > 0 { { count(Key::InspectEarlier, earlier as u64) }{ " " } }{ for links }</> }
    }
}

/// The variables of its innermost function.
fn locals(found: &Inspected) -> Html {
    if found.locals.is_empty() {
        return Html::default();
    }
    let rows = found.locals.iter().map(|(name, value, changed)| {
        html! {
            <div class={classes!(changed.then_some("now"))}>
                <dt><code>{ name.clone() }</code></dt>
                <dd><code>{ value.clone() }</code>if *changed { <small>{ text(Key::InspectChanged) }</small> }</dd>
            </div>
        }
    });
    html! { <><h3>{ text(Key::InspectLocals) }</h3><dl class="locals">{ for rows }</dl></> }
}

fn named(look: &Look) -> Html {
    html! { <span class="st">{ icon(look.icon) }{ look.label.clone() }</span> }
}

fn row(key: Key, value: Html) -> Html {
    html! { <div><dt>{ text(key) }</dt><dd>{ value }</dd></div> }
}

fn nobody() -> Html {
    html! { <span class="none">{ text(Key::Nobody) }</span> }
}
