//! What a key does, while the focus is in the page but not in the editor.

use super::panels::Panel;
use super::state::{Action, Move, Speed};

/// Which keys do something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keys {
    /// All of them.
    #[default]
    All,
    /// Those with a name, such as arrows and Home: letters are left to tools that listen to speech.
    Named,
    /// None; whatever they do has a button, too.
    Off,
}

impl Keys {
    /// All choices.
    pub const ALL: [Self; 3] = [Self::All, Self::Named, Self::Off];

    /// Whether a press may do something.
    fn admit(self, press: &Press) -> bool {
        match self {
            Self::All => true,
            // A key with a name is written with several characters.
            Self::Named => press.command || press.key == " " || press.key.chars().nth(1).is_some(),
            Self::Off => false,
        }
    }
}

/// A key press, as far as it matters here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Press {
    /// `KeyboardEvent.key`.
    pub key: String,
    /// Whether Shift is held.
    pub shift: bool,
    /// Whether Ctrl, Alt or the command key is held.
    pub command: bool,
}

/// What the page shall do.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// An action.
    Act(Action),
    /// Ask for a step to go to.
    AskStep,
    /// Put the focus into the editor.
    FocusEditor,
}

/// The wish of a key press, where the timeline is `width` pixels wide.
#[expect(clippy::too_many_lines, reason = "one line a key")]
pub fn wish(press: &Press, keys: Keys, width: f64) -> Option<Wish> {
    if !keys.admit(press) {
        return None;
    }
    let go = |step: Move| Some(Wish::Act(Action::Go(step)));
    let act = |action: Action| Some(Wish::Act(action));
    if press.command {
        return match (press.key.as_str(), press.shift) {
            ("z", false) => act(Action::Undo),
            ("y", false) | ("Z", true) => act(Action::Redo),
            _ => None,
        };
    }
    match (press.key.as_str(), press.shift) {
        ("ArrowRight", false) => go(Move::Forward),
        ("ArrowLeft", false) => go(Move::Back),
        ("ArrowRight", true) => go(Move::NextTurn),
        ("ArrowLeft", true) => go(Move::PreviousTurn),
        (".", _) => go(Move::NextOfTask),
        (",", _) => go(Move::PreviousOfTask),
        (">", _) => go(Move::NextChange),
        ("<", _) => go(Move::PreviousChange),
        ("n", _) => go(Move::NextOutput),
        ("N", _) => go(Move::PreviousOutput),
        ("[", _) => go(Move::Cause),
        ("]", _) => go(Move::Effect),
        ("w" | "W", _) => act(Action::ToggleWhy),
        ("p" | "P", _) => act(Action::TogglePin),
        ("m", _) => act(Action::Bookmark),
        ("b", _) => go(Move::NextMark),
        ("B", _) => go(Move::PreviousMark),
        ("i" | "I", _) => act(Action::RangeFrom),
        ("o" | "O", _) => act(Action::RangeTo),
        ("r" | "R", _) => act(Action::ToggleLoop),
        ("z" | "Z", _) => act(Action::ZoomToRange),
        ("v", _) => act(Action::NextView { back: false }),
        ("V", _) => act(Action::NextView { back: true }),
        ("/", _) => act(Action::Search(Some("".into()))),
        ("Home", _) => go(Move::First),
        ("End", _) => go(Move::Last),
        (" ", _) => act(Action::TogglePlay),
        ("ArrowDown", _) => act(Action::SelectLane { down: true }),
        ("ArrowUp", _) => act(Action::SelectLane { down: false }),
        ("t" | "T", _) => act(Action::ToggleAxis),
        ("f" | "F", _) => act(Action::ToggleFuture),
        ("+" | "=", _) => act(Action::Zoom(1.0 / 1.5, width / 2.0)),
        ("-", _) => act(Action::Zoom(1.5, width / 2.0)),
        ("0", _) => act(Action::Fit),
        ("a" | "A", _) => act(Action::Pan(-width / 4.0)),
        ("d" | "D", _) => act(Action::Pan(width / 4.0)),
        ("c" | "C", _) => act(Action::Compare),
        ("x" | "X", _) => act(Action::Swap),
        ("k" | "K", _) => go(Move::Parting),
        ("Escape", _) => act(Action::Escape),
        ("?", _) => act(Action::ToggleHelp),
        ("s" | "S", _) => act(Action::ToggleGallery),
        ("h" | "H", _) => act(Action::Fold(Panel::Side)),
        ("j" | "J", _) => act(Action::Fold(Panel::Record)),
        ("g" | "G", _) => Some(Wish::AskStep),
        ("e" | "E", _) => Some(Wish::FocusEditor),
        ("1" | "2" | "3" | "4" | "5", false) => {
            let place = press.key.parse::<usize>().ok()?;
            act(Action::Speed(*Speed::ALL.get(place - 1)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str, shift: bool) -> Option<Wish> {
        wish(
            &Press {
                key: key.into(),
                shift,
                command: false,
            },
            Keys::All,
            700.0,
        )
    }

    #[test]
    fn keys_can_be_switched_off() {
        let wishes = |keys: Keys| {
            ["ArrowRight", " ", "Escape", "w", "?"].map(|key| {
                let press = Press {
                    key: key.into(),
                    ..Press::default()
                };
                wish(&press, keys, 700.0).is_some()
            })
        };
        assert_eq!(wishes(Keys::All), [true; 5]);
        assert_eq!(wishes(Keys::Named), [true, true, true, false, false]);
        assert_eq!(wishes(Keys::Off), [false; 5]);
    }

    #[test]
    fn shift_makes_steps_turns() {
        assert_eq!(
            press("ArrowRight", false),
            Some(Wish::Act(Action::Go(Move::Forward)))
        );
        assert_eq!(
            press("ArrowRight", true),
            Some(Wish::Act(Action::Go(Move::NextTurn)))
        );
    }

    #[test]
    fn numbers_choose_speeds() {
        assert_eq!(press("1", false), Some(Wish::Act(Action::Speed(Speed::Half))));
        assert_eq!(press("5", false), Some(Wish::Act(Action::Speed(Speed::Ten))));
        assert_eq!(press("6", false), None);
    }

    #[test]
    fn the_browser_keeps_its_own_keys() {
        assert_eq!(
            wish(
                &Press {
                    key: "f".into(),
                    shift: false,
                    command: true
                },
                Keys::All,
                700.0
            ),
            None
        );
        assert_eq!(press("Tab", false), None);
    }
}
