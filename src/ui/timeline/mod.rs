//! The timeline: one lane a task, one column a step, exactly one run cell in every column.
//!
//! Lanes and columns come from [`crate::trace::Lanes`], pixels from
//! [`crate::ui::scale`]. Only rows and columns in view are computed; where a
//! column is narrower than a few pixels, bars are merged, never sampled.

mod arrows;
pub mod bars;
pub mod geometry;
pub mod head;
pub mod labels;
mod merged;
pub mod minimap;
mod pane;
pub mod text_width;
mod tools;

pub use pane::{Props, Timeline};

/// Columns at least this wide show single cells with gaps and labels.
pub const CELL_PX: f64 = 4.0;

/// A coordinate in an SVG attribute, to a tenth of a pixel.
pub fn px(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    // No negative zero in attributes.
    format!("{}", tenths + 0.0)
}
