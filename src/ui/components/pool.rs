//! The card of a pool: its workers, the jobs they work on, and those that wait for one.

use yew::prelude::*;

use super::card::{card_of, part, waiters};
use super::chip::Chip;
use crate::trace::{JobView, ResourceView, WaitReason};
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, count, fill, text};
use crate::ui::look::{Family, Icon};

/// Jobs of a kind that are drawn before the rest is counted.
const SHOWN: usize = 6;

/// The card.
pub(super) fn pool(frame: &Frame, view: &ResourceView) -> Html {
    let own = frame.state.workers.jobs.iter().filter(|job| job.pool == view.id);
    let open: Vec<&JobView> = own.filter(|job| job.ended.is_none()).collect();
    let (mut busy, waiting): (Vec<&JobView>, Vec<&JobView>) =
        open.into_iter().partition(|job| job.worker.is_some());
    // A job is taken as soon as the loop rests: whoever finds a free worker is as good as begun.
    let free = (view.capacity as usize)
        .saturating_sub(busy.len())
        .min(waiting.len());
    let (begins, waiting) = waiting.split_at(free);
    busy.extend(begins);
    let state = fill(
        Key::WorkersBusy,
        &[
            ("n", &busy.len().to_string()),
            ("all", &view.capacity.to_string()),
        ],
    );
    let body = html! {
        <>
            { waiters(frame, Key::Waits, false, &|reason| reason == WaitReason::Executor(view.id)) }
            { part(Key::AtWork, jobs(frame, &busy, Family::Outside)) }
            if !waiting.is_empty() { { part(Key::JobsWait, jobs(frame, waiting, Family::Plain)) } }
        </>
    };
    card_of(frame, view, state, body)
}

fn jobs(frame: &Frame, jobs: &[&JobView], family: Family) -> Html {
    if jobs.is_empty() {
        return html! { <span class="none">{ text(Key::Nobody) }</span> };
    }
    let chips = jobs.iter().take(SHOWN).map(|job| {
        let chip = Chip::new(frame.text(job.function), family);
        let chip = if family == Family::Outside {
            chip.icon(Icon::Job)
        } else {
            chip
        };
        html! { <li key={job.id.to_string()}>{ chip.draw() }</li> }
    });
    let rest = jobs.len().saturating_sub(SHOWN) as u64;
    html! {
        <ol class="fifo">
            { for chips }
            if rest > 0 { <li key="more" class="more">{ count(Key::More, rest) }</li> }
        </ol>
    }
}
