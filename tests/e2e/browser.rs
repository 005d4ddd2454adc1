//! A headless Chromium of its own for each test, driven through WebDriver.
//!
//! The browser must not outlive the test, however it ends: [`Driver`] asks chromedriver to shut
//! down, which closes its browsers, and a killed chromedriver would leave them running.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::error::CmdError;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A chromedriver process on a port of its own.
struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    fn start() -> Self {
        let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let port = TcpListener::bind(("127.0.0.1", 0))
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let process = Command::new(&program)
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("{program} does not start ({error}): install Chromium and its chromedriver (`make test` does)")
            });
        let driver = Self { process, port };
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(
                began.elapsed() < Duration::from_secs(60),
                "{program} does not answer on port {port}"
            );
            thread::sleep(Duration::from_millis(50));
        }
        driver
    }

    /// Asks for the end of all sessions and of the process; whether it was understood.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port))?;
        connection.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(
            connection,
            "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        )?;
        connection.read_to_end(&mut Vec::new())?;
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if self.shut_down().is_err() {
            self.process.kill().ok();
        }
        self.process.wait().ok();
    }
}

/// One browser window. It closes when this is dropped.
pub(crate) struct Browser {
    /// Finds, clicks, types and waits.
    pub(crate) client: Client,
    _driver: Driver,
}

impl Browser {
    /// Starts Chromium with the arguments of `webdriver.json`, which the tests of wasm-pack use too.
    pub(crate) async fn open() -> Self {
        let settings = include_str!("../../webdriver.json");
        let mut capabilities: Capabilities = serde_json::from_str(settings).expect("webdriver.json is JSON");
        capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        capabilities.insert("timeouts".to_owned(), json!({ "script": 120_000 }));
        let driver = Driver::start();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .expect("chromedriver starts a browser: both must be of one version");
        // As visitors are asked once, when they paste.
        let clipboard = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        let granted = client
            .issue_cmd(DevTools("Browser.grantPermissions", clipboard))
            .await;
        granted.expect("a clipboard");
        Self {
            client,
            _driver: driver,
        }
    }

    /// Keeps a picture of the window as `target/screenshots/NAME.png`.
    pub(crate) async fn screenshot(&self, name: &str) -> Result<(), CmdError> {
        let folder = screenshots();
        fs::create_dir_all(&folder).expect("a folder for screenshots");
        fs::write(
            folder.join(format!("{name}.png")),
            self.client.screenshot().await?,
        )
        .expect("a screenshot");
        Ok(())
    }

    /// What the page has written to the console as an error since the last call. Failed
    /// downloads and panics of the page are among it.
    pub(crate) async fn console_errors(&self) -> Result<Vec<String>, CmdError> {
        let log = self.client.issue_cmd(ConsoleLog).await?;
        let entries = log.as_array().into_iter().flatten();
        let severe = entries.filter(|entry| entry["level"] == "SEVERE");
        Ok(severe
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect())
    }

    /// Presses and lets go of a key, wherever the focus is.
    pub(crate) async fn press_key(&self, value: char) -> Result<(), CmdError> {
        let press = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        self.client.perform_actions(press).await
    }

    /// Runs a script in every page to come, before any of its own.
    pub(crate) async fn before_pages(&self, source: &str) -> Result<(), CmdError> {
        let command = DevTools(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": source }),
        );
        self.client.issue_cmd(command).await.map(drop)
    }

    /// Presses a key while another one is held.
    pub(crate) async fn press_chord(&self, held: char, value: char) -> Result<(), CmdError> {
        let chord = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value })
            .then(KeyAction::Up { value: held });
        self.client.perform_actions(chord).await
    }

    /// Types a text, wherever the focus is.
    pub(crate) async fn type_text(&self, text: &str) -> Result<(), CmdError> {
        let typing = text
            .chars()
            .fold(KeyActions::new("keyboard".to_owned()), |typing, value| {
                typing
                    .then(KeyAction::Down { value })
                    .then(KeyAction::Up { value })
            });
        self.client.perform_actions(typing).await
    }

    /// Lets a media feature, such as `prefers-reduced-motion`, have a value.
    pub(crate) async fn prefer(&self, feature: &str, value: &str) -> Result<(), CmdError> {
        let features = json!({ "features": [{ "name": feature, "value": value }] });
        let command = DevTools("Emulation.setEmulatedMedia", features);
        self.client.issue_cmd(command).await.map(drop)
    }

    /// Gives the screen of a telephone fingers, too.
    pub(crate) async fn become_touched(&self) -> Result<(), CmdError> {
        let touch = json!({ "enabled": true, "maxTouchPoints": 5 });
        let command = DevTools("Emulation.setTouchEmulationEnabled", touch);
        self.client.issue_cmd(command).await.map(drop)
    }

    /// Makes the window one of a telephone.
    pub(crate) async fn become_small(&self, width: u32, height: u32) -> Result<(), CmdError> {
        self.become_screen(
            json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true }),
        )
        .await
    }

    /// Gives the window a size on a desk.
    pub(crate) async fn become_wide(&self, width: u32, height: u32) -> Result<(), CmdError> {
        self.become_screen(
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        )
        .await
    }

    async fn become_screen(&self, screen: serde_json::Value) -> Result<(), CmdError> {
        let command = DevTools("Emulation.setDeviceMetricsOverride", screen);
        self.client.issue_cmd(command).await.map(drop)
    }
}

fn screenshots() -> PathBuf {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    scratch.parent().unwrap_or(scratch).join("screenshots")
}

/// The console's messages since they were last asked for: a command of chromedriver's own.
#[derive(Debug)]
struct ConsoleLog;

impl WebDriverCompatibleCommand for ConsoleLog {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

/// A command of the developer tools, by name and with arguments: chromedriver's own, too.
#[derive(Debug)]
struct DevTools(&'static str, serde_json::Value);

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({ "cmd": self.0, "params": self.1 });
        (http::Method::POST, Some(body.to_string()))
    }
}
