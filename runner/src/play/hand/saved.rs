//! Whether the learner's file was saved since the program was started. Next: [`super::session`].

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// A file that is looked at from time to time.
#[derive(Debug)]
pub struct Saved {
    path: PathBuf,
    known: Option<(SystemTime, u64)>,
}

impl Saved {
    /// From now on, which should be before the file is run.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_path_buf(), known: stamp(path) }
    }

    /// Whether it is another one than at the last look. One that is not there at the moment is about to be replaced.
    pub(super) fn look(&mut self) -> bool {
        let now = stamp(&self.path);
        now.is_some() && std::mem::replace(&mut self.known, now) != now
    }

    /// Its name.
    pub(super) fn name(&self) -> String {
        self.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    }
}

fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_save_is_seen_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("main.js");
        fs::write(&path, "a").expect("written");
        let mut saved = Saved::new(&path);
        assert!(!saved.look());
        fs::write(&path, "ab").expect("written");
        assert!(saved.look());
        assert!(!saved.look());
        fs::remove_file(&path).expect("removed");
        assert!(!saved.look());
    }
}
