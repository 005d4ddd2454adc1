//! A place in a source, and looking around from there. Lines and columns count
//! from 1, columns in characters, as `SyntaxError` has them.

/// What a `SyntaxError` says, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place<'s> {
    pub(super) message: String,
    pub(super) line: i64,
    pub(super) column: i64,
    pub(super) end_line: i64,
    pub(super) end_column: i64,
    /// The line, with its end.
    pub(super) text: String,
    /// All lines, where they are known.
    pub(super) source: Option<&'s str>,
}

fn index(column: i64) -> Option<usize> {
    usize::try_from(column - 1).ok()
}

fn column(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(0) + 1
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

impl Place<'_> {
    pub(super) fn say(&mut self, message: &str) {
        message.clone_into(&mut self.message);
    }

    /// The letters of a line; of another one than that of the error only when the source is known.
    fn letters(&self, line: i64) -> Vec<char> {
        if line == self.line {
            return self.text.trim_end_matches('\n').chars().collect();
        }
        let lines = self.source.into_iter().flat_map(str::lines);
        let text = index(line).and_then(|index| lines.into_iter().nth(index));
        text.unwrap_or_default().chars().collect()
    }

    pub(super) fn letter(&self, at: i64) -> Option<char> {
        self.letters(self.line).get(index(at)?).copied()
    }

    /// Where a text stands at or after a column.
    pub(super) fn find(&self, wanted: &str, from: i64) -> Option<i64> {
        let letters = self.letters(self.line);
        let wanted: Vec<char> = wanted.chars().collect();
        let from = index(from)?;
        (from..letters.len())
            .find(|at| letters[*at..].starts_with(&wanted))
            .map(column)
    }

    /// The end of the range reaches over the next `letter`.
    pub(super) fn include(&mut self, letter: char) {
        if let Some(at) = self.find(letter.encode_utf8(&mut [0; 4]), self.end_column) {
            self.end_column = at + 1;
        }
    }

    /// It is this one letter, after a column, that is invalid.
    pub(super) fn invalid_at(&mut self, letter: &str, from: i64) {
        if let Some(at) = self.find(letter, from) {
            self.say(super::INVALID);
            (self.column, self.end_column) = (at, at + 1);
        }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.letter(self.column).is_none_or(|letter| letter == '#')
    }

    /// Whether the place is the beginning of an argument of a call.
    pub(super) fn is_argument(&self) -> bool {
        let letters = self.letters(self.line);
        let before = letters
            .iter()
            .take(index(self.column).unwrap_or(0))
            .rev()
            .find(|letter| !letter.is_whitespace());
        matches!(before, Some('(' | ','))
    }

    /// The end of the statement on this line, without a comment.
    pub(super) fn end_of_statement(&self) -> i64 {
        let letters = self.letters(self.line);
        let mut quote = None;
        let mut end = letters.len();
        for (at, letter) in letters.iter().enumerate() {
            match quote {
                Some(open) if open == *letter => quote = None,
                None if matches!(letter, '\'' | '"') => quote = Some(*letter),
                None if matches!(letter, '#' | ';') => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        while end > 0 && letters[end - 1].is_whitespace() {
            end -= 1;
        }
        column(end)
    }

    /// The end of the operand that begins at or after a column: before what ends it.
    pub(super) fn end_of_operand(&self, from: i64) -> i64 {
        let letters = self.letters(self.line);
        let Some(start) = index(from) else { return from };
        let mut depth = 0_u32;
        let mut quote = None;
        let mut end = letters.len();
        for at in start..letters.len() {
            let letter = letters[at];
            let rest: String = letters[at..].iter().take(5).collect();
            match quote {
                Some(open) if open == letter => quote = None,
                None if matches!(letter, '\'' | '"') => quote = Some(letter),
                None if matches!(letter, '(' | '[' | '{') => depth += 1,
                None if matches!(letter, ')' | ']' | '}') && depth > 0 => depth -= 1,
                None if depth == 0
                    && (matches!(letter, ':' | ',' | ')' | ']' | '}' | '#')
                        || rest.starts_with(" and ")
                        || rest.starts_with(" or ")) =>
                {
                    end = at;
                    break;
                }
                Some(_) | None => {}
            }
        }
        while end > start && letters[end - 1].is_whitespace() {
            end -= 1;
        }
        column(end)
    }

    /// The bracket that closes the one around a column.
    pub(super) fn closing(&self, from: i64) -> i64 {
        let letters = self.letters(self.line);
        let mut depth = 0_u32;
        for (at, letter) in letters.iter().enumerate().skip(index(from).unwrap_or(0)) {
            match letter {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' if depth == 0 => return column(at),
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
        }
        from
    }

    /// The quote that closes the string around the place.
    pub(super) fn closing_quote(&self) -> Option<i64> {
        let letters = self.letters(self.line);
        let at = index(self.column)?;
        let quote = letters.iter().take(at).rev().find(|c| matches!(c, '\'' | '"'))?;
        (at..letters.len()).find(|at| letters[*at] == *quote).map(column)
    }

    /// Whether a name or a number follows a string here.
    pub(super) fn follows_string(&self) -> bool {
        let letters = self.letters(self.line);
        let before = &letters[..index(self.column).unwrap_or(0).min(letters.len())];
        let count = |wanted: &str| before.iter().filter(|letter| wanted.contains(**letter)).count();
        if count("([{") <= count(")]}") {
            return false;
        }
        let last = before.iter().rev().find(|letter| !letter.is_whitespace());
        matches!(last, Some('\'' | '"')) && self.letter(self.column).is_some_and(is_word)
    }

    /// Whether the place is behind the end of an expression that is all there is.
    pub(super) fn is_over(&self) -> bool {
        !self.text.ends_with('\n') && self.letter(self.column).is_none()
    }

    pub(super) fn is_quote(&self, line: i64, at: i64) -> bool {
        let letters = self.letters(line);
        let letter = index(at).and_then(|at| letters.get(at).copied());
        matches!(letter, Some('\'' | '"'))
    }

    /// It is the one letter at a place, on another line perhaps, that is invalid.
    pub(super) fn move_to(&mut self, line: i64, at: i64) {
        let text: String = self.letters(line).into_iter().collect();
        self.text = format!("{text}\n");
        (self.line, self.end_line) = (line, line);
        (self.column, self.end_column) = (at, at + 1);
    }

    /// Whether the line assigns to the place and to nothing else.
    pub(super) fn is_only_assignment(&self) -> bool {
        let letters = self.letters(self.line);
        let (Some(start), Some(end)) = (index(self.column), index(self.end_column)) else {
            return false;
        };
        let rest: String = letters.iter().skip(end).collect();
        letters.iter().take(start).all(|letter| letter.is_whitespace())
            && rest.trim_start().starts_with('=')
            && rest.matches('=').count() == 1
    }

    /// The range of the string on this line that the place is in, with its prefix and quotes.
    pub(super) fn string_around(&self) -> Option<(i64, i64)> {
        let letters = self.letters(self.line);
        let place = index(self.column)?;
        let mut at = 0;
        while at < letters.len() {
            if !matches!(letters[at], '\'' | '"') {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < letters.len() && letters[end] != letters[at] {
                end += if letters[end] == '\\' { 2 } else { 1 };
            }
            if (at..=end).contains(&place) {
                let prefix = letters[..at].iter().rev().take_while(|c| is_word(**c)).count();
                return Some((column(at - prefix), column(end + 1)));
            }
            at = end + 1;
        }
        None
    }

    /// What is between the quotes of such a range.
    pub(super) fn content(&self, start: i64, end: i64) -> Vec<char> {
        let letters = self.letters(self.line);
        let (start, end) = (index(start).unwrap_or(0), index(end).unwrap_or(0));
        let range = letters.get(start..end.saturating_sub(1)).unwrap_or_default();
        let quote = range.iter().position(|c| matches!(c, '\'' | '"'));
        range[quote.map_or(0, |quote| quote + 1)..].to_vec()
    }

    pub(super) fn word(&self, at: i64) -> String {
        self.word_of(self.line, at)
    }

    pub(super) fn word_of(&self, line: i64, at: i64) -> String {
        let letters = self.letters(line);
        let from = index(at).unwrap_or(0);
        letters
            .into_iter()
            .skip(from)
            .take_while(|c| is_word(*c))
            .collect()
    }

    /// The first word after a column, when nothing but blanks is before it.
    pub(super) fn find_word_after(&self, from: i64) -> Option<(i64, String)> {
        let letters = self.letters(self.line);
        let start = index(from)?;
        let blanks = letters.iter().skip(start).take_while(|c| **c == ' ').count();
        let at = column(start + blanks);
        let word = self.word(at);
        (!word.is_empty()).then_some((at, word))
    }

    /// Whether `for x` stands before the place.
    pub(super) fn ends_with_loop_variable(&self) -> bool {
        let letters = self.letters(self.line);
        let before: String = letters.iter().take(index(self.column).unwrap_or(0)).collect();
        let mut words = before.split_whitespace().rev();
        words.next().is_some_and(|word| word.chars().all(is_word)) && words.next() == Some("for")
    }

    /// The first letter after the operand at a place, be it on a later line.
    pub(super) fn after_operand(&self, line: i64, from: i64) -> Option<(i64, i64)> {
        let (line, end) = self.end_of_primary(line, from)?;
        self.next_letter(line, end)
    }

    fn next_letter(&self, line: i64, from: i64) -> Option<(i64, i64)> {
        let last = i64::try_from(self.source.map_or(0, |source| source.lines().count())).ok()?;
        let mut start = index(from)?;
        for line in line..=last.max(line) {
            let letters = self.letters(line);
            let found = letters.iter().skip(start).position(|c| !c.is_whitespace());
            match found.map(|found| start + found) {
                Some(at) if letters[at] != '#' => return Some((line, column(at))),
                _ => start = 0,
            }
        }
        None
    }

    /// The end of the name, number, string or bracket that begins at a place.
    pub(super) fn end_of_primary(&self, line: i64, from: i64) -> Option<(i64, i64)> {
        let letters = self.letters(line);
        let mut at = index(from)?;
        let first = *letters.get(at)?;
        if matches!(first, '\'' | '"') {
            at += 1 + letters.iter().skip(at + 1).position(|c| *c == first)?;
            return Some((line, column(at + 1)));
        }
        while let Some(letter) = letters.get(at) {
            match letter {
                '(' | '[' | '{' => {
                    let close = self.closing_on(&letters, at + 1)?;
                    at = close + 1;
                }
                c if is_word(*c) || *c == '.' => at += 1,
                _ => break,
            }
        }
        (at > index(from)?).then(|| (line, column(at)))
    }

    #[expect(clippy::unused_self, reason = "it is a way of looking around")]
    fn closing_on(&self, letters: &[char], from: usize) -> Option<usize> {
        let mut depth = 0_u32;
        for (at, letter) in letters.iter().enumerate().skip(from) {
            match letter {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' if depth == 0 => return Some(at),
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// Where the operand before a column begins.
    pub(super) fn start_of_operand(&self, before: i64) -> i64 {
        let letters = self.letters(self.line);
        let Some(mut at) = index(before) else {
            return before;
        };
        let mut start = at;
        loop {
            while at > 0 && letters[at - 1].is_whitespace() {
                at -= 1;
            }
            let Some(last) = at.checked_sub(1).map(|last| letters[last]) else {
                break;
            };
            if matches!(last, '\'' | '"') {
                at -= 1;
                while at > 0 && letters[at - 1] != last {
                    at -= 1;
                }
                at = at.saturating_sub(1);
                start = at;
                let before = letters[..at].iter().rev().find(|letter| !letter.is_whitespace());
                if matches!(before, Some('\'' | '"')) {
                    continue;
                }
            } else if is_word(last) {
                let end = at;
                while at > 0 && (is_word(letters[at - 1]) || letters[at - 1] == '.') {
                    at -= 1;
                }
                let word: String = letters[at..end].iter().collect();
                if super::KEYWORDS.contains(&&*word) {
                    break;
                }
                start = at;
            } else if matches!(last, ')' | ']' | '}') {
                at = opening(&letters, at);
                start = at;
                if at > 0 && is_word(letters[at - 1]) {
                    continue;
                }
            } else {
                break;
            }
            // Another operand before an operator belongs to it.
            let mut operator = at;
            while operator > 0 && letters[operator - 1].is_whitespace() {
                operator -= 1;
            }
            if operator > 0 && "+-*/%<>&|^".contains(letters[operator - 1]) {
                at = operator - 1;
            } else {
                break;
            }
        }
        column(start)
    }

    /// The range of two values begins with the first one, which may stand on the line before.
    pub(super) fn begin_at_first_operand(&mut self) {
        let letters = self.letters(self.line);
        let before = letters.iter().take(index(self.column).unwrap_or(0));
        if before.clone().any(|letter| !letter.is_whitespace()) {
            let last = before.clone().rev().find(|letter| !letter.is_whitespace());
            if last.is_some_and(|last| is_word(*last) || "'\")]}".contains(*last)) {
                self.column = self.start_of_operand(self.column);
            }
            return;
        }
        let Some(source) = self.source else { return };
        let Some(above) = self
            .line
            .checked_sub(2)
            .and_then(|above| usize::try_from(above).ok())
        else {
            return;
        };
        let Some(text) = source.lines().nth(above) else {
            return;
        };
        let text = text.trim_end();
        let last = text.chars().next_back();
        if !last.is_some_and(|last| is_word(last) || "'\")]}".contains(last)) {
            return;
        }
        self.end_line = self.line;
        self.line -= 1;
        text.clone_into(&mut self.text);
        self.column = self.start_of_operand(column(text.chars().count()));
    }

    /// What is missing at the end of the source is missed after its last line.
    pub(super) fn after_end_of_source(&mut self) {
        let Some(source) = self.source else {
            if self.end_line > self.line {
                self.end_line = self.line;
                self.end_column = -1;
            }
            return;
        };
        let last = source.lines().count();
        let is_over = self.line > i64::try_from(last).unwrap_or(0) || self.end_line > self.line;
        let Some(text) = source.lines().last().filter(|_| is_over) else {
            return;
        };
        self.line = i64::try_from(last).unwrap_or(0);
        self.end_line = self.line;
        // A file has nothing there to point at.
        self.column = 0;
        self.end_column = -1;
        self.text = format!("{text}\n");
    }

    /// `(detected at line 3)` counts the lines that there are.
    pub(super) fn count_lines(&mut self) {
        let Some((head, number)) = self.message.split_once("(detected at line ") else {
            return;
        };
        let Some(found) = number
            .strip_suffix(')')
            .and_then(|number| number.parse::<usize>().ok())
        else {
            return;
        };
        let last = match self.source {
            Some(source) => source.lines().count(),
            None => found.saturating_sub(1),
        };
        self.message = format!("{head}(detected at line {})", found.min(last.max(1)));
    }
}

/// Where the bracket was opened that is closed before `at`; the start of the line when it was not there.
fn opening(letters: &[char], mut at: usize) -> usize {
    let mut depth = 0_u32;
    while at > 0 {
        at -= 1;
        match letters[at] {
            ')' | ']' | '}' => depth += 1,
            '(' | '[' | '{' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    at
}
