//! Why a step ran: back along the chain of what made it be scheduled, and forward to what it woke.

use super::{ArrowKind, Lanes, Runner};
use crate::trace::event::Via;
use crate::trace::ids::TaskId;

/// Links of a chain that are followed: further back nobody reads.
const LINKS: usize = 24;

/// One step of a chain of causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The step.
    pub column: u32,
    /// Who ran in it.
    pub runner: Runner,
    /// What made it be scheduled.
    pub via: Via,
    /// Whether a deadline let it run: then nobody woke it but the clock.
    pub timed: bool,
}

impl Lanes {
    /// The chain of causes of a step, from the step itself back to the clock, or to the beginning of the run.
    pub fn causes(&self, column: u32) -> Vec<Cause> {
        let mut chain: Vec<Cause> = Vec::new();
        let mut next = Some(column);
        while let Some(number) = next.filter(|_| chain.len() < LINKS)
            && let Some(here) = self.column(number)
        {
            chain.push(Cause {
                column: number,
                runner: here.runner,
                via: here.via,
                timed: here.timed,
            });
            next = if here.timed { None } else { self.cause(number) };
        }
        chain
    }

    /// The step that scheduled a step; `None` when that was before the first.
    pub fn cause(&self, column: u32) -> Option<u32> {
        let step = self.column(column)?.by;
        let cause = *self.column_of.get((step as usize).checked_sub(1)?)?;
        // A step that is not over has no column; a task that starts eagerly runs inside it.
        (cause > 0 && cause < column).then_some(cause)
    }

    /// The first step that ran because of a step.
    pub fn effect(&self, column: u32) -> Option<u32> {
        let woken = self
            .arrows_in(column, column)
            .iter()
            .find(|arrow| arrow.kind != ArrowKind::Cancel)?;
        self.run_after(woken.to, column)
    }

    /// The next column in which a task runs.
    pub fn run_after(&self, task: TaskId, column: u32) -> Option<u32> {
        let segments = &self.lane(task)?.segments;
        let later = segments.partition_point(|segment| segment.from < column);
        segments[later..].iter().find(|segment| segment.is_run())?.to
    }

    /// The last column before this one in which a task runs.
    pub fn run_before(&self, task: TaskId, column: u32) -> Option<u32> {
        let segments = &self.lane(task)?.segments;
        let earlier = segments.partition_point(|segment| segment.from + 1 < column);
        segments[..earlier].iter().rfind(|segment| segment.is_run())?.to
    }

    /// The nearest frame after, or before, a frame in which the task changes its state.
    pub fn change_of(&self, task: TaskId, frame: u32, forward: bool) -> Option<u32> {
        let lane = self.lane(task)?;
        let end = lane.cap.map(|cap| cap.at);
        // A run is seen at the end of its column, everything else as soon as it begins.
        let seen = |segment: &super::Segment| segment.from + u32::from(segment.is_run());
        if forward {
            let later = lane.segments.partition_point(|segment| seen(segment) <= frame);
            let next = lane.segments.get(later).map(seen);
            return next.or(end.filter(|end| *end > frame));
        }
        if let Some(end) = end.filter(|end| *end < frame) {
            return Some(end);
        }
        let earlier = lane.segments.partition_point(|segment| seen(segment) < frame);
        lane.segments.get(earlier.checked_sub(1)?).map(seen)
    }

    /// The step from which the chain of causes of a task begins: the one that runs at a column, the
    /// one that woke it when it is ready there, or else the last one that it ran in.
    pub fn anchor(&self, task: TaskId, column: u32) -> Option<u32> {
        let lane = self.lane(task)?;
        if lane.at(column).is_some_and(super::Segment::is_run) {
            return Some(column);
        }
        self.run_before(task, column)
    }
}
