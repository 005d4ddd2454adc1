//! What the editor says.

words! {
    /// Words of the editor.
    EditorKey [super::CompareKey::END]
    Hint = "Tab indents; Esc, then Tab, leaves. F9: breakpoint. Ctrl+F10: run to line." /
        "Tab 缩进；先按 Esc 再按 Tab 离开。F9：断点。Ctrl+F10：运行到此行。",
    Breakpoint = "breakpoint" / "断点",
    BreakpointSet = "Playing pauses at line {n}." / "播放到第 {n} 行时暂停。",
    BreakpointGone = "Playing no longer pauses at line {n}." / "播放不再在第 {n} 行暂停。",
    StopsTitle = "Pause here while playing (F9)" / "播放到此处时暂停（F9）",
    NumbersTitle = "Go to the next step that runs this line (Ctrl+F10)" / "转到下一个运行此行的步（Ctrl+F10）",
    Restored = "Your text is back, as you left it." / "已恢复你上次的文本。",
    Original = "Original program" / "原来的程序",
    Kept = "Your changes to this program are kept." / "你对此程序的修改已保留。",
    KeptOf = "Your changes to {name} are kept." / "你对 {name} 的修改已保留。",
    BringBack = "Bring them back" / "恢复修改",
    Forget = "Forget them" / "丢弃修改",
    KeyBreakpoint = "pause at the line while playing (in the program)" / "播放到该行时暂停（在程序中）",
    KeyRunToLine = "run to the line: go to the next step that runs it (in the program)" /
        "运行到该行：转到下一个运行它的步（在程序中）",
    KeyLeave = "leave the text of the program" / "离开程序文本",
}
