//! What axe-core finds wrong for people who use the page in other ways than by looking.

use crate::groups::CRAWLER;
use crate::page::{Page, of};
use fantoccini::Locator;
use fantoccini::error::CmdError;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Runs the rules of WCAG 2.2 AA and of good practice, and lists what they say.
const AXE: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] }).then((found) => done(found.violations.map((rule) =>
        `${rule.id}: ${rule.nodes.map((node) => `${node.target} ${node.failureSummary}`).join('; ')}`)),
        (error) => done([String(error)]));";

fn axe() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js");
    fs::read_to_string(file).expect("axe-core is missing: `npm ci` installs it (`make test` does)")
}

/// Asserts that axe finds nothing in what is on screen, in both themes.
pub(crate) async fn nothing_wrong(page: &Page, state: &str) -> Result<(), CmdError> {
    for theme in ["light", "dark"] {
        let dress = "document.documentElement.dataset.theme = arguments[0]";
        page.client().execute(dress, vec![json!(theme)]).await?;
        let known = page
            .client()
            .execute("return typeof axe !== 'undefined'", vec![])
            .await?;
        if known != true {
            page.client().execute(&axe(), vec![]).await?;
        }
        let found = page.client().execute_async(AXE, vec![]).await?;
        assert_eq!(found, Value::Array(Vec::new()), "{state}, {theme}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_workbench_is_open_to_everyone() -> Result<(), CmdError> {
    let page = Page::open().await?;
    nothing_wrong(&page, "workbench").await?;
    // With a breakpoint, and with the focus in the text.
    page.editor().await?.send_keys("\u{e039}").await?;
    nothing_wrong(&page, "editor").await?;
    for tab in ["tab-steps", "tab-inspect", "tab-world"] {
        page.press(tab).await?;
        nothing_wrong(&page, tab).await?;
    }
    page.press("search").await?;
    nothing_wrong(&page, "search").await?;
    page.press("search").await?;
    page.press("why").await?;
    nothing_wrong(&page, "why").await?;
    page.press("why").await?;
    for fold in ["fold-record", "fold-side"] {
        page.press(fold).await?;
        nothing_wrong(&page, fold).await?;
    }
    let last = page.last_frame().await?;
    page.go(last).await?;
    nothing_wrong(&page, "end").await?;
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn dialogs_are_open_to_everyone() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.press("help").await?;
    page.client()
        .wait()
        .for_element(Locator::Css(&of("help-dialog")))
        .await?;
    nothing_wrong(&page, "help").await?;
    page.press("close").await?;
    page.press("open-gallery").await?;
    page.client()
        .wait()
        .for_element(Locator::Css(&of("gallery")))
        .await?;
    nothing_wrong(&page, "gallery").await?;
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_telephone_is_open_to_everyone() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.browser.become_small(390, 844).await?;
    for pane in ["pane-timeline", "pane-waiting", "pane-code", "pane-output"] {
        page.press(pane).await?;
        nothing_wrong(&page, pane).await?;
    }
    page.press("menu").await?;
    nothing_wrong(&page, "menu").await?;
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn chinese_and_pictures_in_other_pages_are_open_to_everyone() -> Result<(), CmdError> {
    let page = Page::open_at("?lang=zh&scenario=cancellation").await?;
    nothing_wrong(&page, "chinese").await?;
    page.visit("?embed=1&scenario=producer_consumer&step=12").await?;
    nothing_wrong(&page, "embed").await?;
    page.close().await
}

/// What a first visit meets, in both languages: the tour, programs to choose, none, no text, a run that
/// does not end, and the same on a telephone and in slides of both sizes.
async fn first_visit(language: &str) -> Result<(), CmdError> {
    let page = Page::open_first(&format!("?lang={language}")).await?;
    page.client()
        .wait()
        .for_element(Locator::Css(&of("tour")))
        .await?;
    nothing_wrong(&page, "tour").await?;
    page.press("tour-skip").await?;
    nothing_wrong(&page, "workbench").await?;
    page.press("tab-lesson").await?;
    page.client()
        .wait()
        .for_element(Locator::Css(&of("course-on")))
        .await?;
    nothing_wrong(&page, "lesson").await?;
    page.press("help").await?;
    page.client()
        .wait()
        .for_element(Locator::Css(&of("keys-all")))
        .await?;
    nothing_wrong(&page, "help").await?;
    page.press("close").await?;
    page.press("open-gallery").await?;
    let words = of("gallery-words");
    let words = page.client().wait().for_element(Locator::Css(&words)).await?;
    nothing_wrong(&page, "gallery").await?;
    words.send_keys("zzzz").await?;
    page.client()
        .wait()
        .for_element(Locator::Css(&of("gallery-nothing")))
        .await?;
    nothing_wrong(&page, "nothing in the gallery").await?;
    page.press("close").await?;
    page.run("while True: pass\n").await?;
    nothing_wrong(&page, "out of budget").await?;
    page.run("# loopscope: limit_steps=200\nimport asyncio\nasync def again():\n  while True: await asyncio.sleep(0)\nasyncio.run(again())\n").await?;
    nothing_wrong(&page, "out of steps").await?;
    page.write("").await?;
    page.client()
        .wait()
        .for_element(Locator::Css(&of("empty")))
        .await?;
    nothing_wrong(&page, "no program").await?;

    let embed = format!("?embed=1&scenario=cancellation&step=6&from=5&to=9&lang={language}");
    page.visit(&embed).await?;
    for (width, height) in [(960, 540), (640, 360)] {
        page.client().set_window_size(width, height + 143).await?;
        nothing_wrong(&page, &format!("embed of {width} by {height}")).await?;
    }
    page.browser.become_small(390, 844).await?;
    page.visit_first(&format!("?lang={language}")).await?;
    for pane in ["pane-timeline", "pane-waiting", "pane-code", "pane-output"] {
        page.press(pane).await?;
        nothing_wrong(&page, pane).await?;
    }
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_visit_is_open_to_everyone_in_english() -> Result<(), CmdError> {
    first_visit("en").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_visit_is_open_to_everyone_in_chinese() -> Result<(), CmdError> {
    first_visit("zh").await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_are_open_to_everyone() -> Result<(), CmdError> {
    let page = Page::open_at("?scenario=blocking_call&compare=to_thread").await?;
    let totals = of("totals");
    page.client().wait().for_element(Locator::Css(&totals)).await?;
    nothing_wrong(&page, "two runs").await?;
    page.browser.become_small(390, 844).await?;
    nothing_wrong(&page, "two runs on a telephone").await?;
    page.press("stop-comparing").await?;
    page.key('c').await?;
    nothing_wrong(&page, "one of two runs").await?;
    page.close().await
}

/// A program that is wrong says so to everyone.
#[tokio::test(flavor = "multi_thread")]
async fn errors_are_open_to_everyone() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.run("import asyncio\nasync def main(:\n").await?;
    nothing_wrong(&page, "syntax error").await?;
    page.press("undo-all").await?;
    nothing_wrong(&page, "text put away").await?;
    page.close().await
}

/// The views above the timeline, on the page, in another page and on a telephone.
#[tokio::test(flavor = "multi_thread")]
async fn views_are_open_to_everyone() -> Result<(), CmdError> {
    let page = Page::open_at("?scenario=deadlock&view=graph&step=7").await?;
    for view in ["graph", "tree", "turn"] {
        page.press(view).await?;
        nothing_wrong(&page, view).await?;
    }
    page.visit("?scenario=cancellation&view=tree&step=7&lang=zh")
        .await?;
    nothing_wrong(&page, "cancellation").await?;
    page.visit("?scenario=deadlock&view=graph&step=99").await?;
    nothing_wrong(&page, "deadlock").await?;
    page.visit("?embed=1&scenario=deadlock&view=graph&step=7").await?;
    page.browser.become_small(640, 360).await?;
    nothing_wrong(&page, "graph in another page").await?;
    page.visit("?scenario=deadlock&view=graph&step=7").await?;
    page.browser.become_small(390, 844).await?;
    nothing_wrong(&page, "graph on a telephone").await?;
    page.close().await
}

/// Many lanes, put together and one by one, also on a telephone.
#[tokio::test(flavor = "multi_thread")]
async fn groups_are_open_to_everyone() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.run(CRAWLER).await?;
    page.go(241).await?;
    let button = of("group") + " button";
    let group = page.client().wait().for_element(Locator::Css(&button)).await?;
    nothing_wrong(&page, "group").await?;
    group.click().await?;
    nothing_wrong(&page, "group, open").await?;
    group.click().await?;
    page.press("language").await?;
    page.browser.become_small(390, 844).await?;
    page.press("pane-timeline").await?;
    nothing_wrong(&page, "group on a telephone").await?;
    page.close().await
}
