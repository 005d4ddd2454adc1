//! The bar above: which program, run and stop, how far the interpreter is, colours, keys.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::chooser::Chooser;
use super::icon::icon;
use crate::trace::Level;
use crate::ui::i18n::{CompareKey, Key, Language, fill, text};
use crate::ui::look::Icon;
use crate::ui::state::{Action, Engine, State, Theme};

/// Properties of [`TopBar`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// Which scenario is chosen.
    pub scenario: usize,
    /// The level of the next run.
    pub level: Level,
    /// Whether a run is on its way.
    pub busy: bool,
    /// How far the interpreter is.
    pub engine: Engine,
    /// Colours.
    pub theme: Theme,
    /// The language of every text.
    pub language: Language,
    /// Whether a run is compared with another one.
    pub comparing: bool,
    /// Whether the menu of a narrow page is open.
    pub menu: bool,
    /// Takes actions.
    pub emit: Callback<Action>,
}

impl Props {
    /// What of the page's state the bar shows.
    pub fn of(state: &State, emit: Callback<Action>) -> Self {
        Self {
            scenario: state.program.scenario,
            level: state.level(),
            busy: state.is_busy(),
            engine: state.engine.clone(),
            theme: state.theme,
            language: state.language(),
            comparing: state.compare.is_some(),
            menu: state.menu,
            emit,
        }
    }
}

/// The bar.
#[component]
pub fn TopBar(props: &Props) -> Html {
    let choose_level = props.emit.reform(|event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        let level = select.and_then(|select| select.value().parse().ok());
        Action::Level(level.unwrap_or_default())
    });
    let (theme, name) = match props.theme {
        Theme::System => (Theme::Dark, Key::ThemeSystem),
        Theme::Dark => (Theme::Light, Key::ThemeDark),
        Theme::Light => (Theme::System, Key::ThemeLight),
    };
    let theme_label = fill(Key::ThemeIs, &[("name", text(name))]);
    let other = match props.language {
        Language::English => Language::Chinese,
        Language::Chinese => Language::English,
    };
    let onclick = |action: Action| props.emit.reform(move |_: MouseEvent| action.clone());
    html! {
        <header class="top">
            <span class="brand"><svg aria-hidden="true"><use href="#logo" /></svg><span>{ "Loopscope" }</span></span>
            <span class="crumb" aria-hidden="true">{ "/" }</span>
            <Chooser scenario={props.scenario} language={props.language} emit={props.emit.clone()} />
            <button class="btn gallery" type="button" data-testid="open-gallery" aria-label={text(Key::Gallery)} title={text(Key::Gallery)}
                onclick={onclick(Action::ToggleGallery)}>{ icon(Icon::Gallery) }<span>{ text(Key::Gallery) }</span></button>
            if props.busy {
                <button class="btn solid" type="button" data-testid="stop" onclick={onclick(Action::Stop)}>
                    { icon(Icon::Stop) }{ text(Key::Stop) }
                </button>
            } else {
                <button class="btn solid" type="button" data-testid="run" onclick={onclick(Action::Run)} title="Ctrl+Enter">
                    { icon(Icon::Play) }{ text(Key::Run) }
                </button>
            }
            <span class="sp"></span>
            <button class="btn icon menu" type="button" data-testid="menu" aria-label={text(Key::Menu)} title={text(Key::Menu)}
                aria-expanded={props.menu.to_string()} onclick={onclick(Action::ToggleMenu)}>{ icon(Icon::Menu) }</button>
            <div class={classes!("more-tools", props.menu.then_some("open"))}>
            <span class="engine" data-testid="engine-status" role="status">{ text(engine_word(props)) }</span>
            <select class="title level" data-testid="level" aria-label={text(Key::LevelIs)} title={text(Key::LevelIs)}
                onchange={choose_level}>
                { for Level::ALL.iter().map(|level| html! {
                    <option key={level.name()} value={level.name()} selected={*level == props.level}>
                        { fill(Key::PythonLevel, &[("version", level.name())]) }
                    </option>
                }) }
            </select>
            <button class={classes!("btn", "compare", props.comparing.then_some("on"))} type="button" data-testid="compare-runs" aria-pressed={props.comparing.to_string()}
                disabled={props.busy} title={format!("{} (C)", text(CompareKey::Compare))} onclick={onclick(Action::Compare)}>
                { icon(Icon::Compare) }{ text(CompareKey::Compare) }
            </button>
            <button class="btn" type="button" data-testid="language" lang={other.code()}
                onclick={onclick(Action::Speak(other))}>{ other.name() }</button>
            <button class="btn icon" type="button" data-testid="theme" aria-label={theme_label.clone()} title={theme_label}
                onclick={onclick(Action::Theme(theme))}>{ icon(Icon::Theme) }</button>
            <button class="btn icon" type="button" data-testid="help" aria-label={text(Key::Help)} title={text(Key::Help)}
                onclick={onclick(Action::ToggleHelp)}>{ icon(Icon::Help) }</button>
            </div>
        </header>
    }
}

const fn engine_word(props: &Props) -> Key {
    match (&props.engine, props.busy) {
        (Engine::Ready, true) => Key::EngineRunning,
        (Engine::Absent, _) => Key::EngineAbsent,
        (Engine::Loading, _) => Key::EngineLoading,
        (Engine::Ready, false) => Key::EngineReady,
        (Engine::Failed(_), _) => Key::EngineFailed,
    }
}
