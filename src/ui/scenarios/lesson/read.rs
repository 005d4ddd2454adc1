//! Reads headers. An entry is `# key: value`; comment lines that are indented further go on with
//! it; an empty comment line is a gap. Entries come in groups: first what holds for the scenario,
//! then each parameter, each thing to look at and the question with what describes it.

use super::{
    Anchor, CHAPTERS, Difficulty, Ending, Lesson, Parameter, Place, Problem, Question, Stop, Words, is_line,
};

/// Spaces before a line that goes on with the entry above.
const CONTINUED: usize = 3;

/// The keys of a group; the first begins it.
type Keys = &'static [&'static str];

const SCENARIO: Keys = &[
    "title",
    "title.zh",
    "asks",
    "asks.zh",
    "lesson",
    "lesson.zh",
    "topics",
    "level",
    "course",
    "ends",
    "compare",
];
const PARAMETER: Keys = &["parameter", "parameter.zh"];
const LOOK: Keys = &["look", "look.zh", "when", "note", "note.zh"];
const QUESTION: Keys = &["question", "question.zh", "next", "answer", "answer.zh"];

type Found<T> = Result<T, (usize, Problem)>;

struct Entry<'a> {
    key: &'a str,
    value: String,
    line: usize,
}

struct Group<'a> {
    keys: Keys,
    line: usize,
    entries: Vec<Entry<'a>>,
}

impl Group<'_> {
    fn find(&self, key: &str) -> Option<&Entry<'_>> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    fn one(&self, key: &'static str) -> Found<&Entry<'_>> {
        self.find(key).ok_or((self.line, Problem::Missing(key)))
    }

    fn words(&self, en: &'static str, zh: &'static str) -> Found<Words> {
        Ok(Words {
            en: self.one(en)?.value.clone(),
            zh: self.one(zh)?.value.clone(),
        })
    }

    fn moment(&self, key: &'static str, program: &str) -> Found<Anchor> {
        let entry = self.one(key)?;
        let at_line = |problem| (entry.line, problem);
        let anchor = Anchor::read(&entry.value).map_err(at_line)?;
        match anchor.code() {
            Some(code) if !program.lines().any(|line| is_line(line, code)) => {
                Err(at_line(Problem::NoSuchLine(code.to_owned())))
            }
            _ => Ok(anchor),
        }
    }
}

/// The program of a file: what follows the header, from its first line of code on.
pub fn program_of(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !line.starts_with('#') && !line.trim().is_empty() {
            break;
        }
        at += line.len();
    }
    &text[at..]
}

pub(super) fn lesson(text: &str) -> Found<Lesson> {
    let program = program_of(text);
    let header = &text[..text.len() - program.len()];
    if program.is_empty() {
        return Err((header.lines().count().max(1), Problem::NoProgram));
    }
    let groups = groups(entries(header)?)?;
    let of = |keys: Keys| groups.iter().filter(move |group| group.keys[0] == keys[0]);
    let first = |keys: Keys| of(keys).next().ok_or((1, Problem::Missing(keys[0])));

    let scenario = first(SCENARIO)?;
    let question = first(QUESTION)?;
    if let Some(second) = of(QUESTION).nth(1) {
        return Err((second.line, Problem::Twice("question".to_owned())));
    }
    first(LOOK)?;
    Ok(Lesson {
        title: scenario.words("title", "title.zh")?,
        asks: scenario.words("asks", "asks.zh")?,
        teaches: scenario.words("lesson", "lesson.zh")?,
        topics: scenario
            .one("topics")?
            .value
            .split(',')
            .map(|topic| topic.trim().to_owned())
            .collect(),
        level: level(scenario.one("level")?)?,
        place: place(scenario.one("course")?)?,
        ends: scenario.find("ends").map_or(Ok(Ending::default()), ending)?,
        compare: scenario.find("compare").map(partner).transpose()?,
        parameters: of(PARAMETER)
            .map(|group| parameter(group, program))
            .collect::<Found<_>>()?,
        stops: of(LOOK).map(|group| stop(group, program)).collect::<Found<_>>()?,
        question: Question {
            line: question.line,
            ask: question.words("question", "question.zh")?,
            next: question.moment("next", program)?,
            answer: question.words("answer", "answer.zh")?,
        },
        program: program.to_owned(),
    })
}

fn entries(header: &str) -> Found<Vec<Entry<'_>>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut open = false;
    for (index, line) in header.lines().enumerate() {
        let line_number = index + 1;
        let content = line.trim_start_matches('#').trim_end();
        if content.is_empty() {
            open = false;
            continue;
        }
        let wrong = || (line_number, Problem::NotAnEntry);
        let text = content.trim_start();
        if content.len() - text.len() >= CONTINUED {
            let above = entries.last_mut().filter(|_| open).ok_or_else(wrong)?;
            join(&mut above.value, text);
            continue;
        }
        let (key, value) = text.split_once(':').ok_or_else(wrong)?;
        if key.contains(' ') {
            return Err(wrong());
        }
        entries.push(Entry {
            key,
            value: value.trim().to_owned(),
            line: line_number,
        });
        open = true;
    }
    Ok(entries)
}

fn groups(entries: Vec<Entry<'_>>) -> Found<Vec<Group<'_>>> {
    let kinds = [SCENARIO, PARAMETER, LOOK, QUESTION];
    let mut groups: Vec<Group<'_>> = Vec::new();
    for entry in entries {
        let key = || entry.key.to_owned();
        let kind = kinds.into_iter().find(|keys| keys.contains(&entry.key));
        let keys = kind.ok_or_else(|| (entry.line, Problem::UnknownKey(key())))?;
        if entry.value.is_empty() {
            return Err((entry.line, Problem::Empty(key())));
        }
        let begins = match groups.last() {
            None => keys == SCENARIO,
            Some(_) => keys[0] == entry.key && keys != SCENARIO,
        };
        if begins {
            groups.push(Group {
                keys,
                line: entry.line,
                entries: Vec::new(),
            });
        }
        match groups.last_mut() {
            Some(group) if group.keys[0] == keys[0] => {
                if group.find(entry.key).is_some() {
                    return Err((entry.line, Problem::Twice(key())));
                }
                group.entries.push(entry);
            }
            _ => return Err((entry.line, Problem::Misplaced(key()))),
        }
    }
    Ok(groups)
}

/// Words are parted by spaces, Chinese ones are not.
fn join(text: &mut String, more: &str) {
    let full_width = |c: char| matches!(c, '\u{2018}'..='\u{201d}' | '\u{2026}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}');
    let (last, first) = (text.chars().last(), more.chars().next());
    let closed = |c: Option<char>| c.is_none_or(full_width);
    let both_wide = !last.is_none_or(|c| c.is_ascii()) && !first.is_none_or(|c| c.is_ascii());
    if !closed(last) && !closed(first) && !both_wide {
        text.push(' ');
    }
    text.push_str(more);
}

fn level(entry: &Entry<'_>) -> Found<Difficulty> {
    let named = Difficulty::ALL
        .into_iter()
        .find(|level| level.name() == entry.value);
    named.ok_or_else(|| (entry.line, Problem::UnknownLevel(entry.value.clone())))
}

fn ending(entry: &Entry<'_>) -> Found<Ending> {
    let named = Ending::ALL
        .into_iter()
        .find(|ending| ending.name() == entry.value);
    named.ok_or_else(|| (entry.line, Problem::UnknownEnding(entry.value.clone())))
}

fn partner(entry: &Entry<'_>) -> Found<String> {
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if entry.value.chars().all(letter) {
        Ok(entry.value.clone())
    } else {
        Err((entry.line, Problem::NotAScenario(entry.value.clone())))
    }
}

fn place(entry: &Entry<'_>) -> Found<Place> {
    let numbers = || {
        let (chapter, number) = entry.value.split_once('.')?;
        let place = Place {
            chapter: chapter.parse().ok()?,
            number: number.parse().ok()?,
        };
        ((1..=CHAPTERS.len()).contains(&place.chapter) && place.number > 0).then_some(place)
    };
    numbers().ok_or_else(|| (entry.line, Problem::NotAPlace(entry.value.clone())))
}

fn parameter(group: &Group<'_>, program: &str) -> Found<Parameter> {
    let entry = group.one("parameter")?;
    let zh = &group.one("parameter.zh")?.value;
    Parameter::read(&entry.value, zh, entry.line, program).map_err(|problem| (entry.line, problem))
}

fn stop(group: &Group<'_>, program: &str) -> Found<Stop> {
    Ok(Stop {
        line: group.line,
        name: group.words("look", "look.zh")?,
        when: group.moment("when", program)?,
        note: group.words("note", "note.zh")?,
    })
}
