//! A static file server for the built page, in the standard library alone.
//!
//! It is small enough to read, so that a test that fails fails in the page.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
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

/// Serves a folder on a free port of this machine until the process ends; returns the address,
/// with a slash at its end. Of files that begin with `without`, the server knows nothing.
pub(crate) fn serve(root: PathBuf, without: Option<&'static str>) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let root = root.clone();
            // A browser that closes a connection early is no fault of the page.
            thread::spawn(move || answer(connection, &root, without).ok());
        }
    });
    format!("http://{address}/")
}

fn answer(mut connection: TcpStream, root: &Path, without: Option<&str>) -> io::Result<()> {
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
    write!(
        connection,
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    connection.write_all(&body)
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
