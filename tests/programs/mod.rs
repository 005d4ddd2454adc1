//! Runs programs natively, and knows what must hold of the trace of any program.

use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use loopscope::session::run::{Engine, Options};
use loopscope::trace::{State, Trace, narrate, plain, validate};

/// An interpreter nests calls on the native stack, and a debug build takes much of it for each.
const STACK: usize = 256 << 20;

/// The programs of a folder, in order.
pub(crate) fn programs(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut programs: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .collect();
    programs.sort();
    programs
}

/// The name of a program, without folder and extension.
pub(crate) fn name(program: &Path) -> &str {
    program
        .file_stem()
        .and_then(|name| name.to_str())
        .expect("a name")
}

/// Runs the program with this name and source; its packed trace.
pub(crate) fn record_source(program: String, source: String) -> Vec<u8> {
    let options = Options {
        program,
        source,
        ..Options::default()
    };
    let run = move || {
        let (sender, chunks) = std::sync::mpsc::channel();
        Engine::new().run(options, move |chunk| sender.send(chunk).expect("a receiver"));
        chunks.into_iter().flatten().collect()
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(run);
    thread
        .expect("a thread")
        .join()
        .expect("the engine does not panic")
}

/// The trace of a program, which is sound, and the same every time.
pub(crate) fn sound_trace(program: &Path) -> Result<Trace, String> {
    let source = fs::read_to_string(program).expect("a program");
    sound_trace_of(&format!("{}.py", name(program)), &source)
}

/// The trace of the program with this name and source.
pub(crate) fn sound_trace_of(program: &str, source: &str) -> Result<Trace, String> {
    let run = || record_source(program.to_owned(), source.to_owned());
    let bytes = run();
    let trace = Trace::read(&bytes).map_err(|error| format!("the trace cannot be read: {error}"))?;
    if run() != bytes {
        return Err("a second run gives other bytes".to_owned());
    }
    let faults: Vec<String> = validate(&trace).iter().map(ToString::to_string).collect();
    if !faults.is_empty() {
        return Err(faults.join("\n"));
    }
    every_frame_can_be_shown(&trace).map(|()| trace)
}

/// Whether every frame can be jumped to, and has words.
fn every_frame_can_be_shown(trace: &Trace) -> Result<(), String> {
    let mut state = State::default();
    for frame in 0..=trace.last_frame() {
        for event in trace.events_of_frame(frame) {
            state.apply(&event);
        }
        if trace.state_at(frame) != state {
            return Err(format!("frame {frame} differs from the way there"));
        }
        let headline = plain(&narrate(trace, frame).headline, trace, &state);
        if headline.trim().is_empty() {
            return Err(format!("frame {frame} has no words"));
        }
    }
    Ok(())
}

/// What `check` has against each of the programs, worked out on all processors.
pub(crate) fn complaints(
    programs: &[PathBuf],
    check: impl Fn(&Path) -> Result<(), String> + Sync,
) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mine = || programs.get(next.fetch_add(1, Ordering::Relaxed));
        let complain = |program: &PathBuf| {
            let complaint = check(program).err()?;
            Some(format!("{}: {complaint}", program.display()))
        };
        std::iter::from_fn(mine).filter_map(complain).collect::<Vec<_>>()
    };
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let mut complaints: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..processors).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter().map(|worker| worker.join().expect("a worker"));
        done.flatten().collect()
    });
    complaints.sort();
    complaints
}
