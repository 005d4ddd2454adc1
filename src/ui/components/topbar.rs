//! The bar above: which program, run and stop, how far the interpreter is, colours, keys.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::chooser::Chooser;
use super::icon::icon;
use crate::trace::Level;
use crate::ui::i18n::{CompareKey, Key, Language, fill, text};
use crate::ui::look::Icon;
use crate::ui::state::{Action, Engine, State, Theme};
use crate::ui::tags::{all, press, say};

/// Properties of [`TopBar`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// Which scenario is chosen.
    pub scenario: usize,
    /// The program of a recorded run that is none of them.
    pub other: Option<Rc<str>>,
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
            other: state.trace.as_ref().map(|_| Rc::clone(&state.program.name)),
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
    let draw = |tool: Tool, action: Action, inside: Html| tool.draw(press(&props.emit, action), inside);
    // A tool whose word is not written beside its icon.
    let named = |id: &'static str, label: &str, which: Icon, action: Action| {
        let tool = Tool {
            class: "btn icon",
            id,
            label: Some(label.to_owned()),
            title: Some(label.to_owned()),
            ..Tool::default()
        };
        draw(tool, action, icon(which))
    };
    let gallery = Tool {
        class: "btn gallery",
        id: "open-gallery",
        label: Some(text(Key::Gallery).to_owned()),
        title: Some(text(Key::Gallery).to_owned()),
        ..Tool::default()
    };
    let menu = Tool {
        class: "btn icon menu",
        id: "menu",
        label: Some(text(Key::Menu).to_owned()),
        title: Some(text(Key::Menu).to_owned()),
        expanded: Some(props.menu),
        ..Tool::default()
    };
    let compare = Tool {
        class: if props.comparing {
            "btn compare on"
        } else {
            "btn compare"
        },
        id: "compare-runs",
        pressed: Some(props.comparing),
        disabled: props.busy,
        title: Some(text(CompareKey::Compare).to_owned() + " (C)"),
        ..Tool::default()
    };
    let language = Tool {
        class: "btn",
        id: "language",
        lang: Some(other.code()),
        ..Tool::default()
    };
    let (id, title, which, word, action) = if props.busy {
        ("stop", None, Icon::Stop, Key::Stop, Action::Stop)
    } else {
        (
            "run",
            Some("Ctrl+Enter".to_owned()),
            Icon::Play,
            Key::Run,
            Action::Run,
        )
    };
    let run = Tool {
        class: "btn solid",
        id,
        title,
        ..Tool::default()
    };
    let beside = |which: Icon, word: &'static str| all(vec![icon(which), word.into()]);
    html! {
        <header class="top">
            <span class="brand"><svg aria-hidden="true"><use href="#logo" /></svg><span>{ "Loopscope" }</span></span>
            <span class="crumb" aria-hidden="true">{ "/" }</span>
            <Chooser scenario={props.scenario} other={props.other.clone()} language={props.language} emit={props.emit.clone()} />
            { draw(gallery, Action::ToggleGallery, all(vec![icon(Icon::Gallery), say("span", "", Key::Gallery)])) }
            { draw(run, action, beside(which, text(word))) }
            <span class="sp"></span>
            { draw(menu, Action::ToggleMenu, icon(Icon::Menu)) }
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
            { draw(compare, Action::Compare, beside(Icon::Compare, text(CompareKey::Compare))) }
            { draw(language, Action::Speak(other), other.name().into()) }
            { named("theme", &theme_label, Icon::Theme, Action::Theme(theme)) }
            { named("help", text(Key::Help), Icon::Help, Action::ToggleHelp) }
            </div>
        </header>
    }
}

/// What the buttons of the bar differ by.
#[derive(Default)]
struct Tool {
    class: &'static str,
    id: &'static str,
    lang: Option<&'static str>,
    label: Option<String>,
    pressed: Option<bool>,
    disabled: bool,
    title: Option<String>,
    expanded: Option<bool>,
}

impl Tool {
    fn draw(self, onclick: Callback<MouseEvent>, inside: Html) -> Html {
        let told = |on: Option<bool>| on.map(|on| if on { "true" } else { "false" });
        html! {
            <button class={self.class} type="button" data-testid={self.id} lang={self.lang} aria-label={self.label}
                aria-pressed={told(self.pressed)} disabled={self.disabled} title={self.title} aria-expanded={told(self.expanded)}
                {onclick}>{ inside }</button>
        }
    }
}

const fn engine_word(props: &Props) -> Key {
    match (&props.engine, props.busy) {
        (Engine::Ready, true) => Key::EngineRunning,
        (Engine::Absent, _) => Key::EngineAbsent,
        (Engine::Loading(_), _) => Key::EngineLoading,
        (Engine::Ready, false) => Key::EngineReady,
        (Engine::Failed(_), _) => Key::EngineFailed,
    }
}
