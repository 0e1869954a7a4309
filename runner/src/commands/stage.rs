//! Which stage of an exercise is meant. Next: `view.rs`.

use anyhow::anyhow;
use grader::scenario::{model::Track, stage::Stage};

use super::{track, typed};
use crate::{
    course::{Answer, Course, Exercise, Loaded, nearest},
    exit::Failure,
    progress::Progress,
};

/// What a learner has done of an exercise that has stages.
pub(super) struct Stages<'a> {
    pub(super) course: &'a Course,
    pub(super) exercise: &'a Exercise,
    pub(super) loaded: &'a Loaded,
    pub(super) progress: &'a Progress,
    pub(super) track: Option<Track>,
    /// The track, if the commands that are named have to be told it.
    pub(super) told: Option<Track>,
}

impl Stages<'_> {
    /// Whether there are any.
    pub(super) fn are_there(&self) -> bool {
        !self.list().is_empty()
    }

    /// All of them, in order.
    pub(super) fn list(&self) -> &[Stage] {
        &self.loaded.exercise.stages
    }

    /// Whether a stage has passed.
    pub(super) fn has_passed(&self, index: usize) -> bool {
        let stage = &self.list()[index];
        self.progress.stage_passed(self.exercise.id(), &stage.id, self.track)
    }

    /// The first stage that has not passed; when all have, the last one.
    pub(super) fn current(&self) -> usize {
        let open = (0..self.list().len()).find(|index| !self.has_passed(*index));
        open.unwrap_or_else(|| self.list().len().saturating_sub(1))
    }

    /// The last stage that has passed.
    pub(super) fn last_passed(&self) -> Option<usize> {
        (0..self.list().len()).rev().find(|index| self.has_passed(*index))
    }

    /// The exercise at the stage that was asked for, which must be unlocked; or else at the current one. An
    /// exercise without stages stays what it is.
    pub(super) fn chosen(&self, asked: Option<&str>) -> Result<(Exercise, Loaded), Failure> {
        let index = match asked {
            Some(asked) => self.unlocked(asked)?,
            None => self.current(),
        };
        Ok(self.at(index))
    }

    /// The exercise at the stage that an answer of the course belongs to. Answers know no locks.
    pub(super) fn of_answer(
        &self,
        answer: &Answer,
        asked: Option<&str>,
    ) -> Result<(Exercise, Loaded), Failure> {
        let index = match asked {
            Some(asked) => self.named(asked)?,
            None => self.exercise.stage_of(self.loaded, answer),
        };
        Ok(self.at(index))
    }

    /// The exercise at a stage.
    pub(super) fn at(&self, index: usize) -> (Exercise, Loaded) {
        let own = || (self.exercise.clone(), self.loaded.clone());
        self.exercise.at_stage(self.loaded, index).unwrap_or_else(own)
    }

    /// The index of an unlocked stage: the first one, and each that follows a stage that has passed.
    fn unlocked(&self, asked: &str) -> Result<usize, Failure> {
        let index = self.named(asked)?;
        if index == 0 || self.has_passed(index) || self.has_passed(index - 1) {
            return Ok(index);
        }
        let (name, current) = (self.course.shortest(self.exercise), self.current());
        Err(Failure::not_yet(anyhow!(
            "stage {} of `{name}` is locked: stage {} (`{}`) comes first, and `{}` checks it",
            index + 1,
            current + 1,
            self.list()[current].id,
            typed(&format!("check {name}{}", track::option(self.told)))
        )))
    }

    /// By id, or by number from 1.
    fn named(&self, asked: &str) -> Result<usize, Failure> {
        let name = self.course.shortest(self.exercise);
        if !self.are_there() {
            return Err(Failure::usage(anyhow!("`{name}` has no stages; leave `--stage` out")));
        }
        let by_number = asked
            .parse::<usize>()
            .ok()
            .and_then(|number| number.checked_sub(1))
            .filter(|at| *at < self.list().len());
        let by_id = self.list().iter().position(|stage| stage.id == asked);
        by_id.or(by_number).ok_or_else(|| {
            let ids = || self.list().iter().map(|stage| stage.id.as_str());
            let near = nearest(asked, ids());
            let advice = if near.is_empty() {
                let all: Vec<String> =
                    ids().enumerate().map(|(at, id)| format!("{} `{id}`", at + 1)).collect();
                format!("it has {}", all.join(", "))
            } else {
                format!("did you mean `{}`?", near[0])
            };
            Failure::usage(anyhow!("`{name}` has no stage `{asked}`; {advice}"))
        })
    }
}
