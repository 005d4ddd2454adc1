//! The gallery: every scenario with a miniature of its recorded run, chapter by chapter.

use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlCanvasElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::dialog::Dialog;
use crate::ui::engine::fetch_bytes;
use crate::ui::i18n::{Key, VisitKey, chosen_of, count, fill, grouped, seconds, text};
use crate::ui::recording::Recording;
use crate::ui::scenarios::{self, Scenario, lesson::Difficulty, topics::TOPICS};
use crate::ui::state::Action;
use crate::ui::tags::press;
use crate::ui::timeline::canvas::Brush;
use crate::ui::timeline::minimap::overview;
use crate::ui::timeline::palette::use_palette;

/// Size of a miniature.
const MINI_PX: (f64, f64) = (232.0, 72.0);

/// Properties of [`Gallery`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The scenario that is chosen.
    pub scenario: usize,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// What a reader looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Words of the title, the question or the topics.
    pub words: String,
    /// The level.
    pub level: Option<Difficulty>,
    /// The topic.
    pub topic: Option<&'static str>,
}

impl Wish {
    /// Whether a scenario is what is looked for. Words count in both languages, whichever is spoken.
    pub fn takes(&self, scenario: &Scenario) -> bool {
        let told = [
            scenario.title.en,
            scenario.title.zh,
            scenario.asks.en,
            scenario.asks.zh,
        ];
        let told = told
            .iter()
            .chain(scenario.topics)
            .map(|part| part.to_ascii_lowercase());
        let told: Vec<String> = told.chain([scenario.name().to_owned()]).collect();
        let words = self.words.to_ascii_lowercase();
        let found = words
            .split_whitespace()
            .all(|word| told.iter().any(|part| part.contains(word)));
        found
            && self.level.is_none_or(|level| level == scenario.level)
            && self.topic.is_none_or(|topic| scenario.topics.contains(&topic))
    }
}

/// The dialog.
#[component]
pub fn Gallery(props: &Props) -> Html {
    let wish = use_state_eq(Wish::default);
    let oninput = {
        let wish = wish.clone();
        Callback::from(move |event: InputEvent| {
            let words = event
                .target_dyn_into::<HtmlInputElement>()
                .map(|field| field.value());
            wish.set(Wish {
                words: words.unwrap_or_default(),
                ..(*wish).clone()
            });
        })
    };
    let level = |which: Option<Difficulty>, label: Key| {
        let on = wish.level == which;
        let setter = wish.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            setter.set(Wish {
                level: which,
                ..(*setter).clone()
            });
        });
        html! {
            <button type="button" class={classes!(on.then_some("on"))} aria-pressed={on.to_string()} {onclick}>{ text(label) }</button>
        }
    };
    let onchange = {
        let wish = wish.clone();
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            let chosen = select.map(|select| select.value()).unwrap_or_default();
            let known = TOPICS.iter().map(|topic| topic.en);
            wish.set(Wish {
                topic: known.into_iter().find(|topic| *topic == chosen),
                ..(*wish).clone()
            });
        })
    };
    let show_all = {
        let wish = wish.clone();
        Callback::from(move |_: MouseEvent| wish.set(Wish::default()))
    };
    let close = props.emit.reform(|()| Action::ToggleGallery);
    let found = scenarios::ALL
        .iter()
        .filter(|scenario| wish.takes(scenario))
        .count();
    let chapters = scenarios::ALL.chunk_by(|one, other| one.place.chapter == other.place.chapter);
    let chapters = chapters.filter_map(|chapter| {
        let cards: Vec<Html> = chapter
            .iter()
            .filter(|scenario| wish.takes(scenario))
            .map(|scenario| exhibit(scenario, Some(props.scenario), &props.emit))
            .collect();
        let about = chapter.first()?.chapter();
        (!cards.is_empty()).then(|| {
            html! {
                <section key={chosen_of(&about.title).to_owned()} class="chapter">
                    <div><h3>{ chosen_of(&about.title) }</h3><p>{ chosen_of(&about.about) }</p></div>
                    <ul>{ for cards }</ul>
                </section>
            }
        })
    });
    html! {
        <Dialog title={Key::Gallery} id="gallery" {close}>
            <div class="wish">
                <input type="search" data-testid="gallery-words" aria-label={text(Key::GalleryFind)} placeholder={text(Key::GalleryFind)}
                    value={wish.words.clone()} {oninput} />
                <span class="seg" role="group" aria-label={text(Key::GalleryLevel)}>
                    { level(None, Key::LevelAny) }{ level(Some(Difficulty::Beginner), Key::LevelBeginner) }
                    { level(Some(Difficulty::Intermediate), Key::LevelIntermediate) }{ level(Some(Difficulty::Advanced), Key::LevelAdvanced) }
                </span>
                <select class="title" data-testid="gallery-topic" aria-label={text(VisitKey::Topic)} {onchange}>
                    <option value="" selected={wish.topic.is_none()}>{ text(VisitKey::AnyTopic) }</option>
                    { for TOPICS.iter().map(|topic| html! {
                        <option value={topic.en} selected={wish.topic == Some(topic.en)}>{ *chosen_of(topic) }</option>
                    }) }
                </select>
                <span class="found" role="status">{ count(Key::GalleryFound, found as u64) }</span>
            </div>
            { for chapters }
            if found == 0 {
                <p class="nothing" data-testid="gallery-nothing">
                    { text(VisitKey::NothingLikeIt) }
                    <button type="button" class="btn solid" data-testid="gallery-all" onclick={show_all}>{ text(VisitKey::ShowAll) }</button>
                </p>
            }
        </Dialog>
    }
}

const fn level_word(level: Difficulty) -> Key {
    match level {
        Difficulty::Beginner => Key::LevelBeginner,
        Difficulty::Intermediate => Key::LevelIntermediate,
        Difficulty::Advanced => Key::LevelAdvanced,
    }
}

/// A scenario to choose, with its miniature.
pub fn exhibit(scenario: &'static Scenario, current: Option<usize>, emit: &Callback<Action>) -> Html {
    let index = scenarios::index_of(scenario.name()).unwrap_or(0);
    let chosen = current == Some(index);
    let onclick = press(emit, Action::Choose(index));
    html! {
        <li key={scenario.file}>
            <button type="button" class={classes!("exhibit", chosen.then_some("on"))} data-scenario={scenario.name()}
                aria-current={chosen.then_some("true")} {onclick}>
                <Miniature scenario={index} />
                <b>{ chosen_of(&scenario.title) }</b>
                <span>{ chosen_of(&scenario.asks) }</span>
                <small>{ text(level_word(scenario.level)) }</small>
            </button>
        </li>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct MiniatureProps {
    scenario: usize,
}

/// The whole recorded run, small. What cannot be fetched leaves its place empty.
#[component]
fn Miniature(props: &MiniatureProps) -> Html {
    let recording = use_state_eq(|| None::<Recording>);
    let setter = recording.setter();
    use_effect_with(props.scenario, move |scenario| {
        let path = scenarios::ALL[*scenario].trace_path();
        spawn_local(async move {
            if let Ok(bytes) = fetch_bytes(&path).await {
                setter.set(Recording::read(&bytes).ok());
            }
        });
    });
    let canvas = use_node_ref();
    let palette = use_palette();
    let round = palette.as_ref().map(|(_, round)| *round);
    let node = canvas.clone();
    use_effect_with(((*recording).clone(), round), move |(recording, _)| {
        let (Some(recording), Some((palette, _)), Some(canvas)) =
            (recording, palette, node.cast::<HtmlCanvasElement>())
        else {
            return;
        };
        let density = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
        let (width, height) = MINI_PX;
        Brush::new(palette, density).paint(&canvas, &overview(recording, width, height), width, height);
    });
    let long = recording.as_ref().map(|recording| {
        let last = recording.last_frame();
        let steps = grouped(u64::from(last - 1));
        let time = seconds(recording.trace().tip().clock);
        fill(Key::RangeSpan, &[("n", &steps), ("time", &time)])
    });
    html! {
        <span class="miniature"><canvas ref={canvas} aria-hidden="true"></canvas><small>{ long }</small></span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &str, level: Option<Difficulty>) -> Vec<&'static str> {
        let wish = Wish {
            words: words.to_owned(),
            level,
            topic: None,
        };
        scenarios::ALL
            .iter()
            .filter(|scenario| wish.takes(scenario))
            .map(Scenario::name)
            .collect()
    }

    #[test]
    fn words_and_levels_find_scenarios() {
        assert_eq!(names("", None).len(), scenarios::ALL.len());
        assert!(names("cancel", None).contains(&"cancellation"));
        assert!(names("取消", None).contains(&"cancellation"));
        assert!(names("queue producer", None).contains(&"producer_consumer"));
        assert_eq!(names("no such thing", None), Vec::<&str>::new());
        let cancels = Wish {
            topic: Some("cancel"),
            ..Wish::default()
        };
        let found = scenarios::ALL.iter().filter(|scenario| cancels.takes(scenario));
        assert!(found.clone().all(|scenario| scenario.topics.contains(&"cancel")) && found.count() > 3);
        let levels = Difficulty::ALL.map(|level| names("", Some(level)).len());
        assert_eq!(levels.iter().sum::<usize>(), scenarios::ALL.len());
    }
}
