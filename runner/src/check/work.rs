//! From the folder of an exercise, or of a demo, to the work that is checked: which file, which program, hosted or not.

use std::{ffi::OsString, fs, net::SocketAddr, path::Path};

use grader::scenario::model::{self, Role, Track};

use super::{Work, servers::Tests};
use crate::{
    attempt::{Limits, Run, RustBin, Spec, SpecKind},
    course::{Answer, CourseError, Demo, Exercise},
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
        return frames(&source);
    }
    let bin = || match subject {
        Subject::Answer(_) => RustBin::Answer { path: source.clone() },
        _ => RustBin::Main { name: exercise.name().to_owned() },
    };
    let typed = |argv: &[OsString]| Run::Command { argv: argv.to_vec() };
    let kind = match (subject, model.role) {
        (_, Role::Tests) => SpecKind::RustServer { bin: RustBin::Main { name: exercise.name().to_owned() } },
        (Subject::Url(addr, host), _) => SpecKind::Url { addr, host: host.to_owned() },
        (Subject::Command(argv), Role::Client | Role::Page) => SpecKind::Client { run: typed(argv) },
        (Subject::Command(argv), _) => SpecKind::Program { run: typed(argv) },
        (Subject::Edited | Subject::Answer(_), _) => of_file(model, track, &source, bin),
    };
    let spec = spec(root, exercise.folder(), exercise.id(), kind);
    if model.role == Role::Tests {
        let shown = source.strip_prefix(root).unwrap_or(&source).display().to_string().replace('\\', "/");
        return Ok(Work::Tests(Box::new(Tests::read(&source, &shown, model, spec)?)));
    }
    Ok(Work::Program(Box::new(spec)))
}

/// Finds the program of a demo: it is run like an answer.
///
/// # Errors
/// When the demo has no program in this track.
pub fn demo(
    root: &Path,
    demo: &Demo,
    model: &model::Exercise,
    track: Option<Track>,
) -> Result<Work, CourseError> {
    let source = demo.program(track)?;
    if model.role == Role::Frames {
        return frames(&source);
    }
    let kind = of_file(model, track, &source, || RustBin::Answer { path: source.clone() });
    Ok(Work::Program(Box::new(spec(root, demo.folder(), demo.id(), kind))))
}

fn frames(source: &Path) -> Result<Work, CourseError> {
    let text = fs::read_to_string(source).map_err(|error| CourseError::unreadable(source, error))?;
    Ok(Work::Frames(text.lines().map(str::to_owned).collect()))
}

/// How a file of the course is run, by its role and its language.
fn of_file(
    model: &model::Exercise,
    track: Option<Track>,
    source: &Path,
    bin: impl FnOnce() -> RustBin,
) -> SpecKind {
    let source = source.to_path_buf();
    let is_rust = track == Some(Track::Rust);
    let is_hosted = model.role == Role::Server && !model.program;
    match (model.role, is_hosted, is_rust) {
        (Role::Page, ..) => SpecKind::Page { source },
        (_, true, true) => SpecKind::RustServer { bin: bin() },
        (_, true, false) => SpecKind::JavaScriptServer { source },
        (role, false, _) => {
            let run = if is_rust { Run::Rust { bin: bin() } } else { Run::JavaScript { source } };
            if role == Role::Client { SpecKind::Client { run } } else { SpecKind::Program { run } }
        }
    }
}

fn spec(root: &Path, dir: &Path, id: &str, kind: SpecKind) -> Spec {
    Spec {
        course: root.to_path_buf(),
        dir: dir.to_path_buf(),
        exercise: id.to_owned(),
        kind,
        env: Vec::new(),
        limits: Limits::default(),
    }
}
