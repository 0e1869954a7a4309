//! Which exercise is meant when none is named. Next: [`super::list`].

use anyhow::anyhow;
use grader::scenario::model::Track;

use super::typed;
use crate::{
    course::{Course, Exercise},
    exit::Failure,
    progress::Progress,
};

/// The first exercise that has not passed and exists in this track (or needs no language).
pub fn next<'c>(course: &'c Course, progress: &Progress, track: Track) -> Option<&'c Exercise> {
    course.exercises().find(|exercise| exercise.is_in(track) && !progress.passed(exercise.id(), Some(track)))
}

/// The named exercise, or else the next one.
pub fn pick<'c>(
    course: &'c Course,
    progress: &Progress,
    track: Track,
    named: Option<&str>,
) -> Result<&'c Exercise, Failure> {
    match named {
        Some(name) => Ok(course.find(name)?),
        None => next(course, progress, track).ok_or_else(|| {
            Failure::usage(anyhow!(
                "every exercise in {} has passed; name one: `{}` shows them all",
                super::track::name(track),
                typed("list")
            ))
        }),
    }
}
