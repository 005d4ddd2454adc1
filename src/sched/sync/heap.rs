//! A binary heap whose order is that of `CPython` `heapq`, equal items included.
//!
//! Comparing may run code of the program and may fail, so the comparison is
//! given from outside and no standard heap will do.

/// `heappush`.
///
/// # Errors
/// What `less` fails with; the item stays where it got to, as in `CPython`.
pub(super) fn push<T: Clone, E>(
    heap: &mut Vec<T>,
    item: T,
    less: &impl Fn(&T, &T) -> Result<bool, E>,
) -> Result<(), E> {
    heap.push(item);
    let place = heap.len() - 1;
    sift_down(heap, 0, place, less)
}

/// `heappop`; `None` when the heap is empty.
///
/// # Errors
/// What `less` fails with.
pub(super) fn pop<T: Clone, E>(
    heap: &mut Vec<T>,
    less: &impl Fn(&T, &T) -> Result<bool, E>,
) -> Result<Option<T>, E> {
    let Some(last) = heap.pop() else { return Ok(None) };
    let Some(first) = heap.first_mut() else {
        return Ok(Some(last));
    };
    let first = std::mem::replace(first, last);
    sift_up(heap, less)?;
    Ok(Some(first))
}

/// `_siftdown`: moves the item at `place` towards the root.
fn sift_down<T: Clone, E>(
    heap: &mut [T],
    start: usize,
    mut place: usize,
    less: &impl Fn(&T, &T) -> Result<bool, E>,
) -> Result<(), E> {
    while place > start {
        let parent = (place - 1) / 2;
        if !less(&heap[place], &heap[parent])? {
            break;
        }
        heap.swap(place, parent);
        place = parent;
    }
    Ok(())
}

/// `_siftup`: sinks the root to a leaf along the smaller children, then moves it back up.
fn sift_up<T: Clone, E>(heap: &mut [T], less: &impl Fn(&T, &T) -> Result<bool, E>) -> Result<(), E> {
    let mut place = 0;
    loop {
        let mut child = 2 * place + 1;
        if child >= heap.len() {
            break;
        }
        let right = child + 1;
        if right < heap.len() && !less(&heap[child], &heap[right])? {
            child = right;
        }
        heap.swap(place, child);
        place = child;
    }
    sift_down(heap, 0, place, less)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Ordering<T> = fn(&T, &T) -> Result<bool, &'static str>;

    /// Compares by the first number alone.
    const BY_FIRST: Ordering<(u64, u64)> = |one, other| Ok(one.0 < other.0);

    /// Recorded with `heapq` over objects that compare by the first number alone.
    #[test]
    fn equal_items_leave_in_the_order_of_heapq() {
        let mut heap = Vec::new();
        for item in [(1, 0), (0, 1), (1, 2), (0, 3), (1, 4), (0, 5)] {
            assert_eq!(push(&mut heap, item, &BY_FIRST), Ok(()));
        }
        let order: Vec<_> = std::iter::from_fn(|| pop(&mut heap, &BY_FIRST).ok().flatten()).collect();
        assert_eq!(order, [(0, 1), (0, 5), (0, 3), (1, 2), (1, 0), (1, 4)]);
    }

    #[test]
    fn a_failing_comparison_loses_nothing() {
        let mut heap = vec![1, 2];
        let fails: Ordering<i32> = |_, _| Err("no order");
        assert_eq!(push(&mut heap, 3, &fails), Err("no order"));
        assert_eq!(heap.len(), 3);
    }
}
