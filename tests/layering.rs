//! The rules of the house that no compiler checks.
//!
//! Layers only look down, the two lowest know neither browser nor interpreter nor clock, colours
//! live in one file, and files stay short. An offence reads `file:line: reason`. Sources are read
//! as tokens, so that what a comment says is free.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a source that cannot be read is a failed test")]

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::fs;
use std::path::{Path, PathBuf};

/// Lowest first; each may name what stands before it. The page is an exception, see [`may_name`].
const LAYERS: [&str; 5] = ["trace", "sched", "python", "session", "ui"];

/// `(layers, what an identifier begins with, the reason)`.
const BANNED: &[(&[&str], &str, &str)] = &[
    (&["trace", "sched"], "web_sys", "knows no browser"),
    (&["trace", "sched"], "js_sys", "knows no browser"),
    (&["trace", "sched"], "wasm_bindgen", "knows no browser"),
    (&["trace", "sched"], "yew", "knows no browser"),
    (&["trace", "sched"], "gloo", "knows no browser"),
    (
        &["trace", "sched", "session", "ui", "bin"],
        "rustpython",
        "leaves the interpreter to `python`",
    ),
    (
        &["trace", "sched", "python", "session"],
        "Instant",
        "knows no wall clock",
    ),
    (
        &["trace", "sched", "python", "session"],
        "SystemTime",
        "knows no wall clock",
    ),
    (
        &["trace", "sched"],
        "HashMap",
        "has no order that differs between runs",
    ),
    (
        &["trace", "sched"],
        "HashSet",
        "has no order that differs between runs",
    ),
    (&["trace", "sched"], "getrandom", "has no randomness of its own"),
    (&["trace", "sched"], "unsafe", "is safe Rust"),
];

const MAX_LINES: usize = 500;
const COLOURS: &str = "static/tokens.css";

/// One token, with groups flattened to their delimiters.
struct Token {
    text: String,
    line: usize,
    literal: bool,
}

fn flatten(stream: TokenStream, into: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                into.push(Token {
                    text: open.to_owned(),
                    line,
                    literal: false,
                });
                flatten(group.stream(), into);
                into.push(Token {
                    text: close.to_owned(),
                    line: group.span_close().start().line,
                    literal: false,
                });
            }
            TokenTree::Literal(literal) => into.push(Token {
                text: literal.to_string(),
                line,
                literal: true,
            }),
            other => into.push(Token {
                text: other.to_string(),
                line,
                literal: false,
            }),
        }
    }
}

fn is_text(tokens: &[Token], at: usize, text: &str) -> bool {
    tokens.get(at).is_some_and(|token| token.text == text)
}

/// Whether `::` stands at `at`.
fn is_separator(tokens: &[Token], at: usize) -> bool {
    is_text(tokens, at, ":") && is_text(tokens, at + 1, ":")
}

/// Every path below a root that ends just before `at`, use trees written out; returns where it ended.
fn expand(
    tokens: &[Token],
    mut at: usize,
    mut path: Vec<String>,
    found: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    let mut line = tokens.get(at - 1).map_or(0, |token| token.line);
    while is_separator(tokens, at) {
        at += 2;
        if is_text(tokens, at, "{") {
            at += 1;
            while at < tokens.len() && !is_text(tokens, at, "}") {
                let mut branch = path.clone();
                branch.push(tokens[at].text.clone());
                at = expand(tokens, at + 1, branch, found);
                // An alias (`as name`) and the comma before the next branch.
                while at < tokens.len() && !is_text(tokens, at, "}") {
                    at += 1;
                    if is_text(tokens, at - 1, ",") {
                        break;
                    }
                }
            }
            return at + 1;
        }
        let Some(segment) = tokens.get(at) else { break };
        line = segment.line;
        path.push(segment.text.clone());
        at += 1;
    }
    found.push((line, path));
    at
}

/// The paths that begin at the crate's root, each with its line and without the root.
fn paths_from_root(tokens: &[Token]) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let continued = at >= 2 && is_separator(tokens, at - 2);
        if !continued && ["crate", "loopscope", "super"].contains(&token.text.as_str()) {
            expand(tokens, at + 1, Vec::new(), &mut found);
        }
    }
    for (_, path) in &mut found {
        path.retain(|segment| segment != "super");
    }
    found
}

/// Whether a layer may name a path from the crate's root. The page draws traces and sends
/// messages: it never reaches the scheduler or the interpreter.
fn may_name(layer: &str, path: &[String]) -> bool {
    let rank = |name: &str| LAYERS.iter().position(|layer| *layer == name);
    let Some(named) = path.first().and_then(|first| rank(first)) else {
        return true;
    };
    let Some(own) = rank(layer) else { return true };
    if layer == "ui" {
        return match path[0].as_str() {
            "trace" | "ui" => true,
            "session" => path.get(1).is_some_and(|second| second == "messages"),
            _ => false,
        };
    }
    named <= own
}

/// The layer that a file belongs to: `src/trace/ids.rs` and `src/trace.rs` are both `trace`.
fn layer_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    let first = inside.split('/').next()?;
    Some(first.strip_suffix(".rs").unwrap_or(first))
}

/// The hexadecimal colours in a text, and the `rgb(…)` and `hsl(…)` ones.
fn colours(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('#') {
        let rest = &text[at + 1..];
        let digits = rest.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(rest.len());
        let ends = !rest[digits..].starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_');
        // `&#123;` is a character, not a colour.
        if [3, 4, 6, 8].contains(&digits) && ends && !text[..at].ends_with('&') {
            found.push(&text[at..=at + digits]);
        }
    }
    for function in ["rgb(", "rgba(", "hsl(", "hsla("] {
        found.extend(text.match_indices(function).map(|(_, name)| name));
    }
    found
}

fn colour_offence(path: &str, line: usize, colour: &str) -> String {
    format!("{path}:{line}: the colour {colour} belongs into {COLOURS}")
}

fn offences_in_rust(path: &str, text: &str) -> Vec<String> {
    let mut offences = Vec::new();
    if !text.starts_with("//!") {
        offences.push(format!(
            "{path}:1: a file opens with `//!`: what it is and why it is there"
        ));
    }
    let lines = text.lines().count();
    if lines > MAX_LINES {
        offences.push(format!(
            "{path}:{lines}: a file has at most {MAX_LINES} lines: split it by concept"
        ));
    }
    let Some(layer) = layer_of(path) else {
        return offences;
    };
    let stream = match text.parse::<TokenStream>() {
        Ok(stream) => stream,
        Err(error) => {
            offences.push(format!("{path}:{}: not Rust: {error}", error.span().start().line));
            return offences;
        }
    };
    let mut tokens = Vec::new();
    flatten(stream, &mut tokens);
    for (line, named) in paths_from_root(&tokens) {
        if !may_name(layer, &named) {
            offences.push(format!(
                "{path}:{line}: `{layer}` may not name `{}`",
                named.join("::")
            ));
        }
    }
    for (at, token) in tokens.iter().enumerate() {
        let documentation = at >= 2 && is_text(&tokens, at - 2, "doc") && is_text(&tokens, at - 1, "=");
        if token.literal && !documentation {
            let found = colours(&token.text);
            offences.extend(
                found
                    .into_iter()
                    .map(|colour| colour_offence(path, token.line, colour)),
            );
        }
        for (layers, begin, reason) in BANNED {
            if !token.literal && layers.contains(&layer) && token.text.starts_with(begin) {
                offences.push(format!(
                    "{path}:{}: `{layer}` {reason}: {}",
                    token.line, token.text
                ));
            }
        }
    }
    offences
}

fn offences_in_style(path: &str, text: &str) -> Vec<String> {
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(at, line)| {
            colours(line)
                .into_iter()
                .map(move |c| colour_offence(path, at + 1, c))
        })
        .collect()
}

/// Every file below a folder (or the file itself), sorted, as paths from the root of the package.
fn files_below(root: &Path, start: &str) -> Vec<String> {
    let mut open: Vec<PathBuf> = vec![root.join(start)];
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                fs::read_dir(&path)
                    .expect("a readable folder")
                    .flatten()
                    .map(|entry| entry.path()),
            );
        } else if path.is_file() {
            let inside = path.strip_prefix(root).expect("a path below the root");
            files.push(inside.to_string_lossy().replace('\\', "/"));
        }
    }
    files.sort();
    files
}

fn with_extension(files: Vec<String>, extensions: &[&str]) -> Vec<String> {
    let has = |file: &String| {
        file.rsplit_once('.')
            .is_some_and(|(_, end)| extensions.contains(&end))
    };
    files.into_iter().filter(has).collect()
}

#[test]
fn the_sources_keep_the_rules_of_the_house() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut offences = Vec::new();
    for start in ["src", "tests", "benches", "build.rs"] {
        for file in with_extension(files_below(root, start), &["rs"]) {
            let text = fs::read_to_string(root.join(&file)).expect("a readable source");
            offences.extend(offences_in_rust(&file, &text));
        }
    }
    // Images are left out: an icon cannot read the tokens.
    for start in ["static", "index.html", "src/ui/codemirror"] {
        for file in with_extension(files_below(root, start), &["css", "html", "js"]) {
            if file != COLOURS {
                let text = fs::read_to_string(root.join(&file)).expect("a readable file");
                offences.extend(offences_in_style(&file, &text));
            }
        }
    }
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
}

#[test]
fn every_layer_has_sources() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for layer in LAYERS {
        assert!(
            !files_below(root, &format!("src/{layer}")).is_empty(),
            "src/{layer} is empty: nothing is checked"
        );
    }
}

#[track_caller]
fn check(path: &str, body: &str, expected: &[&str]) {
    let offences = offences_in_rust(path, &format!("//! About.\n{body}\n"));
    assert_eq!(offences, expected, "{body}");
}

#[test]
fn a_layer_may_not_look_up() {
    check(
        "src/trace/ids.rs",
        "use crate::sched::Task;",
        &["src/trace/ids.rs:2: `trace` may not name `sched::Task`"],
    );
    check(
        "src/sched/mod.rs",
        "\nfn f() { crate::python::run() }",
        &["src/sched/mod.rs:3: `sched` may not name `python::run`"],
    );
    check(
        "src/sched/mod.rs",
        "use crate::{trace::Event, ui::{app, scale as s}, sched};",
        &[
            "src/sched/mod.rs:2: `sched` may not name `ui::app`",
            "src/sched/mod.rs:2: `sched` may not name `ui::scale`",
        ],
    );
    check(
        "src/trace/a/b.rs",
        "use super::super::sched;",
        &["src/trace/a/b.rs:2: `trace` may not name `sched`"],
    );
    check(
        "src/python/vm.rs",
        "use crate::{sched::Loop, trace::{self, Event}};",
        &[],
    );
}

#[test]
fn the_page_sees_traces_and_messages_only() {
    check(
        "src/ui/app.rs",
        "use crate::session::{messages::Run, run};",
        &["src/ui/app.rs:2: `ui` may not name `session::run`"],
    );
    check(
        "src/ui/app.rs",
        "use crate::session;",
        &["src/ui/app.rs:2: `ui` may not name `session`"],
    );
    check(
        "src/ui/app.rs",
        "use crate::sched::Loop;",
        &["src/ui/app.rs:2: `ui` may not name `sched::Loop`"],
    );
    check(
        "src/ui/app.rs",
        "use crate::{session::messages::Run, trace::Event, ui::scale};",
        &[],
    );
}

#[test]
fn what_a_layer_must_not_know_is_found() {
    check(
        "src/trace/mod.rs",
        "use std::collections::HashMap;",
        &["src/trace/mod.rs:2: `trace` has no order that differs between runs: HashMap"],
    );
    check(
        "src/sched/mod.rs",
        "fn f() { unsafe {} }",
        &["src/sched/mod.rs:2: `sched` is safe Rust: unsafe"],
    );
    check(
        "src/session/run.rs",
        "use rustpython_vm::VirtualMachine;",
        &["src/session/run.rs:2: `session` leaves the interpreter to `python`: rustpython_vm"],
    );
    check(
        "src/python/clock.rs",
        "use std::time::Instant;",
        &["src/python/clock.rs:2: `python` knows no wall clock: Instant"],
    );
}

#[test]
fn comments_and_strings_may_name_anything() {
    check(
        "src/trace/mod.rs",
        "// crate::sched, HashMap\n/// `crate::ui`, #123\nconst A: &str = \"yew\";",
        &[],
    );
}

#[test]
fn colours_are_found() {
    check(
        "src/ui/app.rs",
        "const A: &str = \"fill: #F59E1F\";",
        &["src/ui/app.rs:2: the colour #F59E1F belongs into static/tokens.css"],
    );
    check(
        "src/ui/app.rs",
        "const A: &str = \"#main {:#?} {:#010x} &#123; #tasks\";",
        &[],
    );
    assert_eq!(
        offences_in_style("static/a.css", "p {\n  color: rgba(0, 0, 0, 1);\n}").len(),
        1
    );
}

#[test]
fn long_and_silent_files_are_found() {
    let silent = offences_in_rust("build.rs", "fn main() {}\n");
    assert_eq!(
        silent,
        ["build.rs:1: a file opens with `//!`: what it is and why it is there"]
    );
    let long = offences_in_rust("tests/a.rs", &"//! line\n".repeat(MAX_LINES + 1));
    assert_eq!(
        long,
        ["tests/a.rs:501: a file has at most 500 lines: split it by concept"]
    );
}
