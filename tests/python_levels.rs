//! Levels: the asyncio of an older Python, and none of it in the run after.
#![cfg(all(not(target_arch = "wasm32"), feature = "engine"))]
#![allow(clippy::expect_used, reason = "tests stop at the first surprise")]

use loopscope::session::run::{Engine, Options};
use loopscope::trace::{Level, Outcome, Trace, write_log};

/// What a program prints to stdout at a level, a line each.
fn printed(source: &str, level: Level) -> Vec<String> {
    lines("out", source, level)
}

fn lines(stream: &str, source: &str, level: Level) -> Vec<String> {
    let bytes = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let chunks = std::rc::Rc::clone(&bytes);
    let options = Options {
        program: "main.py".into(),
        source: source.into(),
        level: Some(level),
        ..Options::default()
    };
    let outcome = Engine::new().run(options, move |chunk: Vec<u8>| chunks.borrow_mut().extend(chunk));
    assert!(matches!(outcome, Outcome::Exited { code: 0, .. }), "{outcome:?}");
    let trace = Trace::read(&bytes.borrow()).expect("the engine writes traces");
    assert_eq!(trace.header().level, level);
    let log = write_log(&trace);
    log.lines()
        .filter_map(|line| line.split_once(&format!(r#""ev": "{stream}", "text": "#)))
        .map(|(_, text)| text.trim_end_matches('}').to_owned())
        .collect()
}

#[test]
fn a_level_leaves_nothing_behind_for_the_next_run_of_the_thread() {
    let source = "import asyncio\nprint([hasattr(asyncio.Task, name) for name in ('all_tasks', 'get_name', 'cancelling')])\n";
    let older = ["\"[True, False, False]\""];
    let newer = ["\"[False, True, True]\""];
    assert_eq!(printed(source, Level::Python313), newer);
    assert_eq!(printed(source, Level::Python37), older);
    assert_eq!(printed(source, Level::Python313), newer);
}

/// `docs/differences.md` lists these.
#[test]
fn what_differs_from_python_3_7_is_known() {
    let source = "\
import asyncio
import traceback
import asyncio.exceptions

class Manager:
    async def __aenter__(self):
        pass
    async def __aexit__(self, *error):
        raise KeyError('exit')

def fails(future):
    1 / 0

async def main():
    try:
        async with Manager():
            pass
    except KeyError:
        traceback.print_exc()
    future = asyncio.get_event_loop().create_future()
    future.add_done_callback(fails)
    future.set_result(1)
    await asyncio.sleep(0)
    if (n := 1):
        print('later syntax')

asyncio.run(main())
";
    assert_eq!(printed(source, Level::Python37), ["\"later syntax\""]);
    let told = lines("err", source, Level::Python37);
    let has = |part: &str| told.iter().any(|line| line.contains(part));
    assert!(has("line 16, in main"), "3.7 says 17: {told:?}");
    assert!(
        has("Exception in callback fails() at"),
        "3.7 shows the future: {told:?}"
    );
}
