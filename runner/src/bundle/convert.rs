//! From progress to a bundle, and back. What a bundle holds comes back as it was. Next: `course.rs`.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Bundle, CourseMark, Last, OfExercise, OfQuestion, OfStage, OfTrack, StageHelp,
    model::{FORMAT, VERSION},
};
use crate::progress::{ExerciseRecord, Progress, QuestionRecord, TrackRecord};

impl Bundle {
    /// What a learner of this name has done.
    pub fn of(progress: &Progress, learner: String, course: CourseMark, made_at: u64) -> Self {
        let questions = progress.questions.keys();
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            made_at,
            learner,
            track: progress.track,
            course,
            exercises: progress.exercises.iter().map(|(id, record)| (id.clone(), exercise(record))).collect(),
            questions: questions
                .filter_map(|id| Some((id.clone(), question(&progress.question(id)?))))
                .collect(),
            sha256: String::new(),
        }
    }

    /// The same as progress.
    pub fn progress(&self) -> Progress {
        let mut progress = Progress::default();
        progress.track = self.track;
        progress.learner = Some(self.learner.clone());
        progress.exercises =
            self.exercises.iter().map(|(id, of)| (id.clone(), exercise_record(of))).collect();
        for (id, of) in &self.questions {
            if let Ok(value) = serde_json::to_value(question_record(of)) {
                progress.questions.insert(id.clone(), value);
            }
        }
        progress
    }
}

fn exercise(record: &ExerciseRecord) -> OfExercise {
    let stages: BTreeSet<&String> =
        record.stage_hints.keys().chain(record.stage_solutions_seen.keys()).collect();
    let help = |id: &String| {
        let help = StageHelp {
            hints: small(record.hints_of(Some(id))),
            solution_seen_at: record.stage_solutions_seen.get(id).copied(),
        };
        (help != StageHelp::default()).then(|| (id.clone(), help))
    };
    OfExercise {
        javascript: record.javascript.as_ref().map(track),
        rust: record.rust.as_ref().map(track),
        other: record.other.as_ref().map(track),
        hints: small(record.hints_shown),
        solution_seen_at: record.solution_seen_at,
        stage_help: stages.into_iter().filter_map(help).collect(),
    }
}

fn track(record: &TrackRecord) -> OfTrack {
    let TrackRecord { passed_at, attempts, passed_after, stages, stage_attempts, stage_passed_after } =
        record;
    let ids: BTreeSet<&String> =
        stages.keys().chain(stage_attempts.keys()).chain(stage_passed_after.keys()).collect();
    let stage = |id: &String| OfStage {
        checks: stage_attempts.get(id).copied().unwrap_or_default(),
        passed_at: stages.get(id).copied(),
        passed_after: stage_passed_after.get(id).copied(),
    };
    OfTrack {
        checks: *attempts,
        passed_at: *passed_at,
        passed_after: *passed_after,
        stages: ids.into_iter().map(|id| (id.clone(), stage(id))).collect(),
    }
}

fn question(record: &QuestionRecord) -> OfQuestion {
    let last = record.answered_at.zip(record.last_right).map(|(at, right)| Last { at, right });
    OfQuestion { right: record.right, wrong: record.wrong, first: record.first, last, card: record.card }
}

fn exercise_record(of: &OfExercise) -> ExerciseRecord {
    let mut record = ExerciseRecord::default();
    record.javascript = of.javascript.as_ref().map(track_record);
    record.rust = of.rust.as_ref().map(track_record);
    record.other = of.other.as_ref().map(track_record);
    record.hints_shown = large(of.hints);
    record.solution_seen_at = of.solution_seen_at;
    for (id, help) in &of.stage_help {
        if help.hints > 0 {
            record.stage_hints.insert(id.clone(), large(help.hints));
        }
        record.stage_solutions_seen.extend(help.solution_seen_at.map(|at| (id.clone(), at)));
    }
    record
}

fn track_record(of: &OfTrack) -> TrackRecord {
    let each = |value: &dyn Fn(&OfStage) -> Option<u64>| -> BTreeMap<String, u64> {
        of.stages.iter().filter_map(|(id, stage)| Some((id.clone(), value(stage)?))).collect()
    };
    TrackRecord {
        passed_at: of.passed_at,
        attempts: of.checks,
        passed_after: of.passed_after,
        stages: each(&|stage| stage.passed_at),
        stage_attempts: each(&|stage| (stage.checks > 0).then_some(stage.checks)),
        stage_passed_after: each(&|stage| stage.passed_after),
    }
}

fn question_record(of: &OfQuestion) -> QuestionRecord {
    let mut record = QuestionRecord::default();
    (record.right, record.wrong) = (of.right, of.wrong);
    (record.first, record.card) = (of.first, of.card);
    record.answered_at = of.last.map(|last| last.at);
    record.last_right = of.last.map(|last| last.right);
    record
}

fn small(hints: usize) -> u32 {
    u32::try_from(hints).unwrap_or(u32::MAX)
}

fn large(hints: u32) -> usize {
    usize::try_from(hints).unwrap_or(usize::MAX)
}
