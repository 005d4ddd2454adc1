//! What the page says of a program from an older time.
#![cfg(all(not(target_arch = "wasm32"), feature = "ui"))]
#![allow(clippy::expect_used, reason = "tests stop at the first surprise")]

use std::rc::Rc;

use loopscope::trace::{EventKind, Header, Outcome, Recorder, Trace};
use loopscope::ui::components::say::{Props as SayProps, Say};
use loopscope::ui::frame::Frame;
use loopscope::ui::recording::Recording;
use loopscope::ui::state::{Engine, Phase};
use yew::{Callback, LocalServerRenderer};

/// What a reader sees of a run that is over.
async fn said(frame: &Rc<Frame>, stale: bool) -> String {
    let props = SayProps {
        frame: Some(Rc::clone(frame)),
        phase: Phase::Resting,
        engine: Engine::Ready,
        trouble: None,
        quiet: false,
        stale,
        emit: Callback::noop(),
    };
    let drawn = LocalServerRenderer::<Say>::with_props(props).hydratable(false);
    drawn.render().await
}

/// A run at the newest level of a program that uses what is gone on some lines.
fn of_an_older_time(uses: &[(u32, &str)]) -> Rc<Frame> {
    let mut recorder = Recorder::new(&Header::default());
    for (line, name) in uses {
        let message = recorder.text(name);
        recorder.emit(&EventKind::Diagnosed {
            diagnosis: loopscope::trace::Diagnosis::Gone,
            line: *line,
            column: 1,
            message,
        });
    }
    let outcome = Outcome::Exited { code: 0, error: None };
    recorder.emit(&EventKind::RunEnded { outcome });
    let trace = Trace::read(&recorder.into_bytes()).expect("a recorder writes traces");
    Rc::new(Frame::new(&Recording::of(trace), 0))
}

#[tokio::test]
async fn a_program_from_an_older_time_is_offered_its_level() {
    use loopscope::trace::level::{COROUTINE, LOOP_ARGUMENT};
    let frame = of_an_older_time(&[
        (3, COROUTINE),
        (5, LOOP_ARGUMENT),
        (6, LOOP_ARGUMENT),
        (9, LOOP_ARGUMENT),
    ]);
    let told = said(&frame, false).await;
    for part in [
        "Line 3: asyncio.coroutine is gone since Python 3.11, deprecated since 3.8. Today it is async def.",
        "Line 5: loop= is gone since Python 3.10, deprecated since 3.8. Leave it out.",
        "+1",
        "Run with asyncio of Python 3.7",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(
        !said(&frame, true).await.contains("run-older"),
        "the program was edited meanwhile"
    );
    let none = said(&of_an_older_time(&[]), false).await;
    assert!(!none.contains("run-older"), "{none}");
}
