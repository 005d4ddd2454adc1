//! What a table of words is: a macro that makes an enum of phrases, each in both languages.

use crate::trace::Language;

/// Something that is said in every language.
pub trait Phrase: Copy + std::fmt::Debug {
    /// Its pattern in a language.
    fn pattern(self, language: Language) -> &'static str;
}

/// A table of words: an enum whose variants are phrases. `[FIRST]` is the place of its first phrase among all
/// texts, which is the end of the table before it.
macro_rules! words {
    ($(#[$about:meta])* $table:ident [$first:expr] $($key:ident = $english:literal / $chinese:literal,)*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the English text beside each key says what it is")]
        pub enum $table { $($key,)* }

        impl $table {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$key,)*];
            /// The place of the first of them among all texts.
            pub(crate) const FIRST: usize = $first;
            /// The place behind the last of them.
            #[allow(dead_code, reason = "no table follows the last one")]
            pub(crate) const END: usize = Self::FIRST + Self::ALL.len();
        }

        impl $crate::ui::i18n::Phrase for $table {
            #[cfg(not(target_arch = "wasm32"))]
            fn pattern(self, language: $crate::trace::Language) -> &'static str {
                const TEXTS: &[[&str; 2]] = &[$([$english, $chinese],)*];
                TEXTS[self as usize][language as usize]
            }

            #[cfg(target_arch = "wasm32")]
            fn pattern(self, language: $crate::trace::Language) -> &'static str {
                const ENGLISH: &[&str] = &[$($english,)*];
                $crate::ui::i18n::words::table::in_page(ENGLISH[self as usize], Self::FIRST + self as usize, language)
            }
        }

        #[cfg(test)]
        mod every_phrase {
            #[test]
            fn is_in_both_languages() {
                for phrase in super::$table::ALL {
                    $crate::ui::i18n::words::table::check(*phrase);
                }
            }
        }
    };
}

/// A text of the page, which holds only English and learns Chinese when it is wanted.
#[cfg(target_arch = "wasm32")]
pub(crate) fn in_page(english: &'static str, place: usize, language: Language) -> &'static str {
    match language {
        Language::English => english,
        Language::Chinese => crate::trace::learned::chinese(place, english),
    }
}

/// Patterns that hold names of `asyncio`, which are the same in every language, and symbols.
#[cfg(test)]
const NAMES: &[&str] = &[
    "of {n}",
    "{name}.wait",
    "{name}.get",
    "{name}.put",
    "{name}.join",
    "gather of {n}",
    "gather · {done}/{n}",
    "{name} of {n}",
    "future {name}",
    "get",
    "put",
    "join",
    "wait",
    "{n} of {all}",
    "timeout()",
    "future",
    "asyncio {version}",
];

/// Checks that a phrase says the same, with the same slots, in both languages.
#[cfg(test)]
pub(crate) fn check(phrase: impl Phrase) {
    let [english, chinese] = Language::ALL.map(|language| phrase.pattern(language));
    let slots = |pattern: &'static str| -> std::collections::BTreeSet<&str> {
        let pieces = pattern.split('{').skip(1);
        pieces.filter_map(|piece| piece.split('}').next()).collect()
    };
    assert_eq!(slots(english), slots(chinese), "{phrase:?}");
    assert!(
        !english.contains(|letter| letter >= '\u{2e80}'),
        "{phrase:?} is in no English"
    );
    // What holds words, not only names of asyncio and slots, is told in Chinese.
    let wide = chinese.contains(|letter| letter >= '\u{2e80}');
    let outside = english
        .split('{')
        .map(|piece| piece.rsplit('}').next().unwrap_or(""));
    let worded = outside.collect::<String>().contains(char::is_alphabetic);
    assert!(
        wide || NAMES.contains(&english) || !worded,
        "{phrase:?} is in no Chinese"
    );
}
