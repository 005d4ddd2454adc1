//! What is left out before texts of two implementations are compared: everything that tells how
//! the library is written and where it lies. Carets under lines of the program stay.

/// What CPython's library is called in recordings.
const LIBRARY: &str = "<lib>/";

/// The text without frames of the library, positions in it, addresses and times of timers.
pub(crate) fn comparable(text: &str, program: &str) -> String {
    let mut result = String::new();
    // The margin of a frame of the library whose lines are being left out.
    let mut library_frame: Option<String> = None;
    let mut library_warning = false;
    for line in text.lines() {
        if std::mem::take(&mut library_warning) && line.starts_with("  ") {
            continue;
        }
        if let Some((margin, file)) = frame(line) {
            library_frame = (file != program && is_library(file)).then(|| margin.to_owned());
            if library_frame.is_some() {
                continue;
            }
        } else if let Some(margin) = &library_frame {
            let inside = line.strip_prefix(margin.as_str());
            if inside.is_some_and(|rest| rest.starts_with("  ") || rest.starts_with("[Previous line")) {
                continue;
            }
            library_frame = None;
        }
        match library_place(line) {
            Some(rest) => {
                library_warning = true;
                result.push_str("<lib>");
                result.push_str(rest);
            }
            None => result.push_str(&without_places(line)),
        }
        result.push('\n');
    }
    result
}

fn is_library(file: &str) -> bool {
    file.starts_with(LIBRARY) || file.starts_with("<frozen ")
}

/// The margin and the file of a line `  File "x.py", line 3, in f`.
fn frame(line: &str) -> Option<(&str, &str)> {
    let margin = line.find(|letter: char| !" |+".contains(letter))?;
    let (file, rest) = line[margin..].strip_prefix("File \"")?.split_once("\", line ")?;
    rest.contains(", in ").then_some((&line[..margin], file))
}

/// What follows the place of a warning that is located in the library.
fn library_place(line: &str) -> Option<&str> {
    if !is_library(line) {
        return None;
    }
    let end = line.find(": ").filter(|end| {
        line[..*end]
            .rsplit(':')
            .next()
            .is_some_and(|number| number.parse::<u32>().is_ok())
    })?;
    Some(&line[end..])
}

fn without_places(line: &str) -> String {
    let line = replace(line, "0x", "0x*", |rest| {
        let digits = rest.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(rest.len());
        (digits >= 4).then_some(digits)
    });
    let line = replace(&line, "when=", "when=*", |rest| {
        rest.find(|c: char| !c.is_ascii_digit() && c != '.')
            .filter(|length| *length > 0)
    });
    // Where a module lies; a frozen one lies nowhere.
    let line = replace(&line, "(<lib>/", "(unknown location)", |rest| {
        rest.find(')').map(|end| end + 1)
    });
    // ` at FILE:LINE` after a callback of the library.
    let mut line = line;
    for before in [", defined at ", " created at ", " at "] {
        for library in [LIBRARY, "<frozen "] {
            line = replace(&line, &format!("{before}{library}"), "", |rest| {
                let end = rest.find(':')? + 1;
                let digits = rest[end..].find(|c: char| !c.is_ascii_digit())?;
                Some(end + digits)
            });
        }
    }
    line
}

/// Puts `new` in place of `start` and of as much as `length` says of what follows.
fn replace(text: &str, start: &str, new: &str, length: impl Fn(&str) -> Option<usize>) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(start) {
        let after = &rest[at + start.len()..];
        result.push_str(&rest[..at]);
        if let Some(length) = length(after) {
            result.push_str(new);
            rest = &after[length..];
        } else {
            result.push_str(start);
            rest = after;
        }
    }
    result.push_str(rest);
    result
}
