//! Whether a file that was built is still up to date, without asking the tool that built it.
//!
//! A stamp is a text file: one line for each input, with its length and its time of change to the nanosecond.

use std::{
    ffi::OsStr,
    fmt::Write as _,
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

/// All that a result depends on.
#[derive(Debug, Default)]
pub(super) struct Inputs(Vec<PathBuf>);

impl Inputs {
    /// Adds a file, which need not exist.
    pub(super) fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.0.push(path.into());
        self
    }

    /// Adds every file with this extension in a folder and below it.
    pub(super) fn below(mut self, folder: &Path, extension: &str) -> Self {
        files_below(folder, extension, &mut self.0);
        self
    }

    /// The stamp of the inputs as they are now.
    pub(super) fn stamp(&self) -> String {
        let mut text = String::new();
        for path in &self.0 {
            let seen = path.metadata().ok().and_then(|file| {
                Some((file.len(), file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos()))
            });
            writeln!(text, "{} {seen:?}", path.display()).ok();
        }
        text
    }
}

/// Every file with this extension in a folder and below it, in the order of their names.
pub(super) fn files_below(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if path.file_name() != Some(OsStr::new("node_modules")) {
                files_below(&path, extension, found);
            }
        } else if path.extension() == Some(OsStr::new(extension)) {
            found.push(path);
        }
    }
}

/// Writes a file in one step, so that a reader sees all of it or nothing.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // Whoever may read the folder may read it: a course can be shared, and then only its owner writes.
    let readable = fs::Permissions::from_mode(0o644);
    let mut file = tempfile::Builder::new().permissions(readable).tempfile_in(folder)?;
    io::Write::write_all(&mut file, text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_changes_with_the_content_and_with_the_set_of_files() {
        let folder = tempfile::tempdir().unwrap();
        let inputs =
            || Inputs::default().below(folder.path(), "rs").file(folder.path().join("absent")).stamp();
        let empty = inputs();
        write(&folder.path().join("b/c.rs"), "fn").unwrap();
        let one = inputs();
        assert_ne!(empty, one);
        assert_eq!(one, inputs());
        write(&folder.path().join("b/c.rs"), "fn main").unwrap();
        assert_ne!(one, inputs());
        write(&folder.path().join("b/c.txt"), "x").unwrap();
        assert_eq!(inputs().lines().count(), 2);
    }
}
