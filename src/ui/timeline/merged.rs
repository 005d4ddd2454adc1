//! Columns too narrow to tell apart: what shares a pixel is summed up, never sampled.
//!
//! A bar is the state that prevails in its pixels. One that stands for a single
//! wait says what for, one that stands for many says how many. The share of the
//! steps that a lane runs is the height of its amber, and one step in a million
//! is still a mark.

use std::rc::Rc;

use super::bars::{Stretch, family_of};
use super::marks::{Layer, Mark, Picture, Rect};
use super::measure::whole_px;
use super::scene::{Scene, lives};
use crate::trace::decimal;
use crate::trace::{Edge, Family as State, Lane, Walk};
use crate::ui::i18n::{Key, count};
use crate::ui::look::{self, Family};
use crate::ui::recording::Columns;
use crate::ui::scale::Scale;

/// Least height of the amber of a pixel, as a part of a run cell.
const LEAST_RUN: f64 = 0.35;

/// Pixels that show the same columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bucket {
    left: f64,
    right: f64,
    /// The edges between which they lie; equal where no column is.
    from: Edge,
    to: Edge,
}

impl Bucket {
    const fn is_gap(&self) -> bool {
        self.from == self.to
    }

    /// Whether all of it lies at or before a column.
    const fn is_past(&self, cursor: u32) -> bool {
        self.to <= cursor && !(self.is_gap() && self.from >= cursor)
    }
}

/// The pixels of the window, those together that show the same columns.
pub(super) fn buckets(scene: &Scene<'_>) -> Vec<Bucket> {
    let mut buckets: Vec<Bucket> = Vec::new();
    let mut left = 0.0;
    for (from, to) in columns_of(scene).iter().copied() {
        let right = left + 1.0;
        match buckets.last_mut() {
            Some(bucket) if (bucket.from, bucket.to) == (from, to) => bucket.right = right,
            _ => buckets.push(Bucket {
                left,
                right,
                from,
                to,
            }),
        }
        left = right;
    }
    buckets
}

/// The edges between which each pixel of the window lies.
pub(super) fn columns_of(scene: &Scene<'_>) -> Rc<[Columns]> {
    let scale = scene.scale;
    let pixels = 0..whole_px(scale.width().ceil());
    scene.recording.pixels(scale, &|| {
        let pixels = pixels.clone().map(f64::from);
        pixels.map(|left| columns_at(scale, left)).collect()
    })
}

/// The edges between which the pixel that begins at `x` lies: all columns that begin in it, or the one
/// around it, or, between two columns of the clock's axis, none.
pub(super) fn columns_at(scale: &Scale, x: f64) -> (Edge, Edge) {
    let (before, last) = (scale.column_at(x - 0.001), scale.column_at(x + 0.999));
    if last > before {
        (before, last)
    } else if x >= scale.right(last) {
        (last, last)
    } else {
        (last.saturating_sub(1), last)
    }
}

/// A bar that stands for one segment or for many.
#[derive(Clone, Copy, Debug)]
struct Merged {
    family: Family,
    past: bool,
    left: f64,
    right: f64,
    /// Indices of the first and the last segment in it.
    first: usize,
    last: usize,
}

impl Scene<'_> {
    /// One lane.
    pub(super) fn merged(&self, lane: &Lane, buckets: &[Bucket], middle: f64, picture: &mut Picture) {
        let (first, last) = self.scale.visible();
        if !lives(lane, first, last) {
            return;
        }
        let mut walk = Walk::new(lane, self.open_end);
        let mut bars: Vec<Merged> = Vec::new();
        for bucket in buckets {
            let past = bucket.is_past(self.view.cursor);
            let before = walk.to(bucket.from);
            let begin = walk.index();
            let here = walk.here();
            let totals = walk.to(bucket.to).since(&before);
            let family = if bucket.is_gap() {
                here.filter(|segment| segment.from <= bucket.from)
                    .map(family_of)
                    .filter(|family| *family != Family::Run)
            } else {
                totals.prevailing().map(look::of_family)
            };
            if let Some(family) = family {
                let over = walk.here().is_some_and(|segment| segment.from < bucket.to);
                let end = if over || bucket.is_gap() {
                    walk.index()
                } else {
                    walk.index().saturating_sub(1)
                };
                join(
                    &mut bars,
                    Merged {
                        family,
                        past,
                        left: bucket.left,
                        right: bucket.right,
                        first: begin,
                        last: end.max(begin),
                    },
                );
            }
            let runs = totals.of(State::Running);
            if runs > 0 {
                self.merged_run(bucket, f64::from(runs), middle, past, picture);
            }
        }
        for bar in bars {
            let stretch = Stretch {
                left: bar.left,
                right: bar.right,
                middle,
                past: bar.past,
            };
            self.bar(bar.family, stretch, picture);
            self.merged_label(lane, bar, stretch, picture);
        }
    }

    /// What one wait is for, or how many there are.
    fn merged_label(&self, lane: &Lane, bar: Merged, stretch: Stretch, picture: &mut Picture) {
        // Which is not asked for bars without room for any answer.
        if stretch.right - stretch.left < 30.0 {
            return;
        }
        let Some(segments) = lane.segments.get(bar.first..=bar.last) else {
            return;
        };
        let mut rests = segments.iter().filter(|segment| !segment.is_run());
        let labels = match (rests.next(), rests.count() as u64) {
            (Some(only), 0) => self.wait_labels(only),
            (_, others) => [count(Key::Times, others + 1), String::new()],
        };
        self.label(&labels, bar.family, stretch, picture);
    }

    fn merged_run(&self, bucket: &Bucket, runs: f64, middle: f64, past: bool, picture: &mut Picture) {
        let columns = f64::from(bucket.to - bucket.from);
        let share = decimal::between(runs / columns, LEAST_RUN, 1.0);
        let height = (self.geometry.run * share).round();
        // A step that blocks the clock is as long as it took, on the clock's axis.
        let left = if runs >= columns && self.scale.is_clock() {
            self.cell(bucket.to).0.min(bucket.left).max(0.0)
        } else {
            bucket.left
        };
        let at = Rect {
            x: left,
            y: middle - height / 2.0,
            w: bucket.right - left,
            h: height,
        };
        self.put(picture, Layer::of(past), Mark::Fill(at, super::marks::Ink::Run));
    }
}

fn join(bars: &mut Vec<Merged>, next: Merged) {
    match bars.last_mut() {
        Some(last)
            if (last.family, last.past) == (next.family, next.past) && next.left - last.right < 1.5 =>
        {
            last.right = next.right;
            last.last = next.last;
        }
        _ => bars.push(next),
    }
}
