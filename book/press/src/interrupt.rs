//! Ctrl-C: it ends the press at once, with exit code 130, and leaves nothing behind.
//!
//! While programs run, [`runner::commands::interrupt`] hears it, because they have to be ended ([`Session`]). Everything else
//! cannot be asked to stop: mdBook's build, reading and comparing files. So a thread of its own hears Ctrl-C, removes the
//! folders that are for a while only ([`Scratch`]), waits for a file that is just being replaced ([`undisturbed`]), and ends
//! the process. Next: [`crate::commands`].

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    process,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use anyhow::Context as _;
use runner::exit::{Exit, Failure};
use tempfile::TempDir;
use tokio::signal::unix::{SignalKind, signal};

/// Held while files are put into their places. Whoever ends the process takes it first.
static PLACES: Mutex<()> = Mutex::new(());
/// Folders that are for a while only.
static SCRATCH: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
/// How many pieces of work end themselves on Ctrl-C.
static SESSIONS: AtomicUsize = AtomicUsize::new(0);

/// How long a session may take to end what it has started, once it has heard Ctrl-C and is over.
const FAREWELL: Duration = Duration::from_secs(2);
/// How often it is looked whether a session is over.
const EVERY: Duration = Duration::from_millis(20);

/// What is said when it has ended.
pub const SAID: &str = "stopped; nothing is left running, and no file is half-written";

/// Listens from now on.
///
/// # Errors
/// When the system gives no thread or no signals.
pub fn listen(say: impl FnOnce() + Send + 'static) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot wait for Ctrl-C")
        .map_err(Failure::environment)?;
    let mut ctrl_c = {
        let _inside = runtime.enter();
        signal(SignalKind::interrupt()).context("cannot wait for Ctrl-C").map_err(Failure::environment)?
    };
    let wait = move || {
        if runtime.block_on(ctrl_c.recv()).is_none() {
            return;
        }
        let mut in_session = false;
        while SESSIONS.load(Ordering::SeqCst) > 0 {
            in_session = true;
            thread::sleep(EVERY);
        }
        if in_session {
            // It ends the command itself, unless it was over at this very moment.
            thread::sleep(FAREWELL);
        }
        let _still = lock(&PLACES);
        for folder in lock(&SCRATCH).drain(..) {
            discard(&folder);
        }
        say();
        process::exit(i32::from(Exit::Interrupted.code()));
    };
    thread::Builder::new()
        .name("ctrl-c".to_owned())
        .spawn(wait)
        .map(drop)
        .context("cannot wait for Ctrl-C")
        .map_err(Failure::environment)
}

/// Work that hears Ctrl-C by itself, as long as this lives.
#[derive(Debug)]
pub struct Session(());

impl Session {
    /// From now on.
    #[expect(clippy::new_without_default, reason = "it does something")]
    pub fn new() -> Self {
        SESSIONS.fetch_add(1, Ordering::SeqCst);
        Self(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        SESSIONS.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Puts files into their places, all of it or nothing. It has to be short.
pub fn undisturbed<T>(work: impl FnOnce() -> T) -> T {
    let _still = lock(&PLACES);
    work()
}

/// A folder for a while. It is gone when this is dropped, and on Ctrl-C.
#[derive(Debug)]
pub struct Scratch {
    folder: TempDir,
    /// The folder around it, if it was made for it: that goes, too, when nothing else is in it.
    made: Option<PathBuf>,
}

impl Scratch {
    /// Where the system keeps such folders.
    pub fn new() -> io::Result<Self> {
        Self::listed(|| Ok((tempfile::Builder::new().prefix("socketlings-book-").tempdir()?, None)))
    }

    /// Within a folder, which is made if it is not there; hidden. So its files can be moved into that folder.
    pub fn within(folder: &Path) -> io::Result<Self> {
        Self::listed(|| {
            let made = (!folder.exists()).then(|| folder.to_owned());
            fs::create_dir_all(folder)?;
            Ok((tempfile::Builder::new().prefix(".press-").tempdir_in(folder)?, made))
        })
    }

    fn listed(new: impl FnOnce() -> io::Result<(TempDir, Option<PathBuf>)>) -> io::Result<Self> {
        undisturbed(|| {
            let (folder, made) = new()?;
            let mut all = lock(&SCRATCH);
            // The outer one last: what is in it has to be gone first.
            all.push(folder.path().to_owned());
            all.extend(made.clone());
            Ok(Self { folder, made })
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Everything in `target` goes but what is hidden, and everything in this folder takes its place. If that fails, all is as it
    /// was before.
    pub fn replace(self, target: &Path) -> io::Result<()> {
        undisturbed(|| {
            let new = names(self.path())?;
            let old = tempfile::Builder::new().prefix(".press-old-").tempdir_in(target)?;
            // What the new book has is not kept of the old one: `.well-known` may be in both.
            let goes = |name: &str| !name.starts_with(".press-") && (!is_kept(name) || new.contains(name));
            let moved = move_all(target, old.path(), goes).map_err(|error| (error, Ok(()))).and_then(|()| {
                move_all(self.path(), target, |_| true).map_err(|error| (error, self.retreat(target, &new)))
            });
            let Err((error, retreated)) = moved else {
                // The new book is in its place: what is left of the old one is no failure.
                let _ = old.close();
                return Ok(());
            };
            if retreated.and_then(|()| move_all(old.path(), target, |_| true)).is_ok() {
                return Err(error);
            }
            let kept = old.keep();
            Err(io::Error::new(error.kind(), format!("{error}; what was there is in `{}`", kept.display())))
        })
    }

    /// Takes back what has been moved to `target`.
    fn retreat(&self, target: &Path, new: &BTreeSet<String>) -> io::Result<()> {
        let still_here = names(self.path())?;
        move_all(target, self.path(), |name| new.contains(name) && !still_here.contains(name))
    }
}

/// The names of what is in a folder.
fn names(folder: &Path) -> io::Result<BTreeSet<String>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

/// What a host or a version control keeps beside a site.
fn is_kept(name: &str) -> bool {
    name.starts_with('.') && name != ".nojekyll"
}

fn move_all(from: &Path, to: &Path, is_meant: impl Fn(&str) -> bool) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let name = entry?.file_name();
        if is_meant(&name.to_string_lossy()) {
            fs::rename(from.join(&name), to.join(&name))?;
        }
    }
    Ok(())
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // The `TempDir` goes after this; whatever cannot be removed is not worth a word.
        let _ = fs::remove_dir_all(self.folder.path());
        let _ = self.made.as_ref().map(fs::remove_dir);
        // Until it is gone it stays on the list: Ctrl-C in the middle removes the rest.
        lock(&SCRATCH).retain(|folder| folder != self.folder.path() && Some(folder) != self.made.as_ref());
    }
}

/// Removes a folder into which somebody may still write. An outer folder goes only when it is empty.
fn discard(folder: &Path) {
    if fs::remove_dir(folder).is_ok() || !is_scratch(folder) {
        return;
    }
    let mut aside = folder.as_os_str().to_owned();
    aside.push("-gone");
    let aside = PathBuf::from(aside);
    // With a file in its place nobody can make the folder anew while its content goes.
    if fs::rename(folder, &aside).is_ok() {
        let _ = fs::write(folder, "");
        let _ = fs::remove_dir_all(&aside);
        let _ = fs::remove_file(folder);
    }
}

/// Whether it has the name of one of ours: nothing else is removed with its content.
fn is_scratch(folder: &Path) -> bool {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.starts_with(".press-") || name.starts_with("socketlings-book-")
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is guarded is whole also after a panic.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_site_takes_the_place_of_the_old_one() {
        let around = tempfile::tempdir().unwrap();
        let target = around.path().join("site");
        let list = |folder: &Path| {
            let names =
                fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
            let mut names: Vec<String> = names.collect();
            names.sort();
            names
        };
        for file in ["one.html", "two.html"] {
            let scratch = Scratch::within(&target).unwrap();
            fs::write(scratch.path().join(file), file).unwrap();
            fs::write(scratch.path().join(".nojekyll"), "").unwrap();
            scratch.replace(&target).unwrap();
            fs::create_dir_all(target.join(".git")).unwrap();
        }
        assert_eq!(list(&target), [".git", ".nojekyll", "two.html"]);
        drop(Scratch::within(&target).unwrap());
        assert_eq!(list(&target), [".git", ".nojekyll", "two.html"]);
        let new = around.path().join("new");
        drop(Scratch::within(&new).unwrap());
        assert!(!new.exists(), "a folder that was made for nothing is gone");
    }

    #[test]
    fn a_hidden_folder_of_the_book_is_replaced_like_the_rest() {
        let target = tempfile::tempdir().unwrap();
        for text in ["one", "two"] {
            let scratch = Scratch::within(target.path()).unwrap();
            fs::create_dir(scratch.path().join(".well-known")).unwrap();
            fs::write(scratch.path().join(".well-known/security.txt"), text).unwrap();
            fs::write(scratch.path().join("index.html"), text).unwrap();
            scratch.replace(target.path()).unwrap();
            for file in [".well-known/security.txt", "index.html"] {
                assert_eq!(fs::read_to_string(target.path().join(file)).unwrap(), text, "{file}");
            }
        }
        assert_eq!(fs::read_dir(target.path()).unwrap().count(), 2, "nothing else is left");
    }

    #[test]
    fn a_site_that_cannot_be_replaced_stays_as_it_is() {
        let target = tempfile::tempdir().unwrap();
        // The names of our own folders are never moved away, so this one is in the way.
        for (file, text) in [(".press-mine/x", "mine"), ("a.html", "old"), ("z.html", "old"), (".git", "git")]
        {
            let file = target.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let before = names(target.path()).unwrap();
        let scratch = Scratch::within(target.path()).unwrap();
        for file in [".press-mine/y", "a.html", "m.html", "z.html", ".git"] {
            let file = scratch.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "new").unwrap();
        }
        assert!(scratch.replace(target.path()).is_err());
        assert_eq!(names(target.path()).unwrap(), before);
        for (file, text) in [(".press-mine/x", "mine"), ("a.html", "old"), ("z.html", "old"), (".git", "git")]
        {
            assert_eq!(fs::read_to_string(target.path().join(file)).unwrap(), text, "{file}");
        }
    }

    #[test]
    fn a_folder_goes_with_what_is_in_it_only_if_it_is_ours() {
        let around = tempfile::tempdir().unwrap();
        for (name, stays) in [(".press-x", false), ("socketlings-book-x", false), ("letters", true)] {
            let folder = around.path().join(name);
            fs::create_dir_all(folder.join("in")).unwrap();
            discard(&folder);
            assert_eq!(folder.exists(), stays, "{name}");
        }
        assert_eq!(fs::read_dir(around.path()).unwrap().count(), 1);
    }
}
