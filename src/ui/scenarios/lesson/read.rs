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

/// Keys that a group need not have.
const OPTIONAL: Keys = &["ends", "compare"];

/// A line of the file, and what is wrong there.
pub(super) type Fault = Box<(usize, Problem)>;
type Found<T> = Result<T, Fault>;

/// Out of line: the page reads headers that were found to be good when it was built.
#[cold]
#[inline(never)]
#[expect(
    clippy::unnecessary_box_returns,
    reason = "what is handed on by everybody is small"
)]
fn fault(line: usize, problem: fn(String) -> Problem, about: &str) -> Fault {
    Box::new((line, problem(about.to_owned())))
}

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

    /// Whether everything is there that every such group has.
    fn complete(&self) -> Found<()> {
        for key in self.keys {
            if self.find(key).is_none() && !OPTIONAL.contains(key) {
                return Err(fault(self.line, Problem::Missing, key));
            }
        }
        Ok(())
    }

    /// The line and the value of an entry of a complete group.
    fn at(&self, key: &str) -> (usize, &str) {
        self.find(key)
            .map_or((self.line, ""), |entry| (entry.line, entry.value.as_str()))
    }

    fn words(&self, en: &str, zh: &str) -> Words {
        Words {
            en: self.at(en).1.to_owned(),
            zh: self.at(zh).1.to_owned(),
        }
    }

    fn moment(&self, key: &str, program: &str) -> Found<Anchor> {
        let (line, text) = self.at(key);
        let Some(anchor) = Anchor::read(text) else {
            return Err(fault(line, Problem::NotAMoment, text));
        };
        if let Some(code) = anchor.code()
            && !program.lines().any(|line| is_line(line, code))
        {
            return Err(fault(line, Problem::NoSuchLine, code));
        }
        Ok(anchor)
    }

    /// The place among the names of the one that an entry names.
    fn one_of(&self, key: &str, names: &[&str], problem: fn(String) -> Problem) -> Found<usize> {
        let (line, text) = self.at(key);
        let place = names.iter().position(|name| *name == text);
        place.ok_or_else(|| fault(line, problem, text))
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
        let last = header.lines().count().max(1);
        return Err(fault(last, |_| Problem::NoProgram, ""));
    }
    let groups = groups(entries(header)?)?;
    let scenario = first(&groups, SCENARIO)?;
    let question = first(&groups, QUESTION)?;
    if let Some(second) = of(&groups, QUESTION).get(1) {
        return Err(fault(second.line, Problem::Twice, "question"));
    }
    first(&groups, LOOK)?;
    for group in &groups {
        group.complete()?;
    }

    let level = scenario.one_of(
        "level",
        &Difficulty::ALL.map(Difficulty::name),
        Problem::UnknownLevel,
    )?;
    let place = place(scenario.at("course"))?;
    let ends = match scenario.find("ends") {
        Some(_) => {
            Ending::ALL[scenario.one_of("ends", &Ending::ALL.map(Ending::name), Problem::UnknownEnding)?]
        }
        None => Ending::default(),
    };
    let compare = match scenario.find("compare") {
        Some(entry) => Some(partner(entry)?),
        None => None,
    };
    let parameters = parameters(&groups, program)?;
    let stops = stops(&groups, program)?;
    let next = question.moment("next", program)?;
    let mut topics = Vec::new();
    for topic in scenario.at("topics").1.split(',') {
        topics.push(topic.trim().to_owned());
    }
    Ok(Lesson {
        title: scenario.words("title", "title.zh"),
        asks: scenario.words("asks", "asks.zh"),
        teaches: scenario.words("lesson", "lesson.zh"),
        topics,
        level: Difficulty::ALL[level],
        place,
        ends,
        compare,
        parameters,
        stops,
        question: Question {
            line: question.line,
            ask: question.words("question", "question.zh"),
            next,
            answer: question.words("answer", "answer.zh"),
        },
        program: program.to_owned(),
    })
}

fn parameters(groups: &[Group<'_>], program: &str) -> Found<Vec<Parameter>> {
    let mut parameters = Vec::new();
    for group in of(groups, PARAMETER) {
        let (line, text) = group.at("parameter");
        match Parameter::read(text, group.at("parameter.zh").1, line, program) {
            Ok(parameter) => parameters.push(parameter),
            Err(problem) => return Err(Box::new((line, problem))),
        }
    }
    Ok(parameters)
}

fn stops(groups: &[Group<'_>], program: &str) -> Found<Vec<Stop>> {
    let mut stops = Vec::new();
    for group in of(groups, LOOK) {
        stops.push(Stop {
            when: group.moment("when", program)?,
            line: group.line,
            name: group.words("look", "look.zh"),
            note: group.words("note", "note.zh"),
        });
    }
    Ok(stops)
}

/// The groups of one kind.
fn of<'a, 'b>(groups: &'b [Group<'a>], keys: Keys) -> Vec<&'b Group<'a>> {
    let mut found = Vec::new();
    for group in groups {
        if group.keys[0] == keys[0] {
            found.push(group);
        }
    }
    found
}

fn first<'a, 'b>(groups: &'b [Group<'a>], keys: Keys) -> Found<&'b Group<'a>> {
    let found = of(groups, keys).first().copied();
    found.ok_or_else(|| fault(1, Problem::Missing, keys[0]))
}

fn entries(header: &str) -> Found<Vec<Entry<'_>>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut open = false;
    let mut number = 0;
    for line in header.lines() {
        number += 1;
        let content = line.trim_start_matches('#').trim_end();
        if content.is_empty() {
            open = false;
            continue;
        }
        let text = content.trim_start();
        if content.len() - text.len() >= CONTINUED {
            if let Some(above) = entries.last_mut()
                && open
            {
                join(&mut above.value, text);
                continue;
            }
        } else if let Some((key, value)) = text.split_once(':')
            && !key.contains(' ')
        {
            entries.push(Entry {
                key,
                value: value.trim().to_owned(),
                line: number,
            });
            open = true;
            continue;
        }
        return Err(fault(number, |_| Problem::NotAnEntry, ""));
    }
    Ok(entries)
}

fn groups(entries: Vec<Entry<'_>>) -> Found<Vec<Group<'_>>> {
    let kinds = [SCENARIO, PARAMETER, LOOK, QUESTION];
    let mut groups: Vec<Group<'_>> = Vec::new();
    for entry in entries {
        let wrong = |problem| Err(fault(entry.line, problem, entry.key));
        let Some(keys) = kinds.into_iter().find(|keys| keys.contains(&entry.key)) else {
            return wrong(Problem::UnknownKey);
        };
        if entry.value.is_empty() {
            return wrong(Problem::Empty);
        }
        let of_scenario = keys[0] == SCENARIO[0];
        let begins = if groups.is_empty() {
            of_scenario
        } else {
            !of_scenario && keys[0] == entry.key
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
                    return wrong(Problem::Twice);
                }
                group.entries.push(entry);
            }
            _ => return wrong(Problem::Misplaced),
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

fn partner(entry: &Entry<'_>) -> Found<String> {
    let letter = |c: u8| c.is_ascii_alphanumeric() || c == b'_';
    if entry.value.bytes().all(letter) {
        Ok(entry.value.clone())
    } else {
        Err(fault(entry.line, Problem::NotAScenario, &entry.value))
    }
}

fn place((line, text): (usize, &str)) -> Found<Place> {
    if let Some((chapter, number)) = text.split_once('.')
        && let (Ok(chapter), Ok(number)) = (chapter.parse(), number.parse())
        && (1..=CHAPTERS.len()).contains(&chapter)
        && number > 0
    {
        return Ok(Place { chapter, number });
    }
    Err(fault(line, Problem::NotAPlace, text))
}
