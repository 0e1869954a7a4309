//! The Rust track: one binary for the file that the learner edits, one program for all answers.
//!
//! Next: [`cargo`], [`answers`].

mod answers;
mod cargo;
mod manifest;
mod turns;

use std::path::{Path, PathBuf};

use grader::event::Event;

use super::{
    PrepareError, RustBin,
    process::Recipe,
    stamp::{self, Inputs},
};

/// Builds the program if anything changed; answers how to run it.
pub(super) async fn build(
    course: &Path,
    bin: &RustBin,
    say: &impl Fn(Event),
) -> Result<Recipe, PrepareError> {
    let course = std::path::absolute(course).unwrap_or_else(|_| course.to_owned());
    match bin {
        RustBin::Main { name } => main(&course, name, say).await,
        RustBin::Answer { path } => answers::build(&course, path, say).await,
    }
}

async fn main(course: &Path, name: &str, say: &impl Fn(Event)) -> Result<Recipe, PrepareError> {
    let note = generated(course).join("built").join(name);
    // What Cargo itself would look at; asking Cargo costs about 80 ms.
    let inputs = common_inputs(course).below(&course.join("exercises"), "rs");
    if let Some(executable) = up_to_date(&note, &inputs.stamp()) {
        return Ok(Recipe::new(executable));
    }
    let stamp = inputs.stamp();
    let mut arguments = vec!["-p", "exercises", "--bin", name];
    // Heavy dependencies are built for the exercises that need them, and for no other.
    let exercises = std::fs::read_to_string(course.join("exercises/Cargo.toml")).unwrap_or_default();
    let features = manifest::features(&exercises, name);
    arguments.extend(features.iter().flat_map(|features| ["--features", features]));
    let built = cargo::build(course, &arguments, None, say).await?;
    let executable = built.executable_or_failure(name)?;
    remember(&note, &stamp, &executable)?;
    Ok(Recipe::new(executable))
}

/// Where generated packages and stamps are.
fn generated(course: &Path) -> PathBuf {
    course.join("target/socketlings")
}

/// What every Rust program of the course depends on.
fn common_inputs(course: &Path) -> Inputs {
    Inputs::default()
        .file(course.join("Cargo.toml"))
        .file(course.join("Cargo.lock"))
        .file(course.join("exercises/Cargo.toml"))
        .file(course.join("runner/sandbox/Cargo.toml"))
        .below(&course.join("runner/sandbox/src"), "rs")
        .file(cargo::compiler())
}

/// The executable of a note with this stamp, if it is still there.
fn up_to_date(note: &Path, stamp: &str) -> Option<PathBuf> {
    let text = std::fs::read_to_string(note).ok()?;
    let (executable, seen) = text.split_once('\n')?;
    (seen == stamp).then(|| PathBuf::from(executable)).filter(|executable| executable.is_file())
}

fn remember(note: &Path, stamp: &str, executable: &Path) -> Result<(), PrepareError> {
    stamp::write(note, &format!("{}\n{stamp}", executable.display()))
        .map_err(|error| unwritable(note, &error))
}

fn unwritable(path: &Path, error: &std::io::Error) -> PrepareError {
    let what = format!("`{}` cannot be written: {error}", path.display());
    PrepareError::environment(what, "make the folder writable for you, then check again")
}
