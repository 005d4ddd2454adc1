//! The way of a cancellation: who asked, through which awaits the request went, where
//! `CancelledError` was raised, and what became of it.
//!
//! `Task.cancel()` only asks. A task that waits for others hands the request on
//! to them; the error is raised in a later step, at the await where the task
//! rests; and the task may tidy up, go on all the same, or end.

use crate::trace::diagnose::{Waiter, deadlock};
use crate::trace::event::{EventKind, Frame, Job, StepEnd, Via, WaitReason};
use crate::trace::ids::{Line, TaskId, TextId};
use crate::trace::spans::{ArrowKind, Lanes};
use crate::trace::state::State;
use crate::trace::trace::Trace;

/// Steps of a task that are looked at after a request: whoever goes on longer than that goes on.
const FOLLOWED: usize = 40;

/// A request to one task, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cancellation {
    /// The task that shall stop.
    pub task: TaskId,
    /// From the request to the end, in order.
    pub stations: Vec<Station>,
}

/// One thing that happened on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// The step in which it happened; 0 is before the first.
    pub step: u32,
    /// What happened.
    pub stage: Stage,
}

/// What happens on the way of a cancellation.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Somebody called `cancel()`, which only asks.
    Asked {
        /// Who.
        by: Asker,
        /// Line of the program, or 0.
        line: Line,
    },
    /// The task waited for others, so the request went on to them, in the same step.
    PassedOn {
        /// To whom.
        to: Vec<TaskId>,
    },
    /// `CancelledError` was raised where the task rested: its functions, outermost first.
    Delivered {
        /// Where it rested; empty when it had not begun.
        chain: Vec<Frame>,
    },
    /// The task asked others in turn.
    AsksInTurn {
        /// Whom.
        tasks: Vec<TaskId>,
    },
    /// It did not end yet: it awaits something more.
    Awaits {
        /// What it waits on.
        on: WaitReason,
        /// Where.
        line: Line,
        /// The step in which it goes on, if it does.
        until: Option<u32>,
    },
    /// `uncancel()` took the request back: a timeout or a task group turned it into an error of its own.
    TakenBack,
    /// The error was caught, and the task went on.
    Caught,
    /// It ended as cancelled.
    Cancelled {
        /// Who awaited it and gets the error now.
        heirs: Vec<TaskId>,
    },
    /// It ended, but not as cancelled: the error was caught.
    Returned {
        /// Bounded `repr` of the result.
        value: TextId,
    },
    /// It ended with another error.
    Raised {
        /// Bounded `repr` of the error.
        error: TextId,
    },
}

/// Who asked a task to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// A task, or the task itself.
    Task(TaskId),
    /// A task that was asked, and waits for this one: the request went on.
    Outer(TaskId),
    /// The time that the task had was up.
    Timeout,
    /// The group of this task, because it ended with an error.
    Failure(TaskId),
    /// The event loop, or code outside it.
    Loop,
}

/// The request to a task that matters at a frame: the last one until there, or else the first one after.
pub fn cancellation(trace: &Trace, lanes: &Lanes, task: TaskId, frame: u32) -> Option<Cancellation> {
    let requests: Vec<u32> = lanes.requests(task).collect();
    let next = requests.iter().position(|request| *request > frame);
    let place = next.map_or(requests.len(), |next| next.max(1)).checked_sub(1)?;
    let asked = *requests.get(place)?;
    // Several requests in one step are one.
    let until = requests[place..]
        .iter()
        .find(|request| **request > asked)
        .copied();
    let mut way = Way {
        trace,
        lanes,
        task,
        stations: Vec::new(),
    };
    way.asked(asked);
    way.followed(asked, until);
    Some(Cancellation {
        task,
        stations: way.stations,
    })
}

struct Way<'a> {
    trace: &'a Trace,
    lanes: &'a Lanes,
    task: TaskId,
    stations: Vec<Station>,
}

impl Way<'_> {
    fn push(&mut self, step: u32, stage: Stage) {
        self.stations.push(Station { step, stage });
    }

    /// The step of the request: who asked, and whom else it reached.
    fn asked(&mut self, step: u32) {
        // Between two steps, something happens after the frame of the first.
        let first = step.saturating_sub(1);
        let mut world = self.trace.state_at(first);
        let waiters = deadlock(&world).waiters;
        let (mut asked, mut found): (Vec<TaskId>, _) = (Vec::new(), None);
        for event in (first + 1..=step + 1).flat_map(|frame| self.trace.events_of_frame(frame)) {
            if let EventKind::CancelRequested {
                task,
                accepted: true,
                line,
                ..
            } = event.kind
            {
                if task == self.task && found.is_none() {
                    found = Some((asker(&world), line));
                }
                asked.push(task);
            }
            world.apply(&event);
            if found.is_some() && matches!(event.kind, EventKind::StepEnded { .. }) {
                break;
            }
        }
        let Some((by, line)) = found else { return };
        // Who waits for a lock does not stop its holder.
        let hands_on =
            |waiter: &Waiter| matches!(waiter.on, Some(WaitReason::Task(_) | WaitReason::Gather(_)));
        let reached = |waiter: &&Waiter| asked.contains(&waiter.task) && hands_on(waiter);
        let (mut by, mut to) = (by, Vec::new());
        for waiter in waiters.iter().filter(reached) {
            if waiter.task == self.task {
                to = waiter
                    .needs
                    .iter()
                    .copied()
                    .filter(|task| asked.contains(task))
                    .collect();
            } else if waiter.needs.contains(&self.task) {
                by = Asker::Outer(waiter.task);
            }
        }
        self.push(step, Stage::Asked { by, line });
        if !to.is_empty() {
            self.push(step, Stage::PassedOn { to });
        }
    }

    /// The steps of the task after the request, up to the next request.
    fn followed(&mut self, asked: u32, until: Option<u32>) {
        let Some(lane) = self.lanes.lane(self.task) else {
            return;
        };
        let after = lane.segments.partition_point(|segment| segment.from < asked);
        let runs = lane.segments[after..].iter().filter(|segment| segment.is_run());
        let mut delivered = false;
        for run in runs.take(FOLLOWED) {
            let step = run.from + 1;
            // The step in which the next request is made belongs to the way of this one.
            if until.is_some_and(|until| step > until) {
                if delivered {
                    self.push(until.unwrap_or(step), Stage::Caught);
                }
                return;
            }
            let mut rested = self.chain_before(step);
            let mut taken_back = false;
            let mut end = None;
            for event in self.trace.events_of_frame(step) {
                match event.kind {
                    EventKind::CancelDelivered { task } if task == self.task => {
                        delivered = true;
                        let chain = std::mem::take(&mut rested);
                        self.push(step, Stage::Delivered { chain });
                    }
                    EventKind::Uncancelled { task, .. } if task == self.task => taken_back = true,
                    EventKind::StepEnded { end: how } => end = Some(how),
                    _ => {}
                }
            }
            if !delivered {
                continue;
            }
            self.in_turn(step);
            if taken_back {
                return self.push(step, Stage::TakenBack);
            }
            if self.ended(step, end.as_ref()) {
                return;
            }
        }
    }

    /// What the task rests at before a step.
    fn chain_before(&self, step: u32) -> Vec<Frame> {
        let before = self.trace.state_at(step - 1);
        let view = before.task(self.task);
        view.map_or_else(Vec::new, |view| {
            view.stack.iter().map(|known| known.frame).collect()
        })
    }

    /// Whom the task asked in turn in a step.
    fn in_turn(&mut self, step: u32) {
        let arrows = self.lanes.arrows_in(step, step).iter();
        let tasks: Vec<TaskId> = arrows
            .filter(|arrow| arrow.kind == ArrowKind::Cancel && arrow.from == Some(self.task))
            .map(|arrow| arrow.to)
            .collect();
        if !tasks.is_empty() {
            self.push(step, Stage::AsksInTurn { tasks });
        }
    }

    /// How a step ended; whether that is the end of the way.
    fn ended(&mut self, step: u32, end: Option<&StepEnd>) -> bool {
        let stage = match end {
            Some(StepEnd::Suspended { on }) => {
                let until = self.lanes.run_after(self.task, step);
                // However often it awaits, it is the same tidying up.
                if let Some(Station {
                    stage: Stage::Awaits { until: known, .. },
                    ..
                }) = self.stations.last_mut()
                {
                    *known = until;
                    return false;
                }
                let line = self.chain_before(step + 1).last().map_or(0, |frame| frame.line);
                Stage::Awaits { on: *on, line, until }
            }
            Some(StepEnd::Cancelled { .. }) => {
                let arrows = self.lanes.arrows_in(step, step).iter();
                let heir = |kind: ArrowKind| kind == ArrowKind::Wake(Via::TaskDone(self.task));
                let heirs = arrows.filter(|arrow| heir(arrow.kind)).map(|arrow| arrow.to);
                Stage::Cancelled {
                    heirs: heirs.collect(),
                }
            }
            Some(StepEnd::Returned { value }) => Stage::Returned { value: *value },
            Some(StepEnd::Raised { error }) => Stage::Raised { error: *error },
            _ => return false,
        };
        let ends = !matches!(stage, Stage::Awaits { .. });
        self.push(step, stage);
        ends
    }
}

/// Who is at work when a request is made.
fn asker(world: &State) -> Asker {
    if let Some(task) = world.running_task() {
        return Asker::Task(task);
    }
    let Some(seat) = world.seat.as_ref().filter(|seat| seat.end.is_none()) else {
        return Asker::Loop;
    };
    match (seat.handle.job, seat.handle.via) {
        (Job::TimeoutOver(_), _) => Asker::Timeout,
        (Job::Library { .. }, Via::TaskDone(task)) => Asker::Failure(task),
        _ => Asker::Loop,
    }
}
