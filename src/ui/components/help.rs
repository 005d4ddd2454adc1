//! How to read the picture, and the table of keys.

use yew::prelude::*;

use super::dialog::Dialog;
use crate::ui::i18n::{CompareKey, EditorKey, Key, LanesKey, PanelKey, ViewKey, VisitKey, text};
use crate::ui::keys::Keys;
use crate::ui::look::Family;
use crate::ui::state::Action;
use crate::ui::tags::{el, press, words};

const KEYS: &[(&[&str], Key)] = &[
    (&["→", "←"], Key::KeyStep),
    (&["Shift →", "Shift ←"], Key::KeyTurn),
    (&[".", ","], Key::KeyTask),
    (&["Home", "End"], Key::KeyEnds),
    (&["Space"], Key::KeyPlay),
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
    (&["S"], Key::KeyGallery),
    (&["Esc"], Key::KeyEscape),
    (&["?"], Key::KeyHelp),
];
const COMPARE: &[(&[&str], CompareKey)] = &[
    (&["C"], CompareKey::KeyCompare),
    (&["K", "X"], CompareKey::KeyParting),
];

const LANES: &[(&[&str], LanesKey)] = &[(&["↑", "↓"], LanesKey::KeySelect), (&["P"], LanesKey::KeyPin)];
const IN_PROGRAM: &[(&[&str], EditorKey)] = &[
    (&["F9"], EditorKey::KeyBreakpoint),
    (&["Ctrl F10"], EditorKey::KeyRunToLine),
    (&["Esc", "Tab"], EditorKey::KeyLeave),
];

/// Properties of [`Help`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// Which keys do something.
    pub keys: Keys,
    /// Takes actions.
    pub emit: Callback<Action>,
}

/// A dialog with what the textures mean, and all keys.
#[component]
pub fn Help(props: &Props) -> Html {
    let close = props.emit.reform(|()| Action::ToggleHelp);
    let sample = |family: Family, what: Key| {
        html! {
            <li>
                <svg class="sw" viewBox="0 0 20 12" aria-hidden="true">
                    if family == Family::Run {
                        <rect class="s-run" x="0.5" y="0.5" width="19" height="11" rx="2.5" />
                    } else {
                        <rect class={classes!("stretch", family.class())} x="0.75" y="0.75" width="18.5" height="10.5" rx="2"
                            fill={family.texture()} />
                    }
                </svg>
                <span>{ text(what) }</span>
            </li>
        }
    };
    let choice = |keys: &Keys| {
        let (keys, on) = (*keys, props.keys == *keys);
        let (id, label) = match keys {
            Keys::All => ("keys-all", VisitKey::KeysAll),
            Keys::Named => ("keys-named", VisitKey::KeysNamed),
            Keys::Off => ("keys-off", VisitKey::KeysOff),
        };
        let onclick = press(&props.emit, Action::Keys(keys));
        html! {
            <button type="button" class={classes!(on.then_some("on"))} data-testid={id} aria-pressed={on.to_string()} {onclick}>{ text(label) }</button>
        }
    };
    html! {
        <Dialog title={Key::Help} id="help-dialog" {close}>
            <h3>{ text(Key::HelpPicture) }</h3>
            <ul class="samples">
                { sample(Family::Run, Key::HelpRuns) }{ sample(Family::Ready, Key::HelpReady) }
                { sample(Family::Clock, Key::HelpClock) }{ sample(Family::Peer, Key::HelpPeer) }
                { sample(Family::Outside, Key::HelpOutside) }{ sample(Family::Cancel, Key::HelpCancel) }
            </ul>
            <p class="aside">{ text(Key::HelpArrows) }</p>
            <div class="keysare">
                <h3>{ text(Key::KeysTitle) }</h3>
                <span class="seg" role="group" aria-label={text(VisitKey::KeysDo)}>{ for Keys::ALL.iter().map(choice) }</span>
            </div>
            <dl class="keys">
                { for KEYS.iter().map(|(keys, what)| row(keys, text(*what))) }
                { row(&["H", "J"], text(PanelKey::KeyPanels)) }
                { row(&["V", "Shift V"], text(ViewKey::KeyView)) }
                { for LANES.iter().map(|(keys, what)| row(keys, text(*what))) }
                { for IN_PROGRAM.iter().map(|(keys, what)| row(keys, text(*what))) }
                { for COMPARE.iter().map(|(keys, what)| row(keys, text(*what))) }
            </dl>
            <p class="aside">{ text(Key::KeysNote) }</p>
        </Dialog>
    }
}

/// Keys, and what they do.
fn row(keys: &[&'static str], what: &'static str) -> Html {
    let mut caps = Vec::new();
    for key in keys {
        caps.push(words("kbd", "", *key));
    }
    el("div", "", vec![el("dt", "", caps), words("dd", "", what)])
}
