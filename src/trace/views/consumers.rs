//! Who used up the steps of a run that was cut off, and whether the clock could move meanwhile.
//!
//! Of a run that has no end, some end must be made up: who took the last steps says why it had none.

use crate::trace::ids::TaskId;
use crate::trace::spans::{Column, Edge, Lanes, Runner};

/// Steps of one task at one moment of the clock that few programs mean to make.
const AGAIN: u32 = 10;
/// What part of a run must be of its last moment, so that the clock is said to stand still.
const MOMENT: usize = 10;

/// Who used up a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consumers {
    /// Whoever took most steps, and all who took at least half as many; oldest first.
    pub tasks: Vec<TaskId>,
    /// The steps that they took together.
    pub steps: u32,
    /// The first of these steps.
    pub since: Edge,
    /// Whether the clock has not moved since then.
    pub still: bool,
}

/// Looks at who took the steps of a run: those since the clock last moved, when they are many, or all.
pub fn consumers(lanes: &Lanes) -> Option<Consumers> {
    let columns = lanes.columns();
    let now = columns.last()?.began;
    let moment = columns.partition_point(|column| column.began < now);
    let (steps, most) = taken(lanes, &columns[moment..]);
    let still = most >= AGAIN && (columns.len() - moment) * MOMENT >= columns.len();
    let (from, (steps, most)) = if still {
        (moment, (steps, most))
    } else {
        (0, taken(lanes, columns))
    };
    let many = |lane: usize| steps[lane] > 0 && steps[lane] >= most / 2;
    let ran = |column: &Column| lane_of(lanes, column).is_some_and(many);
    let first = columns[from..].iter().position(ran)?;
    let mut found = Consumers {
        tasks: Vec::new(),
        steps: 0,
        since: Edge::try_from(from + first + 1).unwrap_or(Edge::MAX),
        still,
    };
    for (index, lane) in lanes.lanes().iter().enumerate() {
        if many(index) {
            found.tasks.push(lane.task);
            found.steps += steps[index];
        }
    }
    Some(found)
}

fn lane_of(lanes: &Lanes, column: &Column) -> Option<usize> {
    match column.runner {
        Runner::Task(task) => lanes.lane_index(task),
        Runner::Loop(_) => None,
    }
}

/// The steps of each lane, and the most of them.
fn taken(lanes: &Lanes, columns: &[Column]) -> (Vec<u32>, u32) {
    let mut steps = vec![0; lanes.lanes().len()];
    let mut most = 0;
    for column in columns {
        if let Some(lane) = lane_of(lanes, column) {
            steps[lane] += 1;
            most = most.max(steps[lane]);
        }
    }
    (steps, most)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::trace::event::{Budget, Job, Outcome, Via, WaitReason};
    use crate::trace::script::Script;
    use crate::trace::spans::lanes;

    const OUT: Outcome = Outcome::OutOfBudget {
        budget: Budget::Steps,
        limit: 1000,
        line: 7,
    };

    /// `main` waits for a worker that sleeps, while others give way so often.
    fn polling(pollers: usize, times: usize) -> Lanes {
        let mut script = Script::new();
        let (main, first) = script.spawn("main", None, 1);
        let (worker, second) = script.spawn("worker", Some(main), 2);
        let pollers: Vec<_> = (0..pollers)
            .map(|number| script.spawn(&format!("poll-{number}"), Some(main), 3))
            .collect();
        script.turn();
        script.begin(first);
        script.suspend(main, 9, WaitReason::Task(worker));
        script.begin(second);
        script.sleep(worker, 1000, 5);
        for (task, mut next) in pollers {
            for _ in 0..times {
                script.begin(next);
                next = script.gives_way(task);
            }
        }
        lanes(&script.finish(OUT))
    }

    #[test]
    fn who_is_always_ready_holds_the_clock() {
        let found =
            consumers(&polling(1, 300)).map(|found| (found.tasks, found.steps, found.since, found.still));
        assert_eq!(found, Some((vec![TaskId(3)], 300, 3, true)));
        let found = consumers(&polling(2, 200)).map(|found| (found.tasks, found.steps, found.still));
        assert_eq!(found, Some((vec![TaskId(3), TaskId(4)], 400, true)));
    }

    #[test]
    fn a_few_steps_at_one_moment_are_nothing_special() {
        let found = consumers(&polling(1, 5));
        assert_eq!(found.map(|found| (found.steps, found.still)), Some((5, false)));
        assert_eq!(consumers(&Lanes::default()), None);
    }

    /// One that ticks on for ever, and one that polled for a moment long ago.
    #[test]
    fn where_the_clock_moves_all_steps_count() {
        let mut script = Script::new();
        let (ticker, first) = script.spawn("ticker", None, 1);
        let (other, second) = script.spawn("other", None, 1);
        script.turn();
        script.begin(second);
        script.returns("None");
        let mut next = first;
        for _ in 0..400 {
            script.begin(next);
            let timer = script.sleep(ticker, 10, 5);
            script.pass(10);
            script.turn();
            next = script.wake_sleeper(timer, ticker);
        }
        script.begin(next);
        script.ready(Job::Step(ticker), Via::Yield);
        script.suspend(ticker, 5, WaitReason::Bare);
        let found = consumers(&lanes(&script.finish(OUT)));
        assert_eq!(
            found,
            Some(Consumers {
                tasks: vec![ticker],
                steps: 401,
                since: 2,
                still: false,
            })
        );
        assert_ne!(ticker, other);
    }
}
