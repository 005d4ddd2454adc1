//! Syntax errors in the words, and at the places, of `CPython` 3.13.
//!
//! The interpreter's parser is another one. Mostly it says the same at the same
//! place; this table and these rules are for where it does not. What is not here
//! stays as the parser put it.

use rustpython_vm::builtins::{PyBaseException, PyStr};
use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

use super::context::Run;

mod place;
mod verdict;

use place::Place;
pub(super) use verdict::compile;

const INVALID: &str = "invalid syntax";
const COMMA: &str = "invalid syntax. Perhaps you forgot a comma?";
const WALRUS: &str = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";

/// Where the parser has words of its own for what is just invalid in `CPython`.
const JUST_INVALID: [&str; 9] = [
    "global statement must have at least one name",
    "nonlocal statement must have at least one name",
    "delete statement must have at least one target",
    "expected the start of an expression after `with` keyword",
    "expected `def`, `with` or `for` to follow `async`",
    "expected index or slice expression",
    "expected class, function definition or async function definition after decorator",
    "expected an identifier",
    "expected an expression",
];

/// Beginnings of what the tokenizer says: its errors show the line without its end.
const OF_TOKENIZER: [&str; 12] = [
    "unmatched '",
    "closing parenthesis '",
    "unterminated ",
    "invalid decimal literal",
    "invalid hexadecimal literal",
    "invalid octal literal",
    "invalid binary literal",
    "invalid digit '",
    "invalid character '",
    "invalid non-printable character",
    "leading zeros in decimal",
    "f-string: single '}'",
];

/// What follows a value without a comma between them cannot be one of these.
const KEYWORDS: [&str; 29] = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "in", "is", "or", "pass", "raise",
    "return", "try", "while", "with", "yield",
];

/// Mends a `SyntaxError` that has just been made. `source` is all of the text, where it is known.
pub(super) fn mend(error: &Py<PyBaseException>, source: Option<&str>, vm: &VirtualMachine) {
    let Some(mut place) = read(error, source, vm) else {
        return;
    };
    let before = place.clone();
    place.mend();
    if place != before || !shows_line(error, vm) {
        write(error, &place, vm);
    }
}

fn shows_line(error: &Py<PyBaseException>, vm: &VirtualMachine) -> bool {
    let text = error.as_object().get_attr("text", vm);
    text.is_ok_and(|text| !vm.is_none(&text))
}

fn read<'s>(error: &Py<PyBaseException>, source: Option<&'s str>, vm: &VirtualMachine) -> Option<Place<'s>> {
    let attribute = |name: &'static str| error.as_object().get_attr(name, vm).ok();
    let text = |name| {
        let value = attribute(name)?;
        let text = value.downcast_ref::<PyStr>()?;
        Some(text.as_wtf8().to_string_lossy().into_owned())
    };
    let number = |name| attribute(name)?.try_into_value::<i64>(vm).ok();
    let line = number("lineno")?;
    let of_source = || {
        let line = usize::try_from(line - 1).ok()?;
        Some(format!("{}\n", source?.lines().nth(line)?))
    };
    Some(Place {
        message: text("msg")?,
        line,
        column: number("offset")?,
        end_line: number("end_lineno")?,
        end_column: number("end_offset")?,
        text: text("text").or_else(of_source)?,
        source,
    })
}

fn write(error: &Py<PyBaseException>, place: &Place<'_>, vm: &VirtualMachine) {
    let number = |value: i64| PyObjectRef::from(vm.ctx.new_int(value));
    let message = vm.ctx.new_str(place.message.as_str());
    let text = vm.ctx.new_str(place.text.as_str());
    let fields: [(&'static str, PyObjectRef); 6] = [
        ("msg", message.clone().into()),
        ("lineno", number(place.line)),
        ("offset", number(place.column)),
        ("end_lineno", number(place.end_line)),
        ("end_offset", number(place.end_column)),
        ("text", text.clone().into()),
    ];
    let file = error
        .as_object()
        .get_attr("filename", vm)
        .unwrap_or_else(|_| vm.ctx.none());
    for (name, value) in fields {
        // These are plain fields of a builtin class.
        let _ = error.as_object().set_attr(name, value, vm);
    }
    let where_ = vm.ctx.new_tuple(vec![
        file,
        number(place.line),
        number(place.column),
        text.into(),
        number(place.end_line),
        number(place.end_column),
    ]);
    let arguments = vm.ctx.new_tuple(vec![message.into(), where_.into()]);
    let _ = error.as_object().set_attr("args", arguments, vm);
}

impl Place<'_> {
    fn mend(&mut self) {
        let message = self.message.clone();
        match &*message {
            INVALID => self.mend_invalid(),
            COMMA => self.mend_comma(),
            WALRUS => self.end_column = self.end_of_operand(self.end_column),
            "unexpected indentation" => {
                self.say("unexpected indent");
                self.column = self.end_column - 1;
                self.end_column = -1;
            }
            "unindent does not match any outer indentation level" => self.end_column = -1,
            "inconsistent use of tabs and spaces in indentation" => (self.column, self.end_column) = (1, 0),
            "expected 'except' or 'finally' block" => self.after_end_of_source(),
            "':' expected after dictionary key"
            | "unexpected character after line continuation character" => {
                self.end_column = 0;
            }
            "expected 'else' after 'if' expression" => self.mend_conditional(),
            "* argument may appear only once" => self.end_column = self.column + 1,
            "cannot assign to True" | "cannot assign to False" | "cannot assign to None"
                if self.is_argument() =>
            {
                self.include('=');
            }
            "expression cannot contain assignment, perhaps you meant \"==\"?" => self.include('='),
            "did you forget parentheses around the comprehension target?" => {
                if let Some(end) = self.find(" for ", self.column) {
                    self.end_column = end;
                }
            }
            "trailing comma not allowed without surrounding parentheses" | "Invalid star expression" => {
                self.column += 1;
                self.end_column += 1;
            }
            "Expected one or more names after 'import'" if self.is_at_end() => self.end_column = self.column,
            "Expected one or more names after 'import'" => self.say(INVALID),
            "cannot use starred expression here" => self.end_column = self.end_of_operand(self.column),
            "cannot use double starred expression here" => self.invalid_at(")", self.column),
            "star import must be the only import"
            | "unparenthesized tuple expression cannot be used here" => self.invalid_at(",", self.column),
            "cannot use except statement with attribute" | "cannot use attribute as import target" => {
                self.invalid_at(".", self.column);
            }
            _ => self.mend_by_beginning(&message),
        }
        if OF_TOKENIZER
            .iter()
            .any(|beginning| self.message.starts_with(beginning))
            || self.message.ends_with("was never closed")
        {
            self.text.truncate(self.text.trim_end_matches('\n').len());
        }
    }

    fn mend_by_beginning(&mut self, message: &str) {
        if JUST_INVALID
            .iter()
            .any(|beginning| message.starts_with(beginning))
        {
            self.say(INVALID);
        } else if message.starts_with("expected an indented block after") && self.end_line > self.line {
            self.after_end_of_source();
        } else if message.starts_with("got unexpected unicode") {
            self.mend_escape();
        } else if message == "cannot assign to function call" && self.is_only_assignment() {
            self.say("cannot assign to function call here. Maybe you meant '==' instead of '='?");
        } else if message.starts_with("cannot assign to await ") {
            self.say("cannot assign to await expression here. Maybe you meant '==' instead of '='?");
        } else if message.starts_with("Missing parentheses in call to") {
            self.end_column = self.end_of_statement();
        } else if message.starts_with("positional argument follows keyword argument") {
            let depth = self.closing(self.end_column);
            (self.column, self.end_column) = (depth, depth + 1);
        } else if message.starts_with("unterminated triple-quoted") {
            self.count_lines();
        } else if message.starts_with("unterminated f-string") {
            while self
                .letter(self.column - 1)
                .is_some_and(|c| c.is_ascii_alphabetic())
            {
                self.column -= 1;
            }
            self.end_column = self.column;
        } else if message.starts_with("f-string: ") {
            self.mend_format(message);
        }
    }

    /// An escape sequence that is cut off: `CPython` names its place in the string.
    fn mend_escape(&mut self) {
        let Some((start, end)) = self.string_around() else {
            return;
        };
        let content = self.content(start, end);
        let Some((place, letter)) = Self::cut_off_escape(&content) else {
            return;
        };
        let digits = content[place + 2..]
            .iter()
            .take_while(|c| c.is_ascii_hexdigit())
            .count();
        let (what, last) = match letter {
            'x' => ("truncated \\xXX escape", place + 1 + digits),
            'u' => ("truncated \\uXXXX escape", place + 1 + digits),
            'U' => ("truncated \\UXXXXXXXX escape", place + 1 + digits),
            _ => {
                let end = content[place..].iter().position(|c| *c == '}');
                match end {
                    Some(end) => ("unknown Unicode character name", place + end),
                    None => return,
                }
            }
        };
        self.say(&format!(
            "(unicode error) 'unicodeescape' codec can't decode bytes in position {place}-{last}: {what}"
        ));
        (self.column, self.end_column) = (start, end);
    }

    /// The first `\x`, `\u`, `\U` with too few digits, or `\N` with a name that does not exist.
    fn cut_off_escape(content: &[char]) -> Option<(usize, char)> {
        let mut at = 0;
        while at + 1 < content.len() {
            if content[at] != '\\' {
                at += 1;
                continue;
            }
            let letter = content[at + 1];
            let wanted = match letter {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                'N' => return Some((at, letter)),
                _ => 0,
            };
            let digits = content[at + 2..]
                .iter()
                .take(wanted)
                .take_while(|c| c.is_ascii_hexdigit());
            if digits.count() < wanted {
                return Some((at, letter));
            }
            at += 2;
        }
        None
    }

    fn mend_format(&mut self, message: &str) {
        match message {
            "f-string: single '}' is not allowed" => self.end_column = self.column,
            "f-string: expecting '}'" | "f-string: expecting '}', or format specs" => {
                if let Some(quote) = self.closing_quote() {
                    self.column = quote;
                    self.end_column = quote + i64::from(message.ends_with("specs"));
                    if self.end_column == self.column {
                        self.text.truncate(self.text.trim_end_matches('\n').len());
                    }
                }
            }
            "f-string: lambda expressions are not allowed without parentheses" => {
                if let Some(colon) = self.find(":", self.column) {
                    self.end_column = colon + 1;
                }
            }
            _ => {}
        }
    }

    fn mend_invalid(&mut self) {
        let here = self.letter(self.column);
        let odd = here.filter(|c| !c.is_ascii() && !c.is_alphanumeric());
        if let Some(odd) = odd {
            let code = u32::from(odd);
            if odd.is_control() || matches!(code, 0xA0 | 0x200B..=0x200F | 0x2060 | 0xFEFF) {
                self.say(&format!("invalid non-printable character U+{code:04X}"));
            } else {
                self.say(&format!("invalid character '{odd}' (U+{code:04X})"));
            }
            self.end_column = self.column;
        } else if self.is_over() {
            (self.column, self.end_column) = (0, 0);
        } else if self.text.trim_start().starts_with("else if ") && self.word(self.column) == "if" {
            self.say("expected ':'");
        } else if matches!(here, Some(']' | ')' | '}')) && self.ends_with_loop_variable() {
            self.say("'in' expected after for-loop variables");
        } else if self.follows_string() && !KEYWORDS.contains(&&*self.word(self.column)) {
            self.say(COMMA);
            self.begin_at_first_operand();
        } else if self.column == self.end_column && self.line == self.end_line {
            self.mend_value_without_comma();
        }
    }

    /// The parser stands at a value of a dict after which neither a comma nor the end comes.
    fn mend_value_without_comma(&mut self) {
        let Some((mut line, mut column)) = self.after_operand(self.line, self.column) else {
            return;
        };
        if self.is_quote(self.line, self.column) && self.is_quote(line, column) {
            // They are one string, and what follows it is wrong.
            while self.is_quote(line, column) {
                match self.after_operand(line, column) {
                    Some(next) => (line, column) = next,
                    None => return,
                }
            }
            self.move_to(line, column);
            return;
        }
        let word = self.word_of(line, column);
        if KEYWORDS.contains(&&*word) {
            let length = i64::try_from(word.chars().count()).unwrap_or(0);
            (self.line, self.end_line) = (line, line);
            (self.column, self.end_column) = (column, column + length);
            return;
        }
        if let Some((end_line, end_column)) = self.end_of_primary(line, column) {
            self.say(COMMA);
            (self.end_line, self.end_column) = (end_line, end_column);
            if end_line > self.line {
                self.text.truncate(self.text.trim_end_matches('\n').len());
            }
        }
    }

    fn mend_comma(&mut self) {
        let is_lambda = self.word(self.column) == "lambda" && self.letter(self.end_column) == Some(':');
        let after = self.find_word_after(self.end_column + i64::from(is_lambda));
        if let Some((column, word)) = after
            && KEYWORDS.contains(&&*word)
            && !matches!(&*word, "for" | "if" | "else" | "in" | "is" | "and" | "or")
        {
            self.say(INVALID);
            self.column = column;
            self.end_column = column + i64::try_from(word.chars().count()).unwrap_or(0);
            return;
        }
        let head = self.text.trim_start();
        if head.starts_with("def ") || head.starts_with("async def ") {
            self.say(INVALID);
            while self.letter(self.end_column - 1).is_some_and(char::is_whitespace) {
                self.end_column -= 1;
            }
            self.column = self.end_column;
            while self
                .letter(self.column - 1)
                .is_some_and(|c| c.is_alphanumeric() || c == '_')
            {
                self.column -= 1;
            }
            return;
        }
        self.begin_at_first_operand();
    }

    fn mend_conditional(&mut self) {
        let Some(keyword) = self.find(" if ", 1) else {
            return;
        };
        self.end_column = self.end_of_statement();
        self.column = self.start_of_operand(keyword);
    }
}

/// Compiles, and shows the warnings of it as `CPython` does: with their lines, in its words.
///
/// # Errors
/// What compiling ends with, and errors of the interpreter.
pub(super) fn warnings_shown<T>(
    run: &Run,
    vm: &VirtualMachine,
    compile: impl FnOnce() -> PyResult<T>,
) -> PyResult<T> {
    let stderr = vm.sys_module.get_attr("stderr", vm)?;
    let aside = vm.import("_io", 0)?.get_attr("StringIO", vm)?.call((), vm)?;
    vm.sys_module.set_attr("stderr", aside.clone(), vm)?;
    let compiled = compile();
    vm.sys_module.set_attr("stderr", stderr.clone(), vm)?;
    let said = vm.call_method(&aside, "getvalue", ())?.str(vm)?;
    for warning in said.as_wtf8().to_string_lossy().lines() {
        vm.call_method(&stderr, "write", (warning_text(warning, run),))?;
    }
    compiled
}

fn warning_text(warning: &str, run: &Run) -> String {
    let place = warning
        .strip_prefix(&*run.program)
        .and_then(|rest| rest.strip_prefix(':'));
    let line = place.and_then(|rest| rest.split(':').next()?.parse::<usize>().ok());
    let line = line.and_then(|line| run.source.lines().nth(line.checked_sub(1)?));
    let escape = warning
        .split_once("SyntaxWarning: \"")
        .and_then(|(head, rest)| Some((head, rest.split_once("\" is an invalid escape sequence")?.0)));
    let mut text = match escape {
        Some((head, escape)) => format!("{head}SyntaxWarning: invalid escape sequence '{escape}'\n"),
        None => format!("{warning}\n"),
    };
    if let Some(line) = line.map(str::trim).filter(|line| !line.is_empty()) {
        text.push_str("  ");
        text.push_str(line);
        text.push('\n');
    }
    text
}
