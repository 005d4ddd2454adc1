//! Texts that were typed. None is lost when another program comes on screen: it is put away, and
//! can be brought back; the browser keeps all of them across visits.

use std::rc::Rc;

use super::{Program, State};
use crate::ui::scenarios;

/// A text that was typed and is not on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The scenario that it began as.
    pub scenario: usize,
    /// The text.
    pub source: Rc<str>,
}

/// A text as the browser kept it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Whether it was on screen last, not put away.
    pub shown: bool,
    /// The text.
    pub draft: Draft,
}

/// The texts that were typed, and how the one on screen came there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drafts {
    /// Oldest first.
    kept: Vec<Draft>,
    /// Whether the last of them has just been put away: undoing brings it back, whatever is on screen.
    left: bool,
    /// Whether the text on screen is from an earlier visit.
    pub restored: bool,
    /// Whether the text on screen came with a link: somebody wants to show what it does.
    pub linked: bool,
    /// Counts the programs that were on screen.
    pub turn: u32,
}

impl State {
    /// The state at opening, with what the browser kept, oldest first. `own` is whether this very page
    /// was here before: then the link that it left behind is no one's wish.
    #[must_use]
    pub fn remembering(mut self, own: bool, mut stored: Vec<Stored>) -> Self {
        let scenario = self.program.scenario;
        let linked = self.program.edited;
        if own || !linked {
            let last = stored
                .iter()
                .rposition(|text| text.shown && text.draft.scenario == scenario);
            if let Some(last) = last {
                self.program.type_in(stored.remove(last).draft.source);
            }
            self.drafts.restored = self.program.edited;
        } else {
            self.drafts.linked = true;
        }
        let shown = Rc::clone(&self.program.source);
        stored.retain(|text| text.draft.scenario != scenario || text.draft.source != shown);
        self.drafts.kept = stored.into_iter().map(|text| text.draft).collect();
        self
    }

    /// The text that can be brought back: the one that was just put away, or else the latest of this program.
    pub fn draft(&self) -> Option<&Draft> {
        let Drafts {
            kept, left, linked, ..
        } = &self.drafts;
        if *left {
            return kept.last();
        }
        // Whoever has typed something else meanwhile is not bothered.
        let free = *linked || !self.program.edited;
        kept.iter()
            .rfind(|draft| free && draft.scenario == self.program.scenario)
    }

    /// Puts away what was typed: another program comes on screen.
    pub(super) fn put_away(&mut self) {
        let Drafts {
            kept,
            left,
            restored,
            linked,
            turn,
        } = &mut self.drafts;
        *left = self.program.edited;
        if self.program.edited {
            let draft = Draft {
                scenario: self.program.scenario,
                source: Rc::clone(&self.program.source),
            };
            kept.retain(|other| *other != draft);
            kept.push(draft);
        }
        (*restored, *linked) = (false, false);
        *turn += 1;
    }

    /// What was typed comes back, in place of what is on screen, which is put away in turn.
    pub(in crate::ui) fn bring_back(&mut self) {
        let Some(draft) = self.draft().cloned() else {
            return;
        };
        self.drafts.kept.retain(|other| *other != draft);
        if draft.scenario == self.program.scenario {
            self.put_away();
        } else {
            self.choose(draft.scenario);
        }
        self.program.type_in(draft.source);
    }

    /// Brings back what was put away last, if nothing was typed since.
    pub(in crate::ui) fn undo_choice(&mut self) {
        if self.drafts.left && !self.is_busy() {
            self.bring_back();
        }
    }

    /// Somebody types.
    pub(super) fn edit(&mut self, source: Rc<str>) {
        self.program.type_in(source);
        let Drafts {
            left,
            restored,
            linked,
            ..
        } = &mut self.drafts;
        (*left, *restored, *linked) = (false, false, false);
    }

    pub(super) fn forget_draft(&mut self) {
        if let Some(draft) = self.draft().cloned() {
            self.drafts.kept.retain(|other| *other != draft);
            self.drafts.left = false;
        }
    }
}

impl Stored {
    /// What the browser gives back: for each text how it was left, its file and the text itself.
    pub fn all(texts: &[String]) -> Vec<Self> {
        let known = |text: &[String]| {
            let [how, file, source] = text else { return None };
            let scenario = scenarios::index_of(file.trim_end_matches(".py"))?;
            Some(Self {
                shown: how != "0",
                draft: Draft {
                    scenario,
                    source: source.as_str().into(),
                },
            })
        };
        texts.chunks(3).filter_map(known).collect()
    }
}

impl Program {
    /// Takes a text that was typed.
    pub(in crate::ui) fn type_in(&mut self, source: Rc<str>) {
        self.edited = source != self.original;
        self.source = source;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::link::Link;
    use crate::ui::state::Action;

    fn stored(how: &str, scenario: usize, source: &str) -> [String; 3] {
        [how, scenarios::ALL[scenario].file, source].map(str::to_owned)
    }

    fn opened(own: bool, link: &Link, texts: &[[String; 3]]) -> State {
        link.opens().remembering(own, Stored::all(texts.as_flattened()))
    }

    fn offered(state: &State) -> Option<(usize, &str)> {
        state.draft().map(|draft| (draft.scenario, &*draft.source))
    }

    fn typed(state: &State, source: &str) -> State {
        state.apply(Action::Edit(source.into()))
    }

    #[test]
    fn a_choice_can_be_undone_and_done_again() {
        let typed = typed(&State::default(), "x");
        let other = (typed.program.scenario + 1) % scenarios::ALL.len();
        let chosen = typed.apply(Action::Choose(other));
        assert_eq!(offered(&chosen), Some((typed.program.scenario, "x")));
        for undone in [chosen.apply(Action::Undo), chosen.apply(Action::BringBack)] {
            assert_eq!((&undone.program, undone.draft()), (&typed.program, None));
        }
        // What was typed in between is put away in turn.
        let both = self::typed(&chosen, "y");
        assert_eq!(both.draft(), None, "nobody is bothered while typing");
        let again = both
            .apply(Action::Choose(typed.program.scenario))
            .apply(Action::BringBack);
        assert_eq!(&*again.program.source, "y");
        assert_eq!(again.program.scenario, other);
    }

    #[test]
    fn a_program_that_is_chosen_again_offers_what_was_typed_there() {
        let first = typed(&State::default(), "x");
        let there = first.apply(Action::Choose(1)).apply(Action::Choose(2));
        assert_eq!(there.draft(), None);
        let back = there.apply(Action::Choose(first.program.scenario));
        assert_eq!(offered(&back), Some((first.program.scenario, "x")));
        let forgotten = back.apply(Action::ForgetDraft);
        assert_eq!(
            (forgotten.draft(), forgotten.apply(Action::BringBack)),
            (None, forgotten.clone())
        );
    }

    #[test]
    fn undoing_all_edits_is_undone_like_a_choice() {
        let typed = typed(&State::default(), "x");
        let original = typed.apply(Action::UndoEdits);
        assert!(!original.program.edited);
        assert_eq!(original.apply(Action::BringBack).program, typed.program);
    }

    #[test]
    fn a_visit_begins_with_the_text_that_was_on_screen_last() {
        let link = Link::default();
        let here = link.scenario;
        let texts = [
            stored("1", here, "old"),
            stored("1", here, "last"),
            stored("0", here, "away"),
            stored("2", 0, "z"),
        ];
        let state = opened(false, &link, &texts);
        assert_eq!(&*state.program.source, "last");
        assert!(state.program.edited && state.drafts.restored && !state.drafts.linked);
        assert!(!typed(&state, "more").drafts.restored);
        let original = state.apply(Action::UndoEdits);
        assert_eq!(offered(&original), Some((here, "last")));
        let next = original.apply(Action::ForgetDraft);
        assert_eq!(offered(&next), Some((here, "away")), "none is lost on the way");
    }

    #[test]
    fn a_link_is_no_reload() {
        let link = Link {
            code: Some("linked".into()),
            ..Link::default()
        };
        let texts = [stored("1", link.scenario, "mine")];
        let followed = opened(false, &link, &texts);
        assert_eq!(
            (&*followed.program.source, followed.drafts.linked),
            ("linked", true)
        );
        assert_eq!(offered(&followed), Some((link.scenario, "mine")));
        let reloaded = opened(true, &link, &texts);
        assert_eq!(
            (&*reloaded.program.source, reloaded.drafts.linked),
            ("mine", false)
        );
        // A browser that keeps nothing has the address.
        let bare = opened(true, &link, &[]);
        assert_eq!((&*bare.program.source, bare.drafts.linked), ("linked", false));
    }
}
