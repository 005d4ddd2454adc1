//! Lanes drawn as text.

use super::*;
use crate::trace::script::{Script, lock_handover, sleepers};

/// One line a lane: `.` before and after, `R` running, `r` ready, lower case for waits, `!` cancel requested.
fn picture(trace: &Trace) -> String {
    let lanes = lanes(trace);
    let cell = |lane: &Lane, column: u32| match lane.at(column) {
        None => '.',
        Some(Segment {
            kind: SegmentKind::Running,
            ..
        }) => 'R',
        Some(Segment {
            cancel_requested: true,
            ..
        }) => '!',
        Some(Segment {
            kind: SegmentKind::Ready,
            ..
        }) => 'r',
        Some(Segment {
            kind: SegmentKind::Waiting(WaitReason::Sleep { .. }),
            ..
        }) => 's',
        Some(Segment {
            kind: SegmentKind::Waiting(_),
            ..
        }) => 'w',
    };
    let loop_lane: String = lanes
        .columns()
        .iter()
        .map(|column| {
            if matches!(column.runner, Runner::Loop(_)) {
                'R'
            } else {
                '.'
            }
        })
        .collect();
    let mut text = vec![format!("loop {loop_lane}")];
    for row in lanes.rows() {
        let lane = &lanes.lanes()[row];
        let cells: String = (1..=lanes.last_edge()).map(|column| cell(lane, column)).collect();
        let cap = lane
            .cap
            .map_or(String::new(), |cap| format!(" {:?} at {}", cap.how, cap.at));
        text.push(format!(
            "{:indent$}{} {cells}{cap}",
            "",
            trace.text(lane.name),
            indent = lane.depth as usize
        ));
    }
    text.join("\n")
}

#[test]
fn every_column_has_one_run_cell() {
    for trace in [sleepers(), lock_handover()] {
        for (index, column) in picture(&trace).lines().next().unwrap()["loop ".len()..]
            .chars()
            .enumerate()
        {
            let number = u32::try_from(index + 1).unwrap();
            let runs = lanes(&trace)
                .lanes()
                .iter()
                .filter(|lane| lane.at(number).is_some_and(|at| at.kind == SegmentKind::Running))
                .count();
            assert_eq!(runs + usize::from(column == 'R'), 1, "column {number}");
        }
    }
}

#[test]
fn sleepers_wake_through_the_loop_lane() {
    insta::assert_snapshot!(picture(&sleepers()), @r"
    loop ..R.R..
    main RssRwwR Finished at 7
     nap .RsssR. Finished at 6
    ");
}

#[test]
fn a_lock_is_handed_over() {
    insta::assert_snapshot!(picture(&lock_handover()), @r"
    loop ....
    a RrR. Finished at 3
    b rRwR Finished at 4
    ");
}

#[test]
fn an_eager_child_has_its_column_before_its_creator() {
    let mut script = Script::new();
    let (main, first) = script.spawn("main", None, 9);
    script.turn();
    script.begin(first);
    let (_, child) = script.spawn("child", Some(main), 5);
    script.begin(child);
    script.returns("1");
    script.returns("None");
    insta::assert_snapshot!(picture(&script.exits()), @r"
    loop ..
    main rR Finished at 2
     child R. Finished at 1
    ");
}

#[test]
fn a_cancelled_sleeper_shows_the_request_until_it_runs() {
    let mut script = Script::new();
    let (main, first) = script.spawn("main", None, 9);
    let (task, second) = script.spawn("nap", None, 5);
    script.turn();
    script.begin(second);
    script.sleep(task, 1000, 6);
    script.begin(first);
    let name = script.text("tick");
    let callback = script.ready(Job::Callback { name }, Via::Call);
    let woken = script.cancel(task);
    script.gives_way(main);
    script.turn();
    script.begin(callback);
    script.callback_done();
    script.begin(woken);
    script.emit(&EventKind::CancelDelivered { task });
    script.cancelled();
    let trace = script.exits();
    insta::assert_snapshot!(picture(&trace), @r"
    loop ..R.
    main rRrr
    nap Rs!R Cancelled at 4
    ");
    let arrows = lanes(&trace).arrows_in(2, 2).to_vec();
    insta::assert_debug_snapshot!(arrows, @r"
    [
        Arrow {
            column: 2,
            from: Some(
                TaskId(
                    1,
                ),
            ),
            to: TaskId(
                2,
            ),
            kind: Wake(
                Cancel,
            ),
        },
        Arrow {
            column: 2,
            from: Some(
                TaskId(
                    1,
                ),
            ),
            to: TaskId(
                2,
            ),
            kind: Cancel,
        },
    ]
    ");
}

#[test]
fn a_growing_trace_gives_the_same_lanes() {
    let whole = lock_handover();
    let mut grown = Lanes::default();
    let header = crate::trace::packed::header_bytes(whole.header());
    let mut trace = Trace::read(&header).unwrap();
    let mut offset = header.len();
    while offset < whole.bytes().len() {
        let (_, next) = crate::trace::packed::read_record(whole.bytes(), offset).unwrap();
        trace.push_chunk(&whole.bytes()[offset..next]).unwrap();
        grown.update(&trace);
        offset = next;
    }
    let whole = lanes(&whole);
    assert_eq!(
        (grown.columns, grown.tasks, grown.arrows),
        (whole.columns, whole.tasks, whole.arrows)
    );
}

/// Of every recorded run of the gallery, every window of some lengths says the same whether all lanes
/// are looked at, or those that change and a count of the others.
#[test]
fn few_lanes_say_what_all_say() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/static/traces");
    let mut windows = 0;
    for entry in std::fs::read_dir(folder).expect("recorded runs") {
        let path = entry.expect("a file").path();
        let trace = Trace::read(&std::fs::read(&path).expect("a recorded run")).expect("a trace");
        let (lanes, last) = (lanes(&trace), trace.last_frame());
        let group = Group {
            first: TaskId(1),
            coroutine: TextId::EMPTY,
            lanes: (0..lanes.lanes().len()).collect(),
        };
        let worlds: Vec<State> = (0..=last).map(|frame| trace.state_at(frame)).collect();
        for from in 0..last {
            for to in [from + 1, from + 7, last].into_iter().filter(|to| *to <= last) {
                let all = Levels::of(lanes.lanes().iter(), (from, to), last, u32::MAX);
                for now in [from, from.midpoint(to), to] {
                    let few = lanes.levels_near(&group, &worlds[now as usize], (from, to), last);
                    assert_eq!(
                        few,
                        all,
                        "{}: columns after {from} to {to}, at {now}",
                        path.display()
                    );
                }
                windows += 1;
            }
        }
    }
    assert!(windows > 1000);
}
