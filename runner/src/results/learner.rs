//! What one learner has done of a course. Next: `gather.rs`.

use std::collections::{BTreeMap, BTreeSet};

use grader::scenario::model::Track;
use serde::Serialize;

use super::outline::{Outline, OutlineExercise, OutlineStage};
use crate::{
    bundle::{Bundle, OfExercise, OfQuestion, OfStage, OfTrack, StageHelp},
    progress::as_cause,
};

/// No course has so many mistakes with names.
const MOST_MISTAKES: usize = 1_000;

/// One learner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Learner {
    /// The name that the learner gave.
    pub name: String,
    /// The file that it was read from; none for one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The language that the learner chose.
    pub track: Option<Track>,
    /// When the results were taken: seconds since 1970.
    pub made_at: u64,
    /// Whether they are of the course in this state, and not an older or newer one.
    pub same_course: bool,
    /// Exercises, of those in the learner's track and those solved in another one.
    pub exercises: Done,
    /// Checks of all exercises.
    pub checks: u64,
    /// Hints that were shown.
    pub hints: u64,
    /// Exercises and stages whose solution was looked at before a pass.
    pub solutions_seen: u64,
    /// Answers to questions.
    pub questions: Answers,
    /// Lesson by lesson.
    pub lessons: Vec<LessonDone>,
    /// Each exercise that was touched, in the order of the course.
    pub each: Vec<ExerciseDone>,
    /// Questions that were answered, in the order of the course.
    pub answered: Vec<AnsweredQuestion>,
    /// The mistakes that were met, such as `members_only/echo-to-all`.
    pub mistakes: BTreeSet<String>,
    /// Exercises and questions that this course does not have.
    pub unknown: usize,
}

/// A question that was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnsweredQuestion {
    /// Its id.
    pub id: String,
    /// Whether the first answer was right; none where nobody kept it.
    pub first_right: Option<bool>,
}

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Done {
    /// So many passed.
    pub passed: usize,
    /// So many there are.
    pub of: usize,
}

/// Answers to questions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Answers {
    /// Questions that were answered.
    pub answered: usize,
    /// Questions that there are.
    pub of: usize,
    /// Those of the answered ones whose first answer is known.
    pub first_known: usize,
    /// Those of them whose first answer was right.
    pub first_right: usize,
}

/// A lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LessonDone {
    /// `07_rooms`.
    pub id: String,
    /// Its exercises.
    pub exercises: Done,
    /// Its questions.
    pub questions: Answers,
}

/// An exercise that was touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExerciseDone {
    /// `07_rooms/members_only`.
    pub id: String,
    /// In all tracks together.
    #[serde(flatten)]
    pub done: StageDone,
    /// Its stages, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<StageDone>,
}

/// A stage, or an exercise as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct StageDone {
    /// The stage's id; none for a whole exercise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Whether it was checked or passed.
    pub tried: bool,
    /// Whether it passed, in any track.
    pub passed: bool,
    /// When it passed for the first time.
    pub passed_at: Option<u64>,
    /// How many checks the first pass took; none where nobody counted.
    pub passed_after: Option<u64>,
    /// How often it was checked.
    pub checks: u64,
    /// Hints that were shown; of an exercise those of its stages, too.
    pub hints: u64,
    /// Whether the solution was looked at before a pass.
    pub solution_seen: bool,
}

impl Learner {
    /// What a bundle says of a course.
    pub fn of(bundle: &Bundle, outline: &Outline) -> Self {
        let each: Vec<ExerciseDone> = outline
            .exercises
            .iter()
            .filter_map(|exercise| Some(exercise_done(exercise, bundle.exercises.get(&exercise.id)?)))
            .collect();
        let answered: Vec<AnsweredQuestion> = outline
            .questions
            .iter()
            .filter_map(|question| Some((question.id.clone(), bundle.questions.get(&question.id)?)))
            .filter(|(_, of)| is_answered(of))
            .map(|(id, of)| AnsweredQuestion { id, first_right: of.first.map(|first| first.right) })
            .collect();
        let mistakes: BTreeSet<String> = bundle
            .questions
            .keys()
            .filter_map(|id| as_cause(id))
            .filter(|name| knows_exercise(outline, name))
            .map(str::to_owned)
            .take(MOST_MISTAKES)
            .collect();
        let known = each.len()
            + outline.questions.iter().filter(|question| bundle.questions.contains_key(&question.id)).count()
            + bundle.questions.keys().filter(|id| as_cause(id).is_some()).count();
        let sum = |count: &dyn Fn(&StageDone) -> u64| {
            each.iter().fold(0_u64, |sum, exercise| sum.saturating_add(count(&exercise.done)))
        };
        let track = bundle.track;
        let seen = |exercise: &ExerciseDone| {
            let of_stages = exercise.stages.iter().filter(|stage| stage.solution_seen).count();
            of_stages as u64 + u64::from(exercise.done.solution_seen && of_stages == 0)
        };
        let (exercises, questions, lessons) = counted(outline, track, &each, &answered);
        Self {
            name: bundle.learner.clone(),
            file: None,
            track,
            made_at: bundle.made_at,
            same_course: bundle.course.sha256 == outline.mark.sha256,
            exercises,
            checks: sum(&|done| done.checks),
            hints: sum(&|done| done.hints),
            solutions_seen: each.iter().map(seen).sum(),
            questions,
            lessons,
            unknown: (bundle.exercises.len() + bundle.questions.len()).saturating_sub(known),
            each,
            answered,
            mistakes,
        }
    }

    /// What was done of an exercise.
    pub fn exercise(&self, id: &str) -> Option<&ExerciseDone> {
        self.each.iter().find(|exercise| exercise.id == id)
    }
}

impl Done {
    fn add(&mut self, passed: bool) {
        self.passed += usize::from(passed);
        self.of += 1;
    }
}

impl Answers {
    /// One more question, and its answer if there is one.
    fn add(&mut self, answer: Option<&AnsweredQuestion>) {
        self.of += 1;
        if let Some(AnsweredQuestion { first_right, .. }) = answer {
            self.answered += 1;
            self.first_known += usize::from(first_right.is_some());
            self.first_right += usize::from(*first_right == Some(true));
        }
    }

    /// The share of first answers that were right, in percent; none where there is none.
    pub fn percent(&self) -> Option<usize> {
        (self.first_right * 100 + self.first_known / 2).checked_div(self.first_known)
    }
}

/// All together, and lesson by lesson.
///
/// An exercise counts when it is in the learner's track, needs none, or has passed in another one. Of those who chose no
/// track no more is asked than Rust, which is what they get.
fn counted(
    outline: &Outline,
    track: Option<Track>,
    each: &[ExerciseDone],
    answered: &[AnsweredQuestion],
) -> (Done, Answers, Vec<LessonDone>) {
    let track = track.unwrap_or(Track::Rust);
    let mut of_lessons: BTreeMap<&str, (Done, Answers)> = BTreeMap::new();
    let (mut done, mut answers) = (Done::default(), Answers::default());
    // What was done stands in the order of the course, too.
    let (mut each, mut answered) = (each.iter().peekable(), answered.iter().peekable());
    for exercise in &outline.exercises {
        let passed = each.next_if(|done| done.id == exercise.id).is_some_and(|done| done.done.passed);
        if passed || exercise.tracks.is_empty() || exercise.tracks.contains(&track) {
            done.add(passed);
            of_lessons.entry(&exercise.lesson).or_default().0.add(passed);
        }
    }
    for question in &outline.questions {
        let answer = answered.next_if(|answer| answer.id == question.id);
        answers.add(answer);
        if let Some(lesson) = &question.lesson {
            of_lessons.entry(lesson).or_default().1.add(answer);
        }
    }
    let lesson = |id: &String| {
        let (exercises, questions) = of_lessons.get(id.as_str()).copied().unwrap_or_default();
        LessonDone { id: id.clone(), exercises, questions }
    };
    (done, answers, outline.lessons.iter().map(|taught| lesson(&taught.id)).collect())
}

fn is_answered(of: &OfQuestion) -> bool {
    of.right > 0 || of.wrong > 0
}

/// `members_only/echo-to-all` is of an exercise of the course.
fn knows_exercise(outline: &Outline, mistake: &str) -> bool {
    let name = mistake.split_once('/').map_or("", |(exercise, _)| exercise);
    outline.exercises.iter().any(|exercise| exercise.id.split_once('/').is_some_and(|(_, own)| own == name))
}

fn exercise_done(exercise: &OutlineExercise, of: &OfExercise) -> ExerciseDone {
    let tracks = || [&of.javascript, &of.rust, &of.other].into_iter().flatten();
    let whole = |track: &OfTrack| OfStage {
        checks: track.checks,
        passed_at: track.passed_at,
        passed_after: track.passed_after,
    };
    let help = StageHelp { hints: of.hints, solution_seen_at: of.solution_seen_at };
    let mut done = together(None, tracks().map(whole), help);
    let stage = |stage: &OutlineStage| {
        let help = of.stage_help.get(&stage.id).copied().unwrap_or_default();
        together(
            Some(stage.id.clone()),
            tracks().filter_map(|track| track.stages.get(&stage.id).copied()),
            help,
        )
    };
    let stages: Vec<StageDone> = exercise.stages.iter().map(stage).collect();
    done.hints = stages.iter().fold(done.hints, |sum, stage| sum.saturating_add(stage.hints));
    done.solution_seen |= stages.iter().any(|stage| stage.solution_seen);
    ExerciseDone { id: exercise.id.clone(), done, stages }
}

/// All tracks together: the earliest pass with its own count, and the sum of all checks.
fn together(stage: Option<String>, tracks: impl Iterator<Item = OfStage>, help: StageHelp) -> StageDone {
    let mut done = StageDone {
        stage,
        hints: help.hints.into(),
        solution_seen: help.solution_seen_at.is_some(),
        ..StageDone::default()
    };
    for track in tracks {
        done.checks = done.checks.saturating_add(track.checks);
        if let Some(at) = track.passed_at
            && done.passed_at.is_none_or(|before| at < before)
        {
            (done.passed_at, done.passed_after) = (Some(at), track.passed_after);
        }
    }
    done.passed = done.passed_at.is_some();
    done.tried = done.passed || done.checks > 0;
    done
}
