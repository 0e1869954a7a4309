//! What all reports say in the same words: headlines, counts, times, what else was there.
//!
//! Next: [`super::terminal`].

use std::time::Duration;

use grader::{
    scenario::{model::Role, stage::AtStage},
    value::Value,
    verdict::{Also, Kind, Mismatch, Outcome, ScenarioResult, Verdict},
};

use super::{ExerciseView, excerpt};

/// The program under test of the scenarios that a learner writes.
const RIGHT_SERVER: &str = "the right server";

/// The program under test, in words: the last column of a picture.
pub(super) fn program(view: &ExerciseView, verdict: &Verdict) -> &'static str {
    let serves = |scenario: &ScenarioResult| scenario.transcript.actors.iter().any(|actor| actor == "server");
    match view.role {
        Some(Role::Client) => "your client",
        Some(Role::Page) => "your page",
        Some(Role::Frames) => "your frames",
        Some(Role::Tests) => RIGHT_SERVER,
        None if verdict.scenarios.iter().any(serves) => "your client",
        Some(Role::Server) | None => "your server",
    }
}

/// What is said of a program that passes, and of whose it is.
pub(super) fn solved(view: &ExerciseView, verdict: &Verdict) -> String {
    let title = if view.title.is_empty() { &verdict.exercise } else { &view.title };
    match (&view.answer, &verdict.stage) {
        (Some(answer), _) => format!("The course's `{answer}` passes (nothing is recorded)."),
        (None, Some(stage)) if !stage.is_last() => {
            format!("Well done: stage {} of {} passes.", stage.number, stage.of)
        }
        (None, _) => format!("Well done: {title} is solved."),
    }
}

/// `stage 2 of 4: One after the other`
pub(super) fn at_stage(stage: &AtStage) -> String {
    format!("stage {} of {}: {}", stage.number, stage.of, stage.title)
}

/// What a pass unlocks, if the learner had come to this stage: the next stage in words, and the beginning of its goal.
pub(super) fn unlocked(view: &ExerciseView) -> Option<(String, String)> {
    let stage = view.stage.as_ref().filter(|stage| stage.current == stage.at.id)?;
    let (title, goal) = stage.unlocks.as_ref()?;
    let begins: Vec<&str> = goal.trim().lines().take_while(|line| !line.trim().is_empty()).collect();
    Some((format!("stage {} of {}: {title}", stage.at.number + 1, stage.at.of), begins.join(" ")))
}

/// The stage that the failure belongs to, when that is one of those before: what passed there does not any more.
pub(super) fn broken<'v>(view: &ExerciseView, verdict: &'v Verdict) -> Option<(usize, &'v str)> {
    let stage = view.stage.as_ref()?;
    let of = verdict.scenarios.get(explained(verdict)?)?.stage.as_deref()?;
    let number = stage.all.iter().position(|id| id == of)? + 1;
    (number < stage.at.number).then_some((number, of))
}

/// That a program broke what had passed.
pub(super) fn broke(number: usize) -> String {
    format!("This belongs to stage {number}, which comes before: what was added to the program broke it.")
}

/// ` --stage seats --track rust`: the stage, when the failure belongs to another one than the learner has come to;
/// the track, when it is not the one that a command chooses by itself.
pub(super) fn options(view: &ExerciseView, verdict: &Verdict) -> String {
    let track = track_option(view);
    let Some(stage) = &view.stage else { return track };
    let of = broken(view, verdict).map_or(stage.at.id.as_str(), |(_, id)| id);
    if of == stage.current { track } else { format!(" --stage {of}{track}") }
}

/// ` --track rust`, when a command would choose another track by itself.
pub(super) fn track_option(view: &ExerciseView) -> String {
    view.track.map_or_else(String::new, |track| format!(" --track {}", track.as_str()))
}

/// Whose words stand below a program that cannot be built.
pub(super) fn who_says(view: &ExerciseView) -> &'static str {
    if view.role == Some(Role::Tests) { "What cannot be read" } else { "The compiler said" }
}

/// What happened to the whole program, as a sentence without its full stop.
pub(super) fn headline(mismatch: &Mismatch, program: &str) -> String {
    if program == RIGHT_SERVER && mismatch.kind == Kind::BuildFailed {
        return "your scenarios cannot be read".to_owned();
    }
    let program = if mismatch.subject.starts_with("node ") {
        format!("{} of {program}", mismatch.subject)
    } else {
        program.to_owned()
    };
    match mismatch.kind {
        Kind::BuildFailed => format!("{program} does not build"),
        Kind::NeverListened => format!("{program} does not listen on its port"),
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
pub(super) fn counts(view: &ExerciseView, verdict: &Verdict) -> String {
    let total = verdict.scenarios.len();
    let passed = count(verdict, |outcome| *outcome == Outcome::Passed);
    let skipped = count(verdict, |outcome| matches!(outcome, Outcome::Skipped(_)));
    let time = time(verdict.took);
    if total == 0 || (verdict.program.is_some() && passed == 0) {
        return format!("no scenario was played, after {time}");
    }
    if view.role == Some(Role::Tests) {
        let servers = if total == 1 { "server" } else { "servers" };
        return format!("{passed} of {total} {servers} judged rightly in {time}");
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

/// What else was unread or closed by then, without what the mismatch itself tells.
pub(super) fn others(mismatch: &Mismatch) -> impl Iterator<Item = &Also> {
    let itself = |also: &Also| {
        if mismatch.kind == Kind::Rejected {
            return true;
        }
        let unread = matches!(mismatch.kind, Kind::Unexpected | Kind::Copies | Kind::Different);
        let same = also.subject == mismatch.subject && also.actor == mismatch.actor;
        (also.kind == Kind::Unexpected && unread && same)
            || (also.kind == Kind::Closed && mismatch.kind == Kind::Closed && same)
    };
    mismatch.also.iter().filter(move |also| !itself(also))
}

/// Something else that was unread or closed by then.
pub(super) fn also(also: &Also) -> String {
    let whom = also.actor.as_deref().unwrap_or(&also.subject);
    match also.kind {
        Kind::Survived => format!("`{}` survives, too", also.subject),
        Kind::Closed => format!("the connection of {} ended", named(whom)),
        Kind::Unexpected => match &also.actor {
            Some(actor) => {
                format!("{} came to {}, and no step had read it by then", also.subject, named(actor))
            }
            None if also.subject == "connection" => {
                "one more connection was opened, and no step had let it in by then".to_owned()
            }
            None => format!("{} came, and no step had read it by then", also.subject),
        },
        kind => format!("{}: {}", kind.as_str().replace('_', " "), also.subject),
    }
}

/// An actor in a sentence.
pub(super) fn named(actor: &str) -> &str {
    if actor == "server" { "the server" } else { actor }
}

/// The commands that help with a failure, as one would type them.
pub(super) mod command {
    /// Shows a hint for an exercise; the learner may be on another one than the next.
    pub(in super::super) fn hint(exercise: &str) -> String {
        let name = exercise.rsplit('/').next().unwrap_or(exercise);
        format!("cargo run -p runner hint {name}")
    }

    /// Shows what an exercise asks for.
    pub(in super::super) fn goal(exercise: &str) -> String {
        let name = exercise.rsplit('/').next().unwrap_or(exercise);
        format!("cargo run -p runner goal {name}")
    }

    /// Checks the next exercise.
    pub(in super::super) const CHECK: &str = "cargo run -p runner check";

    /// Shows the longer page of a cause.
    pub(in super::super) fn explain(cause: &str) -> String {
        format!("cargo run -p runner explain {cause}")
    }
}

/// Where expected and actual differ first, in words: `argument 1, field roomId`. None when they differ as a whole.
pub(super) fn difference(mismatch: &Mismatch) -> Option<String> {
    let pointer = mismatch.at.as_deref().filter(|at| !at.is_empty())?;
    let steps = pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
    let over_http = mismatch.actor.as_deref() == Some("http");
    // What an event or an acknowledgement carries is a list of arguments; all else is one value.
    let (whole, mut value) = match mismatch.kind {
        Kind::WrongAck if over_http => {
            (Some("the body"), mismatch.saw.as_ref().and_then(|saw| item(saw, "1")))
        }
        Kind::Different if mismatch.subject == "connection" => (Some("`auth`"), mismatch.saw.as_ref()),
        Kind::WrongRefusal | Kind::Refused => (Some("the refusal"), mismatch.saw.as_ref()),
        _ => (None, mismatch.saw.as_ref()),
    };
    let mut words: Vec<String> = whole.map(str::to_owned).into_iter().collect();
    for (depth, step) in steps.enumerate() {
        let number = step.parse::<usize>().ok().filter(|_| !matches!(value, Some(Value::Object(_))));
        words.push(match number {
            Some(number) if depth == 0 && whole.is_none() && mismatch.kind == Kind::WrongAck => {
                format!("argument {} of the acknowledgement", number + 1)
            }
            Some(number) if depth == 0 && whole.is_none() => format!("argument {}", number + 1),
            Some(number) => format!("item {}", number + 1),
            None => format!("field {step}"),
        });
        value = value.and_then(|value| item(value, &step));
    }
    let is_absent = value.is_none() && mismatch.saw.is_some();
    Some(words.join(", ") + if is_absent { ", which is not there" } else { "" })
}

/// The part of a list or an object that one step of a pointer names.
fn item<'v>(value: &'v Value, step: &str) -> Option<&'v Value> {
    match value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        Value::Object(entries) => entries.get(step),
        _ => None,
    }
}

/// The line of `frames.txt`, from 1. Notes and empty lines count here; in [`Mismatch::line`] they do not.
pub(super) fn frame_line(mismatch: &Mismatch) -> Option<u32> {
    mismatch.line.and(placed(mismatch).1)
}

/// `41   (frames.txt:3)` → the frame and its line in the file.
fn placed(mismatch: &Mismatch) -> (&str, Option<u32>) {
    let actual = mismatch.actual.as_str();
    let place = actual.strip_suffix(')').and_then(|actual| actual.rsplit_once("(frames.txt:"));
    match place.map(|(frame, line)| (frame.trim_end(), line.parse().ok())) {
        Some((frame, Some(line))) if mismatch.subject == "frame" => (frame, Some(line)),
        _ => (actual, None),
    }
}

/// What was seen, in as many lines as it takes; of a program's end only how and why. All it said stands below.
pub(super) fn actual(mismatch: &Mismatch, exercise: &str) -> String {
    if mismatch.kind != Kind::Crashed {
        let (actual, _) = placed(mismatch);
        return excerpt::near(actual, exercise);
    }
    let mut lines = mismatch.actual.lines();
    let how = lines.next().unwrap_or_default();
    let names_error = |line: &&str| {
        let first = line.split([':', ' ', '(']).next().unwrap_or_default();
        first.ends_with("Error") || first.ends_with("Exception") || line.contains(" panicked at ")
    };
    let why = if how.contains(": ") { None } else { lines.find(names_error) };
    // Rust says where on one line, and what on the next.
    let what = why.filter(|why| why.ends_with(':')).and_then(|_| lines.next());
    let said = match (why, what) {
        (Some(why), Some(what)) => format!("{how}: {why} {what}"),
        (Some(why), None) => format!("{how}: {why}"),
        (None, _) => how.to_owned(),
    };
    excerpt::near(&said, exercise)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_told_in_words() {
        let saw = serde_json::from_str(r#"[{"roomId":7,"list":[{"id":1},{"id":2}],"7":{"a/b":null}}]"#);
        let event = Mismatch {
            kind: Kind::Different,
            subject: "said".to_owned(),
            actor: Some("asha".to_owned()),
            at: None,
            saw: Some(saw.expect("JSON")),
            expected: String::new(),
            actual: String::new(),
            place: grader::scenario::model::Place::default(),
            line: None,
            also: Vec::new(),
        };
        let told = |at: &str, mismatch: &Mismatch| {
            difference(&Mismatch { at: Some(at.to_owned()), ..mismatch.clone() }).unwrap_or_default()
        };
        assert_eq!(told("", &event), "");
        assert_eq!(told("/0/roomId", &event), "argument 1, field roomId");
        assert_eq!(told("/0/list/1/id", &event), "argument 1, field list, item 2, field id");
        assert_eq!(told("/0/7/a~1b", &event), "argument 1, field 7, field a/b");
        assert_eq!(told("/0/text", &event), "argument 1, field text, which is not there");
        assert_eq!(told("/1", &event), "argument 2, which is not there");
        let answer = Mismatch { kind: Kind::WrongAck, ..event.clone() };
        assert_eq!(told("/0/list", &answer), "argument 1 of the acknowledgement, field list");
        let http = Mismatch { actor: Some("http".to_owned()), ..answer.clone() };
        let body = Value::Array(vec![Value::from(201_i64), answer.saw.clone().expect("saw")]);
        assert_eq!(
            told("/0/roomId", &Mismatch { saw: Some(body), ..http }),
            "the body, item 1, field roomId"
        );
        let first = answer.saw.as_ref().and_then(|saw| item(saw, "0")).cloned();
        let auth = Mismatch { subject: "connection".to_owned(), saw: first, ..event };
        assert_eq!(told("/roomId", &auth), "`auth`, field roomId");
        let refusal = Mismatch { kind: Kind::WrongRefusal, ..auth };
        assert_eq!(told("/data/code", &refusal), "the refusal, field data, field code, which is not there");
    }

    #[test]
    fn times_read_well() {
        let shown = [58, 1240, 59_960, 125_000].map(|millis| time(Duration::from_millis(millis)));
        assert_eq!(shown, ["58 ms", "1.2 s", "60.0 s", "2 min 5 s"]);
    }
}
