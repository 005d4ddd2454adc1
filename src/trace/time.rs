//! Virtual time: integer nanoseconds since the run began.
//!
//! Integers because two runs must agree to the byte; nanoseconds because
//! `CPython`'s own clock counts them. Deadlines compare by microsecond, which
//! swallows the rounding of float arithmetic like `0.1 + 0.2`.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A moment, or a span, of virtual time in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Time(pub u64);

const NANOS_PER_SECOND: u64 = 1_000_000_000;

impl Time {
    /// The beginning of every run.
    pub const ZERO: Self = Self(0);

    /// The nearest nanosecond; negative and NaN become zero, too large becomes the last moment.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float to integer casts saturate, which is the documented result"
    )]
    pub fn from_secs_f64(seconds: f64) -> Self {
        Self((seconds * 1e9).round_ties_even() as u64)
    }

    /// The reading of this moment as `CPython` converts it: exact when whole.
    #[expect(clippy::cast_precision_loss, reason = "the same loss CPython has")]
    pub fn as_secs_f64(self) -> f64 {
        if self.0.is_multiple_of(NANOS_PER_SECOND) {
            (self.0 / NANOS_PER_SECOND) as f64
        } else {
            self.0 as f64 / 1e9
        }
    }

    /// The microsecond this moment rounds to: what deadlines are compared by.
    pub const fn micros(self) -> u64 {
        self.0.saturating_add(500) / 1000
    }

    /// This moment moved on by `span`.
    #[must_use]
    pub const fn plus(self, span: Self) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// The span since `earlier`; zero when it is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Self {
        Self(self.0.saturating_sub(earlier.0))
    }
}

impl fmt::Display for Time {
    /// Seconds with as few digits as the microsecond needs, and the unit: `0.25s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = self.micros();
        let (whole, rest) = (micros / 1_000_000, micros % 1_000_000);
        if rest == 0 {
            return write!(f, "{whole}s");
        }
        let digits = format!("{rest:06}");
        write!(f, "{whole}.{}s", digits.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_tenths_meet_in_one_microsecond() {
        let sum = Time::from_secs_f64(0.1 + 0.2);
        assert_eq!(sum.micros(), Time::from_secs_f64(0.3).micros());
    }

    #[test]
    fn seconds_read_back_as_cpython_reads_them() {
        assert_eq!(
            Time::from_secs_f64(2.0).as_secs_f64().to_bits(),
            2.0_f64.to_bits()
        );
        assert_eq!(Time(100_000_000).to_string(), "0.1s");
        assert_eq!(Time(2_000_000_000).to_string(), "2s");
    }

    #[test]
    fn impossible_spans_saturate() {
        assert_eq!(Time::from_secs_f64(-1.0), Time::ZERO);
        assert_eq!(Time::from_secs_f64(f64::NAN), Time::ZERO);
        assert_eq!(Time::from_secs_f64(f64::INFINITY), Time(u64::MAX));
    }
}
