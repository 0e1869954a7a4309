//! What a report says about an exercise and no event carries. Next: [`super::check`].

use grader::scenario::model::Track;

use crate::{
    check::Subject,
    course::{Course, Exercise, Loaded},
    exit::Failure,
    progress::Progress,
    report::ExerciseView,
};

/// The exercise, as the report on this subject shows it.
pub(super) fn view(
    course: &Course,
    exercise: &Exercise,
    progress: &Progress,
    track: Option<Track>,
    loaded: &Loaded,
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
    let lesson = course.root().join("book/src").join(format!("{}.md", exercise.lesson()));
    Ok(ExerciseView {
        id: exercise.id().to_owned(),
        title: loaded.exercise.title.clone(),
        role: Some(loaded.exercise.role),
        lesson: lesson.is_file().then(|| course.shown(&lesson)),
        edit_path,
        answer,
        yaml_path: course.shown(&loaded.path),
        yaml_source: loaded.source.clone(),
        whys: loaded.exercise.scenarios.iter().map(|scenario| scenario.why.clone()).collect(),
        next: course.exercises().find(open).map(|next| course.shortest(next).to_owned()),
    })
}
