//! Waiters in line: what every primitive waits through.
//!
//! A waiter is a future; it stays in line until its task runs again, so a
//! waiter that was chosen and then cancelled is still found, as in `CPython`.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::coroutine::wait_and_keep;
use super::event_loop::EventLoop;
use super::host::Host;
use super::kept::{Kept, See};
use crate::trace::{Via, WaitReason};

/// Futures of waiting tasks, first come first served.
pub(super) struct WaitQueue<H: Host> {
    waiters: RefCell<VecDeque<H::Future>>,
}

impl<H: Host> Default for WaitQueue<H> {
    fn default() -> Self {
        Self {
            waiters: RefCell::default(),
        }
    }
}

impl<H: Host> WaitQueue<H> {
    /// A new waiter at the end of the line.
    pub(super) fn park(&self, event_loop: &Rc<EventLoop<H>>, reason: WaitReason) -> H::Future {
        let waiter = H::new_future(event_loop, reason);
        self.waiters.borrow_mut().push_back(waiter.clone());
        waiter
    }

    /// Waits at the end of the line until [`Self::pop_and_wake`] comes to it. Who is woken and then fails
    /// leaves what it was woken for to the next in line, if `still_there`.
    pub(super) async fn wait_turn(
        &self,
        event_loop: &Rc<EventLoop<H>>,
        reason: WaitReason,
        still_there: impl Fn() -> Result<bool, H::Error>,
        via: Via,
    ) -> Result<(), H::Error> {
        let waiter = self.park(event_loop, reason);
        let (waiter, woken) = wait_and_keep::<H>(waiter).await;
        if woken.is_err() {
            let cell = H::cell(&waiter);
            cell.cancel(&waiter, None)?;
            self.leave(&waiter);
            if still_there()? && !cell.is_cancelled() {
                self.pop_and_wake(via);
            }
        }
        woken.map(|_| ())
    }

    /// Leaves the line, wherever the waiter stands.
    pub(super) fn leave(&self, waiter: &H::Future) {
        self.waiters
            .borrow_mut()
            .retain(|other| !std::ptr::eq(H::cell(other), H::cell(waiter)));
    }

    /// Tells what it keeps alive.
    pub(super) fn each_kept(&self, see: &mut See<'_, H>) {
        if let Ok(waiters) = self.waiters.try_borrow() {
            waiters.iter().for_each(|waiter| see(Kept::Future(waiter)));
        }
    }

    /// Whether every waiter was cancelled (or there is none).
    pub(super) fn all_cancelled(&self) -> bool {
        self.waiters
            .borrow()
            .iter()
            .all(|waiter| H::cell(waiter).is_cancelled())
    }

    /// The futures of those in line.
    pub(super) fn futures(&self) -> Vec<H::Future> {
        self.waiters.borrow().iter().cloned().collect()
    }

    pub(super) fn len(&self) -> usize {
        self.waiters.borrow().len()
    }

    /// The first in line, woken or not.
    pub(super) fn first(&self) -> Option<H::Future> {
        self.waiters.borrow().front().cloned()
    }

    /// Wakes the first that is not woken yet; it stays in line until it runs.
    pub(super) fn wake_next(&self, value: &H::Value, via: Via) -> bool {
        let next = self
            .waiters
            .borrow()
            .iter()
            .find(|waiter| !H::cell(waiter).is_done())
            .cloned();
        next.is_some_and(|waiter| H::cell(&waiter).set_result_if_pending(&waiter, value.clone(), via))
    }

    /// Wakes up to `limit` waiters; tells how many.
    pub(super) fn wake(&self, limit: usize, value: &H::Value, via: Via) -> usize {
        let waiters: Vec<_> = self.waiters.borrow().iter().cloned().collect();
        let mut woken = 0;
        for waiter in waiters {
            if woken < limit && H::cell(&waiter).set_result_if_pending(&waiter, value.clone(), via) {
                woken += 1;
            }
        }
        woken
    }

    /// Takes waiters out of the line until one could be woken (queues do it this way).
    pub(super) fn pop_and_wake(&self, via: Via) -> bool {
        loop {
            let Some(waiter) = self.waiters.borrow_mut().pop_front() else {
                return false;
            };
            if H::cell(&waiter).set_result_if_pending(&waiter, H::none(), via) {
                return true;
            }
        }
    }
}
