//! The recordings on disk: `book/recordings`, which is committed.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use super::{
    Program,
    model::{Recording, VERSION},
};
use crate::interrupt::undisturbed;

/// The recordings of a book.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

/// Why a recording cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Lacks {
    /// There is none.
    #[error("it was not recorded yet; run `cargo run -p press -- record {lesson}`")]
    Missing {
        /// The lesson to record.
        lesson: String,
    },
    /// It cannot be read.
    #[error("its recording cannot be read ({why}); run `cargo run -p press -- record {lesson}`")]
    Damaged {
        /// The lesson to record.
        lesson: String,
        /// Why.
        why: String,
    },
}

impl Store {
    /// The recordings of the course in `root`.
    pub fn of(root: &Path) -> Self {
        Self { folder: root.join("book/recordings") }
    }

    /// Where a program's recording is.
    pub fn path(&self, program: &Program) -> PathBuf {
        self.folder.join(program.path())
    }

    /// Reads the recording of a program.
    pub fn read(&self, program: &Program) -> Result<Recording, Lacks> {
        let lesson = || program.lesson().to_owned();
        let damaged = |why: String| Lacks::Damaged { lesson: lesson(), why };
        let text = match fs::read_to_string(self.path(program)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Lacks::Missing { lesson: lesson() });
            }
            Err(error) => return Err(damaged(error.to_string())),
        };
        let recording: Recording = serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
        if recording.version == VERSION {
            Ok(recording)
        } else {
            Err(damaged(format!("it has the form {}, and {VERSION} is read", recording.version)))
        }
    }

    /// Writes a recording, at once or not at all; answers whether that changed anything.
    pub fn write(&self, program: &Program, recording: &Recording) -> io::Result<bool> {
        let path = self.path(program);
        let text = recording.to_json();
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return Ok(false);
        }
        let folder = path.parent().unwrap_or(&self.folder);
        undisturbed(|| {
            fs::create_dir_all(folder)?;
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(text.as_bytes())?;
            file.persist(&path).map_err(|error| error.error)?;
            Ok(true)
        })
    }

    /// Every recording that there is, by its path below the folder.
    pub fn all(&self) -> Vec<String> {
        let mut found = Vec::new();
        collect(&self.folder, &self.folder, &mut found);
        found.sort();
        found
    }

    /// Whether a file below the folder was written as a recording, in this form or an earlier one.
    pub fn is_recording(&self, path: &str) -> bool {
        #[derive(serde::Deserialize)]
        #[expect(dead_code, reason = "that they are there is all that is asked")]
        struct Stamp {
            version: u32,
            program: String,
            scenarios: Vec<serde::de::IgnoredAny>,
        }
        fs::read(self.folder.join(path)).is_ok_and(|text| serde_json::from_slice::<Stamp>(&text).is_ok())
    }

    /// Removes a recording that nobody asks for, and its folder when that is empty then.
    pub fn remove(&self, path: &str) -> io::Result<()> {
        let path = self.folder.join(path);
        fs::remove_file(&path)?;
        // A folder with something in it stays.
        let _ = path.parent().map(fs::remove_dir);
        Ok(())
    }
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|extension| extension == "json")
            && let Ok(inside) = path.strip_prefix(root)
        {
            found.push(inside.display().to_string());
        }
    }
}
