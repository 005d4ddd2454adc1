//! Names fly when a step is made, and only then; what flies is gone when it has arrived.

use crate::page::Page;
use fantoccini::error::CmdError;
use serde_json::{Value, json};

/// Writes down every name that takes off, with the frame it flies to: it may have landed before anybody looks.
const WATCH: &str = "
    window.seen = [];
    const frame = () => Number(document.querySelector('[data-testid=step-number]').dataset.frame);
    new MutationObserver(changes => {
        for (const change of changes) for (const name of change.addedNodes)
            if (name.nodeType === 1) window.seen.push([frame(), name.textContent, name.classList.contains('f-run')]);
    }).observe(document.querySelector('.flights'), { childList: true });";

/// Whether nothing is in the air, and every name in the picture can be seen again.
const AT_REST: &str = "return document.querySelector('.flights').children.length === 0
    && document.querySelector('.board [data-spot][style]') === null
    && document.getAnimations().length === 0;";

async fn seen(page: &Page) -> Result<Vec<Value>, CmdError> {
    let mut looks = 0;
    while page.client().execute(AT_REST, vec![]).await? != json!(true) {
        looks += 1;
        assert!(looks < 400, "somebody is in the air for ever");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let seen = page
        .client()
        .execute("return window.seen.splice(0)", vec![])
        .await?;
    Ok(seen.as_array().cloned().unwrap_or_default())
}

/// The default scenario: main starts, then three tasks run one after the other.
#[tokio::test(flavor = "multi_thread")]
async fn names_fly_when_a_step_is_made() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.go(0).await?;
    page.client().execute(WATCH, vec![]).await?;
    let mut to_the_seat = 0;
    let mut woken = 0;
    for frame in 1..=20 {
        page.press("step-forward").await?;
        let view = page.arrives(frame).await?;
        for flight in seen(&page).await? {
            assert_eq!(flight[0], json!(frame), "flies to another frame: {flight}");
            let name = flight[1].as_str().unwrap_or_default();
            let (place, count) = if flight[2] == json!(true) {
                ("seat", &mut to_the_seat)
            } else {
                ("ready", &mut woken)
            };
            let there = view[place].as_str().unwrap_or_default();
            assert!(
                there.contains(name),
                "{name} flies to {place}, where there is {there:?}"
            );
            *count += 1;
        }
    }
    assert!(
        to_the_seat >= 5 && woken >= 2,
        "{to_the_seat} to the seat, {woken} woken"
    );

    page.press("step-back").await?;
    page.arrives(19).await?;
    page.go(3).await?;
    assert_eq!(seen(&page).await?, Vec::<Value>::new(), "back and jumps cut");
    page.close().await
}
