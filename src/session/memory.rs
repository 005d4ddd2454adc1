//! An allocator that ends a run before it takes the machine, or the tab, along.
//!
//! A program can ask for any amount of memory in one expression, and most
//! places in the interpreter cannot refuse: where the system has no more, the
//! process or the worker dies, and the page learns nothing. So the binaries
//! count what is allocated, and when it is too much they say so in the trace,
//! send it, and stop where they are.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{limits, run};

/// The system's allocator, with a limit.
#[derive(Debug)]
pub struct Limited;

static ALLOCATED: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Set while a run is being ended, which needs a little memory itself.
    static ENDING: Cell<bool> = const { Cell::new(false) };
}

/// Counts an allocation of `more` bytes in place of one of `less`. When that is too much and
/// there is a run to end, does not return.
fn count(more: usize, less: usize) {
    let before = ALLOCATED.fetch_add(more.wrapping_sub(less), Ordering::Relaxed);
    let after = before.wrapping_add(more).wrapping_sub(less);
    if more > less && after > limits::MEMORY {
        refuse();
    }
}

#[cold]
fn refuse() {
    if !ENDING.replace(true) {
        run::out_of_memory();
        ENDING.set(false);
    }
}

#[expect(
    unsafe_code,
    reason = "an allocator is unsafe by its nature; every call goes to the system's"
)]
// SAFETY: all memory comes from `System` and goes back to it with the same layout.
unsafe impl GlobalAlloc for Limited {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        // SAFETY: the caller's promise is passed on.
        let memory = unsafe { System.alloc(layout) };
        if memory.is_null() {
            refuse();
        }
        memory
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        // SAFETY: the caller's promise is passed on.
        let memory = unsafe { System.alloc_zeroed(layout) };
        if memory.is_null() {
            refuse();
        }
        memory
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size, layout.size());
        // SAFETY: the caller's promise is passed on.
        let moved = unsafe { System.realloc(memory, layout, size) };
        if moved.is_null() {
            refuse();
        }
        moved
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        count(0, layout.size());
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(memory, layout) }
    }
}
