//! Text is whole, alone in its place and in one language, at every size that the page is made for.
//!
//! A window goes through all sizes in each state of the page, and `fit.js` looks at every text that
//! is on screen. What it finds is told with element, text, language and state, and with the sizes
//! where it is so. What mends it: room (`min-width`, a shorter form), wrapping, a container that
//! can be scrolled and shows it; for names and values of a program, which may have any length,
//! an ellipsis, since the page gives the whole as a tooltip; for words, a key of the table.

use crate::browser::Browser;
use crate::page::Page;
use fantoccini::error::CmdError;
use loopscope::ui::i18n::{Key, Language};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Widths and heights that the page is made for.
const SIZES: [(u32, u32); 5] = [(1440, 900), (1024, 768), (960, 540), (640, 360), (390, 844)];
/// Those of pictures in other pages.
const SLIDES: [(u32, u32); 2] = [(960, 540), (640, 360)];
/// Panes that stand in tabs where there is no room for all.
const PANES: [&str; 4] = ["pane-waiting", "pane-code", "pane-output", "pane-timeline"];

/// Looks once more when everything has been laid out and the picture has been drawn.
const SETTLE: &str = "
    const done = arguments[arguments.length - 1];
    document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));";

/// What was found, and where it was so.
#[derive(Default)]
struct Found(BTreeMap<String, Vec<String>>);

impl Found {
    fn note(&mut self, trouble: &Value, where_: &str) {
        let told = |name: &str| trouble[name].as_str().unwrap_or_default().to_owned();
        let what = format!("{}: {} {:?} {}", told("kind"), told("where"), told("text"), told("note"));
        let places = self.0.entry(what).or_default();
        if places.last().is_none_or(|last| last != where_) {
            places.push(where_.to_owned());
        }
    }

    fn nothing(self) {
        let told: Vec<String> = self
            .0
            .iter()
            .map(|(what, places)| format!("{what}\n      {}", places.join("; ")))
            .collect();
        assert!(told.is_empty(), "{} troubles with text:\n{}", told.len(), told.join("\n"));
    }
}

/// Texts of the interface in English that read otherwise in Chinese, as expressions.
fn english() -> Vec<String> {
    let escaped = |text: &str| {
        let letters = text.chars().map(|letter| match letter {
            letter if letter.is_alphanumeric() || letter == ' ' => letter.to_string(),
            letter => format!("\\{letter}"),
        });
        letters.collect::<String>()
    };
    let worded = |key: &&Key| {
        let [english, chinese] = Language::ALL.map(|language| key.pattern(language));
        english != chinese && english.chars().any(char::is_alphabetic)
    };
    let expression = |key: &Key| {
        let pieces = key.pattern(Language::English).split('{').enumerate();
        let pieces = pieces.map(|(place, piece)| match piece.split_once('}') {
            Some((_, text)) if place > 0 => format!(".+{}", escaped(text)),
            _ => escaped(piece),
        });
        format!("^{}$", pieces.collect::<String>())
    };
    Key::ALL.iter().filter(worded).map(expression).collect()
}

/// A page whose texts are looked at.
struct Fit {
    page: Page,
    look: String,
    english: Vec<String>,
    found: Found,
}

impl Fit {
    async fn open() -> Result<Self, CmdError> {
        let look = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/fit.js");
        Ok(Self {
            page: Page::open().await?,
            look: fs::read_to_string(look).expect("tests/e2e/fit.js"),
            english: english(),
            found: Found::default(),
        })
    }

    fn browser(&self) -> &Browser {
        &self.page.browser
    }

    async fn look(&mut self, language: &str, state: &str) -> Result<(), CmdError> {
        let foreign = if language == "zh" { json!(self.english) } else { json!([]) };
        self.page.client().execute_async(SETTLE, vec![]).await?;
        let found = self.page.client().execute(&self.look, vec![json!(language), foreign]).await?;
        for trouble in found.as_array().expect("a list of troubles") {
            self.found.note(trouble, &format!("{language} {state}"));
        }
        Ok(())
    }

    /// Looks at what is open at these sizes, at each pane where they stand in tabs.
    async fn at(&mut self, sizes: &[(u32, u32)], language: &str, state: &str) -> Result<(), CmdError> {
        for &(width, height) in sizes {
            self.browser().become_wide(width, height).await?;
            let state = format!("{width}x{height} {state}");
            let tabs = "const tabs = document.querySelector('.panetabs');
                return !document.querySelector('dialog') && tabs !== null && getComputedStyle(tabs).display !== 'none'";
            if self.page.client().execute(tabs, vec![]).await? == true {
                for pane in PANES {
                    self.page.press(pane).await?;
                    self.look(language, &format!("{state} {pane}")).await?;
                }
            } else {
                self.look(language, &state).await?;
            }
        }
        Ok(())
    }

    /// Opens an address in both languages, presses what is to be pressed, and looks at all sizes.
    async fn opened(&mut self, query: &str, presses: &[&str]) -> Result<(), CmdError> {
        for language in ["en", "zh"] {
            let (width, height) = SIZES[0];
            self.browser().become_wide(width, height).await?;
            self.page.visit(&format!("?lang={language}&{query}")).await?;
            for id in presses {
                self.page.press(id).await?;
            }
            let sizes = if query.contains("embed=1") { &SLIDES[..] } else { &SIZES[..] };
            self.at(sizes, language, &format!("{query} {presses:?}")).await?;
        }
        Ok(())
    }

    /// Looks at what is open in both languages, switched by the button.
    async fn switched(&mut self, state: &str) -> Result<(), CmdError> {
        for language in ["en", "zh"] {
            self.at(&SIZES, language, state).await?;
            let (width, height) = SIZES[0];
            self.browser().become_wide(width, height).await?;
            self.page.press("language").await?;
        }
        Ok(())
    }

    async fn close(self) -> Result<(), CmdError> {
        self.found.nothing();
        self.page.close().await
    }
}

/// Runs of many kinds, at moments where much is going on.
#[tokio::test(flavor = "multi_thread")]
async fn runs_fit() -> Result<(), CmdError> {
    let mut fit = Fit::open().await?;
    for query in [
        "step=0",
        "step=12",
        "step=29",
        "step=99999",
        "scenario=condition_notify&step=20",
        "scenario=sockets_in_a_pool&step=40",
        "scenario=requests_in_threads&step=12",
        "scenario=deadlock&step=99999",
        "scenario=return_exceptions&step=99999",
        "scenario=task_group&step=9",
        "scenario=image_downloader&step=14",
        "scenario=starvation&step=12",
    ] {
        fit.opened(query, &[]).await?;
    }
    fit.close().await
}

/// What opens beside the picture or over it.
#[tokio::test(flavor = "multi_thread")]
async fn panels_and_dialogs_fit() -> Result<(), CmdError> {
    let mut fit = Fit::open().await?;
    fit.opened("step=12", &["open-gallery"]).await?;
    fit.opened("step=12", &["help"]).await?;
    fit.opened("step=12", &["tab-steps"]).await?;
    fit.opened("step=12", &["tab-lesson", "search"]).await?;
    fit.opened("scenario=crawler&step=20", &["tab-world", "why"]).await?;
    fit.opened("scenario=cancellation&step=20", &["why", "tab-inspect"]).await?;
    fit.close().await
}

/// Pictures in other pages.
#[tokio::test(flavor = "multi_thread")]
async fn slides_fit() -> Result<(), CmdError> {
    let mut fit = Fit::open().await?;
    for query in [
        "embed=1&step=12",
        "embed=1&scenario=condition_notify&step=20",
        "embed=1&scenario=deadlock&step=99999",
        "embed=1&scenario=sockets_in_a_pool&step=40",
    ] {
        fit.opened(query, &[]).await?;
    }
    fit.close().await
}
