//! The languages that sentences are told in.

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// Its code, as in `lang` of a document.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// What its speakers call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "中文",
        }
    }

    /// The language of a code such as `zh-CN`, if it is one of ours.
    pub fn of_code(code: &str) -> Option<Self> {
        let first = code.split(['-', '_']).next().unwrap_or(code);
        Self::ALL
            .into_iter()
            .find(|language| first.eq_ignore_ascii_case(language.code()))
    }
}

/// Whether a letter is written without blanks around it.
const fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '“' | '”')
}

/// Takes blanks away between letters that are written without: patterns put them around slots,
/// for names in Latin letters.
pub fn close_gaps(text: &str) -> String {
    let mut closed = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let between = letter == ' '
            && closed.chars().next_back().is_some_and(is_wide)
            && letters.peek().copied().is_some_and(is_wide);
        if !between {
            closed.push(letter);
        }
    }
    closed
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_name_a_country() {
        assert_eq!(Language::of_code("zh-CN"), Some(Language::Chinese));
        assert_eq!(Language::of_code("EN_us"), Some(Language::English));
        assert_eq!(Language::of_code("de"), None);
        assert_eq!(Language::of_code(""), None);
    }

    #[test]
    fn blanks_stay_beside_latin_letters_only() {
        assert_eq!(
            close_gaps("循环 唤醒 taker-1 并 继续。"),
            "循环唤醒 taker-1 并继续。"
        );
        assert_eq!(close_gaps("a b"), "a b");
    }
}
