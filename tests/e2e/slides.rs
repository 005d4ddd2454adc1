//! The deck of `examples/slides`: three pictures in slides of reveal.js.
//!
//! It is opened as its README says, from a server for the root of the repository. Only its packages come
//! from the root's, so that one installation does for all tests.

use crate::browser::Browser;
use crate::page::Page;
use crate::server::{dist, serve};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const RIGHT: char = '\u{e014}';

/// The part of the repository that the deck needs, in a folder of its own.
fn root() -> PathBuf {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let packages = repository.join("node_modules");
    assert!(
        packages.join("reveal.js/dist/reveal.js").is_file(),
        "reveal.js is missing: `npm ci` installs it (`make test` does)"
    );
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("slides");
    let deck = root.join("examples/slides");
    // What an earlier test left would be in the way.
    fs::remove_dir_all(&root).ok();
    fs::create_dir_all(&deck).expect("a folder for the deck");
    fs::copy(
        repository.join("examples/slides/index.html"),
        deck.join("index.html"),
    )
    .expect("the deck");
    for (at, to) in [(deck.join("node_modules"), packages), (root.join("dist"), dist())] {
        link(&to, &at);
    }
    root
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) {
    std::os::unix::fs::symlink(to, at).expect("a link");
}

#[cfg(windows)]
fn link(to: &Path, at: &Path) {
    std::os::windows::fs::symlink_dir(to, at).expect("a link");
}

async fn tell(client: &Client, script: &str) -> Result<Value, CmdError> {
    client.execute(&format!("return {script}"), vec![]).await
}

/// The slide that is shown, from 0.
async fn slide(page: &Page) -> Result<Value, CmdError> {
    tell(page.client(), "Reveal.getIndices().h").await
}

async fn slide_becomes(page: &Page, number: u64) -> Result<(), CmdError> {
    page.until_true("a slide", &format!("Reveal.getIndices().h === {number}"))
        .await
}

/// The frame on the slide that is shown.
async fn frame(page: &Page) -> Result<Element, CmdError> {
    page.client().find(Locator::Css("section.present iframe")).await
}

/// Clicks into the picture on this slide, at a place where nothing else happens, and stays in it.
async fn click_into(page: &Page) -> Result<(), CmdError> {
    frame(page).await?.enter_frame().await?;
    page.arrives(7).await?;
    page.press("sentence").await
}

/// What the picture on this slide says of itself: count, language, theme, and its size.
const SAID: &str = "[document.querySelector('.slim').innerText.replace(/\\s+/g, ' ').trim(),
    document.documentElement.lang, document.documentElement.dataset.theme, `${innerWidth}x${innerHeight}`]";

#[tokio::test(flavor = "multi_thread")]
async fn a_deck_shows_three_runs_and_keeps_its_keys() -> Result<(), CmdError> {
    let page = Page::of(Browser::open().await, serve(root(), None));
    let client = page.client();
    client
        .goto(&format!("{}examples/slides/index.html", page.address()))
        .await?;
    page.until_true("the deck", "window.Reveal?.isReady?.() === true")
        .await?;
    let expected = [
        (26, json!(["26 of 45", "en", "light", "960x540"])),
        (7, json!(["7 of 12", "en", "light", "640x360"])),
        (7, json!(["7 / 7", "zh", "dark", "960x540"])),
    ];
    // Arrow keys move the slides: loading pictures took no focus.
    for (number, (step, said)) in (1..).zip(expected) {
        page.browser.press_key(RIGHT).await?;
        slide_becomes(&page, number).await?;
        frame(&page).await?.enter_frame().await?;
        page.arrives(step).await?;
        assert_eq!(tell(client, SAID).await?, said);
        client.enter_parent_frame().await?;
        page.browser.screenshot(&format!("slide-{number}")).await?;
    }

    // Back to the part of a run. After a click the keys are the picture's, until it has no use for one.
    for number in [2, 1] {
        page.browser.press_key(Key::PageUp.into()).await?;
        slide_becomes(&page, number).await?;
        // A frame that is left while it loads complains that its files did not come.
        frame(&page).await?.enter_frame().await?;
        page.until("a picture", |view| view["frame"].is_u64()).await?;
        client.enter_parent_frame().await?;
    }
    page.browser.press_key(RIGHT).await?;
    slide_becomes(&page, 2).await?;
    click_into(&page).await?;
    for step in 8..=12 {
        page.browser.press_key(RIGHT).await?;
        page.arrives(step).await?;
    }
    client.enter_parent_frame().await?;
    assert_eq!(slide(&page).await?, 2);
    page.browser.press_key(RIGHT).await?;
    slide_becomes(&page, 3).await?;

    // So it is with keys that it never uses, and Esc gives all of them back.
    page.browser.press_key(Key::PageUp.into()).await?;
    slide_becomes(&page, 2).await?;
    click_into(&page).await?;
    page.browser.press_key(Key::PageDown.into()).await?;
    client.enter_parent_frame().await?;
    slide_becomes(&page, 3).await?;
    click_into(&page).await?;
    page.browser.press_key(Key::Escape.into()).await?;
    client.enter_parent_frame().await?;
    page.browser.press_key(RIGHT).await?;
    slide_becomes(&page, 4).await?;
    page.close().await
}

/// The example installs by itself what the tests install with everything else: one version of it.
#[test]
fn the_deck_and_the_tests_use_one_reveal() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let locked = |lock: &str| {
        let lock = fs::read_to_string(repository.join(lock)).expect("a lock file");
        let lock: Value = serde_json::from_str(&lock).expect("JSON");
        lock["packages"]["node_modules/reveal.js"]["version"].clone()
    };
    let own = locked("examples/slides/package-lock.json");
    assert!(own.is_string());
    assert_eq!(own, locked("package-lock.json"));
}
