//! The hash table of a set, as `CPython` lays it out: `Objects/setobject.c` of 3.13, slot by slot.
//!
//! It holds keys that mean nothing to it, with their hashes. Who adds a key knows that it is not
//! there: what equals what is for the real set to say.

/// Slots of an empty table, a power of two like every size.
const MIN_SIZE: usize = 8;
/// Neighbours that are tried before the next jump.
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
/// Sets above this size grow by two instead of four.
const LARGE: usize = 50_000;

/// Names an element: its address, which stays the same while the set holds it.
pub(super) type Key = usize;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Free,
    /// An element was here; the search for others goes on behind it.
    Dummy,
    Taken {
        hash: i64,
        key: Key,
    },
}

#[derive(Clone, Debug)]
pub(super) struct Table {
    slots: Vec<Slot>,
    /// Slots that are not free.
    fill: usize,
    /// Slots that are taken.
    used: usize,
    /// Where the next `pop` begins to look.
    finger: usize,
}

impl Table {
    pub(super) fn new() -> Self {
        Self {
            slots: vec![Slot::Free; MIN_SIZE],
            fill: 0,
            used: 0,
            finger: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.used
    }

    /// Hashes and keys in the order in which the set is iterated.
    pub(super) fn entries(&self) -> impl Iterator<Item = (i64, Key)> + '_ {
        self.slots.iter().filter_map(|slot| match *slot {
            Slot::Taken { hash, key } => Some((hash, key)),
            Slot::Free | Slot::Dummy => None,
        })
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        self.entries().map(|(_, key)| key)
    }

    /// Adds a key that is not there: `set_add_entry`.
    pub(super) fn add(&mut self, hash: i64, key: Key) {
        self.used += 1;
        let (free, dummy) = self.places(hash);
        self.slots[dummy.unwrap_or(free)] = Slot::Taken { hash, key };
        if dummy.is_some() {
            return;
        }
        self.fill += 1;
        if self.fill * 5 >= self.mask() * 3 {
            self.resize(self.roomy());
        }
    }

    /// Takes out the first key of this hash that `is_gone` accepts: `set_discard_entry`.
    pub(super) fn remove(&mut self, hash: i64, is_gone: impl Fn(Key) -> bool) {
        let found = self.of_hash(hash).find(|(_, key)| is_gone(*key));
        if let Some((index, _)) = found {
            self.vacate(index);
        }
    }

    /// Takes out the key of this hash that is this one or stands alone; tells whether there was
    /// no doubt.
    pub(super) fn remove_only(&mut self, hash: i64, key: Key) -> bool {
        let all: Vec<_> = self.of_hash(hash).collect();
        let found = match all.as_slice() {
            [only] => Some(only),
            several => several.iter().find(|(_, other)| *other == key),
        };
        if let Some((index, _)) = found {
            self.vacate(*index);
        }
        found.is_some()
    }

    fn vacate(&mut self, index: usize) {
        self.slots[index] = Slot::Dummy;
        self.used -= 1;
    }

    /// The keys of a hash with their slots.
    fn of_hash(&self, hash: i64) -> impl Iterator<Item = (usize, Key)> + '_ {
        let mut probe = Probe::new(hash, self.mask());
        std::iter::from_fn(move || Some(probe.next_index()))
            .take_while(|index| self.slots[*index] != Slot::Free)
            .filter_map(move |index| match self.slots[index] {
                Slot::Taken { hash: other, key } if other == hash => Some((index, key)),
                _ => None,
            })
    }

    /// Takes out every key that is not `kept`.
    pub(super) fn retain(&mut self, kept: impl Fn(Key) -> bool) {
        for slot in &mut self.slots {
            if matches!(*slot, Slot::Taken { key, .. } if !kept(key)) {
                *slot = Slot::Dummy;
                self.used -= 1;
            }
        }
    }

    /// What `difference_update` ends with: many dummies are swept out.
    pub(super) fn sweep(&mut self) {
        if self.fill - self.used > self.mask() / 4 {
            self.resize(self.roomy());
        }
    }

    /// The key that `set.pop()` takes, or nothing when the set is empty.
    pub(super) fn pop(&mut self) -> Option<Key> {
        if self.used == 0 {
            return None;
        }
        let mut index = self.finger & self.mask();
        loop {
            if let Slot::Taken { key, .. } = self.slots[index] {
                self.vacate(index);
                self.finger = index + 1;
                return Some(key);
            }
            index = (index + 1) & self.mask();
        }
    }

    /// Makes room for `more` keys at once, as a merge does.
    pub(super) fn reserve(&mut self, more: usize) {
        if (self.fill + more) * 5 >= self.mask() * 3 {
            self.resize((self.used + more) * 2);
        }
    }

    /// Adds what `is_new` accepts of another table: `set_merge`.
    pub(super) fn merge(&mut self, other: &Self, is_new: impl Fn(Key) -> bool) {
        if other.used == 0 {
            return;
        }
        self.reserve(other.used);
        if self.fill > 0 {
            for (hash, key) in other.entries().filter(|(_, key)| is_new(*key)) {
                self.add(hash, key);
            }
            return;
        }
        if self.slots.len() == other.slots.len() && other.fill == other.used {
            self.slots.clone_from(&other.slots);
        } else {
            for (hash, key) in other.entries() {
                self.insert(hash, key);
            }
        }
        self.fill = other.used;
        self.used = other.used;
    }

    /// The table of a new set with these elements: `make_new_set`.
    pub(super) fn copied(&self) -> Self {
        let mut copy = Self::new();
        copy.merge(self, |_| true);
        copy
    }

    /// An empty table that goes on popping where this one did.
    pub(super) fn emptied(&self) -> Self {
        Self {
            finger: self.finger,
            ..Self::new()
        }
    }

    /// Takes over the contents of another table: `set_swap_bodies`.
    pub(super) fn with_contents(&self, contents: Self) -> Self {
        Self {
            finger: self.finger,
            ..contents
        }
    }

    fn mask(&self) -> usize {
        self.slots.len() - 1
    }

    /// The least number of slots when the table grows by itself.
    fn roomy(&self) -> usize {
        self.used * if self.used > LARGE { 2 } else { 4 }
    }

    /// `set_table_resize`.
    fn resize(&mut self, least: usize) {
        let mut size = MIN_SIZE;
        while size <= least {
            size *= 2;
        }
        if size == MIN_SIZE && self.slots.len() == MIN_SIZE && self.fill == self.used {
            return;
        }
        let old = std::mem::replace(&mut self.slots, vec![Slot::Free; size]);
        self.fill = self.used;
        for slot in old {
            if let Slot::Taken { hash, key } = slot {
                self.insert(hash, key);
            }
        }
    }

    /// Puts a key into the first free slot of its hash: `set_insert_clean`.
    fn insert(&mut self, hash: i64, key: Key) {
        let (free, _) = self.places(hash);
        self.slots[free] = Slot::Taken { hash, key };
    }

    /// The first free slot of a hash, and the last dummy before it.
    fn places(&self, hash: i64) -> (usize, Option<usize>) {
        let mut probe = Probe::new(hash, self.mask());
        let mut dummy = None;
        loop {
            let index = probe.next_index();
            match self.slots[index] {
                Slot::Free => return (index, dummy),
                Slot::Dummy => dummy = Some(index),
                Slot::Taken { .. } => {}
            }
        }
    }
}

/// The slots that a hash may stand in, one after the other.
struct Probe {
    mask: u64,
    perturb: u64,
    base: u64,
    /// Neighbours of `base` that come next, and how many have been tried.
    probes: usize,
    tried: usize,
}

impl Probe {
    fn new(hash: i64, mask: usize) -> Self {
        let perturb = hash.cast_unsigned();
        let mask = mask as u64;
        let mut probe = Self {
            mask,
            perturb,
            base: 0,
            probes: 0,
            tried: 0,
        };
        probe.jump_to(perturb & mask);
        probe
    }

    fn jump_to(&mut self, base: u64) {
        self.base = base;
        self.tried = 0;
        self.probes = if base + LINEAR_PROBES as u64 <= self.mask {
            LINEAR_PROBES
        } else {
            0
        };
    }

    fn next_index(&mut self) -> usize {
        if self.tried > self.probes {
            self.perturb >>= PERTURB_SHIFT;
            let next = self
                .base
                .wrapping_mul(5)
                .wrapping_add(1)
                .wrapping_add(self.perturb);
            self.jump_to(next & self.mask);
        }
        self.tried += 1;
        // Below the size of a table, which is a `usize`.
        usize::try_from(self.base).unwrap_or_default() + self.tried - 1
    }
}
