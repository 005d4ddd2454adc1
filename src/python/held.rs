//! Exceptions that live until cycles are collected.
//!
//! A traceback holds the frames of the library that the exception came through,
//! and some of these frames hold the exception in a variable: in `CPython` that
//! is a cycle, and with it live all frames from there outwards and whatever they
//! hold. Ours are not Python frames and hold nothing, so all that is held here.

use std::cell::RefCell;
use std::collections::VecDeque;

use rustpython_vm::frame::FrameObjectRef;
use rustpython_vm::{PyObjectRef, VirtualMachine};

/// Most that are held. `CPython` collects by itself when about so many objects are new.
const MOST: usize = 2000;

thread_local! {
    static HELD: RefCell<VecDeque<Held>> = const { RefCell::new(VecDeque::new()) };
}

struct Held {
    _error: PyObjectRef,
    _frames: Vec<FrameObjectRef>,
}

/// Keeps the exception and the running frames alive until the next collection.
pub(super) fn hold(error: PyObjectRef, vm: &VirtualMachine) {
    let mut frames = Vec::new();
    let mut next = vm.current_frame();
    while let Some(frame) = next {
        next = frame.f_back(vm);
        frames.push(frame);
    }
    let held = Held {
        _error: error,
        _frames: frames,
    };
    let oldest = HELD.with_borrow_mut(|all| {
        all.push_back(held);
        if all.len() > MOST { all.pop_front() } else { None }
    });
    // Code of the program may run when it goes.
    drop(oldest);
}

/// A collection: what nobody else holds goes, oldest first.
pub(super) fn let_go() {
    // Code of the program runs when they go, and may bring more.
    let held = HELD.take();
    held.into_iter().for_each(drop);
}
