//! The timeline: one lane a task, one column a step, exactly one run cell in every column.
//!
//! Lanes and columns come from [`crate::trace::Lanes`], pixels from
//! [`crate::ui::scale`]. What is to be seen is computed as values, [`marks`],
//! for the rows and columns in view only; where a column is narrower than a few
//! pixels, what shares a pixel is summed up, never sampled. A canvas paints the
//! marks; names, cards and the table for those who do not see them are HTML.

pub mod arrows;
mod aside;
pub mod bars;
pub mod canvas;
pub mod chain;
pub mod clock_axis;
pub mod companion;
pub mod drawing;
pub mod geometry;
mod group;
pub mod head;
pub mod hover;
pub mod labels;
pub mod marks;
pub mod measure;
pub mod merged;
pub mod minimap;
pub mod palette;
pub mod pane;
pub mod pointer;
pub mod scene;
pub mod spent;
pub mod text_width;
mod tools;
pub mod why;
mod workers;

use crate::trace::decimal;
pub use drawing::Drawing;
pub use hover::{Told, told};
pub use pane::{Beside, Props, Timeline, density};

/// Columns at least this wide show single cells with gaps and labels.
pub const CELL_PX: f64 = 4.0;

/// A coordinate in a style, to a tenth of a pixel.
pub fn px(value: f64) -> String {
    decimal::write(value, 1)
}

/// The style of what stands at a height and is so tall.
fn placed(top: f64, height: f64) -> String {
    format!("top:{}px;height:{}px", px(top), px(height))
}
