//! What is wrong with a program that cannot be compiled, and where.
//!
//! The interpreter words a parser's error by looking through the whole text for
//! what it knows to be wrong, and takes `gather(*tasks)` for it when the error is
//! somewhere else. So whatever it blames is doubted when the parser itself has
//! read it without complaint: it is covered up, and the interpreter is asked again.

use ruff_python_ast::visitor::source_order::{self, SourceOrderVisitor, TraversalSignal};
use ruff_python_ast::{AnyNodeRef, Mod, PythonVersion};
use ruff_python_parser::{
    Mode as Shape, ParseError, ParseErrorType, ParseOptions, UnsupportedSyntaxErrorKind, parse_unchecked,
};
use ruff_source_file::{LineIndex, PositionEncoding};
use ruff_text_size::{Ranged, TextRange, TextSize};
use rustpython_vm::builtins::PyCode;
use rustpython_vm::compiler::{self, CompileError, Mode};
use rustpython_vm::vm::VmCompileError;
use rustpython_vm::{PyRef, PyResult, VirtualMachine};

use super::INVALID;

/// How often the interpreter may be wrong about one program.
const DOUBTS: usize = 500;

/// Compiles a program; the exception says what is wrong with its text as it stands.
pub(in crate::python) fn compile(source: &str, file: &str, vm: &VirtualMachine) -> PyResult<PyRef<PyCode>> {
    let text = Text::new(source, file);
    if let Some(later) = text.of_later_python() {
        return Err(vm.new_syntax_error(&later, Some(source)));
    }
    vm.compile(source, Mode::Exec, file).map_err(|error| match error {
        VmCompileError::Compile(error) => vm.new_syntax_error(&text.verdict(error, vm), Some(source)),
        warning @ VmCompileError::Warning(_) => warning.into_pyexception(vm, Some(source)),
    })
}

struct Text<'a> {
    source: &'a str,
    file: &'a str,
    lines: LineIndex,
}

impl<'a> Text<'a> {
    fn new(source: &'a str, file: &'a str) -> Self {
        let lines = LineIndex::from_source_text(source);
        Self { source, file, lines }
    }

    /// The first place that only a later Python can read, unless something else is wrong before it.
    fn of_later_python(&self) -> Option<CompileError> {
        let options = ParseOptions::from(Shape::Module).with_target_version(PythonVersion::PY313);
        let parsed = parse_unchecked(self.source, options);
        let later = parsed
            .unsupported_syntax_errors()
            .iter()
            .find_map(|error| match error.kind {
                UnsupportedSyntaxErrorKind::UnparenthesizedExceptionTypes => {
                    Some(("multiple exception types must be parenthesized", error.range))
                }
                UnsupportedSyntaxErrorKind::TemplateStrings => {
                    // The letter before the quotes is a name.
                    let quotes = error.range.start() + TextSize::from(1);
                    Some((INVALID, TextRange::new(quotes, error.range.end())))
                }
                _ => None,
            });
        let (words, range) = later?;
        let first = parsed.errors().first();
        let comes_first = first.is_none_or(|error| error.location.start() >= range.start());
        comes_first.then(|| self.error(words, range))
    }

    fn error(&self, words: &str, range: TextRange) -> CompileError {
        let place = |offset| {
            self.lines
                .source_location(offset, self.source, PositionEncoding::Utf32)
        };
        CompileError::Parse(compiler::ParseError {
            error: ParseErrorType::OtherError(words.to_owned()),
            raw_location: range,
            location: place(range.start()),
            end_location: place(range.end()),
            source_path: self.file.to_owned(),
            is_unclosed_bracket: false,
            is_unclosed_string: false,
        })
    }

    fn offset(&self, (line, column): (usize, usize)) -> Option<TextSize> {
        let before = self.source.split_inclusive('\n').take(line.checked_sub(1)?);
        let start: usize = before.map(str::len).sum();
        let rest = self.source.get(start..)?;
        let within = rest.char_indices().nth(column.checked_sub(1)?)?.0;
        TextSize::try_from(start + within).ok()
    }

    /// What the interpreter says when everything that it blames in vain is covered up.
    fn verdict(&self, error: CompileError, vm: &VirtualMachine) -> CompileError {
        let parsed = parse_unchecked(self.source, ParseOptions::from(Shape::Module));
        let Some(found) = parsed.errors().iter().min_by_key(|error| error.location.start()) else {
            return error;
        };
        let line = self.lines.line_index(found.location.start());
        let before = self.lines.line_start(line, self.source);
        let comments = || parsed.tokens().iter().filter(|token| token.kind().is_comment());
        let mut covered = without_stars(self.source, parsed.syntax());
        let mut error = self.compiled(&covered, vm).err().unwrap_or(error);
        for _ in 0..DOUBTS {
            if is_unclosed(&error) {
                break;
            }
            let Some(blamed) = self.offset(error.python_location()) else {
                break;
            };
            let comment = comments().find(|comment| comment.range().contains(blamed));
            let innocent = comment
                .map(Ranged::range)
                .or_else(|| innocent_around(parsed.syntax(), blamed, before));
            let Some(innocent) = innocent else { break };
            cover(&mut covered, innocent);
            match self.compiled(&covered, vm) {
                Err(next) => error = next,
                Ok(()) => return self.error(INVALID, found.location),
            }
        }
        if self.on_one_line(&error, found) {
            self.error(INVALID, found.location)
        } else {
            error
        }
    }

    fn compiled(&self, text: &str, vm: &VirtualMachine) -> Result<(), CompileError> {
        compiler::compile(text, Mode::Exec, self.file, vm.compile_opts()).map(drop)
    }

    /// Whether a bracket is blamed that is still open where something else is wrong, on its own line.
    fn on_one_line(&self, error: &CompileError, found: &ParseError) -> bool {
        let line = self.lines.line_index(found.location.start()).get();
        is_unclosed(error)
            && error.python_location().0 == line
            && !self.source[found.location.start().to_usize()..]
                .trim_start_matches([' ', '\t'])
                .starts_with(['\n', '\r'])
            && found.location.start().to_usize() < self.source.trim_end().len()
    }
}

const fn is_unclosed(error: &CompileError) -> bool {
    matches!(error, CompileError::Parse(error) if error.is_unclosed_bracket)
}

/// The largest part of a statement that ends before `end` and has `blamed` in it.
fn innocent_around(program: &Mod, blamed: TextSize, end: TextSize) -> Option<TextRange> {
    let mut search = Search {
        blamed,
        end,
        found: None,
    };
    source_order::walk_module(&mut search, program);
    search.found
}

struct Search {
    blamed: TextSize,
    end: TextSize,
    found: Option<TextRange>,
}

impl<'a> SourceOrderVisitor<'a> for Search {
    fn enter_node(&mut self, node: AnyNodeRef<'a>) -> TraversalSignal {
        let range = node.range();
        if self.found.is_some() || !range.contains_inclusive(self.blamed) {
            return TraversalSignal::Skip;
        }
        let one = TextSize::from(1);
        let part = match node {
            // Their brackets stay.
            AnyNodeRef::Parameters(_) | AnyNodeRef::Arguments(_) if range.len() > one => {
                TextRange::new(range.start() + one, range.end() - one)
            }
            _ if node.is_expression() => range,
            _ => return TraversalSignal::Traverse,
        };
        if part.end() > self.end {
            return TraversalSignal::Traverse;
        }
        self.found = Some(part);
        TraversalSignal::Skip
    }
}

/// The text with `except` for every `except*` that the parser has understood: the interpreter takes one for
/// both kinds.
fn without_stars(source: &str, program: &Mod) -> String {
    struct Stars<'a>(&'a str, String);
    impl<'a> SourceOrderVisitor<'a> for Stars<'_> {
        fn enter_node(&mut self, node: AnyNodeRef<'a>) -> TraversalSignal {
            if let AnyNodeRef::StmtTry(block) = node
                && block.is_star
            {
                for handler in &block.handlers {
                    let start = handler.start().to_usize();
                    if let Some(star) = self.0[start..].find('*') {
                        self.1.replace_range(start + star..=start + star, " ");
                    }
                }
            }
            TraversalSignal::Traverse
        }
    }
    let mut stars = Stars(source, source.to_owned());
    source_order::walk_module(&mut stars, program);
    stars.1
}

/// Puts a name where something stood; lines stay where they are.
fn cover(text: &mut String, range: TextRange) {
    let range = range.start().to_usize()..range.end().to_usize();
    let mut blank: String = text[range.clone()]
        .bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect();
    if blank.starts_with(' ') {
        blank.replace_range(0..1, "_");
    }
    text.replace_range(range, &blank);
}
