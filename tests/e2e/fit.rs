//! Text is whole, alone in its place and in one language, at every size that the page is made for.
//!
//! A window goes through all sizes in each state of the page, and `fit.js` looks at every text that
//! is on screen. What it finds is told with element, text, language and state, and with the sizes
//! where it is so. What mends it: room (`min-width`, a shorter form), wrapping, a container that
//! can be scrolled and shows it; for names and values of a program, which may have any length,
//! an ellipsis, since the page gives the whole as a tooltip; for words, a key of the table.

use crate::browser::Browser;
use crate::groups::CRAWLER;
use crate::page::{Page, of};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Widths and heights that the page is made for.
const SIZES: [(u32, u32); 5] = [(1440, 900), (1024, 768), (960, 540), (640, 360), (390, 844)];
/// Those of pictures in other pages.
const SLIDES: [(u32, u32); 2] = [(960, 540), (640, 360)];
/// Panes that stand in tabs where there is no room for all.
const PANES: [&str; 4] = ["pane-waiting", "pane-code", "pane-output", "pane-timeline"];
/// Those of them that show what a run is at.
const RUN: [&str; 2] = ["pane-waiting", "pane-timeline"];

const LANGUAGES: [&str; 2] = ["en", "zh"];

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
        let what = format!(
            "{}: {} {:?} {}",
            told("kind"),
            told("where"),
            told("text"),
            told("note")
        );
        let by = trouble["by"].as_u64().filter(|by| *by > 0);
        let where_ = by.map_or_else(|| where_.to_owned(), |by| format!("{where_} by {by} px"));
        let places = self.0.entry(what).or_default();
        if places.last().is_none_or(|last| last != &where_) {
            places.push(where_);
        }
    }

    fn nothing(self) {
        let told: Vec<String> = self
            .0
            .iter()
            .map(|(what, places)| format!("{what}\n      {}", places.join("; ")))
            .collect();
        assert!(
            told.is_empty(),
            "{} troubles with text:\n{}",
            told.len(),
            told.join("\n")
        );
    }
}

/// The tables of words, as they are written: English, a slash, Chinese.
fn phrases(stream: TokenStream, into: &mut Vec<[String; 2]>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let text = |tree: &TokenTree| match tree {
        TokenTree::Literal(literal) => serde_json::from_str::<String>(&literal.to_string()).ok(),
        _ => None,
    };
    for three in trees.windows(3) {
        if let [english, TokenTree::Punct(slash), chinese] = three
            && slash.as_char() == '/'
            && let (Some(english), Some(chinese)) = (text(english), text(chinese))
        {
            into.push([english, chinese]);
        }
    }
    for tree in trees {
        if let TokenTree::Group(group) = tree {
            phrases(group.stream(), into);
        }
    }
}

/// An expression for texts of the interface in English that read otherwise in Chinese.
fn english() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui/i18n/words");
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("tables of words") {
        let source = fs::read_to_string(entry.expect("a table").path()).expect("a table");
        phrases(source.parse().expect("Rust"), &mut all);
    }
    assert!(all.len() > 250, "the tables of words are elsewhere");
    let escaped = |text: &str| {
        let letters = text.chars().map(|letter| match letter {
            letter if letter.is_alphanumeric() || letter == ' ' => letter.to_string(),
            letter => format!("\\{letter}"),
        });
        letters.collect::<String>()
    };
    let expression = |english: &str| {
        let pieces = english.split('{').enumerate();
        let pieces = pieces.map(|(place, piece)| match piece.split_once('}') {
            Some((_, text)) if place > 0 => format!(".+{}", escaped(text)),
            _ => escaped(piece),
        });
        pieces.collect::<String>()
    };
    let told = all
        .iter()
        .filter(|[english, chinese]| english != chinese && english.chars().any(char::is_alphabetic));
    let told: Vec<String> = told.map(|[english, _]| expression(english)).collect();
    format!("^({})$", told.join("|"))
}

/// A page whose texts are looked at.
struct Fit {
    page: Page,
    look: String,
    english: String,
    found: Found,
}

impl Fit {
    async fn open() -> Result<Self, CmdError> {
        Ok(Self::of(Page::open().await?))
    }

    fn of(page: Page) -> Self {
        let look = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/fit.js");
        Self {
            page,
            look: fs::read_to_string(look).expect("tests/e2e/fit.js"),
            english: english(),
            found: Found::default(),
        }
    }

    fn browser(&self) -> &Browser {
        &self.page.browser
    }

    async fn look(&mut self, language: &str, state: &str) -> Result<(), CmdError> {
        self.page.client().execute_async(SETTLE, vec![]).await?;
        let found = self
            .page
            .client()
            .execute(&self.look, vec![json!(language), json!(self.english)])
            .await?;
        for trouble in found.as_array().expect("a list of troubles") {
            self.found.note(trouble, &format!("{language} {state}"));
        }
        Ok(())
    }

    /// Looks at what is open at these sizes, and at each of the panes where they stand in tabs.
    async fn at(
        &mut self,
        sizes: &[(u32, u32)],
        panes: &[&str],
        language: &str,
        state: &str,
    ) -> Result<(), CmdError> {
        for &(width, height) in sizes {
            self.browser().become_wide(width, height).await?;
            let state = format!("{width}x{height} {state}");
            let tabs = "const tabs = document.querySelector('.panetabs');
                return !document.querySelector('dialog') && tabs !== null && getComputedStyle(tabs).display !== 'none'";
            if self.page.client().execute(tabs, vec![]).await? == true {
                for pane in panes {
                    self.page.press(pane).await?;
                    self.look(language, &format!("{state} {pane}")).await?;
                }
            } else {
                self.look(language, &state).await?;
            }
        }
        Ok(())
    }

    /// Opens an address in a language on a large screen, and presses what is to be pressed.
    async fn visit(&self, language: &str, query: &str, presses: &[&str]) -> Result<(), CmdError> {
        let (width, height) = SIZES[0];
        self.browser().become_wide(width, height).await?;
        self.page.visit(&format!("?lang={language}&{query}")).await?;
        for id in presses {
            self.page.press(id).await?;
        }
        Ok(())
    }

    /// Opens an address in both languages, presses what is to be pressed, and looks at all sizes.
    async fn opened(&mut self, query: &str, presses: &[&str], panes: &[&str]) -> Result<(), CmdError> {
        for language in LANGUAGES {
            self.visit(language, query, presses).await?;
            let sizes = if query.contains("embed=1") {
                &SLIDES[..]
            } else {
                &SIZES[..]
            };
            self.at(sizes, panes, language, &format!("{query} {}", presses.join(" ")))
                .await?;
        }
        Ok(())
    }

    /// Looks at what is open in both languages, switched by the button.
    async fn switched(&mut self, state: &str) -> Result<(), CmdError> {
        for language in LANGUAGES {
            self.at(&SIZES, &RUN, language, state).await?;
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
    fit.opened("step=12", &[], &PANES).await?;
    for query in [
        "step=0",
        "step=29",
        "step=99999",
        "scenario=condition_notify&step=20",
        "scenario=sockets_in_a_pool&step=40",
        "scenario=requests_in_threads&step=12",
        "scenario=image_downloader&step=14",
    ] {
        fit.opened(query, &[], &RUN).await?;
    }
    fit.close().await
}

/// What stands above the timeline besides the board, here and in other pages.
#[tokio::test(flavor = "multi_thread")]
async fn views_fit() -> Result<(), CmdError> {
    let mut fit = Fit::open().await?;
    for query in [
        "view=graph&step=20",
        "view=graph&scenario=deadlock&step=7",
        "view=tree&scenario=cancellation&step=7",
        "view=tree&scenario=task_group&step=12",
        "view=turn&scenario=deadlock&step=4",
        "view=turn&scenario=requests_in_threads&step=12",
    ] {
        fit.opened(query, &[], &["pane-waiting"]).await?;
        fit.opened(&format!("embed=1&{query}"), &[], &[]).await?;
    }
    fit.close().await
}

/// Many lanes: put together, and one by one.
#[tokio::test(flavor = "multi_thread")]
async fn groups_fit() -> Result<(), CmdError> {
    let mut fit = Fit::open().await?;
    fit.visit("en", "", &[]).await?;
    fit.page.run(CRAWLER).await?;
    let button = of("group") + " button";
    let last = fit.page.last_frame().await?;
    for step in [241, 700, last] {
        fit.page.go(step).await?;
        fit.switched(&format!("group at {step}")).await?;
    }
    let group = fit.page.client().find(Locator::Css(&button)).await?;
    group.click().await?;
    fit.switched("group, open").await?;
    fit.close().await
}

/// Two runs side by side, and one that waits for the other.
#[tokio::test(flavor = "multi_thread")]
async fn two_runs_fit() -> Result<(), CmdError> {
    let mut fit = Fit::open().await?;
    for language in LANGUAGES {
        for (query, sizes) in [
            (
                "scenario=unbounded_queue&compare=producer_consumer&step=12",
                &SIZES[..],
            ),
            (
                "scenario=blocking_call&compare=to_thread&step=9&embed=1",
                &SLIDES[..],
            ),
        ] {
            fit.visit(language, query, &[]).await?;
            let totals = of("totals");
            fit.page
                .client()
                .wait()
                .for_element(Locator::Css(&totals))
                .await?;
            fit.at(sizes, &["pane-timeline"], language, query).await?;
        }
        fit.visit(language, "scenario=one_after_another", &["compare-runs"])
            .await?;
        fit.at(&SIZES, &["pane-timeline"], language, "one run of two")
            .await?;
    }
    fit.close().await
}

/// Runs that end badly, some of them the visitor's own.
#[tokio::test(flavor = "multi_thread")]
async fn errors_fit() -> Result<(), CmdError> {
    const GROUP: &str = "import asyncio
async def fails(text): raise ValueError(text)
async def main():
 async with asyncio.TaskGroup() as group:
  group.create_task(fails('the first of two'), name='a task with a long name')
  group.create_task(fails('the second of two'))
asyncio.run(main())
";
    const STEPS: &str = "# loopscope: limit_steps=200
import asyncio
async def again():
 while True: await asyncio.sleep(0)
async def main():
 for _ in range(9): asyncio.create_task(again(), name='a task with a long name')
 await asyncio.sleep(2)
asyncio.run(main())
";
    let mut fit = Fit::open().await?;
    for query in [
        "scenario=deadlock&step=99999",
        "scenario=return_exceptions&step=99999",
    ] {
        fit.opened(query, &[], &RUN).await?;
    }
    fit.visit("en", "", &[]).await?;
    for (state, program) in [
        ("syntax error", "import asyncio\nasync def main(:\n"),
        ("exception group", GROUP),
        ("budget", "while True: pass\n"),
        ("steps", STEPS),
    ] {
        fit.page.run(program).await?;
        fit.switched(state).await?;
    }
    fit.close().await
}

/// What opens beside the picture or over it.
#[tokio::test(flavor = "multi_thread")]
async fn panels_and_dialogs_fit() -> Result<(), CmdError> {
    let mut fit = Fit::open().await?;
    let below = &["pane-output", "pane-timeline"];
    fit.opened("step=12", &["open-gallery"], &[]).await?;
    fit.opened("step=12", &["help"], &[]).await?;
    fit.opened("step=12", &["tab-steps"], below).await?;
    fit.opened("step=12", &["tab-lesson", "search"], below).await?;
    fit.opened("scenario=crawler&step=20", &["tab-world", "why"], below)
        .await?;
    fit.opened("scenario=cancellation&step=20", &["why", "tab-inspect"], below)
        .await?;
    let wide = &SIZES[..3];
    for language in LANGUAGES {
        fit.visit(language, "step=12", &["fold-record", "fold-side"])
            .await?;
        fit.at(wide, &[], language, "closed").await?;
        fit.page.press("fold-side").await?;
        fit.page.press("fold-record").await?;
        for (end, told) in [(Key::Home, "smallest"), (Key::End, "largest")] {
            let (width, height) = SIZES[0];
            fit.browser().become_wide(width, height).await?;
            for id in ["divide-side", "divide-record", "divide-board"] {
                let divider = fit.page.client().find(Locator::Css(&of(id))).await?;
                divider.send_keys(&char::from(end).to_string()).await?;
            }
            fit.at(wide, &[], language, &format!("{told} panels")).await?;
        }
        fit.visit(language, "step=12", &[]).await?;
        for (width, height) in [(640, 360), (390, 844)] {
            fit.browser().become_wide(width, height).await?;
            fit.page.press("menu").await?;
            fit.look(language, &format!("{width}x{height} menu")).await?;
            fit.page.press("menu").await?;
        }
    }
    fit.close().await
}

/// What is told of the bar under the pointer.
#[tokio::test(flavor = "multi_thread")]
async fn hover_cards_fit() -> Result<(), CmdError> {
    let mut fit = Fit::open().await?;
    for language in LANGUAGES {
        fit.visit(language, "step=29", &[]).await?;
        for (width, height) in SIZES {
            fit.browser().become_wide(width, height).await?;
            let lanes = fit.page.client().find(Locator::Css(&of("lanes"))).await?;
            let (left, top, wide, high) = lanes.rectangle().await?;
            for share in [0.03, 0.4, 0.97] {
                let there = PointerAction::MoveTo {
                    duration: None,
                    x: left + wide * share,
                    y: top + high.min(40.0) / 2.0,
                };
                let mouse = MouseActions::new("mouse".to_owned()).then(there);
                fit.page.client().perform_actions(mouse).await?;
                fit.look(language, &format!("{width}x{height} hover at {share}"))
                    .await?;
            }
        }
    }
    fit.close().await
}

/// The page when its recorded runs cannot be loaded.
#[tokio::test(flavor = "multi_thread")]
async fn a_failed_download_fits() -> Result<(), CmdError> {
    let page = Page::open_bare(Some("traces")).await?;
    page.until("the message", |view| view["message"] != "").await?;
    let mut fit = Fit::of(page);
    fit.switched("no recording").await?;
    fit.found.nothing();
    Ok(())
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
        fit.opened(query, &[], &[]).await?;
    }
    fit.close().await
}

/// Whoever looks finds each kind of trouble, and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn troubles_with_text_are_found() -> Result<(), CmdError> {
    const FAULTS: &str = r#"
        const add = (style, html) => {
            const box = document.createElement('div');
            box.style = 'position:fixed; left:200px; width:100px; background:white; z-index:9;' + style;
            box.innerHTML = html;
            document.querySelector('.app').append(box);
        };
        add('top:0; overflow:hidden; height:8px', 'sunk');
        add('top:60px; overflow:hidden; white-space:nowrap; text-overflow:ellipsis', 'words that are much too long for it');
        add('top:90px; overflow:hidden', '<b class="nm" style="display:block; overflow:hidden; white-space:nowrap; text-overflow:ellipsis">a_name_that_is_much_too_long</b>');
        add('top:120px', '<i style="position:absolute; left:0; top:0">one</i><i style="position:absolute; left:4px; top:3px">other</i>');
        add('top:160px; font-size:11px', 'tiny');
        add('top:190px; left:-40px', 'leaves');
        add('top:220px', 'hidden<u style="position:absolute; inset:0; background:white"></u>');
        add('top:250px', 'Finished');
        add('top:280px; overflow:auto; height:30px; scrollbar-width:none', 'line<br>line<br>line<br>line');"#;
    let mut fit = Fit::open().await?;
    fit.visit("zh", "step=12", &[]).await?;
    fit.look("zh", "before").await?;
    assert_eq!(fit.found.0.len(), 0, "{:?}", fit.found.0);
    fit.page.client().execute(FAULTS, vec![]).await?;
    fit.look("zh", "after").await?;
    let kinds: BTreeSet<&str> = fit
        .found
        .0
        .keys()
        .filter_map(|what| what.split(':').next())
        .collect();
    let all = [
        "English in Chinese",
        "cut",
        "cut where nothing shows that it scrolls",
        "outside of the window",
        "small",
        "under something",
        "upon other text",
    ];
    assert_eq!(kinds, BTreeSet::from(all), "{:#?}", fit.found.0);
    let cut = fit.found.0.keys().filter(|what| what.starts_with("cut: "));
    assert_eq!(cut.count(), 2, "a name has a tooltip: {:#?}", fit.found.0);
    fit.page.close().await
}
