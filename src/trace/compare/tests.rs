//! Comparisons of runs that were written by hand.

use super::super::event::{Outcome, Stream, WaitReason};
use super::super::script::{Script, lock_handover, sleepers};
use super::*;
use crate::trace::EventKind;

fn found(one: &Trace, other: &Trace) -> Option<(u32, What)> {
    let compared = compare(one, other);
    let back = compare(other, one);
    assert_eq!(compared, back, "a comparison knows no sides");
    compared.difference.map(|found| (found.frame, found.what))
}

/// `main` prints, sleeps and ends; `change` says what else it does before it sleeps.
fn sleeper(millis: u64, change: impl FnOnce(&mut Script)) -> Trace {
    let mut script = Script::new();
    let (main, first) = script.spawn("main", None, 9);
    script.turn();
    script.begin(first);
    change(&mut script);
    let timer = script.sleep(main, millis, 3);
    script.pass(millis);
    script.turn();
    let woken = script.wake_sleeper(timer, main);
    script.turn();
    script.begin(woken);
    script.returns("None");
    script.exits()
}

fn prints(script: &mut Script, words: &str) {
    let text = script.text(words);
    script.emit(&EventKind::Output {
        stream: Stream::Out,
        text,
        complete: true,
        line: 2,
    });
}

#[test]
fn runs_that_do_the_same_have_no_difference() {
    for trace in [sleepers(), lock_handover()] {
        assert_eq!(found(&trace, &trace), None);
    }
    assert_eq!(found(&sleepers(), &sleepers()), None);
}

#[test]
fn another_parameter_shows_at_the_step_that_uses_it() {
    let (short, long) = (sleeper(100, |_| {}), sleeper(200, |_| {}));
    assert_eq!(compare(&short, &long).basis, Basis::Events);
    assert_eq!(found(&short, &long), Some((1, What::Rest)));
}

#[test]
fn what_differs_is_told_by_what_a_reader_sees_first() {
    let plain = sleeper(100, |_| {});
    let printing = sleeper(100, |script| prints(script, "hello"));
    assert_eq!(found(&plain, &printing), Some((1, What::Output)));
    let other = sleeper(100, |script| prints(script, "hullo"));
    assert_eq!(found(&printing, &other), Some((1, What::Output)));
    let lines = |line| {
        sleeper(100, move |script| {
            script.emit(&EventKind::LinesRan { lines: vec![1, line] });
        })
    };
    assert_eq!(found(&lines(2), &lines(3)), Some((1, What::Lines)));
    let value = |text: &'static str| {
        sleeper(100, move |script| {
            let (name, value) = (script.text("n"), Some(script.text(text)));
            let task = crate::trace::TaskId(1);
            script.emit(&EventKind::LocalChanged {
                task,
                frame: 0,
                name,
                value,
            });
        })
    };
    assert_eq!(found(&value("1"), &value("2")), Some((1, What::Values)));
    let spawns = sleeper(100, |script| {
        script.spawn("another", None, 4);
    });
    assert_eq!(found(&plain, &spawns), Some((1, What::Other)));
}

#[test]
fn who_runs_comes_before_what_is_done() {
    let run = |second: bool| {
        let mut script = Script::new();
        let tasks = ["a", "b"].map(|name| script.spawn(name, None, 9));
        script.turn();
        let (task, handle) = tasks[usize::from(second)];
        script.begin(handle);
        script.sleep(task, 100 + u64::from(second), 3);
        script.unfinished()
    };
    assert_eq!(found(&run(false), &run(true)), Some((1, What::Runner)));
    // What was made before the first step counts, too.
    assert_eq!(found(&sleepers(), &lock_handover()), Some((0, What::Other)));
}

#[test]
fn a_run_that_is_over_differs_from_one_that_goes_on() {
    let early = |script: Script| {
        let outcome = Outcome::Exited { code: 1, error: None };
        script.finish(outcome)
    };
    let begin = || {
        let mut script = Script::new();
        let (main, first) = script.spawn("main", None, 9);
        script.turn();
        script.begin(first);
        let timer = script.sleep(main, 100, 3);
        (script, main, timer)
    };
    let whole = sleeper(100, |_| {});
    // One that fails, and one that was cut off.
    assert_eq!(found(&early(begin().0), &whole), Some((2, What::Over)));
    assert_eq!(found(&begin().0.unfinished(), &whole), Some((2, What::Over)));
    // The same steps to the last, but another end.
    let fails = {
        let (mut script, main, timer) = begin();
        script.pass(100);
        script.turn();
        let woken = script.wake_sleeper(timer, main);
        script.turn();
        script.begin(woken);
        script.raises("ValueError('no')");
        early(script)
    };
    assert_eq!(found(&fails, &whole), Some((3, What::Rest)));
}

#[test]
fn lines_of_an_edited_program_are_those_that_they_were() {
    let longer = Lines::of("a\nb\nc\nd", "a\nb\nx\ny\nc\nd");
    assert_eq!([1, 2, 5, 6].map(|line| longer.name(line)), [1, 2, 3, 4]);
    assert!([3, 4].iter().all(|line| longer.name(*line) > 1000));
    let shorter = Lines::of("a\nb\nc", "a\nc");
    assert_eq!([1, 2].map(|line| shorter.name(line)), [1, 3]);
    // As many lines as before: a number was changed in one of them.
    let changed = Lines::of("a = 1\nb\n", "a = 2\nb\n");
    assert_eq!([1, 2].map(|line| changed.name(line)), [1, 2]);
    // A line that is repeated belongs to the beginning or to the end, not to both.
    let repeated = Lines::of("a\na", "a\na\na");
    assert_eq!([1, 2].map(|line| repeated.name(line)), [1, 2]);
    assert!(repeated.name(3) > 1000);
}

#[test]
fn an_edit_above_moves_no_difference() {
    let run = |source: &str, line: u32, words: &str| {
        let mut script = Script::of("main.py", source);
        let (main, first) = script.spawn("main", None, line);
        script.turn();
        script.begin(first);
        script.emit(&EventKind::LinesRan { lines: vec![line] });
        script.suspend(main, line, WaitReason::Other);
        let text = script.text(words);
        script.emit(&EventKind::Output {
            stream: Stream::Out,
            text,
            complete: true,
            line,
        });
        script.unfinished()
    };
    let one = run("work()\nmore()\n", 1, "done");
    let moved = run("# a comment\nwork()\nmore()\n", 2, "done");
    assert_eq!(found(&one, &moved), None);
    let changed = run("# a comment\nwork()\nmore()\n", 2, "gone");
    assert_eq!(found(&one, &changed), Some((2, What::Output)));
}

#[test]
fn different_programs_are_compared_by_names() {
    let named = |program: &str, line: u32, millis: u64| {
        let mut script = Script::of(program, "");
        let (main, first) = script.spawn("main", None, line);
        script.turn();
        script.begin(first);
        script.emit(&EventKind::LinesRan { lines: vec![line] });
        script.sleep(main, millis, line);
        script.unfinished()
    };
    let compared = compare(&named("one.py", 1, 100), &named("two.py", 7, 100));
    assert_eq!((compared.basis, compared.difference), (Basis::Names, None));
    let longer = named("two.py", 7, 200);
    assert_eq!(found(&named("one.py", 1, 100), &longer), Some((1, What::Rest)));
}

#[test]
fn moments_of_both_runs_stand_in_one_order() {
    let times = |millis: &[u64]| -> Vec<Time> { millis.iter().map(|ms| Time(ms * 1_000_000)).collect() };
    let (one, other) = (times(&[0, 0, 100, 100, 300]), times(&[0, 0, 0, 100, 200]));
    let order = moments(&one, &other);
    // Hand in hand at first; the other has a third frame at 0, and is over before the one.
    assert_eq!(order, [(0, 0), (1, 1), (1, 2), (2, 3), (3, 3), (3, 4), (4, 4)]);
    assert_eq!(moments(&one, &one).len(), one.len());
    assert_eq!(moments(&one, &[]), [(0, 0), (1, 0), (2, 0), (3, 0), (4, 0)]);
}
