//! Where a task rests, and with which locals: looked up after every step.
//!
//! Nothing is asked of the program, and as little as possible of the
//! interpreter: the observer compares what it finds with what it saw when the
//! task last rested, and records the difference. When nothing has changed it
//! allocates nothing.

use std::cell::RefCell;

use rustpython_vm::builtins::{PyAsyncGen, PyCoroutine, PyGenerator, PyTypeRef, PyWeak};
use rustpython_vm::bytecode::{CO_FAST_CELL, CO_FAST_FREE};
use rustpython_vm::frame::FrameObjectRef;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyRef, VirtualMachine};

pub use super::repr::short as bounded_repr;
use super::{context, lines, repr};
use crate::sched::World;
use crate::trace::{EventKind, Frame, Line, TaskId, TextId};

/// Longest await chain that is looked at.
const LONGEST: usize = 64;

/// Remembers how every task rested last.
#[derive(Debug, Default)]
pub struct Observer {
    tasks: Vec<Vec<Seen>>,
    /// The chain that is being looked at; kept for its memory.
    chain: Vec<Suspended>,
    /// The text that is being made; kept for its memory.
    text: String,
}

/// A coroutine or generator at rest, and its frame.
#[derive(Debug)]
struct Suspended {
    owner: PyObjectRef,
    frame: FrameObjectRef,
}

/// A frame as it was when it was last looked at.
#[derive(Debug)]
struct Seen {
    /// Whose frame it is. Only a weak reference tells for sure: an address may be used again.
    owner: Option<PyRef<PyWeak>>,
    function: TextId,
    line: Line,
    locals: Vec<Local>,
}

/// A local variable as it was when it was last looked at.
#[derive(Debug)]
enum Local {
    Unset,
    /// An object whose text cannot change. It is kept alive, so that no other can take its place.
    Fixed(PyObjectRef),
    /// Anything else, known by its text. The object must not be kept alive: when it dies is the
    /// program's business.
    Text(String),
    /// An object that is shown by its class alone.
    Class(PyTypeRef),
}

thread_local! {
    static OBSERVER: RefCell<Observer> = RefCell::default();
}

/// [`Observer::rest`] for the run of this thread.
pub fn rest(task: TaskId, coroutine: &PyObject, vm: &VirtualMachine) {
    if let Some(run) = context::current() {
        OBSERVER.with_borrow_mut(|observer| observer.rest(&run.world, task, coroutine, vm));
    }
}

/// [`Observer::gone`] for the run of this thread.
pub fn gone(task: TaskId) {
    // What was kept alive dies after the borrow: an immutable value runs no code, but be sure.
    drop(OBSERVER.with_borrow_mut(|observer| observer.take(task)));
}

/// Forgets all tasks: the run is over.
pub(super) fn reset() {
    drop(OBSERVER.take());
}

impl Observer {
    /// An observer that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The task rests: records what is new about its stack and its locals.
    pub fn rest(&mut self, world: &World, task: TaskId, coroutine: &PyObject, vm: &VirtualMachine) {
        self.find_chain(coroutine);
        let index = task.index();
        if self.tasks.len() <= index {
            self.tasks.resize_with(index + 1, Vec::new);
        }
        self.record_stack(world, task, vm);
        for depth in 0..self.chain.len() {
            self.record_locals(world, task, depth, vm);
        }
        self.chain.clear();
    }

    /// The task is done and will not rest again.
    pub fn gone(&mut self, task: TaskId) {
        drop(self.take(task));
    }

    fn take(&mut self, task: TaskId) -> Vec<Seen> {
        self.tasks
            .get_mut(task.index())
            .map(std::mem::take)
            .unwrap_or_default()
    }

    /// The suspended frames of the program's own file, outermost first.
    fn find_chain(&mut self, coroutine: &PyObject) {
        self.chain.clear();
        let mut next = Some(coroutine.to_owned());
        for _ in 0..LONGEST {
            let Some(suspended) = next.as_deref().and_then(Suspended::of) else {
                break;
            };
            next = suspended.frame.yield_from_target();
            if lines::is_program_code(suspended.frame.iframe().code()) {
                self.chain.push(suspended);
            }
        }
    }

    fn record_stack(&mut self, world: &World, task: TaskId, vm: &VirtualMachine) {
        let seen = &mut self.tasks[task.index()];
        let mut same_frames = 0;
        let mut moved = seen.len() != self.chain.len();
        for (known, suspended) in seen.iter_mut().zip(&self.chain) {
            if !known.is_of(&suspended.owner) {
                break;
            }
            same_frames += 1;
            let line = line_of(&suspended.frame);
            moved |= known.line != line;
            known.line = line;
        }
        if same_frames == self.chain.len() && !moved {
            return;
        }
        seen.truncate(same_frames);
        for Suspended { owner, frame } in &self.chain[same_frames..] {
            let code = frame.iframe().code();
            seen.push(Seen {
                owner: owner.downgrade(None, vm).ok(),
                function: world.text(code.qualname.as_str()),
                line: line_of(frame),
                locals: Vec::new(),
            });
        }
        let frames = seen
            .iter()
            .map(|seen| Frame {
                function: seen.function,
                line: seen.line,
            })
            .collect();
        let fresh_from = u32::try_from(same_frames).unwrap_or(u32::MAX);
        world.emit(&EventKind::StackSeen {
            task,
            frames,
            fresh_from,
        });
    }

    fn record_locals(&mut self, world: &World, task: TaskId, depth: usize, vm: &VirtualMachine) {
        let frame = &self.chain[depth].frame;
        let code = frame.iframe().code();
        let seen = &mut self.tasks[task.index()][depth].locals;
        #[expect(
            unsafe_code,
            reason = "the only way to the locals that runs no code and copies nothing"
        )]
        // SAFETY: the frame is suspended, and nothing below runs code that could resume it.
        let slots = unsafe { frame.fastlocals() };
        let captured = code.cellvars.iter().filter(|name| !code.varnames.contains(name));
        for (index, name) in code.varnames.iter().chain(captured).enumerate() {
            let kind = code.localspluskinds.get(index).copied().unwrap_or(0);
            let slot = slots.get(index).and_then(Option::as_ref);
            let is_cell = kind & (CO_FAST_CELL | CO_FAST_FREE) != 0;
            let contents = slot.filter(|_| is_cell).and_then(|cell| cell_contents(cell, vm));
            let value = if is_cell {
                contents.as_deref()
            } else {
                slot.map(AsRef::as_ref)
            };
            if seen.len() <= index {
                seen.push(Local::Unset);
            }
            if name.as_str().starts_with('.') || !seen[index].differs(value, &mut self.text, vm) {
                continue;
            }
            let name = world.text(name.as_str());
            let frame = u32::try_from(depth).unwrap_or(u32::MAX);
            let value = value.map(|_| world.text(&self.text));
            world.emit(&EventKind::LocalChanged {
                task,
                frame,
                name,
                value,
            });
        }
    }
}

impl Local {
    /// Whether `value` is another than it was. If so, remembers it and leaves its text in `text`.
    fn differs(&mut self, value: Option<&PyObject>, text: &mut String, vm: &VirtualMachine) -> bool {
        let Some(value) = value else {
            let was_set = !matches!(self, Self::Unset);
            *self = Self::Unset;
            return was_set;
        };
        match self {
            Self::Fixed(known) if known.is(value) => return false,
            Self::Class(known) if value.class().is(known) => return false,
            _ => {}
        }
        repr::write_short(text, value, vm);
        if let Self::Text(known) = self
            && known == text
        {
            return false;
        }
        *self = if repr::is_immutable(value, vm) {
            Self::Fixed(value.to_owned())
        } else if repr::is_shown_by_class(value, text) {
            Self::Class(value.class().to_owned())
        } else {
            Self::Text(text.clone())
        };
        true
    }
}

impl Seen {
    fn is_of(&self, owner: &PyObject) -> bool {
        let known = self.owner.as_ref().and_then(|weak| weak.upgrade());
        known.is_some_and(|known| known.is(owner))
    }
}

impl Suspended {
    fn of(object: &PyObject) -> Option<Self> {
        let frame = if let Some(coroutine) = object.downcast_ref::<PyCoroutine>() {
            coroutine.as_coro().frame_opt()
        } else if let Some(generator) = object.downcast_ref::<PyGenerator>() {
            generator.as_coro().frame_opt()
        } else if let Some(generator) = object.downcast_ref::<PyAsyncGen>() {
            generator.as_coro().frame_opt()
        } else if ASYNC_GENERATOR_STEPS.contains(&&*object.class().name()) {
            let parts = object.gc_get_referents();
            let generator = parts
                .iter()
                .find(|part| part.downcast_ref::<PyAsyncGen>().is_some());
            return generator.and_then(|generator| Self::of(generator));
        } else {
            None
        };
        frame.map(|frame| Self {
            owner: object.to_owned(),
            frame,
        })
    }
}

/// Classes of what `__anext__`, `asend`, `athrow` and `aclose` give. They have no public field for
/// their generator, but the garbage collector may ask for it.
const ASYNC_GENERATOR_STEPS: [&str; 3] = [
    "async_generator_asend",
    "async_generator_athrow",
    "anext_awaitable",
];

fn cell_contents(cell: &PyObject, vm: &VirtualMachine) -> Option<PyObjectRef> {
    if !cell.class().is(vm.ctx.types.cell_type) {
        return Some(cell.to_owned());
    }
    cell.get_attr("cell_contents", vm).ok()
}

fn line_of(frame: &FrameObjectRef) -> Line {
    Line::try_from(frame.current_location().line.get()).unwrap_or(0)
}
