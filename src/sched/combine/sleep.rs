//! `asyncio.sleep`. Follows `CPython` `tasks.py: sleep`.

use std::rc::Rc;

use crate::sched::coroutine::{give_way, wait};
use crate::sched::event_loop::EventLoop;
use crate::sched::handle::Work;
use crate::sched::host::Host;
use crate::trace::{Job, Via, WaitReason};

/// A delay, and how the program wrote it.
#[derive(Clone, Debug)]
pub struct Delay {
    /// In seconds; not NaN.
    pub seconds: f64,
    /// `repr` of what the program gave.
    pub text: String,
}

/// Rests for `delay`, then gives `result`. Without a delay it gives way once.
///
/// # Errors
/// What is thrown into the sleeping task.
pub async fn sleep<H: Host>(
    event_loop: Rc<EventLoop<H>>,
    delay: Delay,
    result: H::Value,
) -> Result<H::Value, H::Error> {
    if delay.seconds <= 0.0 {
        give_way::<H>().await?;
        return Ok(result);
    }
    let future = H::new_future(&event_loop, WaitReason::Bare);
    let when = event_loop.time() + delay.seconds;
    let work = Work::SetResult(future.clone(), result, Via::SleepOver);
    let timer = event_loop.push_at(when, Job::SleepOver, work);
    let delay = event_loop.world().text(&delay.text);
    H::cell(&future).set_reason(WaitReason::Sleep {
        delay,
        timer: timer.id(),
    });
    let woken = wait::<H>(future).await;
    timer.cancel(event_loop.world());
    woken
}
