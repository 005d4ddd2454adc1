//! What the package needs to be the `asyncio` of Python 3.7 when a run asks for that.
//!
//! `pylib/asyncio/_level37.py` lays the older names over the package. Here is
//! what it cannot do in Python: change classes that are native, say which loop
//! a coroutine of the library uses, and reach functions of the scheduler that
//! only that level has.

use std::cell::RefCell;

use rustpython_vm::builtins::{PyModule, PyStrRef, PyTypeRef};
use rustpython_vm::function::OptionalArg;
use rustpython_vm::{Py, PyObjectRef, PyRef, PyResult, VirtualMachine};

use super::coroutine::LibraryCoroutine;
use super::event_loop::{PyEventLoop, seconds};
use super::functions::{ensure_future_in, set_of, tasks_of};
use super::host::{PyHost, with_vm};
use super::registry;
use crate::python::context;
use crate::sched::combine;
use crate::trace::Diagnosis;

thread_local! {
    /// What native classes had before they were changed, in that order. The classes outlive the
    /// run, so the next one on this thread must find them as they were.
    static CHANGED: RefCell<Vec<(PyTypeRef, PyStrRef, Option<PyObjectRef>)>> = const { RefCell::new(Vec::new()) };
}

/// Whether this run has the `asyncio` of Python 3.7.
pub(super) fn is_37() -> bool {
    context::current().is_some_and(|run| run.world.is_37())
}

/// Tells the reader that the running line uses something that is gone.
pub(super) fn tell_gone(name: &str) {
    if let Some(run) = context::current() {
        run.tell(Diagnosis::Gone, name);
    }
}

/// Makes the native classes what they were.
pub(super) fn reset(vm: &VirtualMachine) {
    while let Some((class, name, before)) = CHANGED.with_borrow_mut(Vec::pop) {
        put(&class, &name, before, vm);
    }
}

/// Puts the functions into the native module.
///
/// # Errors
/// When the module takes no attributes.
pub(super) fn define(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
    let functions = [
        ("is_37", vm.new_function("is_37", is_37)),
        ("reshape", vm.new_function("reshape", reshape)),
        ("use_loop", vm.new_function("use_loop", use_loop)),
        ("wait_for_37", vm.new_function("wait_for_37", wait_for)),
        ("known_tasks", vm.new_function("known_tasks", known_tasks)),
        (
            "tell_gone",
            vm.new_function("tell_gone", |name: PyStrRef| {
                tell_gone(&name.as_wtf8().to_string_lossy());
            }),
        ),
    ];
    for (name, function) in functions {
        module.set_attr(vm.ctx.intern_str(name), function, vm)?;
    }
    Ok(())
}

/// Gives a native class an attribute, or takes one away, for this run.
fn reshape(class: PyTypeRef, name: PyStrRef, value: OptionalArg, vm: &VirtualMachine) {
    let before = put(&class, &name, value.into_option(), vm);
    CHANGED.with_borrow_mut(|changed| changed.push((class, name, before)));
}

fn put(
    class: &PyTypeRef,
    name: &PyStrRef,
    value: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> Option<PyObjectRef> {
    class.modified();
    let name = vm.ctx.intern_str(name.as_wtf8());
    match value {
        Some(value) => class.attributes().insert(name, value),
        None => class.attributes().remove(name),
    }
}

/// `coroutine`, which will use `event_loop`, be it the running one or not.
fn use_loop(
    coroutine: PyRef<LibraryCoroutine>,
    event_loop: PyRef<PyEventLoop>,
    _vm: &VirtualMachine,
) -> PyRef<LibraryCoroutine> {
    coroutine.use_loop(event_loop);
    coroutine
}

/// `wait_for` with a timeout.
fn wait_for(awaitable: PyObjectRef, timeout: PyObjectRef, vm: &VirtualMachine) -> PyRef<LibraryCoroutine> {
    LibraryCoroutine::create("wait_for", vm, move |event_loop| async move {
        let timeout = with_vm(|vm| seconds(&timeout, vm))?;
        let object = super::host::loop_object(&event_loop);
        let ensure = move || with_vm(|vm| ensure_future_in(awaitable, Some(&object), vm));
        combine::wait_for_37::<PyHost>(event_loop, ensure, timeout).await
    })
}

/// A set of all tasks of a loop that live, be they done or not.
fn known_tasks(event_loop: PyRef<PyEventLoop>, vm: &VirtualMachine) -> PyResult {
    set_of(tasks_of(&event_loop, registry::known_tasks()), vm)
}

#[cfg(test)]
mod tests {
    use crate::session::run::{Engine, Options};
    use crate::trace::{Level, Outcome, Trace};

    /// What a program prints to stdout at a level, a line each.
    fn printed(source: &str, level: Level) -> Vec<String> {
        lines("out", source, level)
    }

    fn lines(stream: &str, source: &str, level: Level) -> Vec<String> {
        let bytes = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
        let chunks = std::rc::Rc::clone(&bytes);
        let options = Options {
            program: "main.py".into(),
            source: source.into(),
            level: Some(level),
            ..Options::default()
        };
        let outcome = Engine::new().run(options, move |chunk: Vec<u8>| chunks.borrow_mut().extend(chunk));
        assert!(matches!(outcome, Outcome::Exited { code: 0, .. }), "{outcome:?}");
        let trace = Trace::read(&bytes.borrow()).unwrap();
        assert_eq!(trace.header().level, level);
        let log = crate::trace::write_log(&trace);
        log.lines()
            .filter_map(|line| line.split_once(&format!(r#""ev": "{stream}", "text": "#)))
            .map(|(_, text)| text.trim_end_matches('}').to_owned())
            .collect()
    }

    #[test]
    fn a_level_leaves_nothing_behind_for_the_next_run_of_the_thread() {
        let source = "import asyncio\nprint([hasattr(asyncio.Task, name) for name in ('all_tasks', 'get_name', 'cancelling')])\n";
        let older = ["\"[True, False, False]\""];
        let newer = ["\"[False, True, True]\""];
        assert_eq!(printed(source, Level::Python313), newer);
        assert_eq!(printed(source, Level::Python37), older);
        assert_eq!(printed(source, Level::Python313), newer);
    }

    /// `docs/differences.md` lists these.
    #[test]
    fn what_differs_from_python_3_7_is_known() {
        let source = "\
import asyncio
import traceback
import asyncio.exceptions

class Manager:
    async def __aenter__(self):
        pass
    async def __aexit__(self, *error):
        raise KeyError('exit')

def fails(future):
    1 / 0

async def main():
    try:
        async with Manager():
            pass
    except KeyError:
        traceback.print_exc()
    future = asyncio.get_event_loop().create_future()
    future.add_done_callback(fails)
    future.set_result(1)
    await asyncio.sleep(0)
    if (n := 1):
        print('later syntax')

asyncio.run(main())
";
        assert_eq!(printed(source, Level::Python37), ["\"later syntax\""]);
        let told = lines("err", source, Level::Python37);
        let has = |part: &str| told.iter().any(|line| line.contains(part));
        assert!(has("line 16, in main"), "3.7 says 17: {told:?}");
        assert!(
            has("Exception in callback fails() at"),
            "3.7 shows the future: {told:?}"
        );
    }
}
