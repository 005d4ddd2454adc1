//! The left column: the program, and below it what it printed, its steps, what is selected.

use std::rc::Rc;

use yew::prelude::*;

use super::panels::fold;
use crate::ui::components::divider::divider;
use crate::ui::components::editor::{Editor, Props as EditorProps};
use crate::ui::components::inspect::Inspect;
use crate::ui::components::lesson::LessonPane;
use crate::ui::components::output::Output;
use crate::ui::components::steps::Steps;
use crate::ui::components::world::WorldPane;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, text};
use crate::ui::panels::Panel;
use crate::ui::state::{Action, Side, State};
use crate::ui::tags::press;

/// The program, and what it printed.
pub(super) fn side(state: &State, frame: Option<&Rc<Frame>>, emit: &Callback<Action>) -> Html {
    let stale = state.is_stale();
    // Whatever shows words is made anew in another language.
    let spoken = state.language().code();
    let tab = |which: Side, label: Key, id: &'static str| {
        let on = state.side == which;
        html! {
            <button type="button" role="tab" class={classes!("tab", on.then_some("on"))} aria-selected={on.to_string()}
                data-testid={id} onclick={press(emit, Action::Side(which))}>{ text(label) }</button>
        }
    };
    html! {
        <div class="side">
            if !state.embed {
                { fold(state, Panel::Side, emit) }
                { divider(Panel::Side, state.panels.extent(Panel::Side), emit) }
            }
            <Editor ..EditorProps::of(state, frame, emit.clone()) />
            if !state.embed {
            <section class="pane record">
                <div class="bar tabs" role="tablist">
                    { tab(Side::Output, Key::Output, "tab-output") }{ tab(Side::Steps, Key::Steps, "tab-steps") }
                    { tab(Side::Inspect, Key::Inspect, "tab-inspect") }{ tab(Side::Lesson, Key::Lesson, "tab-lesson") }
                    { tab(Side::World, Key::World, "tab-world") }
                </div>
                { divider(Panel::Record, state.panels.extent(Panel::Record), emit) }
                { fold(state, Panel::Record, emit) }
                if let Some(shown) = frame {
                    { match state.side {
                        Side::Output => html! { <Output key={spoken} frame={shown.clone()} emit={emit.clone()} /> },
                        Side::Steps => html! { <Steps key={spoken} frame={shown.clone()} emit={emit.clone()} /> },
                        Side::Inspect => html! {
                            <Inspect key={spoken} frame={shown.clone()} selected={state.selected} emit={emit.clone()} />
                        },
                        Side::Lesson => state.lesson.iter().map(|lesson| html! {
                            <LessonPane key={spoken} scenario={state.program.scenario} frame={shown.clone()} lesson={lesson.clone()} emit={emit.clone()} />
                        }).collect(),
                        Side::World => html! {
                            <WorldPane key={format!("{spoken} {}", state.program.scenario)} world={state.world.clone()}
                                frame={frame.filter(|_| !stale).cloned()} emit={emit.clone()} />
                        },
                    } }
                }
            </section>
            }
        </div>
    }
}
