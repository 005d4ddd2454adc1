//! What is made equal in the texts of a log: addresses, and everything that
//! tells how the library is written rather than what the program does.

use std::path::Path;

/// A text without addresses and source positions of the library.
pub(super) fn normal(text: &str, program: &str) -> String {
    let mut rest = text;
    let mut result = String::with_capacity(text.len());
    while let Some(place) = rest.find(" at ") {
        let (before, from) = rest.split_at(place);
        let after = &from[" at ".len()..];
        if let Some(length) = library_position(after, program) {
            let before = [", defined", " created"]
                .iter()
                .find_map(|word| before.strip_suffix(word))
                .unwrap_or(before);
            result.push_str(before);
            rest = &after[length..];
        } else if let Some(length) = address(after, 4) {
            result.push_str(before);
            result.push_str(" at 0x*");
            rest = &after[length..];
        } else {
            result.push_str(before);
            result.push_str(" at ");
            rest = after;
        }
    }
    result.push_str(rest);
    if result.contains("0x") {
        without_addresses(&result)
    } else {
        result
    }
}

/// Replaces the addresses that are long enough to be nothing else.
fn without_addresses(text: &str) -> String {
    let mut rest = text;
    let mut result = String::with_capacity(text.len());
    while let Some(place) = rest.find("0x") {
        let (before, from) = rest.split_at(place);
        result.push_str(before);
        let known = address(from, 11);
        result.push_str(if known.is_some() { "0x*" } else { "0x" });
        rest = &from[known.unwrap_or("0x".len())..];
    }
    result.push_str(rest);
    result
}

/// The length of the address with at least `least` digits that `text` begins with.
fn address(text: &str, least: usize) -> Option<usize> {
    let digits = text.strip_prefix("0x")?;
    let count = digits
        .find(|letter: char| !matches!(letter, '0'..='9' | 'a'..='f'))
        .unwrap_or(digits.len());
    let ends = !digits[count..].starts_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    ((least..=16).contains(&count) && ends).then_some("0x".len() + count)
}

/// The length of the `FILE:LINE` of a library file that `text` begins with.
fn library_position(text: &str, program: &str) -> Option<usize> {
    let file = file_length(text)?;
    let after = text[file..].strip_prefix(':')?;
    let digits = after
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(after.len());
    (digits > 0 && is_library(&text[..file], program)).then_some(file + 1 + digits)
}

/// The length of the file name that `text` begins with: `<frozen asyncio>` or up to a colon.
fn file_length(text: &str) -> Option<usize> {
    if text.starts_with("<frozen ") {
        return text.find('>').map(|end| end + 1);
    }
    text.find(|letter: char| letter.is_whitespace() || "]>,):".contains(letter))
        .filter(|end| *end > 0)
}

fn is_library(file: &str, program: &str) -> bool {
    let is_python = Path::new(file)
        .extension()
        .is_some_and(|extension| extension == "py");
    file != program && (file.starts_with("<frozen ") || (is_python && file.contains('/')))
}

/// What the lines after the last one belong to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Inside {
    #[default]
    Nothing,
    /// A frame of the program in a traceback.
    OwnFrame,
    /// A frame of the library in a traceback.
    LibraryFrame,
    /// A warning whose source line is the library's.
    Warning,
}

/// Drops frames of the library and marker lines from tracebacks, line by line.
#[derive(Debug, Default)]
pub(super) struct LineFilter {
    inside: Inside,
    /// Width of what stands left of a traceback in an exception group.
    margin: usize,
}

impl LineFilter {
    /// The line to log, or `None`.
    pub(super) fn feed(&mut self, line: &str, program: &str) -> Option<String> {
        if self.inside == Inside::Warning {
            if line.starts_with("  ") {
                return None;
            }
            self.inside = Inside::Nothing;
            if line.starts_with("RuntimeWarning: Enable tracemalloc") {
                return None;
            }
        }
        if let Some((margin, file)) = frame(line) {
            self.margin = margin;
            let own = file == program;
            self.inside = if own {
                Inside::OwnFrame
            } else {
                Inside::LibraryFrame
            };
            return own.then(|| line.to_owned());
        }
        if self.inside != Inside::Nothing {
            if let Some(rest) = self.within_margin(line) {
                let kept = self.inside == Inside::OwnFrame;
                if rest.starts_with("  ") {
                    let marks = rest.trim();
                    let marker = !marks.is_empty() && marks.chars().all(|mark| "^~ ".contains(mark));
                    return (kept && !marker).then(|| line.to_owned());
                }
                if rest.starts_with("[Previous line repeated") {
                    return kept.then(|| line.to_owned());
                }
            }
            self.inside = Inside::Nothing;
        }
        Some(self.warning(line, program).unwrap_or_else(|| line.to_owned()))
    }

    /// What follows the margin of the traceback, when the line has that margin.
    fn within_margin<'a>(&self, line: &'a str) -> Option<&'a str> {
        let (head, rest) = line.split_at_checked(self.margin)?;
        head.chars().all(|letter| " |+".contains(letter)).then_some(rest)
    }

    /// A warning that is located in the library, or nowhere.
    fn warning(&mut self, line: &str, program: &str) -> Option<String> {
        if !line.contains("Warning: ") {
            return None;
        }
        let nowhere = line
            .strip_prefix("sys:1: ")
            .map(|rest| format!("<sys>:0: {rest}"));
        let located = nowhere.or_else(|| {
            let rest = line[library_position(line, program)?..].strip_prefix(": ")?;
            Some(format!("<lib>: {rest}"))
        })?;
        self.inside = Inside::Warning;
        Some(located)
    }
}

/// The margin and the file of a line `  File "x.py", line 3, in f`.
fn frame(line: &str) -> Option<(usize, &str)> {
    let margin = line.find(|letter: char| !" |+".contains(letter))?;
    let (file, rest) = line[margin..].strip_prefix("File \"")?.split_once("\", line ")?;
    let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
    (digits > 0 && rest[digits..].starts_with(", in ")).then_some((margin, file))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filtered(lines: &[&str]) -> Vec<String> {
        let mut filter = LineFilter::default();
        lines
            .iter()
            .filter_map(|line| filter.feed(line, "prog.py"))
            .collect()
    }

    #[test]
    fn addresses_of_any_length_become_stars() {
        assert_eq!(
            normal("<function f at 0x920a48>", "prog.py"),
            "<function f at 0x*>"
        );
        assert_eq!(
            normal("<X at 0x7f00aa11bb22> 0x7f00aa11bb22,", "prog.py"),
            "<X at 0x*> 0x*,"
        );
    }

    #[test]
    fn short_numbers_stay() {
        assert_eq!(
            normal("flags 0x920a48, at 0xff and at noon", "prog.py"),
            "flags 0x920a48, at 0xff and at noon"
        );
        assert_eq!(
            normal("0x7f00aa11bb22zz at 0x123456_", "prog.py"),
            "0x7f00aa11bb22zz at 0x123456_"
        );
    }

    #[test]
    fn positions_in_the_library_go_and_those_of_the_program_stay() {
        let text = "<Task pending coro=<f() running at prog.py:4> created at <frozen asyncio>:12>";
        assert_eq!(
            normal(text, "prog.py"),
            "<Task pending coro=<f() running at prog.py:4>>"
        );
        assert_eq!(
            normal("<H g(), defined at /lib/asyncio/x.py:3>", "prog.py"),
            "<H g()>"
        );
    }

    #[test]
    fn tracebacks_keep_only_the_program() {
        let kept = filtered(&[
            "Traceback (most recent call last):",
            "  File \"prog.py\", line 9, in main",
            "    await work()",
            "    ~~~~~^^^^^^",
            "  File \"<frozen asyncio.tasks>\", line 5, in sleep",
            "    return await future",
            "           ^^^^^^^^^^^^",
            "  [Previous line repeated 3 more times]",
            "ValueError: x",
            "    indented text that follows",
        ]);
        let expected = [
            "Traceback (most recent call last):",
            "  File \"prog.py\", line 9, in main",
            "    await work()",
            "ValueError: x",
            "    indented text that follows",
        ];
        assert_eq!(kept, expected);
    }

    #[test]
    fn frames_in_exception_groups_keep_their_margin() {
        let kept = filtered(&[
            "    | Traceback (most recent call last):",
            "    |   File \"<frozen x>\", line 1, in a",
            "    |     hidden",
            "    |   File \"prog.py\", line 2, in b",
            "    |     shown",
            "    |     ^^^^^",
            "    | ValueError",
        ]);
        let expected = [
            "    | Traceback (most recent call last):",
            "    |   File \"prog.py\", line 2, in b",
            "    |     shown",
            "    | ValueError",
        ];
        assert_eq!(kept, expected);
    }

    #[test]
    fn warnings_of_the_library_lose_place_and_source() {
        let kept = filtered(&[
            "<frozen asyncio.events>:80: RuntimeWarning: coroutine 'f' was never awaited",
            "  self._context.run(self._callback, *self._args)",
            "RuntimeWarning: Enable tracemalloc to get the object allocation traceback",
            "sys:1: ResourceWarning: x",
            "prog.py:3: DeprecationWarning: y",
            "  mine()",
        ]);
        let expected = [
            "<lib>: RuntimeWarning: coroutine 'f' was never awaited",
            "<sys>:0: ResourceWarning: x",
            "prog.py:3: DeprecationWarning: y",
            "  mine()",
        ];
        assert_eq!(kept, expected);
    }
}
