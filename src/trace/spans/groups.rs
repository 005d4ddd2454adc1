//! Tasks that are alike, as one: those of one coroutine and one parent, where there are many lanes.

use super::{Edge, Lane, Lanes, Runner};
use crate::trace::event::WaitReason;
use crate::trace::ids::{TaskId, TextId};
use crate::trace::sort;
use crate::trace::state::{Family, State, TaskState, alike};

/// From this many lanes on, lanes that are alike make groups.
pub const MANY: usize = 200;
/// Fewer lanes than this are no group.
const LEAST: usize = 8;

/// Lanes that are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The first of its tasks, which stands for it.
    pub first: TaskId,
    /// What all of them run.
    pub coroutine: TextId,
    /// Indices of its lanes, in the order of creation.
    pub lanes: Vec<usize>,
}

/// What a task of a group does at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It runs, or may run.
    Ready,
    /// It waits: the reason stands for all that differ only in the item, the timer or the task.
    Waiting(WaitReason),
    /// It has ended, one way or another.
    Done,
}

impl Lanes {
    /// Groups of lanes, in the order of their first tasks; none where there are few lanes.
    pub fn groups(&self, tip: &State) -> Vec<Group> {
        let lanes = self.lanes();
        if lanes.len() < MANY {
            return Vec::new();
        }
        let kind = |lane: usize| {
            let coroutine = tip.task(lanes[lane].task).map(|task| task.coroutine.0);
            (lanes[lane].parent.map(|task| task.0), coroutine)
        };
        let mut order: Vec<usize> = (0..lanes.len()).collect();
        sort::sort_by_key(&mut order, |lane| kind(*lane));
        let mut groups: Vec<Group> = order
            .chunk_by(|one, other| kind(*one) == kind(*other))
            .filter(|alike| alike.len() >= LEAST)
            .map(|alike| Group {
                first: lanes[alike[0]].task,
                coroutine: TextId(kind(alike[0]).1.unwrap_or_default()),
                lanes: alike.to_vec(),
            })
            .collect();
        sort::sort_by_key(&mut groups, |group| group.first);
        groups
    }

    /// How many tasks of a group do what, the most frequent first.
    pub fn standings(&self, group: &Group, state: &State) -> Vec<(Standing, u32)> {
        let mut counts: Vec<((u8, u32), Standing, u32)> = Vec::new();
        for lane in &group.lanes {
            let Some(task) = self.tasks.get(*lane).and_then(|lane| state.task(lane.task)) else {
                continue;
            };
            let (key, standing) = match task.state {
                TaskState::Waiting(reason) => {
                    let (key, reason) = alike(reason);
                    (key, Standing::Waiting(reason))
                }
                TaskState::Ready | TaskState::Running => ((u8::MAX, 0), Standing::Ready),
                _ => ((u8::MAX, 1), Standing::Done),
            };
            match counts.iter_mut().find(|(other, ..)| *other == key) {
                Some((.., count)) => *count += 1,
                None => counts.push((key, standing, 1)),
            }
        }
        sort::sort_by_key(&mut counts, |(.., count)| std::cmp::Reverse(*count));
        counts
            .into_iter()
            .map(|(_, standing, count)| (standing, count))
            .collect()
    }
}

impl Lanes {
    /// The levels of a group between two edges, where `now` is the world at one of them.
    ///
    /// Only the lanes that change are looked at one by one.
    pub fn levels_near(&self, group: &Group, now: &State, window: (Edge, Edge), open: Edge) -> Levels {
        let changes = self.changing(window);
        let mut resting = [0_i64; AREAS.len()];
        let mut moving = Vec::new();
        for place in &group.lanes {
            let (Some(lane), Some(changes)) = (self.tasks.get(*place), changes.get(*place)) else {
                continue;
            };
            if *changes {
                moving.push(lane);
            } else if let Some(task) = now.task(lane.task) {
                let family = if task.state.is_done() {
                    Family::Finished
                } else {
                    task.family()
                };
                resting[area(family)] += 1;
            }
        }
        Levels::with(resting, moving.into_iter(), window, open, u32::MAX)
    }

    /// Whether the state of each lane changes at edges between two, both included.
    ///
    /// Whoever changes is the one who runs, or somebody whom an arrow reaches: that is what makes a
    /// look at a few columns of a long run cheap. A test compares it with the segments.
    fn changing(&self, (from, to): (Edge, Edge)) -> Vec<bool> {
        // The cell of a column begins at the edge before it.
        let (first, last) = ((from as usize).saturating_sub(1), to as usize + 1);
        let columns = self.columns.get(first..last.min(self.columns.len()));
        let runners = columns
            .unwrap_or_default()
            .iter()
            .map(|column| match column.runner {
                Runner::Task(task) => Some(task),
                Runner::Loop(_) => None,
            });
        let reached = self.arrows_in(from, to).iter().map(|arrow| Some(arrow.to));
        let mut changes = vec![false; self.tasks.len()];
        for task in runners.chain(reached).flatten() {
            if let Some(place) = self.lane_index(task) {
                changes[place] = true;
            }
        }
        changes
    }
}

/// What the areas of a group show, from top to bottom.
pub const AREAS: [Family; 6] = [
    Family::Ready,
    Family::Clock,
    Family::Peer,
    Family::Outside,
    Family::CancelRequested,
    Family::Finished,
];

/// How many lanes of a group are in which state, all along a stretch of columns.
///
/// Nothing is sampled: what is kept are sums up to evenly spaced edges, so that the mean over any
/// pixels is a difference of two of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Levels {
    from: Edge,
    /// Columns between two sums.
    every: u32,
    sums: Vec<[f64; AREAS.len()]>,
}

impl Levels {
    /// The levels of some lanes between two edges, with about so many sums.
    pub fn of<'a>(
        lanes: impl Iterator<Item = &'a Lane>,
        window: (Edge, Edge),
        open: Edge,
        sums: u32,
    ) -> Self {
        Self::with([0; AREAS.len()], lanes, window, open, sums)
    }

    /// The same with lanes that rest in one state all along, so many in each of the [`AREAS`].
    fn with<'a>(
        resting: [i64; AREAS.len()],
        lanes: impl Iterator<Item = &'a Lane>,
        (from, to): (Edge, Edge),
        open: Edge,
        sums: u32,
    ) -> Self {
        let to = to.max(from + 1);
        let every = ((to - from) / sums).max(1);
        let places = (to - from).div_ceil(every) as usize;
        // By how much the number of lanes in a state changes, and how much of it is within its place.
        let mut slopes = vec![[0_i32; AREAS.len()]; places + 1];
        let mut within = vec![[0_i64; AREAS.len()]; places + 1];
        let mut change = |edge: Edge, area: usize, by: i32| {
            let offset = edge.clamp(from, to) - from;
            let place = (offset / every) as usize;
            slopes[place][area] += by;
            within[place][area] += i64::from(by) * i64::from(every - offset % every);
        };
        for lane in lanes {
            for segment in lane.segments_in(from + 1, to) {
                change(segment.from, area(segment.family()), 1);
                change(segment.end(open), area(segment.family()), -1);
            }
            if let Some(cap) = lane.cap
                && cap.at < to
            {
                change(cap.at, area(Family::Finished), 1);
            }
        }
        let mut levels = Self {
            from,
            every,
            sums: vec![[0.0; AREAS.len()]],
        };
        let (mut sum, mut running) = ([0_i64; AREAS.len()], resting);
        for (slopes, within) in slopes.iter().zip(&within).take(places) {
            for area in 0..AREAS.len() {
                sum[area] += running[area] * i64::from(every) + within[area];
                running[area] += i64::from(slopes[area]);
            }
            levels.sums.push(sum.map(exact));
        }
        levels
    }

    /// How many lanes are in each of the [`AREAS`], in the mean between two edges.
    pub fn between(&self, from: Edge, to: Edge) -> [f64; AREAS.len()] {
        let to = to.max(from + 1);
        let (left, right) = (self.upto(from), self.upto(to));
        let width = f64::from(to - from);
        std::array::from_fn(|area| ((right[area] - left[area]) / width).max(0.0))
    }

    /// Columns between two sums: finer than this they say nothing.
    pub const fn every(&self) -> u32 {
        self.every
    }

    fn upto(&self, edge: Edge) -> [f64; AREAS.len()] {
        let Some(last) = self.sums.len().checked_sub(1) else {
            return Default::default();
        };
        let offset = edge.saturating_sub(self.from);
        let place = ((offset / self.every) as usize).min(last);
        let (here, next) = (self.sums[place], self.sums[(place + 1).min(last)]);
        let share = f64::from(offset % self.every) / f64::from(self.every);
        std::array::from_fn(|area| here[area] + (next[area] - here[area]) * share)
    }
}

fn area(family: Family) -> usize {
    // A step is over before anybody sees it: whoever runs is among those that are ready.
    AREAS.iter().position(|other| *other == family).unwrap_or(0)
}

#[expect(clippy::cast_precision_loss, reason = "sums of columns are far below 2^52")]
const fn exact(sum: i64) -> f64 {
    sum as f64
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::trace::ids::ResourceId;
    use crate::trace::spans::SegmentKind;
    use proptest::prelude::*;

    /// A lane of ready and waiting pieces, ended after the last one when it is capped.
    fn lane(from: Edge, pieces: &[(bool, u32)], capped: bool) -> Lane {
        let mut lane = Lane {
            task: TaskId(1),
            name: TextId::EMPTY,
            parent: None,
            depth: 0,
            from,
            segments: Vec::new(),
            sums: Vec::new(),
            cap: None,
        };
        let mut edge = from;
        for (ready, length) in pieces {
            let kind = if *ready {
                SegmentKind::Ready
            } else {
                SegmentKind::Waiting(WaitReason::Lock(ResourceId(1)))
            };
            lane.close(edge);
            lane.push(edge, kind, false);
            edge += length;
        }
        if capped {
            lane.close(edge);
            lane.cap = Some(super::super::Cap {
                at: edge,
                how: super::super::ColumnEnd::Finished,
                value: TextId::EMPTY,
            });
        }
        lane
    }

    proptest! {
        /// The sums say what counting the lanes column by column says.
        #[test]
        fn levels_are_what_counting_says(
            lives in prop::collection::vec(
                (0_u32..30, prop::collection::vec((any::<bool>(), 1_u32..20), 1..8), any::<bool>()), 1..12),
            from in 0_u32..40,
            length in 1_u32..90,
        ) {
            let lanes: Vec<Lane> = lives.iter().map(|(from, pieces, capped)| lane(*from, pieces, *capped)).collect();
            let open: Edge = 200;
            let to = from + length;
            let levels = Levels::of(lanes.iter(), (from, to), open, u32::MAX);
            prop_assert_eq!(levels.every(), 1);
            for column in from + 1..=to {
                let mut counted = [0.0; AREAS.len()];
                for lane in &lanes {
                    let segment = lane.segments.iter().find(|it| it.from < column && column <= it.end(open));
                    if let Some(segment) = segment {
                        counted[area(segment.family())] += 1.0;
                    } else if lane.cap.is_some_and(|cap| cap.at < column) {
                        counted[area(Family::Finished)] += 1.0;
                    }
                }
                let told = levels.between(column - 1, column);
                let same = told.iter().zip(&counted).all(|(told, counted)| (told - counted).abs() < f64::EPSILON);
                prop_assert!(same, "column {}: {:?} {:?}", column, told, counted);
            }
            let coarse = Levels::of(lanes.iter(), (from, to), open, 3);
            let (all, sum) = (coarse.between(from, to), levels.between(from, to));
            if length % coarse.every() == 0 {
                for area in 0..AREAS.len() {
                    prop_assert!((all[area] - sum[area]).abs() < 1e-6, "{:?} {:?}", all, sum);
                }
            }
        }
    }
}
