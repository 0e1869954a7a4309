//! What two computers know of one learner, put together. Next: `store.rs`.
//!
//! Nothing is lost: there is the union of both, the earlier pass, the larger counts, the first answer, the later review.
//! So it does not matter in which order files are brought in, or how often. Counts are not added up, because nobody
//! knows which checks both sides have counted already. What is said of the last check only (`last_checked`, `last_cause`) stays as it is here.

use std::{
    cmp::{Ordering, max, min_by},
    collections::BTreeMap,
};

use serde_json::{Map, Value};

use super::{
    exercise::{ExerciseRecord, TrackRecord},
    question::QuestionRecord,
    record::Progress,
};

impl Progress {
    /// Brings in what another file says.
    pub fn merge(&mut self, other: &Self) {
        self.track = self.track.or(other.track);
        self.learner = self.learner.take().or_else(|| other.learner.clone());
        self.last_checked = self.last_checked.take().or_else(|| other.last_checked.clone());
        for (id, theirs) in &other.exercises {
            self.exercises.entry(id.clone()).or_default().merge(theirs);
        }
        for (id, theirs) in &other.questions {
            match self.questions.get_mut(id) {
                None => drop(self.questions.insert(id.clone(), theirs.clone())),
                Some(ours) => merge_question(ours, theirs),
            }
        }
        keep(&mut self.unknown, &other.unknown);
    }
}

/// An entry that cannot be read is somebody else's, and stays.
fn merge_question(ours: &mut Value, theirs: &Value) {
    let read = |value: &Value| serde_json::from_value::<QuestionRecord>(value.clone());
    if let (Ok(mut merged), Ok(theirs)) = (read(ours), read(theirs)) {
        merged.merge(&theirs);
        if let Ok(merged) = serde_json::to_value(merged) {
            *ours = merged;
        }
    }
}

impl ExerciseRecord {
    fn merge(&mut self, other: &Self) {
        for (ours, theirs) in [
            (&mut self.javascript, &other.javascript),
            (&mut self.rust, &other.rust),
            (&mut self.other, &other.other),
        ] {
            if let Some(theirs) = theirs {
                ours.get_or_insert_default().merge(theirs);
            }
        }
        self.hints_shown = max(self.hints_shown, other.hints_shown);
        most(&mut self.stage_hints, &other.stage_hints);
        if let Some(at) = other.solution_seen_at {
            self.see_solution(None, at);
        }
        for (stage, at) in &other.stage_solutions_seen {
            self.see_solution(Some(stage), *at);
        }
        keep(&mut self.unknown, &other.unknown);
    }
}

impl TrackRecord {
    fn merge(&mut self, other: &Self) {
        let whole = |record: &Self| Pass(record.passed_at, record.passed_after);
        let Pass(at, after) = earlier(whole(self), whole(other));
        for stage in other.stages.keys().chain(other.stage_passed_after.keys()) {
            let Pass(at, after) = earlier(self.stage(stage), other.stage(stage));
            put(&mut self.stages, stage, at);
            put(&mut self.stage_passed_after, stage, after);
        }
        (self.passed_at, self.passed_after) = (at, after);
        self.attempts = max(self.attempts, other.attempts);
        most(&mut self.stage_attempts, &other.stage_attempts);
    }

    fn stage(&self, id: &str) -> Pass {
        Pass(self.stages.get(id).copied(), self.stage_passed_after.get(id).copied())
    }
}

/// When something passed, and after how many checks. The two go together: the count belongs to that pass.
struct Pass(Option<u64>, Option<u64>);

fn earlier(a: Pass, b: Pass) -> Pass {
    min_by(a, b, |a, b| known_first(a.0, b.0).then(known_first(a.1, b.1)))
}

/// What is known goes before what is not; of two that are, the smaller.
fn known_first(a: Option<u64>, b: Option<u64>) -> Ordering {
    (a.is_none(), a).cmp(&(b.is_none(), b))
}

fn put(map: &mut BTreeMap<String, u64>, key: &str, value: Option<u64>) {
    match value {
        Some(value) => drop(map.insert(key.to_owned(), value)),
        None => drop(map.remove(key)),
    }
}

fn most<N: Copy + Ord + Default>(ours: &mut BTreeMap<String, N>, theirs: &BTreeMap<String, N>) {
    for (key, theirs) in theirs {
        let ours = ours.entry(key.clone()).or_default();
        *ours = max(*ours, *theirs);
    }
}

fn keep(ours: &mut Map<String, Value>, theirs: &Map<String, Value>) {
    for (key, theirs) in theirs {
        ours.entry(key.clone()).or_insert_with(|| theirs.clone());
    }
}
