//! The sentences, as data: a key with typed arguments, and one table of patterns.
//!
//! A sentence has an actor and a *predicate* that does without it (`releases
//! {lock}`), so that two predicates can share an actor in any language; a
//! *clause* has its own subject. Both are messages that stand in a slot of a
//! sentence.

use std::rc::Rc;

use crate::trace::ids::{FutureId, Line, ResourceId, TaskId, TextId};
use crate::trace::language::Language;
use crate::trace::time::Time;

/// What stands in a slot of a pattern.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// The name of a task.
    Task(TaskId),
    /// The names of tasks, as a list.
    Tasks(&'a [TaskId]),
    /// The name of a resource.
    Resource(ResourceId),
    /// The name of a future.
    Future(FutureId),
    /// Text of the program, as code.
    Text(TextId),
    /// What a server, a connection or a request does.
    Doing(TextId),
    /// Several such texts, as a list.
    Texts(&'a [TextId]),
    /// A moment or a span.
    Time(Time),
    /// The number of a line or a step, or a small count.
    Number(u32),
    /// A count that may be large.
    Count(u64),
    /// A number that may be negative.
    Signed(i64),
    /// Another message.
    Message(&'a Message),
}

/// What a server, a connection or a request does: a text of the trace, in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doing(pub TextId);

macro_rules! arg_from {
    ($($type:ty => |$value:ident| $arg:expr,)*) => {
        $(impl<'a> From<&'a $type> for Arg<'a> {
            fn from($value: &'a $type) -> Self {
                $arg
            }
        })*
    };
}

arg_from! {
    TaskId => |task| Self::Task(*task),
    Vec<TaskId> => |tasks| Self::Tasks(tasks),
    ResourceId => |resource| Self::Resource(*resource),
    FutureId => |future| Self::Future(*future),
    TextId => |text| Self::Text(*text),
    Vec<TextId> => |texts| Self::Texts(texts),
    Doing => |doing| Self::Doing(doing.0),
    Time => |time| Self::Time(*time),
    u32 => |number| Self::Number(*number),
    u64 => |number| Self::Count(*number),
    i64 => |number| Self::Signed(*number),
    Rc<Message> => |message| Self::Message(message),
}

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident { $($slot:ident: $type:ty),* } => $english:literal / $chinese:literal,)*) => {
        /// What a sentence says. The doc of each message is its English pattern.
        // Sentences are shared and told apart by their words; only tests compare them as values.
        #[derive(Debug)]
        #[cfg_attr(test, derive(PartialEq))]
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

        /// Every message: its key, its patterns in all languages and its slots.
        pub const MESSAGES: &[(&str, [&str; 2], &[&str])] =
            &[$((stringify!($name), [$english, $chinese], &[$(stringify!($slot)),*]),)*];

        impl Message {
            /// The pattern in a language; a slot stands in braces.
            #[cfg(not(target_arch = "wasm32"))]
            pub const fn pattern(&self, language: Language) -> &'static str {
                match self {
                    $(Self::$name { .. } => match language {
                        Language::English => $english,
                        Language::Chinese => $chinese,
                    },)*
                }
            }

            /// The pattern in a language; a slot stands in braces.
            #[cfg(target_arch = "wasm32")]
            pub fn pattern(&self, language: Language) -> &'static str {
                enum Number { $($name,)* }
                const ENGLISH: &[&str] = &[$($english,)*];
                let number = match self {
                    $(Self::$name { .. } => Number::$name as usize,)*
                };
                match language {
                    Language::English => ENGLISH[number],
                    Language::Chinese => crate::trace::learned::chinese(number, ENGLISH[number]),
                }
            }

            /// Tells what stands in the slots, in the order of declaration.
            pub fn slots<'a>(&'a self, tell: &mut dyn FnMut(&'static str, Arg<'a>)) {
                match self {
                    $(Self::$name { $($slot),* } => { $(tell(stringify!($slot), Arg::from($slot));)* })*
                }
            }
        }
    };
}

messages! {
    // Sentences. The actor is a name or a message.
    Does { actor: Rc<Message>, act: Rc<Message> } => "{actor} {act}." / "{actor} {act}。",
    DoesThen { actor: Rc<Message>, act: Rc<Message>, then: Rc<Message> } => "{actor} {act}, then {then}." /
        "{actor} {act}，然后{then}。",
    DoesBut { actor: Rc<Message>, act: Rc<Message>, then: Rc<Message> } => "{actor} {act}, but still {then}." /
        "{actor} {act}，但仍然{then}。",
    DoesSo { actor: Rc<Message>, act: Rc<Message>, so: Rc<Message> } => "{actor} {act}, so {so}." /
        "{actor} {act}，因此 {so}。",
    DoesSoThen { actor: Rc<Message>, act: Rc<Message>, so: Rc<Message>, then: Rc<Message> } =>
        "{actor} {act}, so {so}. Then {actor} {then}." / "{actor} {act}，因此 {so}。随后 {actor} {then}。",
    AlsoDoes { actor: Rc<Message>, act: Rc<Message> } => "{actor} also {act}." / "{actor} 还{act}。",
    AlsoDoesSo { actor: Rc<Message>, act: Rc<Message>, so: Rc<Message> } => "{actor} also {act}, so {so}." /
        "{actor} 还{act}，因此 {so}。",

    // Actors.
    TaskActs { task: TaskId } => "{task}" / "{task}",
    CallbackActs { name: TextId } => "{name}" / "{name}",
    LoopActs {} => "The loop" / "循环",

    // What servers, connections and requests do. The trace tells the English words.
    Connects {} => "connects" / "正在连接",
    Executes {} => "executes" / "正在执行语句",
    IsFree {} => "is free" / "空闲",
    IsHalfClosed {} => "is half closed" / "已半关闭",
    IsOpen {} => "is open" / "已打开",
    IsUsed {} => "is used" / "使用中",
    Listens {} => "listens" / "正在监听",
    Transfers {} => "transfers" / "正在传输",
    AwaitsConnection {} => "waits for a connection" / "等待空闲连接",
    AwaitsFirstByte {} => "waits for the first byte" / "等待首字节",
    AwaitsAccept {} => "waits to be accepted" / "等待被接受",

    // Predicates of a task.
    Starts {} => "starts" / "开始运行",
    StartsAt { line: Line } => "starts at line {line}" / "从第 {line} 行开始运行",
    GoesOn {} => "goes on" / "继续运行",
    GoesOnAt { line: Line } => "goes on at line {line}" / "从第 {line} 行继续",
    Sleeps { until: Time } => "sleeps until {until}" / "休眠至 {until}",
    SleepsNoMore {} => "waits for a sleep whose timer is gone" / "等待一个定时器已不存在的休眠",
    GivesWay {} => "gives way and goes to the back of the ready queue" / "让出，排到就绪队列末尾",
    YieldsWrongly {} => "yields something that no task can wait on" / "产出了任务无法等待的对象",
    AwaitsTask { task: TaskId } => "waits for {task} to end" / "等待 {task} 结束",
    AwaitsGather { gather: ResourceId, done: u32, all: u32 } => "waits for {gather}: {done} of {all} done" /
        "等待 {gather}：{all} 个中完成 {done} 个",
    AwaitsAll { gather: ResourceId } => "waits for {gather}" / "等待 {gather}",
    AwaitsGroup { group: ResourceId } => "waits in {group}" / "在 {group} 中等待",
    AwaitsChildren { group: ResourceId, done: u32, all: u32 } => "waits in {group}: {done} of {all} done" /
        "在 {group} 中等待：{all} 个中完成 {done} 个",
    AwaitsJob { executor: ResourceId } => "waits for a job of {executor}; the loop goes on" /
        "等待 {executor} 的作业；循环继续",
    HandsOverOften { job: TextId, times: u32, executor: ResourceId } =>
        "hands {job} to {executor} {times} times" / "把 {job} 交给 {executor} {times} 次",
    HandsOver { jobs: Vec<TextId>, executor: ResourceId } => "hands {jobs} to {executor}" / "把 {jobs} 交给 {executor}",
    AwaitsLock { lock: ResourceId } => "waits for {lock}" / "等待 {lock}",
    AwaitsHeldLock { lock: ResourceId, holder: TaskId } => "waits for {lock}, held by {holder}" /
        "等待 {lock}，由 {holder} 持有",
    AwaitsPromisedLock { lock: ResourceId, next: TaskId } => "waits for {lock}, which {next} takes next" /
        "等待 {lock}，下一个获得它的是 {next}",
    AwaitsEvent { event: ResourceId } => "waits until {event} is set" / "等待 {event} 置位",
    AwaitsNotify { condition: ResourceId } => "waits until somebody notifies {condition}" /
        "等待 {condition} 的通知",
    AwaitsPermit { semaphore: ResourceId } => "waits for a permit of {semaphore}" / "等待 {semaphore} 的许可",
    AwaitsBarrier { barrier: ResourceId } => "waits at {barrier} for the others" / "在 {barrier} 等待其他任务",
    AwaitsItem { queue: ResourceId } => "waits: {queue} is empty" / "等待：{queue} 为空",
    AwaitsRoom { queue: ResourceId, item: TextId } => "waits to put {item}: {queue} is full" /
        "等待放入 {item}：{queue} 已满",
    AwaitsJoin { queue: ResourceId } => "waits until everything in {queue} is done" /
        "等待 {queue} 中的一切处理完毕",
    AwaitsFuture { future: FutureId } => "waits for {future}" / "等待 {future}",
    Returns { value: TextId } => "returns {value}" / "返回 {value}",
    Ends {} => "ends" / "结束",
    Fails { error: TextId } => "fails with {error}" / "失败：{error}",
    FailsUnseen { error: TextId } => "fails with {error}; nobody awaits it yet" /
        "失败：{error}；尚无人等待它",
    EndsCancelled {} => "ends as cancelled" / "以已取消结束",
    Creates { tasks: Vec<TaskId> } => "creates {tasks}" / "创建 {tasks}",
    TakesAndReleases { resource: ResourceId } => "takes and releases {resource}" / "获得并释放 {resource}",
    Takes { resource: ResourceId } => "takes {resource}" / "获得 {resource}",
    TakesPermit { semaphore: ResourceId } => "takes a permit of {semaphore}" / "获得 {semaphore} 的一个许可",
    Releases { resource: ResourceId } => "releases {resource}" / "释放 {resource}",
    ReturnsPermit { semaphore: ResourceId } => "gives a permit back to {semaphore}" /
        "归还 {semaphore} 的一个许可",
    Sets { event: ResourceId } => "sets {event}" / "置位 {event}",
    Clears { event: ResourceId } => "clears {event}" / "清除 {event}",
    Puts { items: Vec<TextId>, queue: ResourceId } => "puts {items} into {queue}" / "把 {items} 放入 {queue}",
    Gets { items: Vec<TextId>, queue: ResourceId } => "takes {items} from {queue}" / "从 {queue} 取走 {items}",
    FinishesItem { queue: ResourceId } => "marks an item of {queue} as done" / "把 {queue} 的一项标记为完成",
    Notifies { condition: ResourceId, woken: u32 } => "notifies {condition}" / "通知 {condition}",
    NotifiesNobody { condition: ResourceId } => "notifies {condition}, where nobody waits" /
        "通知 {condition}，但无人等待",
    Completes { group: ResourceId } => "completes {group}" / "完成 {group}",
    NotesEnd { group: ResourceId, child: TaskId } => "notes for {group} that {child} has ended" /
        "为 {group} 记下 {child} 已结束",
    ClosesConnection { resource: ResourceId } => "closes {resource}" / "关闭 {resource}",
    SeesTo { resource: ResourceId, state: Doing } => "sees to {resource}, which {state}" / "处理 {resource}：{state}",
    Closes { resource: ResourceId } => "shuts {resource} down" / "关闭 {resource}",
    Arrives { barrier: ResourceId, inside: u32 } => "is number {inside} at {barrier}" /
        "第 {inside} 个到达 {barrier}",
    Leaves { barrier: ResourceId } => "leaves {barrier}" / "离开 {barrier}",
    Fills { barrier: ResourceId } => "is the last that {barrier} waits for" / "是 {barrier} 等待的最后一个",
    AsksToStop { tasks: Vec<TaskId> } => "asks {tasks} to stop" / "请求取消 {tasks}",
    Settles { future: FutureId, value: TextId } => "settles {future} with {value}" / "为 {future} 设定 {value}",
    CancelsFuture { future: FutureId } => "cancels {future}" / "取消 {future}",
    ReturnsUncancelled { value: TextId } => "returns {value}: it caught CancelledError and is not cancelled" /
        "返回 {value}：它捕获了 CancelledError，未被取消",
    IsCancelled {} => "gets CancelledError" / "收到 CancelledError",
    IsCancelledAt { line: Line } => "gets CancelledError at line {line}" / "在第 {line} 行收到 CancelledError",
    IsCancelledUnstarted {} => "gets CancelledError before its first line" /
        "在第一行之前就收到 CancelledError",
    Schedules { name: TextId } => "schedules {name}" / "安排 {name}",
    SchedulesAt { name: TextId, due: Time } => "schedules {name} for {due}" / "安排 {name} 在 {due} 运行",
    Blocks { span: Time } => "blocks the whole loop for {span}" / "阻塞整个循环 {span}",
    Spins { span: Time } => "reads the clock over and over, which blocks the whole loop for {span}" /
        "反复读取时钟，阻塞整个循环 {span}",
    Works { span: Time } => "computes for {span}" / "计算 {span}",
    Prints { text: TextId } => "prints \"{text}\"" / "打印“{text}”",
    PrintsLines { count: u32 } => "prints {count} lines" / "打印 {count} 行",
    Wakes { tasks: Vec<TaskId> } => "wakes {tasks}" / "唤醒 {tasks}",
    RoomLeft { queue: ResourceId } => "passes the room in {queue} on" / "把 {queue} 的空位让给下一个",
    ItemLeft { queue: ResourceId } => "passes the item in {queue} on" / "把 {queue} 的一项让给下一个",
    Calls { name: TextId } => "calls {name}" / "调用 {name}",
    CallsWhich { name: TextId, act: Rc<Message> } => "calls {name}, which {act}" / "调用 {name}，它{act}",
    RunsLibrary { name: TextId } => "does the bookkeeping of {name}" / "处理 {name} 的簿记",
    Stops {} => "stops: what it was run for is done" / "停止：要运行的已经完成",
    CleansUp {} => "cleans up after the program" / "在程序之后清理",
    FindsDone { task: TaskId } => "finds {task} already done: nothing runs" /
        "发现 {task} 已经完成：什么也不运行",
    CannotEnter { task: TaskId } => "cannot run {task}: its context is entered already" /
        "无法运行 {task}：它的上下文已被进入",

    NeverRan {} => "never got to run" / "从未得到运行",

    // Clauses: what a predicate led to.
    BecomesReady { tasks: Vec<TaskId> } => "{tasks} moves to the ready queue" / "{tasks} 变为就绪",
    BecomeReady { tasks: Vec<TaskId> } => "{tasks} move to the ready queue" / "{tasks} 变为就绪",
    TheyBecomeReady {} => "they move to the ready queue" / "它们变为就绪",
    ManyBecomeReady { count: u32 } => "{count} tasks move to the ready queue" / "{count} 个任务变为就绪",
    AwaiterReady { tasks: Vec<TaskId> } => "{tasks}, which awaited it, moves to the ready queue" /
        "等待它的 {tasks} 变为就绪",
    AwaitersReady { tasks: Vec<TaskId> } => "{tasks}, which awaited it, move to the ready queue" /
        "等待它的 {tasks} 变为就绪",

    // Steps of the loop itself.
    SleepOver { task: TaskId } => "The sleep of {task} is over, so it moves to the ready queue." /
        "{task} 的休眠结束，进入就绪队列。",
    SleepOverAt { at: Time, task: TaskId } =>
        "The clock reaches {at}: the sleep of {task} is over, so it moves to the ready queue." /
        "时钟到 {at}：{task} 的休眠结束，进入就绪队列。",
    SleepOverForNobody {} => "A sleep is over; nobody waits for it any more." /
        "一个休眠结束；已无人等待它。",
    TimeIsUp { task: TaskId } => "The time that {task} had is up, so it is asked to stop." /
        "{task} 的时限已到，因此请求取消它。",

    JobDelivers { job: TextId, so: Rc<Message> } => "The job {job} is over, so {so}." / "作业 {job} 结束，因此 {so}。",
    JobFailed { job: TextId, so: Rc<Message> } => "The job {job} has failed, so {so}." / "作业 {job} 失败，因此 {so}。",
    JobForNobody { job: TextId } => "The job {job} is over; no task waits for it." / "作业 {job} 结束；没有任务等待它。",

    // The first frame and the last.
    Begins {} => "The program begins." / "程序开始。",
    BeginsWith { task: TaskId } => "{task} is ready: it runs in the first step." /
        "{task} 已就绪：它将在第一步运行。",
    Finishes { at: Time } => "The program ends at {at}." / "程序在 {at} 结束。",
    FinishesWith { code: i64, at: Time } => "The program ends at {at} with exit code {code}." /
        "程序在 {at} 结束，退出码 {code}。",
    Dies { error: TextId, at: Time } => "The program fails at {at} with {error}." /
        "程序在 {at} 失败：{error}。",
    Deadlock { task: TaskId } => "Nothing can happen any more: {task} waits for ever." /
        "再也不会发生任何事：{task} 永远等待。",
    Deadlocks { count: u32 } => "Nothing can happen any more: {count} tasks wait for ever." /
        "再也不会发生任何事：{count} 个任务永远等待。",
    DeadlockRing { count: u32 } =>
        "{count} tasks wait for each other in a circle; nothing can ever wake them." /
        "{count} 个任务循环等待，没有任何东西能唤醒它们。",
    DeadlockBare {} => "Nothing can happen any more, and the program is not done." /
        "再也不会发生任何事，而程序尚未完成。",
    StopsSteps { limit: u64 } => "The run stops: it has used up its {limit} steps." /
        "运行停止：{limit} 步已用完。",
    StopsLines { limit: u64, line: Line } =>
        "The run stops at line {line}: one step ran {limit} lines without an await." /
        "运行停在第 {line} 行：一步执行了 {limit} 行，没有 await。",
    StopsOutput { limit: u64 } => "The run stops: it has written {limit} bytes." /
        "运行停止：已输出 {limit} 字节。",
    StopsEvents { limit: u64 } => "The run stops: its trace has {limit} events." /
        "运行停止：记录已有 {limit} 个事件。",
    StopsMemory { limit: u64 } => "The run stops: its data takes more than {limit} bytes." /
        "运行停止：数据超过 {limit} 字节。",
    Unfinished {} => "The run has got this far." / "运行到此为止。",

    // Reasons.
    ClockJumps { to: Time } => "Nothing was ready, so the clock jumped to {to}." /
        "没有就绪任务，时钟跳到 {to}。",
    ClockPolled { to: Time } => "Tasks only gave way to each other, so the clock moved on to {to}." /
        "任务只是互相让出，时钟前进到 {to}。",
    TurnBegins { turn: u32, ready: u32 } => "Turn {turn} begins: it runs the {ready} that are ready now, no others." /
        "第 {turn} 轮开始：只运行此刻就绪的 {ready} 个。",
    CreatedBy { actor: TaskId, by: TaskId, step: u32 } => "{by} created {actor} in step {step}." /
        "{by} 在第 {step} 步创建了 {actor}。",
    GaveWayIn { actor: TaskId, step: u32 } =>
        "{actor} gave way in step {step}; everybody who was ready then has run since." /
        "{actor} 在第 {step} 步让出；当时就绪的都已运行过。",
    SleptUntil { actor: TaskId, step: u32 } => "The sleep of {actor} ended in step {step}." /
        "{actor} 的休眠在第 {step} 步结束。",
    ReleasedBy { actor: TaskId, by: TaskId, resource: ResourceId, step: u32 } =>
        "{by} released {resource} in step {step}, and {actor} was next in line." /
        "{by} 在第 {step} 步释放了 {resource}，{actor} 排在最前。",
    SetBy { by: TaskId, event: ResourceId, step: u32 } => "{by} set {event} in step {step}." /
        "{by} 在第 {step} 步置位了 {event}。",
    NotifiedBy { by: TaskId, condition: ResourceId, step: u32 } => "{by} notified {condition} in step {step}." /
        "{by} 在第 {step} 步通知了 {condition}。",
    PutBy { by: TaskId, queue: ResourceId, step: u32 } => "{by} put something into {queue} in step {step}." /
        "{by} 在第 {step} 步向 {queue} 放入了一项。",
    RoomMadeBy { by: TaskId, queue: ResourceId, step: u32 } => "{by} made room in {queue} in step {step}." /
        "{by} 在第 {step} 步为 {queue} 腾出了空位。",
    FilledBy { by: TaskId, barrier: ResourceId, step: u32 } => "{by} was the last at {barrier}, in step {step}." /
        "{by} 在第 {step} 步最后到达 {barrier}。",
    ShutDownBy { by: TaskId, queue: ResourceId, step: u32 } => "{by} shut {queue} down in step {step}." /
        "{by} 在第 {step} 步关闭了 {queue}。",
    AllDoneIn { queue: ResourceId, step: u32 } => "Everything in {queue} was done in step {step}." /
        "{queue} 中的一切在第 {step} 步处理完毕。",
    GroupDoneIn { group: ResourceId, step: u32 } => "{group} had what it waited for in step {step}." /
        "{group} 在第 {step} 步等到了所需的一切。",
    AwaitedEnded { actor: TaskId, task: TaskId, step: u32 } => "{task}, which {actor} awaited, ended in step {step}." /
        "{actor} 等待的 {task} 在第 {step} 步结束。",
    FutureSettledIn { future: FutureId, step: u32 } => "{future} was settled in step {step}." /
        "{future} 在第 {step} 步有了结果。",
    CancelledBy { actor: TaskId, by: TaskId, step: u32 } => "{by} asked {actor} to stop in step {step}." /
        "{by} 在第 {step} 步请求取消 {actor}。",
    CancelledIn { actor: TaskId, step: u32 } => "{actor} was asked to stop in step {step}." /
        "{actor} 在第 {step} 步被请求取消。",
    WokenIn { actor: TaskId, step: u32 } => "{actor} became ready in step {step}." /
        "{actor} 在第 {step} 步变为就绪。",
    NewJoins { tasks: Vec<TaskId> } => "{tasks} joins the ready queue; it has not run yet." /
        "{tasks} 进入就绪队列，尚未运行。",
    NewJoin { tasks: Vec<TaskId> } => "{tasks} join the ready queue in this order; they have not run yet." /
        "{tasks} 依次进入就绪队列，尚未运行。",
    RanAtOnce { tasks: Vec<TaskId> } => "The loop starts tasks at once: {tasks} ran inside this step up to the first wait." /
        "循环立即启动任务：{tasks} 在这一步之内运行到第一次等待。",
    StartedBy { actor: TaskId, by: TaskId } => "{by} started {actor} at once, inside its own step." /
        "{by} 在自己的一步之内立即启动了 {actor}。",
    LongestWaits {} => "release() wakes the task that has waited longest; it takes the lock when it runs." /
        "release() 唤醒等待最久的任务；它运行时获得锁。",
    AllWaitersWake {} => "set() wakes every task that waits at that moment, in the order in which they came." /
        "set() 按到来的顺序唤醒此刻等待的所有任务。",
    MustRelock { condition: ResourceId } => "A notified task first takes the lock of {condition} again." /
        "被通知的任务先要重新获得 {condition} 的锁。",
    ItemForLongest { queue: ResourceId } => "{queue} has an item now, so the task that has waited longest may get it." /
        "{queue} 现在有一项，等待最久的任务可以取。",
    RoomForLongest { queue: ResourceId } => "{queue} has room now, so the task that has waited longest may put." /
        "{queue} 现在有空位，等待最久的任务可以放。",
    EndWakes {} => "The end of a task wakes everyone who awaits it." /
        "任务结束时会唤醒所有等待它的任务。",
    CancelLater { task: TaskId } => "CancelledError will be raised where {task} waits, when it runs." /
        "CancelledError 将在 {task} 运行时，于它等待之处抛出。",
    CancelsLater {} => "CancelledError will be raised in each of them where it waits, when it runs." /
        "CancelledError 将在它们各自运行时，于等待之处抛出。",
    CancelMayWait { task: TaskId } => "{task} counts as cancelled only when CancelledError ends it." /
        "只有当 {task} 因 CancelledError 结束时，它才算被取消。",
    CancelSwallowed { task: TaskId } => "{task} was asked to stop and caught CancelledError, so it is not cancelled." /
        "{task} 被请求取消，却捕获了 CancelledError，因此未被取消。",
    CancelGoesOn { outer: TaskId, inner: TaskId } => "{outer} waits for {inner}, so the request goes on to {inner}." /
        "{outer} 在等待 {inner}，因此请求传给 {inner}。",
    WaitFreesLock { condition: ResourceId } => "wait() gives the lock of {condition} back until then." /
        "wait() 在此期间归还 {condition} 的锁。",
    WorkedOn { worker: TextId, job: TextId } =>
        "{worker} worked on {job} beside the loop; its end reaches the loop as a callback." /
        "{worker} 在循环之外执行 {job}；它的结束以回调的形式送达循环。",
    BesideLoop { executor: ResourceId, workers: u32 } =>
        "{executor} has {workers} workers: what they do is no step of the loop." /
        "{executor} 有 {workers} 个工作线程：它们做的不是循环的步。",
    SettlingWakes {} => "A settled future wakes everyone who awaits it." /
        "future 有了结果，便唤醒所有等待它的任务。",
    KeepsWaiting { task: TaskId } => "{task} keeps waiting." / "{task} 继续等待。",
    FullAgain { queue: ResourceId } => "{queue} is full again: somebody else took the slot first." /
        "{queue} 又满了：别人抢先占了空位。",
    EmptyAgain { queue: ResourceId } => "{queue} is empty again: somebody else took the item first." /
        "{queue} 又空了：别人抢先取走了。",
    Items { queue: ResourceId, count: u32, capacity: u32 } => "{queue} holds {count} of {capacity}." /
        "{queue} 有 {count} 项，容量 {capacity}。",
    AwaiterAlsoReady { tasks: Vec<TaskId> } => "{tasks} awaited this end, and moves to the ready queue." /
        "{tasks} 等待它结束，现在变为就绪。",
    AwaitersAlsoReady { tasks: Vec<TaskId> } => "{tasks} awaited this end, and move to the ready queue." /
        "{tasks} 等待它结束，现在变为就绪。",
    GroupCounts { group: ResourceId, done: u32, all: u32 } => "{done} of {all} done in {group}." /
        "{group} 中 {all} 个完成了 {done} 个。",
    CallbackFails { name: TextId, error: TextId } => "{name} fails with {error}; the loop reports it and goes on." /
        "{name} 失败：{error}；循环报告后继续。",
    RanSteps { steps: u32, turns: u32 } => "Steps: {steps}. Turns: {turns}." /
        "步数：{steps}。轮数：{turns}。",
    LeftPending { tasks: Vec<TaskId> } => "Not done: {tasks}." / "未完成：{tasks}。",
}

impl Message {
    /// As slots take messages: an actor may stand in several.
    pub(super) fn shared(self) -> Rc<Self> {
        Rc::new(self)
    }
}

/// What servers, connections and requests can do.
const DOINGS: [Message; 11] = [
    Message::Connects {},
    Message::Executes {},
    Message::IsFree {},
    Message::IsHalfClosed {},
    Message::IsOpen {},
    Message::IsUsed {},
    Message::Listens {},
    Message::Transfers {},
    Message::AwaitsConnection {},
    Message::AwaitsFirstByte {},
    Message::AwaitsAccept {},
];

/// What a server, a connection or a request does, in a language; `None` when the words are not ours.
pub fn doing_in(language: Language, english: &str) -> Option<&'static str> {
    let known = DOINGS
        .iter()
        .find(|doing| doing.pattern(Language::English) == english);
    known.map(|doing| doing.pattern(language))
}
