//! What groups of lanes say.

words! {
    /// Words of groups of lanes.
    LanesKey [super::EditorKey::END]
    Tasks = "{n} tasks" / "{n} 个任务",
    Open = "Show each task of {name}" / "展开 {name} 的各个任务",
    Close = "Put the tasks of {name} together" / "收起 {name} 的各个任务",
    Others = "{n} other states" / "另外 {n} 种状态",
    KeySelect = "select a lane" / "选择泳道",
    KeyPin = "keep a lane above the others" / "把泳道固定在最上方",
}
