//! A telephone under fingers: what a mouse does elsewhere, they do.

use crate::page::{Page, of};
use fantoccini::Locator;
use fantoccini::actions::{ActionSequence, InputSource, MOUSE_BUTTON_LEFT, PointerAction, TouchActions};
use fantoccini::error::CmdError;
use serde_json::Value;
use std::time::Duration;

/// Left, top, width and height of a control, in pixels of the page.
async fn area(page: &Page, id: &str) -> Result<(f64, f64, f64, f64), CmdError> {
    page.client().find(Locator::Css(&of(id))).await?.rectangle().await
}

fn to((x, y): (f64, f64)) -> PointerAction {
    PointerAction::MoveTo {
        duration: Some(Duration::from_millis(60)),
        x,
        y,
    }
}

/// A finger that goes down at the first place, over all others, and up at the last.
fn finger(name: &str, places: &[(f64, f64)]) -> ActionSequence {
    let down = PointerAction::Down {
        button: MOUSE_BUTTON_LEFT,
    };
    let up = PointerAction::Up {
        button: MOUSE_BUTTON_LEFT,
    };
    let touch = TouchActions::new(name.to_owned()).then(to(places[0])).then(down);
    places[1..]
        .iter()
        .fold(touch, |touch, place| touch.then(to(*place)))
        .then(up)
        .into()
}

async fn tap(page: &Page, id: &str) -> Result<(), CmdError> {
    let (left, top, width, height) = area(page, id).await?;
    let middle = (left + width / 2.0, top + height / 2.0);
    page.client().perform_actions(finger("finger", &[middle])).await
}

async fn telephone(query: &str) -> Result<Page, CmdError> {
    let page = Page::open_at(query).await?;
    page.browser.become_small(390, 844).await?;
    page.browser.become_touched().await?;
    page.until_true(
        "the layout of a telephone",
        "!!document.querySelector('.tlbox.stacked')",
    )
    .await?;
    Ok(page)
}

async fn frame(page: &Page) -> Result<u64, CmdError> {
    Ok(page.view().await?["frame"].as_u64().expect("a frame"))
}

/// Left edge and width of what the timeline shows of the run, in percent.
async fn window(page: &Page) -> Result<(f64, f64), CmdError> {
    let script = "const { left, width } = document.querySelector('.bracket').style; return [parseFloat(left), parseFloat(width)]";
    let window = page.client().execute(script, vec![]).await?;
    Ok((
        window[0].as_f64().expect("an edge"),
        window[1].as_f64().expect("a width"),
    ))
}

#[tokio::test(flavor = "multi_thread")]
async fn fingers_step_scrub_and_change_tabs() -> Result<(), CmdError> {
    let page = telephone("?scenario=producer_consumer").await?;
    let start = frame(&page).await?;
    tap(&page, "step-forward").await?;
    page.arrives(start + 1).await?;
    tap(&page, "step-back").await?;
    page.arrives(start).await?;

    let (left, top, width, height) = area(&page, "scrubber").await?;
    let at = |share: f64| (left + width * share, top + height / 2.0);
    let scrub = finger("finger", &[at(0.6), at(0.45), at(0.3), at(0.1)]);
    page.client().perform_actions(scrub).await?;
    page.until("an early step", |view| view["frame"].as_u64() < Some(9))
        .await?;
    page.client()
        .perform_actions(finger("finger", &[at(0.1), at(0.5), at(0.9)]))
        .await?;
    page.until("a late step", |view| view["frame"].as_u64() > Some(36))
        .await?;

    for (tab, shown) in [
        ("pane-waiting", ".places"),
        ("pane-code", ".program"),
        ("pane-timeline", ".tlbox"),
    ] {
        tap(&page, tab).await?;
        page.until_true(
            tab,
            &format!("document.querySelector('{shown}').getBoundingClientRect().height > 100"),
        )
        .await?;
    }
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn fingers_tap_drag_and_pinch_the_timeline() -> Result<(), CmdError> {
    let page = telephone("?scenario=producer_consumer").await?;
    let (left, top, width, height) = area(&page, "lanes").await?;
    let at = |share: f64| (left + width * share, top + height.min(300.0) / 2.0);
    let before = frame(&page).await?;
    page.client()
        .perform_actions(finger("finger", &[at(0.1)]))
        .await?;
    page.until("the step under the finger", |view| {
        view["frame"].as_u64() != Some(before)
    })
    .await?;

    // Two fingers apart: less of the run, larger.
    let here = frame(&page).await?;
    let (_, shown) = window(&page).await?;
    let apart = |from: f64, to: f64| {
        vec![
            finger("one", &[at(0.5 - from), at(0.5 - to)]),
            finger("other", &[at(0.5 + from), at(0.5 + to)]),
        ]
    };
    page.client().perform_actions(apart(0.1, 0.3)).await?;
    let (_, closer) = window(&page).await?;
    assert!(closer < shown * 0.7, "{closer} of {shown}");
    page.client().perform_actions(apart(0.35, 0.15)).await?;
    let (edge, wider) = window(&page).await?;
    assert!(wider > closer * 1.5, "{wider} after {closer}");

    // One finger drags what is shown, and the step stays.
    page.client()
        .perform_actions(finger("finger", &[at(0.3), at(0.6), at(0.9)]))
        .await?;
    let (dragged, _) = window(&page).await?;
    assert!((dragged - edge).abs() > 2.0, "{dragged} after {edge}");
    assert_eq!(frame(&page).await?, here);
    assert_eq!(page.view().await?["dialog"], Value::Bool(false));
    page.close().await
}
