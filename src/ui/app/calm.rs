//! A step among very many tasks takes longer to draw than a frame of the screen lasts, so it is drawn in two: the
//! timeline at once, everything else in the next frame. A step that is asked for meanwhile waits until both are
//! there. Where there are few tasks, all is drawn at once.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use crate::trace::MANY;
use crate::ui::frame::Frame;
use crate::ui::state::Action;

/// What is drawn when.
#[derive(Clone, Debug, Default)]
pub(super) struct Calm(Rc<RefCell<Parts>>);

#[derive(Debug, Default)]
struct Parts {
    /// What the timeline shows.
    wanted: Option<Rc<Frame>>,
    /// What everything else shows.
    shown: Option<Rc<Frame>>,
    /// Whether these differ for the moment.
    behind: bool,
    /// Steps that were asked for meanwhile.
    held: Vec<Action>,
    /// Whether somebody waits for the next frame.
    awaited: bool,
}

impl Calm {
    /// Whether an action has to wait; it is then taken later.
    pub(super) fn holds(&self, action: &Action) -> bool {
        let mut parts = self.0.borrow_mut();
        let waits = parts.behind && matches!(action, Action::Go(_) | Action::Tick);
        if waits {
            parts.held.push(action.clone());
        }
        waits
    }

    /// Takes in what shall be shown, and whether the rest of it is to come with the next frame.
    fn wants(&self, frame: Option<&Rc<Frame>>) {
        let mut parts = self.0.borrow_mut();
        if parts.wanted.as_ref() == frame {
            return;
        }
        let heavy = |frame: &&Rc<Frame>| frame.recording.lanes().lanes().len() >= MANY;
        let before = parts.wanted.as_ref().map(|before| &before.recording);
        parts.behind = parts.shown.as_ref() != frame
            && frame
                .filter(heavy)
                .is_some_and(|frame| before == Some(&frame.recording));
        parts.wanted = frame.cloned();
        if !parts.behind {
            parts.shown = frame.cloned();
        }
    }

    /// Whether somebody has to wait for the next frame who does not yet.
    fn is_due(&self) -> bool {
        let mut parts = self.0.borrow_mut();
        let due = (parts.behind || !parts.held.is_empty()) && !parts.awaited;
        parts.awaited |= due;
        due
    }

    fn catches_up(&self) {
        let parts = &mut *self.0.borrow_mut();
        parts.shown.clone_from(&parts.wanted);
    }

    /// What was asked for meanwhile, unless the timeline shows yet another frame by now.
    fn releases(&self) -> Option<Vec<Action>> {
        let parts = &mut *self.0.borrow_mut();
        if parts.shown != parts.wanted {
            return None;
        }
        (parts.behind, parts.awaited) = (false, false);
        Some(std::mem::take(&mut parts.held))
    }
}

/// What everything but the timeline shows.
#[hook]
pub(super) fn use_calm(calm: &Calm, frame: Option<&Rc<Frame>>, emit: &Callback<Action>) -> Option<Rc<Frame>> {
    let again = use_force_update();
    calm.wants(frame);
    let (parts, emit) = (calm.clone(), emit.clone());
    // Whatever has changed: there may be more than one look at the page before this is asked.
    use_effect(move || {
        if parts.is_due() {
            spawn_local(async move {
                let held = loop {
                    next_frame().await;
                    parts.catches_up();
                    again.force_update();
                    next_frame().await;
                    if let Some(held) = parts.releases() {
                        break held;
                    }
                };
                for action in held {
                    emit.emit(action);
                }
            });
        }
    });
    calm.0.borrow().shown.clone()
}

/// Waits until the browser is about to draw; in a page that nobody sees, for a moment.
pub(super) async fn next_frame() {
    let Some(window) = web_sys::window() else { return };
    if window.document().is_some_and(|document| document.hidden()) {
        return TimeoutFuture::new(0).await;
    }
    let frame = js_sys::Promise::new(&mut |done, _| {
        // A window that is going away draws no more, and needs nothing drawn.
        let _ = window.request_animation_frame(&done);
    });
    // The promise is only ever kept.
    let _ = JsFuture::from(frame).await;
}
