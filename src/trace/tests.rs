//! What must hold for any trace whatever: reading never panics, chunks add up,
//! and every frame can be reached from everywhere.

use proptest::prelude::*;

use super::packed::{header_bytes, read_record};
use super::script::{lock_handover, sleepers};
use super::*;

/// Some event, sensible or not, for any three numbers. Ids are small, so that they often exist.
#[expect(clippy::too_many_lines, reason = "a table of events")]
fn some_event(kind: u8, one: u8, two: u8) -> EventKind {
    let (a, b) = (u32::from(one % 8), u32::from(two % 8));
    let (task, handle, resource) = (TaskId(a), HandleId(u32::from(one)), ResourceId(a));
    let (text, line) = (TextId(b), b);
    match kind % 23 {
        0 => EventKind::TurnBegan,
        1 => EventKind::ClockMoved {
            by: Time(u64::MAX >> (one % 64)),
            why: ClockCause::Idle,
        },
        2..=4 => EventKind::StepBegan { handle },
        5..=7 => EventKind::StepEnded {
            end: some_end(one, two),
        },
        8 | 9 => {
            let parent = (b > 3).then_some(TaskId(b));
            EventKind::TaskSpawned {
                task,
                name: text,
                coroutine: text,
                line,
                parent,
                hidden: two > 200,
            }
        }
        10 => EventKind::StackSeen {
            task,
            frames: vec![Frame { function: text, line }; a as usize],
            fresh_from: b,
        },
        11 => EventKind::LocalChanged {
            task,
            frame: b,
            name: text,
            value: (b > 2).then_some(text),
        },
        12 => EventKind::LinesRan {
            lines: vec![line; a as usize],
        },
        13 => EventKind::FutureCreated {
            future: FutureId(a),
            name: text,
            line,
        },
        14 => EventKind::FutureSettled {
            future: FutureId(a),
            how: Settled::Result,
            value: text,
        },
        15 | 16 => {
            let due = (two > 128).then_some(Time(u64::from(two)));
            EventKind::HandleScheduled {
                job: some_job(one, two),
                due,
                via: some_via(one, two),
                line,
            }
        }
        17 => EventKind::HandleCancelled { handle },
        18 => EventKind::TimerFired { handle },
        19 => EventKind::CancelRequested {
            task,
            accepted: two > 64,
            message: None,
            line,
        },
        20 => EventKind::ResourceCreated {
            resource,
            kind: if b > 3 {
                ResourceKind::Queue
            } else {
                ResourceKind::Lock
            },
            name: text,
            line,
            capacity: b,
            value: i64::MIN + i64::from(two),
            part_of: (b > 5).then_some(ResourceId(b)),
        },
        21 => EventKind::ResourceChanged {
            resource,
            change: some_change(one, two),
            line,
        },
        _ => EventKind::Output {
            stream: Stream::Out,
            text,
            complete: two > 100,
            line,
        },
    }
}

fn some_end(one: u8, two: u8) -> StepEnd {
    let (task, resource) = (TaskId(u32::from(one % 8)), ResourceId(u32::from(one % 8)));
    let text = TextId(u32::from(two % 8));
    let timer = HandleId(u32::from(one));
    match two % 10 {
        0 => StepEnd::Returned { value: text },
        1 => StepEnd::Raised { error: text },
        2 => StepEnd::Cancelled { error: text },
        3 => StepEnd::CallbackDone,
        4 => StepEnd::Suspended { on: WaitReason::Bare },
        5 => StepEnd::Suspended {
            on: WaitReason::Task(task),
        },
        6 => StepEnd::Suspended {
            on: WaitReason::Sleep { delay: text, timer },
        },
        7 => StepEnd::Suspended {
            on: WaitReason::Lock(resource),
        },
        _ => StepEnd::Suspended {
            on: WaitReason::QueuePut {
                queue: resource,
                item: text,
            },
        },
    }
}

fn some_job(one: u8, two: u8) -> Job {
    let (task, name) = (TaskId(u32::from(one % 8)), TextId(u32::from(two % 8)));
    match two % 6 {
        0 => Job::Step(task),
        1 => Job::Wakeup(task),
        2 => Job::SleepOver,
        3 => Job::TimeoutOver(task),
        4 => Job::Callback { name },
        _ => Job::Library { name },
    }
}

fn some_via(one: u8, two: u8) -> Via {
    let (task, resource) = (TaskId(u32::from(one % 8)), ResourceId(u32::from(one % 8)));
    match two % 7 {
        0 => Via::Spawn,
        1 => Via::TaskDone(task),
        2 => Via::Release(resource),
        3 => Via::Get(resource),
        4 => Via::Notify(resource),
        5 => Via::Cancel,
        _ => Via::Future(FutureId(u32::from(one % 8))),
    }
}

fn some_change(one: u8, two: u8) -> Change {
    match two % 11 {
        0 => Change::Acquired,
        1 => Change::Released,
        2 => Change::ItemPut {
            item: TextId(u32::from(one % 8)),
        },
        3 => Change::ItemTaken {
            index: u32::from(one % 4),
        },
        4 => Change::ItemFinished,
        5 => Change::Notified {
            woken: u32::MAX - u32::from(one),
        },
        6 => Change::ChildAdded {
            task: TaskId(u32::from(one % 8)),
        },
        7 => Change::Opened,
        8 => Change::StateSet {
            state: TextId(u32::from(one % 8)),
        },
        9 => Change::Reserved,
        10 => Change::Unreserved,
        _ => Change::PartiesSet(u32::from(one)),
    }
}

/// The bytes of a trace with these events, which may make no sense together.
fn recorded(events: &[(u8, u8, u8)]) -> Vec<u8> {
    let header = Header {
        program: "main.py".into(),
        source: "pass\n".into(),
        seed: 7,
        ..Header::default()
    };
    let mut recorder = Recorder::new(&header);
    for (kind, one, two) in events {
        recorder.text(&format!("text {}", one % 8));
        recorder.emit(&some_event(*kind, *one, *two));
    }
    recorder.into_bytes()
}

/// Everything that is derived from a trace. The result only keeps the work from being thrown away.
fn derive_everything(trace: &Trace) -> usize {
    let told: usize = (0..=trace.last_frame())
        .map(|frame| {
            let state = trace.state_at(frame);
            let told = narrate(trace, frame);
            told.reasons
                .iter()
                .chain([&told.headline])
                .map(|message| plain(message, trace, &state).len())
                .sum::<usize>()
        })
        .sum();
    let lanes = lanes(trace);
    let drawn = lanes.rows().len() + lanes.arrows_in(0, lanes.last_edge()).len();
    let found = deadlock(trace.tip()).circles.len() + validate(trace).len();
    told + drawn + found + text(trace).len() + write_log(trace).len() + deadlock_report(trace).len()
}

fn events() -> impl Strategy<Value = Vec<(u8, u8, u8)>> {
    prop::collection::vec(any::<(u8, u8, u8)>(), 0..120)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_bytes_are_an_error_or_a_trace(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Trace::read(&bytes);
        let header = Header::default();
        let begun = [header_bytes(&header), bytes].concat();
        if let Ok(trace) = Trace::read(&begun) {
            derive_everything(&trace);
        }
    }

    #[test]
    fn a_damaged_trace_is_an_error_or_a_trace(
        events in events(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = recorded(&events);
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok(trace) = Trace::read(&bytes) {
            derive_everything(&trace);
        }
    }

    #[test]
    fn what_makes_no_sense_can_still_be_drawn(events in events()) {
        let trace = Trace::read(&recorded(&events)).unwrap();
        prop_assert_eq!(trace.len() as usize, events.len());
        derive_everything(&trace);
    }

    #[test]
    fn events_read_back_as_they_were_written(events in events()) {
        let trace = Trace::read(&recorded(&events)).unwrap();
        let read: Vec<EventKind> = trace.events().map(|event| event.kind).collect();
        let written: Vec<EventKind> = events.iter().map(|(kind, one, two)| some_event(*kind, *one, *two)).collect();
        prop_assert_eq!(read, written);
    }

    #[test]
    fn a_truncated_trace_says_so_or_ends_earlier(events in events(), cut in any::<prop::sample::Index>()) {
        let bytes = recorded(&events);
        let (header, begin) = super::packed::read_header(&bytes).unwrap();
        let cut = cut.index(bytes.len());
        match Trace::read(&bytes[..cut]) {
            Ok(trace) => {
                prop_assert!(cut >= begin);
                prop_assert_eq!(trace.header(), &header);
                prop_assert_eq!(trace.bytes(), &bytes[..cut]);
            }
            Err(error) => {
                prop_assert!(matches!(error, ReadError::Truncated { .. } | ReadError::NotATrace), "{error:?}");
            }
        }
    }

    #[test]
    fn chunks_add_up_to_the_whole(events in events(), sizes in prop::collection::vec(1usize..9, 1..9)) {
        let bytes = recorded(&events);
        let whole = Trace::read(&bytes).unwrap();
        let (_, begin) = super::packed::read_header(&bytes).unwrap();
        let mut grown = Trace::read(&bytes[..begin]).unwrap();
        let (mut from, mut to, mut sizes) = (begin, begin, sizes.iter().cycle());
        while from < bytes.len() {
            for _ in 0..*sizes.next().unwrap() {
                if to < bytes.len() {
                    to = read_record(&bytes, to).unwrap().1;
                }
            }
            grown.push_chunk(&bytes[from..to]).unwrap();
            from = to;
        }
        prop_assert_eq!(grown.bytes(), whole.bytes());
        prop_assert!(grown.tip() == whole.tip(), "the tip");
        prop_assert_eq!(grown.steps(), whole.steps());
        for frame in 0..=whole.last_frame() {
            prop_assert!(grown.state_at(frame) == whole.state_at(frame), "frame {}", frame);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    /// Long enough for several keyframes.
    #[test]
    fn every_frame_is_the_fold_from_the_beginning(
        events in prop::collection::vec(any::<(u8, u8, u8)>(), 1500..4000),
    ) {
        let trace = Trace::read(&recorded(&events)).unwrap();
        let mut folded = Vec::new();
        let mut state = State::default();
        for frame in 0..=trace.last_frame() {
            for event in trace.events_of_frame(frame) {
                state.apply(&event);
            }
            folded.push(state.clone());
        }
        prop_assert!(folded.last() == Some(trace.tip()), "the last frame");
        // Back from the end, and forward again with strides.
        let frames = (0..=trace.last_frame()).rev().chain((0..=trace.last_frame()).step_by(7));
        for frame in frames {
            prop_assert!(trace.state_at(frame) == folded[frame as usize], "frame {}", frame);
        }
    }
}

#[test]
fn frames_past_the_end_show_the_end() {
    let trace = sleepers();
    assert_eq!(&trace.state_at(u32::MAX), trace.tip());
    assert_eq!(trace.events_of_frame(trace.last_frame()).count(), 1);
}

#[test]
fn a_header_keeps_the_level_which_old_ones_do_not_tell() {
    for level in Level::ALL {
        let header = Header {
            program: "main.py".into(),
            source: "pass\n".into(),
            seed: 7,
            level,
        };
        let bytes = header_bytes(&header);
        assert_eq!(bytes[4], VERSION);
        assert_eq!(Trace::read(&bytes).unwrap().header(), &header);
        // Up to version 2 the level was missing, which stands at the end.
        let mut old = bytes[..bytes.len() - 1].to_vec();
        old[4] = 2;
        assert_eq!(Trace::read(&old).unwrap().header().level, Level::default());
    }
}

#[test]
fn a_newer_trace_is_refused_with_its_version() {
    let mut bytes = lock_handover().bytes().to_vec();
    bytes[4] = VERSION + 1;
    let error = Trace::read(&bytes).unwrap_err();
    assert_eq!(error, ReadError::Version(VERSION + 1));
    assert!(error.to_string().contains("newer Loopscope"), "{error}");
    bytes[0] = b'X';
    assert_eq!(Trace::read(&bytes).unwrap_err(), ReadError::NotATrace);
}

#[test]
fn a_length_that_cannot_be_is_an_error() {
    let header = Header::default();
    let mut text = header_bytes(&header);
    let begin = text.len();
    // A text, and a list of lines, of 2^60 bytes.
    text.extend([127, 128, 128, 128, 128, 128, 128, 128, 128, 16]);
    assert_eq!(
        Trace::read(&text).unwrap_err(),
        ReadError::Truncated { offset: begin }
    );
    let mut lines = header_bytes(&header);
    let mut empty = Recorder::new(&header);
    empty.emit(&EventKind::LinesRan { lines: Vec::new() });
    let tag = empty.into_bytes()[begin];
    lines.extend([tag, 128, 128, 128, 128, 128, 128, 128, 128, 16]);
    assert_eq!(
        Trace::read(&lines).unwrap_err(),
        ReadError::Truncated { offset: begin }
    );
}

#[test]
fn a_damaged_chunk_leaves_what_came_before() {
    let whole = sleepers();
    let mut trace = Trace::read(whole.bytes()).unwrap();
    assert!(trace.push_chunk(&[200, 200, 200]).is_err());
    assert_eq!(trace.bytes(), whole.bytes());
    assert_eq!(trace.tip(), whole.tip());
}
