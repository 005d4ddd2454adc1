//! What a program says, what is found in it, and how its run ends.

use serde::{Deserialize, Serialize};

use crate::trace::ids::{Line, TaskId, TextId};

/// Output streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stream {
    /// `sys.stdout`.
    Out,
    /// `sys.stderr`.
    Err,
}

/// What an [`EventKind::Diagnosed`](super::EventKind::Diagnosed) event found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Diagnosis {
    /// The program is not valid Python.
    SyntaxError,
    /// An exception left the program.
    Uncaught,
    /// The program uses something that is not simulated.
    Unsupported,
    /// A blocking call held up the loop.
    Blocking,
    /// A coroutine was never awaited.
    NeverAwaited,
    /// A task's exception was never retrieved.
    NeverRetrieved,
    /// Tasks wait for each other, or for nothing.
    Deadlock,
    /// A budget was used up.
    Budget,
    /// The program uses something that is gone from `asyncio`; the message is its name in
    /// [`GONE`](crate::trace::level::GONE).
    Gone,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The program came to its end, or an exception left it.
    Exited {
        /// Exit code: 0, 1 after an uncaught exception, 130 after Ctrl+C, or `SystemExit`'s.
        code: i32,
        /// `Type: message` of the uncaught exception.
        error: Option<TextId>,
    },
    /// Nothing can ever happen again.
    Deadlocked {
        /// The pending tasks, oldest first.
        tasks: Vec<TaskId>,
    },
    /// A budget was used up.
    OutOfBudget {
        /// Which one.
        budget: Budget,
        /// Its size.
        limit: u64,
        /// Line of the program that was running, or 0.
        line: Line,
    },
    /// Nothing can ever happen again: the main thread waits for another thread or for a lock.
    ThreadsDeadlocked {
        /// The pending tasks, oldest first.
        tasks: Vec<TaskId>,
    },
}

/// What a run may use up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Budget {
    /// Steps of tasks.
    Steps,
    /// Executed lines in one step (an endless loop).
    Lines,
    /// Written text.
    Output,
    /// Events in the trace.
    Events,
    /// Memory of the program's data.
    Memory,
}
