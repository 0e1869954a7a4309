//! Reading YAML: the grader understands it, this file fetches it and says which file is wrong. Next: [`crate::progress`].

use std::{fs, io, path::Path, path::PathBuf};

use grader::scenario::{
    model,
    read::{self, Problem},
};

use super::{Course, CourseError, Demo, Exercise, listing::shown};

/// An exercise or a demo that has been read.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What it asks.
    pub exercise: model::Exercise,
    /// The text of its file: reports quote it.
    pub source: String,
    /// Where that file is.
    pub path: PathBuf,
}

impl Exercise {
    /// Reads `exercise.yaml`. The error names every problem with its place.
    pub fn load(&self) -> Result<Loaded, CourseError> {
        let path = self.yaml();
        let source = text(&path)?;
        let exercise = read::exercise(&source)
            .map_err(|problems| problems_in(self.root(), &path, &source, &problems))?;
        Ok(Loaded { exercise, source, path })
    }

    /// Whether the text of `exercise.yaml` has this word in it: cheaper than reading it.
    pub fn mentions(&self, word: &str) -> bool {
        fs::read_to_string(self.yaml()).is_ok_and(|source| source.contains(word))
    }
}

impl Demo {
    /// Reads `demo.yaml`. The error names every problem with its place.
    pub fn load(&self) -> Result<Loaded, CourseError> {
        let path = self.yaml();
        let source = text(&path)?;
        let exercise =
            read::demo(&source).map_err(|problems| problems_in(self.root(), &path, &source, &problems))?;
        Ok(Loaded { exercise, source, path })
    }
}

impl Course {
    /// The general causes of `exercises/causes.yaml`; a course without that file has none.
    pub fn causes(&self) -> Result<Vec<model::Mistake>, CourseError> {
        let path = self.root().join("exercises").join("causes.yaml");
        let source = match text(&path) {
            Ok(source) => source,
            Err(CourseError::Unreadable { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                return Ok(Vec::new());
            }
            Err(error) => return Err(error),
        };
        read::causes(&source).map_err(|problems| problems_in(self.root(), &path, &source, &problems))
    }
}

pub(super) fn text(path: &Path) -> Result<String, CourseError> {
    fs::read_to_string(path).map_err(|source| CourseError::unreadable(path, source))
}

pub(super) fn problems_in(root: &Path, path: &Path, source: &str, problems: &[Problem]) -> CourseError {
    let path = shown(root, path);
    let rendered: Vec<_> = problems.iter().map(|problem| problem.render(&path, source)).collect();
    let place = |problem: &Problem| (problem.place.line, problem.place.column, problem.in_full());
    let count = problems.len();
    let problems = problems.iter().map(place).collect();
    CourseError::Problems { count, problems, rendered: rendered.join("\n"), path }
}
