//! A loop from its start to its stop, in one go or turn by turn, and what it waits for between turns.

use std::rc::Rc;

use super::{EventLoop, POLLING_TURNS, Stop};
use crate::sched::future::{DoneCallback, FutureState, Holds, NativeCallback};
use crate::sched::host::{Host, Misuse};
use crate::sched::threads::Woken;
use crate::trace::{ThreadId, Time};

impl<H: Host> EventLoop<H> {
    /// `run_forever`: turns until `stop()`.
    ///
    /// # Errors
    /// When an exception leaves the loop, nothing can happen any more, or the budget is used up.
    pub fn run_forever(self: &Rc<Self>) -> Result<(), Stop<H::Error>> {
        self.begin()?;
        let ended = loop {
            if let Err(stop) = self.turn() {
                break Err(stop);
            }
            if self.stopping.get() {
                break Ok(());
            }
        };
        self.end();
        ended
    }

    /// The first part of `run_forever`, for whoever takes the turns one by one.
    ///
    /// # Errors
    /// `RuntimeError` when the loop is closed or runs already.
    pub fn begin(&self) -> Result<(), H::Error> {
        self.check_open()?;
        if self.running.replace(true) {
            return Err(H::misuse(Misuse::LoopRunning));
        }
        Ok(())
    }

    /// A turn of a loop that was begun, after a rest of the thread if it needed one. `false` when
    /// it was the last.
    ///
    /// # Errors
    /// As [`Self::run_forever`].
    pub fn rested_turn(self: &Rc<Self>) -> Result<bool, Stop<H::Error>> {
        self.rested.set(true);
        self.turn()?;
        Ok(!self.stopping.get())
    }

    /// The last part of `run_forever`.
    pub fn end(&self) {
        self.debug.rest();
        self.stopping.set(false);
        self.running.set(false);
    }

    /// `run_until_complete`.
    ///
    /// # Errors
    /// As [`Self::run_forever`], and whatever the future ends with.
    pub fn run_until_complete(self: &Rc<Self>, future: &H::Future) -> Result<H::Value, Stop<H::Error>> {
        self.check_open()?;
        if self.is_running() {
            return Err(Stop::Raised(H::misuse(Misuse::LoopRunning)));
        }
        let stop = self.stop_when_done(future);
        let ended = self.run_forever();
        self.result_of(future, &stop, ended)
    }

    /// The first part of `run_until_complete`: the end of `future` stops the loop.
    pub fn stop_when_done(self: &Rc<Self>, future: &H::Future) -> H::Callback {
        let (event_loop, cell) = (Rc::downgrade(self), H::cell(future));
        let stop = H::share(NativeCallback {
            name: "run_until_complete",
            function: "_run_until_complete_cb",
            run: Box::new(move |_, done: &H::Future| {
                let cell = H::cell(done);
                // It looks at the exception, whatever it is.
                cell.mark_retrieved();
                let left_already = cell.with_state(|state| match state {
                    FutureState::Exception(error, _) => H::is_exit(error),
                    _ => false,
                });
                if let Some(event_loop) = event_loop.upgrade().filter(|_| !left_already) {
                    event_loop.stop();
                }
            }),
            holds: Holds::nothing(),
        });
        cell.add_done_callback(future, DoneCallback::Native(stop.clone()));
        stop
    }

    /// The last part of `run_until_complete`.
    ///
    /// # Errors
    /// As [`Self::run_until_complete`].
    pub fn result_of(
        &self,
        future: &H::Future,
        stop: &H::Callback,
        ended: Result<(), Stop<H::Error>>,
    ) -> Result<H::Value, Stop<H::Error>> {
        let cell = H::cell(future);
        cell.remove_native_callback(stop);
        ended?;
        if !cell.is_done() {
            return Err(Stop::Raised(H::misuse(Misuse::StoppedEarly)));
        }
        Ok(cell.result()?)
    }

    /// Counts a turn of a loop that has something to do. When there were too many at this instant,
    /// tells the moment to which the clock moves: the next deadline, `others` being that of threads.
    pub fn polled_too_long(&self, others: Option<Time>) -> Option<Time> {
        let now = self.world.now();
        let (instant, turns) = self.polled.get();
        let turns = if instant == now { turns + 1 } else { 1 };
        self.polled.set((now, turns));
        if turns <= POLLING_TURNS {
            return None;
        }
        let deadline = self.timers.borrow_mut().next_deadline();
        let known = deadline
            .into_iter()
            .chain(others)
            .chain(self.world.next_interrupt());
        let due = known.min()?;
        self.polled.set((now, 0));
        Some(due)
    }

    /// Whether the loop has no reason to wait before its next turn.
    pub fn is_busy(&self) -> bool {
        self.stopping.get() || !self.is_idle()
    }

    /// A socket that the loop watches may have become ready: the next turn begins at once, and asks.
    pub fn look_at_sockets(&self) {
        self.sockets_changed.set(true);
        self.wake_up();
    }

    /// When the first timer is due.
    pub fn next_deadline(&self) -> Option<Time> {
        self.timers.borrow_mut().next_deadline()
    }

    /// The current thread begins or ends to wait in this loop.
    pub fn set_sleeper(&self, sleeper: Option<ThreadId>) {
        self.sleeper.set(sleeper);
    }

    /// `_write_to_self`: wakes the thread that waits in this loop.
    pub fn wake_up(&self) {
        if let Some(sleeper) = self.sleeper.get() {
            self.world.threads().wake(sleeper, Woken::Called);
        }
    }
}
