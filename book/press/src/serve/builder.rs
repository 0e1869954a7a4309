//! Builds the book again after each change, on a thread of its own: mdBook does not wait for anybody.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use runner::verify::Problem;
use tokio::sync::{mpsc::UnboundedSender, watch::Sender};

use super::{
    Edition,
    watch::{Look, first_change, look},
};
use crate::{
    build::{self, Options},
    interrupt::Scratch,
};

/// How often the files are looked at.
const EVERY: Duration = Duration::from_millis(200);
/// How long they must stay the same before a build begins: an editor writes several files, or one in steps.
const QUIET: Duration = Duration::from_millis(60);

/// How long it waits for that. What still changes then, such as the log of a program, is built as it is.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the builder tells.
#[derive(Debug)]
pub struct Told {
    /// The file that has changed; none for the first build.
    pub changed: Option<PathBuf>,
    /// How long the build took.
    pub took: Duration,
    /// What could not be shown, or not be built at all.
    pub problems: Vec<Problem>,
}

/// The thread. It ends, and its folders vanish, when this is dropped.
#[derive(Debug)]
pub struct Builder {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Builder {
    /// Starts it. The first build begins at once.
    pub fn start(
        root: &Path,
        editions: Sender<Edition>,
        told: UnboundedSender<Told>,
    ) -> std::io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let (root, flag) = (root.to_owned(), Arc::clone(&stop));
        let folder = Scratch::new()?;
        let thread = thread::Builder::new()
            .name("builder".to_owned())
            .spawn(move || work(&root, &folder, &editions, &told, &flag))?;
        Ok(Self { stop, thread: Some(thread) })
    }
}

impl Drop for Builder {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // A builder that panicked has told so on standard error; its folders are gone all the same.
            let _ = thread.join();
        }
    }
}

fn work(
    root: &Path,
    folder: &Scratch,
    editions: &Sender<Edition>,
    told: &UnboundedSender<Told>,
    stop: &AtomicBool,
) {
    // A page of a process before this one must not take an edition for its own.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let mut edition = Edition { number: now * 1000, ..Edition::default() };
    let mut seen = look(root);
    let mut changed = None;
    loop {
        let began = Instant::now();
        edition = build(root, folder.path(), &edition);
        let (took, problems) = (began.elapsed(), edition.problems.clone());
        // Nobody listens any more when the server ends at this very moment.
        let _ = told.send(Told { changed, took, problems });
        let old = editions.send_replace(edition.clone()).folder;
        if let Some(old) = old.filter(|old| Some(old) != edition.folder.as_ref()) {
            std::fs::remove_dir_all(old).ok();
        }
        match next_change(root, &seen, stop) {
            Some(new) => {
                changed = first_change(&seen, &new);
                seen = new;
            }
            None => return,
        }
    }
}

/// Waits until the files have changed and then stay as they are. `None`: it is to end.
fn next_change(root: &Path, seen: &Look, stop: &AtomicBool) -> Option<Look> {
    while !stop.load(Ordering::Relaxed) {
        thread::sleep(EVERY);
        let mut new = look(root);
        if new == *seen {
            continue;
        }
        let began = Instant::now();
        while !stop.load(Ordering::Relaxed) {
            thread::sleep(QUIET);
            let newer = look(root);
            if newer == new || began.elapsed() > PATIENCE {
                return Some(newer);
            }
            new = newer;
        }
    }
    None
}

fn build(root: &Path, folder: &Path, before: &Edition) -> Edition {
    let number = before.number + 1;
    let out = folder.join(number.to_string());
    match build::build(root, Options { out: Some(&out), site_url: None, draft: true, unread: false }) {
        Ok(built) => Edition { number, folder: Some(out), problems: built.problems },
        Err(failure) => {
            // It is half a book, if anything.
            std::fs::remove_dir_all(&out).ok();
            // What was there before stays, with a word about what is wrong.
            let problems = vec![Problem::of_file("book", format!("{:#}", failure.error))];
            Edition { number, folder: before.folder.clone(), problems }
        }
    }
}
