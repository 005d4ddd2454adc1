//! A primitive belongs to the first loop that it waits in. Follows `CPython`
//! `mixins.py: _LoopBoundMixin`.
//!
//! It is asked only where somebody must wait: a lock that is free can be taken
//! in any loop, in `CPython` too.

use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};

use super::event_loop::EventLoop;
use super::host::{Host, Misuse};

/// The loop of a primitive, once it has one.
pub struct Binding<H: Host> {
    event_loop: RefCell<Weak<EventLoop<H>>>,
    /// Class and state of a primitive without an object, one that is a part of another.
    part: (&'static str, &'static str),
    show: OnceCell<Box<dyn Fn() -> Option<String>>>,
}

impl<H: Host> std::fmt::Debug for Binding<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Binding")
            .field("part", &self.part)
            .field("bound", &self.is_bound())
            .finish_non_exhaustive()
    }
}

impl<H: Host> Binding<H> {
    /// No loop yet. What has no object is shown by its class and by the state it must be in when
    /// somebody waits.
    pub(super) fn new(class: &'static str, state: &'static str) -> Self {
        Self {
            event_loop: RefCell::default(),
            part: (class, state),
            show: OnceCell::new(),
        }
    }

    /// Tells how the object is shown in errors.
    pub fn shown_by(&self, show: Box<dyn Fn() -> Option<String>>) {
        let _ = self.show.set(show);
    }

    /// The loop, while it exists.
    pub fn event_loop(&self) -> Option<Rc<EventLoop<H>>> {
        self.event_loop.borrow().upgrade()
    }

    /// Binds it to another loop, or to none.
    pub fn bind(&self, event_loop: Option<&Rc<EventLoop<H>>>) {
        *self.event_loop.borrow_mut() = event_loop.map_or_else(Weak::new, Rc::downgrade);
    }

    /// Whether it has a loop, be it one that is gone.
    fn is_bound(&self) -> bool {
        !self.event_loop.borrow().ptr_eq(&Weak::new())
    }

    /// `_get_loop()`: somebody is about to wait in `running`.
    pub(super) fn wait_in(&self, running: &Rc<EventLoop<H>>) -> Result<(), H::Error> {
        if !self.is_bound() {
            self.bind(Some(running));
        }
        if std::ptr::eq(self.event_loop.borrow().as_ptr(), Rc::as_ptr(running)) {
            return Ok(());
        }
        let shown = self.show.get().and_then(|show| show());
        let owner = shown.unwrap_or_else(|| {
            let (class, state) = self.part;
            format!("<asyncio.locks.{class} object at {self:p} [{state}]>")
        });
        Err(H::misuse(Misuse::BoundElsewhere { owner }))
    }
}
