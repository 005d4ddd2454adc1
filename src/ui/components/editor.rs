//! The program: an editor over its own source, with the places where tasks rest.
//!
//! A text area without ink lies over the drawn lines, so that editing, undo and
//! selection are the browser's own while weight and marks are ours. Once the first
//! picture stands, an editor of its own takes its place, see `super::codemirror`.

use std::rc::Rc;

use web_sys::{Element, HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::codemirror::{Shown, use_module, use_view};
use super::kept::Kept;
use super::marks::{Mark, marks};
use super::parameters::Parameters;
use super::seat::pieces;
use crate::ui::frame::Frame;
use crate::ui::i18n::{EditorKey, Key, Language, text};
use crate::ui::notice;
use crate::ui::python_text::Lines;
use crate::ui::scenarios::lesson::Lesson;
use crate::ui::state::{Action, Draft, Pane, Phase, Program, State, Trouble};

/// Height of a line in pixels, as in the style sheet.
const LINE_PX: i32 = 20;

/// Properties of [`Editor`].
#[derive(Clone, Debug, PartialEq, Properties)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Props {
    /// The program.
    pub program: Program,
    /// Counts the choices of programs.
    pub choices: u32,
    /// Whether the first picture stands.
    pub opened: bool,
    /// A text that was typed and can be brought back.
    pub draft: Option<Draft>,
    /// Whether the text is from an earlier visit.
    pub restored: bool,
    /// What it teaches, when that has arrived.
    pub lesson: Option<Rc<Lesson>>,
    /// The frame, when it is of this very source.
    pub frame: Option<Rc<Frame>>,
    /// The language of every text.
    pub language: Language,
    /// The tab of a narrow page: in another one the program has no size.
    pub pane: Pane,
    /// Whether the program can only be read.
    pub readonly: bool,
    /// Whether the picture is of another source.
    pub stale: bool,
    /// What is wrong with the source.
    pub trouble: Option<Trouble>,
    /// Takes actions.
    pub emit: Callback<Action>,
}

impl Props {
    /// What of the page's state the editor shows.
    pub fn of(state: &State, frame: Option<&Rc<Frame>>, emit: Callback<Action>) -> Self {
        let stale = state.is_stale();
        Self {
            program: state.program.clone(),
            choices: state.asked,
            opened: state.phase != Phase::Opening,
            draft: state.draft().filter(|_| !state.embed).cloned(),
            restored: state.drafts.restored,
            lesson: state.lesson.clone(),
            frame: frame.filter(|_| !stale).cloned(),
            language: state.language(),
            pane: state.pane,
            readonly: state.embed,
            stale,
            trouble: state.trouble.clone(),
            emit,
        }
    }

    /// What is wrong with the source: line, or 0; column, or 0; and what.
    fn mistake(&self) -> (u32, u32, Rc<str>) {
        let failed = || notice::failed_at(self.frame.as_deref()?);
        match &self.trouble {
            Some(Trouble::Syntax {
                line,
                column,
                message,
            }) => (*line, *column, Rc::clone(message)),
            _ => failed().map_or_else(|| (0, 0, "".into()), |(line, error)| (line, 0, error.into())),
        }
    }
}

/// The editor.
#[component]
pub fn Editor(props: &Props) -> Html {
    let scroller = use_node_ref();
    let current = props.frame.as_deref().map_or(0, Frame::seat_line);
    let mistake = props.mistake();
    let (wrong, wrong_column) = (mistake.0, mistake.1);
    let shown = if wrong > 0 { wrong } else { current };
    let node = scroller.clone();
    use_effect_with((shown, props.pane), move |(line, _)| scroll_to(&node, *line));

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
    // Nobody's text area is taken away under the fingers.
    let typing = use_state(|| false);
    let touch = |now: bool| {
        let typing = typing.setter();
        Callback::from(move |_: FocusEvent| typing.set(now))
    };
    let (onfocus, onblur) = (touch(true), touch(false));
    let module = use_module(props.opened && !props.readonly).filter(|_| !*typing);
    let here = module.is_some();

    let marks = props.frame.as_deref().map(marks).unwrap_or_default();
    let seen: &[u32] = props
        .frame
        .as_deref()
        .and_then(|frame| frame.state.seat.as_ref())
        .map_or(&[], |seat| &seat.lines);
    let hint = use_node_ref();
    let leave = {
        let hint = hint.clone();
        Callback::from(move |()| {
            if let Some(hint) = hint.cast::<HtmlElement>() {
                // Focus is a convenience here.
                let _ = hint.focus();
            }
        })
    };
    let shown = Shown {
        program: props.choices,
        source: Rc::clone(&props.program.source),
        now: current,
        seen: seen.to_vec(),
        marks: marks.clone(),
        wrong: mistake,
        language: props.language,
        fresh: props.frame.is_some(),
    };
    let host = use_node_ref();
    use_view(module, host.clone(), shown, leave, props.emit.clone());
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
                if number == wrong && wrong_column > 0 {
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
                if props.program.edited && !props.restored {
                    <button class="btn" type="button" data-testid="undo-all" onclick={undo}>{ text(Key::UndoAll) }</button>
                }
            </div>
            // Each in an element of its own: what is drawn a moment later must not be put before a sibling that has gone.
            <div class="notes">
            if let Some(lesson) = props.lesson.as_ref().filter(|_| !props.readonly) {
                <Parameters lesson={Rc::clone(lesson)} source={Rc::clone(&props.program.source)} language={props.language}
                    emit={props.emit.clone()} />
            }
            </div>
            <div class="notes">
            <Kept key={props.language.code()} restored={props.restored} draft={props.draft.clone()} scenario={props.program.scenario}
                emit={props.emit.clone()} />
            </div>
            if props.stale { <p class="stalenote">{ text(Key::StaleSource) }</p> }
            if here {
                <div class="code host" key="editor" ref={host}></div>
                <p class="editorkeys" id="editor-keys" tabindex="-1" ref={hint}>{ text(EditorKey::Hint) }</p>
            } else {
            <div class="code" key="plain" ref={scroller}>
                <div class="paper">
                    <ol class="lines" aria-hidden="true">{ for drawn }</ol>
                    <textarea
                        data-testid="source" aria-label={text(Key::Source)} value={props.program.source.to_string()}
                        spellcheck="false" autocomplete="off" autocapitalize="off" wrap="off"
                        readonly={props.readonly} {oninput} {onkeydown} {onfocus} {onblur}
                    />
                </div>
            </div>
            }
        </section>
    }
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
