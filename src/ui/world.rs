//! The world that a run of the page finds around itself: hosts, stdin, what a line costs, Ctrl+C;
//! how a link spells it, and how it reaches the worker.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::recording::Recording;
use super::state::State;
use crate::session::messages::Request;
use crate::trace::decimal;
use crate::trace::surroundings::{Failure, Surroundings, Trouble, latency, span};
use crate::trace::{ResourceKind, Time};

/// Seed of `random` in runs from the page.
const SEED: u64 = 0;
/// What a query may not hold as it is. Colons may stay, so that links can be read.
pub(super) const SPELLED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'.')
    .remove(b'-')
    .remove(b'_')
    .remove(b':');

/// What a run finds around itself. The default is the usual one, that of recorded runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct World {
    /// Hosts, stdin, the cost of a line.
    pub surroundings: Surroundings,
    /// When Ctrl+C arrives.
    pub interrupt_at: Option<Time>,
}

/// Something about a world that a link can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// How fast a host is.
    Latency,
    /// What is wrong with a host.
    Fail,
    /// What can be read from stdin.
    Stdin,
    /// An argument of the program.
    Argument,
    /// What a line costs.
    LineCost,
    /// When Ctrl+C arrives.
    Interrupt,
}

impl Part {
    /// How a link names it.
    const fn name(self) -> &'static str {
        match self {
            Self::Latency => "latency",
            Self::Fail => "fail",
            Self::Stdin => "stdin",
            Self::Argument => "arg",
            Self::LineCost => "linecost",
            Self::Interrupt => "interrupt",
        }
    }
}

impl World {
    /// Whether nobody has changed anything.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// Sets the latency of a host, or leaves it as it usually is.
    pub fn set_latency(&mut self, host: &str, wanted: Option<Time>) {
        let all = &mut self.surroundings.latencies;
        let place = all.iter().position(|(name, _)| name == host);
        match (place, wanted) {
            (Some(place), Some(wanted)) => all[place].1 = wanted,
            (Some(place), None) => drop(all.remove(place)),
            (None, wanted) => all.extend(wanted.map(|wanted| (host.to_owned(), wanted))),
        }
    }

    /// Sets what is wrong with a host and how often, from 0 to 1; or nothing.
    pub fn set_failure(&mut self, host: &str, wanted: Option<(Trouble, f64)>) {
        let wanted = wanted.and_then(|(trouble, rate)| {
            let rate = decimal::between(rate, 0.0, 1.0);
            format!("{host}={}:{}", trouble.name(), decimal::write(rate, 6))
                .parse::<Failure>()
                .ok()
        });
        let all = &mut self.surroundings.failures;
        let place = all.iter().position(|failure| failure.host == host);
        match (place, wanted) {
            (Some(place), Some(wanted)) => all[place] = wanted,
            (Some(place), None) => drop(all.remove(place)),
            (None, wanted) => all.extend(wanted),
        }
    }

    /// What makes it another world than the usual one, part by part.
    pub fn told(&self) -> Vec<(Part, String)> {
        let Surroundings {
            stdin,
            arguments,
            latencies,
            failures,
            line_cost,
        } = &self.surroundings;
        let mut parts = Vec::new();
        for (host, latency) in latencies {
            parts.push((
                Part::Latency,
                format!("{host}:{}", decimal::write(latency.as_secs_f64(), 9)),
            ));
        }
        for failure in failures {
            let (host, what, rate) = (&failure.host, failure.trouble.name(), failure.share());
            let told = if rate < 1.0 {
                format!("{host}:{what}:{}", decimal::write(rate, 6))
            } else {
                format!("{host}:{what}")
            };
            parts.push((Part::Fail, told));
        }
        if !stdin.is_empty() {
            parts.push((Part::Stdin, stdin.clone()));
        }
        parts.extend(
            arguments
                .iter()
                .map(|argument| (Part::Argument, argument.clone())),
        );
        for (part, time) in [(Part::LineCost, *line_cost), (Part::Interrupt, self.interrupt_at)] {
            parts.extend(time.map(|time| (part, decimal::write(time.as_secs_f64(), 9))));
        }
        parts
    }

    /// The parts of a query that tell this; none when it is the usual one.
    pub fn parts(&self) -> Vec<String> {
        let spelled = |(part, value): (Part, String)| {
            format!("{}={}", part.name(), utf8_percent_encode(&value, SPELLED))
        };
        self.told().into_iter().map(spelled).collect()
    }

    /// Takes a part of a query. What means nothing here is passed over.
    pub fn read(&mut self, name: &str, value: &str) {
        let value = percent_decode_str(value).decode_utf8_lossy();
        // As options spell it.
        let of_host = || value.replacen(':', "=", 1);
        match name {
            "latency" => self.surroundings.latencies.extend(latency(&of_host())),
            "fail" => self.surroundings.failures.extend(of_host().parse::<Failure>()),
            "stdin" => self.surroundings.stdin = value.into_owned(),
            "arg" => self.surroundings.arguments.push(value.into_owned()),
            "linecost" => self.surroundings.line_cost = span(&value).ok(),
            "interrupt" => self.interrupt_at = span(&value).ok(),
            _ => {}
        }
    }
}

/// What the worker is asked for: the program as it is, in the world as it is.
pub fn request(state: &State) -> Request {
    let program = &state.program;
    Request::Run {
        source: program.source.to_string(),
        program: program.name.to_string(),
        seed: SEED,
        level: state.chosen_level,
        surroundings: state.world.surroundings.clone(),
        interrupt_at: state.world.interrupt_at,
    }
}

/// The hosts that a run has asked, in the order in which it did.
pub fn hosts_of(recording: &Recording) -> Vec<String> {
    let mut hosts = Vec::new();
    let world = recording.state_at(recording.last_frame());
    for resource in &world.resources {
        if !matches!(resource.kind, ResourceKind::Request | ResourceKind::Connection) {
            continue;
        }
        // A request is called by its method and its host, a connection by its host.
        let name = recording.text(resource.name);
        let host = host_named(name.rsplit(' ').next().unwrap_or_default());
        // Connections to the database, and between sockets of the program, have no host.
        let is_host = host.contains('.') || host == "localhost";
        if is_host && !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    hosts
}

/// The name of the host in what somebody typed, which may be an address.
pub fn host_named(typed: &str) -> String {
    let typed = typed.trim();
    let rest = typed.split_once("://").map_or(typed, |(_, rest)| rest);
    let end = rest.find(['/', ':', '?', '#', '=']).unwrap_or(rest.len());
    rest[..end].to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::link::Link;
    use crate::ui::state::Action;
    use std::rc::Rc;

    fn odd() -> World {
        let mut world = World {
            interrupt_at: Some(Time::from_secs_f64(1.5)),
            ..World::default()
        };
        world.set_latency("example.com", Some(Time::from_secs_f64(0.5)));
        world.set_failure("example.com", Some((Trouble::Timeout, 0.3)));
        world.set_failure("example.org", Some((Trouble::Error, 1.0)));
        world.surroundings.stdin = "one & two=2\n第三+100%\n".into();
        world.surroundings.arguments = vec!["-v".into()];
        world.surroundings.line_cost = Some(Time::from_secs_f64(0.001));
        world
    }

    #[test]
    fn a_link_tells_the_world_in_words_that_can_be_read() {
        let link = Link {
            world: Rc::new(odd()),
            ..Link::default()
        };
        let query = link.query();
        for part in [
            "latency=example.com:0.5",
            "fail=example.com:timeout:0.3",
            "fail=example.org:500",
            "linecost=0.001",
            "interrupt=1.5",
        ] {
            let mut parts = query.trim_start_matches('?').split('&');
            assert!(parts.any(|told| told == part), "{part} in {query}");
        }
        assert_eq!(Link::of_query(&query), link);
        assert_eq!(*link.opens().world, odd());
    }

    #[test]
    fn what_a_link_says_wrongly_is_passed_over() {
        for query in [
            "?latency=example.com",
            "?latency=example.com:-1",
            "?fail=example.com:sulks",
            "?fail=example.com:500:2",
            "?linecost=inf",
            "?interrupt=soon",
        ] {
            assert!(Link::of_query(query).world.is_usual(), "{query}");
        }
    }

    #[test]
    fn a_change_of_the_world_is_asked_of_the_worker() {
        let state = State::default().apply(Action::World(Rc::new(odd())));
        assert!(state.is_busy());
        let Request::Run {
            surroundings,
            interrupt_at,
            ..
        } = request(&state);
        assert_eq!(
            (surroundings, interrupt_at),
            (odd().surroundings, odd().interrupt_at)
        );
        // Another program begins in the usual world, like its recorded run.
        assert!(state.apply(Action::Choose(1)).world.is_usual());
    }

    #[test]
    fn what_is_taken_back_leaves_no_trace() {
        let mut world = World::default();
        world.set_latency("example.com", Some(Time(1)));
        world.set_latency("example.com", Some(Time(2)));
        assert_eq!(world.surroundings.latencies.len(), 1);
        world.set_latency("example.com", None);
        world.set_failure("example.com", Some((Trouble::Refused, 7.0)));
        assert_eq!(world.parts(), ["fail=example.com:refused"]);
        world.set_failure("example.com", None);
        assert!(world.is_usual() && world.parts().is_empty());
    }

    #[test]
    fn a_picture_in_another_page_shows_the_usual_world() {
        let link = Link::of_query("?embed=1&latency=example.com:2");
        assert!(link.opens().world.is_usual());
    }

    #[test]
    fn a_host_may_be_typed_as_an_address() {
        for typed in ["Example.com", " https://example.com/a?b=1 ", "example.com:8080"] {
            assert_eq!(host_named(typed), "example.com");
        }
    }
}
