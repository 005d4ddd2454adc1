//! Who runs: the one seat there is.

use std::rc::Rc;

use yew::prelude::*;

use super::icon::icon;
use crate::trace::Job;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, fill, text};
use crate::ui::look::{self, Icon};
use crate::ui::motion::Spot;
use crate::ui::python_text::{Kind, Lines};

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
        return html! {
            <div class="seat blank" data-testid="seat">
                <div class="who"><span class="nobody">{ text(Key::NobodyRuns) }</span></div>
                <div class="code1">{ text(why) }</div>
            </div>
        };
    };
    let Some(task) = handle.job.task() else {
        let what = match handle.job {
            Job::TimeoutOver(task) => fill(Key::ForTask, &[("name", &frame.name(task))]),
            _ => look::why_ready(frame, handle),
        };
        return html! {
            <div class="seat callback" data-testid="seat">
                <div class="who" data-spot={Spot::Seat.word()} data-who={handle.id.to_string()}>{ icon(Icon::Callback) }<span class="nm">{ look::handle_name(frame, handle) }</span></div>
                <div class="code1">{ what }</div>
            </div>
        };
    };
    let line = frame.seat_line();
    html! {
        <div class="seat" data-testid="seat">
            <div class="who" data-spot={Spot::Seat.word()} data-who={task.to_string()}>
                { icon(Icon::Run) }<span class="nm">{ frame.name(task) }</span>
                if line > 0 { <em>{ fill(Key::Line, &[("n", &line.to_string())]) }</em> }
            </div>
            <div class="code1"><code>{ code(&frame.source_line(line)) }</code></div>
        </div>
    }
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
                Kind::Plain => return html! { piece.text.to_owned() },
                Kind::Keyword => "kw",
                Kind::Await => "aw",
                Kind::Text => "st",
                Kind::Comment => "cm",
            };
            html! { <span {class}>{ piece.text.to_owned() }</span> }
        })
        .collect()
}
