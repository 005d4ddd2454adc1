//! The tour of a first visit.

use crate::page::{Page, of};
use fantoccini::Locator;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use serde_json::json;

/// The headline of the stop, null without one.
const STOP: &str = "return document.querySelector('[data-testid=tour] h2')?.innerText ?? null";

/// Whether the card is whole in the window, whether any of what it points at lies under it, and whether
/// its tip touches that side.
const STANDS: &str = "
    const box = (element) => element.getBoundingClientRect();
    const card = document.querySelector('[data-testid=tour]');
    const { left, top, right, bottom } = box(card);
    const targets = [...document.querySelectorAll(arguments[0])].map(box).filter(({ width }) => width > 0);
    const covered = targets.some((target) => target.left < right && target.right > left
        && target.top < bottom && target.bottom > top);
    return { whole: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
        targets: targets.length > 0, covered,
        outlined: getComputedStyle(document.querySelector(arguments[0])).outlineStyle };";

async fn stop(page: &Page) -> Result<Option<String>, CmdError> {
    Ok(page
        .client()
        .execute(STOP, vec![])
        .await?
        .as_str()
        .map(str::to_owned))
}

/// What each stop points at.
const TARGETS: [&str; 3] = [".say, .seat", ".board, .panetabs", ".tlbox, .transport"];

async fn walk(page: &Page, name: &str, headlines: [&str; 3]) -> Result<(), CmdError> {
    for (number, (headline, target)) in headlines.into_iter().zip(TARGETS).enumerate() {
        assert_eq!(stop(page).await?.as_deref(), Some(headline));
        page.until_true(
            "a place for the card",
            "document.querySelector('[data-testid=tour]').dataset.side !== undefined",
        )
        .await?;
        let stands = page.client().execute(STANDS, vec![json!(target)]).await?;
        assert_eq!(
            stands,
            json!({ "whole": true, "targets": true, "covered": false, "outlined": "solid" }),
            "{name}: {headline}"
        );
        page.browser
            .screenshot(&format!("tour-{name}-{}", number + 1))
            .await?;
        page.press("tour-next").await?;
    }
    assert_eq!(stop(page).await?, None);
    Ok(())
}

/// It goes from now to who waits to time, beside what it speaks of, and does not come again.
#[tokio::test(flavor = "multi_thread")]
async fn a_first_visit_is_shown_around_once() -> Result<(), CmdError> {
    let page = Page::open_first("?lang=en").await?;
    walk(
        &page,
        "wide",
        [
            "Amber means now",
            "Who waits, and for what",
            "Time goes both ways",
        ],
    )
    .await?;
    page.visit_first("?lang=en").await?;
    assert_eq!(stop(&page).await?, None);
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_telephone_is_shown_around_in_chinese() -> Result<(), CmdError> {
    let page = Page::open_first("?lang=zh&theme=dark").await?;
    page.browser.become_small(390, 844).await?;
    walk(
        &page,
        "telephone",
        ["琥珀色就是“现在”", "谁在等，等什么", "时间可以前进，也可以后退"],
    )
    .await?;
    page.close().await
}

/// The page works meanwhile; Esc ends the tour, as the button does.
#[tokio::test(flavor = "multi_thread")]
async fn the_tour_can_be_skipped() -> Result<(), CmdError> {
    let page = Page::open_first("").await?;
    let frame = page.view().await?["frame"].as_u64().expect("a frame");
    page.browser.press_key(Key::Right.into()).await?;
    page.arrives(frame + 1).await?;
    assert!(stop(&page).await?.is_some());
    page.browser.press_key(Key::Escape.into()).await?;
    page.until_true(
        "the end of the tour",
        "!document.querySelector('[data-testid=tour]')",
    )
    .await?;
    page.visit_first("").await?;
    assert_eq!(stop(&page).await?, None);

    page.client().execute("localStorage.clear()", vec![]).await?;
    page.visit_first("").await?;
    assert!(stop(&page).await?.is_some());
    page.press("tour-skip").await?;
    page.until_true(
        "the end of the tour",
        "!document.querySelector('[data-testid=tour]')",
    )
    .await?;
    page.visit_first("").await?;
    assert_eq!(stop(&page).await?, None);
    page.close().await
}

/// Who comes for something particular is not shown around: by a link to a step, in another page, or
/// where the address says so.
#[tokio::test(flavor = "multi_thread")]
async fn a_tour_is_not_in_the_way() -> Result<(), CmdError> {
    let page = Page::open_first("?step=12").await?;
    assert_eq!(stop(&page).await?, None);
    for query in ["?embed=1&scenario=taking_turns", "?tour=0"] {
        page.visit_first(query).await?;
        assert_eq!(stop(&page).await?, None, "{query}");
    }
    page.close().await
}

/// Where the browser keeps nothing, the tour is over for as long as the page is open.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_may_not_remember_works_all_the_same() -> Result<(), CmdError> {
    let page = Page::open_first("").await?;
    page.browser
        .before_pages("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })")
        .await?;
    page.visit_first("").await?;
    page.press("tour-skip").await?;
    page.until_true(
        "the end of the tour",
        "!document.querySelector('[data-testid=tour]')",
    )
    .await?;
    page.press("open-gallery").await?;
    page.client()
        .find(Locator::Css("[data-scenario=taking_turns]"))
        .await?
        .click()
        .await?;
    page.until("another program", |view| view["program"] == "taking_turns.py")
        .await?;
    assert_eq!(stop(&page).await?, None);
    page.client()
        .find(Locator::Css(&of("theme")))
        .await?
        .click()
        .await?;
    page.close().await
}

/// Programs are found by topic, and a lesson leads to its neighbours in the course.
#[tokio::test(flavor = "multi_thread")]
async fn programs_are_found_by_topic_and_in_the_order_of_the_course() -> Result<(), CmdError> {
    let page = Page::open_at("?lang=en").await?;
    page.press("open-gallery").await?;
    let topic = page.client().find(Locator::Css(&of("gallery-topic"))).await?;
    topic.select_by_value("barrier").await?;
    page.until_true(
        "one program",
        "document.querySelectorAll('.exhibit').length === 1",
    )
    .await?;
    page.client()
        .find(Locator::Css("[data-scenario=barrier]"))
        .await?
        .click()
        .await?;
    page.until("the program", |view| {
        view["program"] == "barrier.py" && view["stale"] == false
    })
    .await?;
    page.press("tab-lesson").await?;
    page.until_true(
        "the lesson",
        "!!document.querySelector('[data-testid=course-on]')",
    )
    .await?;
    page.press("course-on").await?;
    let next = page
        .until("the next program", |view| view["program"] != "barrier.py")
        .await?;
    page.until_true(
        "its lesson",
        "document.querySelector('[data-testid=course-back]')?.innerText === 'Previous: Barrier'",
    )
    .await?;
    assert_ne!(next["program"], "");
    page.close().await
}
