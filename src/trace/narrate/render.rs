//! From messages to words, with the names of one moment.

use super::message::{Arg, Message, doing_in};
use crate::trace::ids::{TaskId, TextId};
use crate::trace::language::{Language, close_gaps};
use crate::trace::names::{future_name, resource_name, seconds};
use crate::trace::state::{Family, State};
use crate::trace::trace::Trace;

/// Characters of a text of the program that a sentence shows.
const CODE: usize = 48;

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Plain words.
    Text(String),
    /// The name of a task.
    Task {
        /// The task.
        id: TaskId,
        /// Its name.
        name: String,
        /// The family of its state, which gives the colour.
        family: Family,
    },
    /// The name of an object, or text of the program.
    Code(String),
}

impl Part {
    /// The words alone.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Code(text) | Self::Task { name: text, .. } => text,
        }
    }
}

/// A message in English, with the names that things have in `state`.
pub fn render(message: &Message, trace: &Trace, state: &State) -> Vec<Part> {
    render_in(Language::English, message, trace, state)
}

/// A message in a language, with the names that things have in `state`.
pub fn render_in(language: Language, message: &Message, trace: &Trace, state: &State) -> Vec<Part> {
    let mut words = Words {
        language,
        trace,
        state,
        parts: Vec::new(),
    };
    words.message(message);
    if language == Language::Chinese {
        for part in &mut words.parts {
            if let Part::Text(text) = part {
                *text = close_gaps(text);
            }
        }
    }
    words.parts
}

/// A message as plain text in English.
pub fn plain(message: &Message, trace: &Trace, state: &State) -> String {
    render(message, trace, state).iter().map(Part::as_str).collect()
}

struct Words<'a> {
    language: Language,
    trace: &'a Trace,
    state: &'a State,
    parts: Vec<Part>,
}

impl Words<'_> {
    fn message(&mut self, message: &Message) {
        let mut slots = Vec::new();
        message.slots(&mut |name, arg| slots.push((name, arg)));
        let mut rest = message.pattern(self.language);
        while let Some((before, after)) = rest.split_once('{') {
            self.text(before);
            let (slot, after) = after.split_once('}').unwrap_or((after, ""));
            if let Some((_, arg)) = slots.iter().find(|(name, _)| *name == slot) {
                self.arg(*arg);
            }
            rest = after;
        }
        self.text(rest);
    }

    fn arg(&mut self, arg: Arg<'_>) {
        match arg {
            Arg::Task(task) => self.task(task),
            Arg::Tasks(tasks) => self.list(tasks, |words, task| words.task(*task)),
            Arg::Resource(resource) => {
                let name = resource_name(self.trace, self.state, resource);
                self.parts.push(Part::Code(name));
            }
            Arg::Future(future) => {
                let name = future_name(self.trace, self.state, future);
                self.parts.push(Part::Code(name));
            }
            Arg::Text(text) => self.code(text),
            Arg::Doing(text) => match doing_in(self.language, self.trace.text(text)) {
                Some(words) => self.text(words),
                None => self.code(text),
            },
            Arg::Texts(texts) => self.list(texts, |words, text| words.code(*text)),
            Arg::Time(time) => {
                let told = seconds(time);
                match self.language {
                    Language::English => self.text(&told),
                    Language::Chinese => self.text(&told.replace('s', "秒")),
                }
            }
            Arg::Number(number) => self.text(&number.to_string()),
            Arg::Count(number) => self.text(&thousands(number)),
            Arg::Signed(number) => self.text(&number.to_string()),
            Arg::Message(message) => self.message(message),
        }
    }

    /// `a`, `a and b`, `a, b and c`, `a, b and 5 more`.
    fn list<T>(&mut self, items: &[T], each: fn(&mut Self, &T)) {
        const SHOWN: usize = 4;
        let shown = if items.len() > SHOWN {
            SHOWN - 1
        } else {
            items.len()
        };
        for (index, item) in items.iter().take(shown).enumerate() {
            if index > 0 {
                let last = index + 1 == items.len();
                self.text(match (self.language, last) {
                    (Language::English, true) => " and ",
                    (Language::English, false) => ", ",
                    (Language::Chinese, true) => " 和 ",
                    (Language::Chinese, false) => "、",
                });
            }
            each(self, item);
        }
        if shown < items.len() {
            let rest = items.len() - shown;
            match self.language {
                Language::English => self.text(&format!(" and {rest} more")),
                Language::Chinese => self.text(&format!(" 等，另有 {rest} 个")),
            }
        }
    }

    fn task(&mut self, id: TaskId) {
        let view = self.state.task(id);
        let name = view.map_or_else(|| id.to_string(), |view| self.trace.text(view.name).to_owned());
        // Whoever has just come to rest keeps the seat, and its colour, until the next step.
        let seated = self.state.outcome.is_none() && self.state.seat_task() == Some(id);
        let family = match view {
            _ if seated => Family::Running,
            Some(view) => view.family(),
            None => Family::Ready,
        };
        self.parts.push(Part::Task { id, name, family });
    }

    fn code(&mut self, text: TextId) {
        let text = self.trace.text(text);
        let cut = match text.char_indices().nth(CODE) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        };
        self.parts.push(Part::Code(cut));
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(Part::Text(last)) = self.parts.last_mut() {
            last.push_str(text);
        } else {
            self.parts.push(Part::Text(text.to_owned()));
        }
    }
}

/// A count with a comma after each thousand.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
