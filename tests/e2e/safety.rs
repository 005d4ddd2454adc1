//! Programs that go wrong: each ends in a clear message, the text stays, and the next run works.

use crate::page::{Page, shows};
use fantoccini::error::CmdError;

/// What is printed before it goes wrong must be in the picture.
async fn ends_with(page: &Page, source: &str, messages: &[&str]) -> Result<(), CmdError> {
    let view = page.run(source).await?;
    for message in messages {
        shows(&view, "message", message);
    }
    if source.contains("print('before')") {
        let view = page.go(page.last_frame().await?).await?;
        shows(&view, "output", "before");
    }
    assert_eq!(page.source().await?, source, "the text stays");
    Ok(())
}

async fn works_again(page: &Page) -> Result<(), CmdError> {
    let view = page.run("print(6 * 7)\n").await?;
    assert_eq!(view["message"], "");
    let view = page.go(page.last_frame().await?).await?;
    shows(&view, "output", "42");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_loop_is_stopped() -> Result<(), CmdError> {
    let page = Page::open().await?;
    let lines = "without an await";
    ends_with(&page, "print('before')\nwhile True: pass\n", &["Stopped", lines]).await?;
    works_again(&page).await?;
    ends_with(
        &page,
        "import asyncio\nprint('before')\nasync def main():\n  while True: await asyncio.sleep(0)\nasyncio.run(main())\n",
        &["Stopped after 100,000 steps."],
    )
    .await?;
    works_again(&page).await?;
    ends_with(
        &page,
        "print('before')\nwhile True: print('again and again')\n",
        &["Stopped"],
    )
    .await?;
    works_again(&page).await?;
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_named_with_their_line() -> Result<(), CmdError> {
    let page = Page::open().await?;
    ends_with(
        &page,
        "print('never')\nif True\n  pass\n",
        &["cannot run yet", "Line 2", "expected ':'"],
    )
    .await?;
    ends_with(
        &page,
        "print('before')\ndef f():\n  return 1 / 0\nf()\n",
        &[
            "An exception ended the program.",
            "ZeroDivisionError: division by zero",
        ],
    )
    .await?;
    ends_with(
        &page,
        "import asyncio\nasync def main():\n  print('before')\n  await asyncio.Event().wait()\nasyncio.run(main())\n",
        &["Deadlock.", "Task-1"],
    )
    .await?;
    works_again(&page).await?;
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn too_deep_and_too_big_end_the_run_alone() -> Result<(), CmdError> {
    let page = Page::open().await?;
    ends_with(
        &page,
        "print('before')\ndef f(): return f()\nf()\n",
        &["RecursionError"],
    )
    .await?;
    ends_with(&page, "print('before')\nx = [0] * 10**10\n", &["MemoryError"]).await?;
    works_again(&page).await?;
    ends_with(
        &page,
        "print('before')\ns = 'x'\nwhile True: s += s\n",
        &["memory"],
    )
    .await?;
    works_again(&page).await?;
    ends_with(
        &page,
        "print('before')\nx = []\nwhile True: x.append('y' * 10**6)\n",
        &["memory"],
    )
    .await?;
    works_again(&page).await?;
    page.close().await
}

/// Nobody presses Stop here: the page itself gives up on a worker that says nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_falls_silent_is_given_up() -> Result<(), CmdError> {
    let page = Page::open().await?;
    ends_with(
        &page,
        "print('before')\nsum(range(10**12))\n",
        &["busy for 10 seconds"],
    )
    .await?;
    works_again(&page).await?;
    page.close().await
}
