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

    /// Takes in what shall be shown; whether the rest of it is to come with the next frame.
    fn wants(&self, frame: Option<&Rc<Frame>>) -> bool {
        let mut parts = self.0.borrow_mut();
        if parts.wanted.as_ref() == frame {
            return false;
        }
        let heavy = |frame: &&Rc<Frame>| frame.recording.lanes().lanes().len() >= MANY;
        let before = parts.wanted.as_ref().map(|before| &before.recording);
        parts.behind = frame
            .filter(heavy)
            .is_some_and(|frame| before == Some(&frame.recording));
        parts.wanted = frame.cloned();
        if !parts.behind {
            parts.shown = frame.cloned();
        }
        parts.behind
    }

    fn catches_up(&self) {
        let parts = &mut *self.0.borrow_mut();
        parts.shown.clone_from(&parts.wanted);
    }

    fn releases(&self) -> Vec<Action> {
        let mut parts = self.0.borrow_mut();
        parts.behind = false;
        std::mem::take(&mut parts.held)
    }
}

/// What everything but the timeline shows.
#[hook]
pub(super) fn use_calm(calm: &Calm, frame: Option<&Rc<Frame>>, emit: &Callback<Action>) -> Option<Rc<Frame>> {
    let again = use_force_update();
    let behind = calm.wants(frame);
    let (parts, emit) = (calm.clone(), emit.clone());
    use_effect_with(frame.cloned(), move |_| {
        if behind {
            spawn_local(async move {
                next_frame().await;
                parts.catches_up();
                again.force_update();
                next_frame().await;
                parts.releases().into_iter().for_each(|action| emit.emit(action));
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
