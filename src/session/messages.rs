//! What the page and the worker say to each other.
//!
//! A request travels packed, as the trace does: the page then needs no second
//! way to write and read. Each binary message of the worker is a chunk of the
//! trace that ends at a whole record, and the first one begins with the header.
//! A reply is a word.
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
        surroundings: Surroundings,
        /// When Ctrl+C arrives.
        interrupt_at: Option<Time>,
    },
}

impl Request {
    /// What travels.
    ///
    /// # Errors
    /// Never in practice: a request holds nothing that cannot be packed.
    pub fn pack(&self) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_stdvec(self)
    }

    /// Reads what travelled.
    ///
    /// # Errors
    /// When the bytes are no request.
    pub fn unpack(bytes: &[u8]) -> Result<Self, postcard::Error> {
        postcard::from_bytes(bytes)
    }
}

/// From the worker to the page, beside the chunks of the trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The interpreter is loaded and waits for a request.
    Ready,
    /// The run goes on although there is nothing new to send.
    Alive,
    /// The last chunk was sent.
    Ended,
}

impl Reply {
    const ALL: [Self; 3] = [Self::Ready, Self::Alive, Self::Ended];

    /// What travels.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Alive => "alive",
            Self::Ended => "ended",
        }
    }

    /// Reads what travelled.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reply| reply.word() == word)
    }
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
        let packed = request.pack().unwrap();
        assert_eq!(Request::unpack(&packed).unwrap(), request);
        Request::unpack(&packed[..packed.len() - 1]).unwrap_err();
        for reply in Reply::ALL {
            assert_eq!(Reply::of_word(reply.word()), Some(reply));
        }
        assert_eq!(Reply::of_word("Ready?"), None);
    }
}
