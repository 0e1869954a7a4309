//! The course as a list: lessons in order, and their exercises in order. No YAML is read here.
//!
//! A lesson is a folder `exercises/NN_slug`; an exercise is a folder in it that holds `exercise.yaml`.
//! Exercises stand in the order of the lesson's `order.txt` (one folder name a line, `#` begins a comment);
//! those that it does not name come after, by name. Without `order.txt` all go by name. Next: `exercise.rs`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{CourseError, Exercise};

/// A course: where it is and what is in it.
#[derive(Debug, Clone)]
pub struct Course {
    root: PathBuf,
    lessons: Vec<Lesson>,
}

/// A lesson and its exercises.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// The folder's name: `07_rooms`.
    pub id: String,
    /// The number in it.
    pub number: u32,
    /// The slug in words: `Rooms`.
    pub title: String,
    /// Its exercises, in order.
    pub exercises: Vec<Exercise>,
}

impl Course {
    /// Lists the course in `root` (see [`super::find_root`]).
    pub fn open(root: &Path) -> Result<Self, CourseError> {
        let exercises = root.join("exercises");
        let mut lessons = Vec::new();
        for id in folders(&exercises)? {
            if let Some((number, title)) = lesson_name(&id) {
                let exercises = lesson_exercises(root, &exercises.join(&id), &id)?;
                lessons.push(Lesson { id, number, title, exercises });
            }
        }
        lessons.sort_by(|a, b| (a.number, &a.id).cmp(&(b.number, &b.id)));
        Ok(Self { root: root.to_path_buf(), lessons })
    }

    /// The folder that holds `exercises/`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// All lessons, in order; also those without exercises.
    pub fn lessons(&self) -> &[Lesson] {
        &self.lessons
    }

    /// All exercises, in order.
    pub fn exercises(&self) -> impl Iterator<Item = &Exercise> {
        self.lessons.iter().flat_map(|lesson| &lesson.exercises)
    }

    /// A path as a person reads it: from the course's root, with `/`.
    pub fn shown(&self, path: &Path) -> String {
        shown(&self.root, path)
    }
}

/// A path from `root` on, with `/`; a path outside of it stays as it is.
pub(super) fn shown(root: &Path, path: &Path) -> String {
    let Ok(inside) = path.strip_prefix(root) else { return path.display().to_string() };
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// `07_rooms` → (7, `Rooms`). Anything else is no lesson.
fn lesson_name(folder: &str) -> Option<(u32, String)> {
    let (number, slug) = folder.split_once('_')?;
    let words = slug.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next()?;
    Some((number.parse().ok()?, first.to_uppercase().chain(letters).collect()))
}

fn lesson_exercises(root: &Path, folder: &Path, lesson: &str) -> Result<Vec<Exercise>, CourseError> {
    let mut names = folders(folder)?;
    names.retain(|name| folder.join(name).join("exercise.yaml").is_file());
    names.sort();
    put_in_order(&mut names, root, &folder.join("order.txt"))?;
    Ok(names.iter().map(|name| Exercise::at(root, lesson, name)).collect())
}

fn put_in_order(names: &mut [String], root: &Path, file: &Path) -> Result<(), CourseError> {
    let order = match fs::read_to_string(file) {
        Ok(order) => order,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(CourseError::Unreadable { path: file.to_path_buf(), source }),
    };
    let mut placed = 0;
    for (at, line) in order.lines().enumerate() {
        let name = line.split_once('#').map_or(line, |(before, _)| before).trim();
        if name.is_empty() {
            continue;
        }
        let Some(found) = names[placed..].iter().position(|have| have == name) else {
            return Err(CourseError::Order { path: shown(root, file), line: at + 1, name: name.to_owned() });
        };
        names[placed..=placed + found].rotate_right(1);
        placed += 1;
    }
    Ok(())
}

/// The names of the folders in a folder, unsorted. Names that are not UTF-8 are none of ours.
pub(super) fn folders(folder: &Path) -> Result<Vec<String>, CourseError> {
    let unreadable = |source| CourseError::Unreadable { path: folder.to_path_buf(), source };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if let Ok(name) = entry.file_name().into_string()
            && !name.starts_with('.')
            && entry.path().is_dir()
        {
            names.push(name);
        }
    }
    Ok(names)
}
