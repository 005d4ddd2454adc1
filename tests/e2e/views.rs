//! What stands above the timeline besides the board, as a visitor uses it: graph, tree, turn.

use crate::page::{Page, of};
use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use serde_json::json;

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const RIGHT: char = '\u{e014}';
const LEFT: char = '\u{e012}';

async fn find(page: &Page, selector: &str) -> Result<Element, CmdError> {
    page.client().wait().for_element(Locator::Css(selector)).await
}

async fn said(page: &Page, id: &str) -> Result<String, CmdError> {
    find(page, &of(id)).await?.text().await
}

/// Waits until a part of the page tells something.
async fn tells(page: &Page, id: &str, part: &str) -> Result<(), CmdError> {
    let script = "return document.querySelector(`[data-testid=${arguments[0]}]`)?.innerText ?? ''";
    for _ in 0..400 {
        let told = page.client().execute(script, vec![json!(id)]).await?;
        if told.as_str().is_some_and(|told| told.contains(part)) {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    }
    panic!("{id} does not tell {part:?}: {}", said(page, id).await?);
}

/// From the notice of a deadlock to the circle, and from the circle to a task in it.
#[tokio::test(flavor = "multi_thread")]
async fn a_deadlock_is_followed_to_its_circle() -> Result<(), CmdError> {
    let page = Page::open_at("?scenario=deadlock&lang=en").await?;
    let last = page.last_frame().await?;
    page.go(last).await?;
    let way = find(&page, &of("leads")).await?;
    assert_eq!(way.text().await?, "Go to step 7, where the circle closed");
    way.click().await?;
    page.arrives(7).await?;
    let circle = said(&page, "circle").await?;
    assert!(
        circle.contains("ann waits for lock 2, held by ben; ben waits for lock 1, held by ann."),
        "{circle}"
    );
    assert_eq!(said(&page, "facts").await?.lines().count(), 4);
    let ring = page.client().find_all(Locator::Css(".ties path.ring")).await?;
    assert_eq!(ring.len(), 4);
    // The address keeps the view; the node leads to the inspector.
    let address = "return location.search";
    let query = page.client().execute(address, vec![]).await?;
    assert!(
        query.as_str().is_some_and(|query| query.contains("view=graph")),
        "{query}"
    );
    find(&page, ".net .node.ring").await?.click().await?;
    let inspected = said(&page, "inspect").await?;
    assert!(inspected.contains("ann"), "{inspected}");
    page.browser.screenshot("view-graph").await?;
    // One step back the circle is open.
    page.press("step-back").await?;
    page.arrives(6).await?;
    assert!(page.client().find(Locator::Css(&of("circle"))).await.is_err());
    page.close().await
}

/// Where things stand in the graph while somebody steps through a run.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_the_graph_jumps() -> Result<(), CmdError> {
    let page = Page::open_at("?scenario=deadlock&view=graph&step=2&lang=en").await?;
    let places = "return [...document.querySelectorAll('.net .row li > :first-child, .tlbox, .lens')]
        .filter((it) => it.textContent).map((it) => { const at = it.getBoundingClientRect();
            return [it.className.includes('chip') ? it.textContent : it.className, Math.round(at.x + at.width / 2), Math.round(at.y)]; })";
    find(&page, ".net").await?;
    let before = page.client().execute(places, vec![]).await?;
    for step in 3..=7 {
        page.key(RIGHT).await?;
        page.arrives(step).await?;
        assert_eq!(
            page.client().execute(places, vec![]).await?,
            before,
            "step {step}"
        );
    }
    page.close().await
}

/// The stations of a cancellation lead from the request to the end and back.
#[tokio::test(flavor = "multi_thread")]
async fn a_cancellation_is_walked_station_by_station() -> Result<(), CmdError> {
    let page = Page::open_at("?scenario=cancellation&step=6&lang=en").await?;
    page.press("tree").await?;
    tells(&page, "way", "asked").await?;
    let tree = said(&page, "lens").await?;
    assert!(tree.contains("download") && tree.contains("in wait 1"), "{tree}");
    // Select the one that does not obey, and follow its stations.
    page.client()
        .find(Locator::XPath(
            "//*[@class='tree']//button[contains(., 'stubborn')]",
        ))
        .await?
        .click()
        .await?;
    tells(&page, "way", "stubborn").await?;
    for (station, step) in [("raised", 9), ("returns", 15), ("asked", 6)] {
        let link = format!("//*[@data-testid='way']//li[contains(., '{station}')]//button");
        page.client().find(Locator::XPath(&link)).await?.click().await?;
        page.arrives(step).await?;
        let lit = find(&page, ".way .now").await?.text().await?;
        assert!(lit.contains(station), "{lit}");
    }
    page.browser.screenshot("view-tree").await?;
    page.close().await
}

/// The ladder through one turn, forward and back, with the keyboard alone.
#[tokio::test(flavor = "multi_thread")]
async fn a_turn_is_stepped_through_both_ways() -> Result<(), CmdError> {
    let page = Page::open_at("?scenario=deadlock&step=3&lang=en").await?;
    for _ in 0..3 {
        page.key('v').await?;
    }
    tells(&page, "ladder", "2 of 2").await?;
    let rungs = [(4, "1 of 2"), (5, "2 of 2"), (4, "1 of 2"), (3, "2 of 2")];
    for (place, (step, place_of)) in rungs.into_iter().enumerate() {
        page.key(if place < 2 { RIGHT } else { LEFT }).await?;
        page.arrives(step).await?;
        let lit = find(&page, ".ladder [aria-current=step]").await?.text().await?;
        assert!(
            lit.contains("What is ready now runs") && lit.contains(place_of),
            "{lit}"
        );
        let just = page.client().find_all(Locator::Css(".ladder .just")).await?.len();
        assert_eq!(just, if step == 4 { 3 } else { 0 }, "step {step}");
    }
    page.browser.screenshot("view-turn").await?;
    page.key('V').await?;
    find(&page, ".tree").await?;
    // The switch is reached and used without a mouse as well.
    let turn = find(&page, &of("turn")).await?;
    turn.send_keys(ENTER).await?;
    find(&page, ".ladder").await?;
    turn.send_keys(TAB).await?;
    let focus = "return document.activeElement.dataset.testid";
    assert_eq!(page.client().execute(focus, vec![]).await?, "lens");
    page.close().await
}

/// A link opens a view wherever the page is small; there it has the place of the timeline.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_a_view_in_every_size() -> Result<(), CmdError> {
    let page = Page::open_at("?scenario=deadlock&view=graph&step=7&lang=zh&theme=dark").await?;
    let beside = "const root = document.documentElement;
        return [root.scrollWidth - root.clientWidth, root.scrollHeight - root.clientHeight]";
    page.browser.become_small(390, 844).await?;
    tells(&page, "circle", "ann 等待 lock 2").await?;
    assert_eq!(page.client().execute(beside, vec![]).await?, json!([0, 0]));
    page.browser.screenshot("view-phone").await?;
    page.press("turn").await?;
    find(&page, ".ladder").await?;
    page.press("pane-timeline").await?;
    assert!(!find(&page, ".ladder").await?.is_displayed().await?);
    page.visit("?embed=1&scenario=deadlock&view=graph&step=7&lang=en")
        .await?;
    for (width, height) in [(960, 540), (640, 360)] {
        page.browser.become_small(width, height).await?;
        tells(&page, "circle", "held by ann").await?;
        let shown = find(&page, ".net").await?.is_displayed().await?;
        assert!(shown, "{width}");
        assert_eq!(page.client().execute(beside, vec![]).await?, json!([0, 0]));
        page.browser.screenshot(&format!("view-embed-{width}")).await?;
    }
    // Back at the board, the timeline has its place again.
    page.press("board").await?;
    assert!(find(&page, ".tlbox").await?.is_displayed().await?);
    page.close().await
}

/// A thousand tasks wait in line: a few are drawn, the others are counted, and the selected is among them.
#[tokio::test(flavor = "multi_thread")]
async fn of_a_thousand_tasks_a_few_are_drawn() -> Result<(), CmdError> {
    let page = Page::open_at("?lang=en").await?;
    let program = "import asyncio\nasync def waits(lock):\n async with lock: pass\nasync def main():\n lock = asyncio.Lock()\n await lock.acquire()\n await asyncio.gather(*[waits(lock) for _ in range(999)])\nasyncio.run(main())\n";
    page.run(program).await?;
    page.press("leads").await?;
    // The first who waits for what main holds closes a circle: main waits for all of them.
    page.arrives(2).await?;
    tells(
        &page,
        "circle",
        "which needs Task-2; Task-2 waits for lock, held by Task-1.",
    )
    .await?;
    page.go(1001).await?;
    tells(&page, "lens", "+990").await?;
    assert_eq!(
        page.client().find_all(Locator::Css(".net .node")).await?.len(),
        10
    );
    tells(&page, "facts", "All 1,000 tasks wait").await?;
    page.key('\u{e015}').await?;
    find(&page, ".net .node[aria-pressed=true]").await?;
    page.browser.screenshot("view-crowd").await?;
    for _ in 0..4 {
        page.press("step-back").await?;
    }
    page.arrives(997).await?;
    page.press("tree").await?;
    tells(&page, "lens", "+952").await?;
    page.press("turn").await?;
    tells(&page, "ladder", "996 of 999").await?;
    page.close().await
}
