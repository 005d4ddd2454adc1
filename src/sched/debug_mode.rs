//! Debug mode: how long steps take. Follows the branch `if self._debug` of `CPython`
//! `base_events.py: BaseEventLoop._run_once`.
//!
//! Departure: what is too long, the embedder decides; it is told of every step.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::event_loop::EventLoop;
use super::handle::{Handle, Work};
use super::host::{Host, Report};

/// A callback and its handle.
type Running<H> = (Rc<Handle<H>>, <H as Host>::Function);

/// What a loop keeps for debug mode.
pub(super) struct DebugMode<H: Host> {
    enabled: Cell<bool>,
    /// The callback that runs, with its handle.
    current: RefCell<Option<Running<H>>>,
}

impl<H: Host> Default for DebugMode<H> {
    fn default() -> Self {
        Self {
            enabled: Cell::new(false),
            current: RefCell::new(None),
        }
    }
}

impl<H: Host> DebugMode<H> {
    /// The loop comes to rest.
    pub(super) fn rest(&self) {
        drop(self.current.take());
    }
}

/// A step that is timed.
pub(super) struct Timed<H: Host> {
    began: f64,
    function: Option<H::Function>,
}

impl<H: Host> EventLoop<H> {
    /// Whether the loop is in debug mode.
    pub fn is_debug(&self) -> bool {
        self.debug.enabled.get()
    }

    /// `set_debug()`.
    pub fn set_debug(&self, enabled: bool) {
        self.debug.enabled.set(enabled);
    }

    /// In debug mode: the callback that runs, with its handle.
    pub fn current_call(&self) -> Option<(Rc<Handle<H>>, H::Function)> {
        self.debug.current.borrow().clone()
    }

    /// Begins to time a step, in debug mode.
    pub(super) fn begin_timed(&self, handle: &Rc<Handle<H>>, work: &Work<H>) -> Option<Timed<H>> {
        if !self.is_debug() {
            return None;
        }
        let function = match work {
            Work::Call(function, _) => Some(function.clone()),
            _ => None,
        };
        let current = function.clone().map(|function| (Rc::clone(handle), function));
        self.debug.current.replace(current);
        Some(Timed {
            began: self.time(),
            function,
        })
    }

    /// Tells how long a step took.
    pub(super) fn tell_time(
        self: &Rc<Self>,
        handle: &Rc<Handle<H>>,
        task: Option<&H::Task>,
        timed: &Timed<H>,
    ) {
        self.debug.rest();
        let report = Report::Slow {
            handle,
            task,
            function: timed.function.as_ref(),
            seconds: self.time() - timed.began,
        };
        // Only a callback's report gives something back.
        let _ = H::report(self, report);
    }
}
