//! Moves of the page, on one recorded run.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says why"
)]
#![cfg(feature = "ui")]

mod ui_fixture;

use loopscope::trace::{Diagnosis, EventKind, Header, Outcome, Recorder, Stream, TaskId, Trace};
use loopscope::ui::frame::Frame;
use loopscope::ui::recording::Recording;
use loopscope::ui::scale::Viewport;
use loopscope::ui::state::{Action, Move, Phase, Program, State, Trouble};

fn loaded() -> State {
    State::default().apply(Action::Loaded(Recording::of(ui_fixture::bounded_queue())))
}

fn go(state: &State, step: Move) -> State {
    state.apply(Action::Go(step))
}

#[test]
fn a_scenario_opens_where_there_is_much_to_see() {
    let state = loaded();
    assert_eq!(state.phase, Phase::Resting);
    assert!(state.cursor > 0 && state.cursor < state.last_frame());
    assert!(!state.is_stale());
}

#[test]
fn twenty_steps_forward_and_back_show_the_same_world() {
    let recording = Recording::of(ui_fixture::bounded_queue());
    let start = go(&loaded(), Move::To(10));
    let before = Frame::new(&recording, start.cursor).state;
    let mut state = start.clone();
    for _ in 0..20 {
        state = go(&state, Move::Forward);
    }
    assert_eq!(state.cursor, 30);
    for _ in 0..20 {
        state = go(&state, Move::Back);
    }
    assert_eq!(state.cursor, 10);
    assert_eq!(Frame::new(&recording, state.cursor).state, before);
}

#[test]
fn whichever_way_a_frame_is_come_to_it_shows_the_same_world() {
    let trace = ui_fixture::bounded_queue();
    let recording = Recording::of(ui_fixture::bounded_queue());
    let last = recording.last_frame();
    let ways = (0..=last)
        .chain((0..=last).rev())
        .chain((0..200).map(|n| n * 31 % (last + 1)));
    for number in ways {
        let frame = Frame::new(&recording, number);
        assert_eq!(*frame.state, trace.state_at(number), "frame {number}");
        if number > 0 {
            assert_eq!(*frame.before, trace.state_at(number - 1), "before frame {number}");
        }
    }
}

#[test]
fn moves_end_at_both_ends() {
    let state = loaded();
    let (first, last) = (go(&state, Move::First), go(&state, Move::Last));
    assert_eq!((first.cursor, last.cursor), (0, state.last_frame()));
    assert_eq!(go(&first, Move::Back).cursor, 0);
    assert_eq!(go(&last, Move::Forward).cursor, state.last_frame());
    assert_eq!(go(&state, Move::To(u32::MAX)).cursor, state.last_frame());
}

#[test]
fn turns_are_walked_by_their_first_steps() {
    let mut state = go(&loaded(), Move::First);
    let mut firsts = Vec::new();
    while state.cursor < state.last_frame() {
        state = go(&state, Move::NextTurn);
        firsts.push(state.cursor);
    }
    assert!(firsts.windows(2).all(|pair| pair[0] < pair[1]), "{firsts:?}");
    let mut back = vec![state.cursor];
    while state.cursor > 0 {
        state = go(&state, Move::PreviousTurn);
        back.push(state.cursor);
    }
    back.reverse();
    assert_eq!(back[1..], firsts);
}

#[test]
fn the_steps_of_a_task_are_its_runs() {
    let mut state = go(&loaded(), Move::First).apply(Action::Select(Some(TaskId(4))));
    let recording = Recording::of(ui_fixture::bounded_queue());
    let mut runs = 0;
    loop {
        let next = go(&state, Move::NextOfTask);
        if next.cursor == state.cursor {
            break;
        }
        state = next;
        runs += 1;
        assert_eq!(Frame::new(&recording, state.cursor).seat_task(), Some(TaskId(4)));
    }
    assert!(runs > 3, "{runs}");
    for _ in 1..runs {
        state = go(&state, Move::PreviousOfTask);
    }
    assert_eq!(go(&state, Move::PreviousOfTask).cursor, state.cursor);
}

#[test]
fn playing_stops_at_the_end_and_begins_anew_from_there() {
    let state = go(&loaded(), Move::To(loaded().last_frame() - 2)).apply(Action::TogglePlay);
    assert!(state.playing);
    let state = state.apply(Action::Tick);
    assert!(state.playing);
    let state = state.apply(Action::Tick);
    assert!(!state.playing, "the end was reached");
    let again = state.apply(Action::TogglePlay);
    assert!(again.playing);
    assert_eq!(again.cursor, 0);
    assert!(
        !go(&again, Move::Forward).playing,
        "whoever steps has stopped playing"
    );
}

#[test]
fn lanes_are_selected_in_the_order_on_screen() {
    let state = loaded().apply(Action::SelectLane { down: true });
    assert_eq!(state.selected, Some(TaskId(1)));
    let state = state.apply(Action::SelectLane { down: true });
    assert_eq!(state.selected, Some(TaskId(2)));
    let state = (0..9).fold(state, |state, _| state.apply(Action::SelectLane { down: true }));
    assert_eq!(state.selected, Some(TaskId(5)));
}

#[test]
fn the_window_follows_the_cursor() {
    let state = loaded().apply(Action::Zoom(0.2, 0.0));
    assert_ne!(state.viewport, Viewport::Auto);
    for to in [0, state.last_frame() / 2, state.last_frame()] {
        let there = go(&state, Move::To(to));
        let (first, last) = there.scale().visible();
        assert!(first <= to && to <= last, "{to} is not in {first}..{last}");
    }
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

fn trace_of(source: &str, finding: Option<Diagnosis>) -> Recording {
    let header = Header {
        program: "main.py".into(),
        source: source.into(),
        seed: 0,
    };
    let mut recorder = Recorder::new(&header);
    if let Some(diagnosis) = finding {
        let message = recorder.text("expected ':'");
        recorder.emit(&EventKind::Diagnosed {
            diagnosis,
            line: 3,
            column: 8,
            message,
        });
    }
    recorder.emit(&EventKind::RunEnded {
        outcome: Outcome::Exited { code: 1, error: None },
    });
    Recording::of(Trace::read(&recorder.into_bytes()).expect("a recorder writes traces"))
}

#[test]
fn a_program_that_cannot_be_read_leaves_the_picture_and_the_text() {
    let edited = loaded().apply(Action::Edit("async def main()\n".into()));
    assert!(edited.is_stale() && edited.program.edited);
    let started = edited.apply(Action::Run);
    assert!(started.is_busy());
    let broken = trace_of("async def main()\n", Some(Diagnosis::SyntaxError));
    let state = started.apply(Action::Began(broken)).apply(Action::Ended);
    assert!(!state.is_busy());
    assert_eq!(
        state.trouble,
        Some(Trouble::Syntax {
            line: 3,
            column: 8,
            message: "expected ':'".into()
        })
    );
    assert_eq!(state.recording, edited.recording);
    assert_eq!(&*state.program.source, "async def main()\n");
    assert_eq!(
        state.apply(Action::Edit("x".into())).trouble,
        None,
        "a new try, a clean slate"
    );
}

#[test]
fn a_run_without_steps_that_was_read_is_a_picture() {
    let state = loaded()
        .apply(Action::Edit("print(1)\n".into()))
        .apply(Action::Run);
    let state = state
        .apply(Action::Began(trace_of("print(1)\n", None)))
        .apply(Action::Ended);
    assert_eq!(state.trouble, None);
    assert!(!state.is_stale());
}

#[test]
fn whatever_ends_a_run_the_next_one_can_begin() {
    for trouble in [
        Trouble::Stopped,
        Trouble::Silent,
        Trouble::Crashed("unreachable".into()),
    ] {
        let state = loaded().apply(Action::Run).apply(Action::Failed(trouble.clone()));
        assert!(!state.is_busy());
        assert_eq!(state.trouble, Some(trouble));
        assert!(state.recording.is_some(), "the picture so far stays");
        assert_eq!(go(&state, Move::Back).trouble, None, "the steps can be read");
        let again = state.apply(Action::Run);
        assert!(again.is_busy());
        assert_eq!(again.trouble, None);
    }
}

#[test]
fn an_interpreter_that_cannot_be_loaded_bothers_only_who_wants_it() {
    let idle = loaded().apply(Action::EngineFailed("no connection".into()));
    assert_eq!(idle.trouble, None);
    let wanted = loaded()
        .apply(Action::Run)
        .apply(Action::EngineFailed("no connection".into()));
    assert_eq!(wanted.trouble, Some(Trouble::NoEngine("no connection".into())));
    assert!(!wanted.is_busy());
}

#[test]
fn a_growing_run_is_followed_and_compares_as_grown() {
    let whole = ui_fixture::bounded_queue();
    let bytes = whole.bytes();
    let begun = (0..bytes.len())
        .filter_map(|end| {
            Recording::read(&bytes[..end])
                .ok()
                .map(|recording| (end, recording))
        })
        .find(|(_, recording)| recording.last_frame() > 20);
    let (half, begun) = begun.expect("some prefix ends at a whole record");
    let state = loaded().apply(Action::Run).apply(Action::Began(begun.clone()));
    assert_eq!((state.phase, state.cursor), (Phase::Running, begun.last_frame()));
    let grown = begun.grown(&bytes[half..]).expect("the rest is whole");
    assert_ne!(begun, grown);
    let state = state.apply(Action::Grown(grown)).apply(Action::Ended);
    assert_eq!(state.cursor, whole.last_frame());
    assert_eq!(state.phase, Phase::Resting);
    let (grown, whole) = (state.recording.expect("it was shown"), Recording::of(whole));
    assert_eq!(
        grown.notes().outputs_until(u32::MAX),
        whole.notes().outputs_until(u32::MAX)
    );
    assert_eq!(grown.lanes().columns(), whole.lanes().columns());
}

#[test]
fn choosing_a_scenario_brings_its_source() {
    let state = loaded().apply(Action::Edit("x".into())).apply(Action::Choose(2));
    assert_eq!(state.program, Program::of(2));
    assert!(state.is_stale(), "its recorded run is still on the way");
    let undone = state.apply(Action::Edit("y".into())).apply(Action::UndoEdits);
    assert_eq!(undone.program, Program::of(2));
}

/// The worker may never say another word, and what was printed must not be lost with it.
#[test]
fn what_was_printed_before_the_first_step_is_shown_at_once() {
    let source = "print(1)\nwhile True: pass\n";
    let header = Header {
        program: "main.py".into(),
        source: source.into(),
        seed: 0,
    };
    let mut recorder = Recorder::new(&header);
    let begun = Recording::of(Trace::read(&recorder.take_chunk()).expect("a header"));
    let started = loaded().apply(Action::Edit(source.into())).apply(Action::Run);
    let silent = started.apply(Action::Began(begun.clone()));
    assert!(silent.is_stale(), "nothing to show: the last picture stays");

    let text = recorder.text("1");
    recorder.emit(&EventKind::Output {
        stream: Stream::Out,
        text,
        complete: true,
        line: 1,
    });
    let printed = begun.grown(&recorder.take_chunk()).expect("a chunk");
    let state = silent
        .apply(Action::Grown(printed))
        .apply(Action::Failed(Trouble::Silent));
    assert!(!state.is_stale());
    assert_eq!(state.trouble, Some(Trouble::Silent));
    let recording = state.recording.expect("a picture");
    assert_eq!(recording.notes().outputs_until(state.cursor).len(), 1);
}
