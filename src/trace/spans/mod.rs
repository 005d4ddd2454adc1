//! The timeline: one lane a task, one column a step.
//!
//! Column *n* (from 1) is the step that ended as the n-th; its right edge is
//! frame *n* of the trace. *Edges* count from 0, so column *n* lies between the
//! edges *n - 1* and *n*. What a step changes in other lanes begins at the
//! column's right edge, and what happens between two steps at the edge between
//! them. So every column has exactly one run cell over all lanes together: that
//! is cooperative scheduling.
//!
//! The lanes are derived from the trace in one pass, which [`Lanes::update`]
//! continues while the trace still grows.

mod causes;
mod groups;
mod index;
mod lane;
mod share;
mod workers;

use super::event::{Event, EventKind, Job, StepEnd, Via, WaitReason};
use super::ids::{TaskId, TextId};
use super::room::make_room;
use super::state::{State, TaskState};
use super::time::Time;
use super::trace::{Place, Trace};

pub use causes::Cause;
pub use groups::{AREAS, Group, Levels, MANY, Standing};
pub use index::{Totals, Walk};
pub use share::{Share, Spent};
pub use workers::{Moment, Work, Worker};

/// A boundary between columns: 0 is before the first step, n the right edge of column n.
pub type Edge = u32;

/// The timeline of a trace.
#[derive(Clone, Debug, Default)]
pub struct Lanes {
    columns: Vec<Column>,
    tasks: Vec<Lane>,
    arrows: Vec<Arrow>,
    /// Columns in which somebody was asked to stop, and who.
    requests: Vec<(u32, TaskId)>,
    /// Index into `tasks` by task; hidden tasks have none.
    lane_of: Vec<Option<usize>>,
    /// Clock, turn and number of the steps that are not over, at their beginning, outermost first.
    open: Vec<(Time, u32, u32)>,
    /// Column by number of the step as they begin: a step that began inside another ended before it.
    column_of: Vec<u32>,
    /// Columns of the event loop, and columns that blocked it.
    loop_columns: Vec<u32>,
    blocked: Vec<u32>,
    workers: workers::Workers,
    outputs: u32,
    notes: u32,
    state: State,
    place: Place,
}

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
    /// What made it be scheduled.
    pub via: Via,
    /// Whether it ran because a deadline had come.
    pub timed: bool,
    /// Tasks and callbacks that are ready at its end.
    pub ready: u32,
    /// The step that scheduled it, by number as they begin; 0 is before the first.
    by: u32,
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
    /// Totals of the first segments, every so many: see [`Walk`].
    sums: Vec<Totals>,
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

/// The timeline of a whole trace.
pub fn lanes(trace: &Trace) -> Lanes {
    let mut lanes = Lanes::default();
    lanes.update(trace);
    lanes
}

impl Lanes {
    /// Takes in what the trace has grown by since the last call.
    pub fn update(&mut self, trace: &Trace) {
        for event in trace.events_after(self.place) {
            self.take(&event);
        }
        self.place = trace.end_place();
    }

    /// Makes room for the rest of a trace of which `share` was taken in.
    pub fn make_room(&mut self, share: f64) {
        make_room(&mut self.columns, share);
        make_room(&mut self.column_of, share);
        make_room(&mut self.arrows, share);
    }

    /// All columns; column n has index n - 1.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column with this number, from 1.
    pub fn column(&self, number: u32) -> Option<&Column> {
        self.columns.get((number as usize).checked_sub(1)?)
    }

    /// The last edge.
    pub fn last_edge(&self) -> Edge {
        Edge::try_from(self.columns.len()).unwrap_or(Edge::MAX)
    }

    /// All lanes in the order of creation.
    pub fn lanes(&self) -> &[Lane] {
        &self.tasks
    }

    /// The lane of a task, unless it is hidden.
    pub fn lane(&self, task: TaskId) -> Option<&Lane> {
        self.tasks.get(self.lane_index(task)?)
    }

    /// The index of the lane of a task, unless it is hidden.
    pub fn lane_index(&self, task: TaskId) -> Option<usize> {
        *self.lane_of.get(task.index())?
    }

    /// Indices of the lanes from top to bottom: children under their parent, in the order of creation.
    pub fn rows(&self) -> Vec<usize> {
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); self.tasks.len()];
        let mut pending = Vec::new();
        for (index, lane) in self.tasks.iter().enumerate() {
            match lane.parent.and_then(|parent| *self.lane_of.get(parent.index())?) {
                Some(parent) if parent < index => children[parent].push(index),
                _ => pending.push(index),
            }
        }
        pending.reverse();
        let mut rows = Vec::with_capacity(self.tasks.len());
        while let Some(index) = pending.pop() {
            rows.push(index);
            pending.extend(children[index].iter().rev());
        }
        rows
    }

    /// The columns of the event loop itself, in order.
    pub fn loop_columns(&self) -> &[u32] {
        &self.loop_columns
    }

    /// The columns in which virtual time went by: they blocked the loop.
    pub fn blocked_columns(&self) -> &[u32] {
        &self.blocked
    }

    /// All arrows, by column.
    pub fn arrows(&self) -> &[Arrow] {
        &self.arrows
    }

    /// The arrows of the columns from `first` to `last`, both included.
    pub fn arrows_in(&self, first: u32, last: u32) -> &[Arrow] {
        let begin = self.arrows.partition_point(|arrow| arrow.column < first);
        let end = self.arrows.partition_point(|arrow| arrow.column <= last);
        self.arrows.get(begin..end).unwrap_or_default()
    }

    /// The columns in which a task was asked to stop.
    pub fn requests(&self, task: TaskId) -> impl Iterator<Item = u32> {
        let to = move |(_, asked): &&(u32, TaskId)| *asked == task;
        self.requests.iter().filter(to).map(|(column, _)| *column)
    }

    fn take(&mut self, event: &Event) {
        let task = match &event.kind {
            EventKind::HandleScheduled { job, due: None, .. } => job.task(),
            EventKind::TimerFired { handle } => {
                let timer = self.state.timers.iter().find(|timer| timer.id == *handle);
                timer.and_then(|timer| timer.job.task())
            }
            EventKind::TaskSpawned { task, .. }
            | EventKind::TaskRenamed { task, .. }
            | EventKind::CancelRequested { task, .. }
            | EventKind::CancelDelivered { task } => Some(*task),
            _ => None,
        };
        let waited = task.is_some_and(|task| self.is_waiting(task));
        // Asked before the fold moves on: a step that spawns or wakes is not over yet.
        let (edge, from) = (
            self.next_edge(),
            self.state.running_task().and_then(|task| self.shown(task)),
        );
        self.state.apply(event);
        self.take_work(event, edge);
        match &event.kind {
            EventKind::StepBegan { .. } => {
                self.open
                    .push((self.state.clock, self.state.turn, self.state.step));
            }
            EventKind::StepEnded { end } => self.end_column(end),
            EventKind::TaskSpawned {
                task, parent, hidden, ..
            } => {
                self.begin_lane(*task, *parent, *hidden, edge);
                self.arrow(edge, from, *task, ArrowKind::Spawn);
            }
            EventKind::CancelRequested {
                task, accepted: true, ..
            } => {
                self.requests.push((edge, *task));
                self.arrow(edge, from, *task, ArrowKind::Cancel);
            }
            EventKind::Output { .. } => self.outputs += 1,
            EventKind::Diagnosed { .. } => self.notes += 1,
            _ => {}
        }
        let Some(task) = task else { return };
        if waited && !self.is_waiting(task) {
            let via = self.state.task(task).map_or(Via::Call, |view| view.woken);
            self.arrow(edge, from, task, ArrowKind::Wake(via));
        }
        self.follow(task, edge);
    }

    fn is_waiting(&self, task: TaskId) -> bool {
        self.state
            .task(task)
            .is_some_and(|view| matches!(view.state, TaskState::Waiting(_)))
    }

    /// Where a change that happens now becomes visible.
    fn next_edge(&self) -> Edge {
        self.last_edge() + u32::from(!self.open.is_empty())
    }

    fn shown(&self, task: TaskId) -> Option<TaskId> {
        self.lane(task).map(|lane| lane.task)
    }

    fn arrow(&mut self, column: u32, from: Option<TaskId>, to: TaskId, kind: ArrowKind) {
        if self.shown(to).is_some() && from != Some(to) {
            self.arrows.push(Arrow {
                column,
                from,
                to,
                kind,
            });
        }
    }

    fn begin_lane(&mut self, task: TaskId, parent: Option<TaskId>, hidden: bool, from: Edge) {
        if self.state.tasks.len() == self.lane_of.len() {
            return;
        }
        self.lane_of.push((!hidden).then_some(self.tasks.len()));
        if hidden {
            return;
        }
        let parent = parent.and_then(|parent| self.lane(parent));
        self.tasks.push(Lane {
            task,
            name: TextId::EMPTY,
            parent: parent.map(|parent| parent.task),
            depth: parent.map_or(0, |parent| parent.depth + 1),
            from,
            segments: Vec::new(),
            sums: Vec::new(),
            cap: None,
        });
    }

    fn end_column(&mut self, end: &StepEnd) {
        let now = (self.state.clock, self.state.turn, self.state.step);
        let (began, turn, step) = self.open.pop().unwrap_or(now);
        let handle = self.state.seat.as_ref().map(|seat| &seat.handle);
        let job = handle.map_or(Job::Library { name: TextId::EMPTY }, |handle| handle.job);
        let via = handle.map_or(Via::Call, |handle| handle.via);
        let (timed, by) = handle.map_or((false, 0), |handle| (handle.due.is_some(), handle.by_step));
        let runner = job
            .task()
            .and_then(|task| self.shown(task))
            .map_or(Runner::Loop(job), Runner::Task);
        let end = match end {
            StepEnd::Suspended { .. } => ColumnEnd::Suspended,
            StepEnd::Returned { .. } => ColumnEnd::Finished,
            StepEnd::Raised { .. } => ColumnEnd::Failed,
            StepEnd::Cancelled { .. } => ColumnEnd::Cancelled,
            StepEnd::CallbackDone | StepEnd::Nothing | StepEnd::Refused => ColumnEnd::CallbackDone,
            StepEnd::CallbackRaised { .. } => ColumnEnd::CallbackFailed,
        };
        let (outputs, notes) = (std::mem::take(&mut self.outputs), std::mem::take(&mut self.notes));
        let left = self.last_edge();
        self.columns.push(Column {
            turn,
            began,
            ended: self.state.clock,
            runner,
            end,
            via,
            timed,
            ready: u32::try_from(self.state.ready.len()).unwrap_or(u32::MAX),
            by,
            outputs,
            notes,
        });
        self.column_of.resize(self.column_of.len().max(step as usize), 0);
        if let Some(place) = (step as usize).checked_sub(1) {
            self.column_of[place] = left + 1;
        }
        if self.state.clock > began {
            self.blocked.push(left + 1);
        }
        if let Runner::Loop(_) = runner {
            self.loop_columns.push(left + 1);
        }
        let Runner::Task(task) = runner else { return };
        if let Some(lane) = self.lane_mut(task) {
            lane.close(left);
            lane.push(left, SegmentKind::Running, false);
            lane.close(left + 1);
        }
        self.follow(task, left + 1);
    }

    fn lane_mut(&mut self, task: TaskId) -> Option<&mut Lane> {
        let place = self.lane_index(task)?;
        self.tasks.get_mut(place)
    }

    /// Lets the lane of a task show, from `edge` on, what the fold says of the task.
    fn follow(&mut self, task: TaskId, edge: Edge) {
        let Some(view) = self.state.task(task) else { return };
        let (name, state, asked, value) = (view.name, view.state, view.cancel_pending, view.value);
        let Some(lane) = self.lane_mut(task) else { return };
        lane.name = name;
        let how = match state {
            TaskState::Running => return,
            TaskState::Ready => return lane.show(edge, SegmentKind::Ready, asked),
            TaskState::Waiting(on) => return lane.show(edge, SegmentKind::Waiting(on), asked),
            TaskState::Finished => ColumnEnd::Finished,
            TaskState::Failed => ColumnEnd::Failed,
            TaskState::Cancelled => ColumnEnd::Cancelled,
        };
        if lane.cap.is_none() {
            lane.close(edge);
            lane.cap = Some(Cap { at: edge, how, value });
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
