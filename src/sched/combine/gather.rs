//! `asyncio.gather`. Follows `CPython` `tasks.py: gather, _GatheringFuture`.
//!
//! The first failure settles the outer future, and the other children go on.
//! Cancelling the outer future asks every child; it is settled when all of them
//! have ended.

use std::cell::Cell;
use std::rc::Rc;

use crate::sched::event_loop::EventLoop;
use crate::sched::future::DoneCallback;
use crate::sched::host::Host;
use crate::sched::kept::{Kept, See};
use crate::sched::resource::{Description, Resource};
use crate::trace::{Change, ResourceKind, Via, WaitReason};

/// What a gathering future knows beside its future part.
pub struct Gather<H: Host> {
    resource: Resource,
    /// One entry for each argument; an argument given twice is here twice.
    children: Vec<H::Future>,
    /// How many different children there are.
    distinct: usize,
    return_exceptions: bool,
    finished: Cell<usize>,
    cancel_requested: Cell<bool>,
}

impl<H: Host> std::fmt::Debug for Gather<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gather")
            .field("resource", &self.resource.id())
            .field("finished", &self.finished)
            .finish_non_exhaustive()
    }
}

/// Gathers `children`. `make_outer` makes the outer future, whose `cancel` must be
/// [`Gather::cancel`].
///
/// # Panics
/// When there are no children: the embedder answers an empty gather itself.
pub fn gather<H: Host>(
    event_loop: &Rc<EventLoop<H>>,
    children: Vec<H::Future>,
    return_exceptions: bool,
    make_outer: impl FnOnce(Rc<Gather<H>>, WaitReason) -> H::Future,
) -> H::Future {
    assert!(!children.is_empty(), "a gather of nothing");
    let resource = Resource::create(event_loop.world(), Description::new(ResourceKind::Gather, ""));
    let distinct = distinct::<H>(&children);
    for child in &distinct {
        if let Some(task) = H::as_task(child) {
            resource.changed(Change::ChildAdded {
                task: H::task_cell(&task).id(),
            });
        }
    }
    let reason = WaitReason::Gather(resource.id());
    let gather = Rc::new(Gather {
        resource,
        children,
        distinct: distinct.len(),
        return_exceptions,
        finished: Cell::new(0),
        cancel_requested: Cell::new(false),
    });
    let outer = make_outer(Rc::clone(&gather), reason);
    // 3.7's `gather` lets the loop tell of children that are done already, as of all others.
    let told_now = |child: &H::Future| !event_loop.world().is_37() && H::cell(child).is_done();
    let (done, pending): (Vec<_>, Vec<_>) = distinct.into_iter().partition(told_now);
    for child in &pending {
        H::cell(child).add_done_callback(child, DoneCallback::Gathered(outer.clone()));
    }
    for child in &done {
        gather.child_done(&outer, child);
    }
    outer
}

fn distinct<H: Host>(children: &[H::Future]) -> Vec<H::Future> {
    let mut found: Vec<H::Future> = Vec::with_capacity(children.len());
    let mut seen = std::collections::BTreeSet::new();
    for child in children {
        if seen.insert(std::ptr::from_ref(H::cell(child)) as usize) {
            found.push(child.clone());
        }
    }
    found
}

impl<H: Host> Gather<H> {
    /// Tells what it keeps alive.
    pub fn each_kept(&self, see: &mut See<'_, H>) {
        self.children.iter().for_each(|child| see(Kept::Future(child)));
    }

    /// `_GatheringFuture.cancel`: asks every child; tells whether one took the request.
    ///
    /// # Errors
    /// What asking a child raises.
    pub fn cancel(&self, outer: &H::Future, message: Option<&H::Value>) -> Result<bool, H::Error> {
        if H::cell(outer).is_done() {
            return Ok(false);
        }
        let mut asked = false;
        for child in &self.children {
            asked |= H::cancel(child, message.cloned())?;
        }
        if asked {
            self.cancel_requested.set(true);
        }
        Ok(asked)
    }

    /// `_done_callback`.
    pub(in crate::sched) fn child_done(&self, outer: &H::Future, child: &H::Future) {
        self.finished.set(self.finished.get() + 1);
        let cell = H::cell(child);
        if H::cell(outer).is_done() {
            if !cell.is_cancelled() {
                cell.mark_retrieved();
            }
            return;
        }
        if !self.return_exceptions
            && let Err(error) = cell.peek()
        {
            return self.settle(outer, Err(error));
        }
        if self.finished.get() < self.distinct {
            return;
        }
        let results = H::list(self.children.iter().map(Self::outcome_of).collect());
        if self.cancel_requested.get() {
            // CPython takes the error of the last argument, not of the child that ended last.
            let last = self.children.last().unwrap_or(child);
            return self.settle(outer, Err(H::cell(last).make_cancelled_error()));
        }
        self.settle(outer, Ok(results));
    }

    /// What the list of results holds for a child that is done.
    fn outcome_of(child: &H::Future) -> H::Value {
        let cell = H::cell(child);
        if cell.is_cancelled() {
            let unnamed = || (!cell.event_loop().world().is_37()).then(H::empty_text);
            let message = cell.cancel_message().or_else(unnamed);
            return H::error_value(H::cancelled_error(message));
        }
        cell.peek().unwrap_or_else(H::error_value)
    }

    fn settle(&self, outer: &H::Future, result: Result<H::Value, H::Error>) {
        self.resource.changed(Change::Settled);
        let (cell, via) = (H::cell(outer), Via::Group(self.resource.id()));
        let settled = match result {
            Ok(value) => cell.set_result(outer, value, via),
            Err(error) => cell.set_exception(outer, error, via),
        };
        assert!(settled.is_ok(), "the outer future was pending");
    }
}
