//! Two runs side by side, as somebody who wonders what a change does.

use crate::page::{Page, of, text};
use fantoccini::Locator;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use loopscope::trace::{Trace, compare};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const SLOW: &str = "\u{e009}a\u{e000}1.5\u{e007}";

/// The recorded run of a scenario.
fn recorded(name: &str) -> Trace {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("static/traces/{name}.lscope"));
    Trace::read(&fs::read(file).expect("a recorded run")).expect("a trace")
}

/// The words of a part of the page, taken in one look: what is drawn anew meanwhile does not matter.
async fn read(page: &Page, id: &str) -> Result<String, CmdError> {
    let script = "return document.querySelector(`[data-testid=${arguments[0]}]`)?.innerText ?? ''";
    let told = page.client().execute(script, vec![json!(id)]).await?;
    let words = told.as_str().unwrap_or_default().split_whitespace();
    Ok(words.collect::<Vec<_>>().join(" "))
}

async fn attribute(page: &Page, id: &str, name: &str) -> Result<String, CmdError> {
    let found = page.client().find(Locator::Css(&of(id))).await?;
    Ok(found.attr(name).await?.unwrap_or_default())
}

/// Waits for what was found to be told.
async fn until_told(page: &Page, part: &str) -> Result<(), CmdError> {
    let script = "return document.querySelector('[data-testid=verdict]')?.innerText ?? ''";
    let mut told = Value::Null;
    for _ in 0..1000 {
        told = page.client().execute(script, vec![]).await?;
        if told.as_str().is_some_and(|told| told.contains(part)) {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    }
    page.browser.screenshot("compare-in-vain").await?;
    panic!("nobody says {part:?}, but {told}");
}

/// The frames of both runs.
async fn frames(page: &Page) -> Result<[String; 2], CmdError> {
    Ok([
        attribute(page, "kept-number", "data-frame").await?,
        attribute(page, "step-number", "data-frame").await?,
    ])
}

/// A row of the totals: of A, of B, and how they differ.
async fn row(page: &Page, name: &str) -> Result<Vec<String>, CmdError> {
    let script = "
        const rows = [...document.querySelectorAll('[data-testid=totals] tbody tr')];
        const row = rows.find((row) => row.querySelector('th').innerText.trim() === arguments[0]);
        return [...(row?.querySelectorAll('td') ?? [])].map((cell) => cell.innerText.trim());";
    let cells = page.client().execute(script, vec![json!(name)]).await?;
    let cells = cells.as_array().into_iter().flatten();
    let cells = cells.filter_map(Value::as_str).map(str::to_owned).collect();
    Ok(cells)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lesson_offers_the_run_that_shows_the_difference() -> Result<(), CmdError> {
    let page = Page::open_at("?scenario=one_after_another&lang=en").await?;
    page.press("tab-lesson").await?;
    assert!(read(&page, "partner").await?.contains("All together"));
    page.press("partner").await?;
    until_told(&page, "B ends 1.10 s sooner than A.").await?;
    assert_eq!(row(&page, "Ends at").await?, ["1.90 s", "0.80 s", "−1.10 s"]);
    assert_eq!(row(&page, "Tasks").await?, ["1", "4", "+3"]);

    let (one, other) = (recorded("one_after_another"), recorded("all_together"));
    let found = compare(&one, &other).difference.expect("they differ");
    let told = attribute(&page, "parting", "data-frame").await?;
    assert_eq!(told, found.frame.to_string());
    page.press("go-parting").await?;
    assert_eq!(frames(&page).await?, [told.clone(), told]);
    assert!(read(&page, "run-a-told").await?.contains("ask for home"));
    assert!(read(&page, "run-b-told").await?.contains("creates Task-2"));
    page.browser.screenshot("compare-1440").await?;

    // The link that is in the address now opens the same, and asks for no interpreter to do so.
    let link = page.client().execute("return location.search", vec![]).await?;
    let link = link.as_str().expect("a query").to_owned();
    assert!(link.contains("compare=all_together"), "{link}");
    page.visit(&format!("{link}&embed=1")).await?;
    until_told(&page, "sooner than A.").await?;
    let asked =
        "return performance.getEntriesByType('resource').filter(e => e.name.includes('engine')).length";
    assert_eq!(page.client().execute(asked, vec![]).await?, 0);
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn another_number_makes_another_run_to_compare() -> Result<(), CmdError> {
    let page = Page::open_at("?scenario=all_together&lang=en").await?;
    page.press("compare-runs").await?;
    until_told(&page, "is kept as A").await?;
    let field = page.client().find(Locator::Css(&of("parameter-SLOW"))).await?;
    field.send_keys(SLOW).await?;
    until_told(&page, "B ends 0.70 s later than A.").await?;
    assert_eq!(row(&page, "Ends at").await?, ["0.80 s", "1.50 s", "+0.70 s"]);
    assert_eq!(row(&page, "Tasks").await?, ["4", "4", "the same"]);
    // main makes the coroutine with the number in its first step; news sleeps in its own.
    let told = read(&page, "parting").await?;
    assert!(told.starts_with("First difference: step 3,"), "{told}");
    let titles = read(&page, "compare").await?;
    assert!(
        titles.contains("SLOW = 0.8") && titles.contains("SLOW = 1.5"),
        "{titles}"
    );

    page.press("swap").await?;
    until_told(&page, "B ends 0.70 s sooner than A.").await?;
    assert_eq!(row(&page, "Ends at").await?, ["1.50 s", "0.80 s", "−0.70 s"]);
    page.press("stop-comparing").await?;
    page.client()
        .wait()
        .for_element(Locator::Css(&of("timeline")))
        .await?;
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_compared_and_one_that_changes_nothing_says_so() -> Result<(), CmdError> {
    let page = Page::open_at("?scenario=all_together&lang=en").await?;
    page.press("compare-runs").await?;
    page.editor().await?;
    let source = page.source().await?;
    page.run(&source.replace("import asyncio\n", "# a comment\nimport asyncio\n"))
        .await?;
    until_told(&page, "Both runs do the same, step by step.").await?;
    assert!(page.client().find(Locator::Css(&of("parting"))).await.is_err());
    page.run(&source.replace("\"got\"", "\"has\"")).await?;
    until_told(&page, "Both end at 0.80 s.").await?;
    let told = read(&page, "parting").await?;
    assert!(told.contains("something else is printed"), "{told}");
    // A program that cannot be read leaves both runs as they were, and says what is wrong.
    page.run("import asyncio\nasync def main(:\n").await?;
    assert_ne!(text(&page.view().await?, "message"), "");
    assert_eq!(row(&page, "Ends at").await?.len(), 3);
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_do_it_all() -> Result<(), CmdError> {
    let page = Page::open_at("?scenario=one_after_another&compare=all_together&lang=zh").await?;
    until_told(&page, "早 1.10 秒结束").await?;
    page.key(char::from(Key::Home)).await?;
    assert_eq!(frames(&page).await?, ["0", "0"]);
    page.key(char::from(Key::Right)).await?;
    assert_eq!(frames(&page).await?, ["1", "1"], "hand in hand");
    let mut walked = frames(&page).await?;
    for _ in 0..4 {
        page.key(char::from(Key::Right)).await?;
        let next = frames(&page).await?;
        assert_ne!(next, walked);
        walked = next;
    }
    page.key(char::from(Key::Left)).await?;
    assert_ne!(frames(&page).await?, walked);
    page.key(char::from(Key::End)).await?;
    let ends = [recorded("all_together"), recorded("one_after_another")];
    assert_eq!(
        frames(&page).await?,
        ends.map(|trace| trace.last_frame().to_string())
    );
    page.key('k').await?;
    assert_eq!(frames(&page).await?, ["1", "1"]);
    page.key('x').await?;
    until_told(&page, "晚 1.10 秒结束").await?;

    // A click on the lanes of one run goes to that moment of both.
    let lanes = page
        .client()
        .find(Locator::Css("[data-testid=run-a] [data-testid=lanes]"))
        .await?;
    lanes.click().await?;
    let half_way = frames(&page).await?;
    assert!(
        half_way.iter().all(|frame| frame != "0" && frame != "1"),
        "{half_way:?}"
    );

    page.key(char::from(Key::Escape)).await?;
    page.client()
        .wait()
        .for_element(Locator::Css(&of("timeline")))
        .await?;
    page.key('c').await?;
    until_told(&page, "已保留为 A").await?;
    page.key('c').await?;
    page.client()
        .wait()
        .for_element(Locator::Css(&of("timeline")))
        .await?;
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_telephone_shows_one_above_the_other() -> Result<(), CmdError> {
    let page = Page::open_at("?scenario=one_after_another&compare=all_together&lang=en").await?;
    until_told(&page, "sooner").await?;
    page.browser.become_small(390, 844).await?;
    page.press("go-parting").await?;
    page.browser.screenshot("compare-390").await?;
    let fits = "
        const box = (id) => document.querySelector(`[data-testid=${id}]`).getBoundingClientRect();
        const [a, b] = [box('run-a'), box('run-b')];
        return a.bottom <= b.top && a.left >= 0 && b.right <= innerWidth && a.height > 40 && b.height > 40
            && document.scrollingElement.scrollWidth <= innerWidth;";
    assert_eq!(page.client().execute(fits, vec![]).await?, true);
    page.press("pane-code").await?;
    page.editor().await?;
    assert!(page.source().await?.contains("import asyncio"));
    page.press("pane-timeline").await?;
    page.browser.screenshot("compare-390-b").await?;
    page.close().await
}
