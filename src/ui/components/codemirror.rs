//! The bridge to the editor of `src/ui/codemirror`, which the page loads when its first picture stands.
//!
//! It is bundled at build time into a file of its own, so that the first picture does not wait for it;
//! where it cannot be had, the plain text area stays.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

use super::marks::Mark;
use crate::ui::i18n::{EditorKey, Key, text};
use crate::ui::state::{Action, Move};

/// Milliseconds of quiet after the first picture.
const IDLE_MS: u32 = 400;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = loopscope, js_name = editor, catch)]
    async fn load() -> Result<JsValue, JsValue>;

    type Module;
    #[wasm_bindgen(method)]
    fn mount(this: &Module, host: &Element, hear: &Closure<dyn Fn(String, String)>) -> View;

    type View;
    #[wasm_bindgen(method)]
    fn open(this: &View, program: u32, source: &str);
    #[wasm_bindgen(method)]
    fn speak(this: &View, words: Vec<String>);
    #[wasm_bindgen(method)]
    fn mark(this: &View, now: u32, seen: &[u32], marks: Vec<String>);
    #[wasm_bindgen(method)]
    fn wrong(this: &View, line: u32, column: u32, message: &str);
    #[wasm_bindgen(method)]
    fn destroy(this: &View);
}

/// What the editor shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    /// Which program it is, by the number of choices before it.
    pub(super) program: u32,
    /// Its source.
    pub(super) source: Rc<str>,
    /// The line that the run rests at, or 0.
    pub(super) now: u32,
    /// The lines that the step ran.
    pub(super) seen: Vec<u32>,
    /// The tasks that rest at lines.
    pub(super) marks: Vec<Mark>,
    /// What is wrong: line, or 0; column, or 0; and what.
    pub(super) wrong: (u32, u32, Rc<str>),
    /// The language of its words.
    pub(super) language: crate::ui::i18n::Language,
    /// Whether the run on screen is of this very source.
    pub(super) fresh: bool,
}

impl Shown {
    fn show(&self, view: &View) {
        view.open(self.program, &self.source);
        view.speak(words());
        view.mark(
            self.now,
            &self.seen,
            self.marks.iter().flat_map(Mark::parts).collect(),
        );
        let (line, column, message) = &self.wrong;
        view.wrong(*line, *column, message);
    }
}

fn words() -> Vec<String> {
    [
        text(Key::Source),
        text(EditorKey::BreakpointSet),
        text(EditorKey::Breakpoint),
        text(EditorKey::BreakpointGone),
        text(EditorKey::StopsTitle),
        text(EditorKey::NumbersTitle),
    ]
    .map(str::to_owned)
    .into()
}

/// Whether the editor has arrived, once it is wished for.
#[hook]
pub(super) fn use_module(wished: bool) -> Option<Rc<JsValue>> {
    let module = use_state(|| None);
    let arrived = module.setter();
    use_effect_with(wished, move |wished| {
        let timeout = wished.then(|| {
            Timeout::new(IDLE_MS, move || {
                spawn_local(async move {
                    // Without it the text area stays.
                    if let Ok(module) = load().await {
                        arrived.set(Some(Rc::new(module)));
                    }
                });
            })
        });
        move || drop(timeout)
    });
    (*module).clone()
}

/// A view with the ears that it talks to.
struct Mounted {
    view: View,
    _hear: Closure<dyn Fn(String, String)>,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.view.destroy();
    }
}

/// Puts the editor into an element, and shows in it what there is to be seen.
#[hook]
pub(super) fn use_view(
    module: Option<Rc<JsValue>>,
    host: NodeRef,
    shown: Shown,
    leave: Callback<()>,
    emit: Callback<Action>,
) {
    let mounted = use_mut_ref(|| None::<Mounted>);
    let fresh = use_mut_ref(|| false);
    *fresh.borrow_mut() = shown.fresh;
    let here = module.is_some();
    let place = mounted.clone();
    use_effect_with(here, move |_| {
        if let (Some(module), Some(host)) = (module, host.cast::<Element>()) {
            let hear = Closure::<dyn Fn(String, String)>::new(move |kind: String, what: String| {
                emit.emit(match kind.as_str() {
                    "edit" => Action::Edit(what.into()),
                    "run" => Action::Run,
                    "back" => Action::BringBack,
                    "stops" => {
                        let lines = what.split(',').filter_map(|line| line.parse().ok());
                        Action::Breakpoints(lines.collect())
                    }
                    "line" if *fresh.borrow() => Action::Go(Move::Line(what.parse().unwrap_or(0))),
                    "leave" => return leave.emit(()),
                    _ => return,
                });
            });
            let view = module.unchecked_ref::<Module>().mount(&host, &hear);
            *place.borrow_mut() = Some(Mounted { view, _hear: hear });
        }
        move || drop(place.take())
    });
    use_effect_with((here, shown), move |(_, shown)| {
        if let Some(mounted) = &*mounted.borrow() {
            shown.show(&mounted.view);
        }
    });
}
