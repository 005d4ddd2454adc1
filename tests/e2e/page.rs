//! The page as somebody in front of it sees and uses it.

use crate::browser::Browser;
use crate::server::{dist, serve};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// The slowest thing is the first run: loading and compiling the interpreter on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
const GLANCE: Duration = Duration::from_millis(30);

/// What all panes show, as text, taken in one look. The cursor is a number, or null without a picture.
const LOOK: &str = "
    const shown = (id) => document.querySelector(`[data-testid=${id}]`);
    const text = (id) => (shown(id)?.innerText ?? '').replace(/\\s+/g, ' ').trim();
    const frame = shown('step-number')?.dataset.frame;
    return {
        frame: frame === undefined ? null : Number(frame),
        busy: shown('stop') !== null,
        program: document.querySelector('.program b')?.innerText ?? '',
        stale: document.querySelector('.stalenote') !== null,
        clock: [...document.querySelectorAll('.readout dd')].at(-1)?.innerText ?? '',
        seat: text('seat'), ready: text('ready'), timers: text('timers'), waiting: text('waiting'),
        finished: text('finished'), sentence: text('sentence'), output: text('output'),
        message: text('message'), engine: text('engine-status'),
        dialog: document.querySelector('dialog') !== null,
    };";

/// The built page in a browser.
pub(crate) struct Page {
    pub(crate) browser: Browser,
    address: String,
    /// Whether the plain text area stays, for want of the editor.
    plain: bool,
}

impl Page {
    /// Opens the page and waits for its first picture.
    pub(crate) async fn open() -> Result<Self, CmdError> {
        Self::open_without(None).await
    }

    /// The same behind a server that lacks files that begin so.
    pub(crate) async fn open_without(files: Option<&'static str>) -> Result<Self, CmdError> {
        Self::open_with("", files).await
    }

    /// Opens the page at a query.
    pub(crate) async fn open_at(query: &str) -> Result<Self, CmdError> {
        Self::open_with(query, None).await
    }

    /// Opens the page, whether or not it will have a picture to show.
    pub(crate) async fn open_bare(without: Option<&'static str>) -> Result<Self, CmdError> {
        let page = Self {
            browser: Browser::open().await,
            address: serve(dist(), without),
            plain: without == Some("codemirror"),
        };
        page.client().goto(&format!("{}?tour=0", page.address)).await?;
        Ok(page)
    }

    /// Opens the page at a query as a visitor would who comes for the first time.
    pub(crate) async fn open_first(query: &str) -> Result<Self, CmdError> {
        let page = Self::of(Browser::open().await, serve(dist(), None));
        page.visit_first(query).await?;
        Ok(page)
    }

    async fn open_with(query: &str, without: Option<&'static str>) -> Result<Self, CmdError> {
        let page = Self {
            plain: without == Some("codemirror"),
            ..Self::of(Browser::open().await, serve(dist(), without))
        };
        page.visit(query).await?;
        Ok(page)
    }

    /// A browser that shall look at what is served at an address.
    pub(crate) const fn of(browser: Browser, address: String) -> Self {
        Self {
            browser,
            address,
            plain: false,
        }
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Goes to the page at a query, and waits for its first picture. Whoever comes has seen the tour.
    pub(crate) async fn visit(&self, query: &str) -> Result<(), CmdError> {
        let query = format!("?tour=0&{}", query.trim_start_matches('?'));
        self.visit_first(&query).await
    }

    /// The same as a visitor would who comes for the first time.
    pub(crate) async fn visit_first(&self, query: &str) -> Result<(), CmdError> {
        self.client().goto(&format!("{}{query}", self.address)).await?;
        self.until("the first picture", |view| view["frame"].is_u64())
            .await?;
        Ok(())
    }

    pub(crate) const fn client(&self) -> &Client {
        &self.browser.client
    }

    /// What is on screen.
    pub(crate) async fn view(&self) -> Result<Value, CmdError> {
        self.client().execute(LOOK, vec![]).await
    }

    /// Looks until `seen` is true of what is on screen, and returns it.
    pub(crate) async fn until(&self, what: &str, seen: impl Fn(&Value) -> bool) -> Result<Value, CmdError> {
        let began = Instant::now();
        loop {
            let view = self.view().await?;
            if seen(&view) {
                return Ok(view);
            }
            assert!(
                began.elapsed() < PATIENCE,
                "waited in vain for {what}; the page shows {view:#}"
            );
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Looks until a script's expression is true.
    pub(crate) async fn until_true(&self, what: &str, script: &str) -> Result<(), CmdError> {
        let began = Instant::now();
        while self.client().execute(&format!("return {script}"), vec![]).await? != true {
            assert!(began.elapsed() < PATIENCE, "waited in vain for {what}");
            tokio::time::sleep(GLANCE).await;
        }
        Ok(())
    }

    /// Presses a control, by its `data-testid`.
    pub(crate) async fn press(&self, id: &str) -> Result<(), CmdError> {
        self.client().find(Locator::Css(&of(id))).await?.click().await
    }

    /// Presses a key while the focus is in the page, but not in the editor.
    pub(crate) async fn key(&self, key: char) -> Result<(), CmdError> {
        let page = self.client().find(Locator::Css(".page")).await?;
        page.send_keys(&key.to_string()).await
    }

    /// Waits until the cursor is at a frame, and returns what is there.
    pub(crate) async fn arrives(&self, frame: u64) -> Result<Value, CmdError> {
        self.until(&format!("frame {frame}"), |view| view["frame"] == frame)
            .await
    }

    /// Goes to a frame with the scrubber.
    pub(crate) async fn go(&self, frame: u64) -> Result<Value, CmdError> {
        let script = "
            const scrubber = document.querySelector('[data-testid=scrubber]');
            scrubber.value = arguments[0];
            scrubber.dispatchEvent(new InputEvent('input', { bubbles: true }));";
        self.client().execute(script, vec![json!(frame)]).await?;
        self.arrives(frame).await
    }

    /// The last frame of the run on screen.
    pub(crate) async fn last_frame(&self) -> Result<u64, CmdError> {
        let scrubber = self.client().find(Locator::Css(&of("scrubber"))).await?;
        let last = scrubber.attr("max").await?.and_then(|max| max.parse().ok());
        Ok(last.expect("a scrubber ends somewhere"))
    }

    /// What the editor holds.
    pub(crate) async fn source(&self) -> Result<String, CmdError> {
        let area = self.client().find(Locator::Css(&of("source"))).await?;
        Ok(area.prop("value").await?.unwrap_or_default())
    }

    /// The editor, when it has taken the place of the plain text area, or that where there is none.
    pub(crate) async fn editor(&self) -> Result<Element, CmdError> {
        let place = if self.plain { "textarea" } else { ".cm-content" };
        let place = format!("{place}{}", of("source"));
        self.client().wait().for_element(Locator::Css(&place)).await
    }

    /// Replaces the program by pasting another one: lines that are typed would be indented by the editor.
    pub(crate) async fn write(&self, source: &str) -> Result<(), CmdError> {
        const SELECT_ALL: &str = "\u{e009}a\u{e000}";
        const PASTE: &str = "\u{e009}v\u{e000}";
        let editor = self.editor().await?;
        let copy = "navigator.clipboard.writeText(arguments[0]).then(() => arguments[1](true))";
        self.client().execute_async(copy, vec![json!(source)]).await?;
        editor.send_keys(&format!("{SELECT_ALL}{PASTE}")).await?;
        assert_eq!(self.source().await?, source);
        Ok(())
    }

    /// Runs a program and waits until it has ended, one way or another.
    pub(crate) async fn run(&self, source: &str) -> Result<Value, CmdError> {
        self.write(source).await?;
        self.press("run").await?;
        self.until("the end of the run", |view| {
            view["busy"] == false && (view["stale"] == false || view["message"] != "")
        })
        .await
    }

    /// Nothing went wrong that a visitor would not see.
    pub(crate) async fn close(self) -> Result<(), CmdError> {
        assert_eq!(self.browser.console_errors().await?, Vec::<String>::new());
        Ok(())
    }
}

/// The selector of a `data-testid`.
pub(crate) fn of(id: &str) -> String {
    format!("[data-testid={id}]")
}

/// A text of what is on screen.
#[track_caller]
pub(crate) fn text<'a>(view: &'a Value, pane: &str) -> &'a str {
    view[pane].as_str().expect("a pane")
}

/// Asserts that a pane shows `part`.
#[track_caller]
pub(crate) fn shows(view: &Value, pane: &str, part: &str) {
    assert!(text(view, pane).contains(part), "no {part:?} in {pane}: {view:#}");
}
