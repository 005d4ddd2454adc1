//! The built page in a real browser: `trunk build --release`, then `cargo test --test e2e`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "tests stop at the first surprise")]

mod common;

use common::browser::Browser;
use common::server::{dist, serve};
use fantoccini::Locator;
use fantoccini::error::CmdError;
use std::time::Duration;

/// The page mounts, in the colours of the tokens, and complains about nothing.
#[tokio::test(flavor = "multi_thread")]
async fn the_page_opens() -> Result<(), CmdError> {
    let address = serve(dist());
    let browser = Browser::open().await;
    let client = &browser.client;
    client.goto(&address).await?;
    assert_eq!(client.title().await?, "Loopscope");

    // The first paint is the document's own; the page takes its place when it mounts.
    client
        .wait()
        .at_most(Duration::from_secs(30))
        .for_element(Locator::Css("body > :not(script):not(link)"))
        .await?;
    browser.screenshot("the-page-opens").await?;
    let background = "return getComputedStyle(document.body).backgroundColor";
    let painted = client.execute(background, vec![]).await?;
    assert_eq!(painted, "rgb(243, 244, 246)", "the light theme's --bg");
    assert_eq!(browser.console_errors().await?, Vec::<String>::new());
    Ok(())
}
