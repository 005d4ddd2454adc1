//! The scheduler embedded in plain Rust: tasks are `async` blocks.
//!
//! For the scheduler's own tests, property tests and benchmarks, which need no
//! interpreter. It has no lines and no locals; values are numbers, texts and lists.

use std::cell::RefCell;
use std::fmt;
use std::future::Future;
use std::rc::Rc;

use super::combine::Gather;
use super::coroutine::{Coroutine, Mailbox, Polled};
use super::event_loop::{EventLoop, Stop};
use super::future::{FutureCell, NativeCallback};
use super::host::{Host, Misuse, Report, Resumed};
use super::task::{self, Spawn, TaskCell};
use super::world::World;
use crate::trace::{Budget, Diagnosis, EventKind, Header, Job, Outcome, TaskId, TaskView, Trace, WaitReason};

/// The embedder.
#[derive(Debug)]
pub struct RustHost;

/// A result of a task.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    None,
    /// A truth.
    Bool(bool),
    /// A number.
    Int(i64),
    /// A text.
    Text(String),
    /// Several values.
    List(Vec<Self>),
    /// An exception as a value.
    Error(Error),
}

/// An exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// `CancelledError`, with its message.
    Cancelled(Option<String>),
    /// Ctrl+C.
    Interrupt,
    /// Anything else, by name.
    Raised(&'static str),
    /// Several at once, under one message.
    Group(String, Vec<Self>),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cancelled(None) => f.write_str("CancelledError()"),
            Self::Cancelled(Some(message)) => write!(f, "CancelledError('{message}')"),
            Self::Interrupt => f.write_str("KeyboardInterrupt()"),
            Self::Raised(name) => write!(f, "{name}()"),
            Self::Group(message, errors) => {
                let errors: Vec<_> = errors.iter().map(Self::to_string).collect();
                write!(f, "ExceptionGroup('{message}', [{}])", errors.join(", "))
            }
        }
    }
}

/// A future or a task: one object, told apart by what it carries.
#[derive(Clone, Debug)]
pub struct FutureRef(Rc<Object>);

#[derive(Debug)]
struct Object {
    cell: FutureCell<RustHost>,
    task: Option<TaskPart>,
    gather: Option<Rc<Gather<RustHost>>>,
}

struct TaskPart {
    cell: TaskCell<RustHost>,
    coroutine: RefCell<Option<Coroutine<RustHost>>>,
}

impl fmt::Debug for TaskPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cell.fmt(f)
    }
}

/// A named callback.
#[derive(Clone)]
pub struct Function {
    name: &'static str,
    run: Rc<dyn Fn() -> Result<(), Error>>,
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Function {
    /// A callback with a name for the trace.
    pub fn new(name: &'static str, run: impl Fn() -> Result<(), Error> + 'static) -> Self {
        Self {
            name,
            run: Rc::new(run),
        }
    }
}

thread_local! {
    static MAILBOX: Mailbox<RustHost> = Mailbox::default();
}

/// A loop of plain Rust tasks.
pub type Loop = Rc<EventLoop<RustHost>>;

/// A fresh world and a loop in it.
pub fn new_loop() -> Loop {
    let header = Header {
        program: "rust".to_owned(),
        ..Header::default()
    };
    EventLoop::new(World::new(&header, || 0))
}

/// Creates a task.
pub fn spawn(
    event_loop: &Loop,
    name: &str,
    body: impl Future<Output = Result<Value, Error>> + 'static,
) -> FutureRef {
    let spawn = Spawn {
        name: Some(name),
        coroutine: name,
        hidden: false,
    };
    let cell = TaskCell::new(event_loop, &spawn);
    let reason = WaitReason::Task(cell.id());
    let coroutine = RefCell::new(Some(Coroutine::new(body)));
    let object = Object {
        cell: FutureCell::new(event_loop, reason),
        task: Some(TaskPart { cell, coroutine }),
        gather: None,
    };
    let task = FutureRef(Rc::new(object));
    task::start::<RustHost>(&task);
    task
}

/// Gathers `children`.
pub fn gather(event_loop: &Loop, children: Vec<FutureRef>, return_exceptions: bool) -> FutureRef {
    super::combine::gather(event_loop, children, return_exceptions, |gather, reason| {
        let cell = FutureCell::new(event_loop, reason);
        FutureRef(Rc::new(Object {
            cell,
            task: None,
            gather: Some(gather),
        }))
    })
}

/// Runs `body` as the task `main` to its end and hands out its result and the trace.
pub fn run<F>(body: impl FnOnce(Loop) -> F) -> (Result<Value, Stop<Error>>, Trace)
where
    F: Future<Output = Result<Value, Error>> + 'static,
{
    let event_loop = new_loop();
    let main = spawn(&event_loop, "main", body(Rc::clone(&event_loop)));
    let ended = event_loop.run_until_complete(&main);
    let trace = end(&event_loop, &ended);
    (ended, trace)
}

/// Records how a run has ended and hands out its trace.
///
/// # Panics
/// When the recorded bytes are no trace, which would be a mistake of ours.
pub fn end(event_loop: &Loop, ended: &Result<Value, Stop<Error>>) -> Trace {
    let world = event_loop.world();
    let chunk = || world.record(crate::trace::Recorder::take_chunk);
    let read = Trace::read(&chunk()).and_then(|mut trace| {
        let outcome = outcome(world, ended, &trace);
        world.emit(&EventKind::RunEnded { outcome });
        trace.push_chunk(&chunk())?;
        Ok(trace)
    });
    match read {
        Ok(trace) => trace,
        Err(error) => panic!("a recorder wrote what no reader reads: {error}"),
    }
}

fn outcome(world: &World, ended: &Result<Value, Stop<Error>>, trace: &Trace) -> Outcome {
    let pending = |task: &&TaskView| !task.state.is_done();
    match ended {
        Err(Stop::Deadlock) => Outcome::Deadlocked {
            tasks: trace
                .tip()
                .tasks
                .iter()
                .filter(pending)
                .map(|task| task.id)
                .collect(),
        },
        Err(Stop::OutOfSteps) => Outcome::OutOfBudget {
            budget: Budget::Steps,
            limit: u64::from(world.max_steps()),
            line: 0,
        },
        Ok(_) => Outcome::Exited { code: 0, error: None },
        Err(Stop::Raised(error)) => Outcome::Exited {
            code: 1,
            error: Some(world.text(&error.to_string())),
        },
    }
}

impl FutureRef {
    /// The task's id, if it is a task.
    pub fn task_id(&self) -> Option<TaskId> {
        self.0.task.as_ref().map(|task| task.cell.id())
    }

    fn task_part(&self) -> &TaskPart {
        match &self.0.task {
            Some(task) => task,
            None => unreachable!("only tasks are resumed"),
        }
    }
}

impl Host for RustHost {
    type Value = Value;
    type Error = Error;
    type Future = FutureRef;
    type Task = FutureRef;
    type Traceback = ();
    type Loop = ();
    type Function = Function;
    type Callback = Rc<NativeCallback<Self>>;

    fn share(callback: NativeCallback<Self>) -> Rc<NativeCallback<Self>> {
        Rc::new(callback)
    }

    fn callback(callback: &Rc<NativeCallback<Self>>) -> &NativeCallback<Self> {
        callback
    }

    fn cell(future: &FutureRef) -> &FutureCell<Self> {
        &future.0.cell
    }

    fn task_cell(task: &FutureRef) -> &TaskCell<Self> {
        &task.task_part().cell
    }

    fn as_future(task: &FutureRef) -> FutureRef {
        task.clone()
    }

    fn as_task(future: &FutureRef) -> Option<FutureRef> {
        future.0.task.is_some().then(|| future.clone())
    }

    fn gather(future: &FutureRef) -> Option<&Rc<Gather<Self>>> {
        future.0.gather.as_ref()
    }

    fn new_future(event_loop: &Loop, reason: WaitReason) -> FutureRef {
        FutureRef(Rc::new(Object {
            cell: FutureCell::new(event_loop, reason),
            task: None,
            gather: None,
        }))
    }

    fn cancel(future: &FutureRef, message: Option<Value>) -> Result<bool, Error> {
        if future.0.task.is_some() {
            return task::cancel::<Self>(future, message);
        }
        match &future.0.gather {
            Some(gather) => gather.cancel(future, message.as_ref()),
            None => future.0.cell.cancel(future, message),
        }
    }

    fn resume(task: &FutureRef, error: Option<Error>) -> Resumed<Self> {
        let part = task.task_part();
        let Some(mut coroutine) = part.coroutine.borrow_mut().take() else {
            unreachable!("a task that is done is not resumed")
        };
        match coroutine.resume(error) {
            Polled::Done(Ok(value)) => Resumed::Returned(value),
            Polled::Done(Err(error)) => Resumed::Raised(error),
            Polled::Bare => {
                *part.coroutine.borrow_mut() = Some(coroutine);
                Resumed::Bare
            }
            Polled::On(future) => {
                *part.coroutine.borrow_mut() = Some(coroutine);
                Resumed::On(future)
            }
        }
    }

    fn call(function: &Function, _: Option<&FutureRef>) -> Result<(), Error> {
        (function.run)()
    }

    fn same_function(one: &Function, other: &Function) -> bool {
        Rc::ptr_eq(&one.run, &other.run)
    }

    fn job(function: &Function, world: &World) -> Job {
        Job::Callback {
            name: world.text(function.name),
        }
    }

    fn rests(_: &World, _: Option<&FutureRef>, _: bool) {}

    fn interrupt(_: &Loop) -> Result<(), Error> {
        Err(Error::Interrupt)
    }

    fn report(event_loop: &Loop, report: Report<'_, Self>) -> Result<(), Error> {
        let text = match report {
            Report::Callback { function, error, .. } => {
                let callback = function.map_or("the loop", |function| function.name);
                format!("Exception in callback {callback}: {error}")
            }
            Report::Step { task, error, .. } => {
                format!("{} cannot be resumed: {error}", Self::task_cell(task).name())
            }
            Report::Orphan { child, error, .. } => {
                format!(
                    "{} has errored out after its parent: {error}",
                    Self::task_cell(child).name()
                )
            }
            Report::Slow { .. } => return Ok(()),
        };
        event_loop.world().record(|recorder| {
            let message = recorder.text(&text);
            recorder.emit(&EventKind::Diagnosed {
                diagnosis: Diagnosis::Uncaught,
                line: 0,
                column: 0,
                message,
            });
        });
        Ok(())
    }

    fn handling<R>(_: Option<Error>, run: impl FnOnce() -> R) -> R {
        run()
    }

    fn misuse(misuse: Misuse<Self>) -> Error {
        Error::Raised(match misuse {
            Misuse::AlreadySettled(_)
            | Misuse::ResultNotSet
            | Misuse::ExceptionNotSet
            | Misuse::StepOfDone { .. } => "InvalidStateError",
            Misuse::AwaitedInCircle => "RecursionError",
            Misuse::AwaitWasNotUsed
            | Misuse::OtherLoop { .. }
            | Misuse::BoundElsewhere { .. }
            | Misuse::AwaitsItself(_)
            | Misuse::LoopRunning
            | Misuse::LoopClosed
            | Misuse::StoppedEarly
            | Misuse::LockNotAcquired
            | Misuse::WaitWithoutLock
            | Misuse::NotifyWithoutLock
            | Misuse::TimeoutEnteredTwice
            | Misuse::TimeoutOutsideTask
            | Misuse::TimeoutNotEntered
            | Misuse::TimeoutIsOver(_)
            | Misuse::GroupMisused { .. } => "RuntimeError",
            Misuse::ReleasedTooOften | Misuse::TaskDoneTooOften => "ValueError",
            Misuse::QueueEmpty => "QueueEmpty",
            Misuse::QueueFull => "QueueFull",
            Misuse::QueueShutDown => "QueueShutDown",
            Misuse::TimedOut => "TimeoutError",
            Misuse::BarrierAborted | Misuse::BarrierAbortedOrReset => "BrokenBarrierError",
        })
    }

    fn cancelled_error(message: Option<Value>) -> Error {
        Error::Cancelled(message.map(|message| match message {
            Value::Text(text) => text,
            other => Self::repr(&other),
        }))
    }

    fn error_group(message: &str, errors: Vec<Error>) -> Error {
        Error::Group(message.to_owned(), errors)
    }

    fn timeout_error(_: &Error) -> Error {
        Error::Raised("TimeoutError")
    }

    fn insert_timeout_error(_: &Error) {}

    fn traceback(_: &Error) {}

    fn raise_again(error: Error, (): ()) -> Error {
        error
    }

    fn is_cancelled(error: &Error) -> bool {
        matches!(error, Error::Cancelled(_))
    }

    fn is_exit(error: &Error) -> bool {
        matches!(error, Error::Interrupt)
    }

    fn none() -> Value {
        Value::None
    }

    fn truth(truth: bool) -> Value {
        Value::Bool(truth)
    }

    fn list(values: Vec<Value>) -> Value {
        Value::List(values)
    }

    fn empty_text() -> Value {
        Value::Text(String::new())
    }

    fn error_value(error: Error) -> Value {
        Value::Error(error)
    }

    fn less(one: &Value, other: &Value) -> Result<bool, Error> {
        match (one, other) {
            (Value::Int(one), Value::Int(other)) => Ok(one < other),
            (Value::Text(one), Value::Text(other)) => Ok(one < other),
            _ => Err(Error::Raised("TypeError")),
        }
    }

    fn repr(value: &Value) -> String {
        match value {
            Value::None => "None".to_owned(),
            Value::Bool(true) => "True".to_owned(),
            Value::Bool(false) => "False".to_owned(),
            Value::Int(number) => number.to_string(),
            Value::Text(text) => format!("{text:?}"),
            Value::List(values) => format!(
                "[{}]",
                values.iter().map(Self::repr).collect::<Vec<_>>().join(", ")
            ),
            Value::Error(error) => error.to_string(),
        }
    }

    fn repr_error(error: &Error) -> String {
        error.to_string()
    }

    fn repr_item(value: &Value) -> String {
        Self::repr(value)
    }

    fn with_mailbox<R>(read: impl FnOnce(&Mailbox<Self>) -> R) -> R {
        MAILBOX.with(read)
    }
}
