//! What the page makes of a scenario's header.
#![cfg(all(not(target_arch = "wasm32"), feature = "ui"))]
#![allow(clippy::expect_used, reason = "tests stop at the first surprise")]

mod ui_fixture;

use std::rc::Rc;

use loopscope::trace::Language;
use loopscope::ui::components::lesson::{LessonPane, Props as LessonProps};
use loopscope::ui::components::parameters::{Parameters, Props};
use loopscope::ui::frame::Frame;
use loopscope::ui::recording::Recording;
use loopscope::ui::scenarios::lesson::Lesson;
use loopscope::ui::scenarios::{ALL, default_index, frame_of, index_of};
use loopscope::ui::state::{Action, State};
use yew::{Callback, LocalServerRenderer};

const FILE: &str = include_str!("../static/scenarios/producer_consumer.py");

fn lesson() -> Rc<Lesson> {
    Rc::new(Lesson::read("producer_consumer.py", FILE).expect("a good header"))
}

async fn fields(source: &str) -> String {
    let props = Props {
        lesson: lesson(),
        source: source.into(),
        language: Language::English,
        emit: Callback::noop(),
    };
    let drawn = LocalServerRenderer::<Parameters>::with_props(props).hydratable(false);
    drawn.render().await
}

#[tokio::test]
async fn a_parameter_is_a_field_with_the_value_that_the_program_has() {
    let program = &lesson().program;
    let drawn = fields(program).await;
    assert!(drawn.contains("places in the queue"), "{drawn}");
    for attribute in [r#"value="2""#, r#"min="1""#, r#"max="6""#, r#"step="1""#] {
        assert!(drawn.contains(attribute), "{drawn}");
    }
    let edited = fields(&program.replace("SLOTS = 2", "SLOTS = 5")).await;
    assert!(edited.contains(r#"value="5""#), "{edited}");
    // Whoever rewrote that line knows what they do.
    let rewritten = fields(&program.replace("SLOTS = 2", "SLOTS = 1 + 1")).await;
    assert!(!rewritten.contains("<input"), "{rewritten}");
}

#[tokio::test]
async fn the_answer_is_told_when_the_step_that_shows_it_was_seen() {
    let recording = Recording::of(ui_fixture::bounded_queue());
    let answer = frame_of(&lesson().question.next, &recording.trace()).expect("a moment of the run");
    for (number, told) in [(1, false), (answer - 1, false), (answer, true)] {
        let props = LessonProps {
            scenario: 0,
            frame: Rc::new(Frame::new(&recording, number)),
            lesson: lesson(),
            emit: Callback::noop(),
        };
        let drawn = LocalServerRenderer::<LessonPane>::with_props(props).hydratable(false);
        let drawn = drawn.render().await;
        assert!(drawn.contains(&lesson().question.ask.en), "{drawn}");
        assert!(drawn.contains("One printer, two takers"), "{drawn}");
        assert_eq!(
            drawn.contains(&lesson().question.answer.en),
            told,
            "frame {number}"
        );
    }
}

#[test]
fn a_lesson_brings_the_program_and_another_value_runs_at_once() {
    let lesson = lesson();
    let state = State::default().apply(Action::Lesson(Rc::clone(&lesson)));
    assert_eq!(*state.program.source, *lesson.program);
    assert!(!state.program.edited && !state.is_busy());

    let changed = lesson.with("SLOTS", 4.0).expect("a value in range");
    let running = state.apply(Action::RunWith(changed.as_str().into()));
    assert_eq!(*running.program.source, *changed);
    assert!(running.program.edited && running.is_busy());

    let other = running.apply(Action::Choose(index_of("deadlock").expect("a scenario")));
    assert!(other.lesson.is_none(), "the next one has its own");
}

#[test]
fn the_course_covers_every_chapter() {
    use loopscope::ui::scenarios::lesson::CHAPTERS;
    let chapters = ALL.chunk_by(|one, other| one.place.chapter == other.place.chapter);
    assert_eq!(chapters.count(), CHAPTERS.len());
    assert!(ALL.len() >= 30);
    assert_eq!(ALL[default_index()].name(), "producer_consumer");
}
