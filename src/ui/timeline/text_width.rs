//! How wide a label will be, before it is drawn.
//!
//! Labels are placed, shortened or left out by width while the picture is
//! computed, which must not wait for the browser's layout.

/// Advance of the printable ASCII characters, in hundredths of a pixel, of the interface face at 12 px and weight 500.
const ADVANCE: [u16; 95] = [
    352, 352, 404, 836, 719, 1127, 875, 216, 377, 377, 582, 722, 282, 439, 282, 490, 782, 720, 720, 720, 742,
    720, 731, 720, 743, 720, 282, 282, 671, 746, 671, 608, 935, 776, 750, 780, 812, 696, 670, 845, 836, 486,
    638, 773, 654, 1006, 844, 872, 728, 884, 755, 719, 694, 826, 737, 1042, 762, 726, 733, 391, 490, 413,
    608, 460, 313, 643, 694, 594, 692, 658, 402, 686, 670, 325, 301, 620, 342, 1032, 670, 671, 694, 701, 432,
    583, 415, 661, 587, 848, 605, 574, 574, 431, 293, 431, 658,
];

/// Width of a text in pixels.
pub fn text_width(text: &str) -> f64 {
    let hundredths: u32 = text
        .chars()
        .map(|c| match c {
            ' '..='~' => u32::from(ADVANCE[c as usize - ' ' as usize]),
            '·' => 314,
            // Ideographs fill their square.
            '\u{2e80}'.. => 1200,
            _ => 700,
        })
        .sum();
    f64::from(hundredths) / 100.0 + 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_are_wider() {
        assert!(text_width("mmm") > 2.0 * text_width("iii"));
        assert!(
            (text_width("until 0.25") - 52.0).abs() < 3.0,
            "{}",
            text_width("until 0.25")
        );
    }
}
