//! The sentences, as data: a key with typed arguments, and one table of patterns.
//!
//! A sentence has an actor and a *predicate* that does without it (`releases
//! {lock}`), so that two predicates can share an actor in any language; a
//! *clause* has its own subject. Both are messages that stand in a slot of a
//! sentence.

use crate::trace::ids::{FutureId, Line, ResourceId, TaskId, TextId};
use crate::trace::time::Time;

/// What stands in a slot of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// The name of a task.
    Task(TaskId),
    /// The names of tasks, as a list.
    Tasks(Vec<TaskId>),
    /// The name of a resource.
    Resource(ResourceId),
    /// The name of a future.
    Future(FutureId),
    /// Text of the program, as code.
    Text(TextId),
    /// Several such texts, as a list.
    Texts(Vec<TextId>),
    /// A moment or a span.
    Time(Time),
    /// The number of a line or a step, or a small count.
    Number(u32),
    /// A count that may be large.
    Count(u64),
    /// A number that may be negative.
    Signed(i64),
    /// Another message.
    Message(Box<Message>),
}

macro_rules! arg_from {
    ($($type:ty => |$value:ident| $arg:expr,)*) => {
        $(impl From<$type> for Arg {
            fn from($value: $type) -> Self {
                $arg
            }
        })*
    };
}

arg_from! {
    TaskId => |task| Self::Task(task),
    Vec<TaskId> => |tasks| Self::Tasks(tasks),
    ResourceId => |resource| Self::Resource(resource),
    FutureId => |future| Self::Future(future),
    TextId => |text| Self::Text(text),
    Vec<TextId> => |texts| Self::Texts(texts),
    Time => |time| Self::Time(time),
    u32 => |number| Self::Number(number),
    u64 => |number| Self::Count(number),
    i64 => |number| Self::Signed(number),
    Box<Message> => |message| Self::Message(message),
}

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident { $($slot:ident: $type:ty),* } => $english:literal,)*) => {
        /// What a sentence says. The doc of each message is its English pattern.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Message {
            $(
                $(#[$doc])*
                #[doc = concat!("`", $english, "`")]
                $name {
                    $(
                        #[doc = concat!("The slot `", stringify!($slot), "`.")]
                        $slot: $type,
                    )*
                },
            )*
        }

        /// Every message: its key, its English pattern and its slots.
        pub const MESSAGES: &[(&str, &str, &[&str])] =
            &[$((stringify!($name), $english, &[$(stringify!($slot)),*]),)*];

        impl Message {
            /// The English pattern; a slot stands in braces.
            pub const fn pattern(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $english,)*
                }
            }

            /// What stands in the slots, in the order of declaration.
            pub fn slots(&self) -> Vec<(&'static str, Arg)> {
                match self {
                    $(Self::$name { $($slot),* } => vec![$((stringify!($slot), Arg::from($slot.clone()))),*],)*
                }
            }
        }
    };
}

messages! {
    // Sentences. The actor is a name or a message.
    Does { actor: Box<Message>, act: Box<Message> } => "{actor} {act}.",
    DoesThen { actor: Box<Message>, act: Box<Message>, then: Box<Message> } => "{actor} {act}, then {then}.",
    DoesBut { actor: Box<Message>, act: Box<Message>, then: Box<Message> } => "{actor} {act}, but still {then}.",
    DoesSo { actor: Box<Message>, act: Box<Message>, so: Box<Message> } => "{actor} {act}, so {so}.",
    DoesSoThen { actor: Box<Message>, act: Box<Message>, so: Box<Message>, then: Box<Message> } =>
        "{actor} {act}, so {so}. Then {actor} {then}.",
    AlsoDoes { actor: Box<Message>, act: Box<Message> } => "{actor} also {act}.",
    AlsoDoesSo { actor: Box<Message>, act: Box<Message>, so: Box<Message> } => "{actor} also {act}, so {so}.",

    // Actors.
    TaskActs { task: TaskId } => "{task}",
    CallbackActs { name: TextId } => "{name}",
    LoopActs {} => "The loop",

    // Predicates of a task.
    Starts {} => "starts",
    StartsAt { line: Line } => "starts at line {line}",
    GoesOn {} => "goes on",
    GoesOnAt { line: Line } => "goes on at line {line}",
    Sleeps { until: Time } => "sleeps until {until}",
    SleepsNoMore {} => "waits for a sleep whose timer is gone",
    GivesWay {} => "gives way and goes to the back of the ready queue",
    YieldsWrongly {} => "yields something that no task can wait on",
    AwaitsTask { task: TaskId } => "waits for {task} to end",
    AwaitsGather { gather: ResourceId, done: u32, all: u32 } => "waits for {gather}: {done} of {all} done",
    AwaitsGroup { group: ResourceId } => "waits in {group}",
    AwaitsChildren { group: ResourceId, done: u32, all: u32 } => "waits in {group}: {done} of {all} done",
    AwaitsJob { executor: ResourceId } => "hands a job to {executor} and waits; the loop goes on",
    AwaitsLock { lock: ResourceId } => "waits for {lock}",
    AwaitsHeldLock { lock: ResourceId, holder: TaskId } => "waits for {lock}, held by {holder}",
    AwaitsPromisedLock { lock: ResourceId, next: TaskId } => "waits for {lock}, which {next} takes next",
    AwaitsEvent { event: ResourceId } => "waits until {event} is set",
    AwaitsNotify { condition: ResourceId } => "waits until somebody notifies {condition}",
    AwaitsPermit { semaphore: ResourceId } => "waits for a permit of {semaphore}",
    AwaitsBarrier { barrier: ResourceId } => "waits at {barrier} for the others",
    AwaitsItem { queue: ResourceId } => "waits: {queue} is empty",
    AwaitsRoom { queue: ResourceId, item: TextId } => "waits to put {item}: {queue} is full",
    AwaitsJoin { queue: ResourceId } => "waits until everything in {queue} is done",
    AwaitsFuture { future: FutureId } => "waits for {future}",
    Returns { value: TextId } => "returns {value}",
    Ends {} => "ends",
    Fails { error: TextId } => "fails with {error}",
    FailsUnseen { error: TextId } => "fails with {error}; nobody awaits it yet",
    EndsCancelled {} => "ends as cancelled",
    Creates { tasks: Vec<TaskId> } => "creates {tasks}",
    TakesAndReleases { resource: ResourceId } => "takes and releases {resource}",
    Takes { resource: ResourceId } => "takes {resource}",
    TakesPermit { semaphore: ResourceId } => "takes a permit of {semaphore}",
    Releases { resource: ResourceId } => "releases {resource}",
    ReturnsPermit { semaphore: ResourceId } => "gives a permit back to {semaphore}",
    Sets { event: ResourceId } => "sets {event}",
    Clears { event: ResourceId } => "clears {event}",
    Puts { items: Vec<TextId>, queue: ResourceId } => "puts {items} into {queue}",
    Gets { items: Vec<TextId>, queue: ResourceId } => "takes {items} from {queue}",
    FinishesItem { queue: ResourceId } => "marks an item of {queue} as done",
    Notifies { condition: ResourceId, woken: u32 } => "notifies {condition}",
    NotifiesNobody { condition: ResourceId } => "notifies {condition}, where nobody waits",
    Completes { group: ResourceId } => "completes {group}",
    NotesEnd { group: ResourceId, child: TaskId } => "notes for {group} that {child} has ended",
    Closes { resource: ResourceId } => "shuts {resource} down",
    Arrives { barrier: ResourceId, inside: u32 } => "is number {inside} at {barrier}",
    Leaves { barrier: ResourceId } => "leaves {barrier}",
    Fills { barrier: ResourceId } => "is the last that {barrier} waits for",
    AsksToStop { tasks: Vec<TaskId> } => "asks {tasks} to stop",
    Settles { future: FutureId, value: TextId } => "settles {future} with {value}",
    CancelsFuture { future: FutureId } => "cancels {future}",
    ReturnsUncancelled { value: TextId } => "returns {value}: it caught CancelledError and is not cancelled",
    IsCancelled {} => "gets CancelledError",
    IsCancelledAt { line: Line } => "gets CancelledError at line {line}",
    IsCancelledUnstarted {} => "gets CancelledError before its first line",
    Schedules { name: TextId } => "schedules {name}",
    SchedulesAt { name: TextId, due: Time } => "schedules {name} for {due}",
    Blocks { span: Time } => "blocks the whole loop for {span}",
    Spins { span: Time } => "reads the clock over and over, which blocks the whole loop for {span}",
    Prints { text: TextId } => "prints \"{text}\"",
    PrintsLines { count: u32 } => "prints {count} lines",
    Wakes { tasks: Vec<TaskId> } => "wakes {tasks}",
    RoomLeft { queue: ResourceId } => "passes the room in {queue} on",
    ItemLeft { queue: ResourceId } => "passes the item in {queue} on",
    Calls { name: TextId } => "calls {name}",
    CallsWhich { name: TextId, act: Box<Message> } => "calls {name}, which {act}",
    RunsLibrary { name: TextId } => "does the bookkeeping of {name}",
    Stops {} => "stops: what it was run for is done",
    CleansUp {} => "cleans up after the program",
    FindsDone { task: TaskId } => "finds {task} already done: nothing runs",
    CannotEnter { task: TaskId } => "cannot run {task}: its context is entered already",

    // Clauses: what a predicate led to.
    BecomesReady { tasks: Vec<TaskId> } => "{tasks} moves to the ready queue",
    BecomeReady { tasks: Vec<TaskId> } => "{tasks} move to the ready queue",
    TheyBecomeReady {} => "they move to the ready queue",
    ManyBecomeReady { count: u32 } => "{count} tasks move to the ready queue",
    AwaiterReady { tasks: Vec<TaskId> } => "{tasks}, which awaited it, moves to the ready queue",
    AwaitersReady { tasks: Vec<TaskId> } => "{tasks}, which awaited it, move to the ready queue",

    // Steps of the loop itself.
    SleepOver { task: TaskId } => "The sleep of {task} is over, so it moves to the ready queue.",
    SleepOverAt { at: Time, task: TaskId } =>
        "The clock reaches {at}: the sleep of {task} is over, so it moves to the ready queue.",
    SleepOverForNobody {} => "A sleep is over; nobody waits for it any more.",
    TimeIsUp { task: TaskId } => "The time that {task} had is up, so it is asked to stop.",

    // The first frame and the last.
    Begins {} => "The program begins.",
    BeginsWith { task: TaskId } => "{task} is ready: it runs in the first step.",
    Finishes { at: Time } => "The program ends at {at}.",
    FinishesWith { code: i64, at: Time } => "The program ends at {at} with exit code {code}.",
    Dies { error: TextId, at: Time } => "The program fails at {at} with {error}.",
    Deadlock { task: TaskId } => "Nothing can happen any more: {task} waits for ever.",
    Deadlocks { count: u32 } => "Nothing can happen any more: {count} tasks wait for ever.",
    DeadlockRing { count: u32 } =>
        "{count} tasks wait for each other in a circle; nothing can ever wake them.",
    DeadlockBare {} => "Nothing can happen any more, and the program is not done.",
    StopsSteps { limit: u64 } => "The run stops: it has used up its {limit} steps.",
    StopsLines { limit: u64, line: Line } =>
        "The run stops at line {line}: one step ran {limit} lines without an await.",
    StopsOutput { limit: u64 } => "The run stops: it has written {limit} bytes.",
    StopsEvents { limit: u64 } => "The run stops: its trace has {limit} events.",
    StopsMemory { limit: u64 } => "The run stops: its data takes more than {limit} bytes.",
    Unfinished {} => "The run has got this far.",

    // Reasons.
    ClockJumps { to: Time } => "Nothing was ready, so the clock jumped to {to}.",
    ClockPolled { to: Time } => "Tasks only gave way to each other, so the clock moved on to {to}.",
    TurnBegins { turn: u32, ready: u32 } => "Turn {turn} begins: it runs the {ready} that are ready now, no others.",
    CreatedBy { actor: TaskId, by: TaskId, step: u32 } => "{by} created {actor} in step {step}.",
    GaveWayIn { actor: TaskId, step: u32 } =>
        "{actor} gave way in step {step}; everybody who was ready then has run since.",
    SleptUntil { actor: TaskId, step: u32 } => "The sleep of {actor} ended in step {step}.",
    ReleasedBy { actor: TaskId, by: TaskId, resource: ResourceId, step: u32 } =>
        "{by} released {resource} in step {step}, and {actor} was next in line.",
    SetBy { by: TaskId, event: ResourceId, step: u32 } => "{by} set {event} in step {step}.",
    NotifiedBy { by: TaskId, condition: ResourceId, step: u32 } => "{by} notified {condition} in step {step}.",
    PutBy { by: TaskId, queue: ResourceId, step: u32 } => "{by} put something into {queue} in step {step}.",
    RoomMadeBy { by: TaskId, queue: ResourceId, step: u32 } => "{by} made room in {queue} in step {step}.",
    FilledBy { by: TaskId, barrier: ResourceId, step: u32 } => "{by} was the last at {barrier}, in step {step}.",
    ShutDownBy { by: TaskId, queue: ResourceId, step: u32 } => "{by} shut {queue} down in step {step}.",
    AllDoneIn { queue: ResourceId, step: u32 } => "Everything in {queue} was done in step {step}.",
    GroupDoneIn { group: ResourceId, step: u32 } => "{group} had what it waited for in step {step}.",
    AwaitedEnded { actor: TaskId, task: TaskId, step: u32 } => "{task}, which {actor} awaited, ended in step {step}.",
    FutureSettledIn { future: FutureId, step: u32 } => "{future} was settled in step {step}.",
    CancelledBy { actor: TaskId, by: TaskId, step: u32 } => "{by} asked {actor} to stop in step {step}.",
    CancelledIn { actor: TaskId, step: u32 } => "{actor} was asked to stop in step {step}.",
    WokenIn { actor: TaskId, step: u32 } => "{actor} became ready in step {step}.",
    NewJoins { tasks: Vec<TaskId> } => "{tasks} joins the ready queue; it has not run yet.",
    NewJoin { tasks: Vec<TaskId> } => "{tasks} join the ready queue in this order; they have not run yet.",
    RanAtOnce { tasks: Vec<TaskId> } => "The loop starts tasks at once: {tasks} ran inside this step up to the first wait.",
    StartedBy { actor: TaskId, by: TaskId } => "{by} started {actor} at once, inside its own step.",
    LongestWaits {} => "release() wakes the task that has waited longest; it takes the lock when it runs.",
    AllWaitersWake {} => "set() wakes every task that waits at that moment, in the order in which they came.",
    MustRelock { condition: ResourceId } => "A notified task first takes the lock of {condition} again.",
    ItemForLongest { queue: ResourceId } => "{queue} has an item now, so the task that has waited longest may get it.",
    RoomForLongest { queue: ResourceId } => "{queue} has room now, so the task that has waited longest may put.",
    EndWakes {} => "The end of a task wakes everyone who awaits it.",
    CancelLater { task: TaskId } => "CancelledError will be raised where {task} waits, when it runs.",
    CancelsLater {} => "CancelledError will be raised in each of them where it waits, when it runs.",
    CancelMayWait { task: TaskId } => "{task} counts as cancelled only when CancelledError ends it.",
    CancelSwallowed { task: TaskId } => "{task} was asked to stop and caught CancelledError, so it is not cancelled.",
    CancelGoesOn { outer: TaskId, inner: TaskId } => "{outer} waits for {inner}, so the request goes on to {inner}.",
    WaitFreesLock { condition: ResourceId } => "wait() gives the lock of {condition} back until then.",
    SettlingWakes {} => "A settled future wakes everyone who awaits it.",
    KeepsWaiting { task: TaskId } => "{task} keeps waiting.",
    FullAgain { queue: ResourceId } => "{queue} is full again: somebody else took the slot first.",
    EmptyAgain { queue: ResourceId } => "{queue} is empty again: somebody else took the item first.",
    Items { queue: ResourceId, count: u32, capacity: u32 } => "{queue} holds {count} of {capacity}.",
    AwaiterAlsoReady { tasks: Vec<TaskId> } => "{tasks} awaited this end, and moves to the ready queue.",
    AwaitersAlsoReady { tasks: Vec<TaskId> } => "{tasks} awaited this end, and move to the ready queue.",
    GroupCounts { group: ResourceId, done: u32, all: u32 } => "{done} of {all} done in {group}.",
    CallbackFails { name: TextId, error: TextId } => "{name} fails with {error}; the loop reports it and goes on.",
    RanSteps { steps: u32, turns: u32 } => "Steps: {steps}. Turns: {turns}.",
    LeftPending { tasks: Vec<TaskId> } => "Not done: {tasks}.",
}

impl Message {
    /// In a box, as slots take messages.
    pub(super) fn boxed(self) -> Box<Self> {
        Box::new(self)
    }
}
