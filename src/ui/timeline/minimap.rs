//! The whole run in thirty pixels: the scrubber's ground.

use std::fmt::Write;

use yew::prelude::*;

use crate::trace::{Lanes, SegmentKind};
use crate::ui::look::{self, Family};
use crate::ui::recording::Recording;

/// Width of the drawing; it is stretched to the room there is.
const WIDTH: f64 = 1000.0;
/// Height of the drawing.
const HEIGHT: f64 = 30.0;
/// With more lanes than this, the depth of the ready queue is drawn instead.
const LANES: usize = 60;

/// Properties of [`Minimap`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The recording.
    pub recording: Recording,
    /// The frame on screen.
    pub cursor: u32,
    /// The part of the run in the timeline, as fractions, when it is not all of it.
    pub window: Option<(f64, f64)>,
}

/// Lanes as lines, runs as cells; what comes after the cursor is dimmed.
#[component]
pub fn Minimap(props: &Props) -> Html {
    let ground = use_memo(props.recording.clone(), |recording| {
        let lanes = recording.lanes();
        let columns = f64::from(recording.last_frame() + 1);
        if lanes.lanes().len() <= LANES {
            rows(&lanes, columns)
        } else {
            depth(&lanes, columns)
        }
    });
    let columns = f64::from(props.recording.last_frame() + 1);
    let at = |column: f64| column / columns * 100.0;
    let (past, middle) = (
        at(f64::from(props.cursor) + 1.0),
        at(f64::from(props.cursor) + 0.5),
    );
    html! {
        <div class="mini" aria-hidden="true">
            <svg viewBox={format!("0 0 {WIDTH} {HEIGHT}")} preserveAspectRatio="none">{ (*ground).clone() }</svg>
            <i class="veil" style={format!("left:{past:.2}%")}></i>
            if let Some((start, span)) = props.window {
                <i class="bracket" style={format!("left:{:.2}%;width:{:.2}%", start * 100.0, span * 100.0)}></i>
            }
            <i class="knob" style={format!("left:{middle:.3}%")}></i>
        </div>
    }
}

const FAMILIES: [Family; 5] = [
    Family::Run,
    Family::Ready,
    Family::Clock,
    Family::Peer,
    Family::Outside,
];

fn rows(lanes: &Lanes, columns: f64) -> Html {
    let order = lanes.rows();
    #[expect(clippy::cast_precision_loss, reason = "at most sixty rows")]
    let height = (HEIGHT - 6.0) / order.len().max(1) as f64;
    let x = |edge: f64| edge / columns * WIDTH;
    let mut paths: [String; 5] = Default::default();
    let mut top = 3.0;
    for row in order {
        // The stretch of each family that is still growing: neighbours closer than a pixel are one.
        let mut open: [Option<(f64, f64)>; 5] = [None; 5];
        for segment in &lanes.lanes()[row].segments {
            let right = x(segment.to.map_or(columns, |to| f64::from(to) + 1.0));
            let left = x(f64::from(segment.from) + 1.0);
            let family = match segment.kind {
                SegmentKind::Running => Family::Run,
                SegmentKind::Ready => Family::Ready,
                SegmentKind::Waiting(reason) => look::of_reason(reason).0,
            };
            let place = FAMILIES.iter().position(|other| *other == family).unwrap_or(3);
            match &mut open[place] {
                Some((_, end)) if left - *end < 1.0 => *end = right,
                stretch => {
                    if let Some(done) = stretch.replace((left, right)) {
                        stroke(&mut paths[place], place, done, top, height);
                    }
                }
            }
        }
        for (place, stretch) in open.into_iter().enumerate() {
            if let Some(stretch) = stretch {
                stroke(&mut paths[place], place, stretch, top, height);
            }
        }
        top += height;
    }
    draw(&paths)
}

/// Runs are tall, everything else is a line in the middle of its row.
fn stroke(path: &mut String, place: usize, (left, right): (f64, f64), top: f64, height: f64) {
    let share = [0.92, 0.4, 0.28, 0.28, 0.28][place];
    let y = top + height * (1.0 - share) / 2.0;
    rect(path, left, y, (right - left).max(0.8), height * share);
}

/// How many tasks are ready, as a height, by step.
fn depth(lanes: &Lanes, columns: f64) -> Html {
    const BUCKETS: usize = 500;
    let mut change = vec![0_i64; BUCKETS + 2];
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a bucket"
    )]
    let bucket = |edge: u32| ((f64::from(edge) + 1.0) / columns * BUCKETS as f64) as usize;
    for segment in lanes.lanes().iter().flat_map(|lane| &lane.segments) {
        if segment.kind == SegmentKind::Ready {
            let from = bucket(segment.from).min(BUCKETS);
            let to = segment.to.map_or(BUCKETS, bucket).clamp(from + 1, BUCKETS + 1);
            change[from] += 1;
            change[to] -= 1;
        }
    }
    let mut ready = 0;
    let depths: Vec<i64> = change
        .iter()
        .map(|by| {
            ready += by;
            ready
        })
        .collect();
    let most = depths.iter().copied().max().unwrap_or(1).max(1);
    let mut paths: [String; 5] = Default::default();
    for (index, depth) in depths.iter().take(BUCKETS).enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let (left, height) = (
            index as f64 / BUCKETS as f64 * WIDTH,
            *depth as f64 / most as f64 * (HEIGHT - 6.0),
        );
        if *depth > 0 {
            rect(&mut paths[1], left, HEIGHT - 3.0 - height, WIDTH / 500.0, height);
        }
    }
    draw(&paths)
}

fn rect(path: &mut String, x: f64, y: f64, width: f64, height: f64) {
    // Writing into a string cannot fail.
    let _ = write!(path, "M{x:.1} {y:.1}h{width:.1}v{height:.1}h-{width:.1}z");
}

fn draw(paths: &[String; 5]) -> Html {
    // Runs last: they lie on top.
    let order = [4, 3, 2, 1, 0];
    order
        .into_iter()
        .filter(|place| !paths[*place].is_empty())
        .map(|place| html! { <path class={FAMILIES[place].class()} d={paths[place].clone()} /> })
        .collect()
}
