//! The segments of one lane: how they come to be, and which lie where.

use super::index::BLOCK;
use super::{Edge, Lane, Segment, SegmentKind};

impl Lane {
    /// The segment that covers a column.
    pub fn at(&self, column: u32) -> Option<&Segment> {
        let after = self.segments.partition_point(|segment| segment.from < column);
        let segment = self.segments.get(after.checked_sub(1)?)?;
        segment.to.is_none_or(|to| column <= to).then_some(segment)
    }

    /// The segments that touch the columns from `first` to `last`, both included.
    pub fn segments_in(&self, first: u32, last: u32) -> &[Segment] {
        let begin = self
            .segments
            .partition_point(|segment| segment.to.is_some_and(|to| to < first));
        let end = self.segments.partition_point(|segment| segment.from < last);
        self.segments.get(begin..end).unwrap_or_default()
    }

    pub(super) fn show(&mut self, from: Edge, kind: SegmentKind, cancel_requested: bool) {
        let same = |last: &Segment| {
            last.to.is_none() && last.kind == kind && last.cancel_requested == cancel_requested
        };
        if !self.segments.last().is_some_and(same) {
            self.close(from);
            self.push(from, kind, cancel_requested);
        }
    }

    pub(super) fn push(&mut self, from: Edge, kind: SegmentKind, cancel_requested: bool) {
        if self.segments.len() == (self.sums.len() + 1) * BLOCK {
            let mut sum = self.sums.last().copied().unwrap_or_default();
            for segment in &self.segments[self.segments.len() - BLOCK..] {
                sum.add(segment, segment.end(from) - segment.from);
            }
            self.sums.push(sum);
        }
        self.segments.push(Segment {
            from,
            to: None,
            kind,
            cancel_requested,
        });
    }

    /// Ends the last segment at `edge`; one without width goes away.
    pub(super) fn close(&mut self, edge: Edge) {
        let Some(last) = self.segments.last_mut().filter(|last| last.to.is_none()) else {
            return;
        };
        if last.from >= edge {
            self.segments.pop();
        } else {
            last.to = Some(edge);
        }
    }
}
