//! Small sequential names for the things a trace talks about.
//!
//! Every id counts from 1 in the order of creation, so the same program gives
//! the same ids, and `Display` is short enough for goldens (`t3`, `h12`).

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u32);

        impl $name {
            /// Position in a list of all things of this kind, in creation order.
            pub const fn index(self) -> usize {
                (self.0 as usize).saturating_sub(1)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }
    };
}

id!(
    /// A task, by order of creation over the whole run (all loops together).
    TaskId, "t"
);
id!(
    /// An entry of the ready queue or the timer heap.
    HandleId, "h"
);
id!(
    /// A future that is not a task.
    FutureId, "f"
);
id!(
    /// A lock, queue, gather or anything else with waiters and a state worth drawing.
    ResourceId, "r"
);

id!(
    /// A thread, by order of start; the main thread is number 1.
    ThreadId, "thread"
);
id!(
    /// A job that was given to a pool of workers.
    JobId, "j"
);

impl ThreadId {
    /// The thread that runs the program.
    pub const MAIN: Self = Self(1);
}

/// A text of the trace, stored once; [`super::Trace::text`] reads it back.
/// Number 0 is the empty text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TextId(pub u32);

impl TextId {
    /// The empty text, which every trace knows.
    pub const EMPTY: Self = Self(0);
}

/// A line of the program, counted from 1; 0 means "no line of the program".
pub type Line = u32;
