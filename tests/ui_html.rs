//! What the components draw, natively: parts of the page as HTML, from one recorded run.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says why"
)]
#![cfg(all(feature = "ui", not(target_arch = "wasm32")))]

mod ui_fixture;

use std::rc::Rc;

use loopscope::trace::{EventKind, Header, Outcome, Recorder, TaskId, Trace, narrate, plain};
use loopscope::ui::components::board::{Board, Props as BoardProps};
use loopscope::ui::components::output::{Output, Props as OutputProps};
use loopscope::ui::components::say::{Props as SayProps, Say};
use loopscope::ui::components::steps::{Props as StepsProps, Steps};
use loopscope::ui::frame::Frame;
use loopscope::ui::recording::Recording;
use loopscope::ui::scale::Axis;
use loopscope::ui::state::{Action, Engine, Phase, State, Trouble};
use loopscope::ui::timeline::{Props as TimelineProps, Timeline};
use yew::{BaseComponent, Callback, LocalServerRenderer};

fn frame(number: u32) -> Rc<Frame> {
    Rc::new(Frame::new(&Recording::of(ui_fixture::bounded_queue()), number))
}

async fn html<C: BaseComponent>(props: C::Properties) -> String {
    LocalServerRenderer::<C>::with_props(props)
        .hydratable(false)
        .render()
        .await
}

/// The words that a reader sees; every element ends a word.
fn words(html: &str) -> String {
    let pieces = html
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces
        .collect::<Vec<_>>()
        .join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[tokio::test]
async fn the_board_shows_who_runs_who_is_next_and_who_waits() {
    let board = html::<Board>(BoardProps { frame: frame(26) }).await;
    insta::assert_snapshot!(words(&board));
    // Where the running task goes next is dashed, where woken tasks left is dotted.
    assert!(board.contains("chip f-peer ghost"), "{board}");
    assert!(board.contains("chip f-ready gone"), "{board}");
}

#[tokio::test]
async fn every_frame_of_the_board_can_be_drawn() {
    let recording = Recording::of(ui_fixture::bounded_queue());
    for number in 0..=recording.last_frame() {
        let board = html::<Board>(BoardProps {
            frame: Rc::new(Frame::new(&recording, number)),
        })
        .await;
        assert!(board.contains("data-testid=\"ready\""), "frame {number}: {board}");
    }
}

#[tokio::test]
async fn output_of_later_steps_is_not_there_yet() {
    let shown = |number| OutputProps {
        frame: frame(number),
        emit: Callback::noop(),
    };
    let early = words(&html::<Output>(shown(9)).await);
    assert_eq!(early, "8 made 1 9 made 2");
    let late = words(&html::<Output>(shown(1000)).await);
    assert!(
        late.starts_with(&early) && late.ends_with("nothing left to print"),
        "{late}"
    );
}

/// Letters without any blanks: markup puts blanks around names.
fn letters(text: &str) -> String {
    text.split_whitespace().collect()
}

fn sentence(frame: &Frame) -> String {
    let trace = frame.recording.trace();
    letters(&plain(
        &narrate(&trace, frame.number).headline,
        &trace,
        &frame.state,
    ))
}

#[tokio::test]
async fn the_table_of_steps_tells_every_step() {
    let table = html::<Steps>(StepsProps {
        frame: frame(3),
        emit: Callback::noop(),
    })
    .await;
    let told = letters(&words(&table).replace("&quot;", "\"").replace("&#x27;", "'"));
    for number in 1..=frame(0).steps() {
        let frame = frame(number);
        let name = frame
            .seat_task()
            .map_or("event loop".to_owned(), |task| frame.name(task));
        // Who ran stands in a column of its own and is not said again.
        let act = sentence(&frame);
        let act = act.strip_prefix(&name).unwrap_or(&act);
        let row = letters(&format!("{number}{name}{act}"));
        assert!(told.contains(&row), "step {number}: {row} is not in {told}");
    }
    assert_eq!(table.matches("aria-current=\"step\"").count(), 1);
}

fn timeline(state: &State) -> TimelineProps {
    let recording = state.recording.as_ref().expect("the fixture is loaded");
    TimelineProps {
        frame: Rc::new(Frame::new(recording, state.cursor)),
        scale: state.scale(),
        axis: state.axis,
        future_hidden: state.future_hidden,
        selected: state.selected,
        emit: Callback::noop(),
    }
}

fn loaded() -> State {
    State::default().apply(Action::Loaded(Recording::of(ui_fixture::bounded_queue())))
}

#[tokio::test]
async fn every_step_has_one_run_cell_or_one_diamond() {
    let state = loaded();
    let steps = state.last_frame() - 1;
    let drawn = html::<Timeline>(timeline(&state)).await;
    let cells = drawn.matches("class=\"s-run\"").count() + drawn.matches("class=\"s-cb").count();
    // One swatch of the legend looks like a run cell.
    assert_eq!(cells - 1, steps as usize);
}

#[tokio::test]
async fn a_run_can_be_drawn_wherever_it_has_got_to() {
    let whole = ui_fixture::bounded_queue();
    let ends = (0..whole.bytes().len()).filter_map(|end| Recording::read(&whole.bytes()[..end]).ok());
    let mut drawn = 0;
    for recording in ends {
        let state = State::default()
            .apply(Action::Run)
            .apply(Action::Began(recording));
        if state.recording.is_some() && state.cursor > 0 {
            html::<Timeline>(timeline(&state)).await;
            html::<Timeline>(timeline(&state.apply(Action::ToggleAxis))).await;
            html::<Board>(BoardProps {
                frame: timeline(&state).frame,
            })
            .await;
            drawn += 1;
        }
    }
    assert!(drawn > 100, "{drawn}");
}

#[tokio::test]
async fn a_hidden_future_is_not_drawn() {
    let shown = loaded();
    let hidden = shown.apply(Action::ToggleFuture);
    let (shown, hidden) = (
        html::<Timeline>(timeline(&shown)).await,
        html::<Timeline>(timeline(&hidden)).await,
    );
    assert!(shown.contains("class=\"future\""));
    assert!(!hidden.contains("class=\"future\""));
    assert!(hidden.matches("<rect").count() < shown.matches("<rect").count());
}

#[tokio::test]
async fn the_clock_axis_draws_the_same_lanes() {
    let clock = loaded().apply(Action::ToggleAxis);
    assert_eq!(clock.axis, Axis::Clock);
    let names = |html: &str| words(html).matches("maker-1").count();
    let (steps, clock) = (
        html::<Timeline>(timeline(&loaded())).await,
        html::<Timeline>(timeline(&clock)).await,
    );
    assert_eq!(names(&steps), names(&clock));
}

fn say(frame: Option<Rc<Frame>>, trouble: Option<Trouble>) -> SayProps {
    SayProps {
        frame,
        phase: Phase::Resting,
        engine: Engine::Ready,
        trouble,
        quiet: false,
    }
}

#[tokio::test]
async fn a_sentence_tells_the_step() {
    let told = html::<Say>(say(Some(frame(26)), None)).await;
    assert!(letters(&words(&told)).contains(&sentence(&frame(26))), "{told}");
    assert!(told.contains("taker-2</b>"), "names are marked: {told}");
    assert!(told.contains("aria-live=\"polite\""), "{told}");
}

#[tokio::test]
async fn troubles_say_what_where_and_what_to_do() {
    let syntax = Trouble::Syntax {
        line: 12,
        column: 5,
        message: "expected ':'".into(),
    };
    let mut told = Vec::new();
    for trouble in [
        syntax,
        Trouble::Stopped,
        Trouble::Silent,
        Trouble::Crashed("unreachable".into()),
    ] {
        let drawn = html::<Say>(say(Some(frame(3)), Some(trouble))).await;
        assert!(drawn.contains("role=\"alert\""), "{drawn}");
        told.push(words(&drawn));
    }
    insta::assert_snapshot!(told.join("\n"));
}

fn ended(outcome: Outcome) -> Rc<Frame> {
    let header = Header {
        program: "main.py".into(),
        source: String::new(),
        seed: 0,
    };
    let mut recorder = Recorder::new(&header);
    let name = recorder.text("main");
    let task = recorder.next_task();
    let spawned = EventKind::TaskSpawned {
        task,
        name,
        coroutine: name,
        line: 1,
        parent: None,
        hidden: false,
    };
    recorder.emit(&spawned);
    recorder.emit(&EventKind::RunEnded { outcome });
    let trace = Trace::read(&recorder.into_bytes()).expect("a recorder writes traces");
    Rc::new(Frame::new(&Recording::of(trace), u32::MAX))
}

#[tokio::test]
async fn ends_that_are_no_good_ends_are_named() {
    let lines = loopscope::trace::Budget::Lines;
    let outcomes = [
        Outcome::Deadlocked {
            tasks: vec![TaskId(1)],
        },
        Outcome::OutOfBudget {
            budget: lines,
            limit: 2_000_000,
            line: 4,
        },
        Outcome::Exited { code: 3, error: None },
    ];
    let mut told = Vec::new();
    for outcome in outcomes {
        told.push(words(&html::<Say>(say(Some(ended(outcome)), None)).await));
    }
    insta::assert_snapshot!(told.join("\n"));
}

#[tokio::test]
async fn names_of_a_program_are_text_never_markup() {
    let header = Header {
        program: "main.py".into(),
        source: String::new(),
        seed: 0,
    };
    let mut recorder = Recorder::new(&header);
    let name = recorder.text("<img src=x onerror=alert(1)>");
    let task = recorder.next_task();
    let spawned = EventKind::TaskSpawned {
        task,
        name,
        coroutine: name,
        line: 1,
        parent: None,
        hidden: false,
    };
    recorder.emit(&spawned);
    let (job, via) = (loopscope::trace::Job::Step(task), loopscope::trace::Via::Spawn);
    recorder.schedule(job, None, via, 1);
    let trace = Trace::read(&recorder.into_bytes()).expect("a recorder writes traces");
    let frame = Rc::new(Frame::new(&Recording::of(trace), 0));
    let board = html::<Board>(BoardProps { frame }).await;
    assert!(board.contains("&lt;img"), "{board}");
    assert!(!board.contains("<img"), "{board}");
}
