//! What a program or its compiler printed: the telling part of it, in words that are the same on every computer.
//!
//! Next: [`super::summary`].

use anstream::adapter::strip_str;
use grader::verdict::Kind;

/// Lines of a compiler's first error, of a crash, of any other failure.
const ERROR_LINES: usize = 40;
const CRASH_LINES: usize = 16;
const OTHER_LINES: usize = 6;

/// The telling part of what a program or its compiler printed.
pub(super) struct Excerpt {
    /// How many lines before are left out.
    pub(super) earlier: usize,
    /// The lines, without colour codes.
    pub(super) lines: Vec<String>,
    /// How many lines after are left out.
    pub(super) later: usize,
}

/// Chooses the lines: a compiler's first error whole, the end of everything else.
pub(super) fn excerpt(output: &[String], kind: Kind, exercise: &str, whole: bool) -> Excerpt {
    let lines: Vec<String> = output
        .iter()
        .flat_map(|line| line.trim_end_matches('\n').split('\n'))
        .map(|line| strip_str(line).to_string())
        .filter(|line| whole || !is_foreign(line))
        .map(|line| near(&line, exercise))
        .collect();
    let (start, end) = match kind {
        _ if whole => (0, lines.len()),
        Kind::BuildFailed => first_error(&lines),
        Kind::Crashed | Kind::Exited | Kind::NeverListened | Kind::TooMuchMemory | Kind::Stuck => {
            (lines.len().saturating_sub(CRASH_LINES), lines.len())
        }
        _ => (lines.len().saturating_sub(OTHER_LINES), lines.len()),
    };
    let blank = |line: &&String| line.trim().is_empty();
    let start = start + lines[start..end].iter().take_while(blank).count();
    let end = end - lines[start..end].iter().rev().take_while(blank).count();
    let rest = &lines[end..];
    let later = if rest.iter().all(|line| blank(&line)) { 0 } else { rest.len() };
    Excerpt { earlier: start, later, lines: lines[start..end].to_vec() }
}

fn first_error(lines: &[String]) -> (usize, usize) {
    let Some(start) = lines.iter().position(|line| line.starts_with("error")) else {
        return (0, lines.len().min(CRASH_LINES));
    };
    let length = lines[start..].iter().take_while(|line| !line.trim().is_empty()).count();
    (start, start + length.min(ERROR_LINES))
}

/// A line of a crash that is about Node or a library: nothing there is the learner's to mend.
fn is_foreign(line: &str) -> bool {
    let foreign = ["node:", "/node_modules/", "[eval"];
    let frame = line.starts_with(' ') && line.trim_start().starts_with("at ");
    (frame && foreign.iter().any(|word| line.contains(word))) || line.starts_with("Node.js v")
}

/// `file:///home/asha/course/exercises/07_rooms/x/main.js` → `exercises/07_rooms/x/main.js`, as one would type it.
pub(super) fn near(text: &str, exercise: &str) -> String {
    let folder = format!("exercises/{exercise}/");
    let mut parts = text.split(&folder);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let line = out.rfind('\n').map_or(0, |end| end + 1);
        let start = out[line..].rfind(['(', ' ', '"', '\'', '`']).map_or(line, |place| line + place + 1);
        let from_root = out[start..].starts_with('/') || out[start..].starts_with("file://");
        out.truncate(if from_root { start } else { out.len() });
        out.push_str(&folder);
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "07_rooms/x";

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn the_first_error_of_a_compiler_is_whole_and_alone() {
        let output = lines(
            "warning: unused\n\n\u{1b}[31merror[E0425]\u{1b}[0m: no `io`\n --> main.rs:3:1\n\nerror: aborting",
        );
        let shown = excerpt(&output, Kind::BuildFailed, HERE, false);
        assert_eq!(shown.lines, ["error[E0425]: no `io`", " --> main.rs:3:1"]);
        assert_eq!((shown.earlier, shown.later), (2, 2));
    }

    #[test]
    fn the_end_of_a_crash_is_shown() {
        let output: Vec<String> = (0..100).map(|n| format!("line {n}")).collect();
        let shown = excerpt(&output, Kind::Crashed, HERE, false);
        assert_eq!((shown.earlier, shown.lines.len(), shown.later), (84, 16, 0));
    }

    #[test]
    fn frames_of_node_and_of_libraries_are_no_news() {
        let stack = "Error: no\n    at main.js:1:2\n    at Socket.emit (node:events:5:1)\n    at /c/node_modules/s.js:1\n\nNode.js v22.1.0";
        assert_eq!(
            excerpt(&lines(stack), Kind::Crashed, HERE, false).lines,
            ["Error: no", "    at main.js:1:2"]
        );
        assert_eq!(excerpt(&lines(stack), Kind::Crashed, HERE, true).lines.len(), 6);
    }

    #[test]
    fn own_files_are_named_from_the_course_on() {
        let there = "    at f (file:///home/a%20b/c/exercises/07_rooms/x/main.js:9:28)\n/c/exercises/07_rooms/x/main.js:1";
        let here = "    at f (exercises/07_rooms/x/main.js:9:28)\nexercises/07_rooms/x/main.js:1";
        assert_eq!(near(there, HERE), here);
        assert_eq!(near(here, HERE), here);
    }
}
