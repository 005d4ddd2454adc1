//! Module `_threads`: what the library's `threading` is made of.

use rustpython_vm::builtins::PyModuleDef;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject, Context, PyObjectRef, PyPayload, PyResult, VirtualMachine};

use super::awaitables::{Done, Rest, Steps, Until};
use super::{driver, helpers, jobs};
use crate::python::clock;
use crate::python::context;
use crate::sched::World;
use crate::sched::threads::{LockState, Taken};
use crate::trace::{Diagnosis, ThreadId, Time};

/// The definition of the module.
pub(in crate::python) fn module_def(ctx: &Context) -> &'static PyModuleDef {
    _threads::module_def(ctx)
}

fn with_world<R>(read: impl FnOnce(&World) -> R) -> R {
    match context::current() {
        Some(run) => read(&run.world),
        None => unreachable!("threads exist inside a run"),
    }
}

fn deadline(seconds: f64) -> Time {
    with_world(|world| world.now().plus(Time::from_secs_f64(seconds)))
}

/// The steps of `time.sleep` for a thread.
fn sleep(seconds: f64) -> Rest {
    let at = deadline(seconds);
    let now = with_world(World::now);
    let until = if at > now {
        Until::Woken(Some(at))
    } else {
        Until::Others
    };
    Rest::new(until, format!("time.sleep({seconds:?})"))
}

/// `time.sleep` where nothing can be suspended, when there are other threads.
pub(in crate::python) fn sleep_here(seconds: f64, vm: &VirtualMachine) -> PyResult<()> {
    let until = deadline(seconds);
    loop {
        let now = with_world(World::now);
        let rest = if until > now {
            Rest::new(Until::Woken(Some(until)), "time.sleep".to_owned())
        } else if with_world(|world| world.threads().are_others_in_line(world)) {
            Rest::new(Until::Others, "time.sleep".to_owned())
        } else {
            return Ok(());
        };
        driver::run(&rest.into_ref(&vm.ctx).into(), vm)?;
        if with_world(World::now) >= until {
            return Ok(());
        }
    }
}

/// What to await for a call of a builtin that blocks.
pub(super) fn native_twin(
    function: &PyObjectRef,
    arguments: &FuncArgs,
    vm: &VirtualMachine,
) -> PyResult<Option<PyObjectRef>> {
    if clock::is_sleep(function, vm) && arguments.kwargs.is_empty() && arguments.args.len() == 1 {
        let seconds = clock::seconds_of(&arguments.args[0], vm)?;
        if seconds == 0.0 && !with_world(|world| world.threads().are_others_in_line(world)) {
            return Ok(Some(Done::of(vm.ctx.none(), vm)));
        }
        let rest = sleep(seconds).into_ref(&vm.ctx).into();
        return Ok(Some(Steps::create(rest, Some(vm.ctx.none()), None, vm)));
    }
    // `Context.run`, also of a context that the program made.
    if !arguments.args.is_empty()
        && &*function.class().name() == "builtin_function_or_method"
        && let Ok(context) = function.get_attr("__self__", vm)
        && &*context.class().name() == "Context"
        && let Ok(name) = function.get_attr("__name__", vm)
        && name.str(vm)?.to_str() == Some("run")
    {
        let mut arguments = arguments.clone();
        let inner = arguments.args.remove(0);
        // Looked at inside the context: the call itself may be one of the program.
        let steps = helpers::in_context(inner, arguments, vm);
        return Ok(Some(Steps::create(steps, None, Some(context), vm)));
    }
    Ok(None)
}

#[rustpython_vm::pymodule]
mod _threads {
    use super::{
        Diagnosis, LockState, Rest, Taken, ThreadId, Until, deadline, driver, helpers, jobs, with_world,
    };
    use crate::python::{context, lines};
    use crate::sched::threads::Woken;
    use rustpython_vm::function::{ArgIntoFloat, FuncArgs};
    use rustpython_vm::types::Constructor;
    use rustpython_vm::{Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

    /// Number of the thread that runs.
    #[pyfunction]
    fn ident(_vm: &VirtualMachine) -> u32 {
        context::current().map_or(1, |run| run.world.threads().current().0)
    }

    /// A new thread that runs `steps`, first in line.
    #[pyfunction]
    fn spawn(name: String, steps: PyObjectRef, _vm: &VirtualMachine) -> u32 {
        driver::spawn(name, steps).0
    }

    /// Whether this thread has ended.
    #[pyfunction]
    fn has_ended(thread: u32, _vm: &VirtualMachine) -> bool {
        with_world(|world| world.threads().has_ended(ThreadId(thread)))
    }

    /// The current thread waits for the end of another; a rest must follow.
    #[pyfunction]
    fn join(thread: u32, _vm: &VirtualMachine) {
        with_world(|world| world.threads().join(ThreadId(thread)));
    }

    /// It waits no longer.
    #[pyfunction]
    fn leave(thread: u32, _vm: &VirtualMachine) {
        with_world(|world| world.threads().leave(ThreadId(thread)));
    }

    /// Runs the steps of something that blocks, where they cannot be suspended.
    #[pyfunction]
    fn run(steps: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        driver::run(&steps, vm)
    }

    /// To be awaited: `function(…)`, by its twin if it has one.
    #[pyfunction]
    fn call(mut arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let function = arguments.args.remove(0);
        helpers::awaitable(function, arguments, vm)
    }

    /// To be awaited: `function(…)` in a context of its own.
    #[pyfunction]
    fn call_in_new_context(mut arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let function = arguments.args.remove(0);
        helpers::in_new_context(function, arguments, vm)
    }

    /// Whether a call of this can be suspended.
    #[pyfunction]
    fn is_suspendable(callable: PyObjectRef, vm: &VirtualMachine) -> bool {
        helpers::is_suspendable(&callable, vm)
    }

    /// To be awaited: rests until the deadline in virtual nanoseconds, or until it is woken.
    #[pyfunction]
    fn rest(nanos: Option<u64>, on: String, _vm: &VirtualMachine) -> Rest {
        Rest::new(Until::Woken(nanos.map(crate::trace::Time)), on)
    }

    /// Notes that a blocking call holds up the event loop.
    #[pyfunction]
    fn note_blocking(call: String, _vm: &VirtualMachine) {
        if let Some(run) = context::current()
            && lines::is_in_step()
            && run.world.threads().current() == ThreadId::MAIN
        {
            let message = format!(
                "{call} blocks, and holds up the whole event loop: `await asyncio.to_thread(…)` lets a thread wait for it"
            );
            run.tell(Diagnosis::Blocking, &message);
        }
    }

    /// The deadline of a timeout in seconds, in virtual nanoseconds.
    #[pyfunction]
    fn deadline_after(seconds: ArgIntoFloat, _vm: &VirtualMachine) -> u64 {
        deadline(seconds.into_float()).0
    }

    /// Virtual time in seconds, for the library.
    #[pyfunction]
    fn now(_vm: &VirtualMachine) -> f64 {
        with_world(|world| world.now().as_secs_f64())
    }

    /// What a `threading.Lock` is made of.
    #[pyattr]
    #[pyclass(module = "_threads", name = "LockState")]
    #[derive(Debug, Default, PyPayload)]
    struct Lock(LockState);

    impl Constructor for Lock {
        type Args = FuncArgs;

        fn py_new(
            _class: &Py<rustpython_vm::builtins::PyType>,
            _arguments: FuncArgs,
            _vm: &VirtualMachine,
        ) -> PyResult<Self> {
            Ok(Self::default())
        }
    }

    #[pyclass(with(Constructor))]
    impl Lock {
        #[pymethod]
        fn take(zelf: &Py<Self>) -> bool {
            zelf.0.take()
        }

        #[pymethod]
        fn is_held(zelf: &Py<Self>) -> bool {
            zelf.0.is_held()
        }

        #[pymethod]
        fn stand_in_line(zelf: &Py<Self>) {
            with_world(|world| zelf.0.stand_in_line(world.threads()));
        }

        /// `True`: taken; `False`: too late; `None`: rest once more.
        #[pymethod]
        fn after_rest(zelf: &Py<Self>) -> Option<bool> {
            match with_world(|world| zelf.0.after_rest(world.threads())) {
                Taken::Yes => Some(true),
                Taken::TooLate => Some(false),
                Taken::NotYet => None,
            }
        }

        #[pymethod]
        fn abandon(zelf: &Py<Self>) {
            with_world(|world| zelf.0.abandon(world.threads()));
        }

        #[pymethod]
        fn release(zelf: &Py<Self>) -> bool {
            with_world(|world| zelf.0.release(world.threads()))
        }

        #[pymethod]
        fn reset(zelf: &Py<Self>) {
            zelf.0.reset();
        }
    }

    /// Records a new pool; its number.
    #[pyfunction]
    fn pool(name: String, workers: u32, _vm: &VirtualMachine) -> u32 {
        jobs::pool(&name, workers)
    }

    /// Records a job that was given to a pool; its number.
    #[pyfunction]
    fn job_queued(pool: u32, function: PyObjectRef, vm: &VirtualMachine) -> u32 {
        jobs::queued(pool, &function, vm)
    }

    /// Records that the current thread takes a job.
    #[pyfunction]
    fn job_began(job: u32, _vm: &VirtualMachine) {
        jobs::began(job);
    }

    /// Records that a job is over: by a result, by an exception, or cancelled.
    #[pyfunction]
    fn job_ended(job: u32, how: String, _vm: &VirtualMachine) {
        jobs::ended(job, &how);
    }

    /// Wakes a thread that rests.
    #[pyfunction]
    fn wake(thread: u32, _vm: &VirtualMachine) {
        with_world(|world| world.threads().wake(ThreadId(thread), Woken::Called));
    }
}
