//! Programs that go wrong: each ends in a clear message and the picture until then, the text stays, and
//! the next run works.

use crate::page::{Page, shows};
use fantoccini::error::CmdError;

/// A program, what the page says about it, and what its output shows in the end.
type Case = (&'static str, &'static [&'static str], &'static str);

async fn all_end_well(cases: &[Case]) -> Result<(), CmdError> {
    let page = Page::open().await?;
    for (source, messages, output) in cases {
        let view = page.run(source).await?;
        for message in *messages {
            shows(&view, "message", message);
        }
        assert_eq!(page.source().await?, *source, "the text stays");
        let view = page.go(page.last_frame().await?).await?;
        shows(&view, "output", output);

        let view = page.run("print(6 * 7)\n").await?;
        assert_eq!(view["message"], "", "after {source}");
        let view = page.go(page.last_frame().await?).await?;
        shows(&view, "output", "42");
    }
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_never_ends_is_stopped() -> Result<(), CmdError> {
    const TURNS: &str = "import asyncio
print('before')
async def main():
 while True: await asyncio.sleep(0)
asyncio.run(main())
";
    all_end_well(&[
        (
            "print('before')\nwhile True: pass\n",
            &["lines without an await", "line 2"],
            "before",
        ),
        (TURNS, &["Stopped after 100,000 steps."], "before"),
        (
            "while True: print('again')\n",
            &["Stopped: the program printed more than"],
            "again",
        ),
    ])
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_named_with_their_place() -> Result<(), CmdError> {
    const DEADLOCK: &str = "import asyncio
async def main():
 print('before')
 await asyncio.Event().wait()
asyncio.run(main())
";
    const RAISES: &str = "print('before')\ndef f(): return 1 / 0\nf()\n";
    all_end_well(&[
        (
            RAISES,
            &[
                "An exception ended the program. ZeroDivisionError: division by zero",
                "line 2, in f",
            ],
            "before",
        ),
        (DEADLOCK, &["Deadlock.", "Task-1"], "before"),
    ])
    .await
}

/// A program that cannot start leaves the picture of the run before.
#[tokio::test(flavor = "multi_thread")]
async fn a_syntax_error_keeps_the_picture() -> Result<(), CmdError> {
    const WRONG: &str = "print('never')\nif True\n pass\n";
    let page = Page::open().await?;
    page.run("print('the run before')\n").await?;
    let view = page.run(WRONG).await?;
    for message in ["The program cannot run yet.", "Line 2", "expected ':'"] {
        shows(&view, "message", message);
    }
    shows(&view, "output", "the run before");
    assert_eq!(page.source().await?, WRONG);
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn too_deep_and_too_big_end_the_run_alone() -> Result<(), CmdError> {
    all_end_well(&[
        (
            "print('before')\ndef f(): return f()\nf()\n",
            &["RecursionError"],
            "before",
        ),
        ("print('before')\nx = [0] * 10**9\n", &["MemoryError"], "before"),
        // An index has 32 bits in a browser.
        (
            "print('before')\nx = [0] * 10**10\n",
            &["OverflowError"],
            "before",
        ),
        (
            "print('before')\ns = 'x'\nwhile True: s += s\n",
            &["memory"],
            "before",
        ),
        (
            "print('before')\nx = []\nwhile True: x.append('y' * 10**6)\n",
            &["memory"],
            "before",
        ),
        (
            "print('before')\nx = []\nfor _ in range(10**5): x = [x]\nprint(x)\n",
            &["The interpreter broke down.", "stack"],
            "before",
        ),
    ])
    .await
}

/// Nobody presses Stop here: the page itself gives up on a worker that says nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_falls_silent_is_given_up() -> Result<(), CmdError> {
    const SILENT: &str = "print('before')\nsum(range(10**12))\n";
    all_end_well(&[(SILENT, &["busy for 10 seconds"], "before")]).await
}
