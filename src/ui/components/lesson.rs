//! What a scenario teaches: the lesson, what to look at with a way there, and the closing question,
//! whose answer is told when the step that shows it has been seen.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::compare::partners;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, VisitKey, chosen_of, fill, text};
use crate::ui::recording::Recording;
use crate::ui::scenarios::{self, frame_of, lesson::Lesson};
use crate::ui::state::{Action, Move};
use crate::ui::tags::{button, el, plain, tag, words};

/// Steps up to which moments are looked for: runs of the gallery are short, and a run that was
/// edited may be long.
const LONGEST: u32 = 2000;

/// Properties of [`LessonPane`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame.
    pub frame: Rc<Frame>,
    /// The scenario's place in the course.
    pub scenario: usize,
    /// What the scenario teaches.
    pub lesson: Rc<Lesson>,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// Frames of what to look at, and of the answer.
type Places = (Vec<Option<u32>>, Option<u32>);

fn places(recording: &Recording, lesson: &Lesson) -> Places {
    if recording.last_frame() > LONGEST {
        return (vec![None; lesson.stops.len()], None);
    }
    let trace = recording.trace();
    let stops = lesson.stops.iter().map(|stop| frame_of(&stop.when, &trace));
    (stops.collect(), frame_of(&lesson.question.next, &trace))
}

/// The way to another program of the course, if there is one.
fn neighbour(id: &'static str, label: VisitKey, index: Option<usize>, emit: &Callback<Action>) -> Html {
    let Some((index, scenario)) = index.and_then(|index| Some((index, scenarios::ALL.get(index)?))) else {
        return Html::default();
    };
    let label = fill(label, &[("title", *chosen_of(&scenario.title))]);
    let attributes = [("class", "btn"), ("data-testid", id)];
    button(emit, Action::Choose(index), &attributes, vec![plain(label)])
}

/// The lesson.
#[component]
pub fn LessonPane(props: &Props) -> Html {
    let Props { frame, lesson, .. } = props;
    let run = (frame.recording.clone(), Rc::clone(lesson));
    let places = use_memo(run, |(recording, lesson)| places(recording, lesson));
    let (stops, answer) = &*places;
    let way = |name: &str, to: Option<u32>| {
        let name = plain(name.to_owned());
        let Some(to) = to else {
            return el("h2", "", vec![name]);
        };
        let class = if to == frame.number { "btn on" } else { "btn" };
        let go = Action::Go(Move::To(to));
        el(
            "h2",
            "",
            vec![button(&props.emit, go, &[("class", class)], vec![name])],
        )
    };
    let said = |told: &String| words("p", "", told.clone());
    let question = &lesson.question;
    let asked = answer.and_then(|frame| frame.checked_sub(1));
    let mut inside = vec![
        said(chosen_of(&lesson.teaches)),
        partners(props.scenario, &props.emit),
    ];
    for (stop, to) in lesson.stops.iter().zip(stops) {
        inside.push(way(chosen_of(&stop.name), *to));
        inside.push(said(chosen_of(&stop.note)));
    }
    inside.push(way(text(Key::Question), asked));
    inside.push(said(chosen_of(&question.ask)));
    if answer.is_some_and(|answer| frame.number >= answer) {
        let answer = words("b", "", chosen_of(&question.answer).clone());
        inside.push(tag("p", &[("data-testid", "answer")], vec![answer]));
    }
    let course = |id, label, index| neighbour(id, label, index, &props.emit);
    let back = course(
        "course-back",
        VisitKey::PreviousProgram,
        props.scenario.checked_sub(1),
    );
    let on = course("course-on", VisitKey::NextProgram, Some(props.scenario + 1));
    inside.push(el("p", "course", vec![back, on]));
    let attributes = [
        ("class", "insp"),
        ("data-testid", "lesson"),
        ("tabindex", "0"),
        ("role", "region"),
        ("aria-label", text(Key::Lesson)),
    ];
    tag("div", &attributes, inside)
}
