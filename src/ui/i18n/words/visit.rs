//! Words of a first visit: the tour, and what finds a way through the programs; and which keys do something.

words! {
    /// What a first visit is told.
    VisitKey [super::ViewKey::END]
    // Tour
    Title = "A short tour" / "快速导览",
    Count = "{n} of {all}" / "{n} / {all}",
    Now = "Amber means now" / "琥珀色就是“现在”",
    NowText = "One task runs at a time: the one in this seat. The sentence above says what it did in this step, and why." /
        "同一时刻只有一个任务在运行：就是坐在这里的那个。上面那句话说明它在这一步做了什么，以及为什么。",
    Waiting = "Who waits, and for what" / "谁在等，等什么",
    WaitingText = "Whoever may run stands in the ready queue: the leftmost is next. The others wait: for a timer, or for another task." /
        "可以运行的任务排在就绪队列里，最左边的下一个运行。其余的在等：有的等定时器，有的等别的任务。",
    Time = "Time goes both ways" / "时间可以前进，也可以后退",
    TimeText = "Every column is one step. Go through them with → and ←, with the buttons, or press on a column." /
        "每一列是一步。用 → 和 ←、用按钮，或者直接点某一列，就能前后走动。",
    Skip = "Skip" / "跳过",
    Next = "Next" / "下一处",
    Done = "Done" / "知道了",
    // Gallery and course
    Topic = "Topic" / "主题",
    AnyTopic = "All topics" / "所有主题",
    NothingLikeIt = "No program is like this." / "没有这样的程序。",
    ShowAll = "Show all programs" / "显示全部程序",
    PreviousProgram = "Previous: {title}" / "上一个：{title}",
    NextProgram = "Next: {title}" / "下一个：{title}",
    // Without a program
    EmptyTitle = "Type or paste an asyncio program." / "输入或粘贴一个 asyncio 程序。",
    EmptyText = "It runs in this page on a virtual clock. Nothing is sent anywhere." /
        "它在本页面中按虚拟时钟运行，不会发送到任何地方。",
    EmptyStart = "Or start from one of these" / "或者从下面的程序开始",
    // Keys
    KeysDo = "Keys" / "按键",
    KeysAll = "On" / "开启",
    KeysNamed = "Without letters" / "不用字母键",
    KeysOff = "Off" / "关闭",
}
