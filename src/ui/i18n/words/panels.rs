//! Words of panels that can be resized and closed.

words! {
    /// What panels are called where they are resized, closed and opened.
    PanelKey [super::LanesKey::END]
    SideWidth = "Width of the program" / "程序栏的宽度",
    RecordHeight = "Height of the panel below" / "下方面板的高度",
    BoardHeight = "Height of the board" / "看板的高度",
    DividerHow = "Drag, or use arrow keys. A double click restores." / "可拖动，也可用方向键调整；双击恢复。",
    Hide = "Hide" / "收起",
    Show = "Show" / "展开",
    HideProgram = "Hide the program" / "收起程序栏",
    ShowProgram = "Show the program" / "展开程序栏",
    HideRecord = "Hide the panel below" / "收起下方面板",
    KeyPanels = "hide or show the program, the panel below" / "收起或展开程序栏、下方面板",
    ShowRecord = "Show the panel below" / "展开下方面板",
}
