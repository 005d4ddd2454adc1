//! The run as a table: the text companion of the timeline.
//!
//! Only the rows in view exist; two empty rows stand for the others.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::trace::Runner;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, text};
use crate::ui::state::{Action, Move};
use crate::ui::story;
use crate::ui::tags::press;

/// Height of a row in pixels, as in the style sheet.
const ROW_PX: i32 = 22;
/// Rows that are drawn; more than any pane shows.
const DRAWN: u32 = 60;

/// Properties of [`Steps`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame.
    pub frame: Rc<Frame>,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// The table: step, who ran, what happened. It follows the cursor.
#[component]
pub fn Steps(props: &Props) -> Html {
    let frame = &props.frame;
    let scroller = use_node_ref();
    let top_row = use_state(|| 0_u32);
    let node = scroller.clone();
    use_effect_with((frame.recording.clone(), frame.number), move |(_, number)| {
        follow(&node, *number);
    });
    let top = top_row.setter();
    let onscroll = Callback::from(move |event: Event| {
        if let Some(pane) = event.target_dyn_into::<Element>() {
            top.set(u32::try_from(pane.scroll_top() / ROW_PX).unwrap_or(0));
        }
    });
    let all = frame.recording.lanes().last_edge();
    // A margin above and below, so that scrolling shows no holes.
    let first = (*top_row).saturating_sub(15).min(all);
    let last = (first + DRAWN).min(all);
    let mut world = frame.recording.trace().state_at(first);
    let lanes = frame.recording.lanes();
    let rows = (first..last).filter_map(|index| Some((index + 1, lanes.column(index + 1)?))).map(|(step, column)| {
        let who = match column.runner {
            Runner::Task(task) => frame.recording.text(lanes.lane(task).map_or_else(Default::default, |lane| lane.name)),
            Runner::Loop(_) => text(Key::EventLoop).to_owned(),
        };
        let onclick = press(&props.emit, Action::Go(Move::To(step)));
        let current = step == frame.number;
        html! {
            <tr key={step} class={classes!(current.then_some("now"))} aria-rowindex={(step + 1).to_string()}
                aria-current={current.then_some("step")} {onclick}>
                <td>{ step }</td><td>{ who }</td><td>{ story::draw(&story::act_after(&frame.recording, step, column, &mut world)) }</td>
            </tr>
        }
    });
    let space = |rows: u32| format!("height:{}px", i64::from(rows) * i64::from(ROW_PX));
    html! {
        <div class="stepsbox" ref={scroller} {onscroll} tabindex="0">
            <table class="steps" data-testid="steps" aria-rowcount={(all + 1).to_string()}>
                <thead><tr>
                    { head(Key::ColumnStep) }{ head(Key::ColumnRan) }{ head(Key::ColumnWhat) }
                </tr></thead>
                <tbody>
                    if first > 0 { <tr key="above" style={space(first)} aria-hidden="true"></tr> }
                    { for rows }
                    if last < all { <tr key="below" style={space(all - last)} aria-hidden="true"></tr> }
                </tbody>
            </table>
        </div>
    }
}

fn head(key: Key) -> Html {
    html! { <th scope="col">{ text(key) }</th> }
}

/// Keeps the row of the cursor in view, below the head.
fn follow(node: &NodeRef, number: u32) {
    let Some(pane) = node.cast::<Element>() else {
        return;
    };
    let row = i32::try_from(number.saturating_sub(1))
        .unwrap_or(i32::MAX)
        .saturating_mul(ROW_PX);
    let (top, height) = (pane.scroll_top(), pane.client_height());
    // The head takes the first row of the pane and stays there.
    if row < top || row + 2 * ROW_PX > top + height {
        pane.set_scroll_top(row - (height - 2 * ROW_PX).max(0));
    }
}
