//! The first thing in the picture: where we are, and one sentence for what happened.

use std::rc::Rc;

use yew::prelude::*;

use super::icon::icon;
use super::readout::Readout;
use crate::trace::Level;
use crate::ui::download::Download;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, count, fill, text};
use crate::ui::look::Icon;
use crate::ui::notice::{self, Notice, Tone};
use crate::ui::state::{Action, Engine, Phase, Trouble};
use crate::ui::story;
use crate::ui::tags::{all, button, el, plain, tag, words};

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
    let class = match notice.as_ref().map(|notice| notice.tone) {
        Some(Tone::Bad) => "say bad",
        Some(Tone::Warn) => "say warn",
        None => "say",
    };
    let first = match &props.frame {
        Some(frame) => html! { <Readout frame={frame.clone()} /> },
        None => el("span", "", Vec::new()),
    };
    let mut told = vec![if let Some(notice) = &notice {
        draw_notice(notice, props.stale, &props.emit)
    } else {
        let live = if props.quiet { "off" } else { "polite" };
        let attributes = [("class", "told"), ("aria-live", live)];
        tag("div", &attributes, vec![sentence(props, waiting)])
    }];
    if let Some(frame) = props.frame.as_ref().filter(|_| !props.stale && !waiting) {
        told.push(older(frame, &props.emit));
    }
    el("section", class, vec![first, el("div", "", told)])
}

fn sentence(props: &Props, waiting: bool) -> Html {
    let only = |key: Key| said(plain(text(key)));
    if waiting {
        return match props.engine {
            Engine::Ready => only(Key::Starting),
            Engine::Loading(download) => all(vec![only(Key::StartingFirst), fetched(download)]),
            _ => only(Key::StartingFirst),
        };
    }
    let Some(frame) = &props.frame else {
        return only(Key::Opening);
    };
    if props.phase == Phase::Running {
        return said(plain(count(Key::FollowsLive, frame.steps())));
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

/// How much of the interpreter is here; whoever listens is told once that it comes.
fn fetched(download: Download) -> Html {
    let mut line = Vec::new();
    if let Some((got, whole)) = download.share() {
        let attributes = [
            ("max", &*whole.to_string()),
            ("value", &*got.to_string()),
            ("aria-label", text(Key::EngineLoading)),
        ];
        line.push(tag("progress", &attributes, Vec::new()));
    }
    line.push(plain(download.told()));
    let attributes = [
        ("class", "fetched"),
        ("aria-live", "off"),
        ("data-testid", "fetched"),
    ];
    tag("p", &attributes, line)
}

/// The sentence.
fn said(inside: Html) -> Html {
    tag(
        "p",
        &[("class", "sentence"), ("data-testid", "sentence")],
        vec![inside],
    )
}

/// Lines in a list. What stands between backticks is code.
fn lines(class: &'static str, told: Vec<String>) -> Html {
    let mut items = Vec::new();
    for line in told {
        let mut pieces = Vec::new();
        for (place, piece) in line.split('`').enumerate() {
            let name = if place % 2 == 1 { "code" } else { "span" };
            pieces.push(words(name, "", piece.to_owned()));
        }
        items.push(el("li", "", pieces));
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
    let attributes = [("class", "btn solid"), ("data-testid", "run-older")];
    let run = button(
        emit,
        Action::RunAt(level),
        &attributes,
        vec![icon(Icon::Play), plain(run)],
    );
    let attributes = [("class", "older"), ("role", "status"), ("data-testid", "older")];
    tag("div", &attributes, vec![lines("removed", gone), run])
}

fn draw_notice(notice: &Notice, stale: bool, emit: &Callback<Action>) -> Html {
    let which = match notice.tone {
        Tone::Bad => Icon::Failed,
        Tone::Warn => Icon::Warn,
    };
    let title = words("b", "", notice.title.clone());
    let mut told = vec![
        said(all(vec![
            icon(which),
            title,
            plain(" "),
            plain(notice.rest.clone()),
        ])),
        lines("whys", notice.lines.clone()),
    ];
    if !notice.traceback.is_empty() {
        let attributes = [("class", "traceback"), ("tabindex", "0")];
        told.push(tag("pre", &attributes, vec![plain(notice.traceback.join("\n"))]));
    }
    told.push(leads(notice, stale, emit));
    let attributes = [("class", "told"), ("role", "alert"), ("data-testid", "message")];
    tag("div", &attributes, told)
}

/// What can be done about it. A program that was edited since is not run as it was.
fn leads(notice: &Notice, stale: bool, emit: &Callback<Action>) -> Html {
    let mut buttons = Vec::new();
    for (action, label) in &notice.leads {
        let (id, class) = match action {
            Action::RunWith(_) if stale => continue,
            Action::RunWith(_) => ("farther", "btn farther"),
            _ => ("leads", "btn solid"),
        };
        let attributes = [("class", class), ("data-testid", id)];
        buttons.push(button(
            emit,
            action.clone(),
            &attributes,
            vec![plain(label.clone())],
        ));
    }
    el("p", "leads", buttons)
}
