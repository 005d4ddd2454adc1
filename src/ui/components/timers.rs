//! What the clock will do: deadlines, earliest first.

use std::rc::Rc;

use yew::prelude::*;

use crate::trace::decimal;
use crate::trace::{HandleView, Job, Time};
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, count, fill, seconds, text};
use crate::ui::look;
use crate::ui::motion::Spot;

/// Longer lists are counted from here on; the pane scrolls.
const SHOWN: usize = 12;

/// Properties of [`Timers`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame.
    pub frame: Rc<Frame>,
}

/// The timers, with a dotted bar for the time that is left.
#[component]
pub fn Timers(props: &Props) -> Html {
    let frame = &props.frame;
    let timers = &frame.state.timers;
    let now = frame.state.clock;
    let longest = timers
        .iter()
        .map(|timer| left(timer, now))
        .max()
        .unwrap_or_default();
    html! {
        <ol class="timers" data-testid="timers">
            if timers.is_empty() { <li class="none">{ text(Key::NoTimer) }</li> }
            { for timers.iter().take(SHOWN).map(|timer| row(frame, timer, now, longest)) }
            if timers.len() > SHOWN {
                <li key="more" class="more">{ count(Key::More, (timers.len() - SHOWN) as u64) }</li>
            }
        </ol>
    }
}

fn left(timer: &HandleView, now: Time) -> Time {
    timer.due.unwrap_or_default().since(now)
}

fn row(frame: &Frame, timer: &HandleView, now: Time, longest: Time) -> Html {
    let task = frame.state.timer_task(timer);
    let (name, what) = match (timer.job, task) {
        (Job::TimeoutOver(_), Some(task)) => (frame.name(task), text(Key::TimeoutOf)),
        (Job::Callback { .. }, _) => (look::handle_name(frame, timer), text(Key::LaterCall)),
        (_, Some(task)) => (frame.name(task), ""),
        // Nobody sleeps on it any more: the sleeper was woken by something else and has not run yet.
        (Job::SleepOver, None) => (
            timer.by_task.map_or_else(String::new, |task| frame.name(task)),
            "",
        ),
        (_, None) => (look::handle_name(frame, timer), ""),
    };
    let ghost = timer.job == Job::SleepOver && task.is_some() && task == frame.seat_task();
    let share = left(timer, now).as_secs_f64() / longest.as_secs_f64().max(1e-9);
    let due = seconds(timer.due.unwrap_or_default());
    html! {
        <li key={timer.id.to_string()} class={classes!("trow", ghost.then_some("ghost"))}
            data-spot={(!ghost).then_some(Spot::Waiting.word())} data-who={task.map(|task| task.to_string())}>
            <span class="at">{ due }<small>{ " " }{ text(Key::Seconds) }</small></span>
            <span class="nm">{ name }<small>{ " " }{ what }</small></span>
            <span class="in">{ fill(Key::NextIn, &[("time", &seconds(left(timer, now)))]) }</span>
            <i class="rem"><b style={format!("width:{}%", decimal::write(share * 100.0, 0))}></b></i>
        </li>
    }
}
