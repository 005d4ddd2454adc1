//! `asyncio.TaskGroup`. Follows `CPython` `taskgroups.py: TaskGroup`.
//!
//! The block is left when all children have ended. The first child that fails
//! stops the others, and the parent too, by cancelling it; that request is taken
//! back at the exit, where the errors come out as one group.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::sched::coroutine::wait;
use crate::sched::event_loop::EventLoop;
use crate::sched::future::{DoneCallback, Holds, NativeCallback};
use crate::sched::host::{Host, Misuse, Report};
use crate::sched::kept::{Kept, See};
use crate::sched::resource::{Description, Resource};
use crate::sched::world::World;
use crate::trace::{Change, ResourceId, ResourceKind, TaskId, Via, WaitReason};

/// `asyncio.TaskGroup`.
pub struct TaskGroup<H: Host> {
    resource: Resource,
    /// The task that entered; `Some` once it did.
    parent: RefCell<Option<H::Task>>,
    /// Children that have not ended, oldest first: in `CPython` a set, whose order is nobody's.
    children: RefCell<BTreeMap<TaskId, H::Task>>,
    errors: RefCell<Vec<H::Error>>,
    /// The first `KeyboardInterrupt` or `SystemExit`: it comes out alone.
    base_error: RefCell<Option<H::Error>>,
    exiting: Cell<bool>,
    aborting: Cell<bool>,
    /// This group has cancelled its parent.
    parent_cancel_requested: Cell<bool>,
    /// What the parent waits for at the exit.
    on_completed: RefCell<Option<H::Future>>,
}

impl<H: Host> std::fmt::Debug for TaskGroup<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.label())
    }
}

impl<H: Host> TaskGroup<H> {
    /// A group that nobody has entered, bound to `name` in the program.
    pub fn new(world: &Rc<World>, name: &str) -> Rc<Self> {
        Rc::new(Self {
            resource: Resource::create(world, Description::new(ResourceKind::TaskGroup, name)),
            parent: RefCell::new(None),
            children: RefCell::default(),
            errors: RefCell::default(),
            base_error: RefCell::new(None),
            exiting: Cell::new(false),
            aborting: Cell::new(false),
            parent_cancel_requested: Cell::new(false),
            on_completed: RefCell::new(None),
        })
    }

    /// Its id in the trace.
    pub const fn id(&self) -> ResourceId {
        self.resource.id()
    }

    /// Its children that have not ended, oldest first.
    pub fn children(&self) -> Vec<H::Task> {
        self.children.borrow().values().cloned().collect()
    }

    /// Tells what it keeps alive.
    pub fn each_kept(&self, see: &mut See<'_, H>) {
        if let Ok(Some(parent)) = self.parent.try_borrow().as_deref() {
            see(Kept::Task(parent));
        }
        if let Ok(children) = self.children.try_borrow() {
            children.values().for_each(|child| see(Kept::Task(child)));
        }
        if let Ok(errors) = self.errors.try_borrow() {
            errors.iter().for_each(|error| see(Kept::Error(error)));
        }
        if let Ok(Some(error)) = self.base_error.try_borrow().as_deref() {
            see(Kept::Error(error));
        }
        if let Ok(Some(completed)) = self.on_completed.try_borrow().as_deref() {
            see(Kept::Future(completed));
        }
    }

    /// `repr`.
    pub fn label(&self) -> String {
        let mut parts = vec!["<TaskGroup".to_owned()];
        let (tasks, errors) = (self.children.borrow().len(), self.errors.borrow().len());
        if tasks > 0 {
            parts.push(format!("tasks={tasks}"));
        }
        if errors > 0 {
            parts.push(format!("errors={errors}"));
        }
        if self.aborting.get() {
            parts.push("cancelling".to_owned());
        } else if self.parent.borrow().is_some() {
            parts.push("entered".to_owned());
        }
        parts.join(" ") + ">"
    }

    /// `__aenter__`.
    ///
    /// # Errors
    /// `RuntimeError` the second time, and outside a task.
    pub fn enter(&self, event_loop: &EventLoop<H>) -> Result<(), H::Error> {
        if self.parent.borrow().is_some() {
            return Err(self.misused("has already been entered"));
        }
        let Some(parent) = event_loop.current() else {
            return Err(self.misused("cannot determine the parent task"));
        };
        *self.parent.borrow_mut() = Some(parent);
        Ok(())
    }

    /// Whether `create_task` may make a child now; the embedder asks before it makes one.
    ///
    /// # Errors
    /// `RuntimeError` before the group is entered, when it is shutting down, and when it is finished.
    pub fn check_open(&self) -> Result<(), H::Error> {
        if self.parent.borrow().is_none() {
            return Err(self.misused("has not been entered"));
        }
        if self.exiting.get() && self.children.borrow().is_empty() {
            return Err(self.misused("is finished"));
        }
        if self.aborting.get() {
            return Err(self.misused("is shutting down"));
        }
        Ok(())
    }

    /// The second half of `create_task`: takes the new task in. `owner` is the embedder's object around this.
    pub fn add(self: &Rc<Self>, child: &H::Task, owner: Option<H::Value>) {
        let (future, id) = (H::as_future(child), H::task_cell(child).id());
        self.resource.changed(Change::ChildAdded { task: id });
        if H::cell(&future).is_done() {
            // It was started eagerly and never had to wait.
            self.child_done(child);
            return;
        }
        self.children.borrow_mut().insert(id, child.clone());
        let group = Rc::clone(self);
        let callback = NativeCallback {
            name: "TaskGroup",
            function: "TaskGroup._on_task_done",
            run: Box::new(move |_, done| {
                if let Some(child) = H::as_task(done) {
                    group.child_done(&child);
                }
            }),
            holds: Holds::owner(owner),
        };
        H::cell(&future).add_done_callback(&future, DoneCallback::Native(H::share(callback)));
    }

    /// `__aexit__` after a block that ended with `error`, which it never swallows.
    ///
    /// # Errors
    /// What shall be raised in place of `error`: the group of all errors, an exit, or `CancelledError`.
    pub async fn exit(
        self: Rc<Self>,
        event_loop: Rc<EventLoop<H>>,
        error: Option<H::Error>,
    ) -> Result<(), H::Error> {
        self.exiting.set(true);
        if let Some(error) = &error {
            self.note_base_error(error);
            if !self.aborting.get() {
                self.abort();
            }
        }
        let (cancelled, failed) = match error {
            Some(error) if H::is_cancelled(&error) => (Some(error), None),
            other => (None, other),
        };
        let cancelled = self.wait_for_children(&event_loop).await?.or(cancelled);
        self.resource.changed(Change::Settled);
        // The frame that raises has what it raises in a variable.
        self.verdict(&event_loop, cancelled, failed).inspect_err(H::hold)
    }

    /// Waits until no child is left; tells the last `CancelledError` that came from outside.
    async fn wait_for_children(&self, event_loop: &Rc<EventLoop<H>>) -> Result<Option<H::Error>, H::Error> {
        let mut cancelled = None;
        while !self.children.borrow().is_empty() {
            let completed = H::new_future(event_loop, WaitReason::Group(self.id()));
            *self.on_completed.borrow_mut() = Some(completed.clone());
            match wait::<H>(completed).await {
                Err(error) if H::is_cancelled(&error) => {
                    if !self.aborting.get() {
                        cancelled = Some(error);
                        self.abort();
                    }
                }
                other => {
                    other?;
                }
            }
            self.on_completed.borrow_mut().take();
        }
        Ok(cancelled)
    }

    /// The end of `__aexit__`, when all children have ended.
    fn verdict(
        &self,
        event_loop: &EventLoop<H>,
        mut cancelled: Option<H::Error>,
        failed: Option<H::Error>,
    ) -> Result<(), H::Error> {
        if let Some(error) = self.base_error.borrow().clone() {
            return Err(error);
        }
        let parent = self.parent.borrow().clone();
        let cell = parent.as_ref().map(H::task_cell);
        if self.parent_cancel_requested.get() && cell.is_some_and(|cell| cell.uncancel(event_loop) == 0) {
            // Nobody but this group wanted the parent to stop.
            cancelled = None;
        }
        let mut errors = self.errors.take();
        if let Some(error) = cancelled.filter(|_| errors.is_empty()) {
            return Err(error);
        }
        errors.extend(failed);
        if errors.is_empty() {
            return Ok(());
        }
        if let (Some(parent), Some(cell)) = (&parent, cell)
            && cell.cancelling() > 0
        {
            // A request from outside that the errors hide is made again, for the next wait.
            cell.uncancel(event_loop);
            H::cancel(&H::as_future(parent), None)?;
        }
        Err(H::error_group("unhandled errors in a TaskGroup", errors))
    }

    fn abort(&self) {
        self.aborting.set(true);
        let children: Vec<_> = self.children.borrow().values().map(H::as_future).collect();
        for child in children {
            if !H::cell(&child).is_done() {
                // A child that cannot be asked is waited for.
                let _ = H::cancel(&child, None);
            }
        }
    }

    /// `_on_task_done`.
    fn child_done(&self, child: &H::Task) {
        self.children.borrow_mut().remove(&H::task_cell(child).id());
        if self.children.borrow().is_empty()
            && let Some(completed) = &*self.on_completed.borrow()
        {
            H::cell(completed).set_result_if_pending(completed, H::truth(true), Via::Group(self.id()));
        }
        let future = H::as_future(child);
        let cell = H::cell(&future);
        if cell.is_cancelled() {
            return;
        }
        let Ok(Some(error)) = cell.exception() else {
            return;
        };
        self.errors.borrow_mut().push(error.clone());
        self.note_base_error(&error);
        let Some(parent_task) = self.parent.borrow().clone() else {
            return;
        };
        let parent = H::as_future(&parent_task);
        let parent_cell = H::cell(&parent);
        if parent_cell.is_done() {
            let report = Report::Orphan {
                child,
                parent: &parent_task,
                error: &error,
            };
            // Only a callback's report gives something back.
            let _ = H::report(parent_cell.event_loop(), report);
            return;
        }
        if !self.aborting.get() && !self.parent_cancel_requested.get() {
            self.abort();
            self.parent_cancel_requested.set(true);
            let _ = H::cancel(&parent, None);
        }
    }

    fn note_base_error(&self, error: &H::Error) {
        let mut base_error = self.base_error.borrow_mut();
        if base_error.is_none() && H::is_exit(error) {
            *base_error = Some(error.clone());
        }
    }

    fn misused(&self, how: &'static str) -> H::Error {
        H::misuse(Misuse::GroupMisused {
            group: self.label(),
            how,
        })
    }
}
