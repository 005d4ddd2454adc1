//! The words of the interface in the language that is chosen.
//!
//! The page speaks one language at a time. Which one is kept here, not handed from component to
//! component: every text asks for it, and a component that has none of its own to show need not
//! know. [`speak`] is called by the page before it draws anything.

mod words;

use std::cell::Cell;

use super::scenarios::lesson::Words;
pub use crate::trace::Language;
use crate::trace::close_gaps;
#[cfg(not(target_arch = "wasm32"))]
pub use words::chinese_file;
pub use words::{CompareKey, EditorKey, Key, LanesKey, PanelKey, Phrase, ViewKey, VisitKey};

thread_local! {
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

/// Whether a language can be spoken at once. The page holds English, and learns Chinese when it is wanted.
pub fn is_known(language: Language) -> bool {
    #[cfg(target_arch = "wasm32")]
    let learned = crate::trace::learned::is_learned();
    #[cfg(not(target_arch = "wasm32"))]
    let learned = true;
    learned || language == Language::English
}

/// Takes in what the page fetched to speak Chinese.
pub fn learn(file: String) {
    #[cfg(target_arch = "wasm32")]
    crate::trace::learned::learn(file);
    #[cfg(not(target_arch = "wasm32"))]
    drop(file);
}

/// Chooses the language of all texts from now on.
pub fn speak(language: Language) {
    SPOKEN.set(language);
}

/// The language of all texts.
pub fn spoken() -> Language {
    SPOKEN.get()
}

/// A text.
pub fn text(key: impl Phrase) -> &'static str {
    key.pattern(spoken())
}

/// Words that come in the languages of the page, in the one that is chosen.
pub fn chosen_of<T>(words: &Words<T>) -> &T {
    match spoken() {
        Language::English => &words.en,
        Language::Chinese => &words.zh,
    }
}

/// A text with its slots filled: `fill(Key::Line, &[("n", "12")])` is `line 12`.
///
/// # Panics
/// When a slot has no value, which is a mistake of ours.
pub fn fill(key: impl Phrase, slots: &[(&str, &str)]) -> String {
    fill_pattern(text(key), slots)
}

fn fill_pattern(pattern: &str, slots: &[(&str, &str)]) -> String {
    let mut rest = pattern;
    let mut filled = String::with_capacity(rest.len() + 16);
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            rest = after;
            break;
        };
        let value = slots
            .iter()
            .find(|(slot, _)| *slot == name)
            .map(|(_, value)| *value);
        assert!(value.is_some(), "{pattern:?} wants a value for {{{name}}}");
        filled.push_str(value.unwrap_or_default());
        rest = tail;
    }
    filled.push_str(rest);
    match spoken() {
        Language::English => filled,
        Language::Chinese => close_gaps(&filled),
    }
}

/// A text with one number.
pub fn count(key: impl Phrase, n: impl Into<u64>) -> String {
    fill(key, &[("n", &grouped(n.into()))])
}

/// A number with commas between thousands.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1st`, `2nd`, `3rd`, `11th`.
pub fn ordinal(n: usize) -> String {
    if spoken() == Language::Chinese {
        return format!("第 {n}");
    }
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// A virtual time in seconds, two decimals, or as many as the microsecond needs.
pub fn seconds(time: crate::trace::Time) -> String {
    let micros = time.micros();
    let (whole, rest) = (micros / 1_000_000, micros % 1_000_000);
    let digits = format!("{rest:06}");
    let needed = digits.trim_end_matches('0').len().max(2);
    format!("{}.{}", grouped(whole), &digits[..needed])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Time;

    #[test]
    fn slots_are_filled_by_name() {
        assert_eq!(
            fill(Key::WithPlace, &[("nth", "2nd"), ("what", "lock disk")]),
            "lock disk · 2nd"
        );
        assert_eq!(text(Key::Ready), "Ready");
    }

    #[test]
    fn the_chosen_language_is_spoken() {
        speak(Language::Chinese);
        assert_eq!(text(Key::Ready), "就绪");
        assert_eq!(count(Key::Line, 12_u32), "第 12 行");
        assert_eq!(ordinal(2), "第 2");
        speak(Language::English);
        assert_eq!(text(Key::Ready), "Ready");
    }

    #[test]
    #[should_panic(expected = "wants a value for {n}")]
    fn a_slot_left_open_is_our_mistake() {
        fill(Key::Line, &[]);
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(grouped),
            ["0", "999", "1,000", "1,234,567"]
        );
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal),
            [
                "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"
            ]
        );
        assert_eq!(seconds(Time(500_000_000)), "0.50");
        assert_eq!(seconds(Time(1_234_567_000)), "1.234567");
        assert_eq!(seconds(Time(0)), "0.00");
    }
}
