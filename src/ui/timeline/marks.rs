//! What is to be drawn, as values: the picture of the lanes before any canvas knows of it.
//!
//! A picture is a pure function of the recording, the cursor and the scale, so
//! it can be asked natively what it shows. Marks name colours by what they mean;
//! `palette` knows what they are.

use super::text_width::text_width;
use crate::ui::look::Family;

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// A colour, by what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The ground of panels.
    Panel,
    /// Text.
    Text,
    /// Quiet text.
    Quiet,
    /// Hairlines.
    Line,
    /// Stronger lines.
    Strong,
    /// What is chosen.
    Focus,
    /// What runs.
    Run,
    /// Text on what runs.
    OnRun,
    /// Ground of the current column.
    NowBand,
    /// Ground of every other turn.
    TurnBand,
    /// What draws a family.
    Hue(Family),
    /// What writes it.
    Words(Family),
}

/// A shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A plain rectangle.
    Fill(Rect, Ink),
    /// A bar with the texture and the edge of its family.
    Bar(Rect, Family),
    /// An area with the texture of a family: its corners.
    Area(Vec<(f64, f64)>, Family),
    /// A step of a task.
    Cell(Rect),
    /// A step of the event loop: middle and half its height.
    Diamond((f64, f64), f64),
    /// A frame without ground, dashed or not.
    Frame(Rect, Ink),
    /// A line through points.
    Line {
        /// The points.
        points: Vec<(f64, f64)>,
        /// Colour.
        ink: Ink,
        /// Width in pixels.
        width: f64,
        /// Whether it has gaps.
        dashed: bool,
    },
    /// The head of a vertical arrow: its tip, and its height, negative when it points up.
    Head((f64, f64), f64, Ink),
    /// How a task ended: the middle of a glyph.
    Glyph((f64, f64), Glyph),
    /// Words on a line.
    Words {
        /// Left end, or the middle when centred.
        x: f64,
        /// Baseline.
        y: f64,
        /// The words.
        words: String,
        /// Colour.
        ink: Ink,
        /// Weight and plate.
        style: Style,
    },
}

/// How words are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As they are.
    Plain,
    /// On a plate, so that textures do not run through the letters.
    Plate,
    /// Around their `x`.
    Centred,
    /// Around their `x`, bold.
    Strong,
}

/// How a task ended, in one glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// A check.
    Done,
    /// A struck circle.
    Cancelled,
    /// A cross.
    Failed,
}

/// Layers from back to front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Bands and rules.
    Ground,
    /// Arrows of other steps.
    Behind,
    /// What was.
    Past,
    /// What comes, dimmed.
    Future,
    /// Labels of what comes, in full strength.
    Later,
    /// Arrows of this step and of what is chosen.
    Front,
}

/// A picture: marks by layer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    layers: [Vec<Mark>; Layer::ALL.len()],
}

impl Layer {
    /// All of them, from back to front.
    pub const ALL: [Self; 6] = [
        Self::Ground,
        Self::Behind,
        Self::Past,
        Self::Future,
        Self::Later,
        Self::Front,
    ];

    /// Where marks of the past, or of the future, go.
    pub(super) const fn of(past: bool) -> Self {
        if past { Self::Past } else { Self::Future }
    }

    /// Where their labels go.
    pub(super) const fn of_label(past: bool) -> Self {
        if past { Self::Past } else { Self::Later }
    }
}

impl Picture {
    /// Adds a mark to a layer.
    pub fn put(&mut self, layer: Layer, mark: Mark) {
        self.layers[layer as usize].push(mark);
    }

    /// Adds a rectangle, or makes the last one wider when it goes on from it.
    pub(super) fn extend(&mut self, layer: Layer, at: Rect, ink: Ink) {
        if let Some(Mark::Fill(last, same)) = self.layers[layer as usize].last_mut()
            && *same == ink
            && (last.y, last.h) == (at.y, at.h)
            && (last.x + last.w - at.x).abs() < 0.01
        {
            last.w += at.w;
            return;
        }
        self.put(layer, Mark::Fill(at, ink));
    }

    /// The marks of a layer.
    pub fn layer(&self, layer: Layer) -> &[Mark] {
        &self.layers[layer as usize]
    }

    /// All marks, from back to front.
    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.layers.iter().flatten()
    }

    /// A horizontal or vertical hairline.
    pub(super) fn rule(&mut self, from: (f64, f64), to: (f64, f64), ink: Ink) {
        self.line(Layer::Ground, vec![from, to], ink, 1.0);
    }

    pub(super) fn line(&mut self, layer: Layer, points: Vec<(f64, f64)>, ink: Ink, width: f64) {
        self.put(
            layer,
            Mark::Line {
                points,
                ink,
                width,
                dashed: false,
            },
        );
    }

    pub(super) fn words(&mut self, layer: Layer, at: (f64, f64), words: String, ink: Ink, style: Style) {
        let (x, y) = at;
        self.put(
            layer,
            Mark::Words {
                x,
                y,
                words,
                ink,
                style,
            },
        );
    }
}

/// The plate of a label that begins at a point.
pub fn plate(x: f64, y: f64, words: &str) -> Rect {
    Rect {
        x: x - 3.0,
        y: y - 11.7,
        w: text_width(words) + 6.0,
        h: 15.0,
    }
}
