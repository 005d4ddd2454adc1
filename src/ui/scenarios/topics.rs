//! The topics that programs are found by. Names of `asyncio` are the same in every language.

use super::lesson::Words;

/// Every topic of a scenario, in the order in which a course comes to them.
pub const TOPICS: &[Words<&str>] = &[
    topic("await", "await"),
    topic("event loop", "事件循环"),
    topic("create_task", "create_task"),
    topic("gather", "gather"),
    topic("wait", "wait"),
    topic("as_completed", "as_completed"),
    topic("task group", "任务组"),
    topic("futures", "future"),
    topic("callbacks", "回调"),
    topic("call_soon", "call_soon"),
    topic("call_later", "call_later"),
    topic("call_at", "call_at"),
    topic("queue", "队列"),
    topic("producer/consumer", "生产者与消费者"),
    topic("lock", "锁"),
    topic("semaphore", "信号量"),
    topic("event", "事件"),
    topic("condition", "条件变量"),
    topic("barrier", "屏障"),
    topic("race", "竞态"),
    topic("deadlock", "死锁"),
    topic("decision", "如何选择"),
    topic("cancel", "取消"),
    topic("timeout", "超时"),
    topic("shield", "shield"),
    topic("error handling", "错误处理"),
    topic("interrupt", "中断"),
    topic("generators", "生成器"),
    topic("async for", "async for"),
    topic("context manager", "上下文管理器"),
    topic("blocking call", "阻塞调用"),
    topic("cpu bound", "CPU 密集"),
    topic("executor", "执行器"),
    topic("threads", "线程"),
    topic("streams", "流"),
    topic("sockets", "套接字"),
    topic("requests", "requests"),
    topic("aiohttp", "aiohttp"),
    topic("aiomysql", "aiomysql"),
    topic("files", "文件"),
];

const fn topic(en: &'static str, zh: &'static str) -> Words<&'static str> {
    Words { en, zh }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::scenarios::ALL;

    #[test]
    fn every_topic_of_a_scenario_is_here_and_no_other() {
        let known: Vec<&str> = TOPICS.iter().map(|topic| topic.en).collect();
        for scenario in ALL {
            for topic in scenario.topics {
                assert!(known.contains(topic), "{}: {topic}", scenario.file);
            }
        }
        for topic in known {
            assert!(
                ALL.iter().any(|scenario| scenario.topics.contains(&topic)),
                "{topic} has no scenario"
            );
        }
    }
}
