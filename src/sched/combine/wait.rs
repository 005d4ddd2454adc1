//! `asyncio.wait`. Follows `CPython` `tasks.py: _wait`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::sched::coroutine::{Shown, show, wait};
use crate::sched::event_loop::EventLoop;
use crate::sched::future::{DoneCallback, FutureState, Holds, NativeCallback};
use crate::sched::handle::{Handle, Work};
use crate::sched::host::Host;
use crate::sched::resource::{Description, Resource};
use crate::trace::{Change, Job, ResourceKind, Via, WaitReason};

/// When a wait is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnWhen {
    /// `FIRST_COMPLETED`.
    FirstCompleted,
    /// `FIRST_EXCEPTION`.
    FirstException,
    /// `ALL_COMPLETED`.
    AllCompleted,
}

/// Waits until enough of `futures` are done, or `timeout` seconds are over. Cancels nothing.
///
/// # Errors
/// What is thrown into the waiting task.
pub async fn wait_for_futures<H: Host>(
    event_loop: Rc<EventLoop<H>>,
    futures: Vec<H::Future>,
    timeout: Option<f64>,
    when: ReturnWhen,
) -> Result<Vec<H::Future>, H::Error> {
    let resource = Resource::create(event_loop.world(), Description::new(ResourceKind::Wait, ""));
    for task in futures.iter().filter_map(H::as_task) {
        resource.changed(Change::ChildAdded {
            task: H::task_cell(&task).id(),
        });
    }
    let waiter = H::new_future(&event_loop, WaitReason::Group(resource.id()));
    let timer = timeout.map(|seconds| {
        let work = Work::SetResult(waiter.clone(), H::none(), Via::Timeout);
        event_loop.push_at(
            event_loop.time() + seconds,
            timeout_job(&event_loop, "wait"),
            work,
        )
    });
    let callback = on_completion(
        &event_loop,
        &resource,
        &waiter,
        timer.clone(),
        futures.len(),
        when,
    );
    for future in &futures {
        H::cell(future).add_done_callback(future, DoneCallback::Native(callback.clone()));
    }
    let shown = show::<H>(Shown { futures, callback });
    let woken = wait::<H>(waiter).await;
    resource.changed(Change::Settled);
    if let Some(timer) = timer {
        timer.cancel(event_loop.world());
    }
    for future in &shown.futures {
        H::cell(future).remove_native_callback(&shown.callback);
    }
    woken.map(|_| shown.futures.clone())
}

/// What a timer does that limits how long the running task waits in the function `name`.
pub(super) fn timeout_job<H: Host>(event_loop: &EventLoop<H>, name: &str) -> Job {
    match event_loop.current() {
        Some(task) => Job::TimeoutOver(H::task_cell(&task).id()),
        None => Job::Library {
            name: event_loop.world().text(name),
        },
    }
}

/// `_on_completion`.
fn on_completion<H: Host>(
    event_loop: &Rc<EventLoop<H>>,
    resource: &Resource,
    waiter: &H::Future,
    timer: Option<Rc<Handle<H>>>,
    count: usize,
    when: ReturnWhen,
) -> H::Callback {
    let (world, id) = (Rc::clone(event_loop.world()), resource.id());
    let (left, timer) = (Cell::new(count), RefCell::new(timer));
    let run = move |holds: &Holds<H>, future: &H::Future| {
        left.set(left.get().saturating_sub(1));
        let cell = H::cell(future);
        let failed = cell.with_state(|state| matches!(state, FutureState::Exception(..)));
        if when == ReturnWhen::FirstException && failed {
            // `f.exception()` was looked at to find out.
            cell.mark_retrieved();
        }
        let enough = match when {
            ReturnWhen::AllCompleted => false,
            ReturnWhen::FirstCompleted => true,
            ReturnWhen::FirstException => failed,
        };
        if enough || left.get() == 0 {
            if let Some(timer) = timer.take() {
                timer.cancel(&world);
            }
            for waiter in &holds.futures {
                H::cell(waiter).set_result_if_pending(waiter, H::none(), Via::Group(id));
            }
        }
    };
    H::share(NativeCallback {
        name: "wait",
        function: "_wait.<locals>._on_completion",
        run: Box::new(run),
        holds: Holds::one(waiter),
    })
}
