//! A static file server for the built page, in the standard library alone.
//!
//! It is small enough to read, so that a test that fails fails in the page.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

/// The folder with the built page. An end-to-end test cannot say anything without it.
pub(crate) fn dist() -> PathBuf {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist");
    for file in ["index.html", "loopscope-engine_bg.wasm"] {
        assert!(
            dist.join(file).is_file(),
            "dist/{file} is missing: build the page first with `trunk build --release` (`make test` does both)"
        );
    }
    dist
}

/// How a line from the server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// The second half of a file is held back.
    Half,
    /// All is well.
    Whole,
    /// Nothing comes through.
    Cut,
}

/// The line over which a file comes, while others come as they always do.
#[derive(Clone, Debug)]
pub(crate) struct Slow {
    /// How the name of the file begins.
    pub(crate) file: &'static str,
    /// Whether its length is told.
    pub(crate) measured: bool,
    line: Arc<(Mutex<Line>, Condvar)>,
}

impl Slow {
    /// A line that holds back the second half of this file.
    pub(crate) fn of(file: &'static str, measured: bool) -> Self {
        let line = Arc::new((Mutex::new(Line::Half), Condvar::new()));
        Self { file, measured, line }
    }

    /// From now on the line is like this.
    pub(crate) fn becomes(&self, line: Line) {
        *self.line.0.lock().expect("a line") = line;
        self.line.1.notify_all();
    }

    fn is_cut(&self) -> bool {
        *self.line.0.lock().expect("a line") == Line::Cut
    }

    fn write(&self, connection: &mut TcpStream, body: &[u8]) -> io::Result<()> {
        let (first, second) = body.split_at(body.len() / 2);
        connection.write_all(first)?;
        let line = self.line.0.lock().expect("a line");
        drop(
            self.line
                .1
                .wait_while(line, |line| *line == Line::Half)
                .expect("a line"),
        );
        connection.write_all(second)
    }
}

/// Serves a folder on a free port of this machine until the process ends; returns the address,
/// with a slash at its end. Of files that begin with `without`, the server knows nothing.
pub(crate) fn serve(root: PathBuf, without: Option<&'static str>) -> String {
    serve_with(move |connection| answer(connection, &root, without, None))
}

/// The same over a line where one file is slow.
pub(crate) fn serve_slowly(root: PathBuf, slow: Slow) -> String {
    serve_with(move |connection| {
        if slow.is_cut() {
            return Ok(());
        }
        answer(connection, &root, None, Some(&slow))
    })
}

fn serve_with(answer: impl Fn(TcpStream) -> io::Result<()> + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = listener.local_addr().expect("an address");
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            // A browser that closes a connection early is no fault of the page.
            thread::spawn(move || answer(connection).ok());
        }
    });
    format!("http://{address}/")
}

fn answer(
    mut connection: TcpStream,
    root: &Path,
    without: Option<&str>,
    slow: Option<&Slow>,
) -> io::Result<()> {
    let mut request = BufReader::new(connection.try_clone()?);
    let mut first = String::new();
    request.read_line(&mut first)?;
    let mut header = String::new();
    while request.read_line(&mut header)? > 2 {
        header.clear();
    }
    let url = first.split(' ').nth(1).unwrap_or("/");
    let path = url
        .split(['?', '#'])
        .next()
        .unwrap_or("/")
        .trim_start_matches('/');
    let index = if path.is_empty() || path.ends_with('/') {
        "index.html"
    } else {
        ""
    };
    let file = root.join(format!("{path}{index}"));
    let hidden = without.is_some_and(|without| path.starts_with(without));
    let body = if hidden || path.split('/').any(|part| part == "..") {
        None
    } else {
        fs::read(&file).ok()
    };
    let Some(body) = body else {
        return connection
            .write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    };
    let kind = media_type(&file);
    let slow = slow.filter(|slow| path.starts_with(slow.file));
    write!(
        connection,
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nConnection: close\r\n"
    )?;
    if slow.is_none_or(|slow| slow.measured) {
        write!(connection, "Content-Length: {}\r\n", body.len())?;
    }
    write!(connection, "\r\n")?;
    match slow {
        Some(slow) => slow.write(&mut connection, &body),
        None => connection.write_all(&body),
    }
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("py") => "text/plain; charset=utf-8",
        Some("svg") => "image/svg+xml",
        // Compiling while it arrives works with this type only.
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
