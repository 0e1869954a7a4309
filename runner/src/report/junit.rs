//! The report for continuous integration: `JUnit` XML, a suite for each exercise, a case for each scenario.
//! With stages: the suite names the stage that was checked, the class of a case the stage that it belongs to.
//!
//! Next: [`super::summary`].

use std::io::{self, Write};

use grader::verdict::{Mismatch, Outcome, ScenarioResult, Verdict};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{ExerciseView, facts};

/// Writes all verdicts of a run. A program that never came to a scenario is a case of its own, named `program`.
pub fn write(verdicts: &[Verdict], out: &mut dyn Write) -> io::Result<()> {
    let mut report = Report::new("socketlings");
    report.set_time(verdicts.iter().map(|verdict| verdict.took).sum());
    report.add_test_suites(verdicts.iter().map(suite));
    report.serialize(out).map_err(io::Error::other)
}

fn suite(verdict: &Verdict) -> TestSuite {
    let exercise = verdict
        .stage
        .as_ref()
        .map_or_else(|| verdict.exercise.clone(), |stage| format!("{} at {}", verdict.exercise, stage.id));
    let name =
        verdict.track.map_or_else(|| exercise.clone(), |track| format!("{exercise} ({})", track.as_str()));
    let mut suite = TestSuite::new(name);
    suite.set_time(verdict.took);
    suite.add_property(("seed", verdict.seed.to_string().as_str()));
    if let Some(mismatch) = &verdict.program {
        let program = facts::program(&ExerciseView::default(), verdict);
        let mut case =
            TestCase::new("program", failed(mismatch, &facts::headline(mismatch, program), verdict));
        case.set_classname(verdict.exercise.clone());
        case.set_system_out(verdict.output.join("\n"));
        suite.add_test_case(case);
    }
    let explained = facts::explained(verdict);
    suite.add_test_cases(verdict.scenarios.iter().enumerate().map(|(index, scenario)| {
        case(verdict, scenario, explained == Some(index) && verdict.program.is_none())
    }));
    suite
}

fn case(verdict: &Verdict, scenario: &ScenarioResult, explained: bool) -> TestCase {
    let status = match &scenario.outcome {
        Outcome::Passed => TestCaseStatus::success(),
        Outcome::Skipped(needs) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(format!("needs {needs}"));
            status
        }
        Outcome::Failed(mismatch) if explained => failed(mismatch, &bare(mismatch), verdict),
        Outcome::Failed(mismatch) => status(mismatch, &bare(mismatch), &[]),
    };
    let mut case = TestCase::new(scenario.title.clone(), status);
    case.set_classname(
        scenario
            .stage
            .as_ref()
            .map_or_else(|| verdict.exercise.clone(), |stage| format!("{}/{stage}", verdict.exercise)),
    );
    case.set_time(scenario.took);
    if !scenario.output.is_empty() {
        case.set_system_out(scenario.output.join("\n"));
    }
    case
}

fn bare(mismatch: &Mismatch) -> String {
    format!("{}: {}", mismatch.kind.as_str().replace('_', " "), mismatch.subject)
}

/// A failure with the cause, which belongs to it.
fn failed(mismatch: &Mismatch, message: &str, verdict: &Verdict) -> TestCaseStatus {
    let cause: Vec<String> = verdict
        .cause
        .iter()
        .flat_map(|cause| {
            [
                format!("likely cause: {}", cause.says),
                format!("explain: {}", facts::command::explain(&cause.id)),
            ]
        })
        .collect();
    status(mismatch, message, &cause)
}

fn status(mismatch: &Mismatch, message: &str, more: &[String]) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(mismatch.kind.as_str());
    status.set_message(message.to_owned());
    let place = mismatch.place;
    let mut lines = vec![format!("expected: {}", mismatch.expected), format!("actual: {}", mismatch.actual)];
    if place.line > 0 {
        lines.push(format!("asked in: exercise.yaml:{}:{}", place.line, place.column));
    }
    lines.extend(facts::others(mismatch).map(|also| format!("also: {}", facts::also(also))));
    lines.extend_from_slice(more);
    status.set_description(lines.join("\n"));
    status
}
