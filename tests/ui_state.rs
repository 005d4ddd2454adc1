//! Moves of the page, on one recorded run.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says why"
)]
#![cfg(feature = "ui")]

mod ui_fixture;

use loopscope::trace::{Diagnosis, EventKind, Header, Level, Outcome, Recorder, Stream, TaskId, Trace};
use loopscope::ui::frame::Frame;
use loopscope::ui::link::Link;
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

/// The recorded run that comes first is of the usual world, where the step may be another one.
#[test]
fn the_step_that_a_link_names_is_one_of_the_run_in_its_world() {
    let recording = || Recording::of(ui_fixture::bounded_queue());
    let state = Link::of_query("?step=7&interrupt=99").opens();
    let opened = state.apply(Action::Loaded(recording()));
    assert_eq!(opened.cursor, loaded().cursor);
    let ran = opened
        .apply(Action::Run)
        .apply(Action::Began(recording()))
        .apply(Action::Ended);
    assert_eq!(ran.cursor, 7);
    // Runs that follow end where they end.
    let again = ran
        .apply(Action::Run)
        .apply(Action::Began(recording()))
        .apply(Action::Ended);
    assert_eq!(again.cursor, again.last_frame());
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

fn trace_of(source: &str, finding: Option<Diagnosis>) -> Recording {
    let header = Header {
        program: "main.py".into(),
        source: source.into(),
        seed: 0,
        ..Header::default()
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
    let queue = loaded();
    let source = queue.program.source.clone();
    assert!(source.starts_with("import asyncio\n"), "{source}");
    let state = queue.apply(Action::Edit("x".into())).apply(Action::Choose(2));
    assert_eq!(state.program, Program::of(2));
    assert!(state.is_stale(), "its recorded run is still on the way");
    let back = state.apply(Action::Choose(queue.program.scenario));
    let edited = back.apply(Action::Edit("y".into()));
    let arrived = edited.apply(Action::Loaded(Recording::of(ui_fixture::bounded_queue())));
    assert_eq!(&*arrived.program.source, "y", "an edit is not lost");
    assert!(arrived.program.edited);
    assert!(!arrived.apply(Action::Edit(source)).program.edited);
    let undone = arrived.apply(Action::UndoEdits);
    assert_eq!(undone.program, Program::of(queue.program.scenario));
}

/// The worker may never say another word, and what was printed must not be lost with it.
#[test]
fn what_was_printed_before_the_first_step_is_shown_at_once() {
    let source = "print(1)\nwhile True: pass\n";
    let header = Header {
        program: "main.py".into(),
        source: source.into(),
        seed: 0,
        ..Header::default()
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

#[test]
fn the_level_is_what_was_chosen_or_what_the_program_asks_for() {
    let state = loaded();
    assert_eq!(state.level(), Level::Python313);
    let asking = state.apply(Action::Edit("# python: 3.7\n".into()));
    assert_eq!(asking.level(), Level::Python37);
    assert_eq!(
        asking.chosen_level, None,
        "the program says so, wherever it is run"
    );
    let newer = asking.apply(Action::Level(Level::Python313));
    assert_eq!(newer.level(), Level::Python313, "the choice wins");
    assert_eq!(newer.apply(Action::Choose(1)).chosen_level, None);

    let older = loaded().apply(Action::RunAt(Level::Python37));
    assert!(older.is_busy());
    assert_eq!(older.level(), Level::Python37, "the next run is the same");
}
