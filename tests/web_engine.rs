//! The engine in a browser: what it records there is what it records natively.
//!
//! The recorded runs of the gallery were made natively, and `tests/scenarios.rs` proves that they are
//! what a fresh native run gives.
#![cfg(all(target_arch = "wasm32", feature = "engine"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop at the first surprise"
)]

use std::cell::RefCell;
use std::rc::Rc;

use loopscope::session::run::{Engine, Options};
use loopscope::trace::{Budget, Outcome, Trace, validate, write_log};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

// Where the page runs it, too.
wasm_bindgen_test_configure!(run_in_dedicated_worker);

macro_rules! scenario {
    ($name:literal) => {
        (
            concat!($name, ".py"),
            include_bytes!(concat!("../static/traces/", $name, ".lscope")).as_slice(),
        )
    };
}

const SCENARIOS: [(&str, &[u8]); 4] = [
    scenario!("producer_consumer"),
    scenario!("gather_vs_sequential"),
    scenario!("condition_notify"),
    scenario!("cancellation"),
];

fn run(program: &str, source: &str) -> Trace {
    let bytes = Rc::new(RefCell::new(Vec::new()));
    let gathered = Rc::clone(&bytes);
    let options = Options {
        program: program.to_owned(),
        source: source.to_owned(),
        ..Options::default()
    };
    Engine::new().run(options, move |chunk: Vec<u8>| gathered.borrow_mut().extend(chunk));
    let trace = Trace::read(&bytes.borrow()).expect("a recorder writes traces");
    assert_eq!(validate(&trace), Vec::new(), "{program}");
    trace
}

#[wasm_bindgen_test]
fn scenarios_run_in_the_browser_as_they_do_natively() {
    for (program, recorded) in SCENARIOS {
        let native = Trace::read(recorded).expect("a recorded run");
        let here = run(program, &native.header().source);
        assert_eq!(write_log(&here), write_log(&native), "{program}");
        assert_eq!(
            here.bytes(),
            native.bytes(),
            "{program}: the logs are the same, the traces are not"
        );
    }
}

fn exit(trace: &Trace) -> (i32, &str) {
    match trace.outcome() {
        Some(Outcome::Exited { code, error }) => (*code, error.map_or("", |text| trace.text(text))),
        outcome => panic!("{outcome:?}"),
    }
}

#[wasm_bindgen_test]
fn an_exception_ends_the_run_and_is_told() {
    let trace = run("main.py", "print('before')\n1 / 0\n");
    assert_eq!(exit(&trace), (1, "ZeroDivisionError: division by zero"));
    assert_eq!(trace.tip().outputs, 6, "one line, and five of the traceback");
}

#[wasm_bindgen_test]
fn a_syntax_error_runs_nothing() {
    let trace = run("main.py", "print('before')\nif True\n    pass\n");
    assert_eq!(exit(&trace), (1, "SyntaxError: expected ':'"));
}

#[wasm_bindgen_test]
fn deep_recursion_meets_the_limit_of_the_interpreter() {
    let trace = run("main.py", "def f():\n    return f()\nf()\n");
    let (code, error) = exit(&trace);
    assert!(code == 1 && error.starts_with("RecursionError"), "{code} {error}");
}

#[wasm_bindgen_test]
fn an_endless_loop_ends_with_the_budget() {
    let trace = run("main.py", "while True:\n    pass\n");
    let ended = matches!(
        trace.outcome(),
        Some(Outcome::OutOfBudget {
            budget: Budget::Lines,
            ..
        })
    );
    assert!(ended, "{:?}", trace.outcome());
}
