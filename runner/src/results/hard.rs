//! What is hard for a class. Next: [`crate::report`].
//!
//! A share of few says little: one learner who failed at once must not stand before half a class that is stuck. So things are
//! sorted as if one more had succeeded and one more had not. What is shown is the share itself.

use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeMap,
};

use serde::Serialize;

use super::{
    learner::{Learner, StageDone},
    outline::{Outline, OutlineExercise},
};

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Those who did.
    pub part: usize,
    /// All of them.
    pub of: usize,
}

/// An exercise, or a stage of one, that somebody tried.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HardExercise {
    /// `07_rooms/members_only`.
    pub id: String,
    /// The stage's id; none for a whole exercise.
    pub stage: Option<String>,
    /// Its title, with that of the stage.
    pub title: String,
    /// Who solved it, of those who tried.
    pub solved: Share,
    /// How many checks the first pass took those who solved it, in the middle; none where nobody counted.
    pub checks_until_pass: Option<f64>,
    /// Hints that were shown to all together.
    pub hints: u64,
    /// Learners who looked at the solution before a pass.
    pub solutions_seen: usize,
}

/// A question that somebody answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HardQuestion {
    /// Its id.
    pub id: String,
    /// Its lesson; none in the interview.
    pub lesson: Option<String>,
    /// How it begins.
    pub ask: String,
    /// Learners who answered it.
    pub answered: usize,
    /// Whose first answer was right, of those of whom it is known.
    pub first_right: Share,
}

/// A mistake with a name that somebody made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MetMistake {
    /// `members_only/echo-to-all`.
    pub name: String,
    /// Learners who met it.
    pub learners: usize,
}

impl Share {
    fn add(&mut self, is_part: bool) {
        self.part += usize::from(is_part);
        self.of += 1;
    }

    /// In percent, rounded; none of nothing.
    pub fn percent(self) -> Option<usize> {
        (self.part * 100 + self.of / 2).checked_div(self.of)
    }

    /// The lower first, as if one more had succeeded and one more had not.
    fn rank(self, other: Self) -> Ordering {
        let (part, of) = (|share: Self| share.part as u128 + 1, |share: Self| share.of as u128 + 2);
        (part(self) * of(other)).cmp(&(part(other) * of(self)))
    }
}

pub(super) fn exercises(learners: &[Learner], outline: &Outline) -> Vec<HardExercise> {
    let mut all: Vec<HardExercise> =
        outline.exercises.iter().flat_map(|exercise| of(exercise, learners)).collect();
    all.retain(|exercise| exercise.solved.of > 0);
    let checks = |exercise: &HardExercise| exercise.checks_until_pass.unwrap_or_default();
    // Sorting is stable: what is equally hard stays in the order of the course.
    all.sort_by(|a, b| {
        a.solved
            .rank(b.solved)
            .then(checks(b).total_cmp(&checks(a)))
            .then(b.hints.cmp(&a.hints))
            .then(b.solutions_seen.cmp(&a.solutions_seen))
    });
    all
}

/// The exercise as a whole, and each of its stages.
fn of(exercise: &OutlineExercise, learners: &[Learner]) -> Vec<HardExercise> {
    let done: Vec<_> = learners.iter().filter_map(|learner| learner.exercise(&exercise.id)).collect();
    let whole = summed(exercise, None, &exercise.title, done.iter().map(|done| &done.done));
    let stages = exercise.stages.iter().map(|stage| {
        let of_stage = done.iter().flat_map(|done| &done.stages);
        let of_stage = of_stage.filter(|done| done.stage.as_deref() == Some(&stage.id));
        summed(exercise, Some(&stage.id), &format!("{}: {}", exercise.title, stage.title), of_stage)
    });
    [whole].into_iter().chain(stages).collect()
}

fn summed<'d>(
    exercise: &OutlineExercise,
    stage: Option<&str>,
    title: &str,
    done: impl Iterator<Item = &'d StageDone>,
) -> HardExercise {
    let mut solved = Share::default();
    let (mut hints, mut solutions_seen, mut checks) = (0_u64, 0, Vec::new());
    for done in done.filter(|done| done.tried) {
        solved.add(done.passed);
        hints = hints.saturating_add(done.hints);
        solutions_seen += usize::from(done.solution_seen);
        checks.extend(done.passed_after);
    }
    HardExercise {
        id: exercise.id.clone(),
        stage: stage.map(str::to_owned),
        title: title.to_owned(),
        solved,
        checks_until_pass: median(&mut checks),
        hints,
        solutions_seen,
    }
}

pub(super) fn questions(learners: &[Learner], outline: &Outline) -> Vec<HardQuestion> {
    let mut counts: BTreeMap<&str, (usize, Share)> = BTreeMap::new();
    for answer in learners.iter().flat_map(|learner| &learner.answered) {
        let (answered, share) = counts.entry(&answer.id).or_default();
        *answered += 1;
        if let Some(right) = answer.first_right {
            share.add(right);
        }
    }
    let mut all: Vec<HardQuestion> = outline
        .questions
        .iter()
        .filter_map(|question| {
            let (answered, first_right) = *counts.get(question.id.as_str())?;
            Some(HardQuestion {
                id: question.id.clone(),
                lesson: question.lesson.clone(),
                ask: question.ask.clone(),
                answered,
                first_right,
            })
        })
        .collect();
    all.sort_by(|a, b| a.first_right.rank(b.first_right));
    all
}

pub(super) fn mistakes(learners: &[Learner]) -> Vec<MetMistake> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in learners.iter().flat_map(|learner| &learner.mistakes) {
        *counts.entry(name).or_default() += 1;
    }
    let mut all: Vec<MetMistake> =
        counts.into_iter().map(|(name, learners)| MetMistake { name: name.to_owned(), learners }).collect();
    all.sort_by_key(|mistake| Reverse(mistake.learners));
    all
}

/// The one in the middle; of an even number the mean of the two there.
fn median(numbers: &mut [u64]) -> Option<f64> {
    numbers.sort_unstable();
    let middle = numbers.len() / 2;
    let upper = *numbers.get(middle)?;
    let lower = if numbers.len().is_multiple_of(2) { numbers[middle - 1] } else { upper };
    // As halves, so that one division is all that is not exact.
    #[expect(clippy::cast_precision_loss, reason = "checks are counted by hand; beyond 2^53 nobody cares")]
    let half = |number: u64| number as f64 / 2.0;
    Some(half(lower) + half(upper))
}

#[cfg(test)]
mod tests {
    use super::{Share, median};

    #[test]
    fn the_median_stands_in_the_middle() {
        for (mut numbers, middle) in
            [(vec![], None), (vec![4], Some(4.0)), (vec![9, 1, 2], Some(2.0)), (vec![1, 9, 2, 4], Some(3.0))]
        {
            assert_eq!(median(&mut numbers), middle);
        }
        assert_eq!(median(&mut [u64::MAX, u64::MAX]).map(|middle| middle > 1e19), Some(true));
    }

    #[test]
    fn few_weigh_less_than_many() {
        let share = |part, of| Share { part, of };
        let mut shares = [share(0, 1), share(8, 10), share(0, 10), share(5, 20), share(1, 1), share(1, 4)];
        shares.sort_by(|a, b| a.rank(*b));
        assert_eq!(shares, [share(0, 10), share(5, 20), share(0, 1), share(1, 4), share(1, 1), share(8, 10)]);
        assert_eq!(
            [share(1, 3).percent(), share(2, 3).percent(), share(0, 0).percent()],
            [Some(33), Some(67), None]
        );
    }
}
