//! What the trace of a program with threads tells, and what threads cannot do.
#![cfg(all(feature = "engine", not(target_arch = "wasm32")))]

#[path = "common/runs.rs"]
#[allow(dead_code, reason = "shared with tests that look at more of a run")]
mod runs;

use loopscope::trace::{
    Diagnosis, EventKind, JobId, Outcome, Settled, ThreadId, ThreadState, ThreadView, Work, lanes,
};
use runs::{Ran, run};

fn events<R>(ran: &Ran, of: impl Fn(&EventKind) -> Option<R>) -> Vec<R> {
    ran.trace.events().filter_map(|event| of(&event.kind)).collect()
}

/// A thread rests below a native function, and the main thread would have to run meanwhile: there is
/// no order but a wrong one, so the program is told where.
#[test]
fn a_thread_that_cannot_be_suspended_says_so_by_name_and_line() {
    let ran = run("\
import threading, time
def slow(x):
    time.sleep(0.1)
    return x
def work():
    try:
        zip(*[map(slow, 'ab')]).__next__()
    except RuntimeError as error:
        print(error)
thread = threading.Thread(target=work)
thread.start()
thread.join()
");
    assert_eq!(ran.error(), None);
    let said = "line 3: thread Thread-1 (work) cannot wait for time.sleep here, below code that is not the \
                program's own or in a generator or coroutine: thread MainThread would have to run meanwhile";
    assert_eq!(ran.out(), said.to_owned() + "\n");
    let told = events(&ran, |kind| match kind {
        EventKind::Diagnosed { diagnosis, line, .. } => Some((*diagnosis, *line)),
        _ => None,
    });
    assert_eq!(told, [(Diagnosis::Unsupported, 3)]);
}

/// The same rest is no trouble when everybody below waits for something later.
#[test]
fn a_thread_rests_below_a_native_function_when_nobody_else_has_to_run() {
    let ran = run("\
import threading, time
def slow(x):
    time.sleep(0.125)
    return x
def work():
    time.sleep(0.125)
    print(zip(*[map(slow, 'ab')]).__next__(), time.monotonic())
thread = threading.Thread(target=work)
thread.start()
thread.join()
");
    assert_eq!((ran.error(), ran.out().as_str()), (None, "('a',) 0.25\n"));
}

#[test]
fn what_a_thread_does_stands_between_its_beginning_and_its_rest() {
    let ran = run("\
import threading, time
def work():
    print('one')
    time.sleep(1)
    print('two')
thread = threading.Thread(target=work, name='worker')
thread.start()
print('main')
thread.join()
");
    let mut told = Vec::new();
    let mut running = None;
    for event in ran.trace.events() {
        match &event.kind {
            EventKind::ThreadResumed { thread } => running = Some(*thread),
            EventKind::ThreadRested { on, .. } => {
                let on = on.map_or("the end", |on| ran.trace.text(on));
                told.push(format!("{} rests: {on}", event.at));
                running = None;
            }
            EventKind::Output { text, .. } => {
                let who = running.map_or("main".to_owned(), |thread| thread.to_string());
                told.push(format!("{} {who}: {}", event.at, ran.trace.text(*text)));
            }
            EventKind::LinesRan { lines } if running.is_some() => told.push(format!("lines {lines:?}")),
            _ => {}
        }
    }
    assert_eq!(
        told,
        [
            "0s thread2: one",
            "lines [3, 4]",
            "0s rests: time.sleep(1.0)",
            "0s main: main",
            "1s thread2: two",
            "lines [5]",
            "1s rests: the end",
        ]
    );
}

#[test]
fn a_pool_tells_who_worked_on_which_job() {
    let ran = run("\
from concurrent.futures import ThreadPoolExecutor
import time
def job(n):
    time.sleep(n)
    if n == 3:
        raise ValueError(n)
with ThreadPoolExecutor(1) as pool:
    jobs = [pool.submit(job, n) for n in (1, 3, 2)]
    print(jobs[2].cancel())
");
    let state = ran.trace.state_at(ran.trace.last_frame());
    let jobs: Vec<_> = state
        .workers
        .jobs
        .iter()
        .map(|job| {
            (
                job.id,
                ran.trace.text(job.function),
                job.line,
                job.worker,
                job.ended,
            )
        })
        .collect();
    let worker = Some(ThreadId(2));
    assert_eq!(
        jobs,
        [
            (JobId(1), "job", 8, worker, Some(Settled::Result)),
            (JobId(2), "job", 8, worker, Some(Settled::Exception)),
            (JobId(3), "job", 8, None, Some(Settled::Cancelled)),
        ]
    );
    let threads: Vec<(&str, ThreadState)> = state
        .workers
        .threads
        .iter()
        .map(|ThreadView { name, state, .. }| (ran.trace.text(*name), *state))
        .collect();
    assert_eq!(threads, [("ThreadPoolExecutor-0_0", ThreadState::Ended)]);
}

#[test]
fn threads_that_wait_for_each_other_end_the_run() {
    let ran = run("\
import threading
lock = threading.Lock()
lock.acquire()
lock.acquire()
");
    assert_eq!(ran.outcome(), &Outcome::ThreadsDeadlocked { tasks: Vec::new() });
}

#[test]
fn a_thread_that_never_rests_runs_out_of_lines() {
    let ran = run("\
import threading
def work():
    while True:
        try:
            pass
        except BaseException:
            pass
threading.Thread(target=work).start()
");
    assert!(
        matches!(ran.outcome(), Outcome::OutOfBudget { .. }),
        "{:?}",
        ran.outcome()
    );
}

/// A daemon stops where it is: what it would do on its way out is not done.
#[test]
fn the_end_of_the_program_does_not_end_a_daemon() {
    let ran = run("\
import threading, time
def work():
    try:
        time.sleep(1)
    finally:
        print('never')
threading.Thread(target=work, daemon=True).start()
print('end')
");
    assert_eq!((ran.error(), ran.out().as_str()), (None, "end\n"));
}

#[test]
fn contexts_and_handled_exceptions_of_a_thread_are_its_own() {
    let ran = run("\
import contextvars, sys, threading
var = contextvars.ContextVar('var', default='nothing')
def work():
    print(var.get(), sys.exc_info()[0])
    try:
        raise KeyError
    except KeyError as error:
        print(error.__context__)
try:
    var.set('main')
    1 / 0
except ZeroDivisionError:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
print(var.get())
");
    assert_eq!(ran.out(), "nothing None\nNone\nmain\n");
}

#[test]
fn a_hundred_threads_wait_together_and_a_hundred_calls_one_after_another() {
    let ran = run("\
import threading, time
def call():
    time.sleep(0.02)
began = time.monotonic()
for _ in range(100):
    call()
print(f'{time.monotonic() - began:.2f}')
began = time.monotonic()
threads = [threading.Thread(target=call) for _ in range(100)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f'{time.monotonic() - began:.2f}')
");
    assert_eq!((ran.error(), ran.out().as_str()), (None, "2.00\n0.02\n"));
    assert_eq!(lanes(&ran.trace).workers().len(), 100);
}

/// Whoever is free first takes the next job: the test plays that with a table of its own.
#[test]
fn a_pool_of_three_works_on_twenty_jobs_in_three_lanes() {
    let ran = run("\
import time
from concurrent.futures import ThreadPoolExecutor
def job(n):
    time.sleep((100 + n * 37 % 101) / 1000)
    print(n)
with ThreadPoolExecutor(3) as pool:
    for n in range(20):
        pool.submit(job, n)
");
    let mut free_at = [0_u32; 3];
    let mut own = [const { Vec::new() }; 3];
    let mut ends = Vec::new();
    for n in 0..20_u32 {
        let first = (0..3).min_by_key(|worker| free_at[*worker]).unwrap_or(0);
        free_at[first] += 100 + n * 37 % 101;
        own[first].push(JobId(n + 1));
        ends.push((free_at[first], n));
    }
    ends.sort_unstable();
    assert!(
        ends.windows(2).all(|pair| pair[0].0 < pair[1].0),
        "no two end together"
    );
    let order: Vec<String> = ends.iter().map(|(_, n)| format!("{n}\n")).collect();
    assert_eq!((ran.error(), ran.out()), (None, order.concat()));

    let lanes = lanes(&ran.trace);
    let worked: Vec<Vec<JobId>> = lanes
        .workers()
        .iter()
        .map(|worker| worker.stretches.iter().filter_map(|work| work.job).collect())
        .collect();
    assert_eq!(worked, own);
    for worker in lanes.workers() {
        let apart = |pair: &[Work]| pair[0].to.is_some_and(|to| to.time <= pair[1].from.time);
        assert!(worker.stretches.windows(2).all(apart), "one job at a time");
    }
}
