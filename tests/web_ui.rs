//! The page in a browser: mounted, clicked, stepped.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says why"
)]
#![cfg(all(target_arch = "wasm32", feature = "ui"))]

mod ui_fixture;

use gloo_timers::future::TimeoutFuture;
use loopscope::ui::app::App;
use loopscope::ui::components::editor::{Editor, Props as EditorProps};
use loopscope::ui::components::transport::{Props as TransportProps, Transport};
use loopscope::ui::frame::Frame;
use loopscope::ui::recording::Recording;
use loopscope::ui::state::{Action, Move, Speed, State};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlTextAreaElement};
use yew::{BaseComponent, Callback, Renderer};

wasm_bindgen_test_configure!(run_in_browser);

/// A place in the page for one component.
fn place() -> Element {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .expect("a page");
    let root = document.create_element("div").expect("a div");
    document
        .body()
        .expect("a body")
        .append_child(&root)
        .expect("room for it");
    root
}

async fn mounted<C: BaseComponent>(props: C::Properties) -> Element {
    let root = place();
    Renderer::<C>::with_root_and_props(root.clone(), props).render();
    // Drawing is scheduled, not immediate.
    TimeoutFuture::new(30).await;
    root
}

fn find(root: &Element, id: &str) -> HtmlElement {
    let found = root
        .query_selector(&format!("[data-testid={id}]"))
        .expect("a selector");
    found
        .unwrap_or_else(|| panic!("no {id}"))
        .dyn_into()
        .expect("an element")
}

/// Actions that a component emitted.
fn listener() -> (Callback<Action>, Rc<RefCell<Vec<Action>>>) {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let ear = Rc::clone(&heard);
    (Callback::from(move |action| ear.borrow_mut().push(action)), heard)
}

/// What a browser says after the user changed a value.
fn input(element: &HtmlElement) {
    let event = Event::new("input").expect("an event");
    event.init_event_with_bubbles("input", true);
    element.dispatch_event(&event).expect("it is heard");
}

fn frame() -> Rc<Frame> {
    Rc::new(Frame::new(&Recording::of(ui_fixture::bounded_queue()), 26))
}

#[wasm_bindgen_test]
async fn buttons_and_scrubber_ask_for_moves() {
    let (emit, heard) = listener();
    let props = TransportProps {
        frame: Some(frame()),
        playing: false,
        speed: Speed::One,
        window: None,
        share: 1.0,
        width: 700.0,
        part: None,
        whole: None,
        instead: None,
        emit,
    };
    let root = mounted::<Transport>(props).await;
    for id in ["first", "step-back", "step-forward", "last", "play", "speed"] {
        find(&root, id).click();
    }
    let scrubber: HtmlInputElement = find(&root, "scrubber").dyn_into().expect("an input");
    assert_eq!(scrubber.value(), "26");
    scrubber.set_value("20");
    input(&scrubber);
    let moves = [Move::First, Move::Back, Move::Forward, Move::Last].map(Action::Go);
    let others = [
        Action::TogglePlay,
        Action::Speed(Speed::Two),
        Action::Go(Move::To(20)),
    ];
    assert_eq!(*heard.borrow(), [&moves[..], &others[..]].concat());
}

#[wasm_bindgen_test]
async fn the_editor_shows_the_program_and_hears_edits() {
    let (emit, heard) = listener();
    let state = State::default().apply(Action::Loaded(Recording::of(ui_fixture::bounded_queue())));
    let source = state.program.source.to_string();
    let props = EditorProps::of(&state, Some(&frame()), emit);
    let root = mounted::<Editor>(props).await;
    let area: HtmlTextAreaElement = find(&root, "source").dyn_into().expect("a text area");
    assert_eq!(area.value(), source);
    assert!(
        root.query_selector(".ln.now").expect("a selector").is_some(),
        "the current line is marked"
    );
    area.set_value("print(1)");
    input(&area);
    assert_eq!(*heard.borrow(), [Action::Edit("print(1)".into())]);
}

#[wasm_bindgen_test]
async fn a_page_without_its_recorded_run_says_so_and_stays_usable() {
    // The test server has no recorded runs.
    let root = mounted::<App>(()).await;
    let mut message = None;
    for _ in 0..100 {
        message = root.query_selector("[data-testid=message]").expect("a selector");
        if message.is_some() {
            break;
        }
        TimeoutFuture::new(50).await;
    }
    let message = message
        .and_then(|message| message.text_content())
        .unwrap_or_default();
    assert!(message.contains("recorded run cannot be loaded"), "{message}");
    assert!(!find(&root, "run").has_attribute("disabled"));
    let area: HtmlTextAreaElement = find(&root, "source").dyn_into().expect("a text area");
    area.set_value("print(1)");
    input(&area);
    TimeoutFuture::new(0).await;
    assert!(root.query_selector(".edited").expect("a selector").is_some());
}
