//! Where a book may be put: what was in that folder before goes. Next: [`crate::build`].

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
};

use anyhow::{Context as _, anyhow};
use runner::exit::Failure;
use serde_json::Value;

use crate::site;

/// The folder that a person names with `--out`. It has to be empty, or to hold a book of ours.
pub fn named(root: &Path, out: &Path) -> Result<PathBuf, Failure> {
    let place = beside_the_course(root, out)?;
    let is_empty = fs::read_dir(&place).map_or(true, |mut entries| entries.next().is_none());
    if is_empty || holds_a_book(&place) {
        return Ok(place);
    }
    Err(Failure::usage(anyhow!(
        "`{}` is not empty, and holds no book that was built there before; name another folder with `--out`",
        place.display()
    )))
}

/// The folder as it is on the disk. It does not hold the course.
pub fn beside_the_course(root: &Path, out: &Path) -> Result<PathBuf, Failure> {
    let see = |path: &Path| {
        resolved(path)
            .with_context(|| format!("cannot see `{}`", path.display()))
            .map_err(Failure::environment)
    };
    let (root, place) = (see(root)?, see(out)?);
    if root.starts_with(&place) {
        return Err(Failure::usage(anyhow!(
            "`{}` holds the course, and a book takes the place of all that is there; name another folder",
            place.display()
        )));
    }
    Ok(place)
}

/// The path without links and without `..`, also where it is not there yet.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let mut real = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            part => real.push(part),
        }
        // Step by step: what `..` means depends on where a link leads.
        if let Ok(there) = real.canonicalize() {
            real = there;
        }
    }
    Ok(real)
}

/// Whether the folder has a `site.json` that is ours: other sites have a file of that name, too.
fn holds_a_book(folder: &Path) -> bool {
    let Ok(text) = fs::read(folder.join(site::NAME)) else { return false };
    let Ok(site) = serde_json::from_slice::<Value>(&text) else { return false };
    let has_version = site.get("version").is_some_and(|version| version.is_string() || version.is_null());
    let is_list = |key: &str| site.get(key).is_some_and(Value::is_array);
    has_version && is_list("pages") && is_list("files")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_folder_of_somebody_else_is_emptied() {
        let around = tempfile::tempdir().unwrap();
        let root = around.path().join("course");
        let out = root.join("site");
        fs::create_dir_all(&root).unwrap();
        assert!(named(&root, &out).is_ok());
        fs::create_dir(&out).unwrap();
        assert!(named(&root, &out).is_ok());
        fs::write(out.join("letter.txt"), "dear").unwrap();
        assert!(named(&root, &out).is_err());
        for of_others in ["", "{}", "[]", r#"{"version":2,"pages":[],"files":[]}"#, r#"{"version":"2"}"#] {
            fs::write(out.join(site::NAME), of_others).unwrap();
            assert!(named(&root, &out).is_err(), "{of_others}");
        }
        for ours in [r#"{"version":"a","pages":[],"files":[]}"#, r#"{"version":null,"pages":[],"files":[]}"#]
        {
            fs::write(out.join(site::NAME), ours).unwrap();
            assert!(named(&root, &out).is_ok(), "{ours}");
        }
    }

    #[test]
    fn a_book_does_not_take_the_place_of_its_course() {
        let around = tempfile::tempdir().unwrap();
        let root = around.path().join("course");
        fs::create_dir_all(root.join("book")).unwrap();
        std::os::unix::fs::symlink(around.path(), root.join("up")).unwrap();
        for folder in [around.path(), &root] {
            fs::write(folder.join(site::NAME), r#"{"version":"a","pages":[],"files":[]}"#).unwrap();
        }
        for out in ["", ".", "..", "book/..", "book/../..", "none/..", "none/../..", "up", "up/course"] {
            assert!(named(&root, &root.join(out)).is_err(), "{out}");
            assert!(beside_the_course(&root, &root.join(out)).is_err(), "{out}");
        }
        let new =
            named(&root, &root.join("none/../new")).unwrap_or_else(|failure| panic!("{:#}", failure.error));
        assert_eq!(new, root.canonicalize().unwrap().join("new"));
    }
}
