//! The table of keys.

use yew::prelude::*;

use crate::ui::i18n::{Key, text};
use crate::ui::state::Action;

const KEYS: &[(&[&str], Key)] = &[
    (&["→", "←"], Key::KeyStep),
    (&["Shift →", "Shift ←"], Key::KeyTurn),
    (&[".", ","], Key::KeyTask),
    (&["Home", "End"], Key::KeyEnds),
    (&["Space"], Key::KeyPlay),
    (&["↑", "↓"], Key::KeyLanes),
    (&["G"], Key::KeyGo),
    (&["1", "…", "5"], Key::KeySpeed),
    (&["T"], Key::KeyAxis),
    (&["F"], Key::KeyFuture),
    (&["+", "-", "0"], Key::KeyZoom),
    (&["A", "D"], Key::KeyPan),
    (&[">", "<"], Key::KeyChange),
    (&["N", "Shift N"], Key::KeyOutput),
    (&["W"], Key::KeyWhy),
    (&["[", "]"], Key::KeyCause),
    (&["M"], Key::KeyMark),
    (&["B", "Shift B"], Key::KeyMarks),
    (&["I", "O"], Key::KeyRange),
    (&["Z", "R"], Key::KeyRangeUse),
    (&["/"], Key::KeySearch),
    (&["Ctrl Z", "Ctrl Y"], Key::KeyUndo),
    (&["E"], Key::KeyEdit),
    (&["Esc"], Key::KeyEscape),
    (&["?"], Key::KeyHelp),
];

/// Properties of [`Help`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// A dialog with all keys.
#[component]
pub fn Help(props: &Props) -> Html {
    let close = props.emit.reform(|_: MouseEvent| Action::ToggleHelp);
    html! {
        <div class="scrim" onclick={close.clone()}>
            <div class="dialog" role="dialog" aria-modal="true" aria-label={text(Key::KeysTitle)}
                onclick={|event: MouseEvent| event.stop_propagation()}>
                <header>
                    <b>{ text(Key::KeysTitle) }</b><span class="sp"></span>
                    <button class="btn" type="button" onclick={close}>{ text(Key::Close) }</button>
                </header>
                <dl class="keys">
                    { for KEYS.iter().map(|(keys, what)| html! {
                        <div>
                            <dt>{ for keys.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</dt>
                            <dd>{ text(*what) }</dd>
                        </div>
                    }) }
                </dl>
                <p class="quiet">{ text(Key::KeysNote) }</p>
            </div>
        </div>
    }
}
