//! Courses to measure with.

use std::{
    error::Error,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

/// What the courses below are made of: exercise `number` is a copy of number modulo four.
pub(crate) const MODELS: [&str; 4] = [
    "01_why_real_time/first_push",
    "05_acknowledgements/ack_every_path",
    "07_rooms/members_only",
    "06_who_receives_it/tell_the_others",
];

/// The root of this workspace.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
}

/// A file that is put back when this is dropped.
pub(crate) struct Borrowed {
    path: PathBuf,
    content: String,
}

impl Borrowed {
    pub(crate) fn take(path: &Path) -> Result<Self, Box<dyn Error>> {
        Ok(Self { path: path.to_path_buf(), content: fs::read_to_string(path)? })
    }

    pub(crate) fn write(&self, content: &str) -> Result<(), Box<dyn Error>> {
        Ok(fs::write(&self.path, content)?)
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        // Nothing more can be done about it here; `git status` shows the file.
        let _ = fs::write(&self.path, &self.content);
    }
}

/// A course with so many exercises: copies of the real ones in lessons of ten.
pub(crate) fn with_exercises(root: &Path, count: usize) -> Result<tempfile::TempDir, Box<dyn Error>> {
    let course = tempfile::tempdir()?;
    fs::copy(root.join("Cargo.toml"), course.path().join("Cargo.toml"))?;
    for number in 0..count {
        let model = root.join("exercises").join(MODELS[number % MODELS.len()]);
        let folder = course.path().join(format!("exercises/{:02}_lesson/exercise_{number}", number / 10 + 1));
        fs::create_dir_all(&folder)?;
        for file in ["exercise.yaml", "main.js", "main.rs"] {
            fs::copy(model.join(file), folder.join(file))?;
        }
    }
    Ok(course)
}

/// The four, ready to be watched in JavaScript; their files hold the solutions.
pub(crate) fn to_watch(root: &Path) -> Result<tempfile::TempDir, Box<dyn Error>> {
    let course = with_exercises(root, MODELS.len())?;
    symlink(root.join("exercises/node_modules"), course.path().join("exercises/node_modules"))?;
    fs::copy(root.join("exercises/causes.yaml"), course.path().join("exercises/causes.yaml"))?;
    fs::create_dir(course.path().join(".socketlings"))?;
    let progress = r#"{ "version": 1, "track": "javascript" }"#;
    fs::write(course.path().join(".socketlings/progress.json"), progress)?;
    for (number, model) in MODELS.iter().enumerate() {
        let solution = root.join("exercises").join(model).join("answers/solution.js");
        fs::copy(solution, main_file(course.path(), number))?;
    }
    Ok(course)
}

/// The learner's file of exercise `number` below ten.
pub(crate) fn main_file(course: &Path, number: usize) -> PathBuf {
    course.join(format!("exercises/01_lesson/exercise_{number}/main.js"))
}
