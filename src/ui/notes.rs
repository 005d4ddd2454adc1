//! What a run said: its output and what was found wrong, by frame.
//!
//! It grows with the trace, so that a long run that is still going on costs no
//! more than what is new.

use crate::trace::room::make_room;
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
    /// The frame that is being taken in, and how many of its events have been.
    frame: u32,
    taken: usize,
}

impl Notes {
    /// Takes in the events that are new. A step that is still going on counts as the frame that it
    /// will be: it may never end, and what it printed must be seen all the same.
    pub fn update(&mut self, trace: &Trace) {
        loop {
            for event in trace.events_of_frame(self.frame).skip(self.taken) {
                self.taken += 1;
                self.take(trace, &event.kind);
            }
            let followed = || trace.events_of_frame(self.frame + 1).next().is_some();
            // Frame 0 is whole only when a step has begun, or the run is over.
            let whole = self.frame < trace.last_frame()
                && (trace.steps() > 0 || trace.outcome().is_some() || followed());
            if !whole {
                return;
            }
            self.frame += 1;
            self.taken = 0;
        }
    }

    /// Makes room for the rest of a trace of which `share` was taken in.
    pub fn make_room(&mut self, share: f64) {
        make_room(&mut self.due, share);
    }

    fn take(&mut self, trace: &Trace, kind: &EventKind) {
        let frame = self.frame;
        match *kind {
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

    /// All of the output.
    pub fn outputs(&self) -> &[OutputLine] {
        &self.outputs
    }

    /// The next frame, after one, in which something was printed.
    pub fn output_after(&self, frame: u32) -> Option<u32> {
        let after = self.outputs.partition_point(|line| line.frame <= frame);
        self.outputs.get(after).map(|line| line.frame)
    }

    /// The last frame, before one, in which something was printed.
    pub fn output_before(&self, frame: u32) -> Option<u32> {
        let before = self.outputs.partition_point(|line| line.frame < frame);
        Some(self.outputs.get(before.checked_sub(1)?)?.frame)
    }

    /// Everything found wrong, in order.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}
