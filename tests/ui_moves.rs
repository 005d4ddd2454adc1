//! Moves about the timeline, on one recorded run: ranges, causes, changes, marks, undo, search.

#![allow(clippy::expect_used, reason = "a test that cannot go on says why")]
#![cfg(feature = "ui")]

mod ui_fixture;

use loopscope::trace::TaskId;
use loopscope::ui::frame::Frame;
use loopscope::ui::recording::Recording;
use loopscope::ui::scale::Viewport;
use loopscope::ui::state::{Action, Move, State};

fn loaded() -> State {
    State::default().apply(Action::Loaded(Recording::of(ui_fixture::bounded_queue())))
}

fn go(state: &State, step: Move) -> State {
    state.apply(Action::Go(step))
}

#[test]
fn a_selected_range_is_walked_again_and_again() {
    let state = loaded()
        .apply(Action::Range(Some((14, 11))))
        .apply(Action::ToggleLoop);
    assert_eq!((state.range, state.looping), (Some((11, 14)), true));
    let mut state = go(&state, Move::To(11)).apply(Action::TogglePlay);
    let mut walked = Vec::new();
    for _ in 0..9 {
        walked.push(state.cursor);
        state = state.apply(Action::Tick);
    }
    assert_eq!(walked, [11, 12, 13, 14, 11, 12, 13, 14, 11]);
    assert!(state.playing);
    let let_go = state.apply(Action::Escape);
    assert_eq!((let_go.range, let_go.looping), (None, false));
}

/// Playing pauses at each step that runs a line with a breakpoint, and goes on from there.
#[test]
fn playing_pauses_at_breakpoints() {
    let bytes = include_bytes!("../static/traces/producer_consumer.lscope");
    let recording = Recording::read(bytes).expect("a recorded run");
    let ran = |frame: u32| {
        recording
            .state_at(frame)
            .seat
            .as_ref()
            .map(|seat| seat.lines.clone())
    };
    let steps = 1..recording.last_frame();
    let line = steps.clone().filter_map(ran).flatten().max().expect("lines run");
    let expected: Vec<u32> = steps
        .filter(|frame| ran(*frame).is_some_and(|lines| lines.contains(&line)))
        .collect();
    let mut state = go(
        &State::default().apply(Action::Loaded(recording.clone())),
        Move::First,
    )
    .apply(Action::Breakpoints([line].into()));
    let mut stopped = Vec::new();
    while state.cursor < state.last_frame() {
        state = state.apply(Action::TogglePlay);
        while state.playing {
            state = state.apply(Action::Tick);
        }
        stopped.push(state.cursor);
    }
    let pauses: Vec<u32> = stopped
        .into_iter()
        .filter(|frame| *frame < state.cursor)
        .collect();
    assert_eq!(pauses, expected);
    assert_ne!(pauses, [] as [u32; 0]);

    // Lines of another text say nothing about this run; another program has none.
    let mut edited = go(&state, Move::First)
        .apply(Action::Edit("x".into()))
        .apply(Action::TogglePlay);
    while edited.playing {
        edited = edited.apply(Action::Tick);
    }
    assert_eq!(edited.cursor, edited.last_frame());
    assert!(state.apply(Action::Choose(0)).breakpoints.is_empty());
}

#[test]
fn the_ends_of_a_range_are_set_where_the_cursor_is() {
    let from = go(&loaded(), Move::To(30)).apply(Action::RangeFrom);
    let range = go(&from, Move::To(35)).apply(Action::RangeTo);
    assert_eq!(range.range, Some((30, 35)));
    let zoomed = range.apply(Action::ZoomToRange);
    let (first, last) = zoomed.scale().visible();
    assert!(first <= 30 && 35 <= last && last - first < 9, "{first}..{last}");
    let all = loaded().apply(Action::Range(Some((0, u32::MAX))));
    assert_eq!(
        all.range,
        Some((1, all.last_frame() - 1)),
        "it ends where the run ends"
    );
}

#[test]
fn what_a_range_was_spent_on_adds_up() {
    let recording = Recording::of(ui_fixture::bounded_queue());
    let lanes = recording.lanes();
    let last = lanes.last_edge();
    let whole = lanes.spent(1, last, None);
    let runs = lanes.lanes().iter().flat_map(|lane| &lane.segments);
    assert_eq!(
        whole.running.steps,
        runs.filter(|segment| segment.is_run()).count() as u64
    );
    assert_eq!(whole.whole.steps, u64::from(last));
    assert_eq!(whole.whole.time, lanes.time_at(last));
    for cut in 1..last {
        let (left, right) = (lanes.spent(1, cut, None), lanes.spent(cut + 1, last, None));
        let steps = |spent: &loopscope::trace::Spent| {
            let waits: u64 = spent.waits.iter().map(|(_, share)| share.steps).sum();
            spent.running.steps + spent.ready.steps + waits
        };
        assert_eq!(steps(&left) + steps(&right), steps(&whole), "cut after {cut}");
    }
    let tasks: u64 = (1..=5)
        .map(|task| lanes.spent(1, last, Some(TaskId(task))).running.steps)
        .sum();
    assert_eq!(tasks, whole.running.steps);
}

#[test]
fn the_chain_of_causes_leads_back_step_by_step() {
    let recording = Recording::of(ui_fixture::bounded_queue());
    let mut longest = 0;
    for number in 1..recording.last_frame() {
        let state = go(&loaded(), Move::To(number)).apply(Action::ToggleWhy);
        let chain = state.causes();
        assert_eq!(chain[0].column, number);
        longest = longest.max(chain.len());
        for pair in chain.windows(2) {
            assert!(pair[1].column < pair[0].column);
            // Whoever is named as the cause did wake, create or schedule it, and told so at the time.
            let before = Frame::new(&recording, pair[0].column - 1).state;
            let handle = before.ready.front().expect("it was ready");
            assert_eq!(handle.by_step, pair[1].column);
        }
    }
    assert!(longest > 2, "{longest}");
}

#[test]
fn cause_and_effect_are_each_others_inverse() {
    let mut walked = 0;
    for number in 1..loaded().last_frame() {
        let here = go(&loaded(), Move::To(number));
        let effect = go(&here, Move::Effect);
        if effect.cursor != number {
            let back = go(&effect, Move::Cause);
            assert_eq!(back.cursor, number, "what step {number} woke");
            walked += 1;
        }
    }
    assert!(walked > 10, "{walked}");
}

#[test]
fn changes_of_a_task_are_walked_both_ways() {
    let state = go(&loaded(), Move::First).apply(Action::Select(Some(TaskId(4))));
    let mut forward = vec![];
    let mut here = state;
    loop {
        let next = go(&here, Move::NextChange);
        if next.cursor == here.cursor {
            break;
        }
        forward.push(next.cursor);
        here = next;
    }
    let mut back = vec![here.cursor];
    loop {
        let next = go(&here, Move::PreviousChange);
        if next.cursor == here.cursor {
            break;
        }
        back.push(next.cursor);
        here = next;
    }
    back.reverse();
    assert_eq!(forward, back);
    assert!(forward.len() > 8, "{forward:?}");
}

#[test]
fn marks_are_kept_in_order_and_walked() {
    let marked = [30, 5, 12].iter().fold(loaded(), |state, frame| {
        go(&state, Move::To(*frame)).apply(Action::Bookmark)
    });
    assert_eq!(marked.bookmarks, [5, 12, 30]);
    let first = go(&go(&marked, Move::First), Move::NextMark);
    assert_eq!(first.cursor, 5);
    assert_eq!(go(&first, Move::NextMark).cursor, 12);
    assert_eq!(go(&go(&marked, Move::Last), Move::PreviousMark).cursor, 30);
    assert_eq!(first.apply(Action::Bookmark).bookmarks, [12, 30]);
}

#[test]
fn moves_can_be_undone_and_done_again() {
    let start = go(&loaded(), Move::To(3));
    let there = go(&start, Move::Last).apply(Action::Zoom(0.5, 10.0));
    let there = there.apply(Action::Zoom(0.5, 10.0));
    let back = there.apply(Action::Undo);
    assert_eq!(
        (back.cursor, back.viewport),
        (there.cursor, Viewport::Auto),
        "one zoom"
    );
    let back = back.apply(Action::Undo);
    assert_eq!(back.cursor, 3);
    let again = back.apply(Action::Redo).apply(Action::Redo);
    assert_eq!((again.cursor, again.viewport), (there.cursor, there.viewport));
    let scrubbed = (4..20).fold(start, |state, to| go(&state, Move::To(to)));
    assert_eq!(scrubbed.apply(Action::Undo).cursor, 3, "a drag is one move");
}

#[test]
fn a_search_finds_tasks_resources_output_lines_and_steps() {
    let recording = Recording::of(ui_fixture::bounded_queue());
    let found = |query: &str| loopscope::ui::search::search(&recording, query).hits;
    assert_eq!(found("taker-1")[0].action, Action::Select(Some(TaskId(4))));
    assert_eq!(found("26")[0].action, Action::Go(Move::To(26)));
    let made = found("MADE 1");
    assert!(
        made.iter().any(|hit| hit.action == Action::Go(Move::To(8))),
        "{made:?}"
    );
    let source = recording.trace().header().source.clone();
    let line = source
        .lines()
        .position(|line| line.contains("asyncio.Lock()"))
        .expect("a lock")
        + 1;
    let to = Action::Go(Move::Line(u32::try_from(line).expect("few lines")));
    assert!(found("asyncio.lock()").iter().any(|hit| hit.action == to));
    assert!(found("no such thing").is_empty() && found("  ").is_empty());
}

#[test]
fn a_resource_is_gone_to_where_it_changes() {
    let recording = Recording::of(ui_fixture::bounded_queue());
    let hits = loopscope::ui::search::search(&recording, "printer").hits;
    let to = hits
        .iter()
        .find(|hit| matches!(hit.action, Action::Go(Move::Resource(_))));
    let action = to.expect("the lock").action.clone();
    let mut state = go(&loaded(), Move::First);
    for _ in 0..3 {
        let next = state.apply(action.clone());
        assert!(
            next.cursor > state.cursor,
            "{} after {}",
            next.cursor,
            state.cursor
        );
        state = next;
    }
}
