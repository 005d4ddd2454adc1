//! Room for what a long trace holds, made while little of it has to be moved.
//!
//! A list that doubles is copied each time, and copying a million entries takes longer than a picture
//! may. While a trace is read whose length is known, how many there will be can be told from the part
//! that was read.

/// Makes room for a whole list, of which `share` is there already.
///
/// Guesses of the first moments are far off, and cost nothing: what is there is small then.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a guess; the cast saturates"
)]
pub(crate) fn make_room<T>(list: &mut Vec<T>, share: f64) {
    let all = (list.len() as f64 / share.max(0.001)) as usize;
    if all > list.capacity() {
        list.reserve_exact(all + all / 16 - list.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_still_to_come_finds_room() {
        let mut list = vec![0_u8; 100];
        make_room(&mut list, 0.1);
        assert!(list.capacity() >= 1000);
        make_room(&mut list, 0.0);
        assert!(
            (100_000..110_000).contains(&list.capacity()),
            "{}",
            list.capacity()
        );
        make_room(&mut list, 1.0);
        assert_eq!(list.len(), 100);
    }
}
