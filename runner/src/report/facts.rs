//! What all reports say in the same words: headlines, counts, times, what else was there.
//!
//! Next: [`super::terminal`].

use std::time::Duration;

use anstream::adapter::strip_str;
use grader::{
    scenario::model::Role,
    verdict::{Also, Kind, Mismatch, Outcome, ScenarioResult, Verdict},
};

use super::ExerciseView;

/// Lines of a compiler's first error, of a crash, of any other failure.
const ERROR_LINES: usize = 40;
const CRASH_LINES: usize = 16;
const OTHER_LINES: usize = 6;

/// The program under test, in words: the last column of a picture.
pub(super) fn program(view: &ExerciseView, verdict: &Verdict) -> &'static str {
    let serves = |scenario: &ScenarioResult| scenario.transcript.actors.iter().any(|actor| actor == "server");
    match view.role {
        Some(Role::Client) => "your client",
        Some(Role::Page) => "your page",
        Some(Role::Frames) => "your frames",
        None if verdict.scenarios.iter().any(serves) => "your client",
        Some(Role::Server) | None => "your server",
    }
}

/// What happened to the whole program, as a sentence without its full stop.
pub(super) fn headline(mismatch: &Mismatch, program: &str) -> String {
    let program = if mismatch.subject.starts_with("node ") {
        format!("{} of {program}", mismatch.subject)
    } else {
        program.to_owned()
    };
    match mismatch.kind {
        Kind::BuildFailed => format!("{program} does not build"),
        Kind::NeverListened => format!("{program} never listened on its port"),
        Kind::WrongPort => format!("{program} listens on another port"),
        Kind::NotSocketIo => "what answers on the port is not a Socket.IO server".to_owned(),
        Kind::Exited => format!("{program} ended by itself"),
        Kind::Crashed => format!("{program} crashed"),
        Kind::Stuck => format!("{program} stopped answering"),
        Kind::TooMuchMemory => format!("{program} used more memory than it may"),
        kind => format!("{program}: {}", kind.as_str().replace('_', " ")),
    }
}

/// `58 ms`, `1.2 s`, `2 min 5 s`
pub(super) fn time(took: Duration) -> String {
    match took.as_millis() {
        millis @ 0..=999 => format!("{millis} ms"),
        1000..=59_999 => format!("{:.1} s", took.as_secs_f64()),
        _ => format!("{} min {} s", took.as_secs() / 60, took.as_secs() % 60),
    }
}

/// `1 of 2 scenarios passed, 1 skipped, in 83 ms`
pub(super) fn counts(verdict: &Verdict) -> String {
    let total = verdict.scenarios.len();
    let passed = count(verdict, |outcome| *outcome == Outcome::Passed);
    let skipped = count(verdict, |outcome| matches!(outcome, Outcome::Skipped(_)));
    let time = time(verdict.took);
    if total == 0 || (verdict.program.is_some() && passed == 0) {
        return format!("no scenario was played, after {time}");
    }
    let scenarios = if total == 1 { "scenario" } else { "scenarios" };
    if skipped > 0 {
        format!("{passed} of {total} {scenarios} passed, {skipped} skipped, in {time}")
    } else {
        format!("{passed} of {total} {scenarios} passed in {time}")
    }
}

fn count(verdict: &Verdict, which: impl Fn(&Outcome) -> bool) -> usize {
    verdict.scenarios.iter().filter(|scenario| which(&scenario.outcome)).count()
}

/// The scenario that is shown in full: the one that the cause explains, or the first that failed.
pub(super) fn explained(verdict: &Verdict) -> Option<usize> {
    let failed = |index: usize| {
        verdict.scenarios.get(index).is_some_and(|scenario| matches!(scenario.outcome, Outcome::Failed(_)))
    };
    let by_cause = verdict.cause.as_ref().and_then(|cause| cause.scenario).filter(|&index| failed(index));
    by_cause.or_else(|| (0..verdict.scenarios.len()).find(|&index| failed(index)))
}

/// Something else that was unread or closed by then.
pub(super) fn also(also: &Also) -> String {
    let whom = also.actor.as_deref().unwrap_or(&also.subject);
    match also.kind {
        Kind::Closed => format!("the connection of {whom} ended"),
        Kind::Unexpected => match &also.actor {
            Some(actor) => format!("{} came to {actor} and was not asked for", also.subject),
            None => format!("{} came and was not asked for", also.subject),
        },
        kind => format!("{}: {}", kind.as_str().replace('_', " "), also.subject),
    }
}

/// The lesson's number: 7 of `07_rooms/members_only`.
pub(super) fn lesson_number(id: &str) -> Option<u32> {
    id.split('_').next()?.parse().ok()
}

/// The commands that help with a failure, as one would type them.
pub(super) mod command {
    /// Shows a hint.
    pub(in super::super) const HINT: &str = "cargo run -p runner hint";
    /// Checks the next exercise.
    pub(in super::super) const CHECK: &str = "cargo run -p runner check";

    /// Shows the longer page of a cause.
    pub(in super::super) fn explain(cause: &str) -> String {
        format!("cargo run -p runner explain {cause}")
    }
}

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
pub(super) fn excerpt(output: &[String], kind: Kind, whole: bool) -> Excerpt {
    let lines: Vec<String> = output
        .iter()
        .flat_map(|line| line.trim_end_matches('\n').split('\n'))
        .map(|line| strip_str(line).to_string())
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
    Excerpt { earlier: start, later: lines.len() - end, lines: lines[start..end].to_vec() }
}

fn first_error(lines: &[String]) -> (usize, usize) {
    let Some(start) = lines.iter().position(|line| line.starts_with("error")) else {
        return (0, lines.len().min(CRASH_LINES));
    };
    let length = lines[start..].iter().take_while(|line| !line.trim().is_empty()).count();
    (start, start + length.min(ERROR_LINES))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn times_read_well() {
        let shown = [58, 1240, 59_960, 125_000].map(|millis| time(Duration::from_millis(millis)));
        assert_eq!(shown, ["58 ms", "1.2 s", "60.0 s", "2 min 5 s"]);
    }

    #[test]
    fn the_first_error_of_a_compiler_is_whole_and_alone() {
        let output = lines(
            "warning: unused\n\n\u{1b}[31merror[E0425]\u{1b}[0m: no `io`\n --> main.rs:3:1\n\nerror: aborting",
        );
        let shown = excerpt(&output, Kind::BuildFailed, false);
        assert_eq!(shown.lines, ["error[E0425]: no `io`", " --> main.rs:3:1"]);
        assert_eq!((shown.earlier, shown.later), (2, 2));
    }

    #[test]
    fn the_end_of_a_crash_is_shown() {
        let output: Vec<String> = (0..100).map(|n| format!("line {n}")).collect();
        let shown = excerpt(&output, Kind::Crashed, false);
        assert_eq!((shown.earlier, shown.lines.len(), shown.later), (84, 16, 0));
    }
}
