//! Courses to measure with.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};

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
    let models =
        ["01_why_real_time/first_push", "05_acknowledgements/ack_every_path", "07_rooms/members_only"];
    for number in 0..count {
        let model = root.join("exercises").join(models[number % models.len()]);
        let folder = course.path().join(format!("exercises/{:02}_lesson/exercise_{number}", number / 10 + 1));
        fs::create_dir_all(&folder)?;
        for file in ["exercise.yaml", "main.js", "main.rs"] {
            fs::copy(model.join(file), folder.join(file))?;
        }
    }
    Ok(course)
}
