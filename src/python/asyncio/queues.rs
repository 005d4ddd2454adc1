//! `asyncio.Queue` as a Python class; its relatives derive from it in Python.

use std::cell::OnceCell;
use std::fmt::Write as _;
use std::rc::Rc;

use rustpython_derive::pyclass;
use rustpython_vm::builtins::{PyGenericAlias, PyType, PyTypeRef};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::{Constructor, Initializer, Representable};
use rustpython_vm::{AsObject, FromArgs, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::coroutine::LibraryCoroutine;
use super::host::PyHost;
use super::names;
use super::primitive::{empty_until_initialised, world};
use crate::sched::sync::{Discipline, Queue};

/// `asyncio.Queue`.
#[pyclass(module = "asyncio.queues", name = "Queue")]
#[derive(PyPayload, Default)]
pub(super) struct PyQueue {
    sched: OnceCell<Rc<Queue<PyHost>>>,
}
empty_until_initialised!(PyQueue, Queue<PyHost>);

#[derive(FromArgs)]
pub(super) struct QueueArgs {
    #[pyarg(any, default = 0)]
    maxsize: i64,
    #[pyarg(named, name = "_discipline", default)]
    discipline: Option<String>,
}

impl Initializer for PyQueue {
    type Args = QueueArgs;

    fn init(zelf: &Py<Self>, args: QueueArgs, vm: &VirtualMachine) -> PyResult<()> {
        let discipline = match args.discipline.as_deref() {
            None => Discipline::Fifo,
            Some("lifo") => Discipline::Lifo,
            Some("priority") => Discipline::Priority,
            Some(other) => return Err(vm.new_value_error(format!("no such discipline: {other}"))),
        };
        let name = names::bound_by_running_line();
        zelf.sched
            .get_or_init(|| Queue::new(&world(), &name, discipline, args.maxsize));
        Ok(())
    }
}

impl PyQueue {
    /// `_format`: what `repr` and `str` say inside the brackets.
    fn describe(&self, vm: &VirtualMachine) -> PyResult<String> {
        let sched = self.sched(vm)?;
        let mut text = format!("maxsize={}", sched.maxsize());
        if !sched.is_empty() {
            let items = vm.ctx.new_list(sched.items());
            let _ = write!(text, " _queue={}", items.as_object().repr(vm)?.as_wtf8());
        }
        let (getters, putters) = sched.waiting();
        if getters > 0 {
            let _ = write!(text, " _getters[{getters}]");
        }
        if putters > 0 {
            let _ = write!(text, " _putters[{putters}]");
        }
        if sched.unfinished() > 0 {
            let _ = write!(text, " tasks={}", sched.unfinished());
        }
        if sched.is_shut_down() {
            text += " shutdown";
        }
        Ok(text)
    }
}

#[derive(FromArgs)]
struct ShutdownArgs {
    #[pyarg(any, default = false)]
    immediate: bool,
}

#[pyclass(
    flags(BASETYPE, HAS_DICT, HAS_WEAKREF),
    with(Constructor, Initializer, Representable)
)]
impl PyQueue {
    #[pymethod]
    fn put(zelf: &Py<Self>, item: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(LibraryCoroutine::create("Queue.put", vm, move |event_loop| {
            sched.put(event_loop, item)
        }))
    }

    #[pymethod]
    fn put_nowait(zelf: &Py<Self>, item: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched(vm)?.put_nowait(item)
    }

    #[pymethod]
    fn get(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(LibraryCoroutine::create("Queue.get", vm, move |event_loop| {
            sched.get(event_loop)
        }))
    }

    #[pymethod]
    fn get_nowait(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        zelf.sched(vm)?.get_nowait()
    }

    #[pymethod]
    fn task_done(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched(vm)?.task_done()
    }

    #[pymethod]
    fn join(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(LibraryCoroutine::create("Queue.join", vm, move |event_loop| {
            sched.join(event_loop)
        }))
    }

    #[pymethod]
    fn shutdown(zelf: &Py<Self>, args: ShutdownArgs, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched(vm)?.shutdown(args.immediate)
    }

    #[pymethod]
    fn qsize(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<usize> {
        Ok(zelf.sched(vm)?.len())
    }

    #[pymethod]
    fn empty(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(zelf.sched(vm)?.is_empty())
    }

    #[pymethod]
    fn full(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(zelf.sched(vm)?.is_full())
    }

    #[pygetset]
    fn maxsize(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
        Ok(zelf.sched(vm)?.maxsize())
    }

    /// The items, as programs that look inside expect them.
    #[pygetset]
    fn _queue(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        Ok(vm.ctx.new_list(zelf.sched(vm)?.items()).into())
    }

    #[pygetset]
    fn _unfinished_tasks(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<u64> {
        Ok(zelf.sched(vm)?.unfinished())
    }

    #[pymethod(name = "__str__")]
    fn str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<{} {}>", zelf.class().name(), zelf.describe(vm)?))
    }

    #[pyclassmethod(name = "__class_getitem__")]
    fn class_getitem(class: PyTypeRef, item: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyGenericAlias> {
        PyGenericAlias::from_args(class, item, vm)
    }
}

impl Representable for PyQueue {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!(
            "<{} at {:#x} {}>",
            zelf.class().name(),
            zelf.get_id(),
            zelf.describe(vm)?
        ))
    }
}
