//! The rows of workers, below those of tasks: the jobs that run beside the loop.
//!
//! A worker does its work between steps. On the axis of steps a job therefore
//! reaches into the column of the callback that brings its end to the loop; on
//! the axis of the clock it is as long as it took.

use yew::prelude::*;

use super::geometry::Geometry;
use super::hover::Told;
use super::marks::{Glyph, Ink, Layer, Mark, Picture};
use super::placed;
use super::scene::Scene;
use crate::trace::{Moment, Settled, ThreadId, Work, Worker};
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, fill, seconds, text};
use crate::ui::look::{Family, Icon};
use crate::ui::recording::Recording;
use crate::ui::tags::keyed;

/// Narrowest bar of a job.
const NARROWEST_PX: f64 = 4.0;
/// With more jobs in view than this, only arrows of the current step are drawn.
const ARROWS: usize = 40;

impl Scene<'_> {
    /// One row.
    pub(super) fn worker(
        &self,
        worker: &Worker,
        middle: f64,
        rows: &std::ops::Range<usize>,
        picture: &mut Picture,
    ) {
        let (first, last) = self.scale.visible();
        let seen = worker.stretches_in(first.saturating_sub(1), last.min(self.horizon()));
        let few = seen.len() <= ARROWS;
        let mut free = f64::MIN;
        for work in seen {
            let left = self.begins(work.from).max(free);
            let right = work
                .to
                .map_or_else(|| self.scale.right(self.open_end), |to| self.ends(to));
            let right = right.max(left + NARROWEST_PX);
            free = right;
            let family = if work.how == Some(Settled::Exception) {
                Family::Fail
            } else {
                Family::Outside
            };
            let now = self.scale.right(self.view.cursor);
            self.stretch(
                (left, right),
                middle,
                family,
                &labels(self.recording, work),
                picture,
            );
            if work.how == Some(Settled::Exception) && right <= self.scale.width() {
                let layer = Layer::of(right <= now);
                self.put(picture, layer, Mark::Glyph((right + 9.0, middle), Glyph::Failed));
            }
            if work.job.is_some() {
                self.handed_over(work, (left, middle), few, rows, picture);
                self.delivered(work, (right, middle), few, picture);
            }
        }
    }

    /// From the task that gave the job to the worker that took it.
    fn handed_over(
        &self,
        work: &Work,
        (x, middle): (f64, f64),
        few: bool,
        rows: &std::ops::Range<usize>,
        picture: &mut Picture,
    ) {
        let from = work.task.and_then(|task| self.middle_of(task, rows));
        let from = from.map_or(0.0, |from| from + self.geometry.run / 2.0 - 3.0);
        let to = middle - self.geometry.bar / 2.0 - 1.0;
        // A job that found no free worker is taken later than it was given.
        let column = if work.from.time == self.lanes.time_at(work.from.edge) {
            work.from.edge
        } else {
            work.from.edge + 1
        };
        self.upright(x, (from, to), column, few, picture);
    }

    /// From the worker to the lane of the event loop, in the column of the callback that takes the result.
    fn delivered(&self, work: &Work, (x, middle): (f64, f64), few: bool, picture: &mut Picture) {
        if let Some(to) = work.to {
            let from = middle - self.geometry.bar / 2.0;
            self.upright(x, (from, 0.0), to.edge + 1, few, picture);
        }
    }

    fn upright(&self, x: f64, (from, to): (f64, f64), column: u32, few: bool, picture: &mut Picture) {
        let current = column == self.view.cursor;
        if !(few || current) || x < 0.0 || x > self.scale.width() {
            return;
        }
        let layer = match column.cmp(&self.view.cursor) {
            std::cmp::Ordering::Greater => Layer::Future,
            std::cmp::Ordering::Equal => Layer::Front,
            std::cmp::Ordering::Less => Layer::Behind,
        };
        let ink = if current { Ink::Text } else { Ink::Quiet };
        let head = if current { 4.5 } else { 3.0 };
        let down = if to < from { -1.0 } else { 1.0 };
        let line = Mark::Line {
            points: vec![(x, from), (x, to - down * head)],
            ink,
            width: if current { 2.0 } else { 1.0 },
            dashed: to > from,
        };
        self.put(picture, layer, line);
        self.put(picture, layer, Mark::Head((x, to), down * head * 1.3, ink));
    }

    fn begins(&self, moment: Moment) -> f64 {
        let x = self.scale.right(moment.edge);
        x + self.later(moment)
    }

    /// Where a stretch ends that ends then: in the column that takes its result, unless the axis is the clock's.
    fn ends(&self, moment: Moment) -> f64 {
        if self.scale.is_clock() {
            self.begins(moment)
        } else {
            self.scale.middle(moment.edge + 1)
        }
    }

    /// How far after its edge a moment lies on the axis of the clock.
    fn later(&self, moment: Moment) -> f64 {
        if !self.scale.is_clock() {
            return 0.0;
        }
        let before = self.lanes.time_at(moment.edge);
        let after = self
            .lanes
            .column(moment.edge + 1)
            .map_or(self.tip.clock, |column| column.began);
        let (span, share) = (after.since(before), moment.time.since(before));
        let room = self.scale.left(moment.edge + 1) - self.scale.right(moment.edge);
        room.max(0.0) * share.as_secs_f64() / span.as_secs_f64().max(1e-9)
    }
}

/// The labels of the rows of workers that are in view; the first is below so many rows of tasks.
pub(super) fn rows(
    frame: &Frame,
    tasks: usize,
    geometry: Geometry,
    rows: &std::ops::Range<usize>,
    labels: &mut Vec<Html>,
) {
    let lanes = frame.recording.lanes();
    for row in rows.start.max(tasks)..rows.end {
        if let Some(worker) = lanes.workers().get(row - tasks) {
            let style = placed(geometry.top(row), geometry.lane);
            let busy = worker.at(frame.number).is_some();
            let family = if busy { Family::Outside } else { Family::Plain };
            let thread = frame.recording.text(worker.name);
            let (name, pool) = name(&frame.recording, lanes.workers(), worker);
            let state = state(frame, worker);
            let class = format!("lane worker {}", family.class());
            let title = format!("{thread}: {state}");
            let attributes = [("class", &*class), ("style", &style), ("title", &title)];
            let parts = super::labels::called(Icon::Job, name, pool, state);
            labels.push(keyed(
                format!("w{}", worker.thread),
                "div",
                &attributes,
                None,
                parts,
            ));
        }
    }
}

/// What a row is called: its place in its pool and the pool's name, or the name of the thread.
fn name(recording: &Recording, all: &[Worker], worker: &Worker) -> (String, Option<String>) {
    let trace = recording.trace();
    let view = worker.pool.and_then(|pool| trace.tip().resource(pool));
    let Some(view) = view else {
        return (recording.text(worker.name), None);
    };
    let mates = all.iter().filter(|other| other.pool == worker.pool);
    let place = 1 + mates.take_while(|other| other.thread != worker.thread).count();
    let slots = [("n", &*place.to_string()), ("all", &*view.capacity.to_string())];
    let pool = trace.text(view.name).to_owned();
    (fill(Key::WorkerOf, &slots), Some(pool))
}

fn state(frame: &Frame, worker: &Worker) -> String {
    let started = |thread: ThreadId| frame.state.workers.thread(thread).is_some();
    match worker.at(frame.number) {
        Some(work) if work.job.is_some() => labels(&frame.recording, work)[1].clone(),
        Some(_) => text(Key::StateRunning).to_owned(),
        None if worker.ended.is_some_and(|ended| ended.edge < frame.number) => {
            text(Key::AlreadyOver).to_owned()
        }
        None if started(worker.thread) => text(Key::WorkerIdle).to_owned(),
        None => text(Key::WorkerUnborn).to_owned(),
    }
}

/// What a bar says, long and short: the job, and whose it is.
fn labels(recording: &Recording, work: &Work) -> [String; 2] {
    let trace = recording.trace();
    let tip = trace.tip();
    let Some(job) = work.job.and_then(|job| tip.workers.job(job)) else {
        return Default::default();
    };
    let function = trace.text(job.function).to_owned();
    let task = work.task.and_then(|task| tip.task(task));
    match task.map(|task| trace.text(task.name)) {
        Some(task) => [fill(Key::JobOf, &[("job", &function), ("task", task)]), function],
        None => [function.clone(), function],
    }
}

/// What the row of a worker shows in a column, in words.
pub(super) fn told(frame: &Frame, worker: &Worker, column: u32) -> Told {
    let lanes = frame.recording.lanes();
    let work = worker.stretches_in(column.saturating_sub(1), column).first();
    let when = work.map_or_else(String::new, |work| {
        let end = work.to.map_or(frame.state.clock, |to| to.time);
        fill(
            Key::FromUntil,
            &[("from", &seconds(work.from.time)), ("to", &seconds(end))],
        )
    });
    let state = work.map_or_else(
        || text(Key::WorkerIdle).to_owned(),
        |work| match labels(&frame.recording, work) {
            [long, _] if !long.is_empty() => long,
            _ => text(Key::StateRunning).to_owned(),
        },
    );
    Told {
        name: name(&frame.recording, lanes.workers(), worker).0,
        state,
        when,
    }
}
