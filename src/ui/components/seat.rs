//! Who runs: the one seat there is.

use std::rc::Rc;

use yew::prelude::*;

use super::icon::icon;
use crate::trace::Job;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, fill};
use crate::ui::look::{self, Icon};
use crate::ui::motion::Spot;
use crate::ui::python_text::{Kind, Lines};
use crate::ui::tags::{el, plain, say, tag, words};

/// Properties of [`Seat`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame.
    pub frame: Rc<Frame>,
}

/// The task that ran in this step and still sits there, a callback, or nobody.
#[component]
pub fn Seat(props: &Props) -> Html {
    let frame = &props.frame;
    let Some(handle) = frame.seat() else {
        let why = if frame.is_end() && frame.number > 0 {
            Key::AllOver
        } else {
            Key::NotBegun
        };
        let nobody = el("div", "who", vec![say("span", "nobody", Key::NobodyRuns)]);
        return seat("seat blank", vec![nobody, say("div", "code1", why)]);
    };
    let Some(task) = handle.job.task() else {
        let what = match handle.job {
            Job::TimeoutOver(task) => fill(Key::ForTask, &[("name", &frame.name(task))]),
            _ => look::why_ready(frame, handle),
        };
        let name = vec![
            icon(Icon::Callback),
            words("span", "nm", look::handle_name(frame, handle)),
        ];
        let who = who(&handle.id.to_string(), name);
        return seat("seat callback", vec![who, words("div", "code1", what)]);
    };
    let line = frame.seat_line();
    let mut name = vec![icon(Icon::Run), words("span", "nm", frame.name(task))];
    if line > 0 {
        name.push(words("em", "", fill(Key::Line, &[("n", &line.to_string())])));
    }
    let code = el("code", "", vec![code(&frame.source_line(line))]);
    seat(
        "seat",
        vec![who(&task.to_string(), name), el("div", "code1", vec![code])],
    )
}

fn seat(class: &str, inside: Vec<Html>) -> Html {
    tag("div", &[("class", class), ("data-testid", "seat")], inside)
}

/// Whoever sits there, found by those who fly.
fn who(id: &str, inside: Vec<Html>) -> Html {
    let attributes = [
        ("class", "who"),
        ("data-spot", Spot::Seat.word()),
        ("data-who", id),
    ];
    tag("div", &attributes, inside)
}

/// A line of Python.
pub fn code(line: &str) -> Html {
    pieces(&mut Lines::default(), line)
}

/// A line of Python after the lines before it.
pub fn pieces(lines: &mut Lines, line: &str) -> Html {
    lines
        .pieces(line)
        .into_iter()
        .map(|piece| {
            let class = match piece.kind {
                Kind::Plain => return plain(piece.text.to_owned()),
                Kind::Keyword => "kw",
                Kind::Await => "aw",
                Kind::Text => "st",
                Kind::Comment => "cm",
            };
            words("span", class, piece.text.to_owned())
        })
        .collect()
}
