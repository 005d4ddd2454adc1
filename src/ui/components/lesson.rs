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
use crate::ui::tags::press;

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
    let onclick = press(emit, Action::Choose(index));
    let label = fill(label, &[("title", *chosen_of(&scenario.title))]);
    html! { <button type="button" class="btn" data-testid={id} {onclick}>{ label }</button> }
}

/// The lesson.
#[component]
pub fn LessonPane(props: &Props) -> Html {
    let Props { frame, lesson, .. } = props;
    let run = (frame.recording.clone(), Rc::clone(lesson));
    let places = use_memo(run, |(recording, lesson)| places(recording, lesson));
    let (stops, answer) = &*places;
    let way = |name: &str, to: Option<u32>| {
        let Some(to) = to else {
            return html! { <h2>{ name.to_owned() }</h2> };
        };
        let onclick = press(&props.emit, Action::Go(Move::To(to)));
        let now = (to == frame.number).then_some("on");
        html! { <h2><button type="button" class={classes!("btn", now)} {onclick}>{ name.to_owned() }</button></h2> }
    };
    let told = lesson.stops.iter().zip(stops).map(|(stop, to)| {
        html! { <>{ way(chosen_of(&stop.name), *to) }<p>{ chosen_of(&stop.note).clone() }</p></> }
    });
    let question = &lesson.question;
    let asked = answer.and_then(|frame| frame.checked_sub(1));
    html! {
        <div class="insp" data-testid="lesson" tabindex="0" role="region" aria-label={text(Key::Lesson)}>
            <p>{ chosen_of(&lesson.teaches).clone() }</p>
            { partners(props.scenario, &props.emit) }
            { for told }
            { way(text(Key::Question), asked) }
            <p>{ chosen_of(&question.ask).clone() }</p>
            if answer.is_some_and(|answer| frame.number >= answer) {
                <p data-testid="answer"><b>{ chosen_of(&question.answer).clone() }</b></p>
            }
            <p class="course">
                { neighbour("course-back", VisitKey::PreviousProgram, props.scenario.checked_sub(1), &props.emit) }
                { neighbour("course-on", VisitKey::NextProgram, Some(props.scenario + 1), &props.emit) }
            </p>
        </div>
    }
}
