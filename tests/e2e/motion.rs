//! What people ask their system for: less motion, more contrast, colours of their own.

use crate::page::{Page, of};
use fantoccini::Locator;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use serde_json::{Value, json};

/// Counts, frame after frame, what moves by itself.
const WATCH: &str = "
    window.moving = 0;
    window.looks = 0;
    (function look() {
        moving += document.getAnimations().length;
        looks += 1;
        requestAnimationFrame(look);
    })();";

async fn tell(page: &Page, script: &str) -> Result<Value, CmdError> {
    page.client().execute(&format!("return {script}"), vec![]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_where_motion_is_unwanted() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.browser.prefer("prefers-reduced-motion", "reduce").await?;
    page.client().execute(WATCH, vec![]).await?;
    // The watch sees what moves.
    tell(
        &page,
        "document.body.animate([{ opacity: .9 }, { opacity: 1 }], 200)",
    )
    .await?;
    page.until_true(
        "a movement that was made",
        "moving > 0 && document.getAnimations().length === 0",
    )
    .await?;
    tell(&page, "(moving = looks = 0)").await?;

    page.key(Key::Home.into()).await?;
    for frame in 1..=4 {
        page.press("step-forward").await?;
        page.arrives(frame).await?;
    }
    page.press("play").await?;
    page.arrives(6).await?;
    page.press("play").await?;
    for (opener, dialog) in [("help", "help-dialog"), ("open-gallery", "gallery")] {
        page.press(opener).await?;
        page.client()
            .wait()
            .for_element(Locator::Css(&of(dialog)))
            .await?;
        page.press("close").await?;
    }
    page.press("theme").await?;
    page.press("language").await?;
    page.until_true("a while", "looks > 30").await?;
    assert_eq!(tell(&page, "moving").await?, 0);

    // On canvas a step is drawn at once: a frame later the picture is what it stays.
    let drawn = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>
        done(document.querySelector('[data-testid=lanes]').toDataURL()))))";
    page.key(Key::Right.into()).await?;
    let first = tell(&page, drawn).await?;
    tell(&page, "(looks = 0)").await?;
    page.until_true("a while", "looks > 30").await?;
    assert_eq!(tell(&page, drawn).await?, first);
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn more_contrast_is_given() -> Result<(), CmdError> {
    const TOKENS: &str = "['--future', '--line', '--line-2'].map(name =>
        getComputedStyle(document.documentElement).getPropertyValue(name).trim())";
    let page = Page::open_at("?theme=light").await?;
    let usual = tell(&page, TOKENS).await?;
    assert_ne!(usual[0], "1");
    assert_ne!(usual[1], usual[2]);
    page.browser.prefer("prefers-contrast", "more").await?;
    let strong = tell(&page, TOKENS).await?;
    assert_eq!(strong[0], "1", "what comes next is as strong as what was");
    assert_eq!(strong[1], strong[2], "hairlines are as strong as borders");
    page.close().await
}

/// Colours are the system's; the states are still told apart, by borders and textures and words.
#[tokio::test(flavor = "multi_thread")]
async fn colours_of_the_system_are_taken() -> Result<(), CmdError> {
    const LOOKS: &str = "(() => {
        const probe = document.createElement('i');
        document.body.append(probe);
        const system = (name) => { probe.style.color = name; return getComputedStyle(probe).color; };
        const of = (selector, property) => getComputedStyle(document.querySelector(selector))[property];
        const told = [
            of('body', 'backgroundColor') === system('Canvas'),
            of('.sentence', 'color') === system('CanvasText'),
            of('.seat', 'backgroundColor') === system('Highlight') && of('.seat .who', 'color') === system('HighlightText'),
            of('.btn.solid', 'backgroundColor') === system('CanvasText') && of('.btn.solid', 'color') === system('Canvas'),
            [...document.querySelectorAll('.lane .stt')].every(state => state.innerText.trim() !== ''),
        ];
        probe.remove();
        return told;
    })()";
    let page = Page::open_at("?theme=dark").await?;
    page.browser.prefer("forced-colors", "active").await?;
    assert_eq!(
        tell(&page, "matchMedia('(forced-colors: active)').matches").await?,
        true
    );
    page.browser.screenshot("forced-colors").await?;
    assert_eq!(tell(&page, LOOKS).await?, json!([true, true, true, true, true]));
    page.close().await
}
