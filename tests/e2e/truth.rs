//! The page draws what is so: its panels hold what `loopscope show` prints of the same trace.
//!
//! Both are derived from the trace, by different code: one as text for a terminal, one as elements.

use crate::page::{Page, of};
use crate::server::dist;
use fantoccini::Locator;
use fantoccini::error::CmdError;
use loopscope::session::show::show;
use loopscope::trace::Trace;
use serde::Deserialize;
use std::fs;

/// Programs that have every kind of panel between them.
const SCENARIOS: [&str; 14] = [
    "producer_consumer",
    "semaphore",
    "condition_notify",
    "notify_all",
    "event",
    "barrier",
    "timeout",
    "task_group",
    "cancellation",
    "deadlock",
    "thread_pool",
    "echo_server",
    "future_by_hand",
    "callbacks",
];

/// What is on screen, in the words of the page.
const PANELS: &str = "
    const shown = (id) => document.querySelector(`[data-testid=${id}]`);
    const all = (root, selector) => [...root.querySelectorAll(selector)];
    const text = (element) => (element?.textContent ?? '').replace(/\\s+/g, ' ').trim();
    const number = (element) => Number(text(element).replace(/[^0-9]/g, ''));
    const note = (chip) => text(chip.querySelector('.nt'));
    const list = (root, selector, words) => ({
        shown: all(root, selector).map(words),
        more: number(root.querySelector('li.more')),
    });
    const name = (element) => text(element.querySelector('.nm'));
    const part = (root, words) => ({
        title: text(root.querySelector('h3')),
        ...list(root, '.chip:not(.gone)', words),
    });
    const putting = (chip) => note(chip) ? `${name(chip)} (${note(chip)})` : name(chip);
    const pipe = (root) => [
        { title: 'holds', shown: all(root, '.slot.has').map(text), more: number(root.querySelector('.pipe .more')) },
        { title: 'taken in this step', shown: all(root, '.slot.took').map(text), more: 0 },
    ];
    const card = (root) => ({
        name: text(root.querySelector('header b')),
        kind: text(root.querySelector('.kind')),
        state: text(root.querySelector('.is')),
        gone: root.querySelector('.gone') !== null,
        lists: [...pipe(root), ...all(root, '.part').map((root) => part(root, putting))],
    });
    const finished = shown('finished');
    const cards = shown('waiting');
    const output = shown('output');
    return {
        step: Number(shown('step-number').dataset.frame),
        clock: text(all(document, '.readout dd').at(-1)),
        sentence: document.querySelector('[data-testid=message]') ? null : text(shown('sentence')),
        seat: { name: name(shown('seat')), line: number(shown('seat').querySelector('em')) },
        ready: list(shown('ready'), '.tok:not(.over)', (token) => token.dataset.name),
        timers: list(shown('timers'), '.trow',
            (row) => `${text(row.querySelector('.at'))}  ${row.querySelector('.nm').firstChild.textContent.trim()}`),
        finished: finished ? list(finished, '.chip', name) : { shown: [], more: 0 },
        cards: all(cards, '.obj').map(card),
        more_cards: number(cards.querySelector(':scope > .more')),
        earlier: number(output.querySelector('p.none')),
        output: all(output, 'li').map((row) => `${text(row.querySelector('.no'))}  ${row.querySelector('code').textContent.trimEnd()}`),
    };";

/// The beginning of a list, and how many more there are.
#[derive(Debug, Deserialize)]
struct List {
    shown: Vec<String>,
    more: usize,
}

#[derive(Debug, Deserialize)]
struct Part {
    title: String,
    #[serde(flatten)]
    list: List,
}

#[derive(Debug, Deserialize)]
struct Card {
    name: String,
    kind: String,
    state: String,
    gone: bool,
    lists: Vec<Part>,
}

#[derive(Debug, Deserialize)]
struct Seat {
    name: String,
    line: u32,
}

#[derive(Debug, Deserialize)]
struct Panels {
    step: u32,
    clock: String,
    sentence: Option<String>,
    seat: Seat,
    ready: List,
    timers: List,
    finished: List,
    cards: Vec<Card>,
    more_cards: usize,
    earlier: usize,
    output: Vec<String>,
}

/// A thing that `show` tells of, with the tasks, items and jobs that belong to it.
#[derive(Debug)]
struct Thing {
    name: String,
    state: String,
    lists: Vec<(String, Vec<String>)>,
}

impl Thing {
    /// Whether the page may leave it out: nobody waits for it, holds it or works in it.
    fn is_idle(&self) -> bool {
        self.lists.iter().all(|(title, _)| title == "until all are done")
    }

    fn is_on(&self, card: &Card) -> bool {
        let drawn: Vec<&Part> = card.lists.iter().filter(|part| part.list.total() > 0).collect();
        self.name == card.name
            && (self.state == card.state || card.kind == "Task")
            && drawn.len() == self.lists.len()
            && drawn
                .iter()
                .zip(&self.lists)
                .all(|(part, (title, members))| part.title == *title && part.list.begins(members))
    }
}

impl List {
    fn total(&self) -> usize {
        self.shown.len() + self.more
    }

    /// Whether this is the beginning of `whole`, with the right number of those that are left out.
    fn begins(&self, whole: &[String]) -> bool {
        whole.starts_with(&self.shown) && whole.len() == self.total()
    }
}

/// The lines of a section of what `show` prints, without their indent.
fn section<'a>(told: &'a str, title: &str) -> Vec<&'a str> {
    let blocks = told.split("\n\n");
    let mut block = blocks
        .map(str::lines)
        .find(|block| {
            let head = block.clone().next().unwrap_or_default();
            head.split("  ").next() == Some(title)
        })
        .unwrap_or_else(|| "".lines());
    block.next();
    block
        .map(|line| line.strip_prefix("  ").unwrap_or(line))
        .collect()
}

/// Members of a list: commas inside of brackets and quotes separate nothing.
fn members(list: &str) -> Vec<String> {
    let (mut depth, mut quote) = (0_u32, None);
    let mut members = vec![String::new()];
    for letter in list.chars() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '\'' | '"') => quote = Some(letter),
            (None, '(' | '[' | '{' | '<') => depth += 1,
            (None, ')' | ']' | '}' | '>') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if (letter, depth, quote) == (',', 0, None) {
            members.push(String::new());
        } else if let Some(last) = members.last_mut() {
            last.push(letter);
        }
    }
    members.iter().map(|member| member.trim().to_owned()).collect()
}

fn things(told: &str) -> Vec<Thing> {
    let mut things: Vec<Thing> = Vec::new();
    for line in [section(told, "resources"), section(told, "awaited")].concat() {
        if let Some((thing, list)) = things.last_mut().zip(line.strip_prefix("  ")) {
            let (title, list) = list.split_once(": ").expect("a title and a list");
            thing.lists.push((title.to_owned(), members(list)));
        } else {
            let (name, state) = line.split_once("  ").unwrap_or((line, ""));
            things.push(Thing {
                name: name.to_owned(),
                state: state.to_owned(),
                lists: Vec::new(),
            });
        }
    }
    things
}

/// What the page calls a handle that `show` describes.
fn handle(told: &str) -> &str {
    let told = told.split("  (line ").next().unwrap_or(told);
    for task in ["first step, or next, of ", "wake-up of "] {
        if let Some(name) = told.strip_prefix(task) {
            return name;
        }
    }
    if ["end of the sleep", "end of a sleep", "timeout of "]
        .iter()
        .any(|timer| told.starts_with(timer))
    {
        return "timer";
    }
    told
}

/// The same for a timer: when, and for whom.
fn timer(told: &str) -> String {
    let (due, what) = told.split_once("  ").expect("a deadline");
    let what = what.split("  (line ").next().unwrap_or(what);
    let whose = ["end of the sleep of ", "end of a sleep of ", "timeout of "]
        .iter()
        .find_map(|kind| what.strip_prefix(kind));
    format!("{due}  {}", whose.unwrap_or(what))
}

/// Compares; returns how many lists were too long for their place.
#[track_caller]
fn compare(at: &str, panels: &Panels, told: &str) -> usize {
    let mut heads = told.lines();
    let head = heads.next().expect("a first line");
    assert!(head.starts_with(&format!("step {} of ", panels.step)), "{at}");
    assert!(
        head.ends_with(&format!(" {}", panels.clock)),
        "{at}: {} in {head}",
        panels.clock
    );
    if let Some(sentence) = &panels.sentence {
        assert_eq!(Some(sentence.as_str()), heads.next(), "{at}");
    }
    compare_tasks(at, panels, told);
    compare_cards(at, panels, told);
    compare_output(at, panels, told);

    let lists = panels.cards.iter().flat_map(|card| &card.lists);
    lists
        .map(|part| &part.list)
        .chain([&panels.ready, &panels.timers, &panels.finished])
        .filter(|list| list.more > 0)
        .count()
}

/// The one that runs, and those that are ready, that a timer wakes and that are over.
#[track_caller]
fn compare_tasks(at: &str, panels: &Panels, told: &str) {
    let running = section(told, "running");
    let seat = running.first().copied().unwrap_or_default();
    match seat.split_once("  line ") {
        Some((name, line)) => {
            let line = line.parse().expect("a line");
            assert_eq!(
                (panels.seat.name.as_str(), panels.seat.line),
                (name, line),
                "{at}"
            );
        }
        None => assert_eq!(panels.seat.name, handle(seat), "{at}"),
    }

    let ready: Vec<String> = section(told, "ready")
        .iter()
        .map(|line| handle(line).to_owned())
        .collect();
    assert!(
        panels.ready.begins(&ready),
        "{at}: ready {:?} of {ready:?}",
        panels.ready
    );
    let timers: Vec<String> = section(told, "timers").iter().map(|line| timer(line)).collect();
    assert!(
        panels.timers.begins(&timers),
        "{at}: timers {:?} of {timers:?}",
        panels.timers
    );

    let done = |line: &&str| {
        let (name, state) = line.split_once("  ").unwrap_or((line, ""));
        let over = ["finished: ", "failed: ", "cancelled: "]
            .iter()
            .any(|how| state.starts_with(how));
        (over && !line.starts_with(' ') && name != panels.seat.name).then(|| name.to_owned())
    };
    let finished: Vec<String> = section(told, "tasks").iter().filter_map(done).collect();
    assert!(
        panels.finished.begins(&finished),
        "{at}: finished {:?} of {finished:?}",
        panels.finished
    );
}

/// Who waits for what.
#[track_caller]
fn compare_cards(at: &str, panels: &Panels, told: &str) {
    let mut things = things(told).into_iter();
    // A card from which the last one has just gone away still shows that.
    let left = |card: &&Card| {
        let awaited = matches!(card.kind.as_str(), "Task" | "Future") || card.name.starts_with("future ");
        !(card.gone && awaited) || card.lists.iter().any(|part| part.list.total() > 0)
    };
    for card in panels.cards.iter().filter(left) {
        let found = things.find(|thing| {
            let on = thing.is_on(card);
            assert!(
                on || thing.is_idle(),
                "{at}: {thing:#?} is not in the picture, which has {card:#?}"
            );
            on
        });
        assert!(found.is_some(), "{at}: {card:#?} is not so:\n{told}");
    }
    let rest = things.filter(|thing| !thing.is_idle()).count();
    assert!(
        rest <= panels.more_cards,
        "{at}: {rest} things are not in the picture:\n{told}"
    );
}

/// What was printed.
#[track_caller]
fn compare_output(at: &str, panels: &Panels, told: &str) {
    let output = section(told, "output");
    let before = told.lines().find_map(|line| {
        line.strip_prefix("output  ")?
            .strip_suffix(" lines before")?
            .parse()
            .ok()
    });
    let before: usize = before.unwrap_or(0);
    let printed: Vec<&str> = output.iter().map(|line| line.trim_end()).collect();
    let said = panels.output.len() + panels.earlier;
    assert_eq!(said, before + printed.len(), "{at}: {:?}", panels.output);
    assert!(
        panels
            .output
            .ends_with(&printed.iter().map(|&line| line.to_owned()).collect::<Vec<_>>()),
        "{at}: {:?} of {printed:?}",
        panels.output
    );
}

/// Ready order, timers, waiters, holders, items, output: at the beginning, at the end and between.
#[tokio::test(flavor = "multi_thread")]
async fn the_panels_show_what_show_prints() -> Result<(), CmdError> {
    let page = Page::open().await?;
    let mut cut = 0;
    for name in SCENARIOS {
        let bytes = fs::read(dist().join(format!("traces/{name}.lscope"))).expect("a recorded run");
        let trace = Trace::read(&bytes).expect("a trace");
        let last = trace.last_frame();
        for step in [0, last / 4, last / 2, last * 3 / 4, last] {
            page.visit(&format!("?scenario={name}&step={step}&lang=en"))
                .await?;
            page.arrives(step.into()).await?;
            page.press("tab-output").await?;
            page.client()
                .wait()
                .for_element(Locator::Css(&of("output")))
                .await?;
            let panels = page.client().execute(PANELS, vec![]).await?;
            let panels: Panels = serde_json::from_value(panels).expect("what the script returns");
            cut += compare(&format!("{name} at {step}"), &panels, &show(&trace, step));
        }
    }
    assert!(cut > 0, "no list was longer than its place: `+n` was never seen");
    page.close().await
}
