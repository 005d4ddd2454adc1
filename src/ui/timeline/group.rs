//! Lanes that are alike as one picture: how many are ready, sleep, wait and are done, all along the run.

use yew::prelude::*;

use super::geometry::Geometry;
use super::hover::Told;
use super::marks::{Ink, Layer, Mark, Picture, Rect, Style};
use super::measure::whole_px;
use super::merged::columns_of;
use super::scene::Scene;
use super::spent::wait_words;
use super::text_width::text_width;
use super::{CELL_PX, placed};
use crate::trace::{AREAS, Family as State, Group, Standing, State as World};
use crate::ui::components::icon::icon;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, LanesKey, count, fill, grouped, text};
use crate::ui::look::{self, Family, Icon};
use crate::ui::order::{Order, Row};
use crate::ui::recording::{Areas, Recording};
use crate::ui::state::Action;
use crate::ui::tags::{keyed, press, tag, words};

/// Room above and below the picture.
const AIR: f64 = 4.0;
/// Least height of an area that has a label.
const LABEL_PX: f64 = 20.0;
/// Counts that are told beside the picture.
const TOLD: usize = 6;
/// Counts that are told above it.
const TOLD_ABOVE: usize = 4;

impl Scene<'_> {
    /// The picture of a group whose rows take the heights from `top` to `bottom`.
    pub(super) fn group(&self, number: usize, (top, bottom): (f64, f64), picture: &mut Picture) {
        let Some(group) = self.order.groups.get(number) else {
            return;
        };
        let top = top + self.geometry.above(bottom - top > self.geometry.lane) + AIR;
        let bottom = bottom - AIR;
        let all = f64::from(u32::try_from(group.lanes.len()).unwrap_or(u32::MAX));
        let pixels: Vec<f64> = (0..whole_px(self.scale.width().ceil())).map(f64::from).collect();
        let columns = columns_of(self);
        let areas = self.recording.areas(number, (self.scale, &columns), self.now);
        let height = |counts: &Areas| counts.map(|lanes| lanes / all * (bottom - top));
        let heights: Vec<Areas> = areas.iter().map(height).collect();
        let standings = self.lanes.standings(group, self.now.1);
        let now = self.scale.right(self.view.cursor);
        let past = pixels.partition_point(|x| *x < now);
        for (range, past) in [(0..past, true), (past..pixels.len(), false)] {
            // From the bottom up, each on top of those below.
            let mut base = vec![bottom; range.len()];
            for (place, state) in AREAS.iter().enumerate().rev() {
                let family = look::of_family(*state);
                let upper: Vec<f64> = (base.iter().zip(&heights[range.clone()]))
                    .map(|(base, heights)| base - heights[place])
                    .collect();
                let corner = |x: usize, y: f64| (pixels[range.start + x], y);
                let mut points: Vec<(f64, f64)> = Vec::with_capacity(4 * base.len());
                for (x, y) in upper.iter().enumerate() {
                    points.extend([corner(x, *y), (corner(x, *y).0 + 1.0, *y)]);
                }
                for (x, y) in base.iter().enumerate().rev() {
                    points.extend([(corner(x, *y).0 + 1.0, *y), corner(x, *y)]);
                }
                if upper.iter().zip(&base).any(|(upper, base)| base - upper > 0.3) {
                    self.put(picture, Layer::of(past), Mark::Area(points, family));
                    let strip = (&pixels[range.clone()], &upper[..], &base[..]);
                    self.area_label(self.area_words(&standings, *state), *state, strip, past, picture);
                }
                base = upper;
            }
        }
        // The areas hide the ground of the current column, and a group has no cells.
        if self.is_fine() {
            let at = Rect {
                x: self.scale.left(self.view.cursor),
                y: top,
                w: self.scale.column_px(),
                h: bottom - top,
            };
            picture.put(Layer::Past, Mark::Frame(at, Ink::Hue(Family::Run)));
        }
    }

    /// A label where an area is highest, if it is high enough there.
    fn area_label(
        &self,
        words: String,
        state: State,
        (pixels, upper, base): (&[f64], &[f64], &[f64]),
        past: bool,
        picture: &mut Picture,
    ) {
        let width = text_width(&words) + 12.0;
        let mut best: Option<(f64, usize)> = None;
        for (x, (upper, base)) in upper.iter().zip(base).enumerate() {
            if best.is_none_or(|(height, _)| base - upper > height + 2.0) {
                best = Some((base - upper, x));
            }
        }
        let (Some((_, at)), Some(first), Some(last)) = (best, pixels.first(), pixels.last()) else {
            return;
        };
        // The frame of the current column stays whole.
        let last = if past && self.is_fine() {
            last.min(self.scale.left(self.view.cursor))
        } else {
            *last
        };
        let left = (pixels[at] - width / 2.0).min(last - width).max(first + 6.0);
        let (from, to) = (left - first, left - first + width);
        let inside = |x: &f64| *x - first >= from && *x - first <= to;
        let under = (pixels.iter().zip(upper.iter().zip(base))).filter(|(x, _)| inside(x));
        // The plate stands inside of the area all along.
        let (high, low) = under.fold((f64::MIN, f64::MAX), |(high, low), (_, (upper, base))| {
            (high.max(*upper), low.min(*base))
        });
        if low - high < LABEL_PX || left + width > last {
            return;
        }
        let family = look::of_family(state);
        let mark = Mark::Words {
            x: left + 6.0,
            // At the top, which is in view when the pane is low.
            y: high + 15.0,
            words,
            ink: Ink::Words(if past { family } else { Family::Plain }),
            style: Style::Plate,
        };
        self.put(picture, Layer::of_label(past), mark);
    }

    /// Whether columns are wide enough to be told apart.
    fn is_fine(&self) -> bool {
        self.scale.column_px() >= CELL_PX
    }

    /// What the lanes of an area do; what for, when all of them wait for one thing.
    fn area_words(&self, standings: &[(Standing, u32)], state: State) -> String {
        let key = match state {
            State::Ready => Key::LegendReady,
            State::Clock => Key::SpentSleep,
            State::Outside => Key::LegendOutside,
            State::CancelRequested => Key::CancelAsked,
            State::Finished => Key::StateDone,
            _ => Key::LegendPeer,
        };
        let mut peers = standings.iter().filter_map(|(standing, _)| match standing {
            Standing::Waiting(reason) if reason.family() == State::Peer => Some(*reason),
            _ => None,
        });
        match (state, peers.next(), peers.next()) {
            (State::Peer, Some(only), None) => wait_words(self.recording, only),
            _ => text(key).to_owned(),
        }
    }
}

/// The labels of the groups in view.
pub(super) fn labels(
    frame: &Frame,
    order: &Order,
    geometry: Geometry,
    rows: &std::ops::Range<usize>,
    emit: Option<&Callback<Action>>,
    labels: &mut Vec<Html>,
) {
    let mut known = None;
    for row in rows.clone() {
        if let Some(Row::Group(number, part, parts)) = order.at(row)
            && known != Some(number)
        {
            known = Some(number);
            let place = (row - part, parts);
            labels.push(label(frame, &order.groups[number], geometry, place, emit));
        }
    }
}

fn label(
    frame: &Frame,
    group: &Group,
    geometry: Geometry,
    (row, parts): (usize, usize),
    emit: Option<&Callback<Action>>,
) -> Html {
    let (open, first) = (parts == 1, group.first);
    let name = frame.recording.text(group.coroutine);
    let onclick = emit.map(|emit| press(emit, Action::ToggleGroup(first)));
    let top = geometry.top(row);
    let style = placed(top, geometry.top(row + parts) - top);
    let title = fill(
        if open { LanesKey::Close } else { LanesKey::Open },
        &[("name", &name)],
    );
    let all = count(LanesKey::Tasks, group.lanes.len() as u64);
    let button = vec![
        icon(if open { Icon::Minus } else { Icon::Plus }),
        words("span", "nm", name),
        words("small", "", all),
    ];
    let attributes = [
        ("type", "button"),
        ("class", "lane"),
        ("aria-expanded", if open { "true" } else { "false" }),
        ("title", &title),
    ];
    let mut parts = vec![keyed("b".to_owned(), "button", &attributes, onclick, button)];
    if !open {
        let mut told = Vec::new();
        let most = if geometry.stacked { TOLD_ABOVE } else { TOLD };
        for (family, which, what, n) in counts(&frame.recording, group, &frame.state, most) {
            let attributes = [("class", family.class()), ("title", &what)];
            let parts = vec![icon(which), words("span", "", what.clone()), words("b", "", n)];
            told.push(tag("li", &attributes, parts));
        }
        // With keys the button stays what it is, and keeps the focus.
        parts.push(keyed("c".to_owned(), "ul", &[], None, told));
    }
    let attributes = [
        ("class", "lanegroup"),
        ("data-testid", "group"),
        ("style", &style),
    ];
    keyed(format!("g{first}"), "div", &attributes, None, parts)
}

/// How many tasks of a group do what at a moment, the most frequent first: what does not fit is one line.
fn counts(
    recording: &Recording,
    group: &Group,
    state: &World,
    most: usize,
) -> Vec<(Family, Icon, String, String)> {
    let standings = recording.lanes().standings(group, state);
    let fit = most - usize::from(standings.len() > most);
    let mut counts = Vec::new();
    for (standing, n) in standings.iter().take(fit) {
        let (family, which, words) = match standing {
            Standing::Ready => (Family::Ready, Icon::Ready, text(Key::StateReady).to_owned()),
            Standing::Done => (Family::Done, Icon::Done, text(Key::StateDone).to_owned()),
            Standing::Waiting(reason) => {
                let (family, which) = look::of_reason(*reason);
                (family, which, wait_words(recording, *reason))
            }
        };
        counts.push((family, which, words, grouped((*n).into())));
    }
    let others = standings.get(fit..).unwrap_or_default();
    if !others.is_empty() {
        let words = count(LanesKey::Others, others.len() as u64);
        let n = others.iter().map(|(_, n)| u64::from(*n)).sum();
        counts.push((Family::Plain, Icon::Pause, words, grouped(n)));
    }
    counts
}

/// What the tasks of a group do in a column, in words.
pub(super) fn told(frame: &Frame, group: &Group, column: u32) -> Told {
    let state = frame.recording.state_at(column);
    let mut told = String::new();
    for (.., words, n) in counts(&frame.recording, group, &state, TOLD) {
        if !told.is_empty() {
            told.push_str(" · ");
        }
        told.push_str(&n);
        // Lines break between counts.
        told.push('\u{a0}');
        told.push_str(&words);
    }
    let all = count(LanesKey::Tasks, group.lanes.len() as u64);
    Told {
        name: format!("{} · {all}", frame.recording.text(group.coroutine)),
        state: told,
        when: count(Key::AtStep, column),
    }
}
