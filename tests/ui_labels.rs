//! Words on the canvas: whole, alone in their place, and within the bar they belong to.
#![cfg(all(not(target_arch = "wasm32"), feature = "ui"))]
#![allow(clippy::expect_used, reason = "tests stop at the first surprise")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::rc::Rc;

use loopscope::sched::combine::{Delay, sleep};
use loopscope::sched::rust_host::{self, Loop, RustHost, Value};
use loopscope::sched::sync::Semaphore;
use loopscope::sched::wait;
use loopscope::ui::frame::Frame;
use loopscope::ui::i18n::{self, Language};
use loopscope::ui::recording::Recording;
use loopscope::ui::state::{Action, Move, State};
use loopscope::ui::timeline::Props;
use loopscope::ui::timeline::geometry::Geometry;
use loopscope::ui::timeline::head::Head;
use loopscope::ui::timeline::marks::{Layer, Mark, Picture, Rect, Style, plate};
use loopscope::ui::timeline::text_width::text_width;
use yew::Callback;

/// Widths of the lanes on a screen, in a slide and on a telephone, with their heights.
const PANES: [(f64, Geometry); 3] = [
    (1000.0, Geometry::WIDE),
    (470.0, Geometry::LOW),
    (366.0, Geometry::NARROW),
];
/// How much of the run is in view, as factors of what is shown unasked.
const ZOOMS: [f64; 5] = [1.0, 0.25, 0.05, 4.0, 1e9];

/// Tasks of a crowd, enough for them to stand together.
const MANY: u32 = 220;

/// What is wrong, and where it was seen first.
#[derive(Default)]
struct Found(BTreeMap<String, (usize, String)>);

impl Found {
    fn note(&mut self, what: &str, words: &str, place: &str) {
        let seen = self.0.entry(what.to_owned()).or_default();
        seen.0 += 1;
        if seen.0 == 1 {
            seen.1 = format!("{words} in {place}");
        }
    }
}

fn overlap(one: &Rect, other: &Rect) -> bool {
    one.x < other.x + other.w
        && other.x < one.x + one.w
        && one.y < other.y + other.h
        && other.y < one.y + one.h
}

fn within(inner: &Rect, outer: &Rect) -> bool {
    inner.x >= outer.x - 0.1
        && inner.x + inner.w <= outer.x + outer.w + 0.1
        && inner.y >= outer.y - 0.1
        && inner.y + inner.h <= outer.y + outer.h + 0.1
}

/// Where words stand: their plate, or their letters when they have none.
fn place(mark: &Mark) -> Option<(&str, Rect)> {
    let Mark::Words {
        x, y, words, style, ..
    } = mark
    else {
        return None;
    };
    let bare = |x: f64| Rect {
        x,
        y: y - 9.5,
        w: text_width(words),
        h: 12.0,
    };
    let rect = match style {
        Style::Plate => plate(*x, *y, words),
        Style::Plain => bare(*x),
        Style::Centred | Style::Strong => bare(x - text_width(words) / 2.0),
    };
    Some((words, rect))
}

/// What stands on a picture: no words upon others, none beyond the edge, and none upon a sign.
fn look(picture: &Picture, (width, height): (f64, f64), part: &str, where_: &str, found: &mut Found) {
    let canvas = Rect {
        x: 0.0,
        y: 0.0,
        w: width,
        h: height,
    };
    let words: Vec<(&str, Rect)> = picture.marks().filter_map(place).collect();
    for (number, (one, at)) in words.iter().enumerate() {
        if !within(at, &canvas) {
            found.note(
                &format!("{part}: cut by the edge"),
                &format!("{one:?} {at:?}"),
                where_,
            );
        }
        for (other, there) in &words[number + 1..] {
            if overlap(at, there) {
                let both = format!("{one:?} {at:?} and {other:?} {there:?}");
                found.note(&format!("{part}: upon each other"), &both, where_);
            }
        }
    }
    // The flag stands before everything.
    let front = picture.layer(Layer::Front).iter().filter_map(place).count();
    for mark in picture.marks() {
        let (what, sign) = match mark {
            Mark::Glyph((x, y), _) => ("an end", square(*x, *y, 4.6)),
            Mark::Diamond((x, y), size) => ("a callback", square(*x, *y, *size)),
            // A ribbon that hangs from the top.
            Mark::Line { points, .. } if points.len() == 6 => ("a mark", square(points[3].0, 5.0, 5.0)),
            _ => continue,
        };
        let rest = &words[..words.len() - front];
        for (one, at) in rest.iter().filter(|(_, at)| overlap(at, &sign)) {
            found.note(
                &format!("{part}: upon {what}"),
                &format!("{one:?} {at:?}"),
                where_,
            );
        }
    }
}

fn square(x: f64, y: f64, half: f64) -> Rect {
    Rect {
        x: x - half,
        y: y - half,
        w: 2.0 * half,
        h: 2.0 * half,
    }
}

/// Whether words stand within an area: its upper corners from left to right, then the lower ones back.
fn within_area(at: &Rect, corners: &[(f64, f64)]) -> bool {
    let (upper, lower) = corners.split_at(corners.len() / 2);
    let inside = |(x, _): &&(f64, f64)| (at.x..=at.x + at.w).contains(x);
    let (left, right) = (upper[0].0, upper[upper.len() - 1].0);
    at.x >= left - 0.1
        && at.x + at.w <= right + 0.1
        && upper.iter().filter(inside).all(|(_, y)| *y <= at.y)
        && lower.iter().filter(inside).all(|(_, y)| *y >= at.y + at.h)
}

/// Words in lanes stand within a bar or an area, or right of the sign of an end.
fn in_bars(picture: &Picture, where_: &str, found: &mut Found) {
    for (words, at) in picture.marks().filter_map(place) {
        let its = |mark: &Mark| match mark {
            Mark::Bar(bar, _) => within(
                &at,
                &Rect {
                    y: bar.y - 0.5,
                    h: bar.h + 1.0,
                    ..*bar
                },
            ),
            Mark::Area(corners, _) => within_area(&at, corners),
            Mark::Glyph((x, y), _) => at.x >= x + 4.6 && at.x < x + 12.0 && at.y < *y && *y < at.y + at.h,
            _ => false,
        };
        if !picture.marks().any(its) {
            found.note("lanes: beside its bar", &format!("{words:?} {at:?}"), where_);
        }
    }
}

fn look_at(state: &State, geometry: Geometry, where_: &str, found: &mut Found) {
    let recording = state.recording.as_ref().expect("it was loaded");
    let frame = Rc::new(Frame::new(recording, state.cursor));
    let props = Props::of(state, &frame, Callback::noop());
    let drawing = props.drawing(0..props.order.count().min(20), geometry);
    let width = props.scale.width();
    let head = drawing.head();
    look(&head, (width, Head::height(geometry)), "head", where_, found);
    let lanes = drawing.lanes();
    look(&lanes, (width, drawing.height()), "lanes", where_, found);
    in_bars(&lanes, where_, found);
}

/// A run at several moments, as wide and as close as it may be looked at, on both axes.
fn look_at_run(name: &str, opened: &State, found: &mut Found) {
    for (width, geometry) in PANES {
        let opened = opened.apply(Action::Measured(width));
        let last = opened.last_frame();
        // Marked where the cursor may be, and where it is not.
        let mark =
            |state: State, frame: u32| state.apply(Action::Go(Move::To(frame))).apply(Action::Bookmark);
        let opened = [1, last / 4, last / 3].into_iter().fold(opened, mark);
        for cursor in [
            0,
            1,
            2,
            last / 5,
            last / 3,
            last / 2,
            last * 3 / 4,
            last - 1,
            last,
        ] {
            let on_steps = opened.apply(Action::Go(Move::To(cursor)));
            for there in [on_steps.apply(Action::ToggleAxis), on_steps] {
                for zoom in ZOOMS {
                    let middle = there.scale().middle(cursor);
                    let state = there.apply(Action::Zoom(zoom, middle)).apply(Action::Pan(-7.3));
                    let axis = there.axis;
                    let where_ =
                        format!("{name}, {width} px, step {cursor} of {last}, zoom {zoom}, {axis:?}");
                    look_at(&state, geometry, &where_, found);
                }
            }
        }
    }
}

fn opened(recording: Recording) -> State {
    State::default().apply(Action::Loaded(recording))
}

/// Tasks that take turns at a gate: some sleep, most wait, and at last all are done.
fn crowd() -> Recording {
    let (ended, trace) = rust_host::run(|its_loop| async move {
        let gate = Semaphore::<RustHost>::new(its_loop.world(), "gate", 30, false);
        let fetch = |number| visit(&its_loop, Rc::clone(&gate), number);
        let all = rust_host::gather(&its_loop, (0..MANY).map(fetch).collect(), false);
        wait::<RustHost>(all).await
    });
    assert!(ended.is_ok());
    Recording::of(trace)
}

fn visit(event_loop: &Loop, gate: Rc<Semaphore<RustHost>>, number: u32) -> rust_host::FutureRef {
    let its_loop = Rc::clone(event_loop);
    rust_host::spawn(event_loop, "fetch", async move {
        Rc::clone(&gate).acquire(Rc::clone(&its_loop)).await?;
        let seconds = 0.1 + f64::from(number % 7) / 10.0;
        let delay = Delay {
            seconds,
            text: seconds.to_string(),
        };
        sleep(its_loop, delay, Value::None).await?;
        gate.release()?;
        Ok(Value::None)
    })
}

fn look_at_all(language: Language) {
    i18n::speak(language);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/traces");
    let files = fs::read_dir(folder).expect("recorded runs");
    let mut files: Vec<_> = files.map(|file| file.expect("a recorded run").path()).collect();
    files.sort();
    assert!(files.len() > 40, "recorded runs are elsewhere");
    let mut found = Found::default();
    for path in files {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let recording = Recording::read(&fs::read(&path).expect("a file")).expect("a recorded run");
        look_at_run(&name, &opened(recording), &mut found);
    }
    let crowd = opened(crowd());
    look_at_run("a crowd", &crowd, &mut found);
    let groups = crowd
        .order(crowd.recording.as_ref().expect("it was loaded"))
        .groups
        .clone();
    let apart = crowd.apply(Action::ToggleGroup(groups[0].first));
    look_at_run("a crowd, one by one", &apart, &mut found);
    let told = found.0.iter();
    let told = told.map(|(what, (times, first))| format!("{what} ({times} times): {first}"));
    let told: Vec<String> = told.collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn words_on_the_canvas_are_whole_and_alone() {
    look_at_all(Language::English);
}

#[test]
fn so_they_are_in_chinese() {
    look_at_all(Language::Chinese);
}
