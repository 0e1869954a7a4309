//! The bundles of a folder. Files are read side by side, because a class may be large. Next: `class.rs`.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io,
    panic::resume_unwind,
    path::{Path, PathBuf},
    thread,
};

use serde::Serialize;

use super::{learner::Learner, outline::Outline};
use crate::bundle::{self, Refused, same_person};

/// So many files are looked at; a larger folder is none of bundles.
const MOST_FILES: usize = 20_000;
/// So many folders inside each other are followed.
const DEEPEST: usize = 16;

/// What a folder holds.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// The newest results of each learner, by name.
    pub learners: Vec<Learner>,
    /// Files that were not used, and why; by name.
    pub left_out: Vec<LeftOut>,
    /// Files whose name does not end in `.json`: nobody looked into them.
    pub others: usize,
}

/// A file that was not used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Its path from the folder on, with `/`.
    pub file: String,
    /// Why, and what to do.
    pub why: String,
    /// Whether something is wrong with it; an older bundle of the same learner is only old.
    pub refused: bool,
}

/// Reads every `.json` of a folder; with `deep` also those of the folders in it. Hidden files and links to folders are none of ours.
pub fn gather(folder: &Path, deep: bool, outline: &Outline) -> io::Result<Gathered> {
    let mut listed = Listed::default();
    listed.list(folder, if deep { DEEPEST } else { 0 })?;
    listed.files.sort();
    let mut gathered = Gathered { others: listed.others, ..Gathered::default() };
    let mut newest: BTreeMap<String, Learner> = BTreeMap::new();
    for (path, read) in listed.files.iter().zip(read_all(&listed.files, outline)) {
        let file = shown(folder, path);
        match read {
            Ok(learner) => {
                let learner = Learner { file: Some(file), ..learner };
                if let Some(old) = put(&mut newest, learner) {
                    gathered.left_out.push(old);
                }
            }
            // A report of ours may lie beside the bundles.
            Err(Refused::Report) => {}
            Err(refused) => gathered.left_out.push(LeftOut { file, why: refused.to_string(), refused: true }),
        }
    }
    gathered.learners = newest.into_values().collect();
    gathered.left_out.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(gathered)
}

/// Keeps the newer one of two bundles by one learner; of two that are as old, the later name. The other one is left out.
fn put(newest: &mut BTreeMap<String, Learner>, learner: Learner) -> Option<LeftOut> {
    let key = same_person(&learner.name);
    let before = newest.remove(&key);
    let (new, old) = match before {
        Some(before) if before.made_at > learner.made_at => (before, Some(learner)),
        before => (learner, before),
    };
    let why = format!(
        "{} is in `{}`, too, which is newer; if they are two people, let one export again with another --name",
        new.name,
        new.file.as_deref().unwrap_or_default()
    );
    newest.insert(key, new);
    old.map(|old| LeftOut { file: old.file.unwrap_or_default(), why, refused: false })
}

#[derive(Default)]
struct Listed {
    files: Vec<PathBuf>,
    others: usize,
}

impl Listed {
    fn list(&mut self, folder: &Path, deeper: usize) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                if deeper > 0 {
                    self.list(&path, deeper - 1)?;
                }
            } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
                self.files.push(path);
            } else {
                self.others += 1;
            }
            if self.files.len() + self.others > MOST_FILES {
                return Err(io::Error::other(format!("it holds more than {MOST_FILES} files")));
            }
        }
        Ok(())
    }
}

/// Each file on its own, in order, on as many threads as there are processors.
fn read_all(files: &[PathBuf], outline: &Outline) -> Vec<Result<Learner, Refused>> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = files.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = files
            .chunks(share)
            .map(|files| {
                scope.spawn(move || files.iter().map(|file| read(file, outline)).collect::<Vec<_>>())
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

/// A pipe or a device in a folder would be waited for without end.
fn read(file: &Path, outline: &Outline) -> Result<Learner, Refused> {
    if !fs::metadata(file)?.is_file() {
        return Err(Refused::Stranger);
    }
    let bundle = bundle::read(File::open(file)?)?;
    if bundle.course.is_foreign_to(&outline.mark) {
        return Err(Refused::Foreign);
    }
    Ok(Learner::of(&bundle, outline))
}

fn shown(folder: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
