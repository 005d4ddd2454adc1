//! The search: a field, and what it finds.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::icon::icon;
use crate::ui::i18n::{Key, count, text};
use crate::ui::look::Icon;
use crate::ui::recording::Recording;
use crate::ui::search::search;
use crate::ui::state::Action;
use crate::ui::tags::{press, words};

/// Properties of [`Find`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// What is searched.
    pub recording: Recording,
    /// What for.
    pub query: std::rc::Rc<str>,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// A field and its hits: arrows choose one, Enter goes there and stays open for the next.
#[component]
pub fn Find(props: &Props) -> Html {
    let found = use_memo(
        (props.recording.clone(), props.query.clone()),
        |(recording, query)| search(recording, query),
    );
    let chosen = use_state_eq(|| 0_usize);
    let field = use_node_ref();
    use_effect_with(field.clone(), |field| {
        if let Some(field) = field.cast::<HtmlInputElement>() {
            // Focus is a convenience here.
            let _ = field.focus();
        }
    });
    let reset = chosen.setter();
    let oninput = props.emit.reform(move |event: InputEvent| {
        reset.set(0);
        let query = event
            .target_dyn_into::<HtmlInputElement>()
            .map(|field| field.value());
        Action::Search(Some(query.unwrap_or_default().into()))
    });
    let at = (*chosen).min(found.hits.len().saturating_sub(1));
    let onkeydown = {
        let (emit, found, chosen) = (props.emit.clone(), found.clone(), chosen.clone());
        let (recording, query) = (props.recording.clone(), props.query.clone());
        Callback::from(move |event: KeyboardEvent| {
            // The field keeps its keys; only Esc and what walks the list do something else.
            event.stop_propagation();
            match event.key().as_str() {
                "Escape" => {
                    emit.emit(Action::Search(None));
                    focus_page();
                }
                "Enter" => {
                    // Whoever types fast means what stands in the field, not what was found last.
                    let field = event.target_dyn_into::<HtmlInputElement>();
                    let typed = field.map_or_else(|| query.to_string(), |field| field.value());
                    let hit = if *typed == *query {
                        found.hits.get(at).cloned()
                    } else {
                        search(&recording, &typed).hits.into_iter().next()
                    };
                    if let Some(hit) = hit {
                        emit.emit(hit.action);
                    }
                }
                "ArrowDown" => chosen.set((at + 1).min(found.hits.len().saturating_sub(1))),
                "ArrowUp" => chosen.set(at.saturating_sub(1)),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let close = press(&props.emit, Action::Search(None));
    html! {
        <section class="card find" data-testid="find" role="search">
            <div class="field">
                { icon(Icon::Search) }
                <input ref={field} type="text" data-testid="query" role="combobox" aria-expanded="true" aria-controls="hits"
                    aria-label={text(Key::SearchFor)} placeholder={text(Key::SearchFor)} value={props.query.to_string()}
                    aria-activedescendant={(!found.hits.is_empty()).then(|| format!("hit-{at}"))} {oninput} {onkeydown} />
                <button class="btn icon" type="button" aria-label={text(Key::Close)} title={text(Key::Close)} onclick={close}>
                    { icon(Icon::Close) }
                </button>
            </div>
            <ul id="hits" role="listbox" aria-label={text(Key::Search)}>
                { for found.hits.iter().enumerate().map(|(place, hit)| {
                    let onclick = press(&props.emit, hit.action.clone());
                    html! {
                        <li key={place} id={format!("hit-{place}")} role="option" aria-selected={(place == at).to_string()}
                            class={classes!((place == at).then_some("on"))} {onclick}>
                            { words("b", "", hit.words.clone()) }{ words("span", "", hit.what.clone()) }
                        </li>
                    }
                }) }
            </ul>
            <p class="quiet" role="status">
                if found.more > 0 { { count(Key::SearchMore, found.more as u64) } }
                else if found.hits.is_empty() && !props.query.trim().is_empty() { { text(Key::SearchNone) } }
            </p>
        </section>
    }
}

fn focus_page() {
    let page = web_sys::window()
        .and_then(|window| window.document()?.query_selector(".page").ok().flatten())
        .and_then(|page| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(page).ok());
    if let Some(page) = page {
        // As above.
        let _ = page.focus();
    }
}
