//! What stands in the lanes where columns are wide: run cells, ready and waiting bars, end caps.

use super::marks::{Glyph, Ink, Layer, Mark, Picture, Rect, Style};
use super::scene::Scene;
use super::text_width::text_width;
use crate::trace::{Cap, ColumnEnd, Lane, Segment, SegmentKind, decimal};
use crate::ui::i18n::{Key, text};
use crate::ui::look::{self, Family};

/// Widest gap between the edge of the window and a bar that runs on beyond it.
const BEYOND_PX: f64 = 6.0;

/// A bar within a lane, in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) middle: f64,
    pub(super) past: bool,
}

impl Scene<'_> {
    /// One lane.
    pub(super) fn single(&self, lane: &Lane, middle: f64, picture: &mut Picture) {
        let (first, last) = self.scale.visible();
        for segment in lane.segments_in(first, last + 1) {
            let to = self.end_of(segment);
            if segment.is_run() {
                self.run_cell(to, middle, picture);
                continue;
            }
            let ends = self.between(segment.from, to);
            self.stretch(
                ends,
                middle,
                family_of(segment),
                &self.wait_labels(segment),
                picture,
            );
        }
    }

    /// A bar with its label: what of it was, and what of it comes.
    pub(super) fn stretch(
        &self,
        (left, right): (f64, f64),
        middle: f64,
        family: Family,
        labels: &[String],
        picture: &mut Picture,
    ) {
        let now = decimal::between(self.scale.right(self.view.cursor), left, right);
        for (left, right, past) in [(left, now, true), (now, right, false)] {
            let stretch = Stretch {
                left,
                right,
                middle,
                past,
            };
            self.bar(family, stretch, picture);
            self.label(labels, family, stretch, picture);
        }
    }

    fn run_cell(&self, column: u32, middle: f64, picture: &mut Picture) {
        let (left, right) = self.cell(column);
        let gap = if right - left > 8.0 { 1.0 } else { 0.3 };
        let at = Rect {
            x: left + gap,
            y: middle - self.geometry.run / 2.0,
            w: (right - left - 2.0 * gap).max(1.0),
            h: self.geometry.run,
        };
        self.put(picture, Layer::of(column <= self.view.cursor), Mark::Cell(at));
    }

    /// A bar with its texture. One that runs on past the window has no edge there.
    pub(super) fn bar(&self, family: Family, stretch: Stretch, picture: &mut Picture) {
        let left = stretch.left.max(-BEYOND_PX);
        let right = stretch.right.min(self.scale.width() + BEYOND_PX);
        if right - left < 0.5 {
            return;
        }
        let at = Rect {
            x: left,
            y: stretch.middle - self.geometry.bar / 2.0,
            w: right - left,
            h: self.geometry.bar,
        };
        self.put(picture, Layer::of(stretch.past), Mark::Bar(at, family));
    }

    /// The longest of some labels that fits into the part of a bar that is in view.
    pub(super) fn label(&self, labels: &[String], family: Family, stretch: Stretch, picture: &mut Picture) {
        let left = stretch.left.max(0.0);
        let room = stretch.right.min(self.scale.width()) - left;
        let fits = |label: &&String| !label.is_empty() && text_width(label) + 16.0 <= room;
        let Some(label) = labels.iter().find(fits) else {
            return;
        };
        let ink = Ink::Words(if stretch.past { family } else { Family::Plain });
        let mark = Mark::Words {
            x: left + 8.0,
            y: stretch.middle + 4.2,
            words: label.clone(),
            ink,
            style: Style::Plate,
        };
        self.put(picture, Layer::of_label(stretch.past), mark);
    }

    /// What a segment waits for, long and short; nothing for others.
    pub(super) fn wait_labels(&self, segment: &Segment) -> [String; 2] {
        match segment.kind {
            SegmentKind::Waiting(reason) => look::wait_labels(reason, self.tip, self.recording).into(),
            SegmentKind::Ready | SegmentKind::Running => Default::default(),
        }
    }

    pub(super) fn cap(&self, cap: Cap, middle: f64, picture: &mut Picture) {
        let x = self.scale.right(cap.at);
        if x < 0.0 || x > self.scale.width() {
            return;
        }
        let (family, glyph, label) = match cap.how {
            ColumnEnd::Failed | ColumnEnd::CallbackFailed => {
                let error = self.recording.text(cap.value);
                let name = error.split(['(', ':']).next().unwrap_or_default().to_owned();
                (Family::Fail, Glyph::Failed, name)
            }
            ColumnEnd::Cancelled => {
                let label = text(Key::StateCancelled).to_owned();
                (Family::Cancel, Glyph::Cancelled, label)
            }
            _ => (Family::Done, Glyph::Done, text(Key::StateDone).to_owned()),
        };
        let past = cap.at <= self.view.cursor;
        let room = self.scale.width() - x;
        let stem = Mark::Line {
            points: vec![(x + 1.2, middle - 7.0), (x + 1.2, middle + 7.0)],
            ink: Ink::Hue(family),
            width: 2.5,
            dashed: false,
        };
        self.put(picture, Layer::of(past), stem);
        if room >= 18.0 {
            self.put(picture, Layer::of(past), Mark::Glyph((x + 11.0, middle), glyph));
        }
        if room >= 30.0 + text_width(&label) {
            let mark = Mark::Words {
                x: x + 22.0,
                y: middle + 4.2,
                words: label,
                ink: Ink::Words(if past { family } else { Family::Plain }),
                style: Style::Plate,
            };
            self.put(picture, Layer::of_label(past), mark);
        }
    }
}

/// The colours of a segment.
pub(super) fn family_of(segment: &Segment) -> Family {
    match segment.kind {
        _ if segment.cancel_requested => Family::Cancel,
        SegmentKind::Waiting(reason) => look::of_reason(reason).0,
        SegmentKind::Ready => Family::Ready,
        SegmentKind::Running => Family::Run,
    }
}
