//! Where runs come from: the worker with the interpreter, the recorded runs of the gallery, and the
//! clock by which steps follow each other while playing. Each reports to the state by an action.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::calm::next_frame;
use super::document::learn;
use crate::trace::ReadError;
use crate::ui::compare::Compare;
use crate::ui::engine::{Engine as Worker, Heard, fetch_bytes, words};
use crate::ui::i18n::Language;
use crate::ui::recording::Recording;
use crate::ui::scenarios::{self, Scenario, lesson::Lesson};
use crate::ui::state::{Action, Engine, Phase, State, Trouble};

/// Milliseconds of reading a long run in a frame, and events between two looks at the clock.
const SLICE_MS: f64 = 9.0;
const SLICE_EVENTS: u32 = 1000;
/// Milliseconds until the second picture of a run that is being read; each takes twice as long as the one before.
const SHOWN_MS: f64 = 1000.0;
/// Milliseconds of quiet after the first picture before the interpreter is loaded unasked.
const IDLE_MS: u32 = 1500;

/// The worker side, reporting to the state.
#[hook]
pub(super) fn use_worker(dispatcher: &UseReducerDispatcher<State>) -> Worker {
    let dispatcher = dispatcher.clone();
    let worker = use_memo((), move |()| {
        let growing = std::cell::RefCell::new(None::<Recording>);
        Worker::new(Callback::from(move |heard: Heard| {
            let mut growing = growing.borrow_mut();
            let action = match heard {
                Heard::Loading(download) => Action::Engine(Engine::Loading(download)),
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

/// Fetches the recorded run of a scenario when it is chosen.
#[hook]
pub(super) fn use_recorded_run(state: &UseReducerHandle<State>) {
    let state = state.clone();
    let asked = (state.program.scenario, state.asked);
    use_effect_with(asked, move |(chosen, _)| {
        let scenario = scenarios::ALL[*chosen];
        let before = state.recording.clone();
        if let Some(path) = state.trace.clone() {
            spawn_local(async move {
                if let Err(why) = read_in_slices(&state, &path).await {
                    state.dispatch(Action::Failed(Trouble::NoRecording(why.into())));
                }
            });
            return;
        }
        spawn_local(async move {
            let read = fetch_recording(scenario).await;
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

/// Fetches the recorded run that another one is to be compared with.
#[hook]
pub(super) fn use_partner(state: &UseReducerHandle<State>) {
    let dispatcher = state.dispatcher();
    let wanted = state.compare.as_ref().and_then(Compare::wanted);
    use_effect_with(wanted, move |wanted| {
        let Some(partner) = *wanted else { return };
        spawn_local(async move {
            match fetch_recording(scenarios::ALL[partner]).await {
                Ok(recording) => dispatcher.dispatch(Action::Partner(partner, recording)),
                Err(why) => {
                    dispatcher.dispatch(Action::Compare);
                    dispatcher.dispatch(Action::Failed(Trouble::NoRecording(why.into())));
                }
            }
        });
    });
}

async fn fetch_recording(scenario: Scenario) -> Result<Recording, String> {
    let bytes = fetch_bytes(&scenario.trace_path())
        .await
        .map_err(|error| words(&error))?;
    Recording::read(&bytes).map_err(|error| error.to_string())
}

/// Fetches a recorded run that may be long, and reads it a slice a frame: the page stays at hand meanwhile.
async fn read_in_slices(state: &UseReducerHandle<State>, path: &Rc<str>) -> Result<(), String> {
    let bytes = fetch_bytes(path).await.map_err(|error| words(&error))?;
    let mut recording = Recording::open(bytes).map_err(|error| error.to_string())?;
    let mut shown: Option<f64> = None;
    let mut pause = SHOWN_MS;
    loop {
        let began = now();
        let mut share = 0.0;
        while share < 1.0 && now() - began < SLICE_MS {
            (recording, share) = recording
                .longer(SLICE_EVENTS)
                .map_err(|error| error.to_string())?;
        }
        // Whoever was quicker with a scenario, or a run, keeps the picture.
        if state.trace.as_ref() != Some(path) || state.is_busy() {
            return Ok(());
        }
        next_frame().await;
        let whole = share >= 1.0;
        match shown {
            None => state.dispatch(Action::Loaded(recording.clone())),
            Some(last) if whole || began - last > pause => {
                pause *= 2.0;
                state.dispatch(Action::Longer(recording.clone()));
            }
            Some(_) => continue,
        }
        if whole {
            next_frame().await;
            recording.prepare();
            return Ok(());
        }
        shown = Some(began);
        // The picture has a frame to itself.
        next_frame().await;
    }
}

fn now() -> f64 {
    js_sys::Date::now()
}

/// Fetches what a scenario teaches when it is chosen. Without it the page lacks notes, nothing else.
#[hook]
pub(super) fn use_lesson(state: &UseReducerHandle<State>) {
    let state = state.clone();
    let asked = (state.program.scenario, state.asked);
    use_effect_with(asked, move |(chosen, _)| {
        let scenario = scenarios::ALL[*chosen];
        if state.trace.is_some() {
            return;
        }
        spawn_local(async move {
            let Ok(bytes) = fetch_bytes(&scenario.file_path()).await else {
                return;
            };
            if let Some(lesson) = Lesson::known(&String::from_utf8_lossy(&bytes))
                && scenarios::ALL[state.program.scenario] == scenario
            {
                state.dispatch(Action::Lesson(Rc::new(lesson)));
            }
        });
    });
}

/// Runs what a link names in a world of its own, or edited: the recorded run is of neither.
#[hook]
pub(super) fn use_run_in_world(state: &UseReducerHandle<State>, emit: Callback<Action>) {
    let arrived = state.recording.is_some() && !state.program.source.is_empty();
    let usual = state.world.is_usual() && !state.drafts.linked;
    use_effect_with(arrived, move |arrived| {
        if *arrived && !usual {
            emit.emit(Action::Run);
        }
    });
}

/// Loads the interpreter once the first picture stands and nothing else is going on.
#[hook]
pub(super) fn use_idle_load(state: &UseReducerHandle<State>, worker: Worker) {
    // A picture in another page runs nothing.
    let shown = state.phase != Phase::Opening && !state.embed;
    use_effect_with(shown, move |shown| {
        let timeout = shown.then(|| {
            Timeout::new(IDLE_MS, move || {
                worker.prepare();
                // So that another language is there at once, and without a network, too.
                spawn_local(learn(Language::Chinese));
            })
        });
        move || drop(timeout)
    });
}

/// Steps follow each other while playing; output and findings stay a little longer.
#[hook]
pub(super) fn use_player(state: &UseReducerHandle<State>, emit: Callback<Action>) {
    let notable = state.recording.as_ref().and_then(|recording| {
        recording
            .lanes()
            .column(state.cursor)
            .map(|column| column.outputs + column.notes > 0)
    });
    let millis = state
        .playing
        .then(|| state.speed.step_millis(notable.unwrap_or(false)));
    // Of two runs, one may move while the other rests.
    let at = state.compare.as_ref().map(|compare| compare.at);
    use_effect_with((state.cursor, at, millis), move |(.., millis)| {
        let timeout = millis.map(|millis| Timeout::new(millis, move || emit.emit(Action::Tick)));
        move || drop(timeout)
    });
}
