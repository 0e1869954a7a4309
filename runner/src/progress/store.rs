//! Reading, locking and writing `progress.json`. Next: [`crate::commands`].

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::Duration,
};

use serde_json::Value;

use super::{Change, Progress, file, record::VERSION};
use crate::whole::{self, Fill};

/// How long one runner waits for another's write. A write takes milliseconds; this is for a stuck disk.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where progress is kept.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
    patience: Duration,
    fill: Fill,
}

/// What is known now, and what a person should be told about the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// The progress.
    pub progress: Progress,
    /// Whole sentences, for warnings.
    pub notices: Vec<String>,
}

/// Why progress could not be kept. A warning, never an end: the verdict stands.
#[derive(Debug, thiserror::Error)]
pub enum ProgressError {
    /// The folder or a file in it cannot be made, read or written.
    #[error("progress was not saved: cannot {what} `{}`: {source}", path.display())]
    File {
        /// `write`, `read`, …
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another runner holds the lock.
    #[error("progress was not saved: another runner has held `{}` for {} s; end it, then check again", path.display(), waited.as_secs_f32())]
    Locked {
        /// The lock file.
        path: PathBuf,
        /// How long was waited.
        waited: Duration,
    },
}

/// What the file's text turned out to be.
enum Text {
    Ours(Progress),
    Newer(u64),
    Damaged(String),
}

impl Store {
    /// The progress of the course in this root. Nothing is touched yet.
    pub fn at(course_root: &Path) -> Self {
        Self { folder: course_root.join(".socketlings"), patience: PATIENCE, fill: whole::fill }
    }

    /// Waits only so long for another runner.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Where the file is.
    pub fn path(&self) -> PathBuf {
        self.folder.join("progress.json")
    }

    /// Where copies of replaced files go.
    pub fn backups(&self) -> PathBuf {
        self.folder.join("backups")
    }

    /// What is known. Never fails and changes nothing: a file that cannot be used is a notice.
    pub fn read(&self) -> Kept {
        let path = self.path();
        match fs::read_to_string(&path) {
            Ok(text) => match understand(&text) {
                Text::Ours(progress) => Kept { progress, notices: Vec::new() },
                other => Kept {
                    progress: Progress::default(),
                    notices: vec![format!(
                        "{}; the next change of progress sets it aside and starts afresh",
                        reason(&path, &other)
                    )],
                },
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Kept::default(),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Kept {
                progress: Progress::default(),
                notices: vec![format!(
                    "{}; the next change of progress sets it aside and starts afresh",
                    reason(&path, &Text::Damaged("it is not text".to_owned()))
                )],
            },
            Err(error) => Kept {
                progress: Progress::default(),
                notices: vec![format!("cannot read `{}`: {error}; progress counts as empty", path.display())],
            },
        }
    }

    /// Applies changes to what the file says now, and writes it. What other runners wrote meanwhile is kept.
    pub fn record(&self, changes: &[Change]) -> Result<Kept, ProgressError> {
        fs::create_dir_all(&self.folder).map_err(|source| self.failed("make", &self.folder, source))?;
        let _lock = self.lock()?;
        let mut kept = self.read_or_set_aside()?;
        for change in changes {
            kept.progress.apply(change);
        }
        let path = self.path();
        let mut bytes = serde_json::to_vec_pretty(&kept.progress)
            .map_err(|error| self.failed("write", &path, io::Error::other(error)))?;
        bytes.push(b'\n');
        whole::replace_by(&path, &bytes, self.fill).map_err(|source| self.failed("write", &path, source))?;
        Ok(kept)
    }

    /// Only to be called under the lock.
    fn read_or_set_aside(&self) -> Result<Kept, ProgressError> {
        let path = self.path();
        let found = match fs::read(&path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => understand(&text),
                Err(_) => Text::Damaged("it is not text".to_owned()),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Kept::default()),
            Err(source) => return Err(self.failed("read", &path, source)),
        };
        let word = match &found {
            Text::Ours(progress) => {
                return Ok(Kept { progress: progress.clone(), notices: Vec::new() });
            }
            Text::Newer(_) => "newer",
            Text::Damaged(_) => "damaged",
        };
        let aside = file::set_aside(&path, word).map_err(|source| self.failed("set aside", &path, source))?;
        let notice = format!(
            "{}; it is kept as `{}`, and progress starts afresh",
            reason(&path, &found),
            aside.display()
        );
        Ok(Kept { progress: Progress::default(), notices: vec![notice] })
    }

    /// The lock ends when the returned file is dropped. `None` where the file system knows no locks.
    fn lock(&self) -> Result<Option<File>, ProgressError> {
        let path = self.folder.join("progress.lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|source| self.failed("open", &path, source))?;
        // `File::lock` waits without end, so it waits on a thread of its own. When nobody listens any more, the
        // file is dropped there, and the lock with it.
        let (locked, wait) = mpsc::sync_channel(1);
        thread::spawn(move || {
            let result = file.lock().map(|()| file);
            drop(locked.send(result));
        });
        match wait.recv_timeout(self.patience) {
            Ok(Ok(file)) => Ok(Some(file)),
            Ok(Err(error)) if whole::knows_no_locks(&error) => Ok(None),
            Ok(Err(source)) => Err(self.failed("lock", &path, source)),
            Err(_) => Err(ProgressError::Locked { path, waited: self.patience }),
        }
    }

    #[expect(clippy::unused_self, reason = "reads as what it is: a failure of this store")]
    fn failed(&self, what: &'static str, path: &Path, source: io::Error) -> ProgressError {
        ProgressError::File { what, path: path.to_path_buf(), source }
    }
}

fn understand(text: &str) -> Text {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => return Text::Damaged(error.to_string()),
    };
    match value.get("version").and_then(Value::as_u64) {
        None => Text::Damaged("it names no version".to_owned()),
        Some(version) if version > VERSION => Text::Newer(version),
        Some(_) => match serde_json::from_value::<Progress>(value) {
            Ok(mut progress) => {
                progress.upgrade();
                Text::Ours(progress)
            }
            Err(error) => Text::Damaged(error.to_string()),
        },
    }
}

fn reason(path: &Path, text: &Text) -> String {
    let path = path.display();
    match text {
        Text::Ours(_) => format!("`{path}` is fine"),
        Text::Newer(version) => {
            format!("`{path}` was written by a newer runner (version {version}; this one knows {VERSION})")
        }
        Text::Damaged(why) => format!("`{path}` is damaged ({why})"),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, fs::OpenOptions, io::Write, path::Path};

    use grader::scenario::model::Track;

    use super::{Change, ProgressError, Store};

    /// What writing to a full disk is like, from the kernel itself.
    #[cfg(target_os = "linux")]
    fn on_a_full_disk(_: &mut fs::File, bytes: &[u8]) -> std::io::Result<()> {
        OpenOptions::new().write(true).open("/dev/full")?.write_all(bytes)
    }

    #[cfg(not(target_os = "linux"))]
    fn on_a_full_disk(_: &mut fs::File, _: &[u8]) -> std::io::Result<()> {
        Err(std::io::ErrorKind::StorageFull.into())
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_full_disk_leaves_the_old_file_whole() {
        let root = tempfile::tempdir().unwrap();
        let store = Store::at(root.path());
        store.record(&[Change::Track(Track::Rust)]).unwrap();
        let before = fs::read(store.path()).unwrap();

        let full = Store { fill: on_a_full_disk, ..store.clone() };
        let error = full.record(&[Change::Track(Track::JavaScript)]).unwrap_err();

        assert!(
            matches!(&error, ProgressError::File { what: "write", source, .. }
                if source.kind() == std::io::ErrorKind::StorageFull),
            "{error:?}"
        );
        assert_eq!(fs::read(store.path()).unwrap(), before);
        assert_eq!(names(&root.path().join(".socketlings")), ["progress.json", "progress.lock"]);
        assert_eq!(store.read().progress.track, Some(Track::Rust));
    }
}
