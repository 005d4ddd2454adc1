//! Words of two runs side by side.

words! {
    /// What is said about two runs.
    CompareKey [super::Key::END]
    Compare = "Compare" / "对比",
    Stop = "Stop comparing" / "结束对比",
    With = "Compare with {name}" / "与“{name}”对比",
    TwoRuns = "Two runs on one clock" / "同一时钟上的两次运行",
    RunIs = "Run {letter}: {name}" / "运行 {letter}：{name}",
    Edited = "edited" / "已编辑",
    Argument = "Argument" / "参数",
    Usual = "usual world" / "默认环境",
    Waits = "This run is kept as A. Change the program, a number, the level or the world, or choose another program: the next run is B." /
        "这次运行已保留为 A。修改程序、参数、级别或环境，或选择另一个程序：下一次运行就是 B。",
    Fetching = "The other run is on its way." / "正在取另一次运行。",
    Next = "The next run appears here." / "下一次运行会出现在这里。",
    // What was found
    Sooner = "B ends {time} s sooner than A." / "B 比 A 早 {time} 秒结束。",
    Later = "B ends {time} s later than A." / "B 比 A 晚 {time} 秒结束。",
    Together = "Both end at {time} s." / "两者都在 {time} 秒结束。",
    Same = "Both runs do the same, step by step." / "两次运行每一步都相同。",
    ByEvents = "Compared step by step: who runs, which lines, what happens, what is printed." /
        "逐步对比：谁在运行、执行哪些行、发生了什么、输出了什么。",
    ByNames = "Different programs, compared step by step: names of tasks, ends of steps, output, clock." /
        "程序不同，逐步对比：任务名、每步如何结束、输出、时钟。",
    First = "First difference: step {n}, {what}." / "首个不同：第 {n} 步，{what}。",
    FirstBefore = "First difference: before the first step, {what}." / "首个不同：第一步之前，{what}。",
    WhatOver = "one of the runs is over" / "其中一次已经结束",
    WhatRunner = "another task runs" / "运行的任务不同",
    WhatLines = "other lines run" / "执行的行不同",
    WhatOutput = "something else is printed" / "输出不同",
    WhatClock = "it comes at another time" / "发生的时刻不同",
    WhatRest = "it ends in another way" / "这一步的结局不同",
    WhatValues = "a variable has another value" / "变量的值不同",
    WhatOther = "something else happens" / "发生的事不同",
    GoThere = "Go to the first difference" / "转到首个不同",
    Swap = "Swap A and B" / "交换 A 和 B",
    Parts = "first difference" / "首个不同",
    // Totals
    Totals = "Totals" / "合计",
    Difference = "Difference" / "差别",
    Ends = "How it ends" / "如何结束",
    EndWell = "well" / "正常",
    EndDeadlock = "deadlock" / "死锁",
    EndBudget = "out of budget" / "超出限额",
    EndCut = "cut off" / "中断",
    EndCode = "exit code {n}" / "退出码 {n}",
    Clock = "Ends at" / "结束时刻",
    Steps = "Steps" / "步数",
    Turns = "Turns of the loop" / "循环轮数",
    Tasks = "Tasks" / "任务数",
    ForClock = "Waiting for the clock" / "等时钟",
    ForPeer = "Waiting for other tasks" / "等其他任务",
    ForOutside = "Waiting for the outside" / "等外部",
    InSeconds = "{time} s" / "{time} 秒",
    InOneLine = "{time} s · steps: {steps} · tasks: {tasks}" / "{time} 秒 · 步数：{steps} · 任务数：{tasks}",
    Equal = "the same" / "相同",
    // Ways there
    MomentText = "Moment {n} of {all}, {time} seconds. A: {one} B: {other}" /
        "第 {n} 个时刻，共 {all} 个，{time} 秒。A：{one} B：{other}",
    KeyCompare = "compare with the next run, or stop comparing" / "与下一次运行对比，或结束对比",
    KeyParting = "two runs: first difference, swap" / "两次运行：首个不同，交换",
}
