//! Primitives written as Rust `async fn`s, and how they suspend.
//!
//! Every primitive of the library waits through one leaf, [`wait`]: it leaves
//! the future it waits for in the host's [`Mailbox`] and rests; whoever polls
//! the coroutine takes it from there. An exception that shall be thrown into
//! the coroutine travels the other way and comes out of the leaf, like
//! `coro.throw` in Python. Wakers play no part.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::host::{Host, Misuse};
use super::kept::{Kept, See};

type BoxFuture<H> = Pin<Box<dyn Future<Output = Result<<H as Host>::Value, <H as Host>::Error>>>>;

/// Between a suspended leaf and whoever polls its coroutine.
pub struct Mailbox<H: Host> {
    parked: RefCell<Option<Polled<H>>>,
    /// What the leaf waited for, on its way back: while it rests, only its coroutine keeps it.
    returned: RefCell<Option<H::Future>>,
    thrown: RefCell<Option<H::Error>>,
    /// What a body that is about to rest shows.
    shown: RefCell<Option<Rc<Shown<H>>>>,
}

/// What a body keeps while it rests, beside what it waits for: it shares this with its coroutine, because
/// nobody who looks for cycles can see into a body.
#[derive(Debug)]
pub struct Shown<H: Host> {
    /// Futures.
    pub futures: Vec<H::Future>,
    /// The callback that they have.
    pub callback: H::Callback,
}

/// Shows what the running body keeps while it rests the next time.
pub(super) fn show<H: Host>(shown: Shown<H>) -> Rc<Shown<H>> {
    let shown = Rc::new(shown);
    H::with_mailbox(|mailbox| *mailbox.shown.borrow_mut() = Some(Rc::clone(&shown)));
    shown
}

impl<H: Host> Default for Mailbox<H> {
    fn default() -> Self {
        Self {
            parked: RefCell::new(None),
            returned: RefCell::new(None),
            thrown: RefCell::new(None),
            shown: RefCell::new(None),
        }
    }
}

impl<H: Host> std::fmt::Debug for Mailbox<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailbox").finish_non_exhaustive()
    }
}

impl<H: Host> Mailbox<H> {
    /// The exception to raise at the leaf, if one was thrown.
    pub fn take_thrown(&self) -> Option<H::Error> {
        self.thrown.borrow_mut().take()
    }

    /// Leaves what the leaf waits for.
    pub fn park(&self, on: Polled<H>) {
        *self.parked.borrow_mut() = Some(on);
    }
}

/// How a polled coroutine came to rest.
#[derive(Debug)]
pub enum Polled<H: Host> {
    /// It gave way.
    Bare,
    /// It waits for a future.
    On(H::Future),
    /// It ended.
    Done(Result<H::Value, H::Error>),
}

/// A coroutine of the library.
pub struct Coroutine<H: Host> {
    future: BoxFuture<H>,
    begun: bool,
    /// What it waits for, if it waits for anything.
    waits_for: Option<H::Future>,
    shown: Option<Rc<Shown<H>>>,
}

impl<H: Host> std::fmt::Debug for Coroutine<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Coroutine")
            .field("begun", &self.begun)
            .finish_non_exhaustive()
    }
}

impl<H: Host> Coroutine<H> {
    /// A coroutine that has not begun.
    pub fn new(body: impl Future<Output = Result<H::Value, H::Error>> + 'static) -> Self {
        Self {
            future: Box::pin(body),
            begun: false,
            waits_for: None,
            shown: None,
        }
    }

    /// What it waits for.
    pub const fn waits_for(&self) -> Option<&H::Future> {
        self.waits_for.as_ref()
    }

    /// Tells what it keeps alive.
    pub fn each_kept(&self, see: &mut See<'_, H>) {
        if let Some(future) = &self.waits_for {
            see(Kept::Future(future));
        }
        if let Some(shown) = &self.shown {
            shown.futures.iter().for_each(|future| see(Kept::Future(future)));
            see(Kept::Callback(&shown.callback));
        }
    }

    /// Whether any of it has run.
    pub const fn has_begun(&self) -> bool {
        self.begun
    }

    /// Runs until it rests, throwing `error` into it if there is one. It must not be resumed
    /// after it is done.
    pub fn resume(&mut self, error: Option<H::Error>) -> Polled<H> {
        if let Some(error) = error {
            if !self.begun {
                // Nothing of the body runs, as when CPython throws into a fresh coroutine.
                return Polled::Done(Err(error));
            }
            H::with_mailbox(|mailbox| *mailbox.thrown.borrow_mut() = Some(error));
        }
        self.begun = true;
        self.shown = None;
        let returned = self.waits_for.take();
        H::with_mailbox(|mailbox| *mailbox.returned.borrow_mut() = returned);
        match self.future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => Polled::Done(result),
            Poll::Pending => {
                let parked = H::with_mailbox(|mailbox| mailbox.parked.borrow_mut().take());
                if let Some(Polled::On(future)) = &parked {
                    self.waits_for = Some(future.clone());
                }
                self.shown = H::with_mailbox(|mailbox| mailbox.shown.borrow_mut().take());
                parked.unwrap_or(Polled::Bare)
            }
        }
    }
}

/// `await future`. Follows `futures.py: Future.__await__`.
///
/// # Errors
/// What the future ends with, or what is thrown meanwhile.
pub async fn wait<H: Host>(future: H::Future) -> Result<H::Value, H::Error> {
    wait_and_keep::<H>(future).await.1
}

/// [`wait`] that hands the future back: whoever rests in it keeps no second reference, which nobody
/// who looks for cycles could see.
pub const fn wait_and_keep<H: Host>(future: H::Future) -> Wait<H> {
    Wait { future: Some(future) }
}

/// The one leaf through which everything waits; see [`wait`].
#[must_use = "nothing waits until it is awaited"]
pub struct Wait<H: Host> {
    /// `None` while it rests.
    future: Option<H::Future>,
}

impl<H: Host> std::fmt::Debug for Wait<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wait")
            .field("parked", &self.future.is_none())
            .finish_non_exhaustive()
    }
}

// The future inside is a plain reference; nothing points into this value.
impl<H: Host> Unpin for Wait<H> {}

impl<H: Host> Future for Wait<H> {
    type Output = (H::Future, Result<H::Value, H::Error>);

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let (future, parked) = match self.future.take() {
            Some(future) => (future, false),
            None => match H::with_mailbox(|mailbox| mailbox.returned.borrow_mut().take()) {
                Some(future) => (future, true),
                None => unreachable!("whoever resumes a coroutine gives back what it waited for"),
            },
        };
        let cell = H::cell(&future);
        if !parked && !cell.is_done() {
            cell.set_blocking(true);
            H::with_mailbox(|mailbox| mailbox.park(Polled::On(future)));
            return Poll::Pending;
        }
        let ended = match H::with_mailbox(Mailbox::take_thrown) {
            Some(error) => Err(error),
            None if cell.is_done() => cell.result(),
            None => Err(H::misuse(Misuse::AwaitWasNotUsed)),
        };
        Poll::Ready((future, ended))
    }
}

/// A bare `yield`: follows `tasks.py: __sleep0`.
pub fn give_way<H: Host>() -> GiveWay<H> {
    GiveWay {
        parked: false,
        host: std::marker::PhantomData,
    }
}

/// The leaf of [`give_way`].
#[must_use = "nothing happens until it is awaited"]
#[derive(Debug)]
pub struct GiveWay<H: Host> {
    parked: bool,
    host: std::marker::PhantomData<fn() -> H>,
}

impl<H: Host> Future for GiveWay<H> {
    type Output = Result<(), H::Error>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        if self.parked {
            return Poll::Ready(H::with_mailbox(Mailbox::take_thrown).map_or(Ok(()), Err));
        }
        H::with_mailbox(|mailbox| mailbox.park(Polled::Bare));
        self.parked = true;
        Poll::Pending
    }
}
