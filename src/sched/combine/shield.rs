//! `asyncio.shield`. Follows `CPython` `tasks.py: shield`.
//!
//! Cancelling the outer future leaves the inner one alone, and the inner one
//! then no longer tells the outer how it ended.

use std::rc::Rc;

use crate::sched::event_loop::EventLoop;
use crate::sched::future::{DoneCallback, Holds, NativeCallback};
use crate::sched::host::Host;
use crate::sched::resource::{Description, Resource};
use crate::trace::{Change, ResourceKind, Via, WaitReason};

/// A future that ends as `inner` does and whose cancellation does not reach it; `inner` itself
/// when that is done already.
pub fn shield<H: Host>(event_loop: &Rc<EventLoop<H>>, inner: &H::Future) -> H::Future {
    if H::cell(inner).is_done() {
        return inner.clone();
    }
    let resource = Resource::create(event_loop.world(), Description::new(ResourceKind::Shield, ""));
    if let Some(task) = H::as_task(inner) {
        resource.changed(Change::ChildAdded {
            task: H::task_cell(&task).id(),
        });
    }
    let outer = H::new_future(event_loop, WaitReason::Group(resource.id()));
    let pass_on = inner_done::<H>(resource, &outer);
    H::cell(inner).add_done_callback(inner, DoneCallback::Native(pass_on.clone()));
    let forget = H::share(NativeCallback {
        name: "shield",
        function: "shield.<locals>._outer_done_callback",
        run: Box::new(|holds: &Holds<H>, _| {
            let pending = holds.futures.iter().filter(|inner| !H::cell(inner).is_done());
            for (inner, pass_on) in pending.zip(&holds.other) {
                H::cell(inner).remove_native_callback(pass_on);
            }
        }),
        holds: Holds {
            other: Some(pass_on),
            ..Holds::one(inner)
        },
    });
    H::cell(&outer).add_done_callback(&outer, DoneCallback::Native(forget));
    outer
}

/// `_inner_done_callback`.
fn inner_done<H: Host>(resource: Resource, outer: &H::Future) -> H::Callback {
    let run = move |holds: &Holds<H>, inner: &H::Future| {
        let [outer] = &holds.futures[..] else { return };
        let (inner, cell, via) = (H::cell(inner), H::cell(outer), Via::Group(resource.id()));
        resource.changed(Change::Settled);
        if cell.is_cancelled() {
            if !inner.is_cancelled() {
                inner.mark_retrieved();
            }
            return;
        }
        if inner.is_cancelled() {
            // On a closed loop nobody can be told.
            let _ = cell.cancel_via(outer, None, via);
            return;
        }
        let settled = match inner.peek() {
            Ok(value) => cell.set_result(outer, value, via),
            Err(error) => cell.set_exception(outer, error, via),
        };
        assert!(settled.is_ok(), "only cancelling settles an outer future first");
    };
    H::share(NativeCallback {
        name: "shield",
        function: "shield.<locals>._inner_done_callback",
        run: Box::new(run),
        holds: Holds::one(outer),
    })
}
