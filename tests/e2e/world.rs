//! The world around a program: a change runs it again, and a link opens the same.

use crate::page::{Page, of, shows, text};
use fantoccini::Locator;
use fantoccini::error::CmdError;
use serde_json::{Value, json};

/// The moment on screen, in seconds.
fn clock(view: &Value) -> f64 {
    let told = text(view, "clock").trim_end_matches('s').trim();
    told.parse().expect("a number of seconds")
}

/// Fills in a field, as somebody who leaves it afterwards.
async fn fill(page: &Page, id: &str, value: &str) -> Result<(), CmdError> {
    let script = "
        const field = document.querySelector(`[data-testid='${arguments[0]}']`);
        field.value = arguments[1];
        field.dispatchEvent(new Event('change', { bubbles: true }));";
    page.client()
        .execute(script, vec![json!(id), json!(value)])
        .await?;
    Ok(())
}

async fn query(page: &Page) -> Result<String, CmdError> {
    let query = page.client().execute("return location.search", vec![]).await?;
    Ok(query.as_str().expect("a query").to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_host_is_slow_and_a_link_opens_the_same() -> Result<(), CmdError> {
    let page = Page::open_at("?scenario=crawler&lang=en").await?;
    let usual = page.go(page.last_frame().await?).await?;
    page.press("tab-world").await?;
    let field = Locator::Css("[data-testid='latency-example.com']");
    let holds = page.client().find(field).await?.attr("placeholder").await?;
    assert_eq!(holds.as_deref(), Some("0.1"), "the usual latency is shown");
    fill(&page, "latency-example.com", "1.1").await?;
    // Four pages, two at a time: the difference counts twice.
    let slow = page
        .until("the end of the slow run", |view| {
            view["busy"] == false && clock(view) > clock(&usual) + 1.9
        })
        .await?;
    let link = query(&page).await?;
    assert!(link.contains("latency=example.com:1.1"), "{link}");

    page.visit(&link).await?;
    page.until("the same run", |view| {
        view["busy"] == false && view["clock"] == slow["clock"]
    })
    .await?;

    page.press("tab-world").await?;
    page.browser.screenshot("world").await?;
    fill(&page, "fail-example.com", "timeout").await?;
    page.press("tab-output").await?;
    let failed = page
        .until("the end of the run that fails", |view| {
            view["busy"] == false && text(view, "output").contains("Error")
        })
        .await?;
    shows(&failed, "output", "TimeoutError");
    let link = query(&page).await?;
    assert!(link.contains("fail=example.com:timeout"), "{link}");
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_in_the_panel_are_letters_and_ctrl_c_comes_at_the_cursor() -> Result<(), CmdError> {
    let page = Page::open_at("?scenario=cancellation&lang=en&theme=dark").await?;
    let moment = page.go(page.last_frame().await? / 2).await?;
    page.press("tab-world").await?;
    page.browser.screenshot("world-dark").await?;
    page.browser.become_small(390, 844).await?;
    page.press("pane-output").await?;
    page.browser.screenshot("world-390").await?;
    let host = page.client().find(Locator::Css(&of("world-host"))).await?;
    host.send_keys("l.example\u{e004}").await?;
    let row = "return document.querySelector(\"[data-testid='latency-l.example']\") !== null";
    assert_eq!(page.client().execute(row, vec![]).await?, true);
    assert_eq!(page.view().await?["frame"], moment["frame"]);

    page.press("interrupt-here").await?;
    page.press("tab-output").await?;
    page.until("the end of the run", |view| {
        view["busy"] == false && text(view, "output").contains("KeyboardInterrupt")
    })
    .await?;
    let told = format!("interrupt={}", clock(&moment));
    let link = query(&page).await?;
    assert!(link.contains(&told), "{told} in {link}");
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_reads_what_the_panel_holds() -> Result<(), CmdError> {
    let page = Page::open_at("?lang=en").await?;
    page.write("print('heard ' + input()[::-1])\n").await?;
    page.press("tab-world").await?;
    fill(&page, "stdin", "olleh & more\n").await?;
    page.press("tab-output").await?;
    let view = page
        .until("the end of the run", |view| {
            view["busy"] == false && text(view, "output").contains("heard")
        })
        .await?;
    shows(&view, "output", "heard erom & hello");
    let link = query(&page).await?;
    assert!(link.contains("stdin=olleh%20%26%20more%0A"), "{link}");
    page.close().await
}
