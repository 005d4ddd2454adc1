//! Numbers with a point, read and written without the standard library's way.
//!
//! That way is exact for every double and brings fifteen kilobytes of tables into the page, which deals in
//! seconds, rates and pixels of a few digits. What is read here is exact too, or nothing at all.

/// Digits of a number that a double holds without loss.
const EXACT: u64 = 1 << 53;
/// Powers of ten that a double holds without loss.
const POWERS: i32 = 22;

/// Reads `12`, `-0.5`, `.25` or `1e-3`, exactly as the nearest double; `None` when it is no such number,
/// or has more digits than a double holds.
#[expect(clippy::cast_precision_loss, reason = "below 2^53 there is no loss")]
pub fn read(text: &str) -> Option<f64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, power) = match text.split_once(['e', 'E']) {
        Some((digits, power)) => (digits, power.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && part.is_empty() {
        return None;
    }
    let part = part.trim_end_matches('0');
    let mut number: u64 = 0;
    for digit in whole.bytes().chain(part.bytes()) {
        let digit = digit.is_ascii_digit().then(|| u64::from(digit - b'0'))?;
        number = number
            .checked_mul(10)?
            .checked_add(digit)
            .filter(|number| *number <= EXACT)?;
    }
    let power = power.checked_sub(i32::try_from(part.len()).ok()?)?;
    // Both are doubles without loss, so one rounding is all there is.
    let magnitude = match power {
        0.. if power <= POWERS => number as f64 * ten_to(power),
        ..0 if power >= -POWERS => number as f64 / ten_to(-power),
        _ => return None,
    };
    Some(if negative { -magnitude } else { magnitude })
}

/// Writes a number with at most so many places behind the point, and none that say nothing: `0.5`, `-3`.
/// What is too large for it is written as the largest that is not.
#[expect(
    clippy::cast_possible_truncation,
    reason = "casts of doubles saturate, which is the documented result"
)]
pub fn write(number: f64, places: u8) -> String {
    let scaled = (number * ten_to(i32::from(places))).round() as i64;
    let unit = 10_u64.pow(u32::from(places.min(18)));
    let (whole, part) = (scaled.unsigned_abs() / unit, scaled.unsigned_abs() % unit);
    let mut text = if scaled < 0 { "-".to_owned() } else { String::new() };
    text.push_str(&whole.to_string());
    if part > 0 {
        let part = format!("{part:0width$}", width = usize::from(places));
        text.push('.');
        text.push_str(part.trim_end_matches('0'));
    }
    text
}

/// The number, or the limit that it passes. `f64::clamp` brings all of the standard library's way of writing
/// numbers along, for the message of an assertion.
pub const fn between(number: f64, least: f64, most: f64) -> f64 {
    if number < least {
        least
    } else if number > most {
        most
    } else {
        number
    }
}

fn ten_to(power: i32) -> f64 {
    (0..power).fold(1.0, |value, _| value * 10.0)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "", ".", "-", "1.2.3", "e5", "1e", "1e5.0", "0x10", "inf", "nan", "1_000", " 1", "1 ", "٣",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
        // More than a double holds.
        assert_eq!(read("0.1234567890123456789"), None);
        assert_eq!(read("1e300"), None);
    }

    #[test]
    fn few_places_are_written_and_none_that_say_nothing() {
        let written = [
            (0.5, 2),
            (-3.0, 2),
            (0.004, 2),
            (-0.004, 2),
            (99.996, 2),
            (1234.5, 0),
            (0.05, 3),
        ]
        .map(|(number, places)| write(number, places));
        assert_eq!(written, ["0.5", "-3", "0", "0", "100", "1235", "0.05"]);
        assert_eq!(write(f64::NAN, 2), "0");
        assert_eq!(write(f64::INFINITY, 0), i64::MAX.to_string());
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_the_standard_library_reads(text in r"-?[0-9]{0,9}(\.[0-9]{0,6})?(e-?[0-9])?") {
            if let Some(number) = read(&text) {
                prop_assert_eq!(text.parse::<f64>().ok().map(f64::to_bits), Some(number.to_bits()));
            } else {
                prop_assert!(text.parse::<f64>().is_err(), "{} is a number", text);
            }
        }

        #[test]
        fn what_is_written_is_read_back(millionths in -1_000_000_000_000_i64..1_000_000_000_000) {
            #[expect(clippy::cast_precision_loss, reason = "few digits")]
            let number = millionths as f64 / 1e6;
            prop_assert_eq!(read(&write(number, 6)).map(|read| read + 0.0), Some(number + 0.0));
        }
    }
}
