//! Names for objects that are the same in every run.
//!
//! Addresses differ between runs and between machines. A program sees them in
//! two ways: as `id(x)`, which counts objects here, and in default `repr`s like
//! `<A object at 0x7f…>`, which are rewritten on their way out.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Write as _;

use rustc_hash::FxHashMap;
use rustpython_vm::builtins::PyWeak;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyRef, VirtualMachine};

/// The number of the zeroth object. It looks like the address that it stands for.
const BASE: u64 = 140_000_000_000_000;
const STEP: u64 = 16;
/// Addresses have at least this many digits; shorter numbers are left alone.
const SHORTEST: usize = 5;
const MARK: &str = " at 0x";

/// Tells whether the object at an address is still the one that was met there: another one would
/// inherit its number, and whether it gets the same address is the allocator's whim.
enum Met {
    Kept(#[expect(dead_code, reason = "it is there to be owned")] PyObjectRef),
    Watched(PyRef<PyWeak>),
}

impl Met {
    fn lives(&self) -> bool {
        match self {
            Self::Kept(_) => true,
            Self::Watched(weak) => weak.upgrade().is_some(),
        }
    }
}

#[derive(Default)]
struct Known {
    /// How many numbers were given.
    count: u64,
    numbers: FxHashMap<u64, u64>,
    /// Objects by their address.
    met: FxHashMap<u64, Met>,
}

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

impl Known {
    fn number(&mut self, address: u64) -> u64 {
        let count = &mut self.count;
        *self.numbers.entry(address).or_insert_with(|| {
            *count += 1;
            BASE + STEP * *count
        })
    }

    fn meet(&mut self, object: &PyObject, how: Met) {
        let address = object.get_id() as u64;
        match self.met.get(&address) {
            Some(Met::Kept(_)) => return,
            Some(before) if !before.lives() => {
                self.numbers.remove(&address);
            }
            _ => {}
        }
        self.met.insert(address, how);
    }
}

/// The number of an object, which from now on lives as long as the run.
pub(super) fn number_of(object: PyObjectRef) -> u64 {
    let address = object.get_id() as u64;
    KNOWN.with_borrow_mut(|known| {
        known.meet(&object.clone(), Met::Kept(object));
        known.number(address)
    })
}

/// `text` is the `repr` of `object`: the same with numbers for addresses.
pub(super) fn shown<'a>(object: &PyObject, text: &'a str, vm: &VirtualMachine) -> Cow<'a, str> {
    if text.contains(MARK) {
        // What cannot be watched is kept: objects without attributes and contexts.
        let how = match object.downgrade(None, vm) {
            Ok(weak) => Met::Watched(weak),
            Err(_) => Met::Kept(object.to_owned()),
        };
        KNOWN.with_borrow_mut(|known| known.meet(object, how));
    }
    without_addresses(text)
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
