//! The axis of two runs side by side: virtual time, in round numbers, and one flag for both.

use super::marks::{Ink, Layer, Mark, Picture, Rect, Style};
use super::text_width::text_width;
use crate::trace::{Time, decimal};
use crate::ui::i18n::seconds;
use crate::ui::scale::Scale;

/// Height of the axis.
pub const HEIGHT: f64 = 34.0;
/// Least distance of two lines.
const LEAST_PX: f64 = 64.0;

/// The axis with the moment on screen, which stands at a pixel.
pub fn axis(scale: &Scale, now: (f64, Time)) -> Picture {
    let mut picture = Picture::default();
    let width = scale.width();
    let (at, label) = (now.0, seconds(now.1));
    let half = text_width(&label) / 2.0 + 6.0;
    let flag = decimal::between(at, half, (width - half).max(half));
    let base = HEIGHT - 0.5;
    picture.rule((0.0, base), (width, base), Ink::Strong);
    let mut free = 0.0;
    for (x, time) in ticks(scale) {
        let words = seconds(time);
        let right = x + text_width(&words) + 4.0;
        picture.line(Layer::Past, vec![(x, base - 6.0), (x, base)], Ink::Strong, 1.0);
        let crowds = right > flag - half && x < flag + half + 4.0;
        if !crowds && x >= free && right <= width {
            free = right + 6.0;
            picture.words(
                Layer::Past,
                (x + 3.0, base - 5.0),
                words,
                Ink::Quiet,
                Style::Plain,
            );
        }
    }
    let stem = vec![(at, 17.0), (at, HEIGHT)];
    picture.line(Layer::Front, stem, Ink::Hue(crate::ui::look::Family::Run), 2.0);
    let ground = Rect {
        x: flag - half,
        y: 1.5,
        w: 2.0 * half,
        h: 17.0,
    };
    picture.put(Layer::Front, Mark::Cell(ground));
    picture.words(Layer::Front, (flag, 14.2), label, Ink::OnRun, Style::Strong);
    picture
}

/// Lines through the lanes, at the times of the axis.
pub(super) fn grid(scale: &Scale, height: f64, picture: &mut Picture) {
    for (x, _) in ticks(scale) {
        picture.rule((x, 0.0), (x, height), Ink::Line);
    }
}

/// Round times in view, and where they are.
fn ticks(scale: &Scale) -> impl Iterator<Item = (f64, Time)> {
    let end = scale.end();
    // Beyond the end there are no steps, which would take room of their own.
    let width = |span: u64| scale.at_time(end.plus(Time(span))) - scale.at_time(end);
    let mut every = 1_u64;
    let mut factors = [2, 5, 10].into_iter().cycle();
    let mut unit = 1_u64;
    while width(every) < LEAST_PX && every < u64::MAX / 20 {
        let factor = factors.next().unwrap_or(10);
        every = unit * factor;
        if factor == 10 {
            unit = every;
        }
    }
    let first = scale.pixel_time(0.0).0 / every;
    (first..=end.0 / every)
        .map(move |nth| Time(nth * every))
        .map(|time| (scale.at_time(time), time))
        .filter(|(x, _)| *x >= -0.5)
        .take_while(|(x, _)| *x <= scale.width())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::scale::{Axis, Viewport};
    use std::rc::Rc;

    fn told(picture: &Picture) -> Vec<String> {
        let words = picture.marks().filter_map(|mark| match mark {
            Mark::Words { words, .. } => Some(words.clone()),
            _ => None,
        });
        words.collect()
    }

    #[test]
    fn times_are_round_and_leave_the_flag_free() {
        let times: Rc<[Time]> = [0, 0, 100, 730, 1900].map(|ms| Time(ms * 1_000_000)).into();
        let scale = Scale::new(Axis::Clock, Viewport::window(0.0, 1.0), 5, 0, 700.0, &times);
        let picture = axis(&scale, (scale.middle(3), times[3]));
        assert_eq!(
            told(&picture),
            [
                "0.00", "0.20", "0.40", "0.80", "1.00", "1.20", "1.40", "1.60", "1.80", "0.73"
            ]
        );
        let close = Scale::new(Axis::Clock, Viewport::window(0.5, 0.1), 5, 0, 700.0, &times);
        let told = told(&axis(&close, (-50.0, times[2])));
        assert!(
            told.contains(&"1.00".to_owned()) && !told.contains(&"0.00".to_owned()),
            "{told:?}"
        );
    }

    #[test]
    fn a_run_that_takes_no_time_has_an_axis() {
        let times: Rc<[Time]> = [Time::ZERO; 3].into();
        let scale = Scale::new(Axis::Clock, Viewport::window(0.0, 1.0), 3, 0, 700.0, &times);
        assert_eq!(told(&axis(&scale, (600.0, Time::ZERO))), ["0.00", "0.00"]);
    }
}
