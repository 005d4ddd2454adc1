//! Every word of the interface, in tables: a column a language.
//!
//! Sentences are patterns with named slots, because the order of words differs
//! between languages; nothing is put together from halves. Names of `asyncio`
//! and of the program stay as they are.

use crate::trace::{Language, MESSAGES};

/// Something that is said in every language.
pub trait Phrase: Copy + std::fmt::Debug {
    /// Its pattern in a language.
    fn pattern(self, language: Language) -> &'static str;
}

/// A table of words: an enum whose variants are phrases. `[FIRST]` is the place of its first phrase among all
/// texts, which is the end of the table before it.
macro_rules! words {
    ($(#[$about:meta])* $table:ident [$first:expr] $($key:ident = $english:literal / $chinese:literal,)*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the English text beside each key says what it is")]
        pub enum $table { $($key,)* }

        impl $table {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$key,)*];
            /// The place of the first of them among all texts.
            pub(crate) const FIRST: usize = $first;
            /// The place behind the last of them.
            #[allow(dead_code, reason = "no table follows the last one")]
            pub(crate) const END: usize = Self::FIRST + Self::ALL.len();
        }

        impl $crate::ui::i18n::Phrase for $table {
            #[cfg(not(target_arch = "wasm32"))]
            fn pattern(self, language: $crate::trace::Language) -> &'static str {
                const TEXTS: &[[&str; 2]] = &[$([$english, $chinese],)*];
                TEXTS[self as usize][language as usize]
            }

            #[cfg(target_arch = "wasm32")]
            fn pattern(self, language: $crate::trace::Language) -> &'static str {
                const ENGLISH: &[&str] = &[$($english,)*];
                $crate::ui::i18n::words::in_page(ENGLISH[self as usize], Self::FIRST + self as usize, language)
            }
        }

        #[cfg(test)]
        mod every_phrase {
            #[test]
            fn is_in_both_languages() {
                for phrase in super::$table::ALL {
                    $crate::ui::i18n::words::check(*phrase);
                }
            }
        }
    };
}

/// A text of the page, which holds only English and learns Chinese when it is wanted.
#[cfg(target_arch = "wasm32")]
fn in_page(english: &'static str, place: usize, language: Language) -> &'static str {
    match language {
        Language::English => english,
        Language::Chinese => crate::trace::learned::chinese(place, english),
    }
}

/// What the page learns to speak Chinese: the texts of all tables, one a line, sentences first.
#[cfg(not(target_arch = "wasm32"))]
pub fn chinese_file() -> String {
    fn add<P: Phrase>(file: &mut Vec<&'static str>, first: usize, table: &[P]) {
        assert_eq!(file.len(), first, "a table has another place than it says");
        file.extend(table.iter().map(|phrase| phrase.pattern(Language::Chinese)));
    }
    let mut file: Vec<&'static str> = MESSAGES.iter().map(|(_, [_, chinese], _)| *chinese).collect();
    add(&mut file, Key::FIRST, Key::ALL);
    add(&mut file, CompareKey::FIRST, CompareKey::ALL);
    add(&mut file, EditorKey::FIRST, EditorKey::ALL);
    add(&mut file, LanesKey::FIRST, LanesKey::ALL);
    add(&mut file, PanelKey::FIRST, PanelKey::ALL);
    add(&mut file, ViewKey::FIRST, ViewKey::ALL);
    add(&mut file, VisitKey::FIRST, VisitKey::ALL);
    file.join("\n") + "\n"
}

// Tables of single parts are modules of their own, named after the part: `mod part; pub use part::PartKey;`.
mod compare;
pub use compare::CompareKey;
mod editor;
mod lanes;
mod panels;
mod view;
mod visit;
pub use {editor::EditorKey, lanes::LanesKey, panels::PanelKey, view::ViewKey, visit::VisitKey};

/// Patterns that hold names of `asyncio`, which are the same in every language, and symbols.
#[cfg(test)]
const NAMES: &[&str] = &[
    "of {n}",
    "{name}.wait",
    "{name}.get",
    "{name}.put",
    "{name}.join",
    "gather of {n}",
    "gather · {done}/{n}",
    "{name} of {n}",
    "future {name}",
    "get",
    "put",
    "join",
    "wait",
    "{n} of {all}",
    "timeout()",
    "future",
    "asyncio {version}",
];

/// Checks that a phrase says the same, with the same slots, in both languages.
#[cfg(test)]
pub(crate) fn check(phrase: impl Phrase) {
    let [english, chinese] = Language::ALL.map(|language| phrase.pattern(language));
    let slots = |pattern: &'static str| -> std::collections::BTreeSet<&str> {
        let pieces = pattern.split('{').skip(1);
        pieces.filter_map(|piece| piece.split('}').next()).collect()
    };
    assert_eq!(slots(english), slots(chinese), "{phrase:?}");
    assert!(
        !english.contains(|letter| letter >= '\u{2e80}'),
        "{phrase:?} is in no English"
    );
    // What holds words, not only names of asyncio and slots, is told in Chinese.
    let wide = chinese.contains(|letter| letter >= '\u{2e80}');
    let outside = english
        .split('{')
        .map(|piece| piece.rsplit('}').next().unwrap_or(""));
    let worded = outside.collect::<String>().contains(char::is_alphabetic);
    assert!(
        wide || NAMES.contains(&english) || !worded,
        "{phrase:?} is in no Chinese"
    );
}

words! {
    /// A word or a sentence of the interface; what belongs to one part of it alone has a table of its own.
    Key [MESSAGES.len()]
    // Panels
    Step = "Step" / "步",
    Turn = "Turn" / "轮",
    Clock = "Clock" / "时钟",
    ClockSeconds = "Clock, s" / "时钟，秒",
    OfSteps = "of {n}" / "/ {n}",
    Seconds = "s" / "秒",
    Running = "Running" / "运行中",
    RunningSub = "one task at a time" / "同一时刻只有一个任务",
    Ready = "Ready" / "就绪",
    ReadySub = "runs next, in this order" / "按此顺序依次运行",
    Timers = "Timers" / "定时器",
    TimersSub = "woken by the clock" / "由时钟唤醒",
    Waiting = "Waiting" / "等待",
    WaitingSub = "woken by another task" / "由其他任务唤醒",
    Finished = "Finished" / "已结束",
    FinishedSub = "never runs again" / "不会再运行",
    Timeline = "Timeline" / "时间线",
    Program = "Program" / "程序",
    Output = "Output" / "输出",
    Steps = "Steps" / "步骤",
    Code = "Code" / "代码",
    Board = "Board" / "看板",
    // Empty places
    NothingReady = "Nothing is ready." / "没有就绪任务。",
    NoTimer = "No timer is set." / "没有定时器。",
    NobodyWaits = "Nobody waits for another task." / "没有任务等待其他任务。",
    Nobody = "nobody" / "无",
    NoOutputYet = "No output yet." / "尚无输出。",
    NoOutput = "No output." / "没有输出。",
    EarlierOutput = "{n} earlier lines" / "更早的 {n} 行",
    NobodyRuns = "Nobody runs" / "无人运行",
    NotBegun = "the first step comes next" / "接下来是第一步",
    AllOver = "the run is over" / "运行已结束",
    // Seat and ready queue
    Line = "line {n}" / "第 {n} 行",
    TurnN = "turn {n}" / "第 {n} 轮",
    Callback = "callback" / "回调",
    TimerCallback = "timer" / "定时器",
    ForTask = "for {name}" / "为 {name}",
    NextIn = "in {time} s" / "{time} 秒后",
    More = "+{n}" / "+{n}",
    // Why a task is ready
    WhyNew = "new task" / "新任务",
    WhyYield = "gave way" / "让出过",
    WhySlept = "its sleep is over" / "休眠结束",
    WhyCancel = "to be cancelled" / "将被取消",
    WhyTimeout = "its time is up" / "时限已到",
    WhyReleased = "{name} was released" / "{name} 已释放",
    WhySet = "{name} was set" / "{name} 已置位",
    WhyNotified = "{name} notified it" / "收到 {name} 的通知",
    WhyItem = "{name} has an item" / "{name} 有一项",
    WhyRoom = "{name} has room" / "{name} 有空位",
    WhyDrained = "{name} is drained" / "{name} 处理完毕",
    WhyBarrier = "{name} is full" / "{name} 已到齐",
    WhyGroup = "{name} is complete" / "{name} 已完成",
    WhyJob = "its job has ended" / "作业已结束",
    WhyEnded = "{name} has ended" / "{name} 已结束",
    WhyFuture = "{name} is settled" / "{name} 有了结果",
    WhyClosed = "{name} was shut down" / "{name} 已关闭",
    WhyCalled = "was scheduled" / "已安排",
    WhyDue = "{time} s has come" / "到了 {time} 秒",
    // States of tasks
    StateRunning = "running" / "运行中",
    StateReady = "ready" / "就绪",
    StateReadyNth = "ready · {nth}" / "就绪 · {nth}",
    StateDone = "done" / "完成",
    StateCancelled = "cancelled" / "已取消",
    StateFailed = "failed" / "失败",
    StateNew = "not created yet" / "尚未创建",
    SleepUntil = "sleep until {time} s" / "休眠至 {time} 秒",
    Sleeps = "sleeps" / "休眠",
    Until = "until {time}" / "至 {time}",
    WaitLock = "lock {name}" / "锁 {name}",
    WaitSemaphore = "permit {name}" / "许可 {name}",
    WaitEvent = "event {name}" / "事件 {name}",
    WaitCondition = "{name}.wait" / "{name}.wait",
    WaitBarrier = "barrier {name}" / "屏障 {name}",
    WaitGet = "{name}.get" / "{name}.get",
    WaitPut = "{name}.put" / "{name}.put",
    WaitJoin = "{name}.join" / "{name}.join",
    WaitGather = "gather of {n}" / "gather · {n}",
    GatherDone = "gather · {done}/{n}" / "gather · {done}/{n}",
    WaitGroup = "{name} of {n}" / "{name} · {n}",
    GroupDone = "{name} · {done}/{n}" / "{name} · {done}/{n}",
    WaitTask = "task {name}" / "任务 {name}",
    WaitJob = "job" / "作业",
    WaitFuture = "future {name}" / "future {name}",
    WaitOther = "waits" / "等待",
    WithPlace = "{what} · {nth}" / "{what} · {nth}",
    ShortGet = "get" / "get",
    ShortPut = "put" / "put",
    ShortJoin = "join" / "join",
    ShortWait = "wait" / "wait",
    CancelAsked = "cancel requested" / "已请求取消",
    EventLoop = "event loop" / "事件循环",
    Callbacks = "callbacks" / "回调",
    NothingToDo = "nothing to do" / "无事可做",
    // Help
    HelpPicture = "How to read the picture" / "怎样看这张图",
    HelpRuns = "Runs. One filled cell in every column: only one task runs at a time." / "运行。每一列只有一个实心格：同一时刻只有一个任务在运行。",
    HelpReady = "Ready. It may run and waits for its turn." / "就绪。可以运行，等着轮到自己。",
    HelpClock = "Waits for the clock. This ends by itself." / "等时钟。会自己结束。",
    HelpPeer = "Waits for another task, which has to do something." / "等别的任务，要靠它做点什么。",
    HelpOutside = "Outside: a thread works on it while the loop goes on." / "外部：由线程处理，循环继续。",
    HelpCancel = "Asked to stop, and has not noticed yet." / "被请求取消，但尚未知道。",
    HelpArrows = "An arrow goes from the step that woke a task to that task. A dashed outline shows where the running task goes next, a dotted one what it left." /
        "箭头从唤醒任务的那一步指向被唤醒的任务。虚线框表示运行中的任务接下来去哪里，点线框表示刚离开的位置。",
    // Gallery
    Gallery = "Gallery" / "程序库",
    GalleryFind = "Find by word, topic or name" / "按词语、主题或名称查找",
    GalleryLevel = "Level" / "难度",
    GalleryFound = "{n} programs" / "{n} 个程序",
    LevelAny = "All" / "全部",
    LevelBeginner = "Beginner" / "入门",
    LevelIntermediate = "Intermediate" / "进阶",
    LevelAdvanced = "Advanced" / "高级",
    KeyGallery = "gallery" / "程序库",
    // In another page
    OpenWhole = "Open in Loopscope" / "在 Loopscope 中打开",
    // Inspector
    Inspect = "Inspect" / "检查",
    Lesson = "Lesson" / "讲解",
    Question = "Question" / "思考题",
    // World
    World = "World" / "环境",
    WorldNote = "What the program finds around itself. A change runs it again, and the link keeps it." / "程序周围的环境。一有改动就重新运行，链接会记住它。",
    WorldHost = "Host" / "主机",
    WorldLatency = "Latency, s" / "延迟，秒",
    WorldTrouble = "Failure" / "故障",
    WorldRate = "Rate" / "比率",
    WorldLatencyOf = "Latency of {name} in seconds" / "{name} 的延迟（秒）",
    WorldTroubleOf = "Failure of {name}" / "{name} 的故障",
    WorldRateOf = "Rate of failures of {name}, 0 to 1" / "{name} 的故障比率，0 到 1",
    WorldOther = "Another host" / "其他主机",
    TroubleNone = "none" / "无",
    TroubleTimeout = "timeout" / "超时",
    TroubleRefused = "refused" / "拒绝连接",
    TroubleError = "status 500" / "状态 500",
    WorldStdin = "Standard input" / "标准输入",
    WorldLineCost = "Seconds per line" / "每行耗时，秒",
    WorldInterrupt = "Ctrl+C at, s" / "Ctrl+C 时刻，秒",
    WorldInterruptHere = "Ctrl+C here" / "在此刻 Ctrl+C",
    WorldReset = "Reset" / "恢复默认",
    InspectNothing = "Select a task in the timeline to inspect it." / "在时间线上选择一个任务来检查。",
    InspectChild = "created by {name}, line {n}" / "由 {name} 创建，第 {n} 行",
    InspectState = "State" / "状态",
    InspectCoroutine = "Runs" / "运行的协程",
    InspectValue = "Result" / "结果",
    InspectWoken = "Why ready last" / "最近为何就绪",
    InspectWokenBy = "woken by {name}" / "被 {name} 唤醒",
    InspectCreatedBy = "created by {name}" / "由 {name} 创建",
    InspectCancelledBy = "asked to stop by {name}" / "被 {name} 请求取消",
    InspectNeeded = "Who waits for it" / "谁在等它",
    InspectOthers = "It and others" / "它与其他任务",
    InspectCancels = "Cancel requests" / "取消请求",
    InspectRan = "Ran in steps" / "运行于步",
    InspectWoke = "Woke" / "唤醒了",
    InspectCreated = "created" / "创建",
    InspectCancelled = "asked to stop" / "请求取消",
    InspectNever = "never yet" / "从未",
    InspectEarlier = "{n} earlier" / "更早 {n} 个",
    InspectChain = "Where it waits" / "在哪里等待",
    InspectLine = "Go to the next step that runs this line" / "转到下一个执行这一行的步",
    InspectCircle = "{name} again: a circle" / "又是 {name}：循环",
    InspectLocals = "Variables" / "变量",
    InspectChanged = "changed" / "已改变",
    InspectHistory = "Its life so far" / "至今的经历",
    // Workers
    WorkerOf = "worker {n} of {all}" / "工作线程 {n}/{all}",
    WorkerIdle = "idle" / "空闲",
    WorkerUnborn = "not started" / "未启动",
    JobOf = "{job} · {task}" / "{job} · {task}",
    FromUntil = "{from} to {to} s" / "{from} 至 {to} 秒",
    WorkersBusy = "{n} of {all} workers" / "{n}/{all} 个工作线程",
    AtWork = "at work" / "进行中",
    JobsWait = "jobs wait" / "排队的作业",
    // Object cards
    Free = "free" / "空闲",
    Held = "held" / "被持有",
    HeldBy = "held by" / "持有者",
    AcquireWaits = "acquire() waits" / "acquire() 等待者",
    Permits = "{n} of {all} free" / "{all} 个空闲 {n} 个",
    PermitsFree = "{n} free" / "空闲 {n} 个",
    IsSet = "set" / "已置位",
    NotSet = "not set" / "未置位",
    WaitWaits = "wait() waits" / "wait() 等待者",
    InWait = "in wait(), until notify()" / "wait() 中，直到 notify()",
    LockFree = "lock free" / "锁空闲",
    LockHeld = "lock held" / "锁被持有",
    LockHeldBy = "lock held by" / "锁的持有者",
    LockWantedBy = "lock wanted by" / "想要锁的",
    Parties = "{n} of {all} here" / "到达 {n} / {all}",
    ItemsOf = "{n} of {all}" / "{n} / {all}",
    Items = "{n} items" / "{n} 项",
    Unfinished = "{n} unfinished" / "{n} 项未完成",
    Closed = "closed" / "已关闭",
    GetWaits = "get() waits" / "get() 等待者",
    PutWaits = "put() waits" / "put() 等待者",
    JoinWaits = "join() waits" / "join() 等待者",
    Out = "out" / "出",
    In = "in" / "入",
    TakenNow = "taken in this step" / "在这一步取走",
    Waits = "waits" / "等待者",
    UntilAllDone = "until all are done" / "直到全部完成",
    ChildrenDone = "{done} of {n} done" / "{done}/{n} 完成",
    AwaitedBy = "awaited by" / "被谁等待",
    Pending = "pending" / "未完成",
    Settled = "settled" / "已有结果",
    TimeoutOf = "timeout()" / "timeout()",
    LaterCall = "call" / "调用",
    // Transport
    First = "First step" / "第一步",
    Back = "Step back" / "后退一步",
    Play = "Play" / "播放",
    Pause = "Pause" / "暂停",
    Forward = "Step forward" / "前进一步",
    Last = "Last step" / "最后一步",
    SpeedIs = "Speed {n}" / "速度 {n}",
    Scrubber = "Step" / "步",
    ScrubberText = "Step {n} of {all}, turn {turn}, {time} seconds. {sentence}" / "第 {n} 步，共 {all} 步，第 {turn} 轮，{time} 秒。{sentence}",
    // Timeline
    AxisSteps = "Steps" / "步",
    AxisClock = "Clock" / "时钟",
    AxisIs = "Left to right" / "从左到右",
    ZoomIn = "Zoom in" / "放大",
    ZoomOut = "Zoom out" / "缩小",
    Fit = "Fit" / "适合",
    FutureShow = "Show what comes next" / "显示后续",
    FutureHide = "Hide what comes next" / "隐藏后续",
    LegendRunning = "running" / "运行",
    LegendReady = "ready" / "就绪",
    LegendClock = "waits for the clock" / "等时钟",
    LegendPeer = "waits for a task" / "等任务",
    LegendOutside = "outside" / "外部",
    TimelineIs = "Timeline of {tasks} tasks over {steps} steps. The table of steps says the same in words." / "{tasks} 个任务、{steps} 步的时间线。步骤表用文字说明同样的内容。",
    Times = "{n} times" / "{n} 次",
    Blocked = "blocked {time} s" / "阻塞 {time} 秒",
    Companion = "Tasks in view, steps {first} to {last}" / "可见的任务，第 {first} 到 {last} 步",
    CompanionTask = "Task" / "任务",
    CompanionState = "State" / "状态",
    CompanionRuns = "Steps run" / "运行的步数",
    CompanionReady = "Steps ready" / "就绪的步数",
    CompanionWaits = "Steps waiting" / "等待的步数",
    CompanionAsked = "Steps with a cancel request" / "已请求取消的步数",
    AtStep = "step {n}" / "第 {n} 步",
    FromTo = "steps {first} to {last}" / "第 {first} 到 {last} 步",
    FromToTime = "steps {first} to {last} · {time} s" / "第 {first} 到 {last} 步 · {time} 秒",
    NotYet = "not created yet" / "尚未创建",
    AlreadyOver = "has ended" / "已结束",
    RanOf = "runs in {n} of {all} steps" / "在 {all} 步中运行 {n} 步",
    Search = "Search" / "搜索",
    SearchFor = "Find a task, a lock, output or a line" / "查找任务、锁、输出或代码行",
    SearchNone = "Nothing found." / "什么也没找到。",
    SearchMore = "{n} more" / "另有 {n} 条",
    HitTask = "task" / "任务",
    HitResource = "{kind}" / "{kind}",
    HitOutput = "output, step {n}" / "输出，第 {n} 步",
    HitLine = "line {n}" / "第 {n} 行",
    HitStep = "go to this step" / "转到这一步",
    Range = "Steps {first} to {last}" / "第 {first} 到 {last} 步",
    RangeOf = "Steps {first} to {last} of {name}" / "{name} 的第 {first} 到 {last} 步",
    RangeSpan = "{n} steps, {time} s" / "{n} 步，{time} 秒",
    RangeTasks = "all {n} tasks together" / "全部 {n} 个任务合计",
    ColumnSteps = "Steps" / "步数",
    ColumnTime = "Time, s" / "时间，秒",
    SpentRunning = "running" / "运行",
    SpentReady = "ready" / "就绪",
    SpentOthers = "{n} other waits" / "另外 {n} 种等待",
    SpentSleep = "sleep" / "休眠",
    SpentTask = "end of a task" / "等任务结束",
    SpentFuture = "future" / "future",
    ZoomToRange = "Zoom to it" / "放大到此",
    LoopRange = "Repeat" / "重复",
    WhyTitle = "Why {name} runs in step {n}" / "为什么 {name} 在第 {n} 步运行",
    WhyTitleLoop = "Why step {n} happens" / "为什么有第 {n} 步",
    WhyShow = "Why? Show what led to this step" / "为什么？显示是什么导致了这一步",
    WhyClock = "The clock let it run: nobody woke it." / "是时钟让它运行：没有人唤醒它。",
    WhyBegin = "This is where the chain begins." / "链条从这里开始。",
    BookmarkSet = "Mark this step" / "标记这一步",
    BookmarkUnset = "Take the mark away" / "取消标记",
    EndFlag = "end" / "完",
    StartFlag = "0" / "0",
    // Top bar and program
    Scenario = "Program to start from" / "从这个程序开始",
    Run = "Run" / "运行",
    Stop = "Stop" / "停止",
    Edited = "edited" / "已修改",
    UndoAll = "Undo all" / "全部撤销",
    Source = "Source of the program" / "程序的源代码",
    ThemeIs = "Colours: {name}" / "颜色：{name}",
    ThemeSystem = "as the system" / "跟随系统",
    ThemeLight = "light" / "浅色",
    ThemeDark = "dark" / "深色",
    Help = "Help" / "帮助",
    Menu = "Menu" / "菜单",
    PythonLevel = "asyncio {version}" / "asyncio {version}",
    StaleSource = "The picture shows the program before your edits. Run it to see the new one." / "图中是修改之前的程序。运行后显示新的。",
    // Interpreter
    EngineAbsent = "Recorded run" / "录制的运行",
    EngineLoading = "Loading the interpreter" / "正在载入解释器",
    EngineReady = "Interpreter ready" / "解释器就绪",
    EngineRunning = "Running" / "正在运行",
    EngineFailed = "No interpreter" / "没有解释器",
    // Steps table
    ColumnStep = "Step" / "步",
    ColumnRan = "Ran" / "运行者",
    ColumnWhat = "What happened" / "发生了什么",
    // Sentences of the frame
    Opening = "Opening a recorded run." / "正在打开录制的运行。",
    Starting = "Starting the program." / "正在启动程序。",
    StartingFirst = "Fetching the interpreter. This happens once." / "正在获取解释器，仅此一次。",
    FollowsLive = "Running: {n} steps so far." / "正在运行：已有 {n} 步。",
    EndedWell = "The program has ended." / "程序已结束。",
    EndedCode = "The program has ended with exit code {n}." / "程序已结束，退出码 {n}。",
    // Levels
    LevelIs = "asyncio of Python" / "哪个 Python 的 asyncio",
    RunOlder = "Run with asyncio of Python {version}" / "用 Python {version} 的 asyncio 运行",
    GoneAt = "Line {n}: {name} is gone since Python {removed}, deprecated since {deprecated}. Today it is {instead}." /
        "第 {n} 行：{name} 自 Python {removed} 起已移除，自 {deprecated} 起已弃用。如今是 {instead}。",
    GoneAtLeaveOut = "Line {n}: {name} is gone since Python {removed}, deprecated since {deprecated}. Leave it out." /
        "第 {n} 行：{name} 自 Python {removed} 起已移除，自 {deprecated} 起已弃用。删去即可。",
    // Troubles
    TroubleSyntax = "The program cannot run yet." / "程序还不能运行。",
    TroubleSyntaxAt = "Line {n}: {message}" / "第 {n} 行：{message}",
    TroubleSyntaxHelp = "The picture still shows your last run. Correct the line and run again." / "图中仍是上一次运行。改正这一行，再运行一次。",
    TroubleUncaught = "An exception ended the program." / "一个异常结束了程序。",
    TroubleUncaughtHelp = "Step back to see how it came to this." / "后退几步，看看它是怎么来的。",
    TroubleDeadlock = "Deadlock." / "死锁。",
    TroubleDeadlockWhat = "{n} tasks wait, and nothing can ever wake them." / "{n} 个任务在等待，没有任何东西能唤醒它们。",
    TroubleDeadlockWhat1 = "{name} waits, and nothing can ever wake it." / "{name} 在等待，没有任何东西能唤醒它。",
    TroubleDeadlockHelp = "Python itself would hang here without a word. Nothing is ready and no timer is set." /
        "Python 自己会在这里无声地挂起。没有就绪任务，也没有定时器。",
    ToldAtLine = "{told} Line {n}." / "{told}第 {n} 行。",
    InCircle = "In a circle: {names}." / "循环等待：{names}。",
    TroubleSteps = "Stopped after {n} steps." / "运行 {n} 步后停止。",
    TroubleStepsHelp = "The program may never end. Everything until here can be stepped through." /
        "程序可能永不结束。到此为止的一切都可以逐步查看。",
    TroubleLines = "Stopped: one step ran {n} lines without an await." / "已停止：一步执行了 {n} 行，没有 await。",
    TroubleLinesAt = "It was at line {line}." / "当时在第 {line} 行。",
    TroubleLinesHelp = "Other tasks can run only while this one waits. Look for a loop without await." /
        "只有它等待时，其他任务才能运行。找一找没有 await 的循环。",
    TroubleOutput = "Stopped: the program printed more than {n} characters." / "已停止：程序输出超过 {n} 个字符。",
    TroubleEvents = "Stopped: the recording holds {n} events, which is all it can." / "已停止：记录已有 {n} 个事件，这是上限。",
    TroubleMemory = "Stopped: the program used more than {n} bytes of memory." / "已停止：程序使用的内存超过 {n} 字节。",
    TroubleBudgetHelp = "The picture shows the run until here." / "图中是到此为止的运行。",
    TroubleStopped = "You stopped the run." / "你停止了运行。",
    TroubleStoppedHelp = "The picture shows what had arrived. The program is unchanged and can run again." /
        "图中是已经到达的部分。程序没有改变，可以再次运行。",
    TroubleSilent = "The program was stopped: it was busy for {n} seconds without finishing a step." /
        "程序已被停止：它忙了 {n} 秒，一步也没有完成。",
    TroubleSilentHelp = "Look for a loop that never awaits. The picture shows the run until here." /
        "找一找从不 await 的循环。图中是到此为止的运行。",
    TroubleCrashed = "The interpreter broke down." / "解释器崩溃了。",
    TroubleCrashedHelp = "It ran out of stack or memory. The picture shows the run until here; the next run gets a fresh interpreter." /
        "它用尽了栈或内存。图中是到此为止的运行；下次运行会用新的解释器。",
    TroubleNoEngine = "The interpreter cannot be loaded." / "无法载入解释器。",
    TroubleNoEngineHelp = "Check the connection and run again. Recorded runs work without it." /
        "检查网络后再运行。录制的运行不需要它。",
    TroubleNoRecording = "The recorded run cannot be loaded." / "无法载入录制的运行。",
    TroubleNoRecordingHelp = "Press Run to run the program itself." / "按“运行”来运行程序本身。",
    GoToLine = "Go to line {n}" / "转到第 {n} 行",
    // Keys
    KeysTitle = "Keys" / "按键",
    KeysNote = "They work while the picture has the focus. In the program, Ctrl+Enter runs it; Tab indents, and Esc, then Tab, leaves the text." /
        "焦点在图上时有效。在程序中，Ctrl+Enter 运行；Tab 缩进，先按 Esc 再按 Tab 可离开文本。",
    KeyStep = "step forward, step back" / "前进一步，后退一步",
    KeyTurn = "next turn, this or the previous turn" / "下一轮，本轮或上一轮",
    KeyTask = "next, previous step of the selected task" / "所选任务的下一步、上一步",
    KeyEnds = "first, last step" / "第一步，最后一步",
    KeyPlay = "play or pause" / "播放或暂停",
    KeyGo = "go to a step" / "转到某一步",
    KeyAxis = "steps or clock from left to right" / "从左到右是步还是时钟",
    KeyFuture = "show or hide what comes next" / "显示或隐藏后续",
    KeyZoom = "zoom in, zoom out, fit" / "放大，缩小，适合",
    KeyPan = "move the timeline (also Shift and wheel)" / "移动时间线（或按住 Shift 滚动）",
    KeyChange = "next, previous change of the selected task" / "所选任务的下一个、上一个变化",
    KeyOutput = "next, previous output" / "下一个、上一个输出",
    KeyWhy = "why? show what led to this step" / "为什么？显示是什么导致了这一步",
    KeyCause = "what woke this, what this woke" / "是什么唤醒了它，它唤醒了什么",
    KeyMark = "mark this step" / "标记这一步",
    KeyMarks = "next, previous mark" / "下一个、上一个标记",
    KeyRange = "the range begins, ends here (or Shift and drag)" / "范围从这里开始、到这里结束（或按住 Shift 拖动）",
    KeyRangeUse = "zoom to the range, repeat it" / "放大到范围，重复播放",
    KeySearch = "search" / "搜索",
    KeyUndo = "undo, redo a move" / "撤销、重做一次移动",
    KeySpeed = "speed" / "速度",
    KeyEdit = "edit the program" / "编辑程序",
    KeyEscape = "clear the selection, close" / "清除选择，关闭",
    KeyHelp = "this table" / "这张表",
    GoPrompt = "Go to step" / "转到哪一步",
    Close = "Close" / "关闭",
}
