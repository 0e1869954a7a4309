//! All Rust answers of a lesson as one program: one link instead of dozens, and no lesson waits for another's. The
//! demos that the book shows in a lesson are such a program, too.
//!
//! Each answer is included in a module of its own, and `SOCKETLINGS_ANSWER` says which `main` to run. Errors and
//! panics point at the real file. An answer that does not compile is left out and reported for itself alone.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use grader::event::Event;

use super::{
    cargo::{self, Built, Diagnostic},
    common_inputs, generated, manifest, remember, turns, unwritable, up_to_date,
};
use crate::attempt::{
    LaunchFailure, PrepareError,
    process::Recipe,
    stamp::{self, Inputs, files_below},
};

/// The variable that chooses an answer.
const ANSWER: &str = "SOCKETLINGS_ANSWER";
/// The compiler reports syntax, names, types and borrows one after the other; each may leave more answers out.
const ROUNDS: usize = 6;

/// Where the book's demos are.
const DEMOS: &str = "book/demos";
/// Answers that are in no lesson's folder.
const ELSEWHERE: &str = "elsewhere";

/// Builds all answers of a lesson if one of them changed; answers how to run this one.
pub(super) async fn build(
    course: &Path,
    answer: &Path,
    say: &impl Fn(Event),
) -> Result<Recipe, PrepareError> {
    let answer = std::path::absolute(answer).unwrap_or_else(|_| answer.to_owned());
    let group = Group::of(course, &answer);
    let folder = group.folder(course);
    let note = folder.join("built");
    let _turn = turns::of(&folder).await;
    let answers = all(course, &group, &answer);
    let mut inputs = common_inputs(course);
    for answer in &answers {
        inputs = Inputs::file(inputs, answer);
    }
    let stamp = inputs.stamp();
    let broken = folder.join("broken.json");
    let executable = if let Some(executable) = up_to_date(&note, &stamp) {
        executable
    } else {
        let (executable, failures) = build_all(course, &group, &answers, say).await?;
        let text = serde_json::to_string(&failures).unwrap_or_default();
        stamp::write(&broken, &text).map_err(|error| unwritable(&broken, &error))?;
        remember(&note, &stamp, &executable)?;
        executable
    };
    let failures: Failures = fs::read_to_string(&broken)
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    if let Some((actual, output)) = failures.get(&answer) {
        return Err(PrepareError::Build(LaunchFailure {
            kind: grader::verdict::Kind::BuildFailed,
            expected: "a program that compiles".to_owned(),
            actual: actual.clone(),
            output: output.clone(),
        }));
    }
    Ok(Recipe::new(executable).environment(ANSWER, answer))
}

/// By file: the first error, and all that the compiler said.
type Failures = BTreeMap<PathBuf, (String, Vec<String>)>;

/// Answers that are built together.
#[derive(Debug, PartialEq, Eq)]
struct Group {
    /// The lesson's folder, for the dependencies that it asks for.
    lesson: String,
    /// Whether they are the book's demos of that lesson.
    demos: bool,
}

impl Group {
    /// The group that an answer belongs to.
    fn of(course: &Path, answer: &Path) -> Self {
        let lesson = |below: &str| {
            let inside = answer.strip_prefix(course.join(below)).ok()?;
            inside.iter().next()?.to_str().map(str::to_owned)
        };
        if let Some(lesson) = lesson(DEMOS) {
            return Self { lesson, demos: true };
        }
        Self { lesson: lesson("exercises").unwrap_or_else(|| ELSEWHERE.to_owned()), demos: false }
    }

    /// The name of its generated package.
    fn name(&self) -> String {
        if self.demos { format!("{}-demos", self.lesson) } else { self.lesson.clone() }
    }

    /// Where that package is.
    fn folder(&self, course: &Path) -> PathBuf {
        generated(course).join("answers").join(self.name())
    }

    /// The files that belong to it.
    fn files(&self, course: &Path) -> Vec<PathBuf> {
        let below = if self.demos { DEMOS } else { "exercises" };
        let mut found = Vec::new();
        files_below(&course.join(below).join(&self.lesson), "rs", &mut found);
        found.retain(|path| {
            if self.demos {
                path.file_name().is_some_and(|name| name == "main.rs")
            } else {
                path.parent().is_some_and(|folder| folder.iter().any(|part| part == "answers"))
            }
        });
        found
    }
}

/// Every answer of the group, and the one that is asked for wherever it is.
fn all(course: &Path, group: &Group, asked: &Path) -> Vec<PathBuf> {
    let mut found = group.files(course);
    if !found.iter().any(|path| path == asked) {
        found.push(asked.to_owned());
    }
    found
}

async fn build_all(
    course: &Path,
    group: &Group,
    answers: &[PathBuf],
    say: &impl Fn(Event),
) -> Result<(PathBuf, Failures), PrepareError> {
    let folder = &group.folder(course);
    write_package(course, group, folder)?;
    let mut failures = Failures::new();
    for _ in 0..ROUNDS {
        let good: Vec<&PathBuf> = answers.iter().filter(|answer| !failures.contains_key(*answer)).collect();
        write_program(folder, &good)?;
        let built = cargo::build(folder, &[], Some(&target(course)), say).await?;
        if built.success {
            return Ok((built.executable_or_failure(&manifest::name(&group.name()))?, failures));
        }
        let before = failures.len();
        for answer in good {
            let own = diagnostics_of(&built, course, folder, answer);
            if own.iter().any(|found| found.is_error) {
                let failure = cargo::failure(&own.iter().collect::<Vec<_>>());
                failures.insert(answer.clone(), (failure.actual, failure.output));
            }
        }
        if failures.len() == before {
            return Err(built.environment());
        }
    }
    Err(PrepareError::environment("the Rust answers do not build", "build one of them by itself to see why"))
}

/// What the compiler said about one answer, as if it had compiled the answer's own file.
fn diagnostics_of(built: &Built, course: &Path, folder: &Path, answer: &Path) -> Vec<Diagnostic> {
    let copy = copy_of(answer);
    let name = answer.strip_prefix(course).unwrap_or(answer).display().to_string();
    let whole = answer.display().to_string();
    let is_own = |found: &&Diagnostic| {
        found.place.as_ref().is_some_and(|(file, ..)| {
            let path = folder.join(file);
            path == answer || path == folder.join("src").join(&copy)
        })
    };
    let copy = format!("src/{copy}");
    let mut own: Vec<Diagnostic> = built.diagnostics.iter().filter(is_own).cloned().collect();
    for found in &mut own {
        found.rendered = found.rendered.replace(&copy, &name).replace(&whole, &name);
        if let Some(place) = &mut found.place {
            place.0.clone_from(&name);
        }
    }
    own
}

fn write_package(course: &Path, group: &Group, folder: &Path) -> Result<(), PrepareError> {
    let read = |name: &str| {
        let path = course.join(name);
        fs::read_to_string(&path).map_err(|error| {
            PrepareError::environment(
                format!("`{}` cannot be read: {error}", path.display()),
                "restore the file",
            )
        })
    };
    let (workspace, exercises) = (read("Cargo.toml")?, read("exercises/Cargo.toml")?);
    let made = manifest::manifest(course, (&group.name(), &group.lesson), &workspace, &exercises);
    let made = made.map_err(|error| {
        PrepareError::environment(format!("a `Cargo.toml` of the course is broken: {error}"), "repair it")
    })?;
    write(&folder.join("Cargo.toml"), &made)?;
    // The same versions as the course; Cargo drops what is not needed.
    write(&folder.join("Cargo.lock"), &read("Cargo.lock")?)
}

fn write_program(folder: &Path, answers: &[&PathBuf]) -> Result<(), PrepareError> {
    let mut modules = String::new();
    let mut choices = String::new();
    for (number, answer) in answers.iter().enumerate() {
        let source = fs::read_to_string(answer).unwrap_or_default();
        let included = match without_inner(&source) {
            None => (*answer).clone(),
            Some(blanked) => {
                let copy = folder.join("src").join(copy_of(answer));
                write(&copy, &blanked)?;
                copy
            }
        };
        let included = included.display().to_string();
        writeln!(
            modules,
            "#[allow(warnings)]\nmod a{number} {{\n    include!({included:?});\n    \
             pub(super) fn run() -> ::std::process::ExitCode {{\n        \
             ::std::process::Termination::report(main())\n    }}\n}}"
        )
        .ok();
        writeln!(choices, "        {:?} => a{number}::run(),", answer.display().to_string()).ok();
    }
    let program = format!(
        "//! Generated by the runner from all Rust answers of a lesson.\n\n{modules}\n\
         fn main() -> std::process::ExitCode {{\n    match std::env::var(\"{ANSWER}\").unwrap_or_default().as_str() {{\n{choices}        \
         other => panic!(\"there is no answer `{{other}}` in this program\"),\n    }}\n}}\n"
    );
    write(&folder.join("src/main.rs"), &program)
}

/// The name of an answer's copy, should it need one: its path, flattened.
fn copy_of(answer: &Path) -> String {
    let name: String = answer
        .display()
        .to_string()
        .chars()
        .map(|letter| if letter.is_alphanumeric() { letter } else { '_' })
        .collect();
    format!("{name}.rs")
}

/// `include!` refuses inner attributes and inner docs: blanks them, line for line, if there are any.
fn without_inner(source: &str) -> Option<String> {
    let is_inner =
        |line: &str| line.starts_with("//!") || (line.starts_with("#![") && line.trim_end().ends_with(']'));
    source.lines().any(is_inner).then(|| {
        let lines = source.lines().map(|line| if is_inner(line) { "" } else { line });
        lines.flat_map(|line| [line, "\n"]).collect()
    })
}

/// The course's own folder of artifacts, shared with `exercises`.
fn target(course: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| course.join("target"), |target| course.join(target))
}

fn write(path: &Path, text: &str) -> Result<(), PrepareError> {
    // Unchanged files keep their time, so Cargo sees no change.
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    stamp::write(path, text).map_err(|error| unwritable(path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_attributes_are_blanked_and_every_other_line_keeps_its_number() {
        let source = "//! An answer.\n#![allow(unused)]\n\nuse x;\n// a #![comment]\n";
        assert_eq!(without_inner(source).unwrap(), "\n\n\nuse x;\n// a #![comment]\n");
        assert_eq!(without_inner("fn main() {}"), None);
    }

    #[test]
    fn answers_are_found_below_the_folders_of_that_name_only() {
        let course = tempfile::tempdir().unwrap();
        let folder = course.path().join("exercises/01_a/b");
        for name in ["main.rs", "answers/solution.rs", "answers/mistakes/late.rs"] {
            write(&folder.join(name), "fn main() {}").unwrap();
        }
        let asked = course.path().join("elsewhere.rs");
        let group = Group::of(course.path(), &folder.join("answers/solution.rs"));
        assert_eq!(group.name(), "01_a");
        assert_eq!(Group::of(course.path(), &asked).name(), "elsewhere");
        let mut found = all(course.path(), &group, &asked);
        for path in &mut found {
            *path = path.strip_prefix(course.path()).unwrap().to_owned();
        }
        let folder = Path::new("exercises/01_a/b/answers");
        assert_eq!(
            found,
            [folder.join("mistakes/late.rs"), folder.join("solution.rs"), "elsewhere.rs".into()]
        );
    }

    #[test]
    fn the_demos_of_a_lesson_are_a_group_of_their_own() {
        let course = tempfile::tempdir().unwrap();
        let demos = course.path().join("book/demos/01_a");
        for name in ["greet/main.rs", "echo/main.rs", "echo/other.rs"] {
            write(&demos.join(name), "fn main() {}").unwrap();
        }
        let asked = demos.join("greet/main.rs");
        let group = Group::of(course.path(), &asked);
        assert_eq!((group.name().as_str(), group.lesson.as_str()), ("01_a-demos", "01_a"));
        let mut found = all(course.path(), &group, &asked);
        found.sort();
        assert_eq!(found, [demos.join("echo/main.rs"), asked]);
    }
}
