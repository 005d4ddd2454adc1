//! What a search finds: tasks, resources, output, lines of the program, steps.

use std::rc::Rc;

use super::action::{Action, Move};
use super::i18n::{Key, count, fill, text};
use super::look::kind_name;
use super::recording::Recording;
use crate::trace::resource_name;

/// Hits that are shown, of each kind and of all.
const OF_A_KIND: usize = 5;
const OF_ALL: usize = 12;

/// Something found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What was found.
    pub words: String,
    /// What it is.
    pub what: String,
    /// What leads there.
    pub action: Action,
}

/// What was found, and how much more there is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The first of it.
    pub hits: Vec<Hit>,
    /// How many more.
    pub more: usize,
}

impl Found {
    fn take(&mut self, hits: impl Iterator<Item = Hit>) {
        let mut taken = 0;
        for hit in hits {
            if taken < OF_A_KIND && self.hits.len() < OF_ALL {
                self.hits.push(hit);
                taken += 1;
            } else {
                self.more += 1;
            }
        }
    }
}

/// A text in which small and capital letters are alike.
#[cfg(target_arch = "wasm32")]
fn folded(text: &str) -> String {
    // The browser has the tables that this takes.
    js_sys::JsString::from(text).to_lower_case().into()
}

/// As the browser does it, for tests.
#[cfg(not(target_arch = "wasm32"))]
fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// Searches a recording; small and capital letters are alike.
pub fn search(recording: &Recording, query: &str) -> Found {
    let query = folded(query.trim());
    let mut found = Found::default();
    if query.is_empty() {
        return found;
    }
    let matches = |words: &str| folded(words).contains(&query);
    if let Ok(step) = query.parse::<u32>()
        && step <= recording.last_frame()
    {
        found.take(std::iter::once(Hit {
            words: count(Key::AtStep, step),
            what: text(Key::HitStep).to_owned(),
            action: Action::Go(Move::To(step)),
        }));
    }
    let (trace, lanes) = (recording.trace(), recording.lanes());
    let tip = trace.tip();
    found.take(lanes.lanes().iter().filter_map(|lane| {
        let name = trace.text(lane.name);
        let coroutine = tip.task(lane.task).map_or("", |task| trace.text(task.coroutine));
        (matches(name) || matches(coroutine)).then(|| Hit {
            words: name.to_owned(),
            what: if coroutine.is_empty() {
                text(Key::HitTask).to_owned()
            } else {
                coroutine.to_owned()
            },
            action: Action::Select(Some(lane.task)),
        })
    }));
    found.take(tip.resources.iter().filter_map(|resource| {
        // A name is put together only where it can match: there may be thousands.
        let own = trace.text(resource.name);
        (matches(own) || matches(kind_name(resource.kind))).then(|| Hit {
            words: resource_name(&trace, tip, resource.id),
            what: fill(Key::HitResource, &[("kind", kind_name(resource.kind))]),
            action: Action::Go(Move::Resource(resource.id)),
        })
    }));
    printed_and_written(recording, &mut found, matches);
    found
}

/// What was printed, and lines of the program.
fn printed_and_written(recording: &Recording, found: &mut Found, matches: impl Fn(&str) -> bool) {
    let trace = recording.trace();
    let notes = recording.notes();
    found.take(
        notes
            .outputs()
            .iter()
            .filter(|line| matches(&line.text))
            .map(|line| Hit {
                words: line.text.trim_end().to_owned(),
                what: count(Key::HitOutput, line.frame),
                action: Action::Go(Move::To(line.frame)),
            }),
    );
    let source: Rc<str> = trace.header().source.as_str().into();
    found.take(
        (1_u32..)
            .zip(source.lines())
            .filter(|(_, line)| matches(line))
            .map(|(number, line)| Hit {
                words: line.trim().to_owned(),
                what: count(Key::HitLine, number),
                action: Action::Go(Move::Line(number)),
            }),
    );
}
