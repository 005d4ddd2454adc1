//! What a lane holds between two edges, without visiting every segment between them.
//!
//! A lane of a long run has more segments than the picture has pixels. Every so
//! many segments a sum of all before is kept, so what lies between two edges is
//! a difference of two sums: nothing is sampled, and a step in a million counts.

use super::{Edge, Lane, Segment, SegmentKind};
use crate::trace::state::Family;

/// Segments between two kept sums.
pub(super) const BLOCK: usize = 16;

/// The families that segments have.
const FAMILIES: [Family; 6] = [
    Family::Ready,
    Family::Running,
    Family::Clock,
    Family::Peer,
    Family::Outside,
    Family::CancelRequested,
];

/// How many columns a lane spends in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    columns: [u32; FAMILIES.len()],
}

impl Totals {
    /// The columns in states of a family.
    pub fn of(&self, family: Family) -> u32 {
        place(family).map_or(0, |place| self.columns[place])
    }

    /// The family, other than running, that takes most of the columns.
    pub fn prevailing(&self) -> Option<Family> {
        let rests = FAMILIES
            .iter()
            .zip(self.columns)
            .filter(|(family, columns)| **family != Family::Running && *columns > 0);
        // Among equals the first: the order of the families is fixed.
        rests
            .rev()
            .max_by_key(|(_, columns)| *columns)
            .map(|(family, _)| *family)
    }

    /// What lies between an earlier sum and this one.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        let mut columns = self.columns;
        for (mine, theirs) in columns.iter_mut().zip(earlier.columns) {
            *mine = mine.saturating_sub(theirs);
        }
        Self { columns }
    }

    pub(super) fn add(&mut self, segment: &Segment, columns: u32) {
        if let Some(place) = place(segment.family()) {
            self.columns[place] += columns;
        }
    }
}

fn place(family: Family) -> Option<usize> {
    FAMILIES.iter().position(|other| *other == family)
}

impl Segment {
    /// The family of its state.
    pub const fn family(&self) -> Family {
        match self.kind {
            SegmentKind::Running => Family::Running,
            _ if self.cancel_requested => Family::CancelRequested,
            SegmentKind::Ready => Family::Ready,
            SegmentKind::Waiting(reason) => reason.family(),
        }
    }

    /// Whether the task runs.
    pub const fn is_run(&self) -> bool {
        matches!(self.kind, SegmentKind::Running)
    }

    /// Its right edge, where `open` stands for a segment that goes on.
    pub fn end(&self, open: Edge) -> Edge {
        self.to.unwrap_or(open).max(self.from)
    }
}

/// A place in a lane that moves to the right and knows the totals up to it.
#[derive(Clone, Debug)]
pub struct Walk<'a> {
    lane: &'a Lane,
    open: Edge,
    at: usize,
    before: Totals,
}

impl<'a> Walk<'a> {
    /// The beginning of a lane whose open segment reaches to `open`.
    pub fn new(lane: &'a Lane, open: Edge) -> Self {
        Self {
            lane,
            open,
            at: 0,
            before: Totals::default(),
        }
    }

    /// Moves to an edge at or after the last one, and tells the totals up to there.
    pub fn to(&mut self, edge: Edge) -> Totals {
        if !self.steps(2 * BLOCK, edge) {
            let (segments, open) = (&self.lane.segments, self.open);
            let target = segments.partition_point(|segment| segment.end(open) <= edge);
            let block = (target / BLOCK).min(self.lane.sums.len());
            if block * BLOCK > self.at {
                self.at = block * BLOCK;
                self.before = self.lane.sums[block - 1];
            }
            self.steps(usize::MAX, edge);
        }
        let mut totals = self.before;
        if let Some(here) = self.here()
            && here.from < edge
        {
            totals.add(here, edge - here.from);
        }
        totals
    }

    /// Passes at most so many segments that end at or before `edge`; whether none is left.
    fn steps(&mut self, most: usize, edge: Edge) -> bool {
        let mut passed = 0;
        while let Some(segment) = self.here()
            && segment.end(self.open) <= edge
        {
            if passed == most {
                return false;
            }
            let columns = segment.end(self.open) - segment.from;
            self.before.add(segment, columns);
            self.at += 1;
            passed += 1;
        }
        true
    }

    /// The index of the first segment that ends after this place.
    pub const fn index(&self) -> usize {
        self.at
    }

    /// The first segment that ends after this place; it may begin later.
    pub fn here(&self) -> Option<&'a Segment> {
        self.lane.segments.get(self.at)
    }
}

impl Lane {
    /// What the lane holds between two edges.
    pub fn totals(&self, from: Edge, to: Edge, open: Edge) -> Totals {
        let mut walk = Walk::new(self, open);
        let before = walk.to(from);
        walk.to(to.max(from)).since(&before)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::trace::event::WaitReason;
    use crate::trace::ids::{HandleId, ResourceId, TaskId, TextId};
    use proptest::prelude::*;

    /// A lane of segments of the given kinds and lengths, the last one open.
    fn lane(pieces: &[(u8, u32)]) -> Lane {
        let mut lane = Lane {
            task: TaskId(1),
            name: TextId::EMPTY,
            parent: None,
            depth: 0,
            from: 0,
            segments: Vec::new(),
            sums: Vec::new(),
            cap: None,
        };
        let mut edge = 0;
        for (kind, length) in pieces {
            let kind = match kind {
                0 => SegmentKind::Ready,
                1 => SegmentKind::Running,
                2 => SegmentKind::Waiting(WaitReason::Lock(ResourceId(1))),
                _ => SegmentKind::Waiting(WaitReason::Sleep {
                    delay: TextId::EMPTY,
                    timer: HandleId(1),
                }),
            };
            lane.close(edge);
            lane.push(edge, kind, false);
            edge += length;
        }
        lane
    }

    /// The same, column by column.
    fn counted(lane: &Lane, from: Edge, to: Edge, open: Edge) -> Totals {
        let mut totals = Totals::default();
        for column in from + 1..=to {
            let under = |segment: &&Segment| segment.from < column && column <= segment.end(open);
            if let Some(segment) = lane.segments.iter().find(under) {
                totals.add(segment, 1);
            }
        }
        totals
    }

    proptest! {
        #[test]
        fn sums_say_what_counting_says(
            pieces in prop::collection::vec((0_u8..4, 1_u32..9), 1..120),
            edges in prop::collection::vec(0_u32..700, 1..12),
        ) {
            let lane = lane(&pieces);
            let open: Edge = pieces.iter().map(|(_, length)| length).sum();
            let mut edges: Vec<Edge> = edges.into_iter().map(|edge| edge % (open + 1)).collect();
            edges.sort_unstable();
            let mut walk = Walk::new(&lane, open);
            let mut before = walk.to(edges[0]);
            for pair in edges.windows(2) {
                let after = walk.to(pair[1]);
                prop_assert_eq!(after.since(&before), counted(&lane, pair[0], pair[1], open));
                prop_assert_eq!(lane.totals(pair[0], pair[1], open), after.since(&before));
                before = after;
            }
        }
    }

    #[test]
    fn one_step_among_many_is_counted() {
        let lane = lane(&[(3, 400_000), (1, 1), (3, 599_999)]);
        let totals = lane.totals(0, 1_000_000, 1_000_000);
        assert_eq!(totals.of(Family::Running), 1);
        assert_eq!(totals.prevailing(), Some(Family::Clock));
    }
}
