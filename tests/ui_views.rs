//! The views above the timeline, natively: graph, tree and turn of recorded runs, as HTML.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says why"
)]
#![cfg(all(feature = "ui", not(target_arch = "wasm32")))]

use std::rc::Rc;

use loopscope::trace::{TaskId, Trace};
use loopscope::ui::components::board::{Board, Props as BoardProps};
use loopscope::ui::components::say::{Props as SayProps, Say};
use loopscope::ui::frame::Frame;
use loopscope::ui::i18n::{Language, speak};
use loopscope::ui::keys::{Keys, Press, Wish, wish};
use loopscope::ui::recording::Recording;
use loopscope::ui::state::{Action, Engine, Pane, Phase, State, View};
use yew::{BaseComponent, Callback, LocalServerRenderer};

/// A page that shows the recorded run of a scenario.
fn loaded(scenario: &str) -> State {
    let file = format!("{}/static/traces/{scenario}.lscope", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(file).expect("a recorded run");
    let recording = Recording::of(Trace::read(&bytes).expect("a trace"));
    State::default().apply(Action::Loaded(recording))
}

fn frame(state: &State, number: u32) -> Rc<Frame> {
    let recording = state.recording.as_ref().expect("it is loaded");
    Rc::new(Frame::new(recording, number))
}

async fn html<C: BaseComponent>(props: C::Properties) -> String {
    LocalServerRenderer::<C>::with_props(props)
        .hydratable(false)
        .render()
        .await
}

/// The part of the board that a view is in.
async fn view(state: &State, view: View, number: u32) -> String {
    let state = state.apply(Action::View(view));
    let board = html::<Board>(BoardProps::of(&state, &frame(&state, number), Callback::noop())).await;
    let (_, lens) = board.split_once("class=\"lens").expect("a view");
    lens.split_once('>').expect("a whole tag").1.to_owned()
}

/// The words that a reader sees; a list item begins a line.
fn words(html: &str) -> String {
    let html = html
        .replace("<li", "\n<li")
        .replace("<h3", "\n<h3")
        .replace("<p", "\n<p");
    let lines = html.lines().map(|line| {
        let pieces = line
            .split('<')
            .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
        pieces
            .collect::<Vec<_>>()
            .join(" ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    });
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[tokio::test]
async fn the_graph_names_the_circle_and_says_why_nothing_can_happen() {
    let state = loaded("deadlock");
    let graph = view(&state, View::Graph, 7).await;
    insta::assert_snapshot!(words(&graph));
    // Two waits and two holdings close the circle, each a curve with a head.
    assert_eq!(graph.matches("waits ring\"").count(), 4);
    assert_eq!(graph.matches("held ring\"").count(), 4);
    let before = view(&state, View::Graph, 6).await;
    assert!(!before.contains("ring\""), "{before}");
    assert!(!words(&before).contains("nothing can happen"), "{before}");
}

#[tokio::test]
async fn everything_in_the_graph_keeps_its_place() {
    let state = loaded("deadlock");
    let mut rows = Vec::new();
    for number in 1..=8 {
        let graph = view(&state, View::Graph, number).await;
        let names = |html: &str| html.matches("class=\"nm\"").count() + html.matches("<li></li>").count();
        rows.push(names(&graph));
    }
    assert!(rows.iter().all(|count| *count == rows[0]), "{rows:?}");
}

#[tokio::test]
async fn the_tree_shows_the_way_of_a_cancellation() {
    let state = loaded("cancellation");
    insta::assert_snapshot!(words(&view(&state, View::Tree, 7).await));
    // A step that asks three tasks to stop shows the way of each.
    let asked = view(&state, View::Tree, 6).await;
    assert_eq!(asked.matches("data-testid=\"way\"").count(), 3, "{asked}");
    let quiet = view(&state, View::Tree, 3).await;
    assert!(!quiet.contains("class=\"ways\""), "{quiet}");
    // Whoever is selected is followed from anywhere.
    let selected = state.apply(Action::Select(Some(TaskId(4))));
    let stubborn = words(&view(&selected, View::Tree, 3).await);
    assert!(stubborn.contains("it is not cancelled"), "{stubborn}");
    let hidden = words(&view(&selected.apply(Action::ToggleFuture), View::Tree, 3).await);
    assert!(!hidden.contains("it is not cancelled"), "{hidden}");
}

#[tokio::test]
async fn the_turn_lights_the_phase_of_the_frame() {
    let state = loaded("deadlock");
    for (number, lit) in [(0, 1), (4, 4), (5, 4), (8, 1)] {
        let turn = view(&state, View::Turn, number).await;
        let rungs: Vec<&str> = turn
            .split("<li")
            .filter(|rung| rung.contains("class=\"no\""))
            .collect();
        assert_eq!(rungs.len(), 5, "{turn}");
        let current = rungs
            .iter()
            .position(|rung| rung.contains("aria-current=\"step\""));
        assert_eq!(current, Some(lit - 1), "frame {number}: {turn}");
    }
    insta::assert_snapshot!(words(&view(&state, View::Turn, 4).await));
}

#[tokio::test]
async fn a_deadlock_offers_the_way_to_where_it_closed() {
    let state = loaded("deadlock");
    let say = html::<Say>(SayProps {
        frame: Some(frame(&state, 8)),
        phase: Phase::Resting,
        engine: Engine::Absent,
        trouble: None,
        quiet: false,
        stale: false,
        emit: Callback::noop(),
    })
    .await;
    assert!(say.contains("Go to step 7, where the circle closed"), "{say}");
    let there = state.apply(Action::ShowCircle(7));
    assert_eq!(
        (there.cursor, there.view, there.pane),
        (7, View::Graph, Pane::Waiting)
    );
}

#[tokio::test]
async fn every_view_of_every_run_is_drawn_in_both_languages() {
    for scenario in [
        "deadlock",
        "cancellation",
        "task_group",
        "timeout",
        "shield",
        "to_thread",
        "future_by_hand",
    ] {
        let state = loaded(scenario);
        for number in 0..=state.last_frame() {
            for which in [View::Graph, View::Tree, View::Turn] {
                speak(Language::Chinese);
                let told = words(&view(&state, which, number).await);
                speak(Language::English);
                for word in ["waits", "cancelled", "ready", "asks"] {
                    let own = told.lines().any(|line| line.split(' ').any(|said| said == word));
                    assert!(!own, "{scenario} {number}: {word} in {told}");
                }
                assert_ne!(told, "");
            }
        }
    }
}

#[test]
fn a_key_walks_through_the_views() {
    let press = |key: &str| {
        wish(
            &Press {
                key: key.into(),
                ..Press::default()
            },
            Keys::All,
            700.0,
        )
    };
    let Some(Wish::Act(next)) = press("v") else {
        panic!("v is a key")
    };
    let Some(Wish::Act(back)) = press("V") else {
        panic!("V is a key")
    };
    let mut state = loaded("deadlock");
    for view in [View::Graph, View::Tree, View::Turn, View::Board] {
        state = state.apply(next.clone());
        assert_eq!(state.view, view);
    }
    assert_eq!(state.apply(back).view, View::Turn);
}
