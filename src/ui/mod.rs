//! The page: it draws nothing but traces.
//!
//! `State` holds `{recording, cursor, viewport, selection}` and what the editor
//! holds; everything else on screen is derived. A move is an `Action`, applied
//! by the pure `State::apply`. Components only draw and emit actions; `scale`
//! owns all arithmetic between pixels and time, `look` all colours and labels,
//! `i18n` all words. The interpreter lives behind `engine`, in a worker.
#![allow(
    clippy::similar_names,
    reason = "names of HTML elements inside `html!` count as bindings"
)]

pub mod action;
pub mod app;
mod budget;
pub mod compare;
pub mod components;
pub mod download;
pub mod engine;
pub mod frame;
pub mod i18n;
pub mod icons;
pub mod inspect;
pub mod kept;
pub mod keys;
pub mod link;
pub mod look;
pub mod motion;
pub mod moves;
pub mod notes;
pub mod notice;
pub mod order;
pub mod packed;
pub mod panels;
pub mod python_text;
pub mod recording;
pub mod scale;
pub mod scenarios;
pub mod search;
pub mod state;
pub mod story;
pub mod tags;
pub mod timeline;
pub mod tour;
pub mod views;
pub mod world;

/// Puts the page in place of what the document says while it loads.
#[cfg(target_arch = "wasm32")]
pub fn mount() {
    wasm_bindgen_futures::spawn_local(async {
        app::learn(app::opening_language()).await;
        let place = web_sys::window().and_then(|window| window.document()?.get_element_by_id("page"));
        if let Some(place) = place {
            yew::Renderer::<app::App>::with_root(place).render();
        }
    });
}
