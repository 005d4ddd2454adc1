//! What the page and the worker say to each other.
//!
//! Requests and replies travel as JSON text. The trace itself travels beside
//! them, as plain bytes: each binary message of the worker is a chunk that
//! ends at a whole record, and the first one begins with the header.
//!
//! A worker says [`Reply::Ready`] once, takes one [`Request::Run`], sends
//! chunks, and closes with [`Reply::Ended`]. It is then of no further use: the
//! page ends it and gives the next run to a fresh one.

use serde::{Deserialize, Serialize};

use crate::trace::{Level, Surroundings, Time};

/// From the page to the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Runs a program and sends its trace.
    Run {
        /// The source text.
        source: String,
        /// File name of the program, for messages and tracebacks.
        program: String,
        /// Seed of `random`.
        seed: u64,
        /// Whose `asyncio` it shall find; `None` when the program may say so.
        level: Option<Level>,
        /// The world around it.
        #[serde(default)]
        surroundings: Surroundings,
        /// When Ctrl+C arrives.
        #[serde(default)]
        interrupt_at: Option<Time>,
    },
}

/// From the worker to the page, beside the chunks of the trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// The interpreter is loaded and waits for a request.
    Ready,
    /// The run goes on although there is nothing new to send.
    Alive,
    /// The last chunk was sent.
    Ended,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_survive_the_journey() {
        let request = Request::Run {
            source: "print('ü')\n".into(),
            program: "main.py".into(),
            seed: 7,
            level: Some(Level::Python37),
            surroundings: Surroundings {
                stdin: "a line\n".into(),
                arguments: vec!["-v".into()],
                latencies: vec![("example.com".into(), Time(5))],
                failures: vec!["example.org=500:0.25".parse().unwrap()],
                line_cost: Some(Time(1)),
            },
            interrupt_at: Some(Time(7)),
        };
        let text = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<Request>(&text).unwrap(), request);
        assert_eq!(serde_json::to_string(&Reply::Ready).unwrap(), r#""Ready""#);
    }
}
