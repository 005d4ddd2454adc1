//! The first thing in the picture: where we are, and one sentence for what happened.

use std::rc::Rc;

use yew::prelude::*;

use super::icon::icon;
use super::readout::Readout;
use crate::trace::Level;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, count, fill, text};
use crate::ui::look::Icon;
use crate::ui::notice::{self, Notice, Tone};
use crate::ui::state::{Action, Engine, Phase, Trouble};
use crate::ui::story;
use crate::ui::tags::{all, el, press, words};

/// Properties of [`Say`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame, once there is one.
    pub frame: Option<Rc<Frame>>,
    /// What the picture is of.
    pub phase: Phase,
    /// How far the interpreter is.
    pub engine: Engine,
    /// Why the last run came to no ordinary end.
    pub trouble: Option<Trouble>,
    /// Whether to leave out the live region, because steps follow each other too fast to be read out.
    pub quiet: bool,
    /// Whether the picture is of another program than the one in the editor.
    pub stale: bool,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// Readout and sentence, or a notice in its place.
#[component]
pub fn Say(props: &Props) -> Html {
    let waiting = props.phase == Phase::Starting;
    let notice = match (&props.trouble, &props.frame) {
        _ if waiting => None,
        (Some(trouble), _) => Some(notice::of_trouble(trouble)),
        (None, Some(frame)) if props.phase == Phase::Resting => notice::of_end(frame),
        _ => None,
    };
    let class = classes!(
        "say",
        notice.as_ref().map(|notice| match notice.tone {
            Tone::Bad => "bad",
            Tone::Warn => "warn",
        }),
    );
    html! {
        <section {class}>
            if let Some(frame) = &props.frame { <Readout frame={frame.clone()} /> } else { <span></span> }
            <div>
                if let Some(notice) = notice {
                    { draw_notice(&notice, &props.emit) }
                } else {
                    <div class="told" aria-live={if props.quiet { "off" } else { "polite" }}>
                        { sentence(props, waiting) }
                    </div>
                }
                if let Some(frame) = props.frame.as_ref().filter(|_| !props.stale && !waiting) {
                    { older(frame, &props.emit) }
                }
            </div>
        </section>
    }
}

fn sentence(props: &Props, waiting: bool) -> Html {
    let plain = |key: Key| said(text(key).into());
    if waiting {
        return plain(if props.engine == Engine::Ready {
            Key::Starting
        } else {
            Key::StartingFirst
        });
    }
    let Some(frame) = &props.frame else {
        return plain(Key::Opening);
    };
    if props.phase == Phase::Running {
        return said(count(Key::FollowsLive, frame.steps()).into());
    }
    let story = story::tell(frame);
    let headline = said(story::draw(&story.headline));
    if story.reasons.is_empty() {
        return headline;
    }
    let mut reasons = Vec::new();
    for reason in &story.reasons {
        reasons.push(el("li", "", vec![el("span", "", vec![story::draw(reason)])]));
    }
    all(vec![headline, el("ul", "whys", reasons)])
}

/// The sentence.
fn said(inside: Html) -> Html {
    html! { <p class="sentence" data-testid="sentence">{ inside }</p> }
}

/// Lines in a list.
fn lines(class: &'static str, told: Vec<String>) -> Html {
    let mut items = Vec::new();
    for line in told {
        items.push(words("li", "", line));
    }
    el("ul", class, items)
}

/// What the program uses that is gone, and a button that brings it back.
fn older(frame: &Frame, emit: &Callback<Action>) -> Html {
    let gone = notice::of_gone(frame);
    if gone.is_empty() {
        return Html::default();
    }
    let level = Level::Python37;
    let run = fill(Key::RunOlder, &[("version", level.name())]);
    html! {
        <div class="older" role="status" data-testid="older">
            { lines("removed", gone) }
            { button("run-older", press(emit, Action::RunAt(level)), all(vec![icon(Icon::Play), run.into()])) }
        </div>
    }
}

fn draw_notice(notice: &Notice, emit: &Callback<Action>) -> Html {
    let which = match notice.tone {
        Tone::Bad => Icon::Failed,
        Tone::Warn => Icon::Warn,
    };
    html! {
        <div class="told" role="alert" data-testid="message">
            { said(all(vec![icon(which), words("b", "", notice.title.clone()), " ".into(), notice.rest.clone().into()])) }
            { lines("whys", notice.lines.clone()) }
            if !notice.traceback.is_empty() {
                <pre class="traceback" tabindex="0">{ notice.traceback.join("\n") }</pre>
            }
            if let Some((step, label)) = notice.leads.clone() {
                { button("leads", press(emit, Action::ShowCircle(step)), label.into()) }
            }
        </div>
    }
}

fn button(id: &'static str, onclick: Callback<MouseEvent>, inside: Html) -> Html {
    html! { <button class="btn solid" type="button" data-testid={id} {onclick}>{ inside }</button> }
}
