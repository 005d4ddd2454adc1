//! The program: an editor over its own source, with the places where tasks rest.
//!
//! A text area without ink lies over the drawn lines, so that editing, undo and
//! selection are the browser's own while weight and marks are ours.

use std::rc::Rc;

use web_sys::{Element, HtmlTextAreaElement};
use yew::prelude::*;

use super::icon::icon;
use super::parameters::Parameters;
use super::seat::pieces;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, Language, text};
use crate::ui::look::{self, Family, Icon, Look};
use crate::ui::python_text::Lines;
use crate::ui::scenarios::lesson::Lesson;
use crate::ui::state::{Action, Program, Trouble};

/// Height of a line in pixels, as in the style sheet.
const LINE_PX: i32 = 20;

/// Properties of [`Editor`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The program.
    pub program: Program,
    /// What it teaches, when that has arrived.
    pub lesson: Option<Rc<Lesson>>,
    /// The frame, when it is of this very source.
    pub frame: Option<Rc<Frame>>,
    /// The language of every text.
    pub language: Language,
    /// Whether the program can only be read.
    pub readonly: bool,
    /// Whether the picture is of another source.
    pub stale: bool,
    /// What is wrong with the source.
    pub trouble: Option<Trouble>,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// The editor.
#[component]
pub fn Editor(props: &Props) -> Html {
    let scroller = use_node_ref();
    let current = props.frame.as_deref().map_or(0, Frame::seat_line);
    let (wrong, wrong_column) = match props.trouble {
        Some(Trouble::Syntax { line, column, .. }) => (line, column),
        _ => (0, 0),
    };
    let shown = if wrong > 0 { wrong } else { current };
    let node = scroller.clone();
    use_effect_with(shown, move |line| scroll_to(&node, *line));

    let emit = props.emit.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
            emit.emit(Action::Edit(area.value().into()));
        }
    });
    let emit = props.emit.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        // The editor keeps all keys; Esc leaves it, Ctrl+Enter runs.
        event.stop_propagation();
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            emit.emit(Action::Run);
        } else if event.key() == "Escape"
            && let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>()
        {
            // An element that is gone needs no focus taken away.
            let _ = area.blur();
        }
    });
    let undo = props.emit.reform(|_| Action::UndoEdits);

    let marks = props.frame.as_deref().map(marks).unwrap_or_default();
    let seen: &[u32] = props
        .frame
        .as_deref()
        .and_then(|frame| frame.state.seat.as_ref())
        .map_or(&[], |seat| &seat.lines);
    let mut lines = Lines::default();
    let drawn = props.program.source.split('\n').enumerate().map(|(index, source)| {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let class = classes!(
            "ln",
            (number == current).then_some("now"),
            seen.contains(&number).then_some("seen"),
            (number == wrong).then_some("err"),
        );
        let here: Vec<&Mark> = marks.iter().filter(|mark| mark.line == number).collect();
        html! {
            <li key={number} {class}>
                <span class="no">{ number }</span>
                <code>{ pieces(&mut lines, source) }</code>
                if number == wrong {
                    <i class="wave" style={format!("--column:{}", wrong_column.saturating_sub(1))}></i>
                }
                if !here.is_empty() { <span class="marks">{ for here.into_iter().map(Mark::draw) }</span> }
            </li>
        }
    });
    html! {
        <section class="pane program" aria-label={text(Key::Program)}>
            <div class="bar">
                <b class="mono">{ props.program.name.to_string() }</b>
                if props.program.edited { <span class="edited">{ text(Key::Edited) }</span> }
                <span class="sp"></span>
                if props.program.edited {
                    <button class="btn" type="button" onclick={undo}>{ text(Key::UndoAll) }</button>
                }
            </div>
            if let Some(lesson) = props.lesson.as_ref().filter(|_| !props.readonly) {
                <Parameters lesson={Rc::clone(lesson)} source={Rc::clone(&props.program.source)} language={props.language}
                    emit={props.emit.clone()} />
            }
            if props.stale { <p class="stalenote">{ text(Key::StaleSource) }</p> }
            <div class="code" ref={scroller}>
                <div class="paper">
                    <ol class="lines" aria-hidden="true">{ for drawn }</ol>
                    <textarea
                        data-testid="source" aria-label={text(Key::Source)} value={props.program.source.to_string()}
                        spellcheck="false" autocomplete="off" autocapitalize="off" wrap="off"
                        readonly={props.readonly} {oninput} {onkeydown}
                    />
                </div>
            </div>
        </section>
    }
}

/// Tasks of one state that rest at one line.
#[derive(Debug)]
struct Mark {
    line: u32,
    look: Look,
    names: Vec<String>,
}

impl Mark {
    fn draw(&self) -> Html {
        html! {
            <span class={classes!("mark", self.look.family.class())} title={self.look.label.clone()}>
                { icon(self.look.icon) }{ group_names(&self.names) }
            </span>
        }
    }
}

fn marks(frame: &Frame) -> Vec<Mark> {
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
        });
    }
    for task in frame.tasks() {
        let line = task.rest_line();
        if line == 0 || task.state.is_done() || frame.seat_task() == Some(task.id) {
            continue;
        }
        let (look, name) = (look::of_task(frame, task), frame.text(task.name));
        let same = |mark: &&mut Mark| {
            mark.line == line && (mark.look.family, mark.look.icon) == (look.family, look.icon)
        };
        match marks.iter_mut().find(same) {
            Some(mark) => mark.names.push(name),
            None => marks.push(Mark {
                line,
                look,
                names: vec![name],
            }),
        }
    }
    marks
}

/// `producer-1, -2` for `producer-1` and `producer-2`; many names become a count.
fn group_names(names: &[String]) -> String {
    let mut grouped = String::new();
    let mut last_stem = None;
    for name in names.iter().take(4) {
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
    if names.len() > 4 {
        grouped.push(' ');
        grouped.push_str(&crate::ui::i18n::count(Key::More, (names.len() - 4) as u64));
    }
    grouped
}

/// Brings a line into view, in one cut, unless it is there.
fn scroll_to(node: &NodeRef, line: u32) {
    let Some(pane) = node.cast::<Element>().filter(|_| line > 0) else {
        return;
    };
    let top = (i32::try_from(line).unwrap_or(i32::MAX) - 1).saturating_mul(LINE_PX);
    let (from, height) = (pane.scroll_top(), pane.client_height());
    if top < from + LINE_PX || top + 2 * LINE_PX > from + height {
        pane.set_scroll_top(top - height / 3);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_family_are_said_once() {
        let names =
            |all: &[&str]| group_names(&all.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(
            names(&["producer-1", "producer-2", "main"]),
            "producer-1, -2, main"
        );
        assert_eq!(names(&["ann", "ben"]), "ann, ben");
        assert_eq!(names(&["a", "b", "c", "d", "e", "f"]), "a, b, c, d +2");
        assert_eq!(names(&["a-1", "b-2"]), "a-1, b-2");
    }
}
