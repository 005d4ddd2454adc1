//! Going through a run: forwards, backwards, by jumps, by itself.

use crate::page::{Page, of, shows, text};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use serde_json::Value;
use std::time::Duration;

/// The picture is there without the interpreter: behind this server it never arrives.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_picture_needs_no_interpreter() -> Result<(), CmdError> {
    let page = Page::open_without(Some("loopscope-engine")).await?;
    let view = page.view().await?;
    shows(&view, "waiting", "Queue");
    assert_ne!(text(&view, "sentence"), "");

    let last = page.last_frame().await?;
    let view = page.go(last).await?;
    shows(&view, "output", "nothing left to print");

    page.press("run").await?;
    let view = page
        .until("word of the interpreter", |view| view["message"] != "")
        .await?;
    shows(&view, "message", "The interpreter cannot be loaded.");
    shows(&view, "output", "nothing left to print");
    Ok(())
}

/// Twenty steps on and twenty back, by the buttons.
#[tokio::test(flavor = "multi_thread")]
async fn steps_back_show_what_steps_forward_showed() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.go(0).await?;
    let mut way: Vec<Value> = vec![page.arrives(0).await?];
    for frame in 1..=20 {
        page.press("step-forward").await?;
        way.push(page.arrives(frame).await?);
    }
    for frame in (0..20).rev() {
        page.press("step-back").await?;
        let view = page.arrives(frame).await?;
        for pane in [
            "seat", "ready", "timers", "waiting", "finished", "sentence", "output",
        ] {
            let index = usize::try_from(frame).expect("a small number");
            assert_eq!(view[pane], way[index][pane], "{pane} at frame {frame}");
        }
    }
    // Otherwise all of this could be about an empty page.
    for pane in ["ready", "timers", "waiting", "sentence"] {
        assert!(
            way.iter().any(|view| view[pane] != way[0][pane]),
            "{pane} never changes"
        );
    }
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_walk_and_jump() -> Result<(), CmdError> {
    let page = Page::open().await?;
    let last = page.last_frame().await?;
    page.key(Key::Home.into()).await?;
    page.arrives(0).await?;
    page.key(Key::Right.into()).await?;
    page.key(Key::Right.into()).await?;
    page.arrives(2).await?;
    page.key(Key::Left.into()).await?;
    page.arrives(1).await?;
    page.key(Key::End.into()).await?;
    let end = page.arrives(last).await?;
    shows(&end, "output", "nothing left to print");
    page.close().await
}

/// With the mouse held down, from left to right.
#[tokio::test(flavor = "multi_thread")]
async fn the_scrubber_can_be_dragged() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.go(0).await?;
    let scrubber = page.client().find(Locator::Css(&of("scrubber"))).await?;
    let (left, top, width, height) = scrubber.rectangle().await?;
    let at = |share: f64| PointerAction::MoveTo {
        duration: Some(Duration::from_millis(50)),
        x: left + width * share,
        y: top + height / 2.0,
    };
    let drag = MouseActions::new("mouse".to_owned())
        .then(at(0.02))
        .then(PointerAction::Down {
            button: MOUSE_BUTTON_LEFT,
        })
        .then(at(0.3))
        .then(at(0.6))
        .then(PointerAction::Up {
            button: MOUSE_BUTTON_LEFT,
        });
    page.client().perform_actions(drag).await?;
    let last = page.last_frame().await?;
    let middle = last * 2 / 5..=last * 4 / 5;
    let inside = |view: &Value| {
        view["frame"]
            .as_u64()
            .is_some_and(|frame| middle.contains(&frame))
    };
    let dragged = page.until("the middle of the run", inside).await?;

    let frame = dragged["frame"].as_u64().expect("a frame");
    let jumped = page.go(0).await.and(page.go(frame).await)?;
    // How far the interpreter is has nothing to do with it.
    let picture = |mut view: Value| {
        view["engine"].take();
        view
    };
    assert_eq!(
        picture(dragged),
        picture(jumped),
        "the way to a frame does not matter"
    );
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn it_plays_until_it_is_told_to_pause_or_has_come_to_the_end() -> Result<(), CmdError> {
    let page = Page::open().await?;
    let last = page.last_frame().await?;
    let label = async || {
        let play = page.client().find(Locator::Css(&of("play"))).await?;
        play.attr("aria-label").await
    };
    page.go(0).await?;
    page.press("play").await?;
    page.until("some steps", |view| view["frame"].as_u64() >= Some(2))
        .await?;
    assert_eq!(label().await?.as_deref(), Some("Pause"));

    page.press("play").await?;
    assert_eq!(label().await?.as_deref(), Some("Play"));
    let rests = page.view().await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(
        page.view().await?["frame"],
        rests["frame"],
        "it goes on after a pause"
    );

    page.go(last - 2).await?;
    page.press("play").await?;
    page.arrives(last).await?;
    assert_eq!(
        label().await?.as_deref(),
        Some("Play"),
        "at the end there is nothing to pause"
    );
    page.close().await
}
