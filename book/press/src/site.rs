//! `site.json` beside the built book: what its own scripts need to know of it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use runner::exit::Failure;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    manuscript::Chapter,
    material::{side_by_side, size},
};

/// The name of the file.
pub const NAME: &str = "site.json";

/// What is in it.
#[derive(Debug, Serialize)]
pub struct Site {
    /// Another one when anything in the book has changed.
    pub version: String,
    /// The chapters, in order.
    pub pages: Vec<SitePage>,
    /// Every file of the book, by its path.
    pub files: Vec<String>,
}

/// A chapter.
#[derive(Debug, Serialize)]
pub struct SitePage {
    /// `07_rooms.html`
    pub path: String,
    /// `Rooms`
    pub title: String,
    /// `07_rooms`
    pub slug: String,
    /// Minutes of reading, where they are said.
    pub minutes: Option<u32>,
}

/// Writes `site.json` for a book that was built of these chapters.
pub fn write(chapters: &[Chapter], built: &Path) -> Result<Site, Failure> {
    let site = describe(chapters, built)?;
    let text = serde_json::to_string(&site).context("cannot write JSON").map_err(Failure::course)?;
    fs::write(built.join(NAME), text)
        .with_context(|| format!("cannot write `{NAME}`"))
        .map_err(Failure::environment)?;
    Ok(site)
}

fn describe(chapters: &[Chapter], built: &Path) -> Result<Site, Failure> {
    let page = |chapter: &Chapter| SitePage {
        path: format!("{}.html", chapter.slug()),
        title: chapter.title().to_owned(),
        slug: chapter.slug().to_owned(),
        minutes: chapter.front.as_ref().ok().and_then(|front| front.minutes),
    };
    let pages = chapters.iter().map(page).collect();
    let mut files = files_below(built).context("cannot read the built book").map_err(Failure::environment)?;
    files.retain(|path| path.as_os_str() != NAME);
    let mut hash = Sha256::new();
    let read = |file: &PathBuf| fs::read(built.join(file)).map(Sha256::digest);
    let weight = |file: &PathBuf| size(&built.join(file));
    for (file, text) in files.iter().zip(side_by_side(&files, weight, read)) {
        hash.update(file.as_os_str().as_encoded_bytes());
        hash.update([0]);
        hash.update(text.context("cannot read the built book").map_err(Failure::environment)?);
    }
    let version = crate::hash::hex(&hash.finalize()[..8]);
    let files = files.iter().map(|file| file.display().to_string().replace('\\', "/")).collect();
    Ok(Site { version, pages, files })
}

/// All files below a folder, by their paths in it, sorted.
pub fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fn collect(root: &Path, folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                collect(root, &path, found)?;
            } else if let Ok(inside) = path.strip_prefix(root) {
                found.push(inside.to_path_buf());
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    collect(folder, folder, &mut found)?;
    found.sort();
    Ok(found)
}
