//! One exercise's folder: what the learner edits, and what answers the course keeps. Next: `stages.rs`.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    str::FromStr,
};

use grader::scenario::model::Track;

use super::{CourseError, listing::shown, stages, title};

/// A form that an exercise can have: which file is edited, in which language.
#[derive(Debug, PartialEq, Eq)]
pub struct Form {
    /// The language; none for frames and scenarios.
    pub track: Option<Track>,
    /// The file that the learner edits.
    pub edited: &'static str,
    /// The extension of its answers: `answers/solution.EXTENSION`.
    pub extension: &'static str,
}

/// Every form that there is.
pub(super) const FORMS: [Form; 5] = [
    Form { track: Some(Track::JavaScript), edited: "main.js", extension: "js" },
    Form { track: Some(Track::JavaScript), edited: "main.tsx", extension: "tsx" },
    Form { track: Some(Track::Rust), edited: "main.rs", extension: "rs" },
    Form { track: None, edited: "frames.txt", extension: "txt" },
    Form { track: None, edited: "main.yaml", extension: "yaml" },
];

/// One exercise, as it lies in its folder. Nothing of it has been read yet.
#[derive(Debug, Clone)]
pub struct Exercise {
    id: String,
    root: PathBuf,
    folder: PathBuf,
    forms: Vec<&'static Form>,
    /// At a stage: the ids of all stages up to it.
    pub(super) stages: Vec<String>,
}

/// A program that the course keeps to check itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// What the learner begins with: must fail.
    Starter,
    /// Must pass.
    Solution,
    /// `answers/mistakes/ID.*`: must be rejected for that reason.
    Mistake(String),
    /// `answers/also/NAME.*`: another right way; must pass.
    Also(String),
}

impl Answer {
    /// As typed after `--answer`.
    pub fn typed(&self) -> String {
        match self {
            Self::Starter => "starter".to_owned(),
            Self::Solution => "solution".to_owned(),
            Self::Mistake(id) => format!("mistake:{id}"),
            Self::Also(name) => format!("also:{name}"),
        }
    }
}

/// In words, as a report names it.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Starter => f.write_str("starter"),
            Self::Solution => f.write_str("solution"),
            Self::Mistake(id) => write!(f, "mistake `{id}`"),
            Self::Also(name) => write!(f, "other solution `{name}`"),
        }
    }
}

impl FromStr for Answer {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        match typed.split_once(':') {
            None if typed == "starter" => Ok(Self::Starter),
            None if typed == "solution" => Ok(Self::Solution),
            Some(("mistake", id)) if is_name(id) => Ok(Self::Mistake(id.to_owned())),
            Some(("also", name)) if is_name(name) => Ok(Self::Also(name.to_owned())),
            _ => Err("write `starter`, `solution`, `mistake:ID` or `also:NAME`".to_owned()),
        }
    }
}

/// A name that stays in its folder.
fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(['/', '\\']) && !text.starts_with('.')
}

impl Exercise {
    /// A form is there when its file is, or its starter: a learner may have lost the file.
    pub(super) fn at(root: &Path, lesson: &str, name: &str) -> Self {
        let folder = root.join("exercises").join(lesson).join(name);
        let answers = folder.join("answers");
        let has_starter = |form: &Form| {
            let starter = format!("starter.{}", form.extension);
            answers.join(&starter).is_file() || stages::has_starter(&answers, &starter)
        };
        let is_there = |form: &&Form| folder.join(form.edited).is_file() || has_starter(form);
        let forms = FORMS.iter().filter(is_there).collect();
        Self { id: format!("{lesson}/{name}"), root: root.to_path_buf(), folder, forms, stages: Vec::new() }
    }

    /// The full name: `07_rooms/members_only`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The lesson's folder: `07_rooms`.
    pub fn lesson(&self) -> &str {
        self.id.split_once('/').map_or("", |(lesson, _)| lesson)
    }

    /// The short name: `members_only`.
    pub fn name(&self) -> &str {
        self.id.split_once('/').map_or(self.id.as_str(), |(_, name)| name)
    }

    /// Where its files are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The title, for people. Cheap: see `title.rs`. A file without one has the exercise's name.
    pub fn title(&self) -> String {
        title::read(&self.yaml())
            .or_else(|| self.load().ok().map(|loaded| loaded.exercise.title))
            .unwrap_or_else(|| self.name().replace('_', " "))
    }

    /// Where its `exercise.yaml` is.
    pub fn yaml(&self) -> PathBuf {
        self.folder.join("exercise.yaml")
    }

    /// The languages that it can be done in; empty when it needs none.
    pub fn tracks(&self) -> Vec<Track> {
        let mut tracks: Vec<_> = self.forms.iter().filter_map(|form| form.track).collect();
        tracks.dedup();
        tracks
    }

    /// Whether it can be done in this track, or needs no language at all.
    pub fn is_in(&self, track: Track) -> bool {
        self.forms.iter().any(|form| form.track.is_none_or(|has| has == track))
    }

    /// How it is done in a track; `None` asks for the form that needs no language.
    pub fn form(&self, track: Option<Track>) -> Option<&'static Form> {
        self.forms.iter().find(|form| form.track == track).copied()
    }

    /// The file that the learner edits.
    pub fn edited(&self, track: Option<Track>) -> Result<PathBuf, CourseError> {
        self.form(track).map(|form| self.folder.join(form.edited)).ok_or_else(|| CourseError::Incomplete {
            path: format!("{}/main.*", shown(&self.root, &self.folder)),
        })
    }

    /// The folder of its page for the browser, if it has one.
    pub fn page(&self) -> Option<PathBuf> {
        let page = self.folder.join("page");
        page.join("index.html").is_file().then_some(page)
    }

    /// Where an answer is. It is an error when there is no such file.
    pub fn answer(&self, answer: &Answer, track: Option<Track>) -> Result<PathBuf, CourseError> {
        let there = self.answers(track);
        if let Some((_, path)) = there.iter().find(|(have, _)| have == answer) {
            return Ok(path.clone());
        }
        let extension = self.form(track).map_or("*", |form| form.extension);
        match answer {
            Answer::Starter | Answer::Solution => Err(CourseError::Incomplete {
                path: shown(
                    &self.root,
                    &self.answers_folder().join(format!("{}.{extension}", answer.typed())),
                ),
            }),
            Answer::Mistake(_) | Answer::Also(_) => Err(CourseError::NoAnswer {
                exercise: self.id.clone(),
                answer: answer.to_string(),
                there: there.iter().map(|(have, _)| have.typed()).collect(),
            }),
        }
    }

    /// Every answer there is in a track: starter, solution, other solutions, mistakes; each group by name.
    pub fn answers(&self, track: Option<Track>) -> Vec<(Answer, PathBuf)> {
        let Some(form) = self.form(track) else { return Vec::new() };
        let folder = self.answers_folder();
        let mut answers = Vec::new();
        for (stem, answer) in [("starter", Answer::Starter), ("solution", Answer::Solution)] {
            let path = folder.join(format!("{stem}.{}", form.extension));
            let before = self.solution_before(form.extension).filter(|_| answer == Answer::Starter);
            if let Some(path) = [Some(path), before].into_iter().flatten().find(|path| path.is_file()) {
                answers.push((answer, path));
            }
        }
        let also = files(&folder.join("also"), form.extension);
        answers.extend(also.into_iter().map(|(stem, path)| (Answer::Also(stem), path)));
        let mistakes = files(&folder.join("mistakes"), form.extension);
        answers.extend(mistakes.into_iter().map(|(stem, path)| (Answer::Mistake(stem), path)));
        answers
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }
}

/// The files of a folder with this extension, by stem. A folder that is not there has none.
fn files(folder: &Path, extension: &str) -> Vec<(String, PathBuf)> {
    let mut found: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|has| has == extension) && path.is_file())
        .filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), path)))
        .collect();
    found.sort();
    found
}
