//! `asyncio.Queue` as a Python class; its relatives derive from it in Python.

use std::cell::{Cell, OnceCell, RefCell};
use std::fmt::Write as _;
use std::rc::Rc;

use rustpython_derive::pyclass;
use rustpython_vm::builtins::{PyFloat, PyGenericAlias, PyInt, PyType, PyTypeRef};
use rustpython_vm::function::{FuncArgs, PySetterValue};
use rustpython_vm::types::{Constructor, Initializer, Representable};
use rustpython_vm::{AsObject, FromArgs, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::arguments::Item;
use super::coroutine::{LibraryCoroutine, Of};
use super::cycles::{Keeps, SeeObject, see_kept};
use super::host::PyHost;
use super::names;
use super::primitive::{bind, bound_loop, empty_until_initialised, in_line, shown, world};
use super::queue_items::{AsItsClass, AsOwner, Items, Method, Replaced};
use crate::sched::sync::{Discipline, Queue};

/// `asyncio.Queue`.
#[pyclass(module = "asyncio.queues", name = "Queue", traverse = "manual")]
#[derive(PyPayload, Default)]
pub(super) struct PyQueue {
    sched: OnceCell<Rc<Queue<PyHost>>>,
    maxsize: RefCell<Option<PyObjectRef>>,
    pub(super) replaced: Cell<Replaced>,
    pub(super) items: RefCell<Items>,
    /// Once `_queue` is an object: the items that the trace knows to be there, in the order of
    /// putting. Addresses only: the program decides how long an item lives.
    pub(super) shown: RefCell<Vec<usize>>,
}
empty_until_initialised!(PyQueue, Queue<PyHost>);

impl Keeps for PyQueue {
    fn each_object(&self, see: &mut SeeObject<'_>) {
        if let Some(sched) = self.known() {
            sched.each_kept(&mut |kept| see_kept(kept, see));
        }
        if let Ok(Some(maxsize)) = self.maxsize.try_borrow().as_deref() {
            see(maxsize);
        }
        if let Ok(Items::Open(object)) = self.items.try_borrow().as_deref() {
            see(object);
        }
    }
}

#[derive(FromArgs)]
pub(super) struct QueueArgs {
    #[pyarg(any)]
    maxsize: PyObjectRef,
    #[pyarg(any)]
    discipline: String,
}

impl Initializer for PyQueue {
    type Args = QueueArgs;

    fn init(zelf: &Py<Self>, args: QueueArgs, vm: &VirtualMachine) -> PyResult<()> {
        let discipline = match args.discipline.as_str() {
            "fifo" => Discipline::Fifo,
            "lifo" => Discipline::Lifo,
            "priority" => Discipline::Priority,
            other => return Err(vm.new_value_error(format!("no such discipline: {other}"))),
        };
        if zelf.sched.get().is_none() {
            let name = names::bound_by_running_line();
            let sched = Queue::new(&world(), &name, discipline, capacity(&args.maxsize, vm));
            sched.binding().shown_by(shown(zelf.as_object(), vm)?);
            let _ = zelf.sched.set(sched);
        }
        *zelf.maxsize.borrow_mut() = Some(args.maxsize.clone());
        let replaced = Replaced::by_class_of(zelf, vm);
        zelf.replaced.set(replaced);
        if replaced.has_any() {
            zelf.sched(vm)?.opened();
        }
        if replaced.has(Method::Init) {
            *zelf.items.borrow_mut() = Items::Elsewhere;
            vm.call_method(zelf.as_object(), "_init", (args.maxsize,))?;
        } else if replaced.has(Method::Put) || replaced.has(Method::Get) {
            zelf.start_empty(vm)?;
        }
        Ok(())
    }
}

/// How many items there is room for, for the picture; 0 for any number.
fn capacity(maxsize: &PyObjectRef, vm: &VirtualMachine) -> i64 {
    if let Some(number) = maxsize.downcast_ref::<PyInt>() {
        return number.try_to_primitive(vm).unwrap_or(i64::MAX);
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the nearest number of items is meant"
    )]
    let from_float = |number: &Py<PyFloat>| number.to_f64().ceil() as i64;
    maxsize.downcast_ref::<PyFloat>().map_or(0, from_float)
}

impl PyQueue {
    pub(super) fn maxsize(&self, vm: &VirtualMachine) -> PyObjectRef {
        vm.unwrap_or_none(self.maxsize.borrow().clone())
    }

    /// What `repr` and `str` say inside the brackets.
    fn description(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        if zelf.replaced.get().has(Method::Format) {
            let text = vm.call_method(zelf.as_object(), "_format", ())?.str(vm)?;
            return Ok(text.as_wtf8().to_string_lossy().into_owned());
        }
        Self::_format(zelf, vm)
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
    fn put(zelf: PyRef<Self>, Item { item }: Item, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(
            LibraryCoroutine::create_anywhere("Queue.put", vm, move |event_loop| {
                sched.put(event_loop, item, AsOwner)
            })
            .of(zelf.as_object()),
        )
    }

    #[pymethod]
    fn put_nowait(zelf: PyRef<Self>, Item { item }: Item, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched(vm)?.put_nowait(item, &AsItsClass(zelf))
    }

    #[pymethod]
    fn get(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(
            LibraryCoroutine::create_anywhere("Queue.get", vm, move |event_loop| {
                sched.get(event_loop, AsOwner)
            })
            .of(zelf.as_object()),
        )
    }

    #[pymethod]
    fn get_nowait(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        zelf.sched(vm)?.get_nowait(&AsItsClass(zelf))
    }

    #[pymethod]
    fn task_done(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched(vm)?.task_done()
    }

    #[pymethod]
    fn join(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(
            LibraryCoroutine::create_anywhere("Queue.join", vm, move |event_loop| sched.join(event_loop))
                .of(zelf.as_object()),
        )
    }

    #[pymethod]
    fn shutdown(zelf: PyRef<Self>, args: ShutdownArgs, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched(vm)?.shutdown(args.immediate, &AsItsClass(zelf))
    }

    #[pymethod]
    fn qsize(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<usize> {
        Self::size(zelf, vm)
    }

    #[pymethod]
    fn empty(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        Self::has_none(zelf, vm)
    }

    #[pymethod]
    fn full(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        Self::has_no_room(zelf, vm)
    }

    // What subclasses replace.

    #[pymethod]
    fn _init(zelf: &Py<Self>, _maxsize: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        zelf.start_empty(vm)
    }

    #[pymethod]
    fn _put(zelf: &Py<Self>, item: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        Self::put_in(zelf, item, vm)
    }

    #[pymethod]
    fn _get(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        Self::take_out(zelf, vm)
    }

    #[pymethod]
    fn _format(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        let sched = zelf.sched(vm)?;
        let mut text = format!("maxsize={}", zelf.maxsize(vm).repr(vm)?.as_wtf8());
        let items = zelf.listed(vm)?;
        if !items.is_empty() {
            let _ = write!(
                text,
                " _queue={}",
                vm.ctx.new_list(items).as_object().repr(vm)?.as_wtf8()
            );
        }
        let (getters, putters) = (sched.getters().len(), sched.putters().len());
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

    // What programs look at that look inside.

    #[pygetset(name = "maxsize")]
    fn get_maxsize(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        zelf.maxsize(vm)
    }

    #[pygetset]
    fn _maxsize(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        zelf.maxsize(vm)
    }

    #[pygetset(setter)]
    fn set__maxsize(zelf: &Py<Self>, maxsize: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched(vm)?.opened();
        *zelf.maxsize.borrow_mut() = Some(maxsize);
        Ok(())
    }

    #[pygetset]
    fn _queue(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        Self::object(zelf, vm)
    }

    #[pygetset(setter)]
    fn set__queue(zelf: &Py<Self>, object: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched(vm)?.opened();
        *zelf.items.borrow_mut() = match object {
            PySetterValue::Assign(object) => Items::Open(object),
            PySetterValue::Delete => Items::Elsewhere,
        };
        Ok(())
    }

    #[pygetset]
    fn _unfinished_tasks(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<u64> {
        Ok(zelf.sched(vm)?.unfinished())
    }

    #[pygetset(setter)]
    fn set__unfinished_tasks(zelf: &Py<Self>, unfinished: u64, vm: &VirtualMachine) -> PyResult<()> {
        let sched = zelf.sched(vm)?;
        sched.opened();
        sched.set_unfinished(unfinished);
        Ok(())
    }

    #[pygetset]
    fn _is_shutdown(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(zelf.sched(vm)?.is_shut_down())
    }

    #[pygetset]
    fn _getters(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        Ok(in_line(zelf.sched(vm)?.getters(), vm))
    }

    #[pygetset]
    fn _putters(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        Ok(in_line(zelf.sched(vm)?.putters(), vm))
    }

    #[pygetset]
    fn _loop(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        Ok(bound_loop(zelf.sched(vm)?.binding(), vm))
    }

    #[pygetset(setter)]
    fn set__loop(zelf: &Py<Self>, event_loop: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        bind(zelf.sched(vm)?.binding(), event_loop, vm)
    }

    // The methods of the event `_finished`.

    #[pymethod]
    fn _is_finished(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(zelf.sched(vm)?.is_finished())
    }

    #[pymethod]
    fn _finish(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched(vm)?.finish();
        Ok(())
    }

    #[pymethod]
    fn _unfinish(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        zelf.sched(vm)?.unfinish();
        Ok(())
    }

    #[pymethod]
    fn _wait_finished(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<LibraryCoroutine>> {
        let sched = zelf.sched(vm)?;
        Ok(LibraryCoroutine::create("Event.wait", vm, move |event_loop| {
            sched.wait_finished(event_loop)
        })
        .of(zelf.as_object()))
    }

    #[pymethod(name = "__str__")]
    fn str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!(
            "<{} {}>",
            zelf.class().name(),
            Self::description(zelf, vm)?
        ))
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
            Self::description(zelf, vm)?
        ))
    }
}
