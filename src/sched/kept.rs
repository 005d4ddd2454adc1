//! What the scheduler keeps alive, told to an embedder that looks for cycles.
//!
//! Every reference is told once, by the one cell that owns it. What several own
//! together is told by the one that all the others keep alive: what is in a queue
//! by the queue, handles by their loop, the children of a gather by its future.
//! A reference that is not told only makes something live longer than it had to.

use super::host::Host;

/// A reference to an object of the embedder.
#[derive(Debug)]
pub enum Kept<'a, H: Host> {
    /// A result, a message, an item.
    Value(&'a H::Value),
    /// An exception.
    Error(&'a H::Error),
    /// Where an exception came from.
    Traceback(&'a H::Traceback),
    /// A future.
    Future(&'a H::Future),
    /// A task.
    Task(&'a H::Task),
    /// A function of the program.
    Function(&'a H::Function),
    /// A callback of the library.
    Callback(&'a H::Callback),
}

/// Takes the references, one by one.
pub type See<'a, H> = dyn FnMut(Kept<'_, H>) + 'a;
