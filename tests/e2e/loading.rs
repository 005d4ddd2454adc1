//! What is seen while the interpreter is on its way, over lines that are slow, and without one.

use crate::axe::nothing_wrong;
use crate::browser::Browser;
use crate::page::{Page, of, shows};
use crate::server::{Line, Slow, dist, serve_slowly};
use fantoccini::Locator;
use fantoccini::error::CmdError;
use serde_json::json;
use std::fs;

const CODE: &str = "loopscope-engine_bg.wasm";
const HELLO: &str = "print('hello from here')\n";

/// Bytes as the page tells them.
fn megabytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1_000_000, bytes / 100_000 % 10)
}

/// Half of the interpreter, and all of it.
fn size() -> [String; 2] {
    let whole = fs::metadata(dist().join(CODE)).expect("the interpreter").len();
    [megabytes(whole / 2), megabytes(whole)]
}

/// A page with a program that waits for the second half of the interpreter.
async fn waiting(slow: &Slow, query: &str) -> Result<Page, CmdError> {
    let page = Page::of(Browser::open().await, serve_slowly(dist(), slow.clone()));
    page.visit(query).await?;
    page.write(HELLO).await?;
    page.press("run").await?;
    Ok(page)
}

async fn fetched(page: &Page, told: &str) -> Result<(), CmdError> {
    let line = of("fetched");
    let holds = format!(
        "document.querySelector('{line}')?.innerText.trim() === {}",
        json!(told)
    );
    page.until_true(told, &holds).await
}

async fn runs(page: &Page) -> Result<(), CmdError> {
    let view = page
        .until("the end of the run", |view| {
            view["busy"] == false && view["stale"] == false
        })
        .await?;
    assert_eq!(view["message"], "");
    shows(&view, "output", "hello from here");
    let line = page.client().find_all(Locator::Css(&of("fetched"))).await?;
    assert!(line.is_empty(), "the interpreter is here");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_interpreter_comes_in_numbers_and_stays_for_offline() -> Result<(), CmdError> {
    let [half, whole] = size();
    let slow = Slow::of(CODE, true);
    let page = waiting(&slow, "").await?;
    fetched(&page, &format!("{half} of {whole} MB")).await?;
    let share = format!(
        "return document.querySelector('{} progress').position",
        of("fetched")
    );
    let share = page.client().execute(&share, vec![]).await?;
    assert!(
        share.as_f64().is_some_and(|share| (0.45..=0.5).contains(&share)),
        "{share}"
    );
    nothing_wrong(&page, "fetching the interpreter").await?;
    page.browser.screenshot("loading-dark").await?;
    page.press("language").await?;
    fetched(&page, &format!("已获取 {half} / {whole} MB")).await?;
    page.browser.become_small(390, 844).await?;
    page.browser.screenshot("loading-telephone").await?;
    page.browser.become_wide(1440, 900).await?;
    slow.becomes(Line::Whole);
    runs(&page).await?;

    // From now on there is no server.
    let copied = "
        const done = arguments[0];
        const own = (url) => url.startsWith(location.origin);
        const all = () => [location.href, ...performance.getEntriesByType('resource').map((entry) => entry.name)].filter(own);
        const lacks = async () => (await Promise.all(all().map((url) => caches.match(url, { ignoreSearch: true })))).some((copy) => !copy);
        const look = async () => (await lacks()) ? setTimeout(look, 50) : done(all().join());
        look();";
    let copied = page.client().execute_async(copied, vec![]).await?;
    for file in ["loopscope-app", CODE, "codemirror.js"] {
        assert!(
            copied.as_str().is_some_and(|all| all.contains(file)),
            "{file}: {copied}"
        );
    }
    slow.becomes(Line::Cut);
    page.visit("").await?;
    page.write(HELLO).await?;
    page.press("run").await?;
    runs(&page).await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_length_there_is_no_share_of_it() -> Result<(), CmdError> {
    let [half, _] = size();
    let slow = Slow::of(CODE, false);
    let page = waiting(&slow, "").await?;
    fetched(&page, &format!("{half} MB so far")).await?;
    let bar = format!("{} progress", of("fetched"));
    assert!(page.client().find_all(Locator::Css(&bar)).await?.is_empty());
    slow.becomes(Line::Whole);
    runs(&page).await?;
    page.close().await
}
