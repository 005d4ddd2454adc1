//! Tasks. Follows `CPython` `tasks.py: Task`.
//!
//! ```text
//!          (1) spawn
//!       ┌─────▼────┐  (2) step  ┌─────────┐ (5) returned, raised ┌──────┐
//!       │  ready   ├───────────►│ running ├─────────────────────►│ done │
//!       └──▲────▲──┘            └──┬───┬──┘                      └──────┘
//! (6) wakeup    └──(3) bare yield──┘   │ (4) awaits a future
//!       ┌──┴───────┐                   │
//!       │ waiting  │◄──────────────────┘
//!       └──────────┘
//! ```
//!
//! The numbers are those of the trace. Nothing but this file moves a task.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::event_loop::{EventLoop, Stop};
use super::future::FutureCell;
use super::handle::Work;
use super::host::{Host, Misuse, Resumed};
use super::kept::{Kept, See};
use crate::trace::{EventKind, Job, StepEnd, TaskId, Via, WaitReason};

/// The scheduler's part of a task, beside its future part.
pub struct TaskCell<H: Host> {
    id: TaskId,
    name: RefCell<Rc<str>>,
    /// Part of the loop's own clean-up.
    hidden: bool,
    /// A request to cancel that could not be passed on: delivered by the next step.
    must_cancel: Cell<bool>,
    /// `_num_cancels_requested`.
    cancels: Cell<u32>,
    /// A request to cancel is on its way from this task to what it waits for.
    asking: Cell<bool>,
    /// `_fut_waiter`. Invariant: `Some` exactly while the task waits for a future.
    waiter: RefCell<Option<H::Future>>,
}

impl<H: Host> std::fmt::Debug for TaskCell<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TaskCell")
            .field("id", &self.id)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// What a new task is made with, its coroutine aside.
#[derive(Debug)]
pub struct Spawn<'a> {
    /// Its name; `None` takes the next `Task-n`.
    pub name: Option<&'a str>,
    /// Qualified name of its coroutine.
    pub coroutine: &'a str,
    /// Part of the loop's own clean-up.
    pub hidden: bool,
}

impl<H: Host> TaskCell<H> {
    /// Records a new task. The embedder puts the cell into an object and hands that to [`start`].
    pub fn new(event_loop: &EventLoop<H>, spawn: &Spawn<'_>) -> Self {
        let world = event_loop.world();
        let name: Rc<str> = match spawn.name {
            Some(name) => name.into(),
            None => world.next_task_name().into(),
        };
        let (line, parent) = (world.line(), event_loop.current_id());
        let id = world.record(|recorder| {
            let (task, name) = (recorder.next_task(), recorder.text(&name));
            let coroutine = recorder.text(spawn.coroutine);
            recorder.emit(&EventKind::TaskSpawned {
                task,
                name,
                coroutine,
                line,
                parent,
                hidden: spawn.hidden,
            });
            task
        });
        Self {
            id,
            name: RefCell::new(name),
            hidden: spawn.hidden,
            must_cancel: Cell::new(false),
            cancels: Cell::new(0),
            asking: Cell::new(false),
            waiter: RefCell::new(None),
        }
    }

    /// Its id in the trace.
    pub const fn id(&self) -> TaskId {
        self.id
    }

    /// Whether it is part of the loop's own clean-up.
    pub const fn is_hidden(&self) -> bool {
        self.hidden
    }

    /// `get_name()`.
    pub fn name(&self) -> Rc<str> {
        Rc::clone(&self.name.borrow())
    }

    /// `set_name()`.
    pub fn set_name(&self, event_loop: &EventLoop<H>, name: &str) {
        *self.name.borrow_mut() = name.into();
        event_loop.world().record(|recorder| {
            let name = recorder.text(name);
            recorder.emit(&EventKind::TaskRenamed { task: self.id, name });
        });
    }

    /// The future it waits for: `_fut_waiter`.
    pub fn waiter(&self) -> Option<H::Future> {
        self.waiter.borrow().clone()
    }

    /// Tells what it keeps alive.
    pub fn each_kept(&self, see: &mut See<'_, H>) {
        if let Ok(Some(waiter)) = self.waiter.try_borrow().as_deref() {
            see(Kept::Future(waiter));
        }
    }

    /// `_must_cancel`.
    pub fn must_cancel(&self) -> bool {
        self.must_cancel.get()
    }

    /// `cancelling()`.
    pub fn cancelling(&self) -> u32 {
        self.cancels.get()
    }

    /// `uncancel()`: takes one request back.
    pub fn uncancel(&self, event_loop: &EventLoop<H>) -> u32 {
        if self.cancels.get() > 0 {
            let remaining = self.cancels.get() - 1;
            self.cancels.set(remaining);
            if remaining == 0 {
                self.must_cancel.set(false);
            }
            event_loop.world().emit(&EventKind::Uncancelled {
                task: self.id,
                remaining,
            });
        }
        self.cancels.get()
    }
}

/// Transition 1: schedules the first step of a new task.
pub fn start<H: Host>(task: &H::Task) {
    let future = H::as_future(task);
    let job = Job::Step(H::task_cell(task).id());
    H::cell(&future)
        .event_loop()
        .push(job, Via::Spawn, Work::Step(task.clone(), None));
}

/// `Task.__eager_start`: transitions 1 and 2 at once, inside whatever runs now. A task whose loop
/// does not run is scheduled instead.
///
/// # Errors
/// What leaves the step (`KeyboardInterrupt`, `SystemExit`), and the end of the budget.
pub fn start_eagerly<H: Host>(task: &H::Task) -> Result<(), Stop<H::Error>> {
    let future = H::as_future(task);
    let event_loop = H::cell(&future).event_loop();
    if event_loop.is_running() {
        event_loop.run_at_once(task, None, Via::Spawn)
    } else {
        start::<H>(task);
        Ok(())
    }
}

/// `Task.cancel`. The innermost task that is waited for is asked first.
///
/// # Errors
/// `RecursionError` when tasks wait for each other in a circle, round which the request would run
/// for ever; none of them is woken. And what a method of the program raises.
pub fn cancel<H: Host>(task: &H::Task, message: Option<H::Value>) -> Result<bool, H::Error> {
    let (future, cell) = (H::as_future(task), H::task_cell(task));
    let future_cell = H::cell(&future);
    let world = future_cell.event_loop().world();
    future_cell.mark_retrieved();
    if future_cell.is_done() {
        return Ok(false);
    }
    if cell.asking.replace(true) {
        return Err(H::misuse(Misuse::AwaitedInCircle));
    }
    cell.cancels.set(cell.cancels.get() + 1);
    let asked = cell
        .waiter()
        .map(|waiter| H::cancel(&waiter, message.clone()))
        .transpose();
    cell.asking.set(false);
    let taken = asked?.unwrap_or(false);
    if !taken {
        cell.must_cancel.set(true);
        future_cell.set_cancel_message(message.clone());
    }
    if !cell.hidden {
        let line = world.line();
        let message = message.map(|message| H::repr_item(&message));
        world.record(|recorder| {
            let message = message.map(|message| recorder.text(&message));
            recorder.emit(&EventKind::CancelRequested {
                task: cell.id,
                accepted: true,
                message,
                line,
            });
        });
    }
    Ok(true)
}

/// What came of a handle that resumes a task.
pub(super) enum Stepped<H: Host> {
    /// A step.
    Ended(StepEnd),
    /// Nothing ran; the loop's exception handler is told why.
    Refused(StepEnd, H::Error),
}

/// `Task.__wakeup`: the future it waited for is done.
pub(super) fn wakeup<H: Host>(task: &H::Task, future: &H::Future) -> Result<Stepped<H>, H::Error> {
    let error = H::outcome(future).err();
    // It steps inside its `except`: what the step raises happened while the error was handled.
    H::handling(error.clone(), || step::<H>(task, error))
}

/// `Task.__step`: transition 2, then 3, 4 or 5.
///
/// # Errors
/// Only what leaves the loop: `KeyboardInterrupt` and `SystemExit`.
pub(super) fn step<H: Host>(task: &H::Task, error: Option<H::Error>) -> Result<Stepped<H>, H::Error> {
    let (future, cell) = (H::as_future(task), H::task_cell(task));
    let future_cell = H::cell(&future);
    let event_loop = future_cell.event_loop();
    if future_cell.is_done() {
        let misuse = Misuse::StepOfDone {
            task: task.clone(),
            error,
        };
        return Ok(Stepped::Refused(StepEnd::Nothing, H::misuse(misuse)));
    }
    let mut error = error;
    if cell.must_cancel.take() && !error.as_ref().is_some_and(H::is_cancelled) {
        error = Some(future_cell.make_cancelled_error());
    }
    if error.as_ref().is_some_and(H::is_cancelled) {
        event_loop
            .world()
            .emit(&EventKind::CancelDelivered { task: cell.id });
    }
    *cell.waiter.borrow_mut() = None;
    let outside = event_loop.enter_task(Some(task.clone()));
    let stepped = match H::resume(task, error) {
        Resumed::Refused(error) => {
            // Its code has not run, so there is nothing of it to look at.
            H::rests(event_loop.world(), None, false);
            Ok(Stepped::Refused(StepEnd::Refused, error))
        }
        resumed => rest::<H>(task, &future, resumed).map(Stepped::Ended),
    };
    event_loop.enter_task(outside);
    stepped
}

/// Takes note of how the coroutine came to rest.
fn rest<H: Host>(task: &H::Task, future: &H::Future, resumed: Resumed<H>) -> Result<StepEnd, H::Error> {
    let (cell, future_cell) = (H::task_cell(task), H::cell(future));
    let event_loop = future_cell.event_loop();
    let world = event_loop.world();
    let done = matches!(resumed, Resumed::Returned(_) | Resumed::Raised(_));
    H::rests(world, Some(task), done);
    match resumed {
        Resumed::Bare => {
            event_loop.push(Job::Step(cell.id), Via::Yield, Work::Step(task.clone(), None));
            Ok(StepEnd::Suspended { on: WaitReason::Bare })
        }
        Resumed::On(waiter) => Ok(StepEnd::Suspended {
            on: suspend::<H>(task, &waiter)?,
        }),
        Resumed::OnOther(waiter) => Ok(StepEnd::Suspended {
            on: suspend_on_other::<H>(task, &waiter)?,
        }),
        Resumed::Refused(_) => unreachable!("who is refused does not rest"),
        Resumed::Bad(error) => Ok(StepEnd::Suspended {
            on: fail_next::<H>(task, error),
        }),
        Resumed::Returned(_) if cell.must_cancel.take() => cancelled_at_return::<H>(future, cell.id),
        Resumed::Returned(value) => {
            future_cell.set_result(future, value.clone(), Via::TaskDone(cell.id))?;
            Ok(StepEnd::Returned {
                value: world.text_if_recorded(|| H::repr(&value)),
            })
        }
        Resumed::Raised(error) if H::is_cancelled(&error) => {
            // In 3.7 a cancelled future knows nothing of the error.
            let error = if world.is_37() {
                H::cancelled_error(None)
            } else {
                error
            };
            future_cell.set_cancelled_error(error.clone());
            future_cell.cancel_via(future, None, Via::TaskDone(cell.id))?;
            Ok(StepEnd::Cancelled {
                error: world.text(&H::repr_error(&error)),
            })
        }
        Resumed::Raised(error) => {
            future_cell.set_exception(future, error.clone(), Via::TaskDone(cell.id))?;
            let end = StepEnd::Raised {
                error: world.text(&H::repr_error(&error)),
            };
            if H::is_exit(&error) {
                world.emit(&EventKind::StepEnded { end });
                return Err(error);
            }
            Ok(end)
        }
    }
}

/// The task was to be cancelled, and its coroutine returned. 3.7's `Task.__step` fails such a task.
fn cancelled_at_return<H: Host>(future: &H::Future, task: TaskId) -> Result<StepEnd, H::Error> {
    let (cell, via) = (H::cell(future), Via::TaskDone(task));
    let world = cell.event_loop().world();
    // No exception left the coroutine, so the one that is told has no message.
    let told = H::cancelled_error(None);
    let error = world.text(&H::repr_error(&told));
    if world.is_37() {
        cell.set_exception(future, told, via)?;
        return Ok(StepEnd::Raised { error });
    }
    cell.cancel_via(future, cell.cancel_message(), via)?;
    Ok(StepEnd::Cancelled { error })
}

/// Transition 4. A wrong future does not suspend the task but fails its next step.
fn suspend<H: Host>(task: &H::Task, waiter: &H::Future) -> Result<WaitReason, H::Error> {
    let (cell, waiter_cell) = (H::task_cell(task), H::cell(waiter));
    let future = H::as_future(task);
    let event_loop = H::cell(&future).event_loop();
    let itself = H::as_task(waiter).is_some_and(|other| H::task_cell(&other).id == cell.id);
    let wrong = if !Rc::ptr_eq(waiter_cell.event_loop(), event_loop) {
        Some(Misuse::OtherLoop {
            task: task.clone(),
            future: waiter.clone(),
        })
    } else if itself {
        Some(Misuse::AwaitsItself(task.clone()))
    } else {
        None
    };
    if let Some(misuse) = wrong {
        return Ok(fail_next::<H>(task, H::misuse(misuse)));
    }
    waiter_cell.take_blocking();
    let reason = waiter_cell.reason();
    if let Err(error) = H::add_wakeup(waiter, task) {
        return Ok(fail_next::<H>(task, error));
    }
    wait_for::<H>(task, waiter)?;
    Ok(reason)
}

/// The same for a future of another make, which has been told already whom to wake.
fn suspend_on_other<H: Host>(task: &H::Task, waiter: &H::Future) -> Result<WaitReason, H::Error> {
    let future = H::as_future(task);
    let id = FutureCell::record_created(H::cell(&future).event_loop(), "");
    wait_for::<H>(task, waiter)?;
    Ok(WaitReason::Future(id))
}

fn wait_for<H: Host>(task: &H::Task, waiter: &H::Future) -> Result<(), H::Error> {
    let cell = H::task_cell(task);
    *cell.waiter.borrow_mut() = Some(waiter.clone());
    if cell.must_cancel.get() {
        let message = H::cell(&H::as_future(task)).cancel_message();
        if H::cancel(waiter, message)? {
            cell.must_cancel.set(false);
        }
    }
    Ok(())
}

/// Lets the next step of the task begin with `error`.
fn fail_next<H: Host>(task: &H::Task, error: H::Error) -> WaitReason {
    let future = H::as_future(task);
    let job = Job::Step(H::task_cell(task).id());
    let work = Work::Step(task.clone(), Some(error));
    H::cell(&future).event_loop().push(job, Via::Yield, work);
    WaitReason::Other
}
