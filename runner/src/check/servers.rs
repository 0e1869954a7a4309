//! Role `tests`: the learner's scenarios are played against servers of the course. The right one must pass them, and
//! each wrong one must fail at least one. Next: [`super::plays`], which plays them against one server.

use std::{fs, path::Path};

use futures_util::future::join_all;
use grader::{
    event::Event,
    scenario::{
        model::{Exercise, Place, Scenario},
        play::{Finished, drive::Fence, names::Names, names_of_run},
        read,
        servers::{Servers, WrongServer},
    },
    transcript::Transcript,
    verdict::{Also, Kind, Mismatch, Outcome, ScenarioResult},
};

use super::{
    Request,
    plays::{Plays, play_all},
};
use crate::{
    attempt::{LaunchFailure, Launcher, PrepareError, Spec},
    course::CourseError,
};

/// The variable that says which server a program has to be.
const SERVER: &str = "SERVER";

/// What a learner wrote, and the program that is all the servers.
#[derive(Debug, Clone)]
pub struct Tests {
    scenarios: Result<Vec<Scenario>, LaunchFailure>,
    spec: Spec,
}

impl Tests {
    /// Reads the learner's file. What is wrong in it is no error: it is the verdict.
    pub(super) fn read(
        file: &Path,
        shown: &str,
        exercise: &Exercise,
        spec: Spec,
    ) -> Result<Self, CourseError> {
        let text = fs::read_to_string(file).map_err(|error| CourseError::unreadable(file, error))?;
        let scenarios = read::scenarios(&text, exercise).map_err(|problems| {
            let name = shown.rsplit('/').next().unwrap_or(shown);
            let place = |problem: &read::Problem| {
                let Place { line, column, .. } = problem.place;
                format!("{shown}:{line}:{column}: {}", problem.message)
            };
            LaunchFailure {
                kind: Kind::BuildFailed,
                expected: "scenarios that can be read".to_owned(),
                actual: problems.first().map(place).unwrap_or_default(),
                output: problems.iter().map(|problem| problem.render(name, &text)).collect(),
            }
        });
        Ok(Self { scenarios, spec })
    }
}

/// What came of the scenarios at one server.
type Played = Result<Vec<Finished>, PrepareError>;

/// Plays the learner's scenarios against every server; each server is one result.
pub(super) async fn play(
    request: Request<'_>,
    tests: &Tests,
    say: &dyn Fn(Event),
) -> Result<Plays, PrepareError> {
    let (Some(servers), Ok(scenarios)) = (&request.exercise.servers, &tests.scenarios) else {
        return Ok(tests.scenarios.clone().map(|_| Vec::new()));
    };
    let exercise = request.exercise.with_scenarios(scenarios.clone());
    let inner = Request { exercise: &exercise, causes: &[], ..request };
    // The first one builds, in the sight of the learner; the others find it built.
    let right = prepare(tests, &servers.right, say).await?;
    let wrong = servers.wrong.iter().map(async |server| {
        let launcher = prepare(tests, &server.id, &|_| {}).await?;
        play_against(inner, launcher).await
    });
    let (right, wrong) = tokio::join!(play_against(inner, right), join_all(wrong));
    let wrong: Vec<Vec<Finished>> = wrong.into_iter().collect::<Result<_, _>>()?;
    let finished = judge(request, servers, right?, &wrong);
    for finished in &finished {
        say(Event::ScenarioEnded(finished.result.clone()));
    }
    Ok(Ok(finished))
}

async fn prepare(tests: &Tests, server: &str, say: &dyn Fn(Event)) -> Result<Launcher, PrepareError> {
    let mut spec = tests.spec.clone();
    spec.env.push((SERVER.to_owned(), server.to_owned()));
    Launcher::prepare(spec, say).await.map_err(|error| match error {
        PrepareError::Build(failure) => not_ours(&failure),
        environment @ PrepareError::Environment { .. } => environment,
    })
}

async fn play_against(inner: Request<'_>, launcher: Launcher) -> Played {
    let numbers = inner.scenarios();
    let plays = play_all(inner, &launcher, &numbers, &|_| {}).await;
    launcher.stop().await;
    plays.map_err(|failure| not_ours(&failure))
}

/// The servers are the course's: what is wrong with one is no fault of the learner.
fn not_ours(failure: &LaunchFailure) -> PrepareError {
    let what = format!("a server of the course does not run: {}", failure.actual);
    let help = "bring the folder `servers/` of this exercise back as it was".to_owned();
    PrepareError::Environment { what, help }
}

fn judge(
    request: Request<'_>,
    servers: &Servers,
    right: Vec<Finished>,
    wrong: &[Vec<Finished>],
) -> Vec<Finished> {
    let names = names_of_run(request.exercise, &request.start(Fence::Foreign, Vec::new()));
    let rejected = right.iter().any(|play| play.result.outcome != Outcome::Passed);
    let survivors: Vec<&str> = servers
        .wrong
        .iter()
        .zip(wrong)
        .filter(|(_, plays)| failed(plays).is_none())
        .map(|(server, _)| server.id.as_str())
        .collect();
    let of_wrong = |(server, plays): (&WrongServer, &Vec<Finished>)| {
        let result = if rejected {
            let needs = "scenarios that the right server passes".to_owned();
            let outcome = Outcome::Skipped(needs);
            result(&server.id, format!("`{}` is caught", server.id), outcome, plays)
        } else {
            caught(server, plays, &survivors)
        };
        Finished { result, names: names.clone() }
    };
    let wrong: Vec<Finished> = servers.wrong.iter().zip(wrong).map(of_wrong).collect();
    std::iter::once(of_right(&servers.right, right, &names)).chain(wrong).collect()
}

/// The first scenario that failed.
fn failed(plays: &[Finished]) -> Option<&Finished> {
    plays.iter().find(|play| matches!(play.result.outcome, Outcome::Failed(_)))
}

/// The right server: what it was rejected for is told with the packets, as if it were the learner's program.
fn of_right(id: &str, plays: Vec<Finished>, names: &Names) -> Finished {
    let title = "the right server passes all scenarios".to_owned();
    let place = plays.iter().position(|play| play.result.outcome != Outcome::Passed);
    let Some(place) = place else {
        return Finished { result: result(id, title, Outcome::Passed, &plays), names: names.clone() };
    };
    let mut whole = result(id, title, Outcome::Passed, &plays);
    let Some(Finished { result: ScenarioResult { title, outcome, transcript, notes, .. }, names }) =
        plays.into_iter().nth(place)
    else {
        return Finished { result: whole, names: names.clone() };
    };
    whole.outcome = match outcome {
        Outcome::Failed(mismatch) => Outcome::Failed(Box::new(rejected(id, *mismatch))),
        other => other,
    };
    whole.transcript = transcript;
    whole.notes = std::iter::once(format!("your scenario \"{title}\" rejects it")).chain(notes).collect();
    Finished { result: whole, names }
}

/// What the mismatch was before stands in its `also`: a cause may ask for it, and a picture shows it.
fn rejected(id: &str, mismatch: Mismatch) -> Mismatch {
    let before = Also { kind: mismatch.kind, subject: mismatch.subject, actor: mismatch.actor.clone() };
    Mismatch { kind: Kind::Rejected, subject: id.to_owned(), also: vec![before], ..mismatch }
}

fn caught(server: &WrongServer, plays: &[Finished], survivors: &[&str]) -> ScenarioResult {
    let id = &server.id;
    if let Some(by) = failed(plays) {
        let title = format!("`{id}` is caught by \"{}\"", by.result.title);
        return result(id, title, Outcome::Passed, plays);
    }
    let others = survivors.iter().filter(|other| *other != id);
    let also = others.map(|&other| Also { kind: Kind::Survived, subject: other.to_owned(), actor: None });
    let mismatch = Mismatch {
        kind: Kind::Survived,
        subject: id.clone(),
        actor: None,
        at: None,
        saw: None,
        expected: "a scenario that this server fails".to_owned(),
        actual: match plays.len() {
            1 => "it passes your only scenario".to_owned(),
            count => format!("it passes all {count} of your scenarios"),
        },
        place: Place::default(),
        line: None,
        also: also.collect(),
    };
    let title = format!("`{id}` survives: {}", server.is.trim());
    result(id, title, Outcome::Failed(Box::new(mismatch)), plays)
}

fn result(id: &str, title: String, outcome: Outcome, plays: &[Finished]) -> ScenarioResult {
    ScenarioResult {
        id: id.to_owned(),
        title,
        stage: None,
        outcome,
        took: plays.iter().map(|play| play.result.took).max().unwrap_or_default(),
        transcript: Transcript::default(),
        output: Vec::new(),
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = include_str!("../../grader/tests/fixtures/reader/valid/role_tests.yaml");

    fn exercise() -> Exercise {
        read::exercise(YAML).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    fn mismatch(kind: Kind, subject: &str, actor: &str) -> Outcome {
        Outcome::Failed(Box::new(Mismatch {
            kind,
            subject: subject.to_owned(),
            actor: Some(actor.to_owned()),
            at: None,
            saw: None,
            expected: "this".to_owned(),
            actual: "that".to_owned(),
            place: Place { line: 7, column: 3, len: 4 },
            line: None,
            also: Vec::new(),
        }))
    }

    /// What came of the learner's scenarios at one server.
    fn plays(outcomes: &[Outcome]) -> Vec<Finished> {
        let play = |(number, outcome): (usize, &Outcome)| Finished {
            result: result("id", format!("scenario {number}"), outcome.clone(), &[]),
            names: Names::default(),
        };
        outcomes.iter().enumerate().map(play).collect()
    }

    /// Each result as `title: outcome`, and the cause.
    fn judged(right: &[Outcome], loud: &[Outcome], late: &[Outcome]) -> (Vec<String>, Option<String>) {
        let exercise = exercise();
        let id = "20_testing/write_it";
        let request = Request { id, exercise: &exercise, causes: &[], track: None, seed: 1, epoch: 0 };
        let servers = exercise.servers.as_ref().unwrap();
        let finished = judge(request, servers, plays(right), &[plays(loud), plays(late)]);
        let told = finished.iter().map(|finished| match &finished.result.outcome {
            Outcome::Passed => format!("{}: passed", finished.result.title),
            Outcome::Skipped(_) => format!("{}: skipped", finished.result.title),
            Outcome::Failed(mismatch) => {
                format!("{}: {} {}", finished.result.title, mismatch.kind, mismatch.subject)
            }
        });
        let told = told.collect();
        let verdict = super::super::judge(request, Ok(finished), std::time::Duration::ZERO);
        (told, verdict.cause.map(|cause| cause.id))
    }

    #[test]
    fn every_wrong_server_has_to_fail_something() {
        let fails = || mismatch(Kind::Unexpected, "message", "meera");
        let (told, cause) =
            judged(&[Outcome::Passed, Outcome::Passed], &[Outcome::Passed, fails()], &[fails(), fails()]);
        assert_eq!(
            told,
            [
                "the right server passes all scenarios: passed",
                "`too-loud` is caught by \"scenario 1\": passed",
                "`too-late` is caught by \"scenario 0\": passed",
            ]
        );
        assert_eq!(cause, None);
    }

    #[test]
    fn who_survives_is_told_with_what_it_does_wrong() {
        let (told, cause) = judged(&[Outcome::Passed], &[Outcome::Passed], &[Outcome::Passed]);
        assert_eq!(
            told[1..],
            [
                "`too-loud` survives: everyone hears it: survived too-loud",
                "`too-late` survives: it comes later: survived too-late",
            ]
        );
        assert_eq!(cause.as_deref(), Some("write_it/accepts-all"));
    }

    #[test]
    fn what_the_right_server_fails_proves_nothing_of_the_others() {
        let missing = || mismatch(Kind::Missing, "message", "asha");
        let right = [Outcome::Passed, missing()];
        let (told, cause) = judged(&right, &[missing(), missing()], &[Outcome::Passed, missing()]);
        assert_eq!(
            told,
            [
                "the right server passes all scenarios: rejected right",
                "`too-loud` is caught: skipped",
                "`too-late` is caught: skipped",
            ]
        );
        assert_eq!(cause.as_deref(), Some("write_it/too-strict"));
        let of_right = of_right("right", plays(&right), &Names::default());
        let Outcome::Failed(mismatch) = of_right.result.outcome else { panic!("it is rejected") };
        assert_eq!((mismatch.place.line, mismatch.also[0].kind), (7, Kind::Missing));
        assert_eq!(of_right.result.notes, ["your scenario \"scenario 1\" rejects it"]);
    }
}
