//! Where the course is. Next: `listing.rs`.

use std::path::{Path, PathBuf};

use super::CourseError;

/// The folder that holds `exercises/` and `Cargo.toml`.
///
/// `named` (from `--course` or `SOCKETLINGS_COURSE`) wins. Else the nearest such folder from `here` upwards.
/// Else the one that this runner was built in: `cargo run --manifest-path …` works from anywhere.
pub fn find_root(named: Option<&Path>, here: &Path) -> Result<PathBuf, CourseError> {
    if let Some(path) = named {
        let path = here.join(path);
        return if is_root(&path) { Ok(path) } else { Err(CourseError::NotACourse { path }) };
    }
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    here.ancestors()
        .chain(built_in)
        .find(|folder| is_root(folder))
        .map(Path::to_path_buf)
        .ok_or_else(|| CourseError::NoCourse { here: here.to_path_buf() })
}

fn is_root(folder: &Path) -> bool {
    folder.join("exercises").is_dir() && folder.join("Cargo.toml").is_file()
}
