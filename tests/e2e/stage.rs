//! The stage as visitors use it: languages, the inspector, the gallery, help, and pictures in other pages.

use crate::page::{Page, of, shows, text};
use fantoccini::Locator;
use fantoccini::error::CmdError;
use serde_json::json;

/// Another language at the press of a button, everywhere at once, and kept in the address.
#[tokio::test(flavor = "multi_thread")]
async fn the_page_speaks_another_language_at_once() -> Result<(), CmdError> {
    let page = Page::open().await?;
    let before = page.view().await?;
    shows(&before, "sentence", "ready queue");
    page.press("language").await?;
    let view = page
        .until("Chinese", |view| text(view, "sentence").contains("就绪"))
        .await?;
    assert_eq!(view["frame"], before["frame"], "the moment stays");
    let lang = "return document.documentElement.lang + location.search";
    assert_eq!(page.client().execute(lang, vec![]).await?, "zh?lang=zh");
    for id in ["pane-waiting", "tab-steps", "run", "language"] {
        let label = page
            .client()
            .find(Locator::Css(&of(id)))
            .await?
            .html(true)
            .await?;
        assert!(
            !label.contains("Waiting") && !label.contains("Run"),
            "{id}: {label}"
        );
    }
    page.client().refresh().await?;
    page.until("the same after a reload", |view| {
        text(view, "sentence").contains("就绪")
    })
    .await?;
    page.press("language").await?;
    page.until("English", |view| text(view, "sentence").contains("ready queue"))
        .await?;
    page.close().await
}

/// A selected task is inspected; its links lead to steps and to other tasks.
#[tokio::test(flavor = "multi_thread")]
async fn a_selected_task_is_inspected() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.go(20).await?;
    let lanes = page.client().find_all(Locator::Css(".tlbody .lane")).await?;
    lanes.first().expect("a lane").click().await?;
    let inspector = page
        .client()
        .wait()
        .for_element(Locator::Css(&of("inspect")))
        .await?;
    let told = inspector.text().await?;
    assert!(told.contains("Task-1") && told.contains("gather"), "{told}");
    let chain = page
        .client()
        .find(Locator::Css(&of("chain")))
        .await?
        .text()
        .await?;
    assert!(chain.contains("main") && chain.contains("line"), "{chain}");
    // Its life begins with its first step.
    let life = page
        .client()
        .find_all(Locator::Css("[data-testid=history] .link"))
        .await?;
    life.last().expect("a stretch").click().await?;
    page.arrives(1).await?;
    page.close().await
}

/// Everything in the gallery can be found and opened; the dialog gives the focus back.
#[tokio::test(flavor = "multi_thread")]
async fn a_scenario_is_chosen_from_the_gallery() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.press("open-gallery").await?;
    let field = page
        .client()
        .wait()
        .for_element(Locator::Css(&of("gallery-words")))
        .await?;
    let all = page.client().find_all(Locator::Css(".exhibit")).await?.len();
    field.send_keys("cancel").await?;
    let some = page.client().find_all(Locator::Css(".exhibit")).await?.len();
    assert!(0 < some && some < all, "{some} of {all}");
    page.client()
        .find(Locator::Css("[data-scenario=cancellation]"))
        .await?
        .click()
        .await?;
    page.until("its recording", |view| {
        view["program"] == "cancellation.py" && view["stale"] == false
    })
    .await?;
    assert!(
        page.client().find(Locator::Css(&of("gallery"))).await.is_err(),
        "it closes"
    );
    page.key('?').await?;
    let help = page
        .client()
        .wait()
        .for_element(Locator::Css(&of("help-dialog")))
        .await?;
    help.send_keys("\u{e00c}").await?;
    page.until("no dialog", |view| view["dialog"] == false).await?;
    page.close().await
}

/// A picture in another page never asks for the interpreter, takes no focus, and opens where it shall.
#[tokio::test(flavor = "multi_thread")]
async fn a_picture_in_another_page_only_shows() -> Result<(), CmdError> {
    let page = Page::open_at("?embed=1&scenario=cancellation&step=7&theme=dark&lang=en").await?;
    for (width, height) in [(960, 540), (640, 360)] {
        page.browser.become_small(width, height).await?;
        let view = page.arrives(7).await?;
        assert_ne!(text(&view, "sentence"), "");
        page.browser.screenshot(&format!("embed-{width}")).await?;
        let beside = "const root = document.documentElement;
            return [root.scrollWidth - root.clientWidth, root.scrollHeight - root.clientHeight]";
        assert_eq!(page.client().execute(beside, vec![]).await?, json!([0, 0]));
    }
    let focus = "return document.activeElement === document.body && document.documentElement.dataset.theme === 'dark'";
    assert_eq!(page.client().execute(focus, vec![]).await?, true);
    // Longer than the page waits before it loads the interpreter unasked.
    tokio::time::sleep(std::time::Duration::from_millis(2500)).await;
    let asked = "return performance.getEntriesByType('resource').filter((entry) => /engine|codemirror/.test(entry.name)).length";
    assert_eq!(page.client().execute(asked, vec![]).await?, 0);
    assert!(page.client().find(Locator::Css(&of("run"))).await.is_err());
    page.press("step-forward").await?;
    page.arrives(8).await?;
    let whole = page
        .client()
        .find(Locator::Css(&of("whole")))
        .await?
        .attr("href")
        .await?;
    assert_eq!(
        whole.as_deref(),
        Some("?scenario=cancellation&lang=en&theme=dark&step=8")
    );
    page.close().await
}
