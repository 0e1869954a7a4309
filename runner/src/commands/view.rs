//! What a report says about an exercise and no event carries. Next: [`super::check`].

use std::fs;

use grader::scenario::model::{self, Track};

use super::stage::Stages;
use crate::{
    check::Subject,
    course::{Course, Exercise, Loaded},
    exit::Failure,
    progress::Progress,
    report::{ExerciseView, StageView},
};

/// The exercise, as the report on this subject shows it.
pub(super) fn view(
    course: &Course,
    exercise: &Exercise,
    progress: &Progress,
    track: Option<Track>,
    loaded: &Loaded,
    stages: &Stages<'_>,
    subject: &Subject<'_>,
) -> Result<ExerciseView, Failure> {
    let open = |other: &&Exercise| {
        other.id() != exercise.id()
            && track.is_none_or(|track| other.is_in(track))
            && !progress.passed(other.id(), track)
    };
    let (edit_path, answer) = match subject {
        Subject::Edited => (course.shown(&exercise.edited(track)?), None),
        Subject::Answer(answer) => (course.shown(&exercise.answer(answer, track)?), Some(answer.typed())),
        Subject::Url(..) | Subject::Command(_) => (String::new(), None),
    };
    let (yaml_path, yaml_source) = if loaded.exercise.role == model::Role::Tests {
        // The scenarios are the learner's: their steps are quoted. A file that is not there was told before.
        let source = fs::read_to_string(course.root().join(&edit_path)).unwrap_or_default();
        (edit_path.clone(), source)
    } else {
        (course.shown(&loaded.path), loaded.source.clone())
    };
    let lesson = course.root().join("book/src").join(format!("{}.md", exercise.lesson()));
    let has_more = loaded.exercise.stage.as_ref().is_some_and(|stage| !stage.is_last());
    let next = if has_more { Some(stages.exercise) } else { course.exercises().find(open) };
    Ok(ExerciseView {
        id: exercise.id().to_owned(),
        title: loaded.exercise.title.clone(),
        role: Some(loaded.exercise.role),
        lesson: lesson.is_file().then(|| course.shown(&lesson)),
        edit_path,
        answer,
        yaml_path,
        yaml_source,
        whys: whys(&loaded.exercise),
        track: stages.told,
        next: next.map(|next| course.shortest(next).to_owned()),
        stage: loaded.exercise.stage.clone().map(|at| StageView {
            current: stages.list()[stages.current()].id.clone(),
            unlocks: stages.list().get(at.number).map(|next| (next.title.clone(), next.goal.clone())),
            all: stages.list().iter().map(|stage| stage.id.clone()).collect(),
            at,
        }),
    })
}

/// What each scenario teaches: at a stage those that it adds.
fn whys(exercise: &model::Exercise) -> Vec<String> {
    let own = exercise.stage.as_ref().map(|stage| stage.id.as_str());
    let scenarios = exercise.scenarios.iter().filter(|scenario| scenario.stage.as_deref() == own);
    scenarios.map(|scenario| scenario.why.clone()).collect()
}
