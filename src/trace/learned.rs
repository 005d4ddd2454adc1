//! Chinese in the page: a file that is fetched when somebody speaks it, one text a line.
//!
//! Everywhere else both languages stand side by side in the tables. The page is downloaded by everybody, so
//! it holds only one of them; the numbers of the lines are the places of the texts in the tables.

use std::cell::Cell;

thread_local! {
    static TEXTS: Cell<&'static [&'static str]> = const { Cell::new(&[]) };
}

/// Takes in the file. It is kept for as long as the page is open.
pub fn learn(file: String) {
    let file: &'static str = file.leak();
    TEXTS.set(Vec::leak(file.lines().collect()));
}

/// Whether the file has been taken in.
pub fn is_learned() -> bool {
    !TEXTS.get().is_empty()
}

/// The text with this number, or the English one while there is none.
pub(crate) fn chinese(number: usize, english: &'static str) -> &'static str {
    TEXTS.get().get(number).copied().unwrap_or(english)
}
