//! Panels are resized and closed, by pointer and by keys, and the browser remembers it.

use crate::page::{Page, of};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use serde_json::{Value, json};

const DOWN: PointerAction = PointerAction::Down {
    button: MOUSE_BUTTON_LEFT,
};
const UP: PointerAction = PointerAction::Up {
    button: MOUSE_BUTTON_LEFT,
};
/// Dividers, the panels that they resize, and which way these grow: right, up, down.
const DIVIDERS: [(&str, &str, (f64, f64)); 3] = [
    ("divide-side", ".side", (1.0, 0.0)),
    ("divide-record", ".record", (0.0, -1.0)),
    ("divide-board", ".places", (0.0, 1.0)),
];

async fn find(page: &Page, id: &str) -> Result<Element, CmdError> {
    page.client().find(Locator::Css(&of(id))).await
}

/// Width or height of a panel.
async fn size(page: &Page, panel: &str, (across, _): (f64, f64)) -> Result<f64, CmdError> {
    let (.., width, height) = page.client().find(Locator::Css(panel)).await?.rectangle().await?;
    Ok(if across > 0.0 { width } else { height })
}

/// What a divider tells those who do not see it: now, least and largest.
async fn told(page: &Page, id: &str) -> Result<[f64; 3], CmdError> {
    let divider = find(page, id).await?;
    let mut values = [0.0; 3];
    for (value, name) in values.iter_mut().zip(["now", "min", "max"]) {
        let told = divider.attr(&format!("aria-value{name}")).await?;
        *value = told.and_then(|told| told.parse().ok()).expect("a number");
    }
    Ok(values)
}

/// Waits until a panel has this size, and until its divider says so.
async fn becomes(
    page: &Page,
    (id, panel, way): (&str, &str, (f64, f64)),
    wanted: f64,
) -> Result<(), CmdError> {
    for _ in 0..200 {
        if (size(page, panel, way).await? - wanted).abs() < 1.0
            && (told(page, id).await?[0] - wanted).abs() < 1.0
        {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let (seen, told) = (size(page, panel, way).await?, told(page, id).await?);
    panic!("{panel} has {seen} pixels, {id} tells {told:?}; wanted {wanted}");
}

/// Drags a divider, by the pixels that its panel shall grow.
async fn drag(page: &Page, id: &str, (across, down): (f64, f64), by: f64) -> Result<(), CmdError> {
    let (left, top, width, height) = find(page, id).await?.rectangle().await?;
    let at = |share: f64| PointerAction::MoveTo {
        duration: None,
        x: left + width / 2.0 + across * by * share,
        y: top + height / 2.0 + down * by * share,
    };
    let drag = MouseActions::new("mouse".to_owned())
        .then(at(0.0))
        .then(DOWN)
        .then(at(0.5))
        .then(at(1.0))
        .then(UP);
    page.client().perform_actions(drag).await
}

async fn double_click(page: &Page, id: &str) -> Result<(), CmdError> {
    let element = find(page, id).await?;
    let mouse = MouseActions::new("mouse".to_owned()).then(PointerAction::MoveToElement {
        element,
        duration: None,
        x: 0.0,
        y: 0.0,
    });
    page.client()
        .perform_actions(mouse.then(DOWN).then(UP).then(DOWN).then(UP))
        .await
}

async fn opened(query: &str) -> Result<Page, CmdError> {
    let page = Page::open_at(query).await?;
    page.browser.become_wide(1440, 900).await?;
    Ok(page)
}

#[tokio::test(flavor = "multi_thread")]
async fn dividers_are_dragged_and_moved_by_keys() -> Result<(), CmdError> {
    let page = opened("?step=12&lang=en").await?;
    for divider @ (id, panel, way) in DIVIDERS {
        let usual = size(&page, panel, way).await?;
        becomes(&page, divider, usual).await?;
        drag(&page, id, way, 60.0).await?;
        becomes(&page, divider, usual + 60.0).await?;
        let [_, min, max] = told(&page, id).await?;
        // Further than it can go.
        drag(&page, id, way, min - usual - 90.0).await?;
        becomes(&page, divider, min).await?;

        let keys = find(&page, id).await?;
        let (more, less) = match way {
            (_, -1.0) => (Key::Up, Key::Down),
            (1.0, _) => (Key::Right, Key::Left),
            _ => (Key::Down, Key::Up),
        };
        let press = async |key: Key| keys.send_keys(&char::from(key).to_string()).await;
        press(more).await?;
        press(more).await?;
        becomes(&page, divider, min + 32.0).await?;
        press(less).await?;
        becomes(&page, divider, min + 16.0).await?;
        press(Key::End).await?;
        becomes(&page, divider, max).await?;
        press(Key::Home).await?;
        becomes(&page, divider, min).await?;

        double_click(&page, id).await?;
        becomes(&page, divider, usual).await?;
    }
    assert_eq!(
        page.view().await?["frame"],
        12,
        "arrows on a divider are no steps"
    );
    page.close().await
}

/// What never vanishes is there whatever somebody dragged, in a window that shrinks, too.
#[tokio::test(flavor = "multi_thread")]
async fn what_matters_keeps_its_room() -> Result<(), CmdError> {
    const ESSENTIAL: &str = "
        return ['sentence', 'seat', 'ready', 'lanes', 'play', 'step-back', 'step-forward', 'source'].filter((id) => {
            const box = document.querySelector(`[data-testid=${id}]`)?.getBoundingClientRect();
            return !box || box.width < 24 || box.height < 18 || box.left < 0 || box.right > innerWidth + 400
                || box.top < 0 || box.top > innerHeight - 20;
        });";
    let page = opened("?step=12&lang=en").await?;
    for end in [Key::End, Key::Home] {
        page.browser.become_wide(1440, 900).await?;
        for (id, ..) in DIVIDERS {
            find(&page, id)
                .await?
                .send_keys(&char::from(end).to_string())
                .await?;
        }
        for (width, height) in [(1440, 900), (1200, 861), (1024, 768), (900, 700), (960, 540)] {
            page.browser.become_wide(width, height).await?;
            let most = width - if width < 1000 { 520 } else { 620 };
            let settled = format!(
                "return Number(document.querySelector('[data-testid=divide-side]').ariaValueMax) === {most}"
            );
            while page.client().execute(&settled, vec![]).await? != true {}
            let lost = page.client().execute(ESSENTIAL, vec![]).await?;
            assert_eq!(lost, Value::Array(Vec::new()), "{end:?} at {width}x{height}");
        }
    }
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn panels_are_closed_and_opened_and_remembered() -> Result<(), CmdError> {
    let page = opened("?step=12&lang=en").await?;
    let program = page.client().find(Locator::Css(".program")).await?;
    let (side, record) = (DIVIDERS[0], DIVIDERS[1]);
    let usual = size(&page, side.1, side.2).await?;
    drag(&page, side.0, side.2, 100.0).await?;
    becomes(&page, side, usual + 100.0).await?;

    page.press("fold-record").await?;
    assert!((size(&page, record.1, record.2).await? - 40.0).abs() < 1.5);
    assert!(!find(&page, "output").await?.is_displayed().await?);
    assert_eq!(find(&page, "fold-record").await?.text().await?, "Show");
    page.press("fold-side").await?;
    assert!(!program.is_displayed().await?);
    assert!(size(&page, side.1, side.2).await? < 48.0);
    assert_eq!(find(&page, "fold-side").await?.text().await?, "Show the program");
    let focused = "return document.activeElement.dataset.testid";
    assert_eq!(page.client().execute(focused, vec![]).await?, "fold-side");
    page.browser.screenshot("panels-closed").await?;

    // Another visit finds everything as it was left.
    page.visit("?step=12&lang=zh").await?;
    assert!(size(&page, side.1, side.2).await? < 48.0);
    assert_eq!(find(&page, "fold-side").await?.text().await?, "展开程序栏");
    page.key('h').await?;
    becomes(&page, side, usual + 100.0).await?;
    assert!(!find(&page, "output").await?.is_displayed().await?);
    // Whoever asks for a tab sees it.
    page.press("tab-steps").await?;
    assert!(find(&page, "steps").await?.is_displayed().await?);
    page.key('j').await?;
    assert!((size(&page, record.1, record.2).await? - 40.0).abs() < 1.5);
    page.key('j').await?;
    page.visit("?step=12&lang=en").await?;
    becomes(&page, side, usual + 100.0).await?;

    // A picture in another page has nothing to drag and no memory.
    page.visit("?embed=1&step=12").await?;
    let dividers = page.client().find_all(Locator::Css(".divider, .fold")).await?;
    assert_eq!(dividers.len(), 0);
    let shown = size(&page, side.1, side.2).await?;
    assert!((shown - usual).abs() < 1.5, "{shown}");
    page.close().await
}

/// A page inside another one, from elsewhere, may be refused any memory.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_memory_panels_work_all_the_same() -> Result<(), CmdError> {
    const REFUSED: &str = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } });";
    let page = opened("?step=12&lang=en").await?;
    page.browser.before_pages(REFUSED).await?;
    page.visit("?step=12&lang=en").await?;
    let refused = "try { localStorage; return false; } catch { return true; }";
    assert_eq!(page.client().execute(refused, vec![]).await?, json!(true));
    let (id, panel, way) = DIVIDERS[0];
    let usual = size(&page, panel, way).await?;
    drag(&page, id, way, 60.0).await?;
    becomes(&page, DIVIDERS[0], usual + 60.0).await?;
    page.press("fold-record").await?;
    assert!(!find(&page, "output").await?.is_displayed().await?);
    page.visit("?step=12&lang=en").await?;
    becomes(&page, DIVIDERS[0], usual).await?;
    page.close().await
}
