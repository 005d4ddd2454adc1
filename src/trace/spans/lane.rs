//! What the timeline consists of: columns, lanes with their segments, and arrows.

use crate::trace::event::{Job, Via, WaitReason};
use crate::trace::ids::{TaskId, TextId};
use crate::trace::time::Time;

/// A boundary between columns: 0 is before the first step, n the right edge of column n.
pub type Edge = u32;

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Turn of the loop it belongs to, from 1.
    pub turn: u32,
    /// Virtual time when it began.
    pub began: Time,
    /// Virtual time when it ended: later only when it blocked the loop.
    pub ended: Time,
    /// Who ran.
    pub runner: Runner,
    /// How it ended.
    pub end: ColumnEnd,
    /// Pieces of output since the column before.
    pub outputs: u32,
    /// Hints, warnings and mistakes since the column before.
    pub notes: u32,
}

/// Who ran in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runner {
    /// A task; it has a lane.
    Task(TaskId),
    /// A callback, or the loop's own clean-up: drawn in the lane of the event loop.
    Loop(Job),
}

/// How a column ended, in the words that the picture distinguishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnEnd {
    /// The task will go on later.
    Suspended,
    /// The task returned.
    Finished,
    /// The task raised.
    Failed,
    /// The task ended by `CancelledError`.
    Cancelled,
    /// A callback returned, or nothing was left to run.
    CallbackDone,
    /// A callback raised.
    CallbackFailed,
}

/// The row of one task.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// The task.
    pub task: TaskId,
    /// Its name at the end of the trace.
    pub name: TextId,
    /// The task that created it, if it has a lane.
    pub parent: Option<TaskId>,
    /// Number of ancestors.
    pub depth: u32,
    /// Where it begins.
    pub from: Edge,
    /// Its life, left to right, without gaps.
    pub segments: Vec<Segment>,
    /// How it ended, if it did.
    pub cap: Option<Cap>,
}

/// A stretch of a lane in which the task stays in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Left edge.
    pub from: Edge,
    /// Right edge; `None` while it goes on.
    pub to: Option<Edge>,
    /// The state.
    pub kind: SegmentKind,
    /// Whether cancellation was asked for and is not delivered yet.
    pub cancel_requested: bool,
}

/// State of a task in a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentKind {
    /// In the ready queue.
    Ready,
    /// The task runs; the segment is one column wide.
    Running,
    /// Suspended.
    Waiting(WaitReason),
}

/// The end of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    /// Right edge of the last step.
    pub at: Edge,
    /// `Finished`, `Failed` or `Cancelled`.
    pub how: ColumnEnd,
    /// Bounded `repr` of the result or exception.
    pub value: TextId,
}

/// What a column did to the task of another lane. It is drawn at the right edge of the column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// The column, or 0 for what happened before the first step.
    pub column: u32,
    /// Lane where it begins; `None` is the lane of the event loop.
    pub from: Option<TaskId>,
    /// Lane where it ends.
    pub to: TaskId,
    /// What was done.
    pub kind: ArrowKind,
}

/// What an [`Arrow`] tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrowKind {
    /// The task waited and is ready now.
    Wake(Via),
    /// The task was created.
    Spawn,
    /// The task was asked to stop.
    Cancel,
}

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
