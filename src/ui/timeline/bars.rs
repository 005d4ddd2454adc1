//! What stands in the lanes: run cells, ready and waiting bars, end caps.

use yew::prelude::*;

use super::geometry::Geometry;
use super::text_width::text_width;
use super::{CELL_PX, px};
use crate::trace::{Cap, ColumnEnd, Lane, Segment, SegmentKind, State, TaskId};
use crate::ui::i18n::{Key, text};
use crate::ui::look::{self, Family, Icon};
use crate::ui::recording::Recording;
use crate::ui::scale::Scale;

/// What the bars are drawn from.
#[derive(Debug)]
pub struct Scene<'a> {
    /// The recording.
    pub recording: &'a Recording,
    /// The world at the end of the recording: names of everything.
    pub tip: &'a State,
    /// Where columns are.
    pub scale: &'a Scale,
    /// Heights.
    pub geometry: Geometry,
    /// The frame on screen.
    pub cursor: u32,
    /// Whether what comes after it is hidden.
    pub future_hidden: bool,
    /// The selected task.
    pub selected: Option<TaskId>,
    /// Where open segments end: the last column, or the end of the run.
    pub open_end: u32,
}

/// Three layers, from back to front: what was, what comes, and labels of what comes.
#[derive(Debug, Default)]
pub(super) struct Layers {
    past: Vec<Html>,
    future: Vec<Html>,
    later: Vec<Html>,
}

impl Layers {
    pub(super) fn put(&mut self, past: bool, drawn: Html) {
        let layer = if past { &mut self.past } else { &mut self.future };
        layer.push(drawn);
    }

    /// Labels of what comes keep their full contrast.
    fn put_label(&mut self, past: bool, label: Option<Html>) {
        let layer = if past { &mut self.past } else { &mut self.later };
        layer.extend(label);
    }
}

/// A bar within a lane, in pixels.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    left: f64,
    right: f64,
    middle: f64,
    past: bool,
}

impl Scene<'_> {
    /// The bars of some rows.
    pub fn draw(&self, rows: &[(usize, &Lane)]) -> Html {
        let mut layers = Layers::default();
        for (row, lane) in rows {
            let middle = self.geometry.middle(*row);
            if self.scale.column_px() < CELL_PX && self.scale.left(1) - self.scale.left(0) < CELL_PX {
                self.merged(lane, middle, &mut layers);
            } else {
                self.single(lane, middle, &mut layers);
            }
            if let Some(cap) = &lane.cap {
                self.cap(*cap, middle, &mut layers);
            }
        }
        let (behind, front) = self.arrows(rows);
        html! {
            <>
                <g class="past">{ behind }{ for layers.past }</g>
                if !self.future_hidden {
                    <g class="future">{ for layers.future }</g>
                    { for layers.later }
                }
                { front }
            </>
        }
    }

    /// Left and right pixel of the stretch between two edges.
    pub(super) fn between(&self, from: u32, to: u32) -> (f64, f64) {
        (
            self.scale.right(from),
            self.scale.left(to + 1).max(self.scale.right(from)),
        )
    }

    /// Right edge of a segment. One that began in a step that still runs has no width yet.
    pub(super) fn end_of(&self, segment: &Segment) -> u32 {
        segment.to.unwrap_or(self.open_end).max(segment.from)
    }

    fn single(&self, lane: &Lane, middle: f64, layers: &mut Layers) {
        let (first, last) = self.scale.visible();
        for segment in lane.segments_in(first, last + 1) {
            let to = self.end_of(segment);
            if segment.kind == SegmentKind::Running {
                self.run_cell(to, middle, layers);
                continue;
            }
            let split = self.cursor.clamp(segment.from, to);
            for (from, to, past) in [(segment.from, split, true), (split, to, false)] {
                if from < to {
                    let (left, right) = self.between(from, to);
                    let stretch = Stretch {
                        left,
                        right,
                        middle,
                        past,
                    };
                    self.bar(segment.kind, segment.cancel_requested, stretch, layers);
                }
            }
        }
    }

    fn run_cell(&self, column: u32, middle: f64, layers: &mut Layers) {
        let (x, width) = (self.scale.left(column), self.scale.column_px());
        let gap = if width > 8.0 { 1.0 } else { 0.3 };
        let cell = html! {
            <rect class="s-run" x={px(x + gap)} y={px(middle - self.geometry.run / 2.0)} width={px((width - 2.0 * gap).max(0.8))}
                height={px(self.geometry.run)} rx={if width > 8.0 { "2.5" } else { "0.5" }} />
        };
        layers.put(column <= self.cursor, cell);
    }

    fn bar(&self, kind: SegmentKind, asked: bool, stretch: Stretch, layers: &mut Layers) {
        // A bar that runs on past the window has no edge there.
        let left = stretch.left.max(-6.0);
        let right = stretch.right.min(self.scale.width() + 6.0);
        if right - left < 0.5 {
            return;
        }
        let family = match kind {
            _ if asked => Family::Cancel,
            SegmentKind::Waiting(reason) => look::of_reason(reason).0,
            SegmentKind::Ready | SegmentKind::Running => Family::Ready,
        };
        let (top, height) = (
            stretch.middle - self.geometry.bar / 2.0 + 0.75,
            self.geometry.bar - 1.5,
        );
        let class = classes!("stretch", family.class(), kind_class(kind));
        let bar = html! {
            <rect {class} x={px(left + 0.75)} y={px(top)} width={px((right - left - 1.5).max(0.8))} height={px(height)}
                rx="2" fill={family.texture()} />
        };
        let label = match kind {
            SegmentKind::Waiting(reason) => {
                let (long, short) = look::wait_labels(reason, self.tip, self.recording);
                // A label keeps to the part of its bar that is in view.
                let from = left.max(0.0) + 8.0;
                let room = right.min(self.scale.width()) - left.max(0.0);
                [long, short]
                    .into_iter()
                    .find(|label| !label.is_empty() && text_width(label) + 16.0 <= room)
                    .map(|label| {
                        plated(
                            from,
                            stretch.middle + 4.2,
                            &label,
                            if stretch.past { family } else { Family::Plain },
                        )
                    })
            }
            _ => None,
        };
        layers.put(stretch.past, bar);
        layers.put_label(stretch.past, label);
    }

    fn cap(&self, cap: Cap, middle: f64, layers: &mut Layers) {
        let x = self.scale.right(cap.at);
        if x < 0.0 || x > self.scale.width() {
            return;
        }
        let (family, which, label) = match cap.how {
            ColumnEnd::Failed | ColumnEnd::CallbackFailed => {
                let error = self.recording.text(cap.value);
                let name = error.split(['(', ':']).next().unwrap_or_default().to_owned();
                (Family::Fail, Icon::Failed, name)
            }
            ColumnEnd::Cancelled => (
                Family::Cancel,
                Icon::Cancelled,
                text(Key::StateCancelled).to_owned(),
            ),
            _ => (Family::Done, Icon::Done, text(Key::StateDone).to_owned()),
        };
        let past = cap.at <= self.cursor;
        let room = self.scale.width() - x;
        let drawn = html! {
            <g class={classes!("cap", family.class())}>
                <path d={format!("M{} {}v14", px(x + 1.2), px(middle - 7.0))} />
                if room >= 18.0 {
                    <svg x={px(x + 4.0)} y={px(middle - 7.0)} width="14" height="14"><use href={which.href()} /></svg>
                }
            </g>
        };
        let label = (room >= 30.0 + text_width(&label)).then(|| {
            plated(
                x + 22.0,
                middle + 4.2,
                &label,
                if past { family } else { Family::Plain },
            )
        });
        layers.put(past, drawn);
        layers.put_label(past, label);
    }
}

const fn kind_class(kind: SegmentKind) -> &'static str {
    match kind {
        SegmentKind::Ready => "ready",
        SegmentKind::Running => "run",
        SegmentKind::Waiting(_) => "wait",
    }
}

/// A label on a plate, so that textures do not run through its letters.
fn plated(x: f64, y: f64, label: &str, family: Family) -> Html {
    html! {
        <>
            <rect class="plate" x={px(x - 3.0)} y={px(y - 11.7)} width={px(text_width(label) + 6.0)} height="15" rx="2" />
            <text class={classes!("lab", family.class())} x={px(x)} y={px(y)}>{ label.to_owned() }</text>
        </>
    }
}
