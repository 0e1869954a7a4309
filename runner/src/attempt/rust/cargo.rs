//! `cargo build`, heard: progress on standard error, artifacts and diagnostics as JSON on standard output.

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use grader::{event::Event, verdict::Kind};
use serde::Deserialize;

use crate::attempt::{
    LaunchFailure, PrepareError,
    process::Recipe,
    tool::{self, Stream},
};

/// How many lines of diagnostics are kept.
const KEPT: usize = 120;
const GET_RUST: &str =
    "install Rust from https://rustup.rs, or choose the JavaScript track, which needs only Node";

/// What Cargo said.
#[derive(Debug, Default)]
pub(super) struct Built {
    pub(super) success: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
    executables: Vec<(String, PathBuf)>,
    said: Vec<String>,
}

/// One message of the compiler.
#[derive(Debug, Clone)]
pub(super) struct Diagnostic {
    /// The binary, or the library, that was compiled.
    pub(super) target: String,
    pub(super) is_error: bool,
    /// `error[E0425]: cannot find value …`, without its place.
    pub(super) headline: String,
    /// File, line, column of what it is about first.
    pub(super) place: Option<(String, u32, u32)>,
    /// As a person reads it, with colours.
    pub(super) rendered: String,
}

#[derive(Deserialize)]
struct Line {
    reason: String,
    target: Option<Target>,
    message: Option<Message>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "message")]
    text: String,
    code: Option<Code>,
    level: String,
    rendered: Option<String>,
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: u32,
    column_start: u32,
    is_primary: bool,
}

/// The Cargo that runs us, or the one on `PATH`.
fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// A file that changes when the compiler does.
pub(super) fn compiler() -> PathBuf {
    tool::find(&cargo()).unwrap_or_default()
}

/// Runs `cargo build` in `folder`. `target`: where to, if not where Cargo would itself.
pub(super) async fn build(
    folder: &Path,
    arguments: &[&str],
    target: Option<&Path>,
    say: &(impl Fn(Event) + Sync),
) -> Result<Built, PrepareError> {
    let cargo = cargo();
    if tool::find(&cargo).is_none() {
        return Err(PrepareError::environment("cargo was not found", GET_RUST));
    }
    say(preparing(None));
    let recipe =
        Recipe::new(cargo).argument("build").argument("--message-format=json-diagnostic-rendered-ansi");
    let mut recipe = arguments
        .iter()
        .fold(recipe, |recipe, argument| recipe.argument(OsStr::new(argument)))
        .folder(folder);
    if let Some(target) = target {
        recipe = recipe.environment("CARGO_TARGET_DIR", target);
    }
    let mut built = Built::default();
    let status = tool::run(&recipe, |stream, line| match stream {
        Stream::Out => built.read(line),
        Stream::Error => {
            say(preparing(Some(line.trim().to_owned())));
            built.said.push(line.to_owned());
        }
    })
    .await
    .map_err(|error| PrepareError::environment(format!("cargo cannot be started: {error}"), GET_RUST))?;
    built.success = status.success();
    Ok(built)
}

fn preparing(line: Option<String>) -> Event {
    Event::Preparing { what: "cargo build".to_owned(), line }
}

impl Built {
    fn read(&mut self, line: &str) {
        // Build scripts of dependencies may print here too.
        let Ok(line) = serde_json::from_str::<Line>(line) else { return };
        let Some(target) = line.target.map(|target| target.name) else { return };
        match (line.reason.as_str(), line.message, line.executable) {
            ("compiler-message", Some(message), _) => self.diagnostics.push(Diagnostic::new(target, message)),
            ("compiler-artifact", _, Some(executable)) => self.executables.push((target, executable)),
            _ => {}
        }
    }

    /// The binary; or why there is none, and whether that is the learner's doing.
    pub(super) fn executable_or_failure(&self, name: &str) -> Result<PathBuf, PrepareError> {
        if self.success
            && let Some((_, executable)) = self.executables.iter().find(|(target, _)| target == name)
        {
            return Ok(executable.clone());
        }
        let own: Vec<&Diagnostic> = self.diagnostics.iter().filter(|found| found.target == name).collect();
        if own.iter().any(|found| found.is_error && found.place.is_some()) {
            return Err(PrepareError::Build(failure(&own)));
        }
        Err(self.environment())
    }

    /// Cargo could not build, and no line of the learner's file is to blame.
    pub(super) fn environment(&self) -> PrepareError {
        let said = self.said.join("\n");
        if said.contains("no bin target named") {
            let help = "add a `[[bin]]` for it to `exercises/Cargo.toml`";
            return PrepareError::environment("the exercise has no binary in the package `exercises`", help);
        }
        if self
            .diagnostics
            .iter()
            .any(|found| found.headline.contains("linker") || found.headline.contains("linking with"))
        {
            let help = "install a C compiler (Debian: `apt install build-essential`, macOS: `xcode-select --install`)";
            return PrepareError::environment("Rust found no working linker", help);
        }
        let network = [
            "failed to download",
            "Could not resolve host",
            "network failure",
            "failed to fetch",
            "download of",
        ];
        if network.iter().any(|words| said.contains(words)) {
            let help = "connect to the network and check again: this is needed once";
            return PrepareError::environment("cargo could not reach the package registry", help);
        }
        let error = said.lines().find(|line| line.trim_start().starts_with("error"));
        let other = self.diagnostics.iter().find(|found| found.is_error).map(|found| found.headline.as_str());
        let what = other.or(error).unwrap_or("it gave no reason").trim();
        PrepareError::environment(
            format!("`cargo build` failed: {what}"),
            "run `cargo build -p exercises` to see all of it",
        )
    }
}

/// The verdict on a program that does not compile. Errors come first, in the compiler's own order.
pub(super) fn failure(diagnostics: &[&Diagnostic]) -> LaunchFailure {
    let errors = diagnostics.iter().filter(|found| found.is_error && found.place.is_some());
    let warnings = diagnostics.iter().filter(|found| !found.is_error);
    let first = errors.clone().next().map(|found| match &found.place {
        Some((file, line, column)) => format!("{}\n{file}:{line}:{column}", found.headline),
        None => found.headline.clone(),
    });
    let lines = errors.chain(warnings).flat_map(|found| found.rendered.lines().map(str::to_owned));
    LaunchFailure {
        kind: Kind::BuildFailed,
        expected: "a program that compiles".to_owned(),
        actual: first.unwrap_or_default(),
        output: lines.take(KEPT).collect(),
    }
}

impl Diagnostic {
    fn new(target: String, message: Message) -> Self {
        let place = message.spans.into_iter().find(|span| span.is_primary);
        let code = message.code.map(|code| format!("[{}]", code.code)).unwrap_or_default();
        Self {
            target,
            is_error: message.level.starts_with("error"),
            headline: format!("{}{code}: {}", message.level, message.text),
            place: place.map(|span| (span.file_name, span.line_start, span.column_start)),
            rendered: message.rendered.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(lines: &[&str], said: &str) -> Built {
        let mut built = Built { said: vec![said.to_owned()], ..Built::default() };
        for line in lines {
            built.read(line);
        }
        built
    }

    const ERROR: &str = r#"{"reason":"compiler-message","target":{"name":"x"},"message":{"message":"no `y`","code":{"code":"E0425"},
        "level":"error","rendered":"red","spans":[{"file_name":"main.rs","line_start":3,"column_start":5,"is_primary":true}]}}"#;

    #[test]
    fn a_learners_error_is_a_verdict_with_its_place() {
        let PrepareError::Build(failure) =
            built(&["noise", ERROR], "").executable_or_failure("x").unwrap_err()
        else {
            panic!("not a build failure");
        };
        assert_eq!(failure.kind, Kind::BuildFailed);
        assert_eq!(failure.actual, "error[E0425]: no `y`\nmain.rs:3:5");
        assert_eq!(failure.output, ["red"]);
    }

    #[test]
    fn what_the_machine_lacks_is_not_the_learners_error() {
        let words = |built: Built| match built.executable_or_failure("y").unwrap_err() {
            PrepareError::Environment { what, .. } => what,
            PrepareError::Build(failure) => panic!("{failure}"),
        };
        assert!(words(built(&[], "error: failed to download `x`")).contains("registry"));
        assert!(words(built(&[], "error: no bin target named `y`")).contains("no binary"));
        assert_eq!(words(built(&[ERROR], "")), "`cargo build` failed: error[E0425]: no `y`");
    }
}
