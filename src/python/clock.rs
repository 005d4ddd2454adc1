//! Module `time` on the virtual clock.
//!
//! The interpreter's own module stays, because its `struct_time` and
//! `strptime` are good; every function that asks the host is replaced. None of
//! those may stay reachable: in the browser some of them panic.

use rustpython_vm::builtins::PyStrRef;
use rustpython_vm::function::OptionalOption;
use rustpython_vm::{AsObject, PyObjectRef, PyResult, VirtualMachine};

use super::{context, lines, signal, threads};
use crate::sched::Blocked;
use crate::trace::{Diagnosis, ThreadId, Time};

/// What `time.time()` says when a run begins: 2023-11-14 22:13:20 UTC.
const EPOCH: Time = Time(1_700_000_000_000_000_000);

/// The clock, as the program or a library reads it. Before the run it stands at zero.
fn read() -> Time {
    let Some(run) = context::current() else {
        return Time::ZERO;
    };
    if lines::program_is_calling() {
        run.world.program_read()
    } else {
        run.world.now()
    }
}

fn wall() -> Time {
    EPOCH.plus(read())
}

/// Processor time: code takes none, so there is only what was spent on reading clocks.
fn spent() -> Time {
    let _ = read();
    context::current().map_or(Time::ZERO, |run| run.world.spun())
}

/// Puts the virtual clock in place of the host's.
///
/// # Errors
/// When the interpreter's module is not as we know it.
pub(super) fn install(vm: &VirtualMachine) -> PyResult<()> {
    let time = vm.import("time", 0)?;
    for (name, kept) in [
        ("gmtime", "_gmtime"),
        ("strftime", "_strftime"),
        ("asctime", "_asctime"),
    ] {
        let original = time.get_attr(name, vm)?;
        time.set_attr(kept, original, vm)?;
    }
    for (name, value) in clocks(vm).into_iter().chain(calendar(vm)) {
        if value.is_callable() {
            value.set_attr("__module__", vm.ctx.new_str("time"), vm)?;
        }
        time.set_attr(name, value, vm)?;
    }
    for name in HOST_ONLY {
        // Which of them exist differs between platforms.
        let _ = time.as_object().del_attr(name, vm);
    }
    Ok(())
}

/// An attribute of the module.
type Attribute = (&'static str, PyObjectRef);

/// A function without arguments, by its name and its body.
macro_rules! function {
    ($vm:ident, $name:literal, $reading:expr) => {
        (
            $name,
            $vm.new_function($name, |_: &VirtualMachine| $reading).into(),
        )
    };
}

fn clocks(vm: &VirtualMachine) -> Vec<Attribute> {
    vec![
        function!(vm, "time", wall().as_secs_f64()),
        function!(vm, "time_ns", wall().0),
        function!(vm, "monotonic", read().as_secs_f64()),
        function!(vm, "monotonic_ns", read().0),
        function!(vm, "perf_counter", read().as_secs_f64()),
        function!(vm, "perf_counter_ns", read().0),
        function!(vm, "process_time", spent().as_secs_f64()),
        function!(vm, "process_time_ns", spent().0),
        function!(vm, "thread_time", spent().as_secs_f64()),
        function!(vm, "thread_time_ns", spent().0),
        ("sleep", vm.new_function("sleep", sleep).into()),
    ]
}

/// The program lives in UTC.
fn calendar(vm: &VirtualMachine) -> Vec<Attribute> {
    let utc = || vm.ctx.new_str("UTC").into();
    let zero = || vm.ctx.new_int(0).into();
    vec![
        ("gmtime", vm.new_function("gmtime", gmtime).into()),
        ("localtime", vm.new_function("localtime", gmtime).into()),
        ("strftime", vm.new_function("strftime", strftime).into()),
        ("asctime", vm.new_function("asctime", asctime).into()),
        ("ctime", vm.new_function("ctime", ctime).into()),
        ("mktime", vm.new_function("mktime", mktime).into()),
        ("tzname", vm.ctx.new_tuple(vec![utc(), utc()]).into()),
        ("timezone", zero()),
        ("altzone", zero()),
        ("daylight", zero()),
    ]
}

/// Functions about clocks of the host, which a program in the page does not have.
const HOST_ONLY: [&str; 8] = [
    "clock_gettime",
    "clock_gettime_ns",
    "clock_settime",
    "clock_settime_ns",
    "clock_getres",
    "get_clock_info",
    "pthread_getcpuclockid",
    "tzset",
];

/// Whether this is our [`sleep`].
pub(super) fn is_sleep(function: &PyObjectRef, vm: &VirtualMachine) -> bool {
    let name = function.get_attr("__name__", vm).and_then(|name| name.str(vm));
    name.is_ok_and(|name| name.to_str() == Some("sleep"))
        && original("sleep", vm).is_ok_and(|sleep| sleep.is(function))
}

/// `time.sleep`: a blocking call, which holds up everything.
fn sleep(seconds: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    let span = Time::from_secs_f64(seconds_of(&seconds, vm)?);
    let Some(run) = context::current() else {
        return Ok(());
    };
    lines::record_outside(&run);
    let threads = run.world.threads();
    if lines::is_in_step() && span > Time::ZERO && threads.current() == ThreadId::MAIN {
        let message = format!(
            "time.sleep holds up the whole event loop for {span}: `await asyncio.sleep(…)` lets other tasks run"
        );
        run.tell(Diagnosis::Blocking, &message);
    }
    if !threads.is_alone() {
        return threads::sleep_here(span.as_secs_f64(), vm);
    }
    let until = run.world.now().plus(span);
    while run.world.block(until.since(run.world.now())) == Blocked::Interrupted {
        // A handler that returns lets the sleep go on.
        signal::raise(signal::SIGINT, vm)?;
    }
    Ok(())
}

/// A number of seconds, refused in the words of `CPython`.
pub(super) fn seconds_of(seconds: &PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
    let number = seconds.try_float(vm).map_err(|_| {
        let class = seconds.class().name().to_string();
        vm.new_type_error(format!("'{class}' object cannot be interpreted as an integer"))
    })?;
    let number = number.to_f64();
    if number.is_nan() {
        return Err(vm.new_value_error("Invalid value NaN (not a number)"));
    }
    if number < 0.0 {
        return Err(vm.new_value_error("sleep length must be non-negative"));
    }
    Ok(number)
}

/// A function of the interpreter's module that we have replaced.
fn original(name: &'static str, vm: &VirtualMachine) -> PyResult {
    vm.import("time", 0)?.get_attr(name, vm)
}

fn gmtime(seconds: OptionalOption<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
    let seconds = seconds
        .flatten()
        .unwrap_or_else(|| vm.ctx.new_float(wall().as_secs_f64()).into());
    original("_gmtime", vm)?.call((seconds,), vm)
}

fn moment_or_now(moment: OptionalOption<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
    moment
        .flatten()
        .map_or_else(|| gmtime(OptionalOption::Missing, vm), Ok)
}

fn strftime(format: PyStrRef, moment: OptionalOption<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
    let moment = moment_or_now(moment, vm)?;
    original("_strftime", vm)?.call((format, moment), vm)
}

fn asctime(moment: OptionalOption<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
    let moment = moment_or_now(moment, vm)?;
    original("_asctime", vm)?.call((moment,), vm)
}

fn ctime(seconds: OptionalOption<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
    let moment = gmtime(seconds, vm)?;
    original("_asctime", vm)?.call((moment,), vm)
}

fn mktime(moment: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    // The calendar of the standard library is exact, and in UTC this is all there is to it.
    let seconds = vm
        .import("calendar", 0)?
        .get_attr("timegm", vm)?
        .call((moment,), vm)?;
    Ok(vm.ctx.new_float(seconds.try_float(vm)?.to_f64()).into())
}
