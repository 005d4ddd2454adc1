//! One moment of a run as text: what the page draws, for a terminal.

use std::fmt::Write as _;

use crate::trace::{
    EventKind, HandleView, Job, ResourceId, State, Stream, TaskId, TaskState, TaskView, TextId, Trace,
    WaitReason, future_name, narrate, plain, resource_name, seconds,
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
        section(
            text,
            "resources",
            state.resources.iter().map(|view| self.resource(view.id)),
        )?;
        section(text, "output", self.output(step).into_iter())
    }

    fn text(&self, id: TextId) -> &str {
        self.trace.text(id)
    }

    fn name(&self, task: TaskId) -> &str {
        self.state.task(task).map_or("?", |view| self.text(view.name))
    }

    fn names(&self, tasks: &[TaskId]) -> String {
        tasks
            .iter()
            .map(|task| self.name(*task))
            .collect::<Vec<_>>()
            .join(", ")
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
                None => "end of a sleep".to_owned(),
            },
            Job::TimeoutOver(task) => format!("timeout of {}", self.name(task)),
            Job::Callback { name } | Job::Library { name } => self.text(name).to_owned(),
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

    fn resource(&self, id: ResourceId) -> String {
        let mut line = self.thing(id);
        let Some(view) = self.state.resource(id) else {
            return line;
        };
        let items: Vec<&str> = view.items.iter().map(|item| self.text(item.text)).collect();
        let mut add = |what: &str, who: String| {
            if !who.is_empty() {
                line.push_str("  ");
                line.push_str(what);
                line.push_str(if what.is_empty() { "" } else { " " });
                line.push_str(&who);
            }
        };
        add("held by", self.names(&view.holders));
        add("holds", items.join(", "));
        add("children", self.names(&view.children));
        add(
            "",
            if view.closed {
                String::new()
            } else {
                self.text(view.state).to_owned()
            },
        );
        line
    }

    /// The last lines that were written up to this moment.
    fn output(&self, step: u32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut open: [Option<usize>; 2] = [None, None];
        for event in (0..=step).flat_map(|step| self.trace.events_of_frame(step)) {
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
            let line = open.take().unwrap_or_else(|| {
                lines.push(String::new());
                lines.len() - 1
            });
            lines[line].push_str(self.trace.text(text));
            *open = (!complete).then_some(line);
        }
        lines.split_off(lines.len().saturating_sub(OUTPUT_LINES))
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
