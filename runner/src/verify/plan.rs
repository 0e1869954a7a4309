//! What is to be run: every answer of every exercise, in every track, and what each must lead to.

use grader::scenario::model::{self, Role, Track};

use crate::course::{Answer, Exercise, Loaded};

/// What a program must lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// It passes.
    Pass,
    /// It fails with this cause: `members_only/echo-to-all`, or a general one.
    Cause(String),
    /// It fails; no reason is stated, which is a problem of its own.
    AnyFailure,
}

/// One program to be checked.
#[derive(Debug, Clone)]
pub struct Job {
    /// Which of the loaded exercises.
    pub exercise: usize,
    /// The program.
    pub answer: Answer,
    /// In which language; none for role `frames`.
    pub track: Option<Track>,
    /// What it must lead to.
    pub expected: Expected,
}

/// The programs of these exercises. `only` narrows to one track; role `frames` belongs to all.
pub fn plan(exercises: &[(Exercise, Loaded)], only: Option<Track>) -> Vec<Job> {
    let mut jobs = Vec::new();
    for (index, (exercise, loaded)) in exercises.iter().enumerate() {
        for track in tracks(&loaded.exercise, only) {
            for (answer, _) in exercise.answers(track) {
                let expected = expected(exercise, &loaded.exercise, &answer, track);
                jobs.push(Job { exercise: index, answer, track, expected });
            }
        }
    }
    jobs
}

/// The tracks of an exercise; one `None` when it needs none (roles `frames` and `tests`).
pub(super) fn tracks(exercise: &model::Exercise, only: Option<Track>) -> Vec<Option<Track>> {
    if matches!(exercise.role, Role::Frames | Role::Tests) {
        return vec![None];
    }
    let wanted = |track: &Track| only.is_none_or(|only| only == *track);
    exercise.tracks.iter().copied().filter(wanted).map(Some).collect()
}

fn expected(exercise: &Exercise, model: &model::Exercise, answer: &Answer, track: Option<Track>) -> Expected {
    match answer {
        Answer::Solution | Answer::Also(_) => Expected::Pass,
        Answer::Mistake(id) => Expected::Cause(format!("{}/{id}", exercise.name())),
        Answer::Starter => match &model.starter {
            None => Expected::AnyFailure,
            Some(cause) => {
                let named = |mistake: &&model::Mistake| {
                    mistake.id == *cause
                        && (mistake.tracks.is_empty()
                            || track.is_none_or(|track| mistake.tracks.contains(&track)))
                };
                match model.mistakes.iter().find(named) {
                    Some(mistake) => Expected::Cause(format!("{}/{}", exercise.name(), mistake.id)),
                    None => Expected::Cause(cause.clone()),
                }
            }
        },
    }
}
