//! The search: a field, and what it finds.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::icon::{self, icon};
use crate::ui::i18n::{Key, count, text};
use crate::ui::look::Icon;
use crate::ui::recording::Recording;
use crate::ui::search::search;
use crate::ui::state::Action;
use crate::ui::tags::{keyed, plain, press, tag, words};

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
    let mut hits = Vec::new();
    for (place, hit) in found.hits.iter().enumerate() {
        let (class, selected) = if place == at {
            ("on", "true")
        } else {
            ("", "false")
        };
        let id = format!("hit-{place}");
        let attributes = [
            ("id", &*id),
            ("role", "option"),
            ("aria-selected", selected),
            ("class", class),
        ];
        let parts = vec![
            words("b", "", hit.words.clone()),
            words("span", "", hit.what.clone()),
        ];
        let onclick = press(&props.emit, hit.action.clone());
        hits.push(keyed(id.clone(), "li", &attributes, Some(onclick), parts));
    }
    let listbox = [
        ("id", "hits"),
        ("role", "listbox"),
        ("aria-label", text(Key::Search)),
    ];
    let rest = if found.more > 0 {
        count(Key::SearchMore, found.more as u64)
    } else if found.hits.is_empty() && !props.query.trim().is_empty() {
        text(Key::SearchNone).to_owned()
    } else {
        String::new()
    };
    html! {
        <section class="card find" data-testid="find" role="search">
            <div class="field">
                { icon(Icon::Search) }
                <input ref={field} type="text" data-testid="query" role="combobox" aria-expanded="true" aria-controls="hits"
                    aria-label={text(Key::SearchFor)} placeholder={text(Key::SearchFor)} value={props.query.to_string()}
                    aria-activedescendant={(!found.hits.is_empty()).then(|| format!("hit-{at}"))} {oninput} {onkeydown} />
                { icon::button(Icon::Close, text(Key::Close), close) }
            </div>
            { tag("ul", &listbox, hits) }
            { tag("p", &[("class", "quiet"), ("role", "status")], vec![plain(rest)]) }
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
