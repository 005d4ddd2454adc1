//! `asyncio.shield`. Follows `CPython` `tasks.py: shield`.
//!
//! Cancelling the outer future leaves the inner one alone, and the inner one
//! then no longer tells the outer how it ended.

use std::rc::Rc;

use crate::sched::event_loop::EventLoop;
use crate::sched::future::{DoneCallback, NativeCallback};
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
    let pass_on = inner_done::<H>(resource, outer.clone());
    H::cell(inner).add_done_callback(inner, DoneCallback::Native(Rc::clone(&pass_on)));
    let shielded = inner.clone();
    let forget = Rc::new(NativeCallback {
        name: "shield",
        function: "shield.<locals>._outer_done_callback",
        run: Box::new(move |_| {
            let inner = H::cell(&shielded);
            if !inner.is_done() {
                inner.remove_native_callback(&pass_on);
            }
        }),
    });
    H::cell(&outer).add_done_callback(&outer, DoneCallback::Native(forget));
    outer
}

/// `_inner_done_callback`.
fn inner_done<H: Host>(resource: Resource, outer: H::Future) -> Rc<NativeCallback<H>> {
    let run = move |inner: &H::Future| {
        let (inner, cell, via) = (H::cell(inner), H::cell(&outer), Via::Group(resource.id()));
        resource.changed(Change::Settled);
        if cell.is_cancelled() {
            if !inner.is_cancelled() {
                inner.mark_retrieved();
            }
            return;
        }
        if inner.is_cancelled() {
            cell.cancel_via(&outer, None, via);
            return;
        }
        let settled = match inner.peek() {
            Ok(value) => cell.set_result(&outer, value, via),
            Err(error) => cell.set_exception(&outer, error, via),
        };
        assert!(settled.is_ok(), "only cancelling settles an outer future first");
    };
    Rc::new(NativeCallback {
        name: "shield",
        function: "shield.<locals>._inner_done_callback",
        run: Box::new(run),
    })
}
