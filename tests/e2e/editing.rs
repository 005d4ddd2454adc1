//! The editor as somebody uses it who writes a program: types, errs, mends, stops at lines, and loses nothing.

use crate::page::{Page, of, shows};
use crate::server::dist;
use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use loopscope::trace::EventKind;
use loopscope::ui::recording::Recording;
use serde_json::{Value, json};
use std::fs;

const SELECT_ALL: &str = "\u{e009}a\u{e000}";
const UNDO: &str = "\u{e009}z\u{e000}";
const REDO: &str = "\u{e009}y\u{e000}";
const RUN: &str = "\u{e009}\u{e007}\u{e000}";
const TAB: &str = "\u{e004}";
const SHIFT_TAB: &str = "\u{e008}\u{e004}\u{e000}";
const ESCAPE: &str = "\u{e00c}";
const F9: &str = "\u{e039}";
const RUN_TO_LINE: &str = "\u{e009}\u{e03a}\u{e000}";
const HELLO: &str = "print('hello from the past')\n";
/// Of the scenario that the page opens with: `print("made", item)`.
const LINE: u32 = 9;

impl Page {
    async fn all(&self, selector: &str) -> Result<Vec<Element>, CmdError> {
        self.client().find_all(Locator::Css(selector)).await
    }

    /// Waits until an expression is true in the page.
    async fn until_holds(&self, expression: &str) -> Result<(), CmdError> {
        let script = format!("Boolean({expression})");
        self.until_true(expression, &script).await
    }

    async fn until_source(&self, source: &str) -> Result<(), CmdError> {
        let held = format!("document.querySelector('{}')?.value", of("source"));
        self.until_holds(&format!("{held} === {}", json!(source))).await
    }

    /// What stands beside a line, in one of the two columns there.
    async fn beside(&self, column: &str, line: usize) -> Result<Element, CmdError> {
        let numbers = self.all(".cm-lineNumbers .cm-gutterElement").await?;
        for (place, number) in numbers.iter().enumerate() {
            if number.text().await? == line.to_string() && number.is_displayed().await? {
                let column = self.all(&format!("{column} .cm-gutterElement")).await?;
                return Ok(column.into_iter().nth(place).expect("columns of one length"));
            }
        }
        panic!("line {line} is not in view");
    }
}

/// The frame after one in which the recorded run of the default scenario runs [`LINE`].
fn runs_line(after: u32) -> u64 {
    let bytes = fs::read(dist().join("traces/producer_consumer.lscope")).expect("a recorded run");
    let recording = Recording::read(&bytes).expect("a trace");
    let ran = |kind: &EventKind| matches!(kind, EventKind::LinesRan { lines } if lines.contains(&LINE));
    u64::from(recording.next_with(after, &ran).expect("a step runs the line"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_editor_arrives_after_the_first_picture_and_stays_for_offline() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.editor().await?;
    let order = "
        const of = (part) => performance.getEntriesByType('resource').find((entry) => entry.name.includes(part));
        return of('codemirror.js').startTime > of('.lscope').responseEnd;";
    assert_eq!(page.client().execute(order, vec![]).await?, true);
    let copy = "
        const done = arguments[0];
        const look = async () => (await caches.match(new URL('codemirror.js', document.baseURI))) ? done(true) : setTimeout(look, 50);
        look();";
    assert_eq!(page.client().execute_async(copy, vec![]).await?, true);
    page.close().await
}

/// Typed as a person types: the editor indents, and one mistake is seen where it is.
#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_is_seen_at_its_place_and_mended() -> Result<(), CmdError> {
    const WRONG: &str = "import asyncio\nasync def main():\n    await asyncio.sleep(1)\n    print('mended'";
    let page = Page::open().await?;
    let editor = page.editor().await?;
    let typed = "import asyncio\nasync def main():\nawait asyncio.sleep(1)\nprint('mended'";
    editor.send_keys(&format!("{SELECT_ALL}{typed}")).await?;
    assert_eq!(page.source().await?, WRONG, "lines of a block are indented");
    editor.send_keys(RUN).await?;
    let place = Locator::Css(".cm-line.err .wrong");
    let wrong = page.client().wait().for_element(place).await?;
    assert!(wrong.text().await?.contains('('), "{}", wrong.text().await?);
    let message = page.client().find(Locator::Css(&of("mistake"))).await?;
    let told = message.text().await?;
    assert!(told.contains("'(' was never closed"), "{told}");
    page.browser.screenshot("editor-mistake").await?;

    editor.send_keys(")").await?;
    page.until_holds(&format!("!document.querySelector('{}')", of("mistake")))
        .await?;
    editor
        .send_keys(&format!("\n{SHIFT_TAB}asyncio.run(main())\n{RUN}"))
        .await?;
    let view = page
        .until("what it prints", |view| {
            view["busy"] == false && view["stale"] == false
        })
        .await?;
    shows(&view, "output", "mended");

    // What goes wrong while the program runs is seen at its line, too.
    page.run("def f():\n    return 1 / 0\nf()\n").await?;
    let message = page
        .client()
        .wait()
        .for_element(Locator::Css(&of("mistake")))
        .await?;
    let told = message.text().await?;
    assert!(told.contains("division by zero"), "{told}");
    let line = page.client().find(Locator::Css(".cm-line.err")).await?;
    assert_eq!(line.text().await?.trim_end(), "    return 1 / 0");
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn tab_indents_and_escape_leaves() -> Result<(), CmdError> {
    let page = Page::open().await?;
    let editor = page.editor().await?;
    let original = page.source().await?;
    editor.send_keys(&format!("{SELECT_ALL}pass{TAB}")).await?;
    assert_eq!(page.source().await?, "    pass");
    editor.send_keys(SHIFT_TAB).await?;
    assert_eq!(page.source().await?, "pass");
    // What is typed quickly is undone at once, so it takes as many as letters at most.
    editor.send_keys(&UNDO.repeat(8)).await?;
    assert_eq!(page.source().await?, original);
    editor.send_keys(&REDO.repeat(8)).await?;
    assert_eq!(page.source().await?, "pass");
    editor.send_keys(&format!("{ESCAPE}{TAB}")).await?;
    let outside =
        "return document.activeElement !== document.body && !document.activeElement.closest('.program')";
    assert_eq!(page.client().execute(outside, vec![]).await?, true);
    // Keys are the picture's again, and E leads back.
    page.key('e').await?;
    page.until_holds("document.activeElement.matches('.cm-content')")
        .await?;
    editor.send_keys("\u{e010}e").await?;
    assert_eq!(page.source().await?, "passe", "the editor keeps all keys");
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn playing_pauses_at_a_breakpoint_and_a_click_runs_to_a_line() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.editor().await?;
    page.go(0).await?;
    let line = usize::try_from(LINE).expect("a small number");
    page.beside(".cm-stops", line).await?.click().await?;
    let words = page.client().find(Locator::Css(".cm-line .unseen")).await?;
    assert_eq!(words.prop("textContent").await?.as_deref(), Some("breakpoint "));
    page.browser.screenshot("editor-breakpoint").await?;
    let first = runs_line(0);
    let plays = "document.querySelector('[data-testid=play]').ariaLabel === 'Play'";
    page.key('5').await?;
    for frame in [first, runs_line(u32::try_from(first).expect("a small number"))] {
        page.key(' ').await?;
        page.arrives(frame).await?;
        page.until_holds(plays).await?;
        assert_eq!(page.view().await?["frame"], frame, "it stays");
    }

    // Where the mark is, the key takes it away; where it is not, it sets one.
    let lines = page.all(".cm-line").await?;
    lines.get(line - 1).expect("the line").click().await?;
    let editor = page.editor().await?;
    let stops = "document.querySelectorAll('.cm-stops .stop').length";
    for left in [0, 1, 0] {
        editor.send_keys(F9).await?;
        // One more is there, unseen, that keeps the column's width.
        page.until_holds(&format!("{stops} === {left} + 1")).await?;
    }

    page.go(0).await?;
    page.beside(".cm-lineNumbers", line).await?.click().await?;
    page.arrives(first).await?;
    let lines = page.all(".cm-line").await?;
    lines.get(line - 1).expect("the line").click().await?;
    editor.send_keys(RUN_TO_LINE).await?;
    page.arrives(runs_line(u32::try_from(first).expect("a small number")))
        .await?;
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_there_after_a_reload() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.editor().await?;
    let original = page.source().await?;
    page.write(HELLO).await?;
    page.visit("").await?;
    page.until_source(HELLO).await?;
    page.editor().await?;
    let view = page.view().await?;
    assert_eq!(view["stale"], true, "it says that the picture is of another text");
    page.browser.screenshot("editor-restored").await?;
    page.press("original").await?;
    page.until_source(&original).await?;
    page.press("bring-back").await?;
    page.until_source(HELLO).await?;
    // What is put away for good does not come back.
    page.press("undo-all").await?;
    page.until_source(&original).await?;
    page.press("forget").await?;
    page.visit("").await?;
    page.until_source(&original).await?;
    page.editor().await?;
    assert!(page.all(&of("kept")).await?.is_empty());
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn choosing_another_program_can_be_undone() -> Result<(), CmdError> {
    const OTHER: &str = "cancellation.py";
    let page = Page::open().await?;
    page.write(HELLO).await?;
    let choose = async || {
        let chooser = page.client().find(Locator::Css(&of("scenario"))).await?;
        chooser.select_by_value(OTHER).await?;
        page.until("the other program", |view| {
            view["program"] == OTHER && view["stale"] == false
        })
        .await
    };
    choose().await?;
    let note = page
        .client()
        .find(Locator::Css(&of("kept")))
        .await?
        .text()
        .await?;
    assert!(note.contains("producer_consumer.py"), "{note}");
    let body = page.client().find(Locator::Css(".page")).await?;
    body.send_keys(UNDO).await?;
    page.until_source(HELLO).await?;
    assert_eq!(page.view().await?["program"], "producer_consumer.py");

    choose().await?;
    page.editor().await?.send_keys(UNDO).await?;
    page.until_source(HELLO).await?;
    choose().await?;
    page.press("bring-back").await?;
    page.until_source(HELLO).await?;
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_page_does_not_take_the_place_of_the_first() -> Result<(), CmdError> {
    const SECOND: &str = "print('of the second page')\n";
    let page = Page::open().await?;
    page.write(HELLO).await?;
    let first = page.client().window().await?;
    let second = page.client().new_window(true).await?;
    page.client().switch_to_window(second.handle).await?;
    page.visit("").await?;
    let editor = page.editor().await?;
    editor.send_keys(&format!("{SELECT_ALL}{SECOND}")).await?;
    page.client().refresh().await?;
    page.until_source(SECOND).await?;
    page.client().switch_to_window(first).await?;
    assert_eq!(page.source().await?, HELLO);
    page.client().refresh().await?;
    page.until_source(HELLO).await?;
    page.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_and_runs_what_was_typed() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.write(HELLO).await?;
    page.until_holds("location.hash.startsWith('#code=')").await?;
    let hash = page.client().execute("return location.hash", vec![]).await?;
    page.close().await?;

    let other = Page::open_at(hash.as_str().expect("a hash")).await?;
    let view = other
        .until("what it prints", |view| {
            view["stale"] == false && view["busy"] == false
        })
        .await?;
    shows(&view, "output", "hello from the past");
    assert_eq!(other.source().await?, HELLO);
    // Too long for an address: nothing is cut, it is left out.
    other.write(&format!("# {}\n", "long ".repeat(2000))).await?;
    other.until_holds("location.hash === ''").await?;
    other.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_editor_a_plain_text_area_works() -> Result<(), CmdError> {
    let page = Page::open_without(Some("codemirror")).await?;
    page.until_holds(
        "performance.getEntriesByType('resource').some((entry) => entry.name.includes('codemirror'))",
    )
    .await?;
    let view = page.run(HELLO).await?;
    shows(&view, "output", "hello from the past");
    page.client().refresh().await?;
    page.until_source(HELLO).await?;
    assert!(page.all(".cm-content").await?.is_empty());
    Ok(())
}

/// One hand, thumb below: the text is a tab, and what fingers type arrives.
#[tokio::test(flavor = "multi_thread")]
async fn a_program_is_typed_on_a_telephone() -> Result<(), CmdError> {
    let page = Page::open().await?;
    page.browser.become_small(390, 844).await?;
    page.press("pane-code").await?;
    let editor = page.editor().await?;
    editor.click().await?;
    editor
        .send_keys(&format!("{SELECT_ALL}print('by thumb')"))
        .await?;
    assert_eq!(page.source().await?, "print('by thumb')");
    page.browser.screenshot("editor-phone").await?;
    page.press("run").await?;
    page.until("the end of the run", |view: &Value| {
        view["busy"] == false && view["stale"] == false
    })
    .await?;
    page.press("pane-output").await?;
    page.until("what it prints", |view| {
        crate::page::text(view, "output").contains("by thumb")
    })
    .await?;
    page.close().await
}
