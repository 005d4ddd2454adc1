//! Every word on screen comes from the table: no component holds text of its own.
//!
//! Sources are read as tokens. Inside `html!`, text stands in braces, `{ "text" }`, and words for
//! people in attributes such as `title`. What `ui::tags` makes takes text as an argument, and attributes
//! as pairs of name and value.
#![cfg(all(feature = "ui", not(target_arch = "wasm32")))]
#![allow(clippy::expect_used, reason = "a source that cannot be read is a failed test")]

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Attributes that are read, aloud or on screen.
const READ: [&str; 5] = ["title", "label", "placeholder", "alt", "roledescription"];
/// Functions that make elements, and which of their arguments is text.
const TAKES: [(&str, usize); 2] = [("plain", 0), ("words", 2)];
/// What is the same in every language: the name of the product, and keys of a keyboard.
const NAMES: [&str; 2] = ["Loopscope", "Ctrl+Enter"];

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// The words of a string literal; nothing for other literals, and for text without a word.
fn words(tree: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = tree else {
        return None;
    };
    let literal = literal.to_string();
    let text = literal.strip_prefix('"')?.strip_suffix('"')?.to_owned();
    let worded = text.chars().any(char::is_alphabetic) && !NAMES.contains(&text.as_str());
    worded.then_some(text)
}

fn is_read(attribute: &str) -> bool {
    READ.contains(&attribute.strip_prefix("aria-").unwrap_or(attribute))
}

/// Words among the arguments of a call, or in a pair of name and value.
fn handed(callee: Option<&str>, arguments: &TokenStream, found: &mut Vec<String>) {
    let trees: Vec<TokenTree> = arguments.clone().into_iter().collect();
    let mut arguments = trees.split(|tree| matches!(tree, TokenTree::Punct(comma) if comma.as_char() == ','));
    let takes = TAKES.iter().find(|(name, _)| callee == Some(*name));
    if let Some((_, place)) = takes {
        // The words may be the beginning of more, as in `"text".to_owned()`.
        found.extend(arguments.nth(*place).and_then(|text| words(text.first()?)));
    } else if callee.is_none()
        && let [TokenTree::Literal(name), _, value, ..] = &trees[..]
        && is_read(name.to_string().trim_matches('"'))
    {
        found.extend(words(value));
    }
}

/// Words of its own that a stretch of tokens shows; `drawn` inside `html!`.
fn shown(stream: TokenStream, drawn: bool, found: &mut Vec<String>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    for (place, tree) in trees.iter().enumerate() {
        let before = |back: usize| place.checked_sub(back).map(|place| trees[place].to_string());
        if let TokenTree::Group(group) = tree {
            let macro_body = before(1).as_deref() == Some("!") && before(2).as_deref() == Some("html");
            let attribute = before(1).as_deref() == Some("=");
            if group.delimiter() == Delimiter::Parenthesis {
                let callee = match place.checked_sub(1).map(|place| &trees[place]) {
                    Some(TokenTree::Ident(callee)) => Some(callee.to_string()),
                    _ => None,
                };
                handed(callee.as_deref(), &group.stream(), found);
            }
            let drawn = macro_body || drawn && !attribute;
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            if let [only] = &inner[..]
                && drawn
                && group.delimiter() == Delimiter::Brace
            {
                found.extend(words(only));
            }
            shown(group.stream(), drawn, found);
        } else if drawn && before(1).as_deref() == Some("=") && before(2).is_some_and(|name| is_read(&name)) {
            found.extend(words(tree));
        }
    }
}

#[test]
fn no_component_holds_words_of_its_own() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui"), &mut files);
    assert!(files.len() > 30, "the sources of the page are elsewhere");
    let mut found = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file).expect("a source");
        let mut words = Vec::new();
        shown(source.parse().expect("Rust"), false, &mut words);
        found.extend(
            words
                .into_iter()
                .map(|text| format!("{}: {text:?}", file.display())),
        );
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn words_of_its_own_are_found() {
    let source = r#"fn f() { html! { <p title="Go on">{ "Hello" }<b>{ text(Key::Ok) }</b></p> }; g("no") }"#;
    let mut found = Vec::new();
    shown(source.parse().expect("Rust"), false, &mut found);
    assert_eq!(found, ["Go on", "Hello"]);

    let source = r#"fn f() {
        let attributes = [("class", "btn"), ("aria-label", "Close it"), ("title", text(Key::Ok)), ("title", "Shut")];
        let inside = vec![plain("All"), plain(text(Key::Ok)), words("b", "some class", "is".to_owned() + more), plain(" · ")];
        tag("p", &attributes, vec![el("b", "class", inside), words("b", "", told)])
    }"#;
    let mut found = Vec::new();
    shown(source.parse().expect("Rust"), false, &mut found);
    assert_eq!(found, ["Close it", "Shut", "All", "is"]);
}

/// The page fetches Chinese as a file of its own. `make words` writes it from the tables.
#[test]
fn the_page_learns_the_chinese_of_the_tables() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/words.zh.txt");
    let tables = loopscope::ui::i18n::chinese_file();
    if std::env::var_os("LOOPSCOPE_WRITE_WORDS").is_some() {
        fs::write(&path, &tables).expect("a file that can be written");
    }
    let file = fs::read_to_string(&path).unwrap_or_default();
    let differs = file.lines().zip(tables.lines()).position(|(old, new)| old != new);
    assert!(
        file == tables,
        "static/words.zh.txt is not what the tables say (first in line {}): `make words` writes it anew",
        differs.map_or(file.lines().count() + 1, |line| line + 1)
    );
}
