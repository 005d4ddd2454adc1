//! The chapters of the course, in order.

use super::Words;

/// A chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its name.
    pub title: Words<&'static str>,
    /// What its scenarios have in common.
    pub about: Words<&'static str>,
}

const fn chapter(title: [&'static str; 2], about: [&'static str; 2]) -> Chapter {
    let [en, zh] = title;
    let title = Words { en, zh };
    let [en, zh] = about;
    let about = Words { en, zh };
    Chapter { title, about }
}

/// All chapters; a header that says `course: 4.2` means the fourth.
pub const CHAPTERS: [Chapter; 9] = [
    chapter(
        ["Start here", "从这里开始"],
        [
            "Functions that can pause, and one thread.",
            "能暂停的函数，和唯一的一个线程。",
        ],
    ),
    chapter(
        ["The event loop", "事件循环"],
        [
            "One queue for now, one list for later.",
            "一个队列管现在，一个列表管以后。",
        ],
    ),
    chapter(
        ["Running together", "一起运行"],
        [
            "Start several, wait for all or some.",
            "启动多个，等全部或等几个。",
        ],
    ),
    chapter(
        ["Queues", "队列"],
        ["Hand work from task to task.", "在任务之间传递工作。"],
    ),
    chapter(
        ["Waiting for each other", "互相等待"],
        ["Tasks that wake tasks.", "任务唤醒任务。"],
    ),
    chapter(
        ["Stopping", "停止"],
        ["How tasks end before their time.", "任务如何提前结束。"],
    ),
    chapter(
        ["Errors and clean-up", "异常与清理"],
        [
            "Where exceptions go, and who tidies up.",
            "异常去了哪里，由谁收拾。",
        ],
    ),
    chapter(
        ["Beside the loop", "循环之外"],
        ["Threads, processes, the network.", "线程、进程和网络。"],
    ),
    chapter(
        ["Classic trouble", "常见的坑"],
        [
            "What goes wrong, and how it looks.",
            "哪里会出错，出错时是什么样子。",
        ],
    ),
];
