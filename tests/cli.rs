//! The command line, as a shell sees it.
#![cfg(all(feature = "engine", not(target_arch = "wasm32")))]
#![allow(
    clippy::expect_used,
    reason = "a command that does not start is a failed test"
)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A directory for the files of one test.
fn directory(test: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(&directory).expect("a directory for the test");
    directory
}

fn loopscope(directory: &PathBuf, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_loopscope"))
        .args(arguments)
        .current_dir(directory)
        .output()
        .expect("the command starts")
}

/// Runs `source` as `main.py` with these options.
fn run(test: &str, source: &str, options: &[&str]) -> Output {
    let directory = directory(test);
    fs::write(directory.join("main.py"), source).expect("a program");
    loopscope(&directory, &[&["run", "main.py"], options].concat())
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("text")
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("text")
}

const SLEEPERS: &str = "\
import asyncio

async def nap(name, seconds):
    await asyncio.sleep(seconds)
    print(name)

async def main():
    await asyncio.gather(nap('long', 2), nap('short', 1))

asyncio.run(main())
";

#[test]
fn output_passes_through_as_it_is() {
    let ran = run(
        "plain",
        "import sys\nprint('a', end='')\nprint('b', file=sys.stderr)\nprint('ü')\n",
        &[],
    );
    assert_eq!(
        (out(&ran), err(&ran), ran.status.code()),
        ("aü\n", "b\n", Some(0))
    );
}

#[test]
fn the_exit_code_is_the_programs() {
    for (source, code) in [
        ("raise SystemExit(7)", 7),
        ("raise SystemExit(-1)", 255),
        ("raise SystemExit('no')", 1),
        ("1 / 0", 1),
        ("raise KeyboardInterrupt", 130),
        ("if", 1),
    ] {
        assert_eq!(run("codes", source, &[]).status.code(), Some(code), "{source}");
    }
}

#[test]
fn a_log_is_json_lines() {
    let ran = run("log", SLEEPERS, &["--log", "-"]);
    let lines: Vec<&str> = out(&ran).lines().collect();
    assert_eq!(
        lines[0],
        r#"{"t": 0.0, "ev": "spawn", "task": "Task-1", "by": null}"#
    );
    assert!(
        lines.contains(&r#"{"t": 1.0, "ev": "out", "text": "short"}"#),
        "{lines:#?}"
    );
    assert_eq!(
        lines.last(),
        Some(&r#"{"t": 2.0, "ev": "exit", "code": 0, "error": null}"#)
    );
}

#[test]
fn two_processes_write_the_same_trace() {
    let source = format!("{SLEEPERS}\nprint(object(), [lambda: 0], id(main), {{'x', 'y'}}, hash('x'))\n");
    let traces = ["one", "two"].map(|name| {
        run("repeated", &source, &["--trace", name]);
        fs::read(directory("repeated").join(name)).expect("a trace")
    });
    assert!(traces[0] == traces[1] && traces[0].len() > 500);
}

#[test]
fn a_deadlock_is_told() {
    let source = "import asyncio\nasync def main():\n    await asyncio.Event().wait()\nasyncio.run(main())\n";
    let ran = run("deadlock", source, &[]);
    assert_eq!(ran.status.code(), Some(3));
    assert!(
        err(&ran).starts_with("loopscope: deadlock at 0.00 s: 1 task waits for ever"),
        "{}",
        err(&ran)
    );
}

#[test]
fn used_up_budgets_are_told() {
    for (source, option, told) in [
        (
            "while True: pass",
            ["--max-lines", "100000"],
            "executed 100000 lines without coming to rest",
        ),
        (
            "x = [0] * 10**9",
            ["--seed", "0"],
            "needs more than 1024 MiB of memory and was ended at line 1",
        ),
        (
            "x = 'x'\nwhile 1: x += x",
            ["--seed", "0"],
            "needs more than 1024 MiB of memory",
        ),
        (SLEEPERS, ["--max-steps", "3"], "made 3 steps of tasks"),
    ] {
        let ran = run("budgets", source, &option);
        assert_eq!(ran.status.code(), Some(4), "{source}");
        assert!(err(&ran).contains(told), "{source}\n{}", err(&ran));
    }
}

#[test]
fn a_wrong_command_line_is_refused() {
    let here = directory("usage");
    for arguments in [
        &[][..],
        &["walk"],
        &["run"],
        &["run", "a.py", "--latency", "example.com"],
        &["run", "--fast", "a.py"],
        &["show"],
    ] {
        let output = loopscope(&here, arguments);
        assert_eq!(output.status.code(), Some(64), "{arguments:?}");
        assert!(
            err(&output).ends_with("Try `loopscope --help`.\n"),
            "{}",
            err(&output)
        );
    }
    let output = loopscope(&here, &["run", "absent.py"]);
    assert_eq!(output.status.code(), Some(74));
    assert!(
        err(&output).starts_with("loopscope: absent.py: "),
        "{}",
        err(&output)
    );
    assert!(out(&loopscope(&here, &["--help"])).contains("Usage: loopscope run PROGRAM.py"));
}

#[test]
fn a_moment_of_a_trace_is_shown() {
    run("show", SLEEPERS, &["--trace", "trace"]);
    let moment = loopscope(&directory("show"), &["show", "trace", "--at", "3"]);
    let text = out(&moment);
    for part in [
        "step 3 of ",
        "timers\n  1.00 s  end of the sleep of Task-3",
        "Task-2  waits on sleep(2)",
        "nap, line 4  name='long' seconds=2",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    let end = loopscope(&directory("show"), &["show", "trace"]);
    assert!(
        out(&end).contains("output\n  5  short\n  8  long\n"),
        "{}",
        out(&end)
    );
    fs::write(directory("show").join("noise"), "no trace").expect("a file");
    assert_eq!(
        loopscope(&directory("show"), &["show", "noise"]).status.code(),
        Some(74)
    );
}

const OLD_STYLE: &str = "\
import asyncio

@asyncio.coroutine
def old():
    yield from asyncio.sleep(1)
    print('slept')

asyncio.get_event_loop().run_until_complete(old())
";

#[test]
fn an_older_level_brings_back_what_is_gone() {
    let ran = run("level", OLD_STYLE, &["--python", "3.7"]);
    assert_eq!((out(&ran), err(&ran)), ("slept\n", ""));
    assert_eq!(ran.status.code(), Some(0));

    let header = format!("# python: 3.7 for @asyncio.coroutine\n{OLD_STYLE}");
    assert_eq!(out(&run("level-header", &header, &[])), "slept\n");
    let newer = run("level-wins", &header, &["--python", "3.13"]);
    assert_eq!(newer.status.code(), Some(1), "the command line wins");
}

#[test]
fn a_program_from_an_older_time_is_told_where_and_what_to_do() {
    let ran = run("gone", OLD_STYLE, &[]);
    assert_eq!(ran.status.code(), Some(1));
    let hint = err(&ran).split_once("loopscope: ").map(|(_, hint)| hint);
    assert_eq!(
        hint,
        Some(
            "line 3: `asyncio.coroutine` is gone since Python 3.11 (deprecated since 3.8): today it is `async def`\n\
             loopscope: `--python 3.7`, or a line `# python: 3.7` in the program, runs it with the asyncio of Python 3.7\n"
        )
    );

    let wait = "import asyncio\nasync def f(): pass\nasync def main():\n    c = f()\n    try:\n        await asyncio.wait([c])\n    finally:\n        c.close()\nasyncio.run(main())\n";
    let ran = run("gone-at-run-time", wait, &[]);
    assert!(
        err(&ran).contains("line 6: `asyncio.wait(coroutines)` is gone since Python 3.11"),
        "{}",
        err(&ran)
    );
}

#[test]
fn a_level_that_does_not_exist_is_refused_with_those_that_do() {
    let cure = "there is no asyncio of Python 3.9 here: choose 3.7 or 3.13";
    let ran = run("no-level", OLD_STYLE, &["--python", "3.9"]);
    assert_eq!(ran.status.code(), Some(64));
    assert!(err(&ran).contains(cure), "{}", err(&ran));

    let ran = run("no-level-header", "#!/usr/bin/env python\n# python: 3.9\n", &[]);
    assert_eq!(ran.status.code(), Some(64));
    assert_eq!(err(&ran), format!("main.py: line 2: {cure}\n"));
}

#[test]
fn a_program_finds_what_the_command_line_puts_around_it() {
    const ASKS: &str = "\
import sys
print(sys.argv, input('name? '), sys.stdin.readlines())
try:
    input()
except EOFError as error:
    print(error)
";
    let directory = directory("around");
    fs::write(directory.join("lines.txt"), "Ann\none\ntwo").expect("a file");
    let ran = run("around", ASKS, &["a", "--stdin", "lines.txt", "--", "-b", "c d"]);
    assert_eq!(
        out(&ran),
        "name? ['main.py', 'a', '-b', 'c d'] Ann ['one\\n', 'two']\nEOF when reading a line\n"
    );
    let missing = run("around", ASKS, &["--stdin", "nothing.txt"]);
    assert_eq!(missing.status.code(), Some(74), "{}", err(&missing));
}

const FETCHES: &str = "\
import asyncio, aiohttp

async def fetch(session, host):
    try:
        async with session.get(f'http://{host}/', timeout=2) as response:
            print(host, response.status, asyncio.get_running_loop().time())
    except (aiohttp.ClientError, asyncio.TimeoutError) as error:
        print(host, type(error).__name__, asyncio.get_running_loop().time())

async def main():
    async with aiohttp.ClientSession() as session:
        for host in ['example.com', 'example.org', 'a.example', 'example.com']:
            await fetch(session, host)

asyncio.run(main())
";

#[test]
fn hosts_are_as_slow_and_as_bad_as_options_say() {
    let options = [
        "--latency",
        "example.com=0.75",
        "--fail",
        "example.org=timeout",
        "--fail",
        "a.example=refused",
    ];
    let ran = run("hosts", FETCHES, &options);
    assert_eq!(
        out(&ran),
        "example.com 200 0.75\nexample.org TimeoutError 2.75\na.example ClientConnectorError 2.8\nexample.com 200 3.55\n"
    );
    let in_header = format!("# loopscope: latency=a.example=1 fail=example.com=500:0.5 seed=3\n{FETCHES}");
    let ran = run("hosts", &in_header, &[]);
    assert_eq!(
        out(&ran),
        "example.com 500 0.1\nexample.org 200 0.2\na.example 200 1.2\nexample.com 200 1.3\n"
    );
    assert_eq!(
        out(&run("hosts", &in_header, &[])),
        out(&ran),
        "the dice have a seed"
    );
    let wrong = run("hosts", FETCHES, &["--fail", "example.com=boom"]);
    assert_eq!(wrong.status.code(), Some(64));
    assert!(err(&wrong).contains("HOST=timeout"), "{}", err(&wrong));
}
