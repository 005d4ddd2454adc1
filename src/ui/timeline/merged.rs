//! Columns too narrow to tell apart: bars are merged by state, never sampled.
//!
//! Every run is still a pixel, however many steps share it.

use std::fmt::Write;

use yew::prelude::*;

use super::bars::{Layers, Scene};
use super::px;
use crate::trace::{Lane, SegmentKind};
use crate::ui::look::{self, Family};

/// Gaps up to this many pixels between bars of one state are closed.
const CLOSE_PX: f64 = 1.5;

/// A bar that stands for one segment or for many.
#[derive(Clone, Copy, Debug)]
struct Merged {
    family: Family,
    past: bool,
    left: f64,
    right: f64,
}

impl Scene<'_> {
    /// One lane.
    pub(super) fn merged(&self, lane: &Lane, middle: f64, layers: &mut Layers) {
        let (first, last) = self.scale.visible();
        let mut bars: Vec<Merged> = Vec::new();
        for segment in lane.segments_in(first, last + 1) {
            let family = match segment.kind {
                SegmentKind::Running => continue,
                SegmentKind::Waiting(reason) => look::of_reason(reason).0,
                SegmentKind::Ready => Family::Ready,
            };
            let to = self.end_of(segment);
            let split = self.cursor.clamp(segment.from, to);
            for (from, to, past) in [(segment.from, split, true), (split, to, false)] {
                if from < to {
                    let (left, right) = self.between(from, to);
                    join(
                        &mut bars,
                        Merged {
                            family,
                            past,
                            left,
                            right,
                        },
                    );
                }
            }
        }
        let (top, height) = (middle - self.geometry.bar / 2.0 + 0.75, self.geometry.bar - 1.5);
        for bar in bars {
            let (left, right) = (bar.left.max(-6.0), bar.right.min(self.scale.width() + 6.0));
            if right - left >= 0.5 {
                let drawn = html! {
                    <rect class={classes!("stretch", "thin", bar.family.class())} x={px(left)} y={px(top)}
                        width={px(right - left)} height={px(height)} fill={bar.family.texture()} />
                };
                layers.put(bar.past, drawn);
            }
        }
        self.merged_runs(lane, middle, layers);
    }

    fn merged_runs(&self, lane: &Lane, middle: f64, layers: &mut Layers) {
        let (first, last) = self.scale.visible();
        let (top, height) = (middle - self.geometry.run / 2.0, self.geometry.run);
        let width = self.scale.column_px().max(1.0);
        for past in [true, false] {
            let (mut path, mut free) = (String::new(), f64::MIN);
            for segment in lane.segments_in(first, last + 1) {
                let column = self.end_of(segment);
                let x = self.scale.left(column).floor();
                if segment.kind == SegmentKind::Running && (column <= self.cursor) == past && x >= free {
                    free = x + width;
                    // Writing into a string cannot fail.
                    let _ = write!(
                        path,
                        "M{} {}h{w}v{}h-{w}z",
                        px(x),
                        px(top),
                        px(height),
                        w = px(width)
                    );
                }
            }
            if !path.is_empty() {
                layers.put(past, html! { <path class="s-run merged" d={path} /> });
            }
        }
    }
}

fn join(bars: &mut Vec<Merged>, next: Merged) {
    match bars.last_mut() {
        Some(last)
            if (last.family, last.past) == (next.family, next.past) && next.left - last.right < CLOSE_PX =>
        {
            last.right = next.right;
        }
        _ => bars.push(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_of_one_state_become_one_bar() {
        let bar = |family, left, right| Merged {
            family,
            past: true,
            left,
            right,
        };
        let mut bars = Vec::new();
        for next in [
            bar(Family::Clock, 0.0, 0.4),
            bar(Family::Clock, 0.9, 1.2),
            bar(Family::Peer, 1.3, 1.4),
        ] {
            join(&mut bars, next);
        }
        join(&mut bars, bar(Family::Peer, 9.0, 9.5));
        let edges: Vec<(f64, f64)> = bars.iter().map(|bar| (bar.left, bar.right)).collect();
        assert_eq!(edges, [(0.0, 1.2), (1.3, 1.4), (9.0, 9.5)]);
    }
}
