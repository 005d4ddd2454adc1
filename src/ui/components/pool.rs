//! The card of a pool: its workers, the jobs they work on, and those that wait for one.

use yew::prelude::*;

use super::card::{card_of, part, waiters};
use super::chip::Chip;
use crate::trace::{JobView, ResourceView, WaitReason};
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, count, fill};
use crate::ui::look::{Family, Icon};
use crate::ui::tags::{all, el, item, plain, say};

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
    let mut body = vec![
        waiters(frame, Key::Waits, false, &|reason| {
            reason == WaitReason::Executor(view.id)
        }),
        part(Key::AtWork, jobs(frame, &busy, Family::Outside)),
    ];
    if !waiting.is_empty() {
        body.push(part(Key::JobsWait, jobs(frame, waiting, Family::Plain)));
    }
    card_of(frame, view, state, all(body))
}

fn jobs(frame: &Frame, jobs: &[&JobView], family: Family) -> Html {
    if jobs.is_empty() {
        return say("span", "none", Key::Nobody);
    }
    let chips = jobs.iter().take(SHOWN).map(|job| {
        let chip = Chip::new(frame.text(job.function), family);
        let chip = if family == Family::Outside {
            chip.icon(Icon::Job)
        } else {
            chip
        };
        item(&job.id.to_string(), &[], vec![chip.draw()])
    });
    let rest = jobs.len().saturating_sub(SHOWN) as u64;
    let mut chips: Vec<Html> = chips.collect();
    if rest > 0 {
        chips.push(item(
            "more",
            &[("class", "more")],
            vec![plain(count(Key::More, rest))],
        ));
    }
    el("ol", "fifo", chips)
}
