//! Programs of the visitor's own.

use crate::page::{Page, of, shows};
use fantoccini::Locator;
use fantoccini::error::CmdError;
use loopscope::ui::scenarios::{ALL, default_index};

const HELLO: &str = "import asyncio\nasync def main():\n  await asyncio.sleep(1)\n  print('hello from here')\nasyncio.run(main())\n";

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_program_runs_and_its_output_is_shown() -> Result<(), CmdError> {
    let page = Page::open().await?;
    let view = page.run(HELLO).await?;
    assert_eq!(view["message"], "");
    let last = page.last_frame().await?;
    let view = page.go(last).await?;
    shows(&view, "output", "hello from here");
    let view = page.go(1).await?;
    shows(&view, "timers", "Task-1");
    page.close().await
}

/// A recorded run that lies beside the page is shown under the name of its own program, until another one is chosen.
#[tokio::test(flavor = "multi_thread")]
async fn a_recorded_run_is_opened_by_a_link() -> Result<(), CmdError> {
    const CHOSEN: &str =
        "return document.querySelector('[data-testid=scenario]').selectedOptions[0].textContent";
    let page = Page::open().await?;
    page.visit("trace=traces/semaphore.lscope&step=8").await?;
    let view = page
        .until("its program", |view| view["program"] == "semaphore.py")
        .await?;
    assert_eq!(view["frame"], 8);
    let chosen = page.client().execute(CHOSEN, vec![]).await?;
    assert_eq!(chosen, "semaphore.py");
    let chooser = page.client().find(Locator::Css(&of("scenario"))).await?;
    let first = ALL[0].file;
    chooser.select_by_value(first).await?;
    page.until("another program", |view| view["program"] == first)
        .await?;
    let chosen = page.client().execute(CHOSEN, vec![]).await?;
    assert_eq!(chosen, ALL[0].title.en);
    page.close().await
}

/// The recorded runs of the gallery are what the engine of the page gives.
#[tokio::test(flavor = "multi_thread")]
async fn a_live_run_of_each_scenario_looks_like_its_recording() -> Result<(), CmdError> {
    let page = Page::open().await?;
    let chooser = page.client().find(Locator::Css(&of("scenario"))).await?;
    // The page opens with the default one, and choosing it again would be no change.
    let (default, others): (Vec<_>, Vec<_>) =
        (0..).zip(&ALL).partition(|(index, _)| *index == default_index());
    for (_, scenario) in others.into_iter().chain(default) {
        let program = scenario.file;
        chooser.select_by_value(program).await?;
        page.until("its recording", |view| {
            view["program"] == program && view["stale"] == false
        })
        .await?;
        let last = page.last_frame().await?;
        let recorded = page.go(last).await?;
        page.press("run").await?;
        page.until("the end of the run", |view| view["busy"] == false)
            .await?;
        assert_eq!(page.last_frame().await?, last);
        let live = page.go(last).await?;
        for pane in ["sentence", "output", "waiting", "finished"] {
            assert_eq!(live[pane], recorded[pane], "{pane} of {program}");
        }
    }
    page.close().await
}

/// The worker is busy in one call and hears nothing: the page ends it.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_can_be_stopped_in_the_middle() -> Result<(), CmdError> {
    let page = Page::open().await?;
    let busy = "print('before')\nsum(range(10**12))\n";
    page.write(busy).await?;
    page.press("run").await?;
    page.until("a worker at work", |view| {
        view["busy"] == true && view["engine"] == "Running"
    })
    .await?;
    page.press("stop").await?;
    let view = page
        .until("the end of the run", |view| view["busy"] == false)
        .await?;
    shows(&view, "message", "You stopped the run.");
    assert_eq!(page.source().await?, busy);

    page.run(HELLO).await?;
    let view = page.go(page.last_frame().await?).await?;
    shows(&view, "output", "hello from here");
    page.close().await
}

/// A run that was cut off says who took its steps and why it did not end, and leads to what helps.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_does_not_end_says_why_and_what_helps() -> Result<(), CmdError> {
    const POLL: &str = "# loopscope: limit_steps=300
import asyncio
done = False
async def worker():
    global done
    await asyncio.sleep(1)
    done = True
async def poll():
    while not done:
        await asyncio.sleep(0)
async def main():
    w = asyncio.create_task(worker(), name='worker')
    p = asyncio.create_task(poll(), name='poll')
    await w
asyncio.run(main())
";
    let page = Page::open().await?;
    let view = page.run(POLL).await?;
    for part in [
        "Stopped after 300 steps. poll took 298 of them, and the clock stood still.",
        "Line 10, await asyncio.sleep(0), does not wait: it puts poll straight back",
        "so the timer of worker at 1.00 s is not due.",
    ] {
        shows(&view, "message", part);
    }
    page.press("leads").await?;
    let view = page.arrives(3).await?;
    shows(&view, "seat", "poll");
    assert_eq!(view["message"], "");

    let end = page.last_frame().await?;
    page.go(end).await?;
    page.press("farther").await?;
    // The loop lets the clock go on when it has turned in vain for long.
    let view = page.until("the longer run", |view| {
        view["busy"] == false && view["stale"] == false
    });
    let view = view.await?;
    assert_eq!(view["message"], "");
    shows(&view, "finished", "poll");
    assert_eq!(page.source().await?, POLL.replace("=300", "=3000"));

    // What was edited since is not run as it was, and never lost.
    page.run(POLL).await?;
    page.write(&POLL.replace("sleep(0)", "sleep(0.1)")).await?;
    page.until("an edit", |view| view["stale"] == true).await?;
    let farther = page.client().find_all(Locator::Css(&of("farther"))).await?;
    assert!(farther.is_empty(), "a button would bring back what was edited");
    page.close().await
}

/// The clock moves on for ever, and the run with it.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_only_ticks_says_what_its_end_waits_for() -> Result<(), CmdError> {
    const TICKS: &str = "# loopscope: limit_steps=200
import asyncio
async def tick():
    while True:
        await asyncio.sleep(0.5)
async def main():
    await asyncio.create_task(tick(), name='ticker')
asyncio.run(main())
";
    let page = Page::open().await?;
    let view = page.run(TICKS).await?;
    shows(
        &view,
        "message",
        "ticker took 199 of them, and the clock is at 99.",
    );
    shows(
        &view,
        "message",
        "The run ends only when Task-1 does. Task-1 waits",
    );
    page.close().await
}
