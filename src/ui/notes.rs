//! What a run said: its output and what was found wrong, by frame.
//!
//! It grows with the trace, frame by frame, so that a long run that is still
//! going on costs no more than what is new.

use crate::trace::{Diagnosis, EventKind, HandleId, Line, Stream, Time, Trace};

/// A line of output, or the part of one that one step wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputLine {
    /// Frame in which it appeared.
    pub frame: u32,
    /// Where it went.
    pub stream: Stream,
    /// The text.
    pub text: String,
}

/// Something found wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Frame in which it was found.
    pub frame: u32,
    /// What it is.
    pub diagnosis: Diagnosis,
    /// Line of the program, or 0.
    pub line: Line,
    /// Column from 1, or 0.
    pub column: u32,
    /// The message.
    pub message: String,
}

/// All of it, in order.
#[derive(Debug, Default)]
pub struct Notes {
    outputs: Vec<OutputLine>,
    findings: Vec<Finding>,
    /// Deadlines by handle.
    due: Vec<Option<Time>>,
    /// The last line of output, by stream, while it is open.
    open: [Option<usize>; 2],
    frames: u32,
    complete: bool,
}

impl Notes {
    /// Takes in the frames that are new.
    pub fn update(&mut self, trace: &Trace) {
        let over = trace.outcome().is_some();
        // Frame 0 is whole only when a step has followed, or the end.
        while self.frames <= trace.steps() && (trace.steps() > 0 || over) {
            self.take(trace, self.frames);
            self.frames += 1;
        }
        if over && !self.complete {
            self.complete = true;
            if trace.steps() > 0 {
                self.take(trace, trace.last_frame());
            }
        }
    }

    fn take(&mut self, trace: &Trace, frame: u32) {
        for event in trace.events_of_frame(frame) {
            match event.kind {
                EventKind::HandleScheduled { due, .. } => self.due.push(due),
                EventKind::Output {
                    stream,
                    text,
                    complete,
                    ..
                } => {
                    self.print(frame, stream, trace.text(text), complete);
                }
                EventKind::Diagnosed {
                    diagnosis,
                    line,
                    column,
                    message,
                } => {
                    let message = trace.text(message).to_owned();
                    self.findings.push(Finding {
                        frame,
                        diagnosis,
                        line,
                        column,
                        message,
                    });
                }
                _ => {}
            }
        }
    }

    fn print(&mut self, frame: u32, stream: Stream, text: &str, complete: bool) {
        let slot = &mut self.open[stream as usize];
        let outputs = &self.outputs;
        // A line that several steps wrote is shown in pieces: nothing is on screen before it happened.
        let same_step = slot
            .take()
            .filter(|place| outputs.get(*place).is_some_and(|line| line.frame == frame));
        let place = same_step.unwrap_or_else(|| {
            self.outputs.push(OutputLine {
                frame,
                stream,
                text: String::new(),
            });
            self.outputs.len() - 1
        });
        self.outputs[place].text.push_str(text);
        if !complete {
            *slot = Some(place);
        }
    }

    /// Deadline of a timer.
    pub fn due(&self, handle: HandleId) -> Option<Time> {
        self.due.get(handle.index()).copied().flatten()
    }

    /// The output up to a frame.
    pub fn outputs_until(&self, frame: u32) -> &[OutputLine] {
        &self.outputs[..self.outputs.partition_point(|line| line.frame <= frame)]
    }

    /// Everything found wrong, in order.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}
