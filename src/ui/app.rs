//! The page as a whole: holds the state, asks worker and network, hands out actions.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, MediaQueryList};
use yew::prelude::*;

use super::components::board::Board;
use super::components::editor::Editor;
use super::components::gallery::Gallery;
use super::components::help::Help;
use super::components::icon::Sprite;
use super::components::inspect::Inspect;
use super::components::lesson::LessonPane;
use super::components::output::Output;
use super::components::say::Say;
use super::components::steps::Steps;
use super::components::topbar::{Props as TopBarProps, TopBar};
use super::components::transport::Transport;
use super::components::world::WorldPane;
use super::engine::{Engine as Worker, Heard, fetch_bytes, words};
use super::frame::Frame;
use super::i18n::{self, Key, Language, text};
use super::keys::{Press, Wish, wish};
use super::link::Link;
use super::recording::Recording;
use super::scenarios::{self, lesson::Lesson};
use super::state::{Action, Engine, Move, Pane, Phase, Side, Speed, State, Theme, Trouble};
use super::timeline::{Props as TimelineProps, Timeline};
use super::world::request;
use crate::trace::ReadError;

/// Milliseconds of quiet after the first picture before the interpreter is loaded unasked.
const IDLE_MS: u32 = 1500;

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(self.apply(action))
    }
}

/// The page.
#[component]
pub fn App() -> Html {
    let state = use_reducer(|| State {
        browser_language: browser_language(),
        ..Link::of_page().opens()
    });
    let language = state.language();
    i18n::speak(language);
    let worker = use_worker(&state.dispatcher());
    let emit = {
        let (state, worker) = (state.clone(), worker.clone());
        use_callback((), move |action: Action, ()| {
            if state.embed
                && matches!(
                    action,
                    Action::Run | Action::RunAt(_) | Action::RunWith(_) | Action::World(_) | Action::Edit(_)
                )
            {
                return;
            }
            match &action {
                Action::Run | Action::RunAt(_) | Action::RunWith(_) | Action::World(_) => {
                    worker.run(request(&state.apply(action.clone())));
                }
                Action::Stop => worker.stop(),
                Action::Choose(_) if state.is_busy() => worker.stop(),
                _ => {}
            }
            state.dispatch(action);
        })
    };
    use_link(&state);
    use_recorded_run(&state);
    use_lesson(&state);
    use_idle_load(&state, worker);
    use_run_in_world(&state, emit.clone());
    use_player(&state, emit.clone());
    use_theme(state.theme);
    use_language(language);

    let frame = {
        let now = (state.recording.clone(), state.cursor);
        use_memo(now, |(recording, cursor)| {
            recording
                .as_ref()
                .map(|shown| Rc::new(Frame::new(shown, *cursor)))
        })
    };
    let frame: Option<Rc<Frame>> = (*frame).clone();
    let root = use_node_ref();
    let onkeydown = use_keys(&state, root.clone(), emit.clone());
    html! {
        <>
            <Sprite />
            <div class="page" ref={root} tabindex="-1" {onkeydown}>
                <div class={classes!("app", pane_class(state.pane), state.is_busy().then_some("busy"),
                    state.embed.then_some("embed"))}>
                    if !state.embed { <TopBar ..TopBarProps::of(&state, emit.clone()) /> }
                    <main class="work">
                        <h1 class="unseen">{ "Loopscope" }{ ": " }{ i18n::chosen_of(&scenarios::ALL[state.program.scenario].title) }</h1>
                        { side(&state, frame.as_ref(), &emit) }
                        { picture(&state, frame.as_ref(), &emit) }
                    </main>
                </div>
                if state.help { <Help emit={emit.clone()} /> }
                if state.gallery { <Gallery scenario={state.program.scenario} emit={emit.clone()} /> }
            </div>
        </>
    }
}

/// The program, and what it printed.
fn side(state: &State, frame: Option<&Rc<Frame>>, emit: &Callback<Action>) -> Html {
    let stale = state.is_stale();
    // Whatever shows words is made anew in another language.
    let spoken = state.language().code();
    let tab = |which: Side, label: Key, id: &'static str| {
        let on = state.side == which;
        html! {
            <button type="button" role="tab" class={classes!("tab", on.then_some("on"))} aria-selected={on.to_string()}
                data-testid={id} onclick={emit.reform(move |_: MouseEvent| Action::Side(which))}>{ text(label) }</button>
        }
    };
    html! {
        <div class="side">
            <Editor readonly={state.embed} language={state.language()} lesson={state.lesson.clone()} program={state.program.clone()} frame={frame.filter(|_| !stale).cloned()} {stale}
                trouble={state.trouble.clone()} emit={emit.clone()} />
            if !state.embed {
            <section class="pane record">
                <div class="bar tabs" role="tablist">
                    { tab(Side::Output, Key::Output, "tab-output") }{ tab(Side::Steps, Key::Steps, "tab-steps") }
                    { tab(Side::Inspect, Key::Inspect, "tab-inspect") }{ tab(Side::Lesson, Key::Lesson, "tab-lesson") }
                    { tab(Side::World, Key::World, "tab-world") }
                </div>
                if let Some(shown) = frame {
                    { match state.side {
                        Side::Output => html! { <Output key={spoken} frame={shown.clone()} emit={emit.clone()} /> },
                        Side::Steps => html! { <Steps key={spoken} frame={shown.clone()} emit={emit.clone()} /> },
                        Side::Inspect => html! {
                            <Inspect key={spoken} frame={shown.clone()} selected={state.selected} emit={emit.clone()} />
                        },
                        Side::Lesson => state.lesson.iter().map(|lesson| html! {
                            <LessonPane key={spoken} frame={shown.clone()} lesson={lesson.clone()} emit={emit.clone()} />
                        }).collect(),
                        Side::World => html! {
                            <WorldPane key={format!("{spoken} {}", state.program.scenario)} world={state.world.clone()}
                                frame={frame.filter(|_| !stale).cloned()} emit={emit.clone()} />
                        },
                    } }
                }
            </section>
            }
        </div>
    }
}

/// Sentence, board, timeline, transport.
fn picture(state: &State, frame: Option<&Rc<Frame>>, emit: &Callback<Action>) -> Html {
    let scale = state.scale();
    let (start, span) = scale.window();
    let window = (span < 0.999).then_some((start, span));
    let share = 1.0 / span.max(1.0);
    let syntax = matches!(state.trouble, Some(Trouble::Syntax { .. }));
    let spoken = state.language().code();
    let quiet = state.playing && matches!(state.speed, Speed::Four | Speed::Ten);
    html! {
        <div class={classes!("pic", syntax.then_some("stale"))}>
            <Say key={spoken} frame={frame.cloned()} phase={state.phase} engine={state.engine.clone()} trouble={state.trouble.clone()} {quiet}
                stale={state.is_stale()} emit={emit.clone()} />
            if let Some(frame) = frame {
                <Board key={spoken} frame={frame.clone()} />
                { tabs(state, emit) }
                <Timeline key={spoken} ..TimelineProps::of(state, frame, emit.clone()) />
            } else {
                { skeleton() }
            }
            <Transport key={spoken} whole={state.embed.then(|| Link { step: Some(state.cursor), embed: false, ..Link::to(state) }.query())}
                frame={frame.cloned()} playing={state.playing} speed={state.speed} {window} {share}
                width={state.width} emit={emit.clone()} />
        </div>
    }
}

/// Tabs where there is room for one pane only; hidden elsewhere.
fn tabs(state: &State, emit: &Callback<Action>) -> Html {
    let tab = |which: Pane, label: Key, id: &'static str| {
        let on = state.pane == which;
        html! {
            <button type="button" role="tab" class={classes!(on.then_some("on"))} aria-selected={on.to_string()}
                data-testid={id} onclick={emit.reform(move |_: MouseEvent| Action::Pane(which))}>{ text(label) }</button>
        }
    };
    html! {
        <nav class="panetabs" role="tablist">
            { tab(Pane::Timeline, Key::Timeline, "pane-timeline") }
            { tab(Pane::Waiting, Key::Waiting, "pane-waiting") }
            { tab(Pane::Code, Key::Code, "pane-code") }
            { tab(Pane::Output, Key::Output, "pane-output") }
        </nav>
    }
}

const fn pane_class(pane: Pane) -> &'static str {
    match pane {
        Pane::Timeline => "show-timeline",
        Pane::Waiting => "show-waiting",
        Pane::Code => "show-code",
        Pane::Output => "show-output",
    }
}

/// The layout before there is anything to put into it.
fn skeleton() -> Html {
    html! {
        <>
            <section class="board" aria-hidden="true">
                <div class="strip">
                    <div class="bx run"><div class="seat blank"></div></div><i class="feed"></i>
                    <div class="bx rdy"><div class="rail"></div></div>
                </div>
                <div class="places"></div>
            </section>
            <section class="tlbox" aria-hidden="true"></section>
        </>
    }
}

/// The worker side, reporting to the state.
#[hook]
fn use_worker(dispatcher: &UseReducerDispatcher<State>) -> Worker {
    let dispatcher = dispatcher.clone();
    let worker = use_memo((), move |()| {
        let growing = std::cell::RefCell::new(None::<Recording>);
        Worker::new(Callback::from(move |heard: Heard| {
            let mut growing = growing.borrow_mut();
            let action = match heard {
                Heard::Loading => Action::Engine(Engine::Loading),
                Heard::Ready => Action::Engine(Engine::Ready),
                Heard::Unavailable(why) => Action::EngineFailed(why.into()),
                Heard::Chunk(bytes) => match grow(&mut growing, &bytes) {
                    Ok(action) => action,
                    Err(error) => Action::Failed(Trouble::Crashed(error.to_string().into())),
                },
                Heard::Ended => {
                    *growing = None;
                    Action::Ended
                }
                Heard::Crashed(why) => {
                    *growing = None;
                    Action::Failed(Trouble::Crashed(why.into()))
                }
                Heard::Silent => {
                    *growing = None;
                    Action::Failed(Trouble::Silent)
                }
                Heard::Stopped => {
                    *growing = None;
                    return;
                }
            };
            drop(growing);
            dispatcher.dispatch(action);
        }))
    });
    (*worker).clone()
}

fn grow(growing: &mut Option<Recording>, chunk: &[u8]) -> Result<Action, ReadError> {
    let (action, recording) = match growing.take() {
        None => {
            let recording = Recording::read(chunk)?;
            (Action::Began(recording.clone()), recording)
        }
        Some(recording) => {
            let recording = recording.grown(chunk)?;
            (Action::Grown(recording.clone()), recording)
        }
    };
    *growing = Some(recording);
    Ok(action)
}

/// Keeps the address of the page a link to what is chosen.
#[hook]
fn use_link(state: &UseReducerHandle<State>) {
    let link = Link::to(state);
    use_effect_with(link, Link::put);
}

/// Fetches the recorded run of a scenario when it is chosen.
#[hook]
fn use_recorded_run(state: &UseReducerHandle<State>) {
    let state = state.clone();
    let asked = (state.program.scenario, state.asked);
    use_effect_with(asked, move |(chosen, _)| {
        let scenario = scenarios::ALL[*chosen];
        let before = state.recording.clone();
        spawn_local(async move {
            let path = scenario.trace_path();
            let read = fetch_bytes(&path).await.map_err(|error| words(&error));
            let read = read.and_then(|bytes| Recording::read(&bytes).map_err(|error| error.to_string()));
            // Whoever was quicker with another scenario, or a run, keeps the picture.
            let other = scenarios::ALL[state.program.scenario] != scenario || state.recording != before;
            if other || state.is_busy() {
                return;
            }
            state.dispatch(match read {
                Ok(recording) => Action::Loaded(recording),
                Err(why) => Action::Failed(Trouble::NoRecording(why.into())),
            });
        });
    });
}

/// Fetches what a scenario teaches when it is chosen. Without it the page lacks notes, nothing else.
#[hook]
fn use_lesson(state: &UseReducerHandle<State>) {
    let state = state.clone();
    let asked = (state.program.scenario, state.asked);
    use_effect_with(asked, move |(chosen, _)| {
        let scenario = scenarios::ALL[*chosen];
        spawn_local(async move {
            let Ok(bytes) = fetch_bytes(&scenario.file_path()).await else {
                return;
            };
            let lesson = Lesson::read(scenario.file, &String::from_utf8_lossy(&bytes));
            if let Ok(lesson) = lesson
                && scenarios::ALL[state.program.scenario] == scenario
            {
                state.dispatch(Action::Lesson(Rc::new(lesson)));
            }
        });
    });
}

/// Runs what a link names in a world of its own: the recorded run knows the usual one only.
#[hook]
fn use_run_in_world(state: &UseReducerHandle<State>, emit: Callback<Action>) {
    let arrived = state.recording.is_some() && !state.program.source.is_empty();
    let usual = state.world.is_usual();
    use_effect_with(arrived, move |arrived| {
        if *arrived && !usual {
            emit.emit(Action::Run);
        }
    });
}

/// Loads the interpreter once the first picture stands and nothing else is going on.
#[hook]
fn use_idle_load(state: &UseReducerHandle<State>, worker: Worker) {
    // A picture in another page runs nothing.
    let shown = state.phase != Phase::Opening && !state.embed;
    use_effect_with(shown, move |shown| {
        let timeout = shown.then(|| Timeout::new(IDLE_MS, move || worker.prepare()));
        move || drop(timeout)
    });
}

/// Steps follow each other while playing; output and findings stay a little longer.
#[hook]
fn use_player(state: &UseReducerHandle<State>, emit: Callback<Action>) {
    let notable = state.recording.as_ref().and_then(|recording| {
        recording
            .lanes()
            .column(state.cursor)
            .map(|column| column.outputs + column.notes > 0)
    });
    let millis = state
        .playing
        .then(|| state.speed.step_millis(notable.unwrap_or(false)));
    use_effect_with((state.cursor, millis), move |(_, millis)| {
        let timeout = millis.map(|millis| Timeout::new(millis, move || emit.emit(Action::Tick)));
        move || drop(timeout)
    });
}

/// What the browser would rather speak, if it is one of our languages.
fn browser_language() -> Language {
    let navigator = web_sys::window().map(|window| window.navigator());
    let code = navigator.and_then(|navigator| navigator.language());
    code.and_then(|code| Language::of_code(&code)).unwrap_or_default()
}

/// Tells the document which language it is in: for readers aloud, and for the choice of glyphs.
#[hook]
fn use_language(language: Language) {
    use_effect_with(language, |language| set_on_root("lang", language.code()));
}

fn set_on_root(attribute: &str, value: &str) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        // The attribute's name is valid, so this cannot fail.
        let _ = root.set_attribute(attribute, value);
    }
}

/// Tells the style sheet which colours are wanted, and follows the system while nobody chose.
#[hook]
fn use_theme(theme: Theme) {
    use_effect_with(theme, |theme| {
        let theme = *theme;
        let query = web_sys::window()
            .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok().flatten());
        let asked = query.clone();
        let paint = move || {
            let dark = match theme {
                Theme::Dark => true,
                Theme::Light => false,
                Theme::System => asked.as_ref().is_some_and(MediaQueryList::matches),
            };
            set_on_root("data-theme", if dark { "dark" } else { "light" });
        };
        paint();
        let changed = Closure::<dyn Fn()>::new(paint);
        if let Some(query) = &query {
            query.set_onchange(Some(changed.as_ref().unchecked_ref()));
        }
        move || {
            if let Some(query) = query {
                query.set_onchange(None);
            }
            drop(changed);
        }
    });
}

/// Keys, while the focus is inside the page but not in the editor.
#[hook]
fn use_keys(
    state: &UseReducerHandle<State>,
    root: NodeRef,
    emit: Callback<Action>,
) -> Callback<KeyboardEvent> {
    let state = state.clone();
    let (on_page, embed) = (root.clone(), state.embed);
    // Nothing has the focus when the page opens; keys work all the same.
    use_effect_with((), move |()| {
        // A picture in another page waits until somebody turns to it.
        if let Some(page) = on_page.cast::<HtmlElement>().filter(|_| !embed) {
            // Focus is a convenience here.
            let _ = page.focus();
        }
    });
    Callback::from(move |event: KeyboardEvent| {
        let target = event.target_dyn_into::<Element>();
        let tag = target.as_ref().map(Element::tag_name).unwrap_or_default();
        let press = Press {
            key: event.key(),
            shift: event.shift_key(),
            command: event.ctrl_key() || event.alt_key() || event.meta_key(),
        };
        // A button is pressed with Space, a list is walked with arrows and letters.
        if tag == "SELECT" || (tag == "BUTTON" && press.key == " ") {
            return;
        }
        let Some(wish) = wish(&press, state.width) else {
            return;
        };
        event.prevent_default();
        match wish {
            Wish::Act(action) => emit.emit(action),
            Wish::AskStep => {
                let answer = web_sys::window()
                    .and_then(|window| window.prompt_with_message(text(Key::GoPrompt)).ok().flatten())
                    .and_then(|answer| answer.trim().parse().ok());
                if let Some(step) = answer {
                    emit.emit(Action::Go(Move::To(step)));
                }
            }
            Wish::FocusEditor => {
                if let Some(area) = find(&root, "textarea") {
                    // As above.
                    let _ = area.focus();
                }
            }
        }
    })
}

fn find(root: &NodeRef, selector: &str) -> Option<HtmlElement> {
    root.cast::<Element>()?
        .query_selector(selector)
        .ok()??
        .dyn_into()
        .ok()
}
