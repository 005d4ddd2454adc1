//! Mistakes in the header of a scenario: each is told with its file, its line and a cure.
#![cfg(feature = "ui")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says why"
)]

use loopscope::ui::scenarios::lesson::{Lesson, Problem, program_of};

const GOOD: &str = "\
# title: A title
# title.zh: 标题
# asks: Why?
# asks.zh: 为什么？
# lesson: The first line
#   and the second.
# lesson.zh: 第一行，
#   第二行接上 asyncio
#   再接中文。
# topics: queue, event loop
# level: beginner
# course: 4.2
#
# parameter: PAUSE 0.1..2.5 by 0.1: seconds of rest
# parameter.zh: 休息的秒数
#
# look: The start
# look.zh: 开始
# when: maker waits at `await asyncio.sleep` (2)
# note: It sleeps.
# note.zh: 它在休眠。
#
# question: Who?
# question.zh: 谁？
# next: the end
# answer: Nobody.
# answer.zh: 没有人。

import asyncio

PAUSE = 0.5  # rest

async def main():
    await asyncio.sleep(PAUSE)

asyncio.run(main())
";

fn lesson() -> Lesson {
    Lesson::read("good.py", GOOD).expect("a good header")
}

/// What a reader is told when `old` is replaced by `new`.
#[track_caller]
fn told(old: &str, new: &str) -> String {
    assert_eq!(GOOD.matches(old).count(), 1, "{old:?} is not one place");
    let error = Lesson::read("bad.py", &GOOD.replace(old, new)).expect_err("a mistake");
    error.to_string()
}

#[track_caller]
fn check(old: &str, new: &str, expected: &str) {
    let told = told(old, new);
    assert!(told.starts_with(expected), "{told}");
    let (_, cure) = told.split_once(": ").expect("a message");
    assert!(cure.contains(": "), "no cure: {told}");
}

#[test]
fn a_good_header_is_read_whole() {
    let lesson = lesson();
    assert_eq!(lesson.title.zh, "标题");
    assert_eq!(lesson.teaches.en, "The first line and the second.");
    assert_eq!(lesson.teaches.zh, "第一行，第二行接上 asyncio 再接中文。");
    assert_eq!(lesson.topics, ["queue", "event loop"]);
    assert_eq!((lesson.place.chapter, lesson.place.number), (4, 2));
    assert_eq!(lesson.stops.len(), 1);
    assert_eq!(
        lesson.stops[0].when.to_string(),
        "maker waits at `await asyncio.sleep` (2)"
    );
    assert!(lesson.program.starts_with("import asyncio\n"));
    assert_eq!(program_of(GOOD), lesson.program);
}

#[test]
fn the_example_of_the_manual_is_a_good_one() {
    const MANUAL: &str = include_str!("../docs/writing-a-scenario.md");
    let (_, example) = MANUAL.split_once("```python\n").expect("an example");
    let (example, _) = example.split_once("```\n").expect("its end");
    let lesson = Lesson::read("manual.py", example).unwrap_or_else(|error| panic!("{error}"));
    assert!(lesson.program.starts_with("import asyncio\n"));
}

#[test]
fn a_line_that_is_no_entry_is_told() {
    check(
        "# level: beginner",
        "# level beginner",
        "bad.py:11: this comment is no entry",
    );
    check(
        "#\n# parameter: ",
        "#\n#   more\n# parameter: ",
        "bad.py:14: this comment is no entry",
    );
}

#[test]
fn keys_that_are_unknown_double_empty_missing_or_misplaced_are_told() {
    check(
        "# level: beginner",
        "# levels: beginner",
        "bad.py:11: `levels` is no key",
    );
    check(
        "# level: beginner",
        "# title: B",
        "bad.py:11: `title` is said twice",
    );
    check("# level: beginner", "# level:", "bad.py:11: `level` says nothing");
    check("# level: beginner\n", "", "bad.py:1: `level` is missing");
    check("# title.zh: 标题\n", "", "bad.py:1: `title.zh` is missing");
    check("# note.zh: 它在休眠。\n", "", "bad.py:17: `note.zh` is missing");
    check(
        "# look: The start",
        "# level: advanced",
        "bad.py:17: `level` does not belong here",
    );
    check(
        "# when: maker",
        "# next: maker",
        "bad.py:19: `next` does not belong here",
    );
    let header = GOOD.strip_suffix(&lesson().program).expect("a header");
    let error = Lesson::read("bad.py", header).expect_err("a mistake");
    assert!(
        error.to_string().starts_with("bad.py:28: there is no program"),
        "{error}"
    );
    let bare = Lesson::read("bad.py", "print()\n").expect_err("a mistake");
    assert!(
        bare.to_string().starts_with("bad.py:1: `title` is missing"),
        "{bare}"
    );
}

#[test]
fn values_that_mean_nothing_are_told() {
    check("level: beginner", "level: easy", "bad.py:11: `easy` is no level");
    check(
        "course: 4.2",
        "course: 44.2",
        "bad.py:12: `44.2` is no place in the course",
    );
    check(
        "course: 4.2",
        "course: 4.2\n# ends: never",
        "bad.py:13: `never` is no way to end",
    );
    check(
        "course: 4.2",
        "course: 4.2\n# compare: another.py",
        "bad.py:13: `another.py` is no scenario",
    );
}

#[test]
fn a_note_on_a_moment_that_cannot_be_is_told() {
    check(
        "maker waits at `await asyncio.sleep` (2)",
        "step 26",
        "bad.py:19: `step 26` is no moment of a run",
    );
    check(
        "`await asyncio.sleep` (2)",
        "`await queue.put(item)`",
        "bad.py:19: no line of the program begins with `await queue.put(item)`",
    );
    check(
        "next: the end",
        "next: maker sleeps",
        "bad.py:25: `maker sleeps` is no moment",
    );
}

#[test]
fn a_parameter_that_the_program_does_not_have_is_told() {
    check(
        "PAUSE 0.1..2.5 by",
        "REST 0.1..2.5 by",
        "bad.py:14: the program does not assign `REST`",
    );
    check(
        "PAUSE = 0.5  # rest\n",
        "PAUSE = 0.5\nPAUSE = 0.6\n",
        "bad.py:14: the program does not assign `PAUSE` exactly once",
    );
    check(
        "PAUSE = 0.5  # rest",
        "PAUSE = 1 / 2",
        "bad.py:14: the program does not assign",
    );
    check(
        "PAUSE = 0.5  # rest",
        "PAUSE = 3.0",
        "bad.py:14: 3 is not in the range of `PAUSE`",
    );
    check(
        "0.1..2.5 by 0.1: ",
        "2.5..0.1: ",
        "bad.py:14: `PAUSE 2.5..0.1: seconds of rest` is no parameter",
    );
}

#[test]
fn another_value_rewrites_one_number_and_nothing_else() {
    let lesson = lesson();
    let changed = lesson.with("PAUSE", 0.1 + 0.2).expect("a value in range");
    assert_eq!(changed, lesson.program.replace("= 0.5  # rest", "= 0.3  # rest"));
    assert_eq!(lesson.parameters[0].value(&changed), Some(0.3));
    assert_eq!(
        lesson.with("REST", 1.0),
        Err(Problem::UnknownParameter("REST".to_owned()))
    );
    for value in [2.6, 0.0, f64::NAN] {
        assert!(
            matches!(lesson.with("PAUSE", value), Err(Problem::OutOfRange { .. })),
            "{value}"
        );
    }
}

#[test]
fn whole_numbers_stay_whole() {
    let text = GOOD.replace("0.1..2.5 by 0.1", "1..4").replace("= 0.5", "= 3");
    let lesson = Lesson::read("whole.py", &text).expect("a good header");
    let changed = lesson.with("PAUSE", 4.0).expect("a value in range");
    assert!(changed.contains("\nPAUSE = 4  # rest\n"), "{changed}");
    assert!(lesson.with("PAUSE", 1.5).is_err());
}
