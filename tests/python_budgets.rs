//! Programs that would never end, or take more than there is.
#![cfg(all(feature = "engine", not(target_arch = "wasm32")))]

#[path = "common/runs.rs"]
#[allow(dead_code, reason = "shared with tests that look at more of a run")]
mod runs;

use loopscope::session::run::Options;
use loopscope::trace::{Budget, Outcome};
use runs::{run, run_with};

fn runs_out_of(source: &str) -> (Budget, u32) {
    let options = Options {
        program: "main.py".into(),
        source: source.into(),
        max_lines: Some(200_000),
        ..Options::default()
    };
    match run_with(options).outcome() {
        Outcome::OutOfBudget { budget, line, .. } => (*budget, *line),
        other => panic!("{source}\nshould run out of budget, and ends with {other:?}"),
    }
}

#[test]
fn endless_loops_of_every_shape_run_out_of_lines() {
    for (source, lines) in [
        ("x = 1\nwhile True: pass\n", 2..=2),
        ("while True:\n    pass\n", 1..=2),
        ("for _ in iter(int, 1): pass\n", 1..=1),
        ("sum(x for x in iter(int, 1))\n", 1..=1),
        ("def g():\n    while True: yield 1\nall(g())\n", 2..=2),
        ("import itertools\nfor _ in itertools.count(): pass\n", 2..=2),
        (
            "def f(n):\n    f(n + 1) if n < 30 else 0\n    f(n + 1) if n < 30 else 0\nf(0)\n",
            2..=3,
        ),
        ("exec('while True: pass')\n", 1..=1),
        ("list(map(lambda _: 0, iter(int, 1)))\n", 1..=1),
        ("while True: x = [\n    1,\n]\n", 1..=3),
    ] {
        let (budget, line) = runs_out_of(source);
        assert_eq!(budget, Budget::Lines, "{source}");
        assert!(
            lines.contains(&line),
            "the loop is not in line {line} of\n{source}"
        );
    }
}

#[test]
fn no_handler_holds_up_the_end_of_an_endless_loop() {
    for source in [
        "while True:\n    try:\n        while True: pass\n    except BaseException: continue\n",
        "while True:\n    try: 1/0\n    except: continue\n",
        "def f():\n    try:\n        while True: pass\n    finally:\n        while True: pass\nf()\n",
        "import contextlib\nwhile 1:\n    with contextlib.suppress(BaseException):\n        while 1: pass\n",
        "class C:\n    def __del__(self):\n        while True: pass\nc = C(); del c\nwhile True: pass\n",
    ] {
        assert_eq!(runs_out_of(source).0, Budget::Lines, "{source}");
    }
}

#[test]
fn a_program_cannot_talk_without_end() {
    assert_eq!(
        runs_out_of("while True: print('x' * 1000)\n"),
        (Budget::Output, 1)
    );
}

#[test]
fn recursion_of_every_kind_ends_in_an_exception() {
    for source in [
        "def f(n): return f(n + 1)\nf(0)",
        "async def f(n): return await f(n + 1)\nf(0).send(None)",
        "class A:\n    def __init__(self): A()\nA()",
        "class A:\n    def __getattr__(self, name): return getattr(self, name + 'x')\nA().a",
        "def k(x): return sorted([1, 2], key=k)\nk(1)",
        "class A:\n    def __repr__(self): return repr(self)\nrepr(A())",
        "class A:\n    def __eq__(self, other): return self == A()\nA() == A()",
        "f = lambda n: list(map(f, [n + 1]))\nf(0)",
        "def g(n):\n    yield from g(n + 1)\nnext(g(0))",
        "def g(n): return sum(g(i) for i in [n + 1])\ng(0)",
        "class A:\n    @property\n    def p(self): return self.p\nA().p",
        "class A:\n    def __enter__(self):\n        with self: pass\n    def __exit__(self, *a): pass\nwith A(): pass",
        "class M(type):\n    def __call__(c): return c()\nclass A(metaclass=M): pass\nA()",
        "import sys\nsys.setrecursionlimit(10**6)\ndef f(n): return f(n + 1)\nf(0)",
    ] {
        assert_eq!(
            run(source).error(),
            Some("RecursionError: maximum recursion depth exceeded"),
            "{source}"
        );
    }
}

#[test]
fn what_tracebacks_keep_alive_is_collected_in_the_end() {
    let source = "
import contextlib
gone = 0
class Tracer:
    def __del__(self):
        global gone
        gone += 1
@contextlib.contextmanager
def translated():
    tracer = Tracer()
    try:
        yield
    except KeyError as error:
        raise LookupError from error
for n in range(2500):
    try:
        with translated():
            raise KeyError
    except LookupError:
        pass
    if n == 99:
        print(gone)
print(gone)
";
    assert_eq!(run(source).out(), "0\n500\n");
}
