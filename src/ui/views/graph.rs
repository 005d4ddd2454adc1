//! Who waits for whom: tasks above, what they wait on below, and a circle in the colour of failure.

use yew::prelude::*;

use super::Props;
use super::pieces::{call, lens, more, state_of, step, task};
use super::place::{Places, Tie, places};
use crate::trace::{
    Cast, Deadlock, Node, ResourceKind, ResourceView, TaskId, WaitReason, bonds, closed_at, deadlock,
    is_standstill,
};
use crate::ui::components::icon::icon;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, ViewKey, count, fill, seconds, text};
use crate::ui::look::{self, Family, Icon};
use crate::ui::notice;
use crate::ui::tags::{el, plain, say, tag, words};

/// Waits that are told before the rest is counted.
const TOLD: usize = 12;

/// The graph, and the same in words.
pub(super) fn draw(props: &Props, cast: &Cast) -> Html {
    let frame = &props.frame;
    let found = deadlock(&frame.state);
    let bonds = bonds(&frame.state, &found);
    let mut first = Vec::new();
    first.extend(props.selected);
    first.extend(frame.seat_task());
    let places = places(cast, &bonds, &first);
    let ties = places.ties(&bonds);
    // Waits come first, oldest waiter first.
    let mut ringed = Vec::new();
    for bond in &bonds {
        match bond.from {
            Node::Task(task) if bond.in_circle => ringed.push(task),
            Node::Task(_) => {}
            _ => break,
        }
    }
    let inside = vec![net(props, &places, &ties, &ringed), told(props, &found, &ringed)];
    lens("graph", text(ViewKey::GraphTitle), ViewKey::GraphSub, inside)
}

fn net(props: &Props, places: &Places, ties: &[Tie], ringed: &[TaskId]) -> Html {
    let frame = &props.frame;
    let (mut tasks, mut things) = (Vec::new(), Vec::new());
    for id in &places.tasks {
        tasks.push(el("li", "", waiter(props, *id, ringed)));
    }
    for node in &places.things {
        things.push(el("li", "", thing(frame, *node)));
    }
    let (mut lines, mut heads) = (Vec::new(), Vec::new());
    // A circle lies on top.
    for on_top in [false, true] {
        for tie in ties {
            if tie.in_circle == on_top {
                let class = tie_class(frame, tie);
                lines.push(tag("path", &[("d", &tie.path), ("class", &class)], Vec::new()));
                let at = format!("left:{}.{}%", tie.head / 10, tie.head % 10);
                let class = format!("head {} {class}", if tie.up { "up" } else { "down" });
                heads.push(tag("i", &[("style", &at), ("class", &class)], Vec::new()));
            }
        }
    }
    let canvas = [("viewBox", "0 0 1000 100"), ("preserveAspectRatio", "none")];
    heads.insert(0, tag("svg", &canvas, lines));
    let mut legend = vec![
        el("i", "", Vec::new()),
        plain(text(ViewKey::LegendWaits)),
        el("i", "held", Vec::new()),
        plain(text(ViewKey::LegendHeld)),
    ];
    if places.left_out > 0 {
        legend.push(words("b", "", count(Key::More, places.left_out as u64)));
    }
    let unsaid = |name, class: &str, inside| tag(name, &[("aria-hidden", "true"), ("class", class)], inside);
    let wide = places.tasks.len().max(places.things.len());
    tag(
        "div",
        &[("style", &format!("--wide:{wide}")), ("class", "net")],
        vec![
            el("ul", "row", tasks),
            unsaid("div", "ties", heads),
            el("ul", "row things", things),
            unsaid("p", "legend2", legend),
        ],
    )
}

/// A task with what it is doing, once it exists.
fn waiter(props: &Props, id: TaskId, ringed: &[TaskId]) -> Vec<Html> {
    let frame = &props.frame;
    let Some(view) = frame.state.task(id) else {
        return Vec::new();
    };
    let mark = if ringed.binary_search(&id).is_ok() {
        "ring"
    } else {
        ""
    };
    let line = view.rest_line();
    let said = match call(frame, view.state) {
        "" => state_of(frame, id),
        call if line == 0 => call.to_owned(),
        call => fill(ViewKey::CallLine, &[("call", call), ("n", &line.to_string())]),
    };
    vec![
        task(frame, id, props.selected, mark, &props.emit),
        words("small", "", said),
    ]
}

/// What it waits for colours a wait: the clock, the world outside, or another task.
fn tie_class(frame: &Frame, tie: &Tie) -> String {
    let family = match tie.to {
        Node::Clock => Family::Clock,
        Node::Resource(id) => match frame.state.resource(id).map(|view| view.kind) {
            Some(ResourceKind::Executor) => Family::Outside,
            _ => Family::Peer,
        },
        _ => Family::Peer,
    };
    let waits = if tie.waits { "waits" } else { "held" };
    let ring = if tie.in_circle { " ring" } else { "" };
    format!("{} {waits}{ring}", family.class())
}

/// A thing that is waited on, once it exists.
fn thing(frame: &Frame, node: Node) -> Vec<Html> {
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
            None => return Vec::new(),
        },
        Node::Future(id) => {
            let Some(view) = frame.state.future(id) else {
                return Vec::new();
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
        Node::Task(_) => return Vec::new(),
    };
    let inside = vec![icon(which), words("span", "nm", name)];
    vec![el("span", "thing", inside), words("small", "", state)]
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

/// The graph in words: the circle first, then why nothing can happen, then everybody who waits.
fn told(props: &Props, found: &Deadlock, ringed: &[TaskId]) -> Html {
    let frame = &props.frame;
    let mut parts = Vec::new();
    for circle in found.circles.iter().take(TOLD) {
        parts.push(say("h3", "f-fail", ViewKey::Circle));
        parts.push(circle_told(props, found, circle));
    }
    standstill(frame, found, &mut parts);
    let (mut others, mut rows) = (0, Vec::new());
    for waiter in &found.waiters {
        if waiter.on.is_some() && ringed.binary_search(&waiter.task).is_err() {
            others += 1;
            if others <= TOLD
                && let Some(row) = notice::waits(frame, waiter)
            {
                rows.push(words("li", "", row));
            }
        }
    }
    if others > 0 {
        rows.push(more(others.saturating_sub(TOLD)));
        parts.push(say("h3", "", ViewKey::Waiters));
        parts.push(el("ul", "", rows));
    } else if found.circles.is_empty() {
        parts.push(say("p", "none", ViewKey::NobodyWaits));
    }
    let group = [
        ("role", "group"),
        ("tabindex", "0"),
        ("aria-label", text(ViewKey::Waiters)),
        ("data-testid", "waits"),
        ("class", "told2"),
    ];
    tag("div", &group, parts)
}

/// A circle in one sentence, and since when each of it waits.
fn circle_told(props: &Props, found: &Deadlock, circle: &[TaskId]) -> Html {
    let frame = &props.frame;
    let mut sentence = String::new();
    for (place, task) in circle.iter().enumerate().take(TOLD) {
        let next = circle[(place + 1) % circle.len()];
        let on = found.waiters.iter().find(|waiter| waiter.task == *task);
        if place > 0 {
            sentence.push_str(text(ViewKey::Then));
        }
        sentence.push_str(&link(frame, *task, on.and_then(|waiter| waiter.on), next));
    }
    let since = closed_at(&frame.recording.lanes(), circle, frame.number);
    let parts = vec![
        plain(fill(ViewKey::Full, &[("told", &sentence)])),
        plain(" "),
        step(ViewKey::ClosedIn, since, &props.emit),
    ];
    tag("p", &[("data-testid", "circle")], parts)
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
fn standstill(frame: &Frame, found: &Deadlock, parts: &mut Vec<Html>) {
    if !is_standstill(&frame.state) {
        return;
    }
    let everybody = match found.waiters.len() {
        1 => text(ViewKey::FactOne).to_owned(),
        n => count(ViewKey::FactAll, n as u64),
    };
    let fact = |family: Family, which: Icon, told: String| {
        el("li", family.class(), vec![icon(which), words("span", "", told)])
    };
    let facts = vec![
        fact(Family::Ready, Icon::Ready, text(Key::NothingReady).to_owned()),
        fact(Family::Clock, Icon::Clock, text(Key::NoTimer).to_owned()),
        fact(Family::Outside, Icon::Job, text(ViewKey::FactJobs).to_owned()),
        fact(Family::Peer, Icon::Join, everybody),
    ];
    parts.push(say("h3", "", ViewKey::Standstill));
    parts.push(tag("ul", &[("data-testid", "facts"), ("class", "facts")], facts));
}
