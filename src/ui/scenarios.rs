//! The programs to start from. They are ordinary files; comments at the head say what they are.

use std::sync::LazyLock;

/// A program with what its head says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// File name.
    pub file: &'static str,
    /// Source text.
    pub source: &'static str,
    /// `# title:`
    pub title: &'static str,
    /// `# lesson:` a question that the picture answers.
    pub lesson: &'static str,
    /// The frame to show first: one in which there is much to see.
    pub open: u32,
}

impl Scenario {
    /// Address of its recorded run, relative to the page.
    pub fn trace_path(&self) -> String {
        format!("traces/{}.lscope", self.file.trim_end_matches(".py"))
    }
}

macro_rules! scenario {
    ($file:literal, $open:literal) => {
        (
            $file,
            include_str!(concat!("../../static/scenarios/", $file)),
            $open,
        )
    };
}

/// The first is the default.
const FILES: [(&str, &str, u32); 4] = [
    scenario!("producer_consumer.py", 26),
    scenario!("gather_vs_sequential.py", 10),
    scenario!("condition_notify.py", 13),
    scenario!("cancellation.py", 6),
];

/// All scenarios, the default first.
pub static ALL: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(file, source, open)| read(file, source, *open))
        .collect()
});

fn read(file: &'static str, source: &'static str, open: u32) -> Scenario {
    let head = |key: &str| {
        source
            .lines()
            .take_while(|line| line.starts_with('#'))
            .find_map(|line| line.strip_prefix("# ")?.strip_prefix(key)?.strip_prefix(": "))
    };
    Scenario {
        file,
        source,
        title: head("title").unwrap_or(file),
        lesson: head("lesson").unwrap_or_default(),
        open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scenario_says_what_it_teaches() {
        for scenario in ALL.iter() {
            assert_ne!(scenario.title, scenario.file, "{} has no title", scenario.file);
            assert!(scenario.lesson.ends_with('?'), "{} asks nothing", scenario.file);
            assert!(
                scenario.open > 0,
                "{} opens before anything happened",
                scenario.file
            );
        }
    }

    #[test]
    fn every_file_of_the_folder_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/static/scenarios");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
            .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
            .collect();
        files.sort();
        let mut listed: Vec<&str> = ALL.iter().map(|scenario| scenario.file).collect();
        listed.sort_unstable();
        assert_eq!(files, listed);
    }
}
