//! The page as a whole: holds the state, asks worker and network, hands out actions.

mod around;
mod calm;
mod document;
mod drafts;
mod keeping;
mod keyboard;
mod panels;
mod picture;
mod runs;
mod side;
mod switch;
mod whole;

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use self::around::use_page_around;
use self::calm::{Calm, use_calm};
pub(crate) use self::document::learn;
use self::document::{browser_language, use_language, use_link, use_theme};
use self::drafts::{forgotten, remembered, use_drafts};
use self::keeping::{opening, use_kept};
use self::keyboard::use_keys;
use self::panels::{as_left, panel_class, panel_style, use_panels};
use self::picture::{pane_class, picture};
use self::runs::{
    use_idle_load, use_lesson, use_partner, use_player, use_recorded_run, use_run_in_world, use_worker,
};
use self::side::side;
use self::switch::use_places;
use self::whole::tell_whole;
use super::components::flights::{Flights, Takeoff};
use super::components::gallery::Gallery;
use super::components::help::Help;
use super::components::topbar::{Props as TopBarProps, TopBar};
use super::components::tour::Tour;
use super::frame::Frame;
use super::i18n;
use super::scenarios;
use super::state::{Action, State};
use super::tour::Stop;
use super::world::request;

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(self.apply(action))
    }
}

/// What the page knows when it opens.
fn as_it_opens() -> State {
    remembered(as_left(State {
        browser_language: browser_language(),
        ..opening()
    }))
}

/// The language that the page opens in.
#[cfg(target_arch = "wasm32")]
pub(super) fn opening_language() -> i18n::Language {
    as_it_opens().language()
}

/// The page.
#[component]
pub fn App() -> Html {
    let state = use_reducer(as_it_opens);
    let language = state.language();
    i18n::speak(language);
    let worker = use_worker(&state.dispatcher());
    let takeoff = (*use_memo((), |()| Takeoff::default())).clone();
    let calm = (*use_memo((), |()| Calm::default())).clone();
    let emit = {
        let (state, worker, takeoff) = (state.clone(), worker.clone(), takeoff.clone());
        let calm = calm.clone();
        use_callback((), move |action: Action, ()| {
            if calm.holds(&action) {
                return;
            }
            if state.embed
                && matches!(
                    action,
                    Action::Run | Action::RunAt(_) | Action::RunWith(_) | Action::World(_) | Action::Edit(_)
                )
            {
                return;
            }
            if let Action::Speak(language) = action
                && !i18n::is_known(language)
            {
                let state = state.clone();
                return spawn_local(async move {
                    learn(language).await;
                    state.dispatch(action);
                });
            }
            match &action {
                Action::Run | Action::RunAt(_) | Action::RunWith(_) | Action::World(_) => {
                    worker.run(request(&state.apply(action.clone())));
                }
                Action::Stop => worker.stop(),
                Action::Choose(_) if state.is_busy() => worker.stop(),
                // The run that goes on is of another text.
                Action::BringBack if state.is_busy() => return,
                Action::ForgetDraft => state.draft().iter().for_each(|draft| forgotten(draft)),
                _ => {}
            }
            takeoff.look(&state, &action);
            state.dispatch(action);
        })
    };
    use_link(&state);
    use_drafts(&state);
    use_recorded_run(&state);
    use_lesson(&state);
    use_partner(&state);
    use_idle_load(&state, worker);
    use_run_in_world(&state, emit.clone());
    use_player(&state, emit.clone());
    use_theme(state.theme);
    use_kept(&state);
    use_page_around(state.embed, emit.clone());
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
    let rest = use_calm(&calm, frame.as_ref(), &emit);
    let title = match &state.trace {
        Some(_) => state.program.name.to_string(),
        None => (*i18n::chosen_of(&scenarios::ALL[state.program.scenario].title)).to_owned(),
    };
    let root = use_node_ref();
    use_panels(&state, &root);
    use_places(language, &root);
    let onkeydown = use_keys(&state, root.clone(), emit.clone());
    // It speaks of what is in the picture of one run.
    let tour = state.tour.filter(|_| frame.is_some() && state.compare.is_none());
    html! {
        <>
            <div class="page" ref={root} tabindex="-1" {onkeydown} onmouseover={tell_whole}>
                if let Some(stop) = tour { <Tour {stop} {language} emit={emit.clone()} /> }
                <div class={classes!("app", pane_class(state.pane), state.is_busy().then_some("busy"),
                    state.embed.then_some("embed"), tour.map(Stop::class), panel_class(&state))} style={panel_style(&state)}>
                    if !state.embed { <TopBar ..TopBarProps::of(&state, emit.clone()) /> }
                    <main class="work">
                        <h1 class="unseen">{ "Loopscope" }{ ": " }{ title }</h1>
                        { side(&state, rest.as_ref(), &emit) }
                        { picture(&state, frame.as_ref(), rest.as_ref(), &emit) }
                    </main>
                </div>
                if let Some(frame) = rest { <Flights {frame} {takeoff} /> }
                if state.help { <Help keys={state.keys} emit={emit.clone()} /> }
                if state.gallery { <Gallery scenario={state.program.scenario} emit={emit.clone()} /> }
            </div>
        </>
    }
}
