//! The address of the page as a link: which scenario, which level, which world around it, which
//! language and colours; where to open, and whether as a picture in another page.
//!
//! What is as it always is stays out of it. Whatever is in an address that
//! means nothing here is passed over: links are typed and shortened by hand.

use std::rc::Rc;

use percent_encoding::{percent_decode_str, utf8_percent_encode};
use wasm_bindgen::prelude::*;

use super::compare::Compare;
use super::keys::Keys;
use super::packed::{pack, unpack};
use super::scenarios;
use super::state::{Program, State, Theme, View};
use super::world::{SPELLED, World};
use crate::trace::{Language, Level};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = history, js_name = replaceState, catch)]
    fn replace_state(data: &JsValue, unused: &str, url: &str) -> Result<(), JsValue>;
}

/// What stands before a packed source in an address.
const CODE: &str = "#code=";
/// Letters of a packed source that an address may hold: mail and chat cut longer ones.
pub const LONGEST: usize = 8000;

/// What a link tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Place of the scenario.
    pub scenario: usize,
    /// The level, when it is chosen.
    pub level: Option<Level>,
    /// The source of the program, when it was edited.
    pub code: Option<Rc<str>>,
    /// The world around the program.
    pub world: Rc<World>,
    /// The language, when it is chosen.
    pub language: Option<Language>,
    /// Colours.
    pub theme: Theme,
    /// What stands above the timeline.
    pub view: View,
    /// The step to open at, instead of the scenario's own.
    pub step: Option<u32>,
    /// Place of the scenario whose recorded run stands beside.
    pub compare: Option<usize>,
    /// Whether the page is a picture in another one: it only shows a recorded run.
    pub embed: bool,
    /// The part of the run to stay in, in such a picture.
    pub part: Option<(u32, u32)>,
    /// Whether a first visit begins with a tour.
    pub tour: bool,
    /// Which keys do something, when that is told.
    pub keys: Option<Keys>,
    /// A recorded run to show instead of the scenario's, as an address beside the page.
    pub trace: Option<Rc<str>>,
}

impl Default for Link {
    fn default() -> Self {
        Self {
            scenario: scenarios::default_index(),
            level: None,
            code: None,
            world: Rc::default(),
            language: None,
            theme: Theme::System,
            view: View::Board,
            step: None,
            compare: None,
            embed: false,
            part: None,
            tour: true,
            keys: None,
            trace: None,
        }
    }
}

impl Link {
    /// The link to what is chosen on the page.
    pub fn to(state: &State) -> Self {
        Self {
            scenario: state.program.scenario,
            level: state.chosen_level,
            code: state.program.edited.then(|| Rc::clone(&state.program.source)),
            world: Rc::clone(&state.world),
            language: state.chosen_language,
            theme: state.theme,
            view: state.view,
            step: None,
            compare: state.compare.as_ref().and_then(|compare| compare.partner),
            embed: state.embed,
            part: state.part,
            trace: state.trace.clone(),
            ..Self::default()
        }
    }

    /// What the address of this page tells.
    pub fn of_page() -> Self {
        let location = web_sys::window().map(|window| window.location());
        let part = |part: Option<String>| part.unwrap_or_default();
        let query = part(location.as_ref().and_then(|location| location.search().ok()));
        let hash = part(location.and_then(|location| location.hash().ok()));
        Self {
            code: hash.strip_prefix(CODE).and_then(unpack).map(Rc::from),
            ..Self::of_query(&query)
        }
    }

    /// The edited source as the end of an address; nothing when there is none, or when it is too long for one.
    pub fn hash(&self) -> String {
        let packed = self.code.as_deref().map(pack).unwrap_or_default();
        if packed.is_empty() || packed.len() > LONGEST {
            String::new()
        } else {
            format!("{CODE}{packed}")
        }
    }

    /// What a query like `?scenario=cancellation&python=3.7` tells.
    pub fn of_query(query: &str) -> Self {
        let mut link = Self::default();
        let mut world = World::default();
        let (mut from, mut to) = (None, None);
        for part in query.trim_start_matches('?').split('&') {
            match part.split_once('=') {
                Some(("scenario", name)) => {
                    link.scenario = scenarios::index_of(name).unwrap_or(link.scenario);
                }
                Some(("python", version)) => link.level = version.parse().ok(),
                Some(("theme", "light")) => link.theme = Theme::Light,
                Some(("theme", "dark")) => link.theme = Theme::Dark,
                Some(("view", code)) => {
                    let named = View::ALL.into_iter().find(|view| view.code() == code);
                    link.view = named.unwrap_or_default();
                }
                Some(("step", step)) => link.step = step.parse().ok(),
                Some(("compare", name)) => link.compare = scenarios::index_of(name),
                Some(("embed", "1")) => link.embed = true,
                Some(("from", step)) => from = step.parse().ok(),
                Some(("to", step)) => to = step.parse().ok(),
                Some(("tour", "0")) => link.tour = false,
                Some(("keys", "arrows")) => link.keys = Some(Keys::Named),
                Some(("keys", "0")) => link.keys = Some(Keys::Off),
                Some(("trace", path)) => link.trace = beside(path),
                Some(("lang", code)) => link.language = Language::of_code(code),
                Some((name, value)) => world.read(name, value),
                None => {}
            }
        }
        link.part = (from.is_some() || to.is_some()).then(|| (from.unwrap_or(0), to.unwrap_or(u32::MAX)));
        link.world = Rc::new(world);
        link
    }

    /// The query that tells this; empty when all is as it always is.
    pub fn query(&self) -> String {
        let mut parts = Vec::new();
        if self.scenario != scenarios::default_index() {
            let scenario = scenarios::ALL[self.scenario.min(scenarios::ALL.len() - 1)];
            parts.push(format!("scenario={}", scenario.name()));
        }
        parts.extend(
            self.trace
                .as_ref()
                .map(|path| format!("trace={}", utf8_percent_encode(path, SPELLED))),
        );
        parts.extend(self.level.map(|level| format!("python={level}")));
        parts.extend(self.world.parts());
        parts.extend(self.language.map(|language| format!("lang={}", language.code())));
        match self.theme {
            Theme::System => {}
            Theme::Light => parts.push("theme=light".to_owned()),
            Theme::Dark => parts.push("theme=dark".to_owned()),
        }
        if self.view != View::Board {
            parts.push(format!("view={}", self.view.code()));
        }
        parts.extend(self.step.map(|step| format!("step={step}")));
        if let Some(scenario) = self.compare.and_then(|index| scenarios::ALL.get(index)) {
            parts.push(format!("compare={}", scenario.name()));
        }
        if self.embed {
            parts.push("embed=1".to_owned());
            if let Some((from, to)) = self.part {
                parts.push(format!("from={from}"));
                parts.extend((to < u32::MAX).then(|| format!("to={to}")));
            }
        }
        if parts.is_empty() {
            String::new()
        } else {
            format!("?{}", parts.join("&"))
        }
    }

    /// The page as it opens at this link.
    pub fn opens(&self) -> State {
        let mut program = Program::of(self.scenario);
        if let Some(code) = self.code.as_ref().filter(|_| !self.embed) {
            program.type_in(Rc::clone(code));
        }
        let mut state = State {
            program,
            chosen_level: self.level,
            // A recorded run knows the usual world only.
            world: if self.embed {
                Rc::default()
            } else {
                Rc::clone(&self.world)
            },
            chosen_language: self.language,
            theme: self.theme,
            wished_step: self.step,
            compare: self.compare.map(Compare::with),
            embed: self.embed,
            part: self.part.filter(|_| self.embed),
            keys: self.keys.unwrap_or_default(),
            trace: self.trace.clone(),
            ..State::default()
        };
        state.look_at(self.view);
        state
    }

    /// Makes it the address of the page.
    pub fn put(&self) {
        // A picture in another page keeps the address that it was given.
        if self.embed || *self == Self::of_page() {
            return;
        }
        let location = web_sys::window().map(|window| window.location());
        let path = location.and_then(|location| location.pathname().ok());
        // An address is a convenience: a page inside a document without one does without. What goes
        // with it tells a reload from a link that somebody followed.
        let _ = replace_state(
            &JsValue::TRUE,
            "",
            &format!("{}{}{}", path.unwrap_or_default(), self.query(), self.hash()),
        );
    }
}

/// An address beside the page: one that names another host, or another kind of address, is none.
fn beside(path: &str) -> Option<Rc<str>> {
    let path = percent_decode_str(path).decode_utf8_lossy();
    let elsewhere = path.starts_with('/') || path.contains([':', '\\']) || path.chars().any(char::is_control);
    (!path.is_empty() && !elsewhere).then(|| Rc::from(&*path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_what_it_was_made_of() {
        let cancellation = scenarios::index_of("cancellation").unwrap();
        let link = Link {
            scenario: cancellation,
            level: Some(Level::Python37),
            language: Some(Language::Chinese),
            theme: Theme::Dark,
            ..Link::default()
        };
        assert_eq!(
            link.query(),
            "?scenario=cancellation&python=3.7&lang=zh&theme=dark"
        );
        assert_eq!(Link::of_query(&link.query()), link);
        let state = link.opens();
        assert_eq!(
            (state.program.scenario, state.level()),
            (cancellation, Level::Python37)
        );
        assert_eq!(Link::to(&state), link);
        assert_eq!(Link::to(&State::default()).query(), "");
    }

    #[test]
    fn an_edited_source_is_in_the_link_unless_it_is_too_long() {
        let hash = |code: &str| {
            let code = Some(code.into());
            Link {
                code,
                ..Link::default()
            }
            .hash()
        };
        assert_eq!(hash("await x"), "#code=YXdhaXQgeA");
        assert_eq!(hash(&"x".repeat(6000)).len(), CODE.len() + LONGEST);
        assert_eq!(hash(&"x".repeat(6001)), "");
        assert_eq!(Link::default().hash(), "");
        let embedded = Link {
            code: Some("x".into()),
            embed: true,
            ..Link::default()
        };
        assert!(
            !embedded.opens().program.edited,
            "a picture shows recorded runs only"
        );
    }

    #[test]
    fn a_picture_in_another_page_opens_where_it_shall() {
        let link = Link::of_query("?embed=1&scenario=cancellation&step=7&theme=light");
        assert_eq!(Link::of_query(&link.query()), link);
        let state = link.opens();
        assert!(state.embed);
        assert_eq!((state.wished_step, state.theme), (Some(7), Theme::Light));
    }

    #[test]
    fn a_link_opens_a_view() {
        let link = Link::of_query("?scenario=deadlock&view=graph&step=7");
        assert_eq!(Link::of_query(&link.query()), link);
        let state = link.opens();
        assert_eq!((state.view, Link::to(&state).view), (View::Graph, View::Graph));
        assert_eq!(Link::of_query("?view=none").view, View::Board);
    }

    #[test]
    fn a_part_of_a_run_is_for_pictures_in_other_pages() {
        let link = Link::of_query("?embed=1&scenario=cancellation&from=5&to=8");
        assert_eq!(Link::of_query(&link.query()), link);
        assert_eq!(link.opens().part, Some((5, 8)));
        assert_eq!(
            Link::of_query("?embed=1&from=5").opens().part,
            Some((5, u32::MAX))
        );
        assert_eq!(Link::of_query("?from=5&to=8").opens().part, None);
    }

    #[test]
    fn a_link_opens_two_runs() {
        let link = Link::of_query("?scenario=semaphore&compare=bounded_semaphore&embed=1");
        assert_eq!(Link::of_query(&link.query()), link);
        let state = link.opens();
        assert_eq!(Link::to(&state), link);
        let wanted = state.compare.and_then(|compare| compare.wanted());
        assert_eq!(wanted, scenarios::index_of("bounded_semaphore"));
        assert_eq!(Link::of_query("?compare=nothing").compare, None);
    }

    #[test]
    fn a_trace_of_this_site_opens_and_no_other() {
        let link = Link::of_query("?trace=runs/big%20one.lscope&step=9");
        assert_eq!(link.trace.as_deref(), Some("runs/big one.lscope"));
        assert_eq!(Link::of_query(&link.query()), link);
        assert_eq!(link.opens().trace, link.trace);
        for path in [
            "https://example.com/a.lscope",
            "//example.com/a",
            "%2f%2fexample.com",
            "\\\\example.com",
            "/%09/example.com",
            "data:,x",
            "",
        ] {
            assert_eq!(Link::of_query(&format!("?trace={path}")).trace, None, "{path}");
        }
    }

    #[test]
    fn what_means_nothing_in_a_link_is_passed_over() {
        for query in [
            "",
            "?",
            "?python=2",
            "?lang=xx",
            "?scenario=none&utm=1",
            "?python",
        ] {
            assert_eq!(Link::of_query(query), Link::default(), "{query}");
        }
    }
}
