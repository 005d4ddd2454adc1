//! The whole run in thirty pixels: the scrubber's ground.

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use super::canvas::Brush;
use super::density;
use super::marks::{Ink, Layer, Mark, Picture, Rect};
use super::palette::use_palette;
use crate::trace::decimal;
use crate::trace::{Family as State, Lanes, Totals, Walk};
use crate::ui::look::{self, Family};
use crate::ui::recording::Recording;
use crate::ui::tags::{all, tag};

/// Height of the drawing.
const HEIGHT: f64 = 30.0;
/// Height of a row when there are few.
const ROW_PX: f64 = 15.0;
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
    /// The part of its place that the run fills.
    pub width: f64,
}

/// Lanes as lines, runs as cells; what comes after the cursor is dimmed.
#[component]
pub fn Minimap(props: &Props) -> Html {
    let canvas = use_node_ref();
    let palette = use_palette();
    let round = palette.as_ref().map(|(_, round)| *round);
    let node = canvas.clone();
    use_effect_with(
        (props.recording.clone(), props.width.to_bits(), round),
        move |(recording, width, _)| {
            let (Some((palette, _)), Some(canvas)) = (palette, node.cast::<HtmlCanvasElement>()) else {
                return;
            };
            let width = f64::from_bits(*width);
            Brush::new(palette, density()).paint(&canvas, &overview(recording, width, HEIGHT), width, HEIGHT);
        },
    );
    let columns = f64::from(props.recording.last_frame() + 1);
    let at = |column: f64| column / columns * 100.0;
    let (past, middle) = (
        at(f64::from(props.cursor) + 1.0),
        at(f64::from(props.cursor) + 0.5),
    );
    let percent = |value: f64| decimal::write(value, 3);
    let mark = |class: &str, style: String| tag("i", &[("class", class), ("style", &style)], Vec::new());
    let mut marks = vec![mark("veil", format!("left:{}%", percent(past)))];
    if let Some((start, span)) = props.window {
        let (left, width) = (percent(start * 100.0), percent(span * 100.0));
        marks.push(mark("bracket", format!("left:{left}%;width:{width}%")));
    }
    marks.push(mark("knob", format!("left:{}%", percent(middle))));
    html! { <div class="mini" aria-hidden="true"><canvas ref={canvas}></canvas>{ all(marks) }</div> }
}

/// The whole run on so many pixels across and down.
pub fn overview(recording: &Recording, width: f64, height: f64) -> Picture {
    let (lanes, order) = (recording.lanes(), recording.order());
    let mut picture = Picture::default();
    let pixels = whole(width).max(1);
    if order.tasks() > LANES {
        depth(&lanes, recording.last_frame() + 1, (pixels, height), &mut picture);
        return picture;
    }
    let rows = f64::from(u32::try_from(order.tasks()).unwrap_or(1).max(1));
    let row = ((height - 6.0) / rows).min(ROW_PX);
    let columns: Vec<(u32, u32)> = (0..pixels)
        .map(|pixel| columns_of(pixel, pixels, recording.last_frame() + 1))
        .collect();
    let mut top = f64::midpoint(height, -row * rows);
    for lane in order.lanes() {
        let mut walk = Walk::new(&lanes.lanes()[lane], lanes.last_edge());
        let (mut known, mut totals) = (None, Totals::default());
        for (left, (first, last)) in (0_u32..).zip(&columns) {
            if known.replace(*first) != Some(*first) {
                let before = walk.to(first.saturating_sub(1));
                totals = walk.to(*last).since(&before);
            }
            let left = f64::from(left);
            if let Some(family) = totals.prevailing() {
                let share = if family == State::Ready { 0.4 } else { 0.28 };
                bar(
                    &mut picture,
                    left,
                    top,
                    row,
                    share,
                    Ink::Hue(look::of_family(family)),
                );
            }
            if totals.of(State::Running) > 0 {
                bar(&mut picture, left, top, row, 0.92, Ink::Run);
            }
        }
        top += row;
    }
    picture
}

/// A pixel of a row; neighbours of one colour are one rectangle.
fn bar(picture: &mut Picture, left: f64, top: f64, row: f64, share: f64, ink: Ink) {
    let layer = if ink == Ink::Run {
        Layer::Past
    } else {
        Layer::Ground
    };
    let at = Rect {
        x: left,
        y: top + row * (1.0 - share) / 2.0,
        w: 1.0,
        h: (row * share).max(1.0),
    };
    picture.extend(layer, at, ink);
}

/// How many are ready, as a height: the most of all steps that share a pixel.
fn depth(lanes: &Lanes, frames: u32, (pixels, tall): (u32, f64), picture: &mut Picture) {
    let depths: Vec<u32> = (0..pixels)
        .map(|pixel| {
            let (first, last) = columns_of(pixel, pixels, frames);
            let columns = (first..=last).filter_map(|column| lanes.column(column));
            columns.map(|column| column.ready).max().unwrap_or(0)
        })
        .collect();
    let most = f64::from(depths.iter().copied().max().unwrap_or(1).max(1));
    for (left, depth) in (0_u32..).zip(depths) {
        let height = f64::from(depth) / most * (tall - 6.0);
        if depth > 0 {
            let at = Rect {
                x: f64::from(left),
                y: tall - 3.0 - height,
                w: 1.0,
                h: height.max(1.0),
            };
            picture.put(Layer::Ground, Mark::Fill(at, Ink::Hue(Family::Ready)));
        }
    }
}

/// First and last column of a pixel: those that begin in it, or the one around it.
fn columns_of(pixel: u32, pixels: u32, frames: u32) -> (u32, u32) {
    let frame = |pixel: u32| {
        let frame = u64::from(pixel) * u64::from(frames) / u64::from(pixels);
        u32::try_from(frame).unwrap_or(u32::MAX)
    };
    let first = frame(pixel);
    (first, (frame(pixel + 1)).saturating_sub(1).max(first))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates"
)]
fn whole(value: f64) -> u32 {
    value.round() as u32
}
