//! A whole first visit without a mouse, and which keys do something.

use crate::page::{Page, of, text};
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use serde_json::{Value, json};

const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';
const ESCAPE: char = '\u{e00c}';
const CONTROL: char = '\u{e009}';
const RIGHT: char = '\u{e014}';
const DOWN: char = '\u{e015}';
const END: char = '\u{e010}';

/// Whether the focus can be seen: an outline around what has it, or around what it is drawn in.
const RINGED: &str = "
    const drawn = (element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    };
    let element = document.activeElement;
    const within = [element, ...[1, 2, 3, 4].map(() => (element = element.parentElement))].filter(Boolean);
    const beside = document.activeElement.parentElement?.querySelector(':scope > .mini');
    return within.some(drawn) || !!beside && drawn(beside);";

async fn tell(page: &Page, script: &str) -> Result<Value, CmdError> {
    page.client().execute(&format!("return {script}"), vec![]).await
}

/// Walks with Tab to what a selector names, and sees there that it has the focus.
async fn tab_to(page: &Page, selector: &str) -> Result<(), CmdError> {
    let there = format!("document.activeElement.matches({})", json!(selector));
    for _ in 0..120 {
        if tell(page, &there).await? == true {
            assert_eq!(
                page.client().execute(RINGED, vec![]).await?,
                true,
                "no ring at {selector}"
            );
            return Ok(());
        }
        // In the program Tab indents; Esc leaves it.
        if tell(page, "document.activeElement.dataset.testid === 'source'").await? == true {
            page.browser.press_key(ESCAPE).await?;
        }
        page.browser.press_key(TAB).await?;
    }
    panic!(
        "Tab does not lead to {selector}: {}",
        tell(page, "document.activeElement.outerHTML").await?
    );
}

/// The same, and presses Enter.
async fn enter(page: &Page, id: &str) -> Result<(), CmdError> {
    tab_to(page, &of(id)).await?;
    page.browser.press_key(ENTER).await
}

async fn key(page: &Page, key: char) -> Result<(), CmdError> {
    page.browser.press_key(key).await
}

async fn frame(page: &Page) -> Result<u64, CmdError> {
    Ok(page.view().await?["frame"].as_u64().expect("a frame"))
}

async fn gone(page: &Page, selector: &str) -> Result<(), CmdError> {
    page.until_true(
        "its end",
        &format!("!document.querySelector({})", json!(selector)),
    )
    .await
}

async fn appears(page: &Page, selector: &str) -> Result<(), CmdError> {
    page.until_true(
        selector,
        &format!("!!document.querySelector({})", json!(selector)),
    )
    .await
}

/// Tour, gallery with its filters, another program.
async fn arrive(page: &Page) -> Result<(), CmdError> {
    for _ in 0..3 {
        enter(page, "tour-next").await?;
    }
    gone(page, &of("tour")).await?;
    let before = frame(page).await?;
    key(page, RIGHT).await?;
    page.arrives(before + 1).await?;

    enter(page, "open-gallery").await?;
    appears(page, &of("gallery")).await?;
    tab_to(page, &of("gallery-words")).await?;
    page.browser.type_text("zzzz").await?;
    appears(page, &of("gallery-nothing")).await?;
    enter(page, "gallery-all").await?;
    gone(page, &of("gallery-nothing")).await?;
    tab_to(page, &of("gallery-words")).await?;
    page.browser.type_text("cancel").await?;
    tab_to(page, &of("gallery-topic")).await?;
    tab_to(page, "[data-scenario=cancellation]").await?;
    key(page, ENTER).await?;
    page.until("the program", |view| {
        view["program"] == "cancellation.py" && view["frame"].is_u64() && view["stale"] == false
    })
    .await?;
    gone(page, &of("gallery")).await
}

/// Playing, stepping, zooming, searching, selecting, asking why.
async fn look_around(page: &Page) -> Result<(), CmdError> {
    key(page, Key::Home.into()).await?;
    page.arrives(0).await?;
    enter(page, "play").await?;
    page.arrives(1).await?;
    enter(page, "play").await?;
    page.until_true(
        "a pause",
        "document.querySelector('[data-testid=play]').ariaLabel === 'Play'",
    )
    .await?;
    let before = frame(page).await?;
    key(page, RIGHT).await?;
    page.arrives(before + 1).await?;
    tab_to(page, &of("scrubber")).await?;

    let drawn = "document.querySelector('[data-testid=lanes]').toDataURL()";
    let whole = tell(page, drawn).await?;
    key(page, '+').await?;
    page.until_true("a closer look", &format!("{drawn} !== {whole}"))
        .await?;
    key(page, '0').await?;

    key(page, '/').await?;
    appears(page, &of("query")).await?;
    assert_eq!(
        tell(page, "document.activeElement.dataset.testid").await?,
        "query"
    );
    page.browser.type_text("stubborn").await?;
    key(page, ENTER).await?;
    key(page, ESCAPE).await?;
    gone(page, &of("query")).await?;
    enter(page, "tab-inspect").await?;
    key(page, DOWN).await?;
    page.until_true(
        "an inspected task",
        "!!document.querySelector('.lane.chosen') && !!document.querySelector('.insp')",
    )
    .await?;
    key(page, 'w').await?;
    appears(page, &of("why-chain")).await?;
    key(page, ESCAPE).await?;
    gone(page, &of("why-chain")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_visit_needs_no_mouse() -> Result<(), CmdError> {
    let page = Page::open_first("?lang=en&theme=light").await?;
    arrive(&page).await?;
    look_around(&page).await?;

    // Edit and run, without leaving the keyboard.
    key(&page, 'e').await?;
    page.until_true(
        "the editor",
        "document.activeElement.isContentEditable || document.activeElement.tagName === 'TEXTAREA'",
    )
    .await?;
    let ring = "getComputedStyle(document.querySelector('.program'), '::after').borderTopWidth";
    assert_eq!(tell(&page, ring).await?, "2px", "no ring around the program");
    page.browser.press_chord(CONTROL, END).await?;
    page.browser.type_text("\nprint('typed')\n").await?;
    page.browser.press_chord(CONTROL, ENTER).await?;
    page.until("the end of the run", |view| {
        view["busy"] == false && view["stale"] == false
    })
    .await?;
    key(&page, ESCAPE).await?;
    page.until_true(
        "a way out of the editor",
        "!document.activeElement.closest('.program .code, .cm-editor, textarea')",
    )
    .await?;
    key(&page, END).await?;
    enter(&page, "tab-output").await?;
    page.until("what was typed", |view| text(view, "output").contains("typed"))
        .await?;

    enter(&page, "theme").await?;
    page.until_true("another theme", "document.documentElement.dataset.theme === 'dark' || document.querySelector('[data-testid=theme]').ariaLabel.includes('system')")
        .await?;
    enter(&page, "language").await?;
    page.until_true("Chinese", "document.documentElement.lang === 'zh'")
        .await?;
    key(&page, '?').await?;
    appears(&page, &of("help-dialog")).await?;
    tab_to(&page, &of("keys-all")).await?;
    key(&page, ESCAPE).await?;
    gone(&page, &of("help-dialog")).await?;
    // The focus is back in the page: its keys work.
    key(&page, Key::Home.into()).await?;
    page.arrives(0).await?;
    page.close().await
}

/// Letters can be left to tools that listen to speech, all keys to other things; what is chosen stays.
#[tokio::test(flavor = "multi_thread")]
async fn keys_can_be_switched_off() -> Result<(), CmdError> {
    let page = Page::open().await?;
    let choose = async |id: &str| {
        page.press("help").await?;
        appears(&page, &of("help-dialog")).await?;
        page.press(id).await?;
        page.press("close").await?;
        gone(&page, &of("help-dialog")).await
    };
    let start = frame(&page).await?;
    choose("keys-named").await?;
    page.key('w').await?;
    page.key(RIGHT).await?;
    page.arrives(start + 1).await?;
    assert_eq!(
        tell(&page, "document.querySelector('[data-testid=why-chain]')").await?,
        Value::Null
    );
    choose("keys-off").await?;
    page.visit("").await?;
    page.key(RIGHT).await?;
    page.press("step-forward").await?;
    page.arrives(start + 1).await?;
    choose("keys-all").await?;
    page.key(RIGHT).await?;
    page.arrives(start + 2).await?;
    page.close().await
}

/// Keys are the page's only while something in it has the focus.
#[tokio::test(flavor = "multi_thread")]
async fn keys_outside_of_the_page_do_nothing() -> Result<(), CmdError> {
    let page = Page::open().await?;
    let start = frame(&page).await?;
    tell(&page, "document.activeElement.blur()").await?;
    for _ in 0..3 {
        key(&page, RIGHT).await?;
    }
    page.press("step-forward").await?;
    page.arrives(start + 1).await?;
    page.close().await
}
