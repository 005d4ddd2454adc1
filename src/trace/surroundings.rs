//! The world around a program: what it reads from stdin, its arguments, how fast and how reliable the
//! simulated hosts are, and what its code costs.
//!
//! It is part of what a run is made from, so it can travel: to the worker, and in a link.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::decimal;
use super::time::Time;

/// What a program finds around itself. The default is what it finds when nobody says anything else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Surroundings {
    /// All of stdin.
    pub stdin: String,
    /// `sys.argv` after the name of the program.
    pub arguments: Vec<String>,
    /// Latency of hosts. The first that names a host counts.
    pub latencies: Vec<(String, Time)>,
    /// What is wrong with hosts. The first that names a host counts.
    pub failures: Vec<Failure>,
    /// Virtual time that a line of the program takes; none by default.
    pub line_cost: Option<Time>,
}

impl Surroundings {
    /// Adds what somebody else says, who has less to say.
    pub fn complete_with(&mut self, other: Self) {
        if self.stdin.is_empty() {
            self.stdin = other.stdin;
        }
        if self.arguments.is_empty() {
            self.arguments = other.arguments;
        }
        self.latencies.extend(other.latencies);
        self.failures.extend(other.failures);
        self.line_cost = self.line_cost.or(other.line_cost);
    }

    /// How long a host takes to answer, if anybody has said so. [`super::hosts`] knows what is usual.
    pub fn latency(&self, host: &str) -> Option<Time> {
        let named = self.latencies.iter().find(|(name, _)| name == host);
        named.map(|(_, latency)| *latency)
    }

    /// What is wrong with a host.
    pub fn failure(&self, host: &str) -> Option<&Failure> {
        self.failures.iter().find(|failure| failure.host == host)
    }
}

/// What is wrong with a host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Its name.
    pub host: String,
    /// What happens to whoever asks it.
    pub trouble: Trouble,
    /// How often, in millionths.
    pub rate: u32,
}

impl Failure {
    /// How often, from 0 to 1.
    pub fn share(&self) -> f64 {
        f64::from(self.rate) / f64::from(ALWAYS)
    }
}

/// What happens to whoever asks a host that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    /// It takes connections and stays silent.
    Timeout,
    /// It refuses connections.
    Refused,
    /// It answers with status 500.
    Error,
}

/// A rate of one.
const ALWAYS: u32 = 1_000_000;

impl Trouble {
    /// As options spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Refused => "refused",
            Self::Error => "500",
        }
    }

    fn named(name: &str) -> Option<Self> {
        let all = [Self::Timeout, Self::Refused, Self::Error];
        all.into_iter().find(|trouble| trouble.name() == name)
    }
}

/// A setting that cannot be read; says what it should look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed(pub &'static str);

impl std::fmt::Display for Malformed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "it takes {}", self.0)
    }
}

impl std::error::Error for Malformed {}

/// A span of time in seconds: `0.5`.
///
/// # Errors
/// When it is no number, negative or not finite.
pub fn span(text: &str) -> Result<Time, Malformed> {
    decimal::read(text)
        .filter(|seconds| *seconds >= 0.0)
        .map(Time::from_secs_f64)
        .ok_or(Malformed("SECONDS"))
}

/// A latency like `example.com=0.5`.
///
/// # Errors
/// When it is none.
pub fn latency(text: &str) -> Result<(String, Time), Malformed> {
    const SHAPE: Malformed = Malformed("HOST=SECONDS");
    let (host, seconds) = text.rsplit_once('=').ok_or(SHAPE)?;
    if host.is_empty() {
        return Err(SHAPE);
    }
    Ok((host.to_ascii_lowercase(), span(seconds).map_err(|_| SHAPE)?))
}

impl FromStr for Failure {
    type Err = Malformed;

    /// Reads `example.com=timeout` or `example.com=500:0.25`.
    fn from_str(text: &str) -> Result<Self, Malformed> {
        const SHAPE: Malformed =
            Malformed("HOST=timeout, HOST=refused or HOST=500, each with :RATE from 0 to 1 if you like");
        let (host, what) = text.rsplit_once('=').ok_or(SHAPE)?;
        let (trouble, rate) = match what.split_once(':') {
            Some((trouble, rate)) => (trouble, millionths(rate).ok_or(SHAPE)?),
            None => (what, ALWAYS),
        };
        if host.is_empty() {
            return Err(SHAPE);
        }
        Ok(Self {
            host: host.to_ascii_lowercase(),
            trouble: Trouble::named(trouble).ok_or(SHAPE)?,
            rate,
        })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rate from 0 to 1 in millionths fits"
)]
fn millionths(rate: &str) -> Option<u32> {
    let rate = decimal::read(rate)?;
    (0.0..=1.0)
        .contains(&rate)
        .then(|| (rate * f64::from(ALWAYS)).round() as u32)
}
