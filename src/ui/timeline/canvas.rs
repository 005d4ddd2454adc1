//! Paints a picture on a canvas, sharp at any density of pixels.
//!
//! Marks of one kind are painted together, because every change of colour and
//! every call costs more than the pixels. Textures are tiles, drawn once a theme.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasPattern, CanvasRenderingContext2d, HtmlCanvasElement};

use super::marks::{Glyph, Ink, Layer, Mark, Picture, Rect, Style, plate};
use super::palette::Palette;
use crate::ui::look::Family;

/// Families whose bars have a texture; every other bar is plain.
const TEXTURED: [Family; 4] = [Family::Clock, Family::Peer, Family::Outside, Family::Cancel];
/// All families that bars have.
const BARS: [Family; 7] = [
    Family::Done,
    Family::Ready,
    Family::Clock,
    Family::Peer,
    Family::Outside,
    Family::Cancel,
    Family::Fail,
];
/// Bars narrower than this have no edge of their own: neighbours would be all edge.
const EDGED_PX: f64 = 3.0;

/// Colours and tiles for one density of pixels.
#[derive(Debug)]
pub struct Brush {
    palette: Rc<Palette>,
    tiles: [Option<CanvasPattern>; TEXTURED.len()],
    density: f64,
}

impl Brush {
    /// A brush for a theme.
    pub fn new(palette: Rc<Palette>, density: f64) -> Self {
        let tiles = TEXTURED.map(|family| tile(&palette, family, density));
        Self {
            palette,
            tiles,
            density,
        }
    }

    /// Paints a picture, of this size in pixels of the page.
    pub fn paint(&self, canvas: &HtmlCanvasElement, picture: &Picture, width: f64, height: f64) {
        let (wide, high) = (whole(width * self.density), whole(height * self.density));
        if (canvas.width(), canvas.height()) != (wide, high) {
            canvas.set_width(wide);
            canvas.set_height(high);
        }
        let Some(context) = context(canvas) else { return };
        self.page(&context);
        context.clear_rect(0.0, 0.0, width, height);
        context.set_font(&format!("500 12px {}", self.palette.face));
        for layer in Layer::ALL {
            let strength = if layer == Layer::Future {
                self.palette.future
            } else {
                1.0
            };
            context.set_global_alpha(strength);
            self.layer(&context, picture.layer(layer));
        }
        context.set_global_alpha(1.0);
    }

    /// Coordinates of the page.
    fn page(&self, context: &CanvasRenderingContext2d) {
        // A scale is a transform like any other: this cannot fail.
        let _ = context.set_transform(self.density, 0.0, 0.0, self.density, 0.0, 0.0);
    }

    /// To whole pixels of the screen.
    fn sharp(&self, value: f64) -> f64 {
        (value * self.density).round() / self.density
    }

    fn snapped(&self, at: &Rect) -> Rect {
        let (x, y) = (self.sharp(at.x), self.sharp(at.y));
        let least = 1.0 / self.density;
        Rect {
            x,
            y,
            w: (self.sharp(at.x + at.w) - x).max(least),
            h: (self.sharp(at.y + at.h) - y).max(least),
        }
    }

    fn layer(&self, context: &CanvasRenderingContext2d, marks: &[Mark]) {
        if marks.is_empty() {
            return;
        }
        self.bars(context, marks);
        let mut known = None;
        for mark in marks {
            match mark {
                Mark::Fill(at, ink) => {
                    if known != Some(*ink) {
                        context.set_fill_style_str(self.palette.ink(*ink));
                        known = Some(*ink);
                    }
                    let at = self.snapped(at);
                    context.fill_rect(at.x, at.y, at.w, at.h);
                }
                Mark::Bar(..) | Mark::Area(..) | Mark::Cell(..) | Mark::Words { .. } => {}
                Mark::Line {
                    points,
                    ink,
                    width,
                    dashed,
                } => self.line(context, points, *ink, *width, *dashed),
                Mark::Head(tip, height, ink) => {
                    context.set_fill_style_str(self.palette.ink(*ink));
                    known = None;
                    context.begin_path();
                    let half = height.abs() * 0.55;
                    context.move_to(tip.0, tip.1);
                    context.line_to(tip.0 - half, tip.1 - height);
                    context.line_to(tip.0 + half, tip.1 - height);
                    context.fill();
                }
                Mark::Diamond(middle, size) => {
                    self.diamond(context, *middle, *size);
                    known = None;
                }
                Mark::Frame(at, ink) => {
                    context.set_stroke_style_str(self.palette.ink(*ink));
                    context.set_line_width(2.0);
                    let at = self.snapped(at);
                    context.stroke_rect(at.x, at.y, at.w, at.h);
                }
                Mark::Glyph(middle, glyph) => self.glyph(context, *middle, *glyph),
            }
        }
        self.cells(context, marks);
        self.words(context, marks);
    }

    fn bars(&self, context: &CanvasRenderingContext2d, marks: &[Mark]) {
        for family in BARS {
            let mine = marks.iter().filter_map(|mark| match mark {
                Mark::Bar(at, its) if *its == family => Some(at),
                _ => None,
            });
            let mut any = false;
            context.begin_path();
            for at in mine.clone() {
                let at = self.snapped(at);
                context.rect(at.x, at.y, at.w, at.h);
                any = true;
            }
            for mark in marks {
                if let Mark::Area(corners, its) = mark
                    && *its == family
                {
                    // Areas of one family do not touch: they go on from each other in other layers.
                    for (place, (x, y)) in corners.iter().enumerate() {
                        if place == 0 {
                            context.move_to(*x, *y);
                        } else {
                            context.line_to(*x, *y);
                        }
                    }
                    any = true;
                }
            }
            if !any {
                continue;
            }
            context.set_fill_style_str(self.palette.tint(family));
            context.fill();
            let place = TEXTURED.iter().position(|other| *other == family);
            if let Some(tile) = place.and_then(|place| self.tiles[place].as_ref()) {
                // Tiles are made of pixels of the screen; the path keeps its coordinates.
                let _ = context.reset_transform();
                context.set_fill_style_canvas_pattern(tile);
                context.fill();
                self.page(context);
            }
            self.edges(context, mine, family);
        }
    }

    fn edges<'a>(
        &self,
        context: &CanvasRenderingContext2d,
        bars: impl Iterator<Item = &'a Rect>,
        family: Family,
    ) {
        let hue = self.palette.ink(Ink::Hue(family));
        context.set_stroke_style_str(hue);
        context.set_fill_style_str(hue);
        context.set_line_width(1.5);
        context.begin_path();
        for at in bars {
            let at = self.snapped(at);
            if at.w >= EDGED_PX {
                context.rect(at.x + 0.75, at.y + 0.75, at.w - 1.5, at.h - 1.5);
            } else {
                context.fill_rect(at.x, at.y, at.w, 1.5);
                context.fill_rect(at.x, at.y + at.h - 1.5, at.w, 1.5);
            }
        }
        context.stroke();
    }

    fn cells(&self, context: &CanvasRenderingContext2d, marks: &[Mark]) {
        let mut any = false;
        context.begin_path();
        for mark in marks {
            if let Mark::Cell(at) = mark {
                let at = self.snapped(at);
                any = true;
                if at.w > 8.0 {
                    // Radii are numbers: this cannot fail.
                    let _ = context.round_rect_with_f64(at.x + 0.5, at.y + 0.5, at.w - 1.0, at.h - 1.0, 2.5);
                } else {
                    context.rect(at.x, at.y, at.w, at.h);
                }
            }
        }
        if any {
            context.set_fill_style_str(self.palette.ink(Ink::Run));
            context.fill();
            context.set_stroke_style_str(self.palette.ink(Ink::Hue(Family::Run)));
            context.set_line_width(1.0);
            context.stroke();
        }
    }

    fn line(
        &self,
        context: &CanvasRenderingContext2d,
        points: &[(f64, f64)],
        ink: Ink,
        width: f64,
        dashed: bool,
    ) {
        context.set_stroke_style_str(self.palette.ink(ink));
        context.set_line_width(width);
        if dashed {
            dash(context, 2.0);
        }
        context.begin_path();
        // A hairline in the middle of a pixel is sharp.
        let half = if whole(width * self.density).is_multiple_of(2) {
            0.0
        } else {
            0.5 / self.density
        };
        for (place, (x, y)) in points.iter().enumerate() {
            let (x, y) = (self.sharp(x - half) + half, self.sharp(y - half) + half);
            if place == 0 {
                context.move_to(x, y);
            } else {
                context.line_to(x, y);
            }
        }
        context.stroke();
        if dashed {
            dash(context, 0.0);
        }
    }

    fn diamond(&self, context: &CanvasRenderingContext2d, (x, y): (f64, f64), size: f64) {
        context.begin_path();
        context.move_to(x, y - size);
        context.line_to(x + size, y);
        context.line_to(x, y + size);
        context.line_to(x - size, y);
        context.close_path();
        context.set_fill_style_str(self.palette.ink(Ink::Panel));
        context.fill();
        context.set_stroke_style_str(self.palette.ink(Ink::Hue(Family::Run)));
        context.set_line_width(1.8);
        context.stroke();
    }

    fn glyph(&self, context: &CanvasRenderingContext2d, (x, y): (f64, f64), glyph: Glyph) {
        let (family, width) = match glyph {
            Glyph::Done => (Family::Done, 2.0),
            Glyph::Cancelled => (Family::Cancel, 1.7),
            Glyph::Failed => (Family::Fail, 2.0),
        };
        context.set_stroke_style_str(self.palette.ink(Ink::Hue(family)));
        context.set_line_width(width);
        context.begin_path();
        match glyph {
            Glyph::Done => {
                context.move_to(x - 4.0, y + 0.5);
                context.line_to(x - 1.4, y + 3.0);
                context.line_to(x + 4.0, y - 3.0);
            }
            Glyph::Cancelled => {
                // A circle with a sensible radius.
                let _ = context.arc(x, y, 4.6, 0.0, std::f64::consts::TAU);
                context.move_to(x - 3.1, y + 3.1);
                context.line_to(x + 3.1, y - 3.1);
            }
            Glyph::Failed => {
                context.move_to(x - 3.5, y - 3.5);
                context.line_to(x + 3.5, y + 3.5);
                context.move_to(x + 3.5, y - 3.5);
                context.line_to(x - 3.5, y + 3.5);
            }
        }
        context.stroke();
    }

    fn words(&self, context: &CanvasRenderingContext2d, marks: &[Mark]) {
        for mark in marks {
            let Mark::Words {
                x,
                y,
                words,
                ink,
                style,
            } = mark
            else {
                continue;
            };
            let mut left = *x;
            match style {
                Style::Plate => {
                    let at = plate(*x, *y, words);
                    context.set_fill_style_str(self.palette.ink(Ink::Panel));
                    context.fill_rect(at.x, at.y, at.w, at.h);
                }
                Style::Strong => context.set_font(&format!("700 12px {}", self.palette.face)),
                Style::Plain | Style::Centred => {}
            }
            if matches!(style, Style::Centred | Style::Strong)
                && let Ok(measured) = context.measure_text(words)
            {
                left -= measured.width() / 2.0;
            }
            context.set_fill_style_str(self.palette.ink(*ink));
            // Text of any kind can be drawn.
            let _ = context.fill_text(words, left, *y);
            if *style == Style::Strong {
                context.set_font(&format!("500 12px {}", self.palette.face));
            }
        }
    }
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

fn dash(context: &CanvasRenderingContext2d, length: f64) {
    let gaps = js_sys::Array::new();
    if length > 0.0 {
        gaps.push(&JsValue::from_f64(length));
    }
    // Lengths are numbers.
    let _ = context.set_line_dash(&gaps);
}

/// The texture of a family: dots, diagonals, a grid, the other diagonals.
fn tile(palette: &Palette, family: Family, density: f64) -> Option<CanvasPattern> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    let side = match family {
        Family::Clock => 6.0,
        Family::Outside => 7.0,
        _ => 8.0,
    };
    let pixels = whole(side * density).max(1);
    canvas.set_width(pixels);
    canvas.set_height(pixels);
    let context = context(&canvas)?;
    let scale = f64::from(pixels) / side;
    context.scale(scale, scale).ok()?;
    let hue = palette.ink(Ink::Hue(family));
    context.set_fill_style_str(hue);
    context.set_stroke_style_str(hue);
    match family {
        Family::Clock => {
            context.set_global_alpha(0.7);
            for (x, y) in [(1.5, 1.5), (4.5, 4.5)] {
                context.begin_path();
                context.arc(x, y, 1.0, 0.0, std::f64::consts::TAU).ok()?;
                context.fill();
            }
        }
        Family::Outside => {
            context.set_line_width(1.6);
            context.begin_path();
            context.move_to(0.0, 0.0);
            context.line_to(side, 0.0);
            context.move_to(0.0, 0.0);
            context.line_to(0.0, side);
            context.stroke();
        }
        _ => {
            context.set_global_alpha(if family == Family::Cancel { 0.5 } else { 0.55 });
            context.set_line_width(1.7);
            context.begin_path();
            // Once and at both corners, so that the tiles join.
            for shift in [-side, 0.0, side] {
                let (up, down) = (shift + side + 1.0, shift - 1.0);
                if family == Family::Cancel {
                    context.move_to(down, -1.0);
                    context.line_to(up, side + 1.0);
                } else {
                    context.move_to(down, side + 1.0);
                    context.line_to(up, -1.0);
                }
            }
            context.stroke();
        }
    }
    context
        .create_pattern_with_html_canvas_element(&canvas, "repeat")
        .ok()
        .flatten()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates"
)]
fn whole(value: f64) -> u32 {
    value.round() as u32
}
