//! From an exercise's folder to the work that is checked: which file, which program, hosted or not.

use std::{ffi::OsString, fs, net::SocketAddr, path::Path};

use grader::scenario::model::{self, Role, Track};

use super::{Work, servers::Tests};
use crate::{
    attempt::{Limits, Run, RustBin, Spec, SpecKind},
    course::{Answer, CourseError, Exercise},
};

/// Whose work is checked.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// The file that the learner edits.
    Edited,
    /// One of the course's own answers.
    Answer(&'a Answer),
    /// `-- CMD`: a program in any language.
    Command(&'a [OsString]),
    /// `--url`: a server that runs already, by its address and by its name as it was typed.
    Url(SocketAddr, &'a str),
}

/// Finds the work of an exercise.
///
/// # Errors
/// When the file that is to be checked is not there.
pub fn work(
    root: &Path,
    exercise: &Exercise,
    model: &model::Exercise,
    track: Option<Track>,
    subject: Subject<'_>,
) -> Result<Work, CourseError> {
    let source = match subject {
        Subject::Answer(answer) => exercise.answer(answer, track)?,
        Subject::Edited => exercise.edited(track)?,
        Subject::Command(_) | Subject::Url(..) => exercise.folder().to_path_buf(),
    };
    if model.role == Role::Frames {
        let text = fs::read_to_string(&source).map_err(|error| CourseError::unreadable(&source, error))?;
        return Ok(Work::Frames(text.lines().map(str::to_owned).collect()));
    }
    let bin = || match subject {
        Subject::Answer(_) => RustBin::Answer { path: source.clone() },
        _ => RustBin::Main { name: exercise.name().to_owned() },
    };
    let run = || match (subject, track) {
        (Subject::Command(argv), _) => Run::Command { argv: argv.to_vec() },
        (_, Some(Track::Rust)) => Run::Rust { bin: bin() },
        _ => Run::JavaScript { source: source.clone() },
    };
    let kind = match (subject, model.role, track) {
        (_, Role::Tests, _) => {
            SpecKind::RustServer { bin: RustBin::Main { name: exercise.name().to_owned() } }
        }
        (Subject::Url(addr, host), ..) => SpecKind::Url { addr, host: host.to_owned() },
        (Subject::Edited | Subject::Answer(_), Role::Page, _) => SpecKind::Page { source: source.clone() },
        (_, Role::Client | Role::Page, _) => SpecKind::Client { run: run() },
        (Subject::Command(_), ..) => SpecKind::Program { run: run() },
        _ if model.program => SpecKind::Program { run: run() },
        (_, _, Some(Track::Rust)) => SpecKind::RustServer { bin: bin() },
        _ => SpecKind::JavaScriptServer { source: source.clone() },
    };
    let spec = Spec {
        course: root.to_path_buf(),
        dir: exercise.folder().to_path_buf(),
        exercise: exercise.id().to_owned(),
        kind,
        env: Vec::new(),
        limits: Limits::default(),
    };
    if model.role == Role::Tests {
        let shown = source.strip_prefix(root).unwrap_or(&source).display().to_string().replace('\\', "/");
        return Ok(Work::Tests(Box::new(Tests::read(&source, &shown, model, spec)?)));
    }
    Ok(Work::Program(Box::new(spec)))
}
