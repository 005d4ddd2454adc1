//! The timeline under the mouse and under the keys.

use crate::page::{Page, of, text};
use fantoccini::Locator;
use fantoccini::actions::{
    ActionSequence, InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use serde_json::Value;
use std::time::Duration;

const SHIFT: char = '\u{e008}';

/// A place on the lanes, as a share of their width and height.
async fn at(page: &Page, (across, down): (f64, f64)) -> Result<PointerAction, CmdError> {
    let lanes = page.client().find(Locator::Css(&of("lanes"))).await?;
    let (left, top, width, height) = lanes.rectangle().await?;
    Ok(PointerAction::MoveTo {
        duration: Some(Duration::from_millis(50)),
        x: left + width * across,
        y: top + height * down,
    })
}

async fn frame(page: &Page) -> Result<u64, CmdError> {
    Ok(page.view().await?["frame"].as_u64().expect("a frame"))
}

async fn card(page: &Page, id: &str) -> Result<String, CmdError> {
    page.client()
        .wait()
        .for_element(Locator::Css(&of(id)))
        .await?
        .text()
        .await
}

/// What the lanes look like, as the bytes of a picture.
async fn picture(page: &Page) -> Result<Value, CmdError> {
    let script = "return document.querySelector('[data-testid=lanes]').toDataURL()";
    page.client().execute(script, vec![]).await
}

const DOWN: PointerAction = PointerAction::Down {
    button: MOUSE_BUTTON_LEFT,
};
const UP: PointerAction = PointerAction::Up {
    button: MOUSE_BUTTON_LEFT,
};

/// A click goes to the step under it; a drag moves the window and leaves the step alone.
#[tokio::test(flavor = "multi_thread")]
async fn lanes_can_be_clicked_and_dragged() -> Result<(), CmdError> {
    let page = Page::open().await?;
    let click = |place| {
        MouseActions::new("mouse".to_owned())
            .then(place)
            .then(DOWN)
            .then(UP)
    };
    page.client()
        .perform_actions(click(at(&page, (0.05, 0.3)).await?))
        .await?;
    let early = page
        .until("an early step", |view| view["frame"].as_u64() < Some(10))
        .await?;
    assert_ne!(text(&early, "sentence"), "");
    page.client()
        .perform_actions(click(at(&page, (0.97, 0.3)).await?))
        .await?;
    page.until("a late step", |view| view["frame"].as_u64() > Some(35))
        .await?;

    for _ in 0..3 {
        page.key('+').await?;
    }
    let (before, shown) = (frame(&page).await?, picture(&page).await?);
    let (from, to) = (at(&page, (0.7, 0.3)).await?, at(&page, (0.3, 0.3)).await?);
    let drag = MouseActions::new("mouse".to_owned())
        .then(to)
        .then(DOWN)
        .then(from)
        .then(UP);
    page.client().perform_actions(drag).await?;
    assert_eq!(frame(&page).await?, before);
    assert_ne!(picture(&page).await?, shown);
    page.close().await
}

/// With Shift a drag selects steps; what they were spent on is told, and Esc lets go of them.
#[tokio::test(flavor = "multi_thread")]
async fn a_range_is_selected_by_dragging_with_shift() -> Result<(), CmdError> {
    let page = Page::open().await?;
    let held = |pauses: usize| {
        let keys = KeyActions::new("keys".to_owned()).then(KeyAction::Down { value: SHIFT });
        (0..pauses)
            .fold(keys, |keys, _| {
                keys.then(KeyAction::Pause {
                    duration: Duration::ZERO,
                })
            })
            .then(KeyAction::Up { value: SHIFT })
    };
    let (from, middle, to) = (
        at(&page, (0.2, 0.5)).await?,
        at(&page, (0.4, 0.5)).await?,
        at(&page, (0.6, 0.5)).await?,
    );
    let drag = MouseActions::new("mouse".to_owned())
        .then(from)
        .then(DOWN)
        .then(middle)
        .then(to)
        .then(UP);
    let both: Vec<ActionSequence> = vec![held(4).into(), drag.into()];
    page.client().perform_actions(both).await?;
    let told = card(&page, "range").await?;
    let numbers: Vec<u32> = told
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|number| number.parse().ok())
        .collect();
    assert!(
        told.starts_with("Steps ") && numbers[0] < 15 && numbers[1] > 22,
        "{told}"
    );
    page.key(Key::Escape.into()).await?;
    let gone = page.client().find_all(Locator::Css(&of("range"))).await?;
    assert_eq!(gone.len(), 0);
    page.close().await
}

/// "Why?" by key, along its links, and by `/` to a task: without a mouse.
#[tokio::test(flavor = "multi_thread")]
async fn causes_and_search_work_by_keys() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.go(27).await?;
    page.key('w').await?;
    let told = card(&page, "why-chain").await?;
    assert!(
        told.contains("Why taker-1 runs in step 27") && told.contains("step 26"),
        "{told}"
    );
    page.key('[').await?;
    page.arrives(26).await?;
    page.key(']').await?;
    page.arrives(27).await?;
    page.key('w').await?;

    page.key('/').await?;
    let query = page
        .client()
        .wait()
        .for_element(Locator::Css(&of("query")))
        .await?;
    query.send_keys("printed 3").await?;
    let enter: char = Key::Enter.into();
    query.send_keys(&enter.to_string()).await?;
    page.until("the step that printed it", |view| {
        text(view, "output").ends_with("printed 3")
    })
    .await?;
    let escape: char = Key::Escape.into();
    query.send_keys(&escape.to_string()).await?;
    page.key(Key::Home.into()).await?;
    page.arrives(0).await?;
    page.close().await
}

/// Colours are read anew when the theme changes, and the wheel zooms where the pointer is.
#[tokio::test(flavor = "multi_thread")]
async fn the_picture_follows_theme_and_wheel() -> Result<(), CmdError> {
    let page = Page::open().await?;
    let light = picture(&page).await?;
    page.press("theme").await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let dark = picture(&page).await?;
    assert_ne!(light, dark);
    let zoom = "document.querySelector('[data-testid=lanes]').dispatchEvent(new WheelEvent('wheel',
        { deltaY: -300, ctrlKey: true, bubbles: true, cancelable: true }))";
    page.client().execute(zoom, vec![]).await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_ne!(picture(&page).await?, dark);
    page.close().await
}
