//! A list whose copies share what they have in common.
//!
//! A run has one world for every step, and two worlds that are near each other
//! differ in a task or two. So a copy costs a pointer for every sixty-four
//! things, and a change copies one thing and the pointers beside it.

use std::ops::Index;
use std::sync::Arc;

/// Things that share a pointer.
const BOARD: usize = 64;

/// Things in the order of their numbers.
#[derive(Debug, PartialEq)]
pub struct Shelf<T>(Vec<Arc<Vec<Arc<T>>>>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Clone for Shelf<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Shelf<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0
            .last()
            .map_or(0, |board| (self.0.len() - 1) * BOARD + board.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The one with this index.
    pub fn get(&self, index: usize) -> Option<&T> {
        self.0.get(index / BOARD)?.get(index % BOARD).map(|item| &**item)
    }

    /// All of them.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        self.0.iter().flat_map(|board| board.iter()).map(|item| &**item)
    }
}

impl<T: Clone> Shelf<T> {
    /// The one with this index, to be changed.
    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        let board = self.0.get_mut(index / BOARD).map(Arc::make_mut)?;
        board.get_mut(index % BOARD).map(Arc::make_mut)
    }

    /// Adds the next one, if there is one.
    pub(super) fn extend(&mut self, item: Option<T>) {
        let Some(item) = item else { return };
        match self.0.last_mut().filter(|board| board.len() < BOARD) {
            Some(board) => Arc::make_mut(board).push(Arc::new(item)),
            None => self.0.push(Arc::new(vec![Arc::new(item)])),
        }
    }
}

impl<'a, T> IntoIterator for &'a Shelf<T> {
    type Item = &'a T;
    type IntoIter = Box<dyn Iterator<Item = &'a T> + 'a>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.iter())
    }
}

impl<T> Index<usize> for Shelf<T> {
    type Output = T;

    fn index(&self, index: usize) -> &T {
        &self.0[index / BOARD][index % BOARD]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_what_it_has_while_the_other_changes() {
        let mut shelf = Shelf::default();
        for number in 0..200 {
            shelf.extend(Some(number));
        }
        let copy = shelf.clone();
        *shelf.get_mut(130).unwrap() = 0;
        shelf.extend(Some(200));
        assert_eq!((copy.len(), copy[130]), (200, 130));
        assert_eq!((shelf.len(), shelf[130], shelf.get(201)), (201, 0, None));
        assert!(copy.iter().copied().eq(0..200));
        // What did not change is there once.
        assert!(Arc::ptr_eq(&shelf.0[0], &copy.0[0]));
        assert!(Arc::ptr_eq(&shelf.0[2][3], &copy.0[2][3]) && !Arc::ptr_eq(&shelf.0[2], &copy.0[2]));
    }
}
