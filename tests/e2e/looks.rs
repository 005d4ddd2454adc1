//! What the page looks like, where a machine can tell.

use crate::page::{Page, of, shows};
use fantoccini::Locator;
use fantoccini::error::CmdError;

const LIGHT: &str = "rgb(243, 244, 246)";
const DARK: &str = "rgb(11, 14, 18)";

/// The value of `--bg` in both themes.
#[tokio::test(flavor = "multi_thread")]
async fn colours_follow_the_theme() -> Result<(), CmdError> {
    let page = Page::open().await?;
    assert_eq!(page.client().title().await?, "Loopscope");
    let background = async || {
        let painted = "return getComputedStyle(document.body).backgroundColor";
        page.client().execute(painted, vec![]).await
    };
    page.browser.screenshot("light").await?;
    assert_eq!(background().await?, LIGHT);
    page.press("theme").await?;
    page.browser.screenshot("dark").await?;
    assert_eq!(background().await?, DARK);
    page.press("theme").await?;
    assert_eq!(background().await?, LIGHT);
    page.close().await
}

/// One pane at a time, nothing beside the screen, and controls that a finger can hit.
#[tokio::test(flavor = "multi_thread")]
async fn a_telephone_shows_it_all() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.browser.become_small(390, 844).await?;
    for pane in ["pane-timeline", "pane-waiting", "pane-code", "pane-output"] {
        page.press(pane).await?;
        page.browser.screenshot(&format!("telephone-{pane}")).await?;
        let beside = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(page.client().execute(beside, vec![]).await?, 0, "{pane}");
    }
    let frame = page.view().await?["frame"].as_u64().expect("a frame");
    page.press("step-forward").await?;
    let view = page.arrives(frame + 1).await?;
    shows(&view, "sentence", " ");
    let (.., height) = page
        .client()
        .find(Locator::Css(&of("step-forward")))
        .await?
        .rectangle()
        .await?;
    assert!(height >= 24.0, "{height} pixels");
    page.close().await
}
