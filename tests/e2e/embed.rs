//! The picture in another page: it shows a recorded run and minds its own business.
//!
//! The other page comes from another origin, as a deck would that shows a published Loopscope.

use crate::browser::Browser;
use crate::page::{Page, of, text};
use crate::server::{dist, serve};
use fantoccini::actions::{
    InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction, WheelAction, WheelActions,
};
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// A page with one frame, what it heard from it, and the keys that it got itself.
const HOST: &str = "<!DOCTYPE html><html lang=en><title>Host</title><link rel=icon href='data:,'>
<body style='margin:0;height:3000px'><h1>Host</h1>
<script>
  const heard = [], keys = [];
  addEventListener('message', event => heard.push(event.data));
  addEventListener('keydown', event => keys.push(event.key));
</script>
<div STYLE><iframe src='ADDRESS' width=WIDTH height=HEIGHT style='border:0' title='A run'></iframe></div>";

/// A picture in a page of another origin.
struct Host {
    page: Page,
}

impl Host {
    /// The picture at a query, in a frame of a size, once it stands. The server lacks the interpreter:
    /// whoever asks for it leaves an error in the console.
    async fn open(name: &str, query: &str, (width, height): (u32, u32)) -> Result<Self, CmdError> {
        Self::open_styled(name, query, (width, height), "").await
    }

    async fn open_styled(
        name: &str,
        query: &str,
        (width, height): (u32, u32),
        style: &str,
    ) -> Result<Self, CmdError> {
        let picture = serve(dist(), Some("loopscope-engine"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("host-{name}"));
        fs::create_dir_all(&folder).expect("a folder for the other page");
        let html = HOST
            .replace("STYLE", style)
            .replace("ADDRESS", &format!("{picture}?embed=1&{query}"))
            .replace("WIDTH", &width.to_string())
            .replace("HEIGHT", &height.to_string());
        fs::write(folder.join("index.html"), html).expect("the other page");
        let page = Page::of(Browser::open().await, serve(folder, None));
        let host = Self { page };
        host.client().goto(host.page.address()).await?;
        Ok(host)
    }

    const fn client(&self) -> &Client {
        self.page.client()
    }

    /// Looks into the frame from now on, where a step is on screen.
    async fn enter(&self, frame: u64) -> Result<Value, CmdError> {
        self.client().enter_frame(0).await?;
        self.page.arrives(frame).await
    }

    async fn leave(&self) -> Result<(), CmdError> {
        self.client().enter_parent_frame().await
    }

    async fn tell(&self, script: &str) -> Result<Value, CmdError> {
        self.client().execute(&format!("return {script}"), vec![]).await
    }

    /// Presses a key wherever the focus is.
    async fn type_key(&self, key: char) -> Result<(), CmdError> {
        self.page.browser.press_key(key).await
    }

    /// A click on the sentence, where nothing else reacts.
    async fn click_inside(&self) -> Result<(), CmdError> {
        self.client()
            .find(Locator::Css(&of("sentence")))
            .await?
            .click()
            .await
    }
}

/// Whether a control is there, has a size, and is whole within the window.
const SEEN: &str = "((selector) => {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    return !!box && box.width > 0 && box.height > 0 && box.left >= 0 && box.top >= 0
        && box.right <= innerWidth + 0.5 && box.bottom <= innerHeight + 0.5;
})";

async fn sees(host: &Host, selector: &str) -> Result<bool, CmdError> {
    Ok(host.tell(&format!("{SEEN}({})", json!(selector))).await? == true)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_of_960_by_540_shows_stage_timeline_and_source() -> Result<(), CmdError> {
    let query = "scenario=producer_consumer&step=24&lang=en&theme=light";
    let host = Host::open("wide", query, (960, 540)).await?;
    host.enter(24).await?;
    for part in [
        "seat",
        "ready",
        "lanes",
        "scrubber",
        "step-back",
        "play",
        "step-forward",
    ] {
        assert!(sees(&host, &of(part)).await?, "{part}");
    }
    assert!(sees(&host, ".places").await? && sees(&host, ".program").await?);
    let source = host.tell("document.querySelector('.program').innerText").await?;
    assert!(
        source
            .as_str()
            .is_some_and(|source| source.contains("async def producer")),
        "{source}"
    );
    assert_eq!(host.tell("document.documentElement.lang").await?, "en");
    assert_eq!(
        host.tell("document.documentElement.dataset.theme").await?,
        "light"
    );
    host.page.browser.screenshot("embed-960x540").await?;
    host.page.close().await
}

/// The line that runs stands in the seat; the whole program is a press away, and so is what waits.
#[tokio::test(flavor = "multi_thread")]
async fn a_picture_of_640_by_360_shows_stage_timeline_and_source() -> Result<(), CmdError> {
    let query = "scenario=cancellation&step=6&lang=zh&theme=dark";
    let host = Host::open("small", query, (640, 360)).await?;
    let view = host.enter(6).await?;
    for part in [
        "seat",
        "ready",
        "lanes",
        "scrubber",
        "step-back",
        "play",
        "step-forward",
    ] {
        assert!(sees(&host, &of(part)).await?, "{part}");
    }
    assert!(sees(&host, ".seat .code1").await?);
    let line = host
        .tell("document.querySelector('.seat .code1').innerText")
        .await?;
    assert!(line.as_str().is_some_and(|line| line.contains("await")), "{line}");
    assert!(text(&view, "sentence").contains('。'), "{view:#}");
    assert_eq!(host.tell("document.documentElement.lang").await?, "zh");
    assert_eq!(host.tell("document.documentElement.dataset.theme").await?, "dark");
    host.page.browser.screenshot("embed-640x360").await?;

    host.page.press("pane-code").await?;
    assert!(sees(&host, ".program").await? && !sees(&host, &of("lanes")).await?);
    host.page.browser.screenshot("embed-640x360-code").await?;
    host.page.press("pane-waiting").await?;
    assert!(sees(&host, &of("waiting")).await?);
    host.page.browser.screenshot("embed-640x360-waiting").await?;
    host.page.press("pane-timeline").await?;
    assert!(sees(&host, &of("lanes")).await?);
    host.page.close().await
}

/// Everything that was loaded is a file of the page, and none is the interpreter: its server lacks it,
/// so that asking for it would also leave an error.
#[tokio::test(flavor = "multi_thread")]
async fn a_picture_plays_a_recorded_run_without_the_interpreter() -> Result<(), CmdError> {
    let host = Host::open("plays", "scenario=producer_consumer&step=2", (960, 540)).await?;
    host.enter(2).await?;
    host.page.press("play").await?;
    host.type_key('5').await?;
    let last = host.page.last_frame().await?;
    host.page.arrives(last).await?;
    let loaded = host
        .tell("performance.getEntriesByType('resource').map(entry => entry.name)")
        .await?;
    let loaded: Vec<&str> = loaded
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    assert!(
        loaded
            .iter()
            .any(|name| name.ends_with("traces/producer_consumer.lscope")),
        "{loaded:?}"
    );
    assert!(!loaded.iter().any(|name| name.contains("engine")), "{loaded:?}");
    host.page.close().await
}

/// Neither focus nor keys, before somebody clicks inside; then the keys step, and what means nothing
/// to the picture is left alone and told to the page around.
#[tokio::test(flavor = "multi_thread")]
async fn keys_belong_to_the_page_around_until_a_click() -> Result<(), CmdError> {
    let host = Host::open("keys", "scenario=producer_consumer&step=24", (960, 540)).await?;
    host.enter(24).await?;
    assert_eq!(host.tell("document.hasFocus()").await?, false);
    host.leave().await?;
    assert_eq!(host.tell("document.activeElement.tagName").await?, "BODY");
    let right: char = Key::Right.into();
    host.type_key(right).await?;
    host.type_key(' ').await?;
    assert_eq!(host.tell("keys").await?, json!(["ArrowRight", " "]));
    host.enter(24).await?;

    host.click_inside().await?;
    host.tell("(window.told = [], addEventListener('keydown', event => told.push([event.key, event.defaultPrevented])))")
        .await?;
    host.type_key(right).await?;
    host.page.arrives(25).await?;
    host.type_key(Key::PageDown.into()).await?;
    host.type_key('e').await?;
    let told = host.tell("told").await?;
    assert_eq!(
        told,
        json!([["ArrowRight", true], ["PageDown", false], ["e", false]])
    );
    host.leave().await?;
    let heard = host
        .tell("heard.map(JSON.parse).map(({ loopscope, key }) => [loopscope, key])")
        .await?;
    assert_eq!(heard, json!([["key", "PageDown"], ["key", "e"]]));
    assert_eq!(host.tell("keys").await?, json!(["ArrowRight", " "]));

    // Esc, when nothing is open, gives the keys back.
    host.client().enter_frame(0).await?;
    host.type_key(Key::Escape.into()).await?;
    host.leave().await?;
    host.type_key(right).await?;
    assert_eq!(host.tell("keys").await?, json!(["ArrowRight", " ", "ArrowRight"]));
    host.enter(25).await?;
    host.page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wheel_over_a_picture_scrolls_the_page_around() -> Result<(), CmdError> {
    let host = Host::open("wheel", "scenario=taking_turns&step=3", (960, 540)).await?;
    host.enter(3).await?;
    let before = host
        .tell("document.querySelector('[data-testid=lanes]').toDataURL()")
        .await?;
    host.leave().await?;
    let turn = WheelActions::new("wheel".to_owned()).then(WheelAction::Scroll {
        duration: Some(Duration::from_millis(100)),
        x: 700,
        y: 420,
        delta_x: 0,
        delta_y: 300,
    });
    host.client().perform_actions(turn).await?;
    assert_eq!(host.tell("scrollY").await?, 300);
    host.enter(3).await?;
    let after = host
        .tell("document.querySelector('[data-testid=lanes]').toDataURL()")
        .await?;
    assert_eq!(before, after);
    host.page.close().await
}

/// Slides that are not shown have no size. The picture is drawn when one arrives.
#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_picture_is_drawn_when_it_gets_a_size() -> Result<(), CmdError> {
    const DRAWN: &str = "(() => {
        const canvas = document.querySelector('[data-testid=lanes]');
        if (!canvas?.width || !canvas.height) return 0;
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, place) => place % 4 === 3 && value > 0).length;
    })()";
    let host = Host::open_styled(
        "hidden",
        "scenario=producer_consumer&step=24",
        (960, 540),
        "hidden",
    )
    .await?;
    host.enter(24).await?;
    assert_eq!(host.tell("innerWidth").await?, 0);
    host.leave().await?;
    host.tell("document.querySelector('div').hidden = false").await?;
    host.client().enter_frame(0).await?;
    host.page
        .until_true("a picture", &format!("{DRAWN} > 20000"))
        .await?;
    let wide = host
        .tell("document.querySelector('[data-testid=lanes]').clientWidth")
        .await?;
    assert!(wide.as_u64() > Some(400), "{wide}");
    host.page.browser.screenshot("embed-was-hidden").await?;
    host.page.close().await
}

/// A part of a run: its ends are where stepping, scrubbing and playing stop; the numbers are the run's.
#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_a_run_ends_where_it_shall() -> Result<(), CmdError> {
    let host = Host::open(
        "part",
        "scenario=cancellation&step=6&from=5&to=8&lang=en",
        (640, 360),
    )
    .await?;
    host.enter(6).await?;
    assert_eq!(
        host.tell("document.querySelector('.slim').innerText.replace(/\\s+/g, ' ').trim()")
            .await?,
        "6 of 8"
    );
    host.click_inside().await?;
    let (left, right): (char, char) = (Key::Left.into(), Key::Right.into());
    host.type_key(Key::Home.into()).await?;
    host.page.arrives(5).await?;
    // At its first step the key means nothing here, and the page around gets it.
    host.type_key(left).await?;
    host.type_key(right).await?;
    host.page.arrives(6).await?;
    host.type_key(Key::End.into()).await?;
    host.page.arrives(8).await?;
    host.type_key(right).await?;
    host.leave().await?;
    let heard = host.tell("heard.map(JSON.parse).map(({ key }) => key)").await?;
    assert_eq!(heard, json!(["ArrowLeft", "ArrowRight"]));

    host.enter(8).await?;
    let scrubber = host.client().find(Locator::Css(&of("scrubber"))).await?;
    assert_eq!(scrubber.attr("min").await?.as_deref(), Some("5"));
    assert_eq!(scrubber.attr("max").await?.as_deref(), Some("8"));
    let (.., width, _) = scrubber.rectangle().await?;
    for (share, frame) in [(-0.48, 5), (0.48, 8)] {
        let click = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveToElement {
                element: scrubber.clone(),
                duration: None,
                x: width * share,
                y: 0.0,
            })
            .then(PointerAction::Down {
                button: MOUSE_BUTTON_LEFT,
            })
            .then(PointerAction::Up {
                button: MOUSE_BUTTON_LEFT,
            });
        host.client().perform_actions(click).await?;
        host.page.arrives(frame).await?;
    }
    // Playing begins anew at the end, and stops there.
    host.page.press("play").await?;
    host.page.arrives(5).await?;
    host.type_key('5').await?;
    host.page.arrives(8).await?;
    host.page
        .until_true(
            "the end of playing",
            "document.querySelector('[data-testid=play]').ariaLabel === 'Play'",
        )
        .await?;
    host.page.browser.screenshot("embed-part").await?;
    host.page.close().await
}

/// Paper is white: what is printed is the frame on screen in the light theme.
#[tokio::test(flavor = "multi_thread")]
async fn a_dark_picture_is_printed_light() -> Result<(), CmdError> {
    const NOW: &str = "({ theme: document.documentElement.dataset.theme,
        ground: getComputedStyle(document.querySelector('.pic .say')).backgroundColor,
        lanes: document.querySelector('[data-testid=lanes]').toDataURL() })";
    let page = Page::open_at("?embed=1&scenario=cancellation&step=6&theme=dark").await?;
    let tell = async |script: &str| page.client().execute(&format!("return {script}"), vec![]).await;
    let screen = tell(NOW).await?;
    tell(&format!(
        "(addEventListener('beforeprint', () => window.printed = {NOW}), 0)"
    ))
    .await?;
    page.client()
        .print(
            fantoccini::wd::PrintConfigurationBuilder::default()
                .build()
                .expect("paper"),
        )
        .await?;
    let printed = tell("printed").await?;
    assert_eq!(
        (screen["theme"].as_str(), printed["theme"].as_str()),
        (Some("dark"), Some("light"))
    );
    assert_ne!(screen["lanes"], printed["lanes"]);
    let light = page
        .visit("?embed=1&scenario=cancellation&step=6&theme=light")
        .await;
    light?;
    assert_eq!(tell(NOW).await?, printed);
    page.close().await
}
