//! What the program calls the things it makes.
//!
//! A name is taken from the text of the line that makes the thing, when that is
//! a plain assignment: `queue = asyncio.Queue()`, `self.lock: Lock = Lock()`.
//! Anything else has no name rather than a guessed one.

use crate::python::context;
use crate::trace::Line;

/// The name that the running line binds, or empty.
pub(super) fn bound_by_running_line() -> String {
    let Some(run) = context::current() else {
        return String::new();
    };
    let line = run.world.line();
    source_line(&run.source, line)
        .and_then(assigned_name)
        .unwrap_or_default()
        .to_owned()
}

fn source_line(source: &str, line: Line) -> Option<&str> {
    source.lines().nth((line as usize).checked_sub(1)?)
}

fn assigned_name(line: &str) -> Option<&str> {
    let (target, value) = line.split_once('=')?;
    if value.starts_with('=') || target.ends_with(['!', '<', '>', '+', '-', '*', '/', '|', '&', ':']) {
        return None;
    }
    let target = target.split(':').next()?.trim();
    let name = target.rsplit('.').next()?;
    target.split('.').all(is_identifier).then_some(name)
}

fn is_identifier(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|first| first == '_' || first.is_alphabetic())
        && text.chars().all(|c| c == '_' || c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_assignments_name_what_they_make() {
        assert_eq!(
            assigned_name("    queue = asyncio.Queue(maxsize=3)"),
            Some("queue")
        );
        assert_eq!(assigned_name("self.lock = Lock()"), Some("lock"));
        assert_eq!(
            assigned_name("door: asyncio.Event = asyncio.Event()"),
            Some("door")
        );
    }

    #[test]
    fn anything_else_names_nothing() {
        for line in [
            "a, b = Lock(), Lock()",
            "run(lock=Lock())",
            "if x == Lock():",
            "locks[0] = Lock()",
            "n += 1",
        ] {
            assert_eq!(assigned_name(line), None, "{line}");
        }
    }
}
