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

use crate::trace::Level;

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
        };
        let text = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<Request>(&text).unwrap(), request);
        assert_eq!(serde_json::to_string(&Reply::Ready).unwrap(), r#""Ready""#);
    }
}
