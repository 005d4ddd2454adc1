//! Sorting without a copy of the sorting algorithm for every type.
//!
//! The standard library's stable sort is six kilobytes, and compiled anew for every type and closure. The
//! page is downloaded, so it sorts through this one place, by insertion: what it sorts is short, or nearly
//! in order.

use std::cmp::Ordering;

/// Sorts by what `compare` says; what is equal keeps its order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    for (place, from) in swaps(ordered(items.len(), &|a, b| compare(&items[a], &items[b]))) {
        items.swap(place, from);
    }
}

/// Sorts by a key; what has the same key keeps its order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The numbers below `count`, in the order that `compare` gives them.
fn ordered(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(count);
    for new in 0..count {
        let place = order.partition_point(|old| compare(*old, new) != Ordering::Greater);
        order.insert(place, new);
    }
    order
}

/// The swaps, one after the other, that bring to every place what `order` names for it.
fn swaps(order: Vec<usize>) -> Vec<(usize, usize)> {
    // What stands where by now, and where it stands.
    let mut stands: Vec<usize> = (0..order.len()).collect();
    let mut at = stands.clone();
    let mut swaps = Vec::with_capacity(order.len());
    for (place, wanted) in order.into_iter().enumerate() {
        let (from, other) = (at[wanted], stands[place]);
        swaps.push((place, from));
        stands[from] = other;
        at[other] = from;
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_their_order() {
        let mut words = vec!["three", "one", "two", "eleven", "six"];
        sort_by_key(&mut words, |word| word.len());
        assert_eq!(words, ["one", "two", "six", "three", "eleven"]);
        sort_by(&mut words, |a, b| b.cmp(a));
        assert_eq!(words, ["two", "three", "six", "one", "eleven"]);
        sort_by_key(&mut [], |byte: &u8| *byte);
    }
}
