//! One moment of a run as text: what the page draws, for a terminal.

mod places;

use std::fmt::Write as _;

use crate::trace::{
    EventKind, HandleView, Job, Outcome, ResourceId, State, Stream, TaskId, TaskState, TaskView, TextId,
    Trace, WaitReason, future_name, narrate, plain, resource_name, seconds,
};

/// Lines of output that are shown: the last ones.
const OUTPUT_LINES: usize = 5;

/// The world after step `step`; 0 is the beginning, and what is past the end is the end.
pub fn show(trace: &Trace, step: u32) -> String {
    let step = step.min(trace.last_frame());
    let state = trace.state_at(step);
    let moment = Moment { trace, state: &state };
    let mut text = String::new();
    // Writing into a string cannot fail.
    let _ = moment.write(&mut text, step);
    text
}

struct Moment<'a> {
    trace: &'a Trace,
    state: &'a State,
}

impl Moment<'_> {
    fn write(&self, text: &mut String, step: u32) -> std::fmt::Result {
        let Self { trace, state } = self;
        let (turn, clock) = (state.turn, seconds(state.clock));
        writeln!(text, "step {step} of {}, turn {turn}, {clock}", trace.steps())?;
        let narration = narrate(trace, step);
        writeln!(text, "{}", plain(&narration.headline, trace, state))?;
        for reason in &narration.reasons {
            writeln!(text, "  {}", plain(reason, trace, state))?;
        }
        section(text, "running", self.seat(step).into_iter())?;
        section(
            text,
            "ready",
            state.ready.iter().map(|handle| self.handle(handle)),
        )?;
        let timer = |handle: &HandleView| {
            let due = handle.due.map_or_else(String::new, seconds);
            format!("{due}  {}", self.handle(handle))
        };
        section(text, "timers", state.timers.iter().map(timer))?;
        let shown = state.tasks.iter().filter(|task| !task.hidden);
        section(text, "tasks", shown.flat_map(|task| self.task(task)))?;
        section(text, "resources", self.resources().into_iter())?;
        section(text, "awaited", self.awaited().into_iter())?;
        self.output(text, step)
    }

    fn text(&self, id: TextId) -> &str {
        self.trace.text(id)
    }

    fn name(&self, task: TaskId) -> &str {
        self.state.task(task).map_or("?", |view| self.text(view.name))
    }

    fn thing(&self, id: ResourceId) -> String {
        resource_name(self.trace, self.state, id)
    }

    fn handle(&self, handle: &HandleView) -> String {
        let job = match handle.job {
            Job::Step(task) => format!("first step, or next, of {}", self.name(task)),
            Job::Wakeup(task) => format!("wake-up of {}", self.name(task)),
            Job::SleepOver => match self.state.timer_task(handle) {
                Some(task) => format!("end of the sleep of {}", self.name(task)),
                // The sleeper was woken by something else and has not run yet.
                None => match handle.by_task {
                    Some(task) => format!("end of a sleep of {}", self.name(task)),
                    None => "end of a sleep".to_owned(),
                },
            },
            Job::TimeoutOver(task) => format!("timeout of {}", self.name(task)),
            // Where the library keeps a function says nothing here.
            Job::Library { name } => match self.text(name).rsplit('.').next() {
                Some(name) if !name.is_empty() => name.to_owned(),
                _ => "callback".to_owned(),
            },
            Job::Callback { name } if self.text(name).is_empty() => "callback".to_owned(),
            Job::Callback { name } => self.text(name).to_owned(),
        };
        if handle.line == 0 {
            job
        } else {
            format!("{job}  (line {})", handle.line)
        }
    }

    /// A task, and below it where it stands.
    fn task(&self, task: &TaskView) -> Vec<String> {
        let state = match task.state {
            TaskState::Ready => "ready".to_owned(),
            TaskState::Running => "running".to_owned(),
            TaskState::Waiting(on) => format!("waits on {}", self.reason(on)),
            TaskState::Finished => format!("finished: {}", self.text(task.value)),
            TaskState::Failed => format!("failed: {}", self.text(task.value)),
            TaskState::Cancelled => format!("cancelled: {}", self.text(task.value)),
        };
        let mut lines = vec![format!("{}  {state}", self.text(task.name))];
        if task.state.is_done() {
            return lines;
        }
        for frame in &task.stack {
            let locals: Vec<String> = frame
                .locals
                .iter()
                .map(|(name, value, _)| format!("{}={}", self.text(*name), self.text(*value)))
                .collect();
            let (function, line) = (self.text(frame.frame.function), frame.frame.line);
            lines.push(
                format!("    {function}, line {line}  {}", locals.join(" "))
                    .trim_end()
                    .to_owned(),
            );
        }
        lines
    }

    fn reason(&self, on: WaitReason) -> String {
        match on {
            WaitReason::Bare => "its next turn".to_owned(),
            WaitReason::Other => "something that nobody can wait on".to_owned(),
            WaitReason::Task(task) => self.name(task).to_owned(),
            WaitReason::Sleep { delay, .. } => format!("sleep({})", self.text(delay)),
            WaitReason::Future(future) => future_name(self.trace, self.state, future),
            WaitReason::QueueGet(queue) => format!("{}.get()", self.thing(queue)),
            WaitReason::QueuePut { queue, item } => format!("{}.put({})", self.thing(queue), self.text(item)),
            WaitReason::QueueJoin(queue) => format!("{}.join()", self.thing(queue)),
            WaitReason::Gather(id)
            | WaitReason::Executor(id)
            | WaitReason::Lock(id)
            | WaitReason::Event(id)
            | WaitReason::Condition(id)
            | WaitReason::Semaphore(id)
            | WaitReason::Barrier(id)
            | WaitReason::Group(id) => self.thing(id),
        }
    }

    /// Who runs in this step and still sits there, and where.
    fn seat(&self, step: u32) -> Option<String> {
        let seat = self.state.seat.as_ref()?;
        let over = step == self.trace.last_frame() && self.state.outcome.is_some();
        if over && seat.end.is_some() {
            return None;
        }
        let Some(task) = seat.task().and_then(|task| self.state.task(task)) else {
            return Some(self.handle(&seat.handle));
        };
        let name = self.text(task.name);
        let line = match &self.state.outcome {
            Some(Outcome::OutOfBudget { line, .. }) => *line,
            _ if task.rest_line() > 0 => task.rest_line(),
            _ => seat.lines.last().copied().unwrap_or(0),
        };
        Some(if line > 0 {
            format!("{name}  line {line}")
        } else {
            name.to_owned()
        })
    }

    /// The last lines that were written up to this moment, each with its step.
    ///
    /// A line that several steps wrote stands in pieces: nothing is there before it happened.
    fn output(&self, text: &mut String, step: u32) -> std::fmt::Result {
        let mut lines: Vec<(u32, String)> = Vec::new();
        let mut open: [Option<usize>; 2] = [None, None];
        for at in 0..=step {
            for event in self.trace.events_of_frame(at) {
                let EventKind::Output {
                    stream,
                    text,
                    complete,
                    ..
                } = event.kind
                else {
                    continue;
                };
                let open = &mut open[usize::from(stream == Stream::Err)];
                let line = open
                    .take()
                    .filter(|line| lines[*line].0 == at)
                    .unwrap_or_else(|| {
                        lines.push((at, String::new()));
                        lines.len() - 1
                    });
                lines[line].1.push_str(self.trace.text(text));
                *open = (!complete).then_some(line);
            }
        }
        let last = lines.split_off(lines.len().saturating_sub(OUTPUT_LINES));
        let title = if lines.is_empty() {
            "output".to_owned()
        } else {
            format!("output  {} lines before", lines.len())
        };
        section(
            text,
            &title,
            last.into_iter().map(|(at, line)| format!("{at}  {line}")),
        )
    }
}

fn section(text: &mut String, title: &str, lines: impl Iterator<Item = String>) -> std::fmt::Result {
    let mut lines = lines.peekable();
    if lines.peek().is_none() {
        return Ok(());
    }
    writeln!(text, "\n{title}")?;
    for line in lines {
        writeln!(text, "  {line}")?;
    }
    Ok(())
}
