//! The items of a queue as Python objects, and the methods that subclasses replace.
//!
//! As long as nobody looks at `_queue` and no subclass says how items are kept, the scheduler
//! keeps them. From then on they are in an object that the program can change.

use rustpython_vm::class::PyClassImpl;
use rustpython_vm::types::{PyComparisonOp, PyTypeFlags};
use rustpython_vm::{AsObject, Py, PyObjectRef, PyRef, PyResult, VirtualMachine};

use super::coroutine::running_owner;
use super::host::{PyHost, with_vm};
use super::queues::PyQueue;
use crate::sched::sync::{Discipline, Overrides, Plain, Queue, Taken};

/// Where the items are.
#[derive(Default)]
pub(super) enum Items {
    /// In the scheduler.
    #[default]
    Own,
    /// In the object `_queue`.
    Open(PyObjectRef),
    /// A subclass keeps them, and not in `_queue`.
    Elsewhere,
}

/// Methods that the others call by name.
#[derive(Clone, Copy)]
pub(super) enum Method {
    Init,
    Put,
    Get,
    Empty,
    Full,
    Qsize,
    PutNowait,
    GetNowait,
    Format,
}

impl Method {
    const ALL: [(Self, &'static str); 9] = [
        (Self::Init, "_init"),
        (Self::Put, "_put"),
        (Self::Get, "_get"),
        (Self::Empty, "empty"),
        (Self::Full, "full"),
        (Self::Qsize, "qsize"),
        (Self::PutNowait, "put_nowait"),
        (Self::GetNowait, "get_nowait"),
        (Self::Format, "_format"),
    ];

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// Which methods the class of a queue has replaced.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Replaced(u16);

impl Replaced {
    pub(super) fn by_class_of(queue: &Py<PyQueue>, vm: &VirtualMachine) -> Self {
        let (class, base) = (queue.class(), PyQueue::make_static_type());
        let replaced = Method::ALL.into_iter().filter(|(_, name)| {
            let name = vm.ctx.intern_str(*name);
            match (class.get_attr(name), base.get_attr(name)) {
                (Some(found), Some(ours)) => !found.is(&ours),
                _ => true,
            }
        });
        Self(replaced.fold(0, |mask, (method, _)| mask | method.bit()))
    }

    pub(super) const fn has_any(self) -> bool {
        self.0 != 0
    }

    pub(super) const fn has(self, method: Method) -> bool {
        self.0 & method.bit() != 0
    }
}

impl PyQueue {
    /// Whether the scheduler keeps the items.
    fn is_own(&self) -> bool {
        matches!(*self.items.borrow(), Items::Own)
    }

    fn replaces(&self, method: Method) -> bool {
        self.replaced.get().has(method)
    }

    /// `_init(maxsize)` of the queue itself.
    pub(super) fn start_empty(&self, vm: &VirtualMachine) -> PyResult<()> {
        let empty = self.container(Vec::new(), vm)?;
        *self.items.borrow_mut() = Items::Open(empty);
        Ok(())
    }

    fn container(&self, items: Vec<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
        let list: PyObjectRef = vm.ctx.new_list(items).into();
        match self.sched(vm)?.discipline() {
            Discipline::Fifo => vm
                .import("_collections", 0)?
                .get_attr("deque", vm)?
                .call((list,), vm),
            Discipline::Lifo | Discipline::Priority => Ok(list),
        }
    }

    /// `_queue`: the object with the items, which from now on is where they are.
    pub(super) fn object(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        match &*zelf.items.borrow() {
            Items::Open(object) => return Ok(object.clone()),
            Items::Elsewhere => {
                let class = zelf.class().name().to_string();
                return Err(vm.new_attribute_error(format!("'{class}' object has no attribute '_queue'")));
            }
            Items::Own => {}
        }
        let (items, places) = zelf.sched(vm)?.open();
        *zelf.shown.borrow_mut() = places.into_iter().map(|place| items[place].get_id()).collect();
        let object = zelf.container(items, vm)?;
        *zelf.items.borrow_mut() = Items::Open(object.clone());
        Ok(object)
    }

    /// The items, for `repr`.
    pub(super) fn listed(&self, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        let object = match &*self.items.borrow() {
            Items::Own => return Ok(self.sched(vm)?.items()),
            Items::Elsewhere => return Ok(Vec::new()),
            Items::Open(object) => object.clone(),
        };
        if object.clone().try_to_bool(vm)? {
            object.try_to_value(vm)
        } else {
            Ok(Vec::new())
        }
    }

    /// How many items there are, when that can be told without running code of the program.
    fn count(&self, vm: &VirtualMachine) -> Option<usize> {
        let Items::Open(object) = &*self.items.borrow() else {
            return None;
        };
        let builtin = !object.class().slots.flags.has_feature(PyTypeFlags::HEAPTYPE);
        builtin.then(|| object.length(vm).ok()).flatten()
    }

    /// `_put(item)` of the queue itself.
    pub(super) fn put_in(zelf: &Py<Self>, item: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let object = Self::object(zelf, vm)?;
        match zelf.sched(vm)?.discipline() {
            Discipline::Fifo | Discipline::Lifo => vm.call_method(&object, "append", (item,))?,
            Discipline::Priority => heap_function("heappush", vm)?.call((object, item), vm)?,
        };
        Ok(())
    }

    /// `_get()` of the queue itself.
    pub(super) fn take_out(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        let object = Self::object(zelf, vm)?;
        match zelf.sched(vm)?.discipline() {
            Discipline::Fifo => vm.call_method(&object, "popleft", ()),
            Discipline::Lifo => vm.call_method(&object, "pop", ()),
            Discipline::Priority => heap_function("heappop", vm)?.call((object,), vm),
        }
    }

    /// `qsize()` of the queue itself.
    pub(super) fn size(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<usize> {
        if zelf.is_own() {
            return Ok(zelf.sched(vm)?.len());
        }
        Self::object(zelf, vm)?.length(vm)
    }

    /// `empty()` of the queue itself.
    pub(super) fn has_none(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        if zelf.is_own() {
            return Ok(zelf.sched(vm)?.is_empty());
        }
        Ok(!Self::object(zelf, vm)?.try_to_bool(vm)?)
    }

    /// `full()` of the queue itself.
    pub(super) fn has_no_room(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
        let maxsize = zelf.maxsize(vm);
        let zero: PyObjectRef = vm.ctx.new_int(0).into();
        if maxsize.rich_compare_bool(&zero, PyComparisonOp::Le, vm)? {
            return Ok(false);
        }
        let size = if zelf.replaces(Method::Qsize) {
            vm.call_method(zelf.as_object(), "qsize", ())?
        } else {
            vm.ctx.new_int(Self::size(zelf, vm)?).into()
        };
        size.rich_compare_bool(&maxsize, PyComparisonOp::Ge, vm)
    }
}

fn heap_function(name: &'static str, vm: &VirtualMachine) -> PyResult {
    vm.import("heapq", 0)?.get_attr(name, vm)
}

/// A queue as its class wants it.
#[derive(Debug)]
pub(super) struct AsItsClass(pub(super) PyRef<PyQueue>);

impl AsItsClass {
    fn asks(&self, method: Method, name: &'static str, ours: Ours) -> PyResult<bool> {
        with_vm(|vm| {
            if self.0.replaces(method) {
                vm.call_method(self.0.as_object(), name, ())?.try_to_bool(vm)
            } else {
                ours(&self.0, vm)
            }
        })
    }
}

/// A question that the queue itself can answer.
type Ours = fn(&Py<PyQueue>, &VirtualMachine) -> PyResult<bool>;

impl Overrides<PyHost> for AsItsClass {
    fn is_full(&self, _queue: &Queue<PyHost>) -> PyResult<bool> {
        self.asks(Method::Full, "full", PyQueue::has_no_room)
    }

    fn is_empty(&self, _queue: &Queue<PyHost>) -> PyResult<bool> {
        self.asks(Method::Empty, "empty", PyQueue::has_none)
    }

    fn put_nowait(&self, queue: &Queue<PyHost>, item: PyObjectRef) -> PyResult<()> {
        if self.0.replaces(Method::PutNowait) {
            return with_vm(|vm| {
                vm.call_method(self.0.as_object(), "put_nowait", (item,))
                    .map(drop)
            });
        }
        queue.put_nowait(item, self)
    }

    fn get_nowait(&self, queue: &Queue<PyHost>) -> PyResult {
        if self.0.replaces(Method::GetNowait) {
            return with_vm(|vm| vm.call_method(self.0.as_object(), "get_nowait", ()));
        }
        queue.get_nowait(self)
    }

    fn store(&self, queue: &Queue<PyHost>, item: PyObjectRef) -> PyResult<bool> {
        let zelf = &self.0;
        if zelf.is_own() {
            return Plain.store(queue, item);
        }
        with_vm(|vm| {
            let (before, shown) = (zelf.count(vm), item.get_id());
            if zelf.replaces(Method::Put) {
                vm.call_method(zelf.as_object(), "_put", (item,))?;
            } else {
                PyQueue::put_in(zelf, item, vm)?;
            }
            let is_more = before
                .zip(zelf.count(vm))
                .is_none_or(|(before, after)| after > before);
            if is_more {
                zelf.shown.borrow_mut().push(shown);
            }
            Ok(is_more)
        })
    }

    fn take(&self, queue: &Queue<PyHost>) -> PyResult<Taken<PyObjectRef>> {
        let zelf = &self.0;
        if zelf.is_own() {
            return Plain.take(queue);
        }
        let item = with_vm(|vm| {
            if zelf.replaces(Method::Get) {
                vm.call_method(zelf.as_object(), "_get", ())
            } else {
                PyQueue::take_out(zelf, vm)
            }
        })?;
        let mut shown = zelf.shown.borrow_mut();
        let place = shown.iter().position(|id| *id == item.get_id());
        if let Some(place) = place {
            shown.remove(place);
        }
        Ok((item, place))
    }

    fn vanished(&self) -> usize {
        let Some(count) = with_vm(|vm| self.0.count(vm)) else {
            return 0;
        };
        let mut shown = self.0.shown.borrow_mut();
        let vanished = shown.len().saturating_sub(count);
        shown.drain(..vanished);
        vanished
    }
}

/// [`AsItsClass`] for a coroutine of the queue, which keeps the queue by itself.
#[derive(Debug)]
pub(super) struct AsOwner;

impl AsOwner {
    fn queue() -> AsItsClass {
        match running_owner().map(PyObjectRef::downcast) {
            Some(Ok(queue)) => AsItsClass(queue),
            _ => unreachable!("a method keeps what it is a method of"),
        }
    }
}

impl Overrides<PyHost> for AsOwner {
    fn is_full(&self, queue: &Queue<PyHost>) -> PyResult<bool> {
        Self::queue().is_full(queue)
    }

    fn is_empty(&self, queue: &Queue<PyHost>) -> PyResult<bool> {
        Self::queue().is_empty(queue)
    }

    fn put_nowait(&self, queue: &Queue<PyHost>, item: PyObjectRef) -> PyResult<()> {
        Self::queue().put_nowait(queue, item)
    }

    fn get_nowait(&self, queue: &Queue<PyHost>) -> PyResult {
        Self::queue().get_nowait(queue)
    }

    fn store(&self, queue: &Queue<PyHost>, item: PyObjectRef) -> PyResult<bool> {
        Self::queue().store(queue, item)
    }

    fn take(&self, queue: &Queue<PyHost>) -> PyResult<(PyObjectRef, Option<usize>)> {
        Self::queue().take(queue)
    }

    fn vanished(&self) -> usize {
        Overrides::<PyHost>::vanished(&Self::queue())
    }
}
