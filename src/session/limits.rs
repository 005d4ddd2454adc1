//! How much a run may use up, when nobody says otherwise.

use crate::python::context::Budgets;

/// The budgets of a run whose program may make `steps` steps.
pub const fn budgets(steps: u32) -> Budgets {
    Budgets {
        steps,
        lines_in_step: 4_000_000,
        lines: 40_000_000,
        output: 4 << 20,
        events: 20_000_000,
        memory: 400 << 20,
    }
}

/// Steps of a run that sets no limit of its own.
pub const STEPS: u32 = 100_000;
