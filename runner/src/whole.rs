//! Replacing a file whole: after a crash or a full disk there is the old file or the new one, never half of one.
//! Next: [`crate::course`].

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

/// Puts bytes into a fresh file. A seam: tests put them on a full disk.
pub type Fill = fn(&mut File, &[u8]) -> io::Result<()>;

/// Writes the bytes.
pub fn fill(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)
}

/// Replaces a file, or makes it. Only its owner may read it.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_by(path, bytes, fill)
}

/// Writes beside the file, flushes to the disk, renames over it, and flushes the folder's entry.
pub fn replace_by(path: &Path, bytes: &[u8], fill: Fill) -> io::Result<()> {
    let folder = folder(path);
    let mut fresh = tempfile::Builder::new().prefix(".").suffix(".part").tempfile_in(folder)?;
    fill(fresh.as_file_mut(), bytes)?;
    fresh.as_file().sync_all()?;
    fresh.persist(path).map_err(|error| error.error)?;
    flush_folder(folder)
}

/// Whether a lock was refused because the file system has none: some network drives.
pub fn knows_no_locks(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
        || error.raw_os_error() == Some(rustix::io::Errno::NOLCK.raw_os_error())
}

/// The folder that a file is in; `.` for a bare name.
pub fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
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
