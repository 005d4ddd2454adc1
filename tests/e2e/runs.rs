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
