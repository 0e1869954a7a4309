//! Replacing a file whole: after a crash or a full disk there is the old file or the new one, never half of one.
//! Next: `store.rs`.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Puts bytes into a fresh file. A seam: tests put them on a full disk.
pub(super) type Fill = fn(&mut File, &[u8]) -> io::Result<()>;

/// Writes the bytes.
pub(super) fn fill(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)
}

/// Writes beside the file, flushes to the disk, renames over it, and flushes the folder's entry.
pub(super) fn replace(path: &Path, bytes: &[u8], fill: Fill) -> io::Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let mut fresh = tempfile::Builder::new().prefix("progress.").suffix(".part").tempfile_in(folder)?;
    fill(fresh.as_file_mut(), bytes)?;
    fresh.as_file().sync_all()?;
    fresh.persist(path).map_err(|error| error.error)?;
    flush_folder(folder)
}

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

#[cfg(unix)]
fn flush_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some network and FUSE file systems cannot flush a folder. The file itself is safe by then.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        other => other,
    }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
fn flush_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
