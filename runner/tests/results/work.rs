//! What learners have done, made up. Next: `own.rs`.

use grader::scenario::model::Track;
use runner::{
    bundle::{Bundle, CourseMark},
    progress::{Answered, Change, Progress},
    review::Rating,
};

pub(crate) const PUSH: &str = "01_why_real_time/first_push";
pub(crate) const HANDS: &str = "04_on_the_wire/shake_hands";
pub(crate) const ROOMS: &str = "07_rooms/members_only";
pub(crate) const POLITE: &str = "23_what_you_learn/polite";

/// A Monday in November: seconds since 1970.
pub(crate) const MONDAY: u64 = 1_764_000_000;

/// One learner's work, told step by step. Each step takes a minute.
pub(crate) struct Work {
    progress: Progress,
    track: Option<Track>,
    at: u64,
}

impl Work {
    pub(crate) fn in_track(track: Track) -> Self {
        let mut work = Self { progress: Progress::default(), track: Some(track), at: MONDAY };
        work.apply(&Change::Track(track));
        work
    }

    pub(crate) fn apply(&mut self, change: &Change) {
        self.progress.apply(change);
        self.at += 60;
    }

    /// So many checks fail, for this reason.
    pub(crate) fn fails(mut self, exercise: &str, times: usize, cause: &str) -> Self {
        for _ in 0..times {
            self.attempt(exercise, None, false, Some(cause));
        }
        self
    }

    pub(crate) fn passes(mut self, exercise: &str) -> Self {
        self.attempt(exercise, None, true, None);
        self
    }

    /// A stage fails so often, and then passes.
    pub(crate) fn passes_stage(mut self, stage: &str, failures: usize, is_last: bool) -> Self {
        for _ in 0..failures {
            self.attempt(POLITE, Some(stage), false, Some("polite/shouting"));
        }
        self.attempt(POLITE, Some(stage), is_last, None);
        let (track, at) = (self.track, self.at);
        self.apply(&Change::StagePassed { exercise: POLITE.to_owned(), stage: stage.to_owned(), track, at });
        self
    }

    pub(crate) fn hints(mut self, exercise: &str, stage: Option<&str>, shown: usize) -> Self {
        self.apply(&Change::Hints { exercise: exercise.to_owned(), stage: stage.map(str::to_owned), shown });
        self
    }

    pub(crate) fn looks_at_solution(mut self, exercise: &str, stage: Option<&str>) -> Self {
        let at = self.at;
        self.apply(&Change::SolutionSeen {
            exercise: exercise.to_owned(),
            stage: stage.map(str::to_owned),
            at,
        });
        self
    }

    /// Answers a question again and again.
    pub(crate) fn answers(mut self, question: &str, answers: &[bool]) -> Self {
        for right in answers {
            let rating = Some(Rating::of(*right));
            let answered = Answered { at: self.at, right: *right, rating, instead: false };
            self.apply(&Change::Answered { question: question.to_owned(), answered });
        }
        self
    }

    pub(crate) fn progress(self) -> Progress {
        self.progress
    }

    /// The text of the bundle.
    pub(crate) fn bundle(self, name: &str, mark: CourseMark, made_at: u64) -> String {
        Bundle::of(&self.progress, name.to_owned(), mark, made_at).text().unwrap()
    }

    fn attempt(&mut self, exercise: &str, stage: Option<&str>, passed: bool, cause: Option<&str>) {
        let (track, at) = (if exercise == HANDS { None } else { self.track }, self.at);
        self.apply(&Change::Attempt {
            exercise: exercise.to_owned(),
            stage: stage.map(str::to_owned),
            track,
            at,
            passed,
            cause: cause.map(str::to_owned),
        });
    }
}

/// Somebody who has got through a part of it.
pub(crate) fn asha() -> Work {
    Work::in_track(Track::JavaScript)
        .fails(PUSH, 1, "first_push/greets-everyone")
        .passes(PUSH)
        .hints(ROOMS, None, 2)
        .fails(ROOMS, 4, "members_only/echo-to-all")
        .passes(ROOMS)
        .passes(HANDS)
        .passes_stage("hello", 1, false)
        .hints(POLITE, Some("thanks"), 1)
        .looks_at_solution(POLITE, Some("thanks"))
        .passes_stage("thanks", 0, false)
        .answers("who_keeps_the_rooms", &[true, true])
        .answers("how_a_label_goes", &[false, true])
        .answers("one_thing_to_look_at", &[true])
}

/// Somebody who is stuck.
pub(crate) fn ravi() -> Work {
    Work::in_track(Track::Rust)
        .passes(PUSH)
        .hints(ROOMS, None, 3)
        .fails(ROOMS, 6, "members_only/echo-to-all")
        .looks_at_solution(ROOMS, None)
        .fails(HANDS, 2, "shake_hands/wrong-type")
        .answers("who_keeps_the_rooms", &[false])
        .answers("how_a_label_goes", &[false, false, true])
}
