//! Every word of the interface, in one table. Another language is another column.
//!
//! Sentences are patterns with named slots, because the order of words differs
//! between languages; nothing is put together from halves.

macro_rules! words {
    ($($key:ident = $english:literal,)*) => {
        /// A word or a sentence of the interface.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the English text beside each key says what it is")]
        pub enum Key { $($key,)* }

        const fn english(key: Key) -> &'static str {
            match key { $(Key::$key => $english,)* }
        }
    };
}

words! {
    // Panels
    Step = "Step",
    Turn = "Turn",
    Clock = "Clock",
    ClockSeconds = "Clock, s",
    OfSteps = "of {n}",
    Seconds = "s",
    Running = "Running",
    RunningSub = "one task at a time",
    Ready = "Ready",
    ReadySub = "runs next, in this order",
    Timers = "Timers",
    TimersSub = "woken by the clock",
    Waiting = "Waiting",
    WaitingSub = "woken by another task",
    Finished = "Finished",
    FinishedSub = "never runs again",
    Timeline = "Timeline",
    Program = "Program",
    Output = "Output",
    Steps = "Steps",
    Code = "Code",
    Board = "Board",
    // Empty places
    NothingReady = "Nothing is ready.",
    NoTimer = "No timer is set.",
    NobodyWaits = "Nobody waits for another task.",
    Nobody = "nobody",
    NoOutputYet = "No output yet.",
    NoOutput = "No output.",
    EarlierOutput = "{n} earlier lines",
    NobodyRuns = "Nobody runs",
    NotBegun = "the first step comes next",
    AllOver = "the run is over",
    // Seat and ready queue
    Line = "line {n}",
    TurnN = "turn {n}",
    Callback = "callback",
    TimerCallback = "timer",
    ForTask = "for {name}",
    NextIn = "in {time} s",
    More = "+{n}",
    // Why a task is ready
    WhyNew = "new task",
    WhyYield = "gave way",
    WhySlept = "its sleep is over",
    WhyCancel = "to be cancelled",
    WhyTimeout = "its time is up",
    WhyReleased = "{name} was released",
    WhySet = "{name} was set",
    WhyNotified = "{name} notified it",
    WhyItem = "{name} has an item",
    WhyRoom = "{name} has room",
    WhyDrained = "{name} is drained",
    WhyBarrier = "{name} is full",
    WhyGroup = "{name} is complete",
    WhyJob = "its job has ended",
    WhyEnded = "{name} has ended",
    WhyFuture = "{name} is settled",
    WhyClosed = "{name} was shut down",
    WhyCalled = "was scheduled",
    WhyDue = "{time} s has come",
    // States of tasks
    StateRunning = "running",
    StateReady = "ready",
    StateReadyNth = "ready · {nth}",
    StateDone = "done",
    StateCancelled = "cancelled",
    StateFailed = "failed",
    StateNew = "not created yet",
    SleepUntil = "sleep until {time} s",
    Sleeps = "sleeps",
    Until = "until {time}",
    WaitLock = "lock {name}",
    WaitSemaphore = "permit {name}",
    WaitEvent = "event {name}",
    WaitCondition = "{name}.wait",
    WaitBarrier = "barrier {name}",
    WaitGet = "{name}.get",
    WaitPut = "{name}.put",
    WaitJoin = "{name}.join",
    WaitGather = "gather of {n}",
    GatherDone = "gather · {done}/{n}",
    WaitGroup = "{name} of {n}",
    GroupDone = "{name} · {done}/{n}",
    WaitTask = "task {name}",
    WaitJob = "job",
    WaitFuture = "future {name}",
    WaitOther = "waits",
    WithPlace = "{what} · {nth}",
    ShortGet = "get",
    ShortPut = "put",
    ShortJoin = "join",
    ShortWait = "wait",
    CancelAsked = "cancel requested",
    EventLoop = "event loop",
    Callbacks = "callbacks",
    NothingToDo = "nothing to do",
    // Object cards
    Free = "free",
    Held = "held",
    HeldBy = "held by",
    AcquireWaits = "acquire() waits",
    Permits = "{n} of {all} free",
    PermitsFree = "{n} free",
    IsSet = "set",
    NotSet = "not set",
    WaitWaits = "wait() waits",
    InWait = "in wait(), until notify()",
    LockFree = "lock free",
    LockHeld = "lock held",
    LockHeldBy = "lock held by",
    LockWantedBy = "lock wanted by",
    Parties = "{n} of {all} here",
    ItemsOf = "{n} of {all}",
    Items = "{n} items",
    Unfinished = "{n} unfinished",
    Closed = "closed",
    GetWaits = "get() waits",
    PutWaits = "put() waits",
    JoinWaits = "join() waits",
    Out = "out",
    In = "in",
    TakenNow = "taken in this step",
    Waits = "waits",
    UntilAllDone = "until all are done",
    ChildrenDone = "{done} of {n} done",
    AwaitedBy = "awaited by",
    Pending = "pending",
    Settled = "settled",
    TimeoutOf = "timeout()",
    LaterCall = "call",
    // Transport
    First = "First step",
    Back = "Step back",
    Play = "Play",
    Pause = "Pause",
    Forward = "Step forward",
    Last = "Last step",
    SpeedIs = "Speed",
    Scrubber = "Step",
    ScrubberText = "Step {n} of {all}, turn {turn}, {time} seconds. {sentence}",
    // Timeline
    AxisSteps = "Steps",
    AxisClock = "Clock",
    AxisIs = "Left to right",
    ZoomIn = "Zoom in",
    ZoomOut = "Zoom out",
    Fit = "Fit",
    FutureShow = "Show what comes next",
    FutureHide = "Hide what comes next",
    LegendRunning = "running",
    LegendReady = "ready",
    LegendClock = "waits for the clock",
    LegendPeer = "waits for a task",
    LegendOutside = "outside",
    TimelineIs = "Timeline of {tasks} tasks over {steps} steps. The table of steps says the same in words.",
    Times = "{n} times",
    Blocked = "blocked {time} s",
    Companion = "Tasks in view, steps {first} to {last}",
    CompanionTask = "Task",
    CompanionState = "State",
    CompanionRuns = "Steps run",
    CompanionReady = "Steps ready",
    CompanionWaits = "Steps waiting",
    CompanionAsked = "Steps with a cancel request",
    AtStep = "step {n}",
    FromTo = "steps {first} to {last}",
    FromToTime = "steps {first} to {last} · {time} s",
    NotYet = "not created yet",
    AlreadyOver = "has ended",
    RanOf = "runs in {n} of {all} steps",
    Search = "Search",
    SearchFor = "Find a task, a lock, output or a line",
    SearchNone = "Nothing found.",
    SearchMore = "{n} more",
    HitTask = "task",
    HitResource = "{kind}",
    HitOutput = "output, step {n}",
    HitLine = "line {n}",
    HitStep = "go to this step",
    Range = "Steps {first} to {last}",
    RangeOf = "Steps {first} to {last} of {name}",
    RangeSpan = "{n} steps, {time} s",
    RangeTasks = "all {n} tasks together",
    ColumnSteps = "Steps",
    ColumnTime = "Time, s",
    SpentRunning = "running",
    SpentReady = "ready",
    SpentOthers = "{n} other waits",
    SpentSleep = "sleep",
    SpentTask = "end of a task",
    SpentFuture = "future",
    ZoomToRange = "Zoom to it",
    LoopRange = "Repeat",
    WhyTitle = "Why {name} runs in step {n}",
    WhyTitleLoop = "Why step {n} happens",
    WhyShow = "Why? Show what led to this step",
    WhyClock = "The clock let it run: nobody woke it.",
    WhyBegin = "This is where the chain begins.",
    BookmarkSet = "Mark this step",
    BookmarkUnset = "Take the mark away",
    EndFlag = "end",
    StartFlag = "0",
    // Top bar and program
    Scenario = "Program to start from",
    Run = "Run",
    Stop = "Stop",
    Edited = "edited",
    UndoAll = "Undo all",
    Source = "Source of the program",
    ThemeIs = "Colours: {name}",
    ThemeSystem = "as the system",
    ThemeLight = "light",
    ThemeDark = "dark",
    Help = "Keys",
    StaleSource = "The picture shows the program before your edits. Run it to see the new one.",
    // Interpreter
    EngineAbsent = "Recorded run",
    EngineLoading = "Loading the interpreter",
    EngineReady = "Interpreter ready",
    EngineRunning = "Running",
    EngineFailed = "No interpreter",
    // Steps table
    ColumnStep = "Step",
    ColumnRan = "Ran",
    ColumnWhat = "What happened",
    // Sentences of the frame
    Opening = "Opening a recorded run.",
    Starting = "Starting the program.",
    StartingFirst = "Fetching the interpreter. This happens once.",
    FollowsLive = "Running: {n} steps so far.",
    EndedWell = "The program has ended.",
    EndedCode = "The program has ended with exit code {n}.",
    // Levels
    LevelIs = "asyncio of Python",
    RunOlder = "Run with asyncio of Python {version}",
    GoneAt = "Line {n}: {name} is gone since Python {removed}, deprecated since {deprecated}. Today it is {instead}.",
    GoneAtLeaveOut = "Line {n}: {name} is gone since Python {removed}, deprecated since {deprecated}. Leave it out.",
    // Troubles
    TroubleSyntax = "The program cannot run yet.",
    TroubleSyntaxAt = "Line {n}: {message}",
    TroubleSyntaxHelp = "The picture still shows your last run. Correct the line and run again.",
    TroubleUncaught = "An exception ended the program.",
    TroubleUncaughtHelp = "Step back to see how it came to this.",
    TroubleDeadlock = "Deadlock.",
    TroubleDeadlockWhat = "{n} tasks wait, and nothing can ever wake them.",
    TroubleDeadlockWhat1 = "{name} waits, and nothing can ever wake it.",
    TroubleDeadlockHelp = "Python itself would hang here without a word. Nothing is ready and no timer is set.",
    TroubleSteps = "Stopped after {n} steps.",
    TroubleStepsHelp = "The program may never end. Everything until here can be stepped through.",
    TroubleLines = "Stopped: one step ran {n} lines without an await.",
    TroubleLinesAt = "It was at line {line}.",
    TroubleLinesHelp = "Other tasks can run only while this one waits. Look for a loop without await.",
    TroubleOutput = "Stopped: the program printed more than {n} characters.",
    TroubleEvents = "Stopped: the recording holds {n} events, which is all it can.",
    TroubleMemory = "Stopped: the program used more than {n} bytes of memory.",
    TroubleBudgetHelp = "The picture shows the run until here.",
    TroubleStopped = "You stopped the run.",
    TroubleStoppedHelp = "The picture shows what had arrived. The program is unchanged and can run again.",
    TroubleSilent = "The program was stopped: it was busy for {n} seconds without finishing a step.",
    TroubleSilentHelp = "Look for a loop that never awaits. The picture shows the run until here.",
    TroubleCrashed = "The interpreter broke down.",
    TroubleCrashedHelp = "It ran out of stack or memory. The picture shows the run until here; the next run gets a fresh interpreter.",
    TroubleNoEngine = "The interpreter cannot be loaded.",
    TroubleNoEngineHelp = "Check the connection and run again. Recorded runs work without it.",
    TroubleNoRecording = "The recorded run cannot be loaded.",
    TroubleNoRecordingHelp = "Press Run to run the program itself.",
    GoToLine = "Go to line {n}",
    // Keys
    KeysTitle = "Keys",
    KeysNote = "They work while the picture has the focus. In the program, Esc leaves the text and Ctrl+Enter runs it.",
    KeyStep = "step forward, step back",
    KeyTurn = "next turn, this or the previous turn",
    KeyTask = "next, previous step of the selected task",
    KeyEnds = "first, last step",
    KeyPlay = "play or pause",
    KeyLanes = "select a lane",
    KeyGo = "go to a step",
    KeyAxis = "steps or clock from left to right",
    KeyFuture = "show or hide what comes next",
    KeyZoom = "zoom in, zoom out, fit",
    KeyPan = "move the timeline (also Shift and wheel)",
    KeyChange = "next, previous change of the selected task",
    KeyOutput = "next, previous output",
    KeyWhy = "why? show what led to this step",
    KeyCause = "what woke this, what this woke",
    KeyMark = "mark this step",
    KeyMarks = "next, previous mark",
    KeyRange = "the range begins, ends here (or Shift and drag)",
    KeyRangeUse = "zoom to the range, repeat it",
    KeySearch = "search",
    KeyUndo = "undo, redo a move",
    KeySpeed = "speed",
    KeyEdit = "edit the program",
    KeyEscape = "clear the selection, close",
    KeyHelp = "this table",
    GoPrompt = "Go to step",
    Close = "Close",
}

/// A text.
pub const fn text(key: Key) -> &'static str {
    english(key)
}

/// A text with its slots filled: `fill(Key::Line, &[("n", "12")])` is `line 12`.
///
/// # Panics
/// When a slot has no value, which is a mistake of ours.
pub fn fill(key: Key, slots: &[(&str, &str)]) -> String {
    let mut rest = text(key);
    let mut filled = String::with_capacity(rest.len() + 16);
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            rest = after;
            break;
        };
        let value = slots
            .iter()
            .find(|(slot, _)| *slot == name)
            .map(|(_, value)| *value);
        assert!(value.is_some(), "{key:?} wants a value for {{{name}}}");
        filled.push_str(value.unwrap_or_default());
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

/// A text with one number.
pub fn count(key: Key, n: impl Into<u64>) -> String {
    fill(key, &[("n", &grouped(n.into()))])
}

/// A number with commas between thousands.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1st`, `2nd`, `3rd`, `11th`.
pub fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// A virtual time in seconds, two decimals, or as many as the microsecond needs.
pub fn seconds(time: crate::trace::Time) -> String {
    let micros = time.micros();
    let (whole, rest) = (micros / 1_000_000, micros % 1_000_000);
    let digits = format!("{rest:06}");
    let needed = digits.trim_end_matches('0').len().max(2);
    format!("{}.{}", grouped(whole), &digits[..needed])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Time;

    #[test]
    fn slots_are_filled_by_name() {
        assert_eq!(
            fill(Key::WithPlace, &[("nth", "2nd"), ("what", "lock disk")]),
            "lock disk · 2nd"
        );
        assert_eq!(text(Key::Ready), "Ready");
    }

    #[test]
    #[should_panic(expected = "wants a value for {n}")]
    fn a_slot_left_open_is_our_mistake() {
        fill(Key::Line, &[]);
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(grouped),
            ["0", "999", "1,000", "1,234,567"]
        );
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal),
            [
                "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"
            ]
        );
        assert_eq!(seconds(Time(500_000_000)), "0.50");
        assert_eq!(seconds(Time(1_234_567_000)), "1.234567");
        assert_eq!(seconds(Time(0)), "0.00");
    }
}
