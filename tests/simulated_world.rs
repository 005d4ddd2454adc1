//! The simulated world in the trace: what connections and requests do, and what lines cost. What programs
//! print there is compared with recordings, in `tests/oracle/own` (`world_*`) and `tests/servers`.
#![cfg(all(feature = "engine", not(target_arch = "wasm32")))]
#![allow(clippy::expect_used, reason = "tests stop at the first surprise")]

#[path = "common/runs.rs"]
#[allow(dead_code, reason = "other tests look at more of a run")]
mod runs;

use loopscope::trace::{
    Change, ClockCause, Diagnosis, EventKind, Language, ResourceKind, Time, Trace, doing_in, narrate, plain,
    validate,
};
use runs::run;

/// What a resource of this kind does, with the moment, and `closed` at the end.
fn deeds(trace: &Trace, kind: ResourceKind) -> Vec<(Time, String)> {
    let is_of_kind = |id| trace.tip().resource(id).is_some_and(|view| view.kind == kind);
    let deed = |at: Time, change: Change| match change {
        Change::StateSet { state } => (at, trace.text(state).to_owned()),
        _ => (at, "closed".to_owned()),
    };
    trace
        .events()
        .filter_map(|event| match event.kind {
            EventKind::ResourceChanged { resource, change, .. } if is_of_kind(resource) => {
                Some(deed(event.at, change))
            }
            _ => None,
        })
        .collect()
}

fn moments(deeds: &[(Time, String)]) -> Vec<(u64, &str)> {
    deeds
        .iter()
        .map(|(at, what)| (at.0 / 1_000_000, what.as_str()))
        .collect()
}

#[test]
fn a_request_waits_for_its_connection_and_its_first_byte() {
    let ran = run("import asyncio, aiohttp
async def get(session, path):
    async with session.get('http://example.com/' + path) as response:
        await asyncio.sleep(0.05)
        await response.text()
async def main():
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as session:
        await asyncio.gather(get(session, 'a'), get(session, 'b'))
asyncio.run(main())
");
    assert_eq!(ran.exit_code(), Some(0), "{}", ran.err());
    assert_eq!(
        moments(&deeds(&ran.trace, ResourceKind::Request)),
        [
            (0, "waits for a connection"),
            (0, "waits for the first byte"),
            (0, "waits for a connection"),
            (100, "transfers"),
            (150, "closed"),
            (150, "waits for the first byte"),
            (250, "transfers"),
            (300, "closed"),
        ]
    );
    assert_eq!(validate(&ran.trace), []);
}

#[test]
fn a_stream_connects_waits_and_transfers() {
    let ran = run("import asyncio
async def main():
    reader, writer = await asyncio.open_connection('example.com', 80)
    writer.write(b'GET / HTTP/1.0\\r\\n\\r\\n')
    await reader.read()
    writer.close()
asyncio.run(main())
");
    assert_eq!(
        moments(&deeds(&ran.trace, ResourceKind::Connection)),
        [
            (0, "connects"),
            (50, "is open"),
            (50, "waits for the first byte"),
            (100, "transfers"),
            (110, "is open"),
            (110, "closed"),
        ]
    );
    assert_eq!(validate(&ran.trace), []);
}

#[test]
fn a_server_and_its_connections_are_resources() {
    let ran = run("import asyncio
async def handle(reader, writer):
    writer.write(await reader.readline())
    writer.close()
async def main():
    async with await asyncio.start_server(handle, 'localhost', 8888):
        reader, writer = await asyncio.open_connection('localhost', 8888)
        await asyncio.sleep(1)
        writer.write(b'hello\\n')
        print(await reader.read())
        writer.close()
        await writer.wait_closed()
asyncio.run(main())
");
    assert_eq!(ran.out(), "b'hello\\n'\n");
    let connection = deeds(&ran.trace, ResourceKind::Connection);
    assert_eq!(
        moments(&connection),
        [
            (0, "waits to be accepted"),
            (0, "is open"),
            (1000, "is half closed"),
            (1000, "closed")
        ]
    );
    assert_eq!(
        moments(&deeds(&ran.trace, ResourceKind::Server)),
        [(0, "listens"), (1000, "closed")]
    );
    assert_eq!(validate(&ran.trace), []);
}

#[test]
fn a_server_without_clients_says_why_nothing_happens() {
    let ran = run("import asyncio
async def main():
    server = await asyncio.start_server(print, 'localhost', 8888)
    await server.serve_forever()
asyncio.run(main())
");
    let told = ran.trace.events().any(|event| {
        matches!(event.kind, EventKind::Diagnosed { diagnosis: Diagnosis::Deadlock, message, .. }
            if ran.trace.text(message).starts_with("the server waits for clients"))
    });
    assert!(told, "the deadlock is explained");
}

#[test]
fn lines_cost_what_the_option_says() {
    let ran = run("# loopscope: line_cost=0.01
import time
for n in range(3):
    n += 1
print(round(time.monotonic(), 9), round(time.process_time(), 9))
x = [n for n in range(10)]
print(round(time.monotonic(), 9))
");
    // Line 2, 3 four times, 4 three times, 5; then 6 and its loop of one line, and 7.
    assert_eq!(ran.out(), "0.09 0.09\n0.21\n");
    let causes: Vec<_> = ran
        .trace
        .events()
        .filter_map(|event| match event.kind {
            EventKind::ClockMoved { by, why } => Some((by, why)),
            _ => None,
        })
        .collect();
    assert!(
        causes.iter().all(|(_, why)| *why == ClockCause::Working),
        "{causes:?}"
    );
    assert_eq!(validate(&ran.trace), []);
}

#[test]
fn ctrl_c_reaches_code_that_never_rests_when_lines_cost_time() {
    let ran = run("# loopscope: line_cost=0.001 interrupt_at=0.5
while True:
    pass
");
    assert_eq!(
        (ran.exit_code(), ran.error()),
        (Some(130), Some("KeyboardInterrupt"))
    );
}

#[test]
fn what_the_world_does_not_have_is_named() {
    let ran = run("import asyncio, requests, socket
async def main():
    await asyncio.start_server(print, 'localhost', 8080)
    requests.get('http://localhost:8080/')
try:
    socket.AF_PACKET
except AttributeError as error:
    print(error)
asyncio.run(main())
");
    assert_eq!(ran.out(), "socket.AF_PACKET is not simulated\n");
    let error = ran.error().unwrap_or_default();
    assert!(
        error.starts_with("NotImplementedError: a request to localhost:8080, a server of the program"),
        "{error}"
    );
    let told: Vec<_> = ran
        .trace
        .events()
        .filter_map(|event| match event.kind {
            EventKind::Diagnosed { diagnosis, line, .. } => Some((diagnosis, line)),
            _ => None,
        })
        .collect();
    assert!(told.contains(&(Diagnosis::Unsupported, 6)), "{told:?}");
}

/// The sentences of a run, reasons left out.
fn headlines(program: &str) -> Vec<String> {
    let ran = run(program);
    let headline = |frame| {
        let narration = narrate(&ran.trace, frame);
        plain(&narration.headline, &ran.trace, &ran.trace.state_at(frame))
    };
    (0..=ran.trace.last_frame()).map(headline).collect()
}

#[test]
fn sentences_tell_of_requests() {
    let said = headlines(
        "import asyncio, aiohttp
async def main():
    async with aiohttp.ClientSession() as session:
        async with session.get('http://example.com/') as response:
            print(response.status)
asyncio.run(main())
",
    );
    assert_eq!(
        said[1],
        "Task-1 sees to GET example.com, which waits for the first byte, then sleeps until 0.10 s."
    );
    assert_eq!(said[3], "Task-1 closes GET example.com, then returns None.");
}

#[test]
fn sentences_tell_of_work_that_costs_time() {
    let said = headlines(
        "# loopscope: line_cost=0.001
import asyncio
async def main():
    for n in range(10):
        n += 1
    await asyncio.sleep(1)
asyncio.run(main())
",
    );
    assert_eq!(said[1], "Task-1 computes for 0.022 s, then sleeps until 1.025 s.");
}

/// What the modules of the world say of their connections has words in every language.
#[test]
fn what_connections_do_is_told_in_every_language() {
    let library = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("pylib");
    let mut said = std::collections::BTreeSet::new();
    for module in [
        "socket.py",
        "requests.py",
        "aiohttp.py",
        "aiomysql.py",
        "asyncio/_outside.py",
    ] {
        let source = std::fs::read_to_string(library.join(module)).expect("a module");
        for line in source.lines() {
            let quoted = line.split('\'').skip(1).step_by(2).map(str::to_owned);
            if line.contains(".does('") {
                said.extend(quoted);
            } else if line.contains("_world.Shown(") {
                said.extend(quoted.last());
            }
        }
    }
    assert!(said.len() >= 11, "the modules say more than {said:?}");
    for words in said {
        assert_eq!(doing_in(Language::English, &words), Some(words.as_str()));
        let chinese = doing_in(Language::Chinese, &words).expect("words");
        assert!(!chinese.is_ascii(), "{words} is not in Chinese");
    }
    assert_eq!(doing_in(Language::Chinese, "no words of ours"), None);
}
