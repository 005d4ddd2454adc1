//! The chain of causes in words: which step led to which.

use yew::prelude::*;

use crate::trace::{Cause, Runner, TaskId};
use crate::ui::components::icon::icon;
use crate::ui::i18n::{Key, count, fill, grouped, text};
use crate::ui::look::Icon;
use crate::ui::recording::Recording;
use crate::ui::state::{Action, Move};
use crate::ui::story;

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
    let name = |task: TaskId| {
        let name = props.recording.lanes().lane(task).map(|lane| lane.name);
        name.map_or_else(String::new, |name| props.recording.text(name))
    };
    let title = match causes.first() {
        Some(first) => {
            let n = grouped(first.column.into());
            match first.runner {
                Runner::Task(task) => fill(Key::WhyTitle, &[("name", &name(task)), ("n", &n)]),
                Runner::Loop(_) => fill(Key::WhyTitleLoop, &[("n", &n)]),
            }
        }
        None => text(Key::WhyShow).to_owned(),
    };
    let timed = causes.last().is_some_and(|last| last.timed);
    let links = use_memo(
        (props.recording.clone(), causes.clone()),
        |(recording, causes)| {
            causes
                .iter()
                .map(|cause| link(recording, cause))
                .collect::<Vec<_>>()
        },
    );
    let close = props.emit.reform(|_: MouseEvent| Action::ToggleWhy);
    html! {
        <section class={classes!("card", "chain", props.left.then_some("left"))} data-testid="why-chain" aria-label={title.clone()}>
            <header>
                <b>{ title }</b>
                <button class="btn icon" type="button" aria-label={text(Key::Close)} title={text(Key::Close)} onclick={close}>
                    { icon(Icon::Close) }
                </button>
            </header>
            <ol>
                { for causes.iter().zip(links.iter()).map(|(cause, (who, what))| {
                    let to = cause.column;
                    let onclick = props.emit.reform(move |_: MouseEvent| Action::Go(Move::To(to)));
                    let on = to == props.cursor;
                    html! {
                        <li key={to}>
                            <button type="button" class={classes!(on.then_some("on"))} {onclick}
                                aria-current={on.then_some("step")}>
                                <span class="no">{ count(Key::AtStep, to) }</span><b>{ who.clone() }</b>
                                <span class="what">{ what.clone() }</span>
                            </button>
                        </li>
                    }
                }) }
            </ol>
            <p class="quiet">{ text(if timed { Key::WhyClock } else { Key::WhyBegin }) }</p>
        </section>
    }
}

/// Who ran in a step, and what happened in it.
fn link(recording: &Recording, cause: &Cause) -> (String, Html) {
    let lanes = recording.lanes();
    let who = match cause.runner {
        Runner::Task(task) => lanes
            .lane(task)
            .map_or_else(String::new, |lane| recording.text(lane.name)),
        Runner::Loop(_) => text(Key::EventLoop).to_owned(),
    };
    let what = lanes.column(cause.column).map_or_else(Html::default, |column| {
        story::draw(&story::act(recording, cause.column, column))
    });
    (who, what)
}
