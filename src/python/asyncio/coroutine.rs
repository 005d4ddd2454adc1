//! Coroutines of the library: Rust `async fn`s that Python can await.

use std::cell::{OnceCell, RefCell};
use std::fmt;
use std::rc::Rc;

use rustpython_derive::pyclass;
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::function::OptionalArg;
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::types::{Destructor, IterNext, Iterable, Representable, SelfIter};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::cycles::{Keeps, SeeObject, see_kept};
use super::event_loop::PyEventLoop;
use super::future::future_part;
use super::host::{PyHost, with_vm};
use super::registry;
use crate::python::context;
use crate::sched::{Coroutine, EventLoop, Polled};

thread_local! {
    /// What the running coroutines are methods of, innermost last.
    static OWNERS: RefCell<Vec<Option<PyObjectRef>>> = const { RefCell::new(Vec::new()) };
    /// The loop that a coroutine which is about to begin was told to use.
    static GIVEN: RefCell<Option<PyRef<PyEventLoop>>> = const { RefCell::new(None) };
}

/// What the running coroutine is a method of. Its body asks for it instead of keeping it, because
/// nobody who looks for cycles can see into a body.
pub(super) fn running_owner() -> Option<PyObjectRef> {
    OWNERS.with_borrow(|owners| owners.last().cloned().flatten())
}

enum Body {
    /// To be resumed, for the first time or again.
    Resting(Coroutine<PyHost>),
    Running,
    Done,
}

impl Body {
    const fn is_fresh(&self) -> bool {
        matches!(self, Self::Resting(coroutine) if !coroutine.has_begun())
    }

    const fn has_begun(&self) -> bool {
        matches!(self, Self::Resting(coroutine) if coroutine.has_begun())
    }
}

/// A coroutine object of the library.
#[pyclass(module = false, name = "coroutine", traverse = "manual")]
#[derive(PyPayload)]
pub(super) struct LibraryCoroutine {
    qualname: &'static str,
    /// The loop that it was told to use; otherwise the running one.
    given: RefCell<Option<PyRef<PyEventLoop>>>,
    body: RefCell<Body>,
    /// What it is a method of. Whatever the body shares with that is that one's to tell.
    owner: OnceCell<PyObjectRef>,
}

impl fmt::Debug for LibraryCoroutine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.qualname)
    }
}

impl LibraryCoroutine {
    /// A coroutine that has not begun. `body` gets the running loop.
    pub(super) fn create<F>(
        qualname: &'static str,
        vm: &VirtualMachine,
        body: impl FnOnce(Rc<EventLoop<PyHost>>) -> F + 'static,
    ) -> PyRef<Self>
    where
        F: Future<Output = Result<PyObjectRef, PyBaseExceptionRef>> + 'static,
    {
        // The running loop is looked for when the coroutine is first resumed, because that is
        // when a Python coroutine would.
        Self::new(qualname, vm, async move {
            let event_loop = match GIVEN.take() {
                Some(given) => given,
                None => with_vm(registry::require_running_loop)?,
            };
            body(Rc::clone(event_loop.sched())).await
        })
    }

    /// The same for a body that needs a loop only when it has to wait: whoever drives it by hand gets along
    /// without one until then.
    pub(super) fn create_anywhere<F>(
        qualname: &'static str,
        vm: &VirtualMachine,
        body: impl FnOnce(Rc<EventLoop<PyHost>>) -> F + 'static,
    ) -> PyRef<Self>
    where
        F: Future<Output = Result<PyObjectRef, PyBaseExceptionRef>> + 'static,
    {
        Self::new(qualname, vm, async move {
            let event_loop = match GIVEN.take().or_else(registry::running_loop) {
                Some(event_loop) => Rc::clone(event_loop.sched()),
                None => match context::current() {
                    Some(run) => EventLoop::new(Rc::clone(&run.world)),
                    None => return Err(with_vm(|vm| vm.new_runtime_error("no running event loop"))),
                },
            };
            body(event_loop).await
        })
    }

    fn new(
        qualname: &'static str,
        vm: &VirtualMachine,
        body: impl Future<Output = Result<PyObjectRef, PyBaseExceptionRef>> + 'static,
    ) -> PyRef<Self> {
        Self {
            qualname,
            given: RefCell::new(None),
            body: RefCell::new(Body::Resting(Coroutine::new(body))),
            owner: OnceCell::new(),
        }
        .into_ref(&vm.ctx)
    }

    /// Runs until the next rest.
    pub(super) fn resume(
        &self,
        error: Option<PyBaseExceptionRef>,
        vm: &VirtualMachine,
    ) -> PyResult<PyIterReturn> {
        let mut coroutine = match self.body.replace(Body::Running) {
            Body::Resting(coroutine) => coroutine,
            Body::Running => {
                return Err(vm.new_value_error("coroutine already executing"));
            }
            Body::Done => {
                self.body.replace(Body::Done);
                return Err(vm.new_runtime_error("cannot reuse already awaited coroutine"));
            }
        };
        if !coroutine.has_begun() && error.is_none() {
            GIVEN.set(self.given.take());
        }
        OWNERS.with_borrow_mut(|owners| owners.push(self.owner.get().cloned()));
        let mut polled = coroutine.resume(error);
        if let Polled::On(future) = &polled
            && future_part(future).cell().event_loop().embedder().is_none()
        {
            polled = coroutine.resume(Some(vm.new_runtime_error("no running event loop")));
        }
        drop(OWNERS.with_borrow_mut(Vec::pop));
        let rested = match polled {
            Polled::Done(result) => {
                self.body.replace(Body::Done);
                return match result {
                    Ok(value) if vm.is_none(&value) => Ok(PyIterReturn::StopIteration(None)),
                    Ok(value) => Ok(PyIterReturn::StopIteration(Some(value))),
                    Err(error) => Err(error),
                };
            }
            Polled::Bare => None,
            Polled::On(future) => Some(future),
        };
        self.body.replace(Body::Resting(coroutine));
        Ok(PyIterReturn::Return(vm.unwrap_or_none(rested)))
    }

    /// Makes it use `event_loop`, whichever loop runs. It must not have begun.
    pub(super) fn use_loop(&self, event_loop: PyRef<PyEventLoop>) {
        *self.given.borrow_mut() = Some(event_loop);
    }

    /// Its qualified name, as in `coroutine 'sleep' was never awaited`.
    pub(super) const fn qualname(&self) -> &'static str {
        self.qualname
    }
}

/// Coroutines that are methods.
pub(super) trait Of {
    /// Keeps `owner`, whose method it is, alive.
    #[must_use]
    fn of(self, owner: &PyObject) -> Self;
}

impl Of for PyRef<LibraryCoroutine> {
    fn of(self, owner: &PyObject) -> Self {
        self.owner.get_or_init(|| owner.to_owned());
        self
    }
}

impl Keeps for LibraryCoroutine {
    fn each_object(&self, see: &mut SeeObject<'_>) {
        if let Ok(Body::Resting(coroutine)) = self.body.try_borrow().as_deref() {
            coroutine.each_kept(&mut |kept| see_kept(kept, see));
        }
        if let Some(owner) = self.owner.get() {
            see(owner);
        }
    }
}

#[pyclass(with(Iterable, IterNext, Representable, Destructor))]
impl LibraryCoroutine {
    #[pymethod(name = "__await__")]
    fn await_(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        if zelf.body.borrow().has_begun() {
            return Err(vm.new_runtime_error("coroutine is being awaited already"));
        }
        Ok(zelf)
    }

    #[pymethod]
    fn send(zelf: &Py<Self>, _value: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        zelf.resume(None, vm)
    }

    #[pymethod]
    fn throw(
        zelf: &Py<Self>,
        error: PyObjectRef,
        value: OptionalArg,
        traceback: OptionalArg,
        vm: &VirtualMachine,
    ) -> PyResult<PyIterReturn> {
        let error = vm.normalize_exception(error, value.unwrap_or_none(vm), traceback.unwrap_or_none(vm))?;
        zelf.resume(Some(error), vm)
    }

    #[pymethod]
    fn close(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        let begun = zelf.body.borrow().has_begun();
        if !begun {
            drop(zelf.body.replace(Body::Done));
            return Ok(());
        }
        let exit = vm.new_exception(vm.ctx.exceptions.generator_exit.to_owned(), Vec::new());
        match zelf.resume(Some(exit), vm) {
            Ok(PyIterReturn::Return(_)) => Err(vm.new_runtime_error("coroutine ignored GeneratorExit")),
            Ok(PyIterReturn::StopIteration(_)) => Ok(()),
            Err(error) if error.fast_isinstance(vm.ctx.exceptions.generator_exit) => Ok(()),
            Err(error) => Err(error),
        }
    }

    #[pygetset(name = "__name__")]
    fn name(zelf: &Py<Self>) -> &'static str {
        zelf.qualname.rsplit('.').next().unwrap_or(zelf.qualname)
    }

    #[pygetset(name = "__qualname__")]
    fn qualified_name(zelf: &Py<Self>) -> &'static str {
        zelf.qualname
    }

    /// What it waits for.
    #[pygetset]
    fn cr_await(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        let waits_for = match &*zelf.body.borrow() {
            Body::Resting(coroutine) => coroutine.waits_for().cloned(),
            Body::Running | Body::Done => None,
        };
        vm.unwrap_or_none(waits_for)
    }

    /// There is no frame: the library is not written in Python.
    #[pygetset]
    fn cr_frame(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.none()
    }

    /// There is no code object either.
    #[pygetset]
    fn cr_code(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.none()
    }

    /// Whether it has come to its end.
    #[pygetset]
    fn _is_done(zelf: &Py<Self>) -> bool {
        matches!(*zelf.body.borrow(), Body::Done)
    }

    #[pygetset]
    fn cr_origin(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.none()
    }

    #[pygetset]
    fn cr_running(zelf: &Py<Self>) -> bool {
        matches!(*zelf.body.borrow(), Body::Running)
    }
}

impl SelfIter for LibraryCoroutine {}

impl IterNext for LibraryCoroutine {
    fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        zelf.resume(None, vm)
    }
}

impl Representable for LibraryCoroutine {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!(
            "<coroutine object {} at {:#x}>",
            zelf.qualname,
            zelf.get_id()
        ))
    }
}

impl Destructor for LibraryCoroutine {
    fn del(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
        if zelf.body.borrow().is_fresh() {
            let name = vm.ctx.new_str(zelf.qualname);
            rustpython_vm::warn::warn_unawaited_coroutine(zelf.as_object(), &name, vm);
            return Ok(());
        }
        Self::close(zelf, vm)
    }
}
