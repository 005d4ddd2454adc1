//! The README in both languages: the same commands, keys and links, whatever is said around them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a README that cannot be read is a failed test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const ENGLISH: &str = "README.md";
const CHINESE: &str = "README.zh-CN.md";

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect(name)
}

/// The lines of all blocks of code. What follows a `#` is for people.
fn commands(readme: &str) -> Vec<String> {
    let blocks = readme.split("```").skip(1).step_by(2);
    let lines = blocks.flat_map(str::lines);
    let lines = lines.map(|line| line.split(" #").next().unwrap_or(line).trim_end().to_owned());
    lines.collect()
}

/// Code within lines, and where links lead, without the link to the other language.
fn named(readme: &str) -> BTreeSet<String> {
    let text: String = readme.split("```").step_by(2).collect();
    let code = text.split('`').skip(1).step_by(2).map(str::to_owned);
    let links = text
        .split("](")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()));
    code.chain(links)
        .filter(|name| name != ENGLISH && name != CHINESE)
        .collect()
}

#[test]
fn both_languages_name_the_same_commands_keys_and_links() {
    let (english, chinese) = (read(ENGLISH), read(CHINESE));
    assert!(commands(&english).len() > 10);
    assert_eq!(commands(&english), commands(&chinese));
    assert_eq!(named(&english), named(&chinese));
    assert!(english.contains(&format!("]({CHINESE})")) && chinese.contains(&format!("]({ENGLISH})")));
}

#[test]
fn every_link_leads_to_a_file() {
    for name in named(&read(CHINESE)) {
        let path = Path::new(&name);
        if !name.contains("://") && path.extension().is_some_and(|end| end == "md" || end == "png") {
            let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            assert!(whole.exists(), "{name}");
        }
    }
}
