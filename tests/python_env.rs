//! What surrounds a program: the language, the library, time, errors, output, and what is seen of its tasks.
#![cfg(all(feature = "engine", not(target_arch = "wasm32")))]
#![allow(
    clippy::expect_used,
    reason = "a program that cannot be read is a failed test"
)]

#[path = "common/runs.rs"]
#[allow(dead_code, reason = "other tests look at more of a run")]
mod runs;

use std::fs;
use std::path::Path;

use loopscope::session::run::Options;
use loopscope::trace::{ClockCause, Diagnosis, EventKind, Outcome, StepEnd, Time};
use runs::{Ran, run, run_with};

/// Runs a program of `golden/python` and compares everything it says with what `CPython` said.
fn says_what_cpython_says(name: &str) {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/python");
    let read =
        |extension: &str| fs::read_to_string(directory.join(name).with_extension(extension)).expect(name);
    let ran = run_with(Options {
        program: format!("{name}.py"),
        source: read("py"),
        ..Options::default()
    });
    let code = ran.exit_code().expect(name);
    let said = format!("{}--- stderr\n{}--- exit {code}\n", ran.out(), ran.err());
    // A partial last line has no end, and the mark follows it at once, as in the recording.
    pretty_eq(name, &said, &read("txt"));
}

/// Names the first line that differs, and not only that something does.
fn pretty_eq(name: &str, said: &str, expected: &str) {
    for (number, (ours, theirs)) in said.lines().zip(expected.lines()).enumerate() {
        assert_eq!(
            ours,
            theirs,
            "{name}: line {} of what was said:\n{said}",
            number + 1
        );
    }
    assert_eq!(
        said.lines().count(),
        expected.lines().count(),
        "{name} said\n{said}"
    );
}

macro_rules! as_cpython {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            says_what_cpython_says(stringify!($name));
        }
    )*};
}

as_cpython! {
    language library never_awaited sets
    error_await_chain error_chain error_exit error_groups error_hook error_indent error_nested_call
    error_recursion error_suggestions error_syntax
}

fn diagnoses(ran: &Ran) -> Vec<(Diagnosis, u32, u32, String)> {
    ran.trace
        .events()
        .filter_map(|event| match event.kind {
            EventKind::Diagnosed {
                diagnosis,
                line,
                column,
                message,
            } => Some((diagnosis, line, column, ran.trace.text(message).to_owned())),
            _ => None,
        })
        .collect()
}

#[test]
fn an_uncaught_exception_is_diagnosed_where_it_left_the_program() {
    let ran = run("def f():\n    raise ValueError('no')\n\n\nf()\n");
    assert_eq!(
        diagnoses(&ran),
        [(Diagnosis::Uncaught, 2, 0, "ValueError: no".to_owned())]
    );
    assert_eq!(ran.error(), Some("ValueError: no"));
    let ran = run("import json\njson.loads('{')\n");
    assert_eq!(
        diagnoses(&ran)[0].1,
        2,
        "the line of the program, not of the library"
    );
    assert!(
        ran.error()
            .is_some_and(|error| error.starts_with("json.decoder.JSONDecodeError: "))
    );
}

#[test]
fn a_syntax_error_is_diagnosed_with_its_place() {
    let ran = run("x = 1\nif x\n    pass\n");
    assert_eq!(
        diagnoses(&ran),
        [(
            Diagnosis::SyntaxError,
            2,
            5,
            "SyntaxError: expected ':'".to_owned()
        )]
    );
    assert_eq!(ran.exit_code(), Some(1));
    assert_eq!(ran.out(), "");
}

#[test]
fn what_is_absent_is_named_with_its_line() {
    let ran = run("x = 1\nimport ssl\n");
    assert_eq!(
        ran.error(),
        Some("ModuleNotFoundError: the module 'ssl' is not simulated")
    );
    assert_eq!(
        (diagnoses(&ran)[0].0, diagnoses(&ran)[0].1),
        (Diagnosis::Unsupported, 2)
    );
    let ran = run("import numpy\n");
    assert_eq!(ran.error(), Some("ModuleNotFoundError: No module named 'numpy'"));
    assert_eq!(diagnoses(&ran)[0].0, Diagnosis::Unsupported);
    let ran = run("import json, random, re\n");
    assert_eq!(
        diagnoses(&ran),
        [],
        "what libraries try to import is their business"
    );
}

#[test]
fn mistakes_that_python_forgives_are_told_once_for_a_line() {
    let ran = run("import asyncio, time
async def work():
    for _ in range(3):
        time.sleep(0.5)
async def main():
    work()
    await work()
asyncio.run(main())
time.sleep(1)
");
    let found: Vec<_> = diagnoses(&ran)
        .into_iter()
        .map(|(diagnosis, line, _, message)| (diagnosis, line, message.split(':').next().map(str::to_owned)))
        .collect();
    let never = "coroutine 'work' was never awaited".to_owned();
    let blocks = "time.sleep holds up the whole event loop for 0.5s".to_owned();
    assert_eq!(
        found,
        [
            (Diagnosis::NeverAwaited, 6, Some(never)),
            (Diagnosis::Blocking, 4, Some(blocks))
        ]
    );
    assert_eq!(ran.trace.tip().clock, Time(2_500_000_000));
}

#[test]
fn time_passes_only_where_it_is_spent() {
    let ran = run("import time\n\
        start = time.monotonic()\n\
        for _ in range(1000): sum(range(1000))\n\
        print(time.monotonic() - start, time.time())\n\
        time.sleep(2.5)\n\
        print(time.monotonic(), time.perf_counter_ns(), time.process_time())\n");
    assert_eq!(ran.out(), "0.0 1700000000.0\n2.5 2500000000 0.0\n");
    let moved: Vec<_> = ran
        .trace
        .events()
        .filter_map(|event| match event.kind {
            EventKind::ClockMoved { by, why } => Some((by, why)),
            _ => None,
        })
        .collect();
    assert_eq!(moved, [(Time(2_500_000_000), ClockCause::Blocking)]);
}

#[test]
fn waiting_for_the_clock_in_a_loop_ends() {
    let ran = run("import time\n\
        end = time.time() + 0.05\n\
        reads = 0\n\
        while time.time() < end: reads += 1\n\
        print(reads, time.process_time())\n");
    assert_eq!(ran.out(), "1048 0.051\n");
}

#[test]
fn sleep_refuses_what_cpython_refuses() {
    let ran = run("import time\n\
        for bad in ['x', -1, float('nan'), None]:\n    \
            try: time.sleep(bad)\n    \
            except Exception as e: print(type(e).__name__, e)\n");
    assert_eq!(
        ran.out(),
        "TypeError 'str' object cannot be interpreted as an integer\n\
         ValueError sleep length must be non-negative\n\
         ValueError Invalid value NaN (not a number)\n\
         TypeError 'NoneType' object cannot be interpreted as an integer\n"
    );
}

#[test]
fn ctrl_c_interrupts_a_sleep_unless_a_handler_takes_it() {
    let program = "# loopscope: interrupt_at=2\nimport time\ntime.sleep(5)\n";
    let ran = run(program);
    assert_eq!(
        (ran.exit_code(), ran.error()),
        (Some(130), Some("KeyboardInterrupt"))
    );
    assert_eq!(ran.trace.tip().clock, Time(2_000_000_000));
    let ran = run("# loopscope: interrupt_at=2\nimport signal, time\n\
        signal.signal(signal.SIGINT, lambda number, frame: print('got', number, time.monotonic()))\n\
        time.sleep(5)\n\
        print(time.monotonic())\n");
    assert_eq!(ran.out(), "got 2 2.0\n5.0\n");
}

#[test]
fn the_command_line_wins_over_the_header() {
    let source = "# loopscope: seed=1\nimport random\nprint(random.random())\n";
    assert_eq!(run(source).out(), "0.13436424411240122\n");
    let options = Options {
        program: "main.py".into(),
        source: source.into(),
        seed: Some(2),
        ..Options::default()
    };
    assert_eq!(run_with(options).out(), "0.9560342718892494\n");
}

#[test]
fn a_header_that_means_nothing_is_refused_with_its_line() {
    let ran = run("# a program\n# loopscope: sede=1\nprint('ran')\n");
    assert_eq!(ran.exit_code(), Some(64));
    assert_eq!((diagnoses(&ran)[0].1, ran.out().as_str()), (2, ""));
    assert!(ran.err().contains("`sede=1` is no setting"), "{}", ran.err());
}

#[test]
fn what_is_random_elsewhere_is_not_here() {
    let source = "import os, random, uuid\n\
        class A: pass\n\
        a, b = A(), A()\n\
        print(a, [b, a], id(b), hash('x'), {'a', 'b', 'c'}, random.random(), uuid.uuid4(), os.urandom(3))\n\
        raise ValueError(a)\n";
    let (first, second) = (run(source), run(source));
    assert_eq!(first.out(), second.out());
    assert!(
        first.bytes == second.bytes,
        "two traces of one program are the same bytes"
    );
}

/// Each may get the place in memory that the one before has left, or another: the trace must not tell which.
#[test]
fn what_follows_at_one_address_has_a_number_of_its_own() {
    let ran = run("import asyncio\n\
        class A: pass\n\
        async def make(kind): return kind()\n\
        async def give(x): return x\n\
        async def main():\n    \
            for kind in (A, A, object, object): await asyncio.create_task(make(kind))\n    \
            same = A()\n    \
            for _ in range(2): await asyncio.create_task(give(same))\n\
        asyncio.run(main())\n");
    let shown = ran.trace.events().filter_map(|event| match event.kind {
        EventKind::StepEnded {
            end: StepEnd::Returned { value },
        } => ran
            .trace
            .text(value)
            .split_once(" at ")
            .map(|(_, address)| address),
        _ => None,
    });
    let numbers = ["10", "20", "30", "40", "50", "50"].map(|end| format!("0x7f544a44c0{end}>"));
    assert_eq!(shown.collect::<Vec<_>>(), numbers);
}

#[test]
fn output_keeps_its_lines_and_its_order() {
    let ran = run(
        "import sys\nprint('a', end='')\nprint('b')\nsys.stderr.write('e1\\ne2')\nsys.stdout.writelines(['x\\n', 'y'])\n",
    );
    assert_eq!((ran.out().as_str(), ran.err().as_str()), ("ab\nx\ny", "e1\ne2"));
    let lines: Vec<_> = ran
        .trace
        .events()
        .filter_map(|event| match event.kind {
            EventKind::Output {
                text, complete, line, ..
            } => Some((ran.trace.text(text).to_owned(), complete, line)),
            _ => None,
        })
        .collect();
    let expected = [
        ("ab", true, 3),
        ("e1", true, 4),
        ("x", true, 5),
        ("y", false, 0),
        ("e2", false, 0),
    ];
    assert_eq!(
        lines,
        expected.map(|(text, complete, line)| (text.to_owned(), complete, line))
    );
}

#[test]
fn input_is_at_its_end() {
    let ran = run("input('name? ')\n");
    assert_eq!(
        (ran.out().as_str(), ran.error()),
        ("name? ", Some("EOFError: EOF when reading a line"))
    );
}

#[test]
fn lines_are_listed_once_in_the_order_in_which_they_first_ran() {
    let ran = run(
        "def f(n):\n    if n:\n        return f(n - 1)\n    return 0\nimport json\nf(2)\nfor _ in range(3):\n    json.dumps(_)\n",
    );
    let lines: Vec<_> = ran
        .trace
        .events()
        .filter_map(|event| match event.kind {
            EventKind::LinesRan { lines } => Some(lines),
            _ => None,
        })
        .collect();
    assert_eq!(lines, [vec![1, 5, 6, 2, 3, 4, 7, 8]]);
}

/// Long jumps carry prefixes that the interpreter's own line events would lose.
#[test]
fn long_functions_run_as_they_do_unwatched() {
    let set = (0..60)
        .map(|i| format!("    a{i} = {i}\n"))
        .collect::<Vec<_>>()
        .concat();
    let change = (0..60)
        .map(|i| format!("        a{i} = a{i} + {i} * z\n"))
        .collect::<Vec<_>>()
        .concat();
    let source = format!(
        "def f(z):\n{set}    n = 0\n    while True:\n        n += 1\n        if n > 3:\n            break\n        \
         if z == 99:\n            pass\n        elif n == 2:\n            continue\n{change}    return n, a5\n\
         def g(z):\n{set}    try:\n        if z > 5:\n            return 1\n{change}        raise ValueError(z)\n    \
         except ValueError:\n        return a7\nprint(f(3), g(1), g(9))\n"
    );
    assert_eq!(run(&source).out(), "(4, 35) 14 1\n");
}

#[test]
fn the_trace_leaves_while_the_program_runs() {
    let ran = run("for i in range(2000): print(i)\n");
    assert!(ran.chunks > 20, "{} chunks", ran.chunks);
    assert_eq!(
        ran.trace.outcome(),
        Some(&Outcome::Exited { code: 0, error: None })
    );
}

/// What the trace says about a task at the end of a step: `function:line name=value …` for every frame.
fn rests(ran: &Ran, task: &str, step: u32) -> Vec<String> {
    let state = ran.trace.state_at(step);
    let view = state
        .tasks
        .iter()
        .find(|view| ran.trace.text(view.name) == task)
        .expect("the task exists");
    view.stack
        .iter()
        .map(|frame| {
            let place = format!("{}:{}", ran.trace.text(frame.frame.function), frame.frame.line);
            let locals = frame
                .locals
                .iter()
                .map(|(name, value, _)| format!("{}={}", ran.trace.text(*name), ran.trace.text(*value)));
            std::iter::once(place).chain(locals).collect::<Vec<_>>().join(" ")
        })
        .collect()
}

#[test]
fn a_resting_task_shows_its_frames_and_locals() {
    let ran = run("import asyncio
from contextlib import asynccontextmanager

class Loud:
    def __repr__(self): raise SystemExit('nobody may ask')

@asynccontextmanager
async def opened(name):
    await asyncio.sleep(0)
    yield name

async def inner(thing):
    big = 10 ** 12
    seen = lambda: big
    for big in (10 ** 12 + 1, 10 ** 12 + 2):
        await asyncio.sleep(0)

async def outer():
    text = \"it's\"
    things = [1, Loud(), (2.5, None, 'x' * 100)]
    async with opened('door') as door:
        await inner(Loud())
        del text
        await asyncio.sleep(0)

asyncio.run(outer())
");
    assert_eq!(ran.error(), None, "{}", ran.err());
    let outer = "text=\"it's\" things=[1, <Loud>, (2.5, None, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…";
    assert_eq!(
        rests(&ran, "Task-1", 1),
        [format!("outer:21 {outer}"), "opened:9 name='door'".to_owned()],
        "frames of libraries are left out"
    );
    let inner =
        |big: &str| format!("inner:16 thing=<Loud> seen=<function inner.<locals>.<lambda>> big={big}");
    let at_inner = format!("outer:22 {outer} door='door'");
    assert_eq!(
        rests(&ran, "Task-1", 2),
        [at_inner.clone(), inner("1000000000001")]
    );
    assert_eq!(rests(&ran, "Task-1", 3), [at_inner, inner("1000000000002")]);
    let rest = rests(&ran, "Task-1", 4);
    assert_eq!(rest.len(), 1, "the frame of inner is gone: {rest:?}");
    assert!(
        rest[0].starts_with("outer:24 things=") && !rest[0].contains("text="),
        "{rest:?}"
    );
}

#[test]
fn what_has_not_changed_is_not_recorded_again() {
    let ran = run("import asyncio
async def main():
    fixed, many, n = 'word', list(range(50)), 0
    for n in range(100):
        await asyncio.sleep(0)
asyncio.run(main())
");
    let changes = ran
        .trace
        .events()
        .filter(|event| matches!(event.kind, EventKind::LocalChanged { .. }))
        .count();
    let stacks = ran
        .trace
        .events()
        .filter(|event| matches!(event.kind, EventKind::StackSeen { .. }))
        .count();
    assert_eq!((changes, stacks), (2 + 100, 1));
}

#[test]
fn an_open_line_is_seen_while_its_task_rests() {
    let ran = run("import asyncio
async def main():
    print('a', end='')
    await asyncio.sleep(1)
    print('b')
asyncio.run(main())
");
    assert_eq!(ran.out(), "ab\n");
    let first = ran.trace.events_of_frame(1).find_map(|event| match event.kind {
        EventKind::Output { text, complete, .. } => Some((ran.trace.text(text).to_owned(), complete)),
        _ => None,
    });
    assert_eq!(first, Some(("a".to_owned(), false)));
}
