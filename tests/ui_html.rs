//! What the components draw, natively: parts of the page as HTML, from one recorded run.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says why"
)]
#![cfg(all(feature = "ui", not(target_arch = "wasm32")))]

mod ui_fixture;

use std::rc::Rc;

use loopscope::trace::{
    EventKind, Header, Outcome, Recorder, Segment, SegmentKind, TaskId, Trace, narrate, plain,
};
use loopscope::ui::components::board::{Board, Props as BoardProps};
use loopscope::ui::components::output::{Output, Props as OutputProps};
use loopscope::ui::components::say::{Props as SayProps, Say};
use loopscope::ui::components::steps::{Props as StepsProps, Steps};
use loopscope::ui::frame::Frame;
use loopscope::ui::i18n::{Language, speak};
use loopscope::ui::recording::Recording;
use loopscope::ui::scale::Axis;
use loopscope::ui::state::{Action, Engine, Phase, State, Trouble};
use loopscope::ui::timeline::geometry::Geometry;
use loopscope::ui::timeline::marks::{Glyph, Ink, Layer, Mark, Picture};
use loopscope::ui::timeline::{Props as TimelineProps, Timeline, told};
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

fn board_of(frame: &Rc<Frame>) -> BoardProps {
    BoardProps::of(&State::default(), frame, Callback::noop())
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
async fn in_another_language_everything_but_names_is_in_it() {
    let shown = frame(26);
    speak(Language::Chinese);
    let board = words(&html::<Board>(board_of(&shown)).await);
    let steps = words(
        &html::<Steps>(StepsProps {
            frame: shown,
            emit: Callback::noop(),
        })
        .await,
    );
    speak(Language::English);
    for part in [
        "运行中 同一时刻只有一个任务",
        "就绪 按此顺序依次运行",
        "没有定时器。",
        "acquire() 等待者",
    ] {
        assert!(board.contains(part), "no {part} in {board}");
    }
    assert!(steps.contains("因此") && steps.contains("变为就绪"), "{steps}");
    for word in ["waits", "ready", "moves", "Running", "Step"] {
        let told = format!("{board} {steps}");
        assert!(!told.contains(word), "{word} in {told}");
    }
}

#[tokio::test]
async fn the_board_shows_who_runs_who_is_next_and_who_waits() {
    let board = html::<Board>(board_of(&frame(26))).await;
    insta::assert_snapshot!(words(&board));
    // Where the running task goes next is dashed, where woken tasks left is dotted.
    assert!(board.contains("chip f-peer ghost"), "{board}");
    assert!(board.contains("chip f-ready gone"), "{board}");
}

#[tokio::test]
async fn every_frame_of_the_board_can_be_drawn() {
    let recording = Recording::of(ui_fixture::bounded_queue());
    for number in 0..=recording.last_frame() {
        let board = html::<Board>(board_of(&Rc::new(Frame::new(&recording, number)))).await;
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
    let frame = Rc::new(Frame::new(recording, state.cursor));
    TimelineProps::of(state, &frame, Callback::noop())
}

/// Everything that is drawn of a state: the head, and all lanes.
fn drawn(state: &State) -> (Picture, Picture) {
    let props = timeline(state);
    let all = props.frame.recording.order().tasks();
    let drawing = props.drawing(0..all, Geometry::WIDE);
    (drawing.head(), drawing.lanes())
}

fn count(picture: &Picture, wanted: impl Fn(&Mark) -> bool) -> usize {
    picture.marks().filter(|mark| wanted(mark)).count()
}

/// Labels of a picture, in the order in which they are drawn.
fn labels(picture: &Picture) -> Vec<String> {
    let words = picture.marks().filter_map(|mark| match mark {
        Mark::Words { words, .. } => Some(words.clone()),
        _ => None,
    });
    words.collect()
}

fn loaded() -> State {
    State::default().apply(Action::Loaded(Recording::of(ui_fixture::bounded_queue())))
}

#[test]
fn every_step_has_one_run_cell_or_one_diamond() {
    let state = loaded();
    let (head, lanes) = drawn(&state);
    let steps = state.last_frame() - 1;
    let cells = count(&lanes, |mark| matches!(mark, Mark::Cell(_)));
    let diamonds = count(&head, |mark| matches!(mark, Mark::Diamond(..)));
    assert_eq!(cells + diamonds, steps as usize);
}

#[test]
fn columns_too_narrow_to_tell_apart_still_show_every_run() {
    let state = loaded().apply(Action::Measured(40.0)).apply(Action::Fit);
    let (_, lanes) = drawn(&state);
    assert_eq!(
        count(&lanes, |mark| matches!(mark, Mark::Cell(_))),
        0,
        "no single cells"
    );
    let recording = state.recording.as_ref().expect("the fixture is loaded");
    let known = recording.lanes();
    for lane in known.lanes() {
        let row = recording
            .order()
            .row_of(&recording.lanes(), lane.task)
            .expect("it has a row");
        let middle = 30.0 * f64::from(u32::try_from(row).expect("few rows")) + 15.0;
        let scale = state.scale();
        for run in lane.segments.iter().filter(|segment| segment.is_run()) {
            // The pixel in which the column begins.
            let x = scale.left(run.from + 1).floor() + 0.5;
            let under = |mark: &Mark| {
                matches!(mark, Mark::Fill(at, Ink::Run)
                    if at.x <= x && x <= at.x + at.w && at.y <= middle && middle <= at.y + at.h)
            };
            assert_eq!(count(&lanes, under), 1, "{:?} at {}", lane.task, run.from + 1);
        }
    }
}

#[tokio::test]
async fn a_run_can_be_drawn_wherever_it_has_got_to() {
    let whole = ui_fixture::bounded_queue();
    let ends = (0..whole.bytes().len()).filter_map(|end| Recording::read(&whole.bytes()[..end]).ok());
    let mut prefixes = 0;
    for recording in ends {
        let state = State::default()
            .apply(Action::Run)
            .apply(Action::Began(recording));
        if state.recording.is_some() && state.cursor > 0 {
            html::<Timeline>(timeline(&state)).await;
            for state in [&state, &state.apply(Action::ToggleAxis)] {
                drawn(state);
                drawn(&state.apply(Action::Measured(30.0)).apply(Action::Fit));
            }
            html::<Board>(board_of(&timeline(&state).frame)).await;
            prefixes += 1;
        }
    }
    assert!(prefixes > 100, "{prefixes}");
}

#[test]
fn a_hidden_future_is_not_drawn() {
    let shown = loaded();
    let hidden = shown.apply(Action::ToggleFuture);
    let x = shown.scale().right(shown.cursor);
    for narrow in [false, true] {
        let fit = |state: &State| {
            if narrow {
                state.apply(Action::Measured(60.0)).apply(Action::Fit)
            } else {
                state.clone()
            }
        };
        let ((shown_head, shown), (hidden_head, hidden)) = (drawn(&fit(&shown)), drawn(&fit(&hidden)));
        for layer in [Layer::Future, Layer::Later] {
            assert!(!shown.layer(layer).is_empty() || narrow, "{layer:?}");
            assert!(hidden.layer(layer).is_empty(), "{layer:?}");
            assert!(hidden_head.layer(layer).is_empty(), "{layer:?}");
        }
        assert_ne!(shown.layer(Layer::Future), []);
        assert!(hidden.marks().count() < shown.marks().count());
        assert!(hidden_head.marks().count() < shown_head.marks().count());
    }
    let (_, lanes) = drawn(&hidden);
    let beyond = |mark: &Mark| matches!(mark, Mark::Bar(at, _) | Mark::Cell(at) if at.x >= x + 0.1);
    assert_eq!(count(&lanes, beyond), 0);
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

#[test]
fn waits_say_what_for_and_ends_how() {
    let (_, lanes) = drawn(&loaded());
    let labels = labels(&lanes);
    for wait in ["gather of 2", "lock printer", "until 0.40", "queue.put", "done"] {
        assert!(labels.contains(&wait.to_owned()), "no {wait} in {labels:?}");
    }
    for glyph in [Glyph::Done, Glyph::Cancelled] {
        assert!(count(&lanes, |mark| matches!(mark, Mark::Glyph(_, it) if *it == glyph)) > 0);
    }
}

#[test]
fn many_waits_on_few_pixels_are_counted() {
    let state = loaded().apply(Action::Measured(60.0)).apply(Action::Fit);
    let (_, wide) = drawn(&loaded());
    let (_, narrow) = drawn(&state);
    assert!(narrow.marks().count() < wide.marks().count());
    let props = timeline(&state);
    let recording = &props.frame.recording;
    let known = recording.lanes();
    let lane = known.lane(TaskId(4)).expect("taker-1");
    let card = told(&props.frame, &props.scale, lane, 30.0, known.last_edge());
    assert_eq!(card.name, "taker-1");
    assert!(
        !card.state.is_empty() && card.when.starts_with("step"),
        "{card:?}"
    );
}

#[test]
fn arrows_of_the_step_lie_on_top() {
    let state = loaded();
    let recording = state.recording.as_ref().expect("the fixture is loaded");
    let of_step = recording.lanes().arrows_in(state.cursor, state.cursor).len();
    assert!(of_step > 0, "the fixture opens at a step that wakes");
    let (_, lanes) = drawn(&state);
    let heads = lanes.layer(Layer::Front).iter();
    assert_eq!(
        heads.filter(|mark| matches!(mark, Mark::Head(..))).count(),
        of_step
    );
}

#[tokio::test]
async fn a_range_a_chain_and_a_search_have_a_card() {
    let state = loaded();
    let range = state.apply(Action::Range(Some((20, 10))));
    let card = words(&html::<Timeline>(timeline(&range)).await);
    assert!(card.contains("Steps 10 to 20"), "{card}");
    let why = state.apply(Action::ToggleWhy);
    let card = words(&html::<Timeline>(timeline(&why)).await);
    assert!(card.contains("Why taker-2 runs in step 26"), "{card}");
    let search = state.apply(Action::Search(Some("LOCK".into())));
    let card = words(&html::<Timeline>(timeline(&search)).await);
    assert!(
        card.contains("printer Lock") && card.contains("line 24"),
        "{card}"
    );
}

#[tokio::test]
async fn the_tasks_in_view_are_a_table_too() {
    let drawn = html::<Timeline>(timeline(&loaded())).await;
    let table = drawn
        .split("<table")
        .nth(1)
        .expect("a table")
        .split("</table>")
        .next();
    let table = words(&format!("<table{}", table.unwrap_or_default()));
    assert!(table.contains("Tasks in view, steps 1 to 45"), "{table}");
    let recording = Recording::of(ui_fixture::bounded_queue());
    let lanes = recording.lanes();
    for lane in lanes.lanes() {
        let columns = |wanted: fn(&Segment) -> bool| -> u32 {
            let all = lane.segments.iter().filter(|segment| wanted(segment));
            all.map(|segment| segment.to.expect("all tasks end") - segment.from)
                .sum()
        };
        let runs = columns(Segment::is_run);
        let ready = columns(|segment| segment.kind == SegmentKind::Ready && !segment.cancel_requested);
        let asked = columns(|segment| segment.cancel_requested);
        let waits =
            columns(|segment| matches!(segment.kind, SegmentKind::Waiting(_)) && !segment.cancel_requested);
        let state = frame(loaded().cursor);
        let view = state.state.task(lane.task).expect("it lives");
        let state = loopscope::ui::look::of_task(&state, view).label;
        let name = recording.text(lane.name);
        let row = format!("{name} {state} {runs} {ready} {waits} {asked}");
        assert!(table.contains(&row), "no {row} in {table}");
    }
}

fn say(frame: Option<Rc<Frame>>, trouble: Option<Trouble>) -> SayProps {
    SayProps {
        frame,
        phase: Phase::Resting,
        engine: Engine::Ready,
        trouble,
        quiet: false,
        stale: false,
        emit: Callback::noop(),
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
        ..Header::default()
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
        ..Header::default()
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
    let board = html::<Board>(board_of(&frame)).await;
    assert!(board.contains("&lt;img"), "{board}");
    assert!(!board.contains("<img"), "{board}");
}
