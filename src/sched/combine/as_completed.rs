//! `asyncio.as_completed`. Follows `CPython` `tasks.py: _AsCompletedIterator`.
//!
//! Futures that are done go through a queue inside. When the time is over, the
//! queue gets one mark for each future that is not done, so that everybody who
//! still waits for one learns of it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::wait::timeout_job;
use crate::sched::event_loop::EventLoop;
use crate::sched::future::{DoneCallback, Holds, NativeCallback};
use crate::sched::handle::Handle;
use crate::sched::host::{Host, Misuse};
use crate::sched::kept::{Kept, See};
use crate::sched::resource::{Description, Resource};
use crate::sched::wait_queue::WaitQueue;
use crate::trace::{Change, ResourceKind, Via, WaitReason};

/// The iterator that `as_completed` returns.
pub struct AsCompleted<H: Host> {
    event_loop: Rc<EventLoop<H>>,
    resource: Resource,
    /// Futures that were not done yet when somebody last looked.
    todo: RefCell<Vec<H::Future>>,
    /// What was done, in that order; `None` for a future that was too late.
    done: RefCell<VecDeque<Option<H::Future>>>,
    getters: WaitQueue<H>,
    /// How many are still to be asked for.
    left: Cell<usize>,
    timer: RefCell<Option<Rc<Handle<H>>>>,
    /// The callback that every future has.
    told: RefCell<Option<H::Callback>>,
}

impl<H: Host> std::fmt::Debug for AsCompleted<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AsCompleted")
            .field("resource", &self.resource.id())
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}

impl<H: Host> AsCompleted<H> {
    /// Begins to watch `futures`, which are all different, for at most `timeout` seconds.
    /// `owner` is the embedder's object around this, which lives as long as anything may call it.
    pub fn new(
        event_loop: &Rc<EventLoop<H>>,
        futures: &[H::Future],
        timeout: Option<f64>,
        owner: Option<H::Value>,
    ) -> Rc<Self> {
        let description = Description::new(ResourceKind::AsCompleted, "");
        let this = Rc::new(Self {
            event_loop: Rc::clone(event_loop),
            resource: Resource::create(event_loop.world(), description),
            todo: RefCell::new(futures.to_vec()),
            done: RefCell::default(),
            getters: WaitQueue::default(),
            left: Cell::new(futures.len()),
            timer: RefCell::new(None),
            told: RefCell::new(None),
        });
        let told = Rc::clone(&this);
        let callback = H::share(NativeCallback {
            name: "as_completed",
            function: "_AsCompletedIterator._handle_completion",
            run: Box::new(move |_, future| told.future_done(future)),
            holds: Holds::owner(owner.clone()),
        });
        *this.told.borrow_mut() = Some(callback.clone());
        for future in futures {
            if let Some(task) = H::as_task(future) {
                this.resource.changed(Change::ChildAdded {
                    task: H::task_cell(&task).id(),
                });
            }
            H::cell(future).add_done_callback(future, DoneCallback::Native(callback.clone()));
        }
        if let Some(seconds) = timeout.filter(|_| !futures.is_empty()) {
            let late = Rc::clone(&this);
            let job = timeout_job(event_loop, "as_completed");
            let timer = event_loop.call_library_at(event_loop.time() + seconds, job, owner, move || {
                late.time_is_up();
                Ok(())
            });
            *this.timer.borrow_mut() = Some(timer);
        }
        this
    }

    /// Tells what it keeps alive.
    pub fn each_kept(&self, see: &mut See<'_, H>) {
        if let Ok(todo) = self.todo.try_borrow() {
            todo.iter().for_each(|future| see(Kept::Future(future)));
        }
        if let Ok(done) = self.done.try_borrow() {
            done.iter().flatten().for_each(|future| see(Kept::Future(future)));
        }
        if let Ok(Some(told)) = self.told.try_borrow().as_deref() {
            see(Kept::Callback(told));
        }
        self.getters.each_kept(see);
    }

    /// Counts one more that is asked for: `false` when there are no more.
    pub fn ask(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    /// The next future that is done, after an [`Self::ask`]: one turn of the asynchronous iterator.
    ///
    /// # Errors
    /// `TimeoutError`, or what is thrown into the waiting task.
    pub async fn next_done(self: Rc<Self>) -> Result<H::Future, H::Error> {
        let via = Via::Group(self.resource.id());
        while self.done.borrow().is_empty() {
            let reason = WaitReason::Group(self.resource.id());
            let has_some = || Ok(!self.done.borrow().is_empty());
            self.getters
                .wait_turn(&self.event_loop, reason, has_some, via)
                .await?;
        }
        let next = self.done.borrow_mut().pop_front().flatten();
        next.ok_or_else(|| H::misuse(Misuse::TimedOut))
    }

    /// The result of the next future that is done: what the plain iterator gives out to be awaited.
    ///
    /// # Errors
    /// As [`Self::next_done`], and what the future ended with.
    pub async fn next_result(self: Rc<Self>) -> Result<H::Value, H::Error> {
        let next = self.next_done().await?;
        H::cell(&next).result()
    }

    fn future_done(&self, future: &H::Future) {
        let all_done = {
            let mut todo = self.todo.borrow_mut();
            if todo.is_empty() {
                return;
            }
            todo.retain(|other| !std::ptr::eq(H::cell(other), H::cell(future)));
            todo.is_empty()
        };
        self.put(Some(future.clone()));
        if all_done {
            self.resource.changed(Change::Settled);
            self.told.borrow_mut().take();
            if let Some(timer) = self.timer.borrow_mut().take() {
                timer.cancel(self.event_loop.world());
            }
        }
    }

    fn time_is_up(&self) {
        let (late, told) = (self.todo.take(), self.told.borrow_mut().take());
        for future in late {
            if let Some(told) = &told {
                H::cell(&future).remove_native_callback(told);
            }
            self.put(None);
        }
        self.resource.changed(Change::Settled);
    }

    fn put(&self, future: Option<H::Future>) {
        self.done.borrow_mut().push_back(future);
        self.getters.pop_and_wake(Via::Group(self.resource.id()));
    }
}
