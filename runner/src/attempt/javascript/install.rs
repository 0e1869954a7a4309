//! Node and its packages: found, checked once, installed on first use.
//!
//! `exercises/package.json` holds what all exercises import. A lesson with heavy packages (React, Redis, a database) has
//! a `package.json` of its own, installed when one of its exercises is first checked: nobody else waits for it.
//! The demos of the book use the packages of their lesson, by a link beside them: `book/demos/node_modules`.
//!
//! Two files in `node_modules` remember what was done: a copy of the lock file that was installed, and the Node
//! whose version was asked. So a check that changes nothing starts no tool.

use std::{
    ffi::OsStr,
    fs::{self, File, TryLockError},
    io,
    path::{Component, Path, PathBuf},
};

use grader::event::Event;

use crate::{
    attempt::{
        PrepareError,
        javascript::absolute,
        process::Recipe,
        stamp::{self, Inputs},
        tool::{self, Stream},
    },
    whole,
};

/// The oldest Node that works; `engines` in `exercises/package.json` says the same.
pub const OLDEST_NODE: u32 = 20;
const GET_NODE: &str =
    "install Node 20 or newer from https://nodejs.org, or choose the Rust track, which needs only cargo";
const INSTALLED: &str = ".socketlings-lock.json";
const CHECKED: &str = ".socketlings-node";

/// Answers the Node to run. `exercises` is the folder of the common `package.json`, `program` that of the program: one
/// below it, or one of a demo.
pub(super) async fn prepare(
    exercises: &Path,
    program: &Path,
    say: &impl Fn(Event),
) -> Result<PathBuf, PrepareError> {
    let Some(node) = tool::find(OsStr::new("node")) else {
        return Err(PrepareError::environment("Node.js was not found", GET_NODE));
    };
    let packages = exercises.join("node_modules");
    let stamp = Inputs::default().file(&node).stamp();
    let checked = || fs::read_to_string(packages.join(CHECKED)).ok().as_ref() == Some(&stamp);
    if !checked() {
        check_version(&node).await?;
    }
    let demo = lesson_of_demo(exercises, program);
    let mut fresh = false;
    for folder in folders(exercises, demo.as_ref().map_or(program, |(lesson, _)| lesson)) {
        fresh |= bring(exercises, folder, say).await?;
    }
    if let Some((lesson, demos)) = demo {
        lend(exercises, demos.parent().unwrap_or(&demos))?;
        lend(&lesson, &demos)?;
    }
    if packages.is_dir() && (fresh || !checked()) {
        // Only saves asking the next time; in a folder that is not ours to write it is asked each time.
        stamp::write(&packages.join(CHECKED), &stamp).ok();
    }
    Ok(node)
}

/// `exercises`, and what lies between it and the exercise: each may ask for packages of its own.
fn folders<'a>(exercises: &'a Path, exercise: &'a Path) -> impl Iterator<Item = &'a Path> {
    let below = exercise.ancestors().take_while(move |folder| *folder != exercises);
    let below = if exercise.starts_with(exercises) { below.collect() } else { Vec::new() };
    std::iter::once(exercises).chain(below.into_iter().rev())
}

/// For a program of a demo: the folder of the exercises of its lesson, and the one of its demos.
fn lesson_of_demo(exercises: &Path, program: &Path) -> Option<(PathBuf, PathBuf)> {
    let demos = exercises.parent()?.join("book/demos");
    let lesson = program.strip_prefix(&demos).ok()?.iter().next()?;
    Some((exercises.join(lesson), demos.join(lesson)))
}

/// Lets the programs below `to` import the packages of `from`, unless that is so.
fn lend(from: &Path, to: &Path) -> Result<(), PrepareError> {
    let (packages, link) = (from.join("node_modules"), to.join("node_modules"));
    if !packages.is_dir() || link.join(".").is_dir() {
        return Ok(());
    }
    // A link that leads nowhere: the course was moved.
    if fs::read_link(&link).is_ok() && !link.exists() {
        fs::remove_file(&link).map_err(|error| unwritable(to, &error))?;
    }
    match std::os::unix::fs::symlink(from_folder(to, &packages), &link) {
        // Another runner was faster.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        done => done.map_err(|error| unwritable(to, &error)),
    }
}

/// The way from a folder to a place, so that it stays right when both are moved or copied together.
fn from_folder(folder: &Path, place: &Path) -> PathBuf {
    let (folder, place) = (absolute(folder), absolute(place));
    let shared = folder.components().zip(place.components()).take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(place.components().skip(shared)).collect()
}

/// Installs what the folder's lock file asks for, unless it is there; answers whether anything was done.
async fn bring(exercises: &Path, folder: &Path, say: &impl Fn(Event)) -> Result<bool, PrepareError> {
    let Ok(wanted) = fs::read_to_string(folder.join("package-lock.json")) else { return Ok(false) };
    let packages = folder.join("node_modules");
    let is_there = || holds(&packages, &wanted);
    if is_there() {
        return Ok(false);
    }
    let _turn = take_turn(exercises, say).await?;
    // Another runner may have installed them while this one waited for its turn.
    if !is_there() {
        install(folder, packages_in(&wanted), say).await?;
        stamp::write(&packages.join(INSTALLED), &wanted).map_err(|error| unwritable(&packages, &error))?;
    }
    Ok(true)
}

/// Whether the packages in this folder are those that its lock file asks for. Those of an `npm ci` by hand are brought
/// again by the first check.
pub fn is_installed(folder: &Path) -> bool {
    fs::read_to_string(folder.join("package-lock.json"))
        .is_ok_and(|wanted| holds(&folder.join("node_modules"), &wanted))
}

fn holds(packages: &Path, wanted: &str) -> bool {
    fs::read_to_string(packages.join(INSTALLED)).is_ok_and(|installed| installed == wanted)
}

async fn check_version(node: &Path) -> Result<(), PrepareError> {
    let mut said = String::new();
    let recipe = Recipe::new(node).argument("--version");
    let status = tool::run(&recipe, |_, line| said.push_str(line)).await;
    let major =
        said.trim().strip_prefix('v').and_then(|version| version.split('.').next()?.parse::<u32>().ok());
    match (status, major) {
        (Ok(_), Some(major)) if major >= OLDEST_NODE => Ok(()),
        (Ok(_), Some(_)) => Err(PrepareError::environment(
            format!("this Node is {}, which is too old", said.trim()),
            GET_NODE,
        )),
        (Ok(status), None) => {
            Err(PrepareError::environment(format!("`node --version` said `{said}` ({status})"), GET_NODE))
        }
        (Err(error), _) => {
            Err(PrepareError::environment(format!("Node.js cannot be started: {error}"), GET_NODE))
        }
    }
}

/// Waits until no other runner installs. The system gives the turn back when the file is closed, however that comes.
async fn take_turn(exercises: &Path, say: &impl Fn(Event)) -> Result<File, PrepareError> {
    let refused = |error: io::Error| unwritable(exercises, &error);
    let folder = exercises.join("../.socketlings");
    fs::create_dir_all(&folder).map_err(refused)?;
    let file = File::create(folder.join("npm.lock")).map_err(refused)?;
    match file.try_lock() {
        Ok(()) => return Ok(file),
        Err(TryLockError::Error(error)) if whole::knows_no_locks(&error) => return Ok(file),
        Err(_) => {}
    }
    say(preparing(Some("another runner installs the packages; waiting for it".to_owned())));
    // On a thread of its own: the runtime would not end before a blocking task of its has, and Ctrl-C would wait
    // for the other runner. When nobody listens any more, the file is dropped there, and the lock with it.
    let (locked, turn) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || drop(locked.send(file.lock().map(|()| file))));
    turn.await.map_err(io::Error::other).flatten().map_err(refused)
}

async fn install(folder: &Path, packages: usize, say: &impl Fn(Event)) -> Result<(), PrepareError> {
    let Some(npm) = tool::find(OsStr::new("npm")) else {
        return Err(PrepareError::environment("npm was not found, which installs the packages", GET_NODE));
    };
    say(preparing(None));
    let recipe = Recipe::new(npm)
        .argument("ci")
        .argument("--no-audit")
        .argument("--no-fund")
        .argument("--loglevel=http")
        .folder(folder);
    let mut fetched = 0;
    let mut said = Vec::new();
    let status = tool::run(&recipe, |stream, line| {
        if stream == Stream::Error && line.contains("http fetch") {
            fetched += 1;
            say(preparing(Some(format!("{} of {packages} packages", packages.min(fetched)))));
        } else {
            said.push(line.to_owned());
        }
    })
    .await
    .map_err(|error| PrepareError::environment(format!("npm cannot be started: {error}"), GET_NODE))?;
    if status.success() {
        return Ok(());
    }
    Err(refusal(folder, &said.join("\n")))
}

/// What npm's own words mean for the learner.
fn refusal(folder: &Path, said: &str) -> PrepareError {
    let network = [
        "ENOTFOUND",
        "EAI_AGAIN",
        "ECONNREFUSED",
        "ECONNRESET",
        "ETIMEDOUT",
        "ENETUNREACH",
        "ERR_SOCKET_TIMEOUT",
    ];
    if network.iter().any(|code| said.contains(code)) {
        return PrepareError::environment(
            "npm could not reach the package registry",
            "connect to the network (or set npm's proxy) and check again: this is needed once",
        );
    }
    if said.contains("EACCES") || said.contains("EROFS") {
        return PrepareError::environment(
            format!("npm may not write to `{}`", folder.join("node_modules").display()),
            "make the folder writable for you, then check again",
        );
    }
    let words: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("npm error ")).take(4).collect();
    PrepareError::environment(
        format!("`npm ci` failed: {}", words.join(" · ")),
        format!("run `npm ci` in the folder `{}` to see all of it", folder.display()),
    )
}

fn preparing(line: Option<String>) -> Event {
    Event::Preparing { what: "npm ci".to_owned(), line }
}

fn packages_in(lock: &str) -> usize {
    lock.matches("\"node_modules/").count()
}

fn unwritable(folder: &Path, error: &io::Error) -> PrepareError {
    let what = format!("`{}` cannot be written: {error}", folder.display());
    PrepareError::environment(what, "make the folder writable for you, then check again")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(error: &PrepareError) -> &str {
        match error {
            PrepareError::Environment { what, .. } => what,
            PrepareError::Build(_) => "build",
        }
    }

    #[test]
    fn npm_is_translated() {
        assert!(
            what(&refusal(Path::new("exercises"), "npm error code ENOTFOUND\nnpm error x"))
                .contains("registry")
        );
        assert!(what(&refusal(Path::new("exercises"), "npm error code EACCES")).contains("write"));
        assert_eq!(
            what(&refusal(Path::new("exercises"), "npm error code E404\nnpm error y")),
            "`npm ci` failed: code E404 · y"
        );
    }

    #[test]
    fn a_course_that_was_moved_lends_its_packages_again() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (folder.path().join("old"), folder.path().join("new"));
        fs::create_dir_all(old.join("exercises/node_modules")).unwrap();
        fs::create_dir_all(old.join("book/demos")).unwrap();
        let lent = |course: &Path| {
            lend(&course.join("exercises"), &course.join("book/demos")).unwrap();
            course.join("book/demos/node_modules").canonicalize().unwrap()
        };
        assert_eq!(lent(&old), old.join("exercises/node_modules").canonicalize().unwrap());
        fs::rename(&old, &new).unwrap();
        assert_eq!(lent(&new), new.join("exercises/node_modules").canonicalize().unwrap());
        // A link that was made by an older version, and leads to where the course was.
        let link = new.join("book/demos/node_modules");
        fs::remove_file(&link).unwrap();
        std::os::unix::fs::symlink(old.join("exercises/node_modules"), &link).unwrap();
        assert_eq!(lent(&new), new.join("exercises/node_modules").canonicalize().unwrap());
    }

    #[test]
    fn packages_are_counted_in_the_lock_file() {
        assert_eq!(packages_in(r#"{"packages":{"":{},"node_modules/a":{},"node_modules/b":{}}}"#), 2);
    }

    #[test]
    fn a_lesson_may_ask_for_packages_of_its_own() {
        let seen = |exercise: &str| -> Vec<String> {
            folders(Path::new("/c/exercises"), Path::new(exercise))
                .map(|folder| folder.display().to_string())
                .collect()
        };
        assert_eq!(
            seen("/c/exercises/16_react/chat_room"),
            ["/c/exercises", "/c/exercises/16_react", "/c/exercises/16_react/chat_room"]
        );
        assert_eq!(seen("/elsewhere"), ["/c/exercises"]);
    }

    #[test]
    fn a_demo_uses_the_packages_of_its_lesson() {
        let course = tempfile::tempdir().unwrap();
        let exercises = course.path().join("exercises");
        let demo = course.path().join("book/demos/16_react/room");
        fs::create_dir_all(&demo).unwrap();
        fs::create_dir_all(exercises.join("16_react/node_modules/react")).unwrap();
        assert_eq!(lesson_of_demo(&exercises, &exercises.join("16_react/chat_room")), None);
        let (lesson, demos) = lesson_of_demo(&exercises, &demo).unwrap();
        assert_eq!(lesson, exercises.join("16_react"));
        for _ in 0..2 {
            lend(&lesson, &demos).unwrap();
        }
        assert!(demos.join("node_modules/react").is_dir());
        lend(&exercises, demos.parent().unwrap()).unwrap();
        assert!(!course.path().join("book/demos/node_modules").exists(), "nothing is installed there");
    }
}
