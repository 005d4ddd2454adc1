//! `gc.collect()`: garbage is gone through oldest first, as in `CPython`.
//!
//! The interpreter's collector begins with what was made last, which shows in
//! the order in which coroutines are closed and lost tasks are reported. It
//! takes objects as they stand in its lists, so before each collection they are
//! put in order: a list takes objects at its head, so its last comes first.

use std::ptr::NonNull;

use rustpython_vm::function::FuncArgs;
use rustpython_vm::gc_state::{current_owner, gc_state};
use rustpython_vm::{AsObject, PyObjectRef, PyResult, VirtualMachine};

use super::{asyncio, held};

/// Generations of the collector, youngest first.
const GENERATIONS: [i32; 3] = [0, 1, 2];

/// Lets the program's `gc.collect` be this one.
pub(super) fn install(vm: &VirtualMachine) -> PyResult<()> {
    let gc = vm.import("gc", 0)?;
    let plain = gc.get_attr("collect", vm)?;
    let collect = vm.new_function(
        "collect",
        move |args: FuncArgs, vm: &VirtualMachine| -> PyResult {
            held::let_go();
            oldest_first();
            plain.call(args, vm)
        },
    );
    gc.set_attr("collect", collect, vm)
}

/// Puts all objects of this interpreter into the youngest generation, the oldest at its head. Tasks that
/// have survived a collection come before everything else: a collection of `CPython`'s leaves what it
/// reaches in the order in which it is reached, a task before its coroutine.
fn oldest_first() {
    let (lists, owner) = (gc_state(), current_owner());
    let mut survived = Vec::new();
    for generation in GENERATIONS {
        for object in lists.get_objects(Some(generation), owner) {
            if generation > 0 && asyncio::is_task(&object) {
                survived.push(object);
            } else {
                to_the_head(&object);
            }
        }
    }
    survived.iter().for_each(to_the_head);
}

/// Makes the object the first of the youngest generation.
fn to_the_head(object: &PyObjectRef) {
    let (lists, owner) = (gc_state(), current_owner());
    let object = NonNull::from(object.as_object());
    #[expect(unsafe_code, reason = "the lists of the collector are made of raw pointers")]
    // SAFETY: the object is tracked, for it came out of a list, and alive, for it is held; it is
    // tracked again before anything else can happen.
    unsafe {
        lists.untrack_object(object);
        lists.track_object(object, owner);
    }
}
