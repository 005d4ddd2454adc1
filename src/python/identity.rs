//! Names for objects that are the same in every run.
//!
//! Addresses differ between runs and between machines. A program sees them in
//! two ways: as `id(x)`, which counts objects here, and in default `repr`s like
//! `<A object at 0x7f…>`, which are rewritten on their way out.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Write as _;

use rustc_hash::FxHashMap;
use rustpython_vm::{AsObject, PyObjectRef};

/// The number of the zeroth object. It looks like the address that it stands for.
const BASE: u64 = 140_000_000_000_000;
const STEP: u64 = 16;
/// Addresses have at least this many digits; shorter numbers are left alone.
const SHORTEST: usize = 5;
const MARK: &str = " at 0x";

#[derive(Default)]
struct Known {
    numbers: FxHashMap<u64, u64>,
    /// Objects whose number the program knows: another one at the same address would inherit it.
    kept: Vec<PyObjectRef>,
}

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

impl Known {
    fn number(&mut self, address: u64) -> u64 {
        let next = BASE + STEP * (self.numbers.len() as u64 + 1);
        *self.numbers.entry(address).or_insert(next)
    }
}

/// The number of an object, which from now on lives as long as the run.
pub(super) fn number_of(object: PyObjectRef) -> u64 {
    let address = object.get_id() as u64;
    KNOWN.with_borrow_mut(|known| {
        known.kept.push(object);
        known.number(address)
    })
}

/// The text with every address replaced by a number that is the same in every run.
pub fn without_addresses(text: &str) -> Cow<'_, str> {
    if !text.contains(MARK) {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split(MARK);
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        clean.push_str(MARK);
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_hexdigit()).len();
        let (address, rest) = part.split_at(digits);
        match u64::from_str_radix(address, 16) {
            Ok(address) if digits >= SHORTEST => {
                let number = KNOWN.with_borrow_mut(|known| known.number(address));
                // Writing into a string cannot fail.
                let _ = write!(clean, "{number:x}");
            }
            _ => clean.push_str(address),
        }
        clean.push_str(rest);
    }
    Cow::Owned(clean)
}

/// Forgets all objects.
pub(super) fn reset() {
    drop(KNOWN.take());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_keeps_one_number() {
        reset();
        let text = without_addresses(
            "<A object at 0x7ffd01a2b3c4> <B object at 0xdeadbeef> <A object at 0x7ffd01a2b3c4>",
        );
        assert_eq!(
            text,
            "<A object at 0x7f544a44c010> <B object at 0x7f544a44c020> <A object at 0x7f544a44c010>"
        );
        assert_eq!(without_addresses("meet me at 0x10"), "meet me at 0x10");
    }
}
