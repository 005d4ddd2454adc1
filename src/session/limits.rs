//! How much a run may use up, when nobody says otherwise.

use crate::python::context::Budgets;

/// The budgets of a run whose program may make `steps` steps, and execute `lines_in_step` lines in
/// one of them.
pub const fn budgets(steps: u32, lines_in_step: u64) -> Budgets {
    Budgets {
        steps,
        lines_in_step,
        lines: lines_in_step.saturating_mul(STEPS_OF_FULL_LENGTH),
        output: 4 << 20,
        events: 10_000_000,
    }
}

/// Steps of a run that sets no limit of its own.
pub const STEPS: u32 = 100_000;

/// Lines, and jumps between them, that one step may take: more than any sensible step does, and
/// few enough that an endless loop is told from a long one within seconds.
pub const LINES: u64 = 4_000_000;

/// How many steps may use up all their lines before the run as a whole has.
const STEPS_OF_FULL_LENGTH: u64 = 10;

/// Bytes of memory of the whole process: in the page what is left of the worker's own limit when
/// a large object must be copied once.
pub const MEMORY: usize = if cfg!(target_pointer_width = "32") {
    320 << 20
} else {
    1 << 30
};
