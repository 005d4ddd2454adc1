//! Runs a [`Program`] on the scheduler, embedded in plain Rust.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use loopscope::sched::combine::{
    AsCompleted, Delay, ReturnWhen, TaskGroup, Timeout, shield, sleep, wait_for, wait_for_futures,
    wait_for_no_time,
};
use loopscope::sched::rust_host::{self, Error, FutureRef, Loop, RustHost, Value};
use loopscope::sched::sync::{Barrier, Condition, Discipline, Event, Lock, Plain, Queue, Semaphore};
use loopscope::sched::{Blocked, Host, Stop, wait};
use loopscope::trace::{EventKind, Stream, Time, Trace};

use crate::program::{Kind, Mode, Op, Program};

#[derive(Clone)]
enum Thing {
    Lock(Rc<Lock<RustHost>>),
    Semaphore(Rc<Semaphore<RustHost>>),
    Event(Rc<Event<RustHost>>),
    Condition(Rc<Condition<RustHost>>),
    Queue(Rc<Queue<RustHost>>),
    Barrier(Rc<Barrier<RustHost>>),
}

struct World {
    event_loop: Loop,
    things: BTreeMap<String, Thing>,
    bodies: BTreeMap<String, Rc<[Op]>>,
    tasks: RefCell<BTreeMap<String, FutureRef>>,
}

type Group = Option<Rc<TaskGroup<RustHost>>>;
/// `Some` after a `return`.
type Ended = Result<Option<Value>, Error>;

/// Runs `program`; `set_up` may change the world before the first step.
pub(crate) fn run(program: &Program, set_up: impl FnOnce(&Loop)) -> (Result<Value, Stop<Error>>, Trace) {
    rust_host::run(|event_loop| {
        set_up(&event_loop);
        let things = program
            .things
            .iter()
            .map(|(name, kind)| (name.clone(), make(&event_loop, name, *kind)));
        let bodies = program
            .tasks
            .iter()
            .map(|(name, ops)| (name.clone(), Rc::from(ops.clone())));
        let world = Rc::new(World {
            things: things.collect(),
            bodies: bodies.collect(),
            tasks: RefCell::default(),
            event_loop,
        });
        async move {
            let main = world.event_loop.current().expect("a task runs");
            world.tasks.borrow_mut().insert("main".to_owned(), main);
            body(world, "main").await
        }
    })
}

fn make(event_loop: &Loop, name: &str, kind: Kind) -> Thing {
    let world = event_loop.world();
    let queue = |discipline, size| Thing::Queue(Queue::new(world, name, discipline, size));
    match kind {
        Kind::Lock => Thing::Lock(Lock::new(world, name)),
        Kind::Semaphore(value) => Thing::Semaphore(Semaphore::new(world, name, value, false)),
        Kind::Bounded(value) => Thing::Semaphore(Semaphore::new(world, name, value, true)),
        Kind::Event => Thing::Event(Event::new(world, name)),
        Kind::Condition => Thing::Condition(Condition::new(world, name, None)),
        Kind::Queue(size) => queue(Discipline::Fifo, size),
        Kind::Stack(size) => queue(Discipline::Lifo, size),
        Kind::Heap(size) => queue(Discipline::Priority, size),
        Kind::Barrier(parties) => Thing::Barrier(Barrier::new(world, name, parties)),
    }
}

async fn body(world: Rc<World>, name: &str) -> Result<Value, Error> {
    let ops = Rc::clone(&world.bodies[name]);
    Ok(run_ops(world, ops, None).await?.unwrap_or(Value::None))
}

fn run_ops(world: Rc<World>, ops: Rc<[Op]>, group: Group) -> Pin<Box<dyn Future<Output = Ended>>> {
    Box::pin(async move {
        for op in ops.iter() {
            if let Some(value) = run_op(&world, op, &group).await? {
                return Ok(Some(value));
            }
        }
        Ok(None)
    })
}

fn seconds(ms: u64) -> f64 {
    std::time::Duration::from_millis(ms).as_secs_f64()
}

fn error(name: &str) -> Error {
    Error::Raised(match name {
        "ValueError" => "ValueError",
        "KeyError" => "KeyError",
        "OSError" => "OSError",
        other => panic!("no error is called {other}"),
    })
}

async fn run_op(world: &Rc<World>, op: &Op, group: &Group) -> Ended {
    match op {
        Op::Raise(name) => return Err(error(name)),
        Op::Return(value) => return Ok(Some(Value::Int(*value))),
        Op::Child(name) => {
            let group = group.as_ref().expect("a child has a group");
            group.check_open()?;
            group.add(&world.spawn(name), None);
        }
        Op::Cancelled(..)
        | Op::Failed(..)
        | Op::Finally(..)
        | Op::Within(..)
        | Op::Timeout(..)
        | Op::Group(_) => return run_block(world, op, group).await,
        Op::Sleep(_)
        | Op::Await(_)
        | Op::Expect(..)
        | Op::Gather(..)
        | Op::WaitFor(..)
        | Op::Shield(_)
        | Op::Each(..)
        | Op::EachTask(..) => await_others(world, op).await?,
        Op::Acquire(_)
        | Op::Wait(_)
        | Op::Put(..)
        | Op::Get(_)
        | Op::Join(_)
        | Op::Meet(_)
        | Op::Abort(_)
        | Op::Reset(_) => use_thing(world, op).await?,
        other => touch(world, other)?,
    }
    Ok(None)
}

/// The operations with blocks.
async fn run_block(world: &Rc<World>, op: &Op, group: &Group) -> Ended {
    let block = |ops: &[Op]| run_ops(Rc::clone(world), Rc::from(ops), group.clone());
    match op {
        Op::Cancelled(body, then) => match block(body).await {
            Err(Error::Cancelled(_)) => block(then).await,
            ended => ended,
        },
        Op::Failed(body, then) => match block(body).await {
            Err(Error::Raised(_) | Error::Group(..)) => block(then).await,
            ended => ended,
        },
        Op::Finally(body, then) => {
            let ended = block(body).await;
            match block(then).await? {
                Some(value) => Ok(Some(value)),
                None => ended,
            }
        }
        Op::Within(ms, body) => {
            let body = block(body);
            let body = async move { Ok(body.await?.unwrap_or(Value::None)) };
            wait_for(Rc::clone(&world.event_loop), body, Some(seconds(*ms))).await?;
            Ok(None)
        }
        Op::Timeout(ms, body) => {
            let timeout = Timeout::new(Some(world.event_loop.time() + seconds(*ms)));
            timeout.enter(&world.event_loop)?;
            let ended = block(body).await;
            timeout.exit(ended.as_ref().err())?;
            ended
        }
        Op::Group(body) => {
            let group = TaskGroup::new(world.event_loop.world(), "");
            group.enter(&world.event_loop)?;
            let inner = Some(Rc::clone(&group));
            let ended = run_ops(Rc::clone(world), Rc::from(&body[..]), inner).await;
            let event_loop = Rc::clone(&world.event_loop);
            group.exit(event_loop, ended.as_ref().err().cloned()).await?;
            ended
        }
        _ => panic!("{op} has no block"),
    }
}

/// The operations that wait for time or other tasks.
async fn await_others(world: &Rc<World>, op: &Op) -> Result<(), Error> {
    let event_loop = Rc::clone(&world.event_loop);
    match op {
        Op::Sleep(ms) => {
            let seconds = seconds(*ms);
            let text = format!("{seconds:?}");
            sleep(event_loop, Delay { seconds, text }, Value::None).await?;
        }
        Op::Await(name) => {
            wait::<RustHost>(world.task(name)).await?;
        }
        Op::Expect(name, 0) => {
            wait_for_no_time(event_loop, world.task(name)).await?;
        }
        Op::Expect(name, ms) => {
            wait_for(event_loop, wait::<RustHost>(world.task(name)), Some(seconds(*ms))).await?;
        }
        Op::Gather(names, return_exceptions) => {
            let children = names.iter().map(|name| world.task(name)).collect();
            let all = rust_host::gather(&event_loop, children, *return_exceptions);
            world.show(&wait::<RustHost>(all).await?);
        }
        Op::WaitFor(mode, names, limit) => world.wait_for(*mode, names, *limit).await?,
        Op::Shield(name) => {
            let shielded = shield(&event_loop, &world.task(name));
            world.show(&wait::<RustHost>(shielded).await?);
        }
        Op::Each(names, limit) => {
            let each = AsCompleted::new(&event_loop, &world.distinct(names), limit.map(seconds), None);
            while each.ask() {
                world.show(&Rc::clone(&each).next_result().await?);
            }
        }
        Op::EachTask(names, limit) => {
            let each = AsCompleted::new(&event_loop, &world.distinct(names), limit.map(seconds), None);
            while each.ask() {
                let task = Rc::clone(&each).next_done().await?;
                world.say(&RustHost::task_cell(&task).name());
            }
        }
        _ => panic!("{op} waits for nobody"),
    }
    Ok(())
}

/// The operations on primitives that may wait.
async fn use_thing(world: &Rc<World>, op: &Op) -> Result<(), Error> {
    let event_loop = Rc::clone(&world.event_loop);
    let thing = |name: &str| world.things[name].clone();
    match op {
        Op::Acquire(name) => match thing(name) {
            Thing::Lock(lock) => lock.acquire(event_loop).await?,
            Thing::Semaphore(semaphore) => semaphore.acquire(event_loop).await?,
            Thing::Condition(condition) => Rc::clone(condition.lock()).acquire(event_loop).await?,
            _ => panic!("{op}"),
        },
        Op::Wait(name) => match thing(name) {
            Thing::Event(event) => event.wait(event_loop).await?,
            Thing::Condition(condition) => condition.wait(event_loop).await?,
            _ => panic!("{op}"),
        },
        Op::Put(name, item) => {
            world
                .queue(name)
                .put(event_loop, Value::Int(*item), Plain)
                .await?
        }
        Op::Join(name) => world.queue(name).join(event_loop).await?,
        Op::Abort(name) => world.barrier(name).abort(event_loop).await?,
        Op::Reset(name) => world.barrier(name).reset(event_loop).await?,
        Op::Get(name) => {
            world.show(&world.queue(name).get(event_loop, Plain).await?);
            Value::None
        }
        Op::Meet(name) => {
            let place = world.barrier(name).wait(event_loop).await?;
            world.show(&Value::Int(i64::from(place)));
            Value::None
        }
        _ => panic!("{op} uses nothing"),
    };
    Ok(())
}

/// The operations that never wait.
fn touch(world: &Rc<World>, op: &Op) -> Result<(), Error> {
    match op {
        Op::Say(text) => world.say(text),
        Op::Block(ms) => {
            let blocked = world.event_loop.world().block(Time::from_secs_f64(seconds(*ms)));
            if blocked == Blocked::Interrupted {
                return Err(Error::Interrupt);
            }
        }
        Op::Spawn(names) => {
            for name in names {
                world.spawn(name);
            }
        }
        Op::Cancel(name, why) => {
            RustHost::cancel(&world.task(name), why.clone().map(Value::Text))?;
        }
        Op::Uncancel => {
            let task = world.event_loop.current().expect("a task runs");
            RustHost::task_cell(&task).uncancel(&world.event_loop);
        }
        Op::Release(name) => match &world.things[name] {
            Thing::Lock(lock) => lock.release()?,
            Thing::Semaphore(semaphore) => semaphore.release()?,
            Thing::Condition(condition) => condition.lock().release()?,
            _ => panic!("{op}"),
        },
        Op::Notify(name, n) => match &world.things[name] {
            Thing::Condition(condition) => condition.notify(*n)?,
            _ => panic!("{op}"),
        },
        Op::Set(name) => world.event(name).set(),
        Op::Clear(name) => world.event(name).clear(),
        Op::Finish(name) => world.queue(name).task_done()?,
        Op::Shutdown(name, now) => world.queue(name).shutdown(*now, &Plain)?,
        _ => panic!("{op} waits"),
    }
    Ok(())
}

impl World {
    fn say(&self, text: &str) {
        self.event_loop.world().record(|recorder| {
            let text = recorder.text(text);
            recorder.emit(&EventKind::Output {
                stream: Stream::Out,
                text,
                complete: true,
                line: 0,
            });
        });
    }

    /// Says what came out of a wait.
    fn show(&self, value: &Value) {
        self.say(&RustHost::repr(value));
    }

    fn spawn(self: &Rc<Self>, name: &str) -> FutureRef {
        let (world, owned) = (Rc::clone(self), name.to_owned());
        let task = rust_host::spawn(&self.event_loop, name, async move { body(world, &owned).await });
        self.tasks.borrow_mut().insert(name.to_owned(), task.clone());
        task
    }

    fn task(&self, name: &str) -> FutureRef {
        self.tasks.borrow()[name].clone()
    }

    /// Tasks in the order of their creation, each once: the order of a set of tasks.
    fn distinct(&self, names: &[String]) -> Vec<FutureRef> {
        let tasks = names.iter().map(|name| self.task(name));
        let by_id: BTreeMap<_, _> = tasks.map(|task| (task.task_id(), task)).collect();
        by_id.into_values().collect()
    }

    async fn wait_for(&self, mode: Mode, names: &[String], limit: Option<u64>) -> Result<(), Error> {
        let when = match mode {
            Mode::Any => ReturnWhen::FirstCompleted,
            Mode::All => ReturnWhen::AllCompleted,
            Mode::Error => ReturnWhen::FirstException,
        };
        let tasks = self.distinct(names);
        let event_loop = Rc::clone(&self.event_loop);
        wait_for_futures::<RustHost>(event_loop, tasks.clone(), limit.map(seconds), when).await?;
        let done = tasks.iter().filter(|task| RustHost::cell(task).is_done());
        let done: Vec<_> = done
            .map(|task| RustHost::task_cell(task).name().to_string())
            .collect();
        self.say(&format!("done: {}", done.join(" ")));
        Ok(())
    }

    fn queue(&self, name: &str) -> Rc<Queue<RustHost>> {
        match &self.things[name] {
            Thing::Queue(queue) => Rc::clone(queue),
            _ => panic!("{name} is no queue"),
        }
    }

    fn event(&self, name: &str) -> Rc<Event<RustHost>> {
        match &self.things[name] {
            Thing::Event(event) => Rc::clone(event),
            _ => panic!("{name} is no event"),
        }
    }

    fn barrier(&self, name: &str) -> Rc<Barrier<RustHost>> {
        match &self.things[name] {
            Thing::Barrier(barrier) => Rc::clone(barrier),
            _ => panic!("{name} is no barrier"),
        }
    }
}
