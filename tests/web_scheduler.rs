//! The scheduler in a browser: the same hops as everywhere.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, reason = "tests stop at the first surprise")]

use std::rc::Rc;

use loopscope::sched::combine::{Delay, sleep};
use loopscope::sched::rust_host::{Error, Loop, RustHost, Value, gather, run, spawn};
use loopscope::sched::sync::Lock;
use loopscope::sched::{cancel, wait};
use loopscope::trace::{validate, write_log};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

async fn naps(event_loop: &Loop, seconds: f64) -> Result<Value, Error> {
    let text = seconds.to_string();
    sleep(Rc::clone(event_loop), Delay { seconds, text }, Value::None).await
}

async fn holds(event_loop: Loop, lock: Rc<Lock<RustHost>>, seconds: f64) -> Result<Value, Error> {
    Rc::clone(&lock).acquire(Rc::clone(&event_loop)).await?;
    let slept = naps(&event_loop, seconds).await;
    lock.release()?;
    slept
}

async fn two_share_and_one_is_cancelled(event_loop: Loop) -> Result<Value, Error> {
    let lock = Lock::new(event_loop.world(), "lock");
    let start = |name, seconds| {
        spawn(
            &event_loop,
            name,
            holds(Rc::clone(&event_loop), Rc::clone(&lock), seconds),
        )
    };
    let (first, second, third) = (start("first", 0.2), start("second", 9.0), start("third", 0.1));
    naps(&event_loop, 0.05).await?;
    cancel::<RustHost>(&second, None).expect("nobody waits in a circle");
    wait::<RustHost>(gather(&event_loop, vec![first, third], false)).await
}

const LOG: &str = r#"{"t": 0.0, "ev": "spawn", "task": "main", "by": null}
{"t": 0.0, "ev": "step", "task": "main"}
{"t": 0.0, "ev": "spawn", "task": "first", "by": "main"}
{"t": 0.0, "ev": "spawn", "task": "second", "by": "main"}
{"t": 0.0, "ev": "spawn", "task": "third", "by": "main"}
{"t": 0.0, "ev": "wait", "task": "main", "on": "sleep(0.05)"}
{"t": 0.0, "ev": "step", "task": "first"}
{"t": 0.0, "ev": "wait", "task": "first", "on": "sleep(0.2)"}
{"t": 0.0, "ev": "step", "task": "second"}
{"t": 0.0, "ev": "wait", "task": "second", "on": "lock"}
{"t": 0.0, "ev": "step", "task": "third"}
{"t": 0.0, "ev": "wait", "task": "third", "on": "lock"}
{"t": 0.05, "ev": "step", "task": "main"}
{"t": 0.05, "ev": "cancel", "task": "second", "by": "main"}
{"t": 0.05, "ev": "wait", "task": "main", "on": "gather"}
{"t": 0.05, "ev": "step", "task": "second"}
{"t": 0.05, "ev": "done", "task": "second", "how": "cancelled", "value": "CancelledError()"}
{"t": 0.2, "ev": "step", "task": "first"}
{"t": 0.2, "ev": "done", "task": "first", "how": "result", "value": "None"}
{"t": 0.2, "ev": "step", "task": "third"}
{"t": 0.2, "ev": "wait", "task": "third", "on": "sleep(0.1)"}
{"t": 0.3, "ev": "step", "task": "third"}
{"t": 0.3, "ev": "done", "task": "third", "how": "result", "value": "None"}
{"t": 0.3, "ev": "step", "task": "main"}
{"t": 0.3, "ev": "done", "task": "main", "how": "result", "value": "[None, None]"}
{"t": 0.3, "ev": "exit", "code": 0, "error": null}
"#;

#[wasm_bindgen_test]
fn a_lock_passes_over_the_cancelled() {
    let (ended, trace) = run(two_share_and_one_is_cancelled);
    assert!(ended.is_ok(), "{ended:?}");
    assert_eq!(validate(&trace), Vec::new());
    assert_eq!(write_log(&trace), LOG);
}
