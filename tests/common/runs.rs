//! Runs of programs, for tests that look at what comes out of them.
#![allow(
    clippy::expect_used,
    reason = "a run that does not come about is a failed test"
)]

use loopscope::session::run::{Engine, Options};
use loopscope::trace::{EventKind, Outcome, Stream, Trace};

/// Deep recursion of a program takes stack, and a debug build takes most.
const STACK: usize = 512 << 20;

/// What came out of a run.
pub(crate) struct Ran {
    pub(crate) trace: Trace,
    pub(crate) bytes: Vec<u8>,
    /// Number of chunks in which the trace came.
    pub(crate) chunks: usize,
}

/// Runs `source` as `main.py`.
pub(crate) fn run(source: &str) -> Ran {
    run_with(Options {
        program: "main.py".into(),
        source: source.into(),
        ..Options::default()
    })
}

/// Runs a program on a thread of its own, as the command line does.
pub(crate) fn run_with(options: Options) -> Ran {
    let (sender, chunks) = std::sync::mpsc::channel();
    let engine = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || {
            Engine::new().run(options, move |chunk| {
                sender.send(chunk).expect("the test waits for chunks");
            })
        })
        .expect("there is memory for a stack");
    let chunks: Vec<Vec<u8>> = chunks.into_iter().filter(|chunk| !chunk.is_empty()).collect();
    engine.join().expect("the engine does not panic");
    let bytes = chunks.concat();
    let trace = Trace::read(&bytes).expect("a whole trace");
    let faults = loopscope::trace::validate(&trace);
    assert!(faults.is_empty(), "a sensible trace, not one with {faults:?}");
    Ran {
        trace,
        bytes,
        chunks: chunks.len(),
    }
}

impl Ran {
    /// Everything that was written to a stream.
    pub(crate) fn text(&self, wanted: Stream) -> String {
        let mut all = String::new();
        for event in self.trace.events() {
            if let EventKind::Output {
                stream,
                text,
                complete,
                ..
            } = event.kind
                && stream == wanted
            {
                all.push_str(self.trace.text(text));
                all.push_str(if complete { "\n" } else { "" });
            }
        }
        all
    }

    pub(crate) fn out(&self) -> String {
        self.text(Stream::Out)
    }

    pub(crate) fn err(&self) -> String {
        self.text(Stream::Err)
    }

    /// How the run ended.
    pub(crate) fn outcome(&self) -> &Outcome {
        self.trace.outcome().expect("every run ends")
    }

    pub(crate) fn exit_code(&self) -> Option<i32> {
        match self.outcome() {
            Outcome::Exited { code, .. } => Some(*code),
            Outcome::Deadlocked { .. } | Outcome::ThreadsDeadlocked { .. } | Outcome::OutOfBudget { .. } => {
                None
            }
        }
    }

    /// `Type: message` of the exception that ended the program.
    pub(crate) fn error(&self) -> Option<&str> {
        match self.outcome() {
            Outcome::Exited { error, .. } => error.map(|text| self.trace.text(text)),
            Outcome::Deadlocked { .. } | Outcome::ThreadsDeadlocked { .. } | Outcome::OutOfBudget { .. } => {
                None
            }
        }
    }
}
