//! The demos of the book: small programs that a lesson shows, each with the scenarios that it passes.
//!
//! A demo is a folder `book/demos/NN_slug/NAME` with `demo.yaml` and its programs beside it: `main.js`, `main.rs`,
//! `main.tsx` or `frames.txt`. A course without a book has none. Next: `load.rs`, which reads them.

use std::path::{Path, PathBuf};

use grader::scenario::model::Track;

use super::{
    Course, CourseError,
    exercise::{FORMS, Form},
    listing::{folders, shown},
};

/// One demo, as it lies in its folder. Nothing of it has been read yet.
#[derive(Debug, Clone)]
pub struct Demo {
    id: String,
    root: PathBuf,
    folder: PathBuf,
    forms: Vec<&'static Form>,
}

impl Demo {
    fn at(root: &Path, lesson: &str, name: &str) -> Self {
        let folder = root.join("book/demos").join(lesson).join(name);
        let forms = FORMS.iter().filter(|form| folder.join(form.edited).is_file()).collect();
        Self { id: format!("{lesson}/{name}"), root: root.to_path_buf(), folder, forms }
    }

    /// The full name: `07_rooms/greet`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The lesson that it belongs to: `07_rooms`.
    pub fn lesson(&self) -> &str {
        self.id.split_once('/').map_or("", |(lesson, _)| lesson)
    }

    /// The short name, which the lesson's text uses: `greet`.
    pub fn name(&self) -> &str {
        self.id.split_once('/').map_or(self.id.as_str(), |(_, name)| name)
    }

    /// Where its files are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where its `demo.yaml` is.
    pub fn yaml(&self) -> PathBuf {
        self.folder.join("demo.yaml")
    }

    /// The file with its program in a track; `None` asks for the form that needs no language.
    pub fn program(&self, track: Option<Track>) -> Result<PathBuf, CourseError> {
        let form = self.forms.iter().find(|form| form.track == track);
        form.map(|form| self.folder.join(form.edited)).ok_or_else(|| {
            let file = FORMS.iter().find(|form| form.track == track).map_or("main.*", |form| form.edited);
            CourseError::Incomplete { path: shown(&self.root, &self.folder.join(file)) }
        })
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }
}

impl Course {
    /// The demo of that full name.
    pub fn demo(&self, id: &str) -> Option<Demo> {
        let (lesson, name) = id.split_once('/')?;
        let demo = Demo::at(self.root(), lesson, name);
        demo.yaml().is_file().then_some(demo)
    }

    /// The demos of the book, by lesson and name.
    pub fn demos(&self) -> Result<Vec<Demo>, CourseError> {
        let all = self.root().join("book/demos");
        let mut demos = Vec::new();
        if !all.is_dir() {
            return Ok(demos);
        }
        for lesson in folders(&all)? {
            for name in folders(&all.join(&lesson))? {
                if all.join(&lesson).join(&name).join("demo.yaml").is_file() {
                    demos.push(Demo::at(self.root(), &lesson, &name));
                }
            }
        }
        demos.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(demos)
    }
}
