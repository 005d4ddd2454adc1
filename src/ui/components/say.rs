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
    let plain = |key: Key| html! { <p class="sentence" data-testid="sentence">{ text(key) }</p> };
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
        let told = count(Key::FollowsLive, frame.steps());
        return html! { <p class="sentence" data-testid="sentence">{ told }</p> };
    }
    let story = story::tell(frame);
    html! {
        <>
            <p class="sentence" data-testid="sentence">{ story::draw(&story.headline) }</p>
            if !story.reasons.is_empty() {
                <ul class="whys">
                    { for story.reasons.iter().map(|reason| html! { <li><span>{ story::draw(reason) }</span></li> }) }
                </ul>
            }
        </>
    }
}

/// What the program uses that is gone, and a button that brings it back.
fn older(frame: &Frame, emit: &Callback<Action>) -> Html {
    let gone = notice::of_gone(frame);
    if gone.is_empty() {
        return Html::default();
    }
    let level = Level::Python37;
    let run = fill(Key::RunOlder, &[("version", level.name())]);
    let onclick = emit.reform(move |_: MouseEvent| Action::RunAt(level));
    html! {
        <div class="older" role="status" data-testid="older">
            <ul class="removed">{ for gone.into_iter().map(|line| html! { <li>{ line }</li> }) }</ul>
            <button class="btn solid" type="button" data-testid="run-older" {onclick}>{ icon(Icon::Play) }{ run }</button>
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
            <p class="sentence" data-testid="sentence">
                { icon(which) }<b>{ notice.title.clone() }</b>{ " " }{ notice.rest.clone() }
            </p>
            <ul class="whys">
                { for notice.lines.iter().map(|line| html! { <li>{ line.clone() }</li> }) }
            </ul>
            if !notice.traceback.is_empty() {
                <pre class="traceback" tabindex="0">{ notice.traceback.join("\n") }</pre>
            }
            if let Some((step, label)) = notice.leads.clone() {
                <button class="btn solid" type="button" data-testid="leads"
                    onclick={emit.reform(move |_: MouseEvent| Action::ShowCircle(step))}>{ label }</button>
            }
        </div>
    }
}
