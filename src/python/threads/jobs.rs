//! Pools and their jobs in the trace.

use rustpython_vm::{PyObjectRef, VirtualMachine};

use crate::python::asyncio::name_of_call;
use crate::python::context;
use crate::sched::{Description, Resource};
use crate::trace::{EventKind, JobId, ResourceId, ResourceKind, Settled};

fn emit(kind: &EventKind) {
    if let Some(run) = context::current() {
        run.world.emit(kind);
    }
}

/// A new pool of so many workers.
pub(super) fn pool(name: &str, workers: u32) -> u32 {
    let Some(run) = context::current() else { return 0 };
    let description = Description {
        capacity: workers,
        ..Description::new(ResourceKind::Executor, name)
    };
    Resource::create(&run.world, description).id().0
}

/// A job for a pool.
pub(super) fn queued(pool: u32, function: &PyObjectRef, vm: &VirtualMachine) -> u32 {
    let Some(run) = context::current() else { return 0 };
    let name = name_of_call(function, vm);
    let line = run.world.line();
    run.world
        .record(|recorder| {
            let (job, function) = (recorder.next_job(), recorder.text(&name));
            recorder.emit(&EventKind::JobQueued {
                job,
                pool: ResourceId(pool),
                function,
                line,
            });
            job
        })
        .0
}

/// The thread that runs takes a job.
pub(super) fn began(job: u32) {
    emit(&EventKind::JobBegan { job: JobId(job) });
}

/// A job is over.
pub(super) fn ended(job: u32, how: &str) {
    let how = match how {
        "result" => Settled::Result,
        "exception" => Settled::Exception,
        _ => Settled::Cancelled,
    };
    emit(&EventKind::JobEnded { job: JobId(job), how });
}
