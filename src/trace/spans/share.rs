//! What a stretch of a run was spent on: running, ready, and every kind of waiting.

use super::{Edge, Lane, Lanes, SegmentKind};
use crate::trace::event::WaitReason;
use crate::trace::ids::TaskId;
use crate::trace::sort;
use crate::trace::state::alike;
use crate::trace::time::Time;

/// A part of a stretch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Columns, over all tasks together.
    pub steps: u64,
    /// Virtual time, over all tasks together.
    pub time: Time,
}

impl Share {
    const fn add(&mut self, steps: u32, time: Time) {
        self.steps += steps as u64;
        self.time = self.time.plus(time);
    }
}

/// What a stretch was spent on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Tasks that lived in it.
    pub tasks: u32,
    /// Columns and virtual time of the stretch itself.
    pub whole: Share,
    /// Running.
    pub running: Share,
    /// Ready.
    pub ready: Share,
    /// Waiting, by what for; a reason stands for all that differ only in the item or the timer.
    pub waits: Vec<(WaitReason, Share)>,
}

/// Waits by key, in the order of their keys.
type Waits = Vec<((u8, u32), (WaitReason, Share))>;

impl Lanes {
    /// What the columns from `first` to `last` were spent on, by one task or by all.
    pub fn spent(&self, first: u32, last: u32, task: Option<TaskId>) -> Spent {
        let (from, to) = (first.max(1) - 1, last.min(self.last_edge()));
        let mut spent = Spent::default();
        if from >= to {
            return spent;
        }
        spent
            .whole
            .add(to - from, self.time_at(to).since(self.time_at(from)));
        let mut waits = Vec::new();
        match task.and_then(|task| self.lane(task)) {
            Some(lane) => self.spend(lane, from, to, &mut spent, &mut waits),
            None => {
                for lane in &self.tasks {
                    self.spend(lane, from, to, &mut spent, &mut waits);
                }
            }
        }
        spent.waits = waits.into_iter().map(|(_, wait)| wait).collect();
        sort::sort_by_key(&mut spent.waits, |(_, share)| {
            std::cmp::Reverse((share.time, share.steps))
        });
        spent
    }

    fn spend(&self, lane: &Lane, from: Edge, to: Edge, spent: &mut Spent, waits: &mut Waits) {
        let mut lived = false;
        for segment in lane.segments_in(from + 1, to) {
            let (begin, end) = (segment.from.max(from), segment.end(to).min(to));
            if begin >= end {
                continue;
            }
            lived = true;
            let time = self.time_at(end).since(self.time_at(begin));
            let share = match segment.kind {
                SegmentKind::Running => &mut spent.running,
                SegmentKind::Ready => &mut spent.ready,
                SegmentKind::Waiting(reason) => {
                    let (key, reason) = alike(reason);
                    let place = waits.partition_point(|(other, _)| *other < key);
                    if waits.get(place).is_none_or(|(other, _)| *other != key) {
                        waits.insert(place, (key, (reason, Share::default())));
                    }
                    &mut waits[place].1.1
                }
            };
            share.add(end - begin, time);
        }
        spent.tasks += u32::from(lived);
    }

    /// Virtual time at an edge.
    pub fn time_at(&self, edge: Edge) -> Time {
        self.column(edge).map_or(Time::ZERO, |column| column.ended)
    }
}
