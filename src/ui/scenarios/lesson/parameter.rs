//! A number at the top of a program that the page lets a reader change.
//!
//! Changing it rewrites the number of its one assignment, `NAME = NUMBER`, and nothing else, so
//! the program stays what it is for every Python.

use super::{Problem, Words};
use crate::trace::decimal;

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Line of the file where it is described.
    pub line: usize,
    /// The name that the program assigns.
    pub name: String,
    /// What it is.
    pub label: Words,
    /// The least value.
    pub lowest: f64,
    /// The greatest value.
    pub highest: f64,
    /// From one value to the next.
    pub step: f64,
    /// The value that the program has.
    pub default: f64,
    /// Whether values are whole numbers.
    pub whole: bool,
}

impl Parameter {
    /// Reads `NAME LOWEST..HIGHEST by STEP: label` of a header over `program`.
    pub(super) fn read(text: &str, zh: &str, line: usize, program: &str) -> Result<Self, Problem> {
        let parts = || {
            let (range, label) = text.split_once(": ")?;
            let (name, range) = range.split_once(' ')?;
            let (range, step) = match range.split_once(" by ") {
                Some((range, step)) => (range, Some(step)),
                None => (range, None),
            };
            let (lowest, highest) = range.split_once("..")?;
            let whole = ![lowest, highest, step.unwrap_or_default()]
                .iter()
                .any(|part| part.contains('.'));
            let step = step.map_or(Some(if whole { 1.0 } else { 0.1 }), number)?;
            let (lowest, highest) = (number(lowest)?, number(highest)?);
            let sensible = is_name(name) && lowest < highest && step > 0.0 && !label.trim().is_empty();
            sensible.then(|| Self {
                line,
                name: name.to_owned(),
                label: Words {
                    en: label.trim().to_owned(),
                    zh: zh.to_owned(),
                },
                lowest,
                highest,
                step,
                default: lowest,
                whole,
            })
        };
        let mut parameter = parts().ok_or_else(|| Problem::NotAParameter(text.to_owned()))?;
        let value = parameter.value(program);
        parameter.default = value.ok_or_else(|| Problem::NotAssigned(parameter.name.clone()))?;
        parameter.check(parameter.default)?;
        Ok(parameter)
    }

    /// The value that a program gives it; `None` unless it is one number, given once.
    pub fn value(&self, program: &str) -> Option<f64> {
        let (_, literal) = self.assignment(program)?;
        number(literal)
    }

    /// The program with another value.
    ///
    /// # Errors
    /// When the value is out of range, or the program does not assign the parameter (any more).
    pub fn set(&self, program: &str, value: f64) -> Result<String, Problem> {
        self.check(value)?;
        let assigned = self.assignment(program);
        let (at, literal) = assigned.ok_or_else(|| Problem::NotAssigned(self.name.clone()))?;
        let mut changed = program.to_owned();
        changed.replace_range(at..at + literal.len(), &self.written(value));
        Ok(changed)
    }

    /// A value as Python writes it, and without the noise of fractions that are no binary ones.
    pub fn written(&self, value: f64) -> String {
        let written = decimal::write(value, if self.whole { 0 } else { 6 });
        if self.whole || written.contains('.') {
            written
        } else {
            written + ".0"
        }
    }

    fn check(&self, value: f64) -> Result<(), Problem> {
        let fits = (self.lowest..=self.highest).contains(&value) && (!self.whole || value.fract() == 0.0);
        if fits {
            return Ok(());
        }
        Err(Problem::OutOfRange {
            parameter: Box::new(self.clone()),
            value,
        })
    }

    /// Where in the program the number stands, and what it is.
    fn assignment<'a>(&self, program: &'a str) -> Option<(usize, &'a str)> {
        let mut found = None;
        let mut at = 0;
        for line in program.split_inclusive('\n') {
            let value = line
                .strip_prefix(self.name.as_str())
                .and_then(|rest| rest.strip_prefix(" = "));
            if let Some(value) = value {
                let literal = value.split(['#', '\n']).next().unwrap_or_default().trim_end();
                if found.is_some() {
                    return None;
                }
                found = Some((at + self.name.len() + " = ".len(), literal));
            }
            at += line.len();
        }
        found
    }
}

fn number(text: &str) -> Option<f64> {
    decimal::read(text.trim())
}

fn is_name(text: &str) -> bool {
    let letter = |c: char| c.is_ascii_uppercase() || c == '_';
    text.starts_with(letter) && text.chars().all(|c| letter(c) || c.is_ascii_digit())
}
