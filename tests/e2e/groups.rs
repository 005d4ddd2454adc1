//! Many lanes: tasks that are alike stand together as one picture; each of them can be had.

use crate::page::{Page, of};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, MouseActions, PointerAction, WheelAction, WheelActions};
use fantoccini::error::CmdError;
use serde_json::Value;

pub(crate) const CRAWLER: &str = "import asyncio

async def fetch(gate):
    async with gate:
        await asyncio.sleep(0.1)

async def main():
    gate = asyncio.Semaphore(5)
    await asyncio.gather(*(fetch(gate) for _ in range(240)))

asyncio.run(main())
";

/// What stands beside the lanes: groups with their counts, and lanes by name.
const BESIDE: &str = "
    const text = (element) => (element?.textContent ?? '').trim();
    const name = (lane) => text(lane?.querySelector('.nm'));
    const top = (element) => element.getBoundingClientRect().top;
    const lanes = [...document.querySelectorAll('.tlbody > .lanes > .lane, .pins > .lane')].sort((a, b) => top(a) - top(b));
    const group = document.querySelector('[data-testid=group]');
    return {
        group: name(group), size: text(group?.querySelector('small')),
        open: group?.querySelector('button').ariaExpanded,
        counts: [...group?.querySelectorAll('li') ?? []].map((row) => [text(row.querySelector('span')), Number(text(row.querySelector('b')))]),
        lanes: lanes.map(name),
        pinned: lanes.filter((lane) => lane.classList.contains('pinned')).map(name),
        chosen: lanes.filter((lane) => lane.classList.contains('chosen')).map(name),
    };";

async fn beside(page: &Page) -> Result<Value, CmdError> {
    page.client().execute(BESIDE, vec![]).await
}

/// Looks until `seen` is true of what stands beside the lanes.
async fn until(page: &Page, what: &str, seen: impl Fn(&Value) -> bool) -> Result<Value, CmdError> {
    for _ in 0..400 {
        let view = beside(page).await?;
        if seen(&view) {
            return Ok(view);
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("waited in vain for {what}: {:#}", beside(page).await?);
}

fn names(view: &Value, list: &str) -> Vec<String> {
    let list = view[list].as_array().expect("a list").iter();
    list.map(|name| name.as_str().unwrap_or_default().to_owned())
        .collect()
}

/// Turns the wheel over the lanes.
async fn scroll(page: &Page, by: i64) -> Result<(), CmdError> {
    let edge = "const edge = document.querySelector('.tlscroll').getBoundingClientRect();
        return [Math.round(edge.right) - 100, Math.round(edge.top) + 50]";
    let edge = page.client().execute(edge, vec![]).await?;
    let turn = WheelActions::new("wheel".to_owned()).then(WheelAction::Scroll {
        duration: None,
        x: edge[0].as_i64().expect("a number"),
        y: edge[1].as_i64().expect("a number"),
        delta_x: 0,
        delta_y: by,
    });
    page.client().perform_actions(turn).await
}

/// Opens the group, or closes it.
async fn press_group(page: &Page) -> Result<(), CmdError> {
    let group = page
        .client()
        .wait()
        .for_element(Locator::Css("[data-testid=group] button"))
        .await?;
    group.click().await
}

/// A group tells what its tasks do, opens in place, and gives out the one that is searched for.
#[tokio::test(flavor = "multi_thread")]
async fn tasks_that_are_alike_stand_together() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.run(CRAWLER).await?;
    let view = until(&page, "the group", |view| view["size"] == "240 tasks").await?;
    assert_eq!(
        (view["group"].as_str(), view["open"].as_str()),
        (Some("fetch"), Some("false"))
    );
    assert_eq!(names(&view, "lanes"), ["Task-1"], "its lanes are put away");
    assert_eq!(view["counts"].to_string(), r#"[["done",240]]"#);

    // All of them have begun: five sleep, the others wait.
    page.go(241).await?;
    let view = until(&page, "counts of the moment", |view| {
        view["counts"].as_array().is_some_and(|counts| counts.len() == 2)
    })
    .await?;
    assert_eq!(view["counts"].to_string(), r#"[["permit gate",235],["sleep",5]]"#);
    page.browser.screenshot("group").await?;

    page.browser.prefer("forced-colors", "active").await?;
    page.browser.screenshot("group-forced").await?;
    page.browser.prefer("forced-colors", "none").await?;

    press_group(&page).await?;
    let view = until(&page, "its lanes", |view| view["open"] == "true").await?;
    assert_eq!(
        names(&view, "lanes")[..3],
        ["Task-1", "Task-2", "Task-3"],
        "in place"
    );
    press_group(&page).await?;
    until(&page, "the group again", |view| view["open"] == "false").await?;

    let view = search(&page).await?;
    let lanes = names(&view, "lanes");
    assert!(
        lanes.iter().all(|name| name == "Task-1" || name == "Task-100"),
        "the others stay away: {lanes:?}"
    );
    page.close().await
}

/// Searches for one of the tasks, which chooses it, and leaves the search.
async fn search(page: &Page) -> Result<Value, CmdError> {
    page.key('/').await?;
    let field = page
        .client()
        .wait()
        .for_element(Locator::Css(&of("query")))
        .await?;
    field.send_keys("Task-100\u{e007}").await?;
    let view = until(page, "the lane that was searched for", |view| {
        view["chosen"][0] == "Task-100"
    })
    .await?;
    let field = page.client().find(Locator::Css(&of("query"))).await?;
    field.send_keys("\u{e00c}").await?;
    Ok(view)
}

/// A pinned lane stands above the others, and stays there when they scroll or another one is chosen.
#[tokio::test(flavor = "multi_thread")]
async fn a_pinned_lane_stays_in_view() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.run(CRAWLER).await?;
    page.go(241).await?;
    search(&page).await?;
    page.key('p').await?;
    let view = until(&page, "the pinned lane", |view| view["pinned"][0] == "Task-100").await?;
    assert_eq!(names(&view, "lanes")[0], "Task-100", "above the others");
    // It stays there while the others scroll away, with its bars.
    scroll(&page, -1100).await?;
    press_group(&page).await?;
    until(&page, "the lanes again", |view| view["open"] == "true").await?;
    scroll(&page, 1100).await?;
    let view = until(&page, "lanes from far below", |view| {
        names(view, "lanes").contains(&"Task-40".to_owned())
    })
    .await?;
    assert_eq!(names(&view, "pinned"), ["Task-100"], "among them");
    page.browser.screenshot("group-pinned").await?;
    let pinned = "
        const edge = document.querySelector('.tlscroll').getBoundingClientRect().top;
        const parts = [...document.querySelectorAll('.pins > .lane, canvas.pins')];
        return parts.map((part) => Math.round(part.getBoundingClientRect().top - edge))";
    let pinned = page.client().execute(pinned, vec![]).await?;
    assert_eq!(pinned, serde_json::json!([0, 0]), "name and bars, at the top");
    scroll(&page, -1100).await?;
    press_group(&page).await?;
    until(&page, "the group once more", |view| view["open"] == "false").await?;

    page.key('\u{e00c}').await?;
    let view = until(&page, "nothing chosen", |view| {
        view["chosen"] == serde_json::json!([])
    })
    .await?;
    assert_eq!(
        names(&view, "pinned"),
        ["Task-100"],
        "it stays when another is chosen"
    );
    page.close().await
}

/// What stands under the pointer on the picture of a group, told in words and numbers.
#[tokio::test(flavor = "multi_thread")]
async fn a_group_tells_what_its_tasks_do_under_the_pointer() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.run(CRAWLER).await?;
    page.go(241).await?;
    let group = of("group");
    let group = page.client().wait().for_element(Locator::Css(&group)).await?;
    let (_, top, ..) = group.rectangle().await?;
    let lanes = page.client().find(Locator::Css(&of("lanes"))).await?;
    let (left, _, wide, _) = lanes.rectangle().await?;
    // In the column of the current step, which the timeline keeps in view.
    let there = PointerAction::MoveTo {
        duration: None,
        x: (left + wide / 2.0).round(),
        y: (top + 60.0).round(),
    };
    let mouse = MouseActions::new("mouse".to_owned()).then(there);
    page.client().perform_actions(mouse).await?;
    page.until_true("a card", "document.querySelector('.hover') !== null")
        .await?;
    let card = "const card = document.querySelector('.hover');
        return [...card.children].map((part) => part.innerText)";
    let told = page.client().execute(card, vec![]).await?;
    page.browser.screenshot("group-hover").await?;
    let part = |number: usize| told[number].as_str().unwrap_or_default().to_owned();
    let step: u64 = part(2).trim_start_matches("step ").parse().expect("a step");
    assert_eq!(part(0), "fetch · 240 tasks");
    // All 240 are told, each once, as the page tells them at that step.
    page.go(step).await?;
    let view = until(&page, "counts of that step", |view| {
        let counts = view["counts"].as_array();
        counts.is_some_and(|counts| {
            let told: Vec<String> = counts
                .iter()
                .map(|count| format!("{} {}", count[1], count[0].as_str().unwrap_or_default()))
                .collect();
            told.join(" · ") == part(1).replace('\u{a0}', " ")
        })
    })
    .await?;
    let counts = view["counts"].as_array().expect("counts").iter();
    assert_eq!(counts.filter_map(|count| count[1].as_u64()).sum::<u64>(), 240);
    page.close().await
}

/// On a telephone the group has its name and its counts above its picture, and a finger opens it.
#[tokio::test(flavor = "multi_thread")]
async fn a_finger_opens_a_group() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.run(CRAWLER).await?;
    page.go(241).await?;
    page.browser.become_small(390, 844).await?;
    page.press("pane-timeline").await?;
    page.browser.screenshot("group-phone").await?;
    press_group(&page).await?;
    let view = until(&page, "its lanes", |view| view["open"] == "true").await?;
    assert_eq!(names(&view, "lanes")[..2], ["Task-1", "Task-2"]);
    page.browser.screenshot("group-phone-open").await?;
    press_group(&page).await?;
    until(&page, "the group again", |view| view["open"] == "false").await?;
    page.close().await
}

/// Among many tasks a step is drawn in two frames: none is lost when a key is held, and in the end everything
/// shows the same one.
#[tokio::test(flavor = "multi_thread")]
async fn a_held_key_loses_no_step() -> Result<(), CmdError> {
    const BEHIND: &str = "
        const shown = () => document.querySelector('[data-testid=step-number]').dataset.frame;
        const last = () => document.querySelector('[data-testid=scrubber]').value;
        window.behind = 0;
        const look = () => {
            window.behind += shown() !== last();
            requestAnimationFrame(look);
        };
        look();";
    let page = Page::open().await?;
    page.run(CRAWLER).await?;
    let whole = page.go(281).await?;
    page.go(241).await?;
    page.client().execute(BEHIND, vec![]).await?;
    let body = page.client().find(Locator::Css(".page")).await?;
    body.send_keys(&"\u{e014}".repeat(40)).await?;
    let stepped = page.arrives(281).await?;
    assert_eq!(stepped, whole, "as it would be had one gone there at once");
    let behind = page.client().execute("return window.behind", vec![]).await?;
    assert!(behind.as_u64() > Some(0), "all was drawn at once");
    page.close().await
}
