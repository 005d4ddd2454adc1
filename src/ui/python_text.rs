//! Python source as the page shows it: keywords, strings, comments, and nothing else.
//!
//! Colour is taken by the states of tasks, so code gets weight only. A line is
//! split by itself; a string over several lines is followed by [`Lines`].

/// What a piece of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Names, numbers, operators, blanks.
    Plain,
    /// A keyword.
    Keyword,
    /// `await` or `async`: where a task may rest.
    Await,
    /// A string.
    Text,
    /// A comment.
    Comment,
}

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub text: &'a str,
}

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "break", "class", "continue", "def", "del", "elif",
    "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Splits line after line, remembering an open triple-quoted string.
#[derive(Debug, Default)]
pub struct Lines {
    open: Option<&'static str>,
}

impl Lines {
    /// The pieces of the next line; together they are the line.
    pub fn pieces<'a>(&mut self, line: &'a str) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut rest = line;
        if let Some(quote) = self.open {
            let end = rest.find(quote).map(|place| place + quote.len());
            rest = take(&mut pieces, Kind::Text, rest, end.unwrap_or(rest.len()));
            if end.is_some() {
                self.open = None;
            }
        }
        while let Some(first) = rest.chars().next() {
            let (kind, length) = if first == '#' {
                (Kind::Comment, rest.len())
            } else if first == '"' || first == '\'' {
                (Kind::Text, self.string_length(rest))
            } else if is_letter(first) {
                word(rest)
            } else {
                let plain = |c: char| c != '#' && c != '"' && c != '\'' && !is_letter(c);
                (Kind::Plain, rest.find(|c| !plain(c)).unwrap_or(rest.len()))
            };
            rest = take(&mut pieces, kind, rest, length);
        }
        pieces
    }

    /// Length of the string that `rest` begins with.
    fn string_length(&mut self, rest: &str) -> usize {
        for quote in ["\"\"\"", "'''"] {
            if let Some(inner) = rest.strip_prefix(quote) {
                if let Some(end) = inner.find(quote) {
                    return end + 2 * quote.len();
                }
                self.open = Some(quote);
                return rest.len();
            }
        }
        let mut escaped = false;
        let quote = rest.chars().next();
        for (place, c) in rest.char_indices().skip(1) {
            if !escaped && Some(c) == quote {
                return place + c.len_utf8();
            }
            escaped = !escaped && c == '\\';
        }
        rest.len()
    }
}

fn word(rest: &str) -> (Kind, usize) {
    let length = rest
        .find(|c: char| !is_letter(c) && !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let kind = match &rest[..length] {
        "await" | "async" => Kind::Await,
        name if KEYWORDS.contains(&name) => Kind::Keyword,
        _ => Kind::Plain,
    };
    (kind, length)
}

fn take<'a>(pieces: &mut Vec<Piece<'a>>, kind: Kind, rest: &'a str, length: usize) -> &'a str {
    let (text, rest) = rest.split_at(length);
    pieces.push(Piece { kind, text });
    rest
}

/// A line without its comment.
pub fn without_comment(line: &str) -> String {
    let pieces = Lines::default().pieces(line);
    pieces
        .iter()
        .filter(|piece| piece.kind != Kind::Comment)
        .map(|piece| piece.text)
        .collect()
}

/// Whether a name may begin with it. Which letters of other scripts Python takes is more than a picture needs.
const fn is_letter(c: char) -> bool {
    c == '_' || c.is_ascii_alphabetic() || !c.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(lines: &mut Lines, line: &str) -> Vec<(Kind, String)> {
        let pieces = lines.pieces(line);
        let whole: String = pieces.iter().map(|piece| piece.text).collect();
        assert_eq!(whole, line, "nothing is lost");
        pieces
            .iter()
            .filter(|piece| piece.kind != Kind::Plain)
            .map(|piece| (piece.kind, piece.text.to_owned()))
            .collect()
    }

    #[test]
    fn weight_marks_keywords_and_rests() {
        let found = kinds(
            &mut Lines::default(),
            "    for x in xs: await go('# no', x)  # yes",
        );
        let expected = [
            (Kind::Keyword, "for"),
            (Kind::Keyword, "in"),
            (Kind::Await, "await"),
            (Kind::Text, "'# no'"),
            (Kind::Comment, "# yes"),
        ];
        assert_eq!(found, expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn a_string_may_span_lines() {
        let mut lines = Lines::default();
        assert_eq!(
            kinds(&mut lines, "x = \"\"\"for"),
            [(Kind::Text, "\"\"\"for".to_owned())]
        );
        assert_eq!(
            kinds(&mut lines, "while\"\"\" if"),
            [
                (Kind::Text, "while\"\"\"".to_owned()),
                (Kind::Keyword, "if".to_owned()),
            ]
        );
    }

    #[test]
    fn comments_are_cut_but_not_inside_strings() {
        assert_eq!(without_comment("print('#1')  # one"), "print('#1')  ");
        assert_eq!(without_comment(r"print('\'#') # é"), r"print('\'#') ");
    }
}
