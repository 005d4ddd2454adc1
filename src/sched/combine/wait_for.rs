//! `asyncio.wait_for`. Follows `CPython` `tasks.py: wait_for, _cancel_and_wait`.

use std::future::Future;
use std::rc::Rc;

use super::timeout::Timeout;
use super::wait::timeout_job;
use crate::sched::coroutine::wait;
use crate::sched::event_loop::EventLoop;
use crate::sched::future::{DoneCallback, Holds, NativeCallback};
use crate::sched::handle::Work;
use crate::sched::host::{Host, Misuse};
use crate::sched::resource::{Description, Resource};
use crate::trace::{Change, ResourceKind, Via, WaitReason};

/// Runs `body` inside the calling task, for at most `timeout` seconds, which are more than 0.
///
/// # Errors
/// `TimeoutError`, or what `body` ends with.
pub async fn wait_for<H: Host>(
    event_loop: Rc<EventLoop<H>>,
    body: impl Future<Output = Result<H::Value, H::Error>>,
    timeout: Option<f64>,
) -> Result<H::Value, H::Error> {
    let timeout = Timeout::new(timeout.map(|seconds| event_loop.time() + seconds));
    timeout.enter(&event_loop)?;
    let ended = body.await;
    timeout.exit(ended.as_ref().err())?;
    ended
}

/// 3.7's `wait_for` with a timeout: `ensure` makes the future, which runs beside the calling task.
///
/// # Errors
/// `TimeoutError`, what `ensure` raises, or what the future ends with.
pub async fn wait_for_37<H: Host>(
    event_loop: Rc<EventLoop<H>>,
    ensure: impl FnOnce() -> Result<H::Future, H::Error>,
    timeout: f64,
) -> Result<H::Value, H::Error> {
    if timeout <= 0.0 {
        let future = ensure()?;
        let cell = H::cell(&future);
        if cell.is_done() {
            return cell.result();
        }
        H::cancel(&future, None)?;
        return Err(H::misuse(Misuse::TimedOut));
    }
    let resource = Resource::create(event_loop.world(), Description::new(ResourceKind::Wait, ""));
    let waiter = H::new_future(&event_loop, WaitReason::Group(resource.id()));
    let job = timeout_job(&event_loop, "wait_for");
    let late = Work::SetResult(waiter.clone(), H::none(), Via::Timeout);
    let timer = event_loop.push_at(event_loop.time() + timeout, job, late);
    let future = ensure()?;
    let cell = H::cell(&future);
    let release = tells::<H>(&resource, &future, &waiter);
    let woken = wait::<H>(waiter).await;
    resource.changed(Change::Settled);
    let ended = match woken {
        Err(error) => {
            if H::is_cancelled(&error) {
                cell.remove_native_callback(&release);
                H::cancel(&future, None)?;
            }
            Err(error)
        }
        Ok(_) if cell.is_done() => cell.result(),
        Ok(_) => {
            cell.remove_native_callback(&release);
            cancel_and_wait::<H>(&event_loop, &future)
                .await
                .and_then(|()| Err(H::misuse(Misuse::TimedOut)))
        }
    };
    timer.cancel(event_loop.world());
    ended
}

/// Lets the end of `future` wake `waiter`, as the trace's resource.
fn tells<H: Host>(resource: &Resource, future: &H::Future, waiter: &H::Future) -> H::Callback {
    if let Some(task) = H::as_task(future) {
        resource.changed(Change::ChildAdded {
            task: H::task_cell(&task).id(),
        });
    }
    let via = Via::Group(resource.id());
    let release = H::share(NativeCallback {
        name: "wait_for",
        function: "_release_waiter",
        run: Box::new(move |holds: &Holds<H>, _| {
            for waiter in &holds.futures {
                H::cell(waiter).set_result_if_pending(waiter, H::none(), via);
            }
        }),
        holds: Holds::one(waiter),
    });
    H::cell(future).add_done_callback(future, DoneCallback::Native(release.clone()));
    release
}

/// `wait_for` with a timeout of 0 or less: `future` is asked to stop before it has run at all.
///
/// # Errors
/// `TimeoutError` when it did stop, and what it ends with otherwise.
pub async fn wait_for_no_time<H: Host>(
    event_loop: Rc<EventLoop<H>>,
    future: H::Future,
) -> Result<H::Value, H::Error> {
    let cell = H::cell(&future);
    if cell.is_done() {
        return cell.result();
    }
    cancel_and_wait::<H>(&event_loop, &future).await?;
    cell.result().map_err(|error| {
        if H::is_cancelled(&error) {
            H::timeout_error(&error)
        } else {
            error
        }
    })
}

/// Asks `future` to stop and waits for its end, however that is.
async fn cancel_and_wait<H: Host>(event_loop: &Rc<EventLoop<H>>, future: &H::Future) -> Result<(), H::Error> {
    // Another future stands in for it, so that cancelling the caller does not ask it twice.
    let cell = H::cell(future);
    let resource = Resource::create(event_loop.world(), Description::new(ResourceKind::Wait, ""));
    let waiter = H::new_future(event_loop, WaitReason::Group(resource.id()));
    let release = tells::<H>(&resource, future, &waiter);
    H::cancel(future, None)?;
    let woken = wait::<H>(waiter).await;
    resource.changed(Change::Settled);
    cell.remove_native_callback(&release);
    woken.map(|_| ())
}
