//! What cannot be graded here, and what it needs. A skip is never a pass.

use grader::{
    event::Event,
    scenario::{
        model::{Cast, Exercise, Need, Role, Scenario, Step, StepKind},
        play::{Finished, Play, drive::Fence},
    },
    verdict::Outcome,
};

use super::Request;
use crate::attempt::{Redis, SpecKind};

/// What an exercise needs that this computer, or a server of somebody else's, does not have. Without it the right
/// answer would fail.
pub(super) fn lacks(exercise: &Exercise, kind: &SpecKind) -> Option<String> {
    let SpecKind::Url { .. } = kind else {
        return if exercise.needs.contains(&Need::Redis) { Redis::lacks() } else { None };
    };
    if exercise.role != Role::Server {
        return Some("a program that the runner starts (`-- COMMAND` instead of `--url`)".to_owned());
    }
    if exercise.scenarios.iter().any(|scenario| hears_output(&scenario.steps)) {
        return Some("a program that the runner starts, because its output is graded (`-- COMMAND` instead of `--url`)".to_owned());
    }
    if exercise.nodes > 1 {
        return Some(format!("{} nodes of the program, which the runner starts", exercise.nodes));
    }
    if !exercise.needs.is_empty() {
        return Some("a program that the runner starts with `REDIS_URL` in its environment".to_owned());
    }
    if exercise.env.is_empty() {
        return None;
    }
    let names: Vec<String> = exercise.env.keys().map(|name| format!("`{name}`")).collect();
    let names = names.join(", ");
    Some(format!(
        "a program that the runner starts with {names} in its environment (`-- COMMAND` instead of `--url`)"
    ))
}

/// What one scenario needs that is not there: a Redis that may be stopped.
pub(super) fn of_scenario(scenario: &Scenario) -> Option<String> {
    (Redis::is_foreign() && stops_redis(&scenario.steps)).then(|| {
        "a Redis that the runner may stop, and the one of `REDIS_URL` is not its own (unset `REDIS_URL`, and \
         `redis-server` is started)"
            .to_owned()
    })
}

/// Whether all scenarios of all programs meet the same Redis.
pub(super) fn shares_redis(exercise: &Exercise) -> bool {
    exercise.needs.contains(&Need::Redis) && Redis::is_foreign()
}

fn stops_redis(steps: &[Step]) -> bool {
    acts(&Cast::Redis, steps)
}

fn hears_output(steps: &[Step]) -> bool {
    acts(&Cast::Learner, steps)
}

fn acts(who: &Cast, steps: &[Step]) -> bool {
    steps.iter().any(|step| match &step.kind {
        StepKind::Each { actors, .. } => actors.contains(who),
        StepKind::Together(branches) => branches.iter().any(|branch| acts(who, branch)),
        StepKind::Repeat { steps, .. } => acts(who, steps),
        StepKind::Wait(_) | StepKind::Settle => false,
    })
}

/// No scenario is played, and each says what it needs. A skip is never a pass.
pub(super) fn all(
    request: Request<'_>,
    numbers: &[usize],
    needs: &str,
    say: &dyn Fn(Event),
) -> Vec<Finished> {
    let skip = |&number: &usize| {
        let start = request.start(Fence::Foreign, Vec::new());
        let mut finished = Play::new(request.exercise, number, &start).finish();
        finished.result.outcome = Outcome::Skipped(needs.to_owned());
        say(Event::ScenarioEnded(finished.result.clone()));
        finished
    };
    numbers.iter().map(skip).collect()
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use grader::{scenario::read, verdict::Verdict};

    use super::*;
    use crate::{
        attempt::{Limits, Run, Spec},
        check::{Work, check},
    };

    fn exercise(top: &str, step: &str) -> Exercise {
        let yaml = format!(
            "title: Test\n{top}\ntracks: [javascript]\ngoal: \"A goal.\"\nhints: [\"a\", \"b\", \"c\"]\nscenarios:\n  - id: one\n    \
             title: one\n    why: \"It is a test.\"\n    steps:\n      - {step}\n  - id: two\n    title: two\n    \
             why: \"It is a test.\"\n    steps:\n      - {step}\nmistakes:\n  - id: m\n    \
             when: {{ crashed: program }}\n    says: \"It fell over.\"\n"
        );
        read::exercise(&yaml).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    fn url() -> SpecKind {
        SpecKind::Url { addr: ([127, 0, 0, 1], 9).into(), host: "localhost:9".to_owned() }
    }

    async fn checked(exercise: &Exercise) -> (Verdict, usize) {
        let request = Request { id: "01_x/test", exercise, causes: &[], track: None, seed: 1, epoch: 0 };
        let spec = Spec {
            course: ".".into(),
            dir: ".".into(),
            exercise: "01_x/test".to_owned(),
            kind: url(),
            env: Vec::new(),
            limits: Limits::default(),
        };
        let ended = RefCell::new(0);
        let say = |event: Event| {
            if matches!(event, Event::ScenarioEnded(_)) {
                *ended.borrow_mut() += 1;
            }
        };
        let verdict = check(request, Work::Program(Box::new(spec)), &say).await.expect("nothing is started");
        let ended = *ended.borrow();
        (verdict, ended)
    }

    #[tokio::test]
    async fn what_a_running_server_cannot_have_is_skipped_and_never_a_pass() {
        let with_env = exercise("role: server\nenv: { JWT_SECRET: !fresh secret }", "asha: connect");
        let client = exercise("role: client", "server: accept");
        let printing = exercise("role: server\nprogram: true", "learner: { prints: ready }");
        for (exercise, needs) in
            [(with_env, "`JWT_SECRET`"), (client, "`-- COMMAND`"), (printing, "its output is graded")]
        {
            let (verdict, told) = checked(&exercise).await;
            assert!(!verdict.passed());
            assert_eq!((verdict.scenarios.len(), told), (2, 2));
            for scenario in &verdict.scenarios {
                assert!(
                    matches!(&scenario.outcome, Outcome::Skipped(why) if why.contains(needs)),
                    "{scenario:?}"
                );
            }
        }
    }

    #[test]
    fn nothing_else_is_skipped() {
        let plain = exercise("role: server", "asha: connect");
        assert_eq!(lacks(&plain, &url()), None);
        let with_env = exercise("role: server\nenv: { JWT_SECRET: !fresh secret }", "asha: connect");
        let program = SpecKind::Program { run: Run::Command { argv: vec!["true".into()] } };
        assert_eq!(lacks(&with_env, &program), None);
    }
}
