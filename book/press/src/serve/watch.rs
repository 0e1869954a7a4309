//! Notices that a file of the book has changed, by looking: it works on every disk, and costs a few milliseconds a look.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// What is looked at, from the course's root: folders with all that is below them, and files.
const PLACES: [&str; 7] =
    ["book/src", "book/theme", "book/demos", "book/recordings", "book/book.toml", "exercises", "quiz"];

/// The state of all files: whatever changes one of them changes this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look(Vec<(PathBuf, Option<SystemTime>, u64)>);

/// Looks at everything.
pub(super) fn look(root: &Path) -> Look {
    let mut found = Vec::new();
    for place in PLACES {
        collect(&root.join(place), &mut found);
    }
    found.sort();
    Look(found)
}

/// The first file in which two looks differ.
pub(super) fn first_change(before: &Look, after: &Look) -> Option<PathBuf> {
    let changed = |entry: &&(PathBuf, Option<SystemTime>, u64)| !before.0.contains(entry);
    let gone = |entry: &&(PathBuf, Option<SystemTime>, u64)| !after.0.contains(entry);
    after.0.iter().find(changed).or_else(|| before.0.iter().find(gone)).map(|(path, ..)| path.clone())
}

fn collect(path: &Path, found: &mut Vec<(PathBuf, Option<SystemTime>, u64)>) {
    let Ok(about) = fs::symlink_metadata(path) else { return };
    if about.is_dir() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            let name = entry.file_name();
            // Packages, and files that editors keep for themselves.
            if name != "node_modules" && !name.as_encoded_bytes().starts_with(b".") {
                collect(&entry.path(), found);
            }
        }
    } else if about.is_file() {
        found.push((path.to_owned(), about.modified().ok(), about.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_seen_and_packages_are_not_looked_at() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            path
        };
        write("book/src/a.md", "one");
        let before = look(root.path());
        write("book/demos/node_modules/x.js", "x");
        write("book/src/.a.md.swp", "x");
        assert_eq!(look(root.path()), before);
        let path = write("book/src/a.md", "three");
        assert_eq!(first_change(&before, &look(root.path())), Some(path));
    }
}
