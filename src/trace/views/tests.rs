//! Views of recorded runs, in words that a reader can check against the program.
#![allow(clippy::expect_used, reason = "a test that cannot go on says why")]

use super::{
    Asker, Bond, Node, Phase, Stage, bonds, cancellation, cast, closed_at, is_standstill, tree, turn,
};
use crate::trace::diagnose::deadlock;
use crate::trace::event::{Change, Outcome, ResourceKind, WaitReason};
use crate::trace::ids::{ResourceId, TaskId};
use crate::trace::names::{resource_name, seconds};
use crate::trace::script::Script;
use crate::trace::spans::{Lanes, lanes};
use crate::trace::state::{HandleView, State};
use crate::trace::trace::Trace;

struct Run {
    trace: Trace,
    lanes: Lanes,
}

impl Run {
    fn of(trace: Trace) -> Self {
        let lanes = lanes(&trace);
        Self { trace, lanes }
    }

    /// The recorded run of a scenario.
    fn recorded(name: &str) -> Self {
        let file = format!("{}/static/traces/{name}.lscope", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(file).expect("a recorded run");
        Self::of(Trace::read(&bytes).expect("a trace"))
    }

    fn task(&self, name: &str) -> TaskId {
        let tip = self.trace.tip();
        let found = tip.tasks.iter().find(|task| self.trace.text(task.name) == name);
        found.expect("a task of that name").id
    }

    fn name(&self, task: TaskId) -> &str {
        self.trace
            .tip()
            .task(task)
            .map_or("?", |view| self.trace.text(view.name))
    }

    fn names(&self, tasks: &[TaskId]) -> String {
        let names: Vec<&str> = tasks.iter().map(|task| self.name(*task)).collect();
        names.join("+")
    }

    fn node(&self, node: Node, state: &State) -> String {
        match node {
            Node::Task(task) => self.name(task).to_owned(),
            Node::Resource(id) => resource_name(&self.trace, state, id),
            Node::Future(id) => id.to_string(),
            Node::Clock => "clock".to_owned(),
        }
    }

    /// `ann > lock 2`, with a star at what is part of a circle.
    fn bonds(&self, frame: u32) -> Vec<String> {
        let state = self.trace.state_at(frame);
        let told = |Bond { from, to, in_circle }: Bond| {
            let star = if in_circle { " *" } else { "" };
            format!("{} > {}{star}", self.node(from, &state), self.node(to, &state))
        };
        bonds(&state, &deadlock(&state)).into_iter().map(told).collect()
    }

    fn tree(&self, frame: u32) -> Vec<String> {
        let state = self.trace.state_at(frame);
        let told = |branch: &super::Branch| {
            let group = branch.group.map_or(String::new(), |id| {
                format!(" in {}", resource_name(&self.trace, &state, id))
            });
            format!(
                "{}{}{group}",
                "  ".repeat(branch.depth as usize),
                self.name(branch.task)
            )
        };
        tree(&state).iter().map(told).collect()
    }

    /// `6 asked by Task-1 at 35`, one line a station.
    fn way(&self, task: &str, frame: u32) -> Vec<String> {
        let way = cancellation(&self.trace, &self.lanes, self.task(task), frame);
        let stations = way.map_or_else(Vec::new, |way| way.stations);
        let told = stations
            .into_iter()
            .map(|station| format!("{} {}", station.step, self.stage(&station.stage)));
        told.collect()
    }

    fn stage(&self, stage: &Stage) -> String {
        match stage {
            Stage::Asked { by, line } => match by {
                Asker::Task(task) => format!("asked by {} at {line}", self.name(*task)),
                Asker::Outer(task) => format!("asked with {}", self.name(*task)),
                Asker::Timeout => "asked by a timeout".to_owned(),
                Asker::Failure(task) => format!("asked because {} failed", self.name(*task)),
                Asker::Loop => "asked by the loop".to_owned(),
            },
            Stage::PassedOn { to } => format!("passed on to {}", self.names(to)),
            Stage::Delivered { chain } => {
                let frames = chain
                    .iter()
                    .map(|frame| format!("{}:{}", self.trace.text(frame.function), frame.line));
                format!("delivered in {}", frames.collect::<Vec<_>>().join(" > "))
            }
            Stage::AsksInTurn { tasks } => format!("asks {}", self.names(tasks)),
            Stage::Awaits { line, until, .. } => format!("awaits at {line} until {until:?}"),
            Stage::TakenBack => "taken back".to_owned(),
            Stage::Caught => "caught".to_owned(),
            Stage::Cancelled { heirs } => format!("cancelled, told {}", self.names(heirs)),
            Stage::Returned { value } => format!("returned {}", self.trace.text(*value)),
            Stage::Raised { error } => format!("raised {}", self.trace.text(*error)),
        }
    }

    fn handles(&self, handles: &[HandleView]) -> String {
        let name = |handle: &HandleView| {
            handle
                .job
                .task()
                .map_or("callback", |task| self.name(task))
                .to_owned()
        };
        handles.iter().map(name).collect::<Vec<_>>().join(",")
    }

    /// A turn in one line: what it asked, what came, what it runs.
    fn turn(&self, frame: u32) -> String {
        let (turn, phase) = turn(&self.trace, &self.lanes, frame, &self.trace.state_at(frame));
        let slept = turn.slept.map_or("no".to_owned(), |(from, to)| {
            format!("{}-{}", seconds(from), seconds(to))
        });
        let until = turn.sleeps_until.map_or("-".to_owned(), seconds);
        format!(
            "turn {} {phase:?}: {} ready, until {until}; slept {slept}; due [{}]; {}/{} of [{}]; then [{}]{}",
            turn.number,
            turn.waiting,
            self.handles(&turn.due),
            turn.ran,
            turn.batch.len(),
            self.handles(&turn.batch),
            self.handles(&turn.later),
            if turn.is_first { " first" } else { "" },
        )
    }
}

#[test]
fn the_circle_of_the_deadlock_closes_in_its_last_step() {
    let run = Run::recorded("deadlock");
    insta::assert_snapshot!(run.bonds(5).join("\n"), @r#"
    Task-1 > task group 1
    lock 1 > ann
    lock 2 > ben
    task group 1 > ann
    task group 1 > ben
    "#);
    insta::assert_snapshot!(run.bonds(6).join("\n"), @r#"
    Task-1 > task group 1
    ann > lock 2
    lock 1 > ann
    lock 2 > ben
    task group 1 > ann
    task group 1 > ben
    "#);
    insta::assert_snapshot!(run.bonds(7).join("\n"), @r#"
    Task-1 > task group 1
    ann > lock 2 *
    ben > lock 1 *
    lock 1 > ann *
    lock 2 > ben *
    task group 1 > ann
    task group 1 > ben
    "#);
    let tip = run.trace.tip();
    let found = deadlock(tip);
    assert_eq!(run.names(&found.circles[0]), "ann+ben");
    assert_eq!(
        closed_at(&run.lanes, &found.circles[0], run.trace.last_frame()),
        7
    );
    let still = |frame| is_standstill(&run.trace.state_at(frame));
    assert_eq!([4, 6, 7, 8].map(still), [false, false, true, true]);
}

#[test]
fn everything_that_is_ever_waited_on_has_a_place() {
    let run = Run::recorded("deadlock");
    let cast = cast(&run.lanes);
    let tip = run.trace.tip();
    assert_eq!(run.names(&cast.tasks), "Task-1+ann+ben");
    let things: Vec<String> = cast.things.iter().map(|node| run.node(*node, tip)).collect();
    assert_eq!(things, ["lock 1", "lock 2", "task group 1", "clock"]);
}

#[test]
fn permits_and_children_lead_to_whoever_has_them() {
    let mut script = Script::new();
    let gate = script.resource(ResourceKind::Semaphore, "gate", 0, 2);
    let gather = script.resource(ResourceKind::Gather, "", 0, 0);
    let (main, first) = script.spawn("main", None, 9);
    let seats: Vec<_> = ["a", "b", "c"]
        .map(|name| script.spawn(name, Some(main), 4))
        .into();
    script.turn();
    script.begin(first);
    for (task, _) in &seats {
        script.change(gather, Change::ChildAdded { task: *task });
    }
    script.suspend(main, 10, WaitReason::Gather(gather));
    for (task, handle) in &seats[..2] {
        script.begin(*handle);
        script.change(gate, Change::Acquired);
        script.sleep(*task, 100, 5);
    }
    script.begin(seats[2].1);
    script.suspend(seats[2].0, 4, WaitReason::Semaphore(gate));
    let run = Run::of(script.unfinished());
    insta::assert_snapshot!(run.bonds(4).join("\n"), @r#"
    main > gather 1
    a > clock
    b > clock
    c > gate
    gate > a
    gate > b
    gather 1 > a
    gather 1 > b
    gather 1 > c
    "#);
    insta::assert_snapshot!(run.tree(4).join("\n"), @r#"
    main
      a in gather 1
      b in gather 1
      c in gather 1
    "#);
}

#[test]
fn a_long_ring_is_one_circle() {
    let mut script = Script::new();
    let count = 1000_u32;
    let locks: Vec<ResourceId> = (0..count)
        .map(|_| script.resource(ResourceKind::Lock, "", 0, 0))
        .collect();
    let seats: Vec<_> = (0..count)
        .map(|number| script.spawn(&format!("p{number}"), None, 9))
        .collect();
    script.turn();
    for (place, (task, handle)) in seats.iter().enumerate() {
        script.begin(*handle);
        script.change(locks[place], Change::Acquired);
        script.suspend(*task, 7, WaitReason::Lock(locks[(place + 1) % locks.len()]));
    }
    let tasks = seats.iter().map(|(task, _)| *task).collect();
    let run = Run::of(script.finish(Outcome::Deadlocked { tasks }));
    let bonds = bonds(run.trace.tip(), &deadlock(run.trace.tip()));
    assert_eq!(bonds.len(), 2000);
    assert!(bonds.iter().all(|bond| bond.in_circle));
}

#[test]
fn a_tree_grows_under_the_task_that_creates() {
    let run = Run::recorded("task_group");
    assert_eq!(run.tree(0), ["Task-1"]);
    insta::assert_snapshot!(run.tree(1).join("\n"), @r#"
    Task-1
      ann in task group 1
      ben in task group 1
      leak in task group 1
    "#);
}

#[test]
fn a_request_is_followed_to_its_end() {
    let run = Run::recorded("cancellation");
    assert!(run.way("Task-1", 5).is_empty(), "nobody asks it");
    insta::assert_snapshot!(run.way("download", 6).join("\n"), @r#"
    6 asked by Task-1 at 35
    7 delivered in download:8
    7 awaits at 11 until Some(12)
    12 cancelled, told
    "#);
    insta::assert_snapshot!(run.way("backup", 18).join("\n"), @r#"
    6 asked by Task-1 at 35
    8 delivered in backup:14
    8 cancelled, told
    "#);
    insta::assert_snapshot!(run.way("stubborn", 1).join("\n"), @r#"
    6 asked by Task-1 at 35
    9 delivered in stubborn:19
    9 awaits at 22 until Some(15)
    15 returned 'finished anyway'
    "#);
}

#[test]
fn a_request_goes_on_to_whom_the_task_waits_for() {
    let run = Run::recorded("shield");
    let outer = run.way("bare", 5);
    insta::assert_snapshot!(outer.join("\n"), @r#"
    5 asked by Task-1 at 27
    5 passed on to save
    7 delivered in shop:16
    7 cancelled, told
    "#);
    insta::assert_snapshot!(run.way("save", 5).join("\n"), @r#"
    5 asked with bare
    6 delivered in save:7
    6 cancelled, told bare
    "#);
}

#[test]
fn a_failed_child_stops_the_others_and_the_parent() {
    let run = Run::recorded("task_group");
    insta::assert_snapshot!(run.way("ben", 10).join("\n"), @r#"
    10 asked because leak failed
    11 delivered in rower:7
    11 cancelled, told
    "#);
    insta::assert_snapshot!(run.way("Task-1", 10).join("\n"), @r#"
    10 asked because leak failed
    12 delivered in main:23
    12 awaits at 19 until Some(14)
    14 taken back
    "#);
}

#[test]
fn a_timeout_asks_and_takes_it_back() {
    let run = Run::recorded("timeout");
    insta::assert_snapshot!(run.way("Task-1", 4).join("\n"), @r#"
    4 asked by a timeout
    5 delivered in main:17 > answer:7
    5 taken back
    "#);
    // The second one is another request.
    insta::assert_snapshot!(run.way("Task-1", 7).join("\n"), @r#"
    6 asked by a timeout
    7 delivered in main:22 > answer:7
    7 taken back
    "#);
    insta::assert_snapshot!(Run::recorded("ctrl_c").way("Task-1", 6).join("\n"), @r#"
    3 asked by the loop
    3 passed on to worker
    6 delivered in main:20
    6 cancelled, told
    "#);
}

#[test]
fn a_turn_is_told_phase_by_phase() {
    let run = Run::recorded("deadlock");
    let turns: Vec<String> = (0..=run.trace.last_frame())
        .map(|frame| run.turn(frame))
        .collect();
    insta::assert_snapshot!(turns.join("\n"), @r#"
    turn 1 Asks: 1 ready, until -; slept no; due []; 0/0 of []; then []
    turn 1 Runs: 1 ready, until -; slept no; due []; 1/1 of [Task-1]; then [ann,ben] first
    turn 2 Runs: 2 ready, until -; slept no; due []; 1/2 of [ann,ben]; then [] first
    turn 2 Runs: 2 ready, until -; slept no; due []; 2/2 of [ann,ben]; then []
    turn 3 Runs: 0 ready, until 0.10 s; slept 0.00 s-0.10 s; due [callback,callback]; 1/2 of [callback,callback]; then [ann] first
    turn 3 Runs: 0 ready, until 0.10 s; slept 0.00 s-0.10 s; due [callback,callback]; 2/2 of [callback,callback]; then [ann,ben]
    turn 4 Runs: 2 ready, until -; slept no; due []; 1/2 of [ann,ben]; then [] first
    turn 4 Runs: 2 ready, until -; slept no; due []; 2/2 of [ann,ben]; then []
    turn 4 Asks: 0 ready, until -; slept no; due []; 0/0 of []; then []
    "#);
    let end = Run::recorded("cancellation");
    let (_, phase) = turn(&end.trace, &end.lanes, end.trace.last_frame(), end.trace.tip());
    assert_eq!(phase, Phase::Stopped);
}

/// Whatever was ready when a turn began runs in it, and nothing else.
#[test]
fn every_turn_of_every_recorded_run_runs_what_was_ready() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/static/traces");
    let mut turns = 0;
    for entry in std::fs::read_dir(folder).expect("recorded runs") {
        let path = entry.expect("a file").path();
        let run = Run::recorded(path.file_stem().and_then(|name| name.to_str()).expect("a name"));
        for frame in 1..run.trace.last_frame() {
            let (turn, phase) = turn(&run.trace, &run.lanes, frame, &run.trace.state_at(frame));
            assert_eq!(phase, Phase::Runs);
            let place = format!("{} frame {frame}: {turn:?}", path.display());
            assert!((1..=turn.batch.len()).contains(&turn.ran), "{place}");
            assert_eq!(turn.is_first, turn.ran == 1, "{place}");
            turns += u32::from(turn.is_first);
        }
        let lanes = &run.lanes;
        for lane in lanes.lanes() {
            for request in lanes.requests(lane.task).collect::<Vec<_>>() {
                let way = cancellation(&run.trace, lanes, lane.task, request).expect("a way");
                assert!(matches!(way.stations[0].stage, Stage::Asked { .. }), "{way:?}");
                assert!(way.stations.is_sorted_by_key(|station| station.step), "{way:?}");
            }
        }
    }
    assert!(turns > 300, "{turns}");
}
