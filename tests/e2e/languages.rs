//! Another language changes the words at once, and nothing else.

use crate::page::{Page, of, shows, text};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, WheelAction, WheelActions};
use fantoccini::error::CmdError;
use serde_json::Value;

/// What the browser alone knows: places, texts that were typed, the focus.
const KNOWN: &str = "
    const at = (selector) => document.querySelector(selector)?.scrollTop ?? null;
    return {
        steps: at('.stepsbox'), lanes: at('.tlscroll'), query: document.querySelector('[data-testid=query]')?.value,
        focus: document.activeElement?.dataset.testid, language: document.documentElement.lang,
    };";

/// Turns the wheel over an element.
async fn scroll(page: &Page, selector: &str, by: i64) -> Result<(), CmdError> {
    let (left, top, width, height) = page
        .client()
        .find(Locator::Css(selector))
        .await?
        .rectangle()
        .await?;
    #[expect(clippy::cast_possible_truncation, reason = "pixels")]
    let turn = WheelAction::Scroll {
        duration: None,
        x: (left + width / 3.0) as i64,
        y: (top + height / 2.0) as i64,
        delta_x: 0,
        delta_y: by,
    };
    page.client()
        .perform_actions(WheelActions::new("wheel".to_owned()).then(turn))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn another_language_loses_nothing() -> Result<(), CmdError> {
    let page = Page::open_at("?scenario=requests_in_threads&step=12&lang=en").await?;
    page.browser.become_wide(1440, 760).await?;
    page.press("tab-steps").await?;
    page.press("search").await?;
    let query = page.client().find(Locator::Css(&of("query"))).await?;
    query.send_keys("Task").await?;
    scroll(&page, ".stepsbox", 90).await?;
    scroll(&page, ".tlscroll", 40).await?;
    let known = async || page.client().execute(KNOWN, vec![]).await;
    let settled = async |wanted: &str| -> Result<Value, CmdError> {
        let mut last = Value::Null;
        loop {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            let now = known().await?;
            if now == last && now["language"] == wanted {
                return Ok(now);
            }
            last = now;
        }
    };
    let before = settled("en").await?;
    assert!(
        before["steps"].as_f64() > Some(20.0) && before["lanes"].as_f64() > Some(10.0),
        "{before}"
    );
    let english = page.view().await?;
    let source = page.source().await?;

    page.press("language").await?;
    let after = settled("zh").await?;
    let chinese = page.view().await?;
    assert_ne!(text(&chinese, "sentence"), text(&english, "sentence"));
    shows(&chinese, "sentence", "。");
    for name in ["steps", "lanes", "query"] {
        assert_eq!(after[name], before[name], "{name}");
    }
    assert_eq!(after["focus"], "language", "the focus stays on the switch");
    assert_eq!(chinese["frame"], english["frame"]);
    assert_eq!(page.source().await?, source);

    // By key, too: the switch has the focus.
    let switch = page.client().find(Locator::Css(&of("language"))).await?;
    switch.send_keys("\u{e007}").await?;
    let again = settled("en").await?;
    for name in ["steps", "lanes", "query", "focus"] {
        assert_eq!(again[name], after[name], "{name}");
    }
    assert_eq!(page.view().await?["sentence"], english["sentence"]);
    page.close().await
}
