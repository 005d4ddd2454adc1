//! Lets threads run and rest, in the order that the scheduler decides.

use std::cell::RefCell;
use std::rc::Rc;

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::{AsObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::awaitables::{self, Rest, Until};
use crate::python::asyncio::OutsideLoop;
use crate::python::context::{self, Run};
use crate::python::{asyncio, capture, lines, signal};
use crate::sched::threads::{Next, Threads, Woken};
use crate::trace::{ClockCause, Diagnosis, EventKind, Outcome, ThreadId};

/// A thread that is not the main one.
struct Thread {
    name: String,
    /// What it runs; taken out while it runs.
    steps: Option<PyObjectRef>,
    /// What it rests on.
    rest: Option<PyRef<Rest>>,
}

thread_local! {
    /// All threads but the main one, by order of start.
    static THREADS: RefCell<Vec<Thread>> = const { RefCell::new(Vec::new()) };
    /// Threads that rest with native frames on the stack, bottom first.
    static BELOW: RefCell<Vec<Below>> = const { RefCell::new(Vec::new()) };
}

/// A thread that rests where it cannot be suspended.
#[derive(Clone, Copy)]
struct Below {
    thread: ThreadId,
    in_loop: bool,
}

/// Threads that will not run again are not ended: their `finally` blocks must not run either.
pub(super) fn reset() {
    THREADS.with_borrow_mut(|threads| {
        for thread in threads.drain(..) {
            std::mem::forget(thread);
        }
    });
    BELOW.with_borrow_mut(Vec::clear);
}

fn current_run() -> Rc<Run> {
    match context::current() {
        Some(run) => run,
        None => unreachable!("threads run inside a run"),
    }
}

/// A new thread, which runs when the current one rests.
pub(super) fn spawn(name: String, steps: PyObjectRef) -> ThreadId {
    let run = current_run();
    let thread = run.world.threads().spawn();
    let text = run.world.text(&name);
    let line = run.world.line();
    run.world.emit(&EventKind::ThreadStarted {
        thread,
        name: text,
        line,
    });
    THREADS.with_borrow_mut(|threads| {
        threads.push(Thread {
            name,
            steps: Some(steps),
            rest: None,
        });
    });
    thread
}

/// Runs steps to their end where they cannot be suspended: in the main thread, or below native code.
pub(super) fn run(steps: &PyObjectRef, vm: &VirtualMachine) -> PyResult {
    let mut error = None;
    loop {
        let resumed = match error.take() {
            None => awaitables::send(steps, vm)?,
            Some(error) => awaitables::throw(steps, error, vm)?,
        };
        match resumed {
            PyIterReturn::StopIteration(value) => return Ok(vm.unwrap_or_none(value)),
            PyIterReturn::Return(rest) => {
                if let Err(raised) = rest_here(&as_rest(rest, vm)?, vm) {
                    error = Some(raised.into());
                }
            }
        }
    }
}

/// Rests in the middle of a native call.
fn rest_here(rest: &PyRef<Rest>, vm: &VirtualMachine) -> PyResult<()> {
    let threads = current_run();
    let threads = threads.world.threads();
    lie_down(threads, rest);
    block(&rest.on, vm)?;
    rest.timed_out.set(threads.woken() == Woken::TimedOut);
    Ok(())
}

fn lie_down(threads: &Threads, rest: &Rest) {
    match rest.until {
        Until::Woken(deadline) => threads.rest(deadline),
        Until::Others => threads.give_way(),
    }
}

/// What a thread waits for when its loop has nothing to do.
const LOOP: &str = "event loop";

/// Rests in a loop that has native frames on the stack.
///
/// # Errors
/// As [`block`].
pub(in crate::python) fn rest_in_loop(until: Until, vm: &VirtualMachine) -> PyResult<()> {
    rest_here(&Rest::new(until, LOOP.to_owned()).into_ref(&vm.ctx), vm)
}

/// The rest of a loop that can be suspended.
pub(in crate::python) fn loop_rest(until: Until, vm: &VirtualMachine) -> PyObjectRef {
    Rest::new(until, LOOP.to_owned()).into_ref(&vm.ctx).into()
}

/// The current thread has come to rest; the others run until it may go on.
///
/// # Errors
/// When it never may, when somebody below would have to run first, or what Ctrl+C raises.
fn block(on: &str, vm: &VirtualMachine) -> PyResult<()> {
    let run = current_run();
    let threads = run.world.threads();
    let me = threads.current();
    let in_loop = on == LOOP;
    let why = if in_loop || me != ThreadId::MAIN {
        ClockCause::Idle
    } else {
        ClockCause::Blocking
    };
    lines::record_outside(&run);
    BELOW.with_borrow_mut(|below| below.push(Below { thread: me, in_loop }));
    let ended = loop {
        match threads.next(&run.world, why) {
            Next::Thread(thread) if thread == me => break Ok(()),
            Next::Thread(thread) if is_below(thread) => {
                threads.refuse(thread, me);
                break Err(cannot_wait(&run, me, thread, on, vm));
            }
            Next::Thread(thread) => {
                if let Err(error) = resume(&run, thread, vm) {
                    threads.resume(me);
                    break Err(error);
                }
            }
            Next::Nobody => break Err(deadlocked(&run, vm)),
        }
    };
    BELOW.with_borrow_mut(Vec::pop);
    ended?;
    if threads.woken() == Woken::Interrupted {
        signal::raise(signal::SIGINT, vm)?;
    }
    Ok(())
}

fn is_below(thread: ThreadId) -> bool {
    BELOW.with_borrow(|below| below.iter().any(|below| below.thread == thread))
}

/// Lets a thread run until it rests or ends. Only what ends the whole run is an error here.
fn resume(run: &Rc<Run>, thread: ThreadId, vm: &VirtualMachine) -> PyResult<()> {
    let threads = run.world.threads();
    let Some(steps) = with(thread, |thread| {
        if let Some(rest) = thread.rest.take() {
            rest.timed_out.set(threads.woken() == Woken::TimedOut);
        }
        thread.steps.clone()
    }) else {
        unreachable!("{thread} has ended and cannot run")
    };
    capture::record_open_lines(run);
    run.world.emit(&EventKind::ThreadResumed { thread });
    let outside = OutsideLoop::enter(vm);
    lines::begin_step();
    let resumed = awaitables::send(&steps, vm);
    let ran = lines::take_lines();
    outside.leave(vm);
    if run.is_stopped() {
        return Err(lines::out_of_budget(vm));
    }
    if !ran.is_empty() {
        run.world.emit(&EventKind::LinesRan { lines: ran });
    }
    capture::record_open_lines(run);
    let on = match resumed? {
        PyIterReturn::Return(rest) => {
            let rest = as_rest(rest, vm)?;
            lie_down(threads, &rest);
            let on = run.world.text(&rest.on);
            with(thread, |thread| thread.rest = Some(rest));
            Some(on)
        }
        PyIterReturn::StopIteration(_) => {
            threads.end();
            with(thread, |thread| thread.steps = None);
            None
        }
    };
    run.world.emit(&EventKind::ThreadRested { thread, on });
    run.breathe();
    Ok(())
}

fn as_rest(rest: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyRef<Rest>> {
    rest.downcast::<Rest>().map_err(|other| {
        let class = other.class().name().to_string();
        vm.new_runtime_error(format!("a thread cannot wait for '{class}'"))
    })
}

fn with<R>(thread: ThreadId, read: impl FnOnce(&mut Thread) -> R) -> R {
    THREADS.with_borrow_mut(|threads| {
        let count = threads.len();
        // The main thread is number 1 and not in the list.
        match threads.get_mut(thread.index().wrapping_sub(1)) {
            Some(known) => read(known),
            None => unreachable!("{thread} is none of {count} threads"),
        }
    })
}

fn name_of(thread: ThreadId) -> String {
    if thread == ThreadId::MAIN {
        "MainThread".to_owned()
    } else {
        with(thread, |thread| thread.name.clone())
    }
}

/// The end of a run in which all wait for each other.
fn deadlocked(run: &Rc<Run>, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let tasks = asyncio::pending_tasks();
    let main_is_in_loop = BELOW.with_borrow(|below| below.first().is_some_and(|below| below.in_loop));
    run.stop(if main_is_in_loop {
        Outcome::Deadlocked { tasks }
    } else {
        Outcome::ThreadsDeadlocked { tasks }
    });
    lines::check_soon();
    lines::out_of_budget(vm)
}

/// The error for a wait that would have to unwind the stack.
fn cannot_wait(
    run: &Run,
    waiting: ThreadId,
    first: ThreadId,
    on: &str,
    vm: &VirtualMachine,
) -> PyBaseExceptionRef {
    let message = format!(
        "line {}: thread {} cannot wait for {on} here, below code that is not the program's own or in a generator or \
         coroutine: thread {} would have to run meanwhile",
        run.world.line(),
        name_of(waiting),
        name_of(first),
    );
    run.tell(Diagnosis::Unsupported, &message);
    vm.new_runtime_error(message)
}
