//! Why a program could not be prepared or launched, in words for the learner.
//!
//! A learner's mistake is a [`LaunchFailure`], which becomes a verdict; what the machine lacks is
//! [`PrepareError::Environment`], which ends the runner with exit code 2. Next: [`super::ready`].

use grader::{scenario::play::drive::ProgramEnd, verdict::Kind};
use thiserror::Error;

/// How many lines of an error are shown beside `actual`; the rest is in the output.
const SHOWN: usize = 6;

/// The program is at fault: it does not build, does not listen, ends.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind}: expected {expected}, actual {actual}")]
pub struct LaunchFailure {
    /// One of the kinds about the whole program.
    pub kind: Kind,
    /// What was asked.
    pub expected: String,
    /// What was seen; up to six lines.
    pub actual: String,
    /// What the program, or its compiler, printed; bounded. A compiler's lines may hold colour codes.
    pub output: Vec<String>,
}

/// Why an attempt cannot be prepared.
#[derive(Debug, Error)]
pub enum PrepareError {
    /// The learner's program does not build.
    #[error(transparent)]
    Build(LaunchFailure),
    /// The machine lacks something.
    #[error("{what}; {help}")]
    Environment {
        /// What is missing or refused.
        what: String,
        /// What to do about it.
        help: String,
    },
}

impl PrepareError {
    pub(super) fn environment(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Environment { what: what.into(), help: help.into() }
    }
}

impl LaunchFailure {
    /// The program ended although it should run on.
    pub(super) fn ended(end: &ProgramEnd, expected: &str, memory: u64, output: Vec<String>) -> Self {
        let (kind, actual) = if end.out_of_memory {
            let megabytes = memory / (1024 * 1024);
            (Kind::TooMuchMemory, format!("it used more than {megabytes} MiB of memory and was ended"))
        } else if end.code == Some(0) {
            (Kind::Exited, "it ended by itself, without an error (exit code 0)".to_owned())
        } else {
            let how = match (end.code, end.signal) {
                (Some(code), _) => format!("it ended with exit code {code}"),
                (None, Some(signal)) => format!("it was ended by signal {signal}"),
                (None, None) => "it ended".to_owned(),
            };
            let words = telling(&end.last_words);
            (Kind::Crashed, if words.is_empty() { how } else { format!("{how}: {words}") })
        };
        Self { kind, expected: expected.to_owned(), actual, output }
    }

    /// The program could not be started at all.
    pub(super) fn not_started(program: &std::ffi::OsStr, error: &std::io::Error) -> Self {
        Self {
            kind: Kind::Crashed,
            expected: "a program that starts".to_owned(),
            actual: format!("`{}` could not be started: {error}", program.display()),
            output: Vec::new(),
        }
    }
}

/// The lines of an error that say most, without those of Node itself.
pub(super) fn telling(lines: &[String]) -> String {
    let error = |line: &String| {
        let first = line.split([':', ' ', '(']).next().unwrap_or_default();
        first.ends_with("Error")
            || first.ends_with("Exception")
            || line.contains("' panicked at ")
            || line.contains(") panicked at ")
    };
    // Python names its error last; everybody else begins with it.
    let python = lines.iter().any(|line| line.starts_with("Traceback "));
    let begin = if python { lines.iter().rposition(error) } else { lines.iter().position(error) };
    let last = lines.iter().rposition(|line| !line.trim().is_empty());
    let Some(begin) = begin.or(last) else { return String::new() };
    let shown: Vec<&str> = lines
        .iter()
        .skip(begin)
        .map(|line| line.trim_end())
        .take_while(|line| {
            !line.starts_with("Node.js v") && !line.starts_with("note: run with `RUST_BACKTRACE")
        })
        .filter(|line| !line.is_empty() && !line.contains("(node:") && !line.contains("[eval]"))
        .take(SHOWN)
        .collect();
    let mut text = shown.join("\n");
    // Node prints the place of a syntax error only above it.
    let place = lines.iter().take(begin).find(|line| line.starts_with("file://"));
    if let Some(place) = place.filter(|place| !text.contains(place.as_str())) {
        let end = text.find('\n').unwrap_or(text.len());
        text.insert_str(end, &format!(" ({place})"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        telling(&text.lines().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn the_error_itself_is_found_in_what_node_python_and_rust_print() {
        let node = "file:///x/main.js:3\nthrow new RangeError('no')\n^\n\nRangeError: no\n    at f (file:///x/main.js:3:7)\n    \
                    at run (node:internal/x:1:2)\n\nNode.js v20.1.0";
        assert_eq!(words(node), "RangeError: no\n    at f (file:///x/main.js:3:7)");
        let syntax = "file:///x/main.js:4\n}\n^\n\nSyntaxError: Unexpected token '}'\n    at g (node:internal/x:1:2)\n";
        assert_eq!(words(syntax), "SyntaxError: Unexpected token '}' (file:///x/main.js:4)");
        let python = "Traceback (most recent call last):\n  File \"s.py\", line 1\nValueError: no";
        assert_eq!(words(python), "ValueError: no");
        let rust = "\nthread 'main' (71) panicked at main.rs:3:5:\nno\nnote: run with `RUST_BACKTRACE=1` …";
        assert_eq!(words(rust), "thread 'main' (71) panicked at main.rs:3:5:\nno");
        assert_eq!(words("bind: address in use\n\n"), "bind: address in use");
        assert_eq!(words(""), "");
    }

    #[test]
    fn an_end_is_named_by_its_cause() {
        let end =
            |code, signal, out_of_memory| ProgramEnd { code, signal, out_of_memory, last_words: Vec::new() };
        let kind = |end| LaunchFailure::ended(&end, "x", 1 << 30, Vec::new()).kind;
        assert_eq!(kind(end(Some(0), None, false)), Kind::Exited);
        assert_eq!(kind(end(Some(3), None, false)), Kind::Crashed);
        assert_eq!(kind(end(None, Some(11), false)), Kind::Crashed);
        assert_eq!(kind(end(None, Some(9), true)), Kind::TooMuchMemory);
    }
}
