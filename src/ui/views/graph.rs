//! Who waits for whom: tasks above, what they wait on below, and a circle in the colour of failure.

use yew::prelude::*;

use super::Props;
use super::pieces::{all, call, el, lens, more, say, state_of, step, task, words};
use super::place::{Places, Tie, places};
use crate::trace::{
    Bond, Deadlock, Node, ResourceKind, ResourceView, TaskId, WaitReason, Waiter, bonds, cast, closed_at,
    deadlock, is_standstill,
};
use crate::ui::components::icon::icon;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, ViewKey, count, fill, seconds, text};
use crate::ui::look::{self, Family, Icon};
use crate::ui::notice;

/// Waits that are told before the rest is counted.
const TOLD: usize = 12;

/// The graph, and the same in words.
#[component]
pub fn Graph(props: &Props) -> Html {
    let frame = &props.frame;
    let cast = use_memo(frame.recording.clone(), |recording| cast(&recording.lanes()));
    let found = deadlock(&frame.state);
    let bonds = bonds(&frame.state, &found);
    let first: Vec<TaskId> = props.selected.into_iter().chain(frame.seat_task()).collect();
    let places = places(&cast, &bonds, &first);
    let ties = places.ties(&bonds);
    // Waits come first, oldest waiter first.
    let ringed: Vec<TaskId> = bonds
        .iter()
        .take_while(|bond| bond.is_wait())
        .filter_map(ringed)
        .collect();
    let inside = all([net(props, &places, &ties, &ringed), told(props, &found, &ringed)]);
    lens(
        "graph",
        text(ViewKey::GraphTitle).to_owned(),
        text(ViewKey::GraphSub),
        inside,
    )
}

fn net(props: &Props, places: &Places, ties: &[Tie], ringed: &[TaskId]) -> Html {
    let frame = &props.frame;
    let tasks = places.tasks.iter().map(|id| {
        let Some(view) = frame.state.task(*id) else {
            return el("li", "", Html::default());
        };
        let mark = if ringed.binary_search(id).is_ok() {
            "ring"
        } else {
            ""
        };
        let line = view.rest_line();
        let said = match call(frame, view.state) {
            "" => state_of(frame, *id),
            call if line == 0 => call.to_owned(),
            call => fill(ViewKey::CallLine, &[("call", call), ("n", &line.to_string())]),
        };
        el(
            "li",
            "",
            all([
                task(frame, *id, props.selected, mark, &props.emit),
                words("small", "", said),
            ]),
        )
    });
    let things = places.things.iter().map(|node| thing(frame, *node));
    // A circle lies on top.
    let ordered = || {
        ties.iter()
            .filter(|tie| !tie.in_circle)
            .chain(ties.iter().filter(|tie| tie.in_circle))
    };
    let lines = ordered().map(|tie| {
        html! { <path class={tie_class(frame, tie)} d={tie.path.clone()} /> }
    });
    let heads = ordered().map(|tie| {
        let at = format!("left:{}.{}%", tie.head / 10, tie.head % 10);
        let class = classes!("head", if tie.up { "up" } else { "down" }, tie_class(frame, tie));
        html! { <i {class} style={at}></i> }
    });
    let wide = places.tasks.len().max(places.things.len());
    html! {
        <div class="net" style={format!("--wide:{wide}")}>
            <ul class="row">{ for tasks }</ul>
            <div class="ties" aria-hidden="true">
                <svg viewBox="0 0 1000 100" preserveAspectRatio="none">{ for lines }</svg>
                { for heads }
            </div>
            <ul class="row things">{ for things }</ul>
            <p class="legend2" aria-hidden="true">
                <i></i>{ text(ViewKey::LegendWaits) }<i class="held"></i>{ text(ViewKey::LegendHeld) }
                if places.left_out > 0 { <b>{ count(Key::More, places.left_out as u64) }</b> }
            </p>
        </div>
    }
}

/// What it waits for colours a wait: the clock, the world outside, or another task.
fn tie_class(frame: &Frame, tie: &Tie) -> Classes {
    let outside = |id| {
        frame
            .state
            .resource(id)
            .is_some_and(|view| view.kind == ResourceKind::Executor)
    };
    let family = match tie.to {
        Node::Clock => Family::Clock,
        Node::Resource(id) if outside(id) => Family::Outside,
        _ => Family::Peer,
    };
    classes!(
        family.class(),
        if tie.waits { "waits" } else { "held" },
        tie.in_circle.then_some("ring")
    )
}

/// A thing that is waited on, once it exists.
fn thing(frame: &Frame, node: Node) -> Html {
    let (which, name, state) = match node {
        Node::Clock => {
            let now = fill(ViewKey::ClockNow, &[("time", &seconds(frame.state.clock))]);
            (Icon::Clock, text(Key::Clock).to_owned(), now)
        }
        Node::Resource(id) => match frame.state.resource(id) {
            Some(view) => (
                look::of_resource(view),
                frame.resource_name(id),
                state_of_thing(frame, view),
            ),
            None => return el("li", "", Html::default()),
        },
        Node::Future(id) => {
            let Some(view) = frame.state.future(id) else {
                return el("li", "", Html::default());
            };
            let state = if view.settled.is_some() {
                Key::Settled
            } else {
                Key::Pending
            };
            let name = frame.text(view.name);
            let name = if name.is_empty() {
                "Future".to_owned()
            } else {
                name
            };
            (Icon::Future, name, text(state).to_owned())
        }
        Node::Task(_) => return Html::default(),
    };
    let inside = all([icon(which), words("span", "nm", name)]);
    el(
        "li",
        "",
        all([el("span", "thing", inside), words("small", "", state)]),
    )
}

fn state_of_thing(frame: &Frame, view: &ResourceView) -> String {
    if view.children.is_empty() {
        let named = !frame.text(view.name).is_empty();
        let kind = if named { look::kind_name(view.kind) } else { "" };
        return kind.to_owned();
    }
    let (done, n) = look::children_done(view, &frame.state);
    fill(
        Key::ChildrenDone,
        &[("done", &done.to_string()), ("n", &n.to_string())],
    )
}

/// The waiter of a wait that is part of a circle.
fn ringed(bond: &Bond) -> Option<TaskId> {
    match bond.from {
        Node::Task(task) if bond.in_circle => Some(task),
        _ => None,
    }
}

/// The graph in words: the circle first, then why nothing can happen, then everybody who waits.
fn told(props: &Props, found: &Deadlock, ringed: &[TaskId]) -> Html {
    let frame = &props.frame;
    let waits = |waiter: &&Waiter| waiter.on.is_some();
    let others: Vec<&Waiter> = found
        .waiters
        .iter()
        .filter(waits)
        .filter(|waiter| ringed.binary_search(&waiter.task).is_err())
        .collect();
    let rows = others
        .iter()
        .take(TOLD)
        .filter_map(|waiter| notice::waits(frame, waiter));
    let rows = rows
        .map(|row| words("li", "", row))
        .chain([more(others.len().saturating_sub(TOLD))]);
    let circles = found
        .circles
        .iter()
        .take(TOLD)
        .map(|circle| circle_told(props, found, circle));
    html! {
        <div class="told2" role="group" tabindex="0" aria-label={text(ViewKey::Waiters)} data-testid="waits">
            { for circles }
            { standstill(frame, found) }
            if !others.is_empty() {
                { say("h3", "", ViewKey::Waiters) }{ el("ul", "", all(rows)) }
            } else if found.circles.is_empty() {
                { say("p", "none", ViewKey::NobodyWaits) }
            }
        </div>
    }
}

/// A circle in one sentence, and since when each of it waits.
fn circle_told(props: &Props, found: &Deadlock, circle: &[TaskId]) -> Html {
    let frame = &props.frame;
    let links = circle.iter().enumerate().take(TOLD).map(|(place, task)| {
        let next = circle[(place + 1) % circle.len()];
        let on = found
            .waiters
            .iter()
            .find(|waiter| waiter.task == *task)
            .and_then(|waiter| waiter.on);
        link(frame, *task, on, next)
    });
    let sentence = links.collect::<Vec<_>>().join(text(ViewKey::Then));
    let since = closed_at(&frame.recording.lanes(), circle, frame.number);
    html! {
        <>
            { say("h3", "f-fail", ViewKey::Circle) }
            <p data-testid="circle">{ fill(ViewKey::Full, &[("told", &sentence)]) }{ " " }{ step(ViewKey::ClosedIn, since, &props.emit) }</p>
        </>
    }
}

fn link(frame: &Frame, task: TaskId, on: Option<WaitReason>, next: TaskId) -> String {
    let key = match on {
        Some(WaitReason::Lock(_) | WaitReason::Semaphore(_)) => ViewKey::WaitsHeld,
        Some(WaitReason::Gather(_) | WaitReason::Group(_)) => ViewKey::WaitsNeeds,
        _ => ViewKey::WaitsTask,
    };
    let what = on
        .and_then(crate::ui::frame::resource_of)
        .map_or_else(String::new, |id| frame.resource_name(id));
    fill(
        key,
        &[
            ("name", &frame.name(task)),
            ("what", &what),
            ("next", &frame.name(next)),
        ],
    )
}

/// The four facts why nothing can happen, where that is so.
fn standstill(frame: &Frame, found: &Deadlock) -> Html {
    if !is_standstill(&frame.state) {
        return Html::default();
    }
    let everybody = match found.waiters.len() {
        1 => text(ViewKey::FactOne).to_owned(),
        n => count(ViewKey::FactAll, n as u64),
    };
    let fact = |family: Family, which: Icon, told: String| {
        el("li", family.class(), all([icon(which), words("span", "", told)]))
    };
    let facts = [
        fact(Family::Ready, Icon::Ready, text(Key::NothingReady).to_owned()),
        fact(Family::Clock, Icon::Clock, text(Key::NoTimer).to_owned()),
        fact(Family::Outside, Icon::Job, text(ViewKey::FactJobs).to_owned()),
        fact(Family::Peer, Icon::Join, everybody),
    ];
    html! { <>{ say("h3", "", ViewKey::Standstill) }<ul class="facts" data-testid="facts">{ for facts }</ul></> }
}
