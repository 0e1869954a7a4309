//! A file that cannot be understood is set aside. Next: `store.rs`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Renames a file to the first free `progress.WORD-N.json` beside it, and says to which.
pub(super) fn set_aside(path: &Path, word: &str) -> io::Result<PathBuf> {
    let mut number = 1_u32;
    let aside = loop {
        let candidate = path.with_file_name(format!("progress.{word}-{number}.json"));
        if fs::symlink_metadata(&candidate).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            break candidate;
        }
        number += 1;
    };
    fs::rename(path, &aside)?;
    Ok(aside)
}
