//! Two runs side by side: the state that holds them, and what is drawn of them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says why"
)]
#![cfg(all(feature = "ui", not(target_arch = "wasm32")))]

use std::rc::Rc;

use loopscope::trace::{Trace, What, compare};
use loopscope::ui::compare::{Props, SideBySide, Totals, rows};
use loopscope::ui::recording::Recording;
use loopscope::ui::scenarios::{index_of, partners_of};
use loopscope::ui::state::{Action, Move, Program, State};
use yew::{Callback, LocalServerRenderer};

const SEQUENTIAL: &[u8] = include_bytes!("../static/traces/one_after_another.lscope");
const TOGETHER: &[u8] = include_bytes!("../static/traces/all_together.lscope");

fn recording(bytes: &[u8]) -> Recording {
    Recording::read(bytes).expect("a recorded run")
}

fn place(name: &str) -> usize {
    index_of(name).expect("a scenario")
}

/// The first run is on screen.
fn opened() -> State {
    let state = State {
        program: Program::of(place("one_after_another")),
        ..State::default()
    };
    state.apply(Action::Loaded(recording(SEQUENTIAL)))
}

/// Both runs, the partner as B.
fn partners() -> State {
    let partner = place("all_together");
    opened()
        .apply(Action::CompareWith(partner))
        .apply(Action::Partner(partner, recording(TOGETHER)))
}

fn go(state: &State, step: Move) -> State {
    state.apply(Action::Go(step))
}

/// The frames of the kept run and of the one on screen.
fn frames(state: &State) -> [u32; 2] {
    let compare = state.compare.as_ref().expect("a comparison");
    let frames = state.pair().expect("two runs").frames(compare.at);
    assert_eq!(frames[1], state.cursor, "the page is where the pair is");
    frames
}

#[test]
fn a_run_is_kept_until_the_next_one_comes() {
    let kept = opened().apply(Action::Compare);
    let alone = |state: &State| state.pair().is_some_and(|pair| pair.is_alone());
    assert!(alone(&kept));
    // Until then it can be walked like any other.
    let last = go(&kept, Move::Last);
    assert!(alone(&last));
    assert_eq!(frames(&last), [last.last_frame(); 2]);
    let next = kept
        .apply(Action::Choose(place("all_together")))
        .apply(Action::Loaded(recording(TOGETHER)));
    let pair = next.pair().expect("two runs");
    assert_eq!(pair.runs[0].scenario(), index_of("one_after_another"));
    assert_eq!(pair.runs[1].scenario(), index_of("all_together"));
    assert_eq!(next.apply(Action::Compare).compare, None);
    assert_eq!(next.apply(Action::Escape).compare, None);
}

#[test]
fn a_run_on_its_way_takes_its_place_when_it_is_over() {
    let kept = opened().apply(Action::Compare);
    let coming = kept.apply(Action::Run).apply(Action::Began(recording(TOGETHER)));
    assert!(
        coming.pair().expect("the first").is_alone(),
        "the other still goes on"
    );
    let over = coming.apply(Action::Ended);
    let last = over.last_frame();
    assert_eq!(frames(&over)[1], last);
    // While another one runs, the two that are known stay.
    let again = over
        .apply(Action::Run)
        .apply(Action::Began(recording(SEQUENTIAL)));
    assert_eq!(again.pair(), over.pair());
    let pair = again.apply(Action::Ended);
    let difference = pair.pair().expect("two runs").found.difference;
    assert_eq!(difference, None, "the same program once more");
}

#[test]
fn a_partner_is_fetched_and_comes_second() {
    let asked = opened().apply(Action::CompareWith(place("all_together")));
    let compare = asked.compare.as_ref().expect("a comparison");
    assert_eq!(compare.wanted(), Some(place("all_together")));
    // Somebody else's answer is not taken.
    let other = asked.apply(Action::Partner(0, recording(TOGETHER)));
    assert!(other.pair().is_none());
    let both = partners();
    let compare = both.compare.as_ref().expect("a comparison");
    assert_eq!((compare.wanted(), compare.shown_first), (None, true));
    let swapped = both.apply(Action::Swap).compare.expect("a comparison");
    assert!(!swapped.shown_first);
    assert_eq!(partners_of(place("one_after_another")), [place("all_together")]);
    assert_eq!(partners_of(place("all_together")), [place("one_after_another")]);
    assert_eq!(partners_of(place("deadlock")), Vec::<usize>::new());
}

#[test]
fn steps_are_steps_of_either_run_in_the_order_of_time() {
    let mut state = go(&partners(), Move::First);
    assert_eq!(frames(&state), [0, 0]);
    let pair = Rc::clone(state.pair().expect("two runs"));
    let mut walked = vec![frames(&state)];
    while walked.len() <= pair.moments.len() {
        let next = go(&state, Move::Forward);
        if frames(&next) == frames(&state) {
            break;
        }
        let (before, after) = (frames(&state), frames(&next));
        let by = [after[0] - before[0], after[1] - before[1]];
        assert!(
            by.iter().all(|by| *by <= 1) && by != [0, 0],
            "{before:?} to {after:?}"
        );
        let at = |state: &State| pair.time(state.compare.as_ref().expect("a comparison").at);
        assert!(at(&state) <= at(&next));
        walked.push(after);
        state = next;
    }
    let ends = [0, 1].map(|which| pair.runs[which].recording.last_frame());
    assert_eq!(walked.last(), Some(&ends), "both end");
    for step in walked.iter().rev().skip(1) {
        state = go(&state, Move::Back);
        assert_eq!(frames(&state), *step);
    }
    assert_eq!(frames(&go(&state, Move::Last)), ends);
}

#[test]
fn playing_ends_when_both_are_over() {
    let mut state = go(&partners(), Move::Last).apply(Action::TogglePlay);
    assert_eq!(frames(&state), [0, 0], "it begins again");
    let moments = state.pair().expect("two runs").moments.len();
    for _ in 1..moments {
        assert!(state.playing);
        state = state.apply(Action::Tick);
    }
    assert!(!state.playing && state.cursor == state.last_frame());
}

#[test]
fn moves_of_one_run_take_the_other_along() {
    let state = partners();
    for frame in 0..=state.last_frame() {
        let there = go(&state, Move::To(frame));
        assert_eq!(frames(&there)[1], frame);
        let turn = go(&there, Move::NextTurn);
        assert_eq!(frames(&turn)[1], turn.cursor);
        if turn.cursor != frame {
            assert_eq!(frames(&turn.apply(Action::Undo))[1], frame);
        }
    }
    // What belongs to the timeline of one run does nothing here.
    for action in [
        Action::ToggleAxis,
        Action::ToggleWhy,
        Action::Bookmark,
        Action::ToggleFuture,
    ] {
        assert_eq!(state.apply(action.clone()), state, "{action:?}");
    }
}

#[test]
fn the_difference_is_where_the_traces_part() {
    let read = |bytes: &[u8]| Trace::read(bytes).expect("a recorded run");
    let found = compare(&read(SEQUENTIAL), &read(TOGETHER))
        .difference
        .expect("one");
    // One prints in its first step, the other makes tasks.
    assert_eq!((found.frame, found.what), (1, What::Output));
    let state = partners();
    assert_eq!(state.pair().expect("two runs").found.difference, Some(found));
    let there = go(&go(&state, Move::Last), Move::Parting);
    assert_eq!(frames(&there), [1, 1]);
}

#[test]
fn equal_moments_stand_at_one_place() {
    let state = partners();
    let (pair, scale) = (state.pair().expect("two runs"), state.scale());
    for (at, (kept, shown)) in (0_u32..).zip(&pair.moments) {
        let own = [pair.scale_of(0, &scale), pair.scale_of(1, &scale)];
        let lefts = [own[0].left(*kept), own[1].left(*shown)];
        let latest = lefts[0].max(lefts[1]);
        assert!((latest - scale.left(at)).abs() < 1e-9, "moment {at}");
    }
    let closer = state.apply(Action::Zoom(0.5, 300.0));
    assert!(closer.scale().window().1 < 0.6);
    let whole = closer.apply(Action::Fit).scale().window();
    assert!((whole.1 - 1.0).abs() < 1e-9);
}

#[test]
fn totals_are_those_of_the_runs() {
    let state = partners();
    let pair = state.pair().expect("two runs");
    let [together, sequential] = [0, 1].map(|which| Totals::of(&pair.runs[which]));
    let table = rows(&sequential, &together);
    let cells: Vec<&[String; 3]> = table.iter().map(|(_, cells)| cells).collect();
    assert_eq!(*cells[0], ["1.90 s", "0.80 s", "−1.10 s"]);
    assert_eq!(*cells[1], ["well", "well", "the same"]);
    assert_eq!(*cells[4], ["1", "4", "+3"]);
    // The waits for the clock are the same; main waits for the others besides.
    assert_eq!(*cells[5], ["1.90 s", "1.90 s", "the same"]);
    assert_eq!(*cells[6], ["0.00 s", "0.80 s", "+0.80 s"]);
    assert_eq!(cells.len(), 7, "nobody waits for the outside");
}

async fn drawn(state: &State) -> String {
    let props = Props {
        compare: state.compare.clone().expect("a comparison"),
        scale: state.scale(),
        quiet: false,
        silent: false,
        emit: Callback::noop(),
    };
    LocalServerRenderer::<SideBySide>::with_props(props)
        .hydratable(false)
        .render()
        .await
}

/// The words of a part of the page.
fn words(html: &str) -> String {
    let pieces = html
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    let joined: String = pieces.collect::<Vec<_>>().join(" ");
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn both_runs_tell_what_they_do_at_the_moment() {
    let html = drawn(&go(&partners(), Move::Parting)).await;
    insta::assert_snapshot!(words(&html));
    assert!(
        html.contains("aria-live=\"polite\"") && html.contains("<caption>"),
        "{html}"
    );
    let swapped = words(&drawn(&partners().apply(Action::Swap)).await);
    assert!(swapped.contains("B ends 1.10 s later than A."), "{swapped}");
}

#[tokio::test]
async fn a_run_that_waits_for_another_says_what_to_do() {
    let html = drawn(&opened().apply(Action::Compare)).await;
    assert!(
        html.contains("is kept as A") && html.contains("The next run appears here."),
        "{html}"
    );
    assert!(
        html.contains("Compare with All together") && !html.contains("\"totals\""),
        "{html}"
    );
    let asked = drawn(&opened().apply(Action::CompareWith(1))).await;
    assert!(asked.contains("on its way"), "{asked}");
}
