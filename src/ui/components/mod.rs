//! The parts of the page, one a file. They draw what they are given and emit actions.

pub mod board;
pub mod card;
pub mod chip;
pub mod chooser;
pub mod dialog;
pub mod editor;
pub mod find;
pub mod flights;
pub mod gallery;
pub mod help;
pub mod icon;
pub mod inspect;
pub mod lesson;
pub mod output;
pub mod parameters;
pub mod pool;
pub mod readout;
pub mod ready;
pub mod say;
pub mod seat;
pub mod steps;
pub mod timers;
pub mod topbar;
pub mod transport;
pub mod waiting;
pub mod world;
