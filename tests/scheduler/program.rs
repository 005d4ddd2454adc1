//! Small programs for the scheduler, as text, so that a test reads like the story that it tells.
//!
//! A program declares its primitives and then its tasks; `main` is the one that runs.
//!
//! ```text
//! lock L
//! main: spawn a b; gather a b
//! a: acquire L; sleep 10; release L
//! b: try { acquire L; say mine } cancelled { say gone }
//! ```
//!
//! Times are milliseconds. [`Op`] lists what a task can do.

use std::fmt;

/// One thing that a task does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    /// `say text`: writes a line.
    Say(String),
    /// `sleep 10`; `sleep 0` gives way.
    Sleep(u64),
    /// `block 10`: holds up the whole loop.
    Block(u64),
    /// `spawn a b`: creates tasks.
    Spawn(Vec<String>),
    /// `child a`: creates a task in the innermost group.
    Child(String),
    /// `await a`.
    Await(String),
    /// `cancel a`, `cancel a reason`.
    Cancel(String, Option<String>),
    /// `uncancel`: of the task that runs.
    Uncancel,
    /// `raise ValueError`.
    Raise(String),
    /// `return 3`.
    Return(i64),
    /// `try { … } cancelled { … }`: `except CancelledError`.
    Cancelled(Vec<Self>, Vec<Self>),
    /// `try { … } failed { … }`: `except Exception`.
    Failed(Vec<Self>, Vec<Self>),
    /// `try { … } finally { … }`.
    Finally(Vec<Self>, Vec<Self>),
    /// `acquire L`: a lock, a semaphore, or the lock of a condition.
    Acquire(String),
    /// `release L`.
    Release(String),
    /// `wait E`: an event or a condition.
    Wait(String),
    /// `set E`.
    Set(String),
    /// `clear E`.
    Clear(String),
    /// `notify C 2`.
    Notify(String, usize),
    /// `put Q 7`.
    Put(String, i64),
    /// `get Q`: and says what it got.
    Get(String),
    /// `finish Q`: `task_done`.
    Finish(String),
    /// `join Q`.
    Join(String),
    /// `shutdown Q`, `shutdown Q now`.
    Shutdown(String, bool),
    /// `meet B`: waits at a barrier and says its place.
    Meet(String),
    /// `abort B`.
    Abort(String),
    /// `reset B`.
    Reset(String),
    /// `gather a b`, `gather! a b` (`return_exceptions`): says the results.
    Gather(Vec<String>, bool),
    /// `any a b`, `all a b`, `error a b`, with `within 10` after it or not: says what is done.
    WaitFor(Mode, Vec<String>, Option<u64>),
    /// `within 10 { … }`: `wait_for` of a coroutine.
    Within(u64, Vec<Self>),
    /// `expect a 10`: `wait_for` of a task.
    Expect(String, u64),
    /// `timeout 10 { … }`.
    Timeout(u64, Vec<Self>),
    /// `group { … }`.
    Group(Vec<Self>),
    /// `shield a`.
    Shield(String),
    /// `each a b`: the plain iterator of `as_completed`, says results; `within 10` as for `any`.
    Each(Vec<String>, Option<u64>),
    /// `each! a b`: the asynchronous iterator, says names.
    EachTask(Vec<String>, Option<u64>),
}

/// When a `wait` is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// `FIRST_COMPLETED`.
    Any,
    /// `ALL_COMPLETED`.
    All,
    /// `FIRST_EXCEPTION`.
    Error,
}

/// A primitive that the program declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `lock L`.
    Lock,
    /// `semaphore S 2`.
    Semaphore(i64),
    /// `bounded S 2`.
    Bounded(i64),
    /// `event E`.
    Event,
    /// `condition C`.
    Condition,
    /// `queue Q 2`.
    Queue(i64),
    /// `stack Q 2`: the last in is the first out.
    Stack(i64),
    /// `heap Q 2`: the smallest is the first out.
    Heap(i64),
    /// `barrier B 3`.
    Barrier(u32),
}

/// A whole program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Program {
    /// Primitives by name.
    pub(crate) things: Vec<(String, Kind)>,
    /// Tasks by name.
    pub(crate) tasks: Vec<(String, Vec<Op>)>,
}

struct Words<'a> {
    words: std::iter::Peekable<std::vec::IntoIter<&'a str>>,
}

impl<'a> Words<'a> {
    fn next(&mut self) -> &'a str {
        self.words.next().expect("the program breaks off")
    }

    fn number<T: std::str::FromStr<Err: fmt::Debug>>(&mut self) -> T {
        self.next().parse().expect("a number")
    }

    fn name(&mut self) -> String {
        self.next().to_owned()
    }

    /// Whether the operation goes on.
    fn has_more(&mut self) -> bool {
        self.words
            .peek()
            .is_some_and(|word| !matches!(*word, ";" | "}") && !word.ends_with(':'))
    }

    fn rest(&mut self) -> Vec<String> {
        let mut words = Vec::new();
        while self.has_more() && self.words.peek() != Some(&"within") {
            words.push(self.name());
        }
        words
    }

    fn within(&mut self) -> Option<u64> {
        self.words.next_if_eq(&"within").map(|_| self.number())
    }

    fn block(&mut self) -> Vec<Op> {
        assert_eq!(self.next(), "{");
        let ops = self.ops();
        assert_eq!(self.next(), "}");
        ops
    }

    fn ops(&mut self) -> Vec<Op> {
        let mut ops = Vec::new();
        loop {
            while self.words.next_if_eq(&";").is_some() {}
            if !self.has_more() {
                return ops;
            }
            ops.push(self.op());
        }
    }

    fn attempt(&mut self) -> Op {
        let body = self.block();
        match self.next() {
            "cancelled" => Op::Cancelled(body, self.block()),
            "failed" => Op::Failed(body, self.block()),
            "finally" => Op::Finally(body, self.block()),
            other => panic!("no way to try: {other}"),
        }
    }

    fn op(&mut self) -> Op {
        match self.next() {
            "say" => Op::Say(self.rest().join(" ")),
            "sleep" => Op::Sleep(self.number()),
            "block" => Op::Block(self.number()),
            "spawn" => Op::Spawn(self.rest()),
            "child" => Op::Child(self.name()),
            "await" => Op::Await(self.name()),
            "cancel" => Op::Cancel(self.name(), self.has_more().then(|| self.name())),
            "uncancel" => Op::Uncancel,
            "raise" => Op::Raise(self.name()),
            "return" => Op::Return(self.number()),
            "try" => self.attempt(),
            "acquire" => Op::Acquire(self.name()),
            "release" => Op::Release(self.name()),
            "wait" => Op::Wait(self.name()),
            "set" => Op::Set(self.name()),
            "clear" => Op::Clear(self.name()),
            "notify" => Op::Notify(self.name(), self.number()),
            "put" => Op::Put(self.name(), self.number()),
            "get" => Op::Get(self.name()),
            "finish" => Op::Finish(self.name()),
            "join" => Op::Join(self.name()),
            "shutdown" => Op::Shutdown(self.name(), self.words.next_if_eq(&"now").is_some()),
            "meet" => Op::Meet(self.name()),
            "abort" => Op::Abort(self.name()),
            "reset" => Op::Reset(self.name()),
            "gather" => Op::Gather(self.rest(), false),
            "gather!" => Op::Gather(self.rest(), true),
            "any" => Op::WaitFor(Mode::Any, self.rest(), self.within()),
            "all" => Op::WaitFor(Mode::All, self.rest(), self.within()),
            "error" => Op::WaitFor(Mode::Error, self.rest(), self.within()),
            "within" => Op::Within(self.number(), self.block()),
            "expect" => Op::Expect(self.name(), self.number()),
            "timeout" => Op::Timeout(self.number(), self.block()),
            "group" => Op::Group(self.block()),
            "shield" => Op::Shield(self.name()),
            "each" => Op::Each(self.rest(), self.within()),
            "each!" => Op::EachTask(self.rest(), self.within()),
            other => panic!("nobody can {other}"),
        }
    }
}

impl Program {
    /// Reads a program.
    pub(crate) fn read(text: &str) -> Self {
        let spaced = text.replace(';', " ; ").replace('{', " { ").replace('}', " } ");
        let words: Vec<_> = spaced.split_whitespace().collect();
        let mut words = Words {
            words: words.into_iter().peekable(),
        };
        let mut program = Self::default();
        while let Some(word) = words.words.next() {
            if let Some(name) = word.strip_suffix(':') {
                program.tasks.push((name.to_owned(), words.ops()));
                continue;
            }
            let name = words.name();
            let kind = match word {
                "lock" => Kind::Lock,
                "semaphore" => Kind::Semaphore(words.number()),
                "bounded" => Kind::Bounded(words.number()),
                "event" => Kind::Event,
                "condition" => Kind::Condition,
                "queue" => Kind::Queue(words.number()),
                "stack" => Kind::Stack(words.number()),
                "heap" => Kind::Heap(words.number()),
                "barrier" => Kind::Barrier(words.number()),
                other => panic!("there is no {other}"),
            };
            program.things.push((name, kind));
        }
        program
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, kind) in &self.things {
            match kind {
                Kind::Lock => writeln!(f, "lock {name}")?,
                Kind::Semaphore(n) => writeln!(f, "semaphore {name} {n}")?,
                Kind::Bounded(n) => writeln!(f, "bounded {name} {n}")?,
                Kind::Event => writeln!(f, "event {name}")?,
                Kind::Condition => writeln!(f, "condition {name}")?,
                Kind::Queue(n) => writeln!(f, "queue {name} {n}")?,
                Kind::Stack(n) => writeln!(f, "stack {name} {n}")?,
                Kind::Heap(n) => writeln!(f, "heap {name} {n}")?,
                Kind::Barrier(n) => writeln!(f, "barrier {name} {n}")?,
            }
        }
        for (name, ops) in &self.tasks {
            writeln!(f, "{name}: {}", Ops(ops))?;
        }
        Ok(())
    }
}

struct Ops<'a>(&'a [Op]);

impl fmt::Display for Ops<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, op) in self.0.iter().enumerate() {
            let separator = if place > 0 { "; " } else { "" };
            write!(f, "{separator}{op}")?;
        }
        Ok(())
    }
}

/// ` within 10`, or nothing.
struct Limit(Option<u64>);

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |limit| write!(f, " within {limit}"))
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Say(text) => write!(f, "say {text}"),
            Self::Sleep(ms) => write!(f, "sleep {ms}"),
            Self::Block(ms) => write!(f, "block {ms}"),
            Self::Spawn(names) => write!(f, "spawn {}", names.join(" ")),
            Self::Child(name) => write!(f, "child {name}"),
            Self::Await(name) => write!(f, "await {name}"),
            Self::Cancel(name, None) => write!(f, "cancel {name}"),
            Self::Cancel(name, Some(why)) => write!(f, "cancel {name} {why}"),
            Self::Uncancel => f.write_str("uncancel"),
            Self::Raise(name) => write!(f, "raise {name}"),
            Self::Return(value) => write!(f, "return {value}"),
            Self::Cancelled(body, then) => write!(f, "try {{ {} }} cancelled {{ {} }}", Ops(body), Ops(then)),
            Self::Failed(body, then) => write!(f, "try {{ {} }} failed {{ {} }}", Ops(body), Ops(then)),
            Self::Finally(body, then) => write!(f, "try {{ {} }} finally {{ {} }}", Ops(body), Ops(then)),
            Self::Acquire(name) => write!(f, "acquire {name}"),
            Self::Release(name) => write!(f, "release {name}"),
            Self::Wait(name) => write!(f, "wait {name}"),
            Self::Set(name) => write!(f, "set {name}"),
            Self::Clear(name) => write!(f, "clear {name}"),
            Self::Notify(name, n) => write!(f, "notify {name} {n}"),
            Self::Put(name, item) => write!(f, "put {name} {item}"),
            Self::Get(name) => write!(f, "get {name}"),
            Self::Finish(name) => write!(f, "finish {name}"),
            Self::Join(name) => write!(f, "join {name}"),
            Self::Shutdown(name, false) => write!(f, "shutdown {name}"),
            Self::Shutdown(name, true) => write!(f, "shutdown {name} now"),
            Self::Meet(name) => write!(f, "meet {name}"),
            Self::Abort(name) => write!(f, "abort {name}"),
            Self::Reset(name) => write!(f, "reset {name}"),
            Self::Gather(names, false) => write!(f, "gather {}", names.join(" ")),
            Self::Gather(names, true) => write!(f, "gather! {}", names.join(" ")),
            Self::WaitFor(mode, names, limit) => {
                let word = match mode {
                    Mode::Any => "any",
                    Mode::All => "all",
                    Mode::Error => "error",
                };
                write!(f, "{word} {}{}", names.join(" "), Limit(*limit))
            }
            Self::Within(ms, body) => write!(f, "within {ms} {{ {} }}", Ops(body)),
            Self::Expect(name, ms) => write!(f, "expect {name} {ms}"),
            Self::Timeout(ms, body) => write!(f, "timeout {ms} {{ {} }}", Ops(body)),
            Self::Group(body) => write!(f, "group {{ {} }}", Ops(body)),
            Self::Shield(name) => write!(f, "shield {name}"),
            Self::Each(names, limit) => write!(f, "each {}{}", names.join(" "), Limit(*limit)),
            Self::EachTask(names, limit) => write!(f, "each! {}{}", names.join(" "), Limit(*limit)),
        }
    }
}
